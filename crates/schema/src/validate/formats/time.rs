//! Times, dates and durations.

use super::TimeForm;

/// Whether Go's `time.Parse` takes the text as RFC 3339, or as that with six decimals.
pub(in crate::validate) fn is_go_time(text: &str, form: TimeForm) -> bool {
    let Some((date, rest)) = text.split_once('T') else { return false };
    let Some(rest) = is_date(date).then(|| clock(rest)).flatten() else { return false };
    let (fraction, zone) = fraction(rest);
    let fraction_fits = match form {
        TimeForm::Any => fraction.is_none_or(|digits| !digits.is_empty()),
        TimeForm::Micro => fraction.is_some_and(|digits| digits.len() == 6),
    };
    fraction_fits && (zone == "Z" || is_offset(zone))
}

/// Whether the text is a `date-time` of a custom kind: letters may be of either case.
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else { return false };
    let Some(rest) = is_date(date).then(|| clock(rest)).flatten() else { return false };
    let (fraction, zone) = fraction(rest);
    fraction.is_none_or(|digits| !digits.is_empty())
        && (matches!(zone, "Z" | "z") || is_offset(zone))
}

/// A day that the calendar has.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let (Some(year), Some(month), Some(day)) =
        (digits(&text[..4]), digits(&text[5..7]), digits(&text[8..]))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// What follows `15:04:05`, or nothing where that is no time of day. Go takes an hour of one digit
/// too.
fn clock(text: &str) -> Option<&str> {
    let (hour, rest) = text.split_once(':')?;
    let (clock, rest) = rest.split_at_checked(5)?;
    let (minute, second) = clock.split_once(':')?;
    let in_range = matches!(hour.len(), 1 | 2)
        && digits(hour)? < 24
        && minute.len() == 2
        && digits(minute)? < 60
        // A leap second, which Go refuses and the library of custom kinds takes, passes.
        && digits(second)? <= 60;
    in_range.then_some(rest)
}

/// The digits of a fraction of a second, where there is one, and what follows.
fn fraction(text: &str) -> (Option<&str>, &str) {
    match text.strip_prefix(['.', ',']) {
        Some(rest) => {
            let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
            (Some(&rest[..end]), &rest[end..])
        }
        None => (None, text),
    }
}

/// `+02:00`.
fn is_offset(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-']) else { return false };
    let Some((hours, minutes)) = rest.split_once(':') else { return false };
    hours.len() == 2
        && minutes.len() == 2
        && digits(hours).is_some_and(|hours| hours <= 24)
        && digits(minutes).is_some_and(|minutes| minutes <= 60)
}

fn digits(text: &str) -> Option<u32> {
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| text.parse().ok()).flatten()
}

/// What Go's `time.ParseDuration` takes, or numbers with words: `1d`, `2 weeks`. A word and a
/// number anywhere are enough, because the server's check is a search; a bare number is not.
pub(super) fn is_duration(text: &str) -> bool {
    let is_digit = |char: char| char.is_ascii_digit();
    text.contains(is_digit) && text.chars().any(char::is_alphabetic) || text.trim() == "0"
}
