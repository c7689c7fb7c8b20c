//! Many entries at once, their output in the order asked for.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use husako_fs::{create_dir_all, write_atomic};
use husako_runtime::{Cancellation, Limit, RuntimeError};
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

/// How long an entry may go on behind its deadline, or a cancellation, before it is given up. The
/// engine looks at the clock between its own steps; a few of its built-in functions, such as
/// sorting a list of 10^9 holes, take minutes for one step.
const GRACE: Duration = Duration::from_secs(2);

/// Renders the entries and writes what they make.
#[expect(clippy::too_many_arguments, reason = "one call, from the operation that has them all")]
pub(crate) async fn render(
    project: &Project,
    bounds: Bounds,
    entries: Vec<Entry>,
    destination: Destination,
    options: &RenderOptions,
    store: Arc<Store>,
    reporter: Arc<dyn Reporter>,
    sink: &mut dyn Sink,
    cancel: CancellationToken,
) -> Result<Vec<EntryFailure>, RenderError> {
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
    let wrote = |index: usize| {
        if let Some(files) = &files {
            reporter.report(Event::Wrote { path: project.display(&files[index]) });
        }
    };
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
        wrote: &wrote,
    };
    let mut tasks = JoinSet::new();
    // The entries that are being rendered, and when each is given up.
    let mut running: BTreeMap<usize, Instant> = BTreeMap::new();
    let mut started = 0;
    loop {
        while started < entries.len()
            && running.len() < jobs
            && started - order.next < jobs * WAITING_PER_JOB
            && !cancel.is_cancelled()
        {
            let (session, entries) = (Arc::clone(&session), Arc::clone(&entries));
            let file = files.as_ref().map(|files| files[started].clone());
            let index = started;
            tasks.spawn_blocking(move || {
                let work =
                    AssertUnwindSafe(|| render_to(&session, &entries[index], file.as_deref()));
                let rendered = catch_unwind(work)
                    .unwrap_or_else(|panic| Err(EntryError::Internal(panic_text(&*panic))));
                (index, rendered)
            });
            running.insert(started, give_up_at(options));
            started += 1;
        }
        let Some(next) = running.values().min().copied() else { break };
        let joined = tokio::select! {
            joined = tasks.join_next() => joined,
            () = cancel.cancelled(), if !cancellation.is_cancelled() => {
                cancellation.cancel();
                for at in running.values_mut() {
                    *at = Instant::now() + GRACE;
                }
                continue;
            }
            () = tokio::time::sleep_until(next.into()) => {
                let stuck: Vec<usize> = running
                    .iter()
                    .filter(|(_, at)| Instant::now() >= **at)
                    .map(|(index, _)| *index)
                    .collect();
                for index in stuck {
                    running.remove(&index);
                    reporter.report(Event::EntryFinished);
                    order.take(index, Err(stuck_error(options)), &entries);
                }
                continue;
            }
        };
        match joined {
            // One that was given up has its failure already.
            Some(Ok((index, _))) if running.remove(&index).is_none() => {}
            Some(Ok((index, result))) => {
                reporter.report(Event::EntryFinished);
                order.take(index, result, &entries);
            }
            Some(Err(error)) => return Err(RenderError::Internal(panic_message(error))),
            None => break,
        }
    }
    // What is stuck inside the engine cannot be stopped: it ends with the process.
    tasks.detach_all();
    if cancel.is_cancelled() {
        return Err(RenderError::Cancelled);
    }
    order.writer.finish();
    Ok(order.failures)
}

fn give_up_at(options: &RenderOptions) -> Instant {
    // A deadline beyond what the clock can say is none.
    const NEVER: Duration = Duration::from_hours(24 * 365);
    let now = Instant::now();
    now.checked_add(options.limits.deadline.saturating_add(GRACE)).unwrap_or(now + NEVER)
}

fn stuck_error(options: &RenderOptions) -> EntryError {
    let limit = Limit::Deadline(options.limits.deadline);
    EntryError::Runtime {
        error: RuntimeError::Limit { limit, frames: Vec::new() },
        places: Vec::new(),
    }
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
    /// Told of each file when its turn has come.
    wrote: &'a dyn Fn(usize),
}

impl Order<'_> {
    fn take(&mut self, index: usize, result: Result<String, EntryError>, entries: &[Entry]) {
        self.waiting.insert(index, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            match result {
                Ok(text) => {
                    self.writer.write(&text);
                    (self.wrote)(self.next);
                }
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
