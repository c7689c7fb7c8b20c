//! Sorted tables of texts, read where they lie.
//!
//! A table is a count and, for each entry, the offset of its key and a value, all 32-bit numbers
//! in little-endian order. A text is its length and its bytes.

/// One table of a store.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    /// Where the entries begin.
    start: usize,
    len: usize,
}

/// How many bytes an entry takes.
const ENTRY: usize = 8;

impl Table {
    /// The table that begins at `at`.
    pub(super) fn at(bytes: &[u8], at: usize) -> Option<Self> {
        let len = usize::try_from(number_at(bytes, at)?).ok()?;
        let start = at.checked_add(4)?;
        let end = start.checked_add(len.checked_mul(ENTRY)?)?;
        (end <= bytes.len()).then_some(Self { start, len })
    }

    pub(super) const fn len(self) -> usize {
        self.len
    }

    /// The key and the value of the entry at a position.
    pub(super) fn entry(self, bytes: &[u8], position: u32) -> Option<(&str, u32)> {
        let position = usize::try_from(position).ok().filter(|position| *position < self.len)?;
        let at = self.start + position * ENTRY;
        let key = usize::try_from(number_at(bytes, at)?).ok()?;
        Some((text_at(bytes, key)?, number_at(bytes, at + 4)?))
    }

    /// Where `key` stands.
    pub(super) fn position(self, bytes: &[u8], key: &str) -> Option<u32> {
        let mut low = 0;
        let mut high = u32::try_from(self.len).ok()?;
        while low < high {
            let middle = low.midpoint(high);
            match self.entry(bytes, middle)?.0.cmp(key) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The value of `key`.
    pub(super) fn get(self, bytes: &[u8], key: &str) -> Option<u32> {
        Some(self.entry(bytes, self.position(bytes, key)?)?.1)
    }

    /// The entries in order.
    pub(super) fn iter(self, bytes: &[u8]) -> impl ExactSizeIterator<Item = (&str, u32)> {
        let len = u32::try_from(self.len).unwrap_or(u32::MAX);
        (0..len).map(move |position| self.entry(bytes, position).unwrap_or_default())
    }
}

/// The number at `at`.
pub(super) fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The text at `at`.
pub(super) fn text_at(bytes: &[u8], at: usize) -> Option<&str> {
    let length = usize::try_from(number_at(bytes, at)?).ok()?;
    std::str::from_utf8(bytes.get(at + 4..)?.get(..length)?).ok()
}
