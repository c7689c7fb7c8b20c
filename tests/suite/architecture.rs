//! The picture in `ARCHITECTURE.md` is true: the crates, and the only arrows between them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `name ─► a, b` on each line of the first block after "## Crates".
fn picture() -> Arrows {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let section = text.split("## Crates").nth(1).unwrap();
    let block = section.split("```").nth(1).unwrap();
    let mut arrows = Arrows::new();
    for line in block.lines() {
        let Some((name, targets)) = line.split_once("─► ") else { continue };
        let name = name.split_whitespace().last().unwrap().to_owned();
        let targets = targets
            .split("  ")
            .next()
            .unwrap()
            .split(',')
            .map(|target| target.trim().to_owned())
            .filter(|target| target != "(none)")
            .collect();
        assert!(arrows.insert(name, targets).is_none(), "{line} stands twice");
    }
    arrows
}

fn reality() -> Arrows {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let short = |name: &str| match name {
        "husako" => "cli".to_owned(),
        name => name.trim_start_matches("husako-").to_owned(),
    };
    let mut arrows = Arrows::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if name == "husako-bench" {
            continue;
        }
        let targets = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            // What only tests use points anywhere.
            .filter(|dependency| dependency["kind"] != "dev")
            .filter_map(|dependency| dependency["name"].as_str())
            .filter(|name| name.starts_with("husako-"))
            .map(short)
            .collect();
        arrows.insert(short(name), targets);
    }
    arrows
}

#[test]
fn the_picture_is_true() {
    assert_eq!(picture(), reality());
}

#[test]
fn arrows_point_down() {
    let arrows = picture();
    let mut layer: BTreeMap<&str, usize> = BTreeMap::new();
    while layer.len() < arrows.len() {
        let before = layer.len();
        for (name, targets) in &arrows {
            if targets.iter().all(|target| layer.contains_key(target.as_str())) {
                let above = targets.iter().map(|target| layer[target.as_str()] + 1).max();
                layer.insert(name, above.unwrap_or(0));
            }
        }
        assert!(layer.len() > before, "there is a circle among {arrows:?}");
    }
}
