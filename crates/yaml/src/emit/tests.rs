use husako_value::{Map, Number, Value};

use super::{MAX_EMIT_DEPTH, emit, emit_documents};
use crate::EmitError;

fn text(value: &Value) -> String {
    let mut out = String::new();
    emit(value, &mut out).unwrap();
    out
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

fn list<const N: usize>(items: [Value; N]) -> Value {
    Value::Array(items.into())
}

#[test]
fn lists_stand_at_the_indentation_of_their_key() {
    let value = object([
        ("apiVersion", "v1".into()),
        (
            "spec",
            object([
                (
                    "ports",
                    list([
                        object([("port", 80.into()), ("name", "http".into())]),
                        object([("port", 443.into())]),
                    ]),
                ),
                ("args", list(["-c".into(), list([list(["a".into(), "b".into()]), "c".into()])])),
                ("none", list([])),
                ("empty", object([])),
                ("nothing", Value::Null),
                ("on", true.into()),
            ]),
        ),
    ]);
    assert_eq!(
        text(&value),
        "apiVersion: v1\n\
         spec:\n  \
           ports:\n  \
           - port: 80\n    \
             name: http\n  \
           - port: 443\n  \
           args:\n  \
           - -c\n  \
           - - - a\n      \
               - b\n    \
             - c\n  \
           none: []\n  \
           empty: {}\n  \
           nothing: null\n  \
           'on': true\n"
    );
}

#[test]
fn scalars_at_the_root() {
    assert_eq!(text(&Value::Null), "null\n");
    assert_eq!(text(&"a".into()), "a\n");
    assert_eq!(text(&"a\nb\n".into()), "|\n  a\n  b\n");
    assert_eq!(text(&" a\nb\n".into()), "\" a\\nb\\n\"\n");
    assert_eq!(text(&list([])), "[]\n");
    assert_eq!(text(&list([object([])])), "- {}\n");
}

#[test]
fn literals_keep_every_line() {
    let value = object([
        ("clip", "a\n\n  b\n".into()),
        ("strip", "a\nb".into()),
        ("keep", "a\n\n".into()),
        ("indented", "  a\nb\n".into()),
        ("list", list(["x\ny".into(), " x\ny\n\n".into(), object([("z", "1\n2\n".into())])])),
    ]);
    assert_eq!(
        text(&value),
        "clip: |\n  a\n\n    b\n\
         strip: |-\n  a\n  b\n\
         keep: |+\n  a\n\n\
         indented: |2\n    a\n  b\n\
         list:\n\
         - |-\n  x\n  y\n\
         - |2+\n   x\n  y\n\n\
         - z: |\n    1\n    2\n"
    );
}

#[test]
fn quotes() {
    for (value, expected) in [
        ("it's: so", "'it''s: so'"),
        ("", "''"),
        ("\0\t\u{1b}\"\\\r\n", "\"\\0\\t\\x1b\\\"\\\\\\r\\n\""),
        ("\u{85}\u{2028}\u{feff}", "\"\\x85\\u2028\\ufeff\""),
        ("\u{1fffe}\u{1f600}", "\"\\U0001fffe\u{1f600}\""),
        ("\u{1f600}", "'\u{1f600}'"),
    ] {
        assert_eq!(text(&value.into()), format!("{expected}\n"));
    }
}

#[test]
fn numbers_are_numbers_for_all_readers() {
    for (value, expected) in [
        (Number::from(i64::MIN), "-9223372036854775808"),
        (Number::from(u64::MAX), "18446744073709551615"),
        (Number::from_f64(1.0).unwrap(), "1.0"),
        (Number::from_f64(-0.0).unwrap(), "-0.0"),
        (Number::from_f64(0.1).unwrap(), "0.1"),
        (Number::from_f64(1e21).unwrap(), "1.0e+21"),
        (Number::from_f64(1.5e300).unwrap(), "1.5e+300"),
        (Number::from_f64(-5e-324).unwrap(), "-5.0e-324"),
    ] {
        assert_eq!(text(&value.into()), format!("{expected}\n"));
    }
}

#[test]
fn long_keys_are_explicit() {
    let key = "k".repeat(1_001);
    let value = object([(
        "a",
        object([
            (key.as_str(), list([1.into()])),
            ("b\nc", 2.into()),
            ("d", object([(key.as_str(), object([("e", 3.into())]))])),
        ]),
    )]);
    assert_eq!(
        text(&value),
        format!(
            "a:\n  ? {key}\n  :\n    - 1\n  \"b\\nc\": 2\n  d:\n    ? {key}\n    :\n      e: 3\n"
        )
    );
}

#[test]
fn documents_are_separated() {
    let mut out = String::from("# head\n");
    emit_documents(&[object([("a", 1.into())]), "x".into()], &mut out).unwrap();
    assert_eq!(out, "# head\na: 1\n---\nx\n");
}

#[test]
fn too_deep_leaves_the_output_alone() {
    let nest = |levels: usize| {
        (0..levels).fold(Value::Null, |inner, level| {
            if level % 2 == 0 {
                Value::Array(vec![inner])
            } else {
                let mut map = Map::new();
                map.insert("a", inner);
                Value::Object(map)
            }
        })
    };
    let mut out = String::from("before");
    assert!(emit(&nest(MAX_EMIT_DEPTH), &mut String::new()).is_ok());
    assert_eq!(
        emit(&nest(MAX_EMIT_DEPTH + 1), &mut out),
        Err(EmitError::TooDeep { max: MAX_EMIT_DEPTH })
    );
    assert_eq!(
        emit_documents([&Value::Null, &nest(MAX_EMIT_DEPTH + 1)], &mut out),
        Err(EmitError::TooDeep { max: MAX_EMIT_DEPTH })
    );
    assert_eq!(out, "before");
}
