use husako_diagnostics::{Diagnostic, ExitCode};
use husako_value::{Map, Number, Value};

use super::support::{Fake, PRELUDE, lines, run};
use crate::{Level, Limits, ModuleSource, Options, Output, RuntimeError};

fn run_with(fake: Fake, program: &str) -> Result<Output, RuntimeError> {
    fake.js("main.ts", &format!("{PRELUDE}{program}"))
        .run_with(Limits::default(), &Options::default())
}

fn data() -> Value {
    let big = Value::Number(Number::from(12_345_678_901_234_567_890_u64));
    let small = Value::Number(Number::from(-9_007_199_254_740_993_i64));
    Value::Object(Map::from_iter([
        ("big".into(), big),
        ("small".into(), small),
        ("exact".into(), Value::from(9_007_199_254_740_992)),
        ("__proto__".into(), Value::from("p")),
        ("list".into(), Value::Array(vec![Value::Null, Value::Bool(true), Value::from("a\0b")])),
    ]))
}

#[test]
fn values_are_frozen_and_exact() {
    let output = run_with(
        Fake::standard().with("data.json", ModuleSource::Value(data())),
        r#"import data from "./data.json";
           const refused = [() => { data.big = 1; }, () => { data.list.push(1); }, () => { data.list[0] = 1; }, () => { data.x = 1; }, () => { data.big.digits = "1"; }]
             .map((change) => { try { change(); return "changed"; } catch (error) { return error.name; } });
           build([raw({ data, refused, text: `${data.big}`, double: data.small + 0, json: toJson(data), yaml: toYaml({ size: data.big }) })]);"#,
    )
    .unwrap();
    assert_eq!(
        lines(&output.documents),
        concat!(
            r#"{"apiVersion":"v1","kind":"Raw","data":{"big":12345678901234567890,"small":-9007199254740993,"exact":9007199254740992,"__proto__":"p","list":[null,true,"a\u0000b"]},"#,
            r#""refused":["TypeError","TypeError","TypeError","TypeError","TypeError"],"text":"12345678901234567890","double":-9007199254740992,"#,
            r#""json":"{\"big\":12345678901234567890,\"small\":-9007199254740993,\"exact\":9007199254740992,\"__proto__\":\"p\",\"list\":[null,true,\"a\\u0000b\"]}","yaml":"size: 12345678901234567890\n"}"#
        )
    );
    let error = run_with(
        Fake::standard().with("data.json", ModuleSource::Value(data())),
        r#"import data from "./data.json"; JSON.stringify(data);"#,
    );
    assert_eq!(
        error.unwrap_err().to_string(),
        "TypeError: 12345678901234567890 loses digits as a number: use toJson() of \"husako\""
    );
}

#[test]
fn texts_and_parameters() {
    let params = Map::from_iter([("region".into(), Value::from("eu"))]);
    let output = Fake::standard()
        .with("a.txt", ModuleSource::Text("line\u{2028}\n\"`${x}`".to_owned()))
        .js(
            "main.ts",
            "import text from './a.txt'; export default ({ params }) => ({ apiVersion: 'v1', kind: 'X', text, params });",
        )
        .run_with(Limits::default(), &Options { params, ..Options::default() })
        .unwrap();
    assert_eq!(
        lines(&output.documents),
        "{\"apiVersion\":\"v1\",\"kind\":\"X\",\"text\":\"line\u{2028}\\n\\\"`${x}`\",\"params\":{\"region\":\"eu\"}}"
    );
}

#[test]
fn writing_yaml_and_json() {
    let output = run(
        r#"build(raw({ yaml: toYaml(Container().name("no").resources(requests(cpu(1)))), json: toJson({ a: [1] }), pretty: toJson({ a: [1] }, 2) }));"#,
    )
    .unwrap();
    let text = |key| output.documents[0].get(key).and_then(Value::as_str).unwrap();
    assert_eq!(text("json"), r#"{"a":[1]}"#);
    assert_eq!(text("pretty"), "{\n  \"a\": [\n    1\n  ]\n}");
    assert!(
        text("yaml").contains("name: \"no\"") || text("yaml").contains("name: 'no'"),
        "{}",
        text("yaml")
    );
    assert!(text("yaml").ends_with('\n'));
    let error = run("toYaml({ a: [() => 1] });").unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: toYaml() at $.a[0]: a document cannot hold a function"
    );
}

#[test]
fn errors_of_the_loader_come_back_as_they_are() {
    for program in [
        "import './missing';",
        "await import('./missing');",
        "import './deep';",
        "try { await import('./missing'); } catch (error) { throw error; }",
        "import('./missing');",
    ] {
        let fake = Fake::standard().js("deep", "import './missing';").js("main.ts", program);
        let error = fake.run_with(Limits::default(), &Options::default()).unwrap_err();
        assert!(matches!(error, RuntimeError::Load(_)), "{program}: {error:?}");
        assert!(error.to_string().starts_with("cannot resolve `./missing from "), "{error}");
        assert_eq!(error.exit_code(), ExitCode::Runtime);
    }
    // One that the program handles is none.
    let output = run(
        "try { await import('./missing'); } catch (error) { build(raw({ message: error.message })); }",
    );
    assert_eq!(
        output.unwrap().documents[0].get("message").and_then(Value::as_str),
        Some("cannot resolve `./missing from main.ts`")
    );
}

#[test]
fn modules_share_state_and_entries_do_not() {
    use crate::Runtime;
    use std::rc::Rc;

    let loader = Rc::new(
        Fake::standard()
            .js("counter", "export const state = { count: 0 };")
            .js("a", "import { state } from './counter'; state.count++;")
            .js(
                "main.ts",
                "import './a'; import { state } from './counter'; import { ConfigMap } from 'k8s/core/v1';
                 globalThis.seen = (globalThis.seen ?? 0) + 1; Object.prototype.leak ??= 0; Array.prototype.map = 1;
                 ConfigMap().__proto__.__proto__.metadata = null;
                 export default { apiVersion: 'v1', kind: 'X', count: state.count, seen: globalThis.seen };",
            ),
    );
    let mut runtime = Runtime::new(Limits::default());
    for _ in 0..3 {
        let output =
            runtime.execute("main.ts", Rc::clone(&loader) as _, &Options::default()).unwrap();
        assert_eq!(
            lines(&output.documents),
            r#"{"apiVersion":"v1","kind":"X","count":1,"seen":1}"#
        );
    }
}

#[test]
fn what_is_internal_stays_so() {
    for program in ["import 'husako:core';", "await import('husako:core');"] {
        let fake = Fake::standard().js("main.ts", program);
        assert!(matches!(
            fake.run_with(Limits::default(), &Options::default()),
            Err(RuntimeError::Load(_))
        ));
    }
    let output =
        run("build(raw({ host: [typeof import.meta.host, typeof globalThis.__husako] }));")
            .unwrap();
    assert!(lines(&output.documents).contains(r#""host":["undefined","undefined"]"#));
}

#[test]
fn an_export_without_description() {
    let error = run("import { Nothing } from 'k8s/apps/v1'; Nothing();").unwrap_err();
    assert_eq!(error.to_string(), "TypeError: `k8s/apps/v1` has no factory `Nothing`");
    let error = run("import { Absent } from 'k8s/apps/v1';").unwrap_err();
    assert!(error.to_string().contains("Absent"), "{error}");
}

#[test]
fn the_console_is_collected() {
    let output = run(
        r#"console.log("a", 1, true, null, undefined, { b: [Container().name("x")] }); console.error(new TypeError("no")); console.warn("\x1b[31m"); console.debug(() => 1, 1n, Symbol("s"), new Map()); console.info(); build([]);"#,
    )
    .unwrap();
    let lines: Vec<_> = output.console.iter().map(|line| (line.level, &*line.text)).collect();
    assert_eq!(
        lines,
        [
            (Level::Log, r#"a 1 true null undefined {"b":[{"name":"x"}]}"#),
            (Level::Error, "TypeError: no"),
            (Level::Warn, "\u{1b}[31m"),
            (Level::Debug, "a function a bigint a symbol an object"),
            (Level::Info, ""),
        ]
    );
}

#[test]
fn what_is_declared_is_exported() {
    for module in husako_sdk::MODULES {
        let mut declared: Vec<&str> = module
            .declarations
            .lines()
            .filter_map(|line| {
                line.strip_prefix("export function ").or(line.strip_prefix("export class "))
            })
            .filter_map(|line| {
                line.split(|char: char| !(char.is_alphanumeric() || char == '_')).next()
            })
            .collect();
        declared.sort_unstable();
        declared.dedup();
        let program = format!(
            "import * as all from '{}'; export default {{ apiVersion: 'v1', kind: 'X', names: Object.keys(all) }};",
            module.specifier
        );
        let output = Fake::default()
            .js("main.ts", &program)
            .run_with(Limits::default(), &Options::default());
        let output = output.unwrap();
        let names = output.documents[0].get("names").and_then(Value::as_array).unwrap();
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        assert_eq!(names, declared, "{}", module.specifier);
    }
}
