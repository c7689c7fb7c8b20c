//! Keys that are not strings in YAML, as the strings that they become in JSON.

use granit_parser::Marker;
use husako_value::{CompactString, Value};

use crate::{ParseError, ParseErrorKind};

/// The key that `value` is.
pub(super) fn key_text(value: &Value, mark: Marker) -> Result<CompactString, ParseError> {
    let found = match value {
        Value::String(text) => return Ok(text.clone()),
        Value::Bool(true) => return Ok("true".into()),
        Value::Bool(false) => return Ok("false".into()),
        Value::Number(number) if number.is_float() => return Ok(float_text(number.as_f64())),
        Value::Number(number) => return Ok(number.to_string().into()),
        Value::Null => "null",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Err(ParseError::new(mark, ParseErrorKind::InvalidKey { found }))
}

/// A float as `sigs.k8s.io/yaml` makes a key of it: the shortest digits that give the same single
/// precision number, with an exponent below -4 and from 6 on.
#[expect(clippy::cast_possible_truncation, reason = "single precision is what the keys have")]
pub(super) fn float_text(number: f64) -> CompactString {
    let number = number as f32;
    if number.is_nan() {
        return ".nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf".into() } else { "-.inf".into() };
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..MAX_EXPONENT).contains(&exponent) {
        return format!("{number}").into();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs()).into()
}
const MAX_EXPONENT: i32 = 6;
