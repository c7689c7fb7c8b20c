//! Closed pipes, full disks, signals, terminals.

use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use husako_test_support::{Project, Run};

fn large() -> Project {
    Project::with(&[
        ("husako.toml", ""),
        (
            "a.ts",
            "import { build } from \"husako\";\nconst documents = [];\nfor (let i = 0; i < 5000; i++) documents.push({ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: `a-${i}` }, data: { x: \"y\".repeat(50) } });\nbuild(documents);\n",
        ),
    ])
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_silent() {
    let project = large();
    project.husako(&["generate"]).ok();
    let mut command = project.command(&["render", "a.ts"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 16];
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stdout_is_an_error() {
    let project = large();
    project.husako(&["generate"]).ok();
    let mut command = project.command(&["render", "a.ts"]);
    command.stdout(std::fs::File::options().write(true).open("/dev/full").unwrap());
    let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("failed to write to stdout"));
}

#[cfg(unix)]
fn signal(child: &std::process::Child, name: &str) {
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args([name, &id]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn interrupting_a_render() {
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let project = Project::with(&[
            ("husako.toml", ""),
            ("a.ts", "console.log(\"started\");\nwhile (true) {}\n"),
        ]);
        project.husako(&["generate"]).ok();
        let mut command = project.command(&["render", "a.ts", "-o", "out.yaml"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(500));
        let start = Instant::now();
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert!(start.elapsed() < Duration::from_secs(5));
        assert!(String::from_utf8(output.stderr).unwrap().contains("cancelling"));
        assert!(!project.path("out.yaml").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_or_a_hang_up_ends_at_once() {
    // The engine cannot be interrupted inside of this, so the first signal alone would have to
    // wait for it to be given up.
    let project = Project::with(&[("husako.toml", ""), ("a.ts", "Array(1e9).sort();\n")]);
    project.husako(&["generate"]).ok();
    for signals in [["-INT", "-INT"].as_slice(), &["-HUP"]] {
        let mut command = project.command(&["render", "a.ts"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(500));
        let start = Instant::now();
        for name in signals {
            signal(&child, name);
            std::thread::sleep(Duration::from_millis(100));
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{signals:?}");
        assert!(start.elapsed() < Duration::from_millis(1500), "{:?}", start.elapsed());
    }
}

#[cfg(unix)]
#[test]
fn interrupting_a_generate_leaves_nothing_half_written() {
    let project = Project::with(&[("husako.toml", "")]);
    let mut before = None;
    for delay in [5, 20, 40, 80, 120] {
        let mut command = project.command(&["generate", "--no-incremental"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        signal(&child, "-INT");
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 130)) || before.is_none(), "{output:?}");
        let types = project.path(".husako/types");
        if types.exists() {
            let text = project.read(".husako/types/k8s/apps/v1.d.ts");
            assert!(types.join("schemas.bin").is_file());
            assert_eq!(before.get_or_insert_with(|| text.clone()), &text);
        }
        let leftovers: Vec<_> = std::fs::read_dir(project.path(".husako"))
            .map(|entries| entries.map(|entry| entry.unwrap().file_name()).collect())
            .unwrap_or_default();
        assert!(
            output.status.code().is_none()
                || leftovers.iter().all(|name| !name.to_string_lossy().starts_with(".tmp")),
            "{leftovers:?}"
        );
    }
    project.husako(&["generate"]).ok();
}

#[test]
fn no_control_codes_without_a_terminal() {
    let project = Project::with(&[("husako.toml", ""), ("a.ts", "const a = ;\n")]);
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "20")] {
        let mut command = project.command(&["render", "a.ts"]);
        command.env(name, value);
        let run = Run::of(command).fails(3, &["a.ts"]);
        assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
    }
    let colored = project.husako(&["render", "a.ts", "--color", "always"]).fails(3, &["\u{1b}["]);
    assert!(colored.stderr.contains("error:"));
}

#[cfg(unix)]
#[test]
fn output_follows_links_and_keeps_modes() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = Project::with(&[
        ("husako.toml", ""),
        (
            "a.ts",
            "import { build } from \"husako\";\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: \"a\" } });\n",
        ),
        ("real/out.yaml", "old\n"),
    ]);
    std::fs::set_permissions(project.path("real/out.yaml"), std::fs::Permissions::from_mode(0o640))
        .unwrap();
    symlink("real/out.yaml", project.path("out.yaml")).unwrap();
    project.husako(&["render", "a.ts", "-o", "out.yaml"]).ok();
    assert!(project.path("out.yaml").symlink_metadata().unwrap().is_symlink());
    assert!(project.read("real/out.yaml").starts_with("apiVersion: v1"));
    assert_eq!(
        project.path("real/out.yaml").metadata().unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn the_same_bytes_in_every_environment() {
    let project = large();
    project.husako(&["generate"]).ok();
    let render = |name: &str, value: &str| {
        let mut command = project.command(&["render", "a.ts"]);
        command.env(name, value);
        Run::of(command).ok().stdout
    };
    let plain = render("LC_ALL", "C");
    assert_eq!(render("LC_ALL", "tr_TR.UTF-8"), plain);
    assert_eq!(render("SOURCE_DATE_EPOCH", "0"), plain);
    assert_eq!(render("TZ", "Asia/Kathmandu"), plain);
}
