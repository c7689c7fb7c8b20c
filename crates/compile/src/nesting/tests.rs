use oxc::allocator::Allocator;
use oxc::ast::AstKind;
use oxc::ast_visit::Visit;
use oxc::parser::Parser;
use oxc::span::SourceType;
use proptest::prelude::*;

use super::{MAX_ANGLES, MAX_BRACKETS, Nesting, measure};

fn levels(source: &str) -> usize {
    match measure(source) {
        Nesting::AtMost(levels) => levels,
        Nesting::TooDeep(at) => panic!("too deep at {at}: {source}"),
    }
}

#[test]
fn ordinary_code_is_shallow() {
    let statement =
        "const a = { b: [1, 2, 'c'] };\nif (a) { f(a.b, () => 1); } else { g(`x${a}`); }\n";
    assert_eq!(levels(&statement.repeat(500)), levels(&statement.repeat(2)));
    let without_semicolons = "function f(a) {\n  return a.b\n}\n";
    let twice = levels(&without_semicolons.repeat(2));
    assert_eq!(levels(&without_semicolons.repeat(500)), twice);
    assert_eq!(levels(&format!("[{}]", "1,".repeat(5000))), 2);
    assert_eq!(levels(&format!("x = {{{}}};", "a: 'b', ".repeat(5000))), 3);
    assert!(levels(&"x = a < b;\n".repeat(5000)) < 10);
    assert!(levels(&"let a: Array<string> = b\n".repeat(MAX_ANGLES * 2)) < 10_000);
    assert_eq!(levels("'((((' // ((((\n/* [[[[ */ \"{{{{\" `((((` \"\\\"((((\""), 1);
    assert_eq!(levels(""), 0);
}

#[test]
fn what_nests_counts() {
    for (link, least) in [
        ("(", 600),
        ("[", 600),
        ("{", 600),
        ("`${", 600),
        ("!", 300),
        ("+1", 300),
        (".b", 300),
        (".b()", 600),
        ("()", 300),
        ("[0]", 300),
        ("``", 300),
        ("a=>", 600),
        ("a?b:", 300),
        ("if(a)", 300),
        ("if(a);else ", 300),
        ("if(a){}else ", 300),
        ("if(a){}\u{a0}else ", 300),
        ("if(a);\u{a0}else ", 300),
        ("do ", 299),
        ("new ", 299),
        (" in 1", 299),
        (" as T", 300),
        ("\u{a0}new", 300),
        ("a:", 299),
        ("A<", 600),
        ("/**/!//\n", 300),
        ("/[/'\"`]/+!", 300),
    ] {
        let levels = levels(&link.repeat(300));
        assert!(levels >= least && levels < 3000, "{link}: {levels}");
    }
    assert!(levels(&format!("x = /{}/", "(".repeat(300))) >= 300);
    assert!(levels(&format!("1.{}", ".b".repeat(300))) >= 300);
    // Regular expressions or divisions.
    assert!(levels(&format!("if (a) /[)]}}\"/; {}", "(".repeat(300))) >= 300);
    assert!(levels(&format!("(a) / ')' / ({}", "(".repeat(300))) >= 300);
    assert!(levels(&format!("(a) /b/ / c{}/1", "(".repeat(300))) >= 300);
    assert!(levels(&format!("a++ / 2 /{}/1", "(".repeat(300))) >= 300);
    assert!(levels(&format!("a.return / 2 /{}/1", "(".repeat(300))) >= 300);
}

#[test]
fn limits_are_placed() {
    let brackets = "(".repeat(MAX_BRACKETS);
    assert_eq!(levels(&brackets), 2 * MAX_BRACKETS);
    assert_eq!(measure(&format!(" {brackets}[")), Nesting::TooDeep(1001));
    assert_eq!(measure(&"a<".repeat(600)), Nesting::TooDeep(1001));
    assert!(matches!(measure(&"a<(".repeat(600)), Nesting::TooDeep(_)));
}

/// Code with a hole, each kind of nesting at least once.
const HOLES: &[&str] = &[
    "(@)",
    "[@]",
    "({a: @})",
    "f(@)",
    "@()",
    "@.b",
    "@[0]",
    "!@",
    "-@",
    "@ + 1",
    "1 + @",
    "a => @",
    "(a = @) => 1",
    "a ? b : @",
    "a ? @ : b",
    "a = @",
    "new (@)",
    "typeof @",
    "@ as T",
    "(1 as any as X<@>)",
    "`a${@}b`",
    "(@)``",
    "function () { return @ }",
    "() => { if (a) { @ } else @; }",
    "class { a = @; static { @ } }",
    "(@) / 2",
    "/[(]/.test(@)",
    "(@) / /[)]/.x",
    "[...[@]]",
    "@?.b",
    "f<A<B>>(@)",
    "async () => await @",
    "(() => { for (;;) while (1) do @\nwhile (a)\nreturn @ })",
    "(a, @)",
    "1 in (@)",
    "{}[@]",
    "({ get a() { return @ } })",
    "((a: B<C> = @) => 1)",
    "void @",
    "(@)!",
    "(<any>(@))",
    "(() => { a: b: c: if (x) y; else if (z) @\n else { @ } })",
    "import(@)",
];

#[derive(Default)]
struct Depth {
    now: usize,
    most: usize,
}

impl<'a> Visit<'a> for Depth {
    fn enter_node(&mut self, _: AstKind<'a>) {
        self.now += 1;
        self.most = self.most.max(self.now);
    }

    fn leave_node(&mut self, _: AstKind<'a>) {
        self.now -= 1;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn never_too_low(
        layers in proptest::collection::vec((0..HOLES.len(), 1..30_usize), 1..6),
        prefix in prop::sample::select(vec!["x = ", "export default ", "f();\nx = 1\n;", "type A = {}\nx ="]),
    ) {
        let mut source = "1".to_owned();
        for (hole, times) in layers {
            for _ in 0..times {
                let (before, after) = HOLES[hole].split_once('@').unwrap();
                source = format!("{before}{source}{}", after.replace('@', "2"));
                if source.len() > 20_000 {
                    break;
                }
            }
        }
        let source = format!("{prefix}{source};");
        let levels = levels(&source);
        let work = move || {
            let allocator = Allocator::default();
            let kind = SourceType::mjs().with_typescript(true);
            let parsed = Parser::new(&allocator, &source, kind).parse();
            let mut depth = Depth::default();
            depth.visit_program(&parsed.program);
            (depth.most, source)
        };
        let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(work).unwrap();
        let (depth, source) = thread.join().unwrap();
        // A token makes up to five nodes: a class in parentheses, its body, a member, its value.
        prop_assert!(depth <= 5 * levels + 8, "depth {depth}, levels {levels}: {source}");
    }
}
