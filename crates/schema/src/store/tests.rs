use proptest::prelude::*;

use super::{MAGIC, Store, StoreError, VERSION, write};
use crate::layout::hoist;
use crate::{GroupVersionKind, Layout, SchemaModel, Scope, fixtures, openapi};

fn bytes() -> Vec<u8> {
    let (model, layout) = fixtures::model();
    write(&model, &layout).unwrap()
}

fn store() -> Store {
    Store::open(bytes()).unwrap()
}

#[test]
fn kinds() {
    let store = store();
    let deployment = store.kind(&GroupVersionKind::new("apps", "v1", "Deployment")).unwrap();
    assert_eq!(deployment.schema, "io.k8s.api.apps.v1.Deployment");
    assert_eq!((deployment.custom, deployment.deprecated), (false, None));
    let widget = store.kind(&GroupVersionKind::new("example.com", "v1", "Widget")).unwrap();
    assert_eq!((widget.custom, widget.deprecated), (true, Some("use v2")));
    assert_eq!(widget.scope, Some(Scope::Namespaced));
    // Every group has it.
    for group in ["", "apps"] {
        assert!(store.kind(&GroupVersionKind::new(group, "v1", "DeleteOptions")).is_some());
    }
    assert_eq!(store.kind(&GroupVersionKind::new("apps", "v2", "Deployment")), None);
    let all: Vec<String> = store.kinds().map(|kind| kind.to_string()).collect();
    assert_eq!(
        all,
        [
            "v1, Kind=DeleteOptions",
            "apps/v1, Kind=DeleteOptions",
            "apps/v1, Kind=Deployment",
            "example.com/v1, Kind=Widget",
        ]
    );
}

#[test]
fn modules_are_those_of_the_layout() {
    let (model, layout) = fixtures::model();
    let store = Store::open(write(&model, &layout).unwrap()).unwrap();
    assert_eq!(store.modules().collect::<Vec<_>>(), layout.modules.keys().collect::<Vec<_>>());
    for (path, module) in &layout.modules {
        let view = store.module(path).unwrap();
        assert_eq!(view.path(), path);
        assert_eq!(view.exports().collect::<Vec<_>>(), module.exports.keys().collect::<Vec<_>>());
        for (name, schema) in &module.exports {
            assert_eq!(view.export(name), Some(&**schema));
            assert_eq!(view.factory(name).is_some(), layout.has_factory(schema), "{name}");
            assert_eq!(view.factories().any(|known| known == name), layout.has_factory(schema));
        }
        assert_eq!(view.export("Nothing"), None);
    }
    assert!(store.module("k8s/nothing/v1").is_none());
    assert!(store.factory("k8s/_common", "Quantity").is_none());
}

#[test]
fn short_paths_lead_to_the_same_module() {
    let document = r#"{"components": {"schemas": {"io.k8s.api.networking.v1.Ingress": {
        "type": "object", "properties": {"spec": {"type": "object"}},
        "x-kubernetes-group-version-kind": [{"group": "networking.k8s.io", "version": "v1", "kind": "Ingress"}]
    }}}, "openapi": "3.0.0"}"#;
    let mut model = openapi::parse_documents(&[("n", document)]).unwrap().model;
    hoist(&mut model);
    let layout = Layout::new(&model);
    let store = Store::open(write(&model, &layout).unwrap()).unwrap();
    let full = "k8s/networking.k8s.io/v1";
    assert_eq!(store.module("k8s/networking/v1").unwrap().path(), full);
    assert_eq!(store.modules().collect::<Vec<_>>(), [full]);
    // A spec of any fields has no methods.
    assert_eq!(store.factory("k8s/networking/v1", "Ingress").unwrap().spec_properties, None);
}

#[test]
fn factories() {
    let store = store();
    let deployment = store.factory("k8s/apps/v1", "Deployment").unwrap();
    assert_eq!(deployment.kind, Some(("apps/v1", "Deployment")));
    let mut properties = deployment.properties;
    properties.sort_unstable();
    assert_eq!(properties, ["apiVersion", "kind", "metadata", "spec", "status"]);
    let mut spec = deployment.spec_properties.unwrap();
    spec.sort_unstable();
    assert_eq!(spec, ["maxSurge", "paused", "replicas", "template"]);
    assert_eq!(deployment.pod_spec_path.unwrap(), ["spec", "template", "spec"]);

    let container = store.factory("k8s/core/v1", "Container").unwrap();
    assert_eq!((container.kind, container.spec_properties), (None, None));
    assert_eq!(container.properties, ["ca", "name", "image", "limits"]);

    let source = store.factory("k8s/example.com/v1", "WidgetSpecSource").unwrap();
    assert_eq!(source.properties, ["git", "oci", "rest"]);
    let widget = store.factory("k8s/example.com/v1", "Widget").unwrap();
    assert_eq!((widget.kind, widget.pod_spec_path), (Some(("example.com/v1", "Widget")), None));
    assert!(widget.spec_properties.unwrap().contains(&"manifest"));
}

#[test]
fn the_same_model_gives_the_same_bytes_without_its_words() {
    let first = bytes();
    assert!(first == bytes());
    let (mut model, layout) = fixtures::model();
    let text = String::from_utf8_lossy(&bytes()).into_owned();
    assert!(text.contains("io.k8s.api.apps.v1.DeploymentSpec") && !text.contains("leaves out"));
    model.schemas.reverse();
    model.kinds.reverse();
    assert!(first == write(&model, &layout).unwrap());
}

#[test]
fn what_is_no_store() {
    let error = |bytes: &[u8]| Store::open(bytes.to_vec()).unwrap_err();
    let good = bytes();
    assert_eq!(error(b""), StoreError::NotAStore);
    assert_eq!(error(b"{\"openapi\": \"3.0.0\"}"), StoreError::NotAStore);
    for found in [0, VERSION + 1] {
        let mut other = good.clone();
        other[MAGIC.len()..MAGIC.len() + 4].copy_from_slice(&found.to_le_bytes());
        assert_eq!(error(&other), StoreError::Version { found, supported: VERSION });
    }
    for length in [MAGIC.len(), MAGIC.len() + 4, 20, 31, good.len() / 2, good.len() - 1] {
        assert_eq!(error(&good[..length]), StoreError::Corrupt, "{length}");
    }
    let mut longer = good;
    longer.push(0);
    assert_eq!(error(&longer), StoreError::Corrupt);
}

/// A format that changes without its version would be read wrongly. If this fails, raise
/// `VERSION` and set the digest anew.
#[test]
fn a_changed_format_has_a_new_version() {
    let document = r##"{"components": {"schemas": {
        "io.example.v1.A": {
            "type": "object", "nullable": true, "required": ["a"], "minProperties": 1,
            "properties": {
                "a": {"type": "string", "format": "uuid", "pattern": "a", "maxLength": 2, "enum": ["x"], "default": "x"},
                "b": {"type": "integer", "minimum": 1, "exclusiveMaximum": 1.5, "multipleOf": 0.5, "enum": [1]},
                "c": {"type": "array", "items": {"$ref": "#/components/schemas/b"}, "x-kubernetes-list-type": "set"}
            },
            "oneOf": [{"required": ["b"]}], "not": {"required": ["c"]},
            "x-kubernetes-validations": [{"rule": "true", "message": "m"}],
            "x-kubernetes-group-version-kind": [{"group": "example.io", "version": "v1", "kind": "A"}]
        },
        "b": {"x-kubernetes-int-or-string": true}
    }}, "openapi": "3.0.0"}"##;
    let model = openapi::parse_documents(&[("x", document)]).unwrap().model;
    let bytes = write(&model, &Layout::new(&model)).unwrap();
    assert_eq!((VERSION, xxhash_rust::xxh3::xxh3_64(&bytes)), (1, 13_968_107_162_319_080_648));
}

#[test]
fn references_to_nothing_and_to_themselves_say_nothing() {
    let document = r##"{"components": {"schemas": {
        "a": {"$ref": "#/components/schemas/b"},
        "b": {"allOf": [{"$ref": "#/components/schemas/a"}, {"type": "object", "properties": {"x": {"$ref": "#/components/schemas/a"}}}]}
    }}, "openapi": "3.0.0"}"##;
    let model = openapi::parse_documents(&[("x", document)]).unwrap().model;
    let store = Store::open(write(&model, &Layout::new(&model)).unwrap()).unwrap();
    let a = store.get(store.type_id("a").unwrap()).unwrap();
    let b = store.get(store.type_id("b").unwrap()).unwrap();
    assert_eq!(a.node.reference, store.type_id("b"));
    let members = &b.node.rest.as_ref().unwrap().composition.as_ref().unwrap().all_of;
    assert_eq!(members[0].reference, None);
    assert_eq!(
        members[1].object.as_ref().unwrap().property("x").unwrap().reference,
        store.type_id("a")
    );

    let mut dangling = SchemaModel::default();
    dangling.schemas.insert("a".into(), crate::Schema::reference_to("nowhere"));
    let store = Store::open(write(&dangling, &Layout::new(&dangling)).unwrap()).unwrap();
    assert_eq!(store.get(0).unwrap().node.reference, None);
    assert_eq!(store.get(1), None);
}

#[test]
fn threads_share_what_is_decoded() {
    let store = store();
    let id = store.type_id("io.k8s.api.core.v1.PodSpec").unwrap();
    let decoded: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| std::ptr::from_ref(store.get(id).unwrap()).addr()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(decoded.iter().all(|address| *address == decoded[0]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_flipped_bit_is_noticed(bit in any::<prop::sample::Index>()) {
        let mut damaged = bytes();
        let bit = bit.index(damaged.len() * 8);
        damaged[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(Store::open(damaged).is_err());
    }

    /// Even where the checksum is right, nothing panics.
    #[test]
    fn any_content_is_survived(at in any::<prop::sample::Index>(), with in any::<[u8; 4]>()) {
        let mut odd = bytes();
        let at = 20 + at.index(odd.len() - 24);
        odd[at..at + 4].copy_from_slice(&with);
        let checksum = xxhash_rust::xxh3::xxh3_64(&odd[20..]);
        odd[12..20].copy_from_slice(&checksum.to_le_bytes());
        if let Ok(store) = Store::open(odd) {
            let modules: Vec<_> = store.modules().filter_map(|path| store.module(path)).collect();
            for module in modules {
                let _ = module.exports().filter_map(|name| module.factory(name)).count();
            }
            let _ = store.kinds().filter(|kind| store.kind(kind).is_some()).count();
        }
    }
}
