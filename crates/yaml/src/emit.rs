//! Values to block style text.
//!
//! Layout is that of kubectl: two spaces per level, lists at the indentation of their key, empty
//! lists and objects as `[]` and `{}`, lines never folded. The text of a value depends on nothing
//! but the value, and a list or an object never changes how its neighbours are written.

mod ambiguous;
mod style;
mod write;

use husako_value::{Map, Value};

use crate::EmitError;
use style::Style;

/// How many levels of lists and objects can be emitted.
pub const MAX_EMIT_DEPTH: usize = 1_000;

/// The step of indentation, and the indicator that literal block scalars name it with.
const STEP: usize = 2;

/// A key that takes more than this needs the `? ` form: YAML bounds simple keys to 1,024
/// characters, and some readers count its quotes, some its `: `.
const MAX_SIMPLE_KEY: usize = 1_000;

/// Appends `value` as one document without `---`, ending with a line feed.
///
/// # Errors
/// A value nested deeper than [`MAX_EMIT_DEPTH`]; `out` is then as it was.
pub fn emit(value: &Value, out: &mut String) -> Result<(), EmitError> {
    let start = out.len();
    let result = Emitter { out }.document(value);
    if result.is_err() {
        out.truncate(start);
    }
    result
}

/// Appends the documents, separated by `---` lines.
///
/// # Errors
/// A document nested deeper than [`MAX_EMIT_DEPTH`]; `out` is then as it was.
pub fn emit_documents<'a>(
    documents: impl IntoIterator<Item = &'a Value>,
    out: &mut String,
) -> Result<(), EmitError> {
    let start = out.len();
    for (index, document) in documents.into_iter().enumerate() {
        if index > 0 {
            out.push_str("---\n");
        }
        if let Err(error) = emit(document, out) {
            out.truncate(start);
            return Err(error);
        }
    }
    Ok(())
}

struct Emitter<'a> {
    out: &'a mut String,
}

impl Emitter<'_> {
    fn document(&mut self, value: &Value) -> Result<(), EmitError> {
        match value {
            Value::Object(map) if !map.is_empty() => self.object(map, 0, 1),
            Value::Array(items) if !items.is_empty() => self.list(items, 0, 1),
            // Where the indentation indicator of a literal block scalar at the root counts from is
            // read differently by YAML 1.1 and 1.2.
            Value::String(text) if style::of(text) == Style::Literal && text.starts_with(' ') => {
                write::double(text, self.out);
                self.out.push('\n');
                Ok(())
            }
            _ => {
                self.scalar(value, STEP);
                Ok(())
            }
        }
    }

    /// Writes entries at `indent`. The caller has indented the first.
    fn object(&mut self, map: &Map, indent: usize, depth: usize) -> Result<(), EmitError> {
        check(depth)?;
        for (index, (key, value)) in map.iter().enumerate() {
            if index > 0 {
                write::spaces(indent, self.out);
            }
            let simple = self.key(key, indent);
            match value {
                Value::Object(map) if !map.is_empty() => {
                    self.out.push('\n');
                    write::spaces(indent + STEP, self.out);
                    self.object(map, indent + STEP, depth + 1)?;
                }
                Value::Array(items) if !items.is_empty() => {
                    let indent = if simple { indent } else { indent + STEP };
                    self.out.push('\n');
                    write::spaces(indent, self.out);
                    self.list(items, indent, depth + 1)?;
                }
                _ => {
                    self.out.push(' ');
                    self.scalar(value, indent + STEP);
                }
            }
        }
        Ok(())
    }

    /// Writes items at `indent`. The caller has indented the first.
    fn list(&mut self, items: &[Value], indent: usize, depth: usize) -> Result<(), EmitError> {
        check(depth)?;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                write::spaces(indent, self.out);
            }
            self.out.push_str("- ");
            match item {
                Value::Object(map) if !map.is_empty() => {
                    self.object(map, indent + STEP, depth + 1)?;
                }
                Value::Array(items) if !items.is_empty() => {
                    self.list(items, indent + STEP, depth + 1)?;
                }
                _ => self.scalar(item, indent + STEP),
            }
        }
        Ok(())
    }

    /// Writes `key:` and says whether it is a simple key.
    fn key(&mut self, key: &str, indent: usize) -> bool {
        let start = self.out.len();
        match style::of(key) {
            Style::Plain => self.out.push_str(key),
            Style::Single => write::single(key, self.out),
            Style::Double | Style::Literal => write::double(key, self.out),
        }
        let simple = self.out.len() - start <= MAX_SIMPLE_KEY;
        if !simple {
            self.out.insert_str(start, "? ");
            self.out.push('\n');
            write::spaces(indent, self.out);
        }
        self.out.push(':');
        simple
    }

    /// Writes a scalar, or an empty list or object, and ends the line. The lines of a literal
    /// block scalar stand at `indent`.
    fn scalar(&mut self, value: &Value, indent: usize) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Number(number) => write::number(*number, self.out),
            Value::Array(_) => self.out.push_str("[]"),
            Value::Object(_) => self.out.push_str("{}"),
            Value::String(text) => match style::of(text) {
                Style::Plain => self.out.push_str(text),
                Style::Single => write::single(text, self.out),
                Style::Double => write::double(text, self.out),
                Style::Literal => write::literal(text, indent, self.out),
            },
        }
        self.out.push('\n');
    }
}

fn check(depth: usize) -> Result<(), EmitError> {
    if depth > MAX_EMIT_DEPTH {
        return Err(EmitError::TooDeep { max: MAX_EMIT_DEPTH });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
