use std::cmp::Ordering;
use std::fmt;

/// A finite number: a 64-bit integer kept exactly, or a double.
///
/// Numbers compare by what they are worth: `1` equals `1.0`, as in JSON Schema.
#[derive(Clone, Copy, Debug)]
pub struct Number(Repr);

#[derive(Clone, Copy, Debug)]
enum Repr {
    /// Any integer that an `i64` holds.
    Signed(i64),
    /// Integers above `i64::MAX` only.
    Unsigned(u64),
    /// Finite only.
    Float(f64),
}

impl Number {
    /// The double as a number, or nothing for infinities and NaN, which no document can hold.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(Repr::Float(value)))
    }

    /// What a JavaScript number stands for: an integer where it is one that a double holds
    /// exactly (|n| ≤ 2^53), else the double. `-0` is `0`. Nothing for infinities and NaN.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the bounds are checked just before")]
    pub fn from_js(value: f64) -> Option<Self> {
        const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= MAX_EXACT {
            Some(Self(Repr::Signed(value as i64)))
        } else {
            Self::from_f64(value)
        }
    }

    /// The number as an `i64`, if it is an integer in its range (`2.0` is `2`).
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the bounds are checked just before")]
    pub fn as_i64(self) -> Option<i64> {
        match self.0 {
            Repr::Signed(value) => Some(value),
            Repr::Unsigned(_) => None,
            // 2^63 is a double; every integral double below it fits.
            Repr::Float(value) => (value.fract() == 0.0
                && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&value))
            .then_some(value as i64),
        }
    }

    /// The number as a `u64`, if it was written as a non-negative integer.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        match self.0 {
            Repr::Unsigned(value) => Some(value),
            _ => self.as_i64().and_then(|value| u64::try_from(value).ok()),
        }
    }

    /// The nearest double.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest double is what is asked for")]
    pub fn as_f64(self) -> f64 {
        match self.0 {
            Repr::Signed(value) => value as f64,
            Repr::Unsigned(value) => value as f64,
            Repr::Float(value) => value,
        }
    }

    /// Whether the number has no fractional part (`2.0` has none).
    #[must_use]
    pub fn is_integer(self) -> bool {
        match self.0 {
            Repr::Signed(_) | Repr::Unsigned(_) => true,
            Repr::Float(value) => value.fract() == 0.0,
        }
    }

    /// Whether the number is held as a double, however it compares.
    #[must_use]
    pub fn is_float(self) -> bool {
        matches!(self.0, Repr::Float(_))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Signed(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or(Repr::Unsigned(value), Repr::Signed))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.0, other.0) {
            (Repr::Signed(a), Repr::Signed(b)) => Some(a.cmp(&b)),
            (Repr::Unsigned(a), Repr::Unsigned(b)) => Some(a.cmp(&b)),
            (Repr::Signed(_), Repr::Unsigned(_)) => Some(Ordering::Less),
            (Repr::Unsigned(_), Repr::Signed(_)) => Some(Ordering::Greater),
            (Repr::Float(a), Repr::Float(b)) => a.partial_cmp(&b),
            (Repr::Float(a), _) => cmp_float_integer(a, *other),
            (_, Repr::Float(b)) => cmp_float_integer(b, *self).map(Ordering::reverse),
        }
    }
}

/// Compares without rounding the integer to a double first.
#[expect(clippy::cast_possible_truncation, reason = "the double is in range of i128: |d| < 2^65")]
fn cmp_float_integer(float: f64, integer: Number) -> Option<Ordering> {
    let integer = match integer.0 {
        Repr::Signed(value) => i128::from(value),
        Repr::Unsigned(value) => i128::from(value),
        Repr::Float(_) => return None,
    };
    if float >= 36_893_488_147_419_103_232.0 {
        return Some(Ordering::Greater);
    }
    if float <= -36_893_488_147_419_103_232.0 {
        return Some(Ordering::Less);
    }
    let floor = float.floor();
    Some((floor as i128).cmp(&integer).then(if float > floor {
        Ordering::Greater
    } else {
        Ordering::Equal
    }))
}

impl fmt::Display for Number {
    /// As JSON and YAML write it: integers in full, doubles in the shortest form that reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Signed(value) => write!(f, "{value}"),
            Repr::Unsigned(value) => write!(f, "{value}"),
            // `{:?}` keeps `.0` and switches to exponents where the digits would be many.
            Repr::Float(value) => write!(f, "{value:?}"),
        }
    }
}
