//! The functions that modules of the SDK call.

use std::rc::Rc;

use husako_value::Value;
use rquickjs::function::Opt;
use rquickjs::{Array, Ctx, Error, Exception, Function, Object, Persistent, Result};
use serde::Serialize as _;
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::capture::{Failure, display};
use crate::exception::{describe, thrown};
use crate::session::Session;

mod documents;
mod factory;

pub(crate) use documents::take_documents;

/// The object that modules of the SDK find as `import.meta.host`.
pub(crate) fn host<'js>(ctx: &Ctx<'js>, session: &Rc<Session>) -> Result<Object<'js>> {
    let host = Object::new(ctx.clone())?;
    let unknown =
        |ctx: Ctx<'js>, builder: Object<'js>, name: String| factory::unknown(&ctx, &builder, &name);
    host.set("unknown", Function::new(ctx.clone(), unknown)?)?;

    let rare = |ctx: Ctx<'js>| ctx.eval::<Function<'js>, _>(husako_sdk::RARE);
    host.set("rare", Function::new(ctx.clone(), rare)?)?;

    let state = Rc::clone(session);
    let builders = move |ctx: Ctx<'js>, registry: Array<'js>| {
        *state.registry.borrow_mut() = Some(Persistent::save(&ctx, registry));
    };
    host.set("builders", Function::new(ctx.clone(), builders)?)?;

    let state = Rc::clone(session);
    let factory = move |ctx: Ctx<'js>, module: String, name: String| {
        factory::describe(&ctx, &state, &module, &name)
    };
    host.set("factory", Function::new(ctx.clone(), factory)?)?;

    let state = Rc::clone(session);
    let build = move |ctx: Ctx<'js>, resources: Opt<rquickjs::Value<'js>>| {
        documents::build(&ctx, &state, &or_undefined(&ctx, resources))
    };
    host.set("build", Function::new(ctx.clone(), build)?.with_name("build")?)?;

    let state = Rc::clone(session);
    let to_yaml = move |ctx: Ctx<'js>, value: Opt<rquickjs::Value<'js>>| {
        let value = argument(&ctx, &state, "toYaml", &or_undefined(&ctx, value))?;
        let mut text = String::new();
        match husako_yaml::emit(&value, &mut text) {
            Ok(()) => Ok(text),
            Err(error) => Err(Exception::throw_type(&ctx, &format!("toYaml(): {error}"))),
        }
    };
    host.set("toYaml", Function::new(ctx.clone(), to_yaml)?.with_name("toYaml")?)?;

    let state = Rc::clone(session);
    let to_json =
        move |ctx: Ctx<'js>, value: Opt<rquickjs::Value<'js>>, indent: Opt<Option<u8>>| {
            let value = argument(&ctx, &state, "toJson", &or_undefined(&ctx, value))?;
            json(&value, indent.0.flatten().unwrap_or(0))
                .map_err(|error| Exception::throw_type(&ctx, &format!("toJson(): {error}")))
        };
    host.set("toJson", Function::new(ctx.clone(), to_json)?.with_name("toJson")?)?;
    Ok(host)
}

fn or_undefined<'js>(ctx: &Ctx<'js>, value: Opt<rquickjs::Value<'js>>) -> rquickjs::Value<'js> {
    value.0.unwrap_or_else(|| rquickjs::Value::new_undefined(ctx.clone()))
}

/// Takes an argument of `function`. What cannot be taken is an error of the program.
fn argument<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    function: &str,
    value: &rquickjs::Value<'js>,
) -> Result<Value> {
    session.capture(ctx, value).map_err(|failure| match failure {
        Failure::Refused(refusal) => {
            let path = display(&refusal.path());
            Exception::throw_type(ctx, &format!("{function}() at {path}: {}", refusal.message()))
        }
        Failure::Engine { error, .. } => error,
        Failure::Limit(_) => Exception::throw_internal(ctx, "interrupted"),
    })
}

fn json(value: &Value, indent: u8) -> std::result::Result<String, serde_json::Error> {
    if indent == 0 {
        return serde_json::to_string(value);
    }
    let spaces = vec![b' '; usize::from(indent)];
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(
        &mut bytes,
        PrettyFormatter::with_indent(&spaces),
    ))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A value as `console` shows it: texts as they are, data as JSON, other things in words.
pub(crate) fn inspect<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    value: &rquickjs::Value<'js>,
) -> String {
    if value.is_error() {
        return thrown(ctx, value).to_string();
    }
    if !value.is_object() || value.is_function() {
        return describe(value);
    }
    match session.capture(ctx, value) {
        Ok(value) => json(&value, 0).unwrap_or_default(),
        Err(failure) => {
            if matches!(failure, Failure::Engine { error: Error::Exception, .. }) {
                ctx.catch();
            }
            describe(value)
        }
    }
}
