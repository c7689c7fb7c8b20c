//! The properties of an object type, put together from all that describes it.

use husako_schema::{AdditionalProperties, Schema, SchemaModel};
use indexmap::IndexMap;

/// How many references are followed in a row. More make no sense, and recursion has to end.
const MAX_REFERENCES: usize = 32;

/// An object type as an interface has it.
#[derive(Default)]
pub(crate) struct Shape<'a> {
    /// The declared properties, and whether each is required.
    pub(crate) properties: IndexMap<&'a str, Property<'a>>,
    /// Whether further properties are allowed.
    pub(crate) open: bool,
}

/// One property.
pub(crate) struct Property<'a> {
    /// What is known of its values. `None` where the property is only named as required.
    pub(crate) schema: Option<&'a Schema>,
    pub(crate) required: bool,
}

impl<'a> Shape<'a> {
    /// The properties of `schema`, of what it refers to, and of the members of its `allOf`.
    /// Properties that only a branch of `anyOf` or `oneOf` has are optional.
    pub(crate) fn of(model: &'a SchemaModel, schema: &'a Schema) -> Self {
        let mut shape = Self::default();
        shape.add(model, schema, 0, &mut Vec::new());
        shape
    }

    /// Adds what `schema` says. `visited` are the names that were followed anywhere, so that each
    /// is looked at once.
    fn add(
        &mut self,
        model: &'a SchemaModel,
        schema: &'a Schema,
        references: usize,
        visited: &mut Vec<&'a str>,
    ) {
        if let Some(name) = schema.reference.as_deref()
            && references < MAX_REFERENCES
            && !visited.contains(&name)
        {
            visited.push(name);
            if let Some(target) = model.schemas.get(name) {
                self.add(model, target, references + 1, visited);
            }
        }
        let composition = schema.composition.as_deref();
        for member in composition.iter().flat_map(|composition| &composition.all_of) {
            self.add(model, member, references, visited);
        }
        for (key, property) in schema.properties() {
            self.add_property(key, property);
        }
        for branch in composition
            .iter()
            .flat_map(|composition| composition.any_of.iter().chain(&composition.one_of))
        {
            for (key, property) in branch.properties() {
                if !self.properties.contains_key(key) {
                    self.add_property(key, property);
                }
            }
        }
        self.open |= schema.preserve_unknown_fields || schema.embedded_resource;
        if let Some(object) = &schema.object {
            for key in &object.required {
                self.properties
                    .entry(key)
                    .or_insert(Property { schema: None, required: false })
                    .required = true;
            }
            self.open |= !object.pattern_properties.is_empty()
                || matches!(
                    object.additional,
                    AdditionalProperties::Allowed | AdditionalProperties::Schema(_)
                );
        }
    }

    /// Adds a property, or what is said of it elsewhere: what has a type counts, and of two such
    /// the later.
    fn add_property(&mut self, key: &'a str, schema: &'a Schema) {
        let property =
            self.properties.entry(key).or_insert(Property { schema: None, required: false });
        if property.schema.is_none() || says_type(schema) {
            property.schema = Some(schema);
        }
    }
}

/// Whether a schema says anything of the type of values.
pub(crate) fn says_type(schema: &Schema) -> bool {
    !schema.types.is_any()
        || schema.int_or_string
        || schema.reference.is_some()
        || schema.enumeration.is_some()
        || schema.has_properties()
        || schema.array.is_some()
        || schema.composition.is_some()
}
