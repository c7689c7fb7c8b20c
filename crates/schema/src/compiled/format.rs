use serde::{Deserialize, Serialize};

use super::Dialect;

/// A format that an API server checks. All others say nothing to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Format {
    /// A 32-bit integer, on built-in types.
    Int32,
    /// A 64-bit integer, on built-in types.
    Int64,
    /// Padded base64 as Go decodes it, with line breaks or empty, on built-in types.
    Bytes,
    /// Padded base64, not empty.
    Base64,
    DateTime,
    Date,
    Duration,
    Uri,
    Email,
    Ipv4,
    Ipv6,
    Cidr,
    Mac,
    Hostname,
    /// A UUID, of this version where one is given.
    Uuid(Option<u8>),
    HexColor,
    RgbColor,
    ObjectId,
    SocialSecurity,
}

impl Format {
    /// The format that a server means by `name` in schemas of `dialect`.
    pub(super) fn of(name: &str, dialect: Dialect) -> Option<Self> {
        match dialect {
            Dialect::BuiltIn => match name {
                "int32" => Some(Self::Int32),
                "int64" => Some(Self::Int64),
                "byte" => Some(Self::Bytes),
                _ => None,
            },
            Dialect::Custom => match name {
                "byte" => Some(Self::Base64),
                // Both names are of the same check.
                "date-time" | "datetime" => Some(Self::DateTime),
                "date" => Some(Self::Date),
                "duration" => Some(Self::Duration),
                "uri" => Some(Self::Uri),
                "email" => Some(Self::Email),
                "ipv4" => Some(Self::Ipv4),
                "ipv6" => Some(Self::Ipv6),
                "cidr" => Some(Self::Cidr),
                "mac" => Some(Self::Mac),
                "hostname" => Some(Self::Hostname),
                "uuid" => Some(Self::Uuid(None)),
                "uuid3" => Some(Self::Uuid(Some(3))),
                "uuid4" => Some(Self::Uuid(Some(4))),
                "uuid5" => Some(Self::Uuid(Some(5))),
                "hexcolor" => Some(Self::HexColor),
                "rgbcolor" => Some(Self::RgbColor),
                "bsonobjectid" => Some(Self::ObjectId),
                "ssn" => Some(Self::SocialSecurity),
                _ => None,
            },
        }
    }
}
