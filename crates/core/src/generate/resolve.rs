//! Resolving all sources, concurrently.

use std::sync::Arc;

use husako_config::{ChartSource, ResourceSource};
use husako_diagnostics::{Diagnostic, ExitCode, Hint};
use husako_source::{Context, SourceError};
use indexmap::IndexMap;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use super::error::GenerateError;
use super::generation::{Generation, Kubernetes, source_text};
use crate::events::{Event, Reporter};
use crate::project::Project;
use crate::tasks::{Clock, Failure, Failures, join_all};

/// How many sources are resolved at once.
const MAX_CONCURRENT: usize = 32;

/// The name under which the built-in schemas stand where `[resources]` is absent.
const DEFAULT_RESOURCE: &str = "kubernetes";

/// The name under which `--spec-dir` stands; no name in `husako.toml` begins with `-`.
const SPEC_DIR: &str = "--spec-dir";

/// Every source, resolved, in the order of the configuration.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) resources: IndexMap<String, husako_openapi::Resolved>,
    pub(crate) charts: IndexMap<String, husako_helm::Chart>,
    /// What stands for `--spec-dir` where its documents were not read again.
    remembered: Option<(String, String)>,
}

impl Resolved {
    /// What types that are made of this are made from.
    pub(crate) fn generation(&self, kubernetes: &Kubernetes) -> Generation {
        let resources = self.resources.iter().map(|(name, resolved)| {
            let is = &resolved.resolution;
            (format!("resources.{name}"), source_text(is.source, &is.reference, &is.digest))
        });
        let charts = self.charts.iter().map(|(name, chart)| {
            let is = &chart.resolution;
            (format!("charts.{name}"), source_text(is.source, &is.reference, &is.digest))
        });
        let sources = self.remembered.iter().cloned().chain(resources).chain(charts).collect();
        Generation::new(kubernetes.clone(), sources)
    }
}

/// A source of `husako.toml` that this version cannot resolve.
#[derive(Debug, Error)]
#[error("`{section}.{name}`: source `{source_kind}` is not supported by this version")]
pub struct UnsupportedSource {
    section: &'static str,
    name: String,
    source_kind: &'static str,
}

impl Diagnostic for UnsupportedSource {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Config
    }

    fn hints(&self) -> Vec<Hint> {
        let known = match self.section {
            "resources" => "use `builtin` or `file`, or `husako generate --spec-dir DIR`",
            "charts" => "use `file`",
            _ => "take `[plugins]` out",
        };
        vec![Hint::new(known)]
    }
}

/// Resolves every source that the project and the command line name.
///
/// With `remembered`, the documents of `--spec-dir` are not read: the types were made of what they
/// were then. Resources and charts are resolved at the same time; the first failure cancels all
/// others, and is returned once they have ended.
pub(crate) async fn resolve(
    project: &Project,
    kubernetes: &Kubernetes,
    remembered: Option<&Generation>,
    reporter: &Arc<dyn Reporter>,
    cancel: &CancellationToken,
) -> Result<Resolved, GenerateError> {
    let remembered = match (kubernetes, remembered) {
        (Kubernetes::SpecDir { .. }, Some(generation)) => {
            generation.source(&format!("resources.{SPEC_DIR}"))
        }
        _ => None,
    };
    if let Some((name, plugin)) = project.config.plugins.first() {
        return Err(GenerateError::Unsupported(UnsupportedSource {
            section: "plugins",
            name: name.clone(),
            source_kind: plugin.source.kind(),
        }));
    }
    let cancel = cancel.child_token();
    let clock = Clock::default();
    let context = Context {
        root: project.root.clone(),
        allow_outside_root: project.config.allow_outside_root,
        cancel: cancel.clone(),
    };
    let mut resources = Vec::new();
    for (name, source) in resource_sources(project, kubernetes, remembered.is_some())? {
        let work = source.resolve(context.clone());
        resources.push((name.clone(), announced(name, work, Arc::clone(reporter))));
    }
    let mut charts = Vec::new();
    for (name, source) in chart_sources(project)? {
        let work = source.resolve(context.clone());
        charts.push((name.clone(), announced(name, work, Arc::clone(reporter))));
    }
    let is_cancelled = SourceError::is_cancelled;
    let (resources, charts) = tokio::join!(
        join_all(resources, MAX_CONCURRENT, &cancel, &clock, is_cancelled),
        join_all(charts, MAX_CONCURRENT, &cancel, &clock, is_cancelled),
    );
    match (resources, charts) {
        (Ok(resources), Ok(charts)) => Ok(Resolved { resources, charts, remembered }),
        (resources, charts) => {
            let mut failed: Vec<(&str, Failures<SourceError>)> = Vec::new();
            failed.extend(resources.err().map(|failures| ("resources", failures)));
            failed.extend(charts.err().map(|failures| ("charts", failures)));
            failed.sort_by_key(|(_, failures)| failures.first);
            Err(error_of(failed))
        }
    }
}

async fn announced<T, E>(
    name: String,
    work: impl Future<Output = Result<T, E>>,
    reporter: Arc<dyn Reporter>,
) -> Result<T, E> {
    reporter.report(Event::SourceStarted { name: name.clone() });
    let result = work.await;
    if result.is_ok() {
        reporter.report(Event::SourceFinished { name });
    }
    result
}

type Resources = Vec<(String, Box<dyn husako_openapi::Source>)>;

fn resource_sources(
    project: &Project,
    kubernetes: &Kubernetes,
    skip_spec_dir: bool,
) -> Result<Resources, GenerateError> {
    let mut sources: Resources = Vec::new();
    match kubernetes {
        Kubernetes::Skipped => return Ok(sources),
        Kubernetes::SpecDir { directory } if !skip_spec_dir => {
            let source = husako_openapi::SpecDir { path: directory.clone() };
            sources.push((SPEC_DIR.to_owned(), Box::new(source)));
        }
        Kubernetes::SpecDir { .. } | Kubernetes::Configured => {}
    }
    let configured = *kubernetes == Kubernetes::Configured;
    let Some(resources) = &project.config.resources else {
        if configured {
            let source = husako_openapi::Builtin::default();
            sources.push((DEFAULT_RESOURCE.to_owned(), Box::new(source)));
        }
        return Ok(sources);
    };
    for (name, resource) in resources {
        let unsupported = |source_kind| {
            GenerateError::Unsupported(UnsupportedSource {
                section: "resources",
                name: name.clone(),
                source_kind,
            })
        };
        match &resource.source {
            // What serves the Kubernetes API itself gives way to `--spec-dir`.
            ResourceSource::Builtin { .. }
            | ResourceSource::Release { .. }
            | ResourceSource::Cluster { .. }
                if !configured => {}
            ResourceSource::Builtin { version, .. } => {
                let source = husako_openapi::Builtin { version: version.clone() };
                sources.push((name.clone(), Box::new(source)));
            }
            ResourceSource::File { path, .. } => {
                let source = husako_openapi::FileSource { path: path.clone() };
                sources.push((name.clone(), Box::new(source)));
            }
            other => return Err(unsupported(other.kind())),
        }
    }
    Ok(sources)
}

type Charts = Vec<(String, Box<dyn husako_helm::Source>)>;

fn chart_sources(project: &Project) -> Result<Charts, GenerateError> {
    let mut sources: Charts = Vec::new();
    for (name, chart) in &project.config.charts {
        match &chart.source {
            ChartSource::File { path, .. } => {
                let source = husako_helm::FileSource { path: path.clone() };
                sources.push((name.clone(), Box::new(source)));
            }
            other => {
                return Err(GenerateError::Unsupported(UnsupportedSource {
                    section: "charts",
                    name: name.clone(),
                    source_kind: other.kind(),
                }));
            }
        }
    }
    Ok(sources)
}

/// The first failure, with the others that had already happened.
fn error_of(failed: Vec<(&str, Failures<SourceError>)>) -> GenerateError {
    let mut all = failed.into_iter().flat_map(|(section, failures)| {
        failures
            .failures
            .into_iter()
            .map(move |(name, failure)| (format!("{section}.{name}"), failure))
    });
    let Some((name, first)) = all.next() else {
        return GenerateError::Internal("a set of tasks failed without a failure".to_owned());
    };
    let others = all
        .map(|(name, failure)| match failure {
            Failure::Error(error) => format!("`{name}`: {error}"),
            Failure::Panic(message) => format!("`{name}`: internal error: {message}"),
        })
        .collect();
    match first {
        Failure::Error(source) => GenerateError::Source { name, source: Box::new(source), others },
        Failure::Panic(message) => GenerateError::Internal(format!("`{name}`: {message}")),
    }
}
