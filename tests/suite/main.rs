//! Tests that run the binary, a module per area.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a panic is how a test fails")]

mod architecture;
mod config;
mod entries;
mod examples;
mod schemas;
mod terminal;
mod types;
