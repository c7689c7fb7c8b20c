use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use husako_diagnostics::{Diagnostic, ExitCode, Hint, SourceFrame};
use husako_fs::FsError;

use crate::problem::Problem;
use crate::text::Text;

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is none.
    #[error("no `husako.toml` found in `{}` or its parents", directory.display())]
    NotFound {
        /// Where the search began.
        directory: PathBuf,
    },
    /// It cannot be read.
    #[error("failed to read `{path}`")]
    Read {
        /// The file, as messages call it.
        path: String,
        /// Why.
        source: FsError,
    },
    /// It is not TOML.
    #[error("failed to parse `{path}`")]
    Syntax {
        /// The file, as messages call it.
        path: String,
        /// Where and why.
        source: Box<SyntaxError>,
    },
    /// It is TOML, but says something that husako does not understand or allow.
    #[error(transparent)]
    Invalid(Box<InvalidConfig>),
}

impl Diagnostic for ConfigError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Config
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NotFound { .. } => vec![Hint::new("run `husako new`")],
            Self::Invalid(invalid) => invalid.hints(),
            Self::Read { .. } | Self::Syntax { .. } => Vec::new(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match self {
            Self::Syntax { source, .. } => vec![source.frame.clone()],
            Self::Invalid(invalid) => invalid.frames(),
            Self::NotFound { .. } | Self::Read { .. } => Vec::new(),
        }
    }
}

/// Where a text stops being TOML, in the words of the parser.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What was expected or found.
    pub message: String,
    /// Where.
    pub frame: SourceFrame,
}

impl SyntaxError {
    pub(crate) fn new(error: &toml_edit::TomlError, text: &Text) -> Self {
        // At the end of an incomplete file there is no place, which is the end.
        let span = error.span().unwrap_or(text.text.len()..text.text.len());
        Self { message: error.message().trim_end().to_owned(), frame: text.frame(&span, "") }
    }
}

/// Everything that is wrong with a configuration.
#[derive(Debug)]
pub struct InvalidConfig {
    pub(crate) text: Text,
    /// One at least, in the order of the file.
    pub(crate) problems: Vec<Problem>,
}

impl InvalidConfig {
    /// The errors, one message each, in the order of the file.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.problems.iter().map(|problem| problem.message.as_str())
    }

    fn hints(&self) -> Vec<Hint> {
        match self.problems.as_slice() {
            [only] => only.hint.iter().cloned().collect(),
            many => many
                .iter()
                .filter_map(|problem| {
                    let hint = problem.hint.as_ref()?.as_str();
                    let line = self.text.line(problem.places.first()?.0.start);
                    Some(Hint::new(format!("line {line}: {hint}")))
                })
                .collect(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        let alone = self.problems.len() == 1;
        let mut frames = Vec::new();
        for problem in &self.problems {
            for (index, (span, label)) in problem.places.iter().enumerate() {
                // Of several errors each stands at its place; a single one stands above it.
                let label = if alone || index > 0 { label } else { &problem.message };
                frames.push(self.text.frame(span, label));
            }
        }
        frames
    }
}

impl fmt::Display for InvalidConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.as_slice() {
            [only] => f.write_str(&only.message),
            many => write!(f, "`{}` has {} errors", self.text.name, many.len()),
        }
    }
}

impl Error for InvalidConfig {}
