//! The embedded document against the documents that a real API server serves.
//!
//! `HUSAKO_CORPUS` names a folder that has `openapi/v1.34` (the documents of a server as they were
//! served) and `openapi/v1.34-all` (those that differ with every API enabled). Without it the tests
//! pass unseen. Every difference between the two is named in `server-differences.txt`, under the
//! reason why it is right; a difference that is not named there fails.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

const EXPECTED: &str = include_str!("server-differences.txt");

/// Why the two may differ: a heading of the expected differences for each kind of difference.
const REASONS: &[(Difference, &str)] = &[
    (Difference::SchemaAdded, "Schemas that are newer than the server"),
    (
        Difference::SchemaRemoved,
        "Schemas that Kubernetes has removed since: alpha and beta versions",
    ),
    (Difference::FieldAdded, "Fields that are newer than the server"),
    (Difference::FieldRemoved, "Fields that Kubernetes has removed since: of alpha versions"),
    (Difference::IdentityAdded, "Group-versions that are newer than the server"),
    (Difference::Fact, "Facts in which both differ: there should be none"),
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    SchemaAdded,
    SchemaRemoved,
    FieldAdded,
    FieldRemoved,
    IdentityAdded,
    Fact,
}

/// What is said of one schema: each place of it (`spec/items`) and what its keywords say there.
type Facts = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_difference_from_a_server_is_known() {
    let Some(corpus) = corpus() else { return };
    let server = schemas_of_server(&corpus);
    let ours = schemas_of(&serde_json::from_slice(&husako_builtin::document().unwrap()).unwrap());
    assert!(server.len() > 600 && ours.len() > 800);

    let mut differences = BTreeSet::new();
    for name in server.keys().chain(ours.keys()) {
        match (ours.get(name), server.get(name)) {
            (Some(ours), Some(theirs)) => compare(name, ours, theirs, &mut differences),
            (Some(_), None) => drop(differences.insert((Difference::SchemaAdded, name.clone()))),
            _ => drop(differences.insert((Difference::SchemaRemoved, name.clone()))),
        }
    }

    let actual = render(&differences);
    if actual != EXPECTED {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("server-differences.txt");
        #[expect(clippy::disallowed_methods, reason = "the file is the test's own")]
        fs::write(&file, &actual).unwrap();
        let lines = |text: &'static str| text.lines().collect::<BTreeSet<_>>();
        let (actual, expected) = (lines(actual.leak()), lines(EXPECTED));
        panic!(
            "new: {:#?}\ngone: {:#?}\nif all of it is right, {} becomes tests/server-differences.txt",
            actual.difference(&expected).collect::<Vec<_>>(),
            expected.difference(&actual).collect::<Vec<_>>(),
            file.display(),
        );
    }
}

fn render(differences: &BTreeSet<(Difference, String)>) -> String {
    let mut text = String::from("# Written by the test `corpus`, which says how.\n");
    for (class, reason) in REASONS {
        let lines: Vec<_> = differences.iter().filter(|(of, _)| of == class).collect();
        writeln!(text, "\n# {reason}. {} in all.", lines.len()).unwrap();
        for (_, line) in lines {
            writeln!(text, "{line}").unwrap();
        }
    }
    text
}

fn compare(
    name: &str,
    ours: &Facts,
    theirs: &Facts,
    differences: &mut BTreeSet<(Difference, String)>,
) {
    let places: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    for place in places {
        let path = format!("{name}{place}");
        let (ours, theirs) = match (ours.get(place), theirs.get(place)) {
            (Some(ours), Some(theirs)) => (ours, theirs),
            // What lies below a field of only one side is not named again.
            (Some(_), None) => {
                if is_outermost(place, theirs) {
                    differences.insert((Difference::FieldAdded, path));
                }
                continue;
            }
            (None, _) => {
                if is_outermost(place, ours) {
                    differences.insert((Difference::FieldRemoved, path));
                }
                continue;
            }
        };
        for fact in ours.difference(theirs) {
            let class = if fact.starts_with("identity ") {
                Difference::IdentityAdded
            } else {
                Difference::Fact
            };
            differences.insert((class, format!("{path}: {fact}")));
        }
        for fact in theirs.difference(ours) {
            differences.insert((Difference::Fact, format!("{path}: not {fact}")));
        }
    }
}

/// Whether the place that holds `place` is one of `facts`.
fn is_outermost(place: &str, facts: &Facts) -> bool {
    place.rsplit_once('/').is_some_and(|(parent, _)| facts.contains_key(parent))
}

fn schemas_of_server(corpus: &Path) -> BTreeMap<String, Facts> {
    let mut schemas = BTreeMap::new();
    for folder in ["openapi/v1.34", "openapi/v1.34-all"] {
        for file in fs::read_dir(corpus.join(folder)).unwrap() {
            let text = fs::read(file.unwrap().path()).unwrap();
            if let Ok(document) = serde_json::from_slice(&text) {
                schemas.extend(schemas_of(&document));
            }
        }
    }
    schemas
}

fn schemas_of(document: &Value) -> BTreeMap<String, Facts> {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    schemas
        .map(|(name, schema)| {
            let mut facts = Facts::new();
            collect_facts("", schema, &mut facts);
            (name.clone(), facts)
        })
        .collect()
}

fn collect_facts(place: &str, schema: &Value, facts: &mut Facts) {
    let here: &mut BTreeSet<String> = facts.entry(place.to_owned()).or_default();
    let mut nested = Vec::new();
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("description" | husako_builtin::SCOPE_EXTENSION, _) => {}
            ("properties", Value::Object(properties)) => {
                let places =
                    properties.iter().map(|(name, property)| (format!("{place}/{name}"), property));
                nested.extend(places);
            }
            ("items" | "additionalProperties", value) => {
                nested.push((format!("{place}/<{keyword}>"), value));
            }
            ("required", Value::Array(names)) => {
                here.extend(names.iter().map(|name| format!("required {name}")));
            }
            ("x-kubernetes-group-version-kind", Value::Array(identities)) => {
                here.extend(identities.iter().map(|identity| {
                    let part = |key| identity[key].as_str().unwrap();
                    format!("identity {}/{} {}", part("group"), part("version"), part("kind"))
                }));
            }
            // A reference is wrapped where it has a description, which the versions may differ in.
            ("allOf", Value::Array(all)) if all.len() == 1 => {
                here.insert(format!("$ref {}", all[0]["$ref"]));
            }
            _ => drop(here.insert(format!("{keyword} {value}"))),
        }
    }
    for (place, schema) in nested {
        collect_facts(&place, schema, facts);
    }
}

#[test]
fn scopes_are_those_of_a_server() {
    let Some(corpus) = corpus() else { return };
    let document: Value = serde_json::from_slice(&husako_builtin::document().unwrap()).unwrap();
    let ours: BTreeMap<String, String> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|schema| {
            let scope = schema.get(husako_builtin::SCOPE_EXTENSION)?.as_str()?;
            let identity = &schema["x-kubernetes-group-version-kind"][0];
            let part = |key| identity[key].as_str().unwrap();
            let identity = format!("{}/{} {}", part("group"), part("version"), part("kind"));
            Some((identity, scope.to_owned()))
        })
        .collect();

    let mut checked = 0;
    for file in ["_aggregated_discovery_api.json", "_aggregated_discovery_apis.json"] {
        let text = fs::read(corpus.join("openapi/v1.34-all").join(file)).unwrap();
        let discovery: Value = serde_json::from_slice(&text).unwrap();
        for group in discovery["items"].as_array().unwrap() {
            let group_name = group["metadata"]["name"].as_str().unwrap_or_default();
            for version in group["versions"].as_array().unwrap() {
                for resource in version["resources"].as_array().unwrap() {
                    let kind = resource["responseKind"]["kind"].as_str().unwrap();
                    let identity =
                        format!("{group_name}/{} {kind}", version["version"].as_str().unwrap());
                    let Some(ours) = ours.get(&identity) else { continue };
                    assert_eq!(resource["scope"], **ours, "{identity}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 80, "only {checked} kinds are in both");
}

fn corpus() -> Option<PathBuf> {
    env::var_os("HUSAKO_CORPUS").map(PathBuf::from)
}
