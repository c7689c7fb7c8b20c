use indexmap::IndexMap;
use indexmap::map::Entry;

use super::names::{belongs_to, is_of_definition};
use super::{Converted, ConvertedSchema, Document, Place};
use crate::convert::deprecation;
use crate::convert::pointer::escaped;
use crate::merge::same_meaning;
use crate::{GroupVersionKind, Kind, ParseError, Parsed, SchemaName, Scope, Warning};

/// Puts what [`super::convert`] made of parts together, in the order of the parts.
///
/// Where documents disagree about a schema, that of its own group-version is right.
///
/// # Errors
/// A `$ref` to a schema that no document has.
pub fn assemble(
    documents: &[Document<'_>],
    parts: impl IntoIterator<Item = Converted>,
) -> Result<Parsed, ParseError> {
    let mut chosen: IndexMap<SchemaName, ConvertedSchema> = IndexMap::new();
    let mut references: Vec<(SchemaName, Place)> = Vec::new();
    let mut warnings = Vec::new();
    for part in parts {
        references.extend(part.references);
        warnings.extend(part.warnings);
        for schema in part.schemas {
            match chosen.entry(SchemaName::clone(&schema.name)) {
                Entry::Vacant(entry) => _ = entry.insert(schema),
                Entry::Occupied(mut entry) => {
                    warnings.extend(choose(entry.get_mut(), schema, documents));
                }
            }
        }
    }
    if let Some((name, place)) = references.into_iter().find(|(name, _)| !chosen.contains_key(name))
    {
        return Err(ParseError::MissingReference {
            document: place.document,
            pointer: place.pointer,
            reference: name.to_string(),
        });
    }
    let scopes: IndexMap<&GroupVersionKind, Scope> = documents
        .iter()
        .flat_map(|document| document.scopes.iter().map(|(kind, scope)| (kind, *scope)))
        .collect();
    let mut parsed = Parsed { warnings, ..Parsed::default() };
    for (name, converted) in chosen {
        add_kinds(&mut parsed, &name, &converted, &scopes);
        parsed.model.schemas.insert(name, converted.schema);
    }
    Ok(parsed)
}

/// Keeps one of two schemas with the same name, with the kinds of both.
fn choose(
    known: &mut ConvertedSchema,
    mut other: ConvertedSchema,
    documents: &[Document<'_>],
) -> Option<Warning> {
    let differs = !same_meaning(&known.schema, &other.schema);
    let is_own = |schema: &ConvertedSchema| {
        documents
            .get(schema.document)
            .and_then(|document| document.group_version.as_ref())
            .is_some_and(|own| belongs_to(&schema.name, &own.group, &own.version))
    };
    if differs && is_own(&other) && !is_own(known) {
        std::mem::swap(known, &mut other);
    }
    let further = other.kinds.iter().filter(|kind| !known.kinds.contains(kind)).cloned();
    let further: Vec<GroupVersionKind> = further.collect();
    known.kinds.extend(further);
    known.scope = known.scope.or(other.scope);
    let name = |schema: &ConvertedSchema| {
        documents.get(schema.document).map_or("", |document| document.name)
    };
    differs.then(|| Warning {
        document: name(&other).to_owned(),
        path: format!("#/components/schemas/{}", escaped(&other.name)),
        message: format!("differs from the schema in `{}`, which is used", name(known)),
    })
}

fn add_kinds(
    parsed: &mut Parsed,
    name: &SchemaName,
    converted: &ConvertedSchema,
    scopes: &IndexMap<&GroupVersionKind, Scope>,
) {
    let model = &mut parsed.model;
    let own = |kind: &GroupVersionKind| belongs_to(name, &kind.group, &kind.version);
    let any_own = converted.kinds.iter().any(own);
    for (index, kind) in converted.kinds.iter().enumerate() {
        let at_home = if any_own { own(kind) } else { index == 0 };
        // Of two schemas for one kind, that of the kind's package is meant.
        let taken = model.kinds.get(kind).is_some_and(|known| {
            !own(kind) || belongs_to(&known.schema, &kind.group, &kind.version)
        });
        if !at_home || taken {
            model.aliases.entry(kind.clone()).or_insert_with(|| SchemaName::clone(name));
            continue;
        }
        let schema = &converted.schema;
        let description = schema.description.as_deref().unwrap_or_default();
        let deprecated =
            schema.deprecated.then(|| deprecation(description).unwrap_or_default().into());
        let described = Kind {
            schema: SchemaName::clone(name),
            scope: converted.scope.or_else(|| scopes.get(kind).copied()),
            custom: is_of_definition(name, &kind.group, &kind.version, &kind.kind),
            deprecated,
        };
        model.kinds.insert(kind.clone(), described);
    }
}
