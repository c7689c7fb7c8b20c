//! How running an entry fails.

use std::fmt;
use std::time::Duration;

use husako_diagnostics::{Diagnostic, ExitCode, Hint, SourceFrame};
use thiserror::Error;

use crate::LoadError;

/// Why an entry has no documents.
#[derive(Debug, Error)]
pub enum RuntimeError {
    /// The program threw, or an asynchronous part of it did.
    #[error("{0}")]
    Exception(Thrown),
    /// The program left the rejection of a promise unhandled.
    #[error("unhandled rejection of a promise: {0}")]
    UnhandledRejection(Thrown),
    /// The program hit a limit.
    #[error("{limit}")]
    Limit {
        /// The limit.
        limit: Limit,
        /// Where the program was, innermost first, as far as it is known.
        frames: Vec<StackFrame>,
    },
    /// A module could not be resolved or loaded.
    #[error("{0}")]
    Load(#[source] LoadError),
    /// The program does not hand over its resources as agreed.
    #[error("{0}")]
    Contract(ContractError),
    /// The program waits for a promise that nothing settles any more.
    #[error("the entry waits for a promise that nothing settles")]
    Stalled,
    /// The engine itself failed.
    #[error("the JavaScript engine failed: {0}")]
    Engine(String),
}

impl RuntimeError {
    /// Where the program was when it failed, innermost first; in the JavaScript that ran.
    #[must_use]
    pub fn stack(&self) -> &[StackFrame] {
        match self {
            Self::Exception(thrown) | Self::UnhandledRejection(thrown) => &thrown.frames,
            Self::Limit { frames, .. } => frames,
            Self::Contract(error) => error.stack(),
            Self::Load(_) | Self::Stalled | Self::Engine(_) => &[],
        }
    }
}

impl Diagnostic for RuntimeError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Load(error) => error.exit_code(),
            Self::Contract(_) => ExitCode::Validation,
            Self::Engine(_) => ExitCode::Unexpected,
            Self::Limit { limit: Limit::Cancelled, .. } => ExitCode::Interrupted,
            _ => ExitCode::Runtime,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Load(error) => error.hints(),
            Self::Contract(error) => error.hints(),
            Self::Limit { limit, .. } => match limit {
                Limit::Deadline(_) => vec![Hint::new("raise it with `--timeout-ms`")],
                Limit::Heap(_) => vec![Hint::new("raise it with `--max-heap-mb`")],
                Limit::Stack => {
                    vec![Hint::new(
                        "a function may call itself without an end, or data may be nested too deeply",
                    )]
                }
                Limit::Cancelled => Vec::new(),
            },
            Self::Stalled => {
                vec![Hint::new(
                    "there are no timers and no network in an entry: nothing from outside settles a promise",
                )]
            }
            Self::UnhandledRejection(_) => {
                vec![Hint::new("`await` the promise, or handle its rejection")]
            }
            // One file alone does not tell whether a name from another one is a type.
            Self::Exception(thrown) if thrown.message.starts_with("Could not find export") => {
                vec![Hint::new("if it is a type, use `import type` or `export type`")]
            }
            Self::Exception(_) | Self::Engine(_) => Vec::new(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        match self {
            Self::Load(error) => error.frames(),
            _ => Vec::new(),
        }
    }
}

/// A limit that a program hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// It took longer than this.
    Deadline(Duration),
    /// It needed more bytes than this.
    Heap(usize),
    /// Its calls, or the data that it gave to the engine, were nested too deeply.
    Stack,
    /// The caller stopped it.
    Cancelled,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deadline(deadline) => write!(f, "execution exceeded {deadline:?}"),
            Self::Heap(bytes) if bytes % (1 << 20) == 0 => {
                write!(f, "execution exceeded the heap limit of {} MiB", bytes >> 20)
            }
            Self::Heap(bytes) => write!(f, "execution exceeded the heap limit of {bytes} bytes"),
            Self::Stack => f.write_str("execution exceeded the stack limit"),
            Self::Cancelled => f.write_str("execution was cancelled"),
        }
    }
}

/// What a program threw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thrown {
    /// The class of the error, such as `TypeError`; none where something else was thrown.
    pub name: Option<String>,
    /// The message, or what was thrown if it is not an error.
    pub message: String,
    /// Where it was made, innermost first; empty where something else than an error was thrown.
    pub frames: Vec<StackFrame>,
}

impl Thrown {
    pub(crate) fn is_null(&self) -> bool {
        self.name.is_none() && self.message == "null"
    }
}

impl fmt::Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) if self.message.is_empty() => f.write_str(name),
            Some(name) => write!(f, "{name}: {}", self.message),
            None => write!(f, "a value was thrown that is not an error: {}", self.message),
        }
    }
}

/// A place in a program that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackFrame {
    /// The id of the module.
    pub module: String,
    /// The function, if it has a name.
    pub function: Option<String>,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// Whether the place is inside of `husako` and not in a program.
    pub internal: bool,
}

/// How a program breaks the contract on its resources.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ContractError {
    /// It neither called `build()` nor has a default export.
    #[error("the entry neither calls `build()` nor has a default export")]
    NothingBuilt,
    /// It called `build()` several times.
    #[error("`build()` was called twice, expected one call")]
    BuiltTwice {
        /// Where it was called the second time.
        frames: Vec<StackFrame>,
    },
    /// It called `build()` and has a default export.
    #[error("the entry calls `build()` and has a default export, expected one of them")]
    BuiltAndExported,
    /// A document holds what no document can hold.
    #[error("{}: {message}", place(*.document, .path))]
    Value {
        /// The index of the document; none if what was handed over is no list of documents.
        document: Option<u32>,
        /// The way to the value, such as `$.spec.replicas`.
        path: String,
        /// What is wrong with it.
        message: String,
        /// What to do about it.
        hint: Option<&'static str>,
        /// Where `build()` was called.
        frames: Vec<StackFrame>,
    },
}

fn place(document: Option<u32>, path: &str) -> String {
    match document {
        Some(index) if path == "$" => format!("doc[{index}]"),
        Some(index) => format!("doc[{index}] at {path}"),
        None => "build".to_owned(),
    }
}

impl ContractError {
    /// Where the program handed its resources over, innermost first.
    #[must_use]
    pub fn stack(&self) -> &[StackFrame] {
        match self {
            Self::BuiltTwice { frames, .. } | Self::Value { frames, .. } => frames,
            Self::NothingBuilt | Self::BuiltAndExported => &[],
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NothingBuilt => vec![Hint::new(
                "call `build([...])` with the resources, or export them with `export default`",
            )],
            Self::BuiltTwice { .. } => {
                vec![Hint::new("collect the resources and call `build([...])` once")]
            }
            Self::BuiltAndExported => Vec::new(),
            Self::Value { hint, .. } => hint.iter().map(|hint| Hint::new(*hint)).collect(),
        }
    }
}
