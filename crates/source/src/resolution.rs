use std::pin::Pin;

use husako_fs::Digest;

use crate::SourceError;

/// What a source resolved to, as the lockfile keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The kind of the source, as `husako.toml` says it.
    pub source: &'static str,
    /// The version, commit or path that was found.
    pub reference: String,
    /// The digest of the contents.
    pub digest: Digest,
}

/// The work of resolving a source.
pub type Resolving<T> = Pin<Box<dyn Future<Output = Result<T, SourceError>> + Send>>;

/// Does work that blocks on a thread for such work. A panic in it is an internal error.
pub fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SourceError> + Send + 'static,
) -> Resolving<T> {
    Box::pin(async move {
        match tokio::task::spawn_blocking(work).await {
            Ok(result) => result,
            Err(error) => Err(SourceError::Internal(error.to_string())),
        }
    })
}
