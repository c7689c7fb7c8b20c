//! Why a source does not compile.

use std::fmt;
use std::io;
use std::sync::Arc;

use husako_diagnostics::{Diagnostic, ExitCode, Hint, Position, SourceFrame, plural};
use thiserror::Error;

/// How many problems of one source are kept.
pub(crate) const MAX_PROBLEMS: usize = 20;

/// A source does not compile.
#[derive(Clone, Debug, Error)]
pub enum CompileError {
    /// The source itself is at fault.
    #[error(transparent)]
    Invalid(Box<InvalidSource>),
    /// Files of this kind are not compiled.
    #[error("cannot compile `{name}`: {reason}")]
    Unsupported {
        /// How the source is called.
        name: String,
        /// What kind it is.
        reason: Unsupported,
    },
    /// A deeply nested source needs a thread with a larger stack, and there was none to be had.
    #[error("failed to compile `{name}`")]
    Thread {
        /// How the source is called.
        name: String,
        /// What the system says.
        #[source]
        source: Arc<io::Error>,
    },
}

/// Why files of a kind are not compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unsupported {
    /// `.tsx`, `.jsx`.
    #[error("JSX is not supported")]
    Jsx,
    /// `.cts`, `.cjs`.
    #[error("CommonJS modules are not supported")]
    CommonJs,
    /// `.d.ts`, `.d.mts`.
    #[error("a declaration file has types only, nothing to run")]
    Declarations,
    /// Any other extension, or none.
    #[error("it is neither TypeScript nor JavaScript")]
    Unknown,
}

impl Unsupported {
    const fn hint(self) -> &'static str {
        match self {
            Self::Jsx => "write objects and builders in a `.ts` file",
            Self::CommonJs => "use ES modules (`import`, `export`) in a `.ts` or `.js` file",
            Self::Declarations => "import its types with `import type`",
            Self::Unknown => "the extensions are `.ts`, `.mts`, `.js` and `.mjs`",
        }
    }
}

/// A source with problems.
#[derive(Clone, Debug)]
pub struct InvalidSource {
    name: String,
    source: String,
    problems: Vec<Problem>,
    more: usize,
}

/// One thing that is wrong with a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub position: Position,
    /// How long the piece is, in Unicode scalar values; 0 where something is missing.
    pub length: u32,
    /// What is said about the piece besides the message; may be empty.
    pub label: String,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// What can be done.
    pub help: Option<String>,
}

/// A place that has to do with a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub position: Position,
    /// How long the piece is, in Unicode scalar values.
    pub length: u32,
    /// What the place has to do with the problem.
    pub label: String,
}

impl InvalidSource {
    /// Keeps the first [`MAX_PROBLEMS`] in the order of the source, each once.
    pub(crate) fn new(name: &str, source: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| (problem.position, problem.length));
        problems.dedup_by(|next, previous| {
            next.position == previous.position && next.message == previous.message
        });
        let more = problems.len().saturating_sub(MAX_PROBLEMS);
        problems.truncate(MAX_PROBLEMS);
        Self { name: name.to_owned(), source: source.to_owned(), problems, more }
    }

    /// How the source is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is wrong, in the order of the source; not more than twenty.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many problems there are beyond [`problems`](Self::problems).
    #[must_use]
    pub const fn more(&self) -> usize {
        self.more
    }

    fn frame(&self, position: Position, length: u32, label: &str) -> SourceFrame {
        SourceFrame {
            path: self.name.clone(),
            source: self.source.clone(),
            position,
            length,
            label: label.to_owned(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        let [problem] = self.problems.as_slice() else {
            // The message stands at each place, since the headline cannot say them all.
            return self
                .problems
                .iter()
                .map(|problem| self.frame(problem.position, problem.length, &problem.message))
                .collect();
        };
        let main = self.frame(problem.position, problem.length, &problem.label);
        let related = problem
            .related
            .iter()
            .map(|related| self.frame(related.position, related.length, &related.label));
        std::iter::once(main).chain(related).collect()
    }
}

impl fmt::Display for InvalidSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.problems.as_slice() {
            [Problem { position: Position { line, column }, message, .. }] => {
                write!(f, "{name}:{line}:{column}: {message}")
            }
            problems => {
                let count = problems.len();
                write!(f, "{count} {} in `{name}`", plural(count, "error", "errors"))?;
                if self.more > 0 {
                    write!(f, ", and {} more", self.more)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for InvalidSource {}

impl Diagnostic for CompileError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Invalid(_) | Self::Unsupported { .. } => ExitCode::Compile,
            Self::Thread { .. } => ExitCode::Unexpected,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Invalid(invalid) => {
                let mut hints: Vec<Hint> = Vec::new();
                for help in invalid.problems.iter().filter_map(|problem| problem.help.as_ref()) {
                    let hint = Hint::new(help.clone());
                    if !hints.contains(&hint) {
                        hints.push(hint);
                    }
                }
                hints
            }
            Self::Unsupported { reason, .. } => vec![Hint::new(reason.hint())],
            Self::Thread { .. } => Vec::new(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match self {
            Self::Invalid(invalid) => invalid.frames(),
            Self::Unsupported { .. } | Self::Thread { .. } => Vec::new(),
        }
    }
}
