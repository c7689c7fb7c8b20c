//! New projects, from the templates in the binary.

use std::path::Path;

use husako_diagnostics::{Diagnostic, ExitCode, Hint};
use husako_fs::{FsError, create_dir_all, write_atomic};
use husako_sdk::TEMPLATES;
use thiserror::Error;

/// A project cannot be created.
#[derive(Debug, Error)]
pub enum ScaffoldError {
    /// There is something in the folder.
    #[error("`{path}` exists and is not an empty folder")]
    NotEmpty {
        /// The folder.
        path: String,
    },
    /// The folder is a project already.
    #[error("`{path}` exists already")]
    IsProject {
        /// The `husako.toml`.
        path: String,
    },
    /// No such template.
    #[error("no template `{0}`")]
    UnknownTemplate(String),
    /// A file cannot be written.
    #[error("failed to create the project")]
    Write(#[source] FsError),
}

impl Diagnostic for ScaffoldError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Write(_) => ExitCode::Unexpected,
            _ => ExitCode::Config,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NotEmpty { .. } => {
                vec![Hint::new(
                    "run `husako init` inside it to start a project beside what is there",
                )]
            }
            _ => Vec::new(),
        }
    }
}

/// Creates a project in a folder that is empty or not there yet.
pub fn new_project(path: &Path, template: &str) -> Result<(), ScaffoldError> {
    let occupied = match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    };
    if occupied {
        return Err(ScaffoldError::NotEmpty { path: path.display().to_string() });
    }
    write_template(path, template).map(|_| ())
}

/// Creates a project in a folder, beside what is there; files that exist are left as they are.
/// Returns the files that were written.
pub fn init_project(path: &Path, template: &str) -> Result<Vec<String>, ScaffoldError> {
    let config = path.join("husako.toml");
    if config.exists() {
        return Err(ScaffoldError::IsProject { path: config.display().to_string() });
    }
    write_template(path, template)
}

fn write_template(path: &Path, name: &str) -> Result<Vec<String>, ScaffoldError> {
    let template = TEMPLATES
        .iter()
        .find(|template| template.name == name)
        .ok_or_else(|| ScaffoldError::UnknownTemplate(name.to_owned()))?;
    let mut written = Vec::new();
    for file in template.files {
        let target = path.join(file.path);
        if target.exists() {
            continue;
        }
        if let Some(folder) = target.parent() {
            create_dir_all(folder).map_err(ScaffoldError::Write)?;
        }
        write_atomic(&target, file.contents.as_bytes()).map_err(ScaffoldError::Write)?;
        written.push(file.path.to_owned());
    }
    Ok(written)
}
