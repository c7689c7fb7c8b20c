//! Files of the project that are imported as values.

use std::path::Path;

use husako_diagnostics::{Diagnostic, ExitCode, Position, SourceFrame};
use husako_fs::{FsError, read_to_string};
use husako_runtime::ModuleSource;
use husako_value::Value;
use thiserror::Error;

use super::sources::{self, MAX_SOURCE_BYTES};

/// A file of data cannot be used.
#[derive(Debug, Error)]
pub(crate) enum DataError {
    #[error("failed to read `{name}`")]
    Read {
        name: String,
        #[source]
        source: FsError,
    },
    #[error("failed to parse `{name}` as JSON")]
    Json {
        name: String,
        text: String,
        #[source]
        source: serde_json::Error,
    },
    #[error("failed to parse `{name}` as YAML")]
    Yaml {
        name: String,
        text: String,
        #[source]
        source: Box<husako_yaml::ParseError>,
    },
}

impl Diagnostic for DataError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Runtime
    }

    fn frames(&self) -> Vec<SourceFrame> {
        let frame = |name: &str, text: &str, line: u32, column: u32| {
            vec![sources::frame(name, text, Position { line, column: column.max(1) }, 1)]
        };
        match self {
            Self::Read { .. } => Vec::new(),
            Self::Json { name, text, source } => {
                let line = u32::try_from(source.line()).unwrap_or(u32::MAX);
                let column = u32::try_from(source.column()).unwrap_or(u32::MAX);
                frame(name, text, line, column)
            }
            Self::Yaml { name, text, source } => frame(name, text, source.line(), source.column()),
        }
    }
}

/// The file as it is.
pub(crate) fn text(name: &str, path: &Path) -> Result<ModuleSource, DataError> {
    read(name, path).map(ModuleSource::Text)
}

/// What a JSON file holds.
pub(crate) fn json(name: &str, path: &Path) -> Result<ModuleSource, DataError> {
    let text = read(name, path)?;
    match serde_json::from_str::<Value>(&text) {
        Ok(value) => Ok(ModuleSource::Value(value)),
        Err(source) => Err(DataError::Json { name: name.to_owned(), text, source }),
    }
}

/// What a YAML file holds: one document is its value, several are a list of theirs.
pub(crate) fn yaml(name: &str, path: &Path) -> Result<ModuleSource, DataError> {
    let text = read(name, path)?;
    let documents = match husako_yaml::parse(&text, &husako_yaml::Limits::default()) {
        Ok(documents) => documents,
        Err(source) => {
            let source = Box::new(source);
            return Err(DataError::Yaml { name: name.to_owned(), text, source });
        }
    };
    let mut values: Vec<Value> = documents.into_iter().map(|document| document.value).collect();
    Ok(ModuleSource::Value(match values.len() {
        0 => Value::Null,
        1 => values.swap_remove(0),
        _ => Value::Array(values),
    }))
}

fn read(name: &str, path: &Path) -> Result<String, DataError> {
    read_to_string(path, MAX_SOURCE_BYTES)
        .map_err(|source| DataError::Read { name: name.to_owned(), source })
}
