//! The command line of husako.
//!
//! [`run`] takes the arguments and returns the exit code. It goes in three steps: what was typed
//! (`args`), what that means here (`session`), and the command itself, one thin file each in
//! `commands`, over one operation of `husako-core`.
//!
//! ```text
//! args ──► session ──► commands::{new, init, generate, render, check, clean, version, completions}
//!                         │
//!                         └──► husako_core (operations, events) ──► progress (stderr), output (stdout)
//! ```
//!
//! Files on disk: `husako.toml` and `husako.lock` (the user's), `tsconfig.json` (updated),
//! `.husako/types` (published as one unit), `.husako/lock` (held by whoever generates).

mod args;
mod commands;
mod output;
mod progress;
mod session;
mod signals;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;
use husako_diagnostics::ExitCode;

/// Runs the program with its arguments (the first is its name) and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match args::Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error).code(),
    };
    session::run(cli).code()
}

/// Prints help to stdout, and what is wrong with the arguments to stderr.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render();
    if error.use_stderr() {
        anstream::eprint!("{}", text.ansi());
        ExitCode::Config
    } else {
        let _ = write!(anstream::stdout().lock(), "{}", text.ansi());
        ExitCode::Success
    }
}
