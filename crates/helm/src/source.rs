use std::path::PathBuf;
use std::pin::Pin;

use husako_fs::Digest;
use tokio_util::sync::CancellationToken;

use crate::SourceError;

/// Where a source works.
#[derive(Clone, Debug)]
pub struct Context {
    /// The project's folder: relative paths start there.
    pub root: PathBuf,
    /// Whether files outside the project may be read.
    pub allow_outside_root: bool,
    /// Ends the work early.
    pub cancel: CancellationToken,
}

/// A source of a Helm chart.
pub trait Source: Send + Sync + 'static {
    /// Finds out what the chart is now, and gets what describes its values.
    fn resolve(&self, context: Context) -> Resolving;
}

/// The work of [`Source::resolve`].
pub type Resolving = Pin<Box<dyn Future<Output = Result<Chart, SourceError>> + Send>>;

/// What a source turned out to be.
#[derive(Debug)]
pub struct Chart {
    /// What the lockfile keeps.
    pub resolution: Resolution,
    /// How messages call the schema file.
    pub name: String,
    /// The text of `values.schema.json`.
    pub schema: String,
}

/// What a source resolved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The kind of the source, as `husako.toml` says it.
    pub source: &'static str,
    /// The version, commit or path that was found.
    pub reference: String,
    /// The digest of the contents.
    pub digest: Digest,
}
