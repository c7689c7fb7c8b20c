//! What go-yaml 2 makes of each text, as observed through `sigs.k8s.io/yaml` 1.6.

use husako_value::Number;

use super::{Resolved, resolve};

#[track_caller]
fn integers(cases: &[(&str, i64)]) {
    for (text, expected) in cases {
        assert_eq!(resolve(text), Resolved::Integer(Number::from(*expected)), "{text}");
    }
}

#[test]
fn words() {
    for text in ["", "~", "null", "Null", "NULL"] {
        assert_eq!(resolve(text), Resolved::Null, "{text}");
    }
    for text in ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"] {
        assert_eq!(resolve(text), Resolved::Bool(true), "{text}");
    }
    for text in ["n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"] {
        assert_eq!(resolve(text), Resolved::Bool(false), "{text}");
    }
    for text in ["yEs", "nULL", "tRue", "oN", "oFF", "nil", "none", "<<", "=", "inf", "nan"] {
        assert_eq!(resolve(text), Resolved::Text, "{text}");
    }
}

#[test]
fn integers_of_all_bases() {
    integers(&[
        ("0", 0),
        ("-0", 0),
        ("+1", 1),
        ("00", 0),
        ("012", 10),
        ("-012", -10),
        ("0755", 493),
        ("0o17", 15),
        ("-0O17", -15),
        ("0b101", 5),
        ("0B11", 3),
        ("0x1F", 31),
        ("-0X1f", -31),
        ("0x_1F", 31),
        ("1_000", 1_000),
        ("1__0_", 10),
        ("0_7", 7),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        ("-0x8000000000000000", i64::MIN),
    ]);
    for text in ["18446744073709551615", "0xffffffffffffffff", "01777777777777777777777"] {
        assert_eq!(resolve(text), Resolved::Integer(Number::from(u64::MAX)), "{text}");
    }
}

#[test]
fn floats() {
    for (text, expected) in [
        ("1e3", 1e3),
        ("1E+3", 1e3),
        ("1_0.5_0", 10.5),
        ("5.", 5.0),
        ("-5.", -5.0),
        (".5", 0.5),
        ("+.5", 0.5),
        (".5e-1", 0.05),
        (".5_0", 0.5),
        ("08", 8.0),
        ("-09", -9.0),
        ("1e-400", 0.0),
        (".inf", f64::INFINITY),
        ("+.INF", f64::INFINITY),
        ("-.Inf", f64::NEG_INFINITY),
    ] {
        assert_eq!(resolve(text), Resolved::Float(expected), "{text}");
    }
    assert!(matches!(resolve(".NaN"), Resolved::Float(number) if number.is_nan()));
}

#[test]
fn integers_that_would_lose_digits() {
    for text in [
        "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "02000000000000000000000",
        "0999999999999999999999",
    ] {
        assert_eq!(resolve(text), Resolved::TooLarge, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_number() {
    for text in [
        "1:30",
        "2001-01-01",
        "2001-12-14t21:59:43.10-05:00",
        "1.2.3",
        "10Gi",
        "1e",
        "1e+",
        ".",
        "..",
        "-",
        "+",
        "-.",
        ".e3",
        ".5_",
        "._5",
        "0x",
        "0xG",
        "0b2",
        "0o8",
        "_1",
        "1,000",
        "1e400",
        "-1e400",
        ".5e400",
        "0x1ffffffffffffffff",
        "+.nan",
        ".iNf",
        "++1",
        "+-1",
        "0x-1",
        "1 000",
        "0x1p2",
    ] {
        assert_eq!(resolve(text), Resolved::Text, "{text}");
    }
}
