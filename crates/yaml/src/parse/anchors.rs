//! Anchored values, and what they cost.
//!
//! An alias copies. What is copied, when an anchor is set and when an alias is met, counts against
//! the limits, so that neither a cascade of aliases nor one of nested anchors costs more than a
//! text of the largest size does.

use std::collections::HashMap;

use granit_parser::Marker;
use husako_value::Value;

use crate::{ParseError, ParseErrorKind};

pub(super) struct Anchors {
    values: HashMap<usize, (Value, Size)>,
    max_nodes: usize,
    max_bytes: usize,
    nodes: usize,
    bytes: usize,
}

/// What a value takes.
#[derive(Clone, Copy, Default)]
pub(super) struct Size {
    /// Scalars, lists and objects.
    pub(super) nodes: usize,
    /// The length of its keys and strings.
    bytes: usize,
    /// How many lists and objects are nested in one another.
    pub(super) height: usize,
}

impl Anchors {
    pub(super) fn new(max_nodes: usize, max_bytes: usize) -> Self {
        Self { values: HashMap::new(), max_nodes, max_bytes, nodes: 0, bytes: 0 }
    }

    /// Forgets the anchors of a document, but not what they cost.
    pub(super) fn clear(&mut self) {
        self.values.clear();
    }

    pub(super) fn set(
        &mut self,
        anchor: usize,
        value: &Value,
        mark: Marker,
    ) -> Result<(), ParseError> {
        let size = size(value);
        self.spend(size, mark)?;
        self.values.insert(anchor, (value.clone(), size));
        Ok(())
    }

    pub(super) fn copy(
        &mut self,
        anchor: usize,
        mark: Marker,
    ) -> Result<(Value, Size), ParseError> {
        let Some(&(_, size)) = self.values.get(&anchor) else {
            // The scanner knows the anchor, so that its value is not finished.
            return Err(ParseError::new(mark, ParseErrorKind::RecursiveAlias));
        };
        self.spend(size, mark)?;
        let value = self.values.get(&anchor).map(|(value, _)| value.clone()).unwrap_or_default();
        Ok((value, size))
    }

    fn spend(&mut self, size: Size, mark: Marker) -> Result<(), ParseError> {
        self.nodes = self.nodes.saturating_add(size.nodes);
        self.bytes = self.bytes.saturating_add(size.bytes);
        let kind = if self.nodes > self.max_nodes {
            ParseErrorKind::TooManyNodes { max: self.max_nodes }
        } else if self.bytes > self.max_bytes {
            ParseErrorKind::TooLarge { max: self.max_bytes }
        } else {
            return Ok(());
        };
        Err(ParseError::new(mark, kind))
    }
}

/// Recursive: values are no deeper than [`MAX_DEPTH`](crate::MAX_DEPTH).
fn size(value: &Value) -> Size {
    let (children, own) = match value {
        Value::Array(items) => (items.iter().map(size).fold(Size::default(), add), 0),
        Value::Object(map) => {
            (map.values().map(size).fold(Size::default(), add), map.keys().map(str::len).sum())
        }
        Value::String(text) => return Size { nodes: 1, bytes: text.len(), height: 0 },
        _ => return Size { nodes: 1, bytes: 0, height: 0 },
    };
    Size { nodes: children.nodes + 1, bytes: children.bytes + own, height: children.height + 1 }
}

fn add(a: Size, b: Size) -> Size {
    Size { nodes: a.nodes + b.nodes, bytes: a.bytes + b.bytes, height: a.height.max(b.height) }
}
