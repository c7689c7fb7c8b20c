use std::path::PathBuf;

use husako_fs::{content_digest, read_to_string, relative_name};

use crate::{Chart, Context, Resolution, Resolving, Source, SourceError};

/// The most that a schema may hold.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// A chart folder that has a `values.schema.json`, or such a file itself.
#[derive(Clone, Debug)]
pub struct FileSource {
    /// The path, as `husako.toml` says it: relative to the project.
    pub path: String,
}

impl Source for FileSource {
    fn resolve(&self, context: Context) -> Resolving {
        let path = self.path.clone();
        Box::pin(async move {
            match tokio::task::spawn_blocking(move || read(&path, &context)).await {
                Ok(result) => result,
                Err(error) => Err(SourceError::Internal(error.to_string())),
            }
        })
    }
}

fn read(path: &str, context: &Context) -> Result<Chart, SourceError> {
    if context.cancel.is_cancelled() {
        return Err(SourceError::Cancelled);
    }
    let full = locate(path, context)?;
    let schema_file = if full.is_dir() {
        if !full.join("Chart.yaml").is_file() {
            return Err(SourceError::NotAChart { path: path.to_owned() });
        }
        let file = full.join("values.schema.json");
        if !file.exists() {
            return Err(SourceError::NoSchema { path: path.to_owned() });
        }
        file
    } else {
        full
    };
    let schema = read_to_string(&schema_file, MAX_FILE_BYTES)
        .map_err(|source| SourceError::Read { path: path.to_owned(), source })?;
    Ok(Chart {
        resolution: Resolution {
            source: "file",
            reference: path.to_owned(),
            digest: content_digest(schema.as_bytes()),
        },
        name: relative_name(&context.root, &schema_file),
        schema,
    })
}

/// The file or folder that `path` names, inside the project unless the context allows more.
fn locate(path: &str, context: &Context) -> Result<PathBuf, SourceError> {
    if context.allow_outside_root {
        return Ok(context.root.join(path));
    }
    husako_fs::join_contained(&context.root, path)
        .map_err(|source| SourceError::Outside { path: path.to_owned(), source })
}
