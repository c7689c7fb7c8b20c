use std::path::Path;

/// How messages and digests call a file: its path as seen from `root`, with `/` on every platform,
/// and `../` where it is outside. Both paths are absolute; neither is looked up on the disk.
#[must_use]
pub fn relative_name(root: &Path, path: &Path) -> String {
    let mut up = String::new();
    let mut base = Some(root);
    while let Some(folder) = base {
        if let Ok(rest) = path.strip_prefix(folder) {
            let parts: Vec<_> =
                rest.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            return format!("{up}{}", parts.join("/"));
        }
        up.push_str("../");
        base = folder.parent();
    }
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative_name;

    #[test]
    fn inside_and_outside() {
        let root = Path::new("/a/b");
        assert_eq!(relative_name(root, Path::new("/a/b/env/dev.ts")), "env/dev.ts");
        assert_eq!(relative_name(root, Path::new("/a/shared/x.ts")), "../shared/x.ts");
        assert_eq!(relative_name(root, Path::new("/z/x.ts")), "../../z/x.ts");
    }
}
