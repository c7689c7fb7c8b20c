use std::path::{Path, PathBuf};

use husako_fs::{WalkLimits, relative_name, walk_files};
use husako_source::{Context, Resolution, Resolving, SourceError, blocking};

use crate::source::digest_of;
use crate::{Contents, Resolved, Source, SourceText};

/// A folder of OpenAPI v3 documents as an API server serves them, in any layout of folders: the
/// JSON files that are OpenAPI documents count, all others (an index, discovery documents) are
/// passed over.
#[derive(Clone, Debug)]
pub struct SpecDir {
    /// The folder, absolute: it was given on the command line.
    pub path: PathBuf,
}

impl Source for SpecDir {
    fn resolve(&self, context: Context) -> Resolving<Resolved> {
        let path = self.path.clone();
        blocking(move || read(&path, &context))
    }
}

fn read(path: &Path, context: &Context) -> Result<Resolved, SourceError> {
    let shown = relative_name(&context.root, path);
    let files = walk_files(path, &["json"], &WalkLimits::default())
        .map_err(|source| SourceError::Read { path: shown.clone(), source })?
        .files;
    let mut texts = Vec::new();
    for file in files {
        let text = context.read(&file, &shown)?;
        if is_openapi_v3(&text) {
            texts.push(SourceText { name: relative_name(path, &file), text });
        }
    }
    if texts.is_empty() {
        return Err(SourceError::Missing {
            path: shown,
            expected: "OpenAPI v3 document (`.json`)",
        });
    }
    let digest = digest_of(&texts);
    Ok(Resolved {
        resolution: Resolution { source: "spec-dir", reference: shown, digest },
        contents: Contents::OpenApi(texts),
    })
}

/// Whether the first key of the JSON object is `openapi` with a version 3, as servers write it.
fn is_openapi_v3(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix('{') else { return false };
    let Some(rest) = rest.trim_start().strip_prefix("\"openapi\"") else {
        // Another order of keys: rare, so the whole text may be looked through.
        return text.contains("\"openapi\"") && text.contains("\"components\"");
    };
    let Some(rest) = rest.trim_start().strip_prefix(':') else { return false };
    rest.trim_start().starts_with("\"3")
}

#[cfg(test)]
mod tests {
    use super::is_openapi_v3;

    #[test]
    fn only_openapi_documents_count() {
        assert!(is_openapi_v3(r#"{"openapi":"3.0.0","info":{}}"#));
        assert!(is_openapi_v3("{\n  \"openapi\" : \"3.1.0\"}"));
        assert!(is_openapi_v3(r#"{"components":{},"openapi":"3.0.0"}"#));
        assert!(!is_openapi_v3(r#"{"openapi":"2.0"}"#));
        assert!(!is_openapi_v3(r#"{"kind":"APIGroupList"}"#));
        assert!(!is_openapi_v3("[]"));
    }
}
