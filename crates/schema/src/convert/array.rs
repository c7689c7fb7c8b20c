use husako_value::Value;

use super::{Converter, Dialect, Draft, ParseError, Pointer};
use crate::Schema;

impl<D: Dialect> Converter<'_, D> {
    pub(super) fn array_keyword(
        &mut self,
        draft: &mut Draft,
        key: &str,
        value: Value,
        at: &Pointer<'_>,
    ) -> Result<(), ParseError> {
        match key {
            "additionalItems" => {
                draft.rest().additional_items = Some(self.schema(value, at)?);
                return Ok(());
            }
            "unevaluatedItems" => {
                draft.rest().unevaluated_items = Some(self.schema(value, at)?);
                return Ok(());
            }
            "contains" => {
                draft.rest().contains = Some(self.schema(value, at)?);
                return Ok(());
            }
            "minContains" => {
                match self.count(&value, at) {
                    Some(0) => draft.rest().contains_none = true,
                    Some(2..) => self.warn(at, "more than one match is not asked for"),
                    _ => {}
                }
                return Ok(());
            }
            "maxContains" => {
                self.warn(at, "any number of matches is allowed");
                return Ok(());
            }
            _ => {}
        }
        let array = draft.schema.array.get_or_insert_default();
        match key {
            // A list here was the form of a tuple up to 2019-09.
            "items" => match value {
                Value::Array(items) => array.prefix_items = self.schemas(items, at)?,
                value => array.items = Some(self.schema(value, at)?),
            },
            "prefixItems" => {
                let items = self.list(value, at).unwrap_or_default();
                array.prefix_items = self.schemas(items, at)?;
            }
            "minItems" => array.min_items = self.count(&value, at),
            "maxItems" => array.max_items = self.count(&value, at),
            _ => array.unique_items = self.flag(&value, at),
        }
        Ok(())
    }

    pub(super) fn schemas(
        &mut self,
        items: Vec<Value>,
        at: &Pointer<'_>,
    ) -> Result<Vec<Schema>, ParseError> {
        let items = items.into_iter().enumerate();
        items.map(|(index, item)| self.schema(item, &at.index(index))).collect()
    }
}
