//! Sources of Kubernetes schemas.
//!
//! A [`Source`] resolves to [`Resolved`]: what it turned out to be, with a digest, and its
//! contents as bytes. Resolving is asynchronous I/O and cheap where nothing changed; [`parse`]
//! turns the contents of all sources into one model and is meant for a blocking thread. Neither
//! prints, nor knows the configuration.

mod builtin;
mod error;
mod file;
mod parse;
mod source;
mod spec_dir;

pub use builtin::Builtin;
pub use error::ParseError;
pub use file::FileSource;
pub use husako_builtin::KUBERNETES_VERSION;
pub use parse::parse;
pub use source::{Contents, Resolved, Source, SourceText};
pub use spec_dir::SpecDir;
