//! Type expressions.
//!
//! A schema is a union of alternatives. Where it says nothing of the type the expression is
//! `unknown`, and where it only constrains values (`required`, `pattern`, …) it adds nothing.

use std::borrow::Cow;

use husako_schema::{AdditionalProperties, ArrayKeywords, ObjectKeywords, Schema, TypeSet};
use husako_value::Value;

use crate::module::Writer;
use crate::names::string_literal;

/// The alternatives of a type, each once, in the order of the schema.
#[derive(Default)]
pub(crate) struct Union(Vec<Cow<'static, str>>);

impl Union {
    fn add(&mut self, member: impl Into<Cow<'static, str>>) {
        let member = member.into();
        if !self.0.contains(&member) {
            self.0.push(member);
        }
    }

    fn extend(&mut self, other: Self) {
        for member in other.0 {
            self.add(member);
        }
    }

    /// Whether the type says nothing.
    fn is_unknown(&self) -> bool {
        self.0.is_empty() || self.0.iter().any(|member| member == "unknown")
    }

    /// Writes the union.
    pub(crate) fn push(&self, out: &mut String) {
        if self.is_unknown() {
            out.push_str("unknown");
            return;
        }
        for (index, member) in self.0.iter().enumerate() {
            if index > 0 {
                out.push_str(" | ");
            }
            out.push_str(member);
        }
    }

    /// The union as the operand of `[]` or `?`.
    fn operand(&self) -> String {
        let mut text = String::new();
        self.push(&mut text);
        if self.0.len() > 1 && text != "unknown" { format!("({text})") } else { text }
    }
}

impl Writer<'_> {
    /// The type of the values that `schema` describes.
    pub(crate) fn union_of(&mut self, schema: &Schema) -> Union {
        let mut union = Union::default();
        self.add_alternatives(schema, &mut union);
        if union.is_unknown() {
            return Union(vec!["unknown".into()]);
        }
        if schema.nullable {
            union.add("null");
        }
        union
    }

    fn add_alternatives(&mut self, schema: &Schema, union: &mut Union) {
        if let Some(literals) = schema.enumeration.as_deref().and_then(|values| literals(values)) {
            union.extend(literals);
        } else if schema.int_or_string {
            union.add("number");
            union.add("string");
        } else if let Some(name) = &schema.reference {
            self.add_reference(name, union);
        } else if let Some(refined) = self.composed(schema) {
            union.extend(refined);
        } else {
            self.add_declared_types(schema, union);
        }
    }

    fn add_declared_types(&mut self, schema: &Schema, union: &mut Union) {
        let types = schema.types;
        if types.is_any() {
            // Keywords of one type suggest it where none is named.
            if let Some(array) = &schema.array {
                union.add(self.array(array));
            } else if let Some(object) = &schema.object {
                if schema.has_properties() || object.additional != AdditionalProperties::Unspecified
                {
                    union.add(self.map(object));
                }
            } else if schema.embedded_resource {
                union.add("object");
            }
            return;
        }
        if types.contains(TypeSet::STRING) {
            union.add("string");
        }
        if types.contains(TypeSet::INTEGER) || types.contains(TypeSet::NUMBER) {
            union.add("number");
        }
        if types.contains(TypeSet::BOOLEAN) {
            union.add("boolean");
        }
        if types.contains(TypeSet::ARRAY) {
            match &schema.array {
                Some(array) => union.add(self.array(array)),
                None => union.add("unknown[]"),
            }
        }
        if types.contains(TypeSet::OBJECT) {
            match &schema.object {
                Some(object) => union.add(self.map(object)),
                None => union.add("object"),
            }
        }
        if types.contains(TypeSet::NULL) {
            union.add("null");
        }
    }

    /// The union that `allOf`, `anyOf` or `oneOf` make, where they describe types and do not
    /// merely constrain values.
    fn composed(&mut self, schema: &Schema) -> Option<Union> {
        let composition = schema.composition.as_deref()?;
        if schema.has_properties() {
            return None;
        }
        for branches in [&composition.one_of, &composition.any_of] {
            let mut union = Union::default();
            let mut described = !branches.is_empty();
            for branch in branches {
                let branch = self.union_of(branch);
                described &= !branch.is_unknown();
                union.extend(branch);
            }
            if described {
                return Some(union);
            }
        }
        if !schema.types.is_any() {
            return None;
        }
        composition.all_of.iter().find_map(|member| {
            let union = self.union_of(member);
            (!union.is_unknown()).then_some(union)
        })
    }

    fn add_reference(&mut self, name: &str, union: &mut Union) {
        let Some(target) = self.model.schemas.get(name) else {
            union.add("unknown");
            return;
        };
        let Some(identifier) = self.reference(name) else {
            // A schema without a place refers to no other such schema, so this ends.
            union.extend(self.union_of(target));
            return;
        };
        if !self.layout.has_factory(name) {
            union.add(identifier.into_owned());
            return;
        }
        let input = self.helper("In");
        union.add(format!("{input}<{identifier}>"));
        // What may stand instead of the object, which an interface cannot say.
        if target.nullable || target.types.contains(TypeSet::NULL) {
            union.add("null");
        }
        for (kind, text) in [
            (TypeSet::STRING, "string"),
            (TypeSet::NUMBER, "number"),
            (TypeSet::INTEGER, "number"),
            (TypeSet::BOOLEAN, "boolean"),
        ] {
            if target.types.contains(kind) {
                union.add(text);
            }
        }
        if target.types.contains(TypeSet::ARRAY) {
            match &target.array {
                Some(array) => union.add(self.array(array)),
                None => union.add("unknown[]"),
            }
        }
    }

    fn array(&mut self, array: &ArrayKeywords) -> String {
        if array.prefix_items.is_empty() {
            return match &array.items {
                Some(items) => format!("{}[]", self.union_of(items).operand()),
                None => "unknown[]".to_owned(),
            };
        }
        let mut tuple = String::from("[");
        for (index, item) in array.prefix_items.iter().enumerate() {
            if index > 0 {
                tuple.push_str(", ");
            }
            tuple.push_str(&self.union_of(item).operand());
            // JSON Schema lets a list end before its last described item.
            if array
                .min_items
                .is_none_or(|min| u64::try_from(index).is_ok_and(|index| index >= min))
            {
                tuple.push('?');
            }
        }
        let rest = match &array.items {
            Some(items) => self.union_of(items).operand(),
            None => "unknown".to_owned(),
        };
        tuple.push_str(", ...");
        tuple.push_str(&rest);
        tuple.push_str("[]]");
        tuple
    }

    /// An object without declared properties: a map, or any object at all.
    fn map(&mut self, object: &ObjectKeywords) -> String {
        let mut values = Union::default();
        for (_, schema) in &object.pattern_properties {
            values.extend(self.union_of(schema));
        }
        match &object.additional {
            AdditionalProperties::Schema(schema) => values.extend(self.union_of(schema)),
            AdditionalProperties::Allowed => return "object".to_owned(),
            AdditionalProperties::Forbidden if values.0.is_empty() => {
                return "{ [key: string]: never }".to_owned();
            }
            AdditionalProperties::Unspecified if values.0.is_empty() => return "object".to_owned(),
            AdditionalProperties::Forbidden | AdditionalProperties::Unspecified => {}
        }
        if values.is_unknown() {
            // An interface, such as another kind, has no index signature to match; `object` takes
            // it, and builders too.
            return "object".to_owned();
        }
        let mut map = String::from("{ [key: string]: ");
        values.push(&mut map);
        map.push_str(" }");
        map
    }
}

/// The literal types of an enumeration. `None` where a value has no literal type.
fn literals(values: &[Value]) -> Option<Union> {
    if values.is_empty() {
        return Some(Union(vec!["never".into()]));
    }
    let mut union = Union::default();
    for value in values {
        match value {
            Value::Null => union.add("null"),
            Value::Bool(value) => union.add(if *value { "true" } else { "false" }),
            Value::Number(number) => union.add(number.to_string()),
            Value::String(text) => union.add(string_literal(text)),
            Value::Array(_) | Value::Object(_) => return None,
        }
    }
    Some(union)
}
