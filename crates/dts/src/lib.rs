//! TypeScript declarations from the schema model.
//!
//! One file per module of a [`Layout`], and one small file per alias. For each schema a file has
//! an `interface` (objects with declared properties) or a `type` (the rest), and for each object
//! a constant of the same name, its factory. The generic types of factories and builders are
//! written by hand in `husako/_base`; generated files only instantiate them, so that a type
//! checker works on what an entry uses and merely parses the rest.
//!
//! Text of schemas reaches the output in two ways only: `names` (identifiers, property keys,
//! string literals) and `comments`. Generation is pure: the same model gives the same bytes.
//! [`generate_module`] is independent per module, so callers may spread modules over threads and
//! stop between them.

use husako_schema::{Layout, SchemaModel};

mod comments;
mod declarations;
mod docs;
mod module;
mod names;
mod shape;
mod types;

/// One declaration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The path below the folder of types, with `/`: `k8s/apps/v1.d.ts`.
    pub path: String,
    /// The TypeScript declarations.
    pub contents: String,
}

/// The import paths that have a file each: the modules, then the aliases.
pub fn module_paths(layout: &Layout) -> impl Iterator<Item = &str> {
    layout.modules.keys().chain(layout.aliases.keys()).map(String::as_str)
}

/// The file of one module or alias. `None` where the layout has no such module.
///
/// `model` is the one that `layout` was made of, after `husako_schema::layout::hoist`.
#[must_use]
pub fn generate_module(model: &SchemaModel, layout: &Layout, path: &str) -> Option<GeneratedFile> {
    let contents = match layout.aliases.get(path) {
        Some(target) => module::alias(path, target),
        None => module::declarations(model, layout, path, layout.modules.get(path)?),
    };
    Some(GeneratedFile { path: format!("{path}.d.ts"), contents })
}

/// The files of all modules and aliases.
#[must_use]
pub fn generate(model: &SchemaModel, layout: &Layout) -> Vec<GeneratedFile> {
    module_paths(layout).filter_map(|path| generate_module(model, layout, path)).collect()
}
