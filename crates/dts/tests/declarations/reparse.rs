//! Whatever foreign text says, the file that it ends up in parses, and says what it should.

use oxc::allocator::Allocator;
use oxc::ast::ast::{Declaration, PropertyKey, Statement, TSSignature};
use oxc::parser::Parser;
use oxc::span::SourceType;
use proptest::prelude::*;
use serde_json::json;

use crate::support::fixtures::{self, HOSTILE_KEYS, HOSTILE_TEXTS};
use crate::support::{chart_model, crd_text_model, generate};

/// The declared names of a file, and the keys of each interface in it.
fn parse(source: &str) -> Vec<(String, Vec<String>)> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::d_ts()).parse();
    assert!(
        parsed.diagnostics.is_empty() && !parsed.panicked,
        "{:?}\n{source}",
        parsed.diagnostics
    );
    let mut declarations = Vec::new();
    for statement in &parsed.program.body {
        let declaration = match statement {
            Statement::ExportDeclaration(export) => &export.declaration,
            Statement::ImportDeclaration(_) | Statement::ExportNamedDeclaration(_) => continue,
            other => panic!("{other:?}\n{source}"),
        };
        match declaration {
            Declaration::TSInterfaceDeclaration(interface) => {
                let keys = interface.body.body.iter().filter_map(|signature| match signature {
                    TSSignature::TSPropertySignature(property) => Some(key(&property.key)),
                    _ => None,
                });
                declarations.push((interface.id.name.to_string(), keys.collect()));
            }
            Declaration::VariableDeclaration(variable) => {
                assert_eq!(variable.declarations.len(), 1);
            }
            other => panic!("{other:?}\n{source}"),
        }
    }
    declarations
}

fn key(key: &PropertyKey<'_>) -> String {
    match key {
        PropertyKey::StaticIdentifier(identifier) => identifier.name.to_string(),
        PropertyKey::StringLiteral(literal) => literal.value.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Text with a liking for what is special in comments and strings.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(HOSTILE_TEXTS).prop_map(str::to_owned),
        3 => prop::sample::select(HOSTILE_KEYS).prop_map(str::to_owned),
        2 => any::<String>(),
        2 => "[*/@{}\\\\\"'`\n\r <>]{0,8}",
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_keeps_its_place(
        keys in prop::collection::hash_set(text(), 1..6),
        description in text(),
        literal in text(),
    ) {
        let keys: Vec<String> = keys.into_iter().collect();
        let mut properties = serde_json::Map::new();
        for key in &keys {
            properties.insert(key.clone(), json!({
                "description": description, "default": literal, "enum": [literal],
                "pattern": description, "format": literal,
            }));
        }
        let schema = json!({"type": "object", "description": description, "properties": properties});
        let (_, files) = generate(&mut chart_model("test", &schema.to_string()));
        prop_assert_eq!(files.len(), 1);
        prop_assert_eq!(parse(&files[0].contents), [("Test".to_owned(), keys)]);
    }

    #[test]
    fn any_kind_has_one_declaration(
        kind in "[A-Za-z][A-Za-z0-9]{0,8}|class|Object|In",
        group in "[a-z0-9.-]{1,12}|\\.\\./\\.\\.",
        reason in "[a-z*/@ ]{0,10}",
    ) {
        let text = json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "x"},
            "spec": {"group": group, "scope": "Cluster", "names": {"kind": kind, "plural": "x"},
                "versions": [{"name": "v1", "served": true, "storage": true, "deprecated": true,
                    "deprecationWarning": reason,
                    "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                        "spec": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}]}
        });
        let mut model = crd_text_model(&text.to_string());
        let kinds = model.kinds.len();
        let (_, files) = generate(&mut model);
        prop_assert_eq!(files.len(), kinds);
        for file in &files {
            prop_assert!(!file.path.split('/').any(|part| part == ".."), "{}", file.path);
            prop_assert_eq!(parse(&file.contents).len(), 2);
        }
    }
}

#[test]
fn endless_references_end() {
    let mut definitions = serde_json::Map::new();
    let reference = |name: &str| json!({"$ref": format!("#/definitions/{name}")});
    for index in 0..1_000 {
        let next = format!("d{}", index + 1);
        definitions.insert(format!("d{index}"), reference(&next));
        definitions.insert(
            format!("o{index}"),
            json!({"type": "object", "properties": {"x": reference(&format!("o{}", index + 1))}}),
        );
    }
    let all = |names: &[&str]| names.iter().map(|name| reference(name)).collect::<Vec<_>>();
    let cycle = ["a", "b", "c", "d", "e", "f", "g", "h"];
    for name in cycle {
        definitions.insert(name.into(), json!({"allOf": all(&cycle)}));
        definitions.insert(format!("{name}{name}"), json!({"anyOf": all(&["aa", "bb", name])}));
    }
    let schema = json!({"definitions": definitions, "properties": {
        "d": reference("d0"), "o": reference("o0"), "a": reference("a"), "aa": reference("aa")}});
    let (_, files) = generate(&mut chart_model("endless", &schema.to_string()));
    assert!(!files[0].contents.is_empty());
}

#[test]
fn hostile_fixtures_parse() {
    let (_, files) = generate(&mut fixtures::hostile());
    let declarations = parse(&files[0].contents);
    let (_, keys) = declarations.iter().find(|(name, _)| name == "Hostile").unwrap();
    assert!(HOSTILE_KEYS.iter().all(|key| keys.iter().any(|found| found == key)), "{keys:?}");
    let hidden = |character: char| character != '\n' && character.is_control();
    assert!(!files[0].contents.contains(hidden));
    assert!(!files[0].contents.contains("</script"));
    assert!(!files[0].contents.contains(['\u{202e}', '\u{2028}', '\u{feff}', '\u{2066}']));
}
