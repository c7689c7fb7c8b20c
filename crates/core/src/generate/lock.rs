//! `husako.lock`: what the sources resolved to.

use std::collections::BTreeMap;

use husako_config::{Lock, LockedSource};
use husako_fs::Digest;

use super::error::GenerateError;
use super::resolve::Resolved;
use crate::project::Project;

/// Fails where `--locked` forbids the change that [`write`] would make, or where the lockfile
/// cannot be used: before any work is done.
pub(crate) fn check(
    project: &Project,
    resolved: &Resolved,
    locked: bool,
) -> Result<(), GenerateError> {
    let old =
        Lock::read(&project.lockfile()).map_err(|error| GenerateError::Lock(Box::new(error)))?;
    let new = lock_of(resolved);
    if locked && old.as_ref() != Some(&new) {
        return Err(GenerateError::Locked { changes: changes(&old.unwrap_or_default(), &new) });
    }
    Ok(())
}

/// Writes the lockfile if it changed.
pub(crate) fn write(
    project: &Project,
    resolved: &Resolved,
    locked: bool,
) -> Result<(), GenerateError> {
    check(project, resolved, locked)?;
    lock_of(resolved).write(&project.lockfile()).map_err(GenerateError::Write)?;
    Ok(())
}

fn lock_of(resolved: &Resolved) -> Lock {
    let resources = resolved.resources.iter().map(|(name, resource)| {
        let is = &resource.resolution;
        (name.clone(), locked(is.source, &is.reference, is.digest))
    });
    let charts = resolved.charts.iter().map(|(name, chart)| {
        let is = &chart.resolution;
        (name.clone(), locked(is.source, &is.reference, is.digest))
    });
    Lock { resources: resources.collect(), charts: charts.collect() }
}

fn locked(source: &str, reference: &str, digest: Digest) -> LockedSource {
    LockedSource {
        source: source.to_owned(),
        reference: reference.to_owned(),
        digest,
        schema: None,
    }
}

/// What would change, a line each, in the order of the file.
fn changes(old: &Lock, new: &Lock) -> Vec<String> {
    let mut lines = section_changes("resources", &old.resources, &new.resources);
    lines.extend(section_changes("charts", &old.charts, &new.charts));
    lines
}

fn section_changes(
    section: &str,
    old: &BTreeMap<String, LockedSource>,
    new: &BTreeMap<String, LockedSource>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for name in old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))) {
        let (was, is) = (old.get(name), new.get(name));
        if was != is {
            lines.extend(was.map(|was| format!("- {section}.{name}: {}", text(was))));
            lines.extend(is.map(|is| format!("+ {section}.{name}: {}", text(is))));
        }
    }
    lines
}

fn text(source: &LockedSource) -> String {
    let digest = source.digest.to_string();
    format!("{} {} ({}…)", source.source, source.reference, &digest[..12])
}

#[cfg(test)]
mod tests {
    use husako_config::Lock;
    use husako_fs::content_digest;

    use super::{changes, locked};

    #[test]
    fn a_line_for_each_change() {
        let mut old = Lock::default();
        old.resources.insert("a".into(), locked("builtin", "1.36", content_digest(b"1")));
        old.resources.insert("b".into(), locked("file", "crds", content_digest(b"2")));
        let mut new = old.clone();
        new.resources.insert("a".into(), locked("builtin", "1.37", content_digest(b"1")));
        new.charts.insert("c".into(), locked("file", "chart", content_digest(b"3")));
        let lines = changes(&old, &new);
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("- resources.a: builtin 1.36 ("));
        assert!(lines[1].starts_with("+ resources.a: builtin 1.37 ("));
        assert!(lines[2].starts_with("+ charts.c: file chart ("));
        assert!(changes(&new, &new).is_empty());
    }
}
