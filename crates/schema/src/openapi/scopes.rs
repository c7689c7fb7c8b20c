//! Whether the objects of a kind live in a namespace, as the operations of a server tell.
//!
//! The path of an object of a namespaced kind goes through `/namespaces/{namespace}/`. The path
//! names the resource, not the kind, and plurals are irregular; but each operation names its kind,
//! which is sought in the text of one operation per resource.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{GroupVersionKind, Scope};

/// A group and a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GroupVersion {
    pub(super) group: Box<str>,
    pub(super) version: Box<str>,
}

#[derive(Default)]
pub(super) struct Paths {
    pub(super) group_version: Option<GroupVersion>,
    pub(super) scopes: Vec<(GroupVersionKind, Scope)>,
}

impl Paths {
    pub(super) fn read(entries: &[(Cow<'_, str>, &RawValue)]) -> Self {
        let mut group_version = None;
        let mut resources: IndexMap<(&str, &str), (Scope, &str)> = IndexMap::new();
        for (path, operations) in entries {
            let Some((prefix, rest)) = split(path) else { continue };
            if group_version.is_none() {
                group_version = Some(group_version_of(prefix));
            }
            let Some((resource, scope)) = resource_of(rest) else { continue };
            let known = resources.entry((prefix, resource)).or_insert((scope, operations.get()));
            // The list of all namespaces has a path without one.
            if scope == Scope::Namespaced {
                *known = (scope, operations.get());
            }
        }
        let scopes = resources
            .into_values()
            .filter_map(|(scope, operations)| Some((kind_in(operations)?, scope)))
            .collect();
        Self { group_version, scopes }
    }
}

/// Splits `/apis/apps/v1/deployments` before `deployments`.
fn split(path: &str) -> Option<(&str, &str)> {
    let slashes = if path.starts_with("/apis/") { 4 } else { 3 };
    let (at, _) = path.match_indices('/').nth(slashes - 1)?;
    (path.starts_with("/api")).then(|| (&path[..at], &path[at + 1..]))
}

fn group_version_of(prefix: &str) -> GroupVersion {
    let mut segments = prefix.rsplit('/');
    let version = segments.next().unwrap_or_default().into();
    let group = if prefix.starts_with("/apis/") { segments.next() } else { None };
    GroupVersion { group: group.unwrap_or_default().into(), version }
}

/// The resource whose objects or lists have this path, and the scope that the path tells.
fn resource_of(rest: &str) -> Option<(&str, Scope)> {
    let mut segments = rest.split('/');
    let segments =
        [segments.next(), segments.next(), segments.next(), segments.next(), segments.next()];
    match segments {
        [Some("namespaces"), Some("{namespace}"), Some(resource), None | Some("{name}"), None] => {
            Some((resource, Scope::Namespaced))
        }
        [Some(resource), None | Some("{name}"), None, ..] if !resource.is_empty() => {
            Some((resource, Scope::Cluster))
        }
        _ => None,
    }
}

/// The first group-version-kind in the text of a resource's operations. The text of a description
/// cannot be taken for it: quotes in it are escaped.
fn kind_in(operations: &str) -> Option<GroupVersionKind> {
    #[derive(Deserialize)]
    struct Parts {
        #[serde(default)]
        group: String,
        version: String,
        kind: String,
    }

    const KEY: &str = "\"x-kubernetes-group-version-kind\"";
    let (_, after) = operations.split_once(KEY)?;
    let object = after.trim_start().strip_prefix(':')?;
    let parts = serde_json::Deserializer::from_str(object).into_iter::<Parts>().next()?.ok()?;
    Some(GroupVersionKind::new(&parts.group, &parts.version, &parts.kind))
}

#[cfg(test)]
mod tests {
    use super::{kind_in, resource_of, split};
    use crate::{GroupVersionKind, Scope};

    #[test]
    fn paths() {
        let of = |path: &'static str| split(path).and_then(|(_, rest)| resource_of(rest));
        assert_eq!(
            of("/api/v1/namespaces/{namespace}/pods/{name}"),
            Some(("pods", Scope::Namespaced))
        );
        assert_eq!(of("/api/v1/namespaces/{namespace}/pods"), Some(("pods", Scope::Namespaced)));
        assert_eq!(of("/api/v1/namespaces/{name}"), Some(("namespaces", Scope::Cluster)));
        assert_eq!(of("/apis/a.b/v1/things/{name}"), Some(("things", Scope::Cluster)));
        assert_eq!(of("/apis/a.b/v1/things/{name}/status"), None);
        assert_eq!(of("/api/v1/namespaces/{namespace}/pods/{name}/log"), None);
        assert_eq!(of("/api/v1/"), None);
        assert_eq!(of("/apis/a.b/"), None);
        assert_eq!(of("/openid/v1/jwks"), None);
    }

    #[test]
    fn kinds_in_operations() {
        let text = r#"{"get": {"description": "\"x-kubernetes-group-version-kind\": {", "x-kubernetes-group-version-kind" :
            {"group": "a.b", "kind": "K", "version": "v1"}}}"#;
        assert_eq!(kind_in(text), Some(GroupVersionKind::new("a.b", "v1", "K")));
        assert_eq!(kind_in("{}"), None);
        assert_eq!(kind_in(r#"{"x-kubernetes-group-version-kind": 1}"#), None);
    }
}
