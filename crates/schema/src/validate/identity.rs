use husako_diagnostics::{list, nearest};
use husako_value::{Map, Value};

use super::Rule;
use super::checker::Checker;
use super::path::At;
use crate::GroupVersionKind;
use crate::store::{KindEntry, kind_key};

/// How many group-versions of a kind a message lists.
const MAX_LISTED: usize = 4;

/// What a document is.
pub(super) enum Found<'a, 'v> {
    Kind(KindEntry<'a>),
    /// The documents of a `v1` `List`, which is for clients and has no schema.
    List(&'v [Value]),
}

impl<'a> Checker<'a> {
    /// What a document says that it is; nothing, and a violation, where that is not known.
    pub(super) fn identify<'v>(
        &mut self,
        document: &'v Value,
        at: &At<'_>,
    ) -> Option<Found<'a, 'v>> {
        let Value::Object(map) = document else {
            let found = super::scalar::found(document);
            self.report(at, Rule::Identity, || format!("expected an object, found {found}"));
            return None;
        };
        let api_version = self.text_of(map, "apiVersion", at);
        let kind = self.text_of(map, "kind", at);
        let (api_version, kind) = (api_version?, kind?);
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        if let Some(entry) = self.store.kind_at(&kind_key(group, version, kind)) {
            return Some(Found::Kind(entry));
        }
        if (api_version, kind) == ("v1", "List") {
            let items = map.get("items").and_then(Value::as_array).unwrap_or_default();
            return Some(Found::List(items));
        }
        let known: Vec<GroupVersionKind> = self.store.kinds().collect();
        self.report(at, Rule::UnknownKind, || unknown(&known, api_version, kind));
        None
    }

    fn text_of<'v>(&mut self, map: &'v Map, name: &'static str, at: &At<'_>) -> Option<&'v str> {
        match map.get(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            None | Some(Value::Null | Value::String(_)) => {
                let at = &at.key(name);
                self.report(at, Rule::Identity, || format!("missing required field `{name}`"));
                None
            }
            Some(other) => {
                let found = super::scalar::found(other);
                self.report(&at.key(name), Rule::Identity, || {
                    format!("expected a string, found {found}")
                });
                None
            }
        }
    }
}

/// What to say of a kind without a schema: where a kind of that name is known, or which name is
/// near.
fn unknown(known: &[GroupVersionKind], api_version: &str, kind: &str) -> String {
    let message = format!("no schema for kind `{kind}` of `{api_version}`");
    let versions: Vec<String> = known
        .iter()
        .filter(|known| *known.kind == *kind)
        .map(GroupVersionKind::api_version)
        .collect();
    if !versions.is_empty() {
        let versions = list(versions.iter().map(String::as_str), MAX_LISTED);
        return format!("{message}, which is known in {versions}");
    }
    let of_version = known.iter().filter(|known| known.api_version() == api_version);
    let mut near = nearest(kind, of_version.map(|known| &*known.kind));
    if near.is_none() {
        near = nearest(kind, known.iter().map(|known| &*known.kind));
    }
    match near {
        Some(near) => format!("{message}, did you mean `{near}`?"),
        None => message,
    }
}
