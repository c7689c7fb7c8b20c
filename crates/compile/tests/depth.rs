//! However deep a source nests, the stack does not overflow: it compiles, or it is an error.
//!
//! An overflow ends the test process, so that this cannot fail quietly.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::thread::Builder;

use husako_compile::{CompileError, compile};

/// What is repeated before and after the middle.
const SHAPES: &[(&str, &str, &str, &str)] = &[
    ("x = ", "(", "1", ")"),
    ("x = ", "[", "1", "]"),
    ("x = ", "{a:", "1", "}"),
    ("", "{", "", "}"),
    ("x = 1", "+1", "", ""),
    ("x = a", ".b", "", ""),
    ("x = a", ".b(1)", "", ""),
    ("x = a", "()", "", ""),
    ("x = a", "[0]", "", ""),
    ("x = a", "?.b", "", ""),
    ("x = a", "``", "", ""),
    ("x = a", "!", "", ""),
    ("x = a", "\n.b(1)\n", "", ""),
    ("x = ", "f(", "1", ")"),
    ("x = ", "A().b([", "1", "])"),
    ("x = ", "!", "1", ""),
    ("x = ", "new ", "x", ""),
    ("x = ", "await ", "x", ""),
    ("x = ", "a=>", "1", ""),
    ("x = ", "(a=", "1", ")=>1"),
    ("x = ", "()=>{return ", "1", "}"),
    ("x = ", "a?b:", "1", ""),
    ("x = ", "`${", "1", "}`"),
    ("x = ", "{get a(){return ", "1", "}}"),
    ("x = ", "class extends ", "A", "{}"),
    ("x = 1", "**1", "", ""),
    ("x = 1", "&&1", "", ""),
    ("x = 1", " in 1", "", ""),
    ("x = 1", " as 1", "", ""),
    ("x = 1", " satisfies T", "", ""),
    ("", "a=", "1", ""),
    ("", "if(a)", ";", ""),
    ("", "if(a);else ", ";", ""),
    ("", "if(a){}else ", ";", ""),
    ("", "for(;;)", ";", ""),
    ("", "do ", ";", "while(1);"),
    ("", "function f(){", "", "}"),
    ("", "class A{m(){", "", "}}"),
    ("", "class A{static{", "", "}}"),
    ("", "namespace N{export const a = 1;", "", "}"),
    ("namespace N", ".N", "{export const a = 1}", ""),
    ("", "switch(1){case 1:", "", "}"),
    ("", "try{", "", "}catch{}"),
    ("let ", "[", "a", "] = 1"),
    ("let ", "{a:", "b", "}"),
    ("type X = ", "A<", "1", ">"),
    ("type X = ", "(", "1", ")"),
    ("type X = ", "{a:", "1", "}"),
    ("type X = ", "[", "1", "]"),
    ("type X = ", "A extends B?C:", "1", ""),
    ("type X = ", "()=>", "1", ""),
    ("type X = ", "keyof ", "1", ""),
    ("type X = 1", "|1", "", ""),
    ("type X = 1", "[]", "", ""),
    ("x = ", "a<", "1", ""),
    ("x = ", "(a:(", "", ""),
    ("x = ", "(", "", ""),
    ("x = ", "[", "", ""),
    ("", "{", "", ""),
    ("x = /", "(", "a", ")"),
];

fn source((start, before, middle, after): (&str, &str, &str, &str), times: usize) -> String {
    let end = if start.ends_with('/') { "/" } else { "" };
    format!("{start}{}{middle}{}{end}", before.repeat(times), after.repeat(times))
}

fn on_stack<T: Send + 'static>(size: usize, work: impl FnOnce() -> T + Send + 'static) -> T {
    Builder::new().stack_size(size).spawn(work).unwrap().join().unwrap()
}

/// Whether a source is compiled on the caller's thread or on its own, the half megabyte that
/// callers have is enough.
#[test]
fn on_a_small_stack() {
    let shapes = SHAPES.len();
    let compiled = on_stack(560 * 1024, move || {
        let compiles = |shape: &&(&str, &str, &str, &str)| {
            (1..300).step_by(23).all(|times| {
                let source = source(**shape, times);
                compile(&source, "a.ts").is_ok() || compile(&source, "a.js").is_ok()
            })
        };
        SHAPES.iter().filter(compiles).count()
    });
    assert!(compiled > shapes / 2, "most of the shapes are valid code: {compiled} of {shapes}");
}

#[test]
fn ten_thousand_deep() {
    for shape in SHAPES {
        let source = source(*shape, 10_000);
        match compile(&source, "a.ts") {
            Ok(compiled) => assert!(compiled.code.len() < 60 * source.len(), "{shape:?}"),
            Err(CompileError::Invalid(_)) => {}
            Err(error) => panic!("{shape:?}: {error}"),
        }
    }
}

#[test]
fn a_hundred_thousand_brackets() {
    for bracket in ["(", "[", "{", "`${", "({a:", "(a:(", "a<("] {
        let error = compile(&bracket.repeat(100_000), "a.ts").unwrap_err();
        assert!(error.to_string().ends_with("nest too deep"), "{bracket}: {error}");
    }
    let error = compile(&format!("x =\n {}", "(".repeat(2_000)), "a.ts").unwrap_err();
    assert_eq!(error.to_string(), "a.ts:2:1002: brackets nest too deep");
}

#[test]
fn text_of_jsx_hides_nesting() {
    for (open, close) in [("(", ")"), ("[", "]"), ("<a>", "</a>")] {
        for times in [100, 900, 20_000] {
            let nested = format!("{}1{}", open.repeat(times), close.repeat(times));
            let source = format!("x = <b>\"{{{nested}}}\"</b>;");
            assert!(compile(&source, "a.ts").is_err());
        }
    }
}
