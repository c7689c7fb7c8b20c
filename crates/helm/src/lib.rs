//! Sources of Helm charts.
//!
//! A [`Source`] resolves to a [`Chart`]: what it turned out to be, with a digest, and the text of
//! its values schema. [`parse`] turns that into a model and is meant for a blocking thread.
//! Neither prints, nor knows the configuration.

mod file;
mod parse;
mod source;

pub use file::FileSource;
pub use parse::parse;
pub use source::{Chart, Source};
