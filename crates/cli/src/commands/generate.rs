use std::sync::Arc;

use husako_core::{Event, GenerateOptions, Generated, Reporter};
use husako_diagnostics::ExitCode;

use crate::args::Generate;
use crate::session::Session;

/// Generates types.
pub(crate) async fn run(session: &Session, args: Generate) -> ExitCode {
    let project = match session.project() {
        Ok(project) => project,
        Err(code) => return code,
    };
    let options = GenerateOptions {
        spec_dir: args.spec_dir.map(|path| session.directory.join(path)),
        skip_kubernetes: args.skip_k8s,
        force: args.no_incremental,
        strict: args.strict,
        locked: session.global.locked,
    };
    let reporter: Arc<dyn Reporter> = session.progress.clone();
    match husako_core::generate(project, options, reporter, session.cancel.clone()).await {
        Ok(Generated::Fresh) => {
            session.progress.report(Event::Note("types are up to date".to_owned()));
            ExitCode::Success
        }
        Ok(Generated::Written) => ExitCode::Success,
        Err(error) => session.fail(&error),
    }
}
