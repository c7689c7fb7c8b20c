use husako_value::Value;

use super::{Converter, Dialect, Draft, ParseError, Pointer, nothing};
use crate::{AdditionalProperties, Composition, ObjectKeywords, Schema};

impl<D: Dialect> Converter<'_, D> {
    pub(super) fn object_keyword(
        &mut self,
        draft: &mut Draft,
        key: &str,
        value: Value,
        at: &Pointer<'_>,
    ) -> Result<(), ParseError> {
        match key {
            "dependencies" | "dependentRequired" | "dependentSchemas" => {
                return self.dependencies(draft, value, at);
            }
            "unevaluatedProperties" => {
                draft.rest().unevaluated_properties = Some(self.schema(value, at)?);
                return Ok(());
            }
            _ => {}
        }
        let object = draft.schema.object.get_or_insert_default();
        match key {
            "properties" => {
                for (name, value) in self.map(value, at) {
                    let schema = self.schema(value, &at.key(&name))?;
                    object.properties.insert(name.into_string().into_boxed_str(), schema);
                }
            }
            "patternProperties" => {
                for (pattern, value) in self.map(value, at) {
                    let schema = self.schema(value, &at.key(&pattern))?;
                    let pattern = pattern.into_string().into_boxed_str();
                    object.pattern_properties.push((pattern, schema));
                }
            }
            "required" => object.required = self.names(value, at),
            "additionalProperties" => object.additional = self.schema(value, at)?.into(),
            "propertyNames" => object.property_names = Some(self.schema(value, at)?),
            "minProperties" => object.min_properties = self.count(&value, at),
            _ => object.max_properties = self.count(&value, at),
        }
        Ok(())
    }

    fn map(&mut self, value: Value, at: &Pointer<'_>) -> husako_value::Map {
        match value {
            Value::Object(map) => map,
            other => {
                self.expected("an object", &other, at);
                husako_value::Map::new()
            }
        }
    }

    /// Where the property is there, so must others be, or the whole must be as a schema says:
    /// `{if: {required: [property]}, then: …}`.
    fn dependencies(
        &mut self,
        draft: &mut Draft,
        value: Value,
        at: &Pointer<'_>,
    ) -> Result<(), ParseError> {
        for (property, value) in self.map(value, at) {
            let at = &at.key(&property);
            let then = match value {
                Value::Array(_) => requiring(self.names(value, at)),
                value => self.schema(value, at)?,
            };
            let property = property.into_string().into_boxed_str();
            let condition = Composition {
                if_schema: Some(requiring(vec![property])),
                then_schema: Some(then),
                ..Composition::default()
            };
            draft
                .rest()
                .dependencies
                .push(Schema { composition: Some(Box::new(condition)), ..Schema::default() });
        }
        Ok(())
    }
}

fn requiring(required: Vec<Box<str>>) -> Schema {
    let object = ObjectKeywords { required, ..ObjectKeywords::default() };
    Schema { object: Some(Box::new(object)), ..Schema::default() }
}

impl From<Schema> for AdditionalProperties {
    fn from(schema: Schema) -> Self {
        if schema == Schema::default() {
            Self::Allowed
        } else if schema == nothing() {
            Self::Forbidden
        } else {
            Self::Schema(Box::new(schema))
        }
    }
}
