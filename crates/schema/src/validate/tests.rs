use husako_value::{Map, Number, Value};
use husako_yaml::Limits;
use proptest::prelude::*;

use super::{MAX_VIOLATIONS, Rule, Validator};
use crate::fixtures;
use crate::store::{Store, write};

fn store() -> Store {
    let (model, layout) = fixtures::model();
    Store::open(write(&model, &layout).unwrap()).unwrap()
}

fn yaml(text: &str) -> Value {
    let mut documents = husako_yaml::parse(text, &Limits::default()).unwrap();
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0).value
}

fn violations(document: &str) -> Vec<String> {
    let violations = Validator::new(&store()).validate(&yaml(document));
    violations.iter().map(ToString::to_string).collect()
}

/// The violations of a Deployment whose spec has these fields, and a template.
fn deployment(spec: &str) -> Vec<String> {
    violations(&format!(
        "{{apiVersion: apps/v1, kind: Deployment, spec: {{template: {{spec: {{containers: [{{name: a}}]}}}}, {spec}}}}}"
    ))
}

/// The violations of a Deployment with a container of these fields.
fn container(fields: &str) -> Vec<String> {
    violations(&format!(
        "{{apiVersion: apps/v1, kind: Deployment, spec: {{template: {{spec: {{containers: [{{{fields}}}]}}}}}}}}"
    ))
}

/// The violations of a Widget whose spec has these fields beside a size.
fn widget(spec: &str) -> Vec<String> {
    violations(&format!("{{apiVersion: example.com/v1, kind: Widget, spec: {{size: a, {spec}}}}}"))
}

const NONE: [&str; 0] = [];

#[test]
fn a_valid_document_of_each_dialect() {
    assert_eq!(
        violations(
            "
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {a: b}, creationTimestamp: null, fields: {any: 1}}
            spec:
              replicas: 2
              paused: false
              maxSurge: 25%
              template:
                spec:
                  restartPolicy: Always
                  nodeSelector: {a/b: c}
                  containers:
                  - {name: a, image: nginx, ca: YQ==, limits: {cpu: 1, memory: 1Gi, other: 0.5}}
            "
        ),
        NONE
    );
    assert_eq!(
        widget(
            "mode: slow, count: 4, ratio: 0.3, maybe: null, port: http, cpu: 500m, when: '2024-01-01T00:00:00Z',
             anything: [1, {a: null}], nothing: {}, open: {x: {y: 1}, closed: {a: b}}, loose: [{x: 1}],
             tags: [a, b], ports: [{port: 80}, {port: 80, protocol: UDP}], labels: {a: b}, source: {git: x},
             either: {a: 3}, manifest: {apiVersion: v1, kind: X, spec: {a: 1}}"
        ),
        NONE
    );
}

#[test]
fn several_violations_in_the_order_of_the_document() {
    let document = yaml(
        "
        apiVersion: apps/v1
        kind: Deployment
        metadata: {labels: {a/b: 1}}
        spec:
          replica: 3
          replicas: three
          template:
            spec:
              restartPolicy: always
              containers: [{image: x, limits: {cpu: 1GB}}]
        ",
    );
    let violations = Validator::new(&store()).validate(&document);
    let said: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "$.metadata.labels[\"a/b\"]: expected a string, found an integer",
            "$.spec.replica: unknown field `replica`, did you mean `replicas`?",
            "$.spec.replicas: expected an integer, found a string",
            "$.spec.template.spec.restartPolicy: unsupported value `always`, did you mean `Always`?",
            "$.spec.template.spec.containers[0].name: missing required field `name`",
            "$.spec.template.spec.containers[0].limits.cpu: `1GB` is not a quantity, such as `500m` or `2Gi`",
        ]
    );
    let rules: Vec<Rule> = violations.iter().map(|violation| violation.rule).collect();
    assert_eq!(
        rules,
        [Rule::Type, Rule::UnknownField, Rule::Type, Rule::Enum, Rule::Required, Rule::Quantity]
    );
}

#[test]
fn identity() {
    assert_eq!(violations("[1]"), ["$: expected an object, found a list"]);
    assert_eq!(
        violations("{kind: 1}"),
        [
            "$.apiVersion: missing required field `apiVersion`",
            "$.kind: expected a string, found an integer"
        ]
    );
    let unknown = |api_version: &str, kind: &str| {
        let document = yaml(&format!("{{apiVersion: {api_version}, kind: {kind}, x: 1}}"));
        let violations = Validator::new(&store()).validate(&document);
        assert_eq!(violations.len(), 1);
        assert_eq!(violations[0].rule, Rule::UnknownKind);
        violations[0].to_string()
    };
    assert_eq!(
        unknown("apps/v1", "Deploymnet"),
        "$: no schema for kind `Deploymnet` of `apps/v1`, did you mean `Deployment`?"
    );
    assert_eq!(
        unknown("apps/v1beta1", "Deployment"),
        "$: no schema for kind `Deployment` of `apps/v1beta1`, which is known in `apps/v1`"
    );
    assert_eq!(unknown("foo.io/v1", "Bar"), "$: no schema for kind `Bar` of `foo.io/v1`");
}

#[test]
fn items_of_lists() {
    assert_eq!(
        violations(
            "{apiVersion: v1, kind: List, items: [{apiVersion: apps/v1, kind: Deployment, spec: 1}, {kind: A}]}"
        ),
        [
            "$.items[0].spec: expected an object, found an integer",
            "$.items[1].apiVersion: missing required field `apiVersion`",
        ]
    );
    assert_eq!(violations("{apiVersion: v1, kind: List}"), NONE);
}

#[test]
fn built_in_null_is_absent() {
    assert_eq!(deployment("replicas: null, maxSurge: null"), NONE);
    assert_eq!(container("name: a, image: null, limits: {cpu: null}"), NONE);
    assert_eq!(
        container("name: null"),
        ["$.spec.template.spec.containers[0].name: missing required field `name`"]
    );
    assert_eq!(
        violations(
            "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [null]}}}}"
        ),
        ["$.spec.template.spec.containers[0].name: missing required field `name`"]
    );
}

/// Go has an object that is no pointer even where the document has none.
#[test]
fn built_in_objects_that_are_always_there() {
    assert_eq!(
        violations("{apiVersion: apps/v1, kind: Deployment}"),
        ["$.spec: missing required field `spec`"]
    );
    assert_eq!(
        violations("{apiVersion: apps/v1, kind: Deployment, spec: {template: {}}}"),
        ["$.spec.template.spec: missing required field `spec`"]
    );
}

#[test]
fn built_in_numbers_have_a_width_and_a_form() {
    assert_eq!(
        deployment("replicas: 2147483648"),
        ["$.spec.replicas: 2147483648 does not fit in 32 bits"]
    );
    assert_eq!(
        deployment("maxSurge: 2147483648"),
        ["$.spec.maxSurge: 2147483648 does not fit in 32 bits"]
    );
    assert_eq!(deployment("maxSurge: 1.5").len(), 1);
    assert_eq!(
        deployment("maxSurge: true"),
        ["$.spec.maxSurge: expected an integer or a string, found a boolean"]
    );
    // YAML is sent as 3, JSON as it is.
    assert_eq!(deployment("replicas: 3.0"), NONE);
    let document = yaml(
        "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: 3.0, template: {spec: {containers: []}}}}",
    );
    let store = store();
    let violations = Validator::new(&store).for_json().validate(&document);
    assert_eq!(
        violations[0].to_string(),
        "$.spec.replicas: expected an integer, found a number with a decimal point"
    );
}

#[test]
fn built_in_lists_may_repeat_their_keys() {
    assert_eq!(
        violations(
            "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a}, {name: a}]}}}}"
        ),
        NONE
    );
}

#[test]
fn built_in_texts() {
    let at = "$.spec.template.spec.containers[0]";
    assert_eq!(container("name: a, ca: 'c2VjcmV0'"), NONE);
    assert_eq!(
        container("name: a, ca: secret!"),
        [format!("{at}.ca: expected base64 with padding")]
    );
    assert_eq!(
        violations(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {creationTimestamp: ''}, spec: {template: {spec: {containers: []}}}}"
        ),
        ["$.metadata.creationTimestamp: `` is not a time, such as `2006-01-02T15:04:05Z`"]
    );
    // To Go an empty text is none, and the field has a default.
    assert_eq!(
        violations(
            "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {restartPolicy: '', containers: []}}}}"
        ),
        NONE
    );
    assert_eq!(container("name: a, limits: {cpu: ' 1 ', x: -1, y: 1e3}"), NONE);
    assert_eq!(
        container("name: a, limits: {cpu: [1]}"),
        [format!("{at}.limits.cpu: expected a quantity, such as `500m` or `2Gi`, found a list")]
    );
}

/// A server drops the status that a client sends, after it has read it.
#[test]
fn the_status_is_only_read() {
    let with = |status: &str| {
        violations(&format!(
            "{{apiVersion: apps/v1, kind: Deployment, spec: {{template: {{spec: {{containers: []}}}}}}, status: {status}}}"
        ))
    };
    assert_eq!(with("{}"), NONE);
    assert_eq!(
        with("{observd: 1}"),
        ["$.status.observd: unknown field `observd`, did you mean `observed`?"]
    );
    assert_eq!(with("{observed: x}"), ["$.status.observed: expected an integer, found a string"]);
    let with = |status: &str| {
        violations(&format!(
            "{{apiVersion: example.com/v1, kind: Widget, spec: {{size: a}}, status: {status}}}"
        ))
    };
    assert_eq!(with("{}"), NONE);
    assert_eq!(with("text"), NONE);
    assert_eq!(with("{x: 1}"), ["$.status.x: unknown field `x`"]);
}

#[test]
fn custom_null_is_dropped_where_it_is_not_allowed() {
    assert_eq!(widget("count: null, labels: {a: null}, source: {git: a, rest: null}"), NONE);
    // What is required and has a default gets it.
    assert_eq!(widget("mode: null"), NONE);
    assert_eq!(
        violations("{apiVersion: example.com/v1, kind: Widget, spec: {size: null}}"),
        ["$.spec.size: missing required field `size`"]
    );
    assert_eq!(widget("tags: [null]"), ["$.spec.tags[0]: expected a string, found null"]);
}

#[test]
fn custom_fields() {
    assert_eq!(widget("sizes: 1"), ["$.spec.sizes: unknown field `sizes`, did you mean `size`?"]);
    assert_eq!(widget("nothing: {a: 1}"), ["$.spec.nothing.a: unknown field `a`"]);
    // What is declared below a place that keeps unknown fields does not keep them itself.
    assert_eq!(
        widget("open: {closed: {other: 1}}"),
        ["$.spec.open.closed.other: unknown field `other`"]
    );
    assert_eq!(
        violations(
            "{apiVersion: example.com/v1, kind: Widget, metadata: {nmae: x}, spec: {size: a}}"
        ),
        ["$.metadata.nmae: unknown field `nmae`, did you mean `name`?"]
    );
}

#[test]
fn custom_bounds() {
    assert_eq!(
        violations("{apiVersion: example.com/v1, kind: Widget, spec: {size: A}}"),
        ["$.spec.size: `A` does not match `^[a-z]+$`"]
    );
    assert_eq!(
        violations("{apiVersion: example.com/v1, kind: Widget, spec: {size: ''}}"),
        [
            "$.spec.size: expected at least 1 character, found 0",
            "$.spec.size: `` does not match `^[a-z]+$`",
        ]
    );
    assert_eq!(
        violations("{apiVersion: example.com/v1, kind: Widget, spec: {size: abcd}}"),
        ["$.spec.size: expected at most 3 characters, found 4"]
    );
    assert_eq!(widget("count: 0"), ["$.spec.count: expected at least 1, found 0"]);
    assert_eq!(widget("count: 6"), ["$.spec.count: expected less than 5, found 6"]);
    assert_eq!(widget("count: 3"), ["$.spec.count: expected a multiple of 2, found 3"]);
    assert_eq!(widget("count: 2.0"), NONE);
    assert_eq!(widget("ratio: 0.35"), ["$.spec.ratio: expected a multiple of 0.1, found 0.35"]);
    assert_eq!(
        widget("labels: {a: b, c: d, e: f}"),
        ["$.spec.labels: expected at most 2 fields, found 3"]
    );
    assert_eq!(widget("tags: []"), ["$.spec.tags: expected at least 1 item, found 0"]);
    assert_eq!(widget("when: today").len(), 1);
}

#[test]
fn custom_quantities_and_alternatives_of_types() {
    for cpu in ["1", "500m", "'.5'", "1e3", "1E"] {
        assert_eq!(widget(&format!("cpu: {cpu}")), NONE, "{cpu}");
    }
    for cpu in ["1GB", "''", "1e", "' 1'"] {
        let text = cpu.trim_matches('\'');
        assert_eq!(
            widget(&format!("cpu: {cpu}")),
            [format!("$.spec.cpu: `{text}` is not a quantity, such as `500m` or `2Gi`")]
        );
    }
    assert_eq!(widget("cpu: 1.5").len(), 1);
    // Only Go types have a width.
    assert_eq!(widget("port: 99999999999"), NONE);
    assert_eq!(widget("port: []"), ["$.spec.port: expected an integer or a string, found a list"]);
}

#[test]
fn custom_duplicates() {
    assert_eq!(widget("tags: [a, b, a]"), ["$.spec.tags[2]: duplicate item: item 0 has the same"]);
    // The default of a key counts.
    assert_eq!(
        widget("ports: [{port: 1}, {port: 2}, {port: 1, protocol: TCP}]"),
        ["$.spec.ports[2]: duplicate item: item 0 has the same `port` and `protocol`"]
    );
}

#[test]
fn custom_alternatives() {
    assert_eq!(widget("source: {}"), ["$.spec.source: one of `git` and `oci` must be set"]);
    assert_eq!(
        widget("source: {git: a, oci: b}"),
        ["$.spec.source: only one of `git` and `oci` can be set"]
    );
    assert_eq!(widget("source: {git: a, rest: b}"), ["$.spec.source: `rest` must not be set"]);
    assert_eq!(widget("either: {a: 1}"), ["$.spec.either: none of 2 alternatives fits"]);
    assert_eq!(widget("either: {a: 1, b: 1}"), NONE);
}

#[test]
fn embedded_objects() {
    assert_eq!(
        widget("manifest: {kind: X}"),
        ["$.spec.manifest.apiVersion: missing required field `apiVersion`"]
    );
    assert_eq!(
        widget(
            "manifest: {apiVersion: a/b/c, kind: 'X Y', metadata: {foo: 1, labels: {a: 1}}, other: 1}"
        ),
        [
            "$.spec.manifest.metadata.foo: unknown field `foo`",
            "$.spec.manifest.metadata.labels.a: expected a string, found an integer",
            "$.spec.manifest.apiVersion: `a/b/c` is no `apiVersion` of an object",
            "$.spec.manifest.kind: `X Y` is no `kind` of an object",
        ]
    );
}

#[test]
fn the_list_of_violations_is_bounded() {
    let fields: Vec<String> = (0..MAX_VIOLATIONS + 7).map(|index| format!("x{index}: 1")).collect();
    let store = store();
    let document = yaml(&format!(
        "{{apiVersion: example.com/v1, kind: Widget, spec: {{size: a, {}}}}}",
        fields.join(", ")
    ));
    let violations = Validator::new(&store).validate(&document);
    assert_eq!(violations.len(), MAX_VIOLATIONS + 1);
    let last = &violations[MAX_VIOLATIONS];
    assert_eq!((last.rule, &*last.message), (Rule::More, "7 more violations"));
}

#[test]
fn deep_values_and_long_texts_are_survived() {
    let mut value = Value::from("x".repeat(100_000));
    for _ in 0..2000 {
        value = Value::Array(vec![value]);
    }
    let mut document = yaml("{apiVersion: example.com/v1, kind: Widget, spec: {size: a}}");
    if let Some(spec) = document.as_object_mut().and_then(|map| map.get_mut("spec")) {
        let spec = spec.as_object_mut().unwrap();
        spec.insert("anything", value);
        spec.insert("mode", Value::from("é".repeat(1000)));
    }
    let violations = Validator::new(&store()).validate(&document);
    assert_eq!(violations.len(), 1);
    assert!(violations[0].message.chars().count() < 160, "{}", violations[0].message);
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e6..1e6).prop_filter_map("finite", Number::from_f64).prop_map(Value::from),
        "[a-z0-9./:éK-]{0,6}".prop_map(Value::from),
    ];
    // Names that the fixtures know, so that the walk gets somewhere.
    let key = prop::sample::select(vec![
        "size",
        "mode",
        "count",
        "ports",
        "port",
        "protocol",
        "tags",
        "source",
        "git",
        "oci",
        "open",
        "closed",
        "manifest",
        "metadata",
        "apiVersion",
        "kind",
        "labels",
        "either",
        "a",
        "b",
        "loose",
    ]);
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|entries| {
                entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Map>().into()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_document_is_survived(spec in any_value(), custom in any::<bool>()) {
        let (api_version, kind) =
            if custom { ("example.com/v1", "Widget") } else { ("apps/v1", "Deployment") };
        let mut document = Map::new();
        document.insert("apiVersion", Value::from(api_version));
        document.insert("kind", Value::from(kind));
        document.insert("spec", spec);
        let store = store();
        let document = Value::Object(document);
        let first = Validator::new(&store).validate(&document);
        prop_assert_eq!(first, Validator::new(&store).validate(&document));
    }
}
