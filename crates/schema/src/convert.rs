//! From a document's values to [`Schema`]s, keyword by keyword.
//!
//! OpenAPI v3, CRDs and JSON Schema share their keywords, so there is one conversion; a
//! [`Dialect`] says what differs: what a `$ref` means and which places get a name of their own.
//! The value is consumed, its texts are moved.
//!
//! What is malformed never fails the rest: the keyword is left out, which allows more, and a
//! [`Warning`] names the place. Only nesting beyond [`MAX_DEPTH`] and what the dialect refuses are
//! errors. Keywords that say nothing about values (`examples`, `x-…`) are left out silently, and
//! those that can be said by others are (`dependentRequired` by `if`, `contains` by `not`).

use husako_value::{Map, Value};

use crate::{Composition, Schema, SchemaName, TypeSet};

mod array;
mod bounds;
mod composition;
mod deprecation;
pub(crate) mod depth;
mod finish;
mod kubernetes;
mod object;
pub(crate) mod pointer;
mod read;
mod report;

pub(crate) use deprecation::deprecation;
pub(crate) use pointer::Pointer;
pub use report::{MAX_DEPTH, ParseError, Parsed, Warning};

/// What differs between the kinds of documents.
pub(crate) trait Dialect {
    /// Whether keywords beside a `$ref` count. Up to draft 07 they do not, save for those that
    /// describe.
    fn reference_has_siblings(&self) -> bool {
        true
    }

    /// What a `$ref` at `at` stands for.
    fn reference(&mut self, reference: &str, at: &Pointer<'_>) -> Result<Target, ParseError>;

    /// The name of the schema at `at`, if it gets one and only a reference stays in its place.
    fn name_of(&mut self, _at: &Pointer<'_>) -> Option<SchemaName> {
        None
    }

    /// Takes the schema that [`Self::name_of`] gave a name.
    fn named(&mut self, _name: &SchemaName, _schema: Schema) {}

    /// Whether a schema at or below `at` gets a name, although nothing says that it is a schema.
    fn names_below(&self, _at: &Pointer<'_>) -> bool {
        false
    }
}

/// What a `$ref` stands for.
pub(crate) enum Target {
    /// A named schema.
    Schema(SchemaName),
    /// Nothing that can be modelled, because of this.
    Unknown(String),
}

/// One conversion, of one document or a part of it.
pub(crate) struct Converter<'a, D> {
    /// The document, as the caller calls it.
    pub(crate) document: &'a str,
    pub(crate) dialect: D,
    pub(crate) warnings: Vec<Warning>,
}

/// A schema whose keywords are not all read.
#[derive(Default)]
struct Draft {
    schema: Schema,
    /// Keywords that are folded into others at the end. Few schemas have any.
    rest: Option<Box<Rest>>,
}

#[derive(Default)]
struct Rest {
    title: Option<Box<str>>,
    constant: Option<Value>,
    exclusive_minimum: Option<Value>,
    exclusive_maximum: Option<Value>,
    additional_items: Option<Schema>,
    unevaluated_items: Option<Schema>,
    unevaluated_properties: Option<Schema>,
    contains: Option<Schema>,
    contains_none: bool,
    dependencies: Vec<Schema>,
}

impl Draft {
    fn rest(&mut self) -> &mut Rest {
        self.rest.get_or_insert_default()
    }

    fn composition(&mut self) -> &mut Composition {
        self.schema.composition.get_or_insert_default()
    }
}

impl<'a, D: Dialect> Converter<'a, D> {
    pub(crate) fn new(document: &'a str, dialect: D) -> Self {
        Self { document, dialect, warnings: Vec::new() }
    }

    /// The schema that `value` describes.
    pub(crate) fn schema(&mut self, value: Value, at: &Pointer<'_>) -> Result<Schema, ParseError> {
        self.check_depth(at)?;
        let name = self.dialect.name_of(at);
        let schema = match value {
            Value::Object(map) => self.keywords(map, at)?,
            Value::Bool(true) => Schema::default(),
            Value::Bool(false) => nothing(),
            other => {
                self.warn(at, format!("expected a schema, found {}", other.type_name()));
                Schema::default()
            }
        };
        Ok(match name {
            Some(name) => {
                self.dialect.named(&name, schema);
                Schema::reference_to(name)
            }
            None => schema,
        })
    }

    pub(crate) fn warn(&mut self, at: &Pointer<'_>, message: impl Into<String>) {
        self.warnings.push(Warning {
            document: self.document.to_owned(),
            path: at.to_string(),
            message: message.into(),
        });
    }

    fn check_depth(&self, at: &Pointer<'_>) -> Result<(), ParseError> {
        if at.depth() <= MAX_DEPTH {
            return Ok(());
        }
        Err(ParseError::TooDeep { document: self.document.to_owned(), pointer: at.abbreviated() })
    }

    fn keywords(&mut self, map: Map, at: &Pointer<'_>) -> Result<Schema, ParseError> {
        let only_reference = !self.dialect.reference_has_siblings()
            && map.get("$ref").is_some_and(|reference| reference.as_str().is_some());
        let mut draft = Draft::default();
        for (key, value) in map {
            let at = &at.key(&key);
            if only_reference
                && !matches!(&*key, "$ref" | "title" | "description" | "default" | "deprecated")
            {
                self.ignored(value, at)?;
            } else if value != Value::Null || matches!(&*key, "default" | "const") {
                // Go, and so the API server, reads an explicit null as absent.
                self.keyword(&mut draft, &key, value, at)?;
            }
        }
        Ok(self.finished(draft, at))
    }

    fn keyword(
        &mut self,
        draft: &mut Draft,
        key: &str,
        value: Value,
        at: &Pointer<'_>,
    ) -> Result<(), ParseError> {
        let schema = &mut draft.schema;
        match key {
            "type" => schema.types = self.types(value, at),
            "nullable" => schema.nullable = self.flag(&value, at),
            "deprecated" => schema.deprecated = self.flag(&value, at),
            "description" => schema.description = self.text(value, at),
            "title" => draft.rest().title = self.text(value, at),
            "format" => schema.format = self.text(value, at),
            "default" => schema.default = Some(Box::new(value)),
            "const" => draft.rest().constant = Some(value),
            "enum" => schema.enumeration = self.list(value, at).map(Box::new),
            "$ref" | "$dynamicRef" | "$recursiveRef" => {
                schema.reference = self.reference(value, at)?;
            }
            "properties"
            | "required"
            | "additionalProperties"
            | "patternProperties"
            | "propertyNames"
            | "minProperties"
            | "maxProperties"
            | "unevaluatedProperties"
            | "dependencies"
            | "dependentRequired"
            | "dependentSchemas" => {
                self.object_keyword(draft, key, value, at)?;
            }
            "items" | "prefixItems" | "additionalItems" | "unevaluatedItems" | "minItems"
            | "maxItems" | "uniqueItems" | "contains" | "minContains" | "maxContains" => {
                self.array_keyword(draft, key, value, at)?;
            }
            "pattern" | "minLength" | "maxLength" | "minimum" | "maximum" | "exclusiveMinimum"
            | "exclusiveMaximum" | "multipleOf" => self.bound(draft, key, value, at),
            "allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else" => {
                self.composition(draft, key, value, at)?;
            }
            _ if key.starts_with("x-kubernetes-") => self.extension(draft, key, value, at),
            _ => self.ignored(value, at)?,
        }
        Ok(())
    }

    /// Something that says nothing about values. There may be schemas in it that are referred to,
    /// as in `definitions`, or anywhere by their pointer.
    fn ignored(&mut self, value: Value, at: &Pointer<'_>) -> Result<(), ParseError> {
        self.check_depth(at)?;
        if !self.dialect.names_below(at) {
            return Ok(());
        }
        match value {
            value if self.dialect.name_of(at).is_some() => {
                self.schema(value, at)?;
            }
            Value::Object(map) => {
                for (key, value) in map {
                    self.ignored(value, &at.key(&key))?;
                }
            }
            Value::Array(items) => {
                for (index, value) in items.into_iter().enumerate() {
                    self.ignored(value, &at.index(index))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn types(&mut self, value: Value, at: &Pointer<'_>) -> TypeSet {
        match value {
            Value::String(name) => self.type_named(&name, at).unwrap_or_default(),
            Value::Array(names) if !names.is_empty() => {
                let types: Option<Vec<TypeSet>> = names
                    .iter()
                    .enumerate()
                    .map(|(index, name)| match name {
                        Value::String(name) => self.type_named(name, &at.index(index)),
                        other => {
                            self.expected("the name of a type", other, &at.index(index));
                            None
                        }
                    })
                    .collect();
                types.unwrap_or_default().into_iter().fold(TypeSet::ANY, TypeSet::union)
            }
            Value::Array(_) => {
                self.warn(at, "the list of types is empty");
                TypeSet::ANY
            }
            other => {
                self.expected("the name of a type", &other, at);
                TypeSet::ANY
            }
        }
    }

    fn type_named(&mut self, name: &str, at: &Pointer<'_>) -> Option<TypeSet> {
        let known = TypeSet::from_name(name);
        // No standard has `any`, but all who write it mean it; Go reads "" as absent.
        if known.is_none() && !matches!(name, "any" | "") {
            self.warn(at, format!("unknown type `{name}`"));
        }
        known
    }

    fn reference(
        &mut self,
        value: Value,
        at: &Pointer<'_>,
    ) -> Result<Option<SchemaName>, ParseError> {
        let Value::String(reference) = value else {
            self.expected("a string", &value, at);
            return Ok(None);
        };
        Ok(match self.dialect.reference(&reference, at)? {
            Target::Schema(name) => Some(name),
            Target::Unknown(why) => {
                self.warn(at, why);
                None
            }
        })
    }
}

/// The schema that allows nothing, `false` in JSON Schema.
pub(crate) fn nothing() -> Schema {
    Schema { enumeration: Some(Box::default()), ..Schema::default() }
}

#[cfg(test)]
mod tests;
