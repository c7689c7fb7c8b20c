//! Putting a staged folder in the place of the old one.
//!
//! Three ways, tried in this order:
//!
//! 1. *Exchange*: one system call swaps the two folders (Linux, macOS). At every instant `dest` is
//!    the old generation or the new one.
//! 2. *Rename* where the system or file system has no exchange (Windows, some network mounts):
//!    `dest` becomes `old` in the container, the tree becomes `dest`. A process killed in between
//!    leaves no `dest`, which `recover` sees and heals from `old`.
//! 3. *Copy* where a folder cannot be renamed at all: on overlayfs, a folder that comes from a lower
//!    layer (`EXDEV`), such as types that were generated while a container image was built.
//!    `dest` is copied to `old`, a marker says that `dest` is about to be taken apart, and then it
//!    is removed and replaced. While the marker, `old` and the tree are all there, `recover` puts
//!    `old` back.
//!
//! Publishers of one destination should hold a [`FileLock`](crate::FileLock), so that each
//! builds on the result of the one before; without it the last one wins, whole.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use crate::error::{Action, FileKind, FsError};
use crate::faults;
use crate::folder::{remove_tree, rename};
use crate::staging::{OLD, Staging, TREE, copy_tree};

/// In a container: `dest` is being taken apart and must not be believed.
pub(crate) const MARKER: &str = "replacing";

/// Others may publish between any two steps; so often in a row they do not.
const MAX_ATTEMPTS: usize = 100;

impl Staging {
    /// Makes this generation the content of the destination, atomically, and removes the old one.
    ///
    /// A link at the destination is replaced, not followed: it could lead to a folder that is not
    /// husako's to replace. Nothing is synced: a power cut within seconds may leave files empty
    /// that a kill would not, as [`write_atomic`](crate::write_atomic) explains.
    ///
    /// # Errors
    ///
    /// [`FsError::NotAFolder`] where a file is in the way, else [`FsError::Io`]; the destination is
    /// then as it was.
    pub fn publish(self) -> Result<(), FsError> {
        faults::at("staged");
        for _ in 0..MAX_ATTEMPTS {
            if self.replace()? {
                faults::at("published");
                return Ok(());
            }
        }
        Err(FsError::io(Action::Publish, &self.dest, io::ErrorKind::ResourceBusy.into()))
        // Dropping `self` removes the container, with the old generation in it.
    }

    /// One attempt; `false` where somebody else has published or removed the folder meanwhile.
    fn replace(&self) -> Result<bool, FsError> {
        let failed = |error| FsError::io(Action::Publish, &self.dest, error);
        let tree = self.container.join(TREE);
        match fs::symlink_metadata(&self.dest) {
            Ok(metadata) if metadata.is_dir() || metadata.is_symlink() => {}
            Ok(metadata) => {
                return Err(FsError::NotAFolder {
                    path: self.dest.clone(),
                    kind: FileKind::of(metadata.file_type()),
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return match rename(&tree, &self.dest) {
                    Ok(()) => Ok(true),
                    Err(error) if is_in_the_way(&error) => Ok(false),
                    Err(error) => Err(failed(error)),
                };
            }
            Err(error) => return Err(failed(error)),
        }
        match exchange(&tree, &self.dest) {
            Ok(()) => {
                faults::at("exchanged");
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) if has_no_exchange(&error) => self.replace_by_rename().map_err(failed),
            Err(error) => Err(failed(error)),
        }
    }

    fn replace_by_rename(&self) -> io::Result<bool> {
        let (tree, old) = (self.container.join(TREE), self.container.join(OLD));
        self.forget_old()?;
        match rename_away(&self.dest, &old) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                return self.replace_by_copy();
            }
            Err(error) => return Err(error),
        }
        faults::at("moved away");
        match rename(&tree, &self.dest) {
            Ok(()) => {
                faults::at("moved in");
                Ok(true)
            }
            Err(error) if is_in_the_way(&error) => Ok(false),
            Err(error) => {
                self.put_back(&old);
                Err(error)
            }
        }
    }

    fn replace_by_copy(&self) -> io::Result<bool> {
        let (tree, old) = (self.container.join(TREE), self.container.join(OLD));
        let copy = self.container.join("copy");
        if copy.exists() {
            remove_tree(&copy)?;
        }
        copy_tree(&self.dest, &copy)?;
        // `old` is whole or absent.
        rename(&copy, &old)?;
        faults::at("copied");
        let marker = self.container.join(MARKER);
        drop(File::create(&marker)?);
        faults::at("marked");
        let replaced = remove_tree(&self.dest).and_then(|()| {
            faults::at("taken apart");
            rename(&tree, &self.dest)
        });
        match replaced {
            Ok(()) => {
                faults::at("moved in");
                Ok(true)
            }
            Err(error) => {
                // What could not be removed is in the way of `old`, and is part of it.
                let _ = remove_tree(&self.dest);
                self.put_back(&old);
                Err(error)
            }
        }
    }

    /// Brings the old generation back after a failure. Where that fails too, it stays in the
    /// container for `recover`.
    fn put_back(&self, old: &Path) {
        if rename(old, &self.dest).is_err() {
            self.holds_old.store(true, Ordering::Relaxed);
        }
    }

    /// Removes the `old` of an earlier attempt: somebody else's newer generation has replaced it.
    ///
    /// It loses its name first, so that `recover` never finds half of it.
    fn forget_old(&self) -> io::Result<()> {
        let (old, forgotten) = (self.container.join(OLD), self.container.join("forgotten"));
        match rename(&old, &forgotten) {
            Ok(()) => remove_tree(&forgotten),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn rename_away(from: &Path, to: &Path) -> io::Result<()> {
    match faults::refuse("rename away") {
        Some(error) => Err(error),
        None => rename(from, to),
    }
}

fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    if let Some(error) = faults::refuse("exchange") {
        return Err(error);
    }
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    {
        let _ = (a, b);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Whether the error says that an exchange cannot be had here: `EINVAL` and `ENOTSUP` by the file
/// system, `ENOSYS` by the kernel, `EXDEV` by overlayfs. `EPERM` comes from sandboxes that know
/// only the old system call.
fn has_no_exchange(error: &io::Error) -> bool {
    let known = matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported | io::ErrorKind::CrossesDevices
    );
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let codes = [Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS, Errno::PERM];
        known || codes.iter().any(|code| error.raw_os_error() == Some(code.raw_os_error()))
    }
    #[cfg(not(unix))]
    known
}

/// Whether a rename failed because somebody else has put a folder there.
fn is_in_the_way(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::AlreadyExists
            | io::ErrorKind::DirectoryNotEmpty
            | io::ErrorKind::NotADirectory
    )
}
