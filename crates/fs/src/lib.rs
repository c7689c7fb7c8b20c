//! Everything of husako that changes the disk, and the careful ways to read from it.
//!
//! Nothing here knows what is stored. Three promises hold throughout:
//!
//! - **All or nothing.** [`write_atomic`] replaces a file and [`Staging::publish`] a whole folder,
//!   so that whoever looks, even after `kill -9`, finds the old content or the new one.
//! - **Nothing is left behind.** A failed write removes its temporary files; those of a killed
//!   process are swept by the next one ([`recover`]). All of them are called `.tmp-…`.
//! - **Nothing hangs.** Reads refuse FIFOs and devices and have a size limit; locks time out.
//!
//! The functions are synchronous; asynchronous callers run them in `spawn_blocking`.

#![cfg_attr(
    test,
    expect(clippy::disallowed_methods, reason = "tests write files without the care of the crate")
)]

mod atomic;
mod blobs;
mod contain;
mod digest;
mod error;
#[cfg(test)]
mod faults;
mod folder;
mod lock;
mod name;
mod open;
mod publish;
#[cfg(test)]
#[cfg(unix)]
mod publish_tests;
mod read;
mod recover;
mod staging;
mod walk;

#[cfg(not(test))]
mod faults {
    //! In tests this module stops or fails the process at named points; here it is nothing.
    pub(crate) const fn at(_point: &str) {}

    pub(crate) const fn refuse(_operation: &str) -> Option<std::io::Error> {
        None
    }
}

pub use atomic::{write_atomic, write_atomic_durable, write_if_changed};
pub use blobs::{Blob, Blobs};
pub use contain::{is_reserved_name, is_within, join_contained, normalize};
pub use digest::{Digest, ParseDigestError, content_digest};
pub use error::{Action, FileKind, FsError, IoCause};
pub use folder::{create_dir_all, remove_dir_all, remove_file};
pub use lock::{FileLock, LOCK_TIMEOUT_VARIABLE, LockMode, Wait};
pub use name::relative_name;
pub use read::{read, read_to_string, strip_bom};
pub use recover::recover;
pub use staging::Staging;
pub use walk::{WalkLimits, Walked, walk_files};
