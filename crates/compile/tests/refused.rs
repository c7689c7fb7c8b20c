//! What does not compile, and what is said about it.

use husako_compile::{CompileError, InvalidSource, compile};
use husako_diagnostics::{Diagnostic, ExitCode, Style, report};

fn error(source: &str, name: &str) -> CompileError {
    match compile(source, name) {
        Err(error) => error,
        Ok(compiled) => panic!("compiles: {source}\n{}", compiled.code),
    }
}

fn invalid(source: &str) -> InvalidSource {
    match error(source, "a.ts") {
        CompileError::Invalid(invalid) => *invalid,
        error => panic!("{error}"),
    }
}

/// `line:column: message` of each problem.
fn problems(source: &str) -> Vec<String> {
    let place = |problem: &husako_compile::Problem| {
        format!("{}:{}: {}", problem.position.line, problem.position.column, problem.message)
    };
    invalid(source).problems().iter().map(place).collect()
}

#[test]
fn errors_that_the_parser_recovers_from() {
    for (source, expected) in [
        ("const a = 1;\nconst a = 2;", "2:7: identifier `a` has already been declared"),
        ("import { a, a } from 'x'; a", "1:13: identifier `a` has already been declared"),
        ("import { a } from 'b'; const a = 1;", "1:30: identifier `a` has already been declared"),
        ("function f() {}\nfunction f() {}", "2:10: identifier `f` has already been declared"),
        (
            "if (x) { function f() {} function f() {} }",
            "1:35: identifier `f` has already been declared",
        ),
        ("export const a = 1;\nexport { a };", "2:10: `a` is exported twice"),
        ("export default 1;\nexport default 2;", "2:1: `default` is exported twice"),
        (
            "export const { a, b: [a2] } = x; export * as a2 from 'y';",
            "1:46: `a2` is exported twice",
        ),
        ("function <T>() {}", "1:1: expected function name"),
        ("export { nope };", "1:10: `nope` is exported but not declared in this file"),
        ("const r = /(/;", "1:12: invalid regular expression: Unterminated capturing group"),
        (
            "function f() { await 1 }",
            "1:16: `await` is only allowed within async functions and at the top levels of modules",
        ),
        ("const s = 'é\nlet t;", "1:11: unterminated string"),
        ("const x;", "1:7: missing initializer in const declaration"),
        (
            "var x = 010;",
            "1:9: '0'-prefixed octal literals and octal escape sequences are deprecated",
        ),
        ("let a = `abc ${ 1", "1:18: expected `}` but found the end of the file"),
        ("export default { é: 1 b: 2 }", "1:23: expected `,` or `}` but found `b`"),
        ("return 1", "1:1: a 'return' statement can only be used within a function body"),
        ("with (a) {}", "1:1: 'with' statements are not allowed"),
        ("delete x;", "1:8: delete of an unqualified identifier in strict mode"),
        (
            "class A { #x; y = this.#z }",
            "1:24: private field '#z' must be declared in an enclosing class",
        ),
        ("break;", "1:1: illegal break statement"),
        ("a?.b = 1", "1:1: cannot assign to this expression"),
        (
            "namespace N { export let x = 1; } N.x",
            "1:26: a namespace can export constants, functions, classes and types only",
        ),
        ("\u{fffd}", "1:1: file appears to be binary"),
    ] {
        assert_eq!(problems(source), [expected], "{source}");
    }
    assert_eq!(problems("let é😀;")[1], "1:6: invalid character `😀`");
}

#[test]
fn what_is_not_supported() {
    for (source, expected) in [
        ("import x = require('x'); x();", "1:1: `import … = require()` is not supported"),
        ("export = 5;", "1:1: `export =` is not supported"),
        ("const a = <div>é</div>;", "1:11: JSX is not supported"),
        ("f(<></>)", "1:3: JSX is not supported"),
        ("@dec class A {}", "1:1: decorators are not supported"),
        ("class A { @dec() x = 1 }", "1:11: decorators are not supported"),
        ("class A { accessor x = 1 }", "1:11: `accessor` fields are not supported"),
        ("import defer * as x from 'x'; x;", "1:1: import phases are not supported"),
        (
            "import t from './x.css' with { type: 'css' }; t;",
            "1:25: unknown import attribute `type: \"css\"`",
        ),
        (
            "import('./x', { with: { kind: 'text' } });",
            "1:1: unknown import attribute `kind: \"text\"`",
        ),
    ] {
        let seen = problems(source);
        let tail = expected.split_once(": ").unwrap().1;
        assert!(seen.len() == 1 && seen[0].ends_with(tail), "{seen:?}: {source}");
        assert!(
            !error(source, "a.ts").hints().is_empty() || tail.starts_with("import ph"),
            "{source}"
        );
    }
}

#[test]
fn numbers_that_lose_digits() {
    let source = "let a = 9007199254740993,\n  b = -0xffff_ffff_ffff_ffff, c = [1e400], d = 0.1 + 1e21;\nenum E { A = 9007199254740993 }\ntype T = 9007199254740993;\nf({ 9007199254740993: 1 });";
    assert_eq!(
        problems(source),
        [
            "1:9: `9007199254740993` loses precision: it is read as `9007199254740992`",
            "2:8: `0xffff_ffff_ffff_ffff` loses precision: it is read as `18446744073709551616`",
            "2:36: `1e400` is too large for a number",
            "3:14: `9007199254740993` loses precision: it is read as `9007199254740992`",
            "5:5: `9007199254740993` loses precision: it is read as `9007199254740992`",
        ]
    );
    let hints = error(source, "a.ts").hints();
    assert_eq!(hints.len(), 1, "the same remedy is said once");
    assert!(hints[0].as_str().starts_with("write it as a string"));
}

#[test]
fn one_problem_is_the_headline() {
    let source = "const a = 1;\n\tconst é = (a;\n";
    assert_eq!(
        report(&error(source, "env/dev.ts"), Style::Plain),
        "error: env/dev.ts:2:14: expected `,` or `)` but found `;`\n --> env/dev.ts:2:14\n  |\n2 |     const é = (a;\n  |                 ^\n --> env/dev.ts:2:12\n  |\n2 |     const é = (a;\n  |               ^ opened here\n"
    );
    let source = "const a = 1;\nconst a = 2;";
    let frames = error(source, "a.ts").frames();
    let places: Vec<_> =
        frames.iter().map(|frame| (frame.position.line, frame.label.as_str())).collect();
    assert_eq!(
        places,
        [(2, "it can not be redeclared here"), (1, "`a` has already been declared here")]
    );
    assert_eq!(error(source, "a.ts").exit_code(), ExitCode::Compile);
}

#[test]
fn many_problems_are_sorted_and_cut() {
    let declarations: Vec<String> = (0..25).rev().map(|n| format!("const a{n};\n")).collect();
    let source = declarations.concat();
    let error = error(&source, "a.ts");
    assert_eq!(error.to_string(), "20 errors in `a.ts`, and 5 more");
    let frames = error.frames();
    assert_eq!(frames.len(), 20);
    assert!(frames.iter().zip(1..).all(|(frame, line)| frame.position.line == line));
    assert!(frames.iter().all(|frame| frame.label == "missing initializer in const declaration"));
    // The parser's, the analysis' and our own.
    assert_eq!(problems("@a class A {}\nconst b;\nlet c, c;\nlet d = 9007199254740993;").len(), 4);
    assert_eq!(invalid("const a; const b;").to_string(), "2 errors in `a.ts`");
}

#[test]
fn typescript_in_javascript() {
    for source in [
        "let x: number = 1;",
        "enum A {}",
        "interface A {}",
        "type A = 1;",
        "x as any;",
        "x!;",
        "function f(a?) {}",
        "class A { private x = 1 }",
        "class A { readonly x = 1 }",
        "class A { declare x }",
        "class A { x? }",
        "class A { public f() {} }",
        "class A { override f() {} }",
        "class A { f?() {} }",
        "export default abstract class A {}",
        "export default interface A {}",
        "import type { a } from 'b';",
        "class A { constructor(private x) {} }",
    ] {
        let error = error(source, "lib/a.js");
        let hints = error.hints();
        assert!(
            hints.iter().any(|hint| hint.as_str().contains("`.ts`")),
            "{source}: {error} {hints:?}"
        );
        assert!(compile(source, "lib/a.ts").is_ok(), "{source}");
    }
}

#[test]
fn files_of_other_kinds() {
    for (name, message, hint) in [
        ("a.tsx", "JSX is not supported", "`.ts`"),
        ("a.cjs", "CommonJS modules are not supported", "ES modules"),
        ("a.d.ts", "a declaration file has types only, nothing to run", "import type"),
        ("a.json", "it is neither TypeScript nor JavaScript", "`.mjs`"),
    ] {
        let error = error("", name);
        assert_eq!(error.to_string(), format!("cannot compile `{name}`: {message}"));
        assert_eq!(error.exit_code(), ExitCode::Compile);
        assert!(error.hints()[0].as_str().contains(hint));
    }
}

#[test]
fn modules_at_the_top_only() {
    for source in [
        "a: import 'x';",
        "if (1) import x from 'x';",
        "{ export {} }",
        "a: export const x = 1;",
        "function f() { export default 1 }",
        "switch (1) { case 1: export * from 'x' }",
        "try { export { y } from 'x' } catch {}",
        "a: import X = Y.Z;",
        "a: import type X from 'x';",
        "namespace N { { export const x = 1 } }",
    ] {
        let seen = problems(source);
        assert!(
            seen.iter().any(|problem| problem.ends_with("at the top level of a module")),
            "{source}: {seen:?}"
        );
    }
    let nested = "namespace N { import X = Y.Z; export import W = X.Z; export const x = X; export namespace M { export const y = 1 } export class C {} }
        declare module 'm' { import y from 'y'; export * from 'z'; export default y; }
        export default class { m() {} }";
    assert!(compile(nested, "a.ts").is_ok());
}
