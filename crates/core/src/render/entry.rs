//! One entry, from its file to the text of its documents.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use husako_diagnostics::SourceFrame;
use husako_runtime::{Cancellation, ContractError, Limits, Options, Output, Runtime, RuntimeError};
use husako_schema::store::Store;
use husako_schema::validate::{Rule, Validator};
use husako_value::Value;

use super::error::EntryError;
use super::modules::{EntryModules, Modules};
use super::output::Format;
use super::select::Entry;
use crate::events::{Event, Reporter};

/// The most violations of one entry that are listed.
const MAX_VIOLATIONS: usize = 50;

/// What all entries of a run share.
pub(crate) struct Session {
    pub(crate) modules: Arc<Modules>,
    pub(crate) limits: Limits,
    pub(crate) format: Format,
    pub(crate) cancellation: Cancellation,
    pub(crate) reporter: Arc<dyn Reporter>,
}

thread_local! {
    /// The engine of this thread. One that hit a limit is thrown away by the runtime itself.
    static ENGINE: RefCell<Option<Runtime>> = const { RefCell::new(None) };
}

/// Compiles and runs an entry, validates its documents and puts them into words.
pub(crate) fn render(session: &Session, entry: &Entry) -> Result<String, EntryError> {
    let documents = execute(session, entry)?;
    validate(session, entry, &documents)?;
    session.format.write(&documents).map_err(EntryError::Write)
}

fn execute(session: &Session, entry: &Entry) -> Result<Vec<Value>, EntryError> {
    let modules = Rc::new(EntryModules(Arc::clone(&session.modules)));
    let id = &entry.name;
    let options = Options { cancellation: session.cancellation.clone(), ..Options::default() };
    let ran = ENGINE.with(|engine| {
        let mut engine = engine.borrow_mut();
        let runtime = engine.get_or_insert_with(|| Runtime::new(session.limits));
        runtime.execute(id, modules, &options)
    });
    let Output { documents, console } =
        ran.map_err(|error| EntryError::Runtime { places: places(session, &error), error })?;
    for line in console {
        session.reporter.report(Event::Console { entry: id.clone(), text: line.text });
    }
    Ok(documents)
}

/// Where the program was, in TypeScript: the innermost place with its line, the others by name.
fn places(session: &Session, error: &RuntimeError) -> Vec<SourceFrame> {
    let mut places: Vec<SourceFrame> = Vec::new();
    if matches!(error, RuntimeError::Contract(ContractError::Value { .. })) {
        // The engine knows the last call that was made, which is one of the arguments'.
        return places;
    }
    for frame in error.stack().iter().filter(|frame| !frame.internal) {
        let Some(mut place) =
            session.modules.sources.original(&frame.module, frame.line, frame.column)
        else {
            continue;
        };
        if !places.is_empty() {
            place.source.clear();
        }
        places.push(place);
    }
    places
}

/// Refuses documents that are not what their kinds ask for. A kind of a group of which no schema
/// is known at all gives a warning: its definition may simply not be a source of the project.
fn validate(session: &Session, entry: &Entry, documents: &[Value]) -> Result<(), EntryError> {
    let store = &session.modules.store;
    if store.kinds().len() == 0 {
        return Ok(());
    }
    let validator = Validator::new(store);
    let mut violations = Vec::new();
    let mut more = 0;
    for (index, document) in documents.iter().enumerate() {
        for violation in validator.validate(document) {
            let place = format!("doc[{index}] at {}", violation.path);
            if violation.rule == Rule::UnknownKind && !knows_group_of(store, document) {
                let text = format!("{}: {place}: {}", entry.name, violation.message);
                session.reporter.report(Event::Warning(text));
            } else if violations.len() < MAX_VIOLATIONS {
                violations.push(format!("{place}: {}", violation.message));
            } else {
                more += 1;
            }
        }
    }
    if violations.is_empty() {
        return Ok(());
    }
    Err(EntryError::Invalid { violations, more })
}

fn knows_group_of(store: &Store, document: &Value) -> bool {
    let api_version = document.get("apiVersion").and_then(Value::as_str).unwrap_or_default();
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    store.kinds().any(|kind| *kind.group == *group)
}
