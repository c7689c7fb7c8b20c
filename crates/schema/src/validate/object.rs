use husako_diagnostics::{nearest, plural};
use husako_value::{Map, Value};

use super::Rule;
use super::checker::{Checker, Extent};
use super::path::At;
use crate::compiled::{Dialect, Flags, Node, Object};

impl<'a> Checker<'a> {
    pub(super) fn object(&mut self, node: &'a Node, map: &Map, open: bool, at: &At<'_>) {
        let closed = node.flags.has(Flags::FORBIDS_OTHERS)
            || node.flags.has(Flags::CLOSED) && !self.composed && !open;
        let object = node.object.as_deref();
        if let Some(object) = object.filter(|_| self.is_full()) {
            self.required(object, map, at);
            self.field_count(object, map, at);
            if let Some(names) = &object.property_names {
                for key in map.keys() {
                    self.check(names, &Value::from(key), &at.key(key));
                }
            }
        }
        let embedded = node.flags.has(Flags::EMBEDDED) && !self.composed;
        if embedded {
            self.embedded_resource(map, at);
        }
        for (key, value) in map.iter() {
            let at = &at.key(key);
            if embedded && matches!(key, "apiVersion" | "kind" | "metadata") {
                continue;
            }
            match object.and_then(|object| Some((object, object.property(key)?))) {
                Some((object, property)) => self.field(object, key, property, value, at),
                None => self.other_field(node, closed, key, value, at),
            }
        }
    }

    fn field(&mut self, object: &'a Object, key: &str, node: &'a Node, value: &Value, at: &At<'_>) {
        // To Go, an empty text is no text, and most fields get a default instead.
        let is_unset = self.dialect == Dialect::BuiltIn
            && value.as_str() == Some("")
            && node.rest.as_ref().is_some_and(|rest| rest.enumeration.is_some())
            && !object.required.iter().any(|required| required == key);
        if is_unset {
            return;
        }
        if key == "status" && self.is_document() && self.is_full() {
            let extent = match self.dialect {
                Dialect::BuiltIn => Extent::Decoded,
                Dialect::Custom => Extent::Fields,
            };
            self.with_extent(extent, |checker| checker.check(node, value, at));
        } else {
            self.check(node, value, at);
        }
    }

    fn required(&mut self, object: &Object, map: &Map, at: &At<'_>) {
        for name in &object.required {
            let missing = match map.get(name) {
                None => true,
                Some(value) => self.dialect == Dialect::BuiltIn && *value == Value::Null,
            };
            if missing {
                self.report(&at.key(name), Rule::Required, || {
                    format!("missing required field `{name}`")
                });
            }
        }
    }

    fn field_count(&mut self, object: &Object, map: &Map, at: &At<'_>) {
        let count = map.len() as u64;
        let fields =
            |limit: u64| plural(usize::try_from(limit).unwrap_or(usize::MAX), "field", "fields");
        if let Some(min) = object.min_properties.filter(|min| count < *min) {
            self.report(at, Rule::FieldCount, || {
                format!("expected at least {min} {}, found {count}", fields(min))
            });
        }
        if let Some(max) = object.max_properties.filter(|max| count > *max) {
            self.report(at, Rule::FieldCount, || {
                format!("expected at most {max} {}, found {count}", fields(max))
            });
        }
    }

    /// A field that is not declared.
    fn other_field(&mut self, node: &'a Node, closed: bool, key: &str, value: &Value, at: &At<'_>) {
        let object = node.object.as_deref();
        let mut matched = false;
        for (pattern, node) in object.iter().flat_map(|object| &object.pattern_properties) {
            if pattern.matches(key) {
                matched = true;
                self.check(node, value, at);
            }
        }
        if matched {
            return;
        }
        if let Some(values) = object.and_then(|object| object.values.as_ref()) {
            self.check(values, value, at);
        } else if closed {
            self.report(at, Rule::UnknownField, || {
                let known = object.iter().flat_map(|object| &object.properties);
                match nearest(key, known.map(|(name, _)| &**name)) {
                    Some(name) => format!("unknown field `{key}`, did you mean `{name}`?"),
                    None => format!("unknown field `{key}`"),
                }
            });
        }
    }
}
