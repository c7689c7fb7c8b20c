//! `husako.toml`, what the user wants, and `husako.lock`, what it resolved to.
//!
//! Both are read strictly: an unknown key, a name that could not be a file or a module, or a
//! version with odd characters is an error at its line and column, and all errors of a file are
//! reported together. Secrets in URLs are in no message, no source frame and no lockfile.

mod chart;
mod cluster;
mod config;
mod entry;
mod error;
mod fields;
mod find;
mod lock;
mod lock_error;
mod names;
mod path;
mod plugin;
mod problem;
mod resource;
mod secrets;
mod text;
mod url;
mod version;

pub use chart::{Chart, ChartSource};
pub use cluster::ClusterAccess;
pub use config::Config;
pub use entry::Entry;
pub use error::{ConfigError, InvalidConfig, SyntaxError};
pub use lock::{LOCK_VERSION, Lock, LockedSource};
pub use lock_error::{LockError, LockErrorKind};
pub use plugin::{Plugin, PluginSource};
pub use resource::{Resource, ResourceSource};
pub use url::RemoteUrl;

/// How the configuration file is called.
pub const CONFIG_FILE: &str = "husako.toml";

/// How the lockfile is called; it stands beside the configuration.
pub const LOCK_FILE: &str = "husako.lock";
