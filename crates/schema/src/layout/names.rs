//! Identifiers from foreign names.

/// Words that no declaration can have as its name, in a strict module.
const RESERVED: &[&str] = &[
    "any",
    "arguments",
    "as",
    "async",
    "await",
    "bigint",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "never",
    "new",
    "null",
    "number",
    "object",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "string",
    "super",
    "switch",
    "symbol",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "unknown",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Names that mean something else to a reader of the file that would declare them: JavaScript's
/// globals, TypeScript's utility types, and what generated files import.
const GLOBAL: &[&str] = &[
    "Array",
    "ArrayBuffer",
    "Atomics",
    "Awaited",
    "BigInt",
    "Boolean",
    "Builder",
    "DataView",
    "Date",
    "Error",
    "Exclude",
    "Extract",
    "Function",
    "In",
    "Infinity",
    "Intl",
    "Iterator",
    "JSON",
    "Map",
    "Math",
    "NaN",
    "NonNullable",
    "Number",
    "Object",
    "Omit",
    "Parameters",
    "Partial",
    "Pick",
    "PodResourceFactory",
    "Promise",
    "Proxy",
    "Readonly",
    "ReadonlyArray",
    "Record",
    "Reflect",
    "RegExp",
    "Required",
    "ResourceFactory",
    "ReturnType",
    "SchemaFactory",
    "Set",
    "String",
    "Symbol",
    "WeakMap",
    "WeakSet",
];

/// Whether `text` is an identifier of ASCII letters, digits, `_` and `$`.
fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'_' | b'$'))
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
}

/// Whether no declaration can be named so.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Whether a declaration could be named so, but must not.
pub(super) fn is_global(name: &str) -> bool {
    GLOBAL.contains(&name)
}

/// `text` as an identifier: itself where it is one, else its words.
pub(super) fn identifier(text: &str) -> String {
    if is_identifier(text) {
        return text.to_owned();
    }
    let mut name = pascal_case(text);
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, '_');
    }
    name
}

/// The words of `text` with upper-case first letters, joined: `foo-bar` is `FooBar`, `httpGet` is
/// `HttpGet`. A text without an ASCII letter or digit is `Key`.
pub(super) fn pascal_case(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for word in text.split(|character: char| !character.is_ascii_alphanumeric()) {
        let mut characters = word.chars();
        name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(characters.as_str());
    }
    if name.is_empty() {
        name.push_str("Key");
    }
    name
}

/// The chart that a schema belongs to, and its name within that chart: nothing for the root.
pub(super) fn chart_member(schema: &str) -> Option<(&str, &str)> {
    schema.strip_prefix("helm/")?.split_once('#')
}

/// The name that a schema would have if nothing stood against it: the last segment of its own,
/// or the chart's. It is not yet checked for words that are reserved or taken.
pub(super) fn wanted_name(schema: &str) -> String {
    let mut name = match chart_member(schema) {
        Some((chart, "")) => identifier(chart),
        Some((_, member)) => member_name(member),
        None => identifier(last_segment(schema)),
    };
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// The name of a schema within a chart. A hoisted one has it already; another is called by where
/// it stands in the document, such as `.$defs.image-spec` or `.properties.web.properties.image`.
fn member_name(member: &str) -> String {
    const STRUCTURE: [&str; 4] = ["$defs", "definitions", "properties", "items"];
    let Some(pointer) = member.strip_prefix('.') else { return identifier(member) };
    let (_, definition) = pointer.split_once('.').unwrap_or(("", pointer));
    if definition.starts_with("io.k8s.") {
        return identifier(last_segment(definition));
    }
    let words: Vec<&str> =
        pointer.split('.').filter(|segment| !STRUCTURE.contains(segment)).collect();
    match words.as_slice() {
        [] => identifier(last_segment(pointer)),
        [word] => identifier(word),
        words => identifier(&words.join(" ")),
    }
}

fn last_segment(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

/// The first of `name`, `name_2`, `name_3`, … that is not taken.
pub(super) fn unique(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut candidate = name.to_owned();
    let mut number = 1_u32;
    while is_taken(&candidate) {
        number += 1;
        candidate = format!("{name}_{number}");
    }
    candidate
}

/// `text` as one segment of a module path, which is also a file name: lower-case letters, digits,
/// `.`, `-` and `_`, never only dots. Groups, versions and chart names have no other characters.
pub(super) fn path_segment(text: &str) -> String {
    let segment: String = text
        .chars()
        .map(|character| match character {
            'A'..='Z' => character.to_ascii_lowercase(),
            'a'..='z' | '0'..='9' | '.' | '-' | '_' => character,
            _ => '_',
        })
        .collect();
    if segment.trim_matches('.').is_empty() { "_".repeat(segment.len().max(1)) } else { segment }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_in_pascal_case() {
        for (text, expected) in [
            ("secretTemplate", "SecretTemplate"),
            ("foo-bar", "FooBar"),
            ("c_d", "CD"),
            ("x-kubernetes-foo", "XKubernetesFoo"),
            ("URLs", "URLs"),
            ("3scale", "3scale"),
            ("", "Key"),
            ("*", "Key"),
            ("größe", "GrE"),
            ("a\n\"b", "AB"),
        ] {
            assert_eq!(pascal_case(text), expected, "{text:?}");
        }
    }

    #[test]
    fn identifiers_stay_as_they_are() {
        for (text, expected) in
            [("JSONSchemaProps", "JSONSchemaProps"), ("foo_bar", "foo_bar"), ("3scale", "_3scale")]
        {
            assert_eq!(identifier(text), expected);
        }
    }

    #[test]
    fn schemas_are_called_by_their_last_segment() {
        for (schema, expected) in [
            ("io.k8s.api.core.v1.Container", "Container"),
            ("helm/my-chart#", "MyChart"),
            ("helm/my-chart#ControllerImage_2", "ControllerImage_2"),
            ("helm/my-chart#.$defs.image-spec", "ImageSpec"),
            ("helm/my-chart#.$defs.helm-values.web.image", "HelmValuesWebImage"),
            ("helm/my-chart#.definitions.io.k8s.api.core.v1.Container", "Container"),
            ("helm/my-chart#.properties.web.properties.image", "WebImage"),
            ("helm/my-chart#.definitions.items", "Items"),
        ] {
            assert_eq!(wanted_name(schema), expected, "{schema}");
        }
    }

    #[test]
    fn path_segments_cannot_leave_their_folder() {
        for (text, expected) in [
            ("networking.k8s.io", "networking.k8s.io"),
            ("..", "__"),
            ("", "_"),
            ("../../x", ".._.._x"),
            ("Foo.COM", "foo.com"),
            ("a\0b\\c", "a_b_c"),
        ] {
            assert_eq!(path_segment(text), expected);
        }
    }

    #[test]
    fn taken_names_get_a_number() {
        assert_eq!(unique("Foo", |_| false), "Foo");
        assert_eq!(unique("Foo", |name| ["Foo", "Foo_2"].contains(&name)), "Foo_3");
    }
}
