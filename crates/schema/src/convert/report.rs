use std::fmt;
use std::str::Utf8Error;

use husako_diagnostics::{Diagnostic, ExitCode, Hint};
use thiserror::Error;

use crate::SchemaModel;

/// How deep a document may nest. Real schemas stay below 60.
pub const MAX_DEPTH: usize = 128;

/// A place that could not be modelled as it is written, and stands for any value now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What the place is in, as the caller calls it: a file, and which document of it.
    pub document: String,
    /// The place, as a JSON pointer: `#/spec/versions/0/schema`.
    pub path: String,
    /// What is the matter with it.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.document, self.path, self.message)
    }
}

/// What a parser makes of its documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The schemas and kinds.
    pub model: SchemaModel,
    /// The places where the model says less than the documents, in their order.
    pub warnings: Vec<Warning>,
}

/// Why a document cannot be made a model of.
#[derive(Debug, Error)]
pub enum ParseError {
    /// The bytes are not UTF-8.
    #[error("failed to read `{document}`: not UTF-8")]
    Encoding {
        /// The document, as the caller calls it.
        document: String,
        /// Where the first bad byte is.
        #[source]
        source: Utf8Error,
    },
    /// The text is not JSON.
    #[error("failed to parse `{document}` at {pointer}")]
    Json {
        /// The document, as the caller calls it.
        document: String,
        /// The part that was parsed; lines and columns of the cause count from its beginning.
        pointer: String,
        /// What the parser says.
        #[source]
        source: serde_json::Error,
    },
    /// JSON, but something else.
    #[error("failed to read `{document}`: {found}, not an OpenAPI v3 document")]
    NotOpenApi {
        /// The document, as the caller calls it.
        document: String,
        /// What it seems to be.
        found: &'static str,
    },
    /// The document would overflow the stack of those who walk it.
    #[error("failed to read `{document}`: nested deeper than {MAX_DEPTH} levels at {pointer}")]
    TooDeep {
        /// The document, as the caller calls it.
        document: String,
        /// Where the way down begins.
        pointer: String,
    },
    /// A `$ref` that would have to be fetched.
    #[error("refused to follow the remote `$ref` at {pointer} in `{document}`: `{reference}`")]
    RemoteReference {
        /// The document, as the caller calls it.
        document: String,
        /// Where the reference is.
        pointer: String,
        /// What it says.
        reference: String,
    },
    /// A `$ref` to a schema that no document has.
    #[error("failed to resolve the `$ref` at {pointer} in `{document}`: no schema `{reference}`")]
    MissingReference {
        /// The document, as the caller calls it.
        document: String,
        /// Where the reference is.
        pointer: String,
        /// The schema that it names.
        reference: String,
    },
}

impl Diagnostic for ParseError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Generate
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NotOpenApi { .. } => {
                vec![Hint::new("use the documents that an API server has under `/openapi/v3`")]
            }
            Self::RemoteReference { .. } => {
                vec![Hint::new("copy the schema into the document and refer to it there")]
            }
            Self::MissingReference { .. } => {
                vec![Hint::new("add the document that defines the schema")]
            }
            _ => Vec::new(),
        }
    }
}
