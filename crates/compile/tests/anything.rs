//! Whatever bytes a source is made of: no panic, and all places lie inside it.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use husako_compile::{CompileError, compile};
use husako_diagnostics::{Diagnostic, Position, Style, report};
use proptest::prelude::*;

const SNIPPETS: &[&str] = &[
    "import { a, type B } from './a';",
    "import t from './t.txt' with { type: 'text' };",
    "export const x: B = a.b?.c!(1, [2], { d: `e${f}g` });",
    "enum E { A = 1 << 2, B = 'é😀' }",
    "namespace N { export const q = /[/(]+/giu.test('x') }",
    "class K<T> extends L implements M { private readonly #p?: T = 1; static { x } constructor(public y = 1) { super() } }",
    "async function* f<T extends keyof U>(this: V, a?: T, ...b: T[]): AsyncGenerator<T> { yield* await b }",
    "for (const [k, v] of Object.entries(o)) if (k) { continue } else break;",
    "label: while (a / b / c) do switch (d) { case 1: default: } while (e)",
    "let n = 9007199254740993 + 0xffffffffffffffff + 1_0.5e-3 + 10n;",
    "const g = <T,>(x: T): x is T => x as any satisfies T;",
    "declare module 'm' { export interface I { (x: 1): 2; [k: string]: 3; get z(): 4 } }",
    "type C<T> = T extends [infer H, ...infer R] ? `${H & string}` | C<R> : { readonly [K in keyof T]-?: T[K] };",
    "try { throw x } catch ({ y = 1, ...z }) {} finally { debugger }",
    "export { x as 'y-z', default as w } from './v'; export * as u from './t';",
    "#!/usr/bin/env x\n'use strict' // é\u{2028}/* 😀 */",
    "@dec() accessor z = import('./s', { with: { type: 'text' } });",
    "<div a={b}>{c}</div>",
];

fn source() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(SNIPPETS).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["\n", "\r\n", "\r", "\u{2028}", "\u{feff}", " ", ";", "{", "}", "(", ")", "<", "`", "${", "/", "'"]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ];
    let pieces = proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join("\n"));
    // Cut and swap pieces at any character.
    (pieces, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8).prop_map(
        |(text, from, to, change)| {
            let mut chars: Vec<char> = text.chars().collect();
            if chars.is_empty() {
                return text;
            }
            let (from, to) = (from.index(chars.len()), to.index(chars.len()));
            match change {
                0 => {}
                1 => drop(chars.drain(from.min(to)..from.max(to).min(from.min(to) + 5))),
                2 => chars.swap(from, to),
                _ => chars.insert(from, chars[to]),
            }
            chars.into_iter().collect()
        },
    )
}

fn is_inside(source: &str, position: Position) -> bool {
    let line = source.split('\n').nth(position.line as usize - 1);
    line.is_some_and(|line| {
        position.column >= 1 && position.column as usize <= line.chars().count() + 1
    })
}

fn check(source: &str, name: &str) -> Result<(), TestCaseError> {
    let stripped = source.strip_prefix('\u{feff}').unwrap_or(source);
    match compile(source, name) {
        Ok(compiled) => {
            for import in &compiled.imports {
                prop_assert!(is_inside(stripped, import.position));
            }
            for (number, line) in compiled.code.split('\n').enumerate() {
                for column in (0..=line.len() + 2).step_by(3) {
                    let (line, column) =
                        (u32::try_from(number).unwrap() + 1, u32::try_from(column).unwrap());
                    if let Some(position) = compiled.original(line, column) {
                        prop_assert!(
                            is_inside(stripped, position),
                            "{line}:{column} -> {position:?}"
                        );
                    }
                }
            }
            // What was compiled is JavaScript. (The parser forgets its error about a stray `\\` after
            // `<`, which it first tries as a type; the engine reports it.)
            if !source.contains('\\') {
                let again = compile(&compiled.code, "a.js");
                prop_assert!(again.is_ok(), "{}\n{}", again.unwrap_err(), compiled.code);
            }
        }
        Err(error) => {
            prop_assert!(!error.to_string().is_empty());
            prop_assert!(!report(&error, Style::Plain).is_empty());
            for frame in error.frames() {
                prop_assert!(is_inside(stripped, frame.position), "{:?}", frame.position);
            }
            let CompileError::Invalid(invalid) = error else {
                return Err(TestCaseError::fail(error.to_string()));
            };
            prop_assert!(!invalid.problems().is_empty() && invalid.problems().len() <= 20);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_snippets(source in source(), is_typescript: bool) {
        check(&source, if is_typescript { "a.ts" } else { "a.js" })?;
    }

    #[test]
    fn random_text(source in "(\\PC|\n|\r|[(){}<>`'\"/*;=]){0,80}") {
        check(&source, "a.ts")?;
    }

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check(&String::from_utf8_lossy(&bytes), "a.mts")?;
    }
}
