//! From resolved sources to the files that are published.

use husako_dts::{GeneratedFile, generate_module, module_paths};
use husako_schema::layout::{Layout, hoist};
use husako_schema::{Parsed, Warning, store};
use rayon::prelude::*;
use tokio_util::sync::CancellationToken;

use super::error::GenerateError;
use super::resolve::Resolved;
use crate::events::{Event, Reporter};

/// Everything that is published, in memory.
#[derive(Debug)]
pub(crate) struct Output {
    /// The declarations, by path below the published folder.
    pub(crate) files: Vec<GeneratedFile>,
    /// The store.
    pub(crate) store: Vec<u8>,
    /// How many generated modules there are.
    pub(crate) modules: usize,
    /// How many kinds there are.
    pub(crate) kinds: usize,
}

/// Parses all sources, names everything, and writes declarations and store.
pub(crate) fn run(
    resolved: &Resolved,
    strict: bool,
    reporter: &dyn Reporter,
    cancel: &CancellationToken,
) -> Result<Output, GenerateError> {
    let Parsed { mut model, warnings } = parse(resolved, cancel)?;
    hoist(&mut model);
    let layout = Layout::new(&model);
    tell(&warnings, strict, reporter)?;

    let paths: Vec<&str> = module_paths(&layout).collect();
    reporter.report(Event::ModulesStarted { total: paths.len() });
    let modules = || {
        paths
            .par_iter()
            .map(|path| {
                if cancel.is_cancelled() {
                    return Err(GenerateError::Cancelled);
                }
                let file = generate_module(&model, &layout, path);
                reporter.report(Event::ModuleFinished);
                file.ok_or_else(|| GenerateError::Internal(format!("no module `{path}`")))
            })
            .collect::<Result<Vec<_>, _>>()
    };
    let (files, store) = rayon::join(modules, || store::write(&model, &layout));
    let mut files = files?;
    let store = store.map_err(GenerateError::Encode)?;
    let modules = files.len();
    for module in husako_sdk::MODULES {
        files.push(GeneratedFile {
            path: format!("{}.d.ts", module.specifier),
            contents: module.declarations.to_owned(),
        });
    }
    let (path, text) = husako_sdk::FILE_DECLARATIONS;
    files.push(GeneratedFile { path: path.to_owned(), contents: text.to_owned() });
    Ok(Output { files, store, modules, kinds: model.kinds.len() })
}

fn parse(resolved: &Resolved, cancel: &CancellationToken) -> Result<Parsed, GenerateError> {
    let mut all =
        husako_openapi::parse(&resolved.resources, cancel).map_err(|error| match error {
            husako_openapi::ParseError::Cancelled => GenerateError::Cancelled,
            error => GenerateError::Parse(Box::new(error)),
        })?;
    for (name, chart) in &resolved.charts {
        if cancel.is_cancelled() {
            return Err(GenerateError::Cancelled);
        }
        let parsed = husako_helm::parse(name, chart).map_err(|source| {
            let (name, source) = (name.clone(), Box::new(source));
            GenerateError::ParseChart { name, source }
        })?;
        all.warnings.extend(parsed.warnings);
        all.warnings.extend(all.model.merge(parsed.model, name));
    }
    Ok(all)
}

/// Tells what could not be modelled as it is written; with `strict`, that is an error.
fn tell(warnings: &[Warning], strict: bool, reporter: &dyn Reporter) -> Result<(), GenerateError> {
    for warning in warnings {
        reporter.report(Event::Warning(warning.to_string()));
    }
    if strict && !warnings.is_empty() {
        return Err(GenerateError::Strict { count: warnings.len() });
    }
    Ok(())
}
