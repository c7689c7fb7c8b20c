use compact_str::CompactString;

use crate::Value;

/// An ordered object with unique keys.
///
/// Look-ups are linear: objects of manifests are small, and whoever walks a large one walks its
/// entries. A builder of large maps from foreign input goes through [`Map::from_entries`], which
/// finds duplicate keys in `O(n log n)`.
#[derive(Clone, Debug, Default)]
pub struct Map {
    entries: Vec<(CompactString, Value)>,
}

impl Map {
    /// An empty object.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// An empty object with room for `capacity` entries.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity) }
    }

    /// An object of `entries`, or the index of the first entry whose key came before.
    ///
    /// # Errors
    /// The index of the first duplicate.
    pub fn from_entries(entries: Vec<(CompactString, Value)>) -> Result<Self, usize> {
        match first_duplicate(&entries) {
            Some(index) => Err(index),
            None => Ok(Self { entries }),
        }
    }

    /// An object of `entries` in which the last entry of a key wins, at the place of the first.
    #[must_use]
    pub fn from_entries_last_wins(entries: Vec<(CompactString, Value)>) -> Self {
        if first_duplicate(&entries).is_none() {
            return Self { entries };
        }
        let mut map = Self::with_capacity(entries.len());
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }

    /// The value under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The value under `key`, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Whether there is an entry under `key`.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets `key`, in its place if it is there and else at the end, and returns the old value.
    pub fn insert(&mut self, key: impl Into<CompactString>, value: Value) -> Option<Value> {
        let key = key.into();
        if let Some(old) = self.get_mut(&key) {
            return Some(std::mem::replace(old, value));
        }
        self.entries.push((key, value));
        None
    }

    /// Appends an entry whose key is known to be new, such as one of a JavaScript object.
    pub fn push_unique(&mut self, key: impl Into<CompactString>, value: Value) {
        self.entries.push((key.into(), value));
    }

    /// Takes the entry under `key` out, keeping the order of the others.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let index = self.entries.iter().position(|(name, _)| name == key)?;
        Some(self.entries.remove(index).1)
    }

    /// The number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> + Clone {
        self.entries.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The entries in order, to change their values.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&str, &mut Value)> {
        self.entries.iter_mut().map(|(key, value)| (key.as_str(), value))
    }

    /// The keys in order.
    #[must_use]
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The values in order.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> + Clone {
        self.entries.iter().map(|(_, value)| value)
    }
}

fn first_duplicate(entries: &[(CompactString, Value)]) -> Option<usize> {
    const FEW: usize = 16;
    if entries.len() <= FEW {
        return (1..entries.len())
            .find(|&index| entries[..index].iter().any(|(key, _)| *key == entries[index].0));
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|&a, &b| entries[a].0.cmp(&entries[b].0).then(a.cmp(&b)));
    order
        .windows(2)
        .filter(|pair| entries[pair[0]].0 == entries[pair[1]].0)
        .map(|pair| pair[1])
        .min()
}

/// Objects are equal when they have the same entries in any order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.entries.iter().zip(&other.entries).all(|(a, b)| a == b)
            || self.len() == other.len()
                && self.entries.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl IntoIterator for Map {
    type Item = (CompactString, Value);
    type IntoIter = std::vec::IntoIter<(CompactString, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// The last of several entries with one key wins.
impl FromIterator<(CompactString, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (CompactString, Value)>>(entries: I) -> Self {
        Self::from_entries_last_wins(entries.into_iter().collect())
    }
}
