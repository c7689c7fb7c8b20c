use std::path::{Path, PathBuf};
use std::{error, fmt, io};

use husako_diagnostics::{Diagnostic, ExitCode, Hint};

/// What went wrong with a file or a folder, and with which.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FsError {
    /// The system refused.
    #[error("failed to {action} `{}`", path.display())]
    Io {
        /// What was attempted.
        action: Action,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: IoCause,
    },
    /// A file was expected.
    #[error("expected a file, but `{}` is {kind}", path.display())]
    NotAFile {
        /// Where.
        path: PathBuf,
        /// What is there.
        kind: FileKind,
    },
    /// A folder was expected.
    #[error("expected a folder, but `{}` is {kind}", path.display())]
    NotAFolder {
        /// Where.
        path: PathBuf,
        /// What is there.
        kind: FileKind,
    },
    /// The file has more bytes than the reader allows.
    #[error("`{}` is larger than {}", path.display(), Bytes(*max))]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// How many bytes are allowed.
        max: u64,
    },
    /// Text was expected.
    #[error("`{}` is not UTF-8 text: invalid byte in line {line}", path.display())]
    NotUtf8 {
        /// Which file.
        path: PathBuf,
        /// The line of the first invalid byte, from 1.
        line: usize,
    },
    /// The path leads out of the folder that must contain it.
    #[error("path `{}` is outside `{}`", path.display(), root.display())]
    Outside {
        /// The path as it was given.
        path: PathBuf,
        /// What should contain it.
        root: PathBuf,
    },
    /// The path is not one that husako uses on any system.
    #[error("path `{}` {reason}", path.display())]
    InvalidPath {
        /// The path as it was given.
        path: PathBuf,
        /// Why, as the predicate of a sentence.
        reason: &'static str,
    },
    /// The folder holds more than the walk allows.
    #[error("`{}` holds more than {max} {what}", path.display())]
    TooMany {
        /// Which folder.
        path: PathBuf,
        /// How many are allowed.
        max: usize,
        /// Of what, in the plural.
        what: &'static str,
    },
    /// Somebody else held the lock for too long.
    #[error(
        "failed to lock `{}`: held by {} for more than {seconds} s",
        path.display(),
        Holder(*holder)
    )]
    LockTimeout {
        /// The lock file.
        path: PathBuf,
        /// The process that holds it, where it says.
        holder: Option<u32>,
        /// How long this process waited.
        seconds: u64,
    },
    /// The caller gave up waiting for the lock.
    #[error("failed to lock `{}`: cancelled", path.display())]
    LockCancelled {
        /// The lock file.
        path: PathBuf,
    },
}

impl FsError {
    pub(crate) fn io(action: Action, path: &Path, error: io::Error) -> Self {
        Self::Io { action, path: path.to_path_buf(), source: IoCause(error) }
    }

    /// For `map_err`.
    pub(crate) fn on(action: Action, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::io(action, path, error)
    }

    /// The path that the error is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::NotAFile { path, .. }
            | Self::NotAFolder { path, .. }
            | Self::TooLarge { path, .. }
            | Self::NotUtf8 { path, .. }
            | Self::Outside { path, .. }
            | Self::InvalidPath { path, .. }
            | Self::TooMany { path, .. }
            | Self::LockTimeout { path, .. }
            | Self::LockCancelled { path } => path,
        }
    }

    /// The error of the system, where there is one.
    #[must_use]
    pub fn io_error(&self) -> Option<&io::Error> {
        match self {
            Self::Io { source, .. } => Some(source.get()),
            _ => None,
        }
    }

    /// Whether the file or folder does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.io_error().is_some_and(|error| {
            matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        })
    }
}

impl Diagnostic for FsError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Io { action: Action::Read | Action::List | Action::Resolve, .. }
            | Self::NotAFile { .. }
            | Self::NotAFolder { .. }
            | Self::TooLarge { .. }
            | Self::NotUtf8 { .. }
            | Self::Outside { .. }
            | Self::InvalidPath { .. }
            | Self::TooMany { .. } => ExitCode::Config,
            Self::Io { .. } => ExitCode::Unexpected,
            Self::LockTimeout { .. } => ExitCode::Fetch,
            Self::LockCancelled { .. } => ExitCode::Interrupted,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::LockTimeout { .. } => vec![Hint::new(format!(
                "end the other process, or set `{}` to more seconds",
                crate::LOCK_TIMEOUT_VARIABLE
            ))],
            _ => Vec::new(),
        }
    }
}

/// What was attempted on a path, as the verb after "failed to".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read a file.
    Read,
    /// List a folder.
    List,
    /// Follow a path to what it leads to.
    Resolve,
    /// Write a file.
    Write,
    /// Make a folder.
    Create,
    /// Delete a file or a folder.
    Remove,
    /// Put a new generation of a folder in place.
    Publish,
    /// Bring back the folder that an interrupted publish moved away.
    Restore,
    /// Lock a file.
    Lock,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::List => "list",
            Self::Resolve => "resolve",
            Self::Write => "write",
            Self::Create => "create",
            Self::Remove => "remove",
            Self::Publish => "publish",
            Self::Restore => "restore",
            Self::Lock => "lock",
        })
    }
}

/// What a path leads to, as it reads in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A named pipe.
    Fifo,
    /// A socket.
    Socket,
    /// A character or block device.
    Device,
    /// A symbolic link, where none is followed.
    Link,
    /// A symbolic link that leads to nothing.
    DanglingLink,
    /// Something else.
    Other,
}

impl FileKind {
    /// What this is; for the metadata of what a link leads to.
    #[must_use]
    pub fn of(file_type: std::fs::FileType) -> Self {
        if file_type.is_file() {
            return Self::File;
        }
        if file_type.is_dir() {
            return Self::Folder;
        }
        if file_type.is_symlink() {
            return Self::Link;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt as _;
            if file_type.is_fifo() {
                return Self::Fifo;
            }
            if file_type.is_socket() {
                return Self::Socket;
            }
            if file_type.is_char_device() || file_type.is_block_device() {
                return Self::Device;
            }
        }
        Self::Other
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Fifo => "a named pipe",
            Self::Socket => "a socket",
            Self::Device => "a device",
            Self::Link => "a symbolic link",
            Self::DanglingLink => "a symbolic link to nothing",
            Self::Other => "neither file nor folder",
        })
    }
}

/// An error of the system that reads as the other messages do: in lower case, and without its
/// number, which means nothing to a user.
#[derive(Debug)]
pub struct IoCause(io::Error);

impl IoCause {
    /// The error itself.
    #[must_use]
    pub const fn get(&self) -> &io::Error {
        &self.0
    }
}

impl From<io::Error> for IoCause {
    fn from(error: io::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for IoCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let text = text.split_once(" (os error ").map_or(text.as_str(), |(text, _)| text);
        let text = text.trim_end_matches('.');
        let mut chars = text.chars();
        match chars.next() {
            // An abbreviation such as `RPC` stays as it is.
            Some(first) if !chars.as_str().starts_with(char::is_uppercase) => {
                write!(f, "{}{}", first.to_lowercase(), chars.as_str())
            }
            _ => f.write_str(text),
        }
    }
}

impl error::Error for IoCause {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source()
    }
}

struct Holder(Option<u32>);

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(pid) => write!(f, "process {pid}"),
            None => f.write_str("another process"),
        }
    }
}

/// A number of bytes in the largest binary unit that keeps it whole.
struct Bytes(u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
        match units.iter().find(|(size, _)| self.0 >= *size && self.0.is_multiple_of(*size)) {
            Some((size, unit)) => write!(f, "{} {unit}", self.0 / size),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use husako_diagnostics::{Style, report};

    use super::{Action, Bytes, FsError, IoCause};

    #[test]
    fn full_disk() {
        // 28 is `ENOSPC` on Linux and macOS.
        #[cfg(unix)]
        assert_eq!(
            report(
                &FsError::io(Action::Write, Path::new("a/b"), io::Error::from_raw_os_error(28)),
                Style::Plain
            ),
            "error: failed to write `a/b`\n  Caused by: no space left on device\n"
        );
    }

    #[test]
    fn words_of_causes() {
        let text = |message: &str| IoCause(io::Error::other(message.to_owned())).to_string();
        assert_eq!(text("The file is in use. (os error 32)"), "the file is in use");
        assert_eq!(text("RPC failed"), "RPC failed");
        assert_eq!(text(""), "");
        assert_eq!(Bytes(64 << 20).to_string(), "64 MiB");
        assert_eq!(Bytes(1025).to_string(), "1025 bytes");
    }
}
