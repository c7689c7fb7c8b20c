use std::fmt;

/// A place in a document, as a JSON pointer (RFC 6901) in a URI fragment: `#/properties/spec`.
///
/// A pointer is a list on the stack that grows with the recursion; text is made of it only where
/// there is something to say.
#[derive(Clone, Copy)]
pub(crate) struct Pointer<'a> {
    parent: Option<&'a Pointer<'a>>,
    segment: Segment<'a>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    /// What stands before all, such as `#` or `#/components/schemas/x`, as written.
    Base(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Pointer<'a> {
    pub(crate) const fn base(text: &'a str) -> Self {
        Self { parent: None, segment: Segment::Base(text), depth: 0 }
    }

    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Self { parent: Some(self), segment: Segment::Key(key), depth: self.depth + 1 }
    }

    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self { parent: Some(self), segment: Segment::Index(index), depth: self.depth + 1 }
    }

    /// How many steps it is from the base.
    pub(crate) const fn depth(&self) -> usize {
        self.depth
    }

    /// The text where it is short, and else its beginning: a place at the end of a very long way
    /// is not read by people.
    pub(crate) fn abbreviated(&self) -> String {
        abbreviated(&self.to_string())
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.segment {
            Segment::Base(text) => f.write_str(text),
            Segment::Key(key) => write!(f, "/{}", escaped(key)),
            Segment::Index(index) => write!(f, "/{index}"),
        }
    }
}

/// The key as a segment of a pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The key that a segment of a pointer stands for.
pub(crate) fn unescaped(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// The fragment of a URI with its `%XX` resolved; what is not UTF-8 or not hexadecimal stays.
pub(crate) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let hex = bytes.get(index + 1..index + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) if byte == b'%' => {
                decoded.push(value);
                index += 3;
            }
            _ => {
                decoded.push(byte);
                index += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// See [`Pointer::abbreviated`].
pub(crate) fn abbreviated(pointer: &str) -> String {
    const SHORT: usize = 16;
    const SHOWN: usize = 6;
    let mut slashes = pointer.match_indices('/').map(|(index, _)| index);
    match (slashes.clone().nth(SHORT), slashes.nth(SHOWN)) {
        (Some(_), Some(end)) => format!("{}/…", &pointer[..end]),
        _ => pointer.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Pointer, abbreviated, percent_decoded, unescaped};

    #[test]
    fn segments_are_escaped() {
        let base = Pointer::base("#");
        let key = base.key("a/b~c");
        assert_eq!(key.index(3).to_string(), "#/a~1b~0c/3");
        assert_eq!(unescaped("a~1b~0c~01"), "a/b~c~1");
    }

    #[test]
    fn percent_signs_are_resolved_where_they_encode() {
        assert_eq!(percent_decoded("/a%20b/%C3%A9"), "/a b/é");
        assert_eq!(percent_decoded("100%/%zz%f"), "100%/%zz%f");
        assert_eq!(percent_decoded("%ff"), "%ff");
    }

    #[test]
    fn long_pointers_are_cut() {
        assert_eq!(abbreviated("#/a/b"), "#/a/b");
        assert_eq!(abbreviated(&format!("#{}", "/a".repeat(99))), "#/a/a/a/a/a/a/…");
    }
}
