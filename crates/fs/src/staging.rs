//! A new generation of a folder, built aside.
//!
//! The *container* is a folder beside the destination, called `.tmp-<name>.<random>`:
//!
//! ```text
//! .tmp-types.Xa3…/lock   locked by the process that owns the container, so that others know
//!                 tree/  the new generation; after an exchange, the old one
//!                 old/   the old generation, where the system cannot exchange (see `publish`)
//! ```

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use crate::atomic::TEMPORARY_PREFIX;
use crate::contain::relative_inside;
use crate::error::{Action, FsError};
use crate::lock::{Attempt, LockMode, attempt};
use crate::{folder, open, recover};

/// Letters and digits that make the name of a container its own.
pub(crate) const RANDOM_LENGTH: usize = 12;

/// The lock file in a container.
pub(crate) const LOCK: &str = "lock";
/// The folder in a container that is, or was, to be published.
pub(crate) const TREE: &str = "tree";
/// The generation that was moved away.
pub(crate) const OLD: &str = "old";

/// A new generation of a folder; nothing of it is seen before [`Staging::publish`].
///
/// It may be filled from several threads. Dropped without being published, it is removed.
#[derive(Debug)]
pub struct Staging {
    pub(crate) dest: PathBuf,
    pub(crate) container: PathBuf,
    /// Held as long as the container is in use; `None` on file systems without locks.
    lock: Option<File>,
    /// The folders made so far, relative to the tree.
    folders: Mutex<HashSet<PathBuf>>,
    /// Set when the container holds the only copy of the old generation, for `recover` to find.
    pub(crate) holds_old: AtomicBool,
}

impl Staging {
    /// Begins a new generation of the folder `dest`, in a container beside it, so on the same file
    /// system. Makes the parent where it is absent.
    ///
    /// First heals and sweeps what killed processes left there, see [`recover()`](recover()).
    ///
    /// # Errors
    ///
    /// [`FsError::Io`] where the container cannot be made, and the errors of `recover`.
    pub fn new(dest: &Path) -> Result<Self, FsError> {
        let (parent, prefix) = split(dest)?;
        folder::create_dir_all(parent)?;
        recover::recover(dest)?;
        loop {
            let container = tempfile::Builder::new()
                .prefix(&prefix)
                .rand_bytes(RANDOM_LENGTH)
                .tempdir_in(parent)
                .map_err(FsError::on(Action::Create, parent))?;
            // From here on a failure drops `container`, which removes it.
            let failed = |error| FsError::io(Action::Create, container.path(), error);
            let lock = match lock_new(container.path()).map_err(failed)? {
                Locked::Yes(lock) => Some(lock),
                Locked::Unsupported => None,
                Locked::Swept => continue,
            };
            return Ok(Self {
                dest: dest.to_path_buf(),
                container: container.keep(),
                lock,
                folders: Mutex::new(HashSet::new()),
                holds_old: AtomicBool::new(false),
            });
        }
    }

    /// Adds a file at `relative` (with `/` between names), making its folders.
    ///
    /// # Errors
    ///
    /// Those of [`join_contained`](crate::join_contained) for the path, and [`FsError::Io`]; a path
    /// that is there already is an error, because one of the two files would be lost.
    pub fn write(&self, relative: impl AsRef<Path>, bytes: &[u8]) -> Result<(), FsError> {
        let path = self.place(relative.as_ref())?;
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|error| self.as_published(Action::Write, &path, error))
    }

    /// Adds the file `source` at `relative`: by a hard link where the file system has them, else
    /// as a copy.
    ///
    /// For what did not change since the last generation. A link shares its bytes with `source`,
    /// so neither may be written in place; nothing in this crate does.
    ///
    /// # Errors
    ///
    /// As [`Staging::write`]; [`FsError::is_not_found`] where `source` is absent.
    pub fn link_or_copy(&self, source: &Path, relative: impl AsRef<Path>) -> Result<(), FsError> {
        let path = self.place(relative.as_ref())?;
        let metadata = fs::symlink_metadata(source).map_err(FsError::on(Action::Read, source))?;
        if !metadata.is_file() {
            return Err(FsError::NotAFile {
                path: source.to_path_buf(),
                kind: crate::FileKind::of(metadata.file_type()),
            });
        }
        match fs::hard_link(source, &path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(self.as_published(Action::Write, &path, error))
            }
            Err(_) => copy_new(source, &path)
                .map_err(|error| self.as_published(Action::Write, &path, error)),
        }
    }

    /// The new generation as it stands, for readers that want to look before it is published.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.container.join(TREE)
    }

    /// Where the file goes, with the folders above it made.
    fn place(&self, relative: &Path) -> Result<PathBuf, FsError> {
        let inside = relative_inside(&self.dest, relative)?;
        let path = self.container.join(TREE).join(&inside);
        if let Some(folder) = inside.parent() {
            // A poisoned set is still a set of folders that exist.
            let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            if !folders.contains(folder) {
                let path = self.container.join(TREE).join(folder);
                fs::create_dir_all(&path)
                    .map_err(|error| self.as_published(Action::Create, &path, error))?;
                folders.insert(folder.to_path_buf());
            }
        }
        Ok(path)
    }

    /// The error, told of the path that the user knows.
    fn as_published(&self, action: Action, path: &Path, error: io::Error) -> FsError {
        let path = path
            .strip_prefix(self.container.join(TREE))
            .map_or_else(|_| path.to_path_buf(), |inside| self.dest.join(inside));
        FsError::io(action, &path, error)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !*self.holds_old.get_mut() {
            discard(&self.container, self.lock.take());
        }
    }
}

/// Removes a container that is locked by this process. What cannot be removed is swept later.
pub(crate) fn discard(container: &Path, lock: Option<File>) {
    // The lock goes last: a container with something in it has a lock that tells whose it is.
    for entry in fs::read_dir(container).into_iter().flatten().flatten() {
        if entry.file_name() != LOCK {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let _ = if is_folder {
                folder::remove_tree(&entry.path())
            } else {
                fs::remove_file(entry.path())
            };
        }
    }
    // Windows removes no open file. Whoever locks the container now finds nothing to keep.
    drop(lock);
    let _ = fs::remove_file(container.join(LOCK));
    let _ = fs::remove_dir(container);
}

enum Locked {
    Yes(File),
    Unsupported,
    /// Another process saw the container without a lock, and removed it or is about to.
    Swept,
}

/// Makes and locks the lock of a new container, then its tree.
fn lock_new(container: &Path) -> io::Result<Locked> {
    let swept = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Ok(Locked::Swept),
        _ => Err(error),
    };
    let file = match open::lock_file(&container.join(LOCK), true) {
        Ok(file) => file,
        Err(error) => return swept(error),
    };
    let locked = match attempt(&file, LockMode::Exclusive)? {
        Attempt::Held => Locked::Yes(file),
        Attempt::Unsupported => Locked::Unsupported,
        Attempt::Busy => return Ok(Locked::Swept),
    };
    // Fails where a sweeper came and went between the making of the file and its lock.
    match fs::create_dir(container.join(TREE)) {
        Ok(()) => Ok(locked),
        Err(error) => swept(error),
    }
}

/// The folder that `dest` is in, and how the names of its containers begin.
pub(crate) fn split(dest: &Path) -> Result<(&Path, OsString), FsError> {
    let (Some(parent), Some(name)) = (dest.parent(), dest.file_name()) else {
        return Err(FsError::InvalidPath {
            path: dest.to_path_buf(),
            reason: "does not name a folder",
        });
    };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let mut prefix = OsString::from(TEMPORARY_PREFIX);
    prefix.push(name);
    prefix.push(".");
    Ok((parent, prefix))
}

fn copy_new(source: &Path, target: &Path) -> io::Result<()> {
    let mut from = open::for_reading(source)?;
    let mut to = OpenOptions::new().write(true).create_new(true).open(target)?;
    io::copy(&mut from, &mut to)?;
    to.set_permissions(from.metadata()?.permissions())
}

/// Copies a folder of files and folders; links are copied as links.
pub(crate) fn copy_tree(source: &Path, target: &Path) -> io::Result<()> {
    fs::create_dir(target)?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let (from, to) = (entry.path(), target.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_tree(&from, &to)?;
        } else if kind.is_symlink() {
            copy_link(&from, &to)?;
        } else if kind.is_file() {
            copy_new(&from, &to)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn copy_link(source: &Path, target: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(source)?, target)
}

/// Only file systems of Unix come here (see `publish`), and generated folders hold no links.
#[cfg(not(unix))]
fn copy_link(_source: &Path, _target: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::Staging;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn dropped_means_gone() {
        let parent = tempfile::tempdir().unwrap();
        let dest = parent.path().join("deep/types");
        let staging = Staging::new(&dest).unwrap();
        staging.write("a/b.d.ts", b"x").unwrap();
        assert_eq!(fs::read(staging.path().join("a/b.d.ts")).unwrap(), b"x");
        assert!(!dest.exists());
        drop(staging);
        assert_eq!(names(&parent.path().join("deep")), 0);
    }

    #[test]
    fn paths_are_contained_and_unique() {
        let parent = tempfile::tempdir().unwrap();
        let dest = parent.path().join("types");
        let staging = Staging::new(&dest).unwrap();
        assert_eq!(
            staging.write("../x", b"").unwrap_err().to_string(),
            format!("path `../x` is outside `{}`", dest.display())
        );
        assert!(staging.write("/etc/x", b"").is_err());
        staging.write("a", b"").unwrap();
        // The error names the place that the user knows, not the temporary one.
        let twice = staging.write("./a", b"").unwrap_err();
        assert_eq!(twice.to_string(), format!("failed to write `{}`", dest.join("a").display()));
        assert!(staging.write("a/b", b"").is_err());
    }

    #[test]
    fn links_or_copies() {
        let parent = tempfile::tempdir().unwrap();
        let old = parent.path().join("old.txt");
        fs::write(&old, "same").unwrap();
        let staging = Staging::new(&parent.path().join("types")).unwrap();
        staging.link_or_copy(&old, "new.txt").unwrap();
        assert_eq!(fs::read(staging.path().join("new.txt")).unwrap(), b"same");
        assert!(staging.link_or_copy(&old, "new.txt").is_err());
        let absent = staging.link_or_copy(&parent.path().join("absent"), "b").unwrap_err();
        assert!(absent.is_not_found());
        assert!(staging.link_or_copy(parent.path(), "c").is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            assert_eq!(fs::metadata(&old).unwrap().nlink(), 2);
        }
    }

    #[test]
    fn filled_from_several_threads() {
        let parent = tempfile::tempdir().unwrap();
        let staging = Staging::new(&parent.path().join("types")).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let staging = &staging;
                scope.spawn(move || {
                    for file in 0..25 {
                        staging.write(format!("d{file}/{thread}"), b"x").unwrap();
                    }
                });
            }
        });
        assert_eq!(names(&staging.path()), 25);
        assert_eq!(names(&staging.path().join("d7")), 4);
    }

    #[test]
    fn a_destination_needs_a_name() {
        assert!(Staging::new(Path::new("/")).is_err());
        assert!(Staging::new(Path::new("a/..")).is_err());
    }
}
