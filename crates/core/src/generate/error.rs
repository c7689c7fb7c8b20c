use husako_diagnostics::{Diagnostic, ExitCode, Hint, SourceFrame, plural};
use husako_fs::FsError;
use husako_schema::store::StoreError;
use husako_source::SourceError;
use thiserror::Error;

use super::resolve::UnsupportedSource;
use crate::tsconfig::TsconfigError;

/// Types cannot be generated.
#[derive(Debug, Error)]
pub enum GenerateError {
    /// A source of a kind that this version does not know.
    #[error(transparent)]
    Unsupported(UnsupportedSource),
    /// A source cannot be resolved.
    #[error("failed to resolve `{name}`{}", also(others))]
    Source {
        /// Its section and its name in `husako.toml`: `charts.cache`.
        name: String,
        /// Why.
        #[source]
        source: Box<SourceError>,
        /// The failures of others that had already happened.
        others: Vec<String>,
    },
    /// The contents of a resource cannot be understood.
    #[error("failed to generate types")]
    Parse(#[source] Box<husako_openapi::ParseError>),
    /// The schema of a chart's values cannot be understood.
    #[error("failed to generate types of `charts.{name}`")]
    ParseChart {
        /// Its name in `husako.toml`.
        name: String,
        /// Why.
        #[source]
        source: Box<husako_schema::ParseError>,
    },
    /// A definition cannot be used, and `--strict` was given.
    #[error("{count} {} cannot be used as written", plural(*count, "definition", "definitions"))]
    Strict {
        /// How many there are; each was told as a warning.
        count: usize,
    },
    /// The schemas cannot be stored.
    #[error("failed to generate types")]
    Encode(#[source] husako_schema::store::WriteError),
    /// The types cannot be written.
    #[error("failed to write types")]
    Write(#[source] FsError),
    /// The record of what the types were made from cannot be written.
    #[error("failed to write types")]
    Record(#[source] serde_json::Error),
    /// `tsconfig.json` cannot be updated.
    #[error("failed to update `tsconfig.json`")]
    Tsconfig(#[source] TsconfigError),
    /// The lockfile cannot be read or written.
    #[error(transparent)]
    Lock(Box<husako_config::LockError>),
    /// The lockfile would have to change, and `--locked` was given.
    #[error("`husako.lock` needs to change, but `--locked` was given\n{}", lines(changes))]
    Locked {
        /// What would change.
        changes: Vec<String>,
    },
    /// Another process holds the lock of the project.
    #[error("failed to lock the project")]
    ProjectLock(#[source] FsError),
    /// What was just written cannot be read.
    #[error("failed to read `.husako/types`")]
    Store(#[source] StoreError),
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// A bug.
    #[error("internal error: {0}")]
    Internal(String),
}

fn also(others: &[String]) -> String {
    others.iter().fold(String::new(), |text, other| text + "\n  also: " + other)
}

fn lines(changes: &[String]) -> String {
    changes.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

impl Diagnostic for GenerateError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Unsupported(error) => error.exit_code(),
            Self::Source { source, .. } => source.exit_code(),
            Self::Parse(source) => source.exit_code(),
            Self::ParseChart { source, .. } => source.exit_code(),
            Self::Strict { .. } | Self::Encode(_) => ExitCode::Generate,
            Self::Tsconfig(_) | Self::Locked { .. } => ExitCode::Config,
            Self::Lock(error) => error.exit_code(),
            Self::ProjectLock(FsError::LockTimeout { .. }) => ExitCode::Fetch,
            Self::Cancelled | Self::ProjectLock(FsError::LockCancelled { .. }) => {
                ExitCode::Interrupted
            }
            Self::Write(_)
            | Self::Record(_)
            | Self::ProjectLock(_)
            | Self::Store(_)
            | Self::Internal(_) => ExitCode::Unexpected,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Unsupported(error) => error.hints(),
            Self::Source { source, .. } => source.hints(),
            Self::Parse(source) => source.hints(),
            Self::ParseChart { source, .. } => source.hints(),
            Self::Lock(error) => error.hints(),
            Self::Locked { .. } => {
                vec![Hint::new("run `husako generate` and commit `husako.lock`")]
            }
            _ => Vec::new(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match self {
            Self::Parse(source) => source.frames(),
            Self::Lock(error) => error.frames(),
            _ => Vec::new(),
        }
    }
}
