//! `render`: from entries to validated documents.
//!
//! Rendering one entry is a plain synchronous function ([`entry`]); many are rendered by a
//! `JoinSet` of blocking tasks, as many at once as there are cores. Output leaves in the order
//! asked for, as soon as its turn has come; a failing entry loses nothing of the others.

mod data;
mod entry;
mod error;
mod imports;
mod many;
mod modules;
mod output;
mod select;
mod sources;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use husako_runtime::Limits;
use tokio_util::sync::CancellationToken;

pub use error::{EntryError, EntryFailure, RenderError};
pub use output::{Format, OutputError, WriteError};
pub use select::{Entry, SelectError};

use crate::events::{Event, Reporter};
use crate::generate;
use crate::project::Project;
use imports::Bounds;
use output::Destination;

/// Which entries to render, how, and where to.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[derive(Clone, Debug)]
pub struct RenderOptions {
    /// The folder that relative paths of the command line start in.
    pub directory: PathBuf,
    /// Aliases, files and globs; with none, the only entry of `husako.toml`.
    pub entries: Vec<String>,
    /// All entries of `husako.toml`.
    pub all: bool,
    /// The file or folder to write to; the sink if none.
    pub output: Option<PathBuf>,
    /// The form of the output.
    pub format: Format,
    /// Whether anything is written at all.
    pub write: bool,
    /// How many entries to render at once; as many as there are cores if none.
    pub jobs: Option<usize>,
    /// What one entry may use.
    pub limits: Limits,
    /// Whether imports may lead out of the project, even if `husako.toml` does not allow it.
    pub allow_outside_root: bool,
    /// Refuses to change the lockfile.
    pub locked: bool,
}

/// Where documents go that are not written to files.
pub trait Sink {
    /// Takes the next piece of text. `false` says that no more is wanted.
    fn write(&mut self, text: &str) -> io::Result<bool>;
}

/// Renders entries, after bringing the generated types up to date.
///
/// Returns the failures of single entries, in the order of the entries; an error is what kept all
/// of them from being rendered.
pub async fn render(
    project: Arc<Project>,
    options: RenderOptions,
    reporter: Arc<dyn Reporter>,
    sink: &mut dyn Sink,
    cancel: CancellationToken,
) -> Result<Vec<EntryFailure>, RenderError> {
    let entries = select::select(&project, &options.directory, &options.entries, options.all)?;
    let bounds = Bounds {
        root: project.root.clone(),
        allow_outside: options.allow_outside_root || project.config.allow_outside_root,
    };
    select::check(&entries, &bounds)?;
    let destination = Destination::resolve(
        options.output.as_deref().filter(|_| options.write),
        &options.directory,
        &entries,
        options.format,
    )?;
    destination.check(&project, &entries)?;
    let store = generate::ensure(
        Arc::clone(&project),
        options.locked,
        Arc::clone(&reporter),
        cancel.clone(),
    )
    .await?;
    reporter.report(Event::RenderStarted { total: entries.len() });
    many::render(&project, bounds, entries, destination, &options, store, reporter, sink, cancel)
        .await
}
