use husako_diagnostics::{Diagnostic, ExitCode};

use super::support::{Fake, documents, failure, run};
use crate::{ContractError, Limits, Options, RuntimeError};

#[test]
fn ways_to_hand_over() {
    for program in [
        "build(ConfigMap());",
        "build([ConfigMap()]);",
        "build({ apiVersion: 'v1', kind: 'ConfigMap' });",
        "export default ConfigMap();",
        "export default [ConfigMap()];",
        "export default () => ConfigMap();",
        "export default async () => { await null; return [ConfigMap()]; };",
        "export default Promise.resolve(ConfigMap());",
        "await Promise.resolve(); build(ConfigMap());",
        "(async () => { await null; build(ConfigMap()); })();",
        "queueMicrotask(() => build(ConfigMap()));",
    ] {
        assert_eq!(documents(program), r#"{"apiVersion":"v1","kind":"ConfigMap"}"#, "{program}");
    }
    assert_eq!(documents("build([]);"), "");
    assert_eq!(documents("export default [];"), "");
}

#[test]
fn ways_that_are_refused() {
    for (program, message) in [
        ("ConfigMap();", "the entry neither calls `build()` nor has a default export"),
        ("export default undefined;", "the entry neither calls `build()` nor has a default export"),
        (
            "build([ConfigMap()]); build([ConfigMap()]);",
            "`build()` was called twice, expected one call",
        ),
        ("build([]); try { build([]); } catch {}", "`build()` was called twice, expected one call"),
        (
            "build([]); export default [];",
            "the entry calls `build()` and has a default export, expected one of them",
        ),
        ("build();", "build: expected a resource or an array of resources, got `undefined`"),
        ("build('x');", "build: expected a resource or an array of resources, got `x`"),
        (
            "export default () => {};",
            "build: expected a resource or an array of resources, got `undefined`",
        ),
        (
            "build([ConfigMap(), { kind: 'X' }]);",
            "doc[1]: expected a resource, but it has no `apiVersion`",
        ),
        (
            "build({ apiVersion: 'v1', kind: '' });",
            "doc[0]: expected a resource, but its `kind` does not name one",
        ),
        (
            "build({ apiVersion: 1, kind: 'X' });",
            "doc[0]: expected a resource, but its `apiVersion` does not name one",
        ),
        ("build([[ConfigMap()]]);", "doc[0]: expected a resource, got a value of type array"),
        ("build([Container()]);", "doc[0]: expected a resource, but it has no `apiVersion`"),
        ("build([null]);", "doc[0]: expected a resource, got a value of type null"),
        ("build([ConfigMap]);", "doc[0]: a document cannot hold a function"),
        ("try { build([ConfigMap]); } catch {}", "doc[0]: a document cannot hold a function"),
        ("build([, ConfigMap()]);", "doc[0]: a document cannot hold `undefined`"),
    ] {
        let error = run(program).expect_err(program);
        assert!(matches!(error, RuntimeError::Contract(_)), "{program}: {error:?}");
        assert_eq!(error.to_string(), message, "{program}");
        assert_eq!(error.exit_code(), ExitCode::Validation);
    }
}

#[test]
fn values_that_no_document_holds() {
    for (value, place, what) in [
        ("undefined", "$.v", "`undefined`"),
        ("{ a: [1, undefined] }", "$.v.a[1]", "`undefined`"),
        ("() => 1", "$.v", "a function"),
        ("class A {}", "$.v", "a function"),
        ("Symbol('x')", "$.v", "a symbol"),
        ("1n", "$.v", "a bigint"),
        ("NaN", "$.v", "`NaN`"),
        ("-1 / 0", "$.v", "`-Infinity`"),
        ("new Date(0)", "$.v", "a `Date`"),
        ("new Map([[1, 2]])", "$.v", "a `Map`"),
        ("new Set()", "$.v", "a `Set`"),
        ("/x/", "$.v", "a `RegExp`"),
        ("new (class Point { x = 1 })()", "$.v", "an instance of `Point`"),
        ("new String('x')", "$.v", "an instance of `String`"),
        ("new Uint8Array(2)", "$.v", "an instance of `Uint8Array`"),
        ("new Error('x')", "$.v", "an instance of `Error`"),
        ("Object.create({})", "$.v", "an instance of `Object`"),
        ("Promise.resolve(1)", "$.v", "a promise"),
        ("new Proxy({}, {})", "$.v", "a `Proxy`"),
        ("new Proxy([], {})", "$.v", "a `Proxy`"),
        ("[1, , 2]", "$.v[1]", "an empty slot of an array"),
        ("{ [Symbol('x')]: 1 }", "$.v", "a property whose key is a symbol"),
        ("'a\\ud800'", "$.v", "a text with a lone surrogate, which is no character"),
        ("{ '\\udc00': 1 }", "$.v", "a text with a lone surrogate, which is no character"),
        (
            "{ 'a.b': { '1': { ok: [[undefined]] } } }",
            "$.v[\"a.b\"][\"1\"].ok[0][0]",
            "`undefined`",
        ),
        ("Container().env([{ value: undefined }])", "$.v.env[0].value", "`undefined`"),
        (
            "(() => { const a = { b: [] }; a.b.push(a); return a; })()",
            "$.v.b[0]",
            "a cycle: it is `$.v` again",
        ),
        (
            "(() => { const c = []; return Container().args(c).image((c.push({ c }), 'x')); })()",
            "$.v.args[0].c",
            "a cycle: it is `$.v.args` again",
        ),
    ] {
        assert_eq!(
            failure(&format!("build([ConfigMap(), raw({{ v: {value} }})]);")),
            format!("doc[1] at {place}: a document cannot hold {what}"),
            "{value}"
        );
    }
}

#[test]
fn hostile_values() {
    for (value, message) in [
        (
            "{ get x() { throw new TypeError('no'); } }",
            "doc[0] at $.v.x: reading it failed: TypeError: no",
        ),
        (
            "{ get x() { throw null; } }",
            "doc[0] at $.v.x: reading it failed: a value was thrown that is not an error: null",
        ),
        ("{ _toJSON() { throw new Error('no'); } }", "doc[0] at $.v: reading it failed: Error: no"),
        (
            "{ _toJSON() { return this; } }",
            "doc[0] at $.v: a document cannot hold more than 128 levels",
        ),
        (
            "(() => { const a = []; a.length = 2 ** 32 - 1; return a; })()",
            "execution exceeded the heap limit of 256 MiB",
        ),
        (
            "Object.setPrototypeOf({}, new Proxy({}, { get() { throw 1; } }))",
            "doc[0] at $.v: reading it failed: a value was thrown that is not an error: 1",
        ),
    ] {
        assert_eq!(failure(&format!("build(raw({{ v: {value} }}));")), message, "{value}");
    }
    let deep = failure("let v = {}; for (let i = 0; i < 1e6; i++) v = { v }; build(raw({ v }));");
    assert!(deep.starts_with("doc[0] at $.v.v.v.v"), "{deep}");
    assert!(deep.ends_with(": a document cannot hold more than 128 levels"), "{deep}");
    // Shared parts are taken as often as they are reached, up to the heap limit.
    let shared = "let v = ['x']; for (let i = 0; i < 60; i++) v = [v, v]; export default v;";
    let small = Limits { heap: 8 << 20, ..Limits::default() };
    let error = Fake::default().js("main.ts", shared).run_with(small, &Options::default());
    assert_eq!(error.unwrap_err().to_string(), "execution exceeded the heap limit of 8 MiB");
}

#[test]
fn values_that_documents_hold() {
    assert_eq!(
        documents(
            r#"build(raw({
                numbers: [0, -0, 1.5, 2 ** 53, 1e300, -1],
                texts: ["", "é𝄞", "\0", "a".repeat(30)],
                others: [null, true, Object.freeze({ a: 1 }), Object.create(null), { __proto__: null, b: 2 }],
                keys: { "": 1, "a b": 2, 10: 3, ["__proto__"]: 4, "\0x": 5 },
                getter: { get x() { return 1; } },
            }));"#
        ),
        r#"{"apiVersion":"v1","kind":"Raw","numbers":[0,0,1.5,9007199254740992,1e+300,-1],"texts":["","é𝄞","\u0000","aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"others":[null,true,{"a":1},{},{"b":2}],"keys":{"10":3,"":1,"a b":2,"__proto__":4,"\u0000x":5},"getter":{"x":1}}"#
    );
}

#[test]
fn says_where_it_was_handed_over() {
    let error = run("function make() {\n  build([1]);\n}\nmake();").unwrap_err();
    let RuntimeError::Contract(ContractError::Value { frames, .. }) = &error else {
        panic!("{error:?}")
    };
    let frames: Vec<_> =
        frames.iter().map(|frame| (frame.function.as_deref(), &*frame.module)).collect();
    assert_eq!(frames, [(Some("make"), "main.ts"), (None, "main.ts")]);
}
