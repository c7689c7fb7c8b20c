//! Opening files without the surprises that a path may hold.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens for reading; does not wait for a writer of a FIFO, nor adopt a terminal.
pub(crate) fn for_reading(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        set_flags(&mut options, OFlags::NONBLOCK | OFlags::NOCTTY);
    }
    options.open(path)
}

/// Opens something that is neither file nor folder for writing; a FIFO without a reader is an
/// error, not a wait.
pub(crate) fn special_for_writing(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
        set_flags(&mut options, OFlags::NONBLOCK | OFlags::NOCTTY);
        let file = options.open(path)?;
        // With a reader present, writes may take their time.
        let flags = fcntl_getfl(&file)?;
        fcntl_setfl(&file, flags & !OFlags::NONBLOCK)?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// Opens a lock file for reading and writing, making it where it is absent.
///
/// A symbolic link is refused: in a hostile checkout it could lead to any file of the user, which
/// would then be overwritten with a process id.
pub(crate) fn lock_file(path: &Path, create: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(create).truncate(false);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        set_flags(&mut options, OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY);
    }
    options.open(path)
}

#[cfg(unix)]
fn set_flags(options: &mut OpenOptions, flags: rustix::fs::OFlags) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.custom_flags(flags.bits().cast_signed());
}
