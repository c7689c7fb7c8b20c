//! What killed publishers left behind: put back, or swept.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::error::{Action, FsError};
use crate::folder::{remove_tree, rename};
use crate::lock::{Attempt, LockMode, attempt};
use crate::open;
use crate::publish::MARKER;
use crate::staging::{LOCK, OLD, RANDOM_LENGTH, TREE, discard, split};

/// How old a container without a usable lock must be to count as left behind.
const ABANDONED_AFTER: Duration = Duration::from_hours(1);

/// How long a publisher may take between two renames before it counts as dead, where the file
/// system has no locks that would tell.
const PATIENCE: Duration = Duration::from_secs(3);

/// Puts the folder `dest` back if a killed process had it moved away, and sweeps what such
/// processes left beside it. Returns whether it put something back.
///
/// To be called before `dest` is read; one listing of its parent when all is well. Containers of
/// living processes are left alone.
///
/// # Errors
///
/// [`FsError::Io`] where `dest` cannot be put back. What cannot be swept is no error.
pub fn recover(dest: &Path) -> Result<bool, FsError> {
    let mut waited = Duration::ZERO;
    loop {
        let mut healed = false;
        let mut somebody_publishes = false;
        for container in containers(dest)? {
            match claim(&container, waited >= PATIENCE) {
                Claim::Dead(lock) => {
                    healed |= heal(dest, &container).map_err(FsError::on(Action::Restore, dest))?;
                    discard(&container, lock);
                }
                Claim::Alive => somebody_publishes |= container.join(OLD).exists(),
            }
        }
        let absent = fs::symlink_metadata(dest).is_err();
        if healed || !absent || !somebody_publishes {
            return Ok(healed);
        }
        // A living process is between its two renames.
        let pause = Duration::from_millis(20);
        thread::sleep(pause);
        waited += pause;
        if waited > PATIENCE * 2 {
            return Ok(false);
        }
    }
}

/// Those of `dest`, newest first: of several that could be put back, the newest is.
fn containers(dest: &Path) -> Result<Vec<PathBuf>, FsError> {
    let (parent, prefix) = split(dest)?;
    let entries = match fs::read_dir(parent) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(FsError::io(Action::List, parent, error)),
    };
    let prefix = prefix.as_encoded_bytes();
    let mut found: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .filter(|entry| {
            entry.file_name().as_encoded_bytes().strip_prefix(prefix).is_some_and(|random| {
                random.len() == RANDOM_LENGTH && random.iter().all(u8::is_ascii_alphanumeric)
            })
        })
        // A link that is called so is none of ours.
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    found.sort();
    Ok(found.into_iter().rev().map(|(_, path)| path).collect())
}

enum Claim {
    /// Its process has ended; the lock keeps other sweepers out.
    Dead(Option<File>),
    Alive,
}

fn claim(container: &Path, out_of_patience: bool) -> Claim {
    let by_age = || {
        // A clock that was set back makes a container young, which is the safe side.
        let age = fs::metadata(container)
            .and_then(|metadata| metadata.modified())
            .map(|modified| modified.elapsed().unwrap_or_default());
        match age {
            Ok(age) if age > ABANDONED_AFTER || out_of_patience => Claim::Dead(None),
            _ => Claim::Alive,
        }
    };
    match open::lock_file(&container.join(LOCK), false) {
        Ok(file) => match attempt(&file, LockMode::Exclusive) {
            Ok(Attempt::Held) => Claim::Dead(Some(file)),
            Ok(Attempt::Busy) | Err(_) => Claim::Alive,
            Ok(Attempt::Unsupported) => by_age(),
        },
        // Just being made, or its process was killed in the making. Only an empty folder can be
        // removed so, and a living process then makes another.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let _ = fs::remove_dir(container);
            by_age()
        }
        // Of another user.
        Err(_) => Claim::Alive,
    }
}

/// Brings the old generation back if its publisher ended before the new one was in place.
fn heal(dest: &Path, container: &Path) -> io::Result<bool> {
    let (tree, old) = (container.join(TREE), container.join(OLD));
    let interrupted = fs::symlink_metadata(&old).is_ok() && fs::symlink_metadata(&tree).is_ok();
    if !interrupted {
        return Ok(false);
    }
    let exists = fs::symlink_metadata(dest).is_ok();
    if exists && !container.join(MARKER).exists() {
        // Somebody else has published since.
        return Ok(false);
    }
    if exists {
        remove_tree(dest)?;
    }
    match rename(&old, dest) {
        Ok(()) => Ok(true),
        // Another process heals too, or has published.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound
                    | io::ErrorKind::AlreadyExists
                    | io::ErrorKind::DirectoryNotEmpty
            ) =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
