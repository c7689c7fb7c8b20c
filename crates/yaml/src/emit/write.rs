//! Scalars as text.

use std::fmt::Write as _;

use husako_value::Number;

use super::{STEP, style::must_escape};

/// Appends `count` spaces.
pub(super) fn spaces(count: usize, out: &mut String) {
    const SPACES: &str = "                                                                ";
    let mut left = count;
    while left > 0 {
        let step = left.min(SPACES.len());
        out.push_str(&SPACES[..step]);
        left -= step;
    }
}

/// Appends `text` in single quotes. It has no line breaks and nothing to escape.
pub(super) fn single(text: &str, out: &mut String) {
    out.push('\'');
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\'') {
        out.push_str(before);
        out.push_str("''");
        rest = after;
    }
    out.push_str(rest);
    out.push('\'');
}

/// Appends `text` in double quotes on one line, with the escapes that YAML 1.1 and 1.2 share.
pub(super) fn double(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            _ if char.is_ascii_control() || must_escape(char) => escape(char, out),
            _ => out.push(char),
        }
    }
    out.push('"');
}

fn escape(char: char, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match u32::from(char) {
        code @ ..=0xff => write!(out, "\\x{code:02x}"),
        code @ ..=0xffff => write!(out, "\\u{code:04x}"),
        code => write!(out, "\\U{code:08x}"),
    };
}

/// Appends `text` as a literal block scalar whose lines stand at `indent`, without the last line
/// feed, which the caller writes.
pub(super) fn literal(text: &str, indent: usize, out: &mut String) {
    out.push('|');
    // Leading blanks of the first line would be taken for indentation.
    if text.starts_with(' ') {
        let _ = write!(out, "{STEP}");
    }
    let body = match text.strip_suffix('\n') {
        None => {
            out.push('-');
            text
        }
        Some(body) => {
            if body.ends_with('\n') {
                out.push('+');
            }
            body
        }
    };
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            spaces(indent, out);
            out.push_str(line);
        }
    }
}

/// Appends a number so that all readers give the same number back.
///
/// Doubles keep a point and, in exponents, a sign, without which `PyYAML` takes them for strings.
pub(super) fn number(number: Number, out: &mut String) {
    let start = out.len();
    let _ = write!(out, "{number}");
    if !number.is_float() {
        return;
    }
    let text = out.split_off(start);
    match text.split_once('e') {
        None => out.push_str(&text),
        Some((digits, exponent)) => {
            out.push_str(digits);
            if !digits.contains('.') {
                out.push_str(".0");
            }
            out.push('e');
            if !exponent.starts_with('-') {
                out.push('+');
            }
            out.push_str(exponent);
        }
    }
}
