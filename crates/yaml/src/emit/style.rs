//! Which style a string is written in.
//!
//! Plain where no reader can take it for something else, literal where the text has lines that
//! every reader gives back as they are, else quoted: single quotes, or double where characters
//! must be escaped.

use super::ambiguous::is_ambiguous;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

/// What a byte means for the choice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Means nothing within a plain scalar.
    Safe,
    Space,
    Tab,
    LineFeed,
    /// `:`, which ends a key before a blank.
    Colon,
    /// `#`, which begins a comment after a blank.
    Hash,
    /// Must be escaped.
    Control,
    /// Part of a character beyond ASCII.
    High,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Safe; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte {
            0x20 => Class::Space,
            0x09 => Class::Tab,
            0x0a => Class::LineFeed,
            0x3a => Class::Colon,
            0x23 => Class::Hash,
            0x00..=0x1f | 0x7f => Class::Control,
            0x80..=0xff => Class::High,
            _ => Class::Safe,
        };
        byte += 1;
    }
    classes
};

/// The style of `text` as a value. As a key, literal means double.
pub(super) fn of(text: &str) -> Style {
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
        return Style::Single;
    };
    let (mut plain, mut lines, mut tabs, mut high) = (true, false, false, false);
    // A text that begins with an empty line leaves the indentation to be guessed.
    let mut literal = first != b'\n';
    let mut previous = b'\n';
    for (index, &byte) in bytes.iter().enumerate() {
        match CLASSES[usize::from(byte)] {
            Class::Safe | Class::Space => {}
            Class::Colon => plain &= bytes.get(index + 1).is_some_and(|&next| next != b' '),
            Class::Hash => plain &= previous != b' ',
            Class::Tab => {
                tabs = true;
                literal &= previous != b'\n';
            }
            Class::LineFeed => {
                lines = true;
                literal &= !is_blank(previous);
            }
            Class::Control => return Style::Double,
            Class::High => high = true,
        }
        previous = byte;
    }
    if high && text.chars().any(must_escape) {
        return Style::Double;
    }
    if lines {
        return if literal && !is_blank(last) { Style::Literal } else { Style::Double };
    }
    if tabs {
        return Style::Double;
    }
    if plain
        && first != b' '
        && last != b' '
        && !(high && text.chars().any(is_wide_blank))
        && starts_plain(text)
        && !is_ambiguous(text)
    {
        Style::Plain
    } else {
        Style::Single
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Characters beyond ASCII that a reader refuses, takes for a line break, or shows in disorder.
///
/// YAML 1.1 breaks lines at NEL, LS and PS; go-yaml refuses the other C1 controls and the
/// non-characters; a byte order mark may be dropped. Marks that reorder text are escaped so that a
/// manifest says what it shows.
pub(super) fn must_escape(char: char) -> bool {
    matches!(char,
        '\u{7f}'..='\u{9f}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}')
        || u32::from(char) & 0xfffe == 0xfffe
}

/// Blanks beyond ASCII, at which some readers trim.
fn is_wide_blank(char: char) -> bool {
    !char.is_ascii() && char.is_whitespace()
}

/// Whether the first characters are no indicator in any dialect.
fn starts_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b' ');
    match at(0) {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => true,
        b'_' | b'/' | b'$' | b'(' | b'^' | b';' | b'\\' => true,
        b'<' => at(1) != b'<',
        b'+' => at(1).is_ascii_alphabetic(),
        // Flags of programs: `-c`, `--port=80`; not `-`, `---` or a number.
        b'-' => at(1).is_ascii_alphabetic() || at(1) == b'-' && at(2).is_ascii_alphabetic(),
        // Paths: `./x`, `../x`, `.x`; not `...` or a number.
        b'.' => at(1).is_ascii_alphabetic() || at(1) == b'/' || at(1) == b'.' && at(2) == b'/',
        0x80.. => text.chars().next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, of};

    #[test]
    fn what_manifests_are_made_of_is_plain() {
        for text in [
            "web",
            "apps/v1",
            "nginx:1.27",
            "10Gi",
            "500m",
            "1.2.3",
            "v1.2.3",
            "--port=8080",
            "-c",
            "/bin/sh",
            "$(POD_IP)",
            "a b",
            "a#b",
            "a:b",
            "a'b\"c",
            "https://x.test/y?z=1&w=[2]",
            "./x",
            "../x",
            ".profile",
            "Grüße",
            "日本",
            "a,b",
            "{a",
            "1st",
            "10.0.0.1",
        ] {
            assert_eq!(of(text), if text == "{a" { Style::Single } else { Style::Plain }, "{text}");
        }
    }

    #[test]
    fn what_yaml_gives_a_meaning_is_quoted() {
        for text in [
            "",
            " a",
            "a ",
            "- a",
            "-",
            "--",
            "---",
            "--- a",
            "...",
            "? a",
            "?",
            ": a",
            ":",
            "a:",
            "a: b",
            "a #b",
            "# a",
            "#a",
            "%a",
            "@a",
            "`a",
            "!a",
            "&a",
            "*a",
            "|",
            ">",
            "'a'",
            "\"a\"",
            "[a]",
            "{}",
            ",",
            "~",
            "=",
            "<<",
            "-1",
            "+1",
            ".5",
            "\u{a0}a",
            "a\u{3000}",
            "a\u{2003}b",
            "\u{1f600}",
        ] {
            assert_eq!(of(text), Style::Single, "{text:?}");
        }
    }

    #[test]
    fn what_must_be_escaped_is_in_double_quotes() {
        for text in [
            "\0",
            "a\u{1b}",
            "a\r",
            "a\r\nb\n",
            "\t",
            "a\tb",
            "\n",
            "\na",
            "a \nb",
            "a\n\tb",
            "a\nb ",
            "a\n \nb",
            "\u{7f}",
            "\u{85}",
            "a\u{2028}b",
            "\u{feff}a",
            "\u{fffe}",
            "\u{1fffe}",
            "\u{202e}",
            "a\nb\u{85}",
            "a\n\n ",
        ] {
            assert_eq!(of(text), Style::Double, "{text:?}");
        }
    }

    #[test]
    fn lines_are_literal() {
        for text in
            ["a\n", "a\nb", "a\n\n", " a\nb", "  \u{e9}\n a\n", "a\tb\nc", "# a\n", "---\nb"]
        {
            assert_eq!(of(text), Style::Literal, "{text:?}");
        }
    }
}
