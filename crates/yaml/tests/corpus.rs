//! Real custom resource definitions and values of charts, in the folder that `HUSAKO_CORPUS` names.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use husako_yaml::{Document, Limits, emit_documents, parse};

fn files(folder: &Path, accept: &dyn Fn(&Path) -> bool, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, accept, found);
        } else if accept(&path) {
            found.push(path);
        }
    }
}

/// Parses every file, emits what it holds and parses that.
fn check(folder: &str, accept: &dyn Fn(&Path) -> bool) -> Option<usize> {
    let corpus = PathBuf::from(env::var_os("HUSAKO_CORPUS")?);
    let mut paths = Vec::new();
    files(&corpus.join(folder), accept, &mut paths);
    let mut documents = 0;
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let parsed = parse(&text, &Limits::default())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let values = || parsed.iter().map(|Document { value, .. }| value);
        let mut emitted = String::new();
        emit_documents(values(), &mut emitted).unwrap();
        let again = parse(&emitted, &Limits::default()).unwrap();
        assert!(again.iter().map(|document| &document.value).eq(values()), "{}", path.display());
        documents += parsed.len();
    }
    Some(documents)
}

#[test]
fn custom_resource_definitions() {
    let is_yaml = |path: &Path| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    if let Some(documents) = check("crds", &is_yaml) {
        assert!(documents > 100, "{documents}");
    }
}

#[test]
fn values_of_charts() {
    let is_values = |path: &Path| path.file_name().is_some_and(|name| name == "values.yaml");
    if let Some(documents) = check("charts", &is_values) {
        assert!(documents > 20, "{documents}");
    }
}
