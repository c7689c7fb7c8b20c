//! One thin file per command.

pub(crate) mod check;
pub(crate) mod clean;
pub(crate) mod completions;
pub(crate) mod generate;
pub(crate) mod init;
pub(crate) mod new;
pub(crate) mod render;
pub(crate) mod version;
