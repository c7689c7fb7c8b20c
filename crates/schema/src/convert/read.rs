//! Reading the value of a keyword, with a warning where it is of the wrong kind.

use husako_value::{Number, Value};

use super::{Converter, Dialect, Pointer};

impl<D: Dialect> Converter<'_, D> {
    pub(super) fn expected(&mut self, what: &str, found: &Value, at: &Pointer<'_>) {
        self.warn(at, format!("expected {what}, found {}", found.type_name()));
    }

    pub(super) fn flag(&mut self, value: &Value, at: &Pointer<'_>) -> bool {
        value.as_bool().unwrap_or_else(|| {
            self.expected("a boolean", value, at);
            false
        })
    }

    /// The text; an empty one says nothing.
    pub(super) fn text(&mut self, value: Value, at: &Pointer<'_>) -> Option<Box<str>> {
        match value {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.into_string().into_boxed_str()),
            other => {
                self.expected("a string", &other, at);
                None
            }
        }
    }

    pub(super) fn list(&mut self, value: Value, at: &Pointer<'_>) -> Option<Vec<Value>> {
        match value {
            Value::Array(items) => Some(items),
            other => {
                self.expected("a list", &other, at);
                None
            }
        }
    }

    /// The strings of a list, each once.
    pub(super) fn names(&mut self, value: Value, at: &Pointer<'_>) -> Vec<Box<str>> {
        let mut names: Vec<Box<str>> = Vec::new();
        for (index, item) in self.list(value, at).unwrap_or_default().into_iter().enumerate() {
            match item {
                Value::String(name) => names.push(name.into_string().into_boxed_str()),
                other => self.expected("a string", &other, &at.index(index)),
            }
        }
        unique(names)
    }

    /// A number of things. What no `u64` holds is more than there can be.
    pub(super) fn count(&mut self, value: &Value, at: &Pointer<'_>) -> Option<u64> {
        let number = value.as_number();
        if let Some(count) = number.and_then(Number::as_u64) {
            return Some(count);
        }
        if number.is_some_and(|number| number.is_integer() && number.as_f64() > 0.0) {
            return Some(u64::MAX);
        }
        self.warn(at, "expected a count, a whole number that is not negative");
        None
    }

    pub(super) fn number(&mut self, value: Value, at: &Pointer<'_>) -> Option<Value> {
        if value.as_number().is_some() {
            return Some(value);
        }
        self.expected("a number", &value, at);
        None
    }
}

fn unique(names: Vec<Box<str>>) -> Vec<Box<str>> {
    let set: indexmap::IndexSet<Box<str>> = names.into_iter().collect();
    set.into_iter().collect()
}
