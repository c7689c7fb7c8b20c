//! The embedded document holds what an API server's own documents would.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::collections::BTreeSet;

use serde_json::{Value, json};

const GROUP_VERSION_KIND: &str = "x-kubernetes-group-version-kind";

fn document() -> Value {
    serde_json::from_slice(&husako_builtin::document().unwrap()).unwrap()
}

fn schema(name: &str) -> Value {
    let mut document = document();
    let schema = document["components"]["schemas"][name].take();
    assert!(schema.is_object(), "no schema {name}");
    schema
}

#[test]
fn the_digest_is_of_the_content() {
    let content = husako_builtin::document().unwrap();
    assert_eq!(blake3::hash(&content).to_hex().as_str(), husako_builtin::DIGEST);
}

#[test]
fn it_is_an_openapi_document_of_the_version() {
    let document = document();
    assert_eq!(document["openapi"], "3.0.0");
    assert_eq!(document["info"]["version"], format!("v{}", husako_builtin::KUBERNETES_VERSION));
}

#[test]
fn a_kind_has_its_identity_and_scope() {
    let deployment = schema("io.k8s.api.apps.v1.Deployment");
    let identity = json!([{ "group": "apps", "kind": "Deployment", "version": "v1" }]);
    assert_eq!(deployment[GROUP_VERSION_KIND], identity);
    assert_eq!(deployment[husako_builtin::SCOPE_EXTENSION], "Namespaced");
    assert!(deployment.get("required").is_none(), "a server does not ask for `metadata`");

    let namespace = schema("io.k8s.api.core.v1.Namespace");
    assert_eq!(namespace[husako_builtin::SCOPE_EXTENSION], "Cluster");
    let eviction = schema("io.k8s.api.policy.v1.Eviction");
    assert!(eviction.get(husako_builtin::SCOPE_EXTENSION).is_none());
}

#[test]
fn a_list_kind_is_made_for_each_listable_kind() {
    let list = schema("io.k8s.api.apps.v1.DeploymentList");
    assert_eq!(
        list[GROUP_VERSION_KIND],
        json!([{ "group": "apps", "kind": "DeploymentList", "version": "v1" }])
    );
    assert_eq!(list["required"], json!(["items"]));
    assert_eq!(
        list["properties"]["items"]["items"],
        json!({
            "default": {},
            "allOf": [{ "$ref": "#/components/schemas/io.k8s.api.apps.v1.Deployment" }],
        })
    );
    assert!(list["properties"]["apiVersion"]["description"].is_string());
}

#[test]
fn meta_kinds_belong_to_every_group_version() {
    let options = schema("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions");
    let identities = options[GROUP_VERSION_KIND].as_array().unwrap();
    let of =
        |group, version| json!({ "group": group, "kind": "DeleteOptions", "version": version });
    // The core group, one that has kinds, one whose kinds are gone, one newer than the overlay.
    for identity in [
        of("", "v1"),
        of("apps", "v1"),
        of("extensions", "v1beta1"),
        of("lifecycle.k8s.io", "v1alpha1"),
    ] {
        assert!(identities.contains(&identity), "{identity}");
    }
    assert_eq!(
        schema("io.k8s.apimachinery.pkg.apis.meta.v1.Status")[GROUP_VERSION_KIND],
        json!([{ "group": "", "kind": "Status", "version": "v1" }])
    );
}

#[test]
fn facts_of_the_overlay_are_in() {
    let port = schema("io.k8s.api.core.v1.ServicePort");
    assert_eq!(port["properties"]["protocol"]["default"], "TCP");
    assert_eq!(port["properties"]["protocol"]["enum"], json!(["SCTP", "TCP", "UDP"]));
    assert_eq!(port["properties"]["port"]["format"], "int32");
    let target = &port["properties"]["targetPort"];
    assert_eq!(
        target["allOf"],
        json!([{ "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString" }])
    );
    assert!(target["description"].is_string() && target.get("$ref").is_none());

    let pod = schema("io.k8s.api.core.v1.PodSpec");
    let containers = &pod["properties"]["containers"];
    assert_eq!(containers["x-kubernetes-list-type"], "map");
    assert_eq!(containers["x-kubernetes-list-map-keys"], json!(["name"]));
    assert_eq!(pod["required"], json!(["containers"]));

    // k8s-openapi makes the name of a reference required, a server does not.
    assert!(schema("io.k8s.api.core.v1.LocalObjectReference").get("required").is_none());
}

#[test]
fn the_special_types_have_the_form_of_a_server() {
    let facts = |name: &str| {
        let mut schema = schema(name);
        schema.as_object_mut().unwrap().remove("description");
        schema
    };
    let meta = "io.k8s.apimachinery.pkg.apis.meta.v1";
    let extensions = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1";
    assert_eq!(
        facts("io.k8s.apimachinery.pkg.util.intstr.IntOrString"),
        json!({ "format": "int-or-string", "oneOf": [{ "type": "integer" }, { "type": "string" }] })
    );
    assert_eq!(
        facts("io.k8s.apimachinery.pkg.api.resource.Quantity"),
        json!({ "oneOf": [{ "type": "string" }, { "type": "number" }] })
    );
    for time in ["Time", "MicroTime"] {
        assert_eq!(
            facts(&format!("{meta}.{time}")),
            json!({ "type": "string", "format": "date-time" })
        );
    }
    assert_eq!(facts(&format!("{meta}.FieldsV1")), json!({ "type": "object" }));
    assert_eq!(facts("io.k8s.apimachinery.pkg.runtime.RawExtension"), json!({ "type": "object" }));
    for any in ["JSON", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool"] {
        assert_eq!(facts(&format!("{extensions}.{any}")), json!({}));
    }
}

#[test]
fn every_reference_stands_alone_and_leads_somewhere() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut references = BTreeSet::new();
    for schema in schemas.values() {
        collect_references(schema, &mut references);
    }
    assert!(references.len() > 500);
    for reference in references {
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        assert!(schemas.contains_key(name), "{reference} leads nowhere");
    }
}

fn collect_references(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            // A property may be called `$ref` too, as in `JSONSchemaProps`.
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                assert_eq!(members.len(), 1, "keywords beside {reference}");
                references.insert(reference.to_owned());
            }
            members.values().for_each(|member| collect_references(member, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, references)),
        _ => {}
    }
}

#[test]
fn no_patch_of_the_overlay_is_stale() {
    let overlay: Value = serde_json::from_str(include_str!("../overlay.json")).unwrap();
    let patches = overlay["schemas"].as_object().unwrap();
    let document = document();
    assert!(patches.len() > 400);
    for (name, patch) in patches {
        assert_applied(name, patch, &document["components"]["schemas"][name]);
    }
}

/// Asserts that a patch is part of what came of it.
fn assert_applied(place: &str, patch: &Value, result: &Value) {
    match patch {
        Value::Object(members) => {
            assert!(result.is_object(), "`scripts/extract-overlay` is due: {place} is no more");
            for (name, member) in members {
                assert_applied(&format!("{place}/{name}"), member, &result[name]);
            }
        }
        _ => assert_eq!(patch, result, "`scripts/extract-overlay` is due: {place}"),
    }
}

#[test]
fn the_overlay_holds_no_sentences() {
    fn check(value: &Value) {
        match value {
            // Some values have a few words (`digital signature`).
            Value::String(text) => assert!(text.split(' ').count() < 4, "a sentence: {text}"),
            Value::Array(items) => items.iter().for_each(check),
            Value::Object(members) => members.values().for_each(check),
            _ => {}
        }
    }
    check(&serde_json::from_str(include_str!("../overlay.json")).unwrap());
}
