//! Schemas in the form that values are checked against: the content of the store.
//!
//! Compared with [`Schema`](crate::Schema), references are numbers, properties are sorted for
//! search, words for people are gone, keywords that few schemas have are in one box, and what only
//! means something together (`properties`, `additionalProperties`, preserve-unknown-fields) is
//! decided. [`compile`] makes this form when the store is written; reading it back is all that
//! happens on use.

use compact_str::CompactString;
use husako_value::Value;
use serde::{Deserialize, Serialize};

use crate::model::json_text;
use crate::{CelRule, TypeSet};

mod builtin;
mod compile;
mod cycles;
mod exact;
mod format;
mod pattern;
mod re2;
mod types;

pub(crate) use exact::Exact;
pub(crate) use format::Format;
pub(crate) use pattern::Pattern;
pub(crate) use types::types_of;

/// The number of a type in its store.
pub(crate) type TypeId = u32;

/// One named schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Type {
    /// By which rules its values are checked.
    pub(crate) dialect: Dialect,
    /// What is checked instead of the schema.
    pub(crate) special: Option<Special>,
    pub(crate) node: Node,
    /// The one kind that this is the documents of: `apiVersion` and `kind`.
    pub(crate) kind: Option<(Box<str>, Box<str>)>,
    /// The properties from a document to the object that has `containers`.
    pub(crate) pod_spec_path: Option<Vec<Box<str>>>,
}

/// By which rules an API server checks values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Dialect {
    /// Decoded into a Go type: null is absent, integers have a width, lists may have duplicates.
    BuiltIn,
    /// Checked against the structural schema of a custom resource definition.
    Custom,
}

/// A type whose values have a grammar that its schema does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Special {
    /// A resource quantity: text or number.
    Quantity,
    /// RFC 3339 time.
    Time,
    /// RFC 3339 time with exactly six decimals.
    MicroTime,
}

/// What is said of one value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Node {
    pub(crate) types: TypeSet,
    pub(crate) flags: Flags,
    pub(crate) format: Option<Format>,
    /// Applies beside all the rest.
    pub(crate) reference: Option<TypeId>,
    pub(crate) object: Option<Box<Object>>,
    pub(crate) array: Option<Box<Array>>,
    pub(crate) rest: Option<Box<Rest>>,
}

/// Facts about a value that are yes or no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Flags(u8);

impl Flags {
    pub(crate) const NULLABLE: Self = Self(1);
    pub(crate) const INT_OR_STRING: Self = Self(1 << 1);
    /// Only declared properties are known; others are unknown fields.
    pub(crate) const CLOSED: Self = Self(1 << 2);
    /// The schema itself forbids others than declared properties.
    pub(crate) const FORBIDS_OTHERS: Self = Self(1 << 3);
    /// A whole Kubernetes object inside another.
    pub(crate) const EMBEDDED: Self = Self(1 << 4);
    /// Any field is known here, whatever the reference says.
    pub(crate) const OPEN: Self = Self(1 << 5);

    pub(crate) const fn has(self, flag: Self) -> bool {
        self.0 & flag.0 != 0
    }

    fn set(&mut self, flag: Self, on: bool) {
        if on {
            self.0 |= flag.0;
        }
    }
}

/// Keywords of objects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Object {
    /// Sorted by [`property_order`].
    pub(crate) properties: Vec<(CompactString, Node)>,
    pub(crate) required: Vec<CompactString>,
    /// Of the values of properties that are not declared.
    pub(crate) values: Option<Node>,
    pub(crate) pattern_properties: Vec<(Pattern, Node)>,
    pub(crate) property_names: Option<Node>,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
}

impl Object {
    /// The schema of a declared property.
    pub(crate) fn property(&self, name: &str) -> Option<&Node> {
        let index =
            self.properties.binary_search_by(|(known, _)| property_order(known, name)).ok()?;
        Some(&self.properties[index].1)
    }
}

/// Shorter names first: most steps of a search compare two numbers.
fn property_order(a: &str, b: &str) -> std::cmp::Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Keywords of lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Array {
    pub(crate) items: Option<Node>,
    pub(crate) prefix_items: Vec<Node>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    /// No two items may be the same.
    pub(crate) unique: bool,
    /// No two items may have the same values under these keys.
    pub(crate) map_keys: Vec<CompactString>,
}

/// Keywords that few schemas have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rest {
    /// What a custom object gets where it has nothing.
    #[serde(with = "json_text::option")]
    pub(crate) default: Option<Box<Value>>,
    pub(crate) enumeration: Option<Enumeration>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<Exact>,
    pub(crate) composition: Option<Box<Composition>>,
    /// Kept for the evaluation of rules; nothing checks them yet.
    pub(crate) validations: Vec<CelRule>,
}

/// The allowed values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Enumeration {
    /// Nothing but strings.
    Strings(Vec<CompactString>),
    /// Any values.
    Values(#[serde(with = "json_text::plain")] Vec<Value>),
}

/// A limit of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bound {
    pub(crate) limit: Exact,
    /// The limit itself is outside.
    pub(crate) exclusive: bool,
}

/// Schemas that apply together or in the alternative.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Composition {
    pub(crate) all_of: Vec<Node>,
    pub(crate) any_of: Vec<Node>,
    pub(crate) one_of: Vec<Node>,
    pub(crate) not: Option<Node>,
    /// `if`, `then` and `else`.
    pub(crate) condition: Option<(Node, Option<Node>, Option<Node>)>,
}
