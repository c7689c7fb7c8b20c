//! Documentation comments of properties and types.

use std::fmt::Write as _;

use husako_schema::{Bounds, Schema};
use husako_value::Value;

use crate::comments::{push_blank, push_line, push_lines};

/// Above this many bytes a default is left out: it would hide the description.
const MAX_DEFAULT: usize = 400;

/// Writes the comment of a property, if there is anything to say: the description, what the type
/// does not say of the allowed values, the default, and whether it is deprecated. What `schema`
/// itself does not say, `target` does, the schema that it refers to; where its type has no name
/// (`inline`), so do its constraints.
pub(crate) fn push_property(
    out: &mut String,
    indent: &str,
    schema: &Schema,
    target: Option<&Schema>,
    inline: bool,
    required: bool,
) {
    let mut facts = String::new();
    push_facts(&mut facts, schema);
    if let Some(target) = target.filter(|_| inline) {
        push_facts(&mut facts, target);
    }
    let description = schema.description.as_deref();
    let description =
        description.or_else(|| target.and_then(|target| target.description.as_deref()));
    let default = schema.default.as_deref();
    let default = default.or_else(|| target.and_then(|target| target.default.as_deref()));
    let tags = tags(default.filter(|default| !(required && is_zero(default))), schema.deprecated);
    push_comment(out, indent, description, &facts, &tags);
}

/// Writes the comment of a type.
pub(crate) fn push_type(out: &mut String, schema: &Schema, deprecated: Option<&str>) {
    let mut tags = String::new();
    if schema.deprecated || deprecated.is_some() {
        tags.push_str("@deprecated");
        if let Some(reason) = deprecated.filter(|reason| !reason.is_empty()) {
            tags.push(' ');
            push_line(&mut tags, reason);
        }
        tags.push('\n');
    }
    push_comment(out, "", schema.description.as_deref(), "", &tags);
}

/// Writes a comment from a foreign description, and from facts and tags that are escaped already.
fn push_comment(
    out: &mut String,
    indent: &str,
    description: Option<&str>,
    facts: &str,
    tags: &str,
) {
    let start = out.len();
    out.push_str(indent);
    out.push_str("/**\n");
    let opened = out.len();
    push_lines(out, indent, description.unwrap_or_default());
    for part in [facts, tags] {
        if part.is_empty() {
            continue;
        }
        if out.len() > opened {
            push_blank(out, indent);
        }
        for line in part.lines() {
            out.push_str(indent);
            out.push_str(" * ");
            out.push_str(line);
            out.push('\n');
        }
    }
    if out.len() == opened {
        out.truncate(start);
        return;
    }
    let lines = &out[opened..];
    if lines.bytes().filter(|&byte| byte == b'\n').count() == 1 {
        // One line of text fits on the line of the marks.
        let first = opened + indent.len() + " *".len();
        let line = out[first..out.len() - 1].to_owned();
        out.truncate(opened - 1);
        out.push_str(&line);
        out.push_str(" */\n");
    } else {
        out.push_str(indent);
        out.push_str(" */\n");
    }
}

fn tags(default: Option<&Value>, deprecated: bool) -> String {
    let mut tags = String::new();
    if let Some(default) = default.and_then(json) {
        tags.push_str("@default ");
        push_line(&mut tags, &default);
        tags.push('\n');
    }
    if deprecated {
        tags.push_str("@deprecated\n");
    }
    tags
}

/// Whether a value is what Go fills an absent field with. Servers publish these as the defaults
/// of required fields, where they mean nothing.
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

/// A value as JSON, unless it says nothing (`null`, `{}`) or too much.
fn json(value: &Value) -> Option<String> {
    if matches!(value, Value::Null) || value.as_object().is_some_and(husako_value::Map::is_empty) {
        return None;
    }
    serde_json::to_string(value).ok().filter(|text| text.len() <= MAX_DEFAULT)
}

/// Writes one line per kind of constraint that the type cannot express.
fn push_facts(out: &mut String, schema: &Schema) {
    if let Some(format) = schema.format.as_deref().filter(|&format| tells_something(format)) {
        out.push_str("Format: ");
        push_line(out, format);
        out.push('\n');
    }
    if let Some(bounds) = &schema.bounds {
        push_bounds(out, bounds);
    }
    if let Some(array) = &schema.array {
        push_range(out, "Items", array.min_items, array.max_items);
        if array.unique_items {
            out.push_str("Items are unique.\n");
        }
    }
    if let Some(object) = &schema.object {
        push_range(out, "Properties", object.min_properties, object.max_properties);
    }
}

/// Whether a format says more than the type does.
fn tells_something(format: &str) -> bool {
    !matches!(format, "" | "int-or-string" | "int32" | "int64" | "float" | "double")
}

fn push_bounds(out: &mut String, bounds: &Bounds) {
    if let Some(pattern) = &bounds.pattern {
        // A double mark lets the pattern itself contain a backtick.
        let mark = if pattern.contains('`') { "``" } else { "`" };
        out.push_str("Pattern: ");
        out.push_str(mark);
        push_line(out, pattern);
        out.push_str(mark);
        out.push('\n');
    }
    push_range(out, "Length", bounds.min_length, bounds.max_length);
    for (name, bound, exclusive) in [
        ("Minimum", &bounds.minimum, bounds.exclusive_minimum),
        ("Maximum", &bounds.maximum, bounds.exclusive_maximum),
        ("Multiple of", &bounds.multiple_of, false),
    ] {
        if let Some(number) = bound.as_ref().and_then(|value| value.as_number()) {
            let suffix = if exclusive { " (exclusive)" } else { "" };
            // Writing to a `String` cannot fail.
            let _ = writeln!(out, "{name}: {number}{suffix}");
        }
    }
}

/// Writes `Items: 1 to 10`, `Items: at least 1`, or nothing.
fn push_range(out: &mut String, name: &str, min: Option<u64>, max: Option<u64>) {
    let _ = match (min, max) {
        (Some(min), Some(max)) if min == max => writeln!(out, "{name}: {min}"),
        (Some(min), Some(max)) => writeln!(out, "{name}: {min} to {max}"),
        (Some(min), None) => writeln!(out, "{name}: at least {min}"),
        (None, Some(max)) => writeln!(out, "{name}: at most {max}"),
        (None, None) => Ok(()),
    };
}
