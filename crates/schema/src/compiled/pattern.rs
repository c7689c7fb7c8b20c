use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::re2;
use crate::quantity::Quantity;

/// The pattern that generated definitions give to quantities.
const QUANTITY: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

/// The most memory that a compiled pattern may take, in bytes.
const MAX_SIZE: usize = 16 << 20;

/// A regular expression, compiled when it is first asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    source: Box<str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(super) fn new(source: &str) -> Self {
        Self { source: source.into(), compiled: OnceLock::new() }
    }

    /// The expression as the schema has it.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// Whether this is the pattern of quantities.
    pub(crate) fn is_quantity(&self) -> bool {
        *self.source == *QUANTITY
    }

    /// Whether it is found in `text`. An expression that cannot be compiled is found anywhere: a
    /// server would not have taken its schema, so there is nothing to agree with.
    pub(crate) fn matches(&self, text: &str) -> bool {
        // A quantity matches the pattern, which takes long to compile. Those without a digit are
        // quantities of built-in types only.
        if self.is_quantity()
            && text.starts_with(|char: char| char.is_ascii_digit())
            && Quantity::parse(text).is_ok()
        {
            return true;
        }
        let compiled = self.compiled.get_or_init(|| {
            RegexBuilder::new(&re2::translated(&self.source)).size_limit(MAX_SIZE).build().ok()
        });
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(Self::new)
    }
}
