use std::collections::HashMap;

use compact_str::CompactString;
use husako_value::Value;

use super::{
    Array, Bound, Composition, Dialect, Enumeration, Exact, Flags, Format, Node, Object, Pattern,
    Rest, TypeId, property_order,
};
use crate::{
    AdditionalProperties, ArrayKeywords, Bounds, ListType, ObjectKeywords, Schema, TypeSet, model,
};

/// Makes nodes of schemas.
pub(super) struct Compiler<'a> {
    pub(super) dialect: Dialect,
    /// The numbers of the named schemas. A name without one says nothing of values.
    pub(super) names: &'a HashMap<&'a str, TypeId>,
}

impl Compiler<'_> {
    pub(super) fn node(&self, schema: &Schema) -> Node {
        self.node_within(schema, false)
    }

    /// The node of an item of a list that keeps unknown fields, or of another value. What such a
    /// list keeps are the fields of its items.
    fn node_within(&self, schema: &Schema, keeps_fields: bool) -> Node {
        let mut flags = self.flags(schema);
        flags.set(Flags::OPEN, keeps_fields);
        let items_keep_fields = keeps_fields || schema.preserve_unknown_fields;
        Node {
            types: schema.types,
            flags,
            format: schema.format.as_deref().and_then(|name| Format::of(name, self.dialect)),
            reference: schema.reference.as_deref().and_then(|name| self.names.get(name).copied()),
            object: boxed(schema.object.as_deref().map(|object| self.object(object))),
            array: boxed(schema.array.as_deref().map(|array| self.array(array, items_keep_fields))),
            rest: boxed(Some(self.rest(schema))),
        }
    }

    fn nodes(&self, schemas: &[Schema]) -> Vec<Node> {
        schemas.iter().map(|schema| self.node(schema)).collect()
    }

    fn flags(&self, schema: &Schema) -> Flags {
        let mut flags = Flags::default();
        flags.set(Flags::NULLABLE, schema.nullable);
        flags.set(Flags::INT_OR_STRING, schema.int_or_string);
        flags.set(Flags::EMBEDDED, schema.embedded_resource);
        let additional = schema.object.as_ref().map(|object| &object.additional);
        flags.set(Flags::FORBIDS_OTHERS, additional == Some(&AdditionalProperties::Forbidden));
        // What a reference leads to says which fields there are; properties beside it only
        // constrain.
        let closed = schema.reference.is_none()
            && !schema.preserve_unknown_fields
            && additional.is_none_or(|known| *known == AdditionalProperties::Unspecified)
            && match self.dialect {
                // A Go type without fields is one that decodes itself.
                Dialect::BuiltIn => schema.has_properties(),
                Dialect::Custom => {
                    schema.has_properties() || schema.types.contains(TypeSet::OBJECT)
                }
            };
        flags.set(Flags::CLOSED, closed);
        flags
    }

    fn object(&self, object: &ObjectKeywords) -> Object {
        let mut properties: Vec<(CompactString, Node)> = object
            .properties
            .iter()
            .map(|(name, schema)| (CompactString::from(&**name), self.node(schema)))
            .collect();
        properties.sort_unstable_by(|(a, _), (b, _)| property_order(a, b));
        Object {
            properties,
            required: texts(&object.required),
            values: match &object.additional {
                AdditionalProperties::Schema(schema) => Some(self.node(schema)),
                _ => None,
            },
            pattern_properties: object
                .pattern_properties
                .iter()
                .map(|(pattern, schema)| (Pattern::new(pattern), self.node(schema)))
                .collect(),
            property_names: object.property_names.as_ref().map(|schema| self.node(schema)),
            min_properties: object.min_properties,
            max_properties: object.max_properties,
        }
    }

    fn array(&self, array: &ArrayKeywords, items_keep_fields: bool) -> Array {
        // On built-in types these only say how lists are merged.
        let list_type = array.list_type.filter(|_| self.dialect == Dialect::Custom);
        Array {
            items: array.items.as_ref().map(|schema| self.node_within(schema, items_keep_fields)),
            prefix_items: self.nodes(&array.prefix_items),
            min_items: array.min_items,
            max_items: array.max_items,
            unique: array.unique_items || list_type == Some(ListType::Set),
            map_keys: match list_type {
                Some(ListType::Map) => texts(&array.list_map_keys),
                _ => Vec::new(),
            },
        }
    }

    fn rest(&self, schema: &Schema) -> Rest {
        let none = Bounds::default();
        let bounds = schema.bounds.as_deref().unwrap_or(&none);
        Rest {
            // What a built-in type has as its default is its Go zero value, as often as not one
            // that the server refuses.
            default: schema.default.clone().filter(|_| self.dialect == Dialect::Custom),
            enumeration: schema.enumeration.as_deref().map(|values| enumeration(values)),
            pattern: bounds.pattern.as_deref().map(Pattern::new),
            min_length: bounds.min_length,
            max_length: bounds.max_length,
            minimum: bound(bounds.minimum.as_deref(), bounds.exclusive_minimum),
            maximum: bound(bounds.maximum.as_deref(), bounds.exclusive_maximum),
            multiple_of: bounds.multiple_of.as_deref().and_then(Value::as_number).map(Exact),
            composition: boxed(
                schema.composition.as_deref().map(|composition| self.composition(composition)),
            ),
            validations: schema.validations.clone(),
        }
    }

    fn composition(&self, composition: &model::Composition) -> Composition {
        let node = |schema: &Option<Schema>| schema.as_ref().map(|schema| self.node(schema));
        Composition {
            all_of: self.nodes(&composition.all_of),
            any_of: self.nodes(&composition.any_of),
            one_of: self.nodes(&composition.one_of),
            not: node(&composition.not),
            condition: node(&composition.if_schema).map(|condition| {
                (condition, node(&composition.then_schema), node(&composition.else_schema))
            }),
        }
    }
}

/// The part in a box, or nothing where it says nothing.
fn boxed<T: Default + PartialEq>(part: Option<T>) -> Option<Box<T>> {
    part.filter(|part| *part != T::default()).map(Box::new)
}

fn texts(names: &[Box<str>]) -> Vec<CompactString> {
    names.iter().map(|name| CompactString::from(&**name)).collect()
}

fn bound(limit: Option<&Value>, exclusive: bool) -> Option<Bound> {
    Some(Bound { limit: Exact(limit?.as_number()?), exclusive })
}

fn enumeration(values: &[Value]) -> Enumeration {
    let strings: Option<Vec<CompactString>> = values
        .iter()
        .map(|value| match value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    strings.map_or_else(|| Enumeration::Values(values.to_vec()), Enumeration::Strings)
}
