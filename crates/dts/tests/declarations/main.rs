//! What is generated: whole files for small models, text that survives escaping, and the verdict
//! of the real TypeScript.

#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it should be")]

mod golden;
mod reparse;
mod support;
mod typescript;
