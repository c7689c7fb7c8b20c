use husako_schema::openapi::{Document, assemble, convert, index, unique};
use husako_schema::{Parsed, SchemaModel, Warning, crd};
use husako_yaml::{Limits, UnfitNumbers, parse as parse_yaml};
use indexmap::IndexMap;
use rayon::prelude::*;
use tokio_util::sync::CancellationToken;

use crate::{Contents, ParseError, Resolved, SourceText};

/// How many schemas one piece of work converts: small enough to share out evenly and to notice a
/// cancellation soon, large enough to be worth handing over.
const CHUNK: usize = 32;

/// One model of all sources, in their order; where two define the same, the later one wins.
///
/// Types of `meta/v1` that custom resources refer to and no source has come from the built-in
/// schemas. Uses all cores; meant for a blocking thread. The result does not depend on how the
/// work was shared out.
pub fn parse(
    sources: &IndexMap<String, Resolved>,
    cancel: &CancellationToken,
) -> Result<Parsed, ParseError> {
    let mut model = SchemaModel::default();
    let mut warnings: Vec<Warning> = Vec::new();
    for (name, source) in sources {
        let parsed = match &source.contents {
            Contents::Builtin => parse_builtin(cancel)?,
            Contents::OpenApi(documents) => {
                let texts: Vec<(&str, &[u8])> = documents
                    .iter()
                    .map(|document| (document.name.as_str(), document.text.as_bytes()))
                    .collect();
                parse_openapi(&texts, cancel)?
            }
            Contents::CustomResources(files) => parse_custom_resources(files, cancel)?,
        };
        warnings.extend(parsed.warnings);
        warnings.extend(model.merge(parsed.model, name));
    }
    if !model.complete_from(&SchemaModel::default()).is_empty() {
        // What stays missing is any value there: a warning was given where it is referred to.
        model.complete_from(&parse_builtin(cancel)?.model);
    }
    Ok(Parsed { model, warnings })
}

fn parse_builtin(cancel: &CancellationToken) -> Result<Parsed, ParseError> {
    let bytes = husako_builtin::document().map_err(ParseError::Builtin)?;
    parse_openapi(&[("built-in schemas", &bytes)], cancel)
}

fn parse_openapi(
    texts: &[(&str, &[u8])],
    cancel: &CancellationToken,
) -> Result<Parsed, ParseError> {
    let documents: Vec<Document<'_>> = texts
        .par_iter()
        .map(|(name, bytes)| {
            alive(cancel)?;
            index(name, bytes).map_err(ParseError::Schema)
        })
        .collect::<Result<_, _>>()?;
    let parts = unique(&documents)
        .par_chunks(CHUNK)
        .map(|schemas| {
            alive(cancel)?;
            convert(schemas).map_err(ParseError::Schema)
        })
        .collect::<Result<Vec<_>, _>>()?;
    assemble(&documents, parts).map_err(ParseError::Schema)
}

fn parse_custom_resources(
    files: &[SourceText],
    cancel: &CancellationToken,
) -> Result<Parsed, ParseError> {
    // A bound that is no number is told by its place in the schema, and costs that bound only.
    let limits = Limits { unfit_numbers: UnfitNumbers::Text, ..Limits::default() };
    let sets = files
        .par_iter()
        .map(|file| {
            alive(cancel)?;
            let documents = parse_yaml(&file.text, &limits).map_err(|source| {
                let (name, text) = (file.name.clone(), file.text.clone());
                ParseError::Yaml { name, text, source: Box::new(source) }
            })?;
            let values = documents.into_iter().map(|document| document.value);
            crd::parse(&file.name, values).map_err(ParseError::Schema)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(crd::assemble(sets))
}

fn alive(cancel: &CancellationToken) -> Result<(), ParseError> {
    if cancel.is_cancelled() { Err(ParseError::Cancelled) } else { Ok(()) }
}
