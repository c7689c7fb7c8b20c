//! Where rendered documents go, and in which form.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use husako_diagnostics::{Diagnostic, ExitCode, Hint};
use husako_value::Value;
use thiserror::Error;

use super::select::Entry;
use crate::project::Project;

/// The form of rendered documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML documents, separated by `---`.
    Yaml,
    /// One JSON `List` (`apiVersion: v1`) of the documents.
    Json,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
        }
    }

    /// The text that several rendered entries, none of them empty, are wrapped in.
    pub(crate) const fn frame(self) -> Frame {
        match self {
            Self::Yaml => Frame { before: "", between: "---\n", after: "" },
            Self::Json => Frame {
                before: "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [\n",
                between: ",\n",
                after: "\n  ]\n}\n",
            },
        }
    }

    /// The documents of one entry, without the frame; empty if there are none.
    pub(crate) fn write(self, documents: &[Value]) -> Result<String, WriteError> {
        let mut text = String::with_capacity(documents.len() * 512);
        match self {
            Self::Yaml => {
                husako_yaml::emit_documents(documents, &mut text).map_err(WriteError::Yaml)?;
            }
            Self::Json => {
                for (index, document) in documents.iter().enumerate() {
                    if index > 0 {
                        text.push_str(",\n");
                    }
                    let json = serde_json::to_string_pretty(document).map_err(WriteError::Json)?;
                    for (line, part) in json.lines().enumerate() {
                        let _ = write!(text, "{}    {part}", if line > 0 { "\n" } else { "" });
                    }
                }
            }
        }
        Ok(text)
    }
}

/// A document could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// As YAML.
    #[error("failed to write a document as YAML")]
    Yaml(#[source] husako_yaml::EmitError),
    /// As JSON.
    #[error("failed to write a document as JSON")]
    Json(#[source] serde_json::Error),
}

/// What stands around and between rendered entries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) before: &'static str,
    pub(crate) between: &'static str,
    pub(crate) after: &'static str,
}

/// Where the output of each entry goes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// All to the caller's writer, in order.
    Writer,
    /// Each to a file of its own, in the order of the entries.
    Files(Vec<PathBuf>),
}

/// The output cannot go where it was asked to.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum OutputError {
    /// Two entries would write the same file.
    #[error("entries `{first}` and `{second}` would both be written to `{path}`")]
    Collision {
        /// The one that comes first.
        first: String,
        /// The other one.
        second: String,
        /// The file.
        path: String,
    },
    /// The output would replace a file of the project.
    #[error("refused to write the output over `{path}`")]
    Precious {
        /// The file.
        path: String,
    },
}

impl Diagnostic for OutputError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Config
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Collision { .. } => {
                vec![Hint::new("give one of them another alias in `[entries]`")]
            }
            Self::Precious { .. } => vec![Hint::new("name another file after `-o`")],
        }
    }
}

impl Destination {
    /// Resolves `-o`: it is a folder if it is one, ends in `/`, or several entries are given.
    pub(crate) fn resolve(
        output: Option<&Path>,
        directory: &Path,
        entries: &[Entry],
        format: Format,
    ) -> Result<Self, OutputError> {
        let Some(output) = output else { return Ok(Self::Writer) };
        let path = directory.join(output);
        let ends_in_slash = output.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
        if !(ends_in_slash || entries.len() > 1 || path.is_dir()) {
            return Ok(Self::Files(vec![path]));
        }
        let mut files = Vec::with_capacity(entries.len());
        // By lower case: the file systems of macOS and Windows know no other difference.
        let mut owners: HashMap<String, &Entry> = HashMap::new();
        for entry in entries {
            let relative = format!("{}.{}", entry.output_stem(), format.extension());
            if let Some(first) = owners.insert(relative.to_lowercase(), entry) {
                return Err(OutputError::Collision {
                    first: label(first),
                    second: label(entry),
                    path: output.join(relative).display().to_string(),
                });
            }
            files.push(path.join(relative));
        }
        Ok(Self::Files(files))
    }
}

impl Destination {
    /// Refuses to write over what the project is made of.
    pub(crate) fn check(&self, project: &Project, entries: &[Entry]) -> Result<(), OutputError> {
        let Self::Files(files) = self else { return Ok(()) };
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut precious =
            vec![real(&project.config.path), real(&project.lockfile()), real(&project.tsconfig())];
        precious.extend(entries.iter().map(|entry| real(&entry.path)));
        let state = real(&project.state());
        for file in files {
            let real = real(file);
            if precious.contains(&real) || real.starts_with(&state) {
                return Err(OutputError::Precious { path: project.display(file) });
            }
        }
        Ok(())
    }
}

fn label(entry: &Entry) -> String {
    entry.alias.clone().unwrap_or_else(|| entry.name.clone())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Destination, Entry, Format, OutputError};

    fn entry(alias: Option<&str>, name: &str) -> Entry {
        Entry { alias: alias.map(str::to_owned), path: PathBuf::from(name), name: name.to_owned() }
    }

    #[test]
    fn one_entry_to_a_file_several_to_a_folder() {
        let one = [entry(None, "env/dev.ts")];
        let root = Path::new("/project");
        let resolve = |output: &str, entries: &[Entry]| {
            Destination::resolve(Some(Path::new(output)), root, entries, Format::Yaml)
        };
        assert_eq!(
            resolve("out.yaml", &one),
            Ok(Destination::Files(vec!["/project/out.yaml".into()]))
        );
        assert_eq!(
            resolve("out/", &one),
            Ok(Destination::Files(vec!["/project/out/env/dev.yaml".into()]))
        );
        let two = [entry(Some("dev"), "env/dev.ts"), entry(None, "../x/prod.ts")];
        assert_eq!(
            resolve("out", &two),
            Ok(Destination::Files(vec![
                "/project/out/dev.yaml".into(),
                "/project/out/x/prod.yaml".into()
            ]))
        );
        assert_eq!(Destination::resolve(None, root, &two, Format::Json), Ok(Destination::Writer));
    }

    #[test]
    fn collisions_are_refused() {
        let entries = [entry(Some("Dev"), "a.ts"), entry(None, "dev.ts")];
        let resolved =
            Destination::resolve(Some(Path::new("out")), Path::new("/p"), &entries, Format::Yaml);
        assert!(matches!(resolved, Err(OutputError::Collision { first, second, path })
            if first == "Dev" && second == "dev.ts" && path == "out/dev.yaml"));
    }
}
