//! Which schemas are object types.

use crate::model::{Schema, SchemaModel, TypeSet};

/// How many references are followed in a row. More make no sense, and recursion has to end.
const MAX_REFERENCES: usize = 32;

/// Whether `schema` describes objects with declared properties: its own, those of what it refers
/// to, or those of a member of its `allOf`.
#[must_use]
pub fn is_object(model: &SchemaModel, schema: &Schema) -> bool {
    describes_object(model, schema, 0, &mut Vec::new())
}

/// `visited` are the names that were followed anywhere, so that each is looked at once.
fn describes_object<'a>(
    model: &'a SchemaModel,
    schema: &'a Schema,
    references: usize,
    visited: &mut Vec<&'a str>,
) -> bool {
    if !may_be_object(schema) {
        return false;
    }
    if schema.has_properties() {
        return true;
    }
    if let Some(name) = schema.reference.as_deref()
        && references < MAX_REFERENCES
        && !visited.contains(&name)
    {
        visited.push(name);
        let target = model.schemas.get(name);
        if target.is_some_and(|target| describes_object(model, target, references + 1, visited)) {
            return true;
        }
    }
    schema.composition.as_ref().is_some_and(|composition| {
        composition.all_of.iter().any(|member| describes_object(model, member, references, visited))
    })
}

/// Whether nothing beside the properties says that values are of another type.
pub(super) fn may_be_object(schema: &Schema) -> bool {
    !schema.int_or_string && (schema.types.is_any() || schema.types.contains(TypeSet::OBJECT))
}
