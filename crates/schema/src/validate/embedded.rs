use husako_value::{Map, Value};

use super::Rule;
use super::checker::{Checker, Extent};
use super::path::At;
use crate::crd::OBJECT_META;

/// The most characters of a DNS label (RFC 1123).
const MAX_LABEL: usize = 63;

impl Checker<'_> {
    /// What every Kubernetes object has, of one that stands within another.
    pub(super) fn embedded_resource(&mut self, map: &Map, at: &At<'_>) {
        if let Some(metadata) = map.get("metadata")
            && let Some(id) = self.store.type_id(OBJECT_META)
        {
            // Metadata is decoded wherever it is.
            let extent = if self.is_full() { Extent::Full } else { Extent::Decoded };
            let at = &at.key("metadata");
            self.with_extent(extent, |checker| checker.check_type(id, metadata, at));
        }
        if !self.is_full() {
            return;
        }
        for (name, valid) in [("apiVersion", is_api_version as fn(&str) -> bool), ("kind", is_kind)]
        {
            let at = &at.key(name);
            match map.get(name) {
                None => {
                    self.report(at, Rule::Required, || format!("missing required field `{name}`"));
                }
                Some(Value::String(text)) if valid(text) => {}
                Some(Value::String(text)) => self.report(at, Rule::EmbeddedResource, || {
                    format!("`{}` is no `{name}` of an object", super::scalar::shown(text))
                }),
                Some(other) => self.report(at, Rule::Type, || {
                    format!("expected a string, found {}", super::scalar::found(other))
                }),
            }
        }
    }
}

/// `v1` or `apps/v1`.
fn is_api_version(text: &str) -> bool {
    !text.is_empty() && text != "/" && text.bytes().filter(|byte| *byte == b'/').count() <= 1
}

/// A DNS label in any case.
fn is_kind(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric();
    text.len() <= MAX_LABEL
        && text.bytes().all(|byte| word(byte) || byte == b'-')
        && text.bytes().next().is_some_and(word)
        && text.bytes().last().is_some_and(word)
}
