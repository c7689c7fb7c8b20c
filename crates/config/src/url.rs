use std::fmt;

use husako_diagnostics::redact_url;

/// A URL from the configuration, which may contain a password.
///
/// As text (`Display`, `Debug`) the password is `****`; [`RemoteUrl::expose`] has it, for the
/// connection alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RemoteUrl(String);

impl RemoteUrl {
    pub(crate) fn new(url: &str) -> Self {
        Self(url.to_owned())
    }

    /// The URL as the user wrote it, with its secrets: for connecting, never for messages.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RemoteUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact_url(&self.0))
    }
}

impl fmt::Debug for RemoteUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RemoteUrl({self})")
    }
}

/// What is wrong with a URL that must have one of these schemes, if anything.
pub(crate) fn check_url(url: &str, schemes: &[&str]) -> Result<(), String> {
    let expected = || format!("expected {}", either(schemes));
    if url.chars().any(|char| char.is_control() || char.is_whitespace()) {
        return Err("it contains blanks or control characters".to_owned());
    }
    let (scheme, rest) = url.split_once("://").ok_or_else(expected)?;
    if !schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(expected());
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    // A host that begins with `-` would be an option to ssh.
    let names_host = !host.is_empty() && !host.starts_with(['-', ':']);
    if names_host || scheme.eq_ignore_ascii_case("file") {
        Ok(())
    } else {
        Err("it names no host".to_owned())
    }
}

/// What is wrong with the address of a git repository, if anything: a URL, or `user@host:path` as
/// ssh takes it. Options (`--upload-pack=…`) and remote helpers (`ext::…`) run commands and are
/// refused.
pub(crate) fn check_git(address: &str) -> Result<(), String> {
    const SCHEMES: [&str; 4] = ["https", "http", "ssh", "file"];
    if !address.contains("://") {
        let odd = |char: char| char.is_control() || char.is_whitespace();
        let ssh = address.split_once(':').and_then(|(login, path)| {
            let (user, host) = login.split_once('@')?;
            let word = |text: &str| {
                text.starts_with(|char: char| char.is_ascii_alphanumeric())
                    && text.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char))
            };
            let path = !path.is_empty() && !path.starts_with([':', '-']) && !path.contains(odd);
            (word(user) && word(host) && path).then_some(())
        });
        return ssh.ok_or_else(|| format!("expected {}, or `user@host:path`", either(&SCHEMES)));
    }
    check_url(address, &SCHEMES)
}

/// `` `https://` or `http://` ``.
fn either(schemes: &[&str]) -> String {
    let quoted: Vec<String> = schemes.iter().map(|scheme| format!("`{scheme}://`")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        all => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{RemoteUrl, check_git, check_url};

    #[test]
    fn secrets_are_not_shown() {
        let url = RemoteUrl::new("https://me:s3cret@host/x");
        assert_eq!(
            format!("{url} {url:?}"),
            "https://me:****@host/x RemoteUrl(https://me:****@host/x)"
        );
        assert_eq!(url.expose(), "https://me:s3cret@host/x");
    }

    #[test]
    fn urls() {
        let web = ["https", "http"];
        for good in ["https://h", "HTTP://u:p@h:80/x?y#z", "https://[::1]/"] {
            assert_eq!(check_url(good, &web), Ok(()), "{good}");
        }
        for (bad, why) in [
            ("h/x", "expected `https://` or `http://`"),
            ("ftp://h", "expected `https://` or `http://`"),
            ("https://", "it names no host"),
            ("https://u@/x", "it names no host"),
            ("https://-oProxyCommand=x/", "it names no host"),
            ("https://h /x", "it contains blanks or control characters"),
        ] {
            assert_eq!(check_url(bad, &web), Err(why.to_owned()), "{bad}");
        }
    }

    #[test]
    fn git() {
        for good in ["https://h/r", "ssh://git@h/r.git", "git@github.com:a/b.git", "file:///srv/r"]
        {
            assert_eq!(check_git(good), Ok(()), "{good}");
        }
        for bad in [
            "--upload-pack=x",
            "ext::sh -c x",
            "ext://x",
            "-x@h:p",
            "git@-h:p",
            "git@h:-p",
            "git@h::p",
            "git@h:",
            "/srv/r",
            "",
            "git@h:a b",
            "fd::17",
        ] {
            assert!(check_git(bad).is_err(), "{bad}");
        }
    }
}
