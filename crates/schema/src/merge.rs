//! Several sources in one model.

use std::collections::BTreeSet;

use husako_diagnostics::list;

use crate::{Schema, SchemaModel, SchemaName, Warning};

impl SchemaModel {
    /// Adds a later source, called `source` in warnings. Where both have a schema or a kind, the
    /// later one's is used; one warning tells of all schemas that differ in more than words.
    pub fn merge(&mut self, later: Self, source: &str) -> Vec<Warning> {
        let mut differing: Vec<SchemaName> = Vec::new();
        for (name, schema) in later.schemas {
            if let Some(known) = self.schemas.get_mut(&name) {
                if !same_meaning(known, &schema) {
                    differing.push(name);
                }
                *known = schema;
            } else {
                self.schemas.insert(name, schema);
            }
        }
        self.kinds.extend(later.kinds);
        self.aliases.extend(later.aliases);
        if differing.is_empty() {
            return Vec::new();
        }
        let message = format!(
            "used instead of what an earlier source says of {}",
            list(differing.iter().map(|name| &**name), 3),
        );
        vec![Warning { document: source.to_owned(), path: "#".to_owned(), message }]
    }

    /// Copies what the schemas here refer to, directly or through others, and only `library` has.
    /// Returns the names that neither has, in their order.
    pub fn complete_from(&mut self, library: &Self) -> Vec<SchemaName> {
        let mut missing = BTreeSet::new();
        let mut wanted: Vec<SchemaName> = Vec::new();
        self.schemas.values().for_each(|schema| collect_references(schema, &mut wanted));
        while let Some(name) = wanted.pop() {
            if self.schemas.contains_key(&name) {
                continue;
            }
            match library.schemas.get(&name) {
                Some(schema) => {
                    collect_references(schema, &mut wanted);
                    self.schemas.insert(name, schema.clone());
                }
                None => _ = missing.insert(name),
            }
        }
        missing.into_iter().collect()
    }
}

fn collect_references(schema: &Schema, names: &mut Vec<SchemaName>) {
    names.extend(schema.reference.clone());
    schema.for_each_child(|child| collect_references(child, names));
}

/// Whether both allow the same, whatever their descriptions say.
pub(crate) fn same_meaning(a: &Schema, b: &Schema) -> bool {
    let without_words = |schema: &Schema| {
        let mut schema = schema.clone();
        strip_words(&mut schema);
        schema
    };
    a == b || without_words(a) == without_words(b)
}

fn strip_words(schema: &mut Schema) {
    schema.description = None;
    schema.deprecated = false;
    schema.for_each_child_mut(strip_words);
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use crate::{ObjectKeywords, Schema, SchemaModel, SchemaName, TypeSet};

    fn model(schemas: &[(&str, Schema)]) -> SchemaModel {
        let schemas =
            schemas.iter().map(|(name, schema)| (SchemaName::from(*name), schema.clone()));
        SchemaModel { schemas: schemas.collect(), ..SchemaModel::default() }
    }

    fn object(property: Schema) -> Schema {
        let properties = IndexMap::from([("a".into(), property)]);
        let object = ObjectKeywords { properties, ..ObjectKeywords::default() };
        Schema { types: TypeSet::OBJECT, object: Some(Box::new(object)), ..Schema::default() }
    }

    #[test]
    fn the_later_source_wins_and_is_named() {
        let described = Schema { description: Some("words".into()), ..Schema::default() };
        let mut merged = model(&[("x", object(described)), ("y", Schema::default())]);
        let text = Schema { types: TypeSet::STRING, ..Schema::default() };
        assert!(merged.merge(model(&[("x", object(Schema::default()))]), "b").is_empty());
        let warnings = merged.merge(model(&[("y", text.clone()), ("z", text.clone())]), "c");
        assert_eq!(
            warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["c at #: used instead of what an earlier source says of `y`"]
        );
        assert_eq!(merged.schemas["y"], text);
        assert_eq!(merged.schemas.keys().map(|name| &**name).collect::<Vec<_>>(), ["x", "y", "z"]);
    }

    #[test]
    fn completion_follows_references_and_cycles() {
        let mut custom =
            model(&[("x", object(Schema::reference_to("meta"))), ("own", Schema::default())]);
        let library = model(&[
            ("meta", object(Schema::reference_to("time"))),
            ("time", object(Schema::reference_to("meta"))),
            ("own", object(Schema::reference_to("unused"))),
            ("other", object(Schema::reference_to("nowhere"))),
        ]);
        assert!(custom.complete_from(&library).is_empty());
        let names: Vec<&str> = custom.schemas.keys().map(|name| &**name).collect();
        assert_eq!(names, ["x", "own", "meta", "time"]);
        assert_eq!(custom.schemas["own"], Schema::default());
        custom.merge(model(&[("o", Schema::reference_to("nowhere"))]), "o");
        assert_eq!(custom.complete_from(&library), [SchemaName::from("nowhere")]);
    }
}
