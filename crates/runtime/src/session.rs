//! What one execution remembers.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use husako_value::Value;
use rquickjs::{Array, Ctx, Error, Persistent};

use crate::capture::{Builders, Capture, Failure, Refusal};
use crate::watch::Watch;
use crate::{ConsoleLine, ContractError, Limit, LoadError, ModuleLoader};

/// Lines beyond are dropped: nobody reads them, and a loop makes many.
const MAX_CONSOLE_LINES: usize = 10_000;

/// The state of one execution, shared by the functions that the program can call.
pub(crate) struct Session {
    pub(crate) loader: Rc<dyn ModuleLoader>,
    pub(crate) watch: Rc<Watch>,
    pub(crate) heap: usize,
    /// What `build()` got.
    pub(crate) documents: RefCell<Vec<Value>>,
    pub(crate) builds: Cell<u32>,
    pub(crate) contract: RefCell<Option<ContractError>>,
    /// The limit that a native walk ran into.
    pub(crate) limit: Cell<Option<Limit>>,
    /// Ids of modules that this crate wrote itself.
    pub(crate) made: RefCell<HashSet<String>>,
    pub(crate) console: RefCell<Vec<ConsoleLine>>,
    /// Errors of the loader; JavaScript errors that stand for them carry the index.
    pub(crate) load_errors: RefCell<Vec<Option<LoadError>>>,
    /// Promises that were rejected and not handled so far, and why.
    pub(crate) rejections: RefCell<Vec<[Persistent<rquickjs::Value<'static>>; 2]>>,
    pub(crate) primordials: RefCell<Option<Primordials>>,
    /// The methods that builders are known by.
    pub(crate) registry: RefCell<Option<Persistent<Array<'static>>>>,
    /// The prototype of integers that a number cannot hold.
    exact: RefCell<Option<Kept>>,
}

/// A value that is kept between entries into the context. None may outlive the context.
pub(crate) type Kept = Persistent<rquickjs::Value<'static>>;

/// Parts of the language as they were before any program ran.
pub(crate) struct Primordials {
    /// `Object.prototype`
    pub(crate) object: Kept,
    /// `Object.freeze`
    pub(crate) freeze: Kept,
    /// The engine's own `Date`.
    pub(crate) date: Kept,
}

impl Session {
    pub(crate) fn new(loader: Rc<dyn ModuleLoader>, watch: Rc<Watch>, heap: usize) -> Self {
        Self {
            loader,
            watch,
            heap,
            documents: RefCell::default(),
            builds: Cell::new(0),
            contract: RefCell::default(),
            limit: Cell::new(None),
            made: RefCell::default(),
            console: RefCell::default(),
            load_errors: RefCell::default(),
            rejections: RefCell::default(),
            primordials: RefCell::default(),
            registry: RefCell::default(),
            exact: RefCell::default(),
        }
    }

    /// The limit that the program hit, as far as the host knows.
    pub(crate) fn limit(&self) -> Option<Limit> {
        self.watch.tripped().or(self.limit.get())
    }

    /// Whether this crate wrote the module.
    pub(crate) fn is_made(&self, id: &str) -> bool {
        self.made.borrow().contains(id)
    }

    /// Lets go of the values of the context.
    pub(crate) fn release(&self) {
        self.primordials.take();
        self.registry.take();
        self.exact.take();
        self.rejections.take();
    }

    /// Keeps a line of the console, while there is room.
    pub(crate) fn write(&self, line: ConsoleLine) {
        let mut console = self.console.borrow_mut();
        if console.len() < MAX_CONSOLE_LINES {
            console.push(line);
        }
    }

    pub(crate) fn primordial<'js>(
        &self,
        ctx: &Ctx<'js>,
        which: impl FnOnce(&Primordials) -> &Kept,
    ) -> rquickjs::Result<rquickjs::Value<'js>> {
        let kept = self.primordials.borrow().as_ref().map(|known| which(known).clone());
        kept.ok_or(Error::Unknown)?.restore(ctx)
    }

    /// The prototype of integers that a number cannot hold.
    pub(crate) fn exact<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<rquickjs::Value<'js>> {
        if let Some(exact) = self.exact.borrow().clone() {
            return exact.restore(ctx);
        }
        let exact: rquickjs::Value<'js> = ctx.eval(husako_sdk::EXACT)?;
        *self.exact.borrow_mut() = Some(Persistent::save(ctx, exact.clone()));
        Ok(exact)
    }

    pub(crate) fn builders<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<Builders<'js>> {
        let object = self.primordial(ctx, |known| &known.object)?;
        let exact = self.exact.borrow().clone().map(|exact| exact.restore(ctx)).transpose()?;
        let registry =
            self.registry.borrow().clone().map(|registry| registry.restore(ctx)).transpose()?;
        Builders::new(ctx, object, exact, registry.as_ref())
    }

    /// Takes a value that the program gave to a function of the host.
    pub(crate) fn capture<'js>(
        &self,
        ctx: &Ctx<'js>,
        value: &rquickjs::Value<'js>,
    ) -> Result<Value, Failure> {
        let builders = self.builders(ctx)?;
        let mut capture = Capture::new(&builders, &self.watch, self.heap);
        let captured = capture.value(value.clone());
        captured.map_err(|failure| self.explain(&capture, value, failure))
    }

    /// Says of a value that is too deep whether it is in itself; notes a limit.
    pub(crate) fn explain<'js>(
        &self,
        capture: &Capture<'_, 'js>,
        root: &rquickjs::Value<'js>,
        failure: Failure,
    ) -> Failure {
        match failure {
            Failure::Refused(refusal) if refusal.too_deep => {
                let path = refusal.path();
                match capture.cycle(root, &path) {
                    Some((first, again)) => Refusal::cycle(path, first, again).into(),
                    None => refusal.shortened().into(),
                }
            }
            Failure::Limit(limit) => {
                self.limit.set(Some(limit));
                Failure::Limit(limit)
            }
            other => other,
        }
    }
}
