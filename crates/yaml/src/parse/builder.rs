//! Events to values.
//!
//! Open lists and objects share two stacks of finished children, so that each list and each object
//! is allocated once, at its final size.

use std::borrow::Cow;

use granit_parser::{Marker, ScalarStyle, Tag};
use husako_value::{CompactString, Number, Value};

use super::anchors::Anchors;
use super::key::key_text;
use super::mapping::{Entry, Key, object};
use super::resolve::{Resolved, resolve};
use super::tagged::{is_merge_tag, resolve_tagged};
use crate::{DuplicateKeys, Limits, ParseError, ParseErrorKind, UnfitNumbers};

pub(super) struct Builder {
    max_nodes: usize,
    max_depth: usize,
    duplicate_keys: DuplicateKeys,
    unfit_numbers: UnfitNumbers,
    nodes: usize,
    frames: Vec<Frame>,
    /// The items of the open lists, those of the innermost last.
    items: Vec<Value>,
    /// The entries of the open objects, those of the innermost last.
    entries: Vec<Entry>,
    anchors: Anchors,
    root: Option<Value>,
}

/// A list or an object that is not finished.
struct Frame {
    /// Where its children begin in [`Builder::items`] or [`Builder::entries`].
    start: usize,
    /// The anchor's number, or 0.
    anchor: usize,
    kind: FrameKind,
}

enum FrameKind {
    Sequence,
    /// With the key whose value is awaited.
    Mapping(Option<Key>),
}

impl Builder {
    pub(super) fn new(limits: &Limits, max_depth: usize) -> Self {
        Self {
            max_nodes: limits.max_nodes,
            max_depth,
            duplicate_keys: limits.duplicate_keys,
            unfit_numbers: limits.unfit_numbers,
            nodes: 0,
            frames: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            anchors: Anchors::new(limits.max_nodes, limits.max_bytes),
            root: None,
        }
    }

    /// The value of the document that ends, if it has content.
    pub(super) fn finish(&mut self) -> Option<Value> {
        self.anchors.clear();
        self.root.take()
    }

    pub(super) fn start_sequence(&mut self, anchor: usize, mark: Marker) -> Result<(), ParseError> {
        self.open(self.items.len(), FrameKind::Sequence, "a list", anchor, mark)
    }

    pub(super) fn start_mapping(&mut self, anchor: usize, mark: Marker) -> Result<(), ParseError> {
        self.open(self.entries.len(), FrameKind::Mapping(None), "an object", anchor, mark)
    }

    fn open(
        &mut self,
        start: usize,
        kind: FrameKind,
        found: &'static str,
        anchor: usize,
        mark: Marker,
    ) -> Result<(), ParseError> {
        if self.awaits_key() {
            return Err(ParseError::new(mark, ParseErrorKind::InvalidKey { found }));
        }
        self.count(1, mark)?;
        self.check_depth(self.frames.len() + 1, mark)?;
        self.frames.push(Frame { start, anchor, kind });
        Ok(())
    }

    pub(super) fn end_sequence(&mut self, mark: Marker) -> Result<(), ParseError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let items = self.items.drain(frame.start..).collect();
        self.complete(Value::Array(items), frame.anchor, mark)
    }

    pub(super) fn end_mapping(&mut self, mark: Marker) -> Result<(), ParseError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let map = object(&mut self.entries, frame.start, self.duplicate_keys)?;
        self.complete(Value::Object(map), frame.anchor, mark)
    }

    pub(super) fn alias(&mut self, anchor: usize, mark: Marker) -> Result<(), ParseError> {
        let (value, size) = self.anchors.copy(anchor, mark)?;
        self.count(size.nodes, mark)?;
        self.check_depth(self.frames.len() + size.height, mark)?;
        if self.awaits_key() {
            let text = key_text(&value, mark)?;
            self.set_key(text, false, mark);
            return Ok(());
        }
        self.complete(value, 0, mark)
    }

    pub(super) fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mark: Marker,
    ) -> Result<(), ParseError> {
        self.count(1, mark)?;
        let is_plain = style == ScalarStyle::Plain;
        let resolved = match tag {
            Some(tag) => resolve_tagged(&text, tag, mark)?,
            None if is_plain => resolve(&text),
            None => Resolved::Text,
        };
        if self.awaits_key() {
            let is_merge = text == "<<" && tag.map_or(is_plain, is_merge_tag);
            return self.scalar_key(text, resolved, is_merge, anchor, mark);
        }
        // A document without content, rather than one that says `null`.
        if self.frames.is_empty() && text.is_empty() && is_plain && tag.is_none() && anchor == 0 {
            return Ok(());
        }
        let value = value(text, resolved, self.unfit_numbers, mark)?;
        self.complete(value, anchor, mark)
    }

    fn scalar_key(
        &mut self,
        text: Cow<'_, str>,
        resolved: Resolved,
        is_merge: bool,
        anchor: usize,
        mark: Marker,
    ) -> Result<(), ParseError> {
        if let Resolved::Text = resolved {
            let text = CompactString::from(text);
            if anchor != 0 {
                self.anchors.set(anchor, &Value::String(text.clone()), mark)?;
            }
            self.set_key(text, is_merge, mark);
            return Ok(());
        }
        // Not a number that JSON has, but a key nevertheless.
        if let Resolved::Float(number) = resolved
            && !number.is_finite()
            && anchor == 0
        {
            self.set_key(super::key::float_text(number), false, mark);
            return Ok(());
        }
        let value = value(text, resolved, self.unfit_numbers, mark)?;
        if anchor != 0 {
            self.anchors.set(anchor, &value, mark)?;
        }
        let text = key_text(&value, mark)?;
        self.set_key(text, false, mark);
        Ok(())
    }

    fn set_key(&mut self, text: CompactString, is_merge: bool, mark: Marker) {
        if let Some(Frame { kind: FrameKind::Mapping(key), .. }) = self.frames.last_mut() {
            *key = Some(Key { text, is_merge, mark });
        }
    }

    fn complete(&mut self, value: Value, anchor: usize, mark: Marker) -> Result<(), ParseError> {
        if anchor != 0 {
            self.anchors.set(anchor, &value, mark)?;
        }
        match self.frames.last_mut() {
            None => self.root = Some(value),
            Some(Frame { kind: FrameKind::Sequence, .. }) => self.items.push(value),
            Some(Frame { kind: FrameKind::Mapping(key), .. }) => {
                if let Some(key) = key.take() {
                    self.entries.push(Entry { key, value });
                }
            }
        }
        Ok(())
    }

    fn awaits_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { kind: FrameKind::Mapping(None), .. }))
    }

    fn count(&mut self, nodes: usize, mark: Marker) -> Result<(), ParseError> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > self.max_nodes {
            let kind = ParseErrorKind::TooManyNodes { max: self.max_nodes };
            return Err(ParseError::new(mark, kind));
        }
        Ok(())
    }

    fn check_depth(&self, depth: usize, mark: Marker) -> Result<(), ParseError> {
        if depth > self.max_depth {
            return Err(ParseError::new(mark, ParseErrorKind::TooDeep { max: self.max_depth }));
        }
        Ok(())
    }
}

fn value(
    text: Cow<'_, str>,
    resolved: Resolved,
    unfit_numbers: UnfitNumbers,
    mark: Marker,
) -> Result<Value, ParseError> {
    let kind = match resolved {
        Resolved::Text => return Ok(Value::String(text.into())),
        Resolved::Owned(text) => return Ok(Value::String(text)),
        Resolved::Null => return Ok(Value::Null),
        Resolved::Bool(value) => return Ok(Value::Bool(value)),
        Resolved::Integer(number) => return Ok(Value::Number(number)),
        Resolved::Float(number) => match Number::from_f64(number) {
            Some(number) => return Ok(Value::Number(number)),
            None => ParseErrorKind::NotFinite { text: text.as_ref().to_owned() },
        },
        Resolved::TooLarge => ParseErrorKind::IntegerTooLarge { text: text.as_ref().to_owned() },
    };
    match unfit_numbers {
        UnfitNumbers::Refuse => Err(ParseError::new(mark, kind)),
        UnfitNumbers::Text => Ok(Value::String(text.into())),
    }
}
