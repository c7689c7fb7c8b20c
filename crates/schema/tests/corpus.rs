//! The parsers on real data: the folder that `HUSAKO_CORPUS` names, and nothing where it is unset.

#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use husako_schema::{
    GroupVersionKind, Parsed, Schema, SchemaModel, Scope, crd, json_schema, openapi,
};
use husako_value::Value;
use husako_yaml::Limits;

fn corpus(part: &str) -> Option<PathBuf> {
    Some(Path::new(&std::env::var_os("HUSAKO_CORPUS")?).join(part))
}

/// The files below `folder` whose names end so, sorted.
fn files(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(suffix) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn documents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = files(folder, "_openapi.json");
    files.iter().map(|file| (name(file).to_owned(), fs::read(file).unwrap())).collect()
}

fn dangling(model: &SchemaModel) -> BTreeSet<String> {
    fn walk(model: &SchemaModel, schema: &Schema, names: &mut BTreeSet<String>) {
        if let Some(name) = &schema.reference
            && !model.schemas.contains_key(name)
        {
            names.insert(name.to_string());
        }
        schema.for_each_child(|child| walk(model, child, names));
    }
    let mut names = BTreeSet::new();
    model.schemas.values().for_each(|schema| walk(model, schema, &mut names));
    names
}

#[test]
fn servers() {
    let Some(folder) = corpus("openapi") else { return };
    let general = documents(&folder.join("v1.34"));
    let alpha = documents(&folder.join("v1.34-all"));
    assert_eq!((general.len(), alpha.len()), (47, 13));
    let all: Vec<_> = general.iter().chain(&alpha).cloned().collect();
    for documents in [&general, &all] {
        let Parsed { model, warnings } = openapi::parse_documents(documents).unwrap();
        assert_eq!(warnings, []);
        assert_eq!(dangling(&model), BTreeSet::new());

        let mut schemas = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        for (_, bytes) in documents {
            let json: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            let Some(found) = json["components"]["schemas"].as_object() else { continue };
            for (name, schema) in found {
                schemas.insert(name.clone());
                for kind in
                    schema["x-kubernetes-group-version-kind"].as_array().into_iter().flatten()
                {
                    let part = |key: &str| kind[key].as_str().unwrap().to_owned();
                    kinds.insert(GroupVersionKind::new(
                        &part("group"),
                        &part("version"),
                        &part("kind"),
                    ));
                }
            }
        }
        let known: BTreeSet<_> = model.schemas.keys().map(ToString::to_string).collect();
        assert_eq!(known, schemas);
        let known: BTreeSet<_> = model.kinds.keys().chain(model.aliases.keys()).cloned().collect();
        assert_eq!(known, kinds);
        assert!(model.kinds.values().all(|kind| !kind.custom));
        // Two schemas are of every group.
        let aliased: BTreeSet<_> =
            model.aliases.values().map(|name| name.rsplit('.').next()).collect();
        assert_eq!(aliased, BTreeSet::from([Some("DeleteOptions"), Some("WatchEvent")]));
    }
}

/// The server's own list of resources says the same of scopes as we find in its paths.
#[test]
fn scopes_are_those_of_discovery() {
    let Some(folder) = corpus("openapi/v1.34") else { return };
    let model = openapi::parse_documents(&documents(&folder)).unwrap().model;
    let mut compared = 0;
    for file in files(&folder, "_aggregated_discovery_apis.json")
        .into_iter()
        .chain(files(&folder, "_aggregated_discovery_api.json"))
    {
        let json: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        for group in json["items"].as_array().unwrap() {
            for version in group["versions"].as_array().unwrap() {
                for resource in version["resources"].as_array().into_iter().flatten() {
                    let of = |key: &str| resource["responseKind"][key].as_str().unwrap_or_default();
                    let group = group["metadata"]["name"].as_str().unwrap_or_default();
                    let group = if of("group").is_empty() { group } else { of("group") };
                    let version = version["version"].as_str().unwrap();
                    let kind = GroupVersionKind::new(group, version, of("kind"));
                    let scope = match resource["scope"].as_str().unwrap() {
                        "Namespaced" => Scope::Namespaced,
                        _ => Scope::Cluster,
                    };
                    assert_eq!(model.kinds[&kind].scope, Some(scope), "{kind}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

fn yaml(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap();
    let documents = husako_yaml::parse(&text, &Limits::default());
    let documents = documents.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    documents.into_iter().map(|document| document.value).collect()
}

/// The served kinds of a definition, read in the plainest way.
fn plain_kinds(definition: &Value) -> Vec<GroupVersionKind> {
    if definition.get("kind").and_then(Value::as_str) != Some("CustomResourceDefinition") {
        return Vec::new();
    }
    let text = |path: &[&str]| definition.get_path(path).and_then(Value::as_str);
    let (group, kind) =
        (text(&["spec", "group"]).unwrap(), text(&["spec", "names", "kind"]).unwrap());
    let versions = definition.get_path(&["spec", "versions"]).and_then(Value::as_array);
    let mut kinds: Vec<_> = versions
        .unwrap_or_default()
        .iter()
        .filter(|version| version.get("served") != Some(&Value::Bool(false)))
        .map(|version| {
            GroupVersionKind::new(group, version.get("name").unwrap().as_str().unwrap(), kind)
        })
        .collect();
    if versions.is_none() {
        kinds.push(GroupVersionKind::new(group, text(&["spec", "version"]).unwrap(), kind));
    }
    kinds
}

#[test]
fn definitions() {
    let Some(folder) = corpus("crds") else { return };
    let mut report = Vec::new();
    let mut total = 0;
    for project in folders(&folder) {
        let mut expected = BTreeSet::new();
        let mut sets = Vec::new();
        for file in files(&project, ".yaml") {
            let documents = yaml(&file);
            expected.extend(documents.iter().flat_map(plain_kinds));
            sets.push(crd::parse(name(&file), documents).unwrap());
        }
        let Parsed { model, warnings } = crd::assemble(sets);
        let known: BTreeSet<_> = model.kinds.keys().cloned().collect();
        assert_eq!(known, expected, "{}", project.display());
        assert_eq!(dangling(&model), BTreeSet::from([crd::OBJECT_META.to_owned()]));
        assert!(model.kinds.values().all(|kind| kind.custom && kind.scope.is_some()));
        total += known.len();
        report.extend(warnings.iter().map(|warning| format!("{}: {warning}", name(&project))));
    }
    // Where a folder has a definition twice, the two say the same.
    assert_eq!(report, [""; 0]);
    assert_eq!(total, 330);
}

#[test]
fn charts() {
    for (part, count) in [("charts", 27), ("chart-verdicts", 399)] {
        let Some(folder) = corpus(part) else { return };
        let files = files(&folder, "values.schema.json");
        assert_eq!(files.len(), count);
        let mut report = Vec::new();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let chart = name(file.parent().unwrap());
            let root = format!("helm/{chart}");
            let Parsed { model, warnings } = json_schema::parse_text(&root, chart, &text).unwrap();
            assert_eq!(dangling(&model), BTreeSet::new());
            // What has properties in the schema has them in the model.
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            let properties = json["properties"].as_object().map_or(0, serde_json::Map::len);
            assert_eq!(model.schemas[&*root].properties().len(), properties, "{chart}");
            for warning in &warnings {
                // The synthetic schemas are named for the one thing that they try.
                let reason = warning.message.split(": `").next().unwrap_or_default();
                report.push(format!("{chart} at {}: {reason}", warning.path));
            }
        }
        let odd = report.iter().filter(|line| !line.contains('@'));
        assert_eq!(odd.collect::<Vec<_>>(), [""; 0], "real charts");
        let expected = if part == "charts" { 0 } else { 27 };
        assert_eq!(report.len(), expected, "{report:#?}");
    }
}
