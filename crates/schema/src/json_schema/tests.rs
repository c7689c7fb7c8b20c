use husako_value::Value;
use proptest::prelude::*;
use serde_json::json;

use super::{Draft, parse, parse_text};
use crate::{ParseError, Parsed, Schema, SchemaModel, TypeSet};

fn try_parse(json: &serde_json::Value) -> Parsed {
    parse_text("helm/c", "values.schema.json", &json.to_string()).unwrap()
}

fn model(json: &serde_json::Value) -> SchemaModel {
    let parsed = try_parse(json);
    assert_eq!(parsed.warnings, []);
    parsed.model
}

fn warnings(json: &serde_json::Value) -> Vec<String> {
    try_parse(json).warnings.iter().map(|w| format!("{}: {}", w.path, w.message)).collect()
}

fn names(model: &SchemaModel) -> Vec<&str> {
    model.schemas.keys().map(|name| &**name).collect()
}

fn reference<'a>(model: &'a SchemaModel, property: &str) -> Option<&'a str> {
    model.schemas["helm/c"].property(property)?.reference.as_deref()
}

#[test]
fn definitions_that_are_referred_to_get_names() {
    let model = model(&json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {
            "a": {"$ref": "#/definitions/image"},
            "b": {"$ref": "#/$defs/io.k8s.Pod"},
            "c": {"$ref": "#/definitions/with~1slash%20x"},
        },
        "definitions": {
            "image": {"type": "string"},
            "with/slash x": {"type": "boolean"},
            "unused": {"type": "null"},
        },
        "$defs": {"io.k8s.Pod": {"type": "object", "properties": {"i": {"$ref": "#/definitions/image"}}}},
    }));
    assert_eq!(
        names(&model),
        ["helm/c", "helm/c#image", "helm/c#with/slash x", "helm/c#io.k8s.Pod"]
    );
    assert_eq!(reference(&model, "a"), Some("helm/c#image"));
    assert_eq!(model.schemas["helm/c#image"].types, TypeSet::STRING);
    let pod = &model.schemas["helm/c#io.k8s.Pod"];
    assert_eq!(pod.property("i"), Some(&Schema::reference_to("helm/c#image")));
}

#[test]
fn references_into_the_schema_itself() {
    let model = model(&json!({
        "properties": {
            "a": {"type": "object", "properties": {"b": {"type": "integer"}}},
            "copy": {"$ref": "#/properties/a/properties/b"},
            "list": {"items": [{"type": "string"}]},
            "first": {"$ref": "#/properties/list/items/0"},
            "all": {"$ref": "#"},
            "elsewhere": {"$ref": "#/x-parts/1/part"},
        },
        "x-parts": ["no schema", {"part": {"type": "boolean"}}],
    }));
    assert_eq!(
        names(&model),
        ["helm/c", "helm/c#a.b", "helm/c#list.items.0", "helm/c#x-parts.1.part"]
    );
    let a = model.schemas["helm/c"].property("a").unwrap();
    assert_eq!(a.property("b"), Some(&Schema::reference_to("helm/c#a.b")));
    assert_eq!(reference(&model, "copy"), Some("helm/c#a.b"));
    assert_eq!(reference(&model, "all"), Some("helm/c"));
    assert_eq!(model.schemas["helm/c#x-parts.1.part"].types, TypeSet::BOOLEAN);
}

#[test]
fn properties_may_be_named_like_keywords() {
    let names = ["default", "enum", "const", "examples", "properties", "$ref", "$id", "items"];
    let map: serde_json::Map<_, _> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({"$ref": "#/definitions/default"})))
        .collect();
    let model = model(&json!({"properties": map, "definitions": {"default": {"type": "string"}}}));
    for name in names {
        assert_eq!(reference(&model, name), Some("helm/c#default"), "{name}");
    }
}

#[test]
fn cycles_are_references() {
    let model = model(&json!({
        "properties": {"tree": {"$ref": "#/$defs/node"}, "self": {"$ref": "#/properties/self"}},
        "$defs": {"node": {"properties": {"children": {"items": {"$ref": "#/$defs/node"}}}}},
    }));
    let children = model.schemas["helm/c#node"].property("children").unwrap();
    assert_eq!(children.items(), Some(&Schema::reference_to("helm/c#node")));
    assert_eq!(model.schemas["helm/c#self"], Schema::reference_to("helm/c#self"));
}

#[test]
fn anchors_and_ids() {
    let model = model(&json!({
        "$id": "https://example.com/root.json",
        "properties": {
            "anchor": {"$ref": "#x"},
            "dynamic": {"$dynamicRef": "#d"},
            "relative": {"$ref": "sub.json"},
            "inside": {"$ref": "sub.json#/properties/p"},
            "absolute": {"$ref": "https://example.com/root.json#/$defs/x"},
            "recursive": {"$recursiveRef": "#"},
        },
        "$defs": {
            "x": {"$anchor": "x", "type": "string"},
            "d": {"$dynamicAnchor": "d", "type": "boolean"},
            "s": {"$id": "sub.json", "properties": {"p": {"type": "null"}, "q": {"$ref": "#/properties/p"}}},
        },
    }));
    assert_eq!(names(&model), ["helm/c", "helm/c#x", "helm/c#d", "helm/c#s", "helm/c#s.p"]);
    for (property, name) in [
        ("anchor", "helm/c#x"),
        ("dynamic", "helm/c#d"),
        ("relative", "helm/c#s"),
        ("inside", "helm/c#s.p"),
        ("absolute", "helm/c#x"),
        ("recursive", "helm/c"),
    ] {
        assert_eq!(reference(&model, property), Some(name), "{property}");
    }
    // `#` means the nearest schema with an `$id`.
    assert_eq!(model.schemas["helm/c#s"].property("q"), Some(&Schema::reference_to("helm/c#s.p")));

    let old = super::parse_text(
        "helm/c",
        "",
        r##"{"$schema": "http://json-schema.org/draft-04/schema",
        "properties": {"a": {"$ref": "#x"}, "id": {"type": "string"}},
        "definitions": {"x": {"id": "#x", "type": "string"}}}"##,
    );
    assert_eq!(reference(&old.unwrap().model, "a"), Some("helm/c#x"));
}

#[test]
fn siblings_of_a_reference_count_since_2019() {
    let with = |draft: &str| {
        let json = json!({
            "$schema": draft,
            "properties": {"a": {
                "$ref": "#/properties/a/definitions/x", "minLength": 3, "description": "d", "default": 1,
                "definitions": {"x": {"type": "string"}},
            }},
        });
        model(&json).schemas["helm/c"].property("a").unwrap().clone()
    };
    for draft in ["04", "06", "07"] {
        let old = with(&format!("http://json-schema.org/draft-{draft}/schema#"));
        assert_eq!((old.bounds, old.default.is_some()), (None, true));
        assert_eq!(old.description.as_deref(), Some("d"));
        assert_eq!(old.reference.as_deref(), Some("helm/c#a.x"));
    }
    for draft in
        ["https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/schema#", ""]
    {
        assert_eq!(with(draft).bounds.unwrap().min_length, Some(3));
    }
    assert_eq!(Draft::of(&Value::Null), Draft::Modern);
}

#[test]
fn references_that_are_not_followed_stand_for_anything() {
    let json = json!({
        "properties": {
            "remote": {"$ref": "https://example.com/x.json#/definitions/y", "description": "d"},
            "file": {"$ref": "file:///x.json"},
            "urn": {"$ref": "urn:x:y"},
            "missing": {"$ref": "#/nope"},
            "anchor": {"$ref": "#nope"},
            "data": {"$ref": "#/default/a"},
            "odd": {"$ref": 1},
            "good": {"type": "string"},
        },
        "default": {"a": {"type": "string"}},
    });
    assert_eq!(
        warnings(&json),
        [
            "#/properties/remote/$ref: the `$ref` leads out of the document: `https://example.com/x.json#/definitions/y`",
            "#/properties/file/$ref: the `$ref` leads out of the document: `file:///x.json`",
            "#/properties/urn/$ref: the `$ref` leads out of the document: `urn:x:y`",
            "#/properties/missing/$ref: the `$ref` points at nothing: `#/nope`",
            "#/properties/anchor/$ref: the `$ref` points at nothing: `#nope`",
            "#/properties/odd/$ref: expected a string, found integer",
            "#/properties/data/$ref: the `$ref` points at something that is no schema: `#/default/a`",
        ]
    );
    let model = try_parse(&json).model;
    let root = &model.schemas["helm/c"];
    assert_eq!(root.property("missing"), Some(&Schema::default()));
    assert_eq!(root.property("remote").unwrap().description.as_deref(), Some("d"));
    assert_eq!(root.property("good").unwrap().types, TypeSet::STRING);
    let data = root.property("data").unwrap().reference.as_ref().unwrap();
    assert_eq!(model.schemas[data], Schema::default());
}

#[test]
fn names_never_collide() {
    let model = model(&json!({
        "properties": {"x": {"type": "string"}, "a": {"$ref": "#/definitions/x"},
                       "b": {"$ref": "#/$defs/x"}, "c": {"$ref": "#/properties/x"}},
        "definitions": {"x": {"type": "null"}}, "$defs": {"x": {"type": "boolean"}},
    }));
    let of = |property: &str| model.schemas[reference(&model, property).unwrap()].types;
    assert_eq!([of("a"), of("b"), of("c")], [TypeSet::NULL, TypeSet::BOOLEAN, TypeSet::STRING]);
}

#[test]
fn schemas_of_one_word() {
    assert_eq!(model(&json!(true)).schemas["helm/c"], Schema::default());
    assert_eq!(warnings(&json!([1])), ["#: expected a schema, found array"]);
    let error = |text: &str| parse_text("helm/c", "v.json", text).unwrap_err();
    assert_eq!(error("{").to_string(), "failed to parse `v.json` at #");
    let deep = format!("{}1{}", r#"{"not": "#.repeat(9_999), "}".repeat(9_999));
    assert_eq!(
        error(&deep).to_string(),
        "failed to read `v.json`: nested deeper than 128 levels at #/not/not/not/not/not/not/…"
    );
    let mut nested = Value::Null;
    for _ in 0..200 {
        nested = Value::Array(vec![nested]);
    }
    assert!(matches!(parse("x", "v", nested), Err(ParseError::TooDeep { .. })));
}

/// Schemas in which every place may refer to every other.
fn referring() -> impl Strategy<Value = serde_json::Value> {
    let segment = prop::sample::select(vec![
        "properties",
        "a",
        "b",
        "definitions",
        "items",
        "0",
        "allOf",
        "x",
        "default",
        "$ref",
        "",
    ]);
    let pointer = prop::collection::vec(segment.clone(), 0..5)
        .prop_map(|segments| json!({"$ref": ([vec!["#"], segments].concat().join("/"))}));
    let leaf = prop_oneof![
        pointer,
        Just(json!({"$ref": "y"})),
        Just(json!({"type": "string"})),
        Just(json!(true))
    ];
    leaf.prop_recursive(5, 48, 4, move |inner| {
        let key = prop_oneof![segment.clone(), Just("$id"), Just("$anchor")];
        prop_oneof![
            prop::collection::vec((key, inner.clone()), 0..5).prop_map(|entries| {
                entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            }),
            prop::collection::vec(inner, 0..3).prop_map(serde_json::Value::Array),
        ]
    })
}

fn references_exist(model: &SchemaModel, schema: &Schema) -> bool {
    let mut all = schema.reference.as_ref().is_none_or(|name| model.schemas.contains_key(name));
    schema.for_each_child(|child| all &= references_exist(model, child));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_reference_has_a_schema(json in referring()) {
        let model = try_parse(&json).model;
        prop_assert!(model.schemas.values().all(|schema| references_exist(&model, schema)));
    }
}
