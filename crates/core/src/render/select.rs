//! Which entries are meant: aliases, files, globs, or all.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSetBuilder};
use husako_diagnostics::{Diagnostic, ExitCode, Hint, list, nearest};
use husako_fs::is_within;
use thiserror::Error;

use super::imports::{Bounds, FileKind};
use crate::project::Project;

/// An entry to render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in `[entries]`, if it was named so.
    pub alias: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// How messages call the file: relative to the project, with `/`.
    pub name: String,
}

impl Entry {
    /// The path of its output below an output folder, without extension.
    #[must_use]
    pub fn output_stem(&self) -> String {
        self.alias.clone().unwrap_or_else(|| {
            let stem = match self.name.rsplit_once('.') {
                Some((stem, extension)) if !extension.contains('/') => stem,
                _ => &self.name,
            };
            // An entry outside the project still gets its file inside the folder.
            stem.split('/').filter(|part| *part != "..").collect::<Vec<_>>().join("/")
        })
    }
}

/// What the user asked for cannot be found.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SelectError {
    /// Nothing was named, and there is not exactly one entry.
    #[error("no entry given")]
    NoneGiven {
        /// The aliases that there are.
        aliases: Vec<String>,
    },
    /// `--all` without entries.
    #[error("`husako.toml` has no `[entries]`")]
    NoEntries,
    /// Neither an alias nor a file.
    #[error("no entry or file `{name}`")]
    NotFound {
        /// What was asked for.
        name: String,
        /// The most similar alias.
        nearest: Option<String>,
        /// The aliases that there are.
        aliases: Vec<String>,
    },
    /// An alias whose file is not there.
    #[error("entry `{alias}` names a file that does not exist: `{path}`")]
    Missing {
        /// The alias.
        alias: String,
        /// The file, as `husako.toml` says it.
        path: String,
    },
    /// The file is outside the project, and that is not allowed.
    #[error("entry `{name}` is outside the project")]
    Outside {
        /// The file, as seen from the project.
        name: String,
    },
    /// The file is no program.
    #[error("entry `{name}` is not a TypeScript or JavaScript module")]
    NotAModule {
        /// The file, as seen from the project.
        name: String,
    },
    /// The glob cannot be read.
    #[error("invalid glob `{glob}`: {reason}")]
    InvalidGlob {
        /// What was asked for.
        glob: String,
        /// Why.
        reason: String,
    },
    /// The glob matches no file.
    #[error("no file matches `{0}`")]
    NoMatch(String),
}

impl Diagnostic for SelectError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Config
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NotFound { nearest: Some(name), .. } => vec![Hint::did_you_mean(name)],
            Self::NoneGiven { aliases } | Self::NotFound { aliases, .. } if !aliases.is_empty() => {
                vec![Hint::new(format!(
                    "name an entry or a file, or use `--all`; the entries are {}",
                    list(aliases.iter().map(String::as_str), 10)
                ))]
            }
            Self::NoneGiven { .. } => {
                vec![Hint::new("name a file, such as `husako render main.ts`")]
            }
            Self::NoEntries => {
                vec![Hint::new("add entries, such as `dev = \"env/dev.ts\"`, below `[entries]`")]
            }
            Self::Outside { .. } => vec![Hint::new(
                "use `--allow-outside-root`, or set `allow_outside_root = true` at the top of `husako.toml`",
            )],
            Self::NotAModule { .. } => {
                vec![Hint::new("entries end in `.ts`, `.mts`, `.js` or `.mjs`")]
            }
            Self::InvalidGlob { .. }
            | Self::Missing { .. }
            | Self::NotFound { .. }
            | Self::NoMatch(_) => Vec::new(),
        }
    }
}

/// The entries that `names` mean, each once, in the order given; globs in the order of their paths.
pub(crate) fn select(
    project: &Project,
    directory: &Path,
    names: &[String],
    all: bool,
) -> Result<Vec<Entry>, SelectError> {
    let aliases = || project.config.entries.keys().cloned().collect::<Vec<_>>();
    let mut entries: Vec<Entry> = Vec::new();
    if all || (names.is_empty() && project.config.entries.len() == 1) {
        if project.config.entries.is_empty() {
            return Err(SelectError::NoEntries);
        }
        for alias in project.config.entries.keys() {
            entries.push(by_alias(project, alias)?);
        }
        return Ok(entries);
    }
    if names.is_empty() {
        return Err(SelectError::NoneGiven { aliases: aliases() });
    }
    for name in names {
        if project.config.entries.contains_key(name) {
            push_new(&mut entries, by_alias(project, name)?);
        } else if let Some(path) = existing_file(directory, name) {
            push_new(&mut entries, by_path(project, path));
        } else if name.contains(['*', '?', '[', '{']) {
            for path in by_glob(directory, name)? {
                push_new(&mut entries, by_path(project, path));
            }
        } else {
            let aliases = aliases();
            let nearest = nearest(name, aliases.iter().map(String::as_str)).map(str::to_owned);
            return Err(SelectError::NotFound { name: name.clone(), nearest, aliases });
        }
    }
    Ok(entries)
}

/// Refuses entries that are no programs, or outside of where files may be.
pub(crate) fn check(entries: &[Entry], bounds: &Bounds) -> Result<(), SelectError> {
    for entry in entries {
        let name = entry.name.clone();
        if FileKind::of(&entry.path) != FileKind::Module {
            return Err(SelectError::NotAModule { name });
        }
        if !bounds.allow_outside && !is_within(&bounds.root, &entry.path) {
            return Err(SelectError::Outside { name });
        }
    }
    Ok(())
}

fn push_new(entries: &mut Vec<Entry>, entry: Entry) {
    if entries.iter().all(|known| known.path != entry.path || known.alias != entry.alias) {
        entries.push(entry);
    }
}

fn by_alias(project: &Project, alias: &str) -> Result<Entry, SelectError> {
    let relative = &project.config.entries[alias].path;
    let path = project.root.join(relative);
    if !path.is_file() {
        return Err(SelectError::Missing { alias: alias.to_owned(), path: relative.clone() });
    }
    Ok(Entry { alias: Some(alias.to_owned()), name: project.display(&path), path })
}

fn by_path(project: &Project, path: PathBuf) -> Entry {
    Entry { alias: None, name: project.display(&path), path }
}

fn existing_file(directory: &Path, name: &str) -> Option<PathBuf> {
    let path = directory.join(name);
    path.is_file().then(|| std::path::absolute(&path).unwrap_or(path))
}

/// Files below `directory` that match, sorted. Hidden folders and `node_modules` are not entered,
/// and links are not followed.
fn by_glob(directory: &Path, glob: &str) -> Result<Vec<PathBuf>, SelectError> {
    let invalid = |error: globset::Error| SelectError::InvalidGlob {
        glob: glob.to_owned(),
        reason: error.kind().to_string(),
    };
    let pattern = glob.strip_prefix("./").unwrap_or(glob);
    let matcher = GlobBuilder::new(pattern).literal_separator(true).build().map_err(invalid)?;
    let set = GlobSetBuilder::new().add(matcher).build().map_err(invalid)?;
    let mut files = Vec::new();
    let walk =
        walkdir::WalkDir::new(directory).sort_by_file_name().into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0
                || !(entry.file_type().is_dir()
                    && (name.starts_with('.') || name == "node_modules"))
        });
    for entry in walk.filter_map(Result::ok) {
        if !entry.file_type().is_file() {
            continue;
        }
        if let Ok(relative) = entry.path().strip_prefix(directory)
            && set.is_match(relative)
            && !relative.to_string_lossy().ends_with(".d.ts")
        {
            files.push(
                std::path::absolute(entry.path()).unwrap_or_else(|_| entry.path().to_owned()),
            );
        }
    }
    if files.is_empty() {
        return Err(SelectError::NoMatch(glob.to_owned()));
    }
    Ok(files)
}
