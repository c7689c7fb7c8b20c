use indexmap::IndexMap;
use toml_edit::TableLike;

use crate::fields::{Field, Fields, Reading, read_sources};
use crate::names::Kind;
use crate::url::{RemoteUrl, check_git};
use crate::version::check_tag;

/// A named plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    /// Where it comes from.
    pub source: PluginSource,
    /// The line of the name in `husako.toml`, from 1.
    pub line: u32,
}

/// Where a plugin comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PluginSource {
    /// A folder.
    Path {
        /// The path as it is written: relative to the project's root.
        path: String,
    },
    /// A git repository.
    Git {
        /// The repository.
        url: RemoteUrl,
        /// The tag; none means the default branch.
        tag: Option<String>,
    },
}

impl PluginSource {
    /// The value of `source`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Path { .. } => "path",
            Self::Git { .. } => "git",
        }
    }
}

pub(crate) fn read(table: &dyn TableLike, reading: &mut Reading<'_>) -> IndexMap<String, Plugin> {
    read_sources(Kind::Plugin, table, reading, read_source)
        .into_iter()
        .map(|(name, (source, line))| (name, Plugin { source, line }))
        .collect()
}

fn read_source(fields: &mut Fields<'_, '_, '_>, source: &Field<'_>) -> Option<PluginSource> {
    Some(match source.text {
        "path" => {
            fields.only(&["source", "path"]);
            PluginSource::Path { path: fields.project_path()? }
        }
        "git" => {
            fields.only(&["source", "url", "tag"]);
            let url = fields.word("url", check_git);
            let tag = fields.optional("tag");
            let tag = fields.checked("tag", tag, check_tag);
            PluginSource::Git {
                url: RemoteUrl::new(&url?),
                tag: tag.map(|field| field.text.to_owned()),
            }
        }
        _ => {
            fields.unknown_source(source, &["path", "git"]);
            return None;
        }
    })
}
