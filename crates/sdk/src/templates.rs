/// A starting point of a new project.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// What `husako new --template` calls it.
    pub name: &'static str,
    /// One line on what it is.
    pub description: &'static str,
    /// Its files. `tsconfig.json` is not among them: it depends on what is generated.
    pub files: &'static [TemplateFile],
}

/// A file of a [`Template`].
#[derive(Clone, Copy, Debug)]
pub struct TemplateFile {
    /// The path inside the project, with `/`.
    pub path: &'static str,
    /// The text.
    pub contents: &'static str,
}

/// Files of a template: `"path in the project" => "path in templates/"`.
macro_rules! files {
    ($($path:literal => $source:literal),* $(,)?) => {
        &[$(TemplateFile { path: $path, contents: include_str!(concat!("../templates/", $source)) }),*]
    };
}

/// The templates; the first one is the default.
pub const TEMPLATES: &[Template] = &[
    Template {
        name: "simple",
        description: "one entry: a Deployment and its Service",
        files: files! {
            "husako.toml" => "simple/husako.toml",
            "web.ts" => "simple/web.ts",
            "README.md" => "simple/README.md",
            ".gitignore" => "gitignore",
        },
    },
    Template {
        name: "project",
        description: "components in functions, and an entry that uses them",
        files: files! {
            "husako.toml" => "project/husako.toml",
            "env/dev.ts" => "project/env/dev.ts",
            "components/labels.ts" => "project/components/labels.ts",
            "components/web-app.ts" => "project/components/web-app.ts",
            "README.md" => "project/README.md",
            ".gitignore" => "gitignore",
        },
    },
    Template {
        name: "multi-env",
        description: "one app in several environments",
        files: files! {
            "husako.toml" => "multi-env/husako.toml",
            "env/dev.ts" => "multi-env/env/dev.ts",
            "env/staging.ts" => "multi-env/env/staging.ts",
            "env/production.ts" => "multi-env/env/production.ts",
            "components/environment.ts" => "multi-env/components/environment.ts",
            "components/web-app.ts" => "multi-env/components/web-app.ts",
            "README.md" => "multi-env/README.md",
            ".gitignore" => "gitignore",
        },
    },
];

#[cfg(test)]
mod tests {
    use super::TEMPLATES;

    #[test]
    fn every_entry_and_import_is_there() {
        for template in TEMPLATES {
            let find = |path: &str| template.files.iter().find(|file| file.path == path);
            let config = find("husako.toml").map(|file| file.contents).unwrap();
            let entries: Vec<&str> = config
                .lines()
                .take_while(|line| !line.starts_with('#'))
                .filter_map(|line| line.split_once(" = \"")?.1.strip_suffix('"'))
                .collect();
            assert!(!entries.is_empty(), "{}", template.name);
            for entry in entries {
                let source = find(entry).unwrap_or_else(|| panic!("{entry}")).contents;
                for import in source.lines().filter_map(|line| line.split_once(" from \"../")) {
                    let import = format!("{}.ts", import.1.trim_end_matches("\";"));
                    assert!(find(&import).is_some(), "{import}");
                }
            }
            assert!(find(".gitignore").is_some() && find("README.md").is_some());
        }
    }
}
