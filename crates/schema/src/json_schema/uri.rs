//! As much of RFC 3986 as references between schemas need.

/// Resolves `reference` against `base`; a base may itself be relative or empty.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let base = split_fragment(base).0;
    if reference.is_empty() {
        return base.to_owned();
    }
    if scheme_end(reference).is_some() {
        return reference.to_owned();
    }
    if reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let authority = authority_end(base);
    if reference.starts_with("//") {
        let scheme = scheme_end(base).map_or("", |end| &base[..end]);
        return format!("{scheme}{reference}");
    }
    if reference.starts_with('/') {
        return format!("{}{}", &base[..authority], without_dots(reference));
    }
    let path = base[authority..].split('?').next().unwrap_or_default();
    let folder = path.rfind('/').map_or(if authority > 0 { "/" } else { "" }, |end| &path[..=end]);
    format!("{}{}", &base[..authority], without_dots(&format!("{folder}{reference}")))
}

/// The URI before its fragment, and the fragment where there is one.
pub(super) fn split_fragment(uri: &str) -> (&str, Option<&str>) {
    uri.split_once('#').map_or((uri, None), |(before, fragment)| (before, Some(fragment)))
}

/// The end of `https:`.
fn scheme_end(uri: &str) -> Option<usize> {
    let end = uri.find(':')?;
    let scheme = &uri[..end];
    let valid = |char: char| char.is_ascii_alphanumeric() || "+-.".contains(char);
    (scheme.starts_with(|char: char| char.is_ascii_alphabetic()) && scheme.chars().all(valid))
        .then_some(end + 1)
}

/// The end of `https://host`, or of the scheme where there is no host.
fn authority_end(uri: &str) -> usize {
    let scheme = scheme_end(uri).unwrap_or(0);
    match uri[scheme..].strip_prefix("//") {
        Some(rest) => rest.find(['/', '?']).map_or(uri.len(), |end| scheme + 2 + end),
        None => scheme,
    }
}

fn without_dots(path: &str) -> String {
    let (path, rest) = path.find(['?', '#']).map_or((path, ""), |end| path.split_at(end));
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        match segment {
            "." | ".." => {
                if segment == ".." && kept.len() > 1 {
                    kept.pop();
                }
                if segments.peek().is_none() {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("{}{rest}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references() {
        for (base, reference, expected) in [
            ("", "#/a", "#/a"),
            ("https://a.b/c/d.json#x", "#/a", "https://a.b/c/d.json#/a"),
            ("https://a.b/c/d.json", "e.json#y", "https://a.b/c/e.json#y"),
            ("https://a.b/c/d.json", "../e.json", "https://a.b/e.json"),
            ("https://a.b/c/d.json", "/e/./f", "https://a.b/e/f"),
            ("https://a.b/c/d.json", "//x/y", "https://x/y"),
            ("https://a.b", "c", "https://a.b/c"),
            ("https://a.b/c", "", "https://a.b/c"),
            ("", "c.json", "c.json"),
            ("d/e.json", "c.json", "d/c.json"),
            ("urn:x:y", "#a", "urn:x:y#a"),
            ("x", "urn:a", "urn:a"),
            ("", "..", ""),
        ] {
            assert_eq!(resolve(base, reference), expected, "{reference} against {base}");
        }
    }
}
