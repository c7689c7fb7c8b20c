//! Generated files, compiled by the real TypeScript.
//!
//! Opt-in: `HUSAKO_TSC` names the compiler (else `node_modules/.bin/tsc` is looked for), and
//! `HUSAKO_CORPUS` the folder of real schemas.

use std::path::Path;

use crate::support::fixtures;
use crate::support::{
    chart_model, check, corpus, crd_model, generate, server_model, tsc, write, write_file,
};

fn compile(name: &str, run: impl FnOnce(&Path, &Path)) {
    match tsc() {
        Some(tsc) => run(&tsc, tempfile::tempdir().unwrap().path()),
        None => eprintln!("skipped {name}: no TypeScript compiler, set `HUSAKO_TSC`"),
    }
}

/// Copies the programs in `name` beside their types.
fn copy_programs(name: &str, folder: &Path) {
    let programs =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/declarations/programs").join(name);
    for entry in std::fs::read_dir(programs).unwrap() {
        let path = entry.unwrap().path();
        let program = std::fs::read_to_string(&path).unwrap();
        write_file(&folder.join(path.file_name().unwrap()), &program);
    }
}

#[test]
fn types_of_small_models_compile() {
    compile("types_of_small_models_compile", |tsc, folder| {
        write(&folder.join("server"), &generate(&mut fixtures::server()).1);
        for mut model in [fixtures::custom_resources(), fixtures::chart(), fixtures::hostile()] {
            write(&folder.join("types"), &generate(&mut model).1);
        }
        copy_programs("fixtures", folder);
        check(tsc, folder, "types").unwrap_or_else(|message| panic!("{message}"));
    });
}

#[test]
fn types_of_a_real_server_compile() {
    let Some(corpus) = corpus() else { return };
    compile("types_of_a_real_server_compile", |tsc, folder| {
        for version in ["v1.34", "v1.34-all"] {
            let (_, files) = generate(&mut server_model(&corpus.join("openapi").join(version)));
            write(&folder.join(version), &files);
        }
        check(tsc, folder, "v1.34").unwrap_or_else(|message| panic!("{message}"));
    });
}

#[test]
fn types_of_real_custom_resources_compile() {
    let Some(corpus) = corpus() else { return };
    compile("types_of_real_custom_resources_compile", |tsc, folder| {
        let library = server_model(&corpus.join("openapi/v1.34"));
        for entry in std::fs::read_dir(corpus.join("crds")).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                continue;
            }
            let mut model = crd_model(&path);
            model.complete_from(&library);
            let (_, files) = generate(&mut model);
            write(&folder.join(path.file_name().unwrap()), &files);
        }
        check(tsc, folder, "cert-manager").unwrap_or_else(|message| panic!("{message}"));
    });
}

#[test]
fn types_of_real_charts_compile() {
    let Some(corpus) = corpus() else { return };
    compile("types_of_real_charts_compile", |tsc, folder| {
        let mut generated = Vec::new();
        for chart in std::fs::read_dir(corpus.join("charts")).unwrap() {
            let chart = chart.unwrap().path();
            let Ok(schema) = std::fs::read_to_string(chart.join("values.schema.json")) else {
                continue;
            };
            let name = chart.file_name().unwrap().to_string_lossy().to_lowercase();
            let (_, files) = generate(&mut chart_model(&name, &schema));
            generated.extend(files);
        }
        assert!(generated.len() > 10, "{}", generated.len());
        write(&folder.join("types"), &generated);
        check(tsc, folder, "types").unwrap_or_else(|message| panic!("{message}"));
    });
}

#[test]
fn programs_are_checked_as_they_should() {
    let Some(corpus) = corpus() else { return };
    compile("programs_are_checked_as_they_should", |tsc, folder| {
        let mut model = server_model(&corpus.join("openapi/v1.34"));
        let _ = model.merge(crd_model(&corpus.join("crds/cert-manager")), "cert-manager");
        let _ = model.merge(crd_model(&corpus.join("crds/prometheus-operator")), "prometheus");
        let (_, files) = generate(&mut model);
        write(&folder.join("types"), &files);
        copy_programs("server", folder);
        check(tsc, folder, "types").unwrap_or_else(|message| panic!("{message}"));
    });
}
