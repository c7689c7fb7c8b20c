use std::fmt;

use husako_diagnostics::{Diagnostic, ExitCode, Hint, SourceFrame, plural};
use husako_fs::FsError;
use husako_runtime::RuntimeError;
use thiserror::Error;

use super::output::{OutputError, WriteError};
use super::select::SelectError;
use crate::generate::GenerateError;

/// No entry can be rendered.
#[derive(Debug, Error)]
pub enum RenderError {
    /// The entries that were asked for cannot be found.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The output cannot go where it was asked to.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The types cannot be brought up to date.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// The work was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// A bug.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Diagnostic for RenderError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Select(error) => error.exit_code(),
            Self::Output(error) => error.exit_code(),
            Self::Generate(error) => error.exit_code(),
            Self::Cancelled => ExitCode::Interrupted,
            Self::Internal(_) => ExitCode::Unexpected,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Select(error) => error.hints(),
            Self::Output(error) => error.hints(),
            Self::Generate(error) => error.hints(),
            Self::Cancelled | Self::Internal(_) => Vec::new(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match self {
            Self::Generate(error) => error.frames(),
            _ => Vec::new(),
        }
    }
}

/// One entry cannot be rendered.
#[derive(Debug)]
pub struct EntryFailure {
    /// How the entry is called: its alias and its file.
    pub name: String,
    /// Why.
    pub error: EntryError,
}

impl fmt::Display for EntryFailure {
    /// Violations stand below the headline, a line each, because there may be many.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to render {}", self.name)?;
        if let EntryError::Invalid { violations, more } = &self.error {
            let count = violations.len() + more;
            write!(f, ": {count} {}", plural(count, "violation", "violations"))?;
            for violation in violations {
                write!(f, "\n  {violation}")?;
            }
            if *more > 0 {
                write!(f, "\n  and {more} more")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for EntryFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.error {
            EntryError::Invalid { .. } => None,
            // What could not be loaded has causes of its own.
            EntryError::Runtime { error: RuntimeError::Load(error), .. } => Some(error),
            error => Some(error),
        }
    }
}

/// Why an entry cannot be rendered.
#[derive(Debug, Error)]
pub enum EntryError {
    /// The sandbox says so.
    #[error("{error}")]
    Runtime {
        /// What it says.
        error: RuntimeError,
        /// The places in TypeScript, innermost first.
        places: Vec<SourceFrame>,
    },
    /// Documents are not what their kinds ask for.
    #[error("{} violations", violations.len() + more)]
    Invalid {
        /// Each as `doc[0] at $.spec.replicas: …`.
        violations: Vec<String>,
        /// How many there are beyond these.
        more: usize,
    },
    /// The documents cannot be put into words.
    #[error(transparent)]
    Write(WriteError),
    /// The output file cannot be written.
    #[error(transparent)]
    File(FsError),
    /// A bug.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Diagnostic for EntryFailure {
    fn exit_code(&self) -> ExitCode {
        match &self.error {
            EntryError::Runtime { error, .. } => error.exit_code(),
            EntryError::Invalid { .. } | EntryError::Write(_) => ExitCode::Validation,
            EntryError::File(FsError::NotAFile { .. }) => ExitCode::Config,
            EntryError::File(_) | EntryError::Internal(_) => ExitCode::Unexpected,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match &self.error {
            EntryError::Runtime { error, .. } => error.hints(),
            _ => Vec::new(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match &self.error {
            EntryError::Runtime { error, places } => {
                error.frames().into_iter().chain(places.iter().cloned()).collect()
            }
            _ => Vec::new(),
        }
    }
}
