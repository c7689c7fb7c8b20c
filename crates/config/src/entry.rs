use indexmap::IndexMap;
use toml_edit::TableLike;

use crate::fields::{Fields, Reading, key_span};
use crate::names::check_alias;
use crate::path::check_path;

/// A file that renders, under its alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file, as it is written: relative to the project's root.
    ///
    /// It may lead outside: whether that is allowed is also a matter of the command line.
    pub path: String,
    /// The line of the alias in `husako.toml`, from 1.
    pub line: u32,
}

pub(crate) fn read(table: &dyn TableLike, reading: &mut Reading<'_>) -> IndexMap<String, Entry> {
    let mut entries = IndexMap::new();
    for (alias, item) in table.iter() {
        let span = key_span(table, alias, &item.span().unwrap_or_default());
        let problem = check_alias(alias, span.clone());
        let is_good = problem.is_none();
        reading.problems.extend(problem);
        let line = reading.text.line(span.start);
        let mut fields = Fields { what: "`[entries]`".to_owned(), span, table, reading };
        let field = fields.optional(alias);
        if let Some(field) = fields.checked("path", field, check_path)
            && is_good
        {
            entries.insert(alias.to_owned(), Entry { path: field.text.to_owned(), line });
        }
    }
    entries
}
