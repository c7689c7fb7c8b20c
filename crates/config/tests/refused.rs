//! What a configuration may not say, and how the user learns of it.

#![expect(clippy::unwrap_used, reason = "a failed test is what it means here")]
#![expect(clippy::disallowed_methods, reason = "tests write files without the care of husako-fs")]

use std::fs;
use std::path::Path;

use husako_config::{Config, ConfigError};
use husako_diagnostics::{Diagnostic as _, Style, report};
use proptest::prelude::*;

fn error(text: &str) -> ConfigError {
    let error = Config::parse(text, Path::new("husako.toml")).unwrap_err();
    assert_eq!(error.exit_code().code(), 2);
    error
}

fn shown(text: &str) -> String {
    report(&error(text), Style::Plain)
}

/// The first line, and the hints.
fn said(text: &str) -> (String, Vec<String>) {
    let error = error(text);
    let hints = error.hints().iter().map(|hint| hint.as_str().to_owned()).collect();
    (error.to_string(), hints)
}

#[track_caller]
fn says(text: &str, message: &str, hint: &str) {
    let expected: &[&str] = if hint.is_empty() { &[] } else { &[hint] };
    let (found, hints) = said(text);
    assert_eq!(
        (found.as_str(), hints),
        (message, expected.iter().map(ToString::to_string).collect())
    );
}

fn resource(source: &str) -> String {
    format!("[resources]\nx = {{ {source} }}\n")
}

fn chart(source: &str) -> String {
    format!("[charts]\nx = {{ {source} }}\n")
}

#[test]
fn none_up_the_tree() {
    let folder = tempfile::tempdir().unwrap();
    let error = Config::find(folder.path()).unwrap_err();
    assert_eq!(
        report(&error, Style::Plain),
        format!(
            "error: no `husako.toml` found in `{}` or its parents\nhint: run `husako new`\n",
            folder.path().display()
        )
    );
    assert_eq!(error.exit_code().code(), 2);
}

#[test]
fn found_up_the_tree() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    fs::create_dir_all(root.join("a/b")).unwrap();
    fs::write(root.join("husako.toml"), "[entries]\nx = \"x.ts\"\n").unwrap();
    let config = Config::find(&root.join("a/b")).unwrap();
    assert_eq!(config.root, root);
    assert_eq!(config.path, root.join("husako.toml"));
    // By way of `..`, which is not the parent of its letters' parent.
    fs::create_dir(folder.path().join("other")).unwrap();
    assert!(Config::find(&root.join("../other")).is_err());
    assert!(Config::find(&root.join("a/../a")).is_ok());
}

#[test]
fn unreadable_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("husako.toml");
    fs::write(&file, b"[entries]\n\xff = 1\n").unwrap();
    let error = Config::find(folder.path()).unwrap_err();
    assert_eq!(
        report(&error, Style::Plain),
        format!(
            "error: failed to read `{0}`\n  Caused by: `{0}` is not UTF-8 text: invalid byte in line 2\n",
            file.display()
        )
    );
    assert_eq!(error.exit_code().code(), 2);

    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let error = Config::find(folder.path()).unwrap_err();
    assert_eq!(error.to_string(), format!("failed to read `{}`", file.display()));
}

/// A folder whose name is not UTF-8 works, and is named as well as can be.
#[cfg(target_os = "linux")]
#[test]
fn paths_of_other_encodings() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&root).unwrap();
    let error = Config::find(&root).unwrap_err();
    assert!(error.to_string().contains("caf\u{fffd}"), "{error}");
    fs::write(root.join("husako.toml"), "x = 1").unwrap();
    assert!(report(&Config::find(&root).unwrap_err(), Style::Plain).contains("caf\u{fffd}"));
    fs::write(root.join("husako.toml"), "").unwrap();
    assert_eq!(Config::find(&root).unwrap().root, root);
}

#[test]
fn syntax() {
    assert_eq!(
        shown("[entries]\ndev = \"a.ts\n"),
        "error: failed to parse `husako.toml`
  Caused by: invalid basic string, expected `\"`
 --> husako.toml:2:12
  |
2 | dev = \"a.ts
  |            ^
"
    );
    let duplicate = shown("[entries]\na = \"x\"\na = \"y\"\n");
    assert!(duplicate.contains("--> husako.toml:3:1"), "{duplicate}");
    assert!(duplicate.contains("Caused by: duplicate key"), "{duplicate}");
    // At the end of the file there is still a place.
    assert!(shown("[resources").contains("--> husako.toml:1:11"));
}

#[test]
fn unknown_keys() {
    assert_eq!(
        shown("\n[chart]\nx = 1\n"),
        "error: unknown key `chart`
 --> husako.toml:2:2
  |
2 | [chart]
  |  ^^^^^
hint: did you mean `charts`?
"
    );
    says(
        "colour = 1",
        "unknown key `colour`",
        "known here: `entries`, `resources`, `charts`, `plugins`, `allow_outside_root`, `cluster`, `clusters` and `schemas`",
    );
    says(
        &resource("source = 'file', paht = 'x', path = 'y'"),
        "unknown key `paht` for resource `x`",
        "did you mean `path`?",
    );
    says(
        "[cluster]\nserver = 'https://x'\nsrever = 'y'\n",
        "unknown key `srever` for `[cluster]`",
        "did you mean `server`?",
    );
    says(
        &chart("source = 'oci', reference = 'oci://h/x', version = '1', tag = 'v1'"),
        "unknown key `tag` for chart `x`",
        "known here: `source`, `reference` and `version`",
    );
}

#[test]
fn unknown_sources() {
    says(
        &resource("source = 'buildin'"),
        "unknown source `buildin` for resource `x`",
        "did you mean `builtin`?",
    );
    says(
        "[plugins]\nx = { source = 'file', path = 'x' }",
        "unknown source `file` for plugin `x`",
        "known here: `path` and `git`",
    );
    says(&resource("path = 'x'"), "missing `source` for resource `x`", "add `source = \"…\"`");
}

#[test]
fn missing_and_mistyped() {
    assert_eq!(
        shown("[resources]\nx = { source = \"release\", version = 1.30 }\n"),
        "error: expected a string for `version` of resource `x`, found a float
 --> husako.toml:2:37
  |
2 | x = { source = \"release\", version = 1.30 }
  |                                     ^^^^
hint: write it in quotes: `version = \"1.30\"`
"
    );
    says(
        &resource("source = 'release'"),
        "missing `version` for resource `x`",
        "add `version = \"…\"`",
    );
    says("[resources]\nx = '1.35'", "expected a table for resource `x`, found a string", "");
    says("[[charts]]\nx = 1", "expected a table for `[charts]`, found an array of tables", "");
    says("[entries]\nx = ['a.ts']", "expected a string for `x` of `[entries]`, found an array", "");
    says(
        "allow_outside_root = 'yes'",
        "expected `true` or `false` for `allow_outside_root`, found a string",
        "",
    );
}

#[test]
fn source_names() {
    let words = "use lower-case letters, digits, `-`, `_`, `.`";
    for name in ["../../x", "a/b", "", "x\\\".d", "A", "ü", "a b", "a\\nb"] {
        let text = format!("[charts]\n\"{name}\" = {{ source = 'file', path = 'x' }}\n");
        let name = name.replace("\\\"", "\"");
        says(&text, &format!("invalid chart name `{name}`: {words}"), "");
    }
    for (name, why) in [
        ("con", "Windows reserves this name"),
        ("aux.v1", "Windows reserves this name"),
        ("..", "begin and end with a lower-case letter or digit"),
        (".", "begin and end with a lower-case letter or digit"),
        ("-x", "begin and end with a lower-case letter or digit"),
        ("x.", "begin and end with a lower-case letter or digit"),
        (&"x".repeat(101), "use at most 100 characters"),
    ] {
        let text = format!("[resources]\n\"{name}\" = {{ source = 'builtin' }}\n");
        says(
            &text,
            &format!("invalid resource name `{name}`: {why}")
                .replace(&"x".repeat(101), &format!("{}…", "x".repeat(80))),
            "",
        );
    }
    says(
        "[plugins]\nk8s = { source = 'path', path = 'x' }",
        "invalid plugin name `k8s`: husako's own modules are imported by this name",
        "",
    );
}

#[test]
fn entry_names() {
    let names = [
        "", "../x", "a/../b", "/a", "a/", "a//b", "a/-b", "a/nul", "..", ".", "a\\\\b", "-x", " a",
        "nul", "a\\u0000",
    ];
    for name in names {
        let (message, _) = said(&format!("[entries]\n\"{name}\" = 'x.ts'\n"));
        assert!(message.starts_with("invalid entry name `"), "{message}");
    }
    let config = Config::parse(
        "[entries]\n\"Dev EU 1.2_x+é\" = 'x.ts'\n\"team/dev\" = 'y.ts'\n",
        Path::new("husako.toml"),
    );
    assert_eq!(config.unwrap().entries.len(), 2);
}

#[test]
fn versions() {
    let words = "use letters, digits, `.`, `-`, `_`, `+`";
    for (version, shown) in [
        ("../../etc", "../../etc"),
        ("1\\u0000", "1\\u{0}"),
        ("1\\n2", "1\\n2"),
        ("", ""),
        ("-1", "-1"),
    ] {
        let text = resource(&format!("source = 'release', version = \"{version}\""));
        says(&text, &format!("invalid version `{shown}`: {words}"), "");
    }
    says(
        &resource("source = 'git', repo = 'https://h/r', tag = '-x', path = 'p'"),
        "invalid tag `-x`: use letters, digits, `.`, `-`, `_`, `+`, `/`",
        "",
    );
}

#[test]
fn names_that_collide() {
    let text = "[charts]\na-b = { source = 'file', path = 'x' }\nc = { source = 'file', path = 'x' }\na_b = { source = 'file', path = 'y' }\n";
    assert_eq!(
        shown(text),
        "error: charts `a-b` and `a_b` generate the same module
 --> husako.toml:4:1
  |
4 | a_b = { source = 'file', path = 'y' }
  | ^^^
 --> husako.toml:2:1
  |
2 | a-b = { source = 'file', path = 'x' }
  | ^^^ the first is here
hint: rename one of them
"
    );
    // By case, on top of the error that upper case is.
    let (message, _) =
        said("[charts]\na = { source = 'file', path = 'x' }\nA = { source = 'file', path = 'x' }");
    assert!(message.starts_with("invalid chart name `A`"), "{message}");
    // A resource and a chart do not share modules.
    assert!(Config::parse(
        "[charts]\na-b = { source = 'file', path = 'x' }\n[resources]\na_b = { source = 'builtin' }\n",
        Path::new("husako.toml")
    )
    .is_ok());
}

#[test]
fn paths_outside() {
    let hint = "set `allow_outside_root = true` at the top of `husako.toml` to allow it";
    for path in ["../x", "a/../../x", "/etc/x", "C:\\\\x", "..\\\\x"] {
        let shown = path.replace("\\\\", "\\");
        for text in [
            resource(&format!("source = 'file', path = \"{path}\"")),
            chart(&format!("source = 'file', path = \"{path}\"")),
            format!("[plugins]\nx = {{ source = 'path', path = \"{path}\" }}"),
        ] {
            says(&text, &format!("path `{shown}` is outside the project"), hint);
            let allowed = format!("allow_outside_root = true\n{text}");
            assert!(Config::parse(&allowed, Path::new("husako.toml")).is_ok());
        }
    }
    // In a repository there is nothing to allow.
    let text = resource("source = 'git', repo = 'https://h/r', tag = 'v1', path = '../x'");
    says(
        &format!("allow_outside_root = true\n{text}"),
        "invalid path `../x`: it leads out of the repository",
        "",
    );
    says(&resource("source = 'file', path = ''"), "invalid path ``: it is empty", "");
}

#[test]
fn addresses() {
    for repo in ["--upload-pack=touch x", "ext::sh -c x", "-x"] {
        says(
            &resource(&format!("source = 'git', repo = '{repo}', tag = 'v1', path = 'p'")),
            &format!(
                "invalid repo `{repo}`: expected `https://`, `http://`, `ssh://` or `file://`, or `user@host:path`"
            ),
            "",
        );
    }
    says(
        &chart("source = 'artifacthub', package = 'x', version = '1'"),
        "invalid package `x`: expected `repository/package`",
        "",
    );
    says(
        &chart("source = 'oci', reference = 'docker.io/x', version = '1'"),
        "invalid reference `docker.io/x`: expected `oci://`",
        "",
    );
}

#[test]
fn clusters() {
    says(
        &resource("source = 'cluster'"),
        "no cluster is named for resource `x`",
        "add `context = \"…\"` (of the kubeconfig) or `server = \"https://…\"`",
    );
    says(
        &resource("source = 'cluster', cluster = 'dev'"),
        "unknown cluster `dev` for resource `x`",
        "add `[clusters.dev]` with its `server`",
    );
    says(
        &format!(
            "{}[clusters.staging]\nserver = 'https://x'\n",
            resource("source = 'cluster', cluster = 'stagin'")
        ),
        "unknown cluster `stagin` for resource `x`",
        "did you mean `staging`?",
    );
    says(
        &resource("source = 'cluster', server = 'https://x', context = 'y'"),
        "`context` and `server` name the cluster of resource `x` more than once",
        "keep one of them",
    );
    says(
        "[cluster]\nserver = 'https://x'\n[clusters.a]\nserver = 'https://y'\n",
        "both `[cluster]` and `[clusters]` are given",
        "give the cluster a name in `[clusters.NAME]` too",
    );
    says("[cluster]\n", "missing `server` for `[cluster]`", "add `server = \"…\"`");
    // One mistake is one error, not one for each use of the cluster.
    says(
        &format!("{}[cluster]\nserver = 'x'\n", resource("source = 'cluster'")),
        "invalid server `x`: expected `https://` or `http://`",
        "",
    );
    says(
        "[schemas]\n[resources]\n",
        "both `[resources]` and its old name `[schemas]` are given",
        "move what is in `[schemas]` to `[resources]`",
    );
}

#[test]
fn all_errors_at_once() {
    assert_eq!(
        shown("[chart]\n\n[resources]\nA = { source = 'file' }\nb = { source = 'release', version = '1/2' }\n"),
        "error: `husako.toml` has 4 errors
 --> husako.toml:1:2
  |
1 | [chart]
  |  ^^^^^ unknown key `chart`
 --> husako.toml:4:1
  |
4 | A = { source = 'file' }
  | ^ invalid resource name `A`: use lower-case letters, digits, `-`, `_`, `.`
 --> husako.toml:4:1
  |
4 | A = { source = 'file' }
  | ^ missing `path` for resource `A`
 --> husako.toml:5:37
  |
5 | b = { source = 'release', version = '1/2' }
  |                                     ^^^^^ invalid version `1/2`: use letters, digits, `.`, `-`, `_`, `+`
hint: line 1: did you mean `charts`?
hint: line 4: add `path = \"…\"`
"
    );
}

#[test]
fn secrets_are_never_shown() {
    for text in [
        resource("source = 'git', repo = 'https://me:hunter2@h/r', tag = 'v1', paht = 'p'"),
        resource("source = 'git', repo = 'ftp://me:hunter2@h/r', tag = 'v1', path = 'p'"),
        resource("source = 'git', repo = 'https://hunter2@h/r' tag"),
        resource("source = 'git', repo = 'https://me:hunter2 x@h/r', tag = 'v1', path = 'p'"),
        "[cluster]\nserver = 'https://x'\ntoken = 'hunter2'\n".to_owned(),
        "[entries]\n\"https://me:hunter2@h\" = 'x'\n".to_owned(),
        "x = 'https://me:hunter2@h'\n".to_owned(),
    ] {
        let error = error(&text);
        let all = format!("{}{error}{:?}", report(&error, Style::Plain), error.frames());
        assert!(!all.contains("hunter2"), "{all}");
        assert!(all.contains("****"), "{all}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever the text, there is a configuration or a report.
    #[test]
    fn any_text(text in any::<String>()) {
        if let Err(error) = Config::parse(&text, Path::new("husako.toml")) {
            prop_assert!(report(&error, Style::Plain).starts_with("error: "));
        }
    }

    /// The same for text that is nearly a configuration.
    #[test]
    fn nearly_right(
        lines in prop::collection::vec(
            prop_oneof![
                Just("[resources]"), Just("[charts]"), Just("[entries]"), Just("[clusters.a]"),
                Just("[[plugins]]"), Just("[schemas]"), Just("[resources.a-b]"), Just("[charts.a]"),
                Just("source = 'file'"), Just("path = '../x'"), Just("version = 1.5"),
                Just("a_b = { source = 'cluster' }"), Just("a.source = 'git'"), Just("a.repo = 1"),
                Just("'' = []"), Just("server = 'https://u:p@h'"), Just("c = { source = 'oci', version = '1' }"),
                Just("allow_outside_root = 1"), Just("\"\\u0000\" = 'x'"), Just("é = 1979-05-27"),
            ],
            0..8,
        )
    ) {
        let text = lines.join("\n");
        if let Err(error) = Config::parse(&text, Path::new("husako.toml")) {
            let shown = report(&error, Style::Plain);
            prop_assert!(shown.contains("husako.toml:"), "{}", shown);
        }
    }
}
