//! Which schemas are object types.

use crate::model::{Schema, SchemaModel, TypeSet};

/// How many references are followed before a chain of them counts as endless.
const MAX_REFERENCES: u32 = 32;

/// Whether `schema` describes objects with declared properties: its own, those of what it refers
/// to, or those of a member of its `allOf`.
#[must_use]
pub fn is_object(model: &SchemaModel, schema: &Schema) -> bool {
    describes_object(model, schema, MAX_REFERENCES)
}

fn describes_object(model: &SchemaModel, schema: &Schema, references: u32) -> bool {
    if !may_be_object(schema) {
        return false;
    }
    if schema.has_properties() {
        return true;
    }
    let referred = schema.reference.as_ref().is_some_and(|name| {
        references > 0
            && model
                .schemas
                .get(name)
                .is_some_and(|target| describes_object(model, target, references - 1))
    });
    referred
        || schema.composition.as_ref().is_some_and(|composition| {
            composition.all_of.iter().any(|member| describes_object(model, member, references))
        })
}

/// Whether nothing beside the properties says that values are of another type.
pub(super) fn may_be_object(schema: &Schema) -> bool {
    !schema.int_or_string && (schema.types.is_any() || schema.types.contains(TypeSet::OBJECT))
}
