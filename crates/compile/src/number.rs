//! Whether a number literal keeps its digits.
//!
//! JavaScript reads every number as an IEEE 754 double. `0.1` is the double next to a tenth, as
//! everyone expects, and written out again it is `0.1`. The integer `9007199254740993` silently
//! becomes `9007199254740992`: another identifier, port or size than the one in the source.

use oxc::syntax::number::NumberBase;

/// 2^53: up to here every integer is a double.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The digits that a double can have in base 2.
const MANTISSA_BITS: usize = 53;

/// Why a literal is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// It is read as another integer.
    Digits,
    /// It is beyond the largest double.
    Overflow,
}

/// What is lost of a literal that reads as `value` and stands in the source as `raw`.
pub(crate) fn loss(value: f64, raw: &str, base: NumberBase) -> Option<Loss> {
    if value.is_infinite() {
        return Some(Loss::Overflow);
    }
    if value < EXACT {
        // Fractions are rounded by their nature; integers are exact.
        return None;
    }
    let exact = match base {
        NumberBase::Decimal | NumberBase::Float => decimal_is_exact(value, raw),
        NumberBase::Binary => bits_are_exact(raw, 1),
        NumberBase::Octal => bits_are_exact(raw, 3),
        NumberBase::Hex => bits_are_exact(raw, 4),
    };
    (!exact).then_some(Loss::Digits)
}

fn decimal_is_exact(value: f64, raw: &str) -> bool {
    if raw.contains(['e', 'E']) {
        // Whoever writes `1e23` speaks of a magnitude, not of digits.
        return true;
    }
    let digits: String = raw.chars().filter(|char| *char != '_').collect();
    let (integer, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    // Without a precision the formatting of a double pads with zeros; with one it is exact.
    fraction.bytes().all(|digit| digit == b'0')
        && integer.trim_start_matches('0') == format!("{value:.0}")
}

/// Whether the digits of base 2^`bits` after `0x`, `0o` or `0b` fit the mantissa.
fn bits_are_exact(raw: &str, bits: u32) -> bool {
    let digits = raw.get(2..).unwrap_or_default();
    let mut significant = 0;
    let mut zeros = 0;
    for digit in digits.chars().filter_map(|char| char.to_digit(1 << bits)) {
        for bit in (0..bits).rev() {
            if digit >> bit & 1 == 0 {
                zeros += 1;
            } else {
                significant = if significant == 0 { 1 } else { significant + zeros + 1 };
                zeros = 0;
            }
        }
    }
    significant <= MANTISSA_BITS
}

#[cfg(test)]
mod tests {
    use oxc::syntax::number::NumberBase;

    use super::{Loss, loss};

    fn decimal(raw: &str) -> Option<Loss> {
        loss(raw.replace('_', "").parse().unwrap(), raw, NumberBase::Decimal)
    }

    #[test]
    fn decimals() {
        for exact in [
            "0",
            "0.1",
            "1.7976931348623157e308",
            "9007199254740991",
            "9_007_199_254_740_992",
            "9007199254740994",
            "9007199254740992.00",
            "18446744073709551616",
            "1000000000000000000000",
            "1e21",
            "1e23",
            "123456.789012345678901234567890",
        ] {
            assert_eq!(decimal(exact), None, "{exact}");
        }
        for lossy in [
            "9007199254740993",
            "9_007_199_254_740_993",
            "9007199254740992.5",
            "9223372036854775807",
            "18446744073709551615",
            "100000000000000000000000",
        ] {
            assert_eq!(decimal(lossy), Some(Loss::Digits), "{lossy}");
        }
        assert_eq!(decimal("1e309"), Some(Loss::Overflow));
    }

    #[test]
    fn other_bases() {
        let check =
            |raw: &str, value: u128, base| loss(value.to_string().parse().unwrap(), raw, base);
        assert_eq!(check("0x1fffffffffffff", 0x1f_ffff_ffff_ffff, NumberBase::Hex), None);
        assert_eq!(check("0x20000000000000", 0x20_0000_0000_0000, NumberBase::Hex), None);
        assert_eq!(
            check("0x20_0000_0000_0001", 0x20_0000_0000_0001, NumberBase::Hex),
            Some(Loss::Digits)
        );
        assert_eq!(check("0XFFFFFFFFFFFFF800", 0xffff_ffff_ffff_f800, NumberBase::Hex), None);
        assert_eq!(
            check("0xffffffffffffffff", 0xffff_ffff_ffff_ffff, NumberBase::Hex),
            Some(Loss::Digits)
        );
        assert_eq!(check("0o400000000000000000", 1 << 53, NumberBase::Octal), None);
        assert_eq!(
            check("0o400000000000000001", (1 << 53) + 1, NumberBase::Octal),
            Some(Loss::Digits)
        );
        let ones = "1".repeat(54);
        assert_eq!(
            check(&format!("0b{ones}"), (1 << 54) - 1, NumberBase::Binary),
            Some(Loss::Digits)
        );
        assert_eq!(check(&format!("0b{}0", &ones[1..]), (1 << 54) - 2, NumberBase::Binary), None);
    }
}
