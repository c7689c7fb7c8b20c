//! What is emitted reads back as it was, by this crate's parser and by a reader of YAML 1.2.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use husako_value::{Map, Number, Value};
use husako_yaml::{Limits, emit, emit_documents, parse};
use proptest::prelude::*;

/// Pieces that mean something to some dialect of YAML.
const PIECES: [&str; 60] = [
    "a", "b c", "é", "😀", "0", "1", "9", "_", ".", "-", "--", "---", "...", ":", ": ", "#", " #",
    "?", "? ", "- ", "!", "&", "*", "|", ">", "'", "\"", "\\", "%", "@", "`", "[", "]", "{", "}",
    ",", "=", "<<", "~", "null", "yes", "on", "e", "E+", "x", "o", " ", "  ", "\t", "\n", "\n\n",
    "\r", "\0", "\u{1b}", "\u{85}", "\u{a0}", "\u{2028}", "\u{feff}", "\u{fffe}", "\u{7f}",
];

/// Strings that were trouble for one reader or another.
const TRAPS: [&str; 40] = [
    "",
    "no",
    "On",
    "y",
    "N",
    "~",
    "Null",
    "1e3",
    "0o17",
    "012",
    "0x1F",
    "0b1",
    "1_000",
    "1:30",
    "190:20:30.15",
    "2001-01-01",
    "2001-12-14t21:59:43.10-05:00",
    ".inf",
    "-.INF",
    ".NaN",
    "=",
    "<<",
    "e5",
    "1,000",
    "08",
    "+1",
    ".5",
    "1.",
    " a",
    "a ",
    "a\n",
    "\na",
    "  a\nb\n",
    "a\n\n",
    "a \nb",
    "a\n\tb",
    "---\n",
    "a: b\n",
    "- a\n",
    "\u{feff}a",
];

fn string() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(&TRAPS[..]).prop_map(str::to_owned),
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8)
            .prop_map(|pieces| pieces.concat()),
        "\\PC{0,12}",
        "[ -~\n]{0,40}",
        prop::collection::vec(any::<char>(), 0..6).prop_map(|chars| chars.into_iter().collect()),
    ]
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("finite", Number::from_f64),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => number().prop_map(Value::Number),
        4 => string().prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((string(), inner), 0..5)
                .prop_map(|entries| entries
                    .into_iter()
                    .map(|(key, value)| (key.into(), value))
                    .collect::<Map>())
                .prop_map(Value::Object),
        ]
    })
}

fn emitted(value: &Value) -> String {
    let mut text = String::new();
    emit(value, &mut text).unwrap();
    text
}

#[track_caller]
fn assert_round_trip(value: &Value) {
    let text = emitted(value);
    assert!(text.ends_with('\n'), "{text:?}");
    let documents = parse(&text, &Limits::default()).unwrap();
    assert_eq!(documents.len(), 1, "{text:?}");
    assert_same(&documents[0].value, value, &text);
    let other: Value =
        serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
    assert_same(&other, value, &text);
}

/// Equal, in the same order, and with numbers of the same kind.
#[track_caller]
fn assert_same(read: &Value, written: &Value, text: &str) {
    assert_eq!(format!("{read:?}"), format!("{written:?}"), "{text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values(value in value()) {
        assert_round_trip(&value);
    }

    #[test]
    fn strings_everywhere(text in string()) {
        let value = || Value::from(text.as_str());
        let mut map = Map::new();
        map.insert(text.as_str(), value());
        map.insert("list", Value::Array(vec![value(), Value::Array(vec![value()])]));
        map.insert(format!("{text}{}", "k".repeat(1_020)), Value::Array(vec![value()]));
        map.insert("last", value());
        assert_round_trip(&Value::Object(map));
    }

    #[test]
    fn streams(values in prop::collection::vec(value(), 0..4)) {
        let mut text = String::new();
        emit_documents(&values, &mut text).unwrap();
        let read: Vec<Value> = parse(&text, &Limits::default()).unwrap().into_iter().map(|document| document.value).collect();
        prop_assert_eq!(read, values);
    }

    #[test]
    fn any_text_parses_or_fails(text in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let text = text.concat();
        if let Err(error) = parse(&text, &Limits::default()) {
            prop_assert!(error.line() >= 1 && error.column() >= 1);
            prop_assert!(error.line() as usize <= text.split(['\n', '\r']).count() + 1);
        }
    }
}

#[test]
fn every_character() {
    for char in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
        // Beyond the planes in use only their ends differ.
        if u32::from(char) > 0x1_ffff && (3..0xfffd).contains(&(u32::from(char) & 0xffff)) {
            continue;
        }
        for text in [format!("{char}"), format!("a{char}b"), format!("a\n{char}b\n")] {
            let value = Value::from(text);
            let text = emitted(&value);
            assert_eq!(parse(&text, &Limits::default()).unwrap()[0].value, value, "{text:?}");
        }
    }
}
