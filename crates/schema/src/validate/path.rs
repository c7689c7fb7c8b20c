use std::fmt;

/// Where a value is in its document: `$.spec.containers[0].image`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Segment>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// To the field of an object.
    Key(String),
    /// To the item of a list, from 0.
    Index(usize),
}

impl Path {
    /// The steps from the document.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        for segment in &self.0 {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) if is_identifier(key) => write!(f, ".{key}")?,
                Segment::Key(key) => {
                    write!(f, "[{}]", serde_json::Value::from(key.as_str()))?;
                }
            }
        }
        Ok(())
    }
}

fn is_identifier(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
        && key.bytes().next().is_some_and(|first| !first.is_ascii_digit())
}

/// A place in the walk over a document: a list on the stack, which becomes a [`Path`] only where
/// something is wrong.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Start,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The document itself.
    pub(super) const DOCUMENT: Self = Self { parent: None, step: Step::Start };

    pub(super) const fn key(&'a self, key: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Key(key) }
    }

    pub(super) const fn item(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Index(index) }
    }

    pub(super) fn path(&self) -> Path {
        let mut segments = Vec::new();
        let mut at = Some(self);
        while let Some(At { parent, step }) = at {
            match step {
                Step::Start => {}
                Step::Key(key) => segments.push(Segment::Key((*key).to_owned())),
                Step::Index(index) => segments.push(Segment::Index(*index)),
            }
            at = *parent;
        }
        segments.reverse();
        Path(segments)
    }
}
