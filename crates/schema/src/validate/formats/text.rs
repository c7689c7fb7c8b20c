//! Addresses, names and identifiers.

use super::is_hex;

/// A URI with a scheme, or an absolute path.
pub(super) fn is_uri(text: &str) -> bool {
    if text.starts_with('/') {
        return true;
    }
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && !text.bytes().any(|byte| byte < b' ' || byte == 0x7f)
}

/// An address, perhaps with a name: `A <a@b>`.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.trim().is_empty() && !domain.trim().is_empty()
}

/// Groups of hexadecimal digits: of two by colons or hyphens, of four by points.
pub(super) fn is_mac(text: &str) -> bool {
    let separator = match text.find([':', '-', '.']) {
        Some(at) => &text[at..=at],
        None => return false,
    };
    let size = if separator == "." { 4 } else { 2 };
    let groups: Vec<&str> = text.split(separator).collect();
    matches!(groups.len() * size, 12 | 16 | 40)
        && groups.iter().all(|group| group.len() == size && is_hex(group))
}

/// Labels of letters, digits and hyphens, of which the last has two characters at least.
pub(super) fn is_hostname(text: &str) -> bool {
    let labels: Vec<&str> = text.strip_suffix('.').unwrap_or(text).split('.').collect();
    text.chars().count() <= 255
        && labels.iter().all(|label| {
            (1..=63).contains(&label.chars().count())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|char| char.is_alphanumeric() || char == '-')
        })
        && (labels.len() == 1 || labels.last().is_some_and(|last| last.chars().count() > 1))
}

/// 32 hexadecimal digits, with hyphens in their places or without.
pub(super) fn is_uuid(text: &str, version: Option<u8>) -> bool {
    let digits = text.replace('-', "");
    let hyphens = text.len() - digits.len();
    let version_fits =
        version.is_none_or(|version| digits.as_bytes().get(12) == Some(&(b'0' + version)));
    digits.len() == 32 && hyphens <= 4 && is_hex(&digits) && version_fits
}

pub(super) fn is_hex_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or(text);
    matches!(digits.len(), 3 | 6) && is_hex(digits)
}

pub(super) fn is_rgb_color(text: &str) -> bool {
    let inner = text.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')'));
    let parts = inner.map(|inner| inner.split(',').map(str::trim).collect::<Vec<_>>());
    parts.is_some_and(|parts| {
        parts.len() == 3 && parts.iter().all(|part| part.parse::<u8>().is_ok())
    })
}

/// `123-45-6789`, with hyphens, blanks or nothing between.
pub(super) fn is_ssn(text: &str) -> bool {
    let digits = text.replace(['-', ' '], "");
    digits.len() == 9 && digits.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 11
}
