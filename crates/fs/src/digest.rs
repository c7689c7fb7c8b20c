use std::fmt;
use std::str::FromStr;

/// The BLAKE3 hash of some content; as text, 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a sequence of byte strings.
    ///
    /// Each is hashed with its length, so that `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of_fields(fields: impl IntoIterator<Item: AsRef<[u8]>>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for field in fields {
            let field = field.as_ref();
            hasher.update(&(field.len() as u64).to_le_bytes());
            hasher.update(field);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The digest of `bytes`.
#[must_use]
pub fn content_digest(bytes: &[u8]) -> Digest {
    Digest(*blake3::hash(bytes).as_bytes())
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 lower-case hexadecimal digits")]
pub struct ParseDigestError;

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, ParseDigestError> {
        // One spelling only, so that equal digests are equal texts.
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(ParseDigestError);
        }
        let hash = blake3::Hash::from_hex(text).map_err(|_| ParseDigestError)?;
        Ok(Self(*hash.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, ParseDigestError, content_digest};

    #[test]
    fn text() {
        // The published test vector of BLAKE3 for no input.
        let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(content_digest(b"").to_string(), empty);
        assert_eq!(empty.parse(), Ok(content_digest(b"")));
        for wrong in ["", &empty[1..], &empty.to_uppercase(), &empty.replace('a', "g")] {
            assert_eq!(wrong.parse::<Digest>(), Err(ParseDigestError));
        }
    }

    #[test]
    fn fields_are_told_apart() {
        let digests = [
            Digest::of_fields(["ab", "c"]),
            Digest::of_fields(["a", "bc"]),
            Digest::of_fields(["abc"]),
            Digest::of_fields(["abc", ""]),
        ];
        for (index, digest) in digests.iter().enumerate() {
            assert!(!digests[..index].contains(digest));
        }
    }
}
