//! What a definition's schema leaves out because it is so of every object.

use crate::{AdditionalProperties, ObjectKeywords, Schema, TypeSet};

use super::OBJECT_META;

/// The schema of a kind that allows any field.
pub(super) fn open() -> Schema {
    completed(Schema { preserve_unknown_fields: true, ..Schema::default() }, false)
}

/// The schema with `apiVersion`, `kind` and `metadata` before its own properties.
pub(super) fn completed(mut schema: Schema, preserve_unknown_fields: bool) -> Schema {
    if preserve_unknown_fields {
        preserve(&mut schema);
    }
    if schema.types.is_any() {
        schema.types = TypeSet::OBJECT;
    }
    let object = schema.object.get_or_insert_default();
    let mut own = std::mem::take(&mut object.properties);
    for name in ["apiVersion", "kind"] {
        let text = own.shift_remove(name).unwrap_or_default();
        // The server demands strings whatever the definition says.
        let text = Schema { types: TypeSet::STRING, ..text };
        object.properties.insert(name.into(), text);
    }
    let metadata = metadata(own.shift_remove("metadata").unwrap_or_default());
    object.properties.insert("metadata".into(), metadata);
    object.properties.extend(own);
    schema
}

/// A reference to the type of all metadata, beside what the definition demands of its name.
fn metadata(mut declared: Schema) -> Schema {
    declared.types = TypeSet::ANY;
    declared.preserve_unknown_fields = false;
    declared.reference = Some(OBJECT_META.into());
    if let Some(object) = declared.object.as_deref_mut() {
        // The type of metadata is fixed; nothing can be added to it.
        object.additional = AdditionalProperties::Unspecified;
        object.properties.values_mut().for_each(|schema| schema.preserve_unknown_fields = false);
    }
    declared.object.take_if(|object| **object == ObjectKeywords::default());
    declared
}

/// Lets objects at any depth have further fields.
fn preserve(schema: &mut Schema) {
    let object = schema.types.is_any() || schema.types.contains(TypeSet::OBJECT);
    let unspecified = schema
        .object
        .as_ref()
        .is_none_or(|object| object.additional == AdditionalProperties::Unspecified);
    if object && unspecified && !schema.int_or_string {
        schema.preserve_unknown_fields = true;
    }
    schema.for_each_child_mut(preserve);
}
