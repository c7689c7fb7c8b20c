//! Writes the overlay of facts to the standard output; `scripts/extract-overlay` runs it.
//!
//! Arguments: the version of the server, such as `v1.34.4`, then folders of the documents that it
//! serves below `/openapi/v3/`, one JSON file each (other files are skipped).
//!
//! The overlay says how a server's schemas differ from those of k8s-openapi, as JSON merge patches
//! by schema name: facts only, no text for people. Schemas and properties that only one of the two
//! has are left out. Where both have a fact, the server's holds.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::{Map, Value, json};

/// The schemas before the overlay, as `build/main.rs` left them.
static BARE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bare.json"));

/// The keywords that state facts, besides the extensions of Kubernetes.
const FACTS: &[&str] = &[
    "additionalProperties",
    "anyOf",
    "default",
    "deprecated",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
    "uniqueItems",
];

type Schemas = BTreeMap<String, Value>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let version = arguments.next().ok_or("usage: extract-overlay VERSION FOLDER…")?;
    let mut server = Schemas::new();
    for folder in arguments {
        read_folder(Path::new(&folder), &mut server)?;
    }

    let ours: Schemas = serde_json::from_slice(BARE)?;
    let mut overlay = String::new();
    writeln!(overlay, "{{\n\"server\": {},", json!(version))?;
    writeln!(overlay, "\"metaGroupVersions\": {},", json!(meta_group_versions(&server)))?;
    // One schema in a line, so that a new server shows as a readable difference.
    let patches: Vec<String> = ours
        .iter()
        .filter_map(|(name, ours)| {
            let patch = difference(name, ours, &unwrap_references(server.get(name)?));
            (!patch.is_empty()).then(|| format!("{}: {}", json!(name), Value::Object(patch)))
        })
        .collect();
    write!(overlay, "\"schemas\": {{\n{}\n}}\n}}", patches.join(",\n"))?;
    println!("{overlay}");
    Ok(())
}

/// Reads the schemas of every document in a folder.
fn read_folder(folder: &Path, schemas: &mut Schemas) -> Result<(), Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.sort();
    for file in files {
        let Ok(mut document) = serde_json::from_slice::<Value>(&fs::read(&file)?) else { continue };
        let Value::Object(found) = document["components"]["schemas"].take() else { continue };
        for (name, schema) in found {
            if schemas.get(&name).is_some_and(|known| *known != schema) {
                eprintln!("{name}: differs in {}, the first one is used", file.display());
            }
            schemas.entry(name).or_insert(schema);
        }
    }
    Ok(())
}

/// The group-versions that `DeleteOptions` is registered in.
fn meta_group_versions(server: &Schemas) -> Vec<String> {
    let name = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
    let identities = server.get(name).map(|schema| &schema["x-kubernetes-group-version-kind"]);
    identities
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|identity| {
            let part = |key| identity[key].as_str().unwrap_or_default();
            match part("group") {
                "" => part("version").to_owned(),
                group => format!("{group}/{}", part("version")),
            }
        })
        .collect()
}

/// Turns `allOf` with a single reference into that reference, with its siblings beside it.
fn unwrap_references(schema: &Value) -> Value {
    let Some(keywords) = schema.as_object() else { return schema.clone() };
    let mut unwrapped = Map::new();
    for (keyword, value) in keywords {
        let value = match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, property)| (name.clone(), unwrap_references(property)))
                .collect(),
            ("items" | "additionalProperties", nested) => unwrap_references(nested),
            ("allOf", Value::Array(all)) if all.len() == 1 && all[0].get("$ref").is_some() => {
                unwrapped.insert("$ref".to_owned(), all[0]["$ref"].clone());
                continue;
            }
            _ => value.clone(),
        };
        unwrapped.insert(keyword.clone(), value);
    }
    Value::Object(unwrapped)
}

/// The merge patch that gives `ours` the facts of `theirs`.
fn difference(place: &str, ours: &Value, theirs: &Value) -> Map<String, Value> {
    let mut patch = Map::new();
    let mut keywords: Vec<&String> =
        [ours, theirs].into_iter().filter_map(Value::as_object).flat_map(Map::keys).collect();
    keywords.sort();
    keywords.dedup();
    for keyword in keywords.into_iter().filter(|keyword| is_fact(keyword)) {
        let change = match (keyword.as_str(), ours.get(keyword), theirs.get(keyword)) {
            ("required", _, _) => required_difference(ours, theirs),
            ("properties", ours, theirs) => properties_difference(place, ours, theirs),
            ("items" | "additionalProperties", Some(ours), Some(theirs)) => {
                nested_difference(&format!("{place}/{keyword}"), ours, theirs)
            }
            (_, ours, theirs) if ours == theirs => None,
            (_, _, theirs) => Some(theirs.cloned().unwrap_or_default()),
        };
        patch.extend(change.map(|change| (keyword.clone(), change)));
    }
    patch
}

fn is_fact(keyword: &str) -> bool {
    FACTS.contains(&keyword)
        || (keyword.starts_with("x-kubernetes-") && keyword != "x-kubernetes-group-version-kind")
}

fn properties_difference(
    place: &str,
    ours: Option<&Value>,
    theirs: Option<&Value>,
) -> Option<Value> {
    let patches: Map<String, Value> = ours?
        .as_object()?
        .iter()
        .filter_map(|(name, ours)| {
            let patch = nested_difference(&format!("{place}.{name}"), ours, theirs?.get(name)?)?;
            Some((name.clone(), patch))
        })
        .collect();
    (!patches.is_empty()).then_some(Value::Object(patches))
}

/// As [`difference`], but leaves alone what has become of another type between the versions.
fn nested_difference(place: &str, ours: &Value, theirs: &Value) -> Option<Value> {
    if ours.get("type") != theirs.get("type") || ours.get("$ref") != theirs.get("$ref") {
        eprintln!("{place}: is of another type there, and left out");
        return None;
    }
    let patch = difference(place, ours, theirs);
    (!patch.is_empty()).then_some(Value::Object(patch))
}

/// What the server requires, and of the properties that it does not know, what k8s-openapi does.
fn required_difference(ours: &Value, theirs: &Value) -> Option<Value> {
    let required = |schema: &Value| -> BTreeSet<String> {
        let names = schema["required"].as_array().into_iter().flatten();
        names.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let has = |schema: &Value, name: &str| schema["properties"].get(name).is_some();
    let wanted: BTreeSet<String> = required(theirs)
        .into_iter()
        .filter(|name| has(ours, name))
        .chain(required(ours).into_iter().filter(|name| !has(theirs, name)))
        .collect();
    (required(ours) != wanted).then(|| if wanted.is_empty() { Value::Null } else { json!(wanted) })
}
