//! Makes the globals of a fresh context those of a render: nothing in them tells one machine or
//! one moment from another.

use std::rc::Rc;

use rquickjs::function::Rest;
use rquickjs::object::{Accessor, Property};
use rquickjs::{Ctx, Exception, Function, Object, Persistent, Result, Value};

use crate::host::inspect;
use crate::session::{Primordials, Session};
use crate::{ConsoleLine, Level};

const LEVELS: [(&str, Level); 5] = [
    ("debug", Level::Debug),
    ("log", Level::Log),
    ("info", Level::Info),
    ("warn", Level::Warn),
    ("error", Level::Error),
];

pub(crate) fn prepare<'js>(ctx: &Ctx<'js>, session: &Rc<Session>) -> Result<()> {
    let globals = ctx.globals();
    let object: Object<'js> = globals.get("Object")?;
    let keep = |value: Value<'js>| Persistent::save(ctx, value);
    *session.primordials.borrow_mut() = Some(Primordials {
        object: keep(object.get("prototype")?),
        freeze: keep(object.get("freeze")?),
        date: keep(globals.get("Date")?),
    });
    for name in ["SharedArrayBuffer", "Atomics"] {
        globals.remove(name)?;
    }
    let random = |ctx: Ctx<'js>| -> Result<()> {
        Err(Exception::throw_type(
            &ctx,
            "`Math.random()` is not available: a render depends on its sources and parameters alone",
        ))
    };
    globals.get::<_, Object<'js>>("Math")?.set("random", Function::new(ctx.clone(), random)?)?;
    globals.prop("console", Property::from(console(ctx, session)?).writable().configurable())?;
    lazy_date(session, &globals)
}

fn console<'js>(ctx: &Ctx<'js>, session: &Rc<Session>) -> Result<Object<'js>> {
    let console = Object::new(ctx.clone())?;
    for (name, level) in LEVELS {
        let session = Rc::clone(session);
        let write = move |ctx: Ctx<'js>, values: Rest<Value<'js>>| {
            let texts: Vec<String> =
                values.0.iter().map(|value| inspect(&ctx, &session, value)).collect();
            session.write(ConsoleLine { level, text: texts.join(" ") });
        };
        console.set(name, Function::new(ctx.clone(), write)?)?;
    }
    Ok(console)
}

/// Few programs use dates, so what makes them independent of the clock is loaded on first use.
fn lazy_date<'js>(session: &Rc<Session>, globals: &Object<'js>) -> Result<()> {
    let session = Rc::clone(session);
    let get = move |ctx: Ctx<'js>| -> Result<Value<'js>> {
        let make: Function<'js> = ctx.eval(husako_sdk::DATE)?;
        let date: Value<'js> = make.call((session.primordial(&ctx, |known| &known.date)?,))?;
        replace_date(&ctx, date.clone())?;
        Ok(date)
    };
    let set = |ctx: Ctx<'js>, date: Value<'js>| replace_date(&ctx, date);
    globals.prop("Date", Accessor::new(get, set).configurable())
}

fn replace_date<'js>(ctx: &Ctx<'js>, date: Value<'js>) -> Result<()> {
    ctx.globals().prop("Date", Property::from(date).writable().configurable())
}
