use crate::compiled::Format;
use crate::validate::scalar::TimeForm;

use super::{is_go_time, mismatch};

fn check(format: Format, valid: &[&str], invalid: &[&str]) {
    for text in valid {
        assert_eq!(mismatch(format, text), None, "{format:?} `{text}`");
    }
    for text in invalid {
        assert!(mismatch(format, text).is_some(), "{format:?} `{text}`");
    }
}

#[test]
fn encoded_bytes() {
    check(
        Format::Bytes,
        &["", "YWJj", "YWJj\nZGVm", "YQ==", "YWI=\r\n"],
        &["YQ", "YW Jj", "a_b-", "=YWJ", "Y==="],
    );
    check(Format::Base64, &["YWJj"], &["", "YQ", "not base64!"]);
}

#[test]
fn times() {
    let date_times = ["2024-01-01T00:00:00Z", "2024-02-29T23:59:59.5+02:00", "2024-01-01T1:00:00Z"];
    for text in date_times {
        assert!(is_go_time(text, TimeForm::Any), "{text}");
    }
    check(
        Format::DateTime,
        &date_times,
        &["", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z"],
    );
    check(
        Format::DateTime,
        &["2024-01-01t00:00:00z"],
        &["2024-01-01T00:00:00+0200", "2023-02-29T00:00:00Z"],
    );
    for text in [
        "2024-01-01t00:00:00Z",
        "2024-01-01T00:00:00z",
        "2024-01-01T25:00:00Z",
        "2024-13-01T00:00:00Z",
    ] {
        assert!(!is_go_time(text, TimeForm::Any), "{text}");
    }
    assert!(is_go_time("2024-01-01T00:00:00.000000Z", TimeForm::Micro));
    for text in ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00.000000000Z"]
    {
        assert!(!is_go_time(text, TimeForm::Micro), "{text}");
    }
    check(
        Format::Date,
        &["2024-02-29", "2000-12-31"],
        &["2024-02-30", "2024-2-1", "20240101", "", "2024-00-01", "é024-01-1"],
    );
    check(
        Format::Duration,
        &["1h30m", "1d", "1w", "1 hour", "P1D", "-1h", "0"],
        &["5", "", "h", "soon"],
    );
}

#[test]
fn addresses() {
    check(
        Format::Ipv4,
        &["10.0.0.1", "010.000.0.1"],
        &["10.0.0", "10.0.0.256", "10.0.0.1.2", "a", "", "::1"],
    );
    check(Format::Ipv6, &["::1", "::ffff:1.2.3.4"], &["1.2.3.4", "", "::g"]);
    check(
        Format::Cidr,
        &["10.0.0.1/8", "fd00::/8"],
        &["10.0.0.0", "10.0.0.0/33", "fd00::/129", "10.0.0.0/", "10.0.0.0/+8"],
    );
    check(
        Format::Mac,
        &["00:00:5e:00:53:01", "00-00-5e-00-53-01", "0000.5e00.5301"],
        &["00:00", "", "0000:5e00:5301", "00:00:5e:00:53:0g"],
    );
    check(
        Format::Hostname,
        &["example.com", "localhost", "a-b.example.com"],
        &["a_b", "-a", "a.b", "", "a..com"],
    );
    check(
        Format::Uri,
        &["https://a.b/c", "/path", "mailto:a", "urn:x:y"],
        &["", "relative/path", "1http://a", "http://a\u{7}"],
    );
    check(Format::Email, &["a@b.c", "A <a@b>"], &["a", "@b", "a@", ""]);
}

#[test]
fn identifiers_and_colours() {
    let uuid = "123e4567-e89b-42d3-a456-426614174000";
    check(
        Format::Uuid(None),
        &[uuid, &uuid.replace('-', ""), &uuid.to_uppercase()],
        &["", "123", &uuid[1..]],
    );
    check(Format::Uuid(Some(4)), &[uuid], &["123e4567-e89b-12d3-a456-426614174000"]);
    check(Format::HexColor, &["#fff", "AABBCC"], &["#ffff", "#ggg", ""]);
    check(Format::RgbColor, &["rgb(0, 10,255)"], &["rgb(0,0)", "rgb(0,0,256)", "0,0,0"]);
    check(Format::ObjectId, &["507f1f77bcf86cd799439011"], &["507f", ""]);
    check(Format::SocialSecurity, &["111-22-3333", "111223333"], &["111-22-333", "a11-22-3333"]);
    check(Format::Int64, &["anything"], &[]);
}
