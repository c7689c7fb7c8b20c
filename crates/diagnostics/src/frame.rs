use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::{Style, strip_controls};

/// A place in a source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in Unicode scalar values, from 1.
    pub column: u32,
}

/// A piece of source that an error points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFrame {
    /// How the source is called, such as `env/dev.ts`.
    pub path: String,
    /// The whole source text.
    pub source: String,
    /// Where the piece begins.
    pub position: Position,
    /// How many Unicode scalar values it is long; it ends with its line at the latest.
    pub length: u32,
    /// What to say under it; may be empty.
    pub label: String,
}

impl SourceFrame {
    /// The frame as text: `--> path:line:column`, the line, and a mark below the piece. Ends with
    /// a line feed.
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        let index = self.position.line.saturating_sub(1) as usize;
        let Some(line) = self.source.lines().nth(index) else {
            return format!(" --> {}:{}:{}\n", self.path, self.position.line, self.position.column);
        };
        let line = strip_controls(line);
        let start = byte_of(&line, self.position.column.saturating_sub(1) as usize);
        let length = (self.length.max(1)) as usize;
        let end = start + byte_of(&line[start..], length);
        let label = strip_controls(&self.label);
        let annotation = AnnotationKind::Primary.span(start..end);
        let annotation =
            if label.is_empty() { annotation } else { annotation.label(label.as_str()) };
        let snippet = Snippet::source(line.as_str())
            .line_start(self.position.line as usize)
            .path(self.path.as_str())
            .annotation(annotation);
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Colored => Renderer::styled(),
        };
        // Only the snippet is taken: the message stands above it already.
        let group = [Level::ERROR.primary_title("").element(snippet)];
        let text = renderer.render(&group);
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        format!("{}\n", body.trim_end())
    }
}

/// The byte at which the `count`-th character of `line` begins.
fn byte_of(line: &str, count: usize) -> usize {
    line.char_indices().nth(count).map_or(line.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::{Position, SourceFrame};
    use crate::Style;

    fn frame(source: &str, line: u32, column: u32, length: u32) -> String {
        SourceFrame {
            path: "env/dev.ts".into(),
            source: source.into(),
            position: Position { line, column },
            length,
            label: "here".into(),
        }
        .render(Style::Plain)
    }

    #[test]
    fn points_at_the_piece() {
        assert_eq!(
            frame("const a = 1;\nconst é = ;\n", 2, 11, 1),
            " --> env/dev.ts:2:11\n  |\n2 | const é = ;\n  |           ^ here\n"
        );
    }

    #[test]
    fn beyond_the_source_only_the_place_is_named() {
        assert_eq!(frame("a", 7, 3, 1), " --> env/dev.ts:7:3\n");
        assert!(frame("a", 1, 9, 5).contains("env/dev.ts:1:"));
    }
}
