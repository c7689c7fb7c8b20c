//! End to end, without network: new, generate, render of many entries, a failing one among good
//! ones.

use std::fmt::Write;

use husako_test_support::{Project, husako};

const CONFIG: &str = "[entries]\na = \"a.ts\"\nb = \"b.ts\"\nc = \"c.ts\"\n";

fn config_map(name: &str) -> String {
    format!(
        "import {{ build, name }} from \"husako\";\nimport {{ ConfigMap }} from \"k8s/core/v1\";\nbuild([ConfigMap().metadata(name(\"{name}\")).data({{ key: \"no\" }})]);\n"
    )
}

fn rendered(name: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  key: 'no'\n")
}

#[test]
fn new_project_renders_at_once() {
    for template in ["simple", "project", "multi-env"] {
        let project = Project::empty();
        project.husako(&["new", "my-app", "--template", template]).ok();
        let run = project.husako(&["-C", "my-app", "render", "--all"]).ok();
        assert!(run.stdout.starts_with("apiVersion: "), "{}", run.stdout);
        assert!(
            run.stderr.contains("generating types (types were never generated)"),
            "{}",
            run.stderr
        );
        assert!(project.path("my-app/.husako/types/k8s/apps/v1.d.ts").is_file());
        assert!(project.path("my-app/husako.lock").is_file());
        assert!(project.path("my-app/tsconfig.json").is_file());
        let again = project.husako(&["-C", "my-app", "render", "--all"]).ok();
        assert_eq!(again.stdout, run.stdout);
        assert_eq!(again.stderr, "");
    }
}

#[test]
fn init_keeps_what_is_there() {
    let project = Project::with(&[(".gitignore", "mine\n")]);
    project.husako(&["init"]).ok();
    assert_eq!(project.read(".gitignore"), "mine\n");
    project.husako(&["render", "--all"]).ok();
    project.husako(&["init"]).fails(2, &["husako.toml` exists already"]);
}

#[test]
fn generate_again_has_nothing_to_do() {
    let project = Project::with(&[("husako.toml", CONFIG)]);
    project.husako(&["generate"]).ok();
    let types = project.read(".husako/types/k8s/apps/v1.d.ts");
    assert!(types.contains("Deployment"));
    let lock = project.read("husako.lock");
    let run = project.husako(&["gen"]).ok();
    assert_eq!(run.stderr, "types are up to date\n");
    project.husako(&["generate", "--no-incremental"]).ok();
    assert_eq!(project.read(".husako/types/k8s/apps/v1.d.ts"), types);
    assert_eq!(project.read("husako.lock"), lock);
}

#[test]
fn many_entries_come_in_the_order_asked_for() {
    let names: Vec<String> = (0..40).map(|index| format!("entry-{index:02}")).collect();
    let mut config = String::from("[entries]\n");
    let project = Project::empty();
    for (index, name) in names.iter().enumerate() {
        writeln!(config, "{name} = \"{name}.ts\"").unwrap();
        // The earlier an entry, the longer it takes.
        let busy = (40 - index) * 2_000;
        let source = format!(
            "let n = 0; for (let i = 0; i < {busy}; i++) n += i;\n{}",
            config_map(&format!("{name}-{busy}"))
        );
        project.write(&format!("{name}.ts"), source);
    }
    project.write("husako.toml", config);
    let expected: Vec<String> = (0..40)
        .map(|index| rendered(&format!("entry-{index:02}-{}", (40 - index) * 2_000)))
        .collect();
    let all = project.husako(&["render", "--all"]).ok();
    assert_eq!(all.stdout, expected.join("---\n"));
    for jobs in ["1", "7"] {
        assert_eq!(project.husako(&["render", "--all", "--jobs", jobs]).ok().stdout, all.stdout);
    }
    let some = project.husako(&["render", "entry-07", "entry-03"]).ok();
    assert_eq!(some.stdout, format!("{}---\n{}", expected[7], expected[3]));
    let glob = project.husako(&["render", "entry-1*.ts"]).ok();
    assert_eq!(glob.stdout, expected[10..20].join("---\n"));
}

#[test]
fn a_failing_entry_loses_nothing_of_the_others() {
    let project = Project::with(&[
        ("husako.toml", CONFIG),
        ("a.ts", &config_map("a")),
        ("b.ts", "const b: string = ;\n"),
        ("c.ts", &config_map("c")),
    ]);
    let run = project.husako(&["render", "--all"]).fails(3, &["error: ", "b.ts", "--> b.ts:1:19"]);
    assert_eq!(run.stdout, format!("{}---\n{}", rendered("a"), rendered("c")));

    project.write("out/b.yaml", "earlier: true\n");
    project.husako(&["render", "--all", "-o", "out"]).fails(3, &["b.ts"]);
    assert_eq!(project.read("out/a.yaml"), rendered("a"));
    assert_eq!(project.read("out/b.yaml"), "earlier: true\n");
    assert_eq!(project.read("out/c.yaml"), rendered("c"));
}

#[test]
fn failures_are_listed_in_order_and_the_first_one_decides() {
    let project = Project::with(&[
        ("husako.toml", CONFIG),
        ("a.ts", "throw new Error(\"first\");\n"),
        ("b.ts", "const b: string = ;\n"),
        ("c.ts", "export {};\n"),
    ]);
    project.husako(&["render", "--all"]).fails(4, &["a.ts", "first", "b.ts", "c.ts", "build()"]);
    project.husako(&["render", "c", "a"]).fails(7, &["c.ts", "a.ts"]);
}

#[test]
fn output_to_a_file_or_a_folder() {
    let project = Project::with(&[
        ("husako.toml", CONFIG),
        ("a.ts", &config_map("a")),
        ("b.ts", &config_map("b")),
        ("c.ts", &config_map("c")),
        ("env/dev.ts", &config_map("dev")),
    ]);
    project.husako(&["render", "a", "-o", "one.yaml"]).ok();
    assert_eq!(project.read("one.yaml"), rendered("a"));
    project.husako(&["render", "a", "-o", "folder/"]).ok();
    assert_eq!(project.read("folder/a.yaml"), rendered("a"));
    project.husako(&["render", "env/dev.ts", "-o", "folder"]).ok();
    assert_eq!(project.read("folder/env/dev.yaml"), rendered("dev"));
    let json = project.husako(&["render", "a", "b", "--format", "json"]).ok();
    let list: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(list["kind"], "List");
    assert_eq!(list["items"][1]["metadata"]["name"], "b");
    project.write("A.ts", config_map("A"));
    project.husako(&["render", "a", "A.ts", "-o", "x/"]).fails(2, &["`a` and `A.ts`", "x/A.yaml"]);
}

#[test]
fn check_writes_nothing() {
    let project = Project::with(&[
        ("husako.toml", CONFIG),
        ("a.ts", &config_map("a")),
        (
            "b.ts",
            "import { build } from \"husako\";\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: \"b\" }, dat: {} });\n",
        ),
    ]);
    let run = project.husako(&["check", "a"]).ok();
    assert_eq!(run.stdout, "");
    project
        .husako(&["check", "b"])
        .fails(7, &["doc[0] at $.dat: unknown field", "did you mean `data`"]);
}

#[test]
fn clean_and_version() {
    let project = Project::with(&[("husako.toml", CONFIG)]);
    assert_eq!(project.husako(&["clean"]).ok().stderr, "nothing to remove\n");
    project.husako(&["generate"]).ok();
    project.husako(&["clean"]).ok();
    assert!(!project.path(".husako").exists());
    let version = project.husako(&["version"]).ok().stdout;
    assert!(version.starts_with(concat!("husako ", env!("CARGO_PKG_VERSION"))), "{version}");
    let json = project.husako(&["version", "--format", "json"]).ok().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(project.husako(&["completions", shell]).ok().stdout.contains("husako"));
    }
}

#[test]
fn help_has_examples_everywhere() {
    let run = husako_test_support::Run::of({
        let mut command = husako();
        command.arg("--help");
        command
    })
    .ok();
    assert!(run.stdout.contains("Examples:"));
    for command in ["new", "init", "generate", "render", "check", "completions"] {
        let mut help = husako();
        help.args([command, "--help"]);
        assert!(husako_test_support::Run::of(help).ok().stdout.contains("Examples:"), "{command}");
    }
}
