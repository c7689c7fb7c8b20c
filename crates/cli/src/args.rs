//! What the user typed, as clap reads it. What it means is decided in the commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Kubernetes manifests in TypeScript.
///
/// husako generates TypeScript types from Kubernetes schemas, custom resource definitions and Helm
/// charts, and renders TypeScript entries into validated YAML.
#[derive(Debug, Parser)]
#[command(
    name = "husako",
    version,
    propagate_version = false,
    arg_required_else_help = true,
    subcommand_required = true,
    max_term_width = 100,
    after_help = "Examples:\n  husako new my-app && cd my-app && husako render --all\n  husako render dev -o out/\n  husako generate"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Run as if started in DIR.
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(crate) directory: Option<PathBuf>,

    /// Never use the network.
    #[arg(long, global = true)]
    pub(crate) offline: bool,

    /// Refuse to change `husako.lock`.
    #[arg(long, global = true)]
    pub(crate) locked: bool,

    /// When to use colours.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: Color,

    /// Print errors and data only.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Print more of what happens.
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a project in a new folder.
    New(New),
    /// Create a project in this folder.
    Init(Init),
    /// Generate TypeScript types from the schemas that `husako.toml` names.
    #[command(visible_alias = "gen")]
    Generate(Generate),
    /// Render entries into YAML.
    Render(Render),
    /// Do everything that `render` does, but write nothing.
    Check(Check),
    /// Remove what was generated.
    Clean,
    /// Print the version.
    Version(Version),
    /// Print a completion script for a shell.
    Completions(Completions),
}

/// Arguments of `new`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  husako new my-app\n  husako new platform --template multi-env"
)]
pub(crate) struct New {
    /// The folder to create; its last part is the name of the project.
    #[arg(value_name = "DIR")]
    pub(crate) path: PathBuf,

    /// What to start from.
    #[arg(short, long, value_name = "NAME", default_value = "simple")]
    pub(crate) template: Template,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  husako init\n  husako init --template project")]
pub(crate) struct Init {
    /// What to start from.
    #[arg(short, long, value_name = "NAME", default_value = "simple")]
    pub(crate) template: Template,
}

/// What a project starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// One entry.
    Simple,
    /// An entry with a library of components.
    Project,
    /// Three environments that share a base.
    MultiEnv,
}

impl Template {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Project => "project",
            Self::MultiEnv => "multi-env",
        }
    }
}

/// Arguments of `generate`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  husako generate\n  husako generate --spec-dir ./openapi   # documents as an API server serves them"
)]
pub(crate) struct Generate {
    /// Take the Kubernetes schemas from the OpenAPI v3 documents in DIR.
    #[arg(long, value_name = "DIR", conflicts_with = "skip_k8s")]
    pub(crate) spec_dir: Option<PathBuf>,

    /// Leave the Kubernetes schemas out: types of the SDK and of charts only.
    #[arg(long)]
    pub(crate) skip_k8s: bool,

    /// Generate everything, even if nothing changed.
    #[arg(long)]
    pub(crate) no_incremental: bool,

    /// Make a definition that cannot be used an error, not a warning.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// Which entries, and how they run.
#[derive(Clone, Debug, Args)]
pub(crate) struct Selection {
    /// Aliases from `[entries]`, files, or globs; may be left out if there is just one entry.
    #[arg(value_name = "ENTRY|FILE|GLOB")]
    pub(crate) entries: Vec<String>,

    /// All of `[entries]`.
    #[arg(long, conflicts_with = "entries")]
    pub(crate) all: bool,

    /// How many entries to render at once (default: the number of cores).
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,

    /// How long an entry may run, in milliseconds.
    #[arg(long, value_name = "MS", default_value = "30000", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout_ms: u64,

    /// How much memory an entry may use, in MiB.
    #[arg(long, value_name = "MB", default_value = "256", value_parser = clap::value_parser!(u32).range(1..=65536))]
    pub(crate) max_heap_mb: u32,

    /// Allow imports of files outside the project.
    #[arg(long)]
    pub(crate) allow_outside_root: bool,
}

/// Arguments of `render`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  husako render dev                  # one entry, to stdout\n  husako render --all -o out/        # each entry to a file of its own\n  husako render 'env/*.ts' --format json"
)]
pub(crate) struct Render {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// Write to a file, or to a folder (an existing one, a path that ends in `/`, or several
    /// entries).
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,

    /// The format of the output.
    #[arg(long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) format: Format,
}

/// The format of rendered documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// YAML documents, separated by `---`.
    Yaml,
    /// One JSON `List` of the documents.
    Json,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  husako check --all")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) selection: Selection,
}

/// Arguments of `version`.
#[derive(Debug, Args)]
pub(crate) struct Version {
    /// How to print it.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: VersionFormat,
}

/// The format of `version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum VersionFormat {
    /// One line for people.
    Text,
    /// A JSON object.
    Json,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  husako completions bash > /etc/bash_completion.d/husako\n  husako completions zsh > ~/.zfunc/_husako"
)]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}
