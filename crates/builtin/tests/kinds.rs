//! The list of kinds is complete: each kind that the source of k8s-openapi declares is in it.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

static LIST: &str = include_str!("../build/kinds.rs");

#[test]
fn every_kind_of_k8s_openapi_is_listed() {
    let (source, version) = kubernetes_source();
    assert_eq!(version, husako_builtin::KUBERNETES_VERSION, "run `scripts/list-kinds`");

    let mut declared = BTreeSet::new();
    collect_kinds(&source, &source, &mut declared);
    let listed: BTreeSet<String> = LIST
        .lines()
        .filter_map(|line| line.trim().strip_suffix(';'))
        .filter(|line| line.starts_with("listable ") || line.starts_with("single "))
        .map(str::to_owned)
        .collect();
    assert!(declared.len() > 100, "the source has another form than expected: {declared:?}");
    let missing: Vec<_> = declared.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&declared).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "run `scripts/list-kinds`; missing: {missing:?}, gone: {gone:?}"
    );
}

/// The folder of the enabled version's source, as cargo has it on disk, and that version.
fn kubernetes_source() -> (PathBuf, String) {
    // Without packages of other platforms, which may never have been downloaded, it needs no
    // network.
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version=1", "--filter-platform=host-tuple"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let find = |list: &Value, key: &str, wanted: &Value| -> Value {
        list.as_array().unwrap().iter().find(|item| item[key] == *wanted).unwrap().clone()
    };
    let package = find(&metadata["packages"], "name", &"k8s-openapi".into());
    let node = find(&metadata["resolve"]["nodes"], "id", &package["id"]);
    let feature = node["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .find(|feature| feature.starts_with("v1_"))
        .unwrap();
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    (manifest.with_file_name("src").join(feature), feature[1..].replace('_', "."))
}

/// Adds the lines that the kinds declared in `folder` should have in the list.
fn collect_kinds(root: &Path, folder: &Path, kinds: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_kinds(root, &path, kinds);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let module =
            folder.strip_prefix(root).unwrap().to_str().unwrap().replace(['/', '\\'], "::");
        for line in text.lines() {
            // `List<T>`, whose `impl` has a parameter, is a kind for each listable one.
            let Some(declaration) = line.strip_prefix("impl crate::Resource for ") else {
                continue;
            };
            let name = declaration.split_whitespace().next().unwrap();
            let listable = text.contains(&format!("impl crate::ListableResource for {name} "));
            let form = if listable { "listable" } else { "single" };
            kinds.insert(format!("{form} {module}::{name}"));
        }
    }
}
