/// The noun for `count` things: `plural(1, "entry", "entries")`.
#[must_use]
pub const fn plural<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// The candidate that `name` was most likely meant to be, if one is near enough.
///
/// The distance counts transposed letters as one edit; up to a third of the letters may differ,
/// and letter case counts less than a letter.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance <= limit).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The items as `` `a`, `b` and `c` ``; after `max` of them, how many more there are.
#[must_use]
pub fn list<'a>(items: impl IntoIterator<Item = &'a str>, max: usize) -> String {
    let items: Vec<&str> = items.into_iter().collect();
    let mut shown: Vec<String> = items.iter().take(max).map(|item| format!("`{item}`")).collect();
    if items.len() > max {
        shown.push(format!("{} more", items.len() - max));
    }
    match shown.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The text without control characters and escape sequences that could drive a terminal, and
/// without marks that reorder it. Line feeds and tabs stay.
#[must_use]
pub fn strip_controls(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\n' | '\t' => clean.push(char),
            '\u{1b}' => skip_escape(&mut chars),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {}
            _ if char.is_control() => {}
            _ => clean.push(char),
        }
    }
    clean
}

/// Skips what follows `ESC`: a control sequence (`[ … letter`), an operating system command
/// (`] … BEL` or `] … ESC \`), or one character (ECMA-48).
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next() {
        Some('[') => {
            for char in chars.by_ref() {
                if ('\u{40}'..='\u{7e}').contains(&char) {
                    break;
                }
            }
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(char) = chars.next() {
                if char == '\u{7}' {
                    break;
                }
                if char == '\u{1b}' {
                    chars.next_if_eq(&'\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{list, nearest, plural, strip_controls};

    #[test]
    fn nearest_name() {
        let names = ["charts", "resources", "entries"];
        assert_eq!(nearest("chart", names), Some("charts"));
        assert_eq!(nearest("resuorces", names), Some("resources"));
        assert_eq!(nearest("Charts", names), Some("charts"));
        assert_eq!(nearest("plugins", names), None);
        assert_eq!(nearest("charts", ["charts"]), None);
    }

    #[test]
    fn controls_are_stripped() {
        assert_eq!(strip_controls("\u{1b}[31mred\u{1b}[0m\r\u{7}!"), "red!");
        assert_eq!(strip_controls("a\u{1b}]0;title\u{7}b\u{1b}]8;;x\u{1b}\\c"), "abc");
        assert_eq!(strip_controls("a\u{202e}b\n\tc"), "ab\n\tc");
    }

    #[test]
    fn words() {
        assert_eq!(plural(1, "entry", "entries"), "entry");
        assert_eq!(plural(0, "entry", "entries"), "entries");
        assert_eq!(list(["a", "b", "c"], 3), "`a`, `b` and `c`");
        assert_eq!(list(["a", "b", "c"], 1), "`a` and 2 more");
    }
}
