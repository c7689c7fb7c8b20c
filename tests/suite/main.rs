//! Tests that run the binary, a module per area.

mod architecture;
mod config;
mod entries;
mod examples;
mod schemas;
mod terminal;
mod types;
