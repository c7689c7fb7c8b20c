//! Plain text that some reader takes for something else than a string.
//!
//! The test is wider than any one dialect: YAML 1.1 (with the resolvers of go-yaml, `PyYAML` and
//! Ruby), the core schema of YAML 1.2, and what the number parsers of programming languages accept.

/// Words that are null, a boolean or a number in some dialect, in any letter case.
const WORDS: [&str; 12] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"];

/// Whether a reader may take `text`, which begins like a plain scalar, for something else than a
/// string.
pub(super) fn is_ambiguous(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let bytes = unsigned.as_bytes();
    match bytes.first() {
        Some(b'0'..=b'9') => {
            is_number(bytes) || is_prefixed(bytes) || is_sexagesimal(bytes) || is_date(bytes)
        }
        Some(b'a'..=b'z' | b'A'..=b'Z') => is_word(unsigned) || is_exponent(unsigned),
        Some(b'.') => is_word(&unsigned[1..]),
        _ => false,
    }
}

fn is_word(text: &str) -> bool {
    text.len() <= 8 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// An exponent without digits before it, such as `e5`, which one reader of YAML 1.1 takes for a
/// number that is none.
fn is_exponent(text: &str) -> bool {
    let Some(exponent) = text.strip_prefix(['e', 'E']) else { return false };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    !digits.is_empty() && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'_'))
}

/// Digits with separators, at most one point and at most one exponent.
fn is_number(bytes: &[u8]) -> bool {
    let (mut points, mut exponents) = (0, 0);
    let mut previous = 0;
    for &byte in bytes {
        match byte {
            b'0'..=b'9' | b'_' | b',' => {}
            b'.' => points += 1,
            b'e' | b'E' => exponents += 1,
            b'+' | b'-' if matches!(previous, b'e' | b'E') => {}
            _ => return false,
        }
        previous = byte;
    }
    points <= 1 && exponents <= 1
}

/// Hexadecimal, octal and binary, with separators.
fn is_prefixed(bytes: &[u8]) -> bool {
    match bytes {
        [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', rest @ ..] => rest.iter().all(|byte| {
            byte.is_ascii_hexdigit() || matches!(byte, b'_' | b'+' | b'-' | b'.' | b'p' | b'P')
        }),
        _ => false,
    }
}

/// Numbers to the base 60, such as `22:30`, and addresses that look alike.
fn is_sexagesimal(bytes: &[u8]) -> bool {
    bytes.contains(&b':')
        && bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'_' | b':' | b'.'))
}

/// Dates and times begin with four digits, `-` and a digit.
fn is_date(bytes: &[u8]) -> bool {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits == 4 && matches!(bytes.get(4..), Some([b'-', b'0'..=b'9', ..]))
}

#[cfg(test)]
mod tests {
    use super::is_ambiguous;

    #[test]
    fn some_reader_takes_it_for_something_else() {
        for text in [
            "y",
            "N",
            "yes",
            "No",
            "ON",
            "oFf",
            "true",
            "FALSE",
            "null",
            "Null",
            "nan",
            "Inf",
            "-inf",
            "+Infinity",
            ".inf",
            "-.INF",
            ".NaN",
            "0",
            "012",
            "08",
            "0o17",
            "0O7",
            "0x1F",
            "0b101",
            "0b+1",
            "1_000",
            "1,000",
            "1.5",
            "1.",
            "1e3",
            "1E+3",
            "12e03",
            "1e",
            "1:30",
            "190:20:30.15",
            "8080:80",
            "2001-01-01",
            "2001-1-1 10:00:00",
            "2001-12-14t21:59:43.10-05:00",
            "0x1p-2",
            "-0x1F",
            "e5",
            "E+3",
            "123456789012345678901234567890",
        ] {
            assert!(is_ambiguous(text), "{text}");
        }
    }

    #[test]
    fn all_readers_take_it_for_a_string() {
        for text in [
            "yes!", "nope", "offset", "trueish", "nullable", "10Gi", "500m", "1.2.3", "10.0.0.1",
            "1-2", "0xyz", "12ab", "1st", "10:ab", "20010-1", "v1", "deadbeef", "infinite", "-c",
            ".infra", "e", "ee", "e5a", "1e3x", "1e2e3",
        ] {
            assert!(!is_ambiguous(text), "{text}");
        }
    }
}
