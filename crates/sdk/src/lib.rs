//! What ships in the binary for programs: the modules `husako` and `husako/_base` with their
//! declarations, the script that prepares a sandbox, and the templates of new projects.
//!
//! Text only, no logic: `husako-runtime` runs the JavaScript, the operations write the rest.

mod templates;

pub use templates::{TEMPLATES, Template, TemplateFile};

/// A module that programs can import.
#[derive(Clone, Copy, Debug)]
pub struct SdkModule {
    /// What an import names.
    pub specifier: &'static str,
    /// What runs.
    pub javascript: &'static str,
    /// What the type checker reads.
    pub declarations: &'static str,
}

/// The modules, each after those that it imports.
pub const MODULES: &[SdkModule] = &[
    SdkModule {
        specifier: "husako/_base",
        javascript: include_str!("base.js"),
        declarations: include_str!("base.d.ts"),
    },
    SdkModule {
        specifier: "husako",
        javascript: include_str!("husako.js"),
        declarations: include_str!("husako.d.ts"),
    },
];

/// A script that takes from a fresh context what would make a render depend on the machine.
///
/// It expects the functions of the host as the global `__husako`.
pub const SANDBOX: &str = include_str!("sandbox.js");

/// An expression whose value makes, of the engine's `Date`, one without a clock and a time zone.
pub const DATE: &str = include_str!("date.js");
