//! OpenAPI v3 documents, as an API server serves them under `/openapi/v3`.
//!
//! A server has one document per group-version, and each repeats the shared schemas, so the work
//! is split where the repetition ends:
//!
//! 1. [`index`] finds the text of each schema in a document. Nothing else is built of it: the
//!    operations are skipped, save for what tells the scope of a kind.
//! 2. [`unique`] leaves each distinct schema once; [`convert`] makes schemas of any part of these.
//!    It is a pure function, so parts may be converted by several threads.
//! 3. [`assemble`] puts the parts, in their order, into one model, and checks the references.
//!
//! [`parse_documents`] does all of it in sequence. The result does not depend on how the schemas
//! were split.
//!
//! A kind is at home in one group-version. The server says of a few request types (`DeleteOptions`,
//! `WatchEvent`) that every group has them; their home is the one that fits the package in their
//! name, or the first, and the others become [`crate::SchemaModel::aliases`]. A kind is custom where the
//! name of its schema is its reversed group, version and kind: so an API server names what it
//! publishes of a CRD, while Go types have their package in the name.

use std::borrow::Cow;

use husako_value::Value;
use indexmap::IndexMap;

use crate::convert::depth::too_deep;
use crate::convert::pointer::{escaped, percent_decoded, unescaped};
use crate::convert::{Converter, Dialect, Pointer, Target};
use crate::{GroupVersionKind, ParseError, Parsed, Schema, SchemaName, Scope, Warning};

mod assemble;
mod index;
pub(crate) mod names;
mod scopes;

pub use assemble::assemble;
pub use index::{Document, index};

/// The model of a server's documents, given as their names and bytes.
///
/// # Errors
/// A document that is not JSON, not OpenAPI v3 or too deep, and `$ref`s to nothing or to other
/// servers.
pub fn parse_documents<N: AsRef<str>, B: AsRef<[u8]>>(
    documents: &[(N, B)],
) -> Result<Parsed, ParseError> {
    let documents: Vec<Document<'_>> = documents
        .iter()
        .map(|(name, bytes)| index(name.as_ref(), bytes.as_ref()))
        .collect::<Result<_, _>>()?;
    let converted = convert(&unique(&documents))?;
    assemble(&documents, [converted])
}

/// The text of one schema.
#[derive(Clone, Copy, Debug)]
pub struct RawSchema<'a> {
    /// The name of the schema.
    pub name: &'a str,
    /// Its JSON text.
    pub body: &'a str,
    /// The index of its document.
    pub document: usize,
    /// The name of its document.
    pub document_name: &'a str,
}

/// Each distinct schema of the documents once, in the order of the documents. A name comes more
/// than once where documents disagree.
#[must_use]
pub fn unique<'a>(documents: &'a [Document<'_>]) -> Vec<RawSchema<'a>> {
    let mut bodies: IndexMap<&str, Vec<RawSchema<'a>>> = IndexMap::new();
    for (index, document) in documents.iter().enumerate() {
        for (name, body) in &document.schemas {
            let known = bodies.entry(name).or_default();
            if !known.iter().any(|known| known.body == *body) {
                let document_name = document.name;
                known.push(RawSchema { name, body, document: index, document_name });
            }
        }
    }
    bodies.into_values().flatten().collect()
}

/// Schemas made of a part of [`unique`]'s.
#[derive(Debug, Default)]
pub struct Converted {
    schemas: Vec<ConvertedSchema>,
    /// The names that are referred to, each with the first place that does.
    references: IndexMap<SchemaName, Place>,
    warnings: Vec<Warning>,
}

#[derive(Debug)]
struct ConvertedSchema {
    name: SchemaName,
    schema: Schema,
    kinds: Vec<GroupVersionKind>,
    scope: Option<Scope>,
    document: usize,
}

#[derive(Debug)]
struct Place {
    document: String,
    pointer: String,
}

/// Makes schemas of texts.
///
/// # Errors
/// A text that is not JSON or too deep, and `$ref`s that are no names of schemas.
pub fn convert(schemas: &[RawSchema<'_>]) -> Result<Converted, ParseError> {
    let mut part = Converted::default();
    let mut dialect = OpenApi { document: "", references: IndexMap::new() };
    for raw in schemas {
        dialect.document = raw.document_name;
        let base = format!("#/components/schemas/{}", escaped(raw.name));
        let mut value = parse_json(raw.body, raw.document_name, &base)?;
        let mut converter = Converter::new(raw.document_name, dialect);
        let at = Pointer::base(&base);
        let kinds = converter.take_kinds(&mut value, &at);
        let scope = converter.take_scope(&mut value, &at);
        let schema = converter.schema(value, &at)?;
        part.warnings.append(&mut converter.warnings);
        dialect = converter.dialect;
        let document = raw.document;
        let name = raw.name.into();
        part.schemas.push(ConvertedSchema { name, schema, kinds, scope, document });
    }
    part.references = dialect.references;
    Ok(part)
}

pub(crate) fn parse_json(json: &str, document: &str, base: &str) -> Result<Value, ParseError> {
    serde_json::from_str(json).map_err(|source| match too_deep(json, base) {
        Some(pointer) => ParseError::TooDeep { document: document.to_owned(), pointer },
        None => {
            ParseError::Json { document: document.to_owned(), pointer: base.to_owned(), source }
        }
    })
}

struct OpenApi<'a> {
    document: &'a str,
    references: IndexMap<SchemaName, Place>,
}

impl Dialect for OpenApi<'_> {
    fn reference(&mut self, reference: &str, at: &Pointer<'_>) -> Result<Target, ParseError> {
        let document = self.document.to_owned();
        let Some(fragment) = reference.strip_prefix('#') else {
            let (pointer, reference) = (at.to_string(), reference.to_owned());
            return Err(ParseError::RemoteReference { document, pointer, reference });
        };
        let Some(name) = fragment.strip_prefix("/components/schemas/") else {
            let (pointer, reference) = (at.to_string(), reference.to_owned());
            return Err(ParseError::MissingReference { document, pointer, reference });
        };
        // Real names need no decoding.
        let name = if name.contains(['%', '~']) {
            Cow::Owned(unescaped(&percent_decoded(name)))
        } else {
            Cow::Borrowed(name)
        };
        if let Some((known, _)) = self.references.get_key_value(&*name) {
            return Ok(Target::Schema(SchemaName::clone(known)));
        }
        let name: SchemaName = (*name).into();
        let place = Place { document, pointer: at.to_string() };
        self.references.insert(SchemaName::clone(&name), place);
        Ok(Target::Schema(name))
    }
}

impl Converter<'_, OpenApi<'_>> {
    /// `x-kubernetes-group-version-kind`.
    fn take_kinds(&mut self, schema: &mut Value, at: &Pointer<'_>) -> Vec<GroupVersionKind> {
        const KEY: &str = "x-kubernetes-group-version-kind";
        let Some(value) = schema.as_object_mut().and_then(|map| map.remove(KEY)) else {
            return Vec::new();
        };
        let items = match value {
            Value::Array(items) => items,
            one => vec![one],
        };
        let mut kinds = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let part = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
            match (part("group"), part("version"), part("kind")) {
                (_, "", _) | (_, _, "") => {
                    self.warn(&at.key(KEY).index(index), "expected `group`, `version` and `kind`");
                }
                (group, version, kind) => kinds.push(GroupVersionKind::new(group, version, kind)),
            }
        }
        kinds
    }

    /// `x-husako-scope`, which the embedded document has instead of operations.
    fn take_scope(&mut self, schema: &mut Value, at: &Pointer<'_>) -> Option<Scope> {
        const KEY: &str = "x-husako-scope";
        let value = schema.as_object_mut()?.remove(KEY)?;
        match value.as_str() {
            Some("Namespaced") => Some(Scope::Namespaced),
            Some("Cluster") => Some(Scope::Cluster),
            _ => {
                self.warn(&at.key(KEY), "expected `Namespaced` or `Cluster`");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
