use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;

use crate::{ExitCode, SourceFrame, strip_controls};

/// An error that knows what the process ends with and what the user can do.
pub trait Diagnostic: Error + Send + Sync + 'static {
    /// What the process ends with.
    fn exit_code(&self) -> ExitCode;

    /// The remedies, best first.
    fn hints(&self) -> Vec<Hint> {
        Vec::new()
    }

    /// The places in sources that the error speaks of, main one first.
    fn frames(&self) -> Vec<SourceFrame> {
        Vec::new()
    }
}

/// A remedy: what the user can do, in the imperative, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint(Cow<'static, str>);

impl Hint {
    /// A remedy in words.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }

    /// "did you mean `name`?"
    #[must_use]
    pub fn did_you_mean(name: &str) -> Self {
        Self(format!("did you mean `{name}`?").into())
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No control sequences.
    Plain,
    /// ANSI colours.
    Colored,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colored => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// The error as the user reads it: what failed, the causes, the places, the remedies. Ends with a
/// line feed.
#[must_use]
pub fn report(error: &dyn Diagnostic, style: Style) -> String {
    let mut text = format!("{} {}\n", style.paint("1;31", "error:"), clean(error));
    let mut cause = error.source();
    while let Some(error) = cause {
        let message = clean(error);
        let mut lines = message.lines();
        let first = lines.next().unwrap_or_default();
        let _ = writeln!(text, "  {} {first}", style.paint("1", "Caused by:"));
        for line in lines {
            let _ = writeln!(text, "    {line}");
        }
        cause = error.source();
    }
    for frame in error.frames() {
        text.push_str(&frame.render(style));
    }
    for hint in error.hints() {
        let _ =
            writeln!(text, "{} {}", style.paint("1;36", "hint:"), strip_controls(hint.as_str()));
    }
    text
}

/// A warning as the user reads it. Ends with a line feed.
#[must_use]
pub fn warning(message: &str, style: Style) -> String {
    format!("{} {}\n", style.paint("1;33", "warning:"), strip_controls(message))
}

fn clean(error: &dyn Error) -> String {
    strip_controls(&error.to_string())
}

#[cfg(test)]
mod tests {
    use std::{error, fmt, io};

    use super::{Diagnostic, Hint, Style, report};
    use crate::ExitCode;

    #[derive(Debug)]
    struct Failure(io::Error);

    impl fmt::Display for Failure {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("failed to read `a\u{1b}[31m`")
        }
    }

    impl error::Error for Failure {
        fn source(&self) -> Option<&(dyn error::Error + 'static)> {
            Some(&self.0)
        }
    }

    impl Diagnostic for Failure {
        fn exit_code(&self) -> ExitCode {
            ExitCode::Config
        }

        fn hints(&self) -> Vec<Hint> {
            vec![Hint::did_you_mean("b")]
        }
    }

    #[test]
    fn error_then_causes_then_hints() {
        let error = Failure(io::Error::other("no such thing\nat all"));
        assert_eq!(
            report(&error, Style::Plain),
            "error: failed to read `a`\n  Caused by: no such thing\n    at all\nhint: did you mean `b`?\n"
        );
        assert!(report(&error, Style::Colored).starts_with("\u{1b}[1;31merror:\u{1b}[0m failed"));
    }
}
