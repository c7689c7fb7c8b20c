//! What the parser lets through and this program does not.
//!
//! One pass over the program as it was written, before types are stripped. Types are skipped: they
//! cannot do anything.

use oxc::allocator::ArenaVec;
use oxc::ast::ast::{
    AccessorProperty, Class, Decorator, ExportAllDeclaration, ExportDeclaration,
    ExportDefaultDeclaration, ExportFromDeclaration, ExportNamedDeclaration, ImportDeclaration,
    ImportExpression, JSXElement, JSXFragment, MethodDefinition, NumericLiteral, Program,
    PropertyDefinition, Statement, TSExportAssignment, TSImportEqualsDeclaration,
    TSInterfaceDeclaration, TSModuleBlock, TSModuleReference, TSNamespaceExportDeclaration, TSType,
    TSTypeAliasDeclaration, TSTypeAnnotation, TSTypeParameterDeclaration,
    TSTypeParameterInstantiation, WithClause,
};
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan, Span};

use crate::clashes;
use crate::import::{Found, attributes, dynamic_attributes};
use crate::number::{Loss, loss};
use crate::wording::Finding;

/// What was seen in a program.
#[derive(Debug, Default)]
pub(crate) struct Inspection {
    pub(crate) findings: Vec<Finding>,
    pub(crate) dynamic_imports: Vec<Found>,
    is_typescript: bool,
    /// Where the statement begins that is being visited, of those in which modules import and
    /// export: of the program or of a namespace.
    statement: u32,
}

impl Inspection {
    pub(crate) fn of(program: &Program<'_>) -> Self {
        let mut inspection =
            Self { is_typescript: program.source_type.is_typescript(), ..Self::default() };
        inspection.visit_program(program);
        inspection
    }

    fn refuse(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The parser reads some of TypeScript in JavaScript too.
    fn typescript(&mut self, start: u32) {
        if !self.is_typescript {
            let finding =
                Finding::new(Span::sized(start, 1), "TypeScript syntax in a JavaScript file");
            self.refuse(finding.help("rename the file to `.ts`"));
        }
    }

    /// Visits statements that may import and export.
    fn module(&mut self, statements: &[Statement<'_>]) {
        if self.is_typescript {
            clashes::functions(statements, &mut self.findings);
        }
        for statement in statements {
            self.statement = statement.span().start;
            self.visit_statement(statement);
        }
    }

    /// For JavaScript, oxc checks this itself.
    fn top_level(&mut self, span: Span) {
        if self.is_typescript && span.start != self.statement {
            let message = "`import` and `export` can only stand at the top level of a module";
            self.refuse(Finding::new(Span::sized(span.start, 6), message));
        }
    }

    fn attribute(&mut self, span: Span, key: &str, value: &str) {
        let known = key == "type" && matches!(value, "text" | "json");
        if !known {
            let message = format!("unknown import attribute `{key}: \"{value}\"`");
            self.refuse(Finding::new(span, message).help(
                "`with { type: \"text\" }` imports a file as text; JSON and YAML files need no attribute",
            ));
        }
    }

    fn with(&mut self, clause: Option<&WithClause<'_>>) {
        for (key, value) in clause.into_iter().flat_map(attributes) {
            self.attribute(clause.map_or_else(Span::default, |clause| clause.span), key, value);
        }
    }
}

impl<'a> Visit<'a> for Inspection {
    fn visit_program(&mut self, program: &Program<'a>) {
        self.module(&program.body);
    }

    fn visit_ts_module_block(&mut self, block: &TSModuleBlock<'a>) {
        let outer = self.statement;
        self.module(&block.body);
        self.statement = outer;
    }

    fn visit_numeric_literal(&mut self, literal: &NumericLiteral<'a>) {
        let Some(raw) = literal.raw else { return };
        let finding = match loss(literal.value, &raw, literal.base) {
            None => return,
            Some(Loss::Digits) => {
                let message =
                    format!("`{raw}` loses precision: it is read as `{:.0}`", literal.value);
                Finding::new(literal.span, message)
            }
            Some(Loss::Overflow) => {
                Finding::new(literal.span, format!("`{raw}` is too large for a number"))
            }
        };
        self.refuse(finding.help(
            "write it as a string, or take it from a JSON or YAML file, where it stays exact",
        ));
    }

    fn visit_import_expression(&mut self, import: &ImportExpression<'a>) {
        if import.phase.is_some() {
            self.refuse(Finding::new(import.span, "import phases are not supported"));
        }
        for (key, value) in dynamic_attributes(import) {
            self.attribute(import.span, key, value);
        }
        self.dynamic_imports.extend(Found::dynamic(import));
        walk::walk_import_expression(self, import);
    }

    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        self.top_level(import.span);
        if import.phase.is_some() {
            self.refuse(Finding::new(import.span, "import phases are not supported"));
        }
        self.with(import.with_clause.as_deref());
    }

    fn visit_export_declaration(&mut self, export: &ExportDeclaration<'a>) {
        self.top_level(export.span);
        // For `export import A = B.C`.
        self.statement = export.declaration.span().start;
        walk::walk_export_declaration(self, export);
    }

    fn visit_export_default_declaration(&mut self, export: &ExportDefaultDeclaration<'a>) {
        self.top_level(export.span);
        walk::walk_export_default_declaration(self, export);
    }

    fn visit_export_named_declaration(&mut self, export: &ExportNamedDeclaration<'a>) {
        self.top_level(export.span);
    }

    fn visit_ts_namespace_export_declaration(&mut self, export: &TSNamespaceExportDeclaration<'a>) {
        self.top_level(export.span);
    }

    fn visit_export_from_declaration(&mut self, export: &ExportFromDeclaration<'a>) {
        self.top_level(export.span);
        self.with(export.with_clause.as_deref());
    }

    fn visit_export_all_declaration(&mut self, export: &ExportAllDeclaration<'a>) {
        self.top_level(export.span);
        self.with(export.with_clause.as_deref());
    }

    fn visit_ts_import_equals_declaration(&mut self, import: &TSImportEqualsDeclaration<'a>) {
        self.top_level(import.span);
        let is_external =
            matches!(import.module_reference, TSModuleReference::ExternalModuleReference(_));
        if is_external && import.import_kind.is_value() {
            let name = import.id.name;
            self.refuse(Finding::new(import.span, "`import … = require()` is not supported").help(
                format!("write `import {name} from \"…\"` or `import * as {name} from \"…\"`"),
            ));
        }
    }

    fn visit_ts_export_assignment(&mut self, export: &TSExportAssignment<'a>) {
        self.refuse(
            Finding::new(export.span, "`export =` is not supported")
                .help("write `export default …`"),
        );
    }

    fn visit_decorator(&mut self, decorator: &Decorator<'a>) {
        self.refuse(
            Finding::new(decorator.span, "decorators are not supported")
                .help("call the function on the class or the value instead"),
        );
    }

    fn visit_accessor_property(&mut self, property: &AccessorProperty<'a>) {
        let span = Span::sized(property.span.start, 0);
        self.refuse(
            Finding::new(span, "`accessor` fields are not supported")
                .help("write a getter and a setter, or a plain field"),
        );
        walk::walk_accessor_property(self, property);
    }

    fn visit_statements(&mut self, statements: &ArenaVec<'a, Statement<'a>>) {
        if self.is_typescript {
            clashes::functions(statements, &mut self.findings);
        }
        walk::walk_statements(self, statements);
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        if class.r#abstract || class.declare {
            self.typescript(class.span.start);
        }
        walk::walk_class(self, class);
    }

    fn visit_property_definition(&mut self, property: &PropertyDefinition<'a>) {
        if property.declare
            || property.r#override
            || property.optional
            || property.definite
            || property.readonly
            || property.accessibility.is_some()
            || property.r#type.is_abstract()
        {
            self.typescript(property.span.start);
        }
        walk::walk_property_definition(self, property);
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        if method.r#override
            || method.optional
            || method.accessibility.is_some()
            || method.r#type.is_abstract()
        {
            self.typescript(method.span.start);
        }
        walk::walk_method_definition(self, method);
    }

    fn visit_ts_type(&mut self, _: &TSType<'a>) {}

    fn visit_ts_type_annotation(&mut self, _: &TSTypeAnnotation<'a>) {}

    fn visit_ts_type_parameter_instantiation(&mut self, _: &TSTypeParameterInstantiation<'a>) {}

    fn visit_ts_type_parameter_declaration(&mut self, _: &TSTypeParameterDeclaration<'a>) {}

    fn visit_ts_type_alias_declaration(&mut self, _: &TSTypeAliasDeclaration<'a>) {}

    fn visit_ts_interface_declaration(&mut self, interface: &TSInterfaceDeclaration<'a>) {
        self.typescript(interface.span.start);
    }
}

/// Where the first JSX of a program is.
pub(crate) fn first_jsx(program: &Program<'_>) -> Option<Span> {
    struct Finder(Option<Span>);

    impl<'a> Visit<'a> for Finder {
        fn visit_jsx_element(&mut self, element: &JSXElement<'a>) {
            self.0.get_or_insert(element.span);
        }

        fn visit_jsx_fragment(&mut self, fragment: &JSXFragment<'a>) {
            self.0.get_or_insert(fragment.span);
        }
    }

    let mut finder = Finder(None);
    finder.visit_program(program);
    finder.0
}
