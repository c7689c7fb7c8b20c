//! Places of stack frames of QuickJS lead to the right places in TypeScript.
//!
//! When these fail after an upgrade of the engine or of the compiler, what `source_map.rs` says
//! about counting is no longer true.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use husako_compile::{Compiled, compile};
use rquickjs::{CatchResultExt, CaughtError, Context, Module, Runtime};

/// The frames of the error that the code throws: line and column as QuickJS reports them.
fn frames(code: &str) -> Vec<(u32, u32)> {
    let context = Context::full(&Runtime::new().unwrap()).unwrap();
    context.with(|context| {
        let result = Module::evaluate(context.clone(), "m", code)
            .and_then(|promise| promise.finish::<()>())
            .catch(&context);
        let Err(CaughtError::Exception(exception)) = result else {
            panic!("no exception: {result:?}\n{code}");
        };
        let stack = exception.stack().unwrap_or_default();
        let frame = |line: &str| {
            let (rest, column) = line.trim_end_matches(')').rsplit_once(':')?;
            Some((rest.rsplit_once(':')?.1.parse().ok()?, column.parse().ok()?))
        };
        stack.lines().filter_map(frame).collect()
    })
}

fn compiled(source: &str) -> Compiled {
    compile(source, "a.ts").unwrap_or_else(|error| panic!("{error}"))
}

/// Checks that each frame leads to the place that is marked with `«n»` in the source, where `n`
/// counts frames from the innermost.
fn check(marked: &str) {
    let mut source = marked.to_owned();
    let mut expected = Vec::new();
    while let Some(at) = source.find('«') {
        let number: usize = source[at..].chars().nth(1).unwrap().to_digit(10).unwrap() as usize;
        let before = &source[..at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        expected.push((number, (u32::try_from(line).unwrap(), u32::try_from(column).unwrap())));
        source.replace_range(at..at + "«0»".len(), "");
    }
    expected.sort_unstable();
    let compiled = compiled(&source);
    let seen: Vec<_> = frames(&compiled.code)
        .into_iter()
        .enumerate()
        .map(|(number, (line, column))| {
            let position = compiled.original(line, column).unwrap();
            (number, (position.line, position.column))
        })
        .collect();
    assert_eq!(seen, expected, "{source}\n{}", compiled.code);
}

#[test]
fn frames_lead_to_the_source() {
    check("let a: number = 1; throw new «0»Error('x');");
    check("interface A { b: string }\n\n  «0»missing;");
    check("type A = 1;\nlet o: any = {};\n  o.«0»f();");
    check("let o: any = {}; const a: A = 1;\nconst b = 1 + «0»o.p.q;");
    check("function f(x: any): string {\n  return «0»x.y.z;\n}\n\n\n«1»f({});");
    check(
        "class A { constructor(private x: any) {}\n  m() { this.x.«0»call(); } }\nnew A({}).«1»m();",
    );
    check("enum E { A }\nnamespace N { export const x: any = null; }\n«0»N.x.f(E.A);");
}

#[test]
fn beyond_ascii() {
    check("let é: string = '日本😀'; /* 日本 */ throw new «0»Error('x');");
    check(
        "const 日本: any = { 'é😀': {} }; f(\"é😀\", 日本.é«0»)"
            .replace("f(\"é😀\", 日本.é«0»)", "日本['é😀'].«0»x();")
            .as_str(),
    );
    check("let a = `é\n日本😀`; let b: any = `${a}😀`; b.«0»x();");
    check("let a = `x\r\ny`; let b: any = a;\r\n/* é */ b.«0»x();");
    check("let a = 'é\u{2028}'; let b: any = `\u{2028}\u{2029}😀`; b.«0»x();");
    check("\u{2028}// é\u{2028}let a: any = 1; a.«0»x();");
}

#[test]
fn formatting_differs() {
    check(
        "const o: any = {};\no\n  .a?.b\n  .c.«0»d();"
            .replace(".a?.b\n  .c.«0»d()", ".«0»a()\n")
            .as_str(),
    );
    check("const a: any = { b() { return this } };\na.b()\n  .b().b()\n    .«0»c()\n  .b();");
    check("f(\n  1,\n  {\n    a: «0»missing(2) as any,\n  },\n);\nfunction f(...a: any[]) {}");
    check("const f = (a: any): any => { if (a) { return a.«0»b() } }; «1»f({})");
}

#[test]
fn line_one_is_unknown() {
    // The engine says 1:1 when it does not know.
    let compiled = compiled("const [a]: any = 1;");
    assert_eq!(frames(&compiled.code)[0], (1, 1));
    assert_eq!(compiled.original(1, 1), None);
}

#[test]
fn the_engine_counts_bytes_from_one() {
    assert_eq!(frames("\n'日本'; missing;"), [(2, 11)]);
    assert_eq!(frames("\n`\n\r\n\r`; missing;"), [(5, 4)]);
    assert_eq!(frames("\n`\u{2028}`; missing;"), [(2, 8)]);
}

#[test]
fn the_engine_takes_what_we_let_through() {
    for source in [
        "using a = { [Symbol.dispose]() {} };",
        "/(?<a>x)|(?<a>y)/v; /(?i:a)/;",
        "class A { static #p = 1; static { A.#p ??= 2; #p in A; } }",
        "const { a, ...b } = { a: 1, c: 2 }; [...'x'].at(-1); Object.groupBy([], () => 1);",
        "await (async () => { for await (const x of [1]) x; })(); import.meta.url; 1_000n ** 2n;",
        "label: for (const x of [1]) { if (x) continue label; } try { throw 1 } catch {}",
        "enum A { X, Y = 'y' } namespace N { export const x = A.X } class P { constructor(public q = N.x) {} } new P();",
    ] {
        let context = Context::full(&Runtime::new().unwrap()).unwrap();
        context.with(|context| {
            let code = compiled(source).code;
            Module::evaluate(context.clone(), "m", code)
                .and_then(|promise| promise.finish::<()>())
                .catch(&context)
                .unwrap_or_else(|error| panic!("{error}: {source}"));
        });
    }
}
