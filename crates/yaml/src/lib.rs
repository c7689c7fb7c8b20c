//! YAML for manifests: values to text that every reader understands alike, and text to values as
//! kubectl and Helm understand it.
//!
//! YAML has two dialects in daily use. Go's `sigs.k8s.io/yaml` (kubectl, Helm, the API server) and
//! `PyYAML` read YAML 1.1, in which `no` is a boolean and `012` is ten; most other readers follow
//! YAML 1.2. [`emit`] therefore leaves a string unquoted only where all of them read the same
//! string, and writes numbers in the one form that all read as the same number. [`parse`] resolves
//! scalars as `sigs.k8s.io/yaml` does, because a values file means what Helm takes it to mean.
//!
//! Both directions are pure, keep the order of keys, and hold with hostile input: depth, size and
//! the expansion of aliases are bounded by [`Limits`].
//!
//! ```
//! use husako_yaml::{Limits, emit, parse};
//!
//! let documents = parse("replicas: 0o3\nversion: '1.10'\n", &Limits::default())?;
//! let mut text = String::new();
//! emit(&documents[0].value, &mut text)?;
//! assert_eq!(text, "replicas: 3\nversion: '1.10'\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod emit;
mod error;
mod limits;
mod parse;

pub use emit::{MAX_EMIT_DEPTH, emit, emit_documents};
pub use error::{EmitError, ParseError, ParseErrorKind, SyntaxError};
pub use limits::{DuplicateKeys, Limits, MAX_DEPTH, UnfitNumbers};
pub use parse::{Document, parse};
