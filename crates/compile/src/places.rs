//! From byte offsets to lines and columns.

use husako_diagnostics::Position;

/// Finds the lines and columns of byte offsets.
///
/// Lines end with a line feed, as in [`SourceFrame`](husako_diagnostics::SourceFrame). Nothing is
/// built ahead: a place costs its distance from the place asked for before.
pub(crate) struct Places<'s> {
    source: &'s str,
    byte: usize,
    line: u32,
    column: u32,
}

impl<'s> Places<'s> {
    pub(crate) const fn new(source: &'s str) -> Self {
        Self { source, byte: 0, line: 1, column: 1 }
    }

    /// The place of the character that begins at `byte`, or that `byte` lies in.
    pub(crate) fn position(&mut self, byte: u32) -> Position {
        let target = floor(self.source, byte as usize);
        if target >= self.byte {
            let between = &self.source[self.byte..target];
            match between.rfind('\n') {
                Some(last) => {
                    self.line += line_feeds(between);
                    self.column = 1 + count(between[last + 1..].chars());
                }
                None => self.column += count(between.chars()),
            }
        } else {
            let between = &self.source[target..self.byte];
            match line_feeds(between) {
                0 => self.column -= count(between.chars()),
                lines => {
                    self.line -= lines;
                    let start = self.source[..target].rfind('\n').map_or(0, |last| last + 1);
                    self.column = 1 + count(self.source[start..target].chars());
                }
            }
        }
        self.byte = target;
        Position { line: self.line, column: self.column }
    }

    /// The place of a piece, and how many characters it is long.
    pub(crate) fn piece(&mut self, start: u32, end: u32) -> (Position, u32) {
        let position = self.position(start);
        let end = floor(self.source, end as usize).max(self.byte);
        (position, count(self.source[self.byte..end].chars()))
    }
}

fn line_feeds(text: &str) -> u32 {
    count(text.bytes().filter(|byte| *byte == b'\n'))
}

/// The nearest start of a character at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Sources are far smaller than 4 GiB, which is what the parser takes.
pub(crate) fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn places_forth_and_back() {
        let mut places = Places::new("aé😀b\r\nc\n\nd");
        let mut at = |byte| {
            let position = places.position(byte);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 3));
        assert_eq!(at(5), (1, 3));
        assert_eq!(at(7), (1, 4));
        assert_eq!(at(10), (2, 1));
        assert_eq!(at(12), (3, 1));
        assert_eq!(at(13), (4, 1));
        assert_eq!(at(10), (2, 1));
        assert_eq!(at(9), (1, 6));
        assert_eq!(at(8), (1, 5));
        assert_eq!(at(1), (1, 2));
        assert_eq!(at(99), (4, 2));
        let (position, length) = places.piece(1, 7);
        assert_eq!((position.line, position.column, length), (1, 2, 2));
        assert_eq!(places.piece(3, 2).1, 0);
    }
}
