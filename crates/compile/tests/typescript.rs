//! What becomes of TypeScript.

use husako_compile::{Compiled, Import, ImportNames, compile};

fn compiled(source: &str) -> Compiled {
    compile(source, "a.ts").unwrap_or_else(|error| panic!("{error}: {source}"))
}

fn code(source: &str) -> String {
    let code = compiled(source).code;
    assert!(code.starts_with('\n'), "{code}");
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn types_are_stripped() {
    for (source, expected) in [
        (
            "let a: number = 1, b!: string, c = <any>a, d = a!, e = a as unknown as T;",
            "let a = 1, b, c = a, d = a, e = a;",
        ),
        ("const a = { b: 1 } satisfies Record<string, number>;", "const a = { b: 1 };"),
        ("const a = [1, 2] as const;", "const a = [1, 2];"),
        (
            "interface A { a: 1 } type B<T> = T extends infer U ? U : never; let c = 1;",
            "let c = 1;",
        ),
        ("export interface A {} export type B = 1;", "export {};"),
        (
            "declare const a: 1; declare function f(): void; declare class C {} declare module 'm' {} declare global { var g: 1 } declare enum E { X } declare namespace N {} let b;",
            "let b;",
        ),
        (
            "function f(a: string): void; function f(a: number): void; function f(a?: any): void {}",
            "function f(a) {}",
        ),
        (
            "export default function f(a: 1): void; export default function f(a: any) {}",
            "export default function f(a) {}",
        ),
        (
            "function f<T>(this: Foo, x?: T, ...rest: T[]): asserts x is T {}",
            "function f(x, ...rest) {}",
        ),
        (
            "const f = <T,>(x: T): x is T => true, g = async <T>(x: T) => f<T>(x);",
            "const f = (x) => true, g = async (x) => f(x);",
        ),
        (
            "abstract class A<T> implements I { abstract f(): void; abstract x: T; protected override readonly y?: T; declare z: T; static w = 1; [k: string]: any; g(): void; g() {} }",
            "class A { y; static w = 1; g() {} }",
        ),
        (
            "class A { constructor(private readonly x: number, public y = 2, z?: 3) { f(); } }",
            "class A { x; y; constructor(x, y = 2, z) { this.x = x; this.y = y; f(); } }",
        ),
        (
            "try {} catch (e: unknown) {} for (const x of <any>y) {}",
            "try {} catch (e) {} for (const x of y) {}",
        ),
        ("let x: typeof import('./a');", "let x;"),
        ("using a = f(); await using b = g();", "using a = f(); await using b = g();"),
        ("label: for (;;) { continue label }", "label: for (;;) { continue label; }"),
        ("let big = 9007199254740993n;", "let big = 9007199254740993n;"),
    ] {
        assert_eq!(code(source), expected, "{source}");
    }
}

#[test]
fn enums_and_namespaces() {
    assert_eq!(
        code("enum A { X, Y = 'y', Z = 1 << 3 }"),
        r#"var A = function(A) { A[A["X"] = 0] = "X"; A["Y"] = "y"; A[A["Z"] = 8] = "Z"; return A; }(A || {});"#
    );
    assert!(code("const enum A { X } f(A.X); export { A };").contains("A[A[\"X\"] = 0]"));
    assert!(
        code("export enum A { X } export namespace A { export const q = 1 }").contains("_A.q = 1")
    );
    assert!(
        code("namespace N { export const x = 1; export function f() { return x } }")
            .contains("_N.f = f")
    );
    assert_eq!(
        code("namespace N { export type T = 1 } export const q: N.T = 1;"),
        "export const q = 1;"
    );
    assert!(
        code("namespace A.B { export const x = 1 } import C = A.B; f(C.x);")
            .ends_with("var C = A.B; f(C.x);")
    );
}

fn named(names: &[&str]) -> ImportNames {
    ImportNames::Named(names.iter().map(|&name| name.to_owned()).collect())
}

fn specifiers(imports: &[Import]) -> Vec<&str> {
    imports.iter().map(|import| import.specifier.as_str()).collect()
}

#[test]
fn imports_that_are_types_are_erased() {
    let source = "
        import { A, type B, C } from './abc';
        import type { D } from './d';
        import type E from './e';
        import F, { G } from './fg';
        import * as H from './h';
        import './side';
        import X = require('./x');
        export type { I } from './i';
        export { type J } from './j';
        class K extends A implements C {}
        let a: F.X, b: typeof G, c: H.T;
    ";
    let compiled =
        compiled(&source.replace("import X = require('./x');", "import type X = require('./x');"));
    assert_eq!(specifiers(&compiled.imports), ["./abc", "./side"]);
    assert_eq!(compiled.imports[0].names, named(&["A"]));
    assert!(!compiled.code.contains("./h"), "{}", compiled.code);
    // JavaScript has no types: nothing is erased.
    let kept = compile("import { a } from './a';", "a.mjs").unwrap();
    assert_eq!(kept.imports[0].names, named(&["a"]));
}

#[test]
fn imports_with_names_and_places() {
    let source = "\u{feff}// é😀\r\nimport d, { a as b, 'x-y' as c } from \"k8s/apps/v1\"; /* é😀 */ import * as n from 'n';\r\nexport { default as zz, k } from './\\x75';\r\nexport * from './s'; export * as t from './t';\r\nf(b, c, d, n, import('./dyn'), import(`./ü`), import(('./cast' as string)), import(x), import(`${x}`));\r\nimport './late';";
    let imports = compiled(source).imports;
    let seen: Vec<_> = imports
        .iter()
        .map(|import| {
            let Import { specifier, names, position, length, is_dynamic, .. } = import;
            (
                specifier.as_str(),
                names.clone(),
                position.line,
                position.column,
                *length,
                *is_dynamic,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("k8s/apps/v1", named(&["default", "a", "x-y"]), 2, 39, 13, false),
            ("n", ImportNames::Namespace, 2, 82, 3, false),
            ("./u", named(&["default", "k"]), 3, 34, 8, false),
            ("./s", ImportNames::Namespace, 4, 15, 5, false),
            ("./t", ImportNames::Namespace, 4, 41, 5, false),
            ("./dyn", ImportNames::Namespace, 5, 22, 7, true),
            ("./ü", ImportNames::Namespace, 5, 39, 5, true),
            ("./cast", ImportNames::Namespace, 5, 55, 8, true),
            ("./late", named(&[]), 6, 8, 8, false),
        ]
    );
}

#[test]
fn text_imports() {
    let source = "import t from './t.yaml' with { type: 'text' };
        import v from './t.yaml';
        import j from './j.json' with { type: \"json\" };
        export { default as u } from './u.txt' with { 'type': 'text' };
        export * from './w.txt' with { type: 'text' };
        f(t, v, j, import('./x.txt', { with: { type: 'text' } }), import('./y.txt', options), import('./z', {}));";
    let compiled = compiled(source);
    let seen: Vec<_> =
        compiled.imports.iter().map(|import| (import.specifier.as_str(), import.is_text)).collect();
    assert_eq!(
        seen,
        [
            ("./t.yaml", true),
            ("./t.yaml", false),
            ("./j.json", false),
            ("./u.txt", true),
            ("./w.txt", true),
            ("./x.txt", true),
            ("./y.txt", false),
            ("./z", false),
        ]
    );
    assert!(compiled.code.contains(r#"import t from "./t.yaml" with { type: "text" };"#));
}

#[test]
fn odd_but_fine() {
    for (source, expected) in [
        ("", ""),
        ("\u{feff}", ""),
        ("\r\n// comment\r\n", ""),
        ("#!/usr/bin/env husako\nlet a = 1;", "let a = 1;"),
        ("\u{feff}#!/usr/bin/env husako\r\n\"use strict\";\r\nlet a;", "\"use strict\"; let a;"),
        ("// @ts-nocheck\nlet a: number = 'x';", "let a = \"x\";"),
        ("const é = 1, 日本 = é, \\u0061 = 2;", "const é = 1, 日本 = é, a = 2;"),
        ("let s = '\u{2028}';", "let s = \"\\u2028\";"),
        ("/a(?<x>b)|(?<x>c)/v;", "/a(?<x>b)|(?<x>c)/v;"),
        ("await x; import.meta.url;", "await x; import.meta.url;"),
        ("@f".get(..0).unwrap(), ""),
    ] {
        assert_eq!(code(source), expected, "{source}");
    }
    let megabyte = "export const a = { b: [1, 2, 3], c: 'd' };\n".replace("a =", "a@ =");
    let megabyte: String = (0..25_000).map(|n| megabyte.replace('@', &n.to_string())).collect();
    assert!(megabyte.len() > 1 << 20);
    assert!(compiled(&megabyte).code.len() > 1 << 20);
}

#[test]
fn a_compiler_is_reused() {
    let mut compiler = husako_compile::Compiler::new();
    let source = "import { A } from 'a'; export const b: A = new A(1);";
    let first = compiler.compile(source, "a.ts").unwrap();
    assert!(compiler.compile("let a = ;", "b.ts").is_err());
    let nested = format!("x = {}1{}", "[".repeat(900), "]".repeat(900));
    assert!(compiler.compile(&nested, "c.ts").is_ok());
    assert_eq!(compiler.compile(source, "a.ts").unwrap(), first);
    assert_eq!(compile(source, "a.ts").unwrap(), first);
}
