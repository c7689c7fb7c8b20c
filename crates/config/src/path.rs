//! Paths in the configuration, checked by their letters; what links lead to is checked by who
//! opens them.

use std::path::{Component, Path};

/// Whether the path leads out of the folder that it is relative to.
pub(crate) fn is_outside(path: &str) -> bool {
    // As Windows reads it too: there a backslash separates.
    let escapes = |path: &str| {
        let normal = husako_fs::normalize(Path::new(path));
        normal.is_absolute()
            || matches!(
                normal.components().next(),
                Some(Component::ParentDir | Component::RootDir | Component::Prefix(_))
            )
    };
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    drive || escapes(path) || escapes(&path.replace('\\', "/"))
}

/// What is wrong with a path, wherever it leads, if anything.
pub(crate) fn check_path(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("it is empty");
    }
    if path.chars().any(char::is_control) {
        return Err("it contains control characters");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_outside;

    #[test]
    fn inside_and_outside() {
        for inside in ["a", "./a", ".", "a/../b", "..a", "a/..", "crds\\x"] {
            assert!(!is_outside(inside), "{inside}");
        }
        for outside in ["..", "../a", "a/../../b", "/a", "a\\..\\..\\b", "\\a", "C:\\a", "c:a"] {
            assert!(is_outside(outside), "{outside}");
        }
    }
}
