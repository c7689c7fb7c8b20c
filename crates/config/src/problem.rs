//! What is wrong with a file, gathered while it is read.

use std::ops::Range;

use husako_diagnostics::{Hint, redact_url};

/// One error and its places.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) message: String,
    /// The places and what to say at each, main one first.
    pub(crate) places: Vec<(Range<usize>, String)>,
    pub(crate) hint: Option<Hint>,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        // Values of the file are quoted in messages, and any of them may be a URL.
        let message = redact_url(&message.into());
        Self { message, places: vec![(span, String::new())], hint: None }
    }

    pub(crate) fn also(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.places.push((span, label.into()));
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(Hint::new(hint.into()));
        self
    }

    /// Suggests the nearest of `known`, or where none is near names them all.
    pub(crate) fn suggest(mut self, name: &str, known: &[&str]) -> Self {
        self.hint = Some(match husako_diagnostics::nearest(name, known.iter().copied()) {
            Some(near) => Hint::did_you_mean(near),
            None => Hint::new(format!(
                "known here: {}",
                husako_diagnostics::list(known.iter().copied(), usize::MAX)
            )),
        });
        self
    }
}
