use husako_diagnostics::{Diagnostic, ExitCode, Hint, Position, SourceFrame};
use husako_fs::FsError;
use thiserror::Error;

/// A source cannot be resolved.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The binary has the schemas of another version.
    #[error(
        "version `{asked}` is not built in: this husako has Kubernetes `{}`",
        husako_builtin::KUBERNETES_VERSION
    )]
    BuiltinVersion {
        /// What `husako.toml` asks for.
        asked: String,
    },
    /// The path leads out of the project.
    #[error("path `{path}` is outside the project")]
    Outside {
        /// The path, as `husako.toml` says it.
        path: String,
        /// How it was found out.
        #[source]
        source: FsError,
    },
    /// The path cannot be read.
    #[error("failed to read `{path}`")]
    Read {
        /// The path, as `husako.toml` says it.
        path: String,
        /// What the system said.
        #[source]
        source: FsError,
    },
    /// A folder has no file of the right kind.
    #[error("no {expected} in `{path}`")]
    Empty {
        /// The path, as `husako.toml` says it.
        path: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// A task of the source panicked.
    #[error("internal error: {0}")]
    Internal(String),
}

impl SourceError {
    /// Whether this only says that the work was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled)
    }
}

impl Diagnostic for SourceError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Cancelled => ExitCode::Interrupted,
            Self::Internal(_) => ExitCode::Unexpected,
            _ => ExitCode::Config,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::BuiltinVersion { asked } => vec![Hint::new(format!(
                "use `{{ source = \"release\", version = \"{asked}\" }}`, or leave `version` out"
            ))],
            Self::Outside { .. } => {
                vec![Hint::new(
                    "set `allow_outside_root = true` at the top of `husako.toml` to allow it",
                )]
            }
            _ => Vec::new(),
        }
    }
}

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
