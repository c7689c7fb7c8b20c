//! Time and memory of whole processes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

use crate::Result;

/// A command that is timed.
pub(crate) struct Candidate {
    pub(crate) name: String,
    pub(crate) command: Vec<String>,
    /// The folder in which it runs.
    pub(crate) directory: std::path::PathBuf,
}

/// What the runs of a candidate gave.
pub(crate) struct Figures {
    /// The median of the wall times.
    pub(crate) time: Duration,
    /// The largest peak of the resident set, in KiB.
    pub(crate) peak_kib: i64,
}

/// Runs all candidates in turn, `rounds` times, after one round that does not count.
pub(crate) fn interleaved(candidates: &[Candidate], rounds: usize) -> Result<Vec<Figures>> {
    let own = std::env::current_exe()?;
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); candidates.len()];
    let mut peaks = vec![0; candidates.len()];
    for round in 0..=rounds {
        for (index, candidate) in candidates.iter().enumerate() {
            let (time, peak) = once(&own, candidate)?;
            if round > 0 {
                times[index].push(time);
                peaks[index] = peak.max(peaks[index]);
            }
        }
    }
    Ok(times
        .into_iter()
        .zip(peaks)
        .map(|(mut times, peak_kib)| {
            times.sort();
            Figures { time: times[times.len() / 2], peak_kib }
        })
        .collect())
}

/// Runs a candidate in a process of its own that has no other children.
fn once(own: &Path, candidate: &Candidate) -> Result<(Duration, i64)> {
    let output = Command::new(own)
        .arg("measure")
        .args(&candidate.command)
        .current_dir(&candidate.directory)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let (nanoseconds, peak) =
        text.trim().split_once(' ').ok_or_else(|| format!("{} failed", candidate.name))?;
    Ok((Duration::from_nanos(nanoseconds.parse()?), peak.parse()?))
}

/// Runs the command once and prints its wall time in nanoseconds and its peak memory in KiB.
pub(crate) fn child(command: &[&str]) -> Result<()> {
    let [program, arguments @ ..] = command else { return Err("no command".into()) };
    let start = Instant::now();
    let output = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()?;
    let time = start.elapsed();
    if !output.status.success() {
        return Err(format!(
            "{} failed: {}",
            command.join(" "),
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    println!("{} {}", time.as_nanos(), getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss());
    Ok(())
}
