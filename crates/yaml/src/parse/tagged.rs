//! What a scalar with a tag means.

use granit_parser::{Marker, Tag};
use husako_value::{CompactString, Number};

use super::base64;
use super::resolve::{Resolved, resolve};
use crate::{ParseError, ParseErrorKind};

const NAMESPACE: &str = "tag:yaml.org,2002:";

/// What `text` means under `tag`. Tags beyond those of JSON make it a string.
pub(super) fn resolve_tagged(text: &str, tag: &Tag, mark: Marker) -> Result<Resolved, ParseError> {
    let Some(name) = tag.suffix_in_namespace(NAMESPACE) else { return Ok(Resolved::Text) };
    let resolved = resolve(text);
    let (tag, resolved) = match name.as_ref() {
        "null" => ("!!null", Some(resolved).filter(|resolved| *resolved == Resolved::Null)),
        "bool" => {
            ("!!bool", Some(resolved).filter(|resolved| matches!(resolved, Resolved::Bool(_))))
        }
        "int" => (
            "!!int",
            Some(resolved)
                .filter(|resolved| matches!(resolved, Resolved::Integer(_) | Resolved::TooLarge)),
        ),
        "float" => ("!!float", float(resolved)),
        "timestamp" => ("!!timestamp", is_date(text).then_some(Resolved::Text)),
        "binary" => ("!!binary", binary(text)),
        _ => return Ok(Resolved::Text),
    };
    resolved.ok_or_else(|| {
        ParseError::new(mark, ParseErrorKind::InvalidTagged { tag, text: text.to_owned() })
    })
}

/// Whether the tag makes a key `<<` a merge key, as it is when plain and without a tag.
pub(super) fn is_merge_tag(tag: &Tag) -> bool {
    tag.suffix_in_namespace(NAMESPACE).is_some_and(|name| name == "merge")
}

fn float(resolved: Resolved) -> Option<Resolved> {
    match resolved {
        Resolved::Float(_) | Resolved::TooLarge => Some(resolved),
        Resolved::Integer(number) => {
            number.as_i64().map(|_| Resolved::Float(Number::as_f64(number)))
        }
        _ => None,
    }
}

/// Bytes that are a string; JSON has no others.
fn binary(text: &str) -> Option<Resolved> {
    let bytes = base64::decode(text)?;
    CompactString::from_utf8(bytes).ok().map(Resolved::Owned)
}

/// Whether the text begins like a date. It stays a string, so that no more needs to be known.
fn is_date(text: &str) -> bool {
    let (year, rest) = text.split_at_checked(4).unwrap_or_default();
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_year && matches!(rest.as_bytes(), [b'-', b'0'..=b'9', ..])
}
