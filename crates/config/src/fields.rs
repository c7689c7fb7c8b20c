//! Reading tables whose every key is known.

use std::fmt::Display;
use std::ops::Range;

use indexmap::IndexMap;
use toml_edit::{Item, TableLike};

use crate::names::{self, Collisions, Kind};
use crate::path::{check_path, is_outside};
use crate::problem::Problem;
use crate::text::{Text, shown};

/// What the reading of one file shares.
pub(crate) struct Reading<'a> {
    pub(crate) text: &'a Text,
    pub(crate) allow_outside_root: bool,
    pub(crate) problems: Vec<Problem>,
}

impl Reading<'_> {
    /// The item as a table; a problem where it is something else.
    pub(crate) fn table<'i>(
        &mut self,
        what: &str,
        item: &'i Item,
        span: &Range<usize>,
    ) -> Option<&'i dyn TableLike> {
        let table = item.as_table_like();
        if table.is_none() {
            let found = describe(item);
            self.problems.push(Problem::new(
                format!("expected a table for {what}, found {found}"),
                item.span().unwrap_or_else(|| span.clone()),
            ));
        }
        table
    }
}

/// The value of a key, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Range<usize>,
}

/// A table that is being read.
pub(crate) struct Fields<'i, 'r, 't> {
    /// What it is in messages, such as "resource `k8s`".
    pub(crate) what: String,
    /// Where it is named.
    pub(crate) span: Range<usize>,
    pub(crate) table: &'i dyn TableLike,
    pub(crate) reading: &'r mut Reading<'t>,
}

impl<'i> Fields<'i, '_, '_> {
    /// The string under the key, where there is one.
    pub(crate) fn optional(&mut self, key: &str) -> Option<Field<'i>> {
        let item = self.table.get(key)?;
        let span = item.span().unwrap_or_else(|| key_span(self.table, key, &self.span));
        if let Some(text) = item.as_str() {
            return Some(Field { text, span });
        }
        let found = describe(item);
        let mut problem = Problem::new(
            format!("expected a string for `{key}` of {}, found {found}", self.what),
            span.clone(),
        );
        // `version = 1.35` is the usual mistake, and as a number it would lose `1.30`'s zero.
        if (item.is_integer() || item.is_float())
            && let Some(written) = self.reading.text.text.get(span)
        {
            problem = problem.hint(format!("write it in quotes: `{key} = \"{written}\"`"));
        }
        self.reading.problems.push(problem);
        None
    }

    /// The string under the key, which must be there.
    pub(crate) fn required(&mut self, key: &str) -> Option<Field<'i>> {
        if self.table.get(key).is_none() {
            let message = format!("missing `{key}` for {}", self.what);
            self.reading.problems.push(
                Problem::new(message, self.span.clone()).hint(format!("add `{key} = \"…\"`")),
            );
        }
        self.optional(key)
    }

    /// The field, if it passes the check; a problem if not.
    pub(crate) fn checked<E: Display>(
        &mut self,
        key: &str,
        field: Option<Field<'i>>,
        check: impl Fn(&str) -> Result<(), E>,
    ) -> Option<Field<'i>> {
        let field = field?;
        match check(field.text) {
            Ok(()) => Some(field),
            Err(why) => {
                let message = format!("invalid {key} `{}`: {why}", shown(field.text));
                self.reading.problems.push(Problem::new(message, field.span));
                None
            }
        }
    }

    /// The required string under the key, checked.
    pub(crate) fn word<E: Display>(
        &mut self,
        key: &str,
        check: impl Fn(&str) -> Result<(), E>,
    ) -> Option<String> {
        let field = self.required(key);
        Some(self.checked(key, field, check)?.text.to_owned())
    }

    /// The required path in the project, or outside where the configuration allows that.
    pub(crate) fn project_path(&mut self) -> Option<String> {
        let field = self.required("path");
        let field = self.checked("path", field, check_path)?;
        if is_outside(field.text) && !self.reading.allow_outside_root {
            self.reading.problems.push(
                Problem::new(
                    format!("path `{}` is outside the project", shown(field.text)),
                    field.span,
                )
                .hint("set `allow_outside_root = true` at the top of `husako.toml` to allow it"),
            );
            return None;
        }
        Some(field.text.to_owned())
    }

    /// The required path in a repository.
    pub(crate) fn repository_path(&mut self) -> Option<String> {
        let field = self.required("path");
        let field = self.checked("path", field, |path| {
            check_path(path)?;
            if is_outside(path) { Err("it leads out of the repository") } else { Ok(()) }
        })?;
        Some(field.text.to_owned())
    }

    /// Every key that is not among these is a problem.
    pub(crate) fn only(&mut self, known: &[&str]) {
        for (key, item) in self.table.iter() {
            if !known.contains(&key) {
                let span = key_span(self.table, key, &item.span().unwrap_or(self.span.clone()));
                self.reading.problems.push(
                    Problem::new(format!("unknown key `{}` for {}", shown(key), self.what), span)
                        .suggest(key, known),
                );
            }
        }
    }

    /// A source of a kind that does not exist.
    pub(crate) fn unknown_source(&mut self, source: &Field<'_>, known: &[&str]) {
        self.reading.problems.push(
            Problem::new(
                format!("unknown source `{}` for {}", shown(source.text), self.what),
                source.span.clone(),
            )
            .suggest(source.text, known),
        );
    }
}

/// Reads a section of named sources, `name = { source = "…", … }`.
///
/// `read` gets the fields and the value of `source`; `finish` adds the line of the name.
pub(crate) fn read_sources<T>(
    kind: Kind,
    table: &dyn TableLike,
    reading: &mut Reading<'_>,
    mut read: impl FnMut(&mut Fields<'_, '_, '_>, &Field<'_>) -> Option<T>,
) -> IndexMap<String, (T, u32)> {
    let mut sources = IndexMap::new();
    let mut collisions = Collisions::default();
    for (name, item) in table.iter() {
        let span = key_span(table, name, &item.span().unwrap_or_default());
        match names::check_source(kind, name, span.clone()) {
            Some(problem) => reading.problems.push(problem),
            None => reading.problems.extend(collisions.note(kind, name, span.clone())),
        }
        let what = format!("{kind} `{}`", shown(name));
        let Some(table) = reading.table(&what, item, &span) else { continue };
        let line = reading.text.line(span.start);
        let mut fields = Fields { what, span, table, reading };
        let Some(source) = fields.required("source") else { continue };
        if let Some(value) = read(&mut fields, &source) {
            sources.insert(name.to_owned(), (value, line));
        }
    }
    sources
}

/// Where the key stands.
pub(crate) fn key_span(table: &dyn TableLike, key: &str, fallback: &Range<usize>) -> Range<usize> {
    table.key(key).and_then(toml_edit::Key::span).unwrap_or_else(|| fallback.clone())
}

/// What an item is, with its article.
pub(crate) fn describe(item: &Item) -> &'static str {
    match item.type_name() {
        "string" => "a string",
        "integer" => "an integer",
        "float" => "a float",
        "boolean" => "a boolean",
        "datetime" => "a date",
        "array" => "an array",
        "array of tables" => "an array of tables",
        "inline table" | "table" => "a table",
        _ => "nothing",
    }
}
