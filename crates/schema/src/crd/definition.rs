use husako_value::{Map, Value};

use super::{CrdSet, Structural, Version, root, take};
use crate::convert::{Converter, Pointer};
use crate::openapi::names::reversed;
use crate::{GroupVersionKind, Kind, ParseError, Scope};

/// What all versions of a definition share.
struct Common {
    group: String,
    kind: String,
    scope: Option<Scope>,
    /// Unknown fields are kept at any depth.
    preserve_unknown_fields: bool,
    /// The schema of versions that have none of their own.
    validation: Option<Value>,
}

impl CrdSet {
    /// The served versions, or nothing where the definition has no usable name.
    pub(super) fn definition(
        &mut self,
        mut map: Map,
        document: &str,
        legacy: bool,
        at: &Pointer<'_>,
    ) -> Result<Option<Vec<Version>>, ParseError> {
        let at = &at.key("spec");
        let Some(Value::Object(mut spec)) = take(&mut map, "spec") else {
            self.warn(document, at, "expected an object; the definition is left out");
            return Ok(None);
        };
        let text = |value: Option<Value>| match value {
            Some(Value::String(text)) if !text.is_empty() => Some(text.into_string()),
            _ => None,
        };
        let names = &at.key("names");
        let kind = text(spec.get("names").and_then(|names| names.get("kind")).cloned());
        let (group, kind) = match (text(take(&mut spec, "group")), kind) {
            (None, _) => {
                self.warn(document, &at.key("group"), "no group; the definition is left out");
                return Ok(None);
            }
            (_, None) => {
                self.warn(document, &names.key("kind"), "no kind; the definition is left out");
                return Ok(None);
            }
            (Some(group), Some(kind)) => (group, kind),
        };
        let scope =
            self.scope(take(&mut spec, "scope").as_ref(), document, legacy, &at.key("scope"));
        let preserve_unknown_fields =
            take(&mut spec, "preserveUnknownFields").as_ref().and_then(Value::as_bool);
        let common = Common {
            group,
            kind,
            scope,
            // The legacy version keeps them unless it says otherwise.
            preserve_unknown_fields: preserve_unknown_fields.unwrap_or(legacy),
            validation: take_schema(take(&mut spec, "validation")),
        };
        self.versions(&common, spec, document, at).map(Some)
    }

    fn scope(
        &mut self,
        value: Option<&Value>,
        document: &str,
        legacy: bool,
        at: &Pointer<'_>,
    ) -> Option<Scope> {
        match value.map(Value::as_str) {
            Some(Some("Namespaced")) => Some(Scope::Namespaced),
            Some(Some("Cluster")) => Some(Scope::Cluster),
            None if legacy => Some(Scope::Namespaced),
            _ => {
                self.warn(document, at, "expected `Namespaced` or `Cluster`");
                None
            }
        }
    }

    fn versions(
        &mut self,
        common: &Common,
        mut spec: Map,
        document: &str,
        at: &Pointer<'_>,
    ) -> Result<Vec<Version>, ParseError> {
        let single = take(&mut spec, "version");
        let list = match (take(&mut spec, "versions"), single) {
            (Some(Value::Array(list)), _) if !list.is_empty() => list,
            // The oldest form has one version, by its name.
            (None | Some(Value::Array(_)), Some(Value::String(name))) => {
                vec![Value::Object(Map::from_iter([("name".into(), Value::String(name))]))]
            }
            _ => {
                self.warn(document, &at.key("versions"), "no version; the definition is left out");
                return Ok(Vec::new());
            }
        };
        let at = &at.key("versions");
        let mut served = 0;
        let mut versions = Vec::new();
        for (index, value) in list.into_iter().enumerate() {
            if value.get("served").and_then(Value::as_bool) == Some(false) {
                continue;
            }
            served += 1;
            versions.extend(self.version(common, value, document, &at.index(index))?);
        }
        if served == 0 {
            self.warn(document, at, "no version is served; the definition is left out");
        }
        Ok(versions)
    }

    fn version(
        &mut self,
        common: &Common,
        value: Value,
        document: &str,
        at: &Pointer<'_>,
    ) -> Result<Option<Version>, ParseError> {
        let Value::Object(mut map) = value else {
            self.warn(document, at, "expected an object; the version is left out");
            return Ok(None);
        };
        let Some(name) = map.get("name").and_then(Value::as_str).filter(|name| !name.is_empty())
        else {
            self.warn(document, &at.key("name"), "no name; the version is left out");
            return Ok(None);
        };
        let identity = GroupVersionKind::new(&common.group, name, &common.kind);
        let deprecated = map.get("deprecated").and_then(Value::as_bool) == Some(true);
        let deprecation = map.get("deprecationWarning").and_then(Value::as_str).unwrap_or_default();
        let schema_name = format!("{}.{name}.{}", reversed(&common.group), common.kind);
        let kind = Kind {
            schema: schema_name.into(),
            scope: common.scope,
            custom: true,
            deprecated: deprecated.then(|| deprecation.into()),
        };
        let schema_at = &at.key("schema");
        let schema_at = &schema_at.key("openAPIV3Schema");
        let schema = take_schema(take(&mut map, "schema")).or_else(|| common.validation.clone());
        let schema = if let Some(value) = schema {
            let mut converter = Converter::new(document, Structural);
            let schema = converter.schema(value, schema_at)?;
            self.warnings.append(&mut converter.warnings);
            root::completed(schema, common.preserve_unknown_fields)
        } else {
            self.warn(document, schema_at, "no schema; any field is allowed");
            root::open()
        };
        Ok(Some(Version { identity, kind, schema }))
    }
}

/// `openAPIV3Schema` of a version's `schema` or a definition's `validation`.
fn take_schema(holder: Option<Value>) -> Option<Value> {
    match holder {
        Some(Value::Object(mut map)) => take(&mut map, "openAPIV3Schema"),
        _ => None,
    }
}
