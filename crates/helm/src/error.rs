use husako_diagnostics::{Diagnostic, ExitCode, Hint};
use husako_fs::FsError;
use thiserror::Error;

/// A chart cannot be resolved.
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
    /// The folder is not that of a chart.
    #[error("no `Chart.yaml` in `{path}`")]
    NotAChart {
        /// The path, as `husako.toml` says it.
        path: String,
    },
    /// The chart does not describe its values.
    #[error("no `values.schema.json` in chart `{path}`")]
    NoSchema {
        /// The path, as `husako.toml` says it.
        path: String,
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
            Self::Outside { .. } => {
                vec![Hint::new(
                    "set `allow_outside_root = true` at the top of `husako.toml` to allow it",
                )]
            }
            Self::NotAChart { .. } => {
                vec![Hint::new("`path` is a chart folder, or a `values.schema.json`")]
            }
            _ => Vec::new(),
        }
    }
}
