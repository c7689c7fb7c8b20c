use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Action, FsError};

/// How much a walk looks at before it is an error.
#[derive(Clone, Copy, Debug)]
pub struct WalkLimits {
    /// Folders within folders.
    pub max_depth: usize,
    /// Names looked at, of any kind.
    pub max_entries: usize,
}

impl Default for WalkLimits {
    fn default() -> Self {
        Self { max_depth: 64, max_entries: 100_000 }
    }
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// The files, each once, in the order of their paths.
    pub files: Vec<PathBuf>,
    /// The links that were not followed, because they lead out of the folder or to nothing.
    pub skipped_links: Vec<PathBuf>,
}

/// The files below `folder` whose extension is one of `extensions` (without a dot, in any case).
///
/// The order is that of the path components as bytes, on every file system. Names that begin with
/// a dot are not looked at (`.git`, and the `..data` of a mounted `ConfigMap`, whose files appear
/// under their own names). Links are followed as long as they stay inside; a file that several
/// names lead to is listed under the first.
///
/// # Errors
///
/// [`FsError::NotAFolder`], [`FsError::TooMany`] beyond a limit, [`FsError::Io`] where a folder
/// cannot be listed.
pub fn walk_files(
    folder: &Path,
    extensions: &[&str],
    limits: &WalkLimits,
) -> Result<Walked, FsError> {
    let root = fs::canonicalize(folder).map_err(FsError::on(Action::List, folder))?;
    let mut walk = Walk {
        folder,
        root,
        extensions,
        limits,
        entries: 0,
        folders: BTreeSet::new(),
        files: BTreeMap::new(),
        skipped_links: Vec::new(),
    };
    walk.visit(folder, 0)?;
    let mut files: Vec<PathBuf> = walk.files.into_values().collect();
    files.sort();
    walk.skipped_links.sort();
    Ok(Walked { files, skipped_links: walk.skipped_links })
}

struct Walk<'a> {
    folder: &'a Path,
    root: PathBuf,
    extensions: &'a [&'a str],
    limits: &'a WalkLimits,
    entries: usize,
    /// Those visited, by their real path, so that links cannot lead in circles.
    folders: BTreeSet<PathBuf>,
    /// From the real path to the first name.
    files: BTreeMap<PathBuf, PathBuf>,
    skipped_links: Vec<PathBuf>,
}

impl Walk<'_> {
    fn visit(&mut self, folder: &Path, depth: usize) -> Result<(), FsError> {
        let listing = FsError::on(Action::List, folder);
        let real = match fs::canonicalize(folder) {
            Ok(real) => real,
            Err(error) => return Err(listing(error)),
        };
        if depth > self.limits.max_depth {
            return Err(self.too_many(self.limits.max_depth, "levels of folders"));
        }
        if !self.folders.insert(real) {
            return Ok(());
        }
        for path in self.names(folder)? {
            self.look_at(path, depth)?;
        }
        Ok(())
    }

    fn names(&mut self, folder: &Path) -> Result<Vec<PathBuf>, FsError> {
        let failed = |error: std::io::Error| match fs::metadata(folder) {
            Ok(metadata) if !metadata.is_dir() => FsError::NotAFolder {
                path: folder.to_path_buf(),
                kind: crate::FileKind::of(metadata.file_type()),
            },
            _ => FsError::io(Action::List, folder, error),
        };
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            self.entries += 1;
            if self.entries > self.limits.max_entries {
                return Err(self.too_many(self.limits.max_entries, "files and folders"));
            }
            if !name.as_encoded_bytes().starts_with(b".") {
                names.push(folder.join(name));
            }
        }
        names.sort();
        Ok(names)
    }

    fn look_at(&mut self, path: PathBuf, depth: usize) -> Result<(), FsError> {
        let listing = |error| FsError::io(Action::List, &path, error);
        let is_link = fs::symlink_metadata(&path).map_err(listing)?.is_symlink();
        let real = match fs::canonicalize(&path) {
            Ok(real) if real.starts_with(&self.root) => real,
            Ok(_) | Err(_) if is_link => {
                self.skipped_links.push(path);
                return Ok(());
            }
            Ok(real) => real,
            Err(error) => return Err(listing(error)),
        };
        if fs::metadata(&real).map_err(listing)?.is_dir() {
            return self.visit(&path, depth + 1);
        }
        // A pipe with a fitting name is listed: reading it says what it is.
        if self.has_extension(&path) {
            self.files.entry(real).or_insert(path);
        }
        Ok(())
    }

    fn has_extension(&self, path: &Path) -> bool {
        let Some(extension) = path.extension().and_then(|extension| extension.to_str()) else {
            return false;
        };
        self.extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted))
    }

    fn too_many(&self, max: usize, what: &'static str) -> FsError {
        FsError::TooMany { path: self.folder.to_path_buf(), max, what }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{WalkLimits, Walked, walk_files};

    fn relative(root: &Path, walked: &Walked) -> (Vec<String>, Vec<String>) {
        let relative = |paths: &[std::path::PathBuf]| {
            paths
                .iter()
                .map(|path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned())
                .collect()
        };
        (relative(&walked.files), relative(&walked.skipped_links))
    }

    fn tree(names: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for name in names {
            fs::create_dir_all(root.path().join(name).parent().unwrap()).unwrap();
            fs::write(root.path().join(name), "").unwrap();
        }
        root
    }

    #[test]
    fn sorted_and_filtered() {
        let root = tree(&["b.yaml", "a/z.YML", "a-b.yaml", "a/b/c.yaml", "x.txt", ".git/y.yaml"]);
        let walked = walk_files(root.path(), &["yaml", "yml"], &WalkLimits::default()).unwrap();
        let (files, skipped) = relative(root.path(), &walked);
        // Component by component: `a/…` stands before `a-b.yaml`.
        assert_eq!(files, ["a/b/c.yaml", "a/z.YML", "a-b.yaml", "b.yaml"]);
        assert!(skipped.is_empty());
    }

    #[test]
    fn limits() {
        let root = tree(&["a/b/c/d.yaml", "x.yaml"]);
        let deep = WalkLimits { max_depth: 2, ..WalkLimits::default() };
        assert_eq!(
            walk_files(root.path(), &["yaml"], &deep).unwrap_err().to_string(),
            format!("`{}` holds more than 2 levels of folders", root.path().display())
        );
        let many = WalkLimits { max_entries: 4, ..WalkLimits::default() };
        assert_eq!(
            walk_files(root.path(), &["yaml"], &many).unwrap_err().to_string(),
            format!("`{}` holds more than 4 files and folders", root.path().display())
        );
        assert!(
            walk_files(root.path(), &["yaml"], &WalkLimits { max_depth: 3, max_entries: 5 })
                .is_ok()
        );
    }

    #[test]
    fn not_a_folder() {
        let root = tree(&["a"]);
        let file = root.path().join("a");
        assert_eq!(
            walk_files(&file, &["a"], &WalkLimits::default()).unwrap_err().to_string(),
            format!("expected a folder, but `{}` is a file", file.display())
        );
        let absent = walk_files(&root.path().join("b"), &["a"], &WalkLimits::default());
        assert!(absent.unwrap_err().is_not_found());
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_inside() {
        use std::os::unix::fs::symlink;
        let outside = tree(&["secret.yaml"]);
        let root = tree(&["a/real.yaml"]);
        let link = |target: &Path, name: &str| symlink(target, root.path().join(name)).unwrap();
        link(outside.path(), "out");
        link(&outside.path().join("secret.yaml"), "out.yaml");
        link(Path::new("nowhere"), "dangling.yaml");
        link(Path::new("."), "a/again");
        link(Path::new("a"), "z");
        link(Path::new("a/real.yaml"), "same.yaml");
        let walked = walk_files(root.path(), &["yaml"], &WalkLimits::default()).unwrap();
        let (files, skipped) = relative(root.path(), &walked);
        assert_eq!(files, ["a/real.yaml"]);
        assert_eq!(skipped, ["dangling.yaml", "out", "out.yaml"]);
    }
}
