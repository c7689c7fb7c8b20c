use husako_core::{Event, Reporter};
use husako_diagnostics::ExitCode;

use crate::args::New;
use crate::session::Session;

/// Creates a project in a new folder.
pub(crate) fn run(session: &Session, args: &New) -> ExitCode {
    let path = session.directory.join(&args.path);
    match husako_core::new_project(&path, args.template.name()) {
        Ok(()) => {
            session.progress.report(Event::Note(format!(
                "created `{name}`\n\nnext:\n  cd {name}\n  husako render --all",
                name = args.path.display()
            )));
            ExitCode::Success
        }
        Err(error) => session.fail(&error),
    }
}
