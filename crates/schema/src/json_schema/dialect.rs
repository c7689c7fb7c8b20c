use std::collections::{BTreeSet, HashSet};

use super::references::{Draft, References};
use crate::convert::{Dialect, Pointer, Target};
use crate::{ParseError, Schema, SchemaModel, SchemaName};

/// Gives each place that is referred to its name.
pub(super) struct Named {
    references: References,
    /// The pointers of the named places, to find those below another.
    sorted: BTreeSet<String>,
    model: SchemaModel,
    met: HashSet<SchemaName>,
}

impl Named {
    pub(super) fn new(references: References) -> Self {
        let sorted = references.names.keys().cloned().collect();
        Self { references, sorted, model: SchemaModel::default(), met: HashSet::new() }
    }

    /// Keeps the place of a schema in the order of the model until it is converted.
    pub(super) fn reserve(&mut self, name: &SchemaName) {
        self.model.schemas.entry(SchemaName::clone(name)).or_default();
    }

    /// The model, and the pointers that turned out to be no schemas, each with the place that
    /// refers to it. They stand for any value.
    pub(super) fn finish(mut self) -> (SchemaModel, Vec<(String, String)>) {
        let mut unmet = Vec::new();
        for (pointer, (name, at)) in std::mem::take(&mut self.references.names) {
            if !self.met.contains(&name) {
                self.reserve(&name);
                unmet.push((pointer, at));
            }
        }
        (self.model, unmet)
    }
}

impl Dialect for Named {
    fn reference_has_siblings(&self) -> bool {
        self.references.draft == Draft::Modern
    }

    fn reference(&mut self, reference: &str, at: &Pointer<'_>) -> Result<Target, ParseError> {
        let target = self.references.target(reference, at);
        let name = target.and_then(|pointer| self.references.names.get(pointer));
        Ok(match name {
            Some((name, _)) => Target::Schema(SchemaName::clone(name)),
            None if reference.starts_with('#') => {
                Target::Unknown(format!("the `$ref` points at nothing: `{reference}`"))
            }
            None => Target::Unknown(format!("the `$ref` leads out of the document: `{reference}`")),
        })
    }

    fn name_of(&mut self, at: &Pointer<'_>) -> Option<SchemaName> {
        if at.depth() > 0 && self.references.names.len() == 1 {
            return None;
        }
        let (name, _) = self.references.names.get(&at.to_string())?;
        let name = SchemaName::clone(name);
        self.reserve(&name);
        Some(name)
    }

    fn named(&mut self, name: &SchemaName, schema: Schema) {
        self.model.schemas.insert(SchemaName::clone(name), schema);
        self.met.insert(SchemaName::clone(name));
    }

    fn names_below(&self, at: &Pointer<'_>) -> bool {
        if self.sorted.len() == 1 {
            return false;
        }
        let at = at.to_string();
        let inside = format!("{at}/");
        self.sorted.contains(&at)
            || self
                .sorted
                .range(inside.clone()..)
                .next()
                .is_some_and(|next| next.starts_with(&inside))
    }
}
