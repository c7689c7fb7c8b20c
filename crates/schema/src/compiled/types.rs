use std::collections::{HashMap, HashSet};

use super::builtin::{Required, special};
use super::compile::Compiler;
use super::cycles::break_cycles;
use super::{Dialect, Type, TypeId};
use crate::crd::OBJECT_META;
use crate::layout::pod_template;
use crate::{Layout, Schema, SchemaModel};

/// The types of a model, sorted by name: the place of a type is its [`TypeId`].
pub(crate) fn types_of<'a>(model: &'a SchemaModel, layout: &Layout) -> Vec<(&'a str, Type)> {
    let mut names: Vec<&str> = model.schemas.keys().map(|name| &**name).collect();
    names.sort_unstable();
    let ids: HashMap<&str, TypeId> = names
        .iter()
        .enumerate()
        .filter_map(|(id, name)| Some((*name, id.try_into().ok()?)))
        .collect();
    let builtin = builtin_names(model);
    let mut required = Required::new(model);
    let mut types: Vec<Type> = names
        .iter()
        .map(|name| {
            let schema = &model.schemas[*name];
            let dialect = if builtin.contains(name) { Dialect::BuiltIn } else { Dialect::Custom };
            let mut node = Compiler { dialect, names: &ids }.node(schema);
            if dialect == Dialect::BuiltIn
                && let Some(object) = &mut node.object
            {
                let fields = required.fields(name, schema);
                object.required = fields.into_iter().map(Into::into).collect();
            }
            let kind = layout.kind(name);
            Type {
                dialect,
                special: special(name),
                node,
                kind: kind.map(|kind| (kind.api_version().into(), kind.kind.clone())),
                pod_spec_path: kind.and_then(|_| pod_template(model, schema)).map(|pod| pod.path),
            }
        })
        .collect();
    break_cycles(&mut types);
    names.into_iter().zip(types).collect()
}

/// The schemas of built-in types: those of built-in kinds, what all metadata is, and what either
/// refers to. A custom kind's own schemas are the others.
fn builtin_names(model: &SchemaModel) -> HashSet<&str> {
    let kinds = model.kinds.values().filter(|kind| !kind.custom).map(|kind| &*kind.schema);
    let aliases = model.aliases.values().map(|name| &**name);
    let mut pending: Vec<&str> = kinds.chain(aliases).chain([OBJECT_META]).collect();
    let mut found = HashSet::new();
    while let Some(name) = pending.pop() {
        let Some((name, schema)) = model.schemas.get_key_value(name) else { continue };
        if found.insert(&**name) {
            references(schema, &mut pending);
        }
    }
    found
}

fn references<'a>(schema: &'a Schema, names: &mut Vec<&'a str>) {
    names.extend(schema.reference.as_deref());
    if let Some(object) = &schema.object {
        object.properties.values().for_each(|schema| references(schema, names));
        if let crate::AdditionalProperties::Schema(schema) = &object.additional {
            references(schema, names);
        }
    }
    if let Some(items) = schema.items() {
        references(items, names);
    }
    if let Some(composition) = &schema.composition {
        let lists = [&composition.all_of, &composition.any_of, &composition.one_of];
        lists.into_iter().flatten().for_each(|schema| references(schema, names));
    }
}
