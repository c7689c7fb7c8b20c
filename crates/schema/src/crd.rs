//! Custom resource definitions: `apiextensions.k8s.io/v1` and the legacy `v1beta1`.
//!
//! [`parse`] reads the documents of one file; [`assemble`] makes one model of files. Lists are
//! looked into, documents of other kinds are counted and left alone, and what is wrong with one
//! definition costs that definition or version only, with a warning.
//!
//! A kind's schema is named and completed as an API server publishes it: reversed group, version
//! and kind (`io.cert-manager.v1.Certificate`), with `apiVersion`, `kind`, and `metadata` as a
//! reference to [`OBJECT_META`], which the model does not contain. See
//! [`SchemaModel::complete_from`](crate::SchemaModel::complete_from).

use husako_value::{Map, Value};
use indexmap::IndexMap;

use crate::convert::{Dialect, Pointer, Target};
use crate::merge::same_meaning;
use crate::{GroupVersionKind, Kind, ParseError, Parsed, Schema, SchemaName, Warning};

mod definition;
mod root;

/// The name of the schema that `metadata` refers to.
pub const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

/// The custom resource definitions of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CrdSet {
    /// The definitions, in the order of the file.
    pub definitions: Vec<Definition>,
    /// How many documents, or items of lists, are something else.
    pub others: usize,
    /// What is wrong with some of the definitions.
    pub warnings: Vec<Warning>,
}

/// One custom resource definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The file and document it is from, for people.
    pub document: String,
    /// Its served versions.
    pub versions: Vec<Version>,
}

/// One served version of a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The kind in this version.
    pub identity: GroupVersionKind,
    /// What is known of it.
    pub kind: Kind,
    /// Its schema, completed.
    pub schema: Schema,
}

/// The definitions among the documents of `file`, which is only a name for people.
///
/// # Errors
/// Schemas that nest too deep.
pub fn parse(file: &str, documents: impl IntoIterator<Item = Value>) -> Result<CrdSet, ParseError> {
    let mut set = CrdSet::default();
    for (index, document) in documents.into_iter().enumerate() {
        let document_name = format!("{file}, document {}", index + 1);
        set.read(document, &document_name, None, &Pointer::base("#"))?;
    }
    Ok(set)
}

/// The model of the definitions of several files. Where two define the same version of a kind in
/// different ways, the later one is used, with a warning that names both.
#[must_use]
pub fn assemble(sets: impl IntoIterator<Item = CrdSet>) -> Parsed {
    let mut parsed = Parsed::default();
    let mut versions: IndexMap<GroupVersionKind, (String, Version)> = IndexMap::new();
    for set in sets {
        parsed.warnings.extend(set.warnings);
        for definition in set.definitions {
            for version in definition.versions {
                let identity = version.identity.clone();
                let new = (definition.document.clone(), version);
                match versions.entry(identity) {
                    indexmap::map::Entry::Vacant(entry) => _ = entry.insert(new),
                    indexmap::map::Entry::Occupied(mut entry) => {
                        let (old, known) = std::mem::replace(entry.get_mut(), new);
                        let (document, version) = entry.get();
                        parsed.warnings.extend(conflict(&old, &known, document, version));
                    }
                }
            }
        }
    }
    for (identity, (_, version)) in versions {
        let name = SchemaName::clone(&version.kind.schema);
        parsed.model.schemas.insert(name, version.schema);
        parsed.model.kinds.insert(identity, version.kind);
    }
    parsed
}

fn conflict(old: &str, known: &Version, document: &str, version: &Version) -> Option<Warning> {
    let same =
        known.kind.scope == version.kind.scope && same_meaning(&known.schema, &version.schema);
    (!same).then(|| Warning {
        document: document.to_owned(),
        path: "#/spec".to_owned(),
        message: format!("used for `{}` instead of the one in {old}", version.identity),
    })
}

impl CrdSet {
    /// Reads a definition, or a list of them. Items of a typed list may leave out what they are.
    fn read(
        &mut self,
        value: Value,
        document: &str,
        assumed: Option<(&str, &str)>,
        at: &Pointer<'_>,
    ) -> Result<(), ParseError> {
        let Value::Object(mut map) = value else {
            self.others += 1;
            return Ok(());
        };
        let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
        let (api_version, kind) = match (text("apiVersion"), text("kind"), assumed) {
            (None, None, Some((api_version, kind))) => (api_version.to_owned(), kind.to_owned()),
            (api_version, kind, _) => (api_version.unwrap_or_default(), kind.unwrap_or_default()),
        };
        match &*kind {
            "List" | "CustomResourceDefinitionList" => {
                let item = (kind != "List").then_some((&*api_version, "CustomResourceDefinition"));
                let Some(Value::Array(items)) = map.remove("items") else { return Ok(()) };
                let at = &at.key("items");
                for (index, value) in items.into_iter().enumerate() {
                    self.read(value, document, item, &at.index(index))?;
                }
            }
            "CustomResourceDefinition" => {
                match api_version.strip_prefix("apiextensions.k8s.io/") {
                    Some("v1" | "v1beta1") => {}
                    _ => self.warn(
                        document,
                        &at.key("apiVersion"),
                        format!("expected `apiextensions.k8s.io/v1`, found `{api_version}`"),
                    ),
                }
                let legacy = api_version.ends_with("/v1beta1");
                if let Some(versions) = self.definition(map, document, legacy, at)? {
                    self.definitions.push(Definition { document: document.to_owned(), versions });
                }
            }
            _ => self.others += 1,
        }
        Ok(())
    }

    fn warn(&mut self, document: &str, at: &Pointer<'_>, message: impl Into<String>) {
        self.warnings.push(Warning {
            document: document.to_owned(),
            path: at.to_string(),
            message: message.into(),
        });
    }
}

/// The part under `key`; an explicit null is none.
fn take(map: &mut Map, key: &str) -> Option<Value> {
    map.remove(key).filter(|value| *value != Value::Null)
}

/// Structural schemas have no references.
struct Structural;

impl Dialect for Structural {
    fn reference(&mut self, reference: &str, _at: &Pointer<'_>) -> Result<Target, ParseError> {
        Ok(Target::Unknown(format!(
            "refused a `$ref`, which custom resource definitions may not have: `{reference}`"
        )))
    }
}

#[cfg(test)]
mod tests;
