//! Odd, broken and hostile schemas: what is generated, what is warned of, what is refused.

use husako_test_support::Project;

fn crd(schema: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {{ kind: Thing, plural: things }}\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema: {schema}\n"
    )
}

fn with_crd(schema: &str) -> Project {
    Project::with(&[
        ("husako.toml", "[resources]\nmine = { source = \"file\", path = \"crd.yaml\" }\n"),
        ("crd.yaml", &crd(schema)),
    ])
}

fn documents(schemas: &str) -> Project {
    Project::with(&[
        ("husako.toml", ""),
        (
            "spec/a.json",
            &format!(
                "{{\"openapi\":\"3.0.0\",\"paths\":{{}},\"components\":{{\"schemas\":{schemas}}}}}"
            ),
        ),
    ])
}

#[test]
fn cycles_are_named_references() {
    let project = documents(
        r##"{"com.example.v1.Node":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/com.example.v1.Node"},"name":{"type":"string"}},"x-kubernetes-group-version-kind":[{"group":"example.com","version":"v1","kind":"Node"}]}}"##,
    );
    project.husako(&["generate", "--spec-dir", "spec"]).ok();
    assert!(project.read(".husako/types/k8s/example.com/v1.d.ts").contains("next?: In<Node>"));
}

#[test]
fn references_to_nothing_and_to_elsewhere() {
    documents(r##"{"a.B":{"properties":{"x":{"$ref":"#/components/schemas/a.C"}}}}"##)
        .husako(&["generate", "--spec-dir", "spec"])
        .fails(5, &["#/components/schemas/a.B/properties/x", "a.C"]);
    documents(r#"{"a.B":{"properties":{"x":{"$ref":"https://example.com/x.json"}}}}"#)
        .husako(&["generate", "--spec-dir", "spec"])
        .fails(5, &["remote", "https://example.com/x.json"]);
}

#[test]
fn depth_is_limited() {
    let mut schema = String::from("{}");
    for _ in 0..10_000 {
        schema = format!(r#"{{"properties":{{"x":{schema}}}}}"#);
    }
    documents(&format!("{{\"a.B\":{schema}}}"))
        .husako(&["generate", "--spec-dir", "spec"])
        .fails(5, &["nested deeper than 128 levels"]);
}

#[test]
fn hostile_descriptions_and_names_stay_in_their_place() {
    let project = with_crd(
        r#"{ "type": "object", "properties": { "spec": { "type": "object", "description": "ends */ here\n</script> \u202e", "properties": { "__proto__": { "type": "string" }, "constructor": { "type": "string" }, "default": { "type": "string" }, "": { "type": "string" }, "a\"b\n": { "type": "string" }, "x-kubernetes-embedded-resource": { "type": "boolean" } } } } }"#,
    );
    project.husako(&["generate"]).ok();
    let types = project.read(".husako/types/k8s/example.com/v1.d.ts");
    assert!(!types.contains("ends */") && !types.contains('\u{202e}'), "{types}");
    project.write("a.ts", "import { Thing } from \"k8s/example.com/v1\";\nimport { build, name } from \"husako\";\nconst thing = Thing().metadata(name(\"a\")).spec({ [\"__proto__\"]: \"x\", constructor: \"y\", default: \"z\" } as never);\nif (({} as any).polluted !== undefined) throw new Error(\"polluted\");\nbuild(thing);\n");
    let run = project.husako(&["render", "a.ts"]).ok();
    assert!(
        run.stdout.contains("__proto__: x") && run.stdout.contains("constructor: 'y'"),
        "{}",
        run.stdout
    );
}

#[test]
fn names_that_collide_get_stable_suffixes() {
    let project = documents(
        r#"{"io.k8s.api.apps.v1.Foo":{"type":"object","properties":{"a":{"type":"string"}}},"io.k8s.api.apps.v1.Object":{"type":"object","properties":{"b":{"type":"string"}}},"io.k8s.api.apps.v1.foo":{"type":"object","properties":{"c":{"type":"string"}}}}"#,
    );
    project.husako(&["generate", "--spec-dir", "spec"]).ok();
    let first = project.read(".husako/types/k8s/apps/v1.d.ts");
    assert!(
        first.contains("interface Foo ")
            && first.contains("interface Foo_2 ")
            && first.contains("interface Object_ "),
        "{first}"
    );
}

#[test]
fn odd_shapes_never_take_their_neighbours_down() {
    let project = with_crd(
        r#"{ "type": "object", "properties": { "spec": { "type": "object", "properties": { "none": { "oneOf": [] }, "empty": { "enum": [] }, "nullable": { "type": ["string", "null"] }, "closed": { "type": "object", "additionalProperties": false }, "both": { "x-kubernetes-int-or-string": true }, "long": { "type": "string", "maxLength": 123456789012345678 }, "huge": { "type": "string", "maxLength": 99999999999999999999 }, "bound": { "type": "number", "minimum": .nan }, "wrong": { "type": "strnig" }, "good": { "type": "string", "enum": ["a", "b"] } } } } }"#,
    );
    let run = project.husako(&["generate"]).ok();
    assert_eq!(run.stderr.matches("warning:").count(), 4, "{}", run.stderr);
    assert!(
        run.stderr.contains("properties/none/oneOf")
            && run.stderr.contains("properties/huge/maxLength")
            && run.stderr.contains("properties/bound/minimum")
            && run.stderr.contains("properties/wrong/type"),
        "{}",
        run.stderr
    );
    let types = project.read(".husako/types/k8s/example.com/v1.d.ts");
    assert!(
        types.contains("good?: \"a\" | \"b\"")
            && types.contains("wrong?: unknown")
            && types.contains("both?: number | string"),
        "{types}"
    );
    project
        .husako(&["generate", "--strict", "--no-incremental"])
        .fails(5, &["properties/wrong/type", "4 definitions cannot be used"]);
}

#[test]
fn definitions_that_cannot_be_used_are_one_warning_each() {
    let project = Project::with(&[
        ("husako.toml", "[resources]\nmine = { source = \"file\", path = \"crds\" }\n"),
        (
            "crds/good.yaml",
            &crd(
                "{ \"type\": \"object\", \"properties\": { \"spec\": { \"type\": \"object\", \"properties\": { \"a\": { \"type\": \"string\" } } } } }",
            ),
        ),
        (
            "crds/none.yaml",
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x.example.org }\nspec:\n  group: example.org\n  names: { kind: X, plural: xs }\n  scope: Cluster\n  versions: []\n",
        ),
        (
            "crds/other.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\n# nothing\n---\napiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nmetadata: { name: olds.example.net }\nspec:\n  group: example.net\n  version: v1\n  names: { kind: Old, plural: olds }\n  scope: Namespaced\n  validation:\n    openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { b: { type: integer } } } } }\n",
        ),
    ]);
    let run = project.husako(&["generate"]).ok();
    assert_eq!(run.stderr.matches("warning:").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("crds/none.yaml"), "{}", run.stderr);
    assert!(project.path(".husako/types/k8s/example.com/v1.d.ts").is_file());
    assert!(project.read(".husako/types/k8s/example.net/v1.d.ts").contains("interface Old "));
}

#[test]
fn broken_yaml_with_place() {
    let project = with_crd("{ \"type\": [ }");
    project.husako(&["generate"]).fails(5, &["failed to parse `crd.yaml`", "crd.yaml:14:"]);
}
