//! How deep a source can nest, before it is parsed.
//!
//! The parser and the passes after it are recursive: what nests deep enough overflows the stack,
//! which ends the process. Not only brackets nest: `a.b.c`, `1 + 1 + 1`, `!!!x`, `x => y => z` and
//! `if (a) if (b) …` do too. This is one pass over the bytes that finds an upper bound of the depth
//! of the syntax tree, so that the caller can provide the stack (see `stack`).
//!
//! Invariant: the bound is never too low. It counts the tokens that can make a tree deeper (all
//! punctuation but separators, and words that follow words, such as `new new x` or `x as T`), adds
//! what enclosing brackets counted, and forgets only where nothing can go on: at the end of a
//! bracket and of a statement. Where a slash may be a division or a regular expression, and it
//! matters, everything that is left is counted. So it is often too high, which costs nothing but
//! address space.

/// How many brackets may be open at once. People write up to about thirty.
pub(crate) const MAX_BRACKETS: usize = 1_000;

/// How many `<` may be open at once. The parser tries each as the start of type arguments, then
/// again as a comparison, and keeps both: time and memory grow with the square (15 to 35 MiB here).
const MAX_ANGLES: usize = 500;

/// What a bracket counts: the parser calls itself through all its precedences there, which takes
/// about three times the stack of any other token.
const BRACKET: usize = 2;

/// What a source nests like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nesting {
    /// The tree is not deeper than so many levels; brackets take two.
    AtMost(usize),
    /// The bracket at this byte is nested in too many others.
    TooDeep(u32),
}

/// Measures the source.
pub(crate) fn measure(source: &str) -> Nesting {
    let mut scanner = Scanner::new(source.as_bytes());
    match scanner.scan() {
        Ok(()) => Nesting::AtMost(scanner.deepest),
        Err(TooDeep) => Nesting::TooDeep(u32::try_from(scanner.at).unwrap_or(u32::MAX)),
    }
}

struct TooDeep;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bracket {
    Round,
    Square,
    Curly,
    /// `${` of a template.
    Template,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    bracket: Bracket,
    /// What was counted before it.
    count: usize,
    /// How many `<` were open before it.
    angles: usize,
}

/// What stands before a token, as far as it matters to the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Nothing, or punctuation after which an operand comes: a slash begins a regular expression.
    Operator,
    /// The end of an operand: a slash divides.
    Operand,
    /// A word, given by its range.
    Word(usize, usize),
    /// `)`, `}`, `>`, `++`, …: a slash can be either.
    Either,
}

/// What may have ended with the token before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Nothing,
    /// `;`: a statement, but for `else` and the `while` of `do`.
    Semicolon,
    /// `}`: a statement, if a word follows that begins one.
    Curly,
}

struct Scanner<'s> {
    bytes: &'s [u8],
    at: usize,
    open: Vec<Open>,
    count: usize,
    deepest: usize,
    /// How many `<` are open, comparisons included.
    angles: usize,
    before: Before,
    ended: Ended,
    /// `:` and then a word: another `:` makes a chain of labels.
    after_colon: bool,
    colon_and_word: bool,
}

impl<'s> Scanner<'s> {
    fn new(bytes: &'s [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            open: Vec::new(),
            count: 0,
            deepest: 0,
            angles: 0,
            before: Before::Operator,
            ended: Ended::Nothing,
            after_colon: false,
            colon_and_word: false,
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn innermost(&self) -> Option<Bracket> {
        self.open.last().map(|open| open.bracket)
    }

    fn scan(&mut self) -> Result<(), TooDeep> {
        if self.bytes.starts_with(b"#!") {
            self.line_comment();
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => self.at += 1,
                b'/' if self.peek(1) == b'/' => self.line_comment(),
                b'/' if self.peek(1) == b'*' => self.block_comment(),
                _ => {
                    self.end_statement(byte);
                    let after_colon = std::mem::replace(&mut self.after_colon, false);
                    self.token(byte)?;
                    self.colon_and_word = after_colon && matches!(self.before, Before::Word(..));
                    self.deepest = self.deepest.max(self.count);
                }
            }
        }
        Ok(())
    }

    fn token(&mut self, byte: u8) -> Result<(), TooDeep> {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | 0x80.. => self.word(),
            b'0'..=b'9' => self.number(),
            b'"' | b'\'' => self.string(byte),
            b'`' => {
                // `` f`…``…`…` `` nests as calls do.
                self.count += 1;
                self.at += 1;
                self.template()?;
            }
            b'(' => self.open(Bracket::Round)?,
            b'[' => self.open(Bracket::Square)?,
            b'{' => self.open(Bracket::Curly)?,
            b')' => self.close(Bracket::Round),
            b']' => self.close(Bracket::Square),
            b'}' if self.innermost() == Some(Bracket::Template) => {
                self.close(Bracket::Template);
                self.template()?;
            }
            b'}' => self.close(Bracket::Curly),
            b';' => {
                self.at += 1;
                self.ended = Ended::Semicolon;
                self.before = Before::Operator;
            }
            b',' => {
                self.at += 1;
                self.before = Before::Operator;
            }
            b':' => {
                self.at += 1;
                self.count += usize::from(self.colon_and_word);
                self.after_colon = true;
                self.before = Before::Operator;
            }
            b'/' => self.slash(),
            _ => self.punctuation(byte)?,
        }
        Ok(())
    }

    /// Forgets what a statement counted, once the token that begins at `self.at` shows that it has
    /// ended.
    fn end_statement(&mut self, byte: u8) {
        let ended = std::mem::replace(&mut self.ended, Ended::Nothing);
        if ended == Ended::Nothing || !byte.is_ascii() {
            // What is not ASCII may be a blank, with `else` after it.
            return;
        }
        let mut end = self.at;
        while self.bytes.get(end).is_some_and(|byte| is_word(*byte)) {
            end += 1;
        }
        let has_ended = match (&self.bytes[self.at..end], ended) {
            (b"else" | b"while", _) => false,
            (
                b"catch" | b"finally" | b"as" | b"satisfies" | b"in" | b"instanceof" | b"of"
                | b"is" | b"extends" | b"implements" | b"from" | b"with" | b"assert",
                Ended::Curly,
            ) => false,
            (word, Ended::Curly) => {
                let is_inside_block = matches!(self.innermost(), None | Some(Bracket::Curly));
                is_inside_block && !word.is_empty() && byte.is_ascii_alphabetic()
            }
            _ => true,
        };
        if has_ended {
            (self.count, self.angles) =
                self.open.last().map_or((0, 0), |open| (open.count + BRACKET, open.angles));
        }
    }

    fn open(&mut self, bracket: Bracket) -> Result<(), TooDeep> {
        if self.open.len() == MAX_BRACKETS {
            return Err(TooDeep);
        }
        self.at += 1;
        self.open.push(Open { bracket, count: self.count, angles: self.angles });
        self.count += BRACKET;
        self.before = Before::Operator;
        Ok(())
    }

    fn close(&mut self, bracket: Bracket) {
        self.at += 1;
        // A bracket that does not fit is an error of the parser; until there, nothing is forgotten.
        if let Some(open) = self.open.pop_if(|open| open.bracket == bracket) {
            // One level stays: the bracket may be a link of a chain, as in `f()()()`.
            self.count = open.count + 1;
            self.angles = open.angles;
        }
        self.before = Before::Either;
        if bracket == Bracket::Square {
            self.before = Before::Operand;
        } else if bracket == Bracket::Curly {
            self.ended = Ended::Curly;
        }
    }

    fn punctuation(&mut self, byte: u8) -> Result<(), TooDeep> {
        let last = if self.at > 0 { self.bytes[self.at - 1] } else { 0 };
        self.before = match byte {
            b'+' | b'-' if last == byte => Before::Either,
            b'>' | b'!' | b'@' | b'#' | b'\\' => Before::Either,
            _ => Before::Operator,
        };
        match byte {
            b'<' if self.angles == MAX_ANGLES => return Err(TooDeep),
            b'<' => {
                self.angles += 1;
                self.count += BRACKET;
            }
            _ => self.count += 1,
        }
        if byte == b'>' && last != b'=' {
            self.angles = self.angles.saturating_sub(1);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self) {
        let start = self.at;
        if self.bytes[start].is_ascii() {
            self.take_while(is_word);
        } else {
            // A letter, or a blank that ends a word: each counts as a word of its own.
            self.take_while(|byte| !byte.is_ascii());
            self.count += self.at - start;
        }
        // A word after an operand, or another word, is an operator: `new new x`, `1 in x as T`.
        self.count += usize::from(self.before != Before::Operator);
        self.before = Before::Word(start, self.at);
    }

    fn number(&mut self) {
        self.take_while(is_word);
        if self.peek(0) == b'.' {
            // Only the first dot can be the number's: `1..a.b.c`.
            self.at += 1;
            self.take_while(is_word);
        }
        self.before = Before::Operand;
    }

    fn slash(&mut self) {
        let before = match self.before {
            Before::Word(start, end) => self.before_slash(start, end),
            before => before,
        };
        let end = if before == Before::Operand { None } else { self.regular_expression() };
        match (end, before) {
            (Some(end), Before::Operator) => {
                let groups = self.bytes[self.at..end].iter().filter(|byte| b"([".contains(byte));
                self.deepest = self.deepest.max(self.count + groups.count());
                self.at = end;
                self.before = Before::Operand;
            }
            (Some(end), _) if self.is_harmless(end) => {
                self.count += end - self.at;
                self.at = end;
                self.before = Before::Either;
            }
            (Some(_), _) => {
                // From here on, the two readings differ.
                let rest = &self.bytes[self.at..];
                self.count += rest.iter().filter(|byte| !byte.is_ascii_whitespace()).count();
                self.at = self.bytes.len();
            }
            (None, _) => {
                self.count += 1;
                self.at += 1;
                self.before = Before::Operator;
            }
        }
    }

    /// What a word is to the slash after it.
    fn before_slash(&self, start: usize, end: usize) -> Before {
        match &self.bytes[start..end] {
            b"return" | b"typeof" | b"instanceof" | b"in" | b"new" | b"delete" | b"void"
            | b"throw" | b"case" | b"do" | b"else" | b"yield" | b"await" | b"extends"
            | b"default" | b"of" => {
                // Or the name of a member.
                Before::Either
            }
            word if word.is_ascii() => Before::Operand,
            _ => Before::Either,
        }
    }

    /// The end of the regular expression that begins here, if it has one on this line.
    fn regular_expression(&self) -> Option<usize> {
        let mut in_class = false;
        let mut at = self.at + 1;
        loop {
            match *self.bytes.get(at)? {
                b'\n' | b'\r' => return None,
                b'\\' => at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return Some(at + 1),
                _ => {}
            }
            at += 1;
        }
    }

    /// Whether it makes no difference if what lies between here and `end` is a regular expression
    /// or the middle of two divisions: nothing in it opens, closes or hides anything.
    fn is_harmless(&self, end: usize) -> bool {
        let body = &self.bytes[self.at + 1..end - 1];
        !body.iter().any(|byte| !byte.is_ascii() || b"()[]{}\"'`\\/;*".contains(byte))
            && !matches!(self.bytes.get(end), Some(b'/' | b'*'))
    }

    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                // Unterminated, which is an error of the parser.
                b'\n' | b'\r' => break,
                b'\\' => {
                    let is_crlf = self.peek(1) == b'\r' && self.peek(2) == b'\n';
                    self.at += if is_crlf { 3 } else { 2 };
                }
                _ => {
                    self.at += 1;
                    if byte == quote {
                        break;
                    }
                }
            }
        }
        self.before = Before::Operand;
    }

    /// From after the backquote, or the `}` of a part, to the next part or the end.
    fn template(&mut self) -> Result<(), TooDeep> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    break;
                }
                b'$' if self.peek(1) == b'{' => {
                    self.at += 1;
                    return self.open(Bracket::Template);
                }
                _ => self.at += 1,
            }
        }
        self.before = Before::Operand;
        Ok(())
    }

    fn line_comment(&mut self) {
        // U+2028 and U+2029 end lines too.
        const SEPARATORS: [&[u8]; 2] = ["\u{2028}".as_bytes(), "\u{2029}".as_bytes()];
        while let Some(&byte) = self.bytes.get(self.at) {
            if matches!(byte, b'\n' | b'\r')
                || SEPARATORS.iter().any(|end| self.bytes[self.at..].starts_with(end))
            {
                break;
            }
            self.at += 1;
        }
    }

    fn block_comment(&mut self) {
        self.at += 2;
        while self.at < self.bytes.len() && !self.bytes[self.at..].starts_with(b"*/") {
            self.at += 1;
        }
        self.at += 2;
    }

    fn take_while(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| belongs(*byte)) {
            self.at += 1;
        }
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}

#[cfg(test)]
mod tests;
