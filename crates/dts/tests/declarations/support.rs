//! Models made of documents, and the TypeScript compiler.

#![expect(clippy::disallowed_methods, reason = "tests write into temporary folders")]

use std::path::{Path, PathBuf};
use std::process::Command;

use husako_dts::GeneratedFile;
use husako_schema::{Layout, SchemaModel, crd, json_schema, layout, openapi};
use husako_yaml::Limits;

pub(crate) mod fixtures;

/// The folder of real data, where there is one.
pub(crate) fn corpus() -> Option<PathBuf> {
    std::env::var_os("HUSAKO_CORPUS").map(PathBuf::from)
}

/// The TypeScript compiler, where there is one.
pub(crate) fn tsc() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("HUSAKO_TSC") {
        return Some(path.into());
    }
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("node_modules/.bin/tsc"))
        .find(|path| path.exists())
}

/// The model of a folder of documents as an API server serves them.
pub(crate) fn server_model(folder: &Path) -> SchemaModel {
    let documents: Vec<(String, Vec<u8>)> = files(folder)
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with("_openapi.json"))
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    openapi::parse_documents(&documents).unwrap().model
}

/// The model of schemas as one document of an API server has them.
pub(crate) fn documents_model(schemas: &serde_json::Value) -> SchemaModel {
    let document = serde_json::json!({
        "openapi": "3.0.0", "paths": {}, "components": {"schemas": schemas}
    });
    openapi::parse_documents(&[("test", document.to_string())]).unwrap().model
}

/// The model of a folder of custom resource definitions.
pub(crate) fn crd_model(folder: &Path) -> SchemaModel {
    let sets: Vec<_> = files(folder)
        .into_iter()
        .map(|path| crd_set(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap()))
        .collect();
    crd::assemble(sets).model
}

/// The model of custom resource definitions in one text.
pub(crate) fn crd_text_model(text: &str) -> SchemaModel {
    crd::assemble([crd_set("test.yaml", text)]).model
}

fn crd_set(name: &str, text: &str) -> crd::CrdSet {
    let documents = husako_yaml::parse(text, &Limits::default()).unwrap();
    crd::parse(name, documents.into_iter().map(|document| document.value)).unwrap()
}

/// The model of the values schema of a chart.
pub(crate) fn chart_model(chart: &str, text: &str) -> SchemaModel {
    json_schema::parse_text(&layout::chart_root(chart), "values.schema.json", text).unwrap().model
}

/// Names everything in `model` and generates its files.
pub(crate) fn generate(model: &mut SchemaModel) -> (Layout, Vec<GeneratedFile>) {
    layout::hoist(model);
    let layout = Layout::new(model);
    let files = husako_dts::generate(model, &layout);
    (layout, files)
}

/// Writes generated files, and what they import, into `folder`.
pub(crate) fn write(folder: &Path, generated: &[GeneratedFile]) {
    let base = husako_sdk::MODULES.iter().find(|module| module.specifier == "husako/_base");
    write_file(&folder.join("husako/_base.d.ts"), base.unwrap().declarations);
    for file in generated {
        write_file(&folder.join(&file.path), &file.contents);
    }
}

/// Writes one file and the folders above it.
pub(crate) fn write_file(path: &Path, contents: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, contents).unwrap();
}

/// Type-checks what is in `folder`; its types are in `types` below. Returns what the compiler says.
pub(crate) fn check(tsc: &Path, folder: &Path, types: &str) -> Result<(), String> {
    for module in husako_sdk::MODULES {
        let path = folder.join(types).join(format!("{}.d.ts", module.specifier));
        write_file(&path, module.declarations);
    }
    let (path, declarations) = husako_sdk::FILE_DECLARATIONS;
    write_file(&folder.join(types).join(path), declarations);
    let paths = ["husako", "husako/*", "k8s/*", "helm/*"]
        .map(|path| format!("\"{path}\": [\"./{types}/{path}\"]"))
        .join(", ");
    let config = format!(
        r#"{{ "compilerOptions": {{ "strict": true, "noEmit": true, "skipLibCheck": false,
            "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "types": [],
            "paths": {{ {paths} }} }}, "include": ["**/*.ts"] }}"#
    );
    write_file(&folder.join("tsconfig.json"), &config);
    let output = Command::new(tsc).arg("-p").arg(folder).output().unwrap();
    if output.status.success() {
        return Ok(());
    }
    let errors = [output.stdout, output.stderr].concat();
    let errors: Vec<&str> = std::str::from_utf8(&errors).unwrap().lines().take(20).collect();
    Err(errors.join("\n"))
}

/// The files directly in a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}
