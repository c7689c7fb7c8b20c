use husako_schema::{
    Layout, crd, layout, openapi,
    store::{self, Store},
    validate::Validator,
};
use husako_value::Value;
use std::time::Instant;
fn main() {
    let mut docs: Vec<(String, Vec<u8>)> = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir("/work/shared/corpus/openapi/v1.34")
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    for p in paths {
        if p.to_string_lossy().ends_with("_openapi.json") {
            docs.push((p.display().to_string(), std::fs::read(&p).unwrap()));
        }
    }
    let mut model = openapi::parse_documents(&docs).unwrap().model;
    let with_crds = std::env::args().nth(1).is_some();
    if with_crds {
        let mut sets = vec![];
        for d in std::fs::read_dir("/work/shared/corpus/crds").unwrap() {
            let d = d.unwrap().path();
            if d.is_dir() {
                for f in std::fs::read_dir(d).unwrap() {
                    let f = f.unwrap().path();
                    if f.extension().is_some_and(|e| e == "yaml") {
                        let t = std::fs::read_to_string(&f).unwrap();
                        let ds = husako_yaml::parse(&t, &Default::default()).unwrap();
                        sets.push(crd::parse("f", ds.into_iter().map(|d| d.value)).unwrap());
                    }
                }
            }
        }
        model.merge(crd::assemble(sets).model, "crds");
    }
    let t = Instant::now();
    layout::hoist(&mut model);
    let l = Layout::new(&model);
    println!("hoist+layout {:?}", t.elapsed());
    println!("types {} kinds {}", model.schemas.len(), model.kinds.len());
    let mut bytes = vec![];
    for _ in 0..5 {
        let t = Instant::now();
        bytes = store::write(&model, &l).unwrap();
        println!("write {:?} {} bytes", t.elapsed(), bytes.len());
    }
    for _ in 0..5 {
        let b = bytes.clone();
        let t = Instant::now();
        let s = Store::open(b).unwrap();
        println!("open {:?}", t.elapsed());
        drop(s);
    }
    let mk = |text: &str| husako_yaml::parse(text, &Default::default()).unwrap().remove(0).value;
    let labels = "{app.kubernetes.io/name: web, app.kubernetes.io/instance: shop, app.kubernetes.io/part-of: platform}";
    let dep = mk(&format!(
        "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web, namespace: shop, labels: {labels}}}, spec: {{replicas: 3, selector: {{matchLabels: {labels}}}, template: {{metadata: {{labels: {labels}, annotations: {{a/b: c}}}}, spec: {{serviceAccountName: web, securityContext: {{runAsNonRoot: true, fsGroup: 2000}}, containers: [{{name: web, image: 'nginx:1.27', ports: [{{name: http, containerPort: 8080, protocol: TCP}}], env: [{{name: A, value: b}}, {{name: C, valueFrom: {{secretKeyRef: {{name: s, key: k}}}}}}], resources: {{requests: {{cpu: 250m, memory: 128Mi}}, limits: {{cpu: '1', memory: 256Mi}}}}, readinessProbe: {{httpGet: {{path: /healthz, port: http}}, initialDelaySeconds: 5}}, livenessProbe: {{httpGet: {{path: /healthz, port: 8080}}}}, volumeMounts: [{{name: config, mountPath: /etc/web}}]}}], volumes: [{{name: config, configMap: {{name: web}}}}]}}}}}}}}"
    ));
    let svc = mk(&format!(
        "{{apiVersion: v1, kind: Service, metadata: {{name: web, labels: {labels}}}, spec: {{type: ClusterIP, selector: {labels}, ports: [{{name: http, port: 80, targetPort: http, protocol: TCP}}]}}}}"
    ));
    let cm = mk(&format!(
        "{{apiVersion: v1, kind: ConfigMap, metadata: {{name: web, labels: {labels}}}, data: {{a: b, c: d, e.yaml: 'x: y'}}}}"
    ));
    let ing = mk(&format!(
        "{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: web, labels: {labels}}}, spec: {{ingressClassName: nginx, tls: [{{hosts: [a.b], secretName: t}}], rules: [{{host: a.b, http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: web, port: {{name: http}}}}}}}}]}}}}]}}}}"
    ));
    let all = [&dep, &svc, &cm, &ing];
    for _ in 0..5 {
        let s = Store::open(bytes.clone()).unwrap();
        let t = Instant::now();
        let v = Validator::new(&s).validate(&dep);
        let cold = t.elapsed();
        assert!(v.is_empty(), "{v:?}");
        let t = Instant::now();
        let _ = Validator::new(&s).validate(&dep);
        println!("deployment cold {:?} warm {:?}", cold, t.elapsed());
        let s = Store::open(bytes.clone()).unwrap();
        let t = Instant::now();
        let f = s.factory("k8s/apps/v1", "Deployment").unwrap();
        println!(
            "factory {:?} {} {:?} {:?}",
            t.elapsed(),
            f.properties.len(),
            f.spec_properties.as_ref().map(Vec::len),
            f.pod_spec_path
        );
        let m = s.module("k8s/apps/v1").unwrap();
        let t = Instant::now();
        let n = m.factories().map(|n| m.factory(n).unwrap().properties.len()).sum::<usize>();
        println!("all factories of apps/v1 {:?} {n}", t.elapsed());
    }
    let s = Store::open(bytes.clone()).unwrap();
    let docs: Vec<Value> = (0..4000).map(|i| all[i % 4].clone()).collect();
    for _ in 0..6 {
        let v = Validator::new(&s);
        let t = Instant::now();
        let n: usize = docs.iter().map(|d| v.validate(d).len()).sum();
        println!("4000 docs {:?} {n}", t.elapsed());
    }
    if with_crds {
        let ms: Vec<Value> =
            std::fs::read_to_string("/work/shared/corpus/verdicts/manifests.jsonl")
                .unwrap()
                .lines()
                .filter_map(|l| {
                    let j: serde_json::Value = serde_json::from_str(l).unwrap();
                    (j["class"] == "valid").then(|| {
                        serde_json::from_value(serde_json::to_value(&j["manifest"]).unwrap())
                            .unwrap()
                    })
                })
                .collect();
        for _ in 0..3 {
            let s = Store::open(bytes.clone()).unwrap();
            for _ in 0..2 {
                let v = Validator::new(&s);
                let t = Instant::now();
                let n: usize = ms.iter().map(|d| v.validate(d).len()).sum();
                println!("{} valid manifests {:?} {n}", ms.len(), t.elapsed());
            }
        }
    }
}
