//! The generated types, compiled by the real TypeScript compiler. Skipped without `HUSAKO_TSC`.

use std::path::{Path, PathBuf};
use std::process::Command;

use husako_test_support::{Project, Run, copy_project};

fn tsc() -> Option<PathBuf> {
    let path = std::env::var_os("HUSAKO_TSC").map(PathBuf::from);
    if path.is_none() {
        eprintln!("skipped: `HUSAKO_TSC` does not name a TypeScript compiler");
    }
    path
}

fn corpus() -> Option<PathBuf> {
    let path = std::env::var_os("HUSAKO_CORPUS").map(PathBuf::from);
    if path.is_none() {
        eprintln!("skipped: `HUSAKO_CORPUS` does not name a folder of real data");
    }
    path
}

/// Type-checks the project, all generated modules included, as strictly as can be.
#[track_caller]
fn check(tsc: &Path, project: &Project, extra: &[&str]) {
    let run = compile(tsc, project, extra);
    assert_eq!(run.code, 0, "{}", &run.stdout[..run.stdout.len().min(4000)]);
}

fn compile(tsc: &Path, project: &Project, extra: &[&str]) -> Run {
    let config = r#"{ "extends": "./tsconfig.json", "compilerOptions": { "skipLibCheck": false, "strict": true, "noEmit": true }, "include": ["**/*.ts", ".husako/types/**/*.ts"] }"#;
    project.write("tsconfig.check.json", config);
    let mut command = Command::new(tsc);
    command.current_dir(project.root()).args(["-p", "tsconfig.check.json"]).args(extra);
    Run::of(command)
}

#[test]
fn examples_and_templates_type_check() {
    let Some(tsc) = tsc() else { return };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    for name in ["hello", "custom-resource", "helm-values", "shop"] {
        let project = Project::empty();
        copy_project(&examples.join(name), project.root());
        project.husako(&["generate"]).ok();
        check(&tsc, &project, &[]);
    }
    for template in ["simple", "project", "multi-env"] {
        let project = Project::empty();
        project.husako(&["init", "--template", template]).ok();
        project.husako(&["generate"]).ok();
        check(&tsc, &project, &[]);
    }
}

#[test]
fn an_old_tsconfig_works_again() {
    let Some(tsc) = tsc() else { return };
    let project = Project::with(&[
        ("husako.toml", ""),
        (
            "tsconfig.json",
            "{\n  // from before\n  \"compilerOptions\": {\n    \"baseUrl\": \".\",\n    \"module\": \"ESNext\",\n    \"moduleResolution\": \"bundler\",\n    \"paths\": { \"@lib/*\": [\"lib/*\"], \"k8s/*\": [\".husako/types/k8s/*\"] },\n    \"strict\": true\n  }\n}\n",
        ),
        ("lib/x.ts", "export const replicas = 3;\n"),
        (
            "a.ts",
            "import { Deployment } from \"k8s/apps/v1\";\nimport { replicas } from \"@lib/x\";\nexport const d = Deployment().replicas(replicas);\n",
        ),
    ]);
    let run = project.husako(&["generate"]).ok();
    assert!(run.stderr.contains("removed `baseUrl`"), "{}", run.stderr);
    assert!(project.read("tsconfig.json").contains("// from before"));
    check(&tsc, &project, &[]);
}

#[test]
fn wrong_programs_do_not_type_check() {
    let Some(tsc) = tsc() else { return };
    let project = Project::with(&[
        ("husako.toml", ""),
        ("lib.js", "export const port = 80;\n"),
        ("b.ts", "import { port } from \"./lib.js\";\nconsole.log(port);\n"),
        ("a.ts", "import { Deployment } from \"k8s/apps/v1\";
import { Container, Service } from \"k8s/core/v1\";
// @ts-expect-error an unknown method
Deployment().replica(1);
// @ts-expect-error a string is no number
Deployment().replicas(\"1\");
// @ts-expect-error a container needs a name
Container({ image: \"x\" });
// @ts-expect-error an unknown field of a literal
Container({ name: \"x\", imagee: \"y\" });
// @ts-expect-error not one of the policies
Container().name(\"x\").imagePullPolicy(\"Sometimes\");
// @ts-expect-error a port needs a number
Service().ports([{ port: \"80\" }]);
// @ts-expect-error an unknown field, deep in a literal
Deployment({ spec: { selector: {}, template: { spec: { containers: [{ name: \"x\", prots: [] }] } } } });
Service().ports([{ port: 80, targetPort: \"http\" }, { port: 81, targetPort: 8081 }]);
Container().imagePullPolicy(\"Always\").ports([{ containerPort: 80 }]);
Deployment({ spec: { selector: { matchLabels: { a: \"b\" } }, template: { spec: { containers: [Container().name(\"x\")] } } } });
"),
    ]);
    project.husako(&["generate"]).ok();
    check(&tsc, &project, &[]);
}

#[test]
fn a_real_servers_documents() {
    let (Some(tsc), Some(corpus)) = (tsc(), corpus()) else { return };
    let project = Project::with(&[
        ("husako.toml", ""),
        (
            "a.ts",
            "import { build, name } from \"husako\";\nimport { Deployment } from \"k8s/apps/v1\";\nimport { Container } from \"k8s/core/v1\";\nimport { Ingress } from \"k8s/networking.k8s.io/v1\";\nbuild([\n  Deployment().metadata(name(\"a\")).selector({ matchLabels: { a: \"b\" } }).template({ metadata: { labels: { a: \"b\" } }, spec: { containers: [Container().name(\"a\").image(\"b\")] } }),\n  Ingress().metadata(name(\"a\")).rules([{ host: \"example.com\" }]),\n]);\n",
        ),
    ]);
    let documents = corpus.join("openapi/v1.34").display().to_string();
    let run = project.husako(&["generate", "--spec-dir", &documents]).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    check(&tsc, &project, &[]);
    let rendered = project.husako(&["render", "a.ts"]).ok();
    assert!(rendered.stdout.contains("kind: Ingress"));
    // Rendering remembers where the types came from.
    assert_eq!(rendered.stderr, "");
}

#[test]
fn real_custom_resources() {
    let Some(corpus) = corpus() else { return };
    let tsc = tsc();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(corpus.join("crds"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() > 20);
    for folder in folders {
        let project = Project::empty();
        copy_project(&folder, &project.path("crds"));
        project
            .write("husako.toml", "[resources]\nmine = { source = \"file\", path = \"crds\" }\n");
        project.husako(&["generate"]).ok();
        if let Some(tsc) = &tsc {
            check(tsc, &project, &[]);
        }
    }
}

#[test]
fn entries_that_use_real_custom_resources() {
    let Some(corpus) = corpus() else { return };
    let project = Project::with(&[
        ("husako.toml", "[resources]\nk8s = { source = \"builtin\" }\ncert-manager = { source = \"file\", path = \"crds/cert-manager\" }\nprometheus = { source = \"file\", path = \"crds/prometheus-operator\" }\n"),
        ("a.ts", "import { build, name } from \"husako\";
import { Certificate } from \"k8s/cert-manager.io/v1\";
import { PodMonitor, Prometheus, ServiceMonitor } from \"k8s/monitoring.coreos.com/v1\";
build([
  Certificate().metadata(name(\"web\").namespace(\"shop\")).secretName(\"web-tls\").dnsNames([\"example.com\"]).issuerRef({ name: \"letsencrypt\", kind: \"ClusterIssuer\" }),
  ServiceMonitor().metadata(name(\"web\")).selector({ matchLabels: { app: \"web\" } }).endpoints([{ port: \"http\", interval: \"30s\" }]),
  PodMonitor().metadata(name(\"web\")).selector({}).podMetricsEndpoints([{ port: \"http\" }]),
  Prometheus().metadata(name(\"main\")).replicas(2).resources({ requests: { memory: \"400Mi\" } }),
]);
"),
    ]);
    for name in ["cert-manager", "prometheus-operator"] {
        copy_project(&corpus.join("crds").join(name), &project.path(&format!("crds/{name}")));
    }
    let run = project.husako(&["render", "a.ts"]).ok();
    assert_eq!(run.stdout.matches("---\n").count(), 3);
    if let Some(tsc) = tsc() {
        check(&tsc, &project, &[]);
    }
    project.write("b.ts", "import { build, name } from \"husako\";\nimport { Certificate } from \"k8s/cert-manager.io/v1\";\nbuild(Certificate().metadata(name(\"web\")).dnsNames([\"example.com\"]));\n");
    project.husako(&["render", "b.ts"]).fails(7, &["$.spec", "secretName"]);
}
