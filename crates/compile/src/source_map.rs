//! From places in the JavaScript back to places in the source.
//!
//! # How QuickJS counts
//!
//! QuickJS-ng 0.16 (in `rquickjs-sys` 0.14), as seen in stack frames and tested in
//! `tests/quickjs.rs`:
//!
//! - Lines count from 1 and end with LF, CR or CR LF, inside template literals too. U+2028 and
//!   U+2029 end a line for the parser's grammar, but not inside literals, which is the only place
//!   where generated code can have them.
//! - Columns count from 1, in **bytes** of UTF-8, not in characters or UTF-16 units.
//! - That is so from line 2 on. On line 1 the column of most tokens is one too small, and `1:1` is
//!   also what is reported when nothing is known. So generated code begins with an empty line, and
//!   line 1 maps to nothing.
//! - The column is that of the last identifier, or the last blank, before or at the token: calls
//!   point at the name of the method, member accesses at the start of the chain.
//!
//! oxc counts in UTF-16 units, and all five line ends. The map is converted when it is built, which
//! costs nothing for texts in ASCII.

use husako_diagnostics::Position;

use crate::places::{Places, count};

/// Finds what a place in generated code was made of.
///
/// Kept as differences in a variable number of bytes, about four per mapping, and decoded on each
/// question: a program that works never asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    encoded: Box<[u8]>,
}

/// A place in the code (column in bytes) and the one in the source (column in scalar values); all
/// from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mapping {
    code_line: u32,
    code_column: u32,
    line: u32,
    column: u32,
}

impl SourceMap {
    /// The place in the source of a place in the code, as QuickJS reports it: both from 1, the
    /// column in bytes.
    ///
    /// A place between two mappings belongs to the one before, on the same line if there is one.
    /// `None` if nothing of the source stands there or before.
    #[must_use]
    pub fn original(&self, line: u32, column: u32) -> Option<Position> {
        let (line, column) = (line.checked_sub(1)?, column.saturating_sub(1));
        let mut best: Option<Mapping> = None;
        for mapping in self.mappings() {
            if (mapping.code_line, mapping.code_column) > (line, column) {
                // Better the first thing on the line than the last of an earlier one.
                if mapping.code_line == line && best.is_none_or(|best| best.code_line < line) {
                    best = Some(mapping);
                }
                break;
            }
            best = Some(mapping);
        }
        best.map(|best| Position { line: best.line + 1, column: best.column + 1 })
    }

    /// Keeps the map of oxc: code line, code column, source line and source column of each token,
    /// from 0, columns in UTF-16 units, in the order of the code.
    pub(crate) fn new(tokens: impl Iterator<Item = [u32; 4]>, code: &str, source: &str) -> Self {
        let mut code_units = Units::new(code);
        let mut source_units = Units::new(source);
        let mut places = Places::new(source);
        let engine_lines = code_units.as_ref().map(|units| engine_lines(units.text));
        let mut encoder = Encoder::default();
        for [code_line, code_column, line, column] in tokens {
            let mut mapping = Mapping { code_line, code_column, line, column };
            if let (Some(units), Some(lines)) = (&mut code_units, &engine_lines) {
                let byte = units.byte(code_line, code_column);
                let index = lines.partition_point(|start| *start <= byte).saturating_sub(1);
                mapping.code_line = count(lines[..index].iter());
                mapping.code_column = byte - lines[index];
            }
            if let Some(units) = &mut source_units {
                let position = places.position(units.byte(line, column));
                (mapping.line, mapping.column) = (position.line - 1, position.column - 1);
            }
            encoder.push(mapping);
        }
        Self { encoded: encoder.bytes.into_boxed_slice() }
    }

    fn mappings(&self) -> impl Iterator<Item = Mapping> {
        let mut bytes = self.encoded.iter();
        let mut last = Mapping::default();
        std::iter::from_fn(move || {
            let lines = number(&mut bytes)?;
            let code_column = number(&mut bytes)?;
            last = Mapping {
                code_line: last.code_line + lines,
                code_column: if lines == 0 { last.code_column + code_column } else { code_column },
                line: last.line.wrapping_add_signed(unfold(number(&mut bytes)?)),
                column: last.column.wrapping_add_signed(unfold(number(&mut bytes)?)),
            };
            Some(last)
        })
    }
}

#[derive(Debug, Default)]
struct Encoder {
    bytes: Vec<u8>,
    last: Mapping,
}

impl Encoder {
    fn push(&mut self, next: Mapping) {
        let last = self.last;
        let lines = next.code_line.saturating_sub(last.code_line);
        let from = if lines == 0 { last.code_column } else { 0 };
        self.number(lines);
        self.number(next.code_column.saturating_sub(from));
        self.number(fold(next.line.wrapping_sub(last.line).cast_signed()));
        self.number(fold(next.column.wrapping_sub(last.column).cast_signed()));
        self.last = next;
    }

    /// Seven bits per byte, low ones first; the high bit says that more follow (LEB128).
    fn number(&mut self, mut number: u32) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                self.bytes.push(low);
                return;
            }
            self.bytes.push(low | 0x80);
        }
    }
}

fn number(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Signed numbers near zero as unsigned ones near zero.
const fn fold(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)).cast_unsigned()
}

const fn unfold(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

/// Finds the bytes of places that are given as oxc counts them.
#[derive(Debug)]
struct Units<'t> {
    text: &'t str,
    /// Where the lines begin.
    lines: Vec<u32>,
    line: u32,
    unit: u32,
    byte: usize,
}

impl<'t> Units<'t> {
    /// `None` for texts in which a unit is a byte, and all line ends are line feeds.
    fn new(text: &'t str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_plain = text.is_ascii() && !has_lone_return(bytes);
        if is_plain {
            return None;
        }
        let mut lines = engine_lines(text);
        let separators = text.match_indices(['\u{2028}', '\u{2029}']);
        lines.extend(separators.map(|(byte, end)| offset(byte + end.len())));
        lines.sort_unstable();
        Some(Self { text, lines, line: 0, unit: 0, byte: 0 })
    }

    fn byte(&mut self, line: u32, unit: u32) -> u32 {
        if line != self.line {
            let start =
                self.lines.get(line as usize).map_or(self.text.len(), |&start| start as usize);
            (self.line, self.unit, self.byte) = (line, 0, start);
        }
        if self.unit <= unit {
            for char in self.text[self.byte..].chars() {
                if self.unit >= unit {
                    break;
                }
                self.unit += units(char);
                self.byte += char.len_utf8();
            }
        } else {
            for char in self.text[..self.byte].chars().rev() {
                if self.unit <= unit {
                    break;
                }
                self.unit -= units(char);
                self.byte -= char.len_utf8();
            }
        }
        offset(self.byte)
    }
}

fn has_lone_return(bytes: &[u8]) -> bool {
    bytes.contains(&b'\r')
        && bytes
            .iter()
            .enumerate()
            .any(|(at, byte)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
}

/// Where the lines begin that QuickJS counts.
fn engine_lines(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(at, _)| offset(at + 1))).collect()
}

const fn units(char: char) -> u32 {
    if char.len_utf16() == 2 { 2 } else { 1 }
}

/// Sources are far smaller than 4 GiB, which is what the parser takes.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Mapping, SourceMap, fold, unfold};

    fn at(map: &SourceMap, line: u32, column: u32) -> Option<(u32, u32)> {
        map.original(line, column).map(|position| (position.line, position.column))
    }

    #[test]
    fn nearest_mapping_before() {
        let tokens = [[1, 2, 5, 4], [1, 9, 5, 300], [4, 3, 0, 0]];
        let map = SourceMap::new(tokens.into_iter(), "", "");
        assert_eq!(at(&map, 0, 1), None);
        assert_eq!(at(&map, 1, 1), None);
        assert_eq!(at(&map, 2, 1), Some((6, 5)), "before the first on its line");
        assert_eq!(at(&map, 2, 3), Some((6, 5)));
        assert_eq!(at(&map, 2, 9), Some((6, 5)));
        assert_eq!(at(&map, 2, 10), Some((6, 301)));
        assert_eq!(at(&map, 2, 99), Some((6, 301)));
        assert_eq!(at(&map, 3, 1), Some((6, 301)), "nothing on this line");
        assert_eq!(at(&map, 5, 0), Some((1, 1)));
        assert_eq!(at(&map, 9, 9), Some((1, 1)));
        assert_eq!(at(&SourceMap::default(), 1, 1), None);
    }

    #[test]
    fn columns_beyond_ascii() {
        // oxc: UTF-16 units. The engine: bytes. We: characters.
        let source = "é😀a\r\nb\u{2028}c\rd";
        let code = "\n日😀x\n`\u{2028}y";
        let tokens = [[1, 3, 0, 3], [2, 0, 1, 0], [3, 0, 2, 0], [3, 1, 3, 0], [3, 2, 0, 0]];
        let map = SourceMap::new(tokens.into_iter(), code, source);
        assert_eq!(at(&map, 2, 8), Some((1, 3)));
        assert_eq!(at(&map, 3, 1), Some((2, 1)));
        assert_eq!(at(&map, 3, 5), Some((2, 3)), "U+2028 is no line end");
        assert_eq!(at(&map, 3, 6), Some((1, 1)));
    }

    proptest! {
        #[test]
        fn differences_round_trip(mappings in proptest::collection::vec(any::<[u32; 4]>(), 0..20)) {
            let mut tokens = mappings;
            tokens.sort_by_key(|[line, column, ..]| (*line, *column));
            let map = SourceMap::new(tokens.iter().copied(), "", "");
            let expected: Vec<Mapping> = tokens
                .into_iter()
                .map(|[code_line, code_column, line, column]| Mapping { code_line, code_column, line, column })
                .collect();
            prop_assert_eq!(map.mappings().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn folding(number: i32) {
            prop_assert_eq!(unfold(fold(number)), number);
        }
    }
}
