use husako_value::Value;
use proptest::prelude::*;
use serde_json::json;

use crate::{
    GroupVersionKind, Kind, Layout, Schema, SchemaModel, TypeSet, crd, json_schema, openapi,
};

use super::{chart_root, hoist, pod_template};

fn crds(kinds: &[(&str, &str, serde_json::Value)]) -> SchemaModel {
    let documents = kinds.iter().map(|(group, kind, schema)| {
        serde_json::from_value::<Value>(json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "things"},
            "spec": {"group": group, "scope": "Namespaced",
                "names": {"kind": kind, "plural": "things"},
                "versions": [{"name": "v1", "served": true, "storage": true,
                    "schema": {"openAPIV3Schema": schema}}]}
        }))
        .unwrap()
    });
    crd::assemble([crd::parse("x.yaml", documents).unwrap()]).model
}

fn crd(schema: &serde_json::Value) -> SchemaModel {
    crds(&[("example.com", "Widget", json!({"type": "object", "properties": {"spec": schema}}))])
}

fn server(schemas: &serde_json::Value) -> SchemaModel {
    let document = json!({"openapi": "3.0.0", "paths": {}, "components": {"schemas": schemas}});
    openapi::parse_documents(&[("x", document.to_string())]).unwrap().model
}

fn chart(schema: &serde_json::Value) -> SchemaModel {
    json_schema::parse_text(&chart_root("my-chart"), "x", &schema.to_string()).unwrap().model
}

fn laid_out(mut model: SchemaModel) -> (SchemaModel, Layout) {
    hoist(&mut model);
    let layout = Layout::new(&model);
    (model, layout)
}

/// The export names of a module and the last segment of their schemas' names.
fn exports<'a>(layout: &'a Layout, path: &str) -> Vec<(&'a str, &'a str)> {
    let (_, module) = layout.resolve(path).unwrap();
    module
        .exports
        .iter()
        .map(|(export, schema)| (&**export, schema.rsplit(['.', '#']).next().unwrap()))
        .collect()
}

fn names<'a>(layout: &'a Layout, path: &str) -> Vec<&'a str> {
    exports(layout, path).into_iter().map(|(export, _)| export).collect()
}

fn object(properties: &serde_json::Value) -> serde_json::Value {
    json!({"type": "object", "properties": properties})
}

fn leaf() -> serde_json::Value {
    object(&json!({"x": {"type": "string"}}))
}

fn kind_of(group: &str, kind: &str) -> serde_json::Value {
    json!({"type": "object", "properties": {"apiVersion": {"type": "string"}},
           "x-kubernetes-group-version-kind": [{"group": group, "version": "v1", "kind": kind}]})
}

#[test]
fn nested_objects_are_named_by_their_path() {
    let (model, layout) = laid_out(crd(&object(&json!({
        "direct": leaf(),
        "list": {"type": "array", "items": leaf()},
        "map": {"type": "object", "additionalProperties": leaf()},
        "deepList": {"type": "array", "items": {"type": "array", "items": leaf()}},
        "my-key": leaf(),
        "open": {"type": "object"},
    }))));
    assert_eq!(
        names(&layout, "k8s/example.com/v1"),
        [
            "Widget",
            "WidgetSpec",
            "WidgetSpecDeepList",
            "WidgetSpecDirect",
            "WidgetSpecList",
            "WidgetSpecMap",
            "WidgetSpecMyKey",
        ]
    );
    let spec = &model.schemas["com.example.v1.WidgetSpec"];
    assert_eq!(
        spec.property("list").unwrap().items().unwrap().reference.as_deref(),
        Some("com.example.v1.WidgetSpecList")
    );
    assert_eq!(spec.property("open").unwrap().reference, None);
}

#[test]
fn a_place_keeps_what_belongs_to_it() {
    let mut schema = leaf();
    schema["description"] = json!("A part.");
    schema["default"] = json!({"x": "y"});
    schema["nullable"] = json!(true);
    schema["required"] = json!(["x"]);
    let (model, _) = laid_out(crd(&object(&json!({"part": schema}))));
    let place = model.schemas["com.example.v1.WidgetSpec"].property("part").unwrap();
    assert!(place.nullable && place.default.is_some() && place.object.is_none());
    assert_eq!(place.description.as_deref(), Some("A part."));
    let part = &model.schemas[place.reference.as_ref().unwrap()];
    assert!(part.nullable && part.default.is_none() && part.requires("x"));
    assert_eq!(part.description.as_deref(), Some("A part."));
}

#[test]
fn hoisting_twice_changes_nothing() {
    let (mut model, _) = laid_out(crd(&object(&json!({"a": object(&json!({"b": leaf()}))}))));
    let once = model.clone();
    hoist(&mut model);
    assert_eq!(model, once);
}

#[test]
fn branches_that_only_constrain_are_no_types() {
    let (_, layout) = laid_out(crd(&json!({
        "type": "object",
        "properties": {"a": leaf(), "b": leaf()},
        "oneOf": [
            {"required": ["a"], "properties": {"a": {"properties": {"x": {"enum": ["y"]}}}}},
            {"required": ["b"], "not": {"properties": {"c": leaf()}}},
        ],
    })));
    assert_eq!(
        names(&layout, "k8s/example.com/v1"),
        ["Widget", "WidgetSpec", "WidgetSpecA", "WidgetSpecB"]
    );
}

#[test]
fn branches_that_are_types_are_named() {
    let (_, layout) = laid_out(chart(&object(&json!({
        "one": {"oneOf": [{"type": "string"}, leaf()]},
        "two": {"anyOf": [leaf(), object(&json!({"y": {"type": "string"}}))]},
        "more": {"properties": {"a": leaf()}, "anyOf": [{"properties": {"b": leaf()}}]},
    }))));
    let names = names(&layout, "helm/my-chart");
    for name in ["One", "TwoOption1", "TwoOption2", "More", "MoreA", "MoreB"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    assert!(!names.contains(&"Two"), "{names:?}");
}

#[test]
fn members_of_all_of_are_one_type() {
    let (model, layout) = laid_out(chart(&object(&json!({
        "both": {"allOf": [leaf(), {"properties": {"y": leaf()}}]},
    }))));
    assert!(layout.has_factory("helm/my-chart#Both"));
    assert_eq!(
        names(&layout, "helm/my-chart"),
        ["Both", "BothY", "MyChart", "Values"],
        "{:?}",
        model.schemas.keys()
    );
}

#[test]
fn taken_names_get_numbers_in_order() {
    let (_, layout) = laid_out(crd(&object(&json!({
        "aB": leaf(), "ab": leaf(), "a-b": leaf(), "a": object(&json!({"b": leaf()})),
    }))));
    assert_eq!(
        exports(&layout, "k8s/example.com/v1"),
        [
            ("Widget", "Widget"),
            ("WidgetSpec", "WidgetSpec"),
            ("WidgetSpecA", "WidgetSpecA"),
            ("WidgetSpecAB", "WidgetSpecAB"),
            ("WidgetSpecAB_2", "WidgetSpecAB_2"),
            ("WidgetSpecAB_3", "WidgetSpecAB_3"),
            ("WidgetSpecAb", "WidgetSpecAb"),
        ]
    );
}

#[test]
fn long_names_are_shortened_and_shared() {
    let deep = |leaf: serde_json::Value| {
        object(&json!({"requiredDuringSchedulingIgnoredDuringExecution":
            object(&json!({"nodeSelectorTermsOfTheLongestKind": object(&json!({"x": leaf}))}))}))
    };
    let (model, layout) = laid_out(crd(&object(&json!({
        "first": deep(leaf()),
        "second": deep(leaf()),
        "third": deep(object(&json!({"other": {"type": "string"}}))),
    }))));
    let names = names(&layout, "k8s/example.com/v1");
    let long: Vec<_> = names.iter().filter(|name| name.ends_with('X')).collect();
    assert_eq!(long, [&"WidgetNodeSelectorTermsOfTheLongestKindX"], "{names:?}");
    assert!(names.contains(&"WidgetNodeSelectorTermsOfTheLongestKindX_2"), "{names:?}");
    assert!(model.schemas.keys().all(|name| name.len() <= 100));
}

#[test]
fn modules_are_group_versions() {
    let (_, layout) = laid_out(server(&json!({
        "io.k8s.api.networking.v1.Ingress": kind_of("networking.k8s.io", "Ingress"),
        "io.k8s.api.networking.v1.IngressRule": leaf(),
        "io.k8s.api.core.v1.Service": kind_of("", "Service"),
        "io.k8s.api.core.v1.Container": leaf(),
        "io.k8s.api.rbac.v1.Subject": leaf(),
        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": leaf(),
        "io.k8s.apimachinery.pkg.api.resource.Quantity": {"type": "string"},
        "com.example.v1.Thing": kind_of("example.com", "Thing"),
        "Loose": leaf(),
    })));
    let modules: Vec<(&str, Vec<&str>)> =
        layout.modules.keys().map(|path| (&**path, names(&layout, path))).collect();
    assert_eq!(
        modules,
        [
            ("k8s/_common", vec!["Loose", "ObjectMeta", "Quantity"]),
            ("k8s/core/v1", vec!["Container", "Service"]),
            ("k8s/example.com/v1", vec!["Thing"]),
            ("k8s/networking.k8s.io/v1", vec!["Ingress", "IngressRule"]),
            ("k8s/rbac.authorization.k8s.io/v1", vec!["Subject"]),
        ]
    );
    assert!(!layout.has_factory("io.k8s.apimachinery.pkg.api.resource.Quantity"));
    assert!(layout.has_factory("io.k8s.api.core.v1.Container"));
}

#[test]
fn short_paths_of_built_in_groups_are_aliases() {
    let (_, layout) = laid_out(server(&json!({
        "io.k8s.api.networking.v1.Ingress": kind_of("networking.k8s.io", "Ingress"),
        "io.k8s.api.apps.v1.Deployment": kind_of("apps", "Deployment"),
        "io.k8s.api.storage.v1.StorageClass": kind_of("storage.k8s.io", "StorageClass"),
        "storage.v1.Disk": kind_of("storage", "Disk"),
        "com.example.v1.Thing": kind_of("example.com", "Thing"),
    })));
    let aliases: Vec<_> = layout.aliases.iter().map(|(alias, path)| (&**alias, &**path)).collect();
    // `storage` is a group of its own here, so its path stands for that one.
    assert_eq!(aliases, [("k8s/networking/v1", "k8s/networking.k8s.io/v1")]);
    assert_eq!(names(&layout, "k8s/networking/v1"), ["Ingress"]);
    assert_eq!(names(&layout, "k8s/storage/v1"), ["Disk"]);
    assert!(layout.resolve("k8s/example/v1").is_none());
}

#[test]
fn kinds_choose_their_names_first() {
    let (_, layout) = laid_out(crds(&[
        ("example.com", "Widget", object(&json!({"spec": leaf()}))),
        ("example.com", "WidgetSpec", leaf()),
        ("example.com", "Function", leaf()),
        ("example.com", "class", leaf()),
    ]));
    assert_eq!(
        exports(&layout, "k8s/example.com/v1"),
        [
            ("Function", "Function"),
            ("Function_", "Function"),
            ("Widget", "Widget"),
            ("WidgetSpec", "WidgetSpec"),
            ("WidgetSpec_2", "WidgetSpec_2"),
            ("class_", "class"),
        ]
    );
    assert_eq!(layout.place("com.example.v1.Function").unwrap().1, "Function_");
    let kind = layout.kind("com.example.v1.Widget").unwrap();
    assert_eq!(*kind, GroupVersionKind::new("example.com", "v1", "Widget"));
    assert_eq!(layout.kind("com.example.v1.WidgetSpec_2"), None);
}

#[test]
fn a_type_of_several_groups_is_no_kind() {
    let several = json!({"type": "object", "properties": {"a": {"type": "string"}},
        "x-kubernetes-group-version-kind": [
            {"group": "", "version": "v1", "kind": "DeleteOptions"},
            {"group": "apps", "version": "v1", "kind": "DeleteOptions"}]});
    let name = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
    let (_, layout) = laid_out(server(&json!({ name: several })));
    assert_eq!(layout.place(name), Some(("k8s/_common", "DeleteOptions")));
    assert_eq!(layout.kind(name), None);
    assert!(layout.has_factory(name));
}

#[test]
fn charts_export_old_names_too() {
    let (_, layout) = laid_out(chart(&json!({
        "type": "object",
        "properties": {
            "b": object(&json!({"image": object(&json!({"tag": {"type": "string"}}))})),
            "a": object(&json!({"image": object(&json!({"repository": {"type": "string"}}))})),
            "object": leaf(),
            "res": {"$ref": "#/definitions/foo-bar"},
        },
        "definitions": {"foo-bar": leaf()},
    })));
    assert_eq!(
        exports(&layout, "helm/my-chart"),
        [
            ("A", "A"),
            ("AImage", "AImage"),
            ("B", "B"),
            ("BImage", "BImage"),
            ("FooBar", "foo-bar"),
            ("Image", "AImage"),
            ("MyChart", ""),
            ("Object", "Object"),
            ("Object_", "Object"),
            ("Values", ""),
        ]
    );
}

#[test]
fn pods_are_found_where_kinds_have_them() {
    let pod = json!({"type": "object", "properties":
        {"containers": {"type": "array", "items": leaf()}}});
    let template =
        |inner: &serde_json::Value| object(&json!({"template": object(&json!({"spec": inner}))}));
    for (spec, path) in [
        (pod.clone(), Some(vec!["spec"])),
        (template(&pod), Some(vec!["spec", "template", "spec"])),
        (
            object(&json!({"jobTemplate": object(&json!({"spec": template(&pod)}))})),
            Some(vec!["spec", "jobTemplate", "spec", "template", "spec"]),
        ),
        (leaf(), None),
    ] {
        let (model, _) = laid_out(crd(&spec));
        let found = pod_template(&model, &model.schemas["com.example.v1.Widget"]);
        let found_path =
            found.as_ref().map(|pod| pod.path.iter().map(|key| &**key).collect::<Vec<_>>());
        assert_eq!(found_path, path);
        if let Some(pod) = found {
            assert!(pod.container.ends_with("Containers"), "{}", pod.container);
        }
    }
}

#[test]
fn foreign_groups_cannot_leave_the_folder() {
    let mut model = SchemaModel::default();
    model.schemas.insert("x".into(), Schema { types: TypeSet::OBJECT, ..Schema::default() });
    let kind = Kind { schema: "x".into(), scope: None, custom: true, deprecated: None };
    model.kinds.insert(GroupVersionKind::new("../../etc", "..", "Passwd"), kind);
    let layout = Layout::new(&model);
    assert_eq!(layout.modules.keys().collect::<Vec<_>>(), ["k8s/.._.._etc/__"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_schema_has_one_place_with_an_identifier(
        keys in prop::collection::vec(".{0,12}|[a-zA-Z._-]{1,12}", 1..8),
        kinds in prop::collection::btree_set("[A-Za-z][a-z]{0,5}|Object|class|Map", 1..4),
    ) {
        let mut spec = leaf();
        for key in &keys {
            spec = object(&json!({ key: spec, "x": leaf(), "list": {"type": "array", "items": leaf()} }));
        }
        let kinds: Vec<_> = kinds
            .iter()
            .map(|kind| ("example.com", kind.as_str(), object(&json!({"spec": spec}))))
            .collect();
        let (model, layout) = laid_out(crds(&kinds));
        for name in model.schemas.keys() {
            let (path, export) = layout.place(name).unwrap();
            prop_assert_eq!(&layout.modules[path].exports[export], name);
            prop_assert!(export.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
            prop_assert!(!export.starts_with(|first: char| first.is_ascii_digit()));
        }
        for (_, kind) in &model.kinds {
            let (path, _) = layout.place(&kind.schema).unwrap();
            prop_assert_eq!(path, "k8s/example.com/v1");
        }
    }
}
