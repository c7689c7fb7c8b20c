//! What a server makes of a custom object before it validates it.
//!
//! Nulls where none are allowed are dropped, and then what is absent gets its default. Both happen
//! only where the structural schema describes the place: not in alternatives, not in fields that
//! it does not declare, and not in metadata.

use husako_value::{Map, Value};

use crate::compiled::{Dialect, Flags, Node, TypeId};
use crate::store::Store;

/// How deep values, and references between them, are followed.
const MAX_DEPTH: u32 = 400;

/// The value with its defaults and without its nulls, or nothing where it is so already.
pub(super) fn completed(store: &Store, id: TypeId, value: &Value) -> Option<Value> {
    let of = store.get(id)?;
    let completion = Completion { store };
    completion.value(&of.node, value, MAX_DEPTH)
}

struct Completion<'a> {
    store: &'a Store,
}

impl<'a> Completion<'a> {
    fn value(&self, node: &'a Node, value: &Value, depth: u32) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        match value {
            Value::Object(map) => self.object(node, map, depth).map(Value::Object),
            Value::Array(items) => self.list(node, items, depth).map(Value::Array),
            _ => None,
        }
    }

    fn object(&self, node: &'a Node, map: &Map, depth: u32) -> Option<Map> {
        let node = self.structure(node)?;
        let object = node.object.as_deref()?;
        let mut changed: Option<Map> = None;
        for (key, value) in map.iter() {
            let Some(node) = object.property(key).or(object.values.as_ref()) else { continue };
            if *value == Value::Null {
                if !self.is_nullable(node) {
                    changed.get_or_insert_with(|| map.clone()).remove(key);
                }
            } else if let Some(value) = self.value(node, value, depth) {
                changed.get_or_insert_with(|| map.clone()).insert(key, value);
            }
        }
        for (key, node) in &object.properties {
            let Some(default) = node.rest.as_ref().and_then(|rest| rest.default.as_deref()) else {
                continue;
            };
            if changed.as_ref().unwrap_or(map).contains_key(key) {
                continue;
            }
            let value = self.value(node, default, depth).unwrap_or_else(|| default.clone());
            changed.get_or_insert_with(|| map.clone()).insert(key.clone(), value);
        }
        changed
    }

    fn list(&self, node: &'a Node, items: &[Value], depth: u32) -> Option<Vec<Value>> {
        let node = self.structure(node)?.array.as_ref()?.items.as_ref()?;
        let mut changed: Option<Vec<Value>> = None;
        for (index, item) in items.iter().enumerate() {
            if let Some(item) = self.value(node, item, depth) {
                changed.get_or_insert_with(|| items.to_vec())[index] = item;
            }
        }
        changed
    }

    /// The schema that says of what a value is made, which is at the end of the references; none
    /// for what is decoded into a Go type.
    fn structure(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_DEPTH {
            let Some(id) = node.reference else { return Some(node) };
            let of = self.store.get(id)?;
            if of.dialect == Dialect::BuiltIn {
                return None;
            }
            node = &of.node;
        }
        None
    }

    fn is_nullable(&self, node: &'a Node) -> bool {
        let says_nothing = |node: &Node| {
            node.types.is_any() && !node.flags.has(Flags::INT_OR_STRING) && node.reference.is_none()
        };
        node.flags.has(Flags::NULLABLE)
            || says_nothing(node)
            || self
                .structure(node)
                .is_some_and(|node| node.flags.has(Flags::NULLABLE) || says_nothing(node))
    }
}
