//! What a module imports.

use husako_diagnostics::Position;
use oxc::ast::ast::{Expression, ImportExpression, PropertyKey};
use oxc::ast::ast::{
    ImportAttributeKey, ImportDeclarationSpecifier, ModuleExportName, ObjectPropertyKind, Program,
    Statement, StringLiteral, WithClause,
};
use oxc::span::{GetSpan, Span};

use crate::places::Places;

/// A module that another one asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// What is asked for, such as `k8s/apps/v1` or `./lib/web`.
    pub specifier: String,
    /// Which of its exports.
    pub names: ImportNames,
    /// Where the specifier stands in the source, with its quotes.
    pub position: Position,
    /// How long the specifier is with its quotes, in Unicode scalar values.
    pub length: u32,
    /// Whether the text of the file is meant (`with { type: "text" }`).
    pub is_text: bool,
    /// Whether it is asked for only when the program gets there (`import("…")`), if it does.
    pub is_dynamic: bool,
}

/// Which exports are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportNames {
    /// These; `default` for the default export; none for `import "…"`, which only runs a module.
    Named(Vec<String>),
    /// All of them, or any: `import *`, `export *`, `import("…")`.
    Namespace,
}

/// An import whose place is still a byte range.
#[derive(Debug)]
pub(crate) struct Found {
    specifier: String,
    names: ImportNames,
    span: Span,
    is_text: bool,
    is_dynamic: bool,
}

impl Found {
    fn of(source: &StringLiteral<'_>, with: Option<&WithClause<'_>>, names: ImportNames) -> Self {
        Self {
            specifier: source.value.to_string(),
            names,
            span: source.span,
            is_text: with
                .is_some_and(|with| attributes(with).any(|(key, value)| is_text(key, value))),
            is_dynamic: false,
        }
    }

    /// `import("…")` with a specifier that is known now.
    pub(crate) fn dynamic(import: &ImportExpression<'_>) -> Option<Self> {
        let source = import.source.get_inner_expression();
        let specifier = match source {
            Expression::StringLiteral(literal) => literal.value.to_string(),
            Expression::TemplateLiteral(template) => template.single_quasi()?.to_string(),
            _ => return None,
        };
        let is_text = dynamic_attributes(import).any(|(key, value)| is_text(key, value));
        Some(Self {
            specifier,
            names: ImportNames::Namespace,
            span: source.span(),
            is_text,
            is_dynamic: true,
        })
    }

    pub(crate) const fn start(&self) -> u32 {
        self.span.start
    }

    pub(crate) fn place(self, places: &mut Places<'_>) -> Import {
        let (position, length) = places.piece(self.span.start, self.span.end);
        Import {
            specifier: self.specifier,
            names: self.names,
            position,
            length,
            is_text: self.is_text,
            is_dynamic: self.is_dynamic,
        }
    }
}

/// The imports that are left of a program after its types were stripped.
pub(crate) fn statics<'p>(program: &'p Program<'_>) -> impl Iterator<Item = Found> + 'p {
    program.body.iter().filter_map(|statement| match statement {
        Statement::ImportDeclaration(import) => {
            let names = match &import.specifiers {
                Some(specifiers) => imported(specifiers),
                None => ImportNames::Named(Vec::new()),
            };
            Some(Found::of(&import.source, import.with_clause.as_deref(), names))
        }
        Statement::ExportFromDeclaration(export) => {
            let names = export.specifiers.iter().map(|specifier| name(&specifier.local)).collect();
            let names = ImportNames::Named(names);
            Some(Found::of(&export.source, export.with_clause.as_deref(), names))
        }
        Statement::ExportAllDeclaration(export) => {
            Some(Found::of(&export.source, export.with_clause.as_deref(), ImportNames::Namespace))
        }
        _ => None,
    })
}

fn imported(specifiers: &[ImportDeclarationSpecifier<'_>]) -> ImportNames {
    specifiers
        .iter()
        .map(|specifier| match specifier {
            ImportDeclarationSpecifier::ImportSpecifier(specifier) => {
                Some(name(&specifier.imported))
            }
            ImportDeclarationSpecifier::ImportDefaultSpecifier(_) => Some("default".to_owned()),
            ImportDeclarationSpecifier::ImportNamespaceSpecifier(_) => None,
        })
        .collect::<Option<Vec<String>>>()
        .map_or(ImportNames::Namespace, ImportNames::Named)
}

fn name(name: &ModuleExportName<'_>) -> String {
    name.name().to_string()
}

fn is_text(key: &str, value: &str) -> bool {
    key == "type" && value == "text"
}

/// The attributes of `with { … }`.
pub(crate) fn attributes<'c>(with: &'c WithClause<'_>) -> impl Iterator<Item = (&'c str, &'c str)> {
    with.with_entries.iter().map(|entry| {
        let key = match &entry.key {
            ImportAttributeKey::Identifier(key) => key.name.as_str(),
            ImportAttributeKey::StringLiteral(key) => key.value.as_str(),
        };
        (key, entry.value.value.as_str())
    })
}

/// The attributes of `import("…", { with: { … } })` that are known now.
pub(crate) fn dynamic_attributes<'c>(
    import: &'c ImportExpression<'_>,
) -> impl Iterator<Item = (&'c str, &'c str)> {
    import
        .options
        .iter()
        .flat_map(properties)
        .filter(|(key, _)| *key == "with")
        .flat_map(|(_, value)| properties(value))
        .filter_map(|(key, value)| match value.get_inner_expression() {
            Expression::StringLiteral(value) => Some((key, value.value.as_str())),
            _ => None,
        })
}

fn properties<'c, 'a>(
    object: &'c Expression<'a>,
) -> impl Iterator<Item = (&'c str, &'c Expression<'a>)> {
    let properties = match object.get_inner_expression() {
        Expression::ObjectExpression(object) => object.properties.as_slice(),
        _ => &[],
    };
    properties.iter().filter_map(|property| match property {
        ObjectPropertyKind::ObjectProperty(property) => match &property.key {
            PropertyKey::StaticIdentifier(key) => Some((key.name.as_str(), &property.value)),
            PropertyKey::StringLiteral(key) => Some((key.value.as_str(), &property.value)),
            _ => None,
        },
        ObjectPropertyKind::SpreadProperty(_) => None,
    })
}
