//! What an import means: a module of Kubernetes kinds or chart values, or a file of the project.

use std::path::{Path, PathBuf};

use husako_diagnostics::{Diagnostic, ExitCode, Hint, SourceFrame};
use husako_fs::{is_within, normalize, relative_name};
use thiserror::Error;

/// An import that cannot be served.
#[derive(Debug, Error)]
#[error("`{importer}` imports `{specifier}`: {kind}")]
pub(crate) struct ImportError {
    pub(crate) importer: String,
    pub(crate) specifier: String,
    pub(crate) kind: ImportErrorKind,
    pub(crate) frame: Option<SourceFrame>,
}

/// Why an import cannot be served.
#[derive(Debug, Error)]
pub(crate) enum ImportErrorKind {
    #[error("no such file; tried {0}")]
    NotFound(String),
    #[error("`{0}` is outside the project")]
    Outside(String),
    #[error("not a module, JSON or YAML file")]
    UnknownFile,
    #[error(
        "Node built-ins are not available: entries run without file system, network and processes"
    )]
    NodeBuiltin,
    #[error("no such package")]
    Package,
    #[error("no such module")]
    NoModule { nearest: Option<String> },
    #[error("it has no export `{name}`")]
    NoExport { name: String, nearest: Option<String> },
    #[error("the same file is imported as text and as a value; import one of them in another file")]
    TextAndValue,
}

impl Diagnostic for ImportError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Runtime
    }

    fn hints(&self) -> Vec<Hint> {
        match &self.kind {
            ImportErrorKind::NoModule { nearest: Some(name) }
            | ImportErrorKind::NoExport { nearest: Some(name), .. } => {
                vec![Hint::did_you_mean(name)]
            }
            ImportErrorKind::NoModule { nearest: None } => {
                vec![Hint::new("add the source of its schemas to `husako.toml`")]
            }
            ImportErrorKind::Outside(_) => vec![Hint::new(
                "use `--allow-outside-root`, or set `allow_outside_root = true` at the top of `husako.toml`",
            )],
            ImportErrorKind::UnknownFile => {
                vec![Hint::new("import it as text: `import x from \"…\" with { type: \"text\" }`")]
            }
            ImportErrorKind::Package => {
                vec![Hint::new("start the path with `./` if it is a file of the project")]
            }
            _ => Vec::new(),
        }
    }

    fn frames(&self) -> Vec<SourceFrame> {
        self.frame.iter().cloned().collect()
    }
}

/// The marker behind the id of a module that is a file's text.
pub(crate) const TEXT: &str = "?text";

/// What a specifier is, by its letters alone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SpecifierKind {
    /// `./x`, `../x`.
    File,
    /// `k8s/…`, `helm/…`.
    Schema,
    /// `fs`, `node:fs`.
    NodeBuiltin,
    /// Anything else.
    Package,
}

/// Node's modules that programs are likely to ask for (`node:module`'s `builtinModules`).
const NODE_BUILTINS: [&str; 40] = [
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "stream",
    "string_decoder",
    "timers",
    "tls",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "wasi",
    "worker_threads",
    "zlib",
];

impl SpecifierKind {
    pub(crate) fn of(specifier: &str) -> Self {
        let first = specifier.split('/').next().unwrap_or_default();
        match first {
            "." | ".." => Self::File,
            "k8s" | "helm" if specifier.len() > first.len() => Self::Schema,
            _ if specifier.starts_with("node:") || NODE_BUILTINS.contains(&first) => {
                Self::NodeBuiltin
            }
            _ => Self::Package,
        }
    }
}

/// Where files may be.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    /// The project's folder, with all links followed.
    pub(crate) root: PathBuf,
    /// Whether files outside of it may be imported.
    pub(crate) allow_outside: bool,
}

impl Bounds {
    /// The id of the module that a file of the project means by a relative specifier.
    pub(crate) fn resolve_file(
        &self,
        importer: &str,
        specifier: &str,
        is_text: bool,
    ) -> Result<String, ImportErrorKind> {
        let importer = self.root.join(importer);
        let folder = importer.parent().unwrap_or(&self.root);
        let wanted = normalize(&folder.join(specifier));
        let candidates = candidates(&wanted, specifier, is_text);
        let Some(path) = candidates.iter().find(|path| path.is_file()) else {
            let tried: Vec<String> = candidates
                .iter()
                .map(|path| format!("`{}`", relative_name(&self.root, path)))
                .collect();
            return Err(ImportErrorKind::NotFound(tried.join(", ")));
        };
        // One module per file, whichever links lead to it.
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        let id = relative_name(&self.root, &real);
        if !self.allow_outside && !is_within(&self.root, &real) {
            return Err(ImportErrorKind::Outside(id));
        }
        if is_text {
            return Ok(id + TEXT);
        }
        match FileKind::of(&real) {
            FileKind::Other => Err(ImportErrorKind::UnknownFile),
            FileKind::Module | FileKind::Json | FileKind::Yaml => Ok(id),
        }
    }
}

/// The files that a specifier may mean, most likely first.
fn candidates(wanted: &Path, specifier: &str, is_text: bool) -> Vec<PathBuf> {
    let mut paths = vec![wanted.to_owned()];
    if is_text {
        return paths;
    }
    let with = |suffix: &str| {
        let mut name = wanted.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    match wanted.extension().and_then(|extension| extension.to_str()) {
        // TypeScript lets an import name the JavaScript that a file would become.
        Some("js") => paths.push(wanted.with_extension("ts")),
        Some("mjs") => paths.push(wanted.with_extension("mts")),
        Some("ts" | "mts" | "json" | "yaml" | "yml") => {}
        _ => {
            if specifier.ends_with('/') || specifier.ends_with("..") || specifier == "." {
                paths.clear();
            } else {
                paths.extend([with(".ts"), with(".js")]);
            }
            paths.extend([wanted.join("index.ts"), wanted.join("index.js")]);
        }
    }
    paths
}

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// TypeScript or JavaScript.
    Module,
    /// Data.
    Json,
    /// Data.
    Yaml,
    /// To be imported as text only.
    Other,
}

impl FileKind {
    pub(crate) fn of(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("ts" | "mts" | "js" | "mjs") => Self::Module,
            Some("json") => Self::Json,
            Some("yaml" | "yml") => Self::Yaml,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{SpecifierKind, candidates};

    #[test]
    fn kinds_of_specifiers() {
        for (specifier, kind) in [
            ("./x", SpecifierKind::File),
            ("..", SpecifierKind::File),
            ("k8s/apps/v1", SpecifierKind::Schema),
            ("helm/x", SpecifierKind::Schema),
            ("helm", SpecifierKind::Package),
            ("fs", SpecifierKind::NodeBuiltin),
            ("fs/promises", SpecifierKind::NodeBuiltin),
            ("node:anything", SpecifierKind::NodeBuiltin),
            ("@scope/x", SpecifierKind::Package),
            (".hidden", SpecifierKind::Package),
        ] {
            assert_eq!(SpecifierKind::of(specifier), kind, "{specifier}");
        }
    }

    #[test]
    fn what_a_specifier_may_mean() {
        let of = |specifier: &str| candidates(&Path::new("/p").join(specifier), specifier, false);
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert_eq!(
            of("a"),
            paths(&["/p/a", "/p/a.ts", "/p/a.js", "/p/a/index.ts", "/p/a/index.js"])
        );
        assert_eq!(of("a.js"), paths(&["/p/a.js", "/p/a.ts"]));
        assert_eq!(of("a.json"), paths(&["/p/a.json"]));
        assert_eq!(of("a.config")[1], PathBuf::from("/p/a.config.ts"));
    }
}
