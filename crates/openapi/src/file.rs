use husako_fs::{WalkLimits, relative_name, walk_files};
use husako_source::{Context, Resolution, Resolving, SourceError, blocking};

use crate::source::digest_of;
use crate::{Contents, Resolved, Source, SourceText};

/// Which files of a folder may hold custom resource definitions.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// A file with custom resource definitions, or a folder of such files.
#[derive(Clone, Debug)]
pub struct FileSource {
    /// The path, as `husako.toml` says it: relative to the project.
    pub path: String,
}

impl Source for FileSource {
    fn resolve(&self, context: Context) -> Resolving<Resolved> {
        let path = self.path.clone();
        blocking(move || read(&path, &context))
    }
}

fn read(path: &str, context: &Context) -> Result<Resolved, SourceError> {
    let full = context.locate(path)?;
    let files = if full.is_dir() {
        walk_files(&full, &EXTENSIONS, &WalkLimits::default())
            .map_err(|source| SourceError::Read { path: path.to_owned(), source })?
            .files
    } else {
        vec![full]
    };
    if files.is_empty() {
        return Err(SourceError::Missing {
            path: path.to_owned(),
            expected: "`.yaml`, `.yml` or `.json` file with custom resource definitions",
        });
    }
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let text = context.read(&file, path)?;
        texts.push(SourceText { name: relative_name(&context.root, &file), text });
    }
    let digest = digest_of(&texts);
    Ok(Resolved {
        resolution: Resolution { source: "file", reference: path.to_owned(), digest },
        contents: Contents::CustomResources(texts),
    })
}
