//! `tsconfig.json`: created, or updated without losing what the user wrote in it.
//!
//! Only `compilerOptions.paths` is husako's: the entries for the modules that it serves. All else,
//! comments and layout included, stays as it is, with one exception: TypeScript 7 refuses
//! `baseUrl`, so an old project's is taken out and the mappings that relied on it are rewritten to
//! mean the same. The functions are pure; `generate` writes the result.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstObject, CstRootNode};
use thiserror::Error;

/// The mappings of a project, relative to its root: specifier pattern and target.
const PATHS: [(&str, &str); 4] = [
    ("husako", "./.husako/types/husako.d.ts"),
    ("husako/*", "./.husako/types/husako/*.d.ts"),
    ("k8s/*", "./.husako/types/k8s/*.d.ts"),
    ("helm/*", "./.husako/types/helm/*.d.ts"),
];

/// What a new project starts with. No DOM: the sandbox has none.
const NEW: &str = r#"{
  "compilerOptions": {
    "target": "ES2023",
    "lib": ["ES2023"],
    "module": "ESNext",
    "moduleResolution": "bundler",
    "resolveJsonModule": true,
    "allowJs": true,
    "strict": true,
    "noEmit": true,
    "types": []
  }
}
"#;

/// The text that `tsconfig.json` is to have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tsconfig {
    /// The whole file.
    pub(crate) text: String,
    /// What the user should know about the change.
    pub(crate) notes: Vec<String>,
}

/// The file cannot be updated.
#[derive(Debug, Error)]
pub enum TsconfigError {
    /// It is not JSON with comments.
    #[error("failed to parse `tsconfig.json`")]
    Syntax(#[source] jsonc_parser::errors::ParseError),
    /// A part of it is not an object.
    #[error("expected an object at `{0}` of `tsconfig.json`")]
    NotAnObject(&'static str),
}

/// Updates the text of `tsconfig.json`, or makes one where there is none.
pub(crate) fn update(existing: Option<&str>) -> Result<Tsconfig, TsconfigError> {
    let existing = existing.map(|text| text.trim_start_matches('\u{feff}'));
    let source = existing.filter(|text| !text.trim().is_empty()).unwrap_or(NEW);
    let root =
        CstRootNode::parse(source, &ParseOptions::default()).map_err(TsconfigError::Syntax)?;
    let object =
        root.object_value_or_create().ok_or(TsconfigError::NotAnObject("the top level"))?;
    let options = object
        .object_value_or_create("compilerOptions")
        .ok_or(TsconfigError::NotAnObject("compilerOptions"))?;
    let mut notes = Vec::new();
    let base_url = take_base_url(&options);
    let paths = options
        .object_value_or_create("paths")
        .ok_or(TsconfigError::NotAnObject("compilerOptions.paths"))?;
    if let Some(base_url) = &base_url {
        rebase(&paths, base_url);
        notes.push(format!(
            "removed `baseUrl` from `tsconfig.json`, which TypeScript 7 refuses; its `paths` mean the same: {base_url}"
        ));
    }
    for (pattern, target) in PATHS {
        set_path(&paths, pattern, target);
    }
    Ok(Tsconfig { text: root.to_string(), notes })
}

fn take_base_url(options: &CstObject) -> Option<String> {
    let property = options.get("baseUrl")?;
    let base_url = property.value()?.as_string_lit()?.decoded_value().ok()?;
    property.remove();
    Some(base_url)
}

/// Makes mappings that were relative to `base_url` relative to the file, and keeps what `baseUrl`
/// itself did: bare specifiers were tried below it.
fn rebase(paths: &CstObject, base_url: &str) {
    let mut own = false;
    for property in paths.properties() {
        let managed = property.decoded_name().is_some_and(|name| {
            PATHS.iter().any(|(pattern, _)| *pattern == name) || name == "husako/_base"
        });
        own |= !managed;
        let Some(targets) = property.array_value() else { continue };
        for target in targets.elements() {
            let Some(literal) = target.as_string_lit() else { continue };
            let Ok(value) = literal.decoded_value() else { continue };
            let rebased = serde_json::Value::String(relative_to(base_url, &value)).to_string();
            literal.set_raw_value(rebased);
        }
    }
    // A `baseUrl` of `.` with nothing but our own mappings is how husako 0.1 wrote the file.
    let written_by_us = !own && matches!(base_url, "." | "./");
    if !written_by_us && paths.get("*").is_none() {
        paths.append("*", targets(&relative_to(base_url, "*")));
    }
}

/// `target`, which was relative to `base_url`, relative to the folder of the file.
fn relative_to(base_url: &str, target: &str) -> String {
    if target.starts_with('/') {
        return target.to_owned();
    }
    let joined = if base_url.starts_with('/') {
        return format!("{}/{target}", base_url.trim_end_matches('/'));
    } else {
        format!("{base_url}/{target}")
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let prefix = if parts.first() == Some(&"..") { "" } else { "./" };
    format!("{prefix}{}", parts.join("/"))
}

fn set_path(paths: &CstObject, pattern: &str, target: &str) {
    match paths.get(pattern) {
        Some(property) => {
            let current: Option<Vec<String>> = property.array_value().map(|array| {
                array
                    .elements()
                    .iter()
                    .filter_map(|node| node.as_string_lit()?.decoded_value().ok())
                    .collect()
            });
            if current.as_deref() != Some(&[target.to_owned()]) {
                property.set_value(targets(target));
            }
        }
        None => {
            paths.append(pattern, targets(target));
        }
    }
}

fn targets(target: &str) -> CstInputValue {
    CstInputValue::Array(vec![CstInputValue::String(target.to_owned())])
}

#[cfg(test)]
mod tests {
    use super::{relative_to, update};

    #[test]
    fn new_file_maps_all_modules() {
        let made = update(None).unwrap();
        assert!(made.notes.is_empty());
        let value: serde_json::Value = serde_json::from_str(&made.text).unwrap();
        assert_eq!(
            value["compilerOptions"]["paths"]["k8s/*"],
            serde_json::json!(["./.husako/types/k8s/*.d.ts"])
        );
        assert_eq!(update(Some(&made.text)).unwrap().text, made.text);
    }

    #[test]
    fn what_the_user_wrote_stays() {
        let text = "// mine\n{\n  \"extends\": \"./base.json\", // why\n  \"compilerOptions\": {\n    \"strict\": false,\n    \"paths\": { \"@/*\": [\"./src/*\"] },\n  },\n}\n";
        let updated = update(Some(text)).unwrap().text;
        assert!(updated.starts_with("// mine\n{\n  \"extends\": \"./base.json\", // why\n"));
        assert!(updated.contains("\"strict\": false"));
        assert!(updated.contains("\"@/*\": [\"./src/*\"]"));
        assert!(updated.contains("\"helm/*\""));
        assert_eq!(update(Some(&updated)).unwrap().text, updated);
    }

    #[test]
    fn base_url_is_taken_out_and_paths_mean_the_same() {
        let text = "{\n  \"compilerOptions\": {\n    \"baseUrl\": \"src\", // old\n    \"paths\": { \"@/*\": [\"lib/*\", \"../shared/*\"] }\n  }\n}\n";
        let updated = update(Some(text)).unwrap();
        assert!(!updated.text.contains("baseUrl"));
        assert!(updated.text.contains("[\"./src/lib/*\", \"./shared/*\"]"), "{}", updated.text);
        assert!(updated.text.contains("\"*\": [\"./src/*\"]"), "{}", updated.text);
        assert_eq!(updated.notes.len(), 1);
    }

    #[test]
    fn base_url_of_husako_0_1_leaves_nothing_behind() {
        let text = r#"{"compilerOptions":{"baseUrl":".","paths":{"husako":[".husako/types/husako.d.ts"],"k8s/*":[".husako/types/k8s/*"]}}}"#;
        let updated = update(Some(text)).unwrap().text;
        assert!(!updated.contains("baseUrl") && !updated.contains("\"*\""), "{updated}");
        assert!(updated.contains("\"./.husako/types/k8s/*.d.ts\""));
    }

    #[test]
    fn relative_paths() {
        assert_eq!(relative_to(".", "a/*"), "./a/*");
        assert_eq!(relative_to("./src/", "../x"), "./x");
        assert_eq!(relative_to("..", "x"), "../x");
        assert_eq!(relative_to("src", "../../x"), "../x");
        assert_eq!(relative_to("src", "/abs"), "/abs");
    }

    #[test]
    fn broken_files_are_errors() {
        assert_eq!(update(Some("{")).unwrap_err().to_string(), "failed to parse `tsconfig.json`");
        assert!(update(Some("[]")).is_err());
        assert!(update(Some(r#"{"compilerOptions": 1}"#)).is_err());
    }
}
