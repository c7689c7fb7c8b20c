//! The form in which an API server writes references.

use serde_json::{Value, json};

/// Puts every reference that has keywords beside it into an `allOf` of its own, since OpenAPI 3.0
/// ignores whatever stands beside a `$ref`.
pub(crate) fn wrap_references(schema: &mut Value) {
    let Some(keywords) = schema.as_object_mut() else { return };
    for (keyword, value) in keywords.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                properties.values_mut().for_each(wrap_references);
            }
            ("items" | "additionalProperties", value) => wrap_references(value),
            ("oneOf" | "anyOf" | "allOf", Value::Array(schemas)) => {
                schemas.iter_mut().for_each(wrap_references);
            }
            _ => {}
        }
    }
    if keywords.len() > 1
        && let Some(reference) = keywords.shift_remove("$ref")
    {
        keywords.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}
