use husako_fs::Digest;
use husako_source::{Context, Resolution, Resolving};

/// A source of Kubernetes schemas.
pub trait Source: Send + Sync + 'static {
    /// Finds out what the source is now, and gets its contents.
    fn resolve(&self, context: Context) -> Resolving<Resolved>;
}

/// What a source turned out to be.
#[derive(Debug)]
pub struct Resolved {
    /// What the lockfile keeps.
    pub resolution: Resolution,
    /// The schemas, not yet parsed.
    pub contents: Contents,
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

/// The digest of several files: of their names and contents, in order.
pub(crate) fn digest_of(texts: &[SourceText]) -> Digest {
    Digest::of_fields(texts.iter().flat_map(|text| [text.name.as_bytes(), text.text.as_bytes()]))
}
