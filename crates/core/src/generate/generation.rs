//! What the published types were made from: kept beside them, compared before the next run.

use std::path::PathBuf;

use husako_fs::{Digest, read_to_string};
use serde::{Deserialize, Serialize};

use crate::project::Project;

/// The version of the format of [`Generation`] and of everything that is published with it. Any
/// other version, older or newer, counts as never generated.
const FORMAT: u32 = 1;

/// The most that the file may hold.
const MAX_BYTES: u64 = 1024 * 1024;

/// What a set of published types was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Generation {
    format: u32,
    /// The version of husako: another one may write other types from the same schemas.
    husako: String,
    /// Where the Kubernetes schemas come from.
    pub(crate) kubernetes: Kubernetes,
    /// Each source in the order of the configuration: its name and what it resolved to.
    sources: Vec<(String, String)>,
}

/// Where the Kubernetes schemas come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kubernetes {
    /// From `[resources]`.
    Configured,
    /// From nowhere (`--skip-k8s`).
    Skipped,
    /// From a folder of OpenAPI documents (`--spec-dir`).
    SpecDir {
        /// The folder, absolute.
        directory: PathBuf,
    },
}

impl Generation {
    pub(crate) fn new(kubernetes: Kubernetes, sources: Vec<(String, String)>) -> Self {
        Self { format: FORMAT, husako: env!("CARGO_PKG_VERSION").to_owned(), kubernetes, sources }
    }

    /// What the published types were made from; none where there are none, or none that this
    /// version can use.
    pub(crate) fn read(project: &Project) -> Option<Self> {
        let text = read_to_string(&Self::path(project), MAX_BYTES).ok()?;
        let generation: Self = serde_json::from_str(&text).ok()?;
        (generation.format == FORMAT).then_some(generation)
    }

    /// The name of a source and what it resolved to.
    pub(crate) fn source(&self, name: &str) -> Option<(String, String)> {
        self.sources.iter().find(|(known, _)| known == name).cloned()
    }

    /// The file below the published folder.
    pub(crate) const FILE: &str = "generation.json";

    fn path(project: &Project) -> PathBuf {
        project.types().join(Self::FILE)
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Why types that were made from this are not those that are wanted.
    pub(crate) fn difference(&self, wanted: &Self) -> String {
        if self.husako != wanted.husako {
            return format!("husako {} made the old ones", self.husako);
        }
        let name_of = |source: &&(String, String)| format!("`{}` changed", source.0);
        let changed = wanted.sources.iter().find(|source| !self.sources.contains(source));
        let removed = self.sources.iter().find(|source| !wanted.sources.contains(source));
        changed
            .as_ref()
            .map(name_of)
            .or_else(|| removed.as_ref().map(name_of))
            .unwrap_or_else(|| "the sources changed".to_owned())
    }
}

/// The text by which [`Generation`] knows what a source resolved to.
pub(crate) fn source_text(source: &str, reference: &str, digest: &Digest) -> String {
    format!("{source} {reference} {digest}")
}
