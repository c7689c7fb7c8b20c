/// The URL with its password, and a user name that stands alone (a token), replaced by `****`.
///
/// Works on any text that contains `scheme://user:password@host`, because URLs reach messages
/// before they are known to be well formed.
#[must_use]
pub fn redact_url(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, after) = rest.split_at(start + 3);
        redacted.push_str(before);
        let end = after
            .find(|char: char| {
                matches!(char, '/' | '?' | '#' | '"' | '\'' | '`') || char.is_whitespace()
            })
            .unwrap_or(after.len());
        let (authority, tail) = after.split_at(end);
        match authority.rsplit_once('@') {
            Some((user_info, host)) => {
                if let Some((user, _)) = user_info.split_once(':') {
                    redacted.push_str(user);
                    redacted.push(':');
                }
                redacted.push_str("****@");
                redacted.push_str(host);
            }
            None => redacted.push_str(authority),
        }
        rest = tail;
    }
    redacted.push_str(rest);
    redacted
}

#[cfg(test)]
mod tests {
    use super::redact_url;

    #[test]
    fn secrets_are_hidden() {
        assert_eq!(redact_url("https://me:s3cret@host/x"), "https://me:****@host/x");
        assert_eq!(redact_url("https://ghp_token@host"), "https://****@host");
        assert_eq!(
            redact_url("a https://u:p@h, b ssh://t@g/x"),
            "a https://u:****@h, b ssh://****@g/x"
        );
        assert_eq!(redact_url("https://u:p@ss@host/"), "https://u:****@host/");
        assert_eq!(redact_url("https://host/a@b"), "https://host/a@b");
    }
}
