use husako_value::{Map, Number, Value};

use super::{Document, parse};
use crate::{DuplicateKeys, Limits, ParseError, ParseErrorKind};

#[track_caller]
fn documents(text: &str) -> Vec<Document> {
    parse(text, &Limits::default()).unwrap()
}

#[track_caller]
fn value(text: &str) -> Value {
    let mut documents = documents(text);
    assert_eq!(documents.len(), 1, "{text:?}");
    documents.remove(0).value
}

#[track_caller]
fn error(text: &str) -> ParseError {
    parse(text, &Limits::default()).unwrap_err()
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

fn list<const N: usize>(items: [Value; N]) -> Value {
    Value::Array(items.into())
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(Map::keys).into_iter().flatten().collect()
}

#[test]
fn a_manifest() {
    let text = "# head\napiVersion: v1 # first\nmetadata:\n  labels: {a: \"1\", b: 'it''s'}\nports:\n- port: 80\n  on: yes\n- []\ntext: |\n  a\n   b\n\nempty:\nfolded: >-\n  c\n  d\n";
    let expected = object([
        ("apiVersion", "v1".into()),
        ("metadata", object([("labels", object([("a", "1".into()), ("b", "it's".into())]))])),
        ("ports", list([object([("port", 80.into()), ("true", true.into())]), list([])])),
        ("text", "a\n b\n".into()),
        ("empty", Value::Null),
        ("folded", "c d".into()),
    ]);
    let parsed = value(text);
    assert_eq!(parsed, expected);
    assert_eq!(keys(&parsed), ["apiVersion", "metadata", "ports", "text", "empty", "folded"]);
    // Line ends of Windows and a byte order mark change nothing.
    assert_eq!(value(&text.replace('\n', "\r\n")), expected);
    assert_eq!(value(&format!("\u{feff}{text}")), expected);
    // JSON is YAML.
    assert_eq!(
        value("{\"a\":[1,-2.5,null,{\"b\":\"\\u00e9\\n\"}]}"),
        object([(
            "a",
            list([
                1.into(),
                Number::from_f64(-2.5).unwrap().into(),
                Value::Null,
                object([("b", "é\n".into())])
            ])
        )])
    );
}

#[test]
fn streams() {
    let text =
        "# only a comment\n---\n\n# above\na: 1\n---\n---\n~\n...\n--- |\n b\n---\n# nothing\n";
    assert_eq!(
        documents(text),
        [
            Document { value: object([("a", 1.into())]), line: 5 },
            Document { value: Value::Null, line: 8 },
            Document { value: "b\n".into(), line: 11 },
        ]
    );
    for text in ["", "\n", "# a\n", "---\n", "---\n---\n", "\u{feff}"] {
        assert_eq!(documents(text), [], "{text:?}");
    }
}

#[test]
fn a_block_scalar_without_a_last_line_feed() {
    assert_eq!(value("a: |\n  x"), object([("a", "x".into())]));
    assert_eq!(value("a: |\n  x\n   y"), object([("a", "x\n y".into())]));
    assert_eq!(value("a: |\n  x\n  "), object([("a", "x\n".into())]));
    assert_eq!(value("a: |\n  x\n   "), object([("a", "x\n ".into())]));
    assert_eq!(value("a: >+\n  x\n  y"), object([("a", "x y".into())]));
    assert_eq!(value("a: |\n  x\n"), object([("a", "x\n".into())]));
    assert_eq!(
        value("a: |\n  x\n\nb: |+\n  y\n\n"),
        object([("a", "x\n".into()), ("b", "y\n\n".into())])
    );
}

#[test]
fn keys_become_strings() {
    for (text, key) in [
        ("yes", "true"),
        ("OFF", "false"),
        ("1", "1"),
        ("0x10", "16"),
        ("18446744073709551615", "18446744073709551615"),
        ("2001-01-01", "2001-01-01"),
        ("\"~\"", "~"),
        ("!!str ~", "~"),
        ("!!binary Zm9v", "foo"),
        // Floats are rounded to single precision on the way.
        ("1.50", "1.5"),
        ("100000.0", "100000"),
        ("1e6", "1e+06"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("123456789.5", "1.2345679e+08"),
        ("3.14159265358979", "3.1415927"),
        (".NaN", ".nan"),
        ("-.Inf", "-.inf"),
        ("1e300", ".inf"),
    ] {
        for text in [format!("{text}: 1\n"), format!("? {text}\n: 1\n"), format!("{{{text}: 1}}\n")]
        {
            assert_eq!(value(&text), object([(key, 1.into())]), "{text}");
        }
    }
    assert_eq!(value("&a b: 1\nc: *a\n"), object([("b", 1.into()), ("c", "b".into())]));
    assert_eq!(value("a: &b 1.0\n*b : 2\n"), object([("a", 1.into()), ("1", 2.into())]));
}

#[test]
fn keys_that_json_cannot_hold() {
    for (text, message) in [
        ("a: 1\n~: 2\n", "line 2, column 1: null cannot be a key"),
        (": 2\n", "line 1, column 1: null cannot be a key"),
        ("? [a]\n: 2\n", "line 1, column 3: a list cannot be a key"),
        ("{{a: b}: c}", "line 1, column 2: an object cannot be a key"),
        ("a: &x [1]\n*x : 1\n", "line 2, column 1: a list cannot be a key"),
    ] {
        assert_eq!(error(text).to_string(), message);
    }
}

#[test]
fn duplicate_keys() {
    let text = "a: 1\nb:\n  c: 1\n  d: 2\n  'c': 3\nb: 4\n";
    let found = error(text);
    assert_eq!(found.to_string(), "line 5, column 3: duplicate key `c`, first set at line 3");
    assert_eq!((found.line(), found.column()), (5, 3));
    assert_eq!(error("yes: 1\ntrue: 2\n").message(), "duplicate key `true`, first set at line 1");

    let limits = Limits { duplicate_keys: DuplicateKeys::LastWins, ..Limits::default() };
    let parsed = parse(text, &limits).unwrap().remove(0).value;
    assert_eq!(parsed, object([("a", 1.into()), ("b", 4.into())]));
    assert_eq!(keys(&parsed), ["a", "b"]);

    let lines: Vec<String> = (0..40).map(|key| format!("k{}: {key}\n", key % 39)).collect();
    let many = lines.concat();
    assert_eq!(
        error(&many).to_string(),
        "line 40, column 1: duplicate key `k0`, first set at line 1"
    );
    assert_eq!(parse(&many, &limits).unwrap()[0].value.get("k0"), Some(&39.into()));
}

#[test]
fn anchors_and_aliases() {
    assert_eq!(
        value("a: &a {x: [1]}\nb: *a\nc: &a 2\nd: [*a, &e e, *e]\n"),
        object([
            ("a", object([("x", list([1.into()]))])),
            ("b", object([("x", list([1.into()]))])),
            ("c", 2.into()),
            ("d", list([2.into(), "e".into(), "e".into()])),
        ])
    );
    assert_eq!(value("- &a\n- *a\n"), list([Value::Null, Value::Null]));
    assert_eq!(
        error("a: &a [1, *a]\n").to_string(),
        "line 1, column 11: alias stands within its own anchor"
    );
    assert_eq!(error("a: *b\n").line(), 1);
    assert_eq!(error("--- &a 1\n--- *a\n").line(), 2);
}

#[test]
fn merges_set_their_keys_in_order() {
    let base = "a: &a {x: 1, y: 2}\nb: &b {x: 3, z: 4}\n";
    for (text, x) in [
        ("c:\n  <<: *a\n  x: 9\n", 9),
        // As kubectl and Helm have it, and not the draft of `<<`.
        ("c:\n  x: 9\n  <<: *a\n", 1),
        ("c:\n  <<: [*a, *b]\n", 1),
        ("c:\n  <<: [*b, *a]\n", 3),
        ("c:\n  <<: *a\n  <<: *b\n", 3),
        ("c:\n  <<: {x: 5, <<: *a}\n", 1),
        ("c:\n  !!merge <<: *a\n", 1),
    ] {
        let parsed = value(&format!("{base}{text}"));
        assert_eq!(parsed.get_path(&["c", "x"]), Some(&x.into()), "{text}");
    }
    assert_eq!(
        keys(value("a: &a {x: 1, v: 2}\nb: {z: 0, <<: *a, w: 3}\n").get("b").unwrap()),
        ["z", "x", "v", "w"]
    );
    assert_eq!(value("'<<': {x: 1}\n"), object([("<<", object([("x", 1.into())]))]));
    assert_eq!(value("!a <<: {x: 1}\n"), object([("<<", object([("x", 1.into())]))]));
    assert_eq!(value("<<: []\na: <<\n"), object([("a", "<<".into())]));
    for text in ["<<: 1\n", "<<:\n", "<<: [1]\n", "<<: a\n"] {
        assert!(matches!(error(text).kind(), ParseErrorKind::InvalidMerge), "{text}");
    }
    assert!(matches!(
        error("<<: {a: 1}\nb: 1\nb: 2\n").kind(),
        ParseErrorKind::DuplicateKey { .. }
    ));
}

#[test]
fn tags() {
    for (text, expected) in [
        ("!!str 5", "5".into()),
        ("!!str", "".into()),
        ("!!str ~", "~".into()),
        ("! 5", "5".into()),
        ("!a 5", "5".into()),
        ("!a", "".into()),
        ("!!value =", "=".into()),
        ("!!int '0x10'", 16.into()),
        ("!<tag:yaml.org,2002:int> 7", 7.into()),
        ("!!float 3", 3.into()),
        ("!!bool 'no'", false.into()),
        ("!!null ''", Value::Null),
        ("!!timestamp 2001-01-01", "2001-01-01".into()),
        ("!!binary Zm9v", "foo".into()),
        ("!!binary |\n  Zm9v\n  YmFy\n", "foobar".into()),
        ("!!set {a, b}", object([("a", Value::Null), ("b", Value::Null)])),
        ("!a [!b {}]", list([object([])])),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
    for (text, message) in [
        ("a: !!int x", "line 1, column 10: invalid !!int value: `x`"),
        ("a: !!int 5.5", "line 1, column 10: invalid !!int value: `5.5`"),
        ("!!float x", "line 1, column 9: invalid !!float value: `x`"),
        ("!!bool 1", "line 1, column 8: invalid !!bool value: `1`"),
        ("!!null x", "line 1, column 8: invalid !!null value: `x`"),
        ("!!timestamp x", "line 1, column 13: invalid !!timestamp value: `x`"),
        ("!!binary x", "line 1, column 10: invalid !!binary value: `x`"),
        ("!!binary /w==", "line 1, column 10: invalid !!binary value: `/w==`"),
        ("!!float .inf", "line 1, column 9: number is not finite: `.inf`"),
    ] {
        assert_eq!(error(text).to_string(), message);
    }
}

#[test]
fn numbers_that_json_cannot_hold() {
    assert_eq!(error("a: -.inf").to_string(), "line 1, column 4: number is not finite: `-.inf`");
    assert_eq!(
        error("a:\n- 18446744073709551616\n").to_string(),
        "line 2, column 3: integer does not fit in 64 bits (quote it if it is a string): `18446744073709551616`"
    );
}

#[test]
fn errors_have_a_place() {
    let found = error("a: 1\nb: [1,\n");
    assert_eq!(found.message(), "invalid YAML: unclosed bracket '['");
    assert_eq!((found.line(), found.column()), (2, 4));
    assert!(!found.looks_like_template());
    for template in
        ["a: b\n{{- if .Values.x }}\nc: d\n{{- end }}\n", "a: {{ .Values.x }}\n", "{{ .x }}\n"]
    {
        assert!(error(template).looks_like_template(), "{template}");
    }
    for text in [
        "a: b: c",
        "a:\n\t- b\n",
        "\"",
        "'",
        "[",
        "{",
        "a: |x",
        "&",
        "*",
        "!<",
        "%YAML",
        "- a\nb: c",
        "@",
        "`",
        "\0",
        "a\u{1}",
    ] {
        assert!(parse(text, &Limits::default()).is_err(), "{text:?}");
    }
}

#[test]
fn depth_is_bounded() {
    let levels = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    assert!(parse(&levels(128), &Limits::default()).is_ok());
    for text in [
        levels(129),
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<Vec<_>>().concat(),
    ] {
        let found = error(&text);
        assert!(
            matches!(
                found.kind(),
                ParseErrorKind::TooDeep { max: 128 } | ParseErrorKind::InvalidKey { .. }
            ),
            "{found}"
        );
    }
    // Aliases nest too.
    let cascade: String = (1..200)
        .fold("- &a0 []\n".into(), |text, level| format!("{text}- &a{level} [*a{}]\n", level - 1));
    assert!(matches!(error(&cascade).kind(), ParseErrorKind::TooDeep { max: 128 }));
    let limits = Limits { max_depth: usize::MAX, ..Limits::default() };
    assert!(parse(&levels(1_000), &limits).is_ok());
    assert!(parse(&levels(1_001), &limits).is_err());
}

#[test]
fn expansion_is_bounded() {
    let bomb: String = (1..30).fold("- &a0 [x, x]\n".into(), |text, level| {
        format!("{text}- &a{level} [*a{}, *a{}]\n", level - 1, level - 1)
    });
    assert!(matches!(error(&bomb).kind(), ParseErrorKind::TooManyNodes { .. }));
    let long = format!("- &a {}\n{}", "x".repeat(100_000), "- *a\n".repeat(1_000));
    assert!(matches!(error(&long).kind(), ParseErrorKind::TooLarge { .. }));

    let limits = Limits { max_nodes: 4, max_bytes: 20, ..Limits::default() };
    assert!(parse("[1, 2, 3]", &limits).is_ok());
    assert!(matches!(
        parse("[1, 2, 3, 4]", &limits).unwrap_err().kind(),
        ParseErrorKind::TooManyNodes { max: 4 }
    ));
    assert!(matches!(
        parse("a: 12345678901234567890", &limits).unwrap_err().kind(),
        ParseErrorKind::TooLarge { max: 20 }
    ));
    // The number of values is that of the whole stream.
    assert!(parse("1\n---\n2\n---\n3\n---\n4\n---\n5\n", &limits).is_err());
}
