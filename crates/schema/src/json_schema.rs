//! JSON Schema, drafts 04, 06, 07, 2019-09 and 2020-12, as charts have it in
//! `values.schema.json`.
//!
//! The document becomes one named schema, and so does each place in it that a `$ref` points at:
//! `helm/chart` and, for `#/definitions/image`, `helm/chart#image`. References are resolved first,
//! in the whole document (by pointer, anchor, or relative to an `$id`), so that the conversion can
//! name places as it meets them; cycles are references like others.
//!
//! The drafts differ little in what types need, so a keyword counts in whichever draft it stands.
//! One difference matters: up to draft 07 a `$ref` replaces the schema it stands in. What is in
//! another document is not fetched here: it stands for any value, with a warning.

use husako_value::Value;

use crate::convert::{Converter, Pointer};
use crate::openapi::parse_json;
use crate::{ParseError, Parsed, SchemaName};

mod dialect;
mod references;
mod uri;

use dialect::Named;
pub use references::Draft;

/// The model of a JSON Schema text. `name` becomes the name of the schema as a whole; `document`
/// is the file's name for people.
///
/// # Errors
/// Text that is not JSON or nests too deep.
pub fn parse_text(name: &str, document: &str, text: &str) -> Result<Parsed, ParseError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    parse(name, document, parse_json(text, document, "#")?)
}

/// The model of a JSON Schema. See [`parse_text`].
///
/// # Errors
/// A schema that nests too deep.
pub fn parse(name: &str, document: &str, schema: Value) -> Result<Parsed, ParseError> {
    let references = references::resolve(name, document, &schema)?;
    let mut converter = Converter::new(document, Named::new(references));
    let root = SchemaName::from(name);
    converter.dialect.reserve(&root);
    converter.schema(schema, &Pointer::base("#"))?;
    let Converter { dialect, mut warnings, .. } = converter;
    let (model, unmet) = dialect.finish();
    for (pointer, reference_at) in unmet {
        warnings.push(crate::Warning {
            document: document.to_owned(),
            path: reference_at,
            message: format!("the `$ref` points at something that is no schema: `{pointer}`"),
        });
    }
    Ok(Parsed { model, warnings })
}

#[cfg(test)]
mod tests;
