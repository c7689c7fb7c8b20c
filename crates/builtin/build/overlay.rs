//! The facts of a real server's documents that k8s-openapi leaves out.
//!
//! `overlay.json` is written by `scripts/extract-overlay`. Its patches are JSON merge patches
//! (RFC 7386) of single schemas. A patch of a schema or of a property that does not exist is left
//! out, so that a newer k8s-openapi still builds; a test says which patches are stale.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

const GROUP_VERSION_KIND: &str = "x-kubernetes-group-version-kind";

/// Adds the facts of the overlay to the schemas.
pub(crate) fn apply(
    schemas: &mut BTreeMap<String, Value>,
    overlay: &[u8],
) -> Result<(), serde_json::Error> {
    let overlay: Value = serde_json::from_slice(overlay)?;
    for (name, patch) in overlay["schemas"].as_object().into_iter().flatten() {
        if let Some(schema) = schemas.get_mut(name) {
            patch_schema(schema, patch);
        }
    }
    add_meta_kinds(schemas, &overlay["metaGroupVersions"]);
    Ok(())
}

/// Applies a patch, but creates no property.
fn patch_schema(schema: &mut Value, patch: &Value) {
    let (Some(schema), Some(patch)) = (schema.as_object_mut(), patch.as_object()) else { return };
    for (keyword, change) in patch {
        match (keyword.as_str(), schema.get_mut(keyword)) {
            ("properties", Some(Value::Object(properties))) => {
                patch_properties(properties, change);
            }
            ("items" | "additionalProperties", Some(nested)) => patch_schema(nested, change),
            ("properties" | "items" | "additionalProperties", None) => {}
            _ if change.is_null() => {
                schema.shift_remove(keyword);
            }
            _ => {
                schema.insert(keyword.clone(), change.clone());
            }
        }
    }
}

fn patch_properties(properties: &mut Map<String, Value>, changes: &Value) {
    for (name, change) in changes.as_object().into_iter().flatten() {
        if let Some(property) = properties.get_mut(name) {
            patch_schema(property, change);
        }
    }
}

/// Gives `DeleteOptions` and `WatchEvent` their identities: apimachinery registers both in every
/// group-version, in those too that no longer have kinds.
fn add_meta_kinds(schemas: &mut BTreeMap<String, Value>, group_versions: &Value) {
    let mut identities: Vec<(String, String)> = schemas
        .values()
        .filter_map(|schema| schema.get(GROUP_VERSION_KIND)?.as_array())
        .flatten()
        .map(|identity| (text(&identity["group"]), text(&identity["version"])))
        .chain(group_versions.as_array().into_iter().flatten().map(|group_version| {
            let group_version = group_version.as_str().unwrap_or_default();
            let (group, version) = group_version.split_once('/').unwrap_or(("", group_version));
            (group.to_owned(), version.to_owned())
        }))
        .collect();
    identities.sort();
    identities.dedup();
    for kind in ["DeleteOptions", "WatchEvent"] {
        let name = format!("io.k8s.apimachinery.pkg.apis.meta.v1.{kind}");
        if let Some(schema) = schemas.get_mut(&name) {
            schema[GROUP_VERSION_KIND] = identities
                .iter()
                .map(|(group, version)| json!({ "group": group, "kind": kind, "version": version }))
                .collect();
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
