//! TypeScript to JavaScript, with a source map and the list of what a module imports.
//!
//! The compiler is [oxc](https://oxc.rs). Types are stripped, and the syntax that TypeScript adds
//! (enums, namespaces, parameter properties) is translated; everything else stays as it is, since
//! the engine (QuickJS-ng) knows the current language.
//!
//! Invariants:
//! - Pure: no file is touched, and the same source gives the same JavaScript.
//! - Any error of the parser or of the semantic analysis is an error, those from which the parser
//!   recovers included. All are reported at once.
//! - A number that JavaScript would read as another number is an error.
//! - No source overflows the stack, however it nests (see `nesting`).
//! - Places are lines and columns of the source as it was given, both from 1, columns in Unicode
//!   scalar values.

mod clashes;
mod compiler;
mod error;
mod import;
mod inspect;
mod nesting;
mod number;
mod places;
mod source_kind;
mod source_map;
mod stack;
mod wording;

pub use compiler::{Compiled, Compiler, compile};
pub use error::{CompileError, InvalidSource, Problem, Related, Unsupported};
pub use import::{Import, ImportNames};
pub use source_map::SourceMap;
