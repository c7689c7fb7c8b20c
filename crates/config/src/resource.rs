use indexmap::IndexMap;
use toml_edit::TableLike;

use crate::cluster::{ClusterAccess, Clusters};
use crate::fields::{Field, Fields, Reading, read_sources};
use crate::names::Kind;
use crate::url::{RemoteUrl, check_git, check_url};
use crate::version::{check_tag, check_version};

/// A named source of Kubernetes schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Where they come from.
    pub source: ResourceSource,
    /// The line of the name in `husako.toml`, from 1.
    pub line: u32,
}

/// Where Kubernetes schemas come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceSource {
    /// The schemas in the binary.
    Builtin {
        /// The Kubernetes version; none means the one that is there.
        version: Option<String>,
    },
    /// The documents of a Kubernetes release.
    Release {
        /// The Kubernetes version, in full or in part (`1.35`).
        version: String,
    },
    /// What an API server serves.
    Cluster {
        /// Which one.
        access: ClusterAccess,
    },
    /// Custom resource definitions in a git repository.
    Git {
        /// The repository.
        repo: RemoteUrl,
        /// The tag.
        tag: String,
        /// The file or folder in it.
        path: String,
    },
    /// Custom resource definitions in a file or folder.
    File {
        /// The path as it is written: relative to the project's root.
        path: String,
    },
    /// Custom resource definitions behind a URL.
    Url {
        /// The URL.
        url: RemoteUrl,
    },
}

impl ResourceSource {
    /// The value of `source`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Builtin { .. } => "builtin",
            Self::Release { .. } => "release",
            Self::Cluster { .. } => "cluster",
            Self::Git { .. } => "git",
            Self::File { .. } => "file",
            Self::Url { .. } => "url",
        }
    }
}

const SOURCES: [&str; 6] = ["builtin", "release", "cluster", "git", "file", "url"];

pub(crate) fn read(
    table: &dyn TableLike,
    clusters: &Clusters,
    reading: &mut Reading<'_>,
) -> IndexMap<String, Resource> {
    read_sources(Kind::Resource, table, reading, |fields, source| {
        read_source(fields, source, clusters)
    })
    .into_iter()
    .map(|(name, (source, line))| (name, Resource { source, line }))
    .collect()
}

fn read_source(
    fields: &mut Fields<'_, '_, '_>,
    source: &Field<'_>,
    clusters: &Clusters,
) -> Option<ResourceSource> {
    Some(match source.text {
        "builtin" => {
            fields.only(&["source", "version"]);
            let given = fields.table.get("version").is_some();
            let version = fields.optional("version");
            let version = fields.checked("version", version, check_version);
            if given && version.is_none() {
                return None;
            }
            ResourceSource::Builtin { version: version.map(|field| field.text.to_owned()) }
        }
        "release" => {
            fields.only(&["source", "version"]);
            ResourceSource::Release { version: fields.word("version", check_version)? }
        }
        "cluster" => ResourceSource::Cluster { access: clusters.access(fields)? },
        "git" => {
            let (repo, tag, path) = read_git(fields)?;
            ResourceSource::Git { repo, tag, path }
        }
        "file" => {
            fields.only(&["source", "path"]);
            ResourceSource::File { path: fields.project_path()? }
        }
        "url" => {
            fields.only(&["source", "url"]);
            let url = fields.word("url", |url| check_url(url, &["https", "http"]))?;
            ResourceSource::Url { url: RemoteUrl::new(&url) }
        }
        _ => {
            fields.unknown_source(source, &SOURCES);
            return None;
        }
    })
}

/// The repository, tag and path of a source in git. All three are read before any is missed.
pub(crate) fn read_git(fields: &mut Fields<'_, '_, '_>) -> Option<(RemoteUrl, String, String)> {
    fields.only(&["source", "repo", "tag", "path"]);
    let repo = fields.word("repo", check_git);
    let tag = fields.word("tag", check_tag);
    let path = fields.repository_path();
    Some((RemoteUrl::new(&repo?), tag?, path?))
}
