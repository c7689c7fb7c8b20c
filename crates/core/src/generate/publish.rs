//! Putting what was generated on disk.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use husako_fs::{
    FileLock, LOCK_TIMEOUT_VARIABLE, LockMode, Staging, create_dir_all, read, read_to_string,
    write_if_changed,
};
use husako_schema::store::Store;
use rayon::prelude::*;
use tokio_util::sync::CancellationToken;

use super::codegen::Output;
use super::error::GenerateError;
use super::generation::Generation;
use crate::events::{Event, Reporter};
use crate::project::Project;
use crate::tsconfig;

/// The file of the store, below the published folder.
pub(crate) const STORE_FILE: &str = "schemas.bin";

/// The most that a store or a `tsconfig.json` may hold.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// How long another process may take, unless the environment says otherwise.
const LOCK_TIMEOUT: Duration = Duration::from_mins(1);

/// Keeps other processes from generating for the same project.
pub(crate) fn lock(
    project: &Project,
    reporter: &Arc<dyn Reporter>,
    cancel: &CancellationToken,
) -> Result<FileLock, GenerateError> {
    let state = project.state();
    create_dir_all(&state).map_err(GenerateError::Write)?;
    let path = state.join("lock");
    let timeout = lock_timeout();
    FileLock::acquire(&path, LockMode::Exclusive, timeout, |wait| {
        if wait.waited.is_zero() {
            let holder = wait
                .holder
                .map_or_else(|| "another process".to_owned(), |id| format!("process {id}"));
            reporter.report(Event::Note(format!("waiting for lock held by {holder}")));
        }
        if cancel.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .map_err(GenerateError::ProjectLock)
}

fn lock_timeout() -> Duration {
    std::env::var(LOCK_TIMEOUT_VARIABLE)
        .ok()
        .and_then(|seconds| seconds.trim().parse().ok())
        .map_or(LOCK_TIMEOUT, Duration::from_secs)
}

/// Replaces the published folder by the output, as one unit.
pub(crate) fn publish(
    project: &Project,
    output: &Output,
    generation: &Generation,
    cancel: &CancellationToken,
) -> Result<(), GenerateError> {
    let staging = Staging::new(&project.types()).map_err(GenerateError::Write)?;
    output
        .files
        .par_iter()
        .try_for_each(|file| staging.write(&file.path, file.contents.as_bytes()))
        .map_err(GenerateError::Write)?;
    staging.write(STORE_FILE, &output.store).map_err(GenerateError::Write)?;
    let record = generation.text().map_err(GenerateError::Record)?;
    staging.write(Generation::FILE, record.as_bytes()).map_err(GenerateError::Write)?;
    // The last moment at which stopping leaves everything as it was.
    if cancel.is_cancelled() {
        return Err(GenerateError::Cancelled);
    }
    staging.publish().map_err(GenerateError::Write)
}

/// Whether the published folder has its store: somebody may have cleaned up by hand.
pub(crate) fn is_whole(project: &Project) -> bool {
    project.types().join(STORE_FILE).is_file() && project.tsconfig().is_file()
}

/// Opens the store of the published folder.
pub(crate) fn open_store(project: &Project) -> Result<Store, GenerateError> {
    let bytes = read(&project.types().join(STORE_FILE), MAX_BYTES).map_err(GenerateError::Write)?;
    Store::open(bytes).map_err(GenerateError::Store)
}

/// Creates or updates `tsconfig.json`, and tells what the user should know.
pub(crate) fn write_tsconfig(
    project: &Project,
    reporter: &dyn Reporter,
) -> Result<(), GenerateError> {
    let path = project.tsconfig();
    let existing = match read_to_string(&path, MAX_BYTES) {
        Ok(text) => Some(text),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(GenerateError::Write(error)),
    };
    let updated = tsconfig::update(existing.as_deref()).map_err(GenerateError::Tsconfig)?;
    for note in updated.notes {
        reporter.report(Event::Note(note));
    }
    write_if_changed(&path, updated.text.as_bytes()).map_err(GenerateError::Write)?;
    Ok(())
}
