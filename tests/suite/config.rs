//! What is wrong with a project's configuration and paths, and how it is said.

use husako_test_support::Project;

const ENTRY: &str = "import { build, name } from \"husako\";\nimport { ConfigMap } from \"k8s/core/v1\";\nbuild(ConfigMap().metadata(name(\"a\")));\n";

fn configured(config: &str) -> Project {
    Project::with(&[("husako.toml", config), ("a.ts", ENTRY)])
}

#[test]
fn no_project() {
    Project::empty().husako(&["render", "a.ts"]).fails(
        2,
        &["error: no `husako.toml` found in `", "or its parents", "hint: run `husako new`"],
    );
}

#[test]
fn toml_syntax_with_place_and_line() {
    configured("[entries]\ndev = = 1\n")
        .husako(&["generate"])
        .fails(2, &["failed to parse `husako.toml`", "husako.toml:2:7", "dev = = 1"]);
}

#[test]
fn unknown_keys_with_the_nearest_one() {
    configured("[chart]\n")
        .husako(&["generate"])
        .fails(2, &["unknown key `chart`", "hint: did you mean `charts`?"]);
    configured("[resources]\nk8s = { source = \"builtin\", versoin = \"1.37\" }\n")
        .husako(&["generate"])
        .fails(2, &["unknown key `versoin`", "did you mean `version`?"]);
    configured("[resources]\nk8s = { source = \"bultin\" }\n")
        .husako(&["generate"])
        .fails(2, &["bultin", "did you mean `builtin`?"]);
}

#[test]
fn hostile_source_names_write_nothing() {
    for name in ["../../x", "a/b", "con", "", "x\\\".d"] {
        let project =
            configured(&format!("[charts]\n\"{name}\" = {{ source = \"file\", path = \"c\" }}\n"));
        project.husako(&["generate"]).fails(2, &["invalid chart name `"]);
        assert!(!project.path(".husako").exists());
    }
}

#[test]
fn hostile_versions() {
    for version in ["../../etc", "a\\u0000b", "1\\n2"] {
        configured(&format!(
            "[resources]\nk8s = {{ source = \"release\", version = \"{version}\" }}\n"
        ))
        .husako(&["generate"])
        .fails(2, &["invalid version"]);
    }
}

#[test]
fn names_that_make_the_same_module() {
    configured(
        "[charts]\na-b = { source = \"file\", path = \"x\" }\na_b = { source = \"file\", path = \"y\" }\n",
    )
    .husako(&["generate"])
    .fails(2, &["a-b", "a_b", "same module"]);
}

#[test]
fn other_built_in_versions() {
    configured("[resources]\nk8s = { source = \"builtin\", version = \"1.20\" }\n")
        .husako(&["generate"])
        .fails(2, &["`1.20` is not built in", "1.37", "hint: use `{ source = \"release\""]);
    configured("[resources]\nk8s = { source = \"builtin\", version = \"1.37\" }\n")
        .husako(&["generate"])
        .ok();
}

#[test]
fn file_sources_that_are_not_there_or_not_usable() {
    let project = configured("[resources]\nmine = { source = \"file\", path = \"./crds\" }\n");
    project.husako(&["generate"]).fails(2, &["resources.mine", "./crds"]);
    std::fs::create_dir(project.path("crds")).unwrap();
    project
        .husako(&["generate"])
        .fails(2, &["resources.mine", "no `.yaml`, `.yml` or `.json` file", "./crds"]);
    let chart = configured("[charts]\nmine = { source = \"file\", path = \"chart\" }\n");
    std::fs::create_dir(chart.path("chart")).unwrap();
    chart.husako(&["generate"]).fails(2, &["charts.mine", "no `values.schema.json`"]);
}

#[cfg(unix)]
#[test]
fn a_fifo_does_not_hang() {
    let project = configured("[resources]\nmine = { source = \"file\", path = \"pipe\" }\n");
    let made = std::process::Command::new("mkfifo").arg(project.path("pipe")).status().unwrap();
    assert!(made.success());
    project.husako(&["generate"]).fails(2, &["resources.mine", "pipe", "named pipe"]);
}

#[cfg(unix)]
#[test]
fn file_sources_stay_in_the_project() {
    let outside = Project::with(&[("crd.yaml", "kind: Nothing\n")]);
    let dots = configured("[resources]\nmine = { source = \"file\", path = \"../crd.yaml\" }\n");
    dots.husako(&["generate"])
        .fails(2, &["path `../crd.yaml` is outside the project", "allow_outside_root"]);
    let link = configured("[resources]\nmine = { source = \"file\", path = \"link.yaml\" }\n");
    std::os::unix::fs::symlink(outside.path("crd.yaml"), link.path("link.yaml")).unwrap();
    link.husako(&["generate"]).fails(2, &["path `link.yaml` is outside the project"]);
}

#[test]
fn lockfiles_that_cannot_be_used_stay_untouched() {
    for (text, part) in [
        ("version = 1\n[[resource", "husako.lock"),
        ("<<<<<<< HEAD\nversion = 1\n=======\nversion = 1\n>>>>>>> b\n", "merge"),
        ("version = 99\n", "99"),
    ] {
        let project = configured("");
        project.write("husako.lock", text);
        project.husako(&["generate"]).fails(2, &["failed to read lockfile", part, "hint: "]);
        assert_eq!(project.read("husako.lock"), text);
    }
}

#[test]
fn locked_refuses_to_change_the_lockfile() {
    let project = configured("");
    project
        .husako(&["generate", "--locked"])
        .fails(2, &["`husako.lock` needs to change", "--locked"]);
    project.husako(&["generate"]).ok();
    project.husako(&["generate", "--locked", "--no-incremental"]).ok();
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let project = configured("");
    project.write("husako.toml", "\u{feff}[entries]\na = \"a.ts\"\n");
    project.husako(&["render", "a"]).ok();
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_not_utf_8_is_no_panic() {
    use std::os::unix::ffi::OsStrExt;
    let base = Project::empty();
    let root = base.root().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("husako.toml"), "").unwrap();
    std::fs::write(root.join("a.ts"), ENTRY).unwrap();
    let mut command = husako_test_support::husako();
    command.current_dir(&root).args(["render", "a.ts"]);
    let run = husako_test_support::Run::of(command);
    assert!(run.code == 0 || (run.code == 2 && run.stderr.contains("caf")), "{run:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_cannot_be_written_loses_nothing() {
    // The tests may run as root, whom modes do not stop, so a file stands where a folder has to
    // go.
    let project = configured("");
    project.husako(&["generate"]).ok();
    let types = project.read(".husako/types/k8s/apps/v1.d.ts");
    std::fs::rename(project.path(".husako/types"), project.path("kept")).unwrap();
    std::fs::remove_dir_all(project.path(".husako")).unwrap();
    project.write(".husako", "a file\n");
    project.husako(&["generate"]).fails(1, &["failed to write"]);
    assert_eq!(project.read(".husako"), "a file\n");
    assert_eq!(project.read("kept/k8s/apps/v1.d.ts"), types);
}

#[cfg(target_os = "linux")]
#[test]
fn a_write_that_fails_half_way_keeps_the_old_types() {
    let project = configured("");
    project.husako(&["generate"]).ok();
    let types = project.read(".husako/types/k8s/apps/v1.d.ts");
    // A limit on the size of files stands for a full disk: writes fail after some bytes.
    let mut command = std::process::Command::new("sh");
    let husako = husako_test_support::husako();
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" generate --no-incremental"])
        .arg(husako.get_program())
        .current_dir(project.root());
    husako_test_support::Run::of(command).fails(1, &["failed to write", "file too large"]);
    assert_eq!(project.read(".husako/types/k8s/apps/v1.d.ts"), types);
    let left: Vec<_> = std::fs::read_dir(project.path(".husako"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    project.husako(&["render", "a.ts"]).ok();
}
