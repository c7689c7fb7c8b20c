//! `generate`: from `husako.toml` to published types.
//!
//! ```text
//! husako.toml ─► resolve (concurrently) ─► fingerprint ─ same ─► nothing to do
//!                                               │ other
//!                                               ▼
//!                parse ─► model ─► names ─► types + store ─► publish ─► tsconfig.json ─► husako.lock
//!                (spawn_blocking, all cores)      (one unit)              (last)
//! ```
//!
//! Resolving is cheap where nothing changed, so `render` runs the same operation first and finds
//! out in passing whether the types are up to date.

mod codegen;
mod error;
mod generation;
mod lock;
mod publish;
mod resolve;

use std::path::PathBuf;
use std::sync::Arc;

use husako_schema::store::Store;
use tokio_util::sync::CancellationToken;

pub use error::GenerateError;

use crate::background::drop_in_background;
use crate::events::{Event, Reporter};
use crate::project::Project;
use generation::{Generation, Kubernetes};

/// What to generate from, and how.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[derive(Clone, Debug, Default)]
pub struct GenerateOptions {
    /// Takes the Kubernetes schemas from the OpenAPI documents in this folder.
    pub spec_dir: Option<PathBuf>,
    /// Leaves all resources out.
    pub skip_kubernetes: bool,
    /// Generates even if nothing changed.
    pub force: bool,
    /// Makes a definition that cannot be used an error.
    pub strict: bool,
    /// Refuses to change the lockfile.
    pub locked: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generated {
    /// Everything was up to date.
    Fresh,
    /// New types are published.
    Written,
}

/// Brings types, store, `tsconfig.json` and lockfile up to date.
pub async fn generate(
    project: Arc<Project>,
    options: GenerateOptions,
    reporter: Arc<dyn Reporter>,
    cancel: CancellationToken,
) -> Result<Generated, GenerateError> {
    let kubernetes = match (&options.spec_dir, options.skip_kubernetes) {
        (Some(directory), _) => Kubernetes::SpecDir { directory: directory.clone() },
        (None, true) => Kubernetes::Skipped,
        (None, false) => Kubernetes::Configured,
    };
    let found = Generation::read(&project);
    let run = Run { project, options, kubernetes, reporter, cancel };
    run.bring_up_to_date(found, false).await
}

/// The store of the project, after bringing it up to date. What an explicit `generate` was told
/// (`--spec-dir`, `--skip-k8s`) still holds.
pub(crate) async fn ensure(
    project: Arc<Project>,
    locked: bool,
    reporter: Arc<dyn Reporter>,
    cancel: CancellationToken,
) -> Result<Arc<Store>, GenerateError> {
    let found = Generation::read(&project);
    let kubernetes =
        found.as_ref().map_or(Kubernetes::Configured, |generation| generation.kubernetes.clone());
    let options = GenerateOptions { locked, ..GenerateOptions::default() };
    let run = Run { project: Arc::clone(&project), options, kubernetes, reporter, cancel };
    run.bring_up_to_date(found, true).await?;
    publish::open_store(&project).map(Arc::new)
}

/// One run of the operation.
struct Run {
    project: Arc<Project>,
    options: GenerateOptions,
    kubernetes: Kubernetes,
    reporter: Arc<dyn Reporter>,
    cancel: CancellationToken,
}

impl Run {
    /// With `remembered`, what a remembered `--spec-dir` resolved to is taken as it was.
    async fn bring_up_to_date(
        self,
        found: Option<Generation>,
        remember: bool,
    ) -> Result<Generated, GenerateError> {
        let Self { project, kubernetes, reporter, cancel, options } = &self;
        let remembered = found.as_ref().filter(|_| remember);
        let mut resolved =
            resolve::resolve(project, kubernetes, remembered, reporter, cancel).await?;
        let mut wanted = resolved.generation(kubernetes);
        if !options.force && found.as_ref() == Some(&wanted) && publish::is_whole(project) {
            if *kubernetes == Kubernetes::Configured {
                lock::write(project, &resolved, options.locked)?;
            }
            return Ok(Generated::Fresh);
        }
        let reason = match &found {
            _ if options.force => String::new(),
            None => "types were never generated".to_owned(),
            Some(found) => found.difference(&wanted),
        };
        reporter.report(Event::GenerateStarted { reason });
        if remembered.is_some() {
            resolved = resolve::resolve(project, kubernetes, None, reporter, cancel).await?;
            wanted = resolved.generation(kubernetes);
        }
        self.write(resolved, wanted).await
    }

    /// Everything from parsing to the lockfile. No `.await` stands between the first step of the
    /// publish and the last: all of it runs in one blocking closure.
    async fn write(
        self,
        resolved: resolve::Resolved,
        wanted: Generation,
    ) -> Result<Generated, GenerateError> {
        let Self { project, options, kubernetes, reporter, cancel } = self;
        let work =
            move || -> Result<(resolve::Resolved, Option<codegen::Output>), GenerateError> {
                let locks = kubernetes == Kubernetes::Configured;
                if locks {
                    lock::check(&project, &resolved, options.locked)?;
                }
                let guard = publish::lock(&project, &reporter, &cancel)?;
                // Another process may have done the work while this one waited.
                if !options.force
                    && Generation::read(&project).as_ref() == Some(&wanted)
                    && publish::is_whole(&project)
                {
                    return Ok((resolved, None));
                }
                let output = codegen::run(&resolved, options.strict, &*reporter, &cancel)?;
                publish::publish(&project, &output, &wanted, &cancel)?;
                publish::write_tsconfig(&project, &*reporter)?;
                if locks {
                    lock::write(&project, &resolved, options.locked)?;
                }
                drop(guard);
                reporter.report(Event::GenerateFinished {
                    modules: output.modules,
                    kinds: output.kinds,
                });
                Ok((resolved, Some(output)))
            };
        let done = tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| GenerateError::Internal(crate::tasks::panic_message(error)))?;
        let (resolved, output) = done?;
        // The two places where large values are freed off the critical path.
        drop_in_background((resolved.resources, output));
        drop_in_background(resolved.charts);
        Ok(Generated::Written)
    }
}
