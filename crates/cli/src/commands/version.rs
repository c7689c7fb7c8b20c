use husako_diagnostics::{Diagnostic, ExitCode, Style, report};

use crate::args::{Version, VersionFormat};
use crate::output;

/// Prints the version of the program and of the built-in Kubernetes schemas.
pub(crate) fn run(args: &Version, style: Style) -> ExitCode {
    let version = env!("CARGO_PKG_VERSION");
    let kubernetes = husako_core::KUBERNETES_VERSION;
    let text = match args.format {
        VersionFormat::Text => format!("husako {version} (Kubernetes {kubernetes})\n"),
        VersionFormat::Json => {
            format!("{{\"version\":\"{version}\",\"kubernetes\":\"{kubernetes}\"}}\n")
        }
    };
    match output::write(&text) {
        Ok(_) => ExitCode::Success,
        Err(error) => {
            eprint!("{}", report(&error, style));
            error.exit_code()
        }
    }
}
