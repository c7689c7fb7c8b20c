//! Where a JSON text nests too deep. The parser only says that it does.

use super::pointer::{abbreviated, escaped};
use super::report::MAX_DEPTH;

enum Level<'a> {
    Object { key: &'a str },
    Array { index: usize },
}

/// The place at which `json` first nests deeper than [`MAX_DEPTH`], below `base`.
pub(crate) fn too_deep(json: &str, base: &str) -> Option<String> {
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut last_string = "";
    let mut rest = json;
    // Everything of interest is ASCII, and no byte of another character looks like it.
    while let Some(at) = rest.find(['"', '{', '[', '}', ']', ':', ',']) {
        let (token, after) = (rest.as_bytes()[at], &rest[at + 1..]);
        rest = after;
        match token {
            b'"' => {
                let end = end_of_string(after);
                (last_string, rest) = (&after[..end], after.get(end + 1..).unwrap_or_default());
            }
            b'{' | b'[' if levels.len() + 1 >= MAX_DEPTH => return Some(pointer(base, &levels)),
            b'{' => levels.push(Level::Object { key: "" }),
            b'[' => levels.push(Level::Array { index: 0 }),
            b'}' | b']' => _ = levels.pop(),
            b':' => {
                if let Some(Level::Object { key }) = levels.last_mut() {
                    *key = last_string;
                }
            }
            _ => {
                if let Some(Level::Array { index }) = levels.last_mut() {
                    *index += 1;
                }
            }
        }
    }
    None
}

fn end_of_string(text: &str) -> usize {
    let mut backslash = false;
    text.bytes()
        .position(|byte| {
            let ends = byte == b'"' && !backslash;
            backslash = byte == b'\\' && !backslash;
            ends
        })
        .unwrap_or(text.len())
}

fn pointer(base: &str, levels: &[Level<'_>]) -> String {
    let mut text = base.to_owned();
    for level in levels {
        text.push('/');
        match level {
            Level::Object { key } => text.push_str(&escaped(key)),
            Level::Array { index } => text.push_str(&index.to_string()),
        }
    }
    abbreviated(&text)
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn names_the_way_down() {
        let deep = format!(r#"{{"a": "}}]\"{{", "b": [0, {}"#, r#"{"c": "#.repeat(200));
        assert_eq!(too_deep(&deep, "#/x").as_deref(), Some("#/x/b/1/c/c/c/…"));
        assert_eq!(too_deep("[[{}]]", "#"), None);
        assert_eq!(too_deep(&"[]".repeat(500), "#"), None);
    }

    #[test]
    fn broken_text_is_no_trouble() {
        for text in ["\"", "\"\\", "}}}", "é\"é", "{\"a\"::,,"] {
            assert_eq!(too_deep(text, "#"), None);
        }
    }
}
