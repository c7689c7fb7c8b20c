use indexmap::IndexMap;
use toml_edit::TableLike;

use crate::fields::{Field, Fields, Reading, read_sources};
use crate::names::Kind;
use crate::resource::read_git;
use crate::url::{RemoteUrl, check_url};
use crate::version::{check_remote_name, check_version};

/// A named Helm chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Where it comes from.
    pub source: ChartSource,
    /// The line of the name in `husako.toml`, from 1.
    pub line: u32,
}

/// Where a Helm chart comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartSource {
    /// A chart repository with an `index.yaml`.
    Registry {
        /// The repository.
        repo: RemoteUrl,
        /// The chart's name in it.
        chart: String,
        /// The version, in full or in part (`16.4`).
        version: String,
    },
    /// An OCI registry.
    Oci {
        /// The reference without a tag, `oci://registry/repository`.
        reference: RemoteUrl,
        /// The version, in full or in part.
        version: String,
    },
    /// A package of `ArtifactHub`.
    ArtifactHub {
        /// `repository/package`.
        package: String,
        /// The version, in full or in part.
        version: String,
    },
    /// A chart folder, an archive, or a `values.schema.json`.
    File {
        /// The path as it is written: relative to the project's root.
        path: String,
    },
    /// A chart folder in a git repository.
    Git {
        /// The repository.
        repo: RemoteUrl,
        /// The tag.
        tag: String,
        /// The folder in it.
        path: String,
    },
}

impl ChartSource {
    /// The value of `source`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Registry { .. } => "registry",
            Self::Oci { .. } => "oci",
            Self::ArtifactHub { .. } => "artifacthub",
            Self::File { .. } => "file",
            Self::Git { .. } => "git",
        }
    }
}

const SOURCES: [&str; 5] = ["registry", "oci", "artifacthub", "file", "git"];

pub(crate) fn read(table: &dyn TableLike, reading: &mut Reading<'_>) -> IndexMap<String, Chart> {
    read_sources(Kind::Chart, table, reading, read_source)
        .into_iter()
        .map(|(name, (source, line))| (name, Chart { source, line }))
        .collect()
}

fn read_source(fields: &mut Fields<'_, '_, '_>, source: &Field<'_>) -> Option<ChartSource> {
    Some(match source.text {
        "registry" => {
            fields.only(&["source", "repo", "chart", "version"]);
            // Helm takes OCI registries as repositories too.
            let repo = fields.word("repo", |url| check_url(url, &["https", "http", "oci"]));
            let chart = fields.word("chart", check_remote_name);
            let version = fields.word("version", check_version);
            ChartSource::Registry { repo: RemoteUrl::new(&repo?), chart: chart?, version: version? }
        }
        "oci" => {
            fields.only(&["source", "reference", "version"]);
            let reference = fields.word("reference", |url| check_url(url, &["oci"]));
            let version = fields.word("version", check_version);
            ChartSource::Oci { reference: RemoteUrl::new(&reference?), version: version? }
        }
        "artifacthub" => {
            fields.only(&["source", "package", "version"]);
            let package = fields.word("package", check_package);
            let version = fields.word("version", check_version);
            ChartSource::ArtifactHub { package: package?, version: version? }
        }
        "file" => {
            fields.only(&["source", "path"]);
            ChartSource::File { path: fields.project_path()? }
        }
        "git" => {
            let (repo, tag, path) = read_git(fields)?;
            ChartSource::Git { repo, tag, path }
        }
        _ => {
            fields.unknown_source(source, &SOURCES);
            return None;
        }
    })
}

fn check_package(package: &str) -> Result<(), &'static str> {
    match package.split_once('/') {
        Some((_, name)) if !name.contains('/') => check_remote_name(package),
        _ => Err("expected `repository/package`"),
    }
}
