use husako_value::Number;
use proptest::prelude::*;

use super::Quantity;

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap_or_else(|_| panic!("`{text}` is a quantity"))
}

#[test]
fn what_the_server_takes() {
    for text in [
        "0",
        "1",
        "-1",
        "+1",
        "0.5",
        ".5",
        "5.",
        "1e3",
        "1E3",
        "1e+3",
        "1e-3",
        "1Ki",
        "1k",
        "1E",
        "1Ei",
        "1n",
        "1u",
        "1m",
        "1.5Gi",
        "5.Ki",
        "00012",
        "+",
        "-",
        ".",
        "Ki",
        "e3",
        "m",
        "0.0001",
        "100000000000000000000000000000",
        "1e2147483648",
        "0e-10",
        "-0",
    ] {
        assert!(Quantity::parse(text).is_ok(), "`{text}`");
    }
}

#[test]
fn what_the_server_refuses() {
    for text in [
        "", " 1", "1 ", "1K", "1e", "1GB", "1GiB", "1 Gi", "1gi", "1kk", "1kI", "1,5", "--1",
        "+-1", "0x10", "abc", "1.1.1", "1e3Ki", "1e1.5", "1ee3", "1Ki3", "1m5", "1e3-", "٣",
        "e-10", ".e-10", "1i", "true",
    ] {
        assert!(Quantity::parse(text).is_err(), "`{text}`");
    }
}

#[test]
fn amounts() {
    let ascending = [
        "-1e40", "-1Gi", "-1", "-1n", "0", "1n", "1u", "1m", "0.25", "500m", "1", "1.5", "1k",
        "1Ki", "1M", "1Mi", "1Gi", "1.5Gi", "1T", "1E", "1Ei", "1e28", "1e40",
    ];
    for pair in ascending.windows(2) {
        assert!(quantity(pair[0]) < quantity(pair[1]), "{pair:?}");
    }
    for (a, b) in [
        ("1", "1000m"),
        ("1Ki", "1024"),
        ("0.5Gi", "512Mi"),
        ("1e3", "1k"),
        ("1E3", "1000"),
        (".5", "500m"),
        ("5.", "5"),
        ("+", "0"),
        ("-0", "0"),
        ("1e-20", "1n"),
        ("-1e-20", "-1n"),
        ("0.0000000001", "1n"),
        ("1e60", "1e50"),
        ("0.1Ki", "102400m"),
        ("1.000000000000000000000000000001", "1.000000001"),
        ("1e2147483647", "1e99999999999"),
    ] {
        assert_eq!(quantity(a), quantity(b), "{a} and {b}");
    }
    assert_eq!(Quantity::from_number(Number::from(2_i64)), quantity("2"));
    assert_eq!(Quantity::from_number(Number::from_f64(0.5).unwrap()), quantity("500m"));
    assert_eq!(Quantity::from_number(Number::from_f64(1e22).unwrap()), quantity("1e22"));
    assert!(quantity("-1m").is_negative() && !quantity("0").is_negative());
}

/// The grammar as its documentation gives it, for texts with digits before the suffix.
fn is_documented(text: &str) -> bool {
    let number = text.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.');
    let digits = &text[..text.len() - number.len()];
    digits.matches('.').count() <= 1
        && digits.contains(|char: char| char.is_ascii_digit())
        && match number {
            "" | "n" | "u" | "m" | "k" | "M" | "G" | "T" | "P" | "E" | "Ki" | "Mi" | "Gi"
            | "Ti" | "Pi" | "Ei" => true,
            _ => number
                .strip_prefix(['e', 'E'])
                .map(|rest| rest.strip_prefix(['+', '-']).unwrap_or(rest))
                .is_some_and(|rest| {
                    !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
                }),
        }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_the_documented_grammar(text in r"[0-9]{1,3}(\.[0-9]{0,3})?[eEinumkKMGTP.+-]{0,2}[0-9]{0,2}") {
        prop_assert_eq!(Quantity::parse(&text).is_ok(), is_documented(&text), "{}", text);
    }

    #[test]
    fn any_text_is_survived(text in r"[-+0-9.eEinumkKMGTP é]{0,40}") {
        let _ = Quantity::parse(&text);
    }

    #[test]
    fn amounts_order_as_numbers(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000, unit in 0_usize..4) {
        let (suffix, factor) = [("m", 1), ("", 1000), ("k", 1_000_000), ("Ki", 1_024_000)][unit];
        let with_suffix = quantity(&format!("{a}{suffix}"));
        prop_assert_eq!(with_suffix.cmp(&quantity(&format!("{b}m"))), (a * factor).cmp(&b));
        prop_assert_eq!(with_suffix, quantity(&format!("{}m", a * factor)));
    }

    #[test]
    fn moving_the_point_changes_nothing(whole in 0_u32..10_000, fraction in 0_u32..1000) {
        let text = format!("{whole}.{fraction:03}");
        prop_assert_eq!(quantity(&text), quantity(&format!("{whole}{fraction:03}m")));
        prop_assert_eq!(quantity(&format!("{text}k")), quantity(&format!("{whole}{fraction:03}")));
        prop_assert_eq!(quantity(&format!("{text}e-3")), quantity(&format!("{whole}{fraction:03}u")));
    }
}
