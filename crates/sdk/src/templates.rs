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
