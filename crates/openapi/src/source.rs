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

/// A source of Kubernetes schemas.
pub trait Source: Send + Sync + 'static {
    /// Finds out what the source is now, and gets its contents.
    fn resolve(&self, context: Context) -> Resolving;
}

/// The work of [`Source::resolve`].
pub type Resolving = Pin<Box<dyn Future<Output = Result<Resolved, SourceError>> + Send>>;

/// What a source turned out to be.
#[derive(Debug)]
pub struct Resolved {
    /// What the lockfile keeps.
    pub resolution: Resolution,
    /// The schemas, not yet parsed.
    pub contents: Contents,
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

/// The schemas of a source, not yet parsed.
#[derive(Debug)]
pub enum Contents {
    /// Those in the binary.
    Builtin,
    /// OpenAPI v3 documents.
    OpenApi(Vec<SourceText>),
    /// YAML or JSON files with custom resource definitions.
    CustomResources(Vec<SourceText>),
}

/// A document and how messages call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// Its path, relative to the project.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// Runs blocking work, and names a panic in it.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SourceError> + Send + 'static,
) -> Result<T, SourceError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(SourceError::Internal(error.to_string())),
    }
}

/// The file or folder that `path` names, inside the project unless the context allows more.
pub(crate) fn locate(path: &str, context: &Context) -> Result<PathBuf, SourceError> {
    let full = context.root.join(path);
    if context.allow_outside_root {
        return Ok(full);
    }
    husako_fs::join_contained(&context.root, path)
        .map_err(|source| SourceError::Outside { path: path.to_owned(), source })
}

/// The digest of several files: of their names and contents, in order.
pub(crate) fn digest_of(texts: &[SourceText]) -> Digest {
    Digest::of_fields(texts.iter().flat_map(|text| [text.name.as_bytes(), text.text.as_bytes()]))
}

/// The most that one file of schemas may hold.
pub(crate) const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
