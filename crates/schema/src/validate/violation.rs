use std::fmt;

use super::Path;

/// Something that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where it is.
    pub path: Path,
    /// What is broken.
    pub rule: Rule,
    /// What is wrong, in words.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// The rules that documents can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// `apiVersion` and `kind` say what a document is.
    Identity,
    /// The kind has a schema.
    UnknownKind,
    /// A value has the type of its field.
    Type,
    /// A required field is there.
    Required,
    /// A field is known.
    UnknownField,
    /// A value is one of those that are supported.
    Enum,
    /// A quantity can be read.
    Quantity,
    /// A text has the form of its field.
    Format,
    /// A text matches a pattern.
    Pattern,
    /// A text is neither too short nor too long.
    Length,
    /// A number is neither too small nor too large.
    Range,
    /// A number is a multiple of another.
    MultipleOf,
    /// A list has neither too few nor too many items.
    ItemCount,
    /// An object has neither too few nor too many fields.
    FieldCount,
    /// An item comes once.
    Duplicate,
    /// Alternatives and conditions hold.
    Composition,
    /// An object within another is a whole one.
    EmbeddedResource,
    /// No rule: the message counts the violations that are not listed.
    More,
}

impl Rule {
    /// The name of the rule for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::UnknownKind => "unknown-kind",
            Self::Type => "type",
            Self::Required => "required",
            Self::UnknownField => "unknown-field",
            Self::Enum => "enum",
            Self::Quantity => "quantity",
            Self::Format => "format",
            Self::Pattern => "pattern",
            Self::Length => "length",
            Self::Range => "range",
            Self::MultipleOf => "multiple-of",
            Self::ItemCount => "item-count",
            Self::FieldCount => "field-count",
            Self::Duplicate => "duplicate",
            Self::Composition => "composition",
            Self::EmbeddedResource => "embedded-resource",
            Self::More => "more",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
