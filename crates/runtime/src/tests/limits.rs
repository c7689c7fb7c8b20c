use std::rc::Rc;
use std::time::{Duration, Instant};

use husako_diagnostics::{Diagnostic, ExitCode};

use super::support::{Fake, lines, run, value};
use crate::{Cancellation, Limit, Limits, Options, Runtime, RuntimeError};

const SHORT: Limits =
    Limits { deadline: Duration::from_millis(150), heap: 32 << 20, stack: 1 << 20 };

fn limit(program: &str, limits: Limits) -> (Limit, RuntimeError) {
    let started = Instant::now();
    let result = Fake::standard().js("main.ts", program).run_with(limits, &Options::default());
    assert!(started.elapsed() < limits.deadline * 40, "{program} took {:?}", started.elapsed());
    match result {
        Err(error @ RuntimeError::Limit { limit, .. }) => (limit, error),
        other => panic!("{program}: {other:?}"),
    }
}

#[test]
fn endless_programs_meet_the_deadline() {
    for program in [
        "while (true) {}",
        "for (;;) { try { while (true) {} } catch {} finally { continue; } }",
        "const f = () => Promise.resolve().then(f); await f();",
        "const f = () => queueMicrotask(f); f();",
        "export default async () => { for (;;) await null; };",
        "/^(a+)+$/.test('a'.repeat(40) + 'b');",
        "'a'.repeat(50000).replace(/(a|aa)+$/g, (all) => { while (true) {} });",
        "[1, 2].sort(() => { while (true) {} });",
        "export default { get apiVersion() { while (true) {} } };",
        "export default { _render() { while (true) {} } };",
        "const error = new Error(); Object.defineProperty(error, 'message', { get() { while (true) {} } }); throw error;",
        "function* g() { while (true) yield 1; } for (const _ of g()) {}",
        "new Proxy({}, { get() { while (true) {} } }).x;",
        // Every call fails in the end, but there are 2^1000 of them.
        "const f = () => { try { f(); } finally { f(); } }; f();",
    ] {
        let (hit, error) = limit(program, SHORT);
        assert_eq!(hit, Limit::Deadline(SHORT.deadline), "{program}");
        assert_eq!(error.to_string(), "execution exceeded 150ms");
        assert_eq!(error.exit_code(), ExitCode::Runtime);
    }
}

#[test]
fn the_deadline_says_where() {
    let (_, error) = limit("function spin() {\n  while (true) {}\n}\nspin();", SHORT);
    // The engine notes lines of calls only, so the innermost one is a line of the function.
    let frames: Vec<_> = error.stack().iter().map(|frame| frame.function.as_deref()).collect();
    assert_eq!(frames, [Some("spin"), None]);
    assert_eq!(error.stack()[1].line, 4);
    let (_, error) = limit("await null;\nfunction spin() {\n  while (true) {}\n}\nspin();", SHORT);
    assert_eq!(error.stack()[0].function.as_deref(), Some("spin"));
    let (_, error) = limit("export default function make() {\n  while (true) {}\n}", SHORT);
    assert_eq!(error.stack()[0].function.as_deref(), Some("make"));
}

#[test]
fn greedy_programs_meet_the_heap_limit() {
    let limits = Limits { deadline: Duration::from_secs(20), ..SHORT };
    for program in [
        "const all = []; while (true) all.push({});",
        "let text = 'x'; while (true) text += text + 1;",
        "new Array(1e9).fill(0);",
        "Array.from({ length: 1e9 });",
        "[...Array(1e8)];",
        "const map = new Map(); for (let i = 0; ; i++) map.set(i, i);",
        "new ArrayBuffer(2 ** 30);",
        "'a'.repeat(2 ** 30);",
        "'a'.repeat(2 ** 29).split('');",
        "const all = []; try { while (true) all.push([all]); } catch (error) { throw error; }",
        "const f = (depth) => new Array(1000).fill(depth).map(() => f(depth + 1)); f(0);",
        "export default Array(1e7).fill({ apiVersion: 'v1', kind: 'X' });",
        "let n = 1n; while (true) n = n * n + 1n;",
    ] {
        let result = Fake::standard().js("main.ts", program).run_with(limits, &Options::default());
        match result {
            Err(RuntimeError::Limit { limit: Limit::Heap(_) | Limit::Stack, .. }) => {}
            // The engine has limits of its own, which are exceptions that say so.
            Err(RuntimeError::Exception(thrown)) => assert!(
                [
                    "invalid string length",
                    "string too long",
                    "invalid array length",
                    "invalid array buffer length",
                    "invalid repeat count",
                    "BigInt is too large to allocate",
                ]
                .iter()
                .any(|text| thrown.message.eq_ignore_ascii_case(text)),
                "{program}: {thrown:?}"
            ),
            other => panic!("{program}: {other:?}"),
        }
    }
    let (hit, error) = limit("const all = []; while (true) all.push('x'.repeat(1000));", limits);
    assert_eq!(hit, Limit::Heap(32 << 20));
    assert_eq!(error.to_string(), "execution exceeded the heap limit of 32 MiB");
}

/// No limit of the heap makes the engine fall over, wherever in its work it runs out.
#[test]
fn any_heap_limit_is_survived() {
    let program = r#"
        import { Deployment } from "k8s/apps/v1"; import { Container } from "k8s/core/v1"; import { build, metadata, cpu, requests, toYaml } from "husako";
        const all = []; for (let i = 0; i < 50; i++) all.push(Deployment().metadata(metadata().name("n" + i)).containers([Container().name("x").resources(requests(cpu(1)))]).resources(requests(cpu(2))));
        new Date(0).getHours(); /(a+)+b/.exec("aab"); JSON.parse(JSON.stringify(all)); toYaml(all);
        class A { #x = 1; get x() { return this.#x; } } [...new Set([new A().x])].sort();
        await Promise.all([1, 2].map(async (x) => { await null; return x; }));
        build(all);"#;
    for heap in (50_000..2_000_000).step_by(37_777) {
        let result = Fake::standard()
            .js("main.ts", program)
            .run_with(Limits { heap, ..Limits::default() }, &Options::default());
        match result {
            Ok(output) => assert_eq!(output.documents.len(), 50),
            Err(RuntimeError::Limit { limit: Limit::Heap(_), .. } | RuntimeError::Engine(_)) => {}
            Err(other) => panic!("{heap}: {other:?}"),
        }
    }
}

#[test]
fn deep_programs_meet_the_stack_limit() {
    const DEEP_AND_WELL: bool = true;
    // What the engine does without recursion, or refuses by a rule of its own.
    let well = [
        "eval('let ' + '['.repeat(1e5) + 'x' + ']'.repeat(1e5) + '= []');",
        "eval('() => '.repeat(1e5) + '1');",
        "new RegExp('('.repeat(1e5) + ')'.repeat(1e5));",
        "let o = {}; for (let i = 0; i < 1e5; i++) o = Object.create(o); o.x;",
        "let s = 'x'; for (let i = 0; i < 1e5; i++) s = s + 'y' + s.length; s.charCodeAt(5);",
        "let error = new Error('x'); for (let i = 0; i < 1e5; i++) error = new Error('x', { cause: error }); throw error;",
    ];
    for program in [
        "function f() { f(); } f();",
        "const f = () => [1].map(f); f();",
        "const o = { get x() { return this.x; } }; o.x;",
        "const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x;",
        "class A { constructor() { new A(); } } new A();",
        "let v = []; for (let i = 0; i < 1e5; i++) v = [v]; JSON.stringify(v);",
        "JSON.parse('['.repeat(1e6));",
        "eval('['.repeat(1e5) + ']'.repeat(1e5));",
        "eval('(' .repeat(1e5) + '1' + ')'.repeat(1e5));",
        "eval('1' + '+1'.repeat(10) + '-('.repeat(1e5));",
        "eval('let ' + '['.repeat(1e5) + 'x' + ']'.repeat(1e5) + '= []');",
        "eval('if (1) '.repeat(1e5) + ';');",
        "eval('{'.repeat(1e5) + '}'.repeat(1e5));",
        "eval('() => '.repeat(1e5) + '1');",
        "eval('`${'.repeat(1e5) + '}`'.repeat(1e5));",
        "new RegExp('('.repeat(1e5) + ')'.repeat(1e5));",
        "new RegExp('(?:'.repeat(5e4) + 'a' + ')*'.repeat(5e4)).test('a');",
        "new RegExp('['.repeat(1e5), 'v');",
        "let v = []; for (let i = 0; i < 1e5; i++) v = [v]; v.flat(Infinity);",
        "let v = []; for (let i = 0; i < 1e5; i++) v = [v]; String(v);",
        "let o = {}; for (let i = 0; i < 1e5; i++) o = Object.create(o); o.x;",
        "let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); f();",
        "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x;",
        "let s = 'x'; for (let i = 0; i < 1e5; i++) s = s + 'y' + s.length; s.charCodeAt(5);",
        "const f = async () => { await f(); }; await f();",
        "function* g() { yield* g(); } [...g()];",
        "[1, 2].sort(function f() { return [1, 2].sort(f); });",
        "'a'.replace(/a/, function f() { return 'a'.replace(/a/, f); });",
        "import { depth } from 'chain/3000'; export default { apiVersion: 'v1', kind: 'X', depth };",
        "import { depth } from 'chain/30000'; export default { apiVersion: 'v1', kind: 'X', depth };",
        "let error = new Error('x'); for (let i = 0; i < 1e5; i++) error = new Error('x', { cause: error }); throw error;",
    ] {
        let program = program.to_owned();
        let label = program.clone();
        // As the threads of tokio are, on which entries run.
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
            let limits = Limits { deadline: Duration::from_secs(5), ..Limits::default() };
            let result =
                Fake::standard().js("main.ts", &program).run_with(limits, &Options::default());
            result.map(|output| output.documents.len())
        });
        let result = thread.unwrap().join().unwrap();
        let survived = match &result {
            // Depth that the engine can do, and grammar that it gives up on.
            Ok(_) | Err(RuntimeError::Contract(_) | RuntimeError::Exception(_)) => DEEP_AND_WELL,
            Err(RuntimeError::Limit { limit, .. }) => {
                assert_ne!(*limit, Limit::Cancelled);
                !DEEP_AND_WELL
            }
            Err(
                RuntimeError::Engine(_)
                | RuntimeError::Load(_)
                | RuntimeError::Stalled
                | RuntimeError::UnhandledRejection(_),
            ) => panic!("{label}: {result:?}"),
        };
        assert_eq!(survived, well.contains(&label.as_str()), "{label}: {result:?}");
    }
    let (hit, error) = limit("function f() { f(); } f();", SHORT);
    assert_eq!(hit, Limit::Stack);
    assert_eq!(error.to_string(), "execution exceeded the stack limit");
    assert!(error.stack().iter().all(|frame| frame.function.as_deref() == Some("f")), "{error:?}");
}

#[test]
fn cancelling_stops_it() {
    let cancellation = Cancellation::new();
    let other = cancellation.clone();
    let canceller = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        other.cancel();
    });
    let started = Instant::now();
    let result = Fake::standard()
        .js("main.ts", "while (true) {}")
        .run_with(Limits::default(), &Options { cancellation, ..Options::default() });
    canceller.join().unwrap();
    assert!(started.elapsed() < Duration::from_millis(400));
    let error = result.unwrap_err();
    assert!(matches!(error, RuntimeError::Limit { limit: Limit::Cancelled, .. }), "{error:?}");
    assert_eq!(error.exit_code(), ExitCode::Interrupted);
}

#[test]
fn a_runtime_goes_on_after_a_limit() {
    let loader = Rc::new(
        Fake::standard()
            .js("spin", "while (true) {}")
            .js("greedy", "const all = []; while (true) all.push('x'.repeat(1000));")
            .js("deep", "function f() { f(); } f();")
            .js("throws", "throw 1;")
            .js("good", "export default { apiVersion: 'v1', kind: 'X' };"),
    );
    let mut runtime = Runtime::new(SHORT);
    for entry in ["spin", "greedy", "deep", "throws"] {
        assert!(runtime.execute(entry, Rc::clone(&loader) as _, &Options::default()).is_err());
        let good = runtime.execute("good", Rc::clone(&loader) as _, &Options::default()).unwrap();
        assert_eq!(lines(&good.documents), r#"{"apiVersion":"v1","kind":"X"}"#);
    }
}

#[test]
fn promises_that_nothing_settles() {
    for program in ["await new Promise(() => {});", "export default new Promise(() => {});"] {
        let error = run(program).unwrap_err();
        assert_eq!(error.to_string(), "the entry waits for a promise that nothing settles");
    }
}

#[test]
fn rejections_that_nobody_handles() {
    let error = run("build([]); Promise.reject(new TypeError('late'));").unwrap_err();
    assert_eq!(error.to_string(), "unhandled rejection of a promise: TypeError: late");
    assert_eq!(error.exit_code(), ExitCode::Runtime);
    assert!(run("build([]); Promise.reject(1).catch(() => {});").is_ok());
    assert!(
        run("build([]); const p = Promise.reject(1); await null; await null; p.catch(() => {});")
            .is_ok()
    );
}

#[test]
fn anything_can_be_thrown() {
    for (program, message) in [
        ("throw new TypeError('no');", "TypeError: no"),
        ("throw new (class Mine extends Error { name = 'Mine' })('x');", "Mine: x"),
        ("throw 'text';", "a value was thrown that is not an error: text"),
        ("throw null;", "a value was thrown that is not an error: null"),
        ("throw undefined;", "a value was thrown that is not an error: undefined"),
        (
            "throw { get message() { throw 1; }, get stack() { throw 1; } };",
            "a value was thrown that is not an error: an object",
        ),
        ("throw '\\ud800';", "a value was thrown that is not an error: \"\\ud800\""),
        ("throw new Error('\\x1b[31m');", "Error: \u{1b}[31m"),
        (
            "throw new Proxy(new Error('x'), { get() { throw 1; } });",
            "a value was thrown that is not an error: an object",
        ),
        (
            "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw 1; } }); throw e;",
            "Error: x",
        ),
        (
            "const e = new Error('x'); e.message = { toString() { throw 1; } }; e.name = 1; throw e;",
            "Error",
        ),
        ("Error.prepareStackTrace = () => { throw 1; }; throw new Error('x');", "Error: x"),
        (
            "export default async () => { await null; throw new RangeError('later'); };",
            "RangeError: later",
        ),
        ("await Promise.reject(new Error('x'));", "Error: x"),
        (
            "import { missing } from 'k8s/apps/v1';",
            "SyntaxError: Could not find export 'missing' in module 'k8s/apps/v1'",
        ),
    ] {
        let error = Fake::standard()
            .js("main.ts", program)
            .run_with(Limits::default(), &Options::default())
            .expect_err(program);
        assert_eq!(error.to_string(), message, "{program}");
    }
    let long = run("throw new Error('x'.repeat(1e6));").unwrap_err().to_string();
    assert!(long.len() < 5000);
}

#[test]
fn where_an_error_was_thrown() {
    let error = Fake::standard()
        .js("lib/a.ts", "export function make() {\n  throw new Error('x');\n}")
        .js("main.ts", "import { make } from './lib/a.ts';\n\n[1].map(() => make());")
        .run_with(Limits::default(), &Options::default())
        .unwrap_err();
    let frames: Vec<_> = error
        .stack()
        .iter()
        .map(|frame| (frame.function.as_deref(), &*frame.module, frame.line, frame.internal))
        .collect();
    assert_eq!(
        frames,
        [
            (Some("make"), "lib/a.ts", 2, false),
            (None, "main.ts", 3, false),
            (None, "main.ts", 3, false)
        ]
    );
    let error = run("\n\nContainer().nam('x');").unwrap_err();
    let user = error.stack().iter().find(|frame| !frame.internal).unwrap();
    assert_eq!(user.module, "main.ts");
    assert!(error.stack()[0].internal);
}

#[test]
fn nothing_tells_time_or_chance() {
    for expression in [
        "Date.now()",
        "new Date()",
        "Date()",
        "Math.random()",
        "new (new Date(0).constructor)()",
        "Reflect.construct(Date, [])",
    ] {
        let error = run(&format!("{expression};")).unwrap_err().to_string();
        assert!(
            error
                .contains("is not available: a render depends on its sources and parameters alone"),
            "{expression}: {error}"
        );
    }
    for name in [
        "performance",
        "setTimeout",
        "setInterval",
        "SharedArrayBuffer",
        "Atomics",
        "WeakRef",
        "FinalizationRegistry",
        "process",
        "require",
        "fetch",
        "navigator",
    ] {
        assert_eq!(value(&format!("typeof globalThis.{name}")), "\"undefined\"", "{name}");
    }
    for (expression, expected) in [
        ("new Date(2027, 0, 2, 3, 4, 5).toISOString()", "2027-01-02T03:04:05.000Z"),
        ("new Date('2027-01-02T03:04:05').toISOString()", "2027-01-02T03:04:05.000Z"),
        ("new Date('2027-01-02').toISOString()", "2027-01-02T00:00:00.000Z"),
        ("new Date('2027-01-02T03:04:05+02:00').toISOString()", "2027-01-02T01:04:05.000Z"),
        ("new Date('2027-01-02T03:04:05Z').toISOString()", "2027-01-02T03:04:05.000Z"),
        ("new Date('Jan 2 2027').toISOString()", "2027-01-02T00:00:00.000Z"),
        ("new Date('Sat, 02 Jan 2027 03:04:05 GMT').toISOString()", "2027-01-02T03:04:05.000Z"),
        ("new Date('Jan 2 2027 00:00:00 +0200').toISOString()", "2027-01-01T22:00:00.000Z"),
        ("new Date('Jan 2 2027 00:00:00').toISOString()", "2027-01-02T00:00:00.000Z"),
        ("String(new Date(0))", "Thu Jan 01 1970 00:00:00 GMT+0000"),
        ("`${new Date(NaN)}`", "Invalid Date"),
        ("new Date(0).toLocaleDateString()", "Thu Jan 01 1970"),
        ("new Date(0).toLocaleString()", "Thu Jan 01 1970 00:00:00 GMT+0000"),
        (
            "[new Date(5e12).getHours(), new Date(0).getTimezoneOffset(), new Date(new Date(7)).getTime(), Date.parse('1970-01-01T00:00:01'), Date.UTC(1970, 0)].join()",
            "8,0,7,1000,0",
        ),
        (
            "(() => { const d = new Date(0); d.setHours(5); return d.toJSON(); })()",
            "1970-01-01T05:00:00.000Z",
        ),
        (
            "String(new Date(0) instanceof Date && Object.prototype.toString.call(new Date(0)))",
            "[object Date]",
        ),
        (
            "new (class extends Date { year() { return this.getFullYear(); } })(0).year().toString()",
            "1970",
        ),
    ] {
        assert_eq!(value(expression), format!("{expected:?}"), "{expression}");
    }
    // A program may bring its own.
    assert_eq!(
        value(
            "(() => { globalThis.Date = class { static now() { return 5; } }; return Date.now(); })()"
        ),
        "5"
    );
}
