use husako_diagnostics::{Diagnostic, ExitCode, Hint};
use husako_fs::FsError;
use thiserror::Error;

/// A source cannot be resolved.
#[derive(Debug, Error)]
pub enum SourceError {
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
    /// A folder lacks what makes it a source.
    #[error("no {expected} in `{path}`")]
    Missing {
        /// The path, as `husako.toml` says it.
        path: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// The binary has the schemas of another version.
    #[error("version `{asked}` is not built in: this husako has Kubernetes `{available}`")]
    BuiltinVersion {
        /// What `husako.toml` asks for.
        asked: String,
        /// What there is.
        available: &'static str,
    },
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// A bug.
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
            Self::BuiltinVersion { asked, .. } => vec![Hint::new(format!(
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
