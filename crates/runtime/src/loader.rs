//! Where modules come from: the caller.

use std::error::Error;
use std::fmt;

use husako_diagnostics::{Diagnostic, ExitCode, Hint, SourceFrame};
use husako_value::Value;

/// Resolves and loads the modules of a program. `husako` and `husako/_base` are served by the
/// runtime and never asked for.
pub trait ModuleLoader {
    /// The id of the module that `importer` (the id of a module) imports as `specifier`. Modules
    /// with the same id are the same module; ids stand in stack frames.
    fn resolve(&self, importer: &str, specifier: &str) -> Result<String, LoadError>;

    /// What the module with the id is.
    fn load(&self, id: &str) -> Result<ModuleSource, LoadError>;

    /// What the factory `name` of a [`ModuleSource::Factories`] makes. Asked when a program first
    /// calls the factory, so that a program pays for the kinds that it uses.
    fn factory(&self, module: &str, name: &str) -> Option<FactoryDescription>;
}

/// What a module is.
#[derive(Clone, Debug)]
pub enum ModuleSource {
    /// A module of JavaScript.
    JavaScript(String),
    /// A value as default export, deeply frozen. Integers that a JavaScript number cannot hold are
    /// objects that read as the nearest number, and are written out exactly.
    Value(Value),
    /// A text as default export.
    Text(String),
    /// Exports of factories, each described by [`ModuleLoader::factory`].
    Factories {
        /// What to call the module when asking for a description.
        module: String,
        /// The exports. Those that are never imported may be left out.
        names: Vec<String>,
    },
}

/// What a factory makes: builders of a kind, or of a nested object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactoryDescription {
    /// `apiVersion` and `kind`, if it makes resources.
    pub kind: Option<(String, String)>,
    /// The properties of the object: of the resource as a whole, or of the nested object.
    pub properties: Vec<String>,
    /// The properties of `spec`, if it makes resources and their kind has a spec.
    pub spec: Option<Vec<String>>,
    /// The way to the pod spec, if the kind has one: `["spec", "template", "spec"]`.
    pub pod_spec: Option<Vec<String>>,
}

/// Why a module could not be resolved or loaded. It comes back as it is in
/// [`RuntimeError::Load`](crate::RuntimeError::Load), whatever JavaScript did with it in between.
pub struct LoadError(Box<dyn Diagnostic>);

impl LoadError {
    /// Wraps the caller's error.
    pub fn new(error: impl Diagnostic) -> Self {
        Self(Box::new(error))
    }

    /// The caller's error.
    #[must_use]
    pub fn get_ref(&self) -> &dyn Diagnostic {
        &*self.0
    }
}

impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for LoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl Diagnostic for LoadError {
    fn exit_code(&self) -> ExitCode {
        self.0.exit_code()
    }

    fn hints(&self) -> Vec<Hint> {
        self.0.hints()
    }

    fn frames(&self) -> Vec<SourceFrame> {
        self.0.frames()
    }
}
