use husako_fs::{content_digest, relative_name};
use husako_source::{Context, Resolution, Resolving, SourceError, blocking};

use crate::{Chart, Source};

/// A chart folder that has a `values.schema.json`, or such a file itself.
#[derive(Clone, Debug)]
pub struct FileSource {
    /// The path, as `husako.toml` says it: relative to the project.
    pub path: String,
}

impl Source for FileSource {
    fn resolve(&self, context: Context) -> Resolving<Chart> {
        let path = self.path.clone();
        blocking(move || read(&path, &context))
    }
}

fn read(path: &str, context: &Context) -> Result<Chart, SourceError> {
    let mut file = context.locate(path)?;
    if file.is_dir() {
        file.push("values.schema.json");
        if !file.exists() {
            let expected = "`values.schema.json`";
            return Err(SourceError::Missing { path: path.to_owned(), expected });
        }
    }
    let schema = context.read(&file, path)?;
    let digest = content_digest(schema.as_bytes());
    Ok(Chart {
        resolution: Resolution { source: "file", reference: path.to_owned(), digest },
        name: relative_name(&context.root, &file),
        schema,
    })
}
