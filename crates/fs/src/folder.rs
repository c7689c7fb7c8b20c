use std::fs;
use std::io;
use std::path::Path;

use crate::error::{Action, FileKind, FsError};

/// Makes the folder and those above it, where they are absent.
pub fn create_dir_all(path: &Path) -> Result<(), FsError> {
    match fs::create_dir_all(path) {
        Ok(()) => Ok(()),
        Err(error) => match fs::metadata(path) {
            Ok(metadata) if !metadata.is_dir() => Err(FsError::NotAFolder {
                path: path.to_path_buf(),
                kind: FileKind::of(metadata.file_type()),
            }),
            _ => Err(FsError::io(Action::Create, path, error)),
        },
    }
}

/// Deletes the folder and what is in it. Returns whether there was one.
///
/// Links are deleted, never followed, at `path` itself too.
pub fn remove_dir_all(path: &Path) -> Result<bool, FsError> {
    match remove_tree(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(FsError::io(Action::Remove, path, error)),
    }
}

/// Deletes the file. Returns whether there was one.
pub fn remove_file(path: &Path) -> Result<bool, FsError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(FsError::io(Action::Remove, path, error)),
    }
}

/// Deletes a folder with its content, or a link to one.
#[expect(clippy::disallowed_methods, reason = "this crate is the one that touches the disk")]
pub(crate) fn remove_tree(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_symlink() {
        // On Windows a link to a folder is removed as a folder.
        return fs::remove_file(path).or_else(|_| fs::remove_dir(path));
    }
    fs::remove_dir_all(path)
}

/// Gives `from` the name `to`.
///
/// On Windows a folder cannot be moved while anybody, such as an editor or a virus scanner, has a
/// file in it open; that often lasts only a moment, so it is tried for half a second.
#[expect(clippy::disallowed_methods, reason = "this crate is the one that touches the disk")]
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut result = fs::rename(from, to);
    if cfg!(windows) {
        for _ in 0..10 {
            if !matches!(&result, Err(error) if error.kind() == io::ErrorKind::PermissionDenied) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
            result = fs::rename(from, to);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{create_dir_all, remove_dir_all, remove_file};

    #[test]
    fn folders() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        create_dir_all(&deep).unwrap();
        create_dir_all(&deep).unwrap();
        fs::write(deep.join("file"), "").unwrap();
        assert_eq!(
            create_dir_all(&deep.join("file")).unwrap_err().to_string(),
            format!("expected a folder, but `{}` is a file", deep.join("file").display())
        );
        assert!(remove_file(&deep.join("file")).unwrap());
        assert!(!remove_file(&deep.join("file")).unwrap());
        assert!(remove_dir_all(&folder.path().join("a")).unwrap());
        assert!(!remove_dir_all(&folder.path().join("a")).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let precious = folder.path().join("precious");
        create_dir_all(&precious).unwrap();
        fs::write(precious.join("file"), "").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&precious, &link).unwrap();
        assert!(remove_dir_all(&link).unwrap());
        assert!(precious.join("file").exists());
        assert!(fs::symlink_metadata(&link).is_err());
    }
}
