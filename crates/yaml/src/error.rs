use std::fmt;

use granit_parser::{ErrorKind, Marker, ScanError};
use thiserror::Error;

/// Why a value could not be emitted.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmitError {
    /// Indentation grows with each level, so that the text would be of quadratic size.
    #[error("nested deeper than {max} levels")]
    TooDeep {
        /// How many levels can be emitted.
        max: usize,
    },
}

/// Why a text could not be parsed, and where.
#[derive(Debug, Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct ParseError {
    line: u32,
    column: u32,
    template: bool,
    kind: ParseErrorKind,
}

impl ParseError {
    pub(crate) fn new(mark: Marker, kind: ParseErrorKind) -> Self {
        Self { line: line(mark), column: column(mark), template: false, kind }
    }

    pub(crate) fn scan(error: ScanError) -> Self {
        Self::new(*error.marker(), ParseErrorKind::Syntax(SyntaxError(error)))
    }

    /// Whether `error` says that the scanner's own bound on nesting was met.
    pub(crate) fn is_depth(error: &ScanError) -> bool {
        matches!(error.kind(), ErrorKind::RecursionLimitExceeded)
    }

    /// Notes whether the place of the error looks like a Go template.
    pub(crate) fn in_text(mut self, text: &str) -> Self {
        let line = text.lines().nth(self.line.saturating_sub(1) as usize);
        self.template = line.is_some_and(|line| line.contains("{{"));
        self
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The column in Unicode scalar values, from 1.
    #[must_use]
    pub fn column(&self) -> u32 {
        self.column
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        self.kind.to_string()
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ParseErrorKind {
        &self.kind
    }

    /// Whether the line has `{{`: a Go template, which is not YAML until Helm has rendered it.
    #[must_use]
    pub fn looks_like_template(&self) -> bool {
        self.template
    }
}

pub(crate) fn line(mark: Marker) -> u32 {
    u32::try_from(mark.line()).unwrap_or(u32::MAX)
}

pub(crate) fn column(mark: Marker) -> u32 {
    u32::try_from(mark.col()).unwrap_or(u32::MAX).saturating_add(1)
}

/// What is wrong with a text.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The text is not YAML.
    #[error(transparent)]
    Syntax(SyntaxError),
    /// A key is set twice in one object.
    #[error("duplicate key `{key}`, first set at line {first_line}")]
    DuplicateKey {
        /// The key.
        key: String,
        /// The line of its first value, from 1.
        first_line: u32,
    },
    /// A key that JSON cannot hold.
    #[error("{found} cannot be a key")]
    InvalidKey {
        /// What stands in place of the key, such as `a list`.
        found: &'static str,
    },
    /// A scalar that is not of the type that its tag names.
    #[error("invalid {tag} value: `{text}`")]
    InvalidTagged {
        /// The tag, such as `!!int`.
        tag: &'static str,
        /// The scalar.
        text: String,
    },
    /// `.inf` or `.nan`, which JSON cannot hold.
    #[error("number is not finite: `{text}`")]
    NotFinite {
        /// The scalar.
        text: String,
    },
    /// An integer that would lose digits.
    #[error("integer does not fit in 64 bits (quote it if it is a string): `{text}`")]
    IntegerTooLarge {
        /// The scalar.
        text: String,
    },
    /// A merge key (`<<`) with something else than an object or a list of objects.
    #[error("merge key `<<` needs an object or a list of objects")]
    InvalidMerge,
    /// An alias within the value of its own anchor.
    #[error("alias stands within its own anchor")]
    RecursiveAlias,
    /// More levels than [`Limits::max_depth`](crate::Limits::max_depth).
    #[error("nested deeper than {max} levels")]
    TooDeep {
        /// The limit.
        max: usize,
    },
    /// More bytes than [`Limits::max_bytes`](crate::Limits::max_bytes).
    #[error("larger than {max} bytes")]
    TooLarge {
        /// The limit.
        max: usize,
    },
    /// More values than [`Limits::max_nodes`](crate::Limits::max_nodes).
    #[error("more than {max} values, aliases expanded")]
    TooManyNodes {
        /// The limit.
        max: usize,
    },
}

/// What the scanner says of a text that is not YAML.
#[derive(Debug)]
pub struct SyntaxError(ScanError);

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid YAML: {}", self.0.kind())
    }
}

impl std::error::Error for SyntaxError {}
