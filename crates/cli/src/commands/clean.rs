use husako_core::{Event, Reporter};
use husako_diagnostics::ExitCode;

use crate::session::Session;

/// Removes what was generated.
pub(crate) fn run(session: &Session) -> ExitCode {
    let project = match session.project() {
        Ok(project) => project,
        Err(code) => return code,
    };
    match husako_core::clean(&project) {
        Ok(true) => {
            session.progress.report(Event::Note("removed `.husako`".to_owned()));
            ExitCode::Success
        }
        Ok(false) => {
            session.progress.report(Event::Note("nothing to remove".to_owned()));
            ExitCode::Success
        }
        Err(error) => session.fail(&error),
    }
}
