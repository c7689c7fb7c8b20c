//! Getting at the file.

use std::fs;
use std::path::{Component, Path, PathBuf};

use husako_fs::{read_to_string, relative_name};

use crate::CONFIG_FILE;
use crate::config::Config;
use crate::error::ConfigError;

/// A configuration is written by hand; this is far beyond any.
const MAX_BYTES: u64 = 1024 * 1024;

impl Config {
    /// Reads the nearest `husako.toml` in `directory` or above it. The paths of the result are
    /// absolute.
    ///
    /// # Errors
    ///
    /// [`ConfigError::NotFound`], and those of [`Config::load`].
    pub fn find(directory: &Path) -> Result<Self, ConfigError> {
        let start = absolute(directory);
        let found = start
            .ancestors()
            .map(|folder| folder.join(CONFIG_FILE))
            // Whatever has the name is what the user means, even if it cannot be read.
            .find(|file| fs::symlink_metadata(file).is_ok());
        match found {
            Some(file) => Self::load(&file),
            None => Err(ConfigError::NotFound { directory: directory.to_path_buf() }),
        }
    }

    /// Reads the configuration file `path`. The paths of the result are absolute.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Read`], and those of [`Config::parse`].
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let path = absolute(path);
        let name = display_name(&path);
        match read_to_string(&path, MAX_BYTES) {
            Ok(text) => Self::parse_named(&text, &path, name),
            Err(source) => Err(ConfigError::Read { path: name, source }),
        }
    }
}

/// The path as seen from the root of the file system, without `..`.
fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if !absolute.components().any(|component| component == Component::ParentDir) {
        return absolute;
    }
    // After a link, `..` is not what its letters say.
    fs::canonicalize(&absolute).unwrap_or_else(|_| husako_fs::normalize(&absolute))
}

/// How messages call the file: from where the user stands, if that is in the project or above it.
fn display_name(path: &Path) -> String {
    match (std::env::current_dir(), path.parent()) {
        (Ok(here), Some(root)) if path.starts_with(&here) || here.starts_with(root) => {
            relative_name(&here, path)
        }
        _ => path.display().to_string(),
    }
}
