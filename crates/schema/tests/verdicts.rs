//! The validator against the verdicts of a real API server, in the folder that `HUSAKO_CORPUS`
//! names, and nothing where it is unset.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail them")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use husako_schema::store::{self, Store};
use husako_schema::validate::{Rule, Validator};
use husako_schema::{GroupVersionKind, Layout, crd, layout, openapi};
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

    fn percent(&self) -> usize {
        self.agree * 100 / self.total().max(1)
    }
}

/// What a schema decides, and the share in percent that agrees at least. What is missing there is
/// what a server knows beyond the schema.
const FLOORS: &[(&str, usize)] = &[
    ("bad-int-or-string", 95),
    ("bad-quantity", 97),
    ("composition", 100),
    ("embedded-resource", 100),
    ("enum", 99),
    ("format", 94),
    ("length", 100),
    ("list-map-key-missing", 100),
    ("missing-required", 100),
    ("null", 88),
    ("number-form", 95),
    ("open-unknown", 100),
    ("pattern", 100),
    ("range", 87),
    ("set-dup", 95),
    ("status", 97),
    ("unknown-field", 100),
    ("wrong-type", 97),
    ("~built-in", 62),
    ("~custom", 88),
];

#[test]
fn agreement_with_a_real_server() {
    let Some(file) = corpus("verdicts/manifests.jsonl") else { return };
    let store = server().unwrap();
    let validator = Validator::new(&store).for_json();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut refused = Vec::new();
    for line in fs::read_to_string(file).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let class = text(&line["class"]);
        // The verdict of the first depends on what the server has; the second cannot be read.
        if class == "cluster-state" || class == "duplicate-key" {
            continue;
        }
        let accepted = line["accepted"].as_bool().unwrap();
        let document: Value = serde_json::from_str(&line["manifest"].to_string()).unwrap();
        let violations = validator.validate(&document);
        let gvk = &line["gvk"];
        let kind = GroupVersionKind::new(
            &text(&gvk["group"]),
            &text(&gvk["version"]),
            &text(&gvk["kind"]),
        );
        let origin = if store.kind(&kind).unwrap().custom { "~custom" } else { "~built-in" };
        for class in [&*class, origin, "~~all"] {
            let count = counts.entry(class.to_owned()).or_default();
            match (accepted, violations.is_empty()) {
                (true, true) | (false, false) => count.agree += 1,
                (false, true) => count.accepts_bad += 1,
                (true, false) => count.rejects_good += 1,
            }
        }
        // What a request says of itself by its URL, a document has to say.
        if accepted && violations.iter().any(|violation| violation.rule != Rule::Identity) {
            let said: Vec<String> = violations.iter().map(ToString::to_string).collect();
            refused.push(format!("{} {class} {}: {said:?}", line["id"], line["mutation"]));
        }
    }
    println!("class                  lines agree % accepts bad rejects good");
    for (class, count) in &counts {
        println!(
            "{class:22} {:>5} {:>7} {:>11} {:>12}",
            count.total(),
            count.percent(),
            count.accepts_bad,
            count.rejects_good
        );
    }
    assert_eq!(refused, [""; 0], "what the server accepts");
    for (class, floor) in FLOORS {
        assert!(counts[*class].percent() >= *floor, "{class}: {}", counts[*class].percent());
    }
}

/// A server names the fields that it does not know and does not find; so do we.
#[test]
fn places_are_those_of_the_server() {
    let Some(file) = corpus("verdicts/manifests.jsonl") else { return };
    let store = server().unwrap();
    let validator = Validator::new(&store).for_json();
    let (mut same, mut other) = (0, Vec::new());
    for line in fs::read_to_string(file).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        if !matches!(line["class"].as_str(), Some("unknown-field" | "enum" | "pattern")) {
            continue;
        }
        let Some(field) = line["causes"][0]["field"].as_str() else { continue };
        let document: Value = serde_json::from_str(&line["manifest"].to_string()).unwrap();
        let violations = validator.validate(&document);
        // The server writes keys of any kind after a point.
        let plain = |path: String| {
            path.trim_start_matches(['$', '.']).replace("[\"", ".").replace("\"]", "")
        };
        if violations.iter().any(|violation| plain(violation.path.to_string()) == field) {
            same += 1;
        } else {
            other.push(format!("{} {field}: {violations:?}", line["id"]));
        }
    }
    println!("{same} the same\n{}", other.join("\n"));
    assert!(same * 100 >= (same + other.len()) * 97);
}
