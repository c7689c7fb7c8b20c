//! Where the references of a document point.

use std::collections::HashMap;

use husako_value::Value;
use indexmap::{IndexMap, IndexSet};

use super::uri;
use crate::convert::pointer::{percent_decoded, unescaped};
use crate::convert::{MAX_DEPTH, Pointer};
use crate::{ParseError, SchemaName};

/// A draft of JSON Schema, as far as it makes a difference here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draft {
    /// 04, 06 and 07: nothing beside a `$ref` counts.
    UpTo07,
    /// 2019-09 and 2020-12, and whatever names no draft.
    #[default]
    Modern,
}

impl Draft {
    /// The draft that a document's `$schema` names. Without one, Helm takes the newest.
    #[must_use]
    pub fn of(schema: &Value) -> Self {
        let uri = schema.get("$schema").and_then(Value::as_str).unwrap_or_default();
        if ["draft-03", "draft-04", "draft-05", "draft-06", "draft-07"]
            .iter()
            .any(|draft| uri.contains(draft))
        {
            Self::UpTo07
        } else {
            Self::Modern
        }
    }
}

/// The references of a document, resolved.
pub(super) struct References {
    pub(super) draft: Draft,
    /// The places that get names: canonical pointers, the root (`#`) among them, and for each the
    /// first place that refers to it.
    pub(super) names: IndexMap<String, (SchemaName, String)>,
    /// What each reference stands for, by the base URI that counts at its place.
    targets: HashMap<(String, String), Option<String>>,
    /// The base URI of each place that sets one.
    bases: HashMap<String, String>,
}

impl References {
    /// The canonical pointer of the place that a reference at `at` stands for, if it is in the
    /// document.
    pub(super) fn target(&self, reference: &str, at: &Pointer<'_>) -> Option<&str> {
        let base =
            if self.bases.len() > 1 { self.base_of(&at.to_string()) } else { self.base_of("#") };
        self.targets.get(&(base.to_owned(), reference.to_owned()))?.as_deref()
    }

    fn base_of(&self, mut pointer: &str) -> &str {
        loop {
            if let Some(base) = self.bases.get(pointer) {
                return base;
            }
            match pointer.rfind('/') {
                Some(end) => pointer = &pointer[..end],
                None => return "",
            }
        }
    }
}

pub(super) fn resolve(name: &str, document: &str, root: &Value) -> Result<References, ParseError> {
    let draft = Draft::of(root);
    let mut scan = Scan { document, draft, ..Scan::default() };
    scan.walk(root, &Pointer::base("#"), "")?;
    scan.resources.entry(String::new()).or_insert_with(|| "#".to_owned());
    let mut references = References {
        draft,
        names: IndexMap::from([("#".to_owned(), (name.into(), "#".to_owned()))]),
        targets: HashMap::new(),
        bases: scan.bases,
    };
    let mut taken: IndexSet<SchemaName> = IndexSet::from([name.into()]);
    for ((base, reference), at) in scan.references {
        let absolute = uri::resolve(&base, &reference);
        let (resource, fragment) = uri::split_fragment(&absolute);
        let pointer = scan.resources.get(resource).and_then(|resource_at| {
            let fragment = percent_decoded(fragment.unwrap_or_default());
            if fragment.is_empty() || fragment.starts_with('/') {
                canonical(root, &format!("{resource_at}{fragment}"))
            } else {
                scan.anchors.get(&(resource.to_owned(), fragment)).cloned()
            }
        });
        if let Some(pointer) = &pointer
            && !references.names.contains_key(pointer)
        {
            let schema_name = unique_name(name, pointer, &mut taken);
            references.names.insert(pointer.clone(), (schema_name, at));
        }
        references.targets.insert((base, reference), pointer);
    }
    Ok(references)
}

/// `helm/chart#image` for `#/definitions/image`, `helm/chart#a.items` for `#/properties/a/items`.
fn unique_name(root: &str, pointer: &str, taken: &mut IndexSet<SchemaName>) -> SchemaName {
    let mut path = String::new();
    let mut segments = pointer.split('/').skip(1);
    while let Some(segment) = segments.next() {
        let by_name =
            matches!(segment, "definitions" | "$defs" | "properties" | "patternProperties");
        let segment = if by_name { segments.next().unwrap_or(segment) } else { segment };
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&unescaped(segment));
    }
    let name = format!("{root}#{path}");
    // A definition and a property may have the same name.
    let mut count = 2;
    let mut candidate: SchemaName = name.as_str().into();
    while !taken.insert(SchemaName::clone(&candidate)) {
        candidate = format!("{name}~{count}").into();
        count += 1;
    }
    candidate
}

/// The pointer as the conversion writes it, if the document has that place.
fn canonical(root: &Value, pointer: &str) -> Option<String> {
    let mut value = root;
    for segment in pointer.split('/').skip(1) {
        value = match value {
            Value::Object(map) => map.get(&unescaped(segment))?,
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(pointer.to_owned())
}

#[derive(Default)]
struct Scan<'a> {
    document: &'a str,
    draft: Draft,
    references: IndexMap<(String, String), String>,
    resources: HashMap<String, String>,
    anchors: HashMap<(String, String), String>,
    bases: HashMap<String, String>,
}

impl Scan<'_> {
    fn walk(&mut self, value: &Value, at: &Pointer<'_>, base: &str) -> Result<(), ParseError> {
        if at.depth() > MAX_DEPTH {
            let pointer = at.abbreviated();
            return Err(ParseError::TooDeep { document: self.document.to_owned(), pointer });
        }
        match value {
            Value::Object(map) => {
                let text = |key: &str| map.get(key).and_then(Value::as_str);
                let own =
                    text("$id").or_else(|| text("id").filter(|_| self.draft == Draft::UpTo07));
                let own = own.map(|id| self.identify(id, at, base));
                let base = own.as_deref().unwrap_or(base);
                for key in ["$anchor", "$dynamicAnchor"] {
                    if let Some(anchor) = text(key) {
                        let key = (base.to_owned(), anchor.to_owned());
                        self.anchors.entry(key).or_insert_with(|| at.to_string());
                    }
                }
                for key in ["$ref", "$dynamicRef", "$recursiveRef"] {
                    if let Some(reference) = text(key) {
                        let key = (base.to_owned(), reference.to_owned());
                        self.references.entry(key).or_insert_with(|| at.key("$ref").to_string());
                    }
                }
                for (key, value) in map.iter() {
                    let at = &at.key(key);
                    match (key, value) {
                        // Data, not schemas.
                        ("default" | "const" | "enum" | "examples" | "example", _) => {}
                        // Here the keys are names.
                        (
                            "properties" | "patternProperties" | "definitions" | "$defs"
                            | "dependencies" | "dependentSchemas",
                            Value::Object(map),
                        ) => {
                            for (name, value) in map.iter() {
                                self.walk(value, &at.key(name), base)?;
                            }
                        }
                        _ => self.walk(value, at, base)?,
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, &at.index(index), base)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Notes an `$id` and gives the base URI that counts from there on.
    fn identify(&mut self, id: &str, at: &Pointer<'_>, base: &str) -> String {
        let absolute = uri::resolve(base, id);
        let (resource, fragment) = uri::split_fragment(&absolute);
        match fragment {
            // Up to draft 07, an `$id` of only a fragment is an anchor.
            Some(anchor) if !anchor.is_empty() && id.starts_with('#') => {
                let key = (resource.to_owned(), anchor.to_owned());
                self.anchors.entry(key).or_insert_with(|| at.to_string());
            }
            _ => {
                self.resources.entry(resource.to_owned()).or_insert_with(|| at.to_string());
                self.bases.insert(at.to_string(), resource.to_owned());
            }
        }
        resource.to_owned()
    }
}
