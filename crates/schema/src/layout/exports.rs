//! Which name a schema is exported under.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::model::{AdditionalProperties, Schema, SchemaModel, SchemaName};

use super::modules::Modules;
use super::names::{
    chart_member, identifier, is_global, is_reserved, pascal_case, unique, wanted_name,
};
use super::{Layout, Module, Place, chart_root, is_object};

/// The name that husako 0.1 gave the values of every chart.
const CHART_VALUES: &str = "Values";

/// How deep objects with old names are looked for. Definitions may refer to one another without
/// end, recursion has to end.
const MAX_OLD_DEPTH: usize = 128;

pub(super) fn assign(model: &SchemaModel) -> Layout {
    let modules = Modules::of(model);
    let mut assignment = Assignment::default();
    // Kinds choose first: their names are what users import.
    let is_kind = |name: &SchemaName| modules.kind(name).is_some();
    let ordered = model
        .schemas
        .iter()
        .filter(|(name, _)| is_kind(name))
        .chain(model.schemas.iter().filter(|(name, _)| !is_kind(name)));
    for (name, schema) in ordered {
        let kind = modules.kind(name);
        let wanted = match kind {
            Some(kind) => identifier(&kind.kind),
            None => wanted_name(name),
        };
        let object = kind.is_some() || is_object(model, schema);
        if !object && chart_member(name).is_some() && !refers_to_plain_types(model, schema) {
            continue;
        }
        let place = Place { module: 0, export: wanted.into(), kind: kind.cloned(), object };
        assignment.declare(name, modules.path(name), place);
    }
    assignment.add_plain_names();
    assignment.add_chart_names(model);

    let Assignment { modules: mut by_path, mut places, .. } = assignment;
    by_path.sort_unstable_keys();
    for module in by_path.values_mut() {
        module.exports.sort_unstable_keys();
    }
    for (name, place) in &mut places {
        let index = by_path.get_index_of(&modules.path(name)).unwrap_or_default();
        place.module = u32::try_from(index).unwrap_or(u32::MAX);
    }
    let aliases = modules.aliases(model, &by_path);
    Layout { modules: by_path, aliases, places }
}

/// Whether something in `schema` refers to what is no object. Then it may contain itself, which
/// only a type with a name can.
fn refers_to_plain_types(model: &SchemaModel, schema: &Schema) -> bool {
    let target = schema.reference.as_ref().and_then(|name| model.schemas.get(name));
    let mut found = target.is_some_and(|target| !is_object(model, target));
    schema.for_each_child(|child| found = found || refers_to_plain_types(model, child));
    found
}

#[derive(Default)]
struct Assignment {
    modules: IndexMap<String, Module>,
    places: IndexMap<SchemaName, Place>,
    /// Plain names of what had to be declared under another: path, name, schema.
    plain: Vec<(String, String, SchemaName)>,
}

impl Assignment {
    /// Declares `name` in the module at `path`, under the export name that `place` asks for or
    /// the next that is free.
    fn declare(&mut self, name: &SchemaName, path: String, mut place: Place) {
        let module = self.modules.entry(path.clone()).or_default();
        let mut export = place.export.to_string();
        if is_reserved(&export) || is_global(&export) {
            if is_global(&export) {
                self.plain.push((path, export.clone(), SchemaName::clone(name)));
            }
            export.push('_');
        }
        let export = unique(&export, |candidate| module.exports.contains_key(candidate));
        place.export = export.as_str().into();
        module.exports.insert(export, SchemaName::clone(name));
        self.places.insert(SchemaName::clone(name), place);
    }

    /// Exports under their plain names what must not be declared under them.
    fn add_plain_names(&mut self) {
        for (path, plain, name) in std::mem::take(&mut self.plain) {
            self.add_name(&path, plain, name);
        }
    }

    fn add_name(&mut self, path: &str, export: String, schema: SchemaName) {
        if let Some(module) = self.modules.get_mut(path) {
            module.exports.entry(export).or_insert(schema);
        }
    }

    /// Exports the names that husako 0.1 gave to the types of charts.
    fn add_chart_names(&mut self, model: &SchemaModel) {
        let charts: Vec<String> =
            self.modules.keys().filter(|path| path.starts_with("helm/")).cloned().collect();
        for path in charts {
            let root = chart_root(path.trim_start_matches("helm/"));
            let Some(schema) = model.schemas.get(&root) else { continue };
            self.add_name(&path, CHART_VALUES.to_owned(), SchemaName::clone(&root));
            let mut found = Vec::new();
            let mut visited = HashSet::from([root]);
            old_names(model, schema, 0, &mut visited, &mut found);
            for (export, name) in found {
                if !is_reserved(&export) {
                    self.add_name(&path, export, name);
                }
            }
        }
    }
}

/// The objects below `schema` by the name of their property alone. husako 0.1 walked them in the
/// order of their names and children first, and the first object of a name had it.
fn old_names(
    model: &SchemaModel,
    schema: &Schema,
    depth: usize,
    visited: &mut HashSet<SchemaName>,
    found: &mut Vec<(String, SchemaName)>,
) {
    let mut properties: Vec<(&str, &Schema)> = schema.properties().collect();
    properties.sort_unstable_by_key(|(key, _)| *key);
    for (key, property) in properties {
        let Some(name) = innermost(property).reference.as_ref() else { continue };
        let Some(target) = model.schemas.get(name) else { continue };
        if !visited.insert(SchemaName::clone(name)) {
            continue;
        }
        if depth < MAX_OLD_DEPTH {
            old_names(model, target, depth + 1, visited, found);
        }
        let old = pascal_case(key);
        // A definition has the name that it was given, whichever property refers to it.
        if name.contains(&old) && is_object(model, target) {
            found.push((old, SchemaName::clone(name)));
        }
    }
}

/// The items of a list and the values of a map, at any depth.
fn innermost(schema: &Schema) -> &Schema {
    if let Some(items) = schema.items() {
        return innermost(items);
    }
    match schema.object.as_ref().map(|object| &object.additional) {
        Some(AdditionalProperties::Schema(value)) if !schema.has_properties() => innermost(value),
        _ => schema,
    }
}
