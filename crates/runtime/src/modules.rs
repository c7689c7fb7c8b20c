//! Modules of the engine, by way of the caller's loader.

use std::fmt::Write as _;
use std::rc::Rc;

use husako_sdk::CORE_SPECIFIER;
use husako_value::Value;
use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Error, Exception, Module, Result};

use crate::exception::LOAD_ERROR;
use crate::host::host;
use crate::inject::inject;
use crate::session::Session;
use crate::{LoadError, ModuleSource};

#[derive(Clone)]
pub(crate) struct Modules(pub(crate) Rc<Session>);

impl Resolver for Modules {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        importer: &str,
        specifier: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        if is_sdk(specifier)
            && (specifier != CORE_SPECIFIER || is_sdk(importer) || self.0.is_made(importer))
        {
            return Ok(specifier.to_owned());
        }
        self.0.loader.resolve(importer, specifier).map_err(|error| throw(ctx, &self.0, error))
    }
}

impl Loader for Modules {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        id: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        // Compiling happens in the loader, where the engine does not look at the clock.
        if self.0.watch.check().is_some() {
            return Err(Exception::throw_internal(ctx, "interrupted"));
        }
        if let Some(code) = sdk_code(id) {
            let module = Module::declare(ctx.clone(), id, code)?;
            module.meta()?.set("host", host(ctx, &self.0)?)?;
            return Ok(module);
        }
        match self.0.loader.load(id) {
            Ok(source) => declare(ctx, &self.0, id, source),
            Err(error) => Err(throw(ctx, &self.0, error)),
        }
    }
}

/// Declares the module `id`.
pub(crate) fn declare<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    id: &str,
    source: ModuleSource,
) -> Result<Module<'js, Declared>> {
    match source {
        ModuleSource::JavaScript(code) => Module::declare(ctx.clone(), id, code),
        ModuleSource::Value(value) => value_module(ctx, session, id, &value),
        ModuleSource::Text(text) => value_module(ctx, session, id, &Value::from(text)),
        ModuleSource::Factories { module, names } => {
            session.made.borrow_mut().insert(id.to_owned());
            Module::declare(ctx.clone(), id, factory_module(&module, &names))
        }
    }
}

fn value_module<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    id: &str,
    value: &Value,
) -> Result<Module<'js, Declared>> {
    let module = Module::declare(ctx.clone(), id, "export default import.meta.value;")?;
    module.meta()?.set("value", inject(ctx, session, value)?)?;
    Ok(module)
}

fn factory_module(module: &str, names: &[String]) -> String {
    let mut code = format!(
        "import {{ factory as f }} from \"{CORE_SPECIFIER}\";const m = {};",
        literal(module)
    );
    for (index, name) in names.iter().enumerate() {
        let name = literal(name);
        // A name can be any text, so it is never an identifier here.
        let _ = write!(code, "const f{index} = f(m, {name}); export {{ f{index} as {name} }};");
    }
    code
}

fn is_sdk(id: &str) -> bool {
    sdk_code(id).is_some()
}

fn sdk_code(id: &str) -> Option<&'static str> {
    if id == CORE_SPECIFIER {
        return Some(husako_sdk::CORE);
    }
    husako_sdk::MODULES.iter().find(|module| module.specifier == id).map(|module| module.javascript)
}

/// The text as a literal: JSON is JavaScript since ES2019.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Throws an error that stands for the loader's.
fn throw(ctx: &Ctx<'_>, session: &Session, error: LoadError) -> Error {
    let mut errors = session.load_errors.borrow_mut();
    let exception = Exception::from_message(ctx.clone(), &error.to_string());
    errors.push(Some(error));
    let marked = exception.and_then(|exception| {
        exception.as_object().prop(LOAD_ERROR, errors.len() - 1)?;
        Ok(exception)
    });
    match marked {
        Ok(exception) => exception.throw(),
        Err(error) => error,
    }
}
