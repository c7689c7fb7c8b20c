use std::io;
use std::sync::Arc;
use std::time::Duration;

use husako_core::{Format, Limits, RenderOptions, Reporter, Sink};
use husako_diagnostics::ExitCode;

use crate::args::{self, Render, Selection};
use crate::output::{self, StdoutError, Written};
use crate::session::Session;

/// Renders entries.
pub(crate) async fn run(session: &Session, args: Render) -> ExitCode {
    let format = match args.format {
        args::Format::Yaml => Format::Yaml,
        args::Format::Json => Format::Json,
    };
    let options = RenderOptions { output: args.output, format, ..options(session, args.selection) };
    execute(session, options).await
}

/// The options that `render` and `check` share.
pub(crate) fn options(session: &Session, selection: Selection) -> RenderOptions {
    RenderOptions {
        directory: session.directory.clone(),
        entries: selection.entries,
        all: selection.all,
        output: None,
        format: Format::Yaml,
        write: true,
        jobs: selection.jobs.map(usize::from),
        limits: Limits {
            deadline: Duration::from_millis(selection.timeout_ms),
            heap: selection.max_heap_mb as usize * 1024 * 1024,
            ..Limits::default()
        },
        allow_outside_root: selection.allow_outside_root,
        locked: session.global.locked,
    }
}

/// Renders, prints every failure, and returns the exit code of the first.
pub(crate) async fn execute(session: &Session, options: RenderOptions) -> ExitCode {
    let project = match session.project() {
        Ok(project) => project,
        Err(code) => return code,
    };
    let reporter: Arc<dyn Reporter> = session.progress.clone();
    let mut stdout = Stdout { session, failure: None };
    let rendered =
        husako_core::render(project, options, reporter, &mut stdout, session.cancel.clone()).await;
    session.progress.clear();
    let mut code = ExitCode::Success;
    if let Some(error) = stdout.failure {
        code = session.fail(&error);
    }
    match rendered {
        Ok(failures) => {
            for failure in failures {
                let failed = session.fail(&failure);
                if code == ExitCode::Success {
                    code = failed;
                }
            }
            code
        }
        Err(error) => session.fail(&error),
    }
}

/// Standard output as the place where documents go.
struct Stdout<'a> {
    session: &'a Session,
    failure: Option<StdoutError>,
}

impl Sink for Stdout<'_> {
    fn write(&mut self, text: &str) -> io::Result<bool> {
        self.session.progress.clear();
        match output::write(text) {
            Ok(Written::All) => Ok(true),
            Ok(Written::ReaderGone) => Ok(false),
            Err(error) => {
                self.failure = Some(error);
                Ok(false)
            }
        }
    }
}
