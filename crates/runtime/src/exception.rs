//! What a program threw, read without trusting it.
//!
//! Anything can be thrown, and a property of it can be a getter that throws or never ends (the
//! watch ends it). What cannot be read is left out.

use rquickjs::{Ctx, Error, Object, String as JsString, Type, Value};

use crate::session::Session;
use crate::{Limit, RuntimeError, StackFrame, Thrown};

/// The property of JavaScript errors that stand for an error of the loader.
pub(crate) const LOAD_ERROR: &str = "__husakoLoadError";
/// Longer messages are cut: they come from data, and are for people.
const MAX_MESSAGE: usize = 4096;
const MAX_FRAMES: usize = 50;

/// The error that `error` means.
pub(crate) fn classify(ctx: &Ctx<'_>, session: &Session, error: Error) -> RuntimeError {
    match error {
        Error::Exception => classify_thrown(ctx, session, &ctx.catch()),
        Error::Allocation => limit(session, Limit::Heap(session.heap), Vec::new()),
        other => match session.limit() {
            Some(hit) => limit(session, hit, Vec::new()),
            None => RuntimeError::Engine(other.to_string()),
        },
    }
}

/// The error that the thrown `value` means.
pub(crate) fn classify_thrown<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    value: &Value<'js>,
) -> RuntimeError {
    if let Some(hit) = session.limit() {
        return limit(session, hit, frames_of(ctx, value));
    }
    if let Some(error) = load_error(session, value) {
        return error;
    }
    let thrown = thrown(ctx, value);
    let known = match (thrown.name.as_deref(), thrown.message.as_str()) {
        // Without a message where there was no memory even for that.
        (Some("InternalError"), "out of memory" | "") => Some(Limit::Heap(session.heap)),
        (Some("RangeError"), "Maximum call stack size exceeded") => Some(Limit::Stack),
        // Of a regular expression.
        (Some("SyntaxError"), "stack overflow") => Some(Limit::Stack),
        // A getter of what was thrown may have run until the deadline.
        _ => session.limit(),
    };
    match known {
        Some(hit) => limit(session, hit, thrown.frames),
        None => RuntimeError::Exception(thrown),
    }
}

fn limit(session: &Session, limit: Limit, frames: Vec<StackFrame>) -> RuntimeError {
    session.limit.set(Some(limit));
    RuntimeError::Limit { limit, frames }
}

fn load_error(session: &Session, value: &Value<'_>) -> Option<RuntimeError> {
    let index: usize =
        value.as_object().filter(|object| object.is_error())?.get(LOAD_ERROR).ok()?;
    let error = session.load_errors.borrow_mut().get_mut(index)?.take()?;
    Some(RuntimeError::Load(error))
}

/// What was thrown, in words.
pub(crate) fn thrown<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Thrown {
    match value.as_object().filter(|object| object.is_error()) {
        Some(error) => Thrown {
            name: Some(text(ctx, error, "name").unwrap_or_else(|| "Error".to_owned())),
            message: text(ctx, error, "message").unwrap_or_default(),
            frames: frames_of(ctx, value),
        },
        None => Thrown { name: None, message: describe(value), frames: Vec::new() },
    }
}

/// A value that is no error, in words, without running code of the program.
pub(crate) fn describe(value: &Value<'_>) -> String {
    match value.type_of() {
        Type::String => value.as_string().map_or_else(String::new, |text| cut(lossy(text))),
        Type::Null => "null".to_owned(),
        Type::Undefined | Type::Uninitialized => "undefined".to_owned(),
        Type::Bool => value.as_bool().unwrap_or_default().to_string(),
        Type::Int | Type::Float => value.as_number().unwrap_or(f64::NAN).to_string(),
        Type::Function | Type::Constructor => "a function".to_owned(),
        Type::Array => "an array".to_owned(),
        Type::BigInt => "a bigint".to_owned(),
        Type::Symbol => "a symbol".to_owned(),
        Type::Promise => "a promise".to_owned(),
        _ => "an object".to_owned(),
    }
}

fn text<'js>(ctx: &Ctx<'js>, object: &Object<'js>, property: &str) -> Option<String> {
    read(ctx, object, property)?.as_string().map(|text| cut(lossy(text)))
}

/// A property; none if the getter throws. What it throws is of no interest.
fn read<'js>(ctx: &Ctx<'js>, object: &Object<'js>, property: &str) -> Option<Value<'js>> {
    let value = object.get(property);
    if value.is_err() {
        ctx.catch();
    }
    value.ok()
}

fn lossy(text: &JsString<'_>) -> String {
    if let Ok(text) = text.to_string() {
        return text;
    }
    // Lone surrogates: as JSON they stand as escapes, in a text that is well formed.
    let json = text.ctx().json_stringify(text.clone()).ok().flatten();
    json.and_then(|json| json.to_string().ok()).unwrap_or_default()
}

fn cut(mut text: String) -> String {
    if text.len() > MAX_MESSAGE {
        text.truncate(text.floor_char_boundary(MAX_MESSAGE));
        text.push('…');
    }
    text
}

/// The frames of the current position of the program.
pub(crate) fn current_frames(ctx: &Ctx<'_>) -> Vec<StackFrame> {
    rquickjs::Exception::from_message(ctx.clone(), "")
        .ok()
        .and_then(|error| error.stack())
        .map(|stack| parse_stack(&stack))
        .unwrap_or_default()
}

fn frames_of<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Vec<StackFrame> {
    let error = value.as_object().filter(|object| object.is_error());
    let stack = error.and_then(|error| read(ctx, error, "stack"));
    let stack = stack.and_then(|stack| stack.as_string().map(lossy));
    stack.map(|stack| parse_stack(&stack)).unwrap_or_default()
}

/// Reads lines such as `    at make (components/web.ts:3:7)` and `    at env/dev.ts:1:1`.
fn parse_stack(stack: &str) -> Vec<StackFrame> {
    stack.lines().filter_map(parse_frame).take(MAX_FRAMES).collect()
}

fn parse_frame(line: &str) -> Option<StackFrame> {
    let line = line.trim_start().strip_prefix("at ")?;
    let (function, place) = match line.strip_suffix(')').and_then(|line| line.rsplit_once(" (")) {
        Some((function, place)) => (Some(function), place),
        None => (None, line),
    };
    let (rest, column) = place.rsplit_once(':')?;
    let (module, line) = rest.rsplit_once(':')?;
    let function =
        function.filter(|name| !name.is_empty() && *name != "<anonymous>" && *name != "<eval>");
    Some(StackFrame {
        internal: module == "husako"
            || module.starts_with("husako/")
            || module.starts_with("husako:"),
        module: module.to_owned(),
        function: function.map(str::to_owned),
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::parse_stack;

    #[test]
    fn stack_lines() {
        let frames = parse_stack(
            "    at make (a b/c:d.ts:3:7)\n    at map (native)\n    at <anonymous> (husako/_base:1:2)\n    at env/dev.ts:10:1\nnoise\n    at x:y:z\n",
        );
        let seen: Vec<_> = frames
            .iter()
            .map(|frame| {
                (
                    frame.function.as_deref(),
                    &*frame.module,
                    frame.line,
                    frame.column,
                    frame.internal,
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                (Some("make"), "a b/c:d.ts", 3, 7, false),
                (None, "husako/_base", 1, 2, true),
                (None, "env/dev.ts", 10, 1, false),
            ]
        );
    }
}
