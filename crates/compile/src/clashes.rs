//! Names that clash, or that are not there, in TypeScript.
//!
//! oxc checks these for JavaScript; for TypeScript it leaves them to `tsc`, as telling values from
//! types can take other files. What one file shows is checked here, since what is left of it after
//! types are stripped would not even load.

use std::collections::HashMap;

use oxc::ast::ast::{
    Declaration, ExportDefaultDeclarationKind, Function, ModuleExportName, Program, Statement,
};
use oxc::semantic::{IsGlobalReference, Scoping};
use oxc::span::{GetSpan, Span};
use oxc::syntax::symbol::SymbolFlags;

use crate::wording::Finding;

/// How long `export default` is.
const EXPORT_DEFAULT: u32 = 14;

/// Exports of names that nothing declares, and imports that something else declares too.
pub(crate) fn declarations(program: &Program<'_>, scoping: &Scoping, findings: &mut Vec<Finding>) {
    for statement in &program.body {
        let Statement::ExportNamedDeclaration(export) = statement else { continue };
        for specifier in export
            .specifiers
            .iter()
            .filter(|specifier| export.export_kind.is_value() && specifier.export_kind.is_value())
        {
            if let ModuleExportName::IdentifierReference(local) = &specifier.local
                && local.is_global_reference(scoping)
            {
                findings.push(Finding::new(
                    local.span,
                    format!("`{}` is exported but not declared in this file", local.name),
                ));
            }
        }
    }
    for &symbol in scoping.get_bindings(scoping.root_scope_id()).values() {
        let flags = scoping.symbol_flags(symbol);
        let is_value = SymbolFlags::Variable | SymbolFlags::Class | SymbolFlags::Function;
        if flags.contains(SymbolFlags::Import)
            && flags.intersects(is_value)
            && !flags.contains(SymbolFlags::Ambient)
            && let [first, .., last] = scoping.symbol_redeclarations(symbol)
        {
            findings.push(redeclared(scoping.symbol_name(symbol), first.span, last.span));
        }
    }
}

/// Functions of one list of statements that have no name, or a body twice.
pub(crate) fn functions(statements: &[Statement<'_>], findings: &mut Vec<Finding>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for statement in statements {
        let Some(function) = implemented(statement) else { continue };
        match &function.id {
            Some(name) => {
                if let Some(first) = seen.insert(&name.name, name.span) {
                    findings.push(redeclared(&name.name, first, name.span));
                }
            }
            None if matches!(statement, Statement::ExportDefaultDeclaration(_)) => {}
            // The parser misses this before type parameters.
            None => {
                let span = Span::sized(function.span.start, 0);
                findings.push(Finding::new(span, "expected function name"));
            }
        }
    }
}

fn implemented<'s, 'a>(statement: &'s Statement<'a>) -> Option<&'s Function<'a>> {
    let function = match statement {
        Statement::FunctionDeclaration(function) => function,
        Statement::ExportDeclaration(export) => match &export.declaration {
            Declaration::FunctionDeclaration(function) => function,
            _ => return None,
        },
        Statement::ExportDefaultDeclaration(export) => match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => function,
            _ => return None,
        },
        _ => return None,
    };
    function.body.is_some().then_some(function)
}

/// Names that are exported twice by a program whose types are stripped.
pub(crate) fn exports(program: &Program<'_>, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut export = |name: &str, span: Span| {
        if let Some(first) = seen.insert(name.to_owned(), span) {
            let mut finding = Finding::new(span, format!("`{name}` is exported twice"));
            finding.related.push((first, "it is exported here already".to_owned()));
            findings.push(finding);
        }
    };
    for statement in &program.body {
        match statement {
            Statement::ExportDeclaration(declaration) => match &declaration.declaration {
                Declaration::VariableDeclaration(variables) => {
                    for declarator in &variables.declarations {
                        for name in declarator.id.get_binding_identifiers() {
                            export(&name.name, name.span);
                        }
                    }
                }
                Declaration::FunctionDeclaration(function) => {
                    function.id.iter().for_each(|name| export(&name.name, name.span));
                }
                Declaration::ClassDeclaration(class) => {
                    class.id.iter().for_each(|name| export(&name.name, name.span));
                }
                _ => {}
            },
            Statement::ExportDefaultDeclaration(declaration) => {
                export("default", Span::sized(declaration.span.start, EXPORT_DEFAULT));
            }
            Statement::ExportNamedDeclaration(declaration) => {
                for specifier in &declaration.specifiers {
                    export(&specifier.exported.name(), specifier.exported.span());
                }
            }
            Statement::ExportFromDeclaration(declaration) => {
                for specifier in &declaration.specifiers {
                    export(&specifier.exported.name(), specifier.exported.span());
                }
            }
            Statement::ExportAllDeclaration(declaration) => {
                declaration.exported.iter().for_each(|name| export(&name.name(), name.span()));
            }
            _ => {}
        }
    }
}

fn redeclared(name: &str, first: Span, again: Span) -> Finding {
    let mut finding = Finding::new(again, format!("identifier `{name}` has already been declared"));
    finding.related.push((first, format!("`{name}` is declared here first")));
    finding
}
