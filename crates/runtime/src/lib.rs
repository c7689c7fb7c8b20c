//! The sandbox that runs compiled entries and takes what they build.
//!
//! QuickJS runs each entry in a fresh context, under a deadline, a heap limit and a stack limit;
//! an engine that hit a limit is thrown away. All modules come through a [`ModuleLoader`]: there
//! is no file system, network, environment, process, timer, clock or source of randomness inside.
//! What an entry hands over is walked natively into [`husako_value::Value`]s, strictly: a value
//! that a document cannot hold is refused with the document and the path.
//!
//! Nothing here knows validation, files or TypeScript. `eval` and `Function` stay: libraries use
//! them to find the global object, and they can do nothing that other code cannot.

mod capture;
mod console;
mod error;
mod exception;
mod host;
mod inject;
mod limits;
mod loader;
mod modules;
mod runtime;
mod sandbox;
mod session;
mod watch;

pub use console::{ConsoleLine, Level};
pub use error::{ContractError, Limit, RuntimeError, StackFrame, Thrown};
pub use limits::Limits;
pub use loader::{FactoryDescription, LoadError, ModuleLoader, ModuleSource};
pub use runtime::{Options, Output, Runtime};
pub use watch::Cancellation;

#[cfg(test)]
mod tests;
