use husako_core::{Event, Reporter};
use husako_diagnostics::ExitCode;

use crate::args::Init;
use crate::session::Session;

/// Creates a project in the working folder, beside what is there.
pub(crate) fn run(session: &Session, args: &Init) -> ExitCode {
    match husako_core::init_project(&session.directory, args.template.name()) {
        Ok(files) => {
            for file in files {
                session.progress.report(Event::Wrote { path: file });
            }
            session.progress.report(Event::Note("\nnext:\n  husako render --all".to_owned()));
            ExitCode::Success
        }
        Err(error) => session.fail(&error),
    }
}
