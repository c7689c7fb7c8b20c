use std::path::PathBuf;

use husako_diagnostics::{Diagnostic, ExitCode, Hint, SourceFrame};
use husako_fs::FsError;

use crate::error::SyntaxError;

/// The lockfile cannot be used; it is left as it is.
#[derive(Debug, thiserror::Error)]
#[error("failed to read lockfile at `{}`", path.display())]
pub struct LockError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    #[source]
    pub kind: LockErrorKind,
}

/// What is wrong with a lockfile.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockErrorKind {
    /// It cannot be read.
    #[error(transparent)]
    Read(FsError),
    /// A later husako wrote it.
    #[error("its format version is {found}, this husako knows versions up to {known}", known = crate::LOCK_VERSION)]
    Newer {
        /// Its format version.
        found: i64,
    },
    /// A merge left both sides in it.
    #[error("unresolved merge conflict in line {line}")]
    MergeConflict {
        /// The line of the first marker, from 1.
        line: u32,
    },
    /// It is not TOML, or only the beginning of it.
    #[error("{0}")]
    Syntax(Box<SyntaxError>),
    /// It is TOML, but not a lockfile.
    #[error("{0}")]
    Content(String),
}

impl Diagnostic for LockError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Config
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new(match &self.kind {
            LockErrorKind::Read(_) => return Vec::new(),
            LockErrorKind::Newer { .. } => "upgrade husako, or delete the file to resolve anew",
            LockErrorKind::MergeConflict { .. } => {
                "resolve the conflict, or delete the file and run `husako generate`"
            }
            LockErrorKind::Syntax(_) | LockErrorKind::Content(_) => {
                "delete the file and run `husako generate`"
            }
        })]
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match &self.kind {
            LockErrorKind::Syntax(error) => vec![error.frame.clone()],
            _ => Vec::new(),
        }
    }
}
