//! What a source is, by its name.

use oxc::span::SourceType;

use crate::error::Unsupported;

/// What the source called `name` is.
///
/// Sources are always modules, so that `import` and top-level `await` mean the same everywhere.
pub(crate) fn source_type(name: &str) -> Result<SourceType, Unsupported> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some((stem, extension)) = file.rsplit_once('.') else {
        return Err(Unsupported::Unknown);
    };
    match extension {
        "ts" if stem.split('.').skip(1).any(|part| part == "d") => Err(Unsupported::Declarations),
        "mts" | "cts" if stem.rsplit_once('.').is_some_and(|(_, last)| last == "d") => {
            Err(Unsupported::Declarations)
        }
        "ts" | "mts" => Ok(SourceType::mjs().with_typescript(true)),
        "js" | "mjs" => Ok(SourceType::mjs()),
        "tsx" | "jsx" => Err(Unsupported::Jsx),
        "cts" | "cjs" => Err(Unsupported::CommonJs),
        _ => Err(Unsupported::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use oxc::span::SourceType;

    use super::source_type;
    use crate::error::Unsupported;

    #[test]
    fn by_name() {
        for name in ["a.ts", "env/a.mts", "a.b.ts", ".ts", "d.ts", "C:\\x\\a.ts"] {
            assert!(source_type(name).is_ok_and(SourceType::is_typescript), "{name}");
        }
        for name in ["a.js", "a.d.js", "lib/a.mjs"] {
            assert!(source_type(name).is_ok_and(SourceType::is_javascript), "{name}");
        }
        for (name, reason) in [
            ("a.d.ts", Unsupported::Declarations),
            ("a.d.mts", Unsupported::Declarations),
            ("a.d.css.ts", Unsupported::Declarations),
            ("a.tsx", Unsupported::Jsx),
            ("a.jsx", Unsupported::Jsx),
            ("a.cts", Unsupported::CommonJs),
            ("a.cjs", Unsupported::CommonJs),
            ("a.json", Unsupported::Unknown),
            ("a.ts/b", Unsupported::Unknown),
            ("", Unsupported::Unknown),
        ] {
            assert_eq!(source_type(name), Err(reason), "{name}");
        }
    }
}
