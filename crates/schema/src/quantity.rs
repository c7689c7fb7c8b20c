//! Resource quantities: `500m`, `1.5Gi`, `1e3`.
//!
//! The grammar is exactly what the API server's decoder takes (`resource.ParseQuantity` of
//! `k8s.io/apimachinery`), which is more than its documentation says: `.5`, `5.`, `+1` and even
//! `+`, `.` and `Ki`, which are zero.

use std::str::FromStr;

use husako_value::Number;

/// An amount of a resource, such as CPU or memory.
///
/// Amounts are kept in units of 10⁻⁹, rounded away from zero as the API server does, and compare
/// exactly up to about 10²⁹; larger ones all count as that much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    nanos: i128,
}

/// A text that is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a quantity, such as `500m`, `1.5` or `2Gi`")]
pub struct InvalidQuantity;

impl Quantity {
    /// The quantity that a text says.
    pub fn parse(text: &str) -> Result<Self, InvalidQuantity> {
        let parts = Parts::split(text).ok_or(InvalidQuantity)?;
        let suffix = Suffix::parse(parts.suffix).ok_or(InvalidQuantity)?;
        // A number without a digit is zero, but only where the server needs no big arithmetic.
        if parts.is_without_digits() && suffix.is_below_nano() {
            return Err(InvalidQuantity);
        }
        let nanos = suffix.nanos(parts.whole, parts.fraction);
        Ok(Self { nanos: if parts.negative { -nanos } else { nanos } })
    }

    /// The quantity that a number in a document says. Every finite number is one.
    #[must_use]
    pub fn from_number(number: Number) -> Self {
        Self::parse(&number.to_string()).unwrap_or_default()
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.nanos < 0
    }
}

impl FromStr for Quantity {
    type Err = InvalidQuantity;

    fn from_str(text: &str) -> Result<Self, InvalidQuantity> {
        Self::parse(text)
    }
}

/// A quantity in pieces.
struct Parts<'a> {
    negative: bool,
    /// The digits before the point.
    whole: &'a str,
    /// The digits after the point.
    fraction: &'a str,
    suffix: &'a str,
}

impl<'a> Parts<'a> {
    fn split(text: &'a str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, rest) = split_digits(unsigned);
        let (fraction, suffix) = match rest.strip_prefix('.') {
            Some(rest) => split_digits(rest),
            None => ("", rest),
        };
        // Letters, then a sign, then digits; what they mean is looked at later.
        let exponent = suffix.trim_start_matches(|char| "eEinumkKMGTP".contains(char));
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let (_, garbage) = split_digits(exponent);
        garbage.is_empty().then_some(Self {
            negative: text.starts_with('-'),
            whole,
            fraction,
            suffix,
        })
    }

    fn is_without_digits(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// What the number is multiplied by.
#[derive(Clone, Copy)]
enum Suffix {
    /// A power of ten.
    Decimal(i32),
    /// A power of two.
    Binary(u32),
}

impl Suffix {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "n" => Self::Decimal(-9),
            "u" => Self::Decimal(-6),
            "m" => Self::Decimal(-3),
            "" => Self::Decimal(0),
            "k" => Self::Decimal(3),
            "M" => Self::Decimal(6),
            "G" => Self::Decimal(9),
            "T" => Self::Decimal(12),
            "P" => Self::Decimal(15),
            "E" => Self::Decimal(18),
            "Ki" => Self::Binary(10),
            "Mi" => Self::Binary(20),
            "Gi" => Self::Binary(30),
            "Ti" => Self::Binary(40),
            "Pi" => Self::Binary(50),
            "Ei" => Self::Binary(60),
            _ => {
                let exponent: i64 = text.strip_prefix(['e', 'E'])?.parse().ok()?;
                // The server keeps the exponent in 32 bits; what does not fit would be clamped to
                // its largest or smallest amount anyway.
                let exponent = exponent.clamp(i64::from(i32::MIN), i64::from(i32::MAX));
                Self::Decimal(i32::try_from(exponent).ok()?)
            }
        })
    }

    const fn is_below_nano(self) -> bool {
        matches!(self, Self::Decimal(exponent) if exponent < -9)
    }

    /// The amount of `whole.fraction` with this suffix, in nanos.
    fn nanos(self, whole: &str, fraction: &str) -> i128 {
        match self {
            Self::Decimal(exponent) => scaled(whole, fraction, exponent.saturating_add(9), 1),
            Self::Binary(power) => scaled(whole, fraction, 9, 1 << power),
        }
    }
}

/// `whole.fraction × 10^exponent × factor`, rounded up, or the largest number.
fn scaled(whole: &str, fraction: &str, exponent: i32, factor: i128) -> i128 {
    /// Digits of an `i128` that any multiplication below can overflow but not wrap.
    const MAX_DIGITS: usize = 38;

    let whole = whole.trim_start_matches('0');
    let digits = whole.bytes().chain(fraction.bytes());
    let point = i64::try_from(whole.len()).unwrap_or(i64::MAX);
    // Where the point stands after the shift, counted from the first digit.
    let point = point.saturating_add(i64::from(exponent));
    let mut amount: i128 = 0;
    let mut taken: i64 = 0;
    let mut remainder = Remainder { value: 0, scale: 1, more: false };
    for digit in digits.map(|digit| i128::from(digit - b'0')) {
        if taken < point {
            if amount > i128::MAX / 10 - 9 {
                return i128::MAX;
            }
            amount = amount * 10 + digit;
        } else {
            remainder.push(digit, taken - point);
        }
        taken = taken.saturating_add(1);
    }
    let missing = point.saturating_sub(taken.max(0)).max(0);
    if amount != 0 {
        let power = usize::try_from(missing).ok().filter(|power| *power < MAX_DIGITS);
        let Some(power) = power.and_then(|power| u32::try_from(power).ok()) else {
            return i128::MAX;
        };
        amount = amount.saturating_mul(10_i128.pow(power));
    }
    amount.saturating_mul(factor).saturating_add(remainder.times(factor))
}

/// The digits after the last nano.
struct Remainder {
    value: i128,
    /// The power of ten that `value` is divided by.
    scale: i128,
    /// Whether there is more than `value` says.
    more: bool,
}

impl Remainder {
    /// Takes the next digit, which stands `place` places after the point, from 0.
    fn push(&mut self, digit: i128, place: i64) {
        /// More digits than a binary factor (2^60 < 10^19) can lift above the point, in room that
        /// the factor still fits beside.
        const KEPT: i64 = 19;
        if (0..KEPT).contains(&place) {
            self.value = self.value * 10 + digit;
            self.scale = 10_i128.pow(u32::try_from(place + 1).unwrap_or_default());
        } else {
            self.more |= digit != 0;
        }
    }

    /// The remainder times `factor`, rounded up.
    fn times(&self, factor: i128) -> i128 {
        let product = self.value.saturating_mul(factor);
        let rounded = product / self.scale;
        rounded + i128::from(self.more || product % self.scale != 0)
    }
}

#[cfg(test)]
mod tests;
