//! Names and modules: where each schema is found in TypeScript.
//!
//! Two steps, both pure and in the order of the model, so that the same model gives the same
//! names:
//!
//! 1. [`hoist`] makes a named schema of every nested object with declared properties and leaves a
//!    reference in its place.
//! 2. [`Layout::new`] gives every named schema a module (`k8s/apps/v1`, `k8s/_common`,
//!    `helm/<chart>`) and an export name that is a TypeScript identifier.
//!
//! # Modules
//!
//! A schema that is one kind goes to the module of its group and version, `k8s/<group>/<version>`
//! with the full group, where the core group is `core`. A schema that is no kind, or several,
//! goes to the module of the kinds of its package (the name up to its last dot), else to the
//! group-version that the package spells. What belongs to no group-version, above all
//! `io.k8s.apimachinery.*`, is shared: `k8s/_common`. Chart values are named by [`chart_root`]
//! (no Kubernetes schema has `/` in its name) and go to `helm/<chart>`; of what such a schema
//! defines, simple types that are no objects have no place: they are written where they are used.
//!
//! Built-in groups have a short form too, as in husako 0.1: `k8s/networking/v1` is an alias of
//! `k8s/networking.k8s.io/v1` unless another group has that very name.
//!
//! # Export names
//!
//! A kind has its own name, another schema the last segment of its name, and a definition of a
//! chart its key. On top of that:
//!
//! - Characters that an identifier cannot have separate words, and each word starts with an
//!   upper-case letter: `foo-bar` is `FooBar`.
//! - A hoisted object is named after its parent and its property, `CertificateSpecSecretTemplate`,
//!   whether it is the property itself, a list item or a map value. Below the root of chart
//!   values the chart's name is left out: `Controller`, `ControllerMetrics`.
//! - A hoisted name of more than 80 characters keeps its first word and as many of the last as
//!   fit: `AlertmanagerPodAffinityTermNamespaceSelectorMatchExpressions`. Objects whose shortened
//!   names are equal share one type where they mean the same.
//! - Reserved words, JavaScript's globals and names that generated files use themselves get `_`
//!   appended: `Object_`. Unless it is a reserved word, the plain name is exported as well.
//! - A name that is taken gets `_2`, `_3`, … in the order of the model; kinds choose first.
//! - Modules of charts also export the names that husako 0.1 gave them: `Values`, and each nested
//!   object by its property alone, where that name is free.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::model::{GroupVersionKind, SchemaModel, SchemaName};

mod exports;
mod hoist;
mod modules;
mod names;
mod object;
mod path;
mod pod;

pub use hoist::hoist;
pub use object::is_object;
pub use pod::{PodTemplate, pod_template};

/// The module of the types that all group-versions share.
pub const COMMON_MODULE: &str = "k8s/_common";

/// Which module exports which schema under which name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The modules by their import path, sorted.
    pub modules: IndexMap<String, Module>,
    /// Short import paths, sorted, and the module that each stands for.
    pub aliases: IndexMap<String, String>,
    /// Where each schema is.
    places: IndexMap<SchemaName, Place>,
}

/// What one module exports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// The exported names, sorted, and their schemas. Several names may stand for one schema;
    /// [`Layout::place`] tells the one that it is declared under.
    pub exports: IndexMap<String, SchemaName>,
}

/// Where one schema is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Place {
    /// The index of the module.
    module: u32,
    /// The name that the schema is declared under.
    export: Box<str>,
    /// The kind that the schema is, where it is exactly one.
    kind: Option<GroupVersionKind>,
    /// Whether it is an object type: a kind, or a schema with declared properties.
    object: bool,
}

impl Layout {
    /// The layout of every named schema of `model`, on which [`hoist`] has run.
    #[must_use]
    pub fn new(model: &SchemaModel) -> Self {
        exports::assign(model)
    }

    /// The module and the export name of a schema. Simple types that a chart defines have none.
    #[must_use]
    pub fn place(&self, schema: &str) -> Option<(&str, &str)> {
        let place = self.places.get(schema)?;
        let (path, _) = self.modules.get_index(usize::try_from(place.module).ok()?)?;
        Some((path, &place.export))
    }

    /// The kind that a schema is the documents of, where that is exactly one.
    ///
    /// A schema may be several, as `DeleteOptions` is one in each group; such a schema says
    /// nothing of the `apiVersion` of an object, and its factory makes a plain one.
    #[must_use]
    pub fn kind(&self, schema: &str) -> Option<&GroupVersionKind> {
        self.places.get(schema)?.kind.as_ref()
    }

    /// Whether a schema is an object type, which has a factory: a kind, or an object with declared
    /// properties. The others are types alone (strings, quantities, maps, unions).
    #[must_use]
    pub fn has_factory(&self, schema: &str) -> bool {
        self.places.get(schema).is_some_and(|place| place.object)
    }

    /// The module that an import path names, and its full path: aliases are followed.
    #[must_use]
    pub fn resolve(&self, path: &str) -> Option<(&str, &Module)> {
        let path = self.aliases.get(path).map_or(path, String::as_str);
        let (_, path, module) = self.modules.get_full(path)?;
        Some((path, module))
    }
}

/// The name of the schema of a chart's values. What that schema defines beside itself has a name
/// that begins with this one.
#[must_use]
pub fn chart_root(chart: &str) -> SchemaName {
    format!("helm/{chart}#").into()
}

#[cfg(test)]
mod tests;
