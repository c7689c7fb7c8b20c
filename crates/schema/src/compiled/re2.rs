//! From the syntax of Go's regular expressions to that of the `regex` crate.
//!
//! Both are RE2 at heart. What would mean something else, or nothing, is rewritten:
//!
//! - `\d`, `\w`, `\s` and `\b` are of ASCII in Go, of Unicode here;
//! - in a class, `[`, `&&`, `--` and `~~` are plain characters in Go, operators here;
//! - `{` that begins no repetition is a plain character in Go, an error here;
//! - `\Q…\E` quotes, and `\p{^…}` negates, only in Go.

use std::iter::Peekable;
use std::str::CharIndices;

/// The expression for the `regex` crate.
pub(super) fn translated(go: &str) -> String {
    let chars = go.char_indices().peekable();
    let mut translation = Translation { source: go, chars, out: String::with_capacity(go.len()) };
    while let Some((at, char)) = translation.chars.next() {
        match char {
            '\\' => _ = translation.escape(Place::Outside),
            '[' => translation.class(),
            '{' if !begins_repetition(&go[at + 1..]) => translation.out.push_str(r"\{"),
            _ => translation.out.push(char),
        }
    }
    translation.out
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Outside,
    InClass,
}

struct Translation<'a> {
    source: &'a str,
    chars: Peekable<CharIndices<'a>>,
    out: String,
}

impl<'a> Translation<'a> {
    fn remaining(&mut self) -> &'a str {
        self.chars.peek().map_or("", |(at, _)| &self.source[*at..])
    }

    fn skip(&mut self, bytes: usize) {
        let end = self.chars.peek().map_or(0, |(at, _)| *at) + bytes;
        while self.chars.next_if(|(at, _)| *at < end).is_some() {}
    }

    /// What follows a backslash. Returns whether it is one character, with which a range can
    /// begin.
    fn escape(&mut self, place: Place) -> bool {
        let Some((_, char)) = self.chars.next() else {
            self.out.push('\\');
            return false;
        };
        match char {
            'd' => self.out.push_str("[0-9]"),
            'D' => self.out.push_str("[^0-9]"),
            'w' => self.out.push_str("[0-9A-Za-z_]"),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            's' => self.out.push_str(r"[\t\n\f\r ]"),
            'S' => self.out.push_str(r"[^\t\n\f\r ]"),
            'b' if place == Place::Outside => self.out.push_str(r"(?-u:\b)"),
            'Q' if place == Place::Outside => self.quotation(),
            'p' | 'P' => self.property(char),
            'x' => {
                self.out.push_str(r"\x");
                self.braced();
                return true;
            }
            _ if char.is_ascii_alphanumeric() => {
                self.out.push('\\');
                self.out.push(char);
                return true;
            }
            _ => {
                self.literal(char);
                return true;
            }
        }
        false
    }

    /// The text up to `\E`, or to the end.
    fn quotation(&mut self) {
        let rest = self.remaining();
        let quoted = rest.split_once(r"\E").map_or(rest, |(quoted, _)| quoted);
        quoted.chars().for_each(|char| self.literal(char));
        self.skip((quoted.len() + 2).min(rest.len()));
    }

    /// `\p{Greek}`, `\p{^Greek}` or `\pL`.
    fn property(&mut self, letter: char) {
        self.out.push('\\');
        if self.remaining().starts_with("{^") {
            self.skip(2);
            self.out.push(if letter == 'p' { 'P' } else { 'p' });
            self.out.push('{');
            self.through_brace();
        } else {
            self.out.push(letter);
            self.braced();
        }
    }

    /// A name or number in braces, where there is one: its braces are no plain ones.
    fn braced(&mut self) {
        if self.remaining().starts_with('{') {
            self.through_brace();
        }
    }

    fn through_brace(&mut self) {
        for (_, char) in self.chars.by_ref() {
            self.out.push(char);
            if char == '}' {
                return;
            }
        }
    }

    /// What follows an opening bracket.
    fn class(&mut self) {
        self.out.push('[');
        if self.chars.next_if(|(_, char)| *char == '^').is_some() {
            self.out.push('^');
        }
        let mut first = true;
        // Whether a hyphen would make a range of what was written last.
        let mut begins_range = false;
        while let Some((_, char)) = self.chars.next() {
            begins_range = match char {
                ']' if !first => {
                    self.out.push(']');
                    return;
                }
                '\\' => self.escape(Place::InClass),
                '[' if self.remaining().starts_with(':') => self.named_class(),
                '-' if begins_range && !self.remaining().starts_with(']') => {
                    self.out.push('-');
                    self.range_end();
                    false
                }
                _ => {
                    self.literal(char);
                    true
                }
            };
            first = false;
        }
    }

    fn range_end(&mut self) {
        match self.chars.next() {
            Some((_, '\\')) => _ = self.escape(Place::InClass),
            Some((_, char)) => self.literal(char),
            None => {}
        }
    }

    /// `[:alpha:]`, of which the bracket is read. Returns whether it was a plain bracket.
    fn named_class(&mut self) -> bool {
        let rest = self.remaining();
        let Some(end) = rest.find(":]") else {
            self.literal('[');
            return true;
        };
        self.out.push('[');
        self.out.push_str(&rest[..end + 2]);
        self.skip(end + 2);
        false
    }

    /// A character that stands for itself.
    fn literal(&mut self, char: char) {
        if char.is_ascii_punctuation() && !matches!(char, '<' | '>') {
            self.out.push('\\');
        }
        self.out.push(char);
    }
}

/// Whether `rest` goes on as `3}`, `3,}` or `3,4}` would.
fn begins_repetition(rest: &str) -> bool {
    let Some((range, _)) = rest.split_once('}') else { return false };
    let (low, high) = range.split_once(',').unwrap_or((range, ""));
    !low.is_empty() && low.bytes().chain(high.bytes()).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::translated;

    /// Whether the Go expression is found, by what the translation says.
    fn matches(go: &str, text: &str) -> bool {
        let translation = translated(go);
        Regex::new(&translation)
            .unwrap_or_else(|error| panic!("{translation}: {error}"))
            .is_match(text)
    }

    #[test]
    fn classes_are_of_ascii() {
        assert!(!matches(r"^\d$", "٣") && matches(r"^\D$", "٣"));
        assert!(!matches(r"^\w$", "é") && matches(r"^\W$", "é") && matches(r"^[^\w]$", "é"));
        assert!(!matches(r"^\s$", "\u{a0}") && matches(r"^\S$", "\u{a0}"));
        assert!(!matches(r"\s", "\u{b}") && matches(r"é\b1", "é1"));
        assert!(matches(r"^[\w-.]+$", "a-b.c") && !matches(r"^[\w-.]+$", "a/b"));
        assert!(matches(r"^[\d-]+$", "1-2") && !matches(r"^[\d-]+$", "a"));
    }

    #[test]
    fn brackets_and_hyphens_in_classes() {
        assert!(matches(r"^[[]$", "[") && matches(r"^[]]$", "]") && matches(r"^[^]]$", "a"));
        assert!(matches(r"^[a&&b]+$", "a&b") && matches(r"^[a~~]$", "~"));
        assert!(matches(r"^[a-]$", "-") && matches(r"^[-a]$", "-") && matches(r"^[a-c]$", "b"));
        assert!(!matches(r"^[a-c-e]$", "d") && matches(r"^[a-c-e]$", "-"));
        assert!(matches(r"^[+--]$", ",") && matches(r"^[\--/]$", "."));
        assert!(matches(r"^[[:alpha:]-]+$", "a-b") && !matches(r"^[[:^alpha:]]$", "a"));
        assert!(matches(r"^[\]a]$", "]") && matches(r"^[.\-/]+$", "./-"));
        assert!(matches(r"^[\x41-\x43]$", "B") && matches(r"^[\x{41}-\x{43}]$", "B"));
    }

    #[test]
    fn braces_and_escapes() {
        assert!(matches(r"^a{,2}$", "a{,2}") && matches(r"^{{ x }}$", "{{ x }}"));
        assert!(
            matches(r"^a{2}$", "aa") && matches(r"^a{2,}$", "aaa") && matches(r"^a{1,2}$", "a")
        );
        assert!(matches(r"^\Qa.b\E+$", "a.bb") && !matches(r"^\Qa.b\E$", "axb"));
        assert!(matches(r"\Q[", "["));
        assert!(matches(r"^\p{Greek}$", "λ") && matches(r"^\p{^Greek}$", "a"));
        assert!(matches(r"^\pL$", "é") && matches(r"^\x{263a}$", "☺"));
        assert!(matches(r"^\/\<\>\-\:$", "/<>-:") && matches(r"(?i)^abc$", "ABC"));
        assert!(matches(r"\.\z", "a.") && matches(r"^(?P<n>a)(?<m>b)$", "ab"));
    }
}
