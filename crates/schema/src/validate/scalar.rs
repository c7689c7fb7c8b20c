//! Types, texts and numbers.

use husako_diagnostics::{list, nearest, plural};
use husako_value::{Number, Value};

use super::checker::{Checker, Extent};
use super::path::At;
use super::{Numbers, Rule, formats};
use crate::TypeSet;
use crate::compiled::{Bound, Dialect, Enumeration, Flags, Format, Node, Rest};
use crate::quantity::Quantity;

/// How many characters of a value a message repeats.
const MAX_SHOWN: usize = 64;

/// How many of the supported values a message lists.
const MAX_LISTED: usize = 12;

/// How many fractions of a second a time has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeForm {
    Any,
    /// Exactly six decimals.
    Micro,
}

impl Checker<'_> {
    /// Whether a value has one of the types of its schema; reports where it has not.
    pub(super) fn has_type(&mut self, node: &Node, value: &Value, at: &At<'_>) -> bool {
        let expected = if node.flags.has(Flags::INT_OR_STRING) {
            TypeSet::INTEGER.union(TypeSet::STRING)
        } else {
            node.types
        };
        let allowed = expected.allows(value) && !self.is_float_for_go(expected, value);
        if !allowed && self.extent != Extent::Fields {
            self.report(at, Rule::Type, || {
                format!("expected {}, found {}", type_words(expected), found(value))
            });
        }
        allowed
    }

    /// Whether Go cannot decode the number, although its value is an integer.
    fn is_float_for_go(&self, expected: TypeSet, value: &Value) -> bool {
        self.numbers == Numbers::Json
            && self.dialect == Dialect::BuiltIn
            && expected.contains(TypeSet::INTEGER)
            && !expected.contains(TypeSet::NUMBER)
            && value.as_number().is_some_and(Number::is_float)
    }

    pub(super) fn text(&mut self, node: &Node, text: &str, at: &At<'_>) {
        if let Some(rest) = node.rest.as_deref().filter(|_| self.is_full()) {
            self.length(rest, text, at);
            if let Some(pattern) = rest.pattern.as_ref().filter(|pattern| !pattern.matches(text)) {
                if pattern.is_quantity() {
                    self.report(at, Rule::Quantity, || not_a_quantity(text));
                } else {
                    self.report(at, Rule::Pattern, || {
                        format!("`{}` does not match `{}`", shown(text), pattern.source())
                    });
                }
            }
        }
        let Some(format) = node.format.filter(|_| self.extent != Extent::Fields) else { return };
        if let Some(wanted) = formats::mismatch(format, text) {
            self.report(at, Rule::Format, || match format {
                // What is encoded may be secret.
                Format::Bytes | Format::Base64 => format!("expected {wanted}"),
                _ => format!("`{}` is not {wanted}", shown(text)),
            });
        }
    }

    fn length(&mut self, rest: &Rest, text: &str, at: &At<'_>) {
        if rest.min_length.is_none() && rest.max_length.is_none() {
            return;
        }
        let length = text.chars().count() as u64;
        if let Some(min) = rest.min_length.filter(|min| length < *min) {
            self.report(at, Rule::Length, || {
                format!("expected at least {min} {}, found {length}", characters(min))
            });
        }
        if let Some(max) = rest.max_length.filter(|max| length > *max) {
            self.report(at, Rule::Length, || {
                format!("expected at most {max} {}, found {length}", characters(max))
            });
        }
    }

    pub(super) fn number(&mut self, node: &Node, number: Number, at: &At<'_>) {
        if self.extent == Extent::Fields {
            return;
        }
        let bits = match node.format {
            Some(Format::Int32) => Some(32),
            Some(Format::Int64) => Some(64),
            _ if self.dialect == Dialect::BuiltIn && node.flags.has(Flags::INT_OR_STRING) => {
                Some(32)
            }
            _ => None,
        };
        if let Some(bits) = bits {
            self.width(number, bits, at);
        } else if node.types.contains(TypeSet::INTEGER) && !node.types.contains(TypeSet::NUMBER) {
            self.width(number, 64, at);
        }
        if let Some(rest) = node.rest.as_deref().filter(|_| self.is_full()) {
            self.range(rest, number, at);
        }
    }

    fn width(&mut self, number: Number, bits: u32, at: &At<'_>) {
        let fits = match number.as_i64() {
            Some(number) if bits == 32 => i32::try_from(number).is_ok(),
            Some(_) => true,
            None => false,
        };
        if !fits {
            self.report(at, Rule::Range, || format!("{number} does not fit in {bits} bits"));
        }
    }

    fn range(&mut self, rest: &Rest, number: Number, at: &At<'_>) {
        if let Some(Bound { limit, exclusive }) = &rest.minimum
            && (number < limit.0 || *exclusive && number == limit.0)
        {
            self.report(at, Rule::Range, || {
                let bound = if *exclusive { "more than" } else { "at least" };
                format!("expected {bound} {}, found {number}", limit.0)
            });
        }
        if let Some(Bound { limit, exclusive }) = &rest.maximum
            && (number > limit.0 || *exclusive && number == limit.0)
        {
            self.report(at, Rule::Range, || {
                let bound = if *exclusive { "less than" } else { "at most" };
                format!("expected {bound} {}, found {number}", limit.0)
            });
        }
        if let Some(factor) = rest.multiple_of.filter(|factor| !is_multiple(number, factor.0)) {
            self.report(at, Rule::MultipleOf, || {
                format!("expected a multiple of {}, found {number}", factor.0)
            });
        }
    }

    pub(super) fn enumeration(&mut self, allowed: &Enumeration, value: &Value, at: &At<'_>) {
        match allowed {
            Enumeration::Strings(texts) => {
                if !value.as_str().is_some_and(|text| texts.iter().any(|known| known == text)) {
                    let names: Vec<&str> = texts.iter().map(|text| &**text).collect();
                    self.unsupported(&names, value, at);
                }
            }
            Enumeration::Values(values) => {
                if !values.contains(value) {
                    let names: Vec<String> = values.iter().map(json).collect();
                    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
                    self.unsupported(&names, value, at);
                }
            }
        }
    }

    fn unsupported(&mut self, names: &[&str], value: &Value, at: &At<'_>) {
        self.report(at, Rule::Enum, || {
            let text = value.as_str().map_or_else(|| json(value), str::to_owned);
            let hint = match nearest(&text, names.iter().copied()) {
                Some(nearest) => format!(", did you mean `{nearest}`?"),
                None if names.is_empty() => String::new(),
                None => {
                    let one_of = if names.len() > 1 { "one of " } else { "" };
                    format!(": expected {one_of}{}", list(names.iter().copied(), MAX_LISTED))
                }
            };
            format!("unsupported value `{}`{hint}", shown(&text))
        });
    }

    pub(super) fn quantity(&mut self, value: &Value, at: &At<'_>) {
        match value {
            Value::Number(_) => {}
            // The decoder takes blanks around it off.
            Value::String(text) if Quantity::parse(text.trim()).is_ok() => {}
            Value::String(text) => self.report(at, Rule::Quantity, || not_a_quantity(text)),
            other => self.report(at, Rule::Type, || {
                format!("expected a quantity, such as `500m` or `2Gi`, found {}", found(other))
            }),
        }
    }

    pub(super) fn time(&mut self, value: &Value, at: &At<'_>, form: TimeForm) {
        let Some(text) = value.as_str() else {
            self.report(at, Rule::Type, || format!("expected a time, found {}", found(value)));
            return;
        };
        if !formats::is_go_time(text, form) {
            self.report(at, Rule::Format, || {
                let example = match form {
                    TimeForm::Any => "2006-01-02T15:04:05Z",
                    TimeForm::Micro => "2006-01-02T15:04:05.000000Z",
                };
                format!("`{}` is not a time, such as `{example}`", shown(text))
            });
        }
    }
}

fn is_multiple(number: Number, factor: Number) -> bool {
    /// How far from a whole number a quotient of doubles may be.
    const TOLERANCE: f64 = 1e-9;
    if let (Some(number), Some(factor)) = (number.as_i64(), factor.as_i64()) {
        return factor == 0 || number.checked_rem(factor).unwrap_or(0) == 0;
    }
    let quotient = number.as_f64() / factor.as_f64();
    !quotient.is_finite()
        || (quotient - quotient.round()).abs() <= TOLERANCE * quotient.abs().max(1.0)
}

fn characters(count: u64) -> &'static str {
    plural(usize::try_from(count).unwrap_or(usize::MAX), "character", "characters")
}

fn not_a_quantity(text: &str) -> String {
    format!("`{}` is not a quantity, such as `500m` or `2Gi`", shown(text))
}

/// The types in words: "an integer or a string".
fn type_words(types: TypeSet) -> String {
    let mut words: Vec<&str> = Vec::new();
    for name in types.names() {
        words.push(match name {
            "boolean" => "a boolean",
            "integer" => "an integer",
            "number" => "a number",
            "string" => "a string",
            "array" => "a list",
            "object" => "an object",
            other => other,
        });
    }
    words.join(" or ")
}

/// What a value is, in words. What it says may be secret.
pub(super) fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_float() => "a number with a decimal point",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A text in a message: on one line, and its beginning only where it is long.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(MAX_SHOWN).collect();
    if text.chars().nth(MAX_SHOWN).is_some() {
        shown.push('…');
    }
    shown.replace(|char: char| char.is_control(), " ")
}
