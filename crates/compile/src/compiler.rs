//! The passes, in order.

use std::path::Path;
use std::sync::Arc;

use husako_diagnostics::Position;
use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc::parser::{ParseOptions, Parser};
use oxc::semantic::SemanticBuilder;
use oxc::span::{SourceType, Span};
use oxc::transformer::{TransformOptions, Transformer};

use crate::clashes;
use crate::error::{CompileError, InvalidSource};
use crate::import::{Found, Import, statics};
use crate::inspect::{Inspection, first_jsx};
use crate::nesting::{MAX_BRACKETS, Nesting, measure};
use crate::places::Places;
use crate::source_kind::source_type;
use crate::source_map::SourceMap;
use crate::stack::{MAX_LEVELS, with_levels};
use crate::wording::Finding;

/// What a source compiles to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The JavaScript, an ES module. Begins with an empty line (see [`SourceMap`]).
    pub code: String,
    /// The way back to the source.
    pub source_map: SourceMap,
    /// What the module imports when it runs, in the order of the source.
    pub imports: Vec<Import>,
}

impl Compiled {
    /// The place in the source of a place in the code; see [`SourceMap::original`].
    #[must_use]
    pub fn original(&self, line: u32, column: u32) -> Option<Position> {
        self.source_map.original(line, column)
    }
}

/// Compiles `source`, called `name`; see [`Compiler::compile`].
pub fn compile(source: &str, name: &str) -> Result<Compiled, CompileError> {
    Compiler::new().compile(source, name)
}

/// Compiles sources one after another, reusing memory.
#[derive(Default)]
pub struct Compiler {
    allocator: Allocator,
    options: TransformOptions,
}

impl Compiler {
    /// A compiler that has allocated nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Compiles `source`, called `name`, whose extension says what it is: `.ts` and `.mts` are
    /// TypeScript, `.js` and `.mjs` JavaScript.
    ///
    /// Imports that are used as types only are left out, as TypeScript does. The caller's stack
    /// should have half a megabyte left; sources that may nest deeper than that allows are compiled
    /// on a thread of their own.
    ///
    /// # Errors
    ///
    /// Errors are in the source, except [`CompileError::Thread`].
    pub fn compile(&mut self, source: &str, name: &str) -> Result<Compiled, CompileError> {
        let kind = source_type(name)
            .map_err(|reason| CompileError::Unsupported { name: name.to_owned(), reason })?;
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let invalid = |findings: Vec<Finding>| {
            let mut places = Places::new(source);
            let problems = findings.into_iter().map(|finding| finding.place(&mut places)).collect();
            CompileError::Invalid(Box::new(InvalidSource::new(name, source, problems)))
        };
        let levels = levels(source).map_err(|finding| invalid(vec![finding]))?;
        let Self { allocator, options } = self;
        with_levels(levels, || passes(allocator, options, source, kind, name))
            .map_err(|source| CompileError::Thread {
                name: name.to_owned(),
                source: Arc::new(source),
            })?
            .map_err(invalid)
    }
}

impl std::fmt::Debug for Compiler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiler").finish_non_exhaustive()
    }
}

fn levels(source: &str) -> Result<usize, Finding> {
    let (at, message) = match measure(source) {
        Nesting::AtMost(levels) if levels <= MAX_LEVELS => return Ok(levels),
        Nesting::AtMost(_) => (0, "the source nests too deep"),
        Nesting::TooDeep(at) => (at, "brackets nest too deep"),
    };
    Err(Finding::new(Span::sized(at, u32::from(at > 0)), message)
        .help("move parts into variables or functions of their own, or into a JSON or YAML file"))
}

fn passes(
    allocator: &mut Allocator,
    options: &TransformOptions,
    source: &str,
    kind: SourceType,
    name: &str,
) -> Result<Compiled, Vec<Finding>> {
    allocator.reset();
    let allocator = &*allocator;
    let parse_options = ParseOptions { parse_regular_expression: true, ..ParseOptions::default() };
    let parsed = Parser::new(allocator, source, kind).with_options(parse_options).parse();
    let mut program = parsed.program;
    let mut findings: Vec<Finding> = parsed.diagnostics.into_iter().map(Finding::from).collect();
    if parsed.panicked {
        return Err(explained(findings, source, kind));
    }

    let analysis = SemanticBuilder::new_compiler().with_enum_eval(true).build(&program);
    findings.extend(analysis.diagnostics.into_iter().map(Finding::from));
    let inspection = Inspection::of(&program);
    findings.extend(inspection.findings);
    if kind.is_typescript() {
        clashes::declarations(&program, analysis.semantic.scoping(), &mut findings);
    }
    if !findings.is_empty() {
        return Err(explained(findings, source, kind));
    }

    let path = Path::new(name);
    let transformed = Transformer::new(allocator, path, options)
        .build_with_scoping(analysis.semantic.into_scoping(), &mut program);
    // What the transformer cannot translate it reports as a warning, and drops.
    if !transformed.diagnostics.is_empty() {
        return Err(transformed.diagnostics.into_iter().map(Finding::from).collect());
    }
    if kind.is_typescript() {
        clashes::exports(&program, &mut findings);
        if !findings.is_empty() {
            return Err(findings);
        }
    }

    let mut found: Vec<_> = statics(&program).chain(inspection.dynamic_imports).collect();
    found.sort_by_key(Found::start);
    let mut places = Places::new(source);
    let imports = found.into_iter().map(|found| found.place(&mut places)).collect();

    program.hashbang = None;
    let generated = Codegen::new()
        .with_options(CodegenOptions {
            comments: CommentOptions::disabled(),
            // Nobody reads it, and the indentation of what nests deep would be most of it.
            indent_width: 0,
            source_map_path: Some(path.to_owned()),
            ..CodegenOptions::default()
        })
        .build(&program);
    let mut code = generated.code;
    code.insert(0, '\n');
    let source_map = match &generated.map {
        Some(map) => {
            let tokens = map.get_tokens().map(|token| {
                [
                    token.get_dst_line() + 1,
                    token.get_dst_col(),
                    token.get_src_line(),
                    token.get_src_col(),
                ]
            });
            SourceMap::new(tokens, &code, source)
        }
        None => SourceMap::default(),
    };
    Ok(Compiled { code, source_map, imports })
}

/// The findings in the light of what the source would be in another language.
fn explained(mut findings: Vec<Finding>, source: &str, kind: SourceType) -> Vec<Finding> {
    if let Some(span) = jsx(source, kind) {
        let finding = Finding::new(Span::sized(span.start, 1), "JSX is not supported");
        return vec![finding.help("write objects and builders")];
    }
    for finding in &mut findings {
        finding.name_token(source);
    }
    let typescript = kind.with_typescript(true);
    if kind.is_javascript()
        && Parser::new(&Allocator::default(), source, typescript).parse().diagnostics.is_empty()
        && let [first, ..] = findings.as_mut_slice()
    {
        first.help = Some("this looks like TypeScript: rename the file to `.ts`".to_owned());
    }
    findings
}

/// Where the JSX is, if the source has some and has no errors as JSX.
///
/// The text of JSX can hide any nesting from [`measure`], which does not know it: each byte counts
/// here, and a source with too many `<` is not tried.
fn jsx(source: &str, kind: SourceType) -> Option<Span> {
    let levels = 2 * source.len();
    let may_be = source.contains("</") || source.contains("/>");
    if !may_be || levels > MAX_LEVELS || source.matches('<').count() > MAX_BRACKETS {
        return None;
    }
    let parse = || {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, source, kind.with_jsx(true)).parse();
        if parsed.diagnostics.is_empty() { first_jsx(&parsed.program) } else { None }
    };
    // Without the stack, the errors stay as they are.
    with_levels(levels, parse).ok().flatten()
}
