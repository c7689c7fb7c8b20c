//! Entries to an object: duplicate keys and merges.

use std::collections::HashMap;
use std::collections::hash_map;

use granit_parser::Marker;
use husako_value::{CompactString, Map, Value};

use crate::{DuplicateKeys, ParseError, ParseErrorKind, error};

pub(super) struct Key {
    pub(super) text: CompactString,
    /// Whether it is `<<` and the value is to be merged.
    pub(super) is_merge: bool,
    pub(super) mark: Marker,
}

pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) value: Value,
}

/// Takes the entries from `start` on off the stack and makes an object of them.
pub(super) fn object(
    stack: &mut Vec<Entry>,
    start: usize,
    duplicate_keys: DuplicateKeys,
) -> Result<Map, ParseError> {
    let entries = stack.get(start..).unwrap_or_default();
    let duplicate = duplicate(entries);
    if let (Some((first, again)), DuplicateKeys::Refuse) = (duplicate, duplicate_keys) {
        let kind = ParseErrorKind::DuplicateKey {
            key: again.text.to_string(),
            first_line: error::line(first.mark),
        };
        return Err(ParseError::new(again.mark, kind));
    }
    if duplicate.is_some() || entries.iter().any(|entry| entry.key.is_merge) {
        return overlay(stack.drain(start..));
    }
    let mut map = Map::with_capacity(entries.len());
    for entry in stack.drain(start..) {
        map.push_unique(entry.key.text, entry.value);
    }
    Ok(map)
}

/// The first key that came before, after the key that it repeats. Merge keys may repeat.
fn duplicate(entries: &[Entry]) -> Option<(&Key, &Key)> {
    // Comparing all with all is faster for as many keys as objects usually have.
    const FEW: usize = 16;
    let same = |a: &Key, b: &Key| a.text == b.text && !a.is_merge && !b.is_merge;
    if entries.len() <= FEW {
        return entries.iter().enumerate().find_map(|(index, entry)| {
            let before = entries.get(..index).unwrap_or_default();
            let first = before.iter().find(|first| same(&first.key, &entry.key))?;
            Some((&first.key, &entry.key))
        });
    }
    let mut seen = HashMap::with_capacity(entries.len());
    entries.iter().filter(|entry| !entry.key.is_merge).find_map(|entry| {
        match seen.entry(entry.key.text.as_str()) {
            hash_map::Entry::Vacant(vacant) => {
                vacant.insert(&entry.key);
                None
            }
            hash_map::Entry::Occupied(first) => Some((*first.get(), &entry.key)),
        }
    })
}

/// Sets the entries and merges in their order; the last value of a key counts, at the place of the
/// first.
///
/// So a merge overrides the keys that stand before it, as it does for go-yaml's second version,
/// which kubectl and Helm read with. By the YAML 1.1 draft of `<<` those keys would stay.
fn overlay(entries: impl Iterator<Item = Entry>) -> Result<Map, ParseError> {
    let mut result = Overlay::default();
    for Entry { key, value } in entries {
        if !key.is_merge {
            result.set(key.text, value);
            continue;
        }
        match value {
            Value::Object(map) => result.merge(map),
            // The first of several counts most.
            Value::Array(items) => {
                for item in items.into_iter().rev() {
                    let Value::Object(map) = item else { return Err(invalid_merge(&key)) };
                    result.merge(map);
                }
            }
            _ => return Err(invalid_merge(&key)),
        }
    }
    Ok(result.into_map())
}

fn invalid_merge(key: &Key) -> ParseError {
    ParseError::new(key.mark, ParseErrorKind::InvalidMerge)
}

#[derive(Default)]
struct Overlay {
    entries: Vec<(CompactString, Value)>,
    places: HashMap<CompactString, usize>,
}

impl Overlay {
    fn set(&mut self, key: CompactString, value: Value) {
        match self.places.entry(key) {
            hash_map::Entry::Occupied(place) => {
                if let Some((_, old)) = self.entries.get_mut(*place.get()) {
                    *old = value;
                }
            }
            hash_map::Entry::Vacant(place) => {
                self.entries.push((place.key().clone(), value));
                place.insert(self.entries.len() - 1);
            }
        }
    }

    fn merge(&mut self, map: Map) {
        for (key, value) in map {
            self.set(key, value);
        }
    }

    fn into_map(self) -> Map {
        let mut map = Map::with_capacity(self.entries.len());
        for (key, value) in self.entries {
            map.push_unique(key, value);
        }
        map
    }
}
