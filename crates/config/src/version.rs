//! Versions, tags and other words that end up in URLs, file names and arguments of commands.

/// What is wrong with a version, if anything: it is one word that is safe in a URL, a file name
/// and a command line.
pub(crate) fn check_version(version: &str) -> Result<(), &'static str> {
    check_word(version, "use letters, digits, `.`, `-`, `_`, `+`")
}

/// What is wrong with a git tag, if anything. Unlike versions, tags may have folders
/// (`release/v1`).
///
/// Stricter than git (`git help check-ref-format`), in particular about a leading `-`, which git
/// would take for an option.
pub(crate) fn check_tag(tag: &str) -> Result<(), &'static str> {
    let expected = "use letters, digits, `.`, `-`, `_`, `+`, `/`";
    tag.split('/').try_for_each(|part| {
        // git refuses this too.
        if part.ends_with('.') {
            return Err(expected);
        }
        check_word(part, expected)
    })
}

/// What is wrong with a name that a registry gave, if anything: words joined by `/`.
pub(crate) fn check_remote_name(name: &str) -> Result<(), &'static str> {
    let expected = "use letters, digits, `.`, `-`, `_`, `/`";
    if name.contains('+') {
        return Err(expected);
    }
    name.split('/').try_for_each(|part| check_word(part, expected))
}

fn check_word(word: &str, expected: &'static str) -> Result<(), &'static str> {
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || "-_.+".contains(char);
    let starts_well = word.starts_with(|char: char| char.is_ascii_alphanumeric());
    if word.len() > 128 {
        return Err("use at most 128 characters");
    }
    if !starts_well || word.contains("..") || !word.chars().all(is_allowed) {
        return Err(expected);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check_remote_name, check_tag, check_version};

    #[test]
    fn versions() {
        for good in ["1", "1.35", "v1.35.0", "1.2.3-rc.1+build_5", "2024-01-01"] {
            assert!(check_version(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "../../etc",
            "1..2",
            "1/2",
            "1\\2",
            "-1",
            ".1",
            "1\0",
            "1\n",
            "1 2",
            "ü",
            "^1.2",
            "*",
        ] {
            assert!(check_version(bad).is_err(), "{bad}");
        }
        assert!(check_version(&"1".repeat(129)).is_err());
    }

    #[test]
    fn tags_and_names() {
        for good in ["v1", "release/v1.2", "chart-1.0"] {
            assert!(check_tag(good).is_ok(), "{good}");
        }
        for bad in ["", "-x", "a//b", "/a", "a/", "a/../b", "a/-b", "a.", "a@{b", "a b"] {
            assert!(check_tag(bad).is_err(), "{bad}");
        }
        assert!(check_remote_name("cert-manager/cert-manager").is_ok());
        for bad in ["a+b", "../a", "a/", "a?b"] {
            assert!(check_remote_name(bad).is_err(), "{bad}");
        }
    }
}
