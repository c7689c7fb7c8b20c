//! Words for what a document cannot hold.

use rquickjs::{Object, Type, Value};

use super::Refusal;

pub(super) fn of_scalar(value: &Value<'_>) -> Refusal {
    match value.type_of() {
        Type::Undefined | Type::Uninitialized => {
            Refusal::new("`undefined`").hint("leave the property out, or use `null`")
        }
        Type::Symbol => Refusal::new("a symbol"),
        Type::BigInt => Refusal::new("a bigint").hint("use a number, or a text: `String(value)`"),
        Type::Float => Refusal::new(match value.as_float() {
            Some(number) if number.is_nan() => "`NaN`",
            Some(number) if number < 0.0 => "`-Infinity`",
            _ => "`Infinity`",
        }),
        other => Refusal::new(format!("a value of type {other}")),
    }
}

/// What an object is whose prototype is not that of plain objects. Runs no code of the program.
pub(super) fn of_instance<'js>(object: &Object<'js>, prototype: &Object<'js>) -> Refusal {
    if object.is_function() {
        return Refusal::new("a function").hint("call it, and use what it returns");
    }
    if object.is_promise() {
        return Refusal::new("a promise").hint("`await` it");
    }
    let name = class_name(prototype);
    match name.as_deref() {
        Some("Date") => Refusal::new("a `Date`").hint("use a text: `date.toISOString()`"),
        Some("Map") => Refusal::new("a `Map`").hint("use an object: `Object.fromEntries(map)`"),
        Some("Set") => Refusal::new("a `Set`").hint("use an array: `[...set]`"),
        Some("RegExp") => Refusal::new("a `RegExp`").hint("use its text: `regexp.source`"),
        Some(name) => Refusal::new(format!("an instance of `{name}`")).hint("use a plain object"),
        None => Refusal::new("an instance of a class").hint("use a plain object"),
    }
}

fn class_name(prototype: &Object<'_>) -> Option<String> {
    // A proxy would be asked, and could answer anything.
    if prototype.is_proxy() {
        return None;
    }
    let constructor: Value<'_> = prototype.get("constructor").ok()?;
    let constructor = constructor.as_object().filter(|object| !object.is_proxy())?;
    let name: Value<'_> = constructor.get("name").ok()?;
    let name = name.as_string()?.to_string().ok()?;
    (!name.is_empty() && name.len() <= 100).then_some(name)
}
