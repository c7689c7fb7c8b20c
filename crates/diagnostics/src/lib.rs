//! How the program says what went wrong.
//!
//! Errors are values of the crate in which they arise. A remedy is data on the error ([`Hint`]);
//! [`report`] renders an error, its causes and its remedies in one place. Nothing here prints.

mod exit_code;
mod frame;
mod redact;
mod report;
mod text;

pub use exit_code::ExitCode;
pub use frame::{Position, SourceFrame};
pub use redact::redact_url;
pub use report::{Diagnostic, Hint, Style, report, warning};
pub use text::{list, nearest, plural, strip_controls};
