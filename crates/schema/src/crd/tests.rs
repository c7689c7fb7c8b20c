#![expect(clippy::needless_pass_by_value, reason = "JSON literals read best without `&`")]

use husako_value::Value;
use serde_json::json;

use super::{CrdSet, OBJECT_META, assemble, parse};
use crate::{GroupVersionKind, Parsed, Schema, Scope, TypeSet};

fn read(file: &str, documents: &[serde_json::Value]) -> CrdSet {
    let documents =
        documents.iter().map(|json| serde_json::from_value::<Value>(json.clone()).unwrap());
    parse(file, documents).unwrap()
}

fn model(documents: &[serde_json::Value]) -> Parsed {
    assemble([read("x.yaml", documents)])
}

fn warnings(documents: &[serde_json::Value]) -> Vec<String> {
    model(documents).warnings.iter().map(ToString::to_string).collect()
}

fn definition(spec: serde_json::Value) -> serde_json::Value {
    json!({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
           "metadata": {"name": "things.a.example.com"}, "spec": spec, "status": {"conditions": []}})
}

fn thing(versions: serde_json::Value) -> serde_json::Value {
    definition(json!({"group": "a.example.com", "scope": "Namespaced",
                      "names": {"kind": "Thing", "plural": "thingies"}, "versions": versions}))
}

fn version(name: &str, schema: serde_json::Value) -> serde_json::Value {
    json!({"name": name, "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}})
}

fn kind(version: &str) -> GroupVersionKind {
    GroupVersionKind::new("a.example.com", version, "Thing")
}

#[test]
fn every_served_version_is_a_kind() {
    let parsed = model(&[thing(json!([
        {"name": "v1alpha1", "served": false},
        {"name": "v1beta1", "served": true, "deprecated": true, "deprecationWarning": "use v1",
         "schema": {"openAPIV3Schema": {"type": "object"}}},
        {"name": "v1beta2", "served": true, "deprecated": true,
         "schema": {"openAPIV3Schema": {"type": "object"}}},
        version("v1", json!({"type": "object", "description": "A thing.", "required": ["spec"],
                             "properties": {"spec": {"type": "object"}, "data": {"type": "string"}},
                             "x-kubernetes-validations": [{"rule": "true"}]})),
    ]))]);
    assert_eq!(parsed.warnings, []);
    let kinds = &parsed.model.kinds;
    assert_eq!(kinds.keys().collect::<Vec<_>>(), [&kind("v1beta1"), &kind("v1beta2"), &kind("v1")]);
    assert_eq!(kinds[&kind("v1beta1")].deprecated.as_deref(), Some("use v1"));
    assert_eq!(kinds[&kind("v1beta2")].deprecated.as_deref(), Some(""));
    let v1 = &kinds[&kind("v1")];
    assert_eq!(&*v1.schema, "com.example.a.v1.Thing");
    assert_eq!((v1.scope, v1.custom, &v1.deprecated), (Some(Scope::Namespaced), true, &None));
    let schema = &parsed.model.schemas["com.example.a.v1.Thing"];
    let names: Vec<&str> = schema.properties().map(|(name, _)| name).collect();
    assert_eq!(names, ["apiVersion", "kind", "metadata", "spec", "data"]);
    assert_eq!(schema.property("metadata"), Some(&Schema::reference_to(OBJECT_META)));
    assert_eq!(schema.property("kind").unwrap().types, TypeSet::STRING);
    assert!(schema.requires("spec") && schema.validations.len() == 1);
}

#[test]
fn constraints_on_metadata_stay() {
    let parsed = model(&[thing(json!([version(
        "v1",
        json!({"type": "object", "properties": {
            "apiVersion": {"type": "string", "description": "words"},
            "metadata": {"type": "object", "properties": {"name": {"type": "string", "pattern": "^a$"}}},
        }})
    )]))]);
    let schema = &parsed.model.schemas["com.example.a.v1.Thing"];
    let metadata = schema.property("metadata").unwrap();
    assert_eq!(metadata.reference.as_deref(), Some(OBJECT_META));
    let name = metadata.property("name").unwrap();
    assert_eq!(name.bounds.as_ref().unwrap().pattern.as_deref(), Some("^a$"));
    assert_eq!(schema.property("apiVersion").unwrap().description.as_deref(), Some("words"));
}

#[test]
fn legacy_definitions() {
    let legacy = |spec: serde_json::Value| {
        let mut definition = definition(spec);
        definition["apiVersion"] = "apiextensions.k8s.io/v1beta1".into();
        definition
    };
    let spec = json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
        "map": {"additionalProperties": {"type": "object"}}, "text": {"type": "string"}
    }}}});
    let single = model(&[legacy(json!({
        "group": "a.example.com", "names": {"kind": "Thing"}, "version": "v1",
        "validation": {"openAPIV3Schema": spec},
    }))]);
    assert_eq!(single.warnings, []);
    assert_eq!(single.model.kinds[&kind("v1")].scope, Some(Scope::Namespaced));
    let schema = &single.model.schemas["com.example.a.v1.Thing"];
    // Unknown fields are kept at any depth, but metadata and what is no object stay as they are.
    let inner = schema.property("spec").unwrap();
    assert!(schema.preserve_unknown_fields && inner.preserve_unknown_fields);
    assert!(!inner.property("text").unwrap().preserve_unknown_fields);
    assert!(!inner.property("map").unwrap().preserve_unknown_fields);
    assert_eq!(schema.property("metadata"), Some(&Schema::reference_to(OBJECT_META)));

    let several = model(&[legacy(json!({
        "group": "a.example.com", "scope": "Cluster", "names": {"kind": "Thing"}, "version": "v1",
        "preserveUnknownFields": false,
        "versions": [{"name": "v1", "served": true}, version("v2", json!({"type": "object"})),
                     {"name": "v0", "served": false}],
        "validation": {"openAPIV3Schema": spec},
    }))]);
    assert_eq!(several.model.kinds.len(), 2);
    assert_eq!(several.model.kinds[&kind("v1")].scope, Some(Scope::Cluster));
    let schema = &several.model.schemas["com.example.a.v1.Thing"];
    assert!(schema.property("spec").is_some() && !schema.preserve_unknown_fields);
    assert!(several.model.schemas["com.example.a.v2.Thing"].property("spec").is_none());
}

#[test]
fn definitions_are_found_in_lists_and_among_others() {
    let mut bare = thing(json!([version("v2", json!({"type": "object"}))]));
    bare.as_object_mut().unwrap().retain(|key, _| key == "spec");
    let set = read(
        "x.yaml",
        &[
            json!({"apiVersion": "v1", "kind": "ConfigMap"}),
            json!({"apiVersion": "v1", "kind": "List", "items": [
                thing(json!([version("v1", json!({"type": "object"}))])),
                {"apiVersion": "apps/v1", "kind": "Deployment"},
            ]}),
            json!({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinitionList", "items": [bare]}),
            json!("text"),
        ],
    );
    assert_eq!((set.definitions.len(), set.others), (2, 3));
    assert_eq!(set.warnings, []);
    assert_eq!(set.definitions[0].document, "x.yaml, document 2");
    assert_eq!(set.definitions[1].versions[0].identity, kind("v2"));
}

#[test]
fn a_bad_definition_costs_itself_only() {
    let good = thing(json!([version("v1", json!({"type": "object"}))]));
    for (bad, warning) in [
        (definition(json!(null)), "#/spec: expected an object; the definition is left out"),
        (
            definition(json!({"names": {"kind": "A"}})),
            "#/spec/group: no group; the definition is left out",
        ),
        (
            definition(json!({"group": "a.b"})),
            "#/spec/names/kind: no kind; the definition is left out",
        ),
        (thing(json!([])), "#/spec/versions: no version; the definition is left out"),
        (thing(json!(null)), "#/spec/versions: no version; the definition is left out"),
        (
            thing(json!([{"name": "v1", "served": false}])),
            "#/spec/versions: no version is served; the definition is left out",
        ),
        (
            thing(json!([{"served": true}])),
            "#/spec/versions/0/name: no name; the version is left out",
        ),
        (thing(json!([1])), "#/spec/versions/0: expected an object; the version is left out"),
    ] {
        let parsed = model(&[bad.clone(), good.clone()]);
        let warnings: Vec<String> = parsed.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(warnings, [format!("x.yaml, document 1 at {warning}")], "{bad}");
        assert_eq!(parsed.model.kinds.len(), 1, "{bad}");
    }
}

#[test]
fn a_kind_without_schema_is_open() {
    let parsed = model(&[thing(json!([{"name": "v1", "served": true}]))]);
    assert_eq!(
        warnings(&[thing(json!([{"name": "v1", "served": true}]))]),
        [
            "x.yaml, document 1 at #/spec/versions/0/schema/openAPIV3Schema: no schema; any field is allowed"
        ]
    );
    let schema = &parsed.model.schemas["com.example.a.v1.Thing"];
    assert!(schema.preserve_unknown_fields && schema.property("metadata").is_some());
}

#[test]
fn places_that_cannot_be_modelled_are_named() {
    let schema = json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
        "a": {"$ref": "https://example.com/x"}, "b": {"type": "text"}, "c": {"type": "string"},
    }}}});
    let parsed = model(&[thing(json!([version("v1", schema.clone())]))]);
    let at =
        "x.yaml, document 1 at #/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
    assert_eq!(
        parsed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            format!(
                "{at}/a/$ref: refused a `$ref`, which custom resource definitions may not have: `https://example.com/x`"
            ),
            format!("{at}/b/type: unknown type `text`"),
        ]
    );
    let spec = parsed.model.schemas["com.example.a.v1.Thing"].property("spec").unwrap();
    assert_eq!(spec.property("b"), Some(&Schema::default()));
    assert_eq!(spec.property("c").unwrap().types, TypeSet::STRING);
}

#[test]
fn unusual_headers_are_told() {
    let mut newer = thing(json!([version("v1", json!({"type": "object"}))]));
    newer["apiVersion"] = "apiextensions.k8s.io/v7".into();
    newer["spec"]["scope"] = "Everywhere".into();
    assert_eq!(
        warnings(&[newer]),
        [
            "x.yaml, document 1 at #/apiVersion: expected `apiextensions.k8s.io/v1`, found `apiextensions.k8s.io/v7`",
            "x.yaml, document 1 at #/spec/scope: expected `Namespaced` or `Cluster`",
        ]
    );
}

#[test]
fn the_later_of_two_different_definitions_is_used() {
    let with = |file: &str, schema: serde_json::Value| {
        read(file, &[thing(json!([version("v1", schema)]))])
    };
    let words = assemble([
        with("a.yaml", json!({"type": "object", "description": "a"})),
        with("b.yaml", json!({"type": "object", "description": "b"})),
    ]);
    assert_eq!(words.warnings, []);
    let parsed = assemble([
        with("a.yaml", json!({"type": "object", "properties": {"x": {"type": "string"}}})),
        with("b.yaml", json!({"type": "object", "properties": {"y": {"type": "string"}}})),
    ]);
    assert_eq!(
        parsed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["b.yaml, document 1 at #/spec: used for `a.example.com/v1, Kind=Thing` \
          instead of the one in a.yaml, document 1"]
    );
    assert!(parsed.model.schemas["com.example.a.v1.Thing"].property("y").is_some());
}
