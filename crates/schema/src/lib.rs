//! The schema model: one ordered representation of what Kubernetes OpenAPI v3 documents, custom
//! resource definitions and JSON Schema say about documents.
//!
//! Parsers ([`openapi`], [`crd`], [`json_schema`]) make a [`SchemaModel`]; [`layout`] gives every
//! object type a name and a TypeScript module; `husako-dts` writes types from that, and
//! [`store`] keeps the part that rendering needs in one compact file, from which [`validate`]
//! checks documents. Nothing here does I/O.

mod compiled;
mod convert;
pub mod crd;
#[cfg(test)]
mod fixtures;
pub mod json_schema;
pub mod layout;
mod merge;
pub mod model;
pub mod openapi;
pub mod quantity;
pub mod store;
pub mod validate;

pub use convert::{MAX_DEPTH, ParseError, Parsed, Warning};
pub use layout::{Layout, Module};
pub use model::{
    AdditionalProperties, ArrayKeywords, Bounds, CelRule, Composition, GroupVersionKind, Kind,
    ListType, MapType, ObjectKeywords, Schema, SchemaModel, SchemaName, Scope, TypeSet,
};
