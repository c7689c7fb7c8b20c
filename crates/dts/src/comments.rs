//! The comment escaper: foreign text as the lines of a documentation comment.
//!
//! Together with [`crate::names`] the only way that text of schemas reaches generated files.

use crate::names::is_hidden;

/// Writes `text` as lines of a comment that begin with ` * `, indented by `indent`.
///
/// Whatever the text, the comment goes on after it: nothing in it ends the comment or a
/// surrounding `<script>`, starts a documentation tag (`@param`, `{@link …}`), or turns the direction of
/// what follows. Blank lines at both ends are left out, and a run of them becomes one.
pub(crate) fn push_lines(out: &mut String, indent: &str, text: &str) {
    let mut blank = false;
    let mut empty = true;
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let line = line.trim_end();
        if line.chars().all(|character| character.is_whitespace() || is_hidden(character)) {
            blank = !empty;
            continue;
        }
        if blank {
            push_blank(out, indent);
            blank = false;
        }
        empty = false;
        out.push_str(indent);
        out.push_str(" * ");
        push_line(out, line);
        out.push('\n');
    }
}

/// Writes an empty line of a comment.
pub(crate) fn push_blank(out: &mut String, indent: &str) {
    out.push_str(indent);
    out.push_str(" *\n");
}

/// Writes text that belongs on one line, escaped.
pub(crate) fn push_line(out: &mut String, line: &str) {
    let start = out.len();
    let mut rest = line;
    // Most text has little that needs a look, so it is copied run by run.
    while let Some(position) = rest.bytes().position(needs_a_look) {
        let (plain, special) = rest.split_at(position);
        out.push_str(plain);
        let mut characters = special.chars();
        match characters.next() {
            Some('/') if out.ends_with(['*', '<']) => out.push_str("\\/"),
            Some('@') if out.ends_with('{') || is_line_start(&out[start..]) => out.push_str("\\@"),
            Some('\t') => out.push_str("  "),
            Some('\n' | '\r') => out.push(' '),
            Some(character) if !is_hidden(character) => out.push(character),
            _ => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

fn needs_a_look(byte: u8) -> bool {
    matches!(byte, b'/' | b'@' | 0..=0x1f | 0x7f..)
}

/// Whether an `@` after `line` would start a tag.
fn is_line_start(line: &str) -> bool {
    line.chars().all(|character| character.is_whitespace() || character == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut out = String::new();
        push_lines(&mut out, "", text);
        out
    }

    #[test]
    fn nothing_ends_the_comment() {
        for (text, expected) in [
            ("a */ b", " * a *\\/ b\n"),
            ("*\n/", " * *\n * /\n"),
            ("*\u{200b}/ *\u{0}/", " * *\\/ *\\/\n"),
            ("</script><!--", " * <\\/script><!--\n"),
            ("\u{202e}evil\u{2066}", " * evil\n"),
            ("a\u{2028}*/", " * a\n * *\\/\n"),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_becomes_a_tag() {
        for (text, expected) in [
            ("@param x", " * \\@param x\n"),
            ("  * @deprecated", " *   * \\@deprecated\n"),
            ("see {@link x}", " * see {\\@link x}\n"),
            ("me@example.com", " * me@example.com\n"),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_end_as_one_would_write_them() {
        assert_eq!(lines("\r\n a  \r\n\r\n\n\tb\rc\n\n"), " *  a\n *\n *   b\n * c\n");
        assert_eq!(lines(" \n"), "");
    }
}
