use clap::CommandFactory;
use husako_diagnostics::{Diagnostic, ExitCode, Style, report};

use crate::args::{Cli, Completions};
use crate::output;

/// Prints a completion script.
pub(crate) fn run(args: &Completions, style: Style) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "husako", &mut script);
    match output::write(&String::from_utf8_lossy(&script)) {
        Ok(_) => ExitCode::Success,
        Err(error) => {
            eprint!("{}", report(&error, style));
            error.exit_code()
        }
    }
}
