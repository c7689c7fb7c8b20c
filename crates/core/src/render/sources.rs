//! The project's source files, compiled once for all entries.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use husako_compile::{CompileError, Compiled, compile};
use husako_diagnostics::{Diagnostic, ExitCode, Hint, Position, SourceFrame};
use husako_fs::{FsError, read_to_string};
use thiserror::Error;

/// The most that one source file may hold.
pub(crate) const MAX_SOURCE_BYTES: u64 = 16 * 1024 * 1024;

/// A source file and what it compiles to.
#[derive(Debug)]
pub(crate) struct SourceModule {
    /// The text as it stands in the file.
    pub(crate) text: String,
    /// The JavaScript, its source map and its imports.
    pub(crate) compiled: Compiled,
}

/// A source file cannot be used. Shared by all entries that import it.
#[derive(Clone, Debug, Error)]
pub(crate) enum SourceError {
    /// It cannot be read.
    #[error("failed to read `{name}`")]
    Read {
        name: String,
        #[source]
        source: Arc<FsError>,
    },
    /// It does not compile.
    #[error(transparent)]
    Compile(Arc<CompileError>),
}

impl Diagnostic for SourceError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Read { .. } => ExitCode::Runtime,
            Self::Compile(error) => error.exit_code(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Read { .. } => Vec::new(),
            Self::Compile(error) => error.hints(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match self {
            Self::Read { .. } => Vec::new(),
            Self::Compile(error) => error.frames(),
        }
    }
}

type Slot = Arc<OnceLock<Result<Arc<SourceModule>, SourceError>>>;

/// All source files that entries have asked for, by the id of their module.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    modules: Mutex<HashMap<String, Slot>>,
}

impl Sources {
    /// The module `id`, which is the file at `path`. Each file is read and compiled once, by
    /// whoever asks first; others wait for it.
    pub(crate) fn module(&self, id: &str, path: &Path) -> Result<Arc<SourceModule>, SourceError> {
        let slot = {
            let mut modules = self.modules.lock().unwrap_or_else(PoisonError::into_inner);
            match modules.get(id) {
                Some(slot) => Arc::clone(slot),
                None => Arc::clone(modules.entry(id.to_owned()).or_default()),
            }
        };
        slot.get_or_init(|| load(id, path).map(Arc::new)).clone()
    }

    /// The module `id`, if it was loaded.
    pub(crate) fn loaded(&self, id: &str) -> Option<Arc<SourceModule>> {
        let modules = self.modules.lock().unwrap_or_else(PoisonError::into_inner);
        modules.get(id)?.get()?.as_ref().ok().cloned()
    }

    /// The place in the TypeScript that a place in the JavaScript of a module comes from.
    pub(crate) fn original(&self, id: &str, line: u32, column: u32) -> Option<SourceFrame> {
        let module = self.loaded(id)?;
        let position = module.compiled.original(line, column)?;
        Some(frame(id, &module.text, position, 1))
    }
}

/// A piece of a source file.
pub(crate) fn frame(id: &str, text: &str, position: Position, length: u32) -> SourceFrame {
    SourceFrame {
        path: id.to_owned(),
        source: text.to_owned(),
        position,
        length,
        label: String::new(),
    }
}

fn load(id: &str, path: &Path) -> Result<SourceModule, SourceError> {
    let text = read_to_string(path, MAX_SOURCE_BYTES)
        .map_err(|source| SourceError::Read { name: id.to_owned(), source: Arc::new(source) })?;
    let compiled = compile(&text, id).map_err(|error| SourceError::Compile(Arc::new(error)))?;
    Ok(SourceModule { text, compiled })
}

/// The file of a module id: ids are paths as seen from the root.
pub(crate) fn path_of(root: &Path, id: &str) -> PathBuf {
    root.join(id)
}
