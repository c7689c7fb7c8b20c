//! The Kubernetes schemas in the binary.
//!
//! One OpenAPI v3 document holds every kind of every group. It is made at build time and embedded
//! compressed, so that types can be generated with no cluster and no network. See `build/main.rs`
//! for where its contents come from.
//!
//! The document has the form in which an API server serves its own, with one extension: a kind's
//! schema carries [`SCOPE_EXTENSION`], since a server tells scopes elsewhere.

use std::io;

/// The version of Kubernetes that the schemas are of, such as `1.37`.
pub const KUBERNETES_VERSION: &str = env!("HUSAKO_KUBERNETES_VERSION");

/// The BLAKE3 digest of what [`document`] returns, in lower-case hexadecimal.
pub const DIGEST: &str = env!("HUSAKO_SCHEMAS_DIGEST");

/// The keyword that says where the objects of a kind live: `Namespaced` or `Cluster`.
///
/// Kinds that are no objects of their own have none: lists, `Status`, and the requests of
/// subresources (`Eviction`, `Scale`, `TokenRequest`).
pub const SCOPE_EXTENSION: &str = "x-husako-scope";

/// The length of what [`document`] returns, so that it is allocated once.
const SIZE: usize = match usize::from_str_radix(env!("HUSAKO_SCHEMAS_SIZE"), 10) {
    Ok(size) => size,
    Err(_) => panic!("the build script writes a number"),
};

static COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/schemas.json.zst"));

/// The embedded schemas could not be read.
#[derive(Debug, thiserror::Error)]
#[error("failed to unpack the built-in Kubernetes schemas")]
pub struct Error(#[source] io::Error);

/// The OpenAPI v3 document of all built-in kinds, as JSON.
///
/// It is unpacked anew by each call: some 1.4 MB, in a few milliseconds.
pub fn document() -> Result<Vec<u8>, Error> {
    zstd::bulk::decompress(COMPRESSED, SIZE).map_err(Error)
}
