//! What a plain scalar means, as go-yaml's second version (in `sigs.k8s.io/yaml`) resolves it.
//!
//! That is YAML 1.1 without numbers to the base 60, with the integer prefixes of Go (`0o17` beside
//! `017`), and with dates left as strings.

use husako_value::{CompactString, Number};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resolved {
    /// The text itself.
    Text,
    /// Another text, such as decoded binary.
    Owned(CompactString),
    Null,
    Bool(bool),
    Integer(Number),
    /// May be infinite or not a number.
    Float(f64),
    /// An integer in decimals beyond 64 bits, which go-yaml would round.
    TooLarge,
}

pub(super) fn resolve(text: &str) -> Resolved {
    match text.as_bytes().first() {
        None => Resolved::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            word(text)
        }
        Some(b'.') => match special_float(text) {
            Some(float) => Resolved::Float(float),
            // Here separators must stand between digits; after a digit they may stand anywhere.
            None if has_loose_separators(text) => Resolved::Text,
            None => float(&text.replace('_', "")).map_or(Resolved::Text, Resolved::Float),
        },
        Some(b'0'..=b'9' | b'+' | b'-') => number(text),
        Some(_) => Resolved::Text,
    }
}

fn word(text: &str) -> Resolved {
    match text {
        "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        _ => Resolved::Text,
    }
}

fn special_float(text: &str) -> Option<f64> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        _ => None,
    }
}

fn number(text: &str) -> Resolved {
    if let Some(float) = special_float(text) {
        return Resolved::Float(float);
    }
    let without_separators;
    let plain = if text.contains('_') {
        without_separators = text.replace('_', "");
        &without_separators
    } else {
        text
    };
    if let Some(number) = integer(plain) {
        return Resolved::Integer(number);
    }
    let Some(float) = float(plain) else { return Resolved::Text };
    let is_decimal = unsigned(plain).bytes().all(|byte| byte.is_ascii_digit());
    // With a leading zero it is a float because of an 8 or a 9, and may be small.
    if is_decimal && (float.abs() >= EXACT || !unsigned(plain).starts_with('0')) {
        return Resolved::TooLarge;
    }
    Resolved::Float(float)
}

/// Whether a `_` does not stand between two digits.
fn has_loose_separators(text: &str) -> bool {
    text.split('_').skip(1).any(|after| !after.starts_with(|char: char| char.is_ascii_digit()))
        || text
            .rsplit('_')
            .skip(1)
            .any(|before| !before.ends_with(|char: char| char.is_ascii_digit()))
}

/// From 2^53 on not every integer is a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// An integer as Go's `strconv` reads it with base 0, if it fits in 64 bits.
fn integer(text: &str) -> Option<Number> {
    let digits = unsigned(text);
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, digits.get(2..)?),
        [b'0', b'o' | b'O', _, ..] => (8, digits.get(2..)?),
        [b'0', b'b' | b'B', _, ..] => (2, digits.get(2..)?),
        [b'0', _, ..] => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    // The standard library would take a second sign.
    if !digits.bytes().all(|byte| char::from(byte).is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if text.starts_with('-') {
        0_i64.checked_sub_unsigned(magnitude).map(Number::from)
    } else {
        Some(Number::from(magnitude))
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?` within the range of a double.
fn float(text: &str) -> Option<f64> {
    let mut rest = unsigned(text).as_bytes();
    let whole = skip_digits(&mut rest);
    let mut fraction = 0;
    if let [b'.', after @ ..] = rest {
        rest = after;
        fraction = skip_digits(&mut rest);
    }
    if whole + fraction == 0 {
        return None;
    }
    if let [b'e' | b'E', after @ ..] = rest {
        rest = after;
        if let [b'+' | b'-', after @ ..] = rest {
            rest = after;
        }
        if skip_digits(&mut rest) == 0 {
            return None;
        }
    }
    if !rest.is_empty() {
        return None;
    }
    text.parse().ok().filter(|float: &f64| float.is_finite())
}

fn skip_digits(bytes: &mut &[u8]) -> usize {
    let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    *bytes = bytes.get(count..).unwrap_or_default();
    count
}

#[cfg(test)]
mod tests;
