use husako_value::Value;

use super::{Converter, Dialect, Draft, Pointer};
use crate::{CelRule, ListType, MapType};

impl<D: Dialect> Converter<'_, D> {
    /// A keyword that begins with `x-kubernetes-`. Those about patches and unions say nothing
    /// about values.
    pub(super) fn extension(
        &mut self,
        draft: &mut Draft,
        key: &str,
        value: Value,
        at: &Pointer<'_>,
    ) {
        let schema = &mut draft.schema;
        match key {
            "x-kubernetes-int-or-string" => schema.int_or_string = self.flag(&value, at),
            "x-kubernetes-preserve-unknown-fields" => {
                schema.preserve_unknown_fields = self.flag(&value, at);
            }
            "x-kubernetes-embedded-resource" => schema.embedded_resource = self.flag(&value, at),
            "x-kubernetes-list-type" => {
                let list_type = match value.as_str() {
                    Some("atomic") => Some(ListType::Atomic),
                    Some("set") => Some(ListType::Set),
                    Some("map") => Some(ListType::Map),
                    _ => self.none_of("`atomic`, `set` or `map`", &value, at),
                };
                schema.array.get_or_insert_default().list_type = list_type;
            }
            "x-kubernetes-list-map-keys" => {
                schema.array.get_or_insert_default().list_map_keys = self.names(value, at);
            }
            "x-kubernetes-map-type" => {
                let map_type = match value.as_str() {
                    Some("atomic") => Some(MapType::Atomic),
                    Some("granular") => Some(MapType::Granular),
                    _ => self.none_of("`atomic` or `granular`", &value, at),
                };
                schema.object.get_or_insert_default().map_type = map_type;
            }
            "x-kubernetes-validations" => {
                let rules = self.list(value, at).unwrap_or_default();
                let rules = rules.into_iter().enumerate();
                schema.validations =
                    rules.filter_map(|(index, rule)| self.rule(rule, &at.index(index))).collect();
            }
            _ => {}
        }
    }

    fn rule(&mut self, value: Value, at: &Pointer<'_>) -> Option<CelRule> {
        let Value::Object(map) = value else {
            self.expected("an object", &value, at);
            return None;
        };
        let mut rule = CelRule::default();
        for (key, value) in map {
            let at = &at.key(&key);
            match (&*key, value) {
                (_, Value::Null) => {}
                ("rule", value) => rule.rule = self.text(value, at).unwrap_or_default(),
                ("message", value) => rule.message = self.text(value, at),
                ("messageExpression", value) => rule.message_expression = self.text(value, at),
                ("fieldPath", value) => rule.field_path = self.text(value, at),
                ("reason", value) => rule.reason = self.text(value, at),
                ("optionalOldSelf", value) => rule.optional_old_self = self.flag(&value, at),
                _ => {}
            }
        }
        if rule.rule.is_empty() {
            self.warn(at, "a validation without `rule`");
            return None;
        }
        Some(rule)
    }

    fn none_of<T>(&mut self, known: &str, value: &Value, at: &Pointer<'_>) -> Option<T> {
        match value.as_str() {
            Some(text) => self.warn(at, format!("expected {known}, found `{text}`")),
            None => self.expected(known, value, at),
        }
        None
    }
}
