//! Paths from configuration, archives and generated names, kept inside a folder.
//!
//! The rules are those of the strictest system on every system, so that a project that works on
//! one machine works on all.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::error::{Action, FileKind, FsError};

/// The path of `relative` inside `root`, with `.` and `..` resolved.
///
/// Refused are: an empty path, absolute paths and Windows prefixes (`C:`), `..` beyond the root,
/// NUL, names that Windows reserves (`con`, `nul.txt`) or cannot hold (a trailing dot or blank),
/// and links that lead out of the root. What does not exist yet is allowed.
///
/// The check is of the moment: somebody with write access inside `root` can still swap a folder
/// for a link before the caller opens it.
///
/// # Errors
///
/// [`FsError::Outside`], [`FsError::InvalidPath`], or [`FsError::Io`] where a part of the path
/// cannot be examined.
pub fn join_contained(root: &Path, relative: impl AsRef<Path>) -> Result<PathBuf, FsError> {
    let relative = relative.as_ref();
    let path = root.join(relative_inside(root, relative)?);
    let resolved = resolve(&path)?;
    if resolved.starts_with(resolve(root)?) {
        Ok(path)
    } else {
        Err(FsError::Outside { path: relative.to_path_buf(), root: root.to_path_buf() })
    }
}

/// Whether `path`, with all links followed, lies in `root` or is it.
///
/// What does not exist is taken as it is written. A path that cannot be examined is not inside.
#[must_use]
pub fn is_within(root: &Path, path: &Path) -> bool {
    match (resolve(root), resolve(path)) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        _ => false,
    }
}

/// The path with `.` and `..` resolved by their letters alone, without looking at the disk.
#[must_use]
pub fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match normal.components().next_back() {
                Some(Component::Normal(_)) => {
                    normal.pop();
                }
                // Above the root of the file system is the root.
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => normal.push(".."),
            },
            other => normal.push(other),
        }
    }
    if normal.as_os_str().is_empty() { PathBuf::from(".") } else { normal }
}

/// Whether Windows keeps this file name, with any extension, for a device.
///
/// Source: "Naming Files, Paths, and Namespaces" of the Windows documentation.
#[must_use]
pub fn is_reserved_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let is = |reserved: &str| stem.eq_ignore_ascii_case(reserved);
    if ["con", "prn", "aux", "nul", "conin$", "conout$"].into_iter().any(is) {
        return true;
    }
    let mut chars = stem.chars();
    let (Some(number), Some(port)) = (chars.next_back(), chars.as_str().get(..)) else {
        return false;
    };
    let numbered = matches!(number, '1'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}');
    numbered && (port.eq_ignore_ascii_case("com") || port.eq_ignore_ascii_case("lpt"))
}

/// `relative` without `.` and `..`, checked by its letters alone.
pub(crate) fn relative_inside(root: &Path, relative: &Path) -> Result<PathBuf, FsError> {
    let invalid = |reason| Err(FsError::InvalidPath { path: relative.to_path_buf(), reason });
    let outside =
        || Err(FsError::Outside { path: relative.to_path_buf(), root: root.to_path_buf() });
    let text = relative.to_string_lossy();
    if text.is_empty() {
        return invalid("is empty");
    }
    if text.contains('\0') {
        return invalid("contains a NUL character");
    }
    if text.starts_with(['/', '\\']) || has_drive(&text) || relative.is_absolute() {
        return invalid("is absolute");
    }
    let mut inside = PathBuf::new();
    // On Windows a backslash separates too; elsewhere such a name would change its meaning there.
    for part in text.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                if !inside.pop() {
                    return outside();
                }
            }
            name if is_reserved_name(name) => {
                return invalid("contains a name that Windows reserves");
            }
            name if name.ends_with(['.', ' ']) => {
                return invalid("contains a name that ends with a dot or a blank");
            }
            name if has_drive(name) || (cfg!(windows) && name.contains(':')) => {
                return invalid("contains a drive or stream name");
            }
            name => inside.push(name),
        }
    }
    if cfg!(windows) || !text.contains('\\') && relative.to_str().is_some() {
        return Ok(inside);
    }
    // Unix: names with a backslash or of other encodings are kept as they are, byte for byte.
    let exact = normalize(relative);
    match exact.components().next() {
        Some(Component::ParentDir) => outside(),
        _ => Ok(exact),
    }
}

/// Whether the text begins with a drive such as `C:`.
fn has_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// The path with links followed as far as it exists; the rest as it is written.
fn resolve(path: &Path) -> Result<PathBuf, FsError> {
    let mut rest: Vec<&OsStr> = Vec::new();
    let mut existing = path;
    loop {
        let looked_at = if existing.as_os_str().is_empty() { Path::new(".") } else { existing };
        match fs::symlink_metadata(looked_at) {
            Ok(metadata) => {
                let mut resolved = match fs::canonicalize(looked_at) {
                    Ok(resolved) => resolved,
                    // Where it would lead cannot be known for sure, so it is not allowed.
                    Err(error)
                        if metadata.is_symlink() && error.kind() == io::ErrorKind::NotFound =>
                    {
                        return Err(FsError::NotAFile {
                            path: looked_at.to_path_buf(),
                            kind: FileKind::DanglingLink,
                        });
                    }
                    Err(error) => return Err(FsError::io(Action::Resolve, looked_at, error)),
                };
                resolved.extend(rest.iter().rev());
                return Ok(normalize(&resolved));
            }
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                match (existing.parent(), existing.components().next_back()) {
                    (Some(parent), Some(last)) => {
                        rest.push(last.as_os_str());
                        existing = parent;
                    }
                    _ => return Err(FsError::io(Action::Resolve, path, error)),
                }
            }
            Err(error) => return Err(FsError::io(Action::Resolve, looked_at, error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    use super::{is_reserved_name, is_within, join_contained, normalize};

    fn refusal(relative: &str) -> String {
        let root = tempfile::tempdir().unwrap();
        let text = join_contained(root.path(), relative).unwrap_err().to_string();
        text.replace(&root.path().display().to_string(), "ROOT")
    }

    #[test]
    fn inside() {
        let root = tempfile::tempdir().unwrap();
        let join = |relative: &str| join_contained(root.path(), relative).unwrap();
        assert_eq!(join("a/b.ts"), root.path().join("a/b.ts"));
        assert_eq!(join("./a/../b"), root.path().join("b"));
        assert_eq!(join("."), root.path().join(""));
        assert_eq!(join("..a/.b/c..d"), root.path().join("..a/.b/c..d"));
        assert_eq!(join("ünïcode 名前"), root.path().join("ünïcode 名前"));
    }

    #[test]
    fn refused() {
        assert_eq!(refusal("../x"), "path `../x` is outside `ROOT`");
        assert_eq!(refusal("a/../../x"), "path `a/../../x` is outside `ROOT`");
        assert_eq!(refusal("a\\..\\..\\x"), "path `a\\..\\..\\x` is outside `ROOT`");
        assert_eq!(refusal("/etc/passwd"), "path `/etc/passwd` is absolute");
        assert_eq!(refusal("\\\\server\\share"), "path `\\\\server\\share` is absolute");
        assert_eq!(refusal("C:\\x"), "path `C:\\x` is absolute");
        assert_eq!(refusal("c:x"), "path `c:x` is absolute");
        assert_eq!(refusal("a/c:x"), "path `a/c:x` contains a drive or stream name");
        assert_eq!(refusal(""), "path `` is empty");
        assert_eq!(refusal("a\0b"), "path `a\0b` contains a NUL character");
        for name in ["con", "a/NUL", "aux.ts", "Com1.d.ts", "lpt9 .x", "com¹", "conin$"] {
            assert_eq!(
                refusal(name),
                format!("path `{name}` contains a name that Windows reserves")
            );
        }
        for name in [".. ", "a.", "...", "a/b /c"] {
            assert_eq!(
                refusal(name),
                format!("path `{name}` contains a name that ends with a dot or a blank")
            );
        }
    }

    #[test]
    fn reserved_names_are_whole_stems() {
        for name in ["console", "com", "com0", "com10", "nul-x", "x.con", "", "."] {
            assert!(!is_reserved_name(name), "{name}");
        }
    }

    #[test]
    fn letters_alone() {
        for (path, normal) in
            [("a/./b/../c", "a/c"), ("../a/../..", "../.."), ("/../a", "/a"), ("a/..", ".")]
        {
            assert_eq!(normalize(Path::new(path)), PathBuf::from(normal));
        }
    }

    #[cfg(unix)]
    #[test]
    fn links() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        fs::create_dir_all(root.join("real")).unwrap();
        fs::write(outer.path().join("secret"), "").unwrap();
        symlink("real", root.join("in")).unwrap();
        symlink("..", root.join("out")).unwrap();
        symlink("../secret", root.join("file")).unwrap();
        symlink("../absent", root.join("dangling")).unwrap();
        symlink("loop", root.join("loop")).unwrap();

        assert_eq!(join_contained(&root, "in/new").unwrap(), root.join("in/new"));
        for relative in ["out", "out/secret", "out/new/file", "file"] {
            let error = join_contained(&root, relative).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("path `{relative}` is outside `{}`", root.display())
            );
        }
        // Back through a link and in again is inside.
        assert!(join_contained(&root, "out/root/real").is_ok());
        assert!(join_contained(&root, "dangling").is_err());
        assert!(join_contained(&root, "loop/x").is_err());

        assert!(is_within(&root, &root));
        assert!(is_within(&root, &root.join("in/x")));
        assert!(!is_within(&root, &root.join("out/secret")));
        assert!(!is_within(&root, &outer.path().join("root2")));
        // A root that is itself reached by a link is no escape.
        symlink(&root, outer.path().join("alias")).unwrap();
        assert!(join_contained(&outer.path().join("alias"), "in/new").is_ok());
        assert!(is_within(&outer.path().join("alias"), &root.join("real")));
    }

    #[cfg(unix)]
    #[test]
    fn other_encodings_are_kept() {
        use std::os::unix::ffi::OsStrExt as _;
        let root = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
        assert_eq!(join_contained(root.path(), name).unwrap(), root.path().join(name));
        let name = "back\\slash";
        assert_eq!(join_contained(root.path(), name).unwrap(), root.path().join(name));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        /// Whatever the text, the result has no `..` and begins with the root.
        #[test]
        fn never_escapes(relative in "([a-c.]{0,3}[/\\\\:]?){0,6}") {
            let root = tempfile::tempdir().unwrap();
            if let Ok(path) = join_contained(root.path(), &relative) {
                let rest = path.strip_prefix(root.path()).unwrap();
                prop_assert!(rest.components().all(|part| matches!(
                    part, std::path::Component::Normal(_)
                )));
            }
        }

        /// What is made of plain names is accepted and joined as it is.
        #[test]
        fn plain_names_pass(parts in prop::collection::vec("[x-z_]{1,4}", 1..5)) {
            let root = tempfile::tempdir().unwrap();
            let relative = parts.join("/");
            prop_assert_eq!(
                join_contained(root.path(), &relative).unwrap(),
                root.path().join(&relative)
            );
        }

        #[test]
        fn any_text_is_safe(relative in any::<String>()) {
            let root = tempfile::tempdir().unwrap();
            if let Ok(path) = join_contained(root.path(), &relative) {
                prop_assert!(is_within(root.path(), &path));
            }
        }
    }
}
