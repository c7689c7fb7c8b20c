//! Every example renders to what stands in its `expected` folder.
//!
//! `HUSAKO_BLESS=1` writes the expected files anew.

use std::path::{Path, PathBuf};

use husako_test_support::{Run, copy_project, husako};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
fn examples_render_as_expected() {
    let mut seen = 0;
    for entry in std::fs::read_dir(examples()).unwrap() {
        let example = entry.unwrap().path();
        if !example.join("husako.toml").is_file() {
            continue;
        }
        seen += 1;
        let directory = tempfile::tempdir().unwrap();
        copy_project(&example, directory.path());
        let mut command = husako();
        command.current_dir(directory.path()).args(["render", "--all", "-o", "rendered/"]);
        Run::of(command).ok();
        let rendered = directory.path().join("rendered");
        let expected = example.join("expected");
        if std::env::var_os("HUSAKO_BLESS").is_some() {
            std::fs::create_dir_all(&expected).unwrap();
            for name in files(&rendered) {
                std::fs::copy(rendered.join(&name), expected.join(&name)).unwrap();
            }
        }
        assert_eq!(files(&rendered), files(&expected), "{}", example.display());
        for name in files(&rendered) {
            assert_eq!(
                std::fs::read_to_string(rendered.join(&name)).unwrap(),
                std::fs::read_to_string(expected.join(&name)).unwrap(),
                "{} of {}",
                name,
                example.display()
            );
        }
    }
    assert_eq!(seen, 4);
}
