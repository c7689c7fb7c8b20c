use husako_value::Value;
use proptest::prelude::*;
use serde_json::json;

use super::{Converter, Dialect, ParseError, Pointer, Target, nothing};
use crate::{
    AdditionalProperties, Composition, ListType, MapType, ObjectKeywords, Schema, TypeSet,
};

struct Plain;

impl Dialect for Plain {
    fn reference(&mut self, reference: &str, _at: &Pointer<'_>) -> Result<Target, ParseError> {
        Ok(match reference.strip_prefix("#/definitions/") {
            Some(name) => Target::Schema(name.into()),
            None => Target::Unknown(format!("unknown `{reference}`")),
        })
    }
}

fn value(json: &serde_json::Value) -> Value {
    serde_json::from_value(json.clone()).unwrap()
}

fn try_convert(json: &serde_json::Value) -> Result<(Schema, Vec<String>), ParseError> {
    let mut converter = Converter::new("doc", Plain);
    let schema = converter.schema(value(json), &Pointer::base("#"))?;
    let warnings = converter.warnings.iter().map(|w| format!("{}: {}", w.path, w.message));
    Ok((schema, warnings.collect()))
}

/// The schema of JSON that says nothing odd.
fn convert(json: &serde_json::Value) -> Schema {
    let (schema, warnings) = try_convert(json).unwrap();
    assert_eq!(warnings, [""; 0], "{json}");
    schema
}

fn warnings(json: &serde_json::Value) -> Vec<String> {
    try_convert(json).unwrap().1
}

fn of_type(types: TypeSet) -> Schema {
    Schema { types, ..Schema::default() }
}

#[test]
fn kubernetes_extensions() {
    let schema = convert(&json!({
        "type": "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name", "port", "name"],
        "x-kubernetes-patch-strategy": "merge",
        "x-kubernetes-patch-merge-key": "name",
        "x-kubernetes-unions": [{"discriminator": "type"}],
        "items": {"type": "object", "x-kubernetes-map-type": "atomic"},
    }));
    let array = schema.array.unwrap();
    assert_eq!(array.list_type, Some(ListType::Map));
    assert_eq!(array.list_map_keys, ["name".into(), "port".into()]);
    assert_eq!(array.items.unwrap().object.unwrap().map_type, Some(MapType::Atomic));
    for (text, list_type) in [("set", ListType::Set), ("atomic", ListType::Atomic)] {
        let schema = convert(&json!({"x-kubernetes-list-type": text}));
        assert_eq!(schema.array.unwrap().list_type, Some(list_type));
    }
    let granular = convert(&json!({"x-kubernetes-map-type": "granular"}));
    assert_eq!(granular.object.unwrap().map_type, Some(MapType::Granular));

    let any = convert(&json!({
        "x-kubernetes-preserve-unknown-fields": true,
        "x-kubernetes-embedded-resource": true,
        "nullable": true,
    }));
    assert!(any.preserve_unknown_fields && any.embedded_resource && any.nullable);
    assert!(any.types.is_any());
    assert_eq!(
        warnings(&json!({"x-kubernetes-list-type": "bag", "x-kubernetes-map-type": 1})),
        [
            "#/x-kubernetes-list-type: expected `atomic`, `set` or `map`, found `bag`",
            "#/x-kubernetes-map-type: expected `atomic` or `granular`, found integer",
        ]
    );
}

#[test]
fn rules() {
    let (schema, warnings) = try_convert(&json!({"x-kubernetes-validations": [
        {"rule": "self.a", "message": "m", "messageExpression": "'e'", "fieldPath": ".a",
         "reason": "FieldValueInvalid", "optionalOldSelf": true},
        {"message": "no rule"},
        {"rule": "oldSelf == self", "message": null},
    ]}))
    .unwrap();
    assert_eq!(warnings, ["#/x-kubernetes-validations/1: a validation without `rule`"]);
    let [first, second] = schema.validations.as_slice() else { panic!() };
    assert!(first.optional_old_self);
    assert_eq!(first.message_expression.as_deref(), Some("'e'"));
    assert_eq!(first.field_path.as_deref(), Some(".a"));
    assert_eq!(first.reason.as_deref(), Some("FieldValueInvalid"));
    assert_eq!((&*second.rule, second.message.as_deref()), ("oldSelf == self", None));
}

#[test]
fn int_or_string_leaves_nothing_that_contradicts_it() {
    let expected = Schema { int_or_string: true, ..Schema::default() };
    for json in [
        json!({"x-kubernetes-int-or-string": true}),
        json!({"format": "int-or-string", "type": "string"}),
        json!({"format": "int-or-string", "oneOf": [{"type": "integer"}, {"type": "string"}]}),
        json!({"anyOf": [{"type": "integer"}, {"type": "string"}], "x-kubernetes-int-or-string": true}),
    ] {
        assert_eq!(convert(&json), expected, "{json}");
    }
    let with_pattern = convert(&json!({
        "x-kubernetes-int-or-string": true, "pattern": "^[0-9]+$",
        "anyOf": [{"type": "integer"}, {"type": "string", "maxLength": 3}],
    }));
    assert_eq!(with_pattern.composition.unwrap().any_of.len(), 2);
    assert_eq!(with_pattern.bounds.unwrap().pattern.as_deref(), Some("^[0-9]+$"));
}

#[test]
fn a_single_reference_in_all_of_is_folded() {
    let schema = convert(&json!({
        "description": "d", "default": {}, "nullable": true, "allOf": [{"$ref": "#/definitions/x"}],
    }));
    assert_eq!(schema.reference.as_deref(), Some("x"));
    assert_eq!(schema.composition, None);
    assert_eq!(schema.default, Some(Box::new(value(&json!({})))));
    assert!(schema.nullable);

    let plain = convert(&json!({"$ref": "#/definitions/x", "default": 1}));
    assert_eq!((plain.reference.as_deref(), plain.default.is_some()), (Some("x"), true));

    // Each of these says more than one reference.
    for json in [
        json!({"allOf": [{"$ref": "#/definitions/x"}, {"$ref": "#/definitions/y"}]}),
        json!({"allOf": [{"$ref": "#/definitions/x", "type": "object"}]}),
        json!({"$ref": "#/definitions/y", "allOf": [{"$ref": "#/definitions/x"}]}),
    ] {
        let composition = convert(&json).composition.unwrap();
        assert_eq!(composition.all_of[0].reference.as_deref(), Some("x"), "{json}");
    }
}

#[test]
fn composition_stands_beside_other_keywords() {
    let schema = convert(&json!({
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {}},
        "oneOf": [{"required": ["a"]}, {"required": ["b"], "not": {"required": ["a"]}}],
        "anyOf": [{"type": "null"}, {"type": "object"}],
        "if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": false,
        "default": {"a": "x"},
    }));
    let composition = schema.composition.as_ref().unwrap();
    assert!(
        composition.one_of[1].composition.as_ref().unwrap().not.as_ref().unwrap().requires("a")
    );
    assert_eq!(composition.any_of, [of_type(TypeSet::NULL), of_type(TypeSet::OBJECT)]);
    assert_eq!(composition.else_schema, Some(nothing()));
    assert!(schema.has_properties() && schema.default.is_some());
    assert_eq!(warnings(&json!({"oneOf": []})), ["#/oneOf: the list of alternatives is empty"]);
    // `then` alone has no effect, and what is no `any` is nothing.
    assert_eq!(convert(&json!({"then": {"type": "string"}})), Schema::default());
    assert_eq!(convert(&json!({"not": {}})), nothing());
}

#[test]
fn keywords_that_others_can_say() {
    let requires = |name: &str| {
        let object = ObjectKeywords { required: vec![name.into()], ..ObjectKeywords::default() };
        Schema { object: Some(Box::new(object)), ..Schema::default() }
    };
    let implied = |then: Schema| Composition {
        if_schema: Some(requires("a")),
        then_schema: Some(then),
        ..Composition::default()
    };
    for (json, then) in [
        (json!({"dependentRequired": {"a": ["b"]}}), requires("b")),
        (json!({"dependencies": {"a": ["b"]}}), requires("b")),
        (json!({"dependencies": {"a": {"type": "object"}}}), of_type(TypeSet::OBJECT)),
        (json!({"dependentSchemas": {"a": false}}), nothing()),
    ] {
        let all_of = convert(&json).composition.unwrap().all_of;
        assert_eq!(all_of[0].composition, Some(Box::new(implied(then))), "{json}");
    }
    let contains = convert(&json!({"contains": {"type": "string"}})).composition.unwrap();
    let only_other = contains.all_of[0].composition.as_ref().unwrap().not.as_ref().unwrap();
    assert_eq!(only_other.types, TypeSet::ARRAY);
    let item = only_other.items().unwrap().composition.as_ref().unwrap();
    assert_eq!(item.not, Some(of_type(TypeSet::STRING)));
    assert_eq!(convert(&json!({"contains": {}, "minContains": 0})), Schema::default());

    let closed = convert(&json!({"properties": {"a": {}}, "unevaluatedProperties": false}));
    assert_eq!(closed.object.unwrap().additional, AdditionalProperties::Forbidden);
    assert_eq!(
        warnings(&json!({"allOf": [{"type": "object"}], "unevaluatedProperties": false})),
        ["#/unevaluatedProperties: any further properties are allowed"]
    );
}

#[test]
fn types() {
    let several = TypeSet::STRING.union(TypeSet::NULL).union(TypeSet::INTEGER);
    assert_eq!(convert(&json!({"type": ["string", "null", "integer"]})).types, several);
    for any in [json!({}), json!({"description": "x"}), json!(true), json!({"type": "any"})] {
        let schema = Schema { description: None, ..convert(&any) };
        assert_eq!(schema, Schema::default());
    }
    assert_eq!(convert(&json!(false)), nothing());
    assert_eq!(
        warnings(&json!({"properties": {
            "a": {"type": "strnig"}, "b": {"type": []}, "c": {"type": ["string", 1]}, "d": null,
            "e": "string", "f": {"type": {"$ref": "x"}},
        }})),
        [
            "#/properties/a/type: unknown type `strnig`",
            "#/properties/b/type: the list of types is empty",
            "#/properties/c/type/1: expected the name of a type, found integer",
            "#/properties/d: expected a schema, found null",
            "#/properties/e: expected a schema, found string",
            "#/properties/f/type: expected the name of a type, found object",
        ]
    );
}

#[test]
fn objects() {
    assert_eq!(convert(&json!({"type": "object"})), of_type(TypeSet::OBJECT));
    assert_eq!(convert(&json!({"type": "object", "properties": {}})), of_type(TypeSet::OBJECT));
    let additional = |json: serde_json::Value| {
        convert(&json!({"additionalProperties": json, "properties": {"a": {}}}))
            .object
            .unwrap()
            .additional
    };
    assert_eq!(additional(json!(true)), AdditionalProperties::Allowed);
    assert_eq!(additional(json!({})), AdditionalProperties::Allowed);
    assert_eq!(additional(json!(false)), AdditionalProperties::Forbidden);
    let text = AdditionalProperties::Schema(Box::new(of_type(TypeSet::STRING)));
    assert_eq!(additional(json!({"type": "string"})), text);

    let object = *convert(&json!({
        "required": ["undeclared", "a", "a"],
        "patternProperties": {"^x-": {"type": "string"}},
        "propertyNames": {"maxLength": 3},
        "minProperties": 1, "maxProperties": 2,
    }))
    .object
    .unwrap();
    assert_eq!(object.required, ["undeclared".into(), "a".into()]);
    assert_eq!(object.pattern_properties, [("^x-".into(), of_type(TypeSet::STRING))]);
    assert_eq!(object.property_names.unwrap().bounds.unwrap().max_length, Some(3));
    assert_eq!((object.min_properties, object.max_properties), (Some(1), Some(2)));
    assert_eq!(
        warnings(&json!({"required": true})),
        ["#/required: expected a list, found boolean"]
    );
}

#[test]
fn names_of_properties_are_kept_as_they_are() {
    let names =
        ["a-b", "class", "foo", "Foo", "fooBar", "foo_bar", "__proto__", "", "\"\n", "$ref", "x/y"];
    let map: serde_json::Map<_, _> =
        names.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    let schema = convert(&json!({"properties": map}));
    assert_eq!(schema.properties().map(|(name, _)| name).collect::<Vec<_>>(), names);
    assert_eq!(
        warnings(&json!({"properties": {"x/y~": 1}})),
        ["#/properties/x~1y~0: expected a schema, found integer"]
    );
}

#[test]
fn lists() {
    assert_eq!(convert(&json!({"type": "array"})), of_type(TypeSet::ARRAY));
    let items = convert(
        &json!({"items": {"type": "string"}, "minItems": 1, "maxItems": 2, "uniqueItems": true}),
    );
    let array = items.array.unwrap();
    assert_eq!(array.items, Some(of_type(TypeSet::STRING)));
    assert_eq!((array.min_items, array.max_items, array.unique_items), (Some(1), Some(2), true));
    for tuple in [
        json!({"items": [{"type": "string"}, true], "additionalItems": false}),
        json!({"prefixItems": [{"type": "string"}, {}], "items": false}),
        json!({"items": false, "prefixItems": [{"type": "string"}, {}]}),
        json!({"prefixItems": [{"type": "string"}, {}], "unevaluatedItems": false}),
    ] {
        let array = convert(&tuple).array.unwrap();
        assert_eq!(array.prefix_items, [of_type(TypeSet::STRING), Schema::default()], "{tuple}");
        assert_eq!(array.items, Some(nothing()), "{tuple}");
    }
    // Without a tuple, there is nothing that it could be additional to.
    assert_eq!(
        convert(&json!({"items": {}, "additionalItems": false})).items(),
        Some(&Schema::default())
    );
}

#[test]
fn enums_and_defaults() {
    let list = |json: serde_json::Value| convert(&json).enumeration.map(|list| *list);
    let mixed = json!(["", null, 1, true, {"a": 1}]);
    assert_eq!(list(json!({"enum": mixed})), value(&mixed).as_array().map(<[Value]>::to_vec));
    assert_eq!(list(json!({"enum": []})), Some(Vec::new()));
    assert_eq!(list(json!({"const": null})), Some(vec![Value::Null]));
    assert_eq!(list(json!({"const": "a", "enum": ["a", "b"]})), Some(vec!["a".into()]));
    assert_eq!(list(json!({"enum": ["a", "b"], "const": "c"})), Some(Vec::new()));
    assert_eq!(convert(&json!({"default": null})).default, Some(Box::new(Value::Null)));
    assert!(convert(&json!({"default": "x", "type": "integer"})).default.is_some());
    assert_eq!(warnings(&json!({"enum": "a"})), ["#/enum: expected a list, found string"]);
}

#[test]
fn numbers() {
    let bounds = |json: serde_json::Value| *convert(&json).bounds.unwrap();
    let old = bounds(
        json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 2.5, "exclusiveMaximum": false}),
    );
    assert_eq!((old.minimum.clone(), old.exclusive_minimum), (Some(Box::new(1.into())), true));
    assert!(!old.exclusive_maximum);
    let new = bounds(
        json!({"exclusiveMinimum": 1, "exclusiveMaximum": 5, "maximum": 3, "multipleOf": 0.5}),
    );
    assert_eq!((new.minimum, new.exclusive_minimum), (old.minimum, true));
    assert_eq!((new.maximum, new.exclusive_maximum), (Some(Box::new(3.into())), false));
    assert!(new.multiple_of.is_some());
    let stricter = bounds(json!({"exclusiveMaximum": 3, "maximum": 3}));
    assert!(stricter.exclusive_maximum);
    assert_eq!(bounds(json!({"maxLength": 1e30})).max_length, Some(u64::MAX));
    assert_eq!(bounds(json!({"minLength": 2.0})).min_length, Some(2));
    assert_eq!(
        warnings(&json!({"minLength": -1, "maxLength": 1.5, "minimum": "1", "multipleOf": 0})),
        [
            "#/minLength: expected a count, a whole number that is not negative",
            "#/maxLength: expected a count, a whole number that is not negative",
            "#/minimum: expected a number, found string",
            "#/multipleOf: expected a number above 0",
        ]
    );
}

#[test]
fn descriptions() {
    let described =
        convert(&json!({"title": "T", "description": "", "examples": [1], "$comment": "c"}));
    assert_eq!(described.description.as_deref(), Some("T"));
    assert!(!described.deprecated);
    assert!(convert(&json!({"description": "Deprecated: use b."})).deprecated);
    assert!(convert(&json!({"deprecated": true})).deprecated);
    let both = convert(&json!({"title": "T", "description": "D", "format": "date"}));
    assert_eq!((both.description.as_deref(), both.format.as_deref()), (Some("D"), Some("date")));
}

#[test]
fn nulls_are_absent() {
    assert_eq!(
        convert(
            &json!({"type": null, "properties": null, "items": null, "enum": null, "required": null})
        ),
        Schema::default()
    );
}

#[test]
fn deep_nesting_is_an_error_with_the_way_to_it() {
    let nested = |levels: usize| {
        let mut map = Value::Object(husako_value::Map::new());
        for _ in 0..levels {
            map = Value::Object([("items".into(), map)].into_iter().collect());
        }
        Converter::new("doc", Plain).schema(map, &Pointer::base("#"))
    };
    assert!(nested(128).is_ok());
    assert_eq!(
        nested(129).unwrap_err().to_string(),
        "failed to read `doc`: nested deeper than 128 levels at #/items/items/items/items/items/items/…"
    );
}

/// JSON in which keywords are likely and their values likely of the wrong kind.
fn arbitrary() -> impl Strategy<Value = serde_json::Value> {
    let keyword = prop::sample::select(vec![
        "type",
        "properties",
        "required",
        "items",
        "prefixItems",
        "additionalItems",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "$ref",
        "enum",
        "const",
        "default",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "dependencies",
        "contains",
        "minContains",
        "unevaluatedProperties",
        "unevaluatedItems",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "multipleOf",
        "format",
        "description",
        "title",
        "nullable",
        "deprecated",
        "x-kubernetes-int-or-string",
        "x-kubernetes-validations",
        "x-kubernetes-list-type",
        "definitions",
        "rule",
    ]);
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|value| json!(value)),
        any::<i64>().prop_map(|value| json!(value)),
        any::<f64>().prop_map(|value| json!(value)),
        ".{0,12}".prop_map(|value| json!(value)),
        prop::sample::select(vec!["string", "object", "array", "#/definitions/x", "Deprecated: é"])
            .prop_map(|value| json!(value)),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::Array),
            prop::collection::vec((keyword.clone(), inner), 0..6).prop_map(|entries| {
                entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn anything_converts(json in arbitrary()) {
        prop_assert!(try_convert(&json).is_ok());
    }
}
