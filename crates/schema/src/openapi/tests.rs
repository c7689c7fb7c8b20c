#![expect(clippy::needless_pass_by_value, reason = "JSON literals read best without `&`")]

use std::error::Error as _;

use husako_diagnostics::{Diagnostic, ExitCode};
use serde_json::{Value, json};

use super::{assemble, convert, index, parse_documents, unique};
use crate::{GroupVersionKind, ParseError, Parsed, Schema, Scope};

fn document(schemas: Value, paths: Value) -> String {
    json!({"openapi": "3.0.0", "paths": paths, "components": {"schemas": schemas}}).to_string()
}

fn parse(documents: &[(&str, String)]) -> Result<Parsed, ParseError> {
    parse_documents(documents)
}

fn schemas(schemas: Value) -> Result<Parsed, ParseError> {
    parse(&[("doc.json", document(schemas, json!({})))])
}

fn kinds_of(group: &str, version: &str, kind: &str) -> Value {
    json!({"type": "object", "x-kubernetes-group-version-kind": [
        {"group": group, "version": version, "kind": kind}
    ]})
}

fn operations(group: &str, version: &str, kind: &str) -> Value {
    json!({"get": {"description": "x", "x-kubernetes-group-version-kind":
        {"group": group, "version": version, "kind": kind}}})
}

#[test]
fn kinds_have_schemas_scopes_and_deprecations() {
    let mut old = kinds_of("a.example", "v1", "Old");
    old["description"] = "Old things. Deprecated: use New.".into();
    let text = document(
        json!({
            "io.k8s.api.a.v1.Thing": kinds_of("a.example", "v1", "Thing"),
            "io.k8s.api.a.v1.Old": old,
            "io.k8s.api.a.v1.Node": kinds_of("a.example", "v1", "Node"),
            "io.k8s.api.a.v1.Part": {"type": "string"},
        }),
        json!({
            "/apis/a.example/v1/": {"get": {}},
            "/apis/a.example/v1/things": operations("a.example", "v1", "Thing"),
            "/apis/a.example/v1/namespaces/{namespace}/things/{name}": operations("a.example", "v1", "Thing"),
            "/apis/a.example/v1/namespaces/{namespace}/things/{name}/scale": operations("other", "v1", "Scale"),
            "/apis/a.example/v1/nodes/{name}": operations("a.example", "v1", "Node"),
        }),
    );
    let Parsed { model, warnings } = parse(&[("doc.json", text)]).unwrap();
    assert_eq!(warnings, []);
    assert_eq!(model.schemas.len(), 4);
    let kind = |name: &str| &model.kinds[&GroupVersionKind::new("a.example", "v1", name)];
    assert_eq!(&*kind("Thing").schema, "io.k8s.api.a.v1.Thing");
    assert_eq!(kind("Thing").scope, Some(Scope::Namespaced));
    assert_eq!(kind("Node").scope, Some(Scope::Cluster));
    assert_eq!(kind("Old").scope, None);
    assert_eq!(kind("Old").deprecated.as_deref(), Some("use New."));
    assert_eq!(kind("Thing").deprecated, None);
    assert!(!kind("Thing").custom);
}

#[test]
fn the_scope_may_stand_on_the_schema() {
    let mut thing = kinds_of("", "v1", "Thing");
    thing["x-husako-scope"] = "Cluster".into();
    let mut other = kinds_of("", "v1", "Other");
    other["x-husako-scope"] = "Galaxy".into();
    let parsed = schemas(json!({"io.k8s.api.core.v1.Thing": thing, "x.Other": other})).unwrap();
    assert_eq!(
        parsed.model.kinds[&GroupVersionKind::new("", "v1", "Thing")].scope,
        Some(Scope::Cluster)
    );
    assert_eq!(
        parsed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "doc.json at #/components/schemas/x.Other/x-husako-scope: expected `Namespaced` or `Cluster`"
        ]
    );
}

#[test]
fn kinds_of_definitions_are_custom() {
    let parsed = schemas(json!({
        "io.k8s.networking.gateway.v1.Gateway": kinds_of("gateway.networking.k8s.io", "v1", "Gateway"),
        "com.example.api.v1.Typed": kinds_of("typed.example.com", "v1", "Typed"),
    }))
    .unwrap();
    let custom: Vec<bool> = parsed.model.kinds.values().map(|kind| kind.custom).collect();
    assert_eq!(custom, [true, false]);
}

#[test]
fn a_schema_of_many_groups_has_one_home() {
    let everywhere = json!({"type": "object", "x-kubernetes-group-version-kind": [
        {"group": "admission.k8s.io", "version": "v1", "kind": "DeleteOptions"},
        {"group": "", "version": "v1", "kind": "DeleteOptions"},
        {"group": "apps", "version": "v1", "kind": "DeleteOptions"},
    ]});
    let name = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
    let model = schemas(json!({name: everywhere})).unwrap().model;
    let home = GroupVersionKind::new("", "v1", "DeleteOptions");
    assert_eq!(model.kinds.keys().collect::<Vec<_>>(), [&home]);
    let groups: Vec<&str> = model.aliases.keys().map(|kind| &*kind.group).collect();
    assert_eq!(groups, ["admission.k8s.io", "apps"]);
    for kind in model.kinds.keys().chain(model.aliases.keys()) {
        assert_eq!(&**model.schema_of(kind).unwrap().0, name);
    }
}

#[test]
fn documents_that_disagree() {
    let shared = "io.k8s.api.apps.v1.Thing";
    let with = |format: &str, description: &str| {
        let mut schema = kinds_of("apps", "v1", "Thing");
        schema["format"] = format.into();
        schema["description"] = description.into();
        schema
    };
    let paths = |path: &str| json!({path: {"get": {}}});
    let foreign =
        ("batch.json", document(json!({shared: with("foreign", "x")}), paths("/apis/batch/v1/")));
    let own = ("apps.json", document(json!({shared: with("own", "y")}), paths("/apis/apps/v1/")));
    let words = ("core.json", document(json!({shared: with("own", "z")}), paths("/api/v1/")));
    for documents in [vec![foreign.clone(), own.clone()], vec![own.clone(), foreign.clone()]] {
        let parsed = parse(&documents).unwrap();
        assert_eq!(parsed.model.schemas[shared].format.as_deref(), Some("own"));
        assert_eq!(parsed.model.kinds.len(), 1);
        assert_eq!(
            parsed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["batch.json at #/components/schemas/io.k8s.api.apps.v1.Thing: \
              differs from the schema in `apps.json`, which is used"]
        );
    }
    // Only other words, or only other kinds, are no disagreement.
    let mut kinds = with("own", "y");
    kinds["x-kubernetes-group-version-kind"] =
        json!([{"group": "b", "version": "v1", "kind": "Thing"}]);
    let kinds = ("b.json", document(json!({shared: kinds}), json!({})));
    let parsed = parse(&[own, words, kinds]).unwrap();
    assert_eq!(parsed.warnings, []);
    assert_eq!(parsed.model.schemas[shared].description.as_deref(), Some("y"));
    assert_eq!((parsed.model.kinds.len(), parsed.model.aliases.len()), (1, 1));
}

#[test]
fn the_result_does_not_depend_on_the_split() {
    let property =
        |reference: &str| json!({"allOf": [{"$ref": format!("#/components/schemas/{reference}")}]});
    let text = document(
        json!({
            "a": {"properties": {"b": property("b"), "bad": 1}},
            "b": {"properties": {"c": property("c"), "self": property("b")}},
            "c": {"properties": {"a": property("a")}, "x-kubernetes-group-version-kind": [
                {"group": "g.example", "version": "v1", "kind": "C"}
            ]},
            "d~/e": {"$ref": "#/components/schemas/d~0~1e"},
        }),
        json!({}),
    );
    let documents = [("x.json", text.clone()), ("y.json", text)];
    let expected = parse(&documents).unwrap();
    assert_eq!(expected.model.schemas["b"].property("self"), Some(&Schema::reference_to("b")));
    assert_eq!(expected.model.schemas["d~/e"], Schema::reference_to("d~/e"));
    assert_eq!(expected.warnings.len(), 1);
    let documents: Vec<_> =
        documents.iter().map(|(name, text)| index(name, text.as_bytes()).unwrap()).collect();
    let unique = unique(&documents);
    assert_eq!(unique.len(), 4);
    for size in 1..=4 {
        let parts = unique.chunks(size).map(|part| convert(part).unwrap());
        assert_eq!(assemble(&documents, parts).unwrap(), expected);
    }
}

#[test]
fn references_that_cannot_be_followed() {
    let with = |reference: &str| {
        schemas(json!({"a": {"properties": {"x/y": {"$ref": reference}}}})).unwrap_err()
    };
    let missing = with("#/components/schemas/nowhere");
    assert_eq!(
        missing.to_string(),
        "failed to resolve the `$ref` at #/components/schemas/a/properties/x~1y/$ref in `doc.json`: \
         no schema `nowhere`"
    );
    assert_eq!(missing.exit_code(), ExitCode::Generate);
    assert_eq!(missing.hints().len(), 1);
    for remote in
        ["https://example.com/a.json", "other.json#/components/schemas/a", "file:///etc/x"]
    {
        assert_eq!(
            with(remote).to_string(),
            format!(
                "refused to follow the remote `$ref` at #/components/schemas/a/properties/x~1y/$ref \
                 in `doc.json`: `{remote}`"
            )
        );
    }
    assert!(matches!(with("#/definitions/a"), ParseError::MissingReference { .. }));
    let below = with("#/components/schemas/a/properties/x");
    assert!(matches!(below, ParseError::MissingReference { .. }));
}

#[test]
fn what_is_no_openapi_document() {
    let error = |text: &str| parse(&[("x.json", text.to_owned())]).unwrap_err();
    assert_eq!(
        error(r#"{"swagger": "2.0", "paths": {}}"#).to_string(),
        "failed to read `x.json`: a Swagger 2.0 document, not an OpenAPI v3 document"
    );
    assert!(matches!(error(r#"{"paths": {"api": {}}}"#), ParseError::NotOpenApi { .. }));
    assert!(matches!(error(r#"{"openapi": "4.0"}"#), ParseError::NotOpenApi { .. }));
    for text in ["", "<html>", "[]", r#"{"openapi": "3.0.0", "components": {"schemas": {"a": "#] {
        let error = error(text);
        assert_eq!(error.to_string(), "failed to parse `x.json` at #");
        assert!(error.source().is_some());
    }
    let bad_text = parse_documents(&[("x.json", b"\xff".as_slice())]).unwrap_err();
    assert!(matches!(bad_text, ParseError::Encoding { .. }));
    // A server has documents without schemas, and files may begin with a mark.
    let empty =
        parse(&[("x.json", "\u{feff}{\"openapi\": \"3.0.0\", \"paths\": null}".to_owned())]);
    assert_eq!(empty.unwrap(), Parsed::default());
}

#[test]
fn deep_nesting_is_refused_without_overflow() {
    let deep = format!("{}{}", r#"{"items": "#.repeat(10_000), "}".repeat(10_000));
    let deep = format!("{}1{}", &deep[..10_000 * 10], &deep[10_000 * 10..]);
    let text = format!(r#"{{"openapi": "3.0.0", "components": {{"schemas": {{"a/b": {deep}}}}}}}"#);
    assert_eq!(
        parse(&[("x.json", text)]).unwrap_err().to_string(),
        "failed to read `x.json`: nested deeper than 128 levels at \
         #/components/schemas/a~1b/items/items/items/…"
    );
}

#[test]
fn malformed_kinds_are_left_out() {
    let parsed =
        schemas(json!({"a": {"x-kubernetes-group-version-kind": [{"kind": "A"}, 1]}})).unwrap();
    assert_eq!(parsed.warnings.len(), 2);
    assert_eq!(parsed.model.kinds.len(), 0);
    assert_eq!(parsed.model.schemas.len(), 1);
}
