//! The name sanitiser: foreign text as identifiers, property keys and string literals.
//!
//! Together with [`crate::comments`] the only way that text of schemas reaches generated files.

use std::fmt::Write as _;

/// Whether `text` can stand as a property key without quotes.
fn is_bare_key(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'_' | b'$'))
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
        // Bare, the first is a construct signature in the making and the second sets a prototype
        // in the literals that people copy it to.
        && !matches!(text, "constructor" | "__proto__")
}

/// Writes a property key: bare where it is an identifier, else quoted.
pub(crate) fn push_key(out: &mut String, key: &str) {
    if is_bare_key(key) {
        out.push_str(key);
    } else {
        push_string(out, key);
    }
}

/// Writes a string literal. Everything that is invisible, that turns the direction of text, or
/// that could end a line or a surrounding `<script>` is escaped.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let mut previous = '\0';
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '/' if previous == '<' => out.push_str("\\/"),
            _ if is_hidden(character) => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
            }
            _ => out.push(character),
        }
        previous = character;
    }
    out.push('"');
}

/// The string literal of `text`. See [`push_string`].
pub(crate) fn string_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    push_string(&mut literal, text);
    literal
}

/// Whether a character is not seen as itself: controls, line separators, marks and overrides of
/// direction, zero-width characters, byte order marks.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        let mut out = String::new();
        push_key(&mut out, text);
        out
    }

    #[test]
    fn identifiers_are_bare_keys() {
        for text in ["name", "$ref", "_x", "default", "class", "JSONPath", "a1"] {
            assert_eq!(key(text), text);
        }
    }

    #[test]
    fn other_keys_are_quoted() {
        for (text, expected) in [
            ("", r#""""#),
            ("x-kubernetes-embedded-resource", r#""x-kubernetes-embedded-resource""#),
            ("3scale", r#""3scale""#),
            ("__proto__", r#""__proto__""#),
            ("constructor", r#""constructor""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("a\nb\r\t", r#""a\nb\r\t""#),
            ("</script>", r#""<\/script>""#),
            ("\u{202e}\u{2028}\u{0}\u{feff}", r#""\u{202e}\u{2028}\u{0}\u{feff}""#),
            ("größe", "\"größe\""),
            ("*/", r#""*/""#),
        ] {
            assert_eq!(key(text), expected);
        }
    }
}
