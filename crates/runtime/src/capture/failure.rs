use std::fmt::Write as _;

use husako_value::CompactString;
use rquickjs::Error;

use crate::Limit;

/// A step from a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(CompactString),
    Index(usize),
}

/// Why a value was not taken.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is something in it that a document cannot hold.
    Refused(Refusal),
    /// A limit was hit.
    Limit(Limit),
    /// The program threw while it was asked for a property.
    Engine { error: Error, steps: Vec<Step> },
}

/// What a document cannot hold, and where it stands.
#[derive(Debug)]
pub(crate) struct Refusal {
    what: String,
    pub(crate) hint: Option<&'static str>,
    pub(crate) too_deep: bool,
    /// From the inside out.
    steps: Vec<Step>,
}

impl Refusal {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hint: None, too_deep: false, steps: Vec::new() }
    }

    pub(crate) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    pub(crate) fn too_deep(levels: usize) -> Self {
        Self { too_deep: true, ..Self::new(format!("more than {levels} levels")) }
    }

    pub(crate) fn lone_surrogate() -> Self {
        Self::new("a text with a lone surrogate, which is no character")
            .hint("`toWellFormed()` replaces what is no character")
    }

    /// The value at `path` up to step `again` is the one up to step `first`.
    pub(crate) fn cycle(mut path: Vec<Step>, first: usize, again: usize) -> Self {
        path.truncate(again);
        let what = format!("a cycle: it is `{}` again", display(&path[..first]));
        path.reverse();
        Self { steps: path, ..Self::new(what) }
    }

    /// With the first steps of a long path only.
    pub(crate) fn shortened(mut self) -> Self {
        const SHOWN: usize = 16;
        let length = self.steps.len();
        self.steps.drain(..length.saturating_sub(SHOWN));
        self
    }

    pub(crate) fn message(&self) -> String {
        format!("a document cannot hold {}", self.what)
    }

    /// The steps from the outside in.
    pub(crate) fn path(&self) -> Vec<Step> {
        self.steps.iter().rev().cloned().collect()
    }
}

impl Failure {
    /// The same failure, seen from one level further out.
    pub(crate) fn at(mut self, step: Step) -> Self {
        match &mut self {
            Self::Refused(refusal) => refusal.steps.push(step),
            Self::Engine { steps, .. } => steps.push(step),
            Self::Limit(_) => {}
        }
        self
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Engine { error, steps: Vec::new() }
    }
}

/// The path as users read it: `$.spec.ports[0]["a key"]`.
pub(crate) fn display(path: &[Step]) -> String {
    let mut text = String::from("$");
    for step in path {
        let _ = match step {
            Step::Index(index) => write!(text, "[{index}]"),
            Step::Key(key) if is_identifier(key) => write!(text, ".{key}"),
            Step::Key(key) => write!(text, "[{:?}]", key.as_str()),
        };
    }
    text
}

fn is_identifier(key: &str) -> bool {
    !key.starts_with(|char: char| char.is_ascii_digit())
        && !key.is_empty()
        && key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_' || char == '$')
}
