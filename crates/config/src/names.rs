//! The names that a user gives to sources and entries.
//!
//! Names of sources become parts of module specifiers and of file names, on every system.

use std::fmt;
use std::ops::Range;

use indexmap::IndexMap;

use crate::problem::Problem;
use crate::text::shown;

/// Longer names do not fit into a file name with what is added to them.
const MAX_LENGTH: usize = 100;

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Resource,
    Chart,
    Plugin,
}

impl Kind {
    pub(crate) const fn plural(self) -> &'static str {
        match self {
            Self::Resource => "resources",
            Self::Chart => "charts",
            Self::Plugin => "plugins",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resource => "resource",
            Self::Chart => "chart",
            Self::Plugin => "plugin",
        })
    }
}

/// What is wrong with the name of a source, if anything.
pub(crate) fn check_source(kind: Kind, name: &str, span: Range<usize>) -> Option<Problem> {
    let wrong = |why: &str| {
        Some(Problem::new(format!("invalid {kind} name `{}`: {why}", shown(name)), span.clone()))
    };
    let is_allowed =
        |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || "-_.".contains(char);
    if name.is_empty() || !name.chars().all(is_allowed) {
        return wrong("use lower-case letters, digits, `-`, `_`, `.`");
    }
    let ends = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
    if !ends(name.chars().next()) || !ends(name.chars().next_back()) {
        return wrong("begin and end with a lower-case letter or digit");
    }
    if name.len() > MAX_LENGTH {
        return wrong("use at most 100 characters");
    }
    if husako_fs::is_reserved_name(name) {
        return wrong("Windows reserves this name");
    }
    if kind == Kind::Plugin && ["husako", "k8s", "helm"].contains(&name) {
        return wrong("husako's own modules are imported by this name");
    }
    None
}

/// What is wrong with the alias of an entry, if anything.
///
/// It is freer than the name of a source: `team/dev` is one. But it becomes a file name where
/// output goes to a folder, and must not lead out of that or be taken for an option.
pub(crate) fn check_alias(alias: &str, span: Range<usize>) -> Option<Problem> {
    let wrong = |why: &str| {
        Some(Problem::new(format!("invalid entry name `{}`: {why}", shown(alias)), span.clone()))
    };
    let is_refused = |char: char| char.is_control() || "\\:*?\"<>|".contains(char);
    if alias.is_empty() {
        return wrong("it is empty");
    }
    if alias.chars().any(is_refused) {
        return wrong("use no `\\`, `:`, `*`, `?`, `\"`, `<`, `>`, `|` or control characters");
    }
    if alias.len() > MAX_LENGTH {
        return wrong("use at most 100 bytes");
    }
    for part in alias.split('/') {
        if part.is_empty() || part.starts_with([' ', '.', '-']) || part.ends_with([' ', '.']) {
            return wrong("begin and end with a letter or digit, also beside each `/`");
        }
        if husako_fs::is_reserved_name(part) {
            return wrong("Windows reserves this name");
        }
    }
    None
}

/// Finds names that differ only in what module and file names do not tell apart.
#[derive(Debug, Default)]
pub(crate) struct Collisions {
    seen: IndexMap<String, (String, Range<usize>)>,
}

impl Collisions {
    /// Notes a name; the problem if one before generates the same module.
    pub(crate) fn note(&mut self, kind: Kind, name: &str, span: Range<usize>) -> Option<Problem> {
        let module: String = name
            .chars()
            .map(|char| if char.is_alphanumeric() { char.to_ascii_lowercase() } else { '_' })
            .collect();
        let Some((first, first_span)) = self.seen.get(&module) else {
            self.seen.insert(module, (name.to_owned(), span));
            return None;
        };
        let message = format!("{} `{first}` and `{name}` generate the same module", kind.plural());
        Some(
            Problem::new(message, span)
                .also(first_span.clone(), "the first is here")
                .hint("rename one of them"),
        )
    }
}
