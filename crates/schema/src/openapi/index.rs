//! What is where in a document, without building trees of it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::scopes::{GroupVersion, Paths};
use crate::convert::depth::too_deep;
use crate::{GroupVersionKind, ParseError, Scope};

/// One document, of which the schemas are found but not parsed.
#[derive(Debug)]
pub struct Document<'a> {
    pub(super) name: &'a str,
    /// The group-version that the document is of, where its operations tell.
    pub(super) group_version: Option<GroupVersion>,
    pub(super) schemas: Vec<(Cow<'a, str>, &'a str)>,
    /// The scopes of the kinds that there are operations for.
    pub(super) scopes: Vec<(GroupVersionKind, Scope)>,
}

/// Finds the schemas of a document.
///
/// # Errors
/// Bytes that are not JSON, and JSON that is not OpenAPI v3.
pub fn index<'a>(name: &'a str, bytes: &'a [u8]) -> Result<Document<'a>, ParseError> {
    let document = || name.to_owned();
    let text = std::str::from_utf8(bytes)
        .map_err(|source| ParseError::Encoding { document: document(), source })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let top: Top<'_> = serde_json::from_str(text).map_err(|source| match too_deep(text, "#") {
        Some(pointer) => ParseError::TooDeep { document: document(), pointer },
        None => ParseError::Json { document: document(), pointer: "#".to_owned(), source },
    })?;
    let found = match (top.openapi.as_ref().map(|text| &*text.0), &top.swagger) {
        (Some(version), _) if version.starts_with("3.") => None,
        (None, Some(_)) => Some("a Swagger 2.0 document"),
        (Some(_), _) => Some("OpenAPI of another version"),
        (None, None) => Some("JSON without `openapi`"),
    };
    if let Some(found) = found {
        return Err(ParseError::NotOpenApi { document: document(), found });
    }
    let components = top.components.unwrap_or_default();
    let schemas = components.schemas.unwrap_or_default().0;
    let paths = top.paths.map(|paths| Paths::read(&paths.0)).unwrap_or_default();
    Ok(Document {
        name,
        group_version: paths.group_version,
        schemas: schemas.into_iter().map(|(name, body)| (name, body.get())).collect(),
        scopes: paths.scopes,
    })
}

#[derive(serde::Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    openapi: Option<Text<'a>>,
    #[serde(borrow)]
    swagger: Option<&'a RawValue>,
    #[serde(borrow)]
    components: Option<Components<'a>>,
    #[serde(borrow)]
    paths: Option<Entries<'a>>,
}

#[derive(Default, serde::Deserialize)]
struct Components<'a> {
    #[serde(borrow)]
    schemas: Option<Entries<'a>>,
}

/// The entries of an object as texts. The last of several with one key comes last.
#[derive(Default)]
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for EntriesVisitor<'a> {
            type Value = Entries<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((Text(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

/// A string that borrows where it has no escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for TextVisitor<'a> {
            type Value = Text<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}
