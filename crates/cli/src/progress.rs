//! Progress on stderr: bars on a terminal, nothing but plain lines elsewhere.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use husako_core::{Event, Reporter};
use husako_diagnostics::{Style, plural, strip_controls, warning};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verbosity {
    /// Errors only.
    Quiet,
    /// What the user should know.
    Normal,
    /// What happens.
    Verbose,
}

/// Shows events on stderr.
pub(crate) struct Progress {
    verbosity: Verbosity,
    style: Style,
    bars: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress {
    pub(crate) fn new(verbosity: Verbosity, style: Style) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let bars = verbosity != Verbosity::Quiet && std::io::stderr().is_terminal() && !dumb;
        Self { verbosity, style, bars, bar: Mutex::new(None) }
    }

    /// Writes whole lines to stderr, above the bar if there is one.
    pub(crate) fn print(&self, text: &str) {
        let write = || {
            // Nothing can be said where stderr itself is gone.
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        };
        match &*self.lock() {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        if let Some(bar) = self.lock().take() {
            bar.finish_and_clear();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<ProgressBar>> {
        self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn note(&self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.print(&format!("{}\n", strip_controls(text)));
        }
    }

    fn detail(&self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            self.print(&format!("{}\n", strip_controls(text)));
        }
    }

    fn start(&self, total: usize, what: &'static str) {
        self.clear();
        if !self.bars {
            return;
        }
        let style = ProgressStyle::with_template("{msg:>12} [{bar:24}] {pos}/{len}");
        let bar = ProgressBar::with_draw_target(
            Some(total as u64),
            ProgressDrawTarget::stderr_with_hz(15),
        )
        .with_message(what);
        if let Ok(style) = style {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        *self.lock() = Some(bar);
    }

    fn step(&self) {
        if let Some(bar) = &*self.lock() {
            bar.inc(1);
        }
    }
}

impl Reporter for Progress {
    fn report(&self, event: Event) {
        match event {
            Event::GenerateStarted { reason } => {
                let because =
                    if reason.is_empty() { String::new() } else { format!(" ({reason})") };
                self.note(&format!("generating types{because}"));
            }
            Event::SourceStarted { name } => self.detail(&format!("resolving `{name}`")),
            Event::SourceFinished { name } => self.detail(&format!("resolved `{name}`")),
            Event::ModulesStarted { total } => self.start(total, "types"),
            Event::RenderStarted { total } if total > 1 => self.start(total, "render"),
            Event::RenderStarted { .. } => {}
            Event::ModuleFinished | Event::EntryFinished => self.step(),
            Event::GenerateFinished { modules, kinds } => {
                self.clear();
                self.note(&format!(
                    "generated {modules} {} with {kinds} {}",
                    plural(modules, "module", "modules"),
                    plural(kinds, "kind", "kinds"),
                ));
            }
            Event::Console { entry, text } => self.note(&format!("{entry}: {text}")),
            Event::Wrote { path } => self.note(&format!("wrote {path}")),
            Event::Note(text) => self.note(&text),
            Event::Warning(text) => {
                if self.verbosity >= Verbosity::Normal {
                    self.print(&warning(&text, self.style));
                }
            }
        }
    }
}
