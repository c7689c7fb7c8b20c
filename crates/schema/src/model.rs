//! The types of the model.
//!
//! A [`Schema`] is a bag of keywords, as in JSON Schema, because real schemas combine them freely
//! (`oneOf` beside `properties`, `default` beside `$ref`). Keywords that few schemas have are
//! boxed, so that the many leaves stay small. All maps keep the order of their source.

use std::fmt;
use std::sync::Arc;

use husako_value::Value;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub(crate) mod json_text;
mod type_set;
mod visit;

pub use type_set::TypeSet;

/// The full name of a schema, such as `io.k8s.api.apps.v1.Deployment`.
pub type SchemaName = Arc<str>;

/// A set of named schemas, and the Kubernetes kinds among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemaModel {
    /// Every named schema, in the order of the sources.
    pub schemas: IndexMap<SchemaName, Schema>,
    /// The kinds that a document can be of.
    pub kinds: IndexMap<GroupVersionKind, Kind>,
    /// Further group-version-kinds of schemas whose home is another group-version: a server says
    /// of `DeleteOptions` that every group has it. No module exports them.
    pub aliases: IndexMap<GroupVersionKind, SchemaName>,
}

/// The identity of a Kubernetes kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupVersionKind {
    /// The API group; empty for the core group.
    pub group: Box<str>,
    /// The version, such as `v1` or `v1beta1`.
    pub version: Box<str>,
    /// The kind, such as `Deployment`.
    pub kind: Box<str>,
}

impl GroupVersionKind {
    /// An identity from its three parts.
    #[must_use]
    pub fn new(group: &str, version: &str, kind: &str) -> Self {
        Self { group: group.into(), version: version.into(), kind: kind.into() }
    }

    /// An identity from the two fields that a document carries (`apps/v1`, `Deployment`).
    #[must_use]
    pub fn from_api_version(api_version: &str, kind: &str) -> Self {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        Self::new(group, version, kind)
    }

    /// The `apiVersion` of a document of this kind: `v1` or `apps/v1`.
    #[must_use]
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_string()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }
}

impl fmt::Display for GroupVersionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.group.is_empty() {
            write!(f, "{}/", self.group)?;
        }
        write!(f, "{}, Kind={}", self.version, self.kind)
    }
}

/// What is known of a kind beyond its schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// The schema of its documents.
    pub schema: SchemaName,
    /// Whether its objects live in a namespace, where the source says so.
    pub scope: Option<Scope>,
    /// Whether the schema comes from a custom resource definition, which an API server validates
    /// by other rules than its built-in kinds.
    pub custom: bool,
    /// Why the version is deprecated, where it is (an empty text: no reason is given).
    pub deprecated: Option<Box<str>>,
}

/// Where the objects of a kind live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// In a namespace.
    Namespaced,
    /// In the cluster as a whole.
    Cluster,
}

/// What a schema says of a value. [`Schema::default`] says nothing: any value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub struct Schema {
    /// The allowed JSON types; empty for all.
    pub types: TypeSet,
    /// `nullable: true`.
    pub nullable: bool,
    /// `x-kubernetes-int-or-string`, or the OpenAPI format `int-or-string`.
    pub int_or_string: bool,
    /// `x-kubernetes-preserve-unknown-fields`.
    pub preserve_unknown_fields: bool,
    /// `x-kubernetes-embedded-resource`.
    pub embedded_resource: bool,
    /// `deprecated`, or a description that says so.
    pub deprecated: bool,
    /// The schema that this one refers to; the keywords beside it apply as well
    /// (`allOf: [$ref]` with siblings is folded into this).
    pub reference: Option<SchemaName>,
    /// The text for people. The store does not keep it.
    pub description: Option<Box<str>>,
    /// `format`.
    pub format: Option<Box<str>>,
    /// `default`.
    #[serde(with = "json_text::option")]
    pub default: Option<Box<Value>>,
    /// `enum` (an empty list allows nothing), or `const` as a list of one.
    #[serde(with = "json_text::option")]
    pub enumeration: Option<Box<Vec<Value>>>,
    /// Keywords of objects.
    pub object: Option<Box<ObjectKeywords>>,
    /// Keywords of lists.
    pub array: Option<Box<ArrayKeywords>>,
    /// Bounds of strings and numbers.
    pub bounds: Option<Box<Bounds>>,
    /// `allOf`, `anyOf`, `oneOf`, `not`, `if`.
    pub composition: Option<Box<Composition>>,
    /// `x-kubernetes-validations`.
    pub validations: Vec<CelRule>,
}

/// Keywords of objects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObjectKeywords {
    /// `properties`.
    pub properties: IndexMap<Box<str>, Schema>,
    /// `required`.
    pub required: Vec<Box<str>>,
    /// `additionalProperties`.
    pub additional: AdditionalProperties,
    /// `patternProperties`: patterns and their schemas.
    pub pattern_properties: Vec<(Box<str>, Schema)>,
    /// `propertyNames`.
    pub property_names: Option<Schema>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `x-kubernetes-map-type`.
    pub map_type: Option<MapType>,
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum AdditionalProperties {
    /// The schema does not say. For Kubernetes that means none beside declared properties.
    #[default]
    Unspecified,
    /// `true`.
    Allowed,
    /// `false`.
    Forbidden,
    /// Each must satisfy this.
    Schema(Box<Schema>),
}

/// Keywords of lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ArrayKeywords {
    /// `items` as one schema: of the items after [`Self::prefix_items`].
    pub items: Option<Schema>,
    /// `items` as a list, or `prefixItems`: a tuple.
    pub prefix_items: Vec<Schema>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `x-kubernetes-list-type`.
    pub list_type: Option<ListType>,
    /// `x-kubernetes-list-map-keys`.
    pub list_map_keys: Vec<Box<str>>,
}

/// `x-kubernetes-list-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListType {
    /// Replaced as a whole.
    Atomic,
    /// Scalars, each at most once.
    Set,
    /// Objects, identified by [`ArrayKeywords::list_map_keys`].
    Map,
}

/// `x-kubernetes-map-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MapType {
    /// Replaced as a whole.
    Atomic,
    /// Merged key by key.
    Granular,
}

/// Bounds of strings and numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// `pattern`, in the syntax of RE2.
    pub pattern: Option<Box<str>>,
    /// `minLength`, in code points.
    pub min_length: Option<u64>,
    /// `maxLength`, in code points.
    pub max_length: Option<u64>,
    /// `minimum`, or `exclusiveMinimum` where [`Self::exclusive_minimum`] is set.
    #[serde(with = "json_text::option")]
    pub minimum: Option<Box<Value>>,
    /// `maximum`, or `exclusiveMaximum` where [`Self::exclusive_maximum`] is set.
    #[serde(with = "json_text::option")]
    pub maximum: Option<Box<Value>>,
    /// The minimum itself is not allowed.
    pub exclusive_minimum: bool,
    /// The maximum itself is not allowed.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    #[serde(with = "json_text::option")]
    pub multiple_of: Option<Box<Value>>,
}

/// Schemas that apply together or in the alternative.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Composition {
    /// `allOf`, without the single `$ref` that is folded into [`Schema::reference`].
    pub all_of: Vec<Schema>,
    /// `anyOf`; empty where absent.
    pub any_of: Vec<Schema>,
    /// `oneOf`; empty where absent.
    pub one_of: Vec<Schema>,
    /// `not`.
    pub not: Option<Schema>,
    /// `if`.
    pub if_schema: Option<Schema>,
    /// `then`.
    pub then_schema: Option<Schema>,
    /// `else`.
    pub else_schema: Option<Schema>,
}

/// One rule of `x-kubernetes-validations`, in the Common Expression Language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CelRule {
    /// The expression, which is true of valid values.
    pub rule: Box<str>,
    /// What to say of an invalid value.
    pub message: Option<Box<str>>,
    /// An expression that makes the message.
    pub message_expression: Option<Box<str>>,
    /// Which field the violation is reported at.
    pub field_path: Option<Box<str>>,
    /// The machine-readable reason.
    pub reason: Option<Box<str>>,
    /// Whether a transition rule also runs where there is no old value.
    pub optional_old_self: bool,
}

impl SchemaModel {
    /// The schema of a kind, under any of its group-version-kinds.
    #[must_use]
    pub fn schema_of(&self, kind: &GroupVersionKind) -> Option<(&SchemaName, &Schema)> {
        let name =
            self.kinds.get(kind).map(|kind| &kind.schema).or_else(|| self.aliases.get(kind))?;
        self.schemas.get_key_value(name)
    }
}

impl Schema {
    /// A schema that is nothing but a reference.
    #[must_use]
    pub fn reference_to(name: impl Into<SchemaName>) -> Self {
        Self { reference: Some(name.into()), ..Self::default() }
    }

    /// The declared properties; empty where there are none.
    #[must_use]
    pub fn properties(&self) -> impl ExactSizeIterator<Item = (&str, &Schema)> {
        static NONE: std::sync::LazyLock<IndexMap<Box<str>, Schema>> =
            std::sync::LazyLock::new(IndexMap::new);
        self.object
            .as_ref()
            .map_or(&*NONE, |object| &object.properties)
            .iter()
            .map(|(name, schema)| (&**name, schema))
    }

    /// The schema of one declared property.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Schema> {
        self.object.as_ref()?.properties.get(name)
    }

    /// Whether `name` is a required property.
    #[must_use]
    pub fn requires(&self, name: &str) -> bool {
        self.object
            .as_ref()
            .is_some_and(|object| object.required.iter().any(|required| &**required == name))
    }

    /// The schema of list items, where there is one for all.
    #[must_use]
    pub fn items(&self) -> Option<&Schema> {
        self.array.as_ref()?.items.as_ref()
    }

    /// Whether there are declared properties.
    #[must_use]
    pub fn has_properties(&self) -> bool {
        self.object.as_ref().is_some_and(|object| !object.properties.is_empty())
    }
}
