//! Entries that build the same documents: with husako's builders, and bare.

/// The parts of an entry that builds `documents` documents, four kinds in turn.
fn body(
    documents: usize,
    deployment: &str,
    service: &str,
    config_map: &str,
    ingress: &str,
) -> String {
    let rounds = documents.div_ceil(4);
    format!(
        "const documents: unknown[] = [];\nfor (let i = 0; i < {rounds}; i++) {{\n  const labels = {{ app: `app-${{i}}`, tier: \"web\" }};\n  documents.push({deployment});\n  documents.push({service});\n  documents.push({config_map});\n  documents.push({ingress});\n}}\n"
    )
}

/// An entry for husako.
pub(crate) fn builders(documents: usize) -> String {
    let body = body(
        documents,
        "Deployment().metadata(metadata().name(`app-${i}`).namespace(\"default\").label(\"app\", `app-${i}`)).replicas(2).selector(LabelSelector().matchLabels(labels)).template({ metadata: { labels }, spec: { containers: [Container().name(\"web\").image(`registry.example.com/app:${i}`).ports([{ name: \"http\", containerPort: 8080 }]).env([{ name: \"INDEX\", value: String(i) }]).resources(requests(cpu(\"250m\").memory(\"128Mi\")).limits(memory(\"256Mi\")))] } })",
        "Service().metadata(metadata().name(`app-${i}`).namespace(\"default\")).selector(labels).ports([{ name: \"http\", port: 80, targetPort: \"http\" }])",
        "ConfigMap().metadata(metadata().name(`app-${i}`).namespace(\"default\")).data({ \"settings.yaml\": `index: ${i}\\nname: app\\n`, enabled: \"yes\" })",
        "Ingress().metadata(metadata().name(`app-${i}`).namespace(\"default\")).ingressClassName(\"nginx\").rules([{ host: `app-${i}.example.com`, http: { paths: [{ path: \"/\", pathType: \"Prefix\", backend: { service: { name: `app-${i}`, port: { name: \"http\" } } } }] } }])",
    );
    format!(
        "import {{ build, cpu, limits, memory, metadata, requests }} from \"husako\";\nimport {{ LabelSelector }} from \"k8s/_common\";\nimport {{ Deployment }} from \"k8s/apps/v1\";\nimport {{ ConfigMap, Container, Service }} from \"k8s/core/v1\";\nimport {{ Ingress }} from \"k8s/networking.k8s.io/v1\";\n{body}build(documents as never);\n"
    )
}

/// The same documents for the bare program.
pub(crate) fn bare(documents: usize) -> String {
    let body = body(
        documents,
        "{ apiVersion: \"apps/v1\", kind: \"Deployment\", metadata: { name: `app-${i}`, namespace: \"default\", labels: { app: `app-${i}` } }, spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: \"web\", image: `registry.example.com/app:${i}`, ports: [{ name: \"http\", containerPort: 8080 }], env: [{ name: \"INDEX\", value: String(i) }], resources: { requests: { cpu: \"250m\", memory: \"128Mi\" }, limits: { memory: \"256Mi\" } } }] } } } }",
        "{ apiVersion: \"v1\", kind: \"Service\", metadata: { name: `app-${i}`, namespace: \"default\" }, spec: { selector: labels, ports: [{ name: \"http\", port: 80, targetPort: \"http\" }] } }",
        "{ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: `app-${i}`, namespace: \"default\" }, data: { \"settings.yaml\": `index: ${i}\\nname: app\\n`, enabled: \"yes\" } }",
        "{ apiVersion: \"networking.k8s.io/v1\", kind: \"Ingress\", metadata: { name: `app-${i}`, namespace: \"default\" }, spec: { ingressClassName: \"nginx\", rules: [{ host: `app-${i}.example.com`, http: { paths: [{ path: \"/\", pathType: \"Prefix\", backend: { service: { name: `app-${i}`, port: { name: \"http\" } } } }] } }] } }",
    );
    format!("{body}(globalThis as any).documents = documents;\n")
}
