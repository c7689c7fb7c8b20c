//! Small models that have each case once.

use husako_schema::SchemaModel;
use serde_json::{Value, json};

use super::{chart_model, crd_text_model, documents_model};

/// Names that every way of quoting and escaping has to survive.
pub(crate) const HOSTILE_KEYS: &[&str] = &[
    "",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "default",
    "class",
    "new",
    "get",
    "set",
    "static",
    "readonly",
    "async",
    "a-b",
    "a.b",
    "3d",
    "\"",
    "'",
    "`",
    "\\",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "*/",
    "/*",
    "//",
    "</script>",
    "${x}",
    "größe",
    "日本",
    "😀",
    "_toJSON",
    "_render",
    "_set",
    "x]",
    "}",
    ";",
];

/// Descriptions that every way of ending a comment has been tried in.
pub(crate) const HOSTILE_TEXTS: &[&str] = &[
    "*/ export const x = 1; /*",
    "*\n/",
    "*\u{200b}/",
    "*\0/",
    "*\r/",
    "\u{2028}*/\u{2029}",
    "</script><script>alert(1)</script>",
    "\u{202e}reversed\u{2066}isolated",
    "@deprecated not really",
    "  @param x\n* @returns",
    "{@link https://example.com}",
    "ends with a star *",
    "/",
    "\r\n\r\n",
];

/// A server with two group-versions, shared types, aliases and names that collide.
pub(crate) fn server() -> SchemaModel {
    documents_model(&serde_json::from_str(include_str!("../fixtures/server.json")).unwrap())
}

/// A custom resource as people write them.
pub(crate) fn custom_resources() -> SchemaModel {
    let mut model = crd_text_model(include_str!("../fixtures/custom-resources.yaml"));
    model.complete_from(&server());
    model
}

/// Chart values with each shape that JSON Schema has and Kubernetes has not.
pub(crate) fn chart() -> SchemaModel {
    chart_model("my-chart", include_str!("../fixtures/chart.json"))
}

/// Chart values whose every key and text is hostile.
pub(crate) fn hostile() -> SchemaModel {
    let leaf = json!({"type": "object", "properties": {"x": {"type": "string"}}});
    let mut properties = serde_json::Map::new();
    for (index, &key) in HOSTILE_KEYS.iter().enumerate() {
        let mut schema = if index % 2 == 0 { leaf.clone() } else { json!({"enum": [key]}) };
        schema["description"] = HOSTILE_TEXTS[index % HOSTILE_TEXTS.len()].into();
        properties.insert(key.to_owned(), schema);
    }
    for (index, &text) in HOSTILE_TEXTS.iter().enumerate() {
        let schema = json!({"type": "string", "description": text, "default": text,
                            "pattern": text, "format": text});
        properties.insert(format!("text{index}"), schema);
    }
    for name in ["object", "string", "array", "function", "map", "in", "record", "pick", "Builder"]
    {
        properties.insert(name.to_owned(), leaf.clone());
    }
    let required: Vec<Value> = HOSTILE_KEYS.iter().map(|&key| key.into()).collect();
    let schema = json!({"type": "object", "properties": properties, "required": required,
                        "description": HOSTILE_TEXTS[0]});
    chart_model("hostile", &schema.to_string())
}
