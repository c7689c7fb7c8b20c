//! Places in a configuration file.

use std::ops::Range;

use husako_diagnostics::{Position, SourceFrame};

use crate::secrets::Masked;

/// A file's text and how messages call it.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Text {
    /// The line, from 1, that the byte is in.
    pub(crate) fn line(&self, byte: usize) -> u32 {
        let before = &self.text.as_bytes()[..byte.min(self.text.len())];
        let lines = before.split(|byte| *byte == b'\n').count();
        u32::try_from(lines).unwrap_or(u32::MAX)
    }

    /// The place as an error shows it, without secrets.
    pub(crate) fn frame(&self, span: &Range<usize>, label: &str) -> SourceFrame {
        let start = floor(&self.text, span.start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        let masked = Masked::new(line);
        let column = |byte: usize| {
            let byte = floor(line, byte.saturating_sub(line_start));
            masked.column(line[..byte].chars().count())
        };
        let (first, last) = (column(start), column(span.end.max(start)));
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        SourceFrame {
            path: self.name.clone(),
            source: self.text.lines().map(|line| Masked::new(line).line + "\n").collect(),
            position: Position { line: self.line(start), column: small(first).saturating_add(1) },
            length: small(last.saturating_sub(first)).max(1),
            label: label.to_owned(),
        }
    }
}

/// The last character boundary at or before the byte.
fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

/// A value as messages show it: on one line, not without end, and without secrets.
pub(crate) fn shown(value: &str) -> String {
    const MAX: usize = 80;
    let mut text = String::new();
    for (count, char) in Masked::new(value).line.chars().enumerate() {
        if count == MAX {
            text.push('…');
            break;
        }
        if char.is_control() {
            text.extend(char.escape_default());
        } else {
            text.push(char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Text, shown};

    #[test]
    fn frames() {
        let text = Text { name: "f".into(), text: "a = 1\r\nü = 'https://u:p@h'\nend".into() };
        let frame = text.frame(&(7..9), "key");
        assert_eq!((frame.position.line, frame.position.column, frame.length), (2, 1, 1));
        let value = text.text.find('\'').unwrap()..text.text.rfind('\'').unwrap() + 1;
        let frame = text.frame(&value, "");
        assert_eq!((frame.position.column, frame.length), (5, 18));
        assert_eq!(frame.source, "a = 1\nü = 'https://u:****@h'\nend\n");
        // Beyond its line a piece ends with the line.
        assert_eq!(text.frame(&(0..20), "").length, 5);
    }

    #[test]
    fn values() {
        assert_eq!(shown("a\nb\0"), "a\\nb\\u{0}");
        assert_eq!(shown(&"x".repeat(81)), format!("{}…", "x".repeat(80)));
    }

    proptest! {
        #[test]
        fn any_span_has_a_frame(text in any::<String>(), start in 0usize..99, length in 0usize..99) {
            let text = Text { name: String::new(), text };
            let frame = text.frame(&(start..start + length), "here");
            prop_assert!(frame.render(husako_diagnostics::Style::Plain).contains("-->"));
        }
    }
}
