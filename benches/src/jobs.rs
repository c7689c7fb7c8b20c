//! The headline jobs.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::{Candidate, Figures, interleaved};
use crate::{Result, corpus, entries};

/// Runs all jobs and prints a Markdown table.
pub(crate) fn run(rounds: usize) -> Result<()> {
    let husako = build()?;
    let own = std::env::current_exe()?.display().to_string();
    let folder = tempfile::tempdir()?;
    println!("Medians of {rounds} interleaved runs of whole processes.\n");
    println!("| job | husako | peak | bare program | peak | ratio |");
    println!("|---|---|---|---|---|---|");

    if let Some(documents) = corpus().map(|corpus| corpus.join("openapi/v1.34")) {
        let project = folder.path().join("generate");
        write(&project.join("husako.toml"), "")?;
        let documents = documents.display().to_string();
        let forced = ["generate", "--spec-dir", &documents, "--no-incremental"];
        once(&husako, &project, &forced)?;
        let bytes = size_of(&project.join(".husako/types"))?.to_string();
        let output = folder.path().join("bytes").display().to_string();
        job(
            "generate from a server's documents on disk",
            candidate("husako", &project, &[&husako, forced[0], forced[1], forced[2], forced[3]]),
            candidate("bare", &project, &[&own, "bare-generate", &documents, &output, &bytes]),
            rounds,
        )?;
        job(
            "generate with nothing to do",
            candidate("husako", &project, &[&husako, "generate", "--spec-dir", &documents]),
            candidate("bare", &project, &[&own, "bare-start"]),
            rounds,
        )?;
    }

    for (name, documents, count) in [
        ("render one entry with 4 documents", 4, 1),
        ("render one entry with 4,000 documents", 4_000, 1),
        ("render 200 entries with 4 documents each", 4, 200),
    ] {
        let project = folder.path().join(format!("render-{documents}-{count}"));
        write(&project.join("husako.toml"), "")?;
        let mut ours = vec![husako.clone(), "render".to_owned()];
        let mut bare = vec![own.clone(), "bare-render".to_owned()];
        for index in 0..count {
            write(&project.join(format!("e{index}.ts")), &entries::builders(documents))?;
            write(&project.join(format!("bare{index}.ts")), &entries::bare(documents))?;
            ours.push(format!("e{index}.ts"));
            bare.push(format!("bare{index}.ts"));
        }
        once(&husako, &project, &["generate"])?;
        let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
        let bare: Vec<&str> = bare.iter().map(String::as_str).collect();
        job(
            name,
            candidate("husako", &project, &ours),
            candidate("bare", &project, &bare),
            rounds,
        )?;
    }
    Ok(())
}

fn job(name: &str, ours: Candidate, bare: Candidate, rounds: usize) -> Result<()> {
    let figures = interleaved(&[ours, bare], rounds)?;
    let [ours, bare] = figures.as_slice() else { return Err("two candidates".into()) };
    println!(
        "| {name} | {} | {} | {} | {} | {:.2} |",
        milliseconds(ours),
        mebibytes(ours),
        milliseconds(bare),
        mebibytes(bare),
        ours.time.as_secs_f64() / bare.time.as_secs_f64()
    );
    Ok(())
}

fn milliseconds(figures: &Figures) -> String {
    format!("{:.1} ms", figures.time.as_secs_f64() * 1e3)
}

fn mebibytes(figures: &Figures) -> String {
    format!("{} MiB", figures.peak_kib / 1024)
}

fn candidate(name: &str, directory: &Path, command: &[&str]) -> Candidate {
    Candidate {
        name: name.to_owned(),
        directory: directory.to_owned(),
        command: command.iter().map(ToString::to_string).collect(),
    }
}

/// Builds the program as users have it, and returns its path.
fn build() -> Result<String> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--package", "husako"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()?;
    if !status.success() {
        return Err("husako does not build".into());
    }
    let own: PathBuf = std::env::current_exe()?;
    Ok(own.with_file_name("husako").display().to_string())
}

fn once(program: &str, directory: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new(program).args(arguments).current_dir(directory).output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    }
}

#[expect(clippy::disallowed_methods, reason = "benchmarks do without husako-fs")]
fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    Ok(std::fs::write(path, text)?)
}

fn size_of(folder: &Path) -> Result<u64> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        size += if metadata.is_dir() { size_of(&entry.path())? } else { metadata.len() };
    }
    Ok(size)
}
