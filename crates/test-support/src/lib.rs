//! What the tests that run the binary share. A failure of the machinery itself is a panic.

#![expect(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a panic is how a test fails, and files of tests need no care"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that is removed at the end, in which the binary runs.
#[derive(Debug)]
pub struct Project {
    directory: tempfile::TempDir,
}

impl Project {
    /// An empty folder.
    #[must_use]
    pub fn empty() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    /// A folder with these files.
    #[must_use]
    pub fn with(files: &[(&str, &str)]) -> Self {
        let project = Self::empty();
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.directory.path()
    }

    /// A path in the folder.
    #[must_use]
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// Writes a file, making its folders.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The text of a file.
    #[must_use]
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs the binary in the folder.
    #[must_use]
    pub fn husako(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments))
    }

    /// The binary in the folder, not yet started.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = husako();
        command.current_dir(self.root()).args(arguments);
        command
    }
}

/// The binary, free of the settings of whoever runs the tests.
#[must_use]
pub fn husako() -> Command {
    let mut command = Command::new(binary());
    command.env_remove("NO_COLOR").env_remove("HUSAKO_CACHE_DIR").env("TERM", "xterm");
    command
}

/// Cargo builds the binary before the tests of its package, one folder above theirs.
fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let name = format!("husako{}", std::env::consts::EXE_SUFFIX);
    test.parent().and_then(Path::parent).unwrap().join(name)
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Run {
    /// The exit code; -1 if a signal ended it.
    pub code: i32,
    /// What it wrote to stdout.
    pub stdout: String,
    /// What it wrote to stderr.
    pub stderr: String,
}

impl Run {
    /// Runs a command to its end.
    #[must_use]
    pub fn of(mut command: Command) -> Self {
        let output: Output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The run, which must have ended well.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "stderr:\n{}", self.stderr);
        self
    }

    /// The run, which must have ended so, with a message that has these parts in this order.
    #[track_caller]
    pub fn fails(self, code: i32, parts: &[&str]) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        let mut rest = self.stderr.as_str();
        for part in parts {
            let Some(at) = rest.find(part) else {
                panic!("`{part}` is not in (the rest of) stderr:\n{}", self.stderr);
            };
            rest = &rest[at + part.len()..];
        }
        self
    }
}

/// Copies a project without what husako generates in it, and without what it is expected to render.
pub fn copy_project(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let is_made = [".husako", "expected", "husako.lock", "tsconfig.json"];
        if is_made.iter().any(|made| name == *made) {
            continue;
        }
        let target = to.join(&name);
        if entry.file_type().unwrap().is_dir() {
            copy_project(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
