//! The operations of husako, one per module, for any front end.
//!
//! - [`generate`]: sources are resolved concurrently, parsed into one model, written as types and a
//!   store, and published as one unit; the lockfile last.
//! - [`render`]: entries are compiled, run in a sandbox, validated and written, many at once.
//! - [`new_project`], [`init_project`], [`clean`].
//!
//! Operations own their tasks: when one returns, by success, error or cancellation, none of its
//! tasks is alive (only what is being freed in the background is). They report [`Event`]s and
//! print nothing.

mod background;
mod clean;
mod events;
mod generate;
mod project;
mod render;
mod scaffold;
mod tasks;
mod tsconfig;

pub use clean::{CleanError, clean};
pub use events::{Event, Reporter, Silent};
pub use generate::{GenerateError, GenerateOptions, Generated, generate};
pub use husako_runtime::Limits;
pub use project::Project;
pub use render::{
    Entry, EntryError, EntryFailure, Format, OutputError, RenderError, RenderOptions, SelectError,
    Sink, WriteError, render,
};
pub use scaffold::{ScaffoldError, init_project, new_project};

/// The version of the Kubernetes schemas in the binary, such as `1.37`.
pub const KUBERNETES_VERSION: &str = husako_openapi::KUBERNETES_VERSION;
