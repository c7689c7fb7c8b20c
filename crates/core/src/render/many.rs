//! Many entries at once, their output in the order asked for.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;

use husako_fs::{create_dir_all, write_atomic};
use husako_runtime::Cancellation;
use husako_schema::store::Store;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::entry::{self, Session};
use super::error::{EntryError, EntryFailure, RenderError};
use super::imports::Bounds;
use super::modules::Modules;
use super::output::{Destination, Format};
use super::select::Entry;
use super::{RenderOptions, Sink};
use crate::events::{Event, Reporter};
use crate::project::Project;
use crate::tasks::panic_message;

/// How many rendered entries per job may wait for the turn of an earlier one: memory follows what
/// is in flight, not what there is.
const WAITING_PER_JOB: usize = 16;

/// Renders the entries and writes what they make.
#[expect(clippy::too_many_arguments, reason = "one call, from the operation that has them all")]
pub(crate) async fn render(
    project: &Project,
    entries: Vec<Entry>,
    destination: Destination,
    options: &RenderOptions,
    store: Arc<Store>,
    reporter: Arc<dyn Reporter>,
    sink: &mut dyn Sink,
    cancel: CancellationToken,
) -> Result<Vec<EntryFailure>, RenderError> {
    let bounds = Bounds {
        root: project.root.clone(),
        allow_outside: options.allow_outside_root || project.config.allow_outside_root,
    };
    let cancellation = Cancellation::new();
    let session = Arc::new(Session {
        modules: Arc::new(Modules::new(bounds, store)),
        limits: options.limits,
        format: options.format,
        cancellation: cancellation.clone(),
        reporter: Arc::clone(&reporter),
    });
    let entries: Arc<[Entry]> = entries.into();
    let files: Option<Arc<[PathBuf]>> = match destination {
        Destination::Files(files) => Some(files.into()),
        Destination::Writer => None,
    };
    let jobs = options.jobs.unwrap_or_else(cores).min(entries.len());
    let mut order = Order {
        next: 0,
        waiting: BTreeMap::new(),
        writer: Writer {
            sink,
            format: options.format,
            started: false,
            wanted: options.write && files.is_none(),
        },
        failures: Vec::new(),
    };
    let mut tasks = JoinSet::new();
    let mut started = 0;
    loop {
        while started < entries.len()
            && tasks.len() < jobs
            && started - order.next < jobs * WAITING_PER_JOB
            && !cancel.is_cancelled()
        {
            let (session, entries) = (Arc::clone(&session), Arc::clone(&entries));
            let file = files.as_ref().map(|files| files[started].clone());
            let (index, write) = (started, options.write);
            tasks.spawn_blocking(move || {
                let entry = &entries[index];
                let rendered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    render_to(&session, entry, file.as_deref().filter(|_| write))
                }))
                .unwrap_or_else(|panic| Err(EntryError::Internal(panic_text(&*panic))));
                (index, rendered)
            });
            started += 1;
        }
        let joined = tokio::select! {
            joined = tasks.join_next() => joined,
            () = cancel.cancelled(), if !cancellation.is_cancelled() => {
                cancellation.cancel();
                continue;
            }
        };
        let Some(joined) = joined else { break };
        match joined {
            Ok((index, result)) => {
                reporter.report(Event::EntryFinished);
                if let (Ok(_), Some(files)) = (&result, &files) {
                    reporter.report(Event::Wrote { path: project.display(&files[index]) });
                }
                order.take(index, result, &entries);
            }
            Err(error) => return Err(RenderError::Internal(panic_message(error))),
        }
    }
    if cancel.is_cancelled() {
        return Err(RenderError::Cancelled);
    }
    order.writer.finish();
    Ok(order.failures)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panicked".to_owned())
}

/// Renders an entry; to its file, if there is one, which is then written as a whole or not at all.
fn render_to(
    session: &Session,
    entry: &Entry,
    file: Option<&std::path::Path>,
) -> Result<String, EntryError> {
    let body = entry::render(session, entry)?;
    let Some(file) = file else { return Ok(body) };
    let frame = session.format.frame();
    let text = format!("{}{body}{}", frame.before, frame.after);
    if let Some(folder) = file.parent() {
        create_dir_all(folder).map_err(EntryError::File)?;
    }
    write_atomic(file, text.as_bytes()).map_err(EntryError::File)?;
    Ok(String::new())
}

/// Puts results back into the order of the entries.
struct Order<'a> {
    next: usize,
    waiting: BTreeMap<usize, Result<String, EntryError>>,
    writer: Writer<'a>,
    failures: Vec<EntryFailure>,
}

impl Order<'_> {
    fn take(&mut self, index: usize, result: Result<String, EntryError>, entries: &[Entry]) {
        self.waiting.insert(index, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            match result {
                Ok(text) => self.writer.write(&text),
                Err(error) => {
                    let name = label(&entries[self.next]);
                    self.failures.push(EntryFailure { name, error });
                }
            }
            self.next += 1;
        }
    }
}

fn label(entry: &Entry) -> String {
    match &entry.alias {
        Some(alias) if *alias != entry.name => format!("`{alias}` ({})", entry.name),
        _ => format!("`{}`", entry.name),
    }
}

/// Writes rendered entries to the sink, with what stands around and between them.
struct Writer<'a> {
    sink: &'a mut dyn Sink,
    format: Format,
    started: bool,
    /// Whether anything is to be written, still.
    wanted: bool,
}

impl Writer<'_> {
    fn write(&mut self, body: &str) {
        if body.is_empty() || !self.wanted {
            return;
        }
        let frame = self.format.frame();
        let before = if self.started { frame.between } else { frame.before };
        self.started = true;
        // The sink keeps its own error: it knows what it writes to.
        self.wanted = matches!(self.sink.write(&format!("{before}{body}")), Ok(true));
    }

    fn finish(&mut self) {
        if self.started && self.wanted {
            self.wanted = matches!(self.sink.write(self.format.frame().after), Ok(true));
        }
    }
}
