//! What a run of the program has: its settings, its runtime, its way out.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use husako_core::{Event, Project, Reporter};
use husako_diagnostics::{Diagnostic, ExitCode, Style, report};
use tokio_util::sync::CancellationToken;

use crate::args::{Cli, Color, Command, Global};
use crate::commands;
use crate::progress::{Progress, Verbosity};
use crate::signals::{self, Stop};

/// Blocking threads render TypeScript: deep recursion there is to reach QuickJS's own limit first.
const THREAD_STACK: usize = 16 * 1024 * 1024;

/// What a command works with.
pub(crate) struct Session {
    /// The folder to work in, absolute.
    pub(crate) directory: PathBuf,
    /// The options of every command.
    pub(crate) global: Global,
    /// Where events go.
    pub(crate) progress: Arc<Progress>,
    /// Cancelled by the first Ctrl-C.
    pub(crate) cancel: CancellationToken,
    style: Style,
}

impl Session {
    /// Opens the project of the working folder.
    pub(crate) fn project(&self) -> Result<Arc<Project>, ExitCode> {
        let project = Project::open(&self.directory).map_err(|error| self.fail(&error))?;
        for warning in &project.config.warnings {
            self.progress.report(Event::Warning(warning.clone()));
        }
        Ok(Arc::new(project))
    }

    /// Prints an error, and returns what the process ends with.
    pub(crate) fn fail(&self, error: &dyn Diagnostic) -> ExitCode {
        self.progress.clear();
        self.progress.print(&report(error, self.style));
        error.exit_code()
    }
}

/// Runs a command to its end.
pub(crate) fn run(cli: Cli) -> ExitCode {
    let style = match cli.global.color {
        Color::Always => Style::Colored,
        Color::Never => Style::Plain,
        Color::Auto if wants_color() => Style::Colored,
        Color::Auto => Style::Plain,
    };
    let verbosity = match (cli.global.quiet, cli.global.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    };
    // Commands that neither read the project nor take time need no runtime.
    match &cli.command {
        Command::Version(args) => return commands::version::run(args, style),
        Command::Completions(args) => return commands::completions::run(args, style),
        _ => {}
    }
    let progress = Arc::new(Progress::new(verbosity, style));
    let cancel = CancellationToken::new();
    let directory = cli.global.directory.clone().unwrap_or_else(|| PathBuf::from("."));
    let session = Session {
        directory: std::path::absolute(&directory).unwrap_or(directory),
        global: cli.global,
        progress: Arc::clone(&progress),
        cancel: cancel.clone(),
        style,
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_stack_size(THREAD_STACK)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            progress.print(&format!("error: failed to start: {error}\n"));
            return ExitCode::Unexpected;
        }
    };
    let stop = Stop::default();
    let listener = runtime.spawn(signals::listen(
        stop.clone(),
        cancel,
        {
            let progress = Arc::clone(&progress);
            move || {
                progress.clear();
                progress.print("cancelling…\n");
            }
        },
        leave,
    ));
    let code = runtime.block_on(dispatch(cli.command, session));
    listener.abort();
    progress.clear();
    // Dropping the runtime would wait for what is being freed in the background.
    runtime.shutdown_background();
    stop.exit_code().unwrap_or(code)
}

async fn dispatch(command: Command, session: Session) -> ExitCode {
    match command {
        Command::New(args) => commands::new::run(&session, &args),
        Command::Init(args) => commands::init::run(&session, &args),
        Command::Generate(args) => commands::generate::run(&session, args).await,
        Command::Render(args) => commands::render::run(&session, args).await,
        Command::Check(args) => commands::check::run(&session, args).await,
        Command::Clean => commands::clean::run(&session),
        Command::Version(args) => commands::version::run(&args, session.style),
        Command::Completions(args) => commands::completions::run(&args, session.style),
    }
}

/// Ends the process at once, with the cursor visible again.
fn leave(code: ExitCode) -> ! {
    if std::io::stderr().is_terminal() {
        use std::io::Write;
        let _ = std::io::stderr().write_all(b"\x1b[?25h");
    }
    #[expect(clippy::disallowed_methods, reason = "the user asked twice, or the terminal is gone")]
    std::process::exit(i32::from(code.code()))
}

fn wants_color() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stderr().is_terminal() && !set("NO_COLOR") && !dumb
}
