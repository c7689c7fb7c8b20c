use std::collections::HashMap;
use std::fmt::Write as _;

use husako_diagnostics::plural;
use husako_value::{Map, Value};

use super::Rule;
use super::checker::Checker;
use super::path::At;
use crate::TypeSet;
use crate::compiled::{Array, Dialect, Node};

impl<'a> Checker<'a> {
    pub(super) fn list(&mut self, node: &'a Node, items: &[Value], at: &At<'_>) {
        let Some(array) = node.array.as_deref() else { return };
        if self.is_full() {
            self.item_count(array, items.len(), at);
            self.duplicates(array, items, at);
        }
        for (index, item) in items.iter().enumerate() {
            let Some(node) = array.prefix_items.get(index).or(array.items.as_ref()) else {
                continue;
            };
            let at = &at.item(index);
            if *item == Value::Null && self.dialect == Dialect::BuiltIn && self.is_object(node) {
                // Go makes an empty object of it, which then lacks what is required.
                self.check(node, &Value::Object(Map::new()), at);
            } else {
                self.check(node, item, at);
            }
        }
    }

    fn is_object(&self, node: &Node) -> bool {
        match node.reference.and_then(|id| self.store.get(id)) {
            Some(target) => target.node.types.contains(TypeSet::OBJECT),
            None => node.types.contains(TypeSet::OBJECT),
        }
    }

    fn item_count(&mut self, array: &Array, count: usize, at: &At<'_>) {
        let items =
            |limit: u64| plural(usize::try_from(limit).unwrap_or(usize::MAX), "item", "items");
        if let Some(min) = array.min_items.filter(|min| (count as u64) < *min) {
            self.report(at, Rule::ItemCount, || {
                format!("expected at least {min} {}, found {count}", items(min))
            });
        }
        if let Some(max) = array.max_items.filter(|max| (count as u64) > *max) {
            self.report(at, Rule::ItemCount, || {
                format!("expected at most {max} {}, found {count}", items(max))
            });
        }
    }

    fn duplicates(&mut self, array: &Array, items: &[Value], at: &At<'_>) {
        if array.unique {
            self.repeated(items, at, push_canonical, || "the same".to_owned());
        }
        if !array.map_keys.is_empty() {
            let key_of = |item: &Value, key: &mut String| {
                for name in &array.map_keys {
                    match item.get(name) {
                        Some(value) => push_canonical(value, key),
                        None => key.push('-'),
                    }
                    key.push('\n');
                }
            };
            let keys = || {
                let names = array.map_keys.iter().map(|name| &**name);
                format!("the same {}", husako_diagnostics::list(names, usize::MAX))
            };
            self.repeated(items, at, key_of, keys);
        }
    }

    /// Reports each item whose key an earlier one has.
    fn repeated(
        &mut self,
        items: &[Value],
        at: &At<'_>,
        key_of: impl Fn(&Value, &mut String),
        same: impl Fn() -> String,
    ) {
        if items.len() < 2 {
            return;
        }
        let mut first: HashMap<String, usize> = HashMap::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let mut key = String::new();
            key_of(item, &mut key);
            match first.get(&key) {
                Some(first) => self.report(&at.item(index), Rule::Duplicate, || {
                    format!("duplicate item: item {first} has {}", same())
                }),
                None => _ = first.insert(key, index),
            }
        }
    }
}

/// Writes what is the same text for the same value. `1` and `1.0` are not the same to a server,
/// which decodes them into different Go types; the order of fields does not count.
fn push_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for item in items {
                push_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<(&str, &Value)> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in entries {
                let _ = write!(text, "{key:?}:");
                push_canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::String(string) => _ = write!(text, "{string:?}"),
        Value::Number(number) => _ = write!(text, "{number}"),
        Value::Bool(value) => _ = write!(text, "{value}"),
        Value::Null => text.push_str("null"),
    }
}
