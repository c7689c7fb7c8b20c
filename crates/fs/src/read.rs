use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::error::{Action, FileKind, FsError};
use crate::open;

/// The bytes of the file at `path`, `max_bytes` at most.
///
/// Anything but a regular file is refused before it is opened: a FIFO would wait for a writer, and
/// opening a device can have effects.
///
/// # Errors
///
/// [`FsError::NotAFile`], [`FsError::TooLarge`] or [`FsError::Io`].
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, FsError> {
    let failed = |error| FsError::io(Action::Read, path, error);
    require_file(path, &fs::metadata(path).map_err(failed)?)?;
    let file = open::for_reading(path).map_err(failed)?;
    // Again, because something else may have taken the name meanwhile.
    let metadata = file.metadata().map_err(failed)?;
    require_file(path, &metadata)?;
    read_open(&file, metadata.len(), path, max_bytes)
}

/// The text of the file at `path`, `max_bytes` at most, without a byte order mark.
///
/// # Errors
///
/// As [`read`], and [`FsError::NotUtf8`].
pub fn read_to_string(path: &Path, max_bytes: u64) -> Result<String, FsError> {
    let bytes = read(path, max_bytes)?;
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            let mark = text.len() - strip_bom(&text).len();
            text.drain(..mark);
            Ok(text)
        }
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = valid.split(|byte| *byte == b'\n').count();
            Err(FsError::NotUtf8 { path: path.to_path_buf(), line })
        }
    }
}

/// The text without a byte order mark at its beginning.
#[must_use]
pub fn strip_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn require_file(path: &Path, metadata: &fs::Metadata) -> Result<(), FsError> {
    match FileKind::of(metadata.file_type()) {
        FileKind::File => Ok(()),
        kind => Err(FsError::NotAFile { path: path.to_path_buf(), kind }),
    }
}

fn read_open(file: &File, size: u64, path: &Path, max: u64) -> Result<Vec<u8>, FsError> {
    let too_large = || FsError::TooLarge { path: path.to_path_buf(), max };
    if size > max {
        return Err(too_large());
    }
    // The file may grow while it is read.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(max.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(FsError::on(Action::Read, path))?;
    if bytes.len() as u64 > max { Err(too_large()) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{read, read_to_string};

    #[test]
    fn text() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "\u{feff}a\r\n\u{feff}").unwrap();
        assert_eq!(read_to_string(&file, 100).unwrap(), "a\r\n\u{feff}");
        fs::write(&file, b"one\ntwo \xff\n").unwrap();
        assert_eq!(
            read_to_string(&file, 100).unwrap_err().to_string(),
            format!("`{}` is not UTF-8 text: invalid byte in line 2", file.display())
        );
    }

    #[test]
    fn limit() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "12345").unwrap();
        assert_eq!(read(&file, 5).unwrap(), b"12345");
        assert_eq!(
            read(&file, 4).unwrap_err().to_string(),
            format!("`{}` is larger than 4 bytes", file.display())
        );
    }

    #[test]
    fn not_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            read(folder.path(), 5).unwrap_err().to_string(),
            format!("expected a file, but `{}` is a folder", folder.path().display())
        );
        let absent = read(&folder.path().join("absent"), 5).unwrap_err();
        assert!(absent.is_not_found());
    }

    #[cfg(unix)]
    #[test]
    fn pipes_sockets_and_devices_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for (path, kind) in [
            (pipe.as_path(), "a named pipe"),
            (&socket, "a socket"),
            (Path::new("/dev/zero"), "a device"),
        ] {
            assert_eq!(
                read(path, 5).unwrap_err().to_string(),
                format!("expected a file, but `{}` is {kind}", path.display())
            );
        }
    }

    /// `/proc` says that its files are empty.
    #[cfg(target_os = "linux")]
    #[test]
    fn size_is_counted_not_believed() {
        assert!(read(Path::new("/proc/self/status"), 10).is_err());
        assert!(!read(Path::new("/proc/self/status"), 1 << 20).unwrap().is_empty());
    }
}
