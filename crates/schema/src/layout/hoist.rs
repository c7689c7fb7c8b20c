//! Nested objects become named schemas.

use std::collections::{HashMap, HashSet};

use crate::crd::OBJECT_META;
use crate::merge::same_meaning;
use crate::model::{
    AdditionalProperties, Composition, ObjectKeywords, Schema, SchemaModel, SchemaName,
};

use super::object::{is_object, may_be_object};
use super::path::Path;

/// Makes a named schema of every nested object with declared properties, so that every object
/// type has a name.
///
/// In its place stays a reference with what belongs to the place: `description`, `default`,
/// `nullable` and `deprecated`. The named schema keeps the description and `nullable` as well, so
/// that `null` is allowed whichever of the two is asked. The new schemas follow the others, in
/// the order of the source. Branches of `not`, `if`, `then` and `else`, and what branches of
/// `anyOf` and `oneOf` say of properties declared beside them, check values and describe no types,
/// so they stay as they are.
///
/// Running it again changes nothing.
pub fn hoist(model: &mut SchemaModel) {
    let objects = model
        .schemas
        .iter()
        .filter(|(_, schema)| is_object(model, schema))
        .map(|(name, _)| SchemaName::clone(name))
        .collect();
    let taken = model.schemas.keys().cloned().collect();
    let mut hoisting = Hoisting { objects, taken, shared: HashMap::new(), hoisted: Vec::new() };
    for (name, schema) in &mut model.schemas {
        hoisting.visit_children(schema, &mut Path::of(name), Position::Named);
    }
    model.schemas.extend(hoisting.hoisted);
}

/// Whether a schema has its own name or is nested in another.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    Named,
    Nested,
}

struct Hoisting {
    /// The named schemas that are objects.
    objects: HashSet<SchemaName>,
    taken: HashSet<SchemaName>,
    /// What has a shortened name, as it was before the objects in it were hoisted.
    shared: HashMap<SchemaName, Schema>,
    hoisted: Vec<(SchemaName, Schema)>,
}

impl Hoisting {
    /// Hoists `schema` by the name of `path` where it is an object, else looks for objects in it.
    fn visit(&mut self, schema: &mut Schema, path: &mut Path) {
        if !self.is_anonymous_object(schema) {
            self.visit_children(schema, path, Position::Nested);
            return;
        }
        let (wanted, shortened) = path.name();
        let mut name: SchemaName = wanted.as_str().into();
        let mut known = false;
        let mut number = 1_u32;
        while self.taken.contains(&name) && !known {
            known = self.shared.get(&name).is_some_and(|shared| same_meaning(shared, schema));
            if !known {
                number += 1;
                name = format!("{wanted}_{number}").into();
            }
        }
        let place = Schema {
            reference: Some(SchemaName::clone(&name)),
            description: schema.description.clone(),
            default: schema.default.take(),
            nullable: schema.nullable,
            deprecated: schema.deprecated,
            ..Schema::default()
        };
        let mut object = std::mem::replace(schema, place);
        if known {
            return;
        }
        self.taken.insert(SchemaName::clone(&name));
        if shortened {
            self.shared.insert(SchemaName::clone(&name), object.clone());
        }
        // The slot is taken before the children's, so that parents come first.
        let slot = self.hoisted.len();
        self.hoisted.push((name, Schema::default()));
        self.visit_children(&mut object, path, Position::Named);
        self.hoisted[slot].1 = object;
    }

    fn visit_children(&mut self, schema: &mut Schema, path: &mut Path, position: Position) {
        let declares = self.is_anonymous_object(schema) || schema.has_properties();
        if let Some(object) = &mut schema.object {
            for (key, property) in &mut object.properties {
                path.within(key, |path| self.visit(property, path));
            }
            for (_, value) in &mut object.pattern_properties {
                self.visit_inner(value, path, position, "value");
            }
            if let AdditionalProperties::Schema(value) = &mut object.additional {
                self.visit_inner(value, path, position, "value");
            }
        }
        if let Some(array) = &mut schema.array {
            if let Some(items) = &mut array.items {
                self.visit_inner(items, path, position, "item");
            }
            for (index, item) in array.prefix_items.iter_mut().enumerate() {
                path.within(&format!("item{}", index + 1), |path| self.visit(item, path));
            }
        }
        if let Some(composition) = &mut schema.composition {
            let beside = schema.object.as_deref();
            self.visit_composition(composition, declares, beside, path, position);
        }
    }

    /// Visits list items or map values. Those of a property are named as the property is; of what
    /// has a name itself they need another.
    fn visit_inner(&mut self, inner: &mut Schema, path: &mut Path, position: Position, word: &str) {
        match position {
            Position::Named => path.within(word, |path| self.visit(inner, path)),
            Position::Nested => self.visit(inner, path),
        }
    }

    fn visit_composition(
        &mut self,
        composition: &mut Composition,
        declares: bool,
        beside: Option<&ObjectKeywords>,
        path: &mut Path,
        position: Position,
    ) {
        for member in &mut composition.all_of {
            // A member is part of the type that it belongs to, so only its properties are visited.
            self.visit_children(member, path, Position::Named);
        }
        if declares {
            // Branches constrain what the object declares, but may declare more.
            let properties = composition
                .any_of
                .iter_mut()
                .chain(&mut composition.one_of)
                .filter_map(|branch| branch.object.as_mut())
                .flat_map(|object| &mut object.properties)
                .filter(|(key, _)| {
                    beside.is_none_or(|beside| !beside.properties.contains_key(*key))
                });
            for (key, property) in properties {
                path.within(key, |path| self.visit(property, path));
            }
            return;
        }
        for branches in [&mut composition.any_of, &mut composition.one_of] {
            let objects = branches.iter().filter(|branch| self.is_anonymous_object(branch)).count();
            for (index, branch) in branches.iter_mut().enumerate() {
                if objects == 1 && position == Position::Nested {
                    self.visit(branch, path);
                } else {
                    path.within(&format!("option{}", index + 1), |path| self.visit(branch, path));
                }
            }
        }
    }

    /// Whether `schema` is an object with declared properties and no name.
    fn is_anonymous_object(&self, schema: &Schema) -> bool {
        // A definition may constrain the name of its objects; their metadata has the type that
        // all metadata has.
        let is_metadata = schema.reference.as_deref() == Some(OBJECT_META);
        !is_metadata
            && may_be_object(schema)
            && (schema.has_properties()
                || schema.composition.as_ref().is_some_and(|composition| {
                    composition.all_of.iter().any(|member| {
                        self.is_anonymous_object(member)
                            || member
                                .reference
                                .as_ref()
                                .is_some_and(|target| self.objects.contains(target))
                    })
                }))
    }
}
