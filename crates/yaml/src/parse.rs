//! Text to values.
//!
//! The scanner's events are assembled on explicit stacks ([`builder`]), so that the depth of a text
//! costs no stack, and without a tree in between.

mod anchors;
mod base64;
mod builder;
mod key;
mod mapping;
mod resolve;
mod tagged;

use std::borrow::Cow;

use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError};
use husako_value::Value;

use crate::{Limits, MAX_DEPTH, ParseError, ParseErrorKind, error};
use builder::Builder;

/// A document of a YAML stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it holds.
    pub value: Value,
    /// The line on which its content begins, from 1.
    pub line: u32,
}

/// Parses a stream of documents. Documents without content are left out.
///
/// Scalars, tags, keys and merges (`<<`) mean what they mean to `sigs.k8s.io/yaml`: `yes` and `on`
/// are booleans, `0755` is octal, dates are strings, keys that are booleans or numbers become
/// strings, and a merge overrides the keys before it.
///
/// # Errors
/// The first thing that is wrong: a [`ParseError`] with its place.
pub fn parse(text: &str, limits: &Limits) -> Result<Vec<Document>, ParseError> {
    if text.len() > limits.max_bytes {
        let kind = ParseErrorKind::TooLarge { max: limits.max_bytes };
        return Err(ParseError::new(Marker::new(0, 1, 0), kind));
    }
    documents(text, limits).map_err(|error| error.in_text(text))
}

fn documents(source: &str, limits: &Limits) -> Result<Vec<Document>, ParseError> {
    let max_depth = limits.max_depth.min(MAX_DEPTH);
    let options = granit_parser::options! {
        emit_comments: false,
        // The builder refuses first, except what is still being looked ahead at.
        flow_nesting_limit: max_depth + 1,
        block_nesting_limit: max_depth + 1,
    };
    let syntax = |error: ScanError| {
        if ParseError::is_depth(&error) {
            ParseError::new(*error.marker(), ParseErrorKind::TooDeep { max: max_depth })
        } else {
            ParseError::scan(error)
        }
    };
    let mut parser = Parser::new_from_str_with_options(source, options);
    let mut builder = Builder::new(limits, max_depth);
    let mut documents = Vec::new();
    let mut first_line = None;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(syntax)?;
        let mark = span.start;
        if first_line.is_none() && event.is_node() {
            first_line = Some(error::line(mark));
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                // The scanner gives `~` for a node that is not there.
                let text = if span.is_empty() { "".into() } else { text };
                let text = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded
                        if span.end.byte_offset() == Some(source.len()) =>
                    {
                        without_added_line_feed(text, source)
                    }
                    _ => text,
                };
                builder.scalar(text, style, anchor, tag.as_deref(), mark)?;
            }
            Event::MappingStart(_, anchor, _) => builder.start_mapping(anchor, mark)?,
            Event::MappingEnd => builder.end_mapping(mark)?,
            Event::SequenceStart(_, anchor, _) => builder.start_sequence(anchor, mark)?,
            Event::SequenceEnd => builder.end_sequence(mark)?,
            Event::Alias(anchor) => builder.alias(anchor, mark)?,
            Event::DocumentEnd => {
                let line = first_line.take().unwrap_or(error::line(mark));
                documents.extend(builder.finish().map(|value| Document { value, line }));
            }
            // Starts and ends of streams and documents; the options turn the others off.
            _ => {}
        }
    }
    Ok(documents)
}

/// A block scalar at the end of a source, as YAML 1.1 readers give it: where the last line of the
/// source has no line feed, the last line of the scalar has none. By YAML 1.2 it has one.
fn without_added_line_feed<'a>(text: Cow<'a, str>, source: &str) -> Cow<'a, str> {
    let last = source.rsplit(['\n', '\r']).next().unwrap_or_default();
    let is_part = !last.trim_start_matches(' ').is_empty() || text.ends_with(" \n");
    match text.strip_suffix('\n') {
        Some(stripped) if !last.is_empty() && is_part => Cow::Owned(stripped.to_owned()),
        _ => text,
    }
}

#[cfg(test)]
mod tests;
