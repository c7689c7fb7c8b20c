use super::Store;
use crate::compiled::{Node, TypeId};

/// How deep references and `allOf` are followed for the properties of one object.
const MAX_DEPTH: u32 = 32;

/// What is needed to make the objects of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Factory<'a> {
    /// The `apiVersion` and the `kind` of a document, where it is one.
    pub kind: Option<(&'a str, &'a str)>,
    /// The names of the properties, in a fixed order.
    pub properties: Vec<&'a str>,
    /// The names of the properties of a document's `spec`, where that is an object type.
    pub spec_properties: Option<Vec<&'a str>>,
    /// The properties from a document to the object that has `containers`: `spec`, `template`,
    /// `spec`.
    pub pod_spec_path: Option<Vec<&'a str>>,
}

impl<'a> Factory<'a> {
    pub(super) fn of(store: &'a Store, id: TypeId) -> Option<Self> {
        let of = store.get(id)?;
        let kind = of.kind.as_ref().map(|(api_version, kind)| (&**api_version, &**kind));
        let mut properties = Vec::new();
        properties_of(store, &of.node, MAX_DEPTH, &mut |name, _| properties.push(name));
        let mut spec = None;
        if kind.is_some() {
            properties_of(store, &of.node, MAX_DEPTH, &mut |name, node| {
                if name == "spec" {
                    spec = spec.or(node);
                }
            });
        }
        let spec_properties = spec.and_then(|spec| {
            let mut names = Vec::new();
            properties_of(store, spec, MAX_DEPTH, &mut |name, _| names.push(name));
            (!names.is_empty()).then(|| distinct(names))
        });
        let path = of.pod_spec_path.as_ref();
        Some(Self {
            kind,
            properties: distinct(properties),
            spec_properties,
            pod_spec_path: path.map(|path| path.iter().map(|key| &**key).collect()),
        })
    }
}

/// Calls `visit` with each property of `node`, of what it refers to and of its parts, and with
/// each that is only required. A property may come more than once.
fn properties_of<'a>(
    store: &'a Store,
    node: &'a Node,
    depth: u32,
    visit: &mut impl FnMut(&'a str, Option<&'a Node>),
) {
    if depth == 0 {
        return;
    }
    if let Some(object) = &node.object {
        object.properties.iter().for_each(|(name, node)| visit(name, Some(node)));
    }
    if let Some(target) = node.reference.and_then(|id| store.get(id)) {
        properties_of(store, &target.node, depth - 1, visit);
    }
    if let Some(composition) = node.rest.as_ref().and_then(|rest| rest.composition.as_ref()) {
        for member in &composition.all_of {
            properties_of(store, member, depth - 1, visit);
        }
        for branch in composition.any_of.iter().chain(&composition.one_of) {
            let properties = branch.object.iter().flat_map(|object| &object.properties);
            properties.for_each(|(name, node)| visit(name, Some(node)));
        }
    }
    if let Some(object) = &node.object {
        object.required.iter().for_each(|name| visit(name, None));
    }
}

/// Each name once, at its first place.
fn distinct(mut names: Vec<&str>) -> Vec<&str> {
    let mut seen = std::collections::HashSet::with_capacity(names.len());
    names.retain(|name| seen.insert(*name));
    names
}
