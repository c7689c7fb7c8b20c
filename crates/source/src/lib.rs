//! What all sources of schemas have in common, whatever they deliver.
//!
//! A source is told where it works ([`Context`]), says what it turned out to be
//! ([`Resolution`]), and fails as a [`SourceError`]. Work that blocks goes through [`blocking`].

mod context;
mod error;
mod resolution;

pub use context::Context;
pub use error::SourceError;
pub use resolution::{Resolution, Resolving, blocking};
