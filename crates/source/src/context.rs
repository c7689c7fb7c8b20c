use std::path::PathBuf;

use husako_fs::{join_contained, read_to_string};
use tokio_util::sync::CancellationToken;

use crate::SourceError;

/// The most that one file of schemas may hold.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Where a source works.
#[derive(Clone, Debug)]
pub struct Context {
    /// The project's folder: relative paths start there.
    pub root: PathBuf,
    /// Whether files outside the project may be read.
    pub allow_outside_root: bool,
    /// Ends the work early.
    pub cancel: CancellationToken,
}

impl Context {
    /// The file or folder that `path` names, inside the project unless more is allowed.
    pub fn locate(&self, path: &str) -> Result<PathBuf, SourceError> {
        if self.allow_outside_root {
            return Ok(self.root.join(path));
        }
        join_contained(&self.root, path)
            .map_err(|source| SourceError::Outside { path: path.to_owned(), source })
    }

    /// The text of a file that belongs to the source at `path`.
    pub fn read(&self, file: &std::path::Path, path: &str) -> Result<String, SourceError> {
        self.alive()?;
        read_to_string(file, MAX_FILE_BYTES)
            .map_err(|source| SourceError::Read { path: path.to_owned(), source })
    }

    /// An error once the work was cancelled.
    pub fn alive(&self) -> Result<(), SourceError> {
        if self.cancel.is_cancelled() { Err(SourceError::Cancelled) } else { Ok(()) }
    }
}
