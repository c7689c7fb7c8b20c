//! Interfaces, types and factories.

use std::collections::HashSet;
use std::fmt::Write as _;

use husako_schema::layout::pod_template;
use husako_schema::{GroupVersionKind, Schema};

use crate::docs;
use crate::module::Writer;
use crate::names::{push_key, push_string};
use crate::shape::{Property, Shape, says_type};

/// The name of the type of all metadata.
const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

/// Kubernetes' numbers with units, which documents may write as numbers too.
const QUANTITY: &str = "io.k8s.apimachinery.pkg.api.resource.Quantity";

/// How many types may refer to one another in a row.
const MAX_REFERENCES: usize = 32;

impl Writer<'_> {
    /// Declares what `export` stands for.
    pub(crate) fn declare(&mut self, export: &str, name: &str, schema: &Schema) {
        if self.layout.has_factory(name) {
            self.declare_object(export, name, schema);
        } else {
            self.declare_type(export, name, schema);
        }
    }

    fn declare_type(&mut self, export: &str, name: &str, schema: &Schema) {
        docs::push_type(&mut self.out, schema, None);
        let _ = write!(self.out, "export type {export} = ");
        if name == QUANTITY {
            self.out.push_str("number | string");
        } else if self.is_endless(name, schema, 0, &mut HashSet::new()) {
            self.out.push_str("unknown");
        } else {
            let union = self.union_of(schema);
            union.push(&mut self.out);
        }
        self.out.push_str(";\n\n");
    }

    /// Whether a type refers to itself without anything in between, which means nothing, or
    /// through more types than make sense.
    fn is_endless<'b>(
        &'b self,
        start: &str,
        schema: &'b Schema,
        references: usize,
        visited: &mut HashSet<&'b str>,
    ) -> bool {
        if let Some(name) = schema.reference.as_deref() {
            if name == start || references == MAX_REFERENCES {
                return true;
            }
            // The type of a factory is an interface, which may refer to anything.
            if !self.layout.has_factory(name)
                && visited.insert(name)
                && let Some(target) = self.model.schemas.get(name)
                && self.is_endless(start, target, references + 1, visited)
            {
                return true;
            }
        }
        schema.composition.as_deref().is_some_and(|composition| {
            [&composition.all_of, &composition.any_of, &composition.one_of]
                .into_iter()
                .flatten()
                .any(|branch| self.is_endless(start, branch, references, visited))
        })
    }

    fn declare_object(&mut self, export: &str, name: &str, schema: &Schema) {
        let kind = self.layout.kind(name).cloned();
        let facts = kind.as_ref().and_then(|kind| self.model.kinds.get(kind));
        let deprecated = facts.and_then(|facts| facts.deprecated.as_deref());
        docs::push_type(&mut self.out, schema, deprecated);
        let _ = writeln!(self.out, "export interface {export} {{");
        let model = self.model;
        let shape = Shape::of(model, schema);
        if let Some(kind) = &kind {
            self.declare_identity(kind);
            if !shape.properties.contains_key("metadata") && facts.is_some_and(|facts| facts.custom)
            {
                self.declare_metadata(None);
            }
        }
        for (key, property) in &shape.properties {
            match *key {
                "apiVersion" | "kind" if kind.is_some() => {}
                "metadata" if kind.is_some() => self.declare_metadata(property.schema),
                _ => self.declare_property(key, property),
            }
        }
        if shape.open {
            if kind.is_some() && !shape.properties.contains_key("spec") {
                // A kind without a schema most likely has one, and so its builder a method.
                self.out.push_str("  spec?: unknown;\n");
            }
            self.out.push_str("  [key: string]: unknown;\n");
        }
        self.out.push_str("}\n");
        if kind.is_some() {
            self.declare_resource_factory(export, schema, &shape);
        } else {
            let factory = self.helper("SchemaFactory");
            let _ = writeln!(self.out, "export declare const {export}: {factory}<{export}>;\n");
        }
    }

    /// The two fields that say what a document is; a factory fills them in.
    fn declare_identity(&mut self, kind: &GroupVersionKind) {
        self.out.push_str("  apiVersion?: ");
        push_string(&mut self.out, &kind.api_version());
        self.out.push_str(";\n  kind?: ");
        push_string(&mut self.out, &kind.kind);
        self.out.push_str(";\n");
    }

    /// The metadata of a kind, which a builder may set later, so it is never required.
    fn declare_metadata(&mut self, schema: Option<&Schema>) {
        if let Some(schema) = schema {
            self.document(schema, false);
        }
        self.out.push_str("  metadata?: ");
        let union = match schema.filter(|schema| schema.reference.is_some()) {
            Some(schema) => self.union_of(schema),
            None => self.union_of(&Schema::reference_to(OBJECT_META)),
        };
        union.push(&mut self.out);
        self.out.push_str(";\n");
    }

    fn declare_property(&mut self, key: &str, property: &Property<'_>) {
        if let Some(schema) = property.schema {
            self.document(schema, property.required);
        }
        self.out.push_str("  ");
        push_key(&mut self.out, key);
        self.out.push_str(if property.required { ": " } else { "?: " });
        match property.schema.filter(|schema| says_type(schema)) {
            Some(schema) => {
                let union = self.union_of(schema);
                union.push(&mut self.out);
            }
            None => self.out.push_str("unknown"),
        }
        self.out.push_str(";\n");
    }

    fn document(&mut self, schema: &Schema, required: bool) {
        let target = schema.reference.as_ref().and_then(|name| self.model.schemas.get(name));
        let inline =
            schema.reference.as_ref().is_some_and(|name| self.layout.place(name).is_none());
        docs::push_property(&mut self.out, "  ", schema, target, inline, required);
    }

    /// `ResourceFactory<T, S>`: the document, and the spec whose properties are methods too. With a
    /// pod template it is `PodResourceFactory<T, S, C>`, where `C` is a container.
    fn declare_resource_factory(&mut self, export: &str, schema: &Schema, shape: &Shape<'_>) {
        let spec = shape
            .properties
            .get("spec")
            .and_then(|property| property.schema?.reference.as_ref())
            .filter(|name| self.layout.has_factory(name))
            .and_then(|name| self.reference(name));
        let container = pod_template(self.model, schema)
            // What has containers in its spec itself has a method for them.
            .filter(|pod| pod.path.len() > 1)
            .and_then(|pod| self.reference(&pod.container));
        let factory = self.helper(match container {
            Some(_) => "PodResourceFactory",
            None => "ResourceFactory",
        });
        let _ = write!(self.out, "export declare const {export}: {factory}<{export}");
        for argument in spec.iter().chain(&container) {
            let _ = write!(self.out, ", {argument}");
        }
        self.out.push_str(">;\n\n");
    }
}
