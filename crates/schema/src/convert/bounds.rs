use husako_value::Value;

use super::{Converter, Dialect, Draft, Pointer};
use crate::Bounds;

impl<D: Dialect> Converter<'_, D> {
    pub(super) fn bound(&mut self, draft: &mut Draft, key: &str, value: Value, at: &Pointer<'_>) {
        match (key, value) {
            // Draft 04 and OpenAPI 3.0 have a boolean that goes with the bound, later drafts a
            // bound of its own.
            ("exclusiveMinimum", Value::Bool(flag)) => bounds(draft).exclusive_minimum = flag,
            ("exclusiveMaximum", Value::Bool(flag)) => bounds(draft).exclusive_maximum = flag,
            ("exclusiveMinimum", value) => draft.rest().exclusive_minimum = self.number(value, at),
            ("exclusiveMaximum", value) => draft.rest().exclusive_maximum = self.number(value, at),
            ("pattern", value) => bounds(draft).pattern = self.text(value, at),
            ("minLength", value) => bounds(draft).min_length = self.count(&value, at),
            ("maxLength", value) => bounds(draft).max_length = self.count(&value, at),
            ("minimum", value) => bounds(draft).minimum = self.number(value, at).map(Box::new),
            ("maximum", value) => bounds(draft).maximum = self.number(value, at).map(Box::new),
            (_, value) => {
                let positive = value.as_number().is_some_and(|number| number.as_f64() > 0.0);
                if positive {
                    bounds(draft).multiple_of = Some(Box::new(value));
                } else {
                    self.warn(at, "expected a number above 0");
                }
            }
        }
    }
}

pub(super) fn bounds(draft: &mut Draft) -> &mut Bounds {
    draft.schema.bounds.get_or_insert_default()
}
