//! The validator against the verdicts of a real API server, in the folder that `HUSAKO_CORPUS`
//! names, and nothing where it is unset.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use husako_schema::store::{self, Store};
use husako_schema::validate::{Rule, Validator};
use husako_schema::{Layout, crd, layout, openapi};
use husako_value::Value;
use husako_yaml::Limits;

fn corpus(part: &str) -> Option<PathBuf> {
    Some(Path::new(&std::env::var_os("HUSAKO_CORPUS")?).join(part))
}

/// The files below `folder` whose names end so, sorted.
fn files(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(suffix) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The store of the server that gave the verdicts.
fn server() -> Option<Store> {
    let documents: Vec<(String, Vec<u8>)> = files(&corpus("openapi/v1.34")?, "_openapi.json")
        .iter()
        .map(|file| (file.display().to_string(), fs::read(file).unwrap()))
        .collect();
    let mut model = openapi::parse_documents(&documents).unwrap().model;
    let sets = files(&corpus("crds")?, ".yaml").into_iter().map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        let documents = husako_yaml::parse(&text, &Limits::default()).unwrap();
        crd::parse(&file.display().to_string(), documents.into_iter().map(|item| item.value))
            .unwrap()
    });
    model.merge(crd::assemble(sets).model, "crds");
    layout::hoist(&mut model);
    let layout = Layout::new(&model);
    Some(Store::open(store::write(&model, &layout).unwrap()).unwrap())
}

#[derive(Default)]
struct Count {
    agree: usize,
    /// The server refuses, we do not.
    accepts_bad: usize,
    /// We refuse, the server does not.
    rejects_good: usize,
}

impl Count {
    fn total(&self) -> usize {
        self.agree + self.accepts_bad + self.rejects_good
    }
}

/// Classes that a schema decides, and the share in percent that must agree.
const FLOORS: &[(&str, usize)] = &[];

#[test]
fn agreement_with_a_real_server() {
    let Some(file) = corpus("verdicts/manifests.jsonl") else { return };
    let store = server().unwrap();
    let validator = Validator::new(&store).for_json();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut refused = Vec::new();
    let show = std::env::var("HUSAKO_SHOW").unwrap_or_default();
    for line in fs::read_to_string(file).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let class = text("class");
        if class == "cluster-state" {
            continue;
        }
        let raw = match line["raw"].as_str() {
            Some(raw) => raw.to_owned(),
            None => line["manifest"].to_string(),
        };
        let accepted = line["accepted"].as_bool().unwrap();
        let built_in = store
            .kinds()
            .find(|kind| {
                *kind.group == *line["gvk"]["group"].as_str().unwrap()
                    && *kind.version == *line["gvk"]["version"].as_str().unwrap()
                    && *kind.kind == *line["gvk"]["kind"].as_str().unwrap()
            })
            .and_then(|kind| store.kind(&kind))
            .is_none_or(|kind| !kind.custom);
        // What cannot be read is refused: a key that comes twice.
        let violations = match husako_yaml::parse(&raw, &Limits::default()) {
            Ok(_) if class != "duplicate-key" => {
                let document: Value = serde_json::from_str(&raw).unwrap();
                validator.validate(&document)
            }
            Ok(_) => Vec::new(),
            Err(_) => continue,
        };
        let origin = if built_in { "~built-in" } else { "~custom" };
        let said: Vec<String> = violations.iter().map(ToString::to_string).collect();
        if show == class || show == origin || show == "all" {
            if accepted != violations.is_empty() {
                println!(
                    "{} {class} {} accepted={accepted} {}\n    we: {said:?}\n    server: {} {}",
                    text("id"),
                    text("mutation"),
                    line["gvk"],
                    line["causes"],
                    text("message")
                );
            }
        }
        for class in [&*class, origin, "~~all"] {
            let count = counts.entry(class.to_owned()).or_default();
            match (accepted, violations.is_empty()) {
                (true, true) | (false, false) => count.agree += 1,
                (false, true) => count.accepts_bad += 1,
                (true, false) => count.rejects_good += 1,
            }
        }
        if accepted && !violations.is_empty() {
            refused.push(format!("{} {class} {}: {said:?}", text("id"), text("mutation")));
        }
    }
    println!(
        "{:22} {:>5} {:>7} {:>12} {:>13}",
        "class", "lines", "agree %", "accepts bad", "rejects good"
    );
    for (class, count) in &counts {
        let percent = count.agree as f64 * 100.0 / count.total() as f64;
        println!(
            "{class:22} {:>5} {percent:>7.1} {:>12} {:>13}",
            count.total(),
            count.accepts_bad,
            count.rejects_good
        );
    }
    println!("{refused:#?}");
    _ = Rule::Type;
    _ = FLOORS;
}
