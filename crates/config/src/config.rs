use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use toml_edit::{Document, TableLike};

use crate::chart::{self, Chart};
use crate::cluster::Clusters;
use crate::entry::{self, Entry};
use crate::error::{ConfigError, InvalidConfig, SyntaxError};
use crate::fields::{Reading, describe, key_span};
use crate::plugin::{self, Plugin};
use crate::problem::Problem;
use crate::resource::{self, Resource};
use crate::text::{Text, shown};

/// What a `husako.toml` says, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file.
    pub path: PathBuf,
    /// The folder of the file, which is the project's root.
    pub root: PathBuf,
    /// The files that render, by alias.
    pub entries: IndexMap<String, Entry>,
    /// The sources of Kubernetes schemas by name; `None` without a `[resources]` section, which
    /// means those in the binary.
    pub resources: Option<IndexMap<String, Resource>>,
    /// The Helm charts by name.
    pub charts: IndexMap<String, Chart>,
    /// The plugins by name.
    pub plugins: IndexMap<String, Plugin>,
    /// Whether files outside the root may be read.
    pub allow_outside_root: bool,
    /// What the user should know, though it is no error.
    pub warnings: Vec<String>,
}

const KEYS: [&str; 8] = [
    "entries",
    "resources",
    "charts",
    "plugins",
    "allow_outside_root",
    "cluster",
    "clusters",
    "schemas",
];

impl Config {
    /// Reads the text of the file `path`, which is not looked at.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Syntax`], or [`ConfigError::Invalid`] with everything that is wrong.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        Self::parse_named(text, path, path.display().to_string())
    }

    pub(crate) fn parse_named(text: &str, path: &Path, name: String) -> Result<Self, ConfigError> {
        let text = Text { name, text: husako_fs::strip_bom(text).to_owned() };
        let document =
            Document::parse(text.text.as_str()).map_err(|error| ConfigError::Syntax {
                path: text.name.clone(),
                source: Box::new(SyntaxError::new(&error, &text)),
            })?;
        let mut reading = Reading { text: &text, allow_outside_root: false, problems: Vec::new() };
        let config = read(document.as_table(), path, &mut reading);
        let mut problems = reading.problems;
        if problems.is_empty() {
            return Ok(config);
        }
        problems.sort_by_key(|problem| problem.places.first().map(|(span, _)| span.start));
        Err(ConfigError::Invalid(Box::new(InvalidConfig { text, problems })))
    }
}

fn read(root: &dyn TableLike, path: &Path, reading: &mut Reading<'_>) -> Config {
    for (key, item) in root.iter() {
        if !KEYS.contains(&key) {
            let span = key_span(root, key, &item.span().unwrap_or_default());
            let problem = Problem::new(format!("unknown key `{}`", shown(key)), span);
            reading.problems.push(problem.suggest(key, &KEYS));
        }
    }
    // First, because it decides on the paths of all that follows.
    reading.allow_outside_root = read_flag(root, reading);
    let clusters = Clusters::read(root, reading);
    let mut warnings = Vec::new();
    let resources = resources_key(root, reading, &mut warnings);
    Config {
        path: path.to_path_buf(),
        root: path.parent().unwrap_or(Path::new("")).to_path_buf(),
        entries: section(root, "entries", reading)
            .map(|table| entry::read(table, reading))
            .unwrap_or_default(),
        resources: resources
            .and_then(|key| section(root, key, reading))
            .map(|table| resource::read(table, &clusters, reading)),
        charts: section(root, "charts", reading)
            .map(|table| chart::read(table, reading))
            .unwrap_or_default(),
        plugins: section(root, "plugins", reading)
            .map(|table| plugin::read(table, reading))
            .unwrap_or_default(),
        allow_outside_root: reading.allow_outside_root,
        warnings,
    }
}

fn section<'i>(
    root: &'i dyn TableLike,
    key: &str,
    reading: &mut Reading<'_>,
) -> Option<&'i dyn TableLike> {
    let item = root.get(key)?;
    reading.table(&format!("`[{key}]`"), item, &key_span(root, key, &(0..0)))
}

fn read_flag(root: &dyn TableLike, reading: &mut Reading<'_>) -> bool {
    const KEY: &str = "allow_outside_root";
    let Some(item) = root.get(KEY) else { return false };
    item.as_bool().unwrap_or_else(|| {
        let message = format!("expected `true` or `false` for `{KEY}`, found {}", describe(item));
        let span = item.span().unwrap_or_else(|| key_span(root, KEY, &(0..0)));
        reading.problems.push(Problem::new(message, span));
        false
    })
}

/// How the section of resources is called in this file.
fn resources_key(
    root: &dyn TableLike,
    reading: &mut Reading<'_>,
    warnings: &mut Vec<String>,
) -> Option<&'static str> {
    let span = |key| key_span(root, key, &(0..0));
    match (root.get("resources"), root.get("schemas")) {
        (Some(_), Some(_)) => {
            reading.problems.push(
                Problem::new(
                    "both `[resources]` and its old name `[schemas]` are given",
                    span("schemas"),
                )
                .also(span("resources"), "the other is here")
                .hint("move what is in `[schemas]` to `[resources]`"),
            );
            Some("resources")
        }
        (Some(_), None) => Some("resources"),
        (None, Some(_)) => {
            let line = reading.text.line(span("schemas").start);
            warnings.push(format!(
                "`[schemas]` in line {line} of `{}` is the old name of `[resources]`",
                reading.text.name
            ));
            Some("schemas")
        }
        (None, None) => None,
    }
}
