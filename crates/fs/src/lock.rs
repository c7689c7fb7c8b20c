use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Action, FileKind, FsError};
use crate::open;

/// The environment variable with the seconds to wait for a lock; read by the program, named by the
/// hint of [`FsError::LockTimeout`].
pub const LOCK_TIMEOUT_VARIABLE: &str = "HUSAKO_LOCK_TIMEOUT";

/// The longest pause between two attempts.
const MAX_PAUSE: Duration = Duration::from_millis(100);

/// Who else may hold the lock at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockMode {
    /// Nobody.
    Exclusive,
    /// Others that hold it shared.
    Shared,
}

/// What is known while a lock is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Wait<'a> {
    /// The lock file.
    pub path: &'a Path,
    /// The process that holds it, where it says.
    pub holder: Option<u32>,
    /// For how long this process has waited; zero at the first report.
    pub waited: Duration,
}

/// A lock between processes (and between the threads of one) on a file of its own.
///
/// It is an advisory lock of the operating system, so the death of its holder frees it, and the
/// file itself stays: deleting it would let two processes each lock a file of that name. The file
/// holds the id of the process that has the lock exclusively.
///
/// File systems without locks (some NFS and FUSE mounts) grant every request, see
/// [`FileLock::is_held`]: correctness comes from atomic renames, the lock only saves double work.
#[derive(Debug)]
pub struct FileLock {
    file: Option<File>,
    mode: LockMode,
}

impl FileLock {
    /// Takes the lock, waiting up to `timeout` for others to let it go.
    ///
    /// `waiting` is called at once when there is somebody to wait for, then about ten times a
    /// second; it may stop the wait. The folder of `path` must exist. A shared lock in a place
    /// that this process may not write to is granted without the system's help, so that a
    /// read-only project can be read.
    ///
    /// # Errors
    ///
    /// [`FsError::LockTimeout`], [`FsError::LockCancelled`], or [`FsError::Io`] and
    /// [`FsError::NotAFile`] where the file cannot be opened.
    pub fn acquire(
        path: &Path,
        mode: LockMode,
        timeout: Duration,
        mut waiting: impl FnMut(Wait<'_>) -> ControlFlow<()>,
    ) -> Result<Self, FsError> {
        let Some(file) = open_file(path, mode)? else {
            return Ok(Self { file: None, mode });
        };
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            match attempt(&file, mode).map_err(FsError::on(Action::Lock, path))? {
                Attempt::Held => return Ok(Self::held(file, mode)),
                Attempt::Unsupported => return Ok(Self { file: None, mode }),
                Attempt::Busy => {}
            }
            let waited =
                if pause == Duration::from_millis(1) { Duration::ZERO } else { started.elapsed() };
            let holder = read_holder(&file);
            if waiting(Wait { path, holder, waited }).is_break() {
                return Err(FsError::LockCancelled { path: path.to_path_buf() });
            }
            let left = timeout.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Err(FsError::LockTimeout {
                    path: path.to_path_buf(),
                    holder,
                    seconds: timeout.as_secs(),
                });
            }
            pause = (pause * 2).min(MAX_PAUSE);
            thread::sleep(pause.min(left));
        }
    }

    /// Takes the lock if nobody is in the way.
    pub fn try_acquire(path: &Path, mode: LockMode) -> Result<Option<Self>, FsError> {
        let Some(file) = open_file(path, mode)? else {
            return Ok(Some(Self { file: None, mode }));
        };
        match attempt(&file, mode).map_err(FsError::on(Action::Lock, path))? {
            Attempt::Held => Ok(Some(Self::held(file, mode))),
            Attempt::Unsupported => Ok(Some(Self { file: None, mode })),
            Attempt::Busy => Ok(None),
        }
    }

    /// Whether the system keeps others out; `false` on a file system without locks.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.file.is_some()
    }

    fn held(file: File, mode: LockMode) -> Self {
        // What the file says only feeds a message, so a failure to write it is no failure.
        let _ = match mode {
            LockMode::Exclusive => write_holder(&file, &std::process::id().to_string()),
            // A process that was killed did not take its id away.
            LockMode::Shared => write_holder(&file, ""),
        };
        Self { file: Some(file), mode }
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            if self.mode == LockMode::Exclusive {
                let _ = write_holder(file, "");
            }
            // Closing would do, unless a child process has inherited the file.
            let _ = file.unlock();
        }
    }
}

/// What an attempt at a lock of the system came to.
pub(crate) enum Attempt {
    Held,
    Busy,
    Unsupported,
}

pub(crate) fn attempt(file: &File, mode: LockMode) -> io::Result<Attempt> {
    if let Some(error) = crate::faults::refuse("lock") {
        return unsupported(error);
    }
    let result = match mode {
        LockMode::Exclusive => file.try_lock(),
        LockMode::Shared => file.try_lock_shared(),
    };
    match result {
        Ok(()) => Ok(Attempt::Held),
        Err(TryLockError::WouldBlock) => Ok(Attempt::Busy),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {
            Ok(Attempt::Busy)
        }
        Err(TryLockError::Error(error)) => unsupported(error),
    }
}

fn unsupported(error: io::Error) -> io::Result<Attempt> {
    let mut unsupported = error.kind() == io::ErrorKind::Unsupported;
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let codes = [Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS, Errno::NOLCK];
        unsupported |= codes.iter().any(|code| error.raw_os_error() == Some(code.raw_os_error()));
    }
    if unsupported { Ok(Attempt::Unsupported) } else { Err(error) }
}

/// The lock file; none where a reader may do without.
fn open_file(path: &Path, mode: LockMode) -> Result<Option<File>, FsError> {
    match open::lock_file(path, true) {
        Ok(file) => {
            let kind =
                FileKind::of(file.metadata().map_err(FsError::on(Action::Lock, path))?.file_type());
            if kind == FileKind::File { Ok(Some(file)) } else { Err(not_a_file(path, kind)) }
        }
        Err(error) => {
            if let Ok(metadata) = path.symlink_metadata()
                && !metadata.is_file()
            {
                return Err(not_a_file(path, FileKind::of(metadata.file_type())));
            }
            let denied = matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            );
            if denied && mode == LockMode::Shared {
                // Another user may still publish here, so the lock is taken where it can be.
                return Ok(open::for_reading(path).ok());
            }
            Err(FsError::io(Action::Lock, path, error))
        }
    }
}

fn not_a_file(path: &Path, kind: FileKind) -> FsError {
    FsError::NotAFile { path: PathBuf::from(path), kind }
}

fn read_holder(mut file: &File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_holder(mut file: &File, holder: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(holder.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::ops::ControlFlow;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use husako_diagnostics::Diagnostic as _;

    use super::{FileLock, LockMode};
    use crate::faults;

    const LONG: Duration = Duration::from_mins(1);

    fn never(_: super::Wait<'_>) -> ControlFlow<()> {
        panic!("nobody is in the way")
    }

    #[test]
    fn excludes_and_names_the_holder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = FileLock::acquire(&path, LockMode::Exclusive, LONG, never).unwrap();
        assert!(lock.is_held());
        assert!(FileLock::try_acquire(&path, LockMode::Exclusive).unwrap().is_none());
        assert!(FileLock::try_acquire(&path, LockMode::Shared).unwrap().is_none());

        let mut reports = Vec::new();
        let error =
            FileLock::acquire(&path, LockMode::Exclusive, Duration::from_millis(50), |wait| {
                reports.push((wait.holder, wait.waited));
                ControlFlow::Continue(())
            })
            .unwrap_err();
        assert_eq!(reports[0], (Some(std::process::id()), Duration::ZERO));
        assert!(reports.len() > 1);
        assert_eq!(
            error.to_string(),
            format!(
                "failed to lock `{}`: held by process {} for more than 0 s",
                path.display(),
                std::process::id()
            )
        );
        assert_eq!(error.exit_code().code(), 6);
        assert!(error.hints()[0].as_str().contains("HUSAKO_LOCK_TIMEOUT"));

        drop(lock);
        assert_eq!(fs::read(&path).unwrap(), b"");
        drop(FileLock::acquire(&path, LockMode::Exclusive, LONG, never).unwrap());
    }

    #[test]
    fn readers_share() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        // As a killed process leaves it.
        fs::write(&path, "4711").unwrap();
        let one = FileLock::acquire(&path, LockMode::Shared, LONG, never).unwrap();
        let two = FileLock::acquire(&path, LockMode::Shared, LONG, never).unwrap();
        let error = FileLock::acquire(&path, LockMode::Exclusive, LONG, |wait| {
            assert_eq!(wait.holder, None);
            ControlFlow::Break(())
        })
        .unwrap_err();
        assert_eq!(error.to_string(), format!("failed to lock `{}`: cancelled", path.display()));
        drop((one, two));
        FileLock::acquire(&path, LockMode::Exclusive, LONG, never).unwrap();
    }

    #[test]
    fn threads_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let inside = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        let _lock = FileLock::acquire(&path, LockMode::Exclusive, LONG, |_| {
                            ControlFlow::Continue(())
                        })
                        .unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
    }

    #[test]
    fn without_support_everybody_proceeds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let _fault = faults::inject("lock");
        let one = FileLock::acquire(&path, LockMode::Exclusive, LONG, never).unwrap();
        let two = FileLock::acquire(&path, LockMode::Exclusive, LONG, never).unwrap();
        assert!(!one.is_held() && !two.is_held());
    }

    #[test]
    fn what_is_no_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = FileLock::try_acquire(folder.path(), LockMode::Exclusive).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("expected a file, but `{}` is a folder", folder.path().display())
        );
        let absent = folder.path().join("no/lock");
        let error = FileLock::try_acquire(&absent, LockMode::Exclusive).unwrap_err();
        assert_eq!(error.to_string(), format!("failed to lock `{}`", absent.display()));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let precious = folder.path().join("precious");
        fs::write(&precious, "mine").unwrap();
        let link = folder.path().join("lock");
        std::os::unix::fs::symlink(&precious, &link).unwrap();
        assert!(FileLock::try_acquire(&link, LockMode::Exclusive).is_err());
        assert_eq!(fs::read(&precious).unwrap(), b"mine");
    }
}
