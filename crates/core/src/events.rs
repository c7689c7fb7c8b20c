//! What operations tell while they work. `core` never prints: the caller shows events as it likes.

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Types are being generated, because of this.
    GenerateStarted {
        /// Why, such as `types were never generated`; empty when it was asked for.
        reason: String,
    },
    /// A source is being resolved.
    SourceStarted {
        /// Its name in `husako.toml`.
        name: String,
    },
    /// A source is resolved.
    SourceFinished {
        /// Its name in `husako.toml`.
        name: String,
    },
    /// This many modules are to be written.
    ModulesStarted {
        /// How many.
        total: usize,
    },
    /// One more module is written.
    ModuleFinished,
    /// The types are published.
    GenerateFinished {
        /// How many modules there are.
        modules: usize,
        /// How many kinds they hold.
        kinds: usize,
    },
    /// This many entries are to be rendered.
    RenderStarted {
        /// How many.
        total: usize,
    },
    /// One more entry is rendered, well or not.
    EntryFinished,
    /// An entry called `console.log` or its like.
    Console {
        /// The entry.
        entry: String,
        /// What it said.
        text: String,
    },
    /// A file was written.
    Wrote {
        /// Where, as the user would write it.
        path: String,
    },
    /// The user should know.
    Note(String),
    /// The user should look at this.
    Warning(String),
}

/// Receives events, from any thread.
pub trait Reporter: Send + Sync + 'static {
    /// Called once per event; must not block for long.
    fn report(&self, event: Event);
}

/// Ignores all events.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Reporter for Silent {
    fn report(&self, _event: Event) {}
}
