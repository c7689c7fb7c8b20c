use husako_diagnostics::{Diagnostic, ExitCode, Position, SourceFrame};
use thiserror::Error;

/// The contents of a source cannot be understood.
#[derive(Debug, Error)]
pub enum ParseError {
    /// A file is not YAML.
    #[error("failed to parse `{name}`")]
    Yaml {
        /// The file.
        name: String,
        /// Its text.
        text: String,
        /// What is wrong.
        #[source]
        source: Box<husako_yaml::ParseError>,
    },
    /// A document does not hold usable schemas.
    #[error(transparent)]
    Schema(husako_schema::ParseError),
    /// The schemas in the binary cannot be unpacked.
    #[error("failed to unpack the built-in schemas")]
    Builtin(#[source] husako_builtin::Error),
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
}

impl Diagnostic for ParseError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Cancelled => ExitCode::Interrupted,
            Self::Builtin(_) => ExitCode::Unexpected,
            _ => ExitCode::Generate,
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match self {
            Self::Yaml { name, text, source } => vec![SourceFrame {
                path: name.clone(),
                source: text.clone(),
                position: Position { line: source.line(), column: source.column() },
                length: 1,
                label: String::new(),
            }],
            _ => Vec::new(),
        }
    }
}
