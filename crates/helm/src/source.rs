use husako_source::{Context, Resolution, Resolving};

/// A source of a Helm chart.
pub trait Source: Send + Sync + 'static {
    /// Finds out what the chart is now, and gets what describes its values.
    fn resolve(&self, context: Context) -> Resolving<Chart>;
}

/// What a source turned out to be.
#[derive(Debug)]
pub struct Chart {
    /// What the lockfile keeps.
    pub resolution: Resolution,
    /// How messages call the schema file.
    pub name: String,
    /// The text of `values.schema.json`.
    pub schema: String,
}
