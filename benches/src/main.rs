//! The headline jobs, timed as whole processes, beside **bare programs**: the least that any
//! program must do for the same job (read and parse the same documents' schemas and write as many
//! bytes; oxc and QuickJS alone on the same entries). Runs are interleaved, the figure is the
//! median, and what counts is the ratio.
//!
//! ```text
//! cargo run --release -p husako-bench                       # all jobs, as a Markdown table
//! cargo run --release -p husako-bench -- --rounds 5
//! HUSAKO_CORPUS=DIR cargo run --release -p husako-bench     # with a real server's documents
//! ```

mod bare;
mod entries;
mod jobs;
mod measure;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["bare-generate", documents, output, bytes] => {
            bare::generate(documents.as_ref(), output.as_ref(), bytes)
        }
        ["bare-render", entries @ ..] => bare::render(entries),
        ["bare-start"] => Ok(()),
        ["measure", command @ ..] => measure::child(command),
        ["--rounds", rounds] => rounds.parse().map_err(Into::into).and_then(jobs::run),
        [] => jobs::run(15),
        _ => Err("usage: husako-bench [--rounds N]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Any failure: a benchmark has nobody to recover for.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The corpus of real data, where there is one.
fn corpus() -> Option<PathBuf> {
    std::env::var_os("HUSAKO_CORPUS").map(PathBuf::from)
}
