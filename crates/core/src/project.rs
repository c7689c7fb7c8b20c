//! A project on disk: its root, its configuration, and what is generated for it.

use std::path::{Path, PathBuf};

use husako_config::{Config, ConfigError};

/// A project: the folder of a `husako.toml`, and what that says.
#[derive(Debug)]
pub struct Project {
    /// The folder of `husako.toml`, absolute, with all links followed.
    pub root: PathBuf,
    /// What `husako.toml` says.
    pub config: Config,
}

impl Project {
    /// Opens the project that `directory` belongs to: the nearest `husako.toml` in it or above it.
    pub fn open(directory: &Path) -> Result<Self, ConfigError> {
        let config = Config::find(directory)?;
        // Modules are called by their real path as seen from the root.
        let root = config.root.canonicalize().unwrap_or_else(|_| config.root.clone());
        Ok(Self { root, config })
    }

    /// The folder that is published as one unit: types, and the store that rendering reads.
    pub(crate) fn types(&self) -> PathBuf {
        self.state().join("types")
    }

    /// The folder of everything that husako makes for the project and git ignores.
    pub(crate) fn state(&self) -> PathBuf {
        self.root.join(".husako")
    }

    /// The settings of TypeScript, of which husako keeps a part.
    pub(crate) fn tsconfig(&self) -> PathBuf {
        self.root.join("tsconfig.json")
    }

    /// The lockfile.
    pub(crate) fn lockfile(&self) -> PathBuf {
        self.root.join(husako_config::LOCK_FILE)
    }

    /// How messages call a file: relative to the project, with `/`; with `../` where it is outside.
    pub(crate) fn display(&self, path: &Path) -> String {
        husako_fs::relative_name(&self.root, path)
    }
}
