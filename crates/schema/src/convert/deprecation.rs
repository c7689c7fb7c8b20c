//! What descriptions say of deprecation: neither Go types nor CRDs have a keyword for it.
//!
//! Go's convention is a paragraph that begins with `Deprecated:`; people vary it. Only a sentence
//! that begins so counts: "the deprecated field …", "`deprecated` marks …", "Recycle (deprecated)"
//! speak of something else.

const WORD: &str = "deprecated";

/// The sentence with which `description` deprecates what it describes, without its first word
/// and up to the end of its line; empty where it says nothing more.
pub(crate) fn deprecation(description: &str) -> Option<&str> {
    let bytes = description.as_bytes();
    let mut from = 0;
    while let Some(found) = find_word(&bytes[from..]) {
        let start = from + found;
        let end = start + WORD.len();
        from = end;
        let (Some(before), Some(word), Some(after)) =
            (description.get(..start), description.get(start..end), description.get(end..))
        else {
            continue;
        };
        if begins_sentence(before, word) && is_about_itself(word, after) {
            return Some(reason(after));
        }
        if let Some(subject) = before.strip_suffix(" is ")
            && is_this(subject)
        {
            return Some(reason(after));
        }
    }
    None
}

fn find_word(text: &[u8]) -> Option<usize> {
    // The first letter alone rules out most of the text.
    let last = text.len().checked_sub(WORD.len())?;
    let word = |at: usize| text[at..at + WORD.len()].eq_ignore_ascii_case(WORD.as_bytes());
    (0..=last).find(|&at| text[at] | 0x20 == b'd' && text[at + 1] | 0x20 == b'e' && word(at))
}

/// Whether a sentence begins where `before` ends.
fn begins_sentence(before: &str, word: &str) -> bool {
    let capital = word.starts_with('D');
    let unmarked = before.trim_end_matches(['*', '_', '[', '(']);
    let line = unmarked.trim_end_matches([' ', '\t']);
    let at_start_of_line = line.is_empty() || line.ends_with('\n');
    if at_start_of_line {
        return true;
    }
    capital
        && before.ends_with(char::is_whitespace)
        && line.ends_with(['.', '!', '?'])
        // "e.g. Deprecated" goes on with the sentence.
        && !line.ends_with("e.g.")
        && !line.ends_with("i.e.")
}

/// Whether what follows the word makes it a statement about what is described.
fn is_about_itself(word: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return true };
    if matches!(next, ':' | '.' | ',' | ';' | '!' | ')' | ']' | '*' | '_' | '\n' | '\r') {
        return true;
    }
    if !next.is_whitespace() {
        return false;
    }
    if word.chars().all(char::is_uppercase) {
        return true;
    }
    let follower = after.trim_start().split(|char: char| !char.is_alphanumeric()).next();
    match follower {
        // A dash.
        Some("") => true,
        Some(follower) => ["in", "since", "as", "by", "and", "use", "please", "from", "with"]
            .contains(&follower.to_ascii_lowercase().as_str()),
        None => true,
    }
}

/// "This field", "This API": at the start of a sentence.
fn is_this(subject: &str) -> bool {
    let sentence = subject.rsplit(['.', '\n']).next().unwrap_or(subject).trim_start();
    sentence.starts_with("This") && sentence.split_whitespace().count() <= 3
}

fn reason(after: &str) -> &str {
    let line = after.lines().next().unwrap_or_default();
    let start = |char: char| char.is_whitespace() || ":.,;!)]*_-–—".contains(char);
    line.trim_start_matches(start).trim_end()
}

#[cfg(test)]
mod tests {
    use super::deprecation;

    #[test]
    fn sentences_that_deprecate() {
        for (text, reason) in [
            ("Deprecated: use b.", "use b."),
            ("A list.\n\nDEPRECATED: use b\nMore.", "use b"),
            ("The a. Deprecated: This API is old.", "This API is old."),
            ("Deprecated. Use b.", "Use b."),
            ("Deprecated", ""),
            ("deprecated", ""),
            ("DEPRECATED This goes away", "This goes away"),
            ("Deprecated in 1.7, use b", "in 1.7, use b"),
            ("**Deprecated** - use b", "use b"),
            ("Sets it. This field is deprecated and has no effect.", "and has no effect."),
            ("This API is deprecated since 1.22", "since 1.22"),
        ] {
            assert_eq!(deprecation(text), Some(reason), "{text}");
        }
    }

    #[test]
    fn sentences_about_something_else() {
        for text in [
            "",
            "The deprecated field of old.",
            "deprecated indicates this version is deprecated and recommends another.",
            "deprecatedCount is the deprecated field that counts.",
            "May be Retain, or Recycle (deprecated). Recycle is old.",
            "`LegacyRC2`: Deprecated. Not supported.",
            "May only be set when `deprecated` is true.",
            "The name. (Deprecated) values follow, e.g. Deprecated ports.",
            "Deprecated ports are listed here.",
            "If this field is planned to be deprecated, say so.",
            "Ünïcödé deprecatedé",
        ] {
            assert_eq!(deprecation(text), None, "{text}");
        }
    }
}
