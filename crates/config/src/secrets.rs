//! Finding what must not be shown in a line of configuration.

use std::ops::Range;

/// What stands in the place of a secret, whatever its length.
const MASK: &str = "****";

/// Keys with one of these in their name hold secrets, even where husako knows no such key: the
/// error that says so shows the line.
const SECRET_KEYS: [&str; 3] = ["token", "password", "secret"];

/// A line without its secrets.
pub(crate) struct Masked {
    pub(crate) line: String,
    /// The secrets in the original, as ranges of characters, in order.
    secrets: Vec<Range<usize>>,
}

impl Masked {
    pub(crate) fn new(line: &str) -> Self {
        let chars: Vec<char> = line.chars().collect();
        let secrets = secrets(&chars);
        let mut masked = String::with_capacity(line.len());
        let mut at = 0;
        for secret in &secrets {
            masked.extend(&chars[at..secret.start]);
            masked.push_str(MASK);
            at = secret.end;
        }
        masked.extend(&chars[at..]);
        Self { line: masked, secrets }
    }

    /// Where the character that was at `column` (from 0) is now; within a secret, its beginning.
    pub(crate) fn column(&self, column: usize) -> usize {
        let mut moved = column;
        for secret in &self.secrets {
            if column >= secret.end {
                moved = moved + MASK.len() - secret.len();
            } else if column > secret.start {
                return moved - (column - secret.start);
            }
        }
        moved
    }
}

fn secrets(chars: &[char]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = user_infos(chars).chain(secret_values(chars)).collect();
    found.sort_by_key(|range| (range.start, range.end));
    // A URL may itself be the value of a secret key: the ranges become one.
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The password, or a user name that stands alone, in each `scheme://user:password@host`.
fn user_infos(chars: &[char]) -> impl Iterator<Item = Range<usize>> + '_ {
    let starts = chars.windows(3).enumerate().filter(|(_, window)| *window == [':', '/', '/']);
    starts.filter_map(|(index, _)| {
        let start = index + 3;
        // A blank does not end it: in a mistyped URL the password would show.
        let length = chars[start..]
            .iter()
            .position(|char| matches!(char, '/' | '?' | '#' | '"' | '\'' | '`'))
            .unwrap_or(chars.len() - start);
        let authority = &chars[start..start + length];
        let user_info = &authority[..authority.iter().rposition(|char| *char == '@')?];
        let password = user_info.iter().position(|char| *char == ':').map_or(0, |colon| colon + 1);
        Some(start + password..start + user_info.len())
    })
}

/// The text of each string whose key names a secret.
fn secret_values(chars: &[char]) -> impl Iterator<Item = Range<usize>> + '_ {
    chars.iter().enumerate().filter(|(_, char)| **char == '=').filter_map(|(index, _)| {
        let key: String = chars[..index]
            .iter()
            .rev()
            .skip_while(|char| char.is_whitespace())
            .take_while(|char| {
                char.is_alphanumeric() || matches!(char, '_' | '-' | '"' | '\'' | '.')
            })
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<String>()
            .to_lowercase();
        if !SECRET_KEYS.iter().any(|secret| key.contains(secret)) {
            return None;
        }
        let quote = index + 1 + chars[index + 1..].iter().position(|char| !char.is_whitespace())?;
        if !matches!(chars[quote], '"' | '\'') {
            // A number, or something that is not TOML: hidden to the end of the line.
            return Some(quote..chars.len());
        }
        let start = quote + 1;
        let mut end = start;
        while end < chars.len() && chars[end] != chars[quote] {
            end += if chars[end] == '\\' && chars[quote] == '"' { 2 } else { 1 };
        }
        Some(start..end.min(chars.len()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Masked;

    #[test]
    fn lines() {
        for (line, masked) in [
            ("repo = \"https://me:s3cret@host/x\" # c", "repo = \"https://me:****@host/x\" # c"),
            (
                "a = 'https://ghp_x@host', b = 'ssh://u:p@g'",
                "a = 'https://****@host', b = 'ssh://u:****@g'",
            ),
            ("token = \"a\\\"b\" # t", "token = \"****\" # t"),
            (
                "k = { api_TOKEN = 'x', \"password\"='https://u:p@h' }",
                "k = { api_TOKEN = '****', \"password\"='****' }",
            ),
            ("secret = 12, x = 1", "secret = ****"),
            ("version = \"1\"", "version = \"1\""),
        ] {
            assert_eq!(Masked::new(line).line, masked);
        }
    }

    #[test]
    fn columns_follow() {
        let line = "a = 'https://u:password@h' b";
        let masked = Masked::new(line);
        let at = |char| line.find(char).unwrap();
        assert_eq!(masked.column(at('a')), 0);
        assert_eq!(masked.line.as_bytes()[masked.column(at('@'))], b'@');
        assert_eq!(masked.line.as_bytes()[masked.column(at('b'))], b'b');
        let secret = line.find("password").unwrap();
        assert_eq!(masked.column(secret), secret);
        assert_eq!(masked.column(secret + 3), secret);
    }

    proptest! {
        #[test]
        fn never_panics(line in "[a-z:/@='\"\\\\ é]{0,40}", column in 0usize..60) {
            Masked::new(&line).column(column);
        }

        #[test]
        fn passwords_are_gone(user in "[a-z]{0,4}", password in "[0-9!@:]{5,9}", rest in "[a-z/]{0,5}") {
            let line = format!("x = \"https://{user}:{password}@host/{rest}\"");
            prop_assert!(!Masked::new(&line).line.contains(&password));
        }
    }
}
