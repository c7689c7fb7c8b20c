//! The bare programs: the least that any program must do for the same job.

use std::path::Path;

use indexmap::IndexMap;
use oxc::allocator::Allocator;
use oxc::codegen::Codegen;
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;
use oxc::transformer::{TransformOptions, Transformer};
use rquickjs::{Context, Module, Runtime};
use serde::Deserialize;

use crate::Result;

#[derive(Deserialize)]
struct Document {
    components: Option<Components>,
}

#[derive(Deserialize)]
struct Components {
    #[serde(default)]
    schemas: IndexMap<String, serde_json::Value>,
}

/// Reads the documents, parses their schemas and nothing else, and writes `bytes` bytes.
pub(crate) fn generate(documents: &Path, output: &Path, bytes: &str) -> Result<()> {
    let mut schemas = 0;
    for entry in std::fs::read_dir(documents)? {
        let text = std::fs::read(entry?.path())?;
        if let Ok(document) = serde_json::from_slice::<Document>(&text) {
            schemas += document.components.map_or(0, |components| components.schemas.len());
        }
    }
    #[expect(clippy::disallowed_methods, reason = "the bare program does without husako-fs")]
    std::fs::write(output, vec![b' '; bytes.parse()?])?;
    if schemas == 0 { Err("no schemas".into()) } else { Ok(()) }
}

/// Compiles each entry with oxc, runs it in a fresh context of one QuickJS runtime, and writes the
/// JSON of what it leaves in `globalThis.documents`.
pub(crate) fn render(entries: &[&str]) -> Result<()> {
    let runtime = Runtime::new()?;
    let mut length = 0;
    for entry in entries {
        let source = std::fs::read_to_string(entry)?;
        let code = compile(&source);
        let context = Context::full(&runtime)?;
        length += context.with(|ctx| -> Result<usize> {
            let evaluated =
                Module::evaluate(ctx.clone(), *entry, code).map_err(|error| error.to_string())?;
            evaluated.finish::<()>().map_err(|error| error.to_string())?;
            let json: String = ctx
                .eval("JSON.stringify(globalThis.documents)")
                .map_err(|error| error.to_string())?;
            println!("{json}");
            Ok(json.len())
        })?;
    }
    if length == 0 { Err("no documents".into()) } else { Ok(()) }
}

fn compile(source: &str) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::ts()).parse();
    let mut program = parsed.program;
    let scoping = SemanticBuilder::new().build(&program).semantic.into_scoping();
    let options = TransformOptions::default();
    Transformer::new(&allocator, Path::new("entry.ts"), &options)
        .build_with_scoping(scoping, &mut program);
    Codegen::new().build(&program).code
}
