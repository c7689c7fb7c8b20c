use husako_schema::layout::chart_root;
use husako_schema::{ParseError, Parsed, json_schema};

use crate::Chart;

/// The model of a chart's values; `name` is what `husako.toml` calls the chart.
pub fn parse(name: &str, chart: &Chart) -> Result<Parsed, ParseError> {
    json_schema::parse_text(&chart_root(name), &chart.name, &chart.schema)
}
