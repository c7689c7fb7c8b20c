//! What ships in the binary for programs: the modules `husako` and `husako/_base` with their
//! declarations, what they are built on, and the templates of new projects.
//!
//! Text only, no logic: `husako-runtime` runs the JavaScript, the operations write the rest.
//! QuickJS parses about 20 bytes in a microsecond, and does so for each entry: what is not needed
//! by most entries stands in a script of its own, which is parsed when it is needed.

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

/// The modules that programs can import.
pub const MODULES: &[SdkModule] = &[
    SdkModule {
        specifier: "husako",
        javascript: include_str!("husako.js"),
        declarations: include_str!("husako.d.ts"),
    },
    SdkModule {
        specifier: "husako/_base",
        javascript: include_str!("base.js"),
        declarations: include_str!("base.d.ts"),
    },
];

/// The path below the folder of types, and the text, of the declarations for files that are
/// imported as values. `husako.d.ts` refers to it.
pub const FILE_DECLARATIONS: (&str, &str) = ("husako/files.d.ts", include_str!("files.d.ts"));

/// What the modules of the SDK import the builders as. Programs cannot.
pub const CORE_SPECIFIER: &str = "husako:core";

/// The builders. This module and those of [`MODULES`] find the functions of the host in
/// `import.meta.host`.
pub const CORE: &str = include_str!("core.js");

/// An expression whose value makes, of what [`CORE`] has, what few programs need of the builders.
pub const RARE: &str = include_str!("rare.js");

/// An expression whose value makes, of the engine's `Date`, one without a clock and a time zone.
pub const DATE: &str = include_str!("date.js");

/// An expression whose value is the prototype of integers that a number cannot hold.
pub const EXACT: &str = include_str!("exact.js");
