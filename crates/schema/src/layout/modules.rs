//! Which module a schema belongs to.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::model::{GroupVersionKind, SchemaModel};

use super::COMMON_MODULE;
use super::names::{chart_member, path_segment};

/// The packages of the types that every group-version uses.
const SHARED_PACKAGES: &str = "io.k8s.apimachinery.";

/// The packages of the built-in groups.
const BUILT_IN_PACKAGES: &str = "io.k8s.api.";

/// The built-in groups whose full name is not `<short>.k8s.io`, by the name of their package.
const BUILT_IN_GROUPS: &[(&str, &str)] = &[
    ("apiserverinternal", "internal.apiserver.k8s.io"),
    ("apps", "apps"),
    ("autoscaling", "autoscaling"),
    ("batch", "batch"),
    ("core", ""),
    ("extensions", "extensions"),
    ("flowcontrol", "flowcontrol.apiserver.k8s.io"),
    ("policy", "policy"),
    ("rbac", "rbac.authorization.k8s.io"),
];

/// What the model says of the modules of its schemas.
pub(super) struct Modules<'a> {
    /// The kind of each schema that is exactly one.
    kinds: HashMap<&'a str, Option<&'a GroupVersionKind>>,
    /// The module of each package that has such a schema.
    packages: HashMap<&'a str, String>,
}

impl<'a> Modules<'a> {
    pub(super) fn of(model: &'a SchemaModel) -> Self {
        let mut kinds: HashMap<&str, Option<&GroupVersionKind>> = HashMap::new();
        for (identity, kind) in &model.kinds {
            kinds
                .entry(&kind.schema)
                .and_modify(|several| *several = None)
                .or_insert(Some(identity));
        }
        // What other groups call theirs as well says nothing of the group of an object.
        for schema in model.aliases.values() {
            kinds.insert(schema, None);
        }
        let mut packages = HashMap::new();
        for kind in model.kinds.values() {
            let name = &*kind.schema;
            if let (Some(Some(identity)), Some(package)) = (kinds.get(name), package_of(name)) {
                packages.entry(package).or_insert_with(|| module_of_kind(identity));
            }
        }
        Self { kinds, packages }
    }

    /// The kind that `schema` is, where it is exactly one.
    pub(super) fn kind(&self, schema: &str) -> Option<&'a GroupVersionKind> {
        self.kinds.get(schema).copied().flatten()
    }

    /// The import path of the module of `schema`.
    pub(super) fn path(&self, schema: &str) -> String {
        if let Some((chart, _)) = chart_member(schema) {
            return format!("helm/{}", path_segment(chart));
        }
        let Some(package) = package_of(schema) else {
            return self.kind(schema).map_or_else(|| COMMON_MODULE.to_owned(), module_of_kind);
        };
        if package.starts_with(SHARED_PACKAGES) {
            return COMMON_MODULE.to_owned();
        }
        if let Some(kind) = self.kind(schema) {
            return module_of_kind(kind);
        }
        self.packages.get(package).cloned().unwrap_or_else(|| spelled_module(package))
    }

    /// The short paths of the built-in groups among `modules`, sorted.
    pub(super) fn aliases<T>(
        &self,
        model: &SchemaModel,
        modules: &IndexMap<String, T>,
    ) -> IndexMap<String, String> {
        let mut aliases: IndexMap<String, Option<String>> = IndexMap::new();
        for schema in model.schemas.keys() {
            let Some(package) = package_of(schema) else { continue };
            let Some(short) = package.strip_prefix(BUILT_IN_PACKAGES) else { continue };
            let Some((group, version)) = short.rsplit_once('.') else { continue };
            let alias = format!("k8s/{}/{}", path_segment(group), path_segment(version));
            // A type of another package may be a kind of this one's group, so ask for the package.
            let target =
                self.packages.get(package).cloned().unwrap_or_else(|| spelled_module(package));
            if modules.contains_key(&alias) || !modules.contains_key(&target) {
                continue;
            }
            aliases
                .entry(alias)
                .and_modify(|known| {
                    if known.as_ref() != Some(&target) {
                        *known = None;
                    }
                })
                .or_insert(Some(target));
        }
        aliases.sort_unstable_keys();
        aliases.into_iter().filter_map(|(alias, target)| Some((alias, target?))).collect()
    }
}

/// The name up to the last dot.
fn package_of(schema: &str) -> Option<&str> {
    schema.rsplit_once('.').map(|(package, _)| package)
}

/// The module of a group and version.
fn module_of_kind(identity: &GroupVersionKind) -> String {
    module_path(&identity.group, &identity.version)
}

fn module_path(group: &str, version: &str) -> String {
    let group = if group.is_empty() { "core" } else { group };
    format!("k8s/{}/{}", path_segment(group), path_segment(version))
}

/// The module that a package without kinds spells: `io.k8s.api.networking.v1` as the built-in
/// groups do, else the group backwards, as custom resources have it.
fn spelled_module(package: &str) -> String {
    let Some((group, version)) = package.rsplit_once('.') else {
        return COMMON_MODULE.to_owned();
    };
    if !is_version(version) {
        return COMMON_MODULE.to_owned();
    }
    if let Some(short) = package.strip_prefix(BUILT_IN_PACKAGES).and(group.rsplit('.').next()) {
        return match BUILT_IN_GROUPS.iter().find(|(name, _)| *name == short) {
            Some((_, full)) => module_path(full, version),
            None => module_path(&format!("{short}.k8s.io"), version),
        };
    }
    let group: Vec<&str> = group.rsplit('.').collect();
    module_path(&group.join("."), version)
}

/// Whether `text` is a version as Kubernetes writes them: `v1`, `v2beta1`.
fn is_version(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('v') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (major, stage) = match rest.find(|character: char| !character.is_ascii_digit()) {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    digits(major)
        && (stage.is_empty()
            || stage
                .strip_prefix("alpha")
                .or_else(|| stage.strip_prefix("beta"))
                .is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_as_kubernetes_writes_them() {
        for text in ["v1", "v10", "v1alpha1", "v2beta12"] {
            assert!(is_version(text), "{text}");
        }
        for text in ["", "v", "1", "v1alpha", "v1beta1x", "vbeta1", "values"] {
            assert!(!is_version(text), "{text}");
        }
    }

    #[test]
    fn packages_without_kinds_spell_their_group() {
        for (package, module) in [
            ("io.k8s.api.core.v1", "k8s/core/v1"),
            ("io.k8s.api.apps.v1", "k8s/apps/v1"),
            ("io.k8s.api.networking.v1", "k8s/networking.k8s.io/v1"),
            ("io.k8s.api.rbac.v1", "k8s/rbac.authorization.k8s.io/v1"),
            ("io.cert-manager.acme.v1", "k8s/acme.cert-manager.io/v1"),
            ("com.example.pkg", "k8s/_common"),
        ] {
            assert_eq!(spelled_module(package), module);
        }
    }
}
