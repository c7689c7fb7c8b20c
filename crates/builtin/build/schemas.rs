//! The schemas as k8s-openapi has them, with the identity of each kind from its `Resource` trait.
//!
//! A reference may have keywords beside it here; [`crate::server_form`] wraps such references.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use k8s_openapi::{
    ClusterResourceScope, ListableResource, NamespaceResourceScope, Resource, SubResourceScope,
};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::kinds;

/// Makes the function that collects every kind of a list.
macro_rules! collect_kinds {
    ($($form:ident $module:ident $(:: $segment:ident)*;)*) => {
        /// Collects every kind.
        pub(crate) fn collect(collector: &mut crate::schemas::Collector) {
            $(collector.$form::<k8s_openapi::$module $(::$segment)*>();)*
        }
    };
}

pub(crate) use collect_kinds;

/// Every schema of Kubernetes by its OpenAPI name.
pub(crate) fn collect() -> BTreeMap<String, Value> {
    let mut collector = Collector::new();
    kinds::collect(&mut collector);
    // No kinds by the `Resource` trait, but every server has them among its schemas.
    collector.add::<meta::DeleteOptions>();
    collector.add::<meta::Patch>();
    collector.add::<meta::WatchEvent<()>>();
    collector.add::<k8s_openapi::apimachinery::pkg::version::Info>();
    collector.finish()
}

/// Gathers the schemas of kinds and of all types that they are made of.
pub(crate) struct Collector {
    generator: SchemaGenerator,
    kinds: Vec<Kind>,
}

struct Kind {
    schema_name: String,
    identity: Value,
    scope: Option<&'static str>,
    list: Option<&'static str>,
}

impl Collector {
    fn new() -> Self {
        let settings = SchemaSettings::openapi3().with(|settings| settings.transforms.clear());
        Self { generator: settings.into_generator(), kinds: Vec::new() }
    }

    /// Adds a kind that has no list kind.
    pub(crate) fn single<T>(&mut self)
    where
        T: JsonSchema + Resource<Scope: ScopeName>,
    {
        self.kind::<T>(None);
    }

    /// Adds a kind and its list kind.
    pub(crate) fn listable<T>(&mut self)
    where
        T: JsonSchema + ListableResource + Resource<Scope: ScopeName>,
    {
        self.kind::<T>(Some(T::LIST_KIND));
    }

    fn kind<T>(&mut self, list_kind: Option<&'static str>)
    where
        T: JsonSchema + Resource<Scope: ScopeName>,
    {
        self.add::<T>();
        self.kinds.push(Kind {
            schema_name: T::schema_name().into_owned(),
            identity: json!({ "group": T::GROUP, "kind": T::KIND, "version": T::VERSION }),
            scope: T::Scope::NAME,
            list: list_kind,
        });
    }

    fn add<T: JsonSchema>(&mut self) -> Schema {
        self.generator.subschema_for::<T>()
    }

    fn finish(mut self) -> BTreeMap<String, Value> {
        let list_metadata = self.add::<meta::ListMeta>();
        let mut schemas: BTreeMap<String, Value> =
            self.generator.take_definitions(false).into_iter().collect();
        for kind in self.kinds {
            let Some(schema) = schemas.get_mut(&kind.schema_name) else { continue };
            release_metadata(schema);
            schema["x-kubernetes-group-version-kind"] = json!([kind.identity]);
            if let Some(scope) = kind.scope {
                schema["x-husako-scope"] = scope.into();
            }
            if let Some(list_kind) = kind.list {
                let list = list_schema(&kind, list_kind, schema, &list_metadata);
                let package = kind.schema_name.rsplit_once('.').map_or("", |(package, _)| package);
                schemas.insert(format!("{package}.{list_kind}"), list);
            }
        }
        schemas
    }
}

/// Takes `metadata` out of the required properties of a kind: k8s-openapi has it there because the
/// Rust field is no `Option`, while servers ask for it in `Event` alone, as the overlay says.
fn release_metadata(schema: &mut Value) {
    let Some(keywords) = schema.as_object_mut() else { return };
    if let Some(Value::Array(required)) = keywords.get_mut("required") {
        required.retain(|name| name != "metadata");
        if required.is_empty() {
            keywords.shift_remove("required");
        }
    }
}

/// The schema of a list kind, which k8s-openapi has as a generic type without a schema. All of a
/// server's have this form.
fn list_schema(kind: &Kind, list_kind: &str, item: &Value, metadata: &Schema) -> Value {
    let of = &kind.identity;
    let name = of["kind"].as_str().unwrap_or_default();
    let identity = json!({ "group": of["group"], "version": of["version"], "kind": list_kind });
    let reference = format!("#/components/schemas/{}", kind.schema_name);
    let mut metadata = metadata.clone();
    metadata.insert("description".to_owned(), "Standard list metadata.".into());
    metadata.insert("default".to_owned(), json!({}));
    json!({
        "description": format!("{list_kind} is a list of {name} objects."),
        "type": "object",
        "required": ["items"],
        "properties": {
            "apiVersion": item["properties"]["apiVersion"],
            "items": {
                "description": format!("Items is the list of {name} objects."),
                "type": "array",
                "items": { "default": {}, "$ref": reference },
            },
            "kind": item["properties"]["kind"],
            "metadata": metadata,
        },
        "x-kubernetes-group-version-kind": [identity],
    })
}

/// The scope of a kind as a custom resource definition spells it.
pub(crate) trait ScopeName {
    /// None for what is no object of its own: the body of a subresource's request, or `Status`.
    const NAME: Option<&'static str>;
}

impl ScopeName for NamespaceResourceScope {
    const NAME: Option<&'static str> = Some("Namespaced");
}

impl ScopeName for ClusterResourceScope {
    const NAME: Option<&'static str> = Some("Cluster");
}

impl ScopeName for SubResourceScope {
    const NAME: Option<&'static str> = None;
}
