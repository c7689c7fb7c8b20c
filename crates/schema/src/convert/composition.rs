use husako_value::Value;

use super::{Converter, Dialect, Draft, ParseError, Pointer};

impl<D: Dialect> Converter<'_, D> {
    pub(super) fn composition(
        &mut self,
        draft: &mut Draft,
        key: &str,
        value: Value,
        at: &Pointer<'_>,
    ) -> Result<(), ParseError> {
        match key {
            "allOf" | "anyOf" | "oneOf" => {
                let items = self.list(value, at).unwrap_or_default();
                if items.is_empty() && key != "allOf" {
                    self.warn(at, "the list of alternatives is empty");
                }
                let schemas = self.schemas(items, at)?;
                match key {
                    "allOf" => draft.composition().all_of = schemas,
                    "anyOf" => draft.composition().any_of = schemas,
                    _ => draft.composition().one_of = schemas,
                }
            }
            "not" => draft.composition().not = Some(self.schema(value, at)?),
            "if" => draft.composition().if_schema = Some(self.schema(value, at)?),
            "then" => draft.composition().then_schema = Some(self.schema(value, at)?),
            _ => draft.composition().else_schema = Some(self.schema(value, at)?),
        }
        Ok(())
    }
}
