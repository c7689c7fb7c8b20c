//! The formats of texts, as an API server checks them.
//!
//! Each check refuses what a server was seen to refuse, or what its library
//! (`k8s.io/kube-openapi/pkg/validation/strfmt`) cannot take; in doubt the text passes.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::scalar::TimeForm;
use crate::compiled::Format;

mod base64;
mod text;
mod time;

pub(super) use time::is_go_time;

/// What a text is not, in words with an article, or nothing where it is of the format.
pub(super) fn mismatch(format: Format, text: &str) -> Option<&'static str> {
    let (valid, wanted) = match format {
        // Of numbers; a server does not look at texts.
        Format::Int32 | Format::Int64 => (true, ""),
        Format::Bytes => (base64::is_go_base64(text), "base64 with padding"),
        Format::Base64 => (!text.is_empty() && base64::is_go_base64(text), "base64 with padding"),
        Format::DateTime => {
            (time::is_date_time(text), "a date and time, such as `2006-01-02T15:04:05Z`")
        }
        Format::Date => (time::is_date(text), "a date, such as `2006-01-02`"),
        Format::Duration => (time::is_duration(text), "a duration, such as `1h30m`"),
        Format::Uri => (text::is_uri(text), "a URI with a scheme, or an absolute path"),
        Format::Email => (text::is_email(text), "an e-mail address"),
        Format::Ipv4 => (is_ipv4(text), "an IPv4 address"),
        Format::Ipv6 => (text.parse::<Ipv6Addr>().is_ok(), "an IPv6 address"),
        Format::Cidr => (is_cidr(text), "a CIDR, such as `10.0.0.0/8`"),
        Format::Mac => (text::is_mac(text), "a MAC address"),
        Format::Hostname => (text::is_hostname(text), "a host name"),
        Format::Uuid(version) => (text::is_uuid(text, version), "a UUID"),
        Format::HexColor => (text::is_hex_color(text), "a colour, such as `#fff`"),
        Format::RgbColor => (text::is_rgb_color(text), "a colour, such as `rgb(255,255,255)`"),
        Format::ObjectId => {
            (text.len() == 24 && is_hex(text), "an object ID of 24 hexadecimal digits")
        }
        Format::SocialSecurity => (text::is_ssn(text), "a social security number"),
    };
    (!valid).then_some(wanted)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Four numbers; a server takes leading zeros here.
fn is_ipv4(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 4
        && parts.iter().all(|part| {
            let number = part.trim_start_matches('0');
            part.bytes().all(|byte| byte.is_ascii_digit())
                && !part.is_empty()
                && (number.is_empty() || number.parse::<u8>().is_ok())
        })
}

fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let max = if address.parse::<Ipv4Addr>().is_ok() || is_ipv4(address) {
        32
    } else if address.parse::<Ipv6Addr>().is_ok() {
        128
    } else {
        return false;
    };
    !length.is_empty()
        && length.bytes().all(|byte| byte.is_ascii_digit())
        && length.parse::<u32>().is_ok_and(|length| length <= max)
}

#[cfg(test)]
mod tests;
