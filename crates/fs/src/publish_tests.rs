//! Publishing under `kill -9`, with real processes: this test binary runs itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::FsError;
use crate::faults::{self, PAUSE_AT, PAUSE_MARK, REFUSE};
use crate::{Staging, recover};

const DEST: &str = "HUSAKO_FS_TEST_DEST";
const GENERATIONS: &str = "HUSAKO_FS_TEST_GENERATIONS";

/// The way of publishing that is left when these operations are refused.
const EXCHANGE: &str = "";
const RENAME: &str = "exchange";
const COPY: &str = "exchange,rename away";

const FILES: [&str; 4] = ["a", "b/c", "b/d/e", "z"];

/// Every file of a generation holds its number.
fn publish(dest: &Path, generation: u32) -> Result<(), FsError> {
    let staging = Staging::new(dest)?;
    for file in FILES {
        staging.write(file, generation.to_string().as_bytes())?;
    }
    staging.publish()
}

/// The generation at `dest`, which must be whole.
fn generation(dest: &Path) -> u32 {
    let numbers: BTreeSet<u32> = FILES
        .iter()
        .map(|file| fs::read_to_string(dest.join(file)).unwrap().parse().unwrap())
        .collect();
    assert_eq!(numbers.len(), 1, "mixed generations: {numbers:?}");
    numbers.into_iter().next().unwrap()
}

fn leftovers(dest: &Path) -> Vec<PathBuf> {
    fs::read_dir(dest.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(".tmp-"))
        .collect()
}

/// What the other processes run: publishes one generation after the other.
#[test]
#[ignore = "run by the tests below in processes of their own"]
fn child() {
    let dest = PathBuf::from(std::env::var_os(DEST).unwrap());
    let generations = std::env::var(GENERATIONS).unwrap();
    let (from, to) = generations.split_once("..").unwrap();
    for number in from.parse().unwrap()..to.parse().unwrap() {
        publish(&dest, number).unwrap();
    }
}

fn spawn(dest: &Path, generations: &str, refused: &str, pause: Option<(&str, &Path)>) -> Killed {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["publish_tests::child", "--exact", "--ignored"])
        .env(DEST, dest)
        .env(GENERATIONS, generations)
        .env(REFUSE, refused)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some((point, mark)) = pause {
        command.env(PAUSE_AT, point).env(PAUSE_MARK, mark);
    }
    Killed(command.spawn().unwrap())
}

/// A process that does not outlive its test.
struct Killed(Child);

impl Killed {
    /// `SIGKILL`, and the end of the process.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait_for(mark: &Path) {
    let started = Instant::now();
    while !mark.exists() {
        assert!(started.elapsed() < Duration::from_secs(30), "the process never came there");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn first_and_next_generation() {
    for refused in [EXCHANGE, RENAME, COPY] {
        let folder = tempfile::tempdir().unwrap();
        let dest = folder.path().join("types");
        let _faults: Vec<_> = refused
            .split(',')
            .map(|operation| match operation {
                "exchange" => faults::inject("exchange"),
                "rename away" => faults::inject("rename away"),
                _ => faults::inject("nothing"),
            })
            .collect();
        publish(&dest, 1).unwrap();
        assert_eq!(generation(&dest), 1);
        fs::write(dest.join("stale"), "").unwrap();
        publish(&dest, 2).unwrap();
        assert_eq!(generation(&dest), 2);
        assert!(!dest.join("stale").exists());
        assert!(leftovers(&dest).is_empty());
    }
}

#[test]
fn killed_at_every_step() {
    let steps = [
        (EXCHANGE, "staged", 1),
        (EXCHANGE, "exchanged", 2),
        (EXCHANGE, "published", 2),
        (RENAME, "staged", 1),
        (RENAME, "moved away", 1),
        (RENAME, "moved in", 2),
        (RENAME, "published", 2),
        (COPY, "copied", 1),
        (COPY, "marked", 1),
        (COPY, "taken apart", 1),
        (COPY, "moved in", 2),
    ];
    for (refused, point, expected) in steps {
        let folder = tempfile::tempdir().unwrap();
        let (dest, mark) = (folder.path().join("types"), folder.path().join("mark"));
        publish(&dest, 1).unwrap();
        let process = spawn(&dest, "2..3", refused, Some((point, &mark)));
        wait_for(&mark);
        if refused == EXCHANGE {
            assert_eq!(generation(&dest), expected, "seen by others at `{point}`");
        }
        process.kill();
        if point == "marked" {
            // As if it had been killed while it removed the old files.
            fs::remove_file(dest.join("a")).unwrap();
        }
        assert_eq!(leftovers(&dest).len(), 1);

        let healed = recover(&dest).unwrap();
        assert_eq!(generation(&dest), expected, "after `{point}`");
        assert_eq!(healed, matches!(point, "moved away" | "marked" | "taken apart"), "{point}");
        assert!(leftovers(&dest).is_empty(), "{point}");
        assert!(!recover(&dest).unwrap());

        publish(&dest, 3).unwrap();
        assert_eq!(generation(&dest), 3);
    }
}

#[test]
fn the_next_publisher_heals_too() {
    let folder = tempfile::tempdir().unwrap();
    let (dest, mark) = (folder.path().join("types"), folder.path().join("mark"));
    publish(&dest, 1).unwrap();
    let process = spawn(&dest, "2..3", RENAME, Some(("moved away", &mark)));
    wait_for(&mark);
    process.kill();
    assert!(!dest.exists());
    // What it wants to keep of the old generation is there again.
    let staging = Staging::new(&dest).unwrap();
    staging.link_or_copy(&dest.join("a"), "a").unwrap();
    staging.publish().unwrap();
    assert_eq!(fs::read_to_string(dest.join("a")).unwrap(), "1");
    assert!(!dest.join("z").exists());
    assert!(leftovers(&dest).is_empty());
}

#[test]
fn the_living_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (dest, mark) = (folder.path().join("types"), folder.path().join("mark"));
    publish(&dest, 1).unwrap();
    let process = spawn(&dest, "2..3", EXCHANGE, Some(("staged", &mark)));
    wait_for(&mark);
    publish(&dest, 3).unwrap();
    assert_eq!(leftovers(&dest).len(), 1);
    process.kill();
    recover(&dest).unwrap();
    assert_eq!(generation(&dest), 3);
    assert!(leftovers(&dest).is_empty());
}

#[test]
fn killed_at_any_instant() {
    for refused in [EXCHANGE, RENAME, COPY] {
        let folder = tempfile::tempdir().unwrap();
        let dest = folder.path().join("types");
        publish(&dest, 0).unwrap();
        let mut newest = 0;
        for round in 0..12 {
            let process = spawn(&dest, &format!("{}..1000000", newest + 1), refused, None);
            // Unlike instants, without a source of chance.
            thread::sleep(Duration::from_millis(12 + round * 7 % 23));
            process.kill();
            recover(&dest).unwrap();
            let found = generation(&dest);
            assert!(found >= newest, "went back from {newest} to {found}");
            newest = found;
            assert!(leftovers(&dest).is_empty());
        }
        assert!(newest > 0, "no process published anything");
    }
}

#[test]
fn two_processes_at_once() {
    for refused in [EXCHANGE, RENAME] {
        let folder = tempfile::tempdir().unwrap();
        let dest = folder.path().join("types");
        publish(&dest, 0).unwrap();
        let mut processes =
            [spawn(&dest, "1000..1150", refused, None), spawn(&dest, "2000..2150", refused, None)];
        let mut samples = 0;
        while processes.iter_mut().any(|process| process.0.try_wait().unwrap().is_none()) {
            samples += u32::from(sample(&dest, refused == EXCHANGE));
        }
        for process in &mut processes {
            assert!(process.0.wait().unwrap().success());
        }
        assert!(samples > 0, "the folder was never read");
        assert!([1149, 2149].contains(&generation(&dest)));
        assert!(leftovers(&dest).is_empty());
    }
}

/// Looks at the folder as a reader that keeps it open; whether it could be read whole.
///
/// A publisher removes the old generation while it may still be read, so that files can be
/// missing, but never are of different generations.
fn sample(dest: &Path, always_there: bool) -> bool {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let Ok(open) = openat(CWD, dest, OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty()) else {
        assert!(!always_there, "the folder was away for a moment");
        return false;
    };
    let mut numbers = BTreeSet::new();
    for file in FILES {
        let Ok(file) = openat(&open, file, OFlags::RDONLY, Mode::empty()) else { return false };
        let mut text = String::new();
        std::io::Read::read_to_string(&mut fs::File::from(file), &mut text).unwrap();
        numbers.insert(text);
    }
    assert_eq!(numbers.len(), 1, "mixed generations: {numbers:?}");
    true
}

#[test]
fn what_is_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let dest = folder.path().join("types");
    fs::write(&dest, "mine").unwrap();
    assert_eq!(
        publish(&dest, 1).unwrap_err().to_string(),
        format!("expected a folder, but `{}` is a file", dest.display())
    );
    assert_eq!(fs::read(&dest).unwrap(), b"mine");
    assert!(leftovers(&dest).is_empty());

    // A link is replaced; what it leads to is not touched.
    fs::remove_file(&dest).unwrap();
    let precious = folder.path().join("precious");
    fs::create_dir(&precious).unwrap();
    fs::write(precious.join("file"), "mine").unwrap();
    std::os::unix::fs::symlink(&precious, &dest).unwrap();
    publish(&dest, 2).unwrap();
    assert_eq!(generation(&dest), 2);
    assert_eq!(fs::read(precious.join("file")).unwrap(), b"mine");
    assert!(leftovers(&dest).is_empty());
}

/// Only what is called and built as ours is swept.
#[test]
fn foreign_folders_stay() {
    let folder = tempfile::tempdir().unwrap();
    let dest = folder.path().join("types");
    let names =
        [".tmp-types", ".tmp-types.short", ".tmp-types.x.abcdefghijkl", ".tmp-other.abcdefghijkl"];
    for name in names {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("lock"), "").unwrap();
    }
    // Something without a lock file was not made here.
    fs::create_dir(folder.path().join(".tmp-types.abcdefghijkl")).unwrap();
    fs::write(folder.path().join(".tmp-types.abcdefghijkl/file"), "").unwrap();
    // An empty one may be: of a process that was killed at once.
    fs::create_dir(folder.path().join(".tmp-types.bcdefghijklm")).unwrap();
    publish(&dest, 1).unwrap();
    assert_eq!(leftovers(&dest).len(), 5);
    // With one that nobody holds it is a dead one.
    fs::write(folder.path().join(".tmp-types.abcdefghijkl/lock"), "").unwrap();
    publish(&dest, 2).unwrap();
    assert_eq!(leftovers(&dest).len(), 4);
}

#[test]
fn read_only_parents_are_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let parent = folder.path().join("parent");
    let dest = parent.join("types");
    publish(&dest, 1).unwrap();
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o555)).unwrap();
    let result = publish(&dest, 2);
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o755)).unwrap();
    // The super-user may write anywhere.
    match result {
        Ok(()) => assert_eq!(generation(&dest), 2),
        Err(error) => {
            assert_eq!(error.to_string(), format!("failed to create `{}`", parent.display()));
            assert_eq!(generation(&dest), 1);
        }
    }
    assert!(leftovers(&dest).is_empty());
}

/// Without locks, age and patience tell the dead.
#[test]
fn without_locks() {
    let folder = tempfile::tempdir().unwrap();
    let (dest, mark) = (folder.path().join("types"), folder.path().join("mark"));
    publish(&dest, 1).unwrap();
    let process = spawn(&dest, "2..3", &format!("{RENAME},lock"), Some(("moved away", &mark)));
    wait_for(&mark);
    process.kill();
    let _fault = faults::inject("lock");
    assert!(recover(&dest).unwrap());
    assert_eq!(generation(&dest), 1);
    publish(&dest, 2).unwrap();
    assert_eq!(generation(&dest), 2);
}
