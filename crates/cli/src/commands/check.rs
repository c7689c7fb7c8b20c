use husako_core::RenderOptions;
use husako_diagnostics::ExitCode;

use crate::args::Check;
use crate::commands::render::{execute, options};
use crate::session::Session;

/// Renders and validates entries, and writes nothing.
pub(crate) async fn run(session: &Session, args: Check) -> ExitCode {
    execute(session, RenderOptions { write: false, ..options(session, args.selection) }).await
}
