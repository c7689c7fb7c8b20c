//! Writes the Kubernetes schemas that the crate embeds.
//!
//! Names, types and descriptions come from k8s-openapi ([`schemas`]), the facts that it leaves out
//! from `overlay.json` ([`overlay`]). Same input, same bytes. It reads nothing but its own folder
//! and the overlay, so that a change anywhere else does not run it again.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde_json::{Value, json};

mod kinds;
mod overlay;
mod schemas;
mod server_form;

/// The highest level would save 8 % of 164 kB at twenty times the time.
const COMPRESSION_LEVEL: i32 = 12;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=overlay.json");
    let out = env::var_os("OUT_DIR").ok_or("`OUT_DIR` is not set: this is cargo's to run")?;
    let out = Path::new(&out);

    let mut schemas = schemas::collect();
    // What `examples/extract-overlay.rs` compares a server's documents with.
    write(&out.join("bare.json"), &serde_json::to_vec(&schemas)?)?;

    overlay::apply(&mut schemas, &fs::read("overlay.json")?)?;
    schemas.values_mut().for_each(server_form::wrap_references);
    let json = serde_json::to_vec(&document(&schemas))?;
    write(&out.join("schemas.json.zst"), &zstd::bulk::compress(&json, COMPRESSION_LEVEL)?)?;

    println!("cargo::rustc-env=HUSAKO_KUBERNETES_VERSION={}", kinds::KUBERNETES_VERSION);
    println!("cargo::rustc-env=HUSAKO_SCHEMAS_DIGEST={}", blake3::hash(&json).to_hex());
    println!("cargo::rustc-env=HUSAKO_SCHEMAS_SIZE={}", json.len());
    Ok(())
}

/// The document as an API server serves it, except that one holds the schemas of all groups.
fn document(schemas: &BTreeMap<String, Value>) -> Value {
    json!({
        "openapi": "3.0.0",
        "info": { "title": "Kubernetes", "version": format!("v{}", kinds::KUBERNETES_VERSION) },
        "components": { "schemas": schemas },
    })
}

#[expect(clippy::disallowed_methods, reason = "a build script has no other crate of ours")]
fn write(path: &Path, contents: &[u8]) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(path, contents)?)
}
