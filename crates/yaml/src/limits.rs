/// The deepest nesting that [`Limits::max_depth`] can allow.
///
/// A deeper value could not be dropped or compared, which is recursive, on a small stack.
pub const MAX_DEPTH: usize = 1_000;

/// What [`parse`](crate::parse) accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many lists and objects may be nested in one another; at most [`MAX_DEPTH`] counts.
    pub max_depth: usize,
    /// How many bytes the text may have, and how many bytes of strings aliases may copy.
    pub max_bytes: usize,
    /// How many values (scalars, lists and objects, and what aliases copy) the text may hold.
    pub max_nodes: usize,
    /// What a key that is set twice in one object means.
    pub duplicate_keys: DuplicateKeys,
    /// What a number means that a document value cannot hold.
    pub unfit_numbers: UnfitNumbers,
}

impl Default for Limits {
    /// 128 levels, 64 MiB, 4 million values; duplicate keys and unfit numbers refused.
    fn default() -> Self {
        Self {
            max_depth: 128,
            max_bytes: 64 << 20,
            max_nodes: 4_000_000,
            duplicate_keys: DuplicateKeys::Refuse,
            unfit_numbers: UnfitNumbers::Refuse,
        }
    }
}

/// What a key that is set twice in one object means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DuplicateKeys {
    /// An error that names both lines.
    #[default]
    Refuse,
    /// The last value counts, at the place of the first, as Helm reads `values.yaml`.
    LastWins,
}

/// What a number means that a document value cannot hold: an integer beyond 64 bits, an infinity,
/// or NaN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnfitNumbers {
    /// An error that names it.
    #[default]
    Refuse,
    /// Its text, as a string: for readers that look at each value's type anyway and would lose the
    /// whole file over one bound of a schema.
    Text,
}
