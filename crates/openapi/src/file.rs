use husako_fs::{WalkLimits, read_to_string, relative_name, strip_bom, walk_files};

use crate::source::MAX_FILE_BYTES;
use crate::{Contents, Context, Resolution, Resolved, Resolving, Source, SourceError, SourceText};

/// Which files of a folder may hold custom resource definitions.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// A file with custom resource definitions, or a folder of such files.
#[derive(Clone, Debug)]
pub struct FileSource {
    /// The path, as `husako.toml` says it: relative to the project.
    pub path: String,
}

impl Source for FileSource {
    fn resolve(&self, context: Context) -> Resolving {
        let path = self.path.clone();
        Box::pin(crate::source::blocking(move || read(&path, &context)))
    }
}

fn read(path: &str, context: &Context) -> Result<Resolved, SourceError> {
    let full = crate::source::locate(path, context)?;
    let failed = |source| SourceError::Read { path: path.to_owned(), source };
    let files = if full.is_dir() {
        walk_files(&full, &EXTENSIONS, &WalkLimits::default()).map_err(failed)?.files
    } else {
        vec![full.clone()]
    };
    if files.is_empty() {
        return Err(SourceError::Empty {
            path: path.to_owned(),
            expected: "`.yaml`, `.yml` or `.json` file with custom resource definitions",
        });
    }
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        if context.cancel.is_cancelled() {
            return Err(SourceError::Cancelled);
        }
        let text = read_to_string(&file, MAX_FILE_BYTES).map_err(failed)?;
        let name = relative_name(&context.root, &file);
        texts.push(SourceText { name, text: strip_bom(&text).to_owned() });
    }
    Ok(Resolved {
        resolution: Resolution {
            source: "file",
            reference: path.to_owned(),
            digest: crate::source::digest_of(&texts),
        },
        contents: Contents::CustomResources(texts),
    })
}
