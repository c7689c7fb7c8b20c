use std::collections::BTreeMap;
use std::rc::Rc;

use husako_diagnostics::{Diagnostic, ExitCode};
use husako_value::Value;

use crate::{
    FactoryDescription, Limits, LoadError, ModuleLoader, ModuleSource, Options, Output, Runtime,
    RuntimeError,
};

/// Modules by id; relative specifiers are taken as ids.
#[derive(Default)]
pub(super) struct Fake {
    pub(super) modules: BTreeMap<String, ModuleSource>,
}

#[derive(Debug)]
pub(super) struct NotFound(pub(super) String);

impl std::fmt::Display for NotFound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot resolve `{}`", self.0)
    }
}

impl std::error::Error for NotFound {}

impl Diagnostic for NotFound {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Runtime
    }
}

impl ModuleLoader for Fake {
    fn resolve(&self, importer: &str, specifier: &str) -> Result<String, LoadError> {
        let id = specifier.trim_start_matches("./");
        if self.modules.contains_key(id) || id.starts_with("chain/") {
            return Ok(id.to_owned());
        }
        Err(LoadError::new(NotFound(format!("{specifier} from {importer}"))))
    }

    fn load(&self, id: &str) -> Result<ModuleSource, LoadError> {
        if let Some(number) = id.strip_prefix("chain/") {
            let number: u32 = number.parse().unwrap();
            return Ok(ModuleSource::JavaScript(match number {
                0 => "export const depth = 0;".to_owned(),
                _ => format!(
                    "import {{ depth as d }} from 'chain/{}'; export const depth = d + 1;",
                    number - 1
                ),
            }));
        }
        self.modules.get(id).cloned().ok_or_else(|| LoadError::new(NotFound(id.to_owned())))
    }

    fn factory(&self, module: &str, name: &str) -> Option<FactoryDescription> {
        let strings = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let resource = |api_version: &str,
                        properties: &[&str],
                        spec: Option<&[&str]>,
                        pod: Option<&[&str]>| {
            let mut all = vec!["apiVersion".to_owned(), "kind".to_owned(), "metadata".to_owned()];
            all.extend(strings(properties));
            FactoryDescription {
                kind: Some((api_version.to_owned(), name.to_owned())),
                properties: all,
                spec: spec.map(strings),
                pod_spec: pod.map(strings),
            }
        };
        let nested = |properties: &[&str]| FactoryDescription {
            properties: strings(properties),
            ..Default::default()
        };
        Some(match (module, name) {
            ("k8s/apps/v1", "Deployment") => resource(
                "apps/v1",
                &["spec", "status"],
                Some(&["replicas", "selector", "template", "paused", "strategy"]),
                Some(&["spec", "template", "spec"]),
            ),
            ("k8s/batch/v1", "CronJob") => resource(
                "batch/v1",
                &["spec", "status"],
                Some(&["schedule", "jobTemplate"]),
                Some(&["spec", "jobTemplate", "spec", "template", "spec"]),
            ),
            ("k8s/core/v1", "Pod") => resource(
                "v1",
                &["spec"],
                Some(&["containers", "resources", "hostNetwork"]),
                Some(&["spec"]),
            ),
            ("k8s/core/v1", "PodTemplate") => {
                resource("v1", &["template"], None, Some(&["template", "spec"]))
            }
            ("k8s/core/v1", "Service") => {
                resource("v1", &["spec", "status"], Some(&["selector", "ports", "type"]), None)
            }
            ("k8s/core/v1", "ConfigMap") => {
                resource("v1", &["data", "binaryData", "immutable"], None, None)
            }
            ("k8s/networking.k8s.io/v1", "Ingress") => resource(
                "networking.k8s.io/v1",
                &["spec"],
                Some(&["ingressClassName", "rules", "tls"]),
                None,
            ),
            ("k8s/odd/v1", "Odd") => resource(
                "odd/v1",
                &["spec", "then", "constructor", "__proto__", "toJSON", "status", "top"],
                Some(&[
                    "spec",
                    "set",
                    "metadata",
                    "status",
                    "kind",
                    "resources",
                    "__proto__",
                    "constructor",
                    "top",
                ]),
                None,
            ),
            ("k8s/odd/v1", "Nested") => nested(&[
                "set",
                "then",
                "toJSON",
                "_toJSON",
                "__proto__",
                "constructor",
                "my-key",
                "name",
            ]),
            ("k8s/core/v1", "Container") => {
                nested(&["name", "image", "ports", "env", "resources", "args"])
            }
            ("k8s/core/v1", "PodSpec") => {
                nested(&["containers", "initContainers", "hostNetwork", "volumes"])
            }
            ("k8s/core/v1", "PodTemplateSpec") => nested(&["metadata", "spec"]),
            ("k8s/_common", "LabelSelector") => nested(&["matchLabels", "matchExpressions"]),
            _ => return None,
        })
    }
}

impl Fake {
    pub(super) fn standard() -> Self {
        let mut fake = Self::default();
        for (module, names) in [
            ("k8s/apps/v1", &["Deployment", "Nothing"][..]),
            ("k8s/batch/v1", &["CronJob"]),
            (
                "k8s/core/v1",
                &[
                    "Pod",
                    "PodTemplate",
                    "Service",
                    "ConfigMap",
                    "Container",
                    "PodSpec",
                    "PodTemplateSpec",
                ],
            ),
            ("k8s/networking.k8s.io/v1", &["Ingress"]),
            ("k8s/odd/v1", &["Odd", "Nested"]),
            ("k8s/_common", &["LabelSelector"]),
        ] {
            fake.modules.insert(
                module.to_owned(),
                ModuleSource::Factories {
                    module: module.to_owned(),
                    names: names.iter().map(|&name| name.to_owned()).collect(),
                },
            );
        }
        fake
    }

    pub(super) fn with(mut self, id: &str, source: ModuleSource) -> Self {
        self.modules.insert(id.to_owned(), source);
        self
    }

    pub(super) fn js(self, id: &str, code: &str) -> Self {
        self.with(id, ModuleSource::JavaScript(code.to_owned()))
    }

    pub(super) fn run_with(
        self,
        limits: Limits,
        options: &Options,
    ) -> Result<Output, RuntimeError> {
        Runtime::new(limits).execute("main.ts", Rc::new(self), options)
    }
}

/// What stands before the programs of the tests.
pub(super) const PRELUDE: &str = r#"
import { Deployment } from "k8s/apps/v1";
import { CronJob } from "k8s/batch/v1";
import { Pod, PodTemplate, Service, ConfigMap, Container, PodSpec, PodTemplateSpec } from "k8s/core/v1";
import { Ingress } from "k8s/networking.k8s.io/v1";
import { Odd, Nested } from "k8s/odd/v1";
import { LabelSelector } from "k8s/_common";
import * as husako from "husako";
import { _ResourceBuilder, _SchemaBuilder } from "husako/_base";
const { build, merge, metadata, name, namespace, label, labels, annotation, annotations, cpu, memory, requests, limits, toYaml, toJson } = husako;
const raw = (fields) => ({ apiVersion: "v1", kind: "Raw", ...fields });
"#;

/// Runs a program that may use everything.
pub(super) fn run(program: &str) -> Result<Output, RuntimeError> {
    Fake::standard()
        .js("main.ts", &format!("{PRELUDE}{program}"))
        .run_with(Limits::default(), &Options::default())
}

/// The documents of a program as JSON, one per line.
pub(super) fn documents(program: &str) -> String {
    let output = run(program).unwrap_or_else(|error| panic!("{error:?}"));
    lines(&output.documents)
}

pub(super) fn lines(documents: &[Value]) -> String {
    documents
        .iter()
        .map(|document| serde_json::to_string(document).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What an expression evaluates to, as JSON.
pub(super) fn value(expression: &str) -> String {
    let output = run(&format!("build(raw({{ value: {expression} }}));"))
        .unwrap_or_else(|error| panic!("{expression}: {error:?}"));
    serde_json::to_string(output.documents[0].get("value").unwrap()).unwrap()
}

/// The message of the error of a program.
pub(super) fn failure(program: &str) -> String {
    run(program).expect_err("the program fails").to_string()
}
