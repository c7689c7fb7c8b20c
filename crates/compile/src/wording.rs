//! The parser's messages in the words of this program.

use oxc::diagnostics::OxcDiagnostic;
use oxc::span::Span;

use crate::error::{Problem, Related};
use crate::places::Places;

/// A problem whose places are still byte offsets.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) message: String,
    pub(crate) span: Span,
    pub(crate) label: String,
    pub(crate) related: Vec<(Span, String)>,
    pub(crate) help: Option<String>,
}

impl Finding {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what stands in the source where the parser says of which kind it is.
    pub(crate) fn name_token(&mut self, source: &str) {
        if let Some(expected) = self.message.strip_suffix(" but found `EOF`") {
            self.message = format!("{expected} but found the end of the file");
        } else if let Some(expected) = self.message.strip_suffix(" but found `Identifier`") {
            let range = self.span.start as usize..self.span.end as usize;
            if let Some(token) = source.get(range).filter(|token| !token.contains('\n')) {
                self.message = format!("{expected} but found `{token}`");
            }
        }
    }

    pub(crate) fn place(self, places: &mut Places<'_>) -> Problem {
        let (position, length) = places.piece(self.span.start, self.span.end);
        let related = self
            .related
            .into_iter()
            .map(|(span, label)| {
                let (position, length) = places.piece(span.start, span.end);
                Related { position, length, label }
            })
            .collect();
        Problem {
            message: self.message,
            position,
            length,
            label: self.label,
            related,
            help: self.help,
        }
    }
}

impl From<OxcDiagnostic> for Finding {
    fn from(diagnostic: OxcDiagnostic) -> Self {
        let mut labels: Vec<(Span, String)> = diagnostic
            .labels
            .iter()
            .map(|label| (label.span(), label.label().map(phrase).unwrap_or_default()))
            .collect();
        let main = match labels.iter().position(|(_, label)| label.contains("already been")) {
            // Two declarations of one name: it is the later one that is wrong.
            Some(_) => labels.len() - 1,
            None => diagnostic
                .labels
                .iter()
                .position(oxc::diagnostics::LabeledSpan::primary)
                .unwrap_or(0),
        };
        let (span, label) =
            if labels.is_empty() { Default::default() } else { labels.remove(main) };
        let message = reworded(&diagnostic.message);
        // "`x` expected" under "expected `x` but found `y`" says nothing new.
        let label = if message.starts_with("expected `") { String::new() } else { label };
        let help = diagnostic.help.as_deref().map(phrase);
        Self { message, span, label, related: labels, help }
    }
}

/// Messages whose words do not fit, or speak of the parser itself.
fn reworded(message: &str) -> String {
    if message.starts_with("Namespaces exporting non-const") {
        return "a namespace can export constants, functions, classes and types only".to_owned();
    }
    phrase(&message.replacen("Invalid Character", "Invalid character", 1))
}

/// A sentence as a fragment: in lower case and without its full stop, where that is safe.
pub(crate) fn phrase(sentence: &str) -> String {
    let sentence = sentence.trim();
    let sentence = match sentence.strip_suffix('.') {
        Some(shorter) if !shorter.ends_with('.') => shorter,
        _ => sentence,
    };
    let word = sentence.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    let mut chars = word.chars();
    let first = chars.next();
    // `TypeScript`, `JSX` and `V8` are names; `Unexpected` and `A` begin a sentence.
    let is_name = chars.clone().any(|char| char.is_uppercase() || char.is_numeric())
        || matches!(word, "ECMAScript" | "Unicode");
    match first {
        Some(first) if first.is_uppercase() && !is_name => {
            let lower: String = first.to_lowercase().collect();
            format!("{lower}{}", &sentence[first.len_utf8()..])
        }
        _ => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::phrase;

    #[test]
    fn sentences_become_fragments() {
        for (sentence, fragment) in [
            ("Unexpected token", "unexpected token"),
            (
                "A 'yield' expression is only allowed in a generator body.",
                "a 'yield' expression is only allowed in a generator body",
            ),
            ("JSX is off.", "JSX is off"),
            ("V8 runtime calls", "V8 runtime calls"),
            ("TypeScript only", "TypeScript only"),
            ("'super' can only …", "'super' can only …"),
            ("`x` expected", "`x` expected"),
            ("Wait...", "wait..."),
            ("Éa", "éa"),
            ("", ""),
            (".", ""),
        ] {
            assert_eq!(phrase(sentence), fragment);
        }
    }
}
