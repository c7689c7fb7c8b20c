//! Removing what was generated.

use husako_diagnostics::{Diagnostic, ExitCode};
use husako_fs::{FsError, remove_dir_all};
use thiserror::Error;

use crate::project::Project;

/// What was generated cannot be removed.
#[derive(Debug, Error)]
#[error("failed to clean the project")]
pub struct CleanError(#[source] FsError);

impl Diagnostic for CleanError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Unexpected
    }
}

/// Removes `.husako`. Returns whether there was one.
pub fn clean(project: &Project) -> Result<bool, CleanError> {
    let state = project.state();
    remove_dir_all(&state).map_err(CleanError)
}
