use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Action, FileKind, FsError};
use crate::{faults, open};

/// How temporary files and folders are called, so that they are known for what they are.
pub(crate) const TEMPORARY_PREFIX: &str = ".tmp-";

/// As many links as Linux follows.
const MAX_LINKS: usize = 40;

/// Replaces the content of the file at `path`, or makes it: readers see the old bytes or the new.
///
/// The bytes go to a temporary file in the same folder, which then takes the name. A symbolic link
/// at `path` is followed and stays a link; an existing file keeps its mode. Where `path` leads to a
/// pipe or a character device (`/dev/stdout`), the bytes are written to it. On an error the old
/// file is as it was, and no temporary file remains.
///
/// Nothing is synced to the medium. A kill of the process cannot harm, but a power cut within
/// seconds may leave an empty file on some file systems. What husako writes can be made again,
/// and waiting for the disk would make thousands of files slow; see [`write_atomic_durable`] for
/// the few that are worth it.
///
/// # Errors
///
/// [`FsError::NotAFile`] where a folder, a socket or a block device is in the way, else
/// [`FsError::Io`].
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FsError> {
    replace(path, bytes, Sync::No)
}

/// As [`write_atomic`], and survives a power cut: the bytes reach the medium before the name does.
///
/// For the files that a user edits or commits (`husako.toml`, `husako.lock`).
pub fn write_atomic_durable(path: &Path, bytes: &[u8]) -> Result<(), FsError> {
    replace(path, bytes, Sync::Yes)
}

/// As [`write_atomic`], but leaves a file alone that has these bytes already, so that its time of
/// change tells watchers and build tools the truth. Returns whether it wrote.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool, FsError> {
    let same_size = fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64);
    // A file that cannot be read is not known to be the same.
    if same_size && fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    write_atomic(path, bytes)?;
    Ok(true)
}

#[derive(Clone, Copy, PartialEq)]
enum Sync {
    Yes,
    No,
}

fn replace(path: &Path, bytes: &[u8], sync: Sync) -> Result<(), FsError> {
    // Before links are followed by hand: `/dev/stdout` leads to names such as `pipe:[4711]`.
    let existing = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(FsError::io(Action::Write, path, error)),
    };
    if let Some(metadata) = &existing {
        match FileKind::of(metadata.file_type()) {
            FileKind::File => {}
            FileKind::Fifo => return write_special(path, bytes),
            FileKind::Device if !is_block_device(metadata) => return write_special(path, bytes),
            kind => return Err(FsError::NotAFile { path: path.to_path_buf(), kind }),
        }
    }
    let target = follow_links(path).map_err(FsError::on(Action::Write, path))?;
    write_beside(&target, bytes, existing.as_ref(), sync).map_err(FsError::on(Action::Write, path))
}

fn write_beside(
    target: &Path,
    bytes: &[u8],
    existing: Option<&Metadata>,
    sync: Sync,
) -> io::Result<()> {
    // A bare name has the empty parent, which means the current folder.
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut temporary = create_temporary(folder)?;
    temporary.write_all(bytes)?;
    if let Some(metadata) = existing {
        temporary.as_file().set_permissions(metadata.permissions())?;
    }
    if sync == Sync::Yes {
        temporary.as_file().sync_all()?;
    }
    faults::at("written");
    // Dropping the temporary file inside the error removes it.
    temporary.persist(target).map_err(|error| error.error)?;
    if sync == Sync::Yes {
        sync_folder(folder)?;
    }
    Ok(())
}

/// A new file has the mode that the user's umask gives, not the private one of `tempfile`.
fn create_temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Makes a rename survive a power cut; systems that cannot sync a folder need not.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all().or_else(ignore_unsupported) } else { Ok(()) }
}

fn ignore_unsupported(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => Ok(()),
        _ => Err(error),
    }
}

fn write_special(path: &Path, bytes: &[u8]) -> Result<(), FsError> {
    open::special_for_writing(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(FsError::on(Action::Write, path))
}

#[cfg(unix)]
fn is_block_device(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    metadata.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_block_device(_metadata: &Metadata) -> bool {
    false
}

/// Where a chain of links ends, whether or not something is there.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.is_symlink() => {
                let next = fs::read_link(&target)?;
                // An absolute target replaces the folder.
                target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
            }
            Ok(_) => return Ok(target),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(target),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{write_atomic, write_atomic_durable, write_if_changed};
    use crate::error::FsError;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn makes_and_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        write_atomic(&file, b"one").unwrap();
        write_atomic_durable(&file, b"two").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn unchanged_files_keep_their_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        assert!(write_if_changed(&file, b"one").unwrap());
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        assert!(!write_if_changed(&file, b"one").unwrap());
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), time);
        assert!(write_if_changed(&file, b"two").unwrap());
        assert_eq!(fs::read(&file).unwrap(), b"two");
    }

    #[test]
    fn a_folder_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_atomic(folder.path(), b"x").unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("expected a file, but `{}` is a folder", folder.path().display())
        );
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("no/a.txt");
        let error = write_atomic(&file, b"x").unwrap_err();
        assert_eq!(error.to_string(), format!("failed to write `{}`", file.display()));
        assert!(error.is_not_found());
    }

    #[cfg(unix)]
    mod unix {
        use std::fs;
        use std::io::Read as _;
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        use std::path::Path;

        use super::{FsError, names, write_atomic};

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn keeps_the_mode() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("run.sh");
            fs::write(&file, "old").unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o754)).unwrap();
            write_atomic(&file, b"new").unwrap();
            assert_eq!(mode(&file), 0o754);

            // A new file has the mode of any other that this process makes.
            let plain = folder.path().join("plain");
            fs::write(&plain, "").unwrap();
            let fresh = folder.path().join("fresh");
            write_atomic(&fresh, b"").unwrap();
            assert_eq!(mode(&fresh), mode(&plain));
        }

        #[test]
        fn follows_links() {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            fs::create_dir(root.join("sub")).unwrap();
            fs::write(root.join("sub/real"), "old").unwrap();
            symlink("sub/real", root.join("second")).unwrap();
            symlink(root.join("second"), root.join("first")).unwrap();
            write_atomic(&root.join("first"), b"new").unwrap();
            assert_eq!(fs::read(root.join("sub/real")).unwrap(), b"new");
            assert!(fs::symlink_metadata(root.join("first")).unwrap().is_symlink());
            assert!(fs::symlink_metadata(root.join("second")).unwrap().is_symlink());

            symlink("sub/absent", root.join("dangling")).unwrap();
            write_atomic(&root.join("dangling"), b"made").unwrap();
            assert_eq!(fs::read(root.join("sub/absent")).unwrap(), b"made");
            assert_eq!(names(&root.join("sub")), ["absent", "real"]);

            symlink("loop", root.join("loop")).unwrap();
            assert!(write_atomic(&root.join("loop"), b"x").is_err());
        }

        /// `/dev/full` answers every write as a full disk does.
        #[cfg(target_os = "linux")]
        #[test]
        fn full_disk() {
            let error = write_atomic(Path::new("/dev/full"), b"x").unwrap_err();
            assert_eq!(error.to_string(), "failed to write `/dev/full`");
            assert_eq!(
                std::error::Error::source(&error).unwrap().to_string(),
                "no space left on device"
            );
        }

        #[test]
        fn devices_stay_devices() {
            write_atomic(Path::new("/dev/null"), b"x").unwrap();
            assert!(!fs::metadata("/dev/null").unwrap().is_file());
        }

        #[test]
        fn pipes_are_written_but_not_waited_for() {
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
            assert!(matches!(write_atomic(&pipe, b"x"), Err(FsError::Io { .. })));

            let reader = std::thread::spawn({
                let pipe = pipe.clone();
                move || {
                    let mut text = String::new();
                    fs::File::open(pipe).unwrap().read_to_string(&mut text).unwrap();
                    text
                }
            });
            while write_atomic(&pipe, b"hello").is_err() {
                std::thread::yield_now();
            }
            assert_eq!(reader.join().unwrap(), "hello");
        }

        #[test]
        fn nothing_is_left_when_the_name_cannot_be_taken() {
            let folder = tempfile::tempdir().unwrap();
            // The name fits, the temporary name beside it does too, but the target's is too long.
            let error = write_atomic(&folder.path().join("x".repeat(300)), b"x").unwrap_err();
            assert!(matches!(error, FsError::Io { .. }));
            assert!(names(folder.path()).is_empty());
        }
    }
}
