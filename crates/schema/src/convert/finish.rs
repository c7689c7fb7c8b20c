//! What can only be said once all keywords of a schema are read, in whatever order they stood.

use husako_value::Value;

use super::{Converter, Dialect, Draft, Pointer, Rest, bounds, deprecation, nothing};
use crate::{
    AdditionalProperties, ArrayKeywords, Bounds, Composition, ObjectKeywords, Schema, TypeSet,
};

impl<D: Dialect> Converter<'_, D> {
    pub(super) fn finished(&mut self, mut draft: Draft, at: &Pointer<'_>) -> Schema {
        if let Some(rest) = draft.rest.take() {
            self.fold(&mut draft, *rest, at);
        }
        let mut schema = draft.schema;
        if let Some(description) = &schema.description {
            schema.deprecated |= deprecation(description).is_some();
        }
        if schema.format.as_deref() == Some("int-or-string") {
            schema.format = None;
            schema.int_or_string = true;
        }
        if schema.int_or_string {
            without_int_or_string(&mut schema);
        }
        if let Some(composition) = schema.composition.as_deref_mut() {
            if composition.if_schema.is_none() {
                composition.then_schema = None;
                composition.else_schema = None;
            }
            if composition.not.as_ref() == Some(&Schema::default()) {
                composition.not = None;
                schema.enumeration = nothing().enumeration;
            }
            if schema.reference.is_none()
                && let [only] = composition.all_of.as_mut_slice()
            {
                fold_reference(&mut schema.reference, only);
                if schema.reference.is_some() {
                    composition.all_of.clear();
                }
            }
        }
        drop_empty(&mut schema);
        schema
    }

    /// Says by other keywords what has none in the model.
    fn fold(&mut self, draft: &mut Draft, rest: Rest, at: &Pointer<'_>) {
        if draft.schema.description.is_none() {
            draft.schema.description = rest.title;
        }
        if let Some(constant) = rest.constant {
            // Beside an `enum`, both apply.
            let allowed =
                draft.schema.enumeration.as_ref().is_none_or(|list| list.contains(&constant));
            let list = if allowed { vec![constant] } else { Vec::new() };
            draft.schema.enumeration = Some(Box::new(list));
        }
        exclusive(draft, rest.exclusive_minimum, rest.exclusive_maximum);
        draft.composition().all_of.extend(rest.dependencies);
        if let Some(contains) = rest.contains
            && !rest.contains_none
        {
            draft.composition().all_of.push(containing(contains));
        }
        let composed = draft.schema.reference.is_some()
            || draft
                .schema
                .composition
                .as_deref()
                .is_some_and(|own| *own != Composition::default());
        let array = draft.schema.array.get_or_insert_default();
        if !array.prefix_items.is_empty() && array.items.is_none() {
            array.items = rest.additional_items;
        }
        match rest.unevaluated_items {
            Some(schema) if !composed && array.items.is_none() => array.items = Some(schema),
            Some(_) if composed => {
                self.warn(&at.key("unevaluatedItems"), "any further items are allowed");
            }
            _ => {}
        }
        let object = draft.schema.object.get_or_insert_default();
        match rest.unevaluated_properties {
            Some(_) if object.additional != AdditionalProperties::Unspecified => {}
            Some(schema) if !composed => object.additional = schema.into(),
            Some(schema) if schema != Schema::default() => {
                self.warn(&at.key("unevaluatedProperties"), "any further properties are allowed");
            }
            _ => {}
        }
    }
}

/// Takes the name over from a schema that is nothing but a reference.
fn fold_reference(reference: &mut Option<crate::SchemaName>, only: &mut Schema) {
    let name = only.reference.take();
    if *only == Schema::default() {
        *reference = name;
    } else {
        only.reference = name;
    }
}

/// The stricter of the bounds with and without the bound itself.
fn exclusive(draft: &mut Draft, minimum: Option<Value>, maximum: Option<Value>) {
    let number = |value: &Value| value.as_number();
    if let Some(value) = minimum {
        let bounds = bounds::bounds(draft);
        let old = bounds.minimum.as_deref().and_then(number);
        if old.is_none_or(|old| number(&value).is_some_and(|new| new >= old)) {
            bounds.minimum = Some(Box::new(value));
            bounds.exclusive_minimum = true;
        }
    }
    if let Some(value) = maximum {
        let bounds = bounds::bounds(draft);
        let old = bounds.maximum.as_deref().and_then(number);
        if old.is_none_or(|old| number(&value).is_some_and(|new| new <= old)) {
            bounds.maximum = Some(Box::new(value));
            bounds.exclusive_maximum = true;
        }
    }
}

/// Not a list whose items are all something else; what is no list contains what it likes.
fn containing(schema: Schema) -> Schema {
    let other = Schema {
        composition: Some(Box::new(Composition { not: Some(schema), ..Composition::default() })),
        ..Schema::default()
    };
    let only_other = Schema {
        types: TypeSet::ARRAY,
        array: Some(Box::new(ArrayKeywords { items: Some(other), ..ArrayKeywords::default() })),
        ..Schema::default()
    };
    let not = Composition { not: Some(only_other), ..Composition::default() };
    Schema { composition: Some(Box::new(not)), ..Schema::default() }
}

/// Drops what only repeats that the value is an integer or a string. The type `string` that old
/// servers give beside the format would even contradict it.
fn without_int_or_string(schema: &mut Schema) {
    schema.types = TypeSet::ANY;
    let Some(composition) = schema.composition.as_deref_mut() else { return };
    for list in [&mut composition.any_of, &mut composition.one_of] {
        let types = list.iter().map(|schema| schema.types).fold(TypeSet::ANY, TypeSet::union);
        let only_types =
            list.iter().all(|item| *item == Schema { types: item.types, ..Schema::default() });
        if only_types && types == TypeSet::INTEGER.union(TypeSet::STRING) {
            list.clear();
        }
    }
}

fn drop_empty(schema: &mut Schema) {
    schema.object.take_if(|object| **object == ObjectKeywords::default());
    schema.array.take_if(|array| **array == ArrayKeywords::default());
    schema.bounds.take_if(|bounds| **bounds == Bounds::default());
    schema.composition.take_if(|composition| **composition == Composition::default());
}
