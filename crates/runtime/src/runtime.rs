use std::rc::Rc;

use husako_value::{Map, Value};
use rquickjs::context::intrinsic;
use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::promise::PromiseState;
use rquickjs::{Context, Ctx, Module, Object, Persistent, Promise};

use crate::exception::{classify, classify_thrown};
use crate::host::take_documents;
use crate::inject::inject;
use crate::modules::{Modules, declare};
use crate::sandbox::prepare;
use crate::session::{Kept, Session};
use crate::watch::Watch;
use crate::{
    Cancellation, ConsoleLine, ContractError, Limit, Limits, ModuleLoader, ModuleSource,
    RuntimeError,
};

/// What the language has, without what depends on the machine: no `performance`, and no
/// `WeakRef`, which would tell when garbage is collected.
type Intrinsics = (
    intrinsic::Date,
    intrinsic::Eval,
    intrinsic::RegExpCompiler,
    intrinsic::RegExp,
    intrinsic::Json,
    intrinsic::Proxy,
    intrinsic::MapSet,
    intrinsic::TypedArrays,
    intrinsic::Promise,
);

/// Runs entries, one after the other, on one thread.
///
/// Each entry gets a context of its own; they share the engine only, which is made anew after an
/// entry that hit a limit. The value stays on its thread.
pub struct Runtime {
    limits: Limits,
    engine: Option<rquickjs::Runtime>,
}

/// What one execution is given beside its modules.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `ctx.params` of an entry whose default export is a function.
    pub params: Map,
    /// The caller's way to stop it.
    pub cancellation: Cancellation,
}

/// What an entry built.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// The documents in the order in which the entry gave them.
    pub documents: Vec<Value>,
    /// What it wrote to its `console`.
    pub console: Vec<ConsoleLine>,
}

impl Runtime {
    /// A runtime whose entries are held to `limits`. The engine is made with the first entry.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, engine: None }
    }

    /// Runs the module `entry` and returns what it builds.
    ///
    /// The thread's stack must hold [`Limits::stack`] and about 1 MiB more.
    ///
    /// # Errors
    /// See [`RuntimeError`]; with any of them, nothing that was built counts.
    pub fn execute(
        &mut self,
        entry: &str,
        loader: Rc<dyn ModuleLoader>,
        options: &Options,
    ) -> Result<Output, RuntimeError> {
        let watch = Rc::new(Watch::start(self.limits.deadline, options.cancellation.clone()));
        let session = Rc::new(Session::new(loader, Rc::clone(&watch), self.limits.heap));
        let engine = match self.engine.take() {
            Some(engine) => engine,
            None => self.make_engine()?,
        };
        engine.set_loader(Modules(Rc::clone(&session)), Modules(Rc::clone(&session)));
        engine.set_interrupt_handler(Some(Box::new(move || watch.check().is_some())));
        track_rejections(&engine, &session);

        let result = run(&engine, &session, entry, options);

        // Values of the context may not outlive it, and the engine keeps the session alive else.
        session.release();
        engine.set_interrupt_handler(None);
        engine.set_host_promise_rejection_tracker(None);
        engine.set_loader(NoModules, NoModules);
        if session.limit().is_none() && !matches!(result, Err(RuntimeError::Engine(_))) {
            self.engine = Some(engine);
        }
        result?;
        Ok(Output { documents: session.documents.take(), console: session.console.take() })
    }

    fn make_engine(&self) -> Result<rquickjs::Runtime, RuntimeError> {
        let engine =
            rquickjs::Runtime::new().map_err(|error| RuntimeError::Engine(error.to_string()))?;
        engine.set_memory_limit(self.limits.heap);
        engine.set_max_stack_size(self.limits.stack);
        // Collecting cycles costs more than it frees while a program only builds up.
        engine.set_gc_threshold(self.limits.heap / 4);
        Ok(engine)
    }
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runtime").field("limits", &self.limits).finish_non_exhaustive()
    }
}

fn track_rejections(engine: &rquickjs::Runtime, session: &Rc<Session>) {
    let session = Rc::clone(session);
    engine.set_host_promise_rejection_tracker(Some(Box::new(
        move |ctx, promise, reason, handled| {
            let mut rejections = session.rejections.borrow_mut();
            let promise = Persistent::save(&ctx, promise);
            if handled {
                rejections.retain(|[rejected, _]| *rejected != promise);
            } else {
                rejections.push([promise, Persistent::save(&ctx, reason)]);
            }
        },
    )));
}

fn run(
    engine: &rquickjs::Runtime,
    session: &Rc<Session>,
    entry: &str,
    options: &Options,
) -> Result<(), RuntimeError> {
    let source = session.loader.load(entry).map_err(RuntimeError::Load)?;
    let context = Context::custom::<Intrinsics>(engine)
        .map_err(|error| RuntimeError::Engine(error.to_string()))?;
    let result = run_in(engine, &context, session, entry, source, options);
    match result {
        // What is thrown where not even an error can be made any more.
        Err(RuntimeError::Exception(thrown)) if thrown.is_null() && is_full(engine, session) => {
            session.limit.set(Some(Limit::Heap(session.heap)));
            Err(RuntimeError::Limit { limit: Limit::Heap(session.heap), frames: Vec::new() })
        }
        other => other,
    }
}

/// Whether most of the heap is in use.
fn is_full(engine: &rquickjs::Runtime, session: &Session) -> bool {
    usize::try_from(engine.memory_usage().malloc_size).is_ok_and(|used| used > session.heap / 2)
}

fn run_in(
    engine: &rquickjs::Runtime,
    context: &Context,
    session: &Rc<Session>,
    entry: &str,
    source: ModuleSource,
    options: &Options,
) -> Result<(), RuntimeError> {
    let (namespace, promise) = within(context, session, |ctx| {
        prepare(ctx, session)?;
        start(ctx, session, entry, source)
    })?;
    settle(engine, context, session, promise)?;
    let exported = within(context, session, |ctx| {
        let namespace = namespace.restore(ctx)?;
        exported(ctx, session, &namespace, options)
    })?;
    if session.builds.get() > 0 && exported.is_some() {
        return Err(RuntimeError::Contract(ContractError::BuiltAndExported));
    }
    match exported {
        Some(exported) => {
            let resources = match exported {
                Exported::Promise(promise) => settle(engine, context, session, promise)?,
                Exported::Value(value) => value,
            };
            within(context, session, |ctx| take_documents(ctx, session, &resources.restore(ctx)?))?;
            // A getter may have started something.
            finish_jobs(engine, context, session)?;
            kept_contract(session)?;
        }
        None if session.builds.get() == 0 => {
            // Likely the reason.
            unhandled(context, session)?;
            return Err(RuntimeError::Contract(ContractError::NothingBuilt));
        }
        None => {}
    }
    unhandled(context, session)
}

/// Runs `operation` in the context and says what its failure means.
fn within<T>(
    context: &Context,
    session: &Session,
    operation: impl FnOnce(&Ctx<'_>) -> rquickjs::Result<T>,
) -> Result<T, RuntimeError> {
    context.with(|ctx| {
        operation(&ctx).map_err(|error| {
            let error = classify(&ctx, session, error);
            breach_or(session, error)
        })
    })
}

/// A breach of the contract goes before the exception that it was told by.
fn breach_or(session: &Session, error: RuntimeError) -> RuntimeError {
    match error {
        RuntimeError::Limit { .. } => error,
        _ => session.contract.take().map_or(error, RuntimeError::Contract),
    }
}

/// A program may go on after a breach of the contract, but its documents do not count.
fn kept_contract(session: &Session) -> Result<(), RuntimeError> {
    match session.contract.take() {
        Some(error) => Err(RuntimeError::Contract(error)),
        None => Ok(()),
    }
}

type Started = (Persistent<Object<'static>>, Persistent<Promise<'static>>);

fn start(
    ctx: &Ctx<'_>,
    session: &Session,
    entry: &str,
    source: ModuleSource,
) -> rquickjs::Result<Started> {
    let module = declare(ctx, session, entry, source)?;
    // The engine makes the namespace of linked modules only.
    let (module, promise) = module.eval()?;
    let namespace = module.namespace()?;
    Ok((Persistent::save(ctx, namespace), Persistent::save(ctx, promise)))
}

/// Runs jobs until none is left, and returns what the promise was settled with.
fn settle(
    engine: &rquickjs::Runtime,
    context: &Context,
    session: &Session,
    promise: Persistent<Promise<'static>>,
) -> Result<Kept, RuntimeError> {
    let finished = finish_jobs(engine, context, session);
    context.with(|ctx| {
        let promise = promise.restore(&ctx).map_err(|error| classify(&ctx, session, error))?;
        // A program that was stopped says in its rejection where it was.
        if promise.state() != PromiseState::Rejected {
            finished?;
            kept_contract(session)?;
        }
        match promise.result::<rquickjs::Value<'_>>() {
            Some(Ok(value)) => Ok(Persistent::save(&ctx, value)),
            Some(Err(error)) => Err(breach_or(session, classify(&ctx, session, error))),
            None => Err(RuntimeError::Stalled),
        }
    })
}

/// Runs jobs until none is left. A job only fails where the engine was stopped: what a program
/// throws in it settles a promise.
fn finish_jobs(
    engine: &rquickjs::Runtime,
    context: &Context,
    session: &Session,
) -> Result<(), RuntimeError> {
    loop {
        if let Some(limit) = session.watch.check() {
            return Err(RuntimeError::Limit { limit, frames: Vec::new() });
        }
        match engine.execute_pending_job() {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                return Err(context.with(|ctx| classify_thrown(&ctx, session, &ctx.catch())));
            }
        }
    }
    Ok(())
}

enum Exported {
    Value(Kept),
    Promise(Persistent<Promise<'static>>),
}

/// The default export of the entry, or what it returns if it is a function.
fn exported<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    namespace: &Object<'js>,
    options: &Options,
) -> rquickjs::Result<Option<Exported>> {
    let default: rquickjs::Value<'js> = namespace.get("default")?;
    if default.is_undefined() {
        return Ok(None);
    }
    let value = match default.as_function().filter(|_| session.builds.get() == 0) {
        Some(function) => {
            let context =
                Map::from_iter([("params".into(), Value::Object(options.params.clone()))]);
            let context = inject(ctx, session, &Value::Object(context))?;
            function.call((context,))?
        }
        None => default,
    };
    Ok(Some(match value.try_into_promise() {
        Ok(promise) => Exported::Promise(Persistent::save(ctx, promise)),
        Err(value) => Exported::Value(Persistent::save(ctx, value)),
    }))
}

/// Refuses an entry that left a rejection unhandled.
fn unhandled(context: &Context, session: &Session) -> Result<(), RuntimeError> {
    let rejections = session.rejections.take();
    let Some([_, reason]) = rejections.into_iter().next() else { return Ok(()) };
    context.with(|ctx| {
        let reason = reason.restore(&ctx).map_err(|error| classify(&ctx, session, error))?;
        Err(match classify_thrown(&ctx, session, &reason) {
            RuntimeError::Exception(thrown) => RuntimeError::UnhandledRejection(thrown),
            other => other,
        })
    })
}

/// Stands in while no program runs.
struct NoModules;

impl Resolver for NoModules {
    fn resolve<'js>(
        &mut self,
        _: &Ctx<'js>,
        importer: &str,
        specifier: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        Err(rquickjs::Error::new_resolving(importer, specifier))
    }
}

impl Loader for NoModules {
    fn load<'js>(
        &mut self,
        _: &Ctx<'js>,
        id: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        Err(rquickjs::Error::new_loading(id))
    }
}
