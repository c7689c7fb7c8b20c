//! The way from a named schema to an object nested in it, and the name that this makes.

use super::chart_root;
use super::names::{chart_member, pascal_case, wanted_name};

/// The longest name that is made of a whole path, in bytes, without the package. Custom resources
/// that contain the specification of pods reach 180, which nobody reads.
const MAX_LENGTH: usize = 80;

/// A named schema and the properties that lead from it to a place.
pub(super) struct Path {
    /// The package, or the chart: what precedes the first word.
    prefix: String,
    /// The name of the schema, then each property in Pascal case.
    words: Vec<String>,
}

impl Path {
    /// The path to a named schema itself.
    pub(super) fn of(schema: &str) -> Self {
        match chart_member(schema) {
            // The module names the chart already.
            Some((_, "")) => Self { prefix: schema.to_owned(), words: Vec::new() },
            Some((chart, _)) => {
                Self { prefix: chart_root(chart).to_string(), words: vec![wanted_name(schema)] }
            }
            None => {
                let start = schema.rfind('.').map_or(0, |dot| dot + 1);
                let (prefix, name) = schema.split_at(start);
                Self { prefix: prefix.to_owned(), words: vec![name.to_owned()] }
            }
        }
    }

    /// Calls `visit` with the path to the property `key` of this place.
    pub(super) fn within(&mut self, key: &str, visit: impl FnOnce(&mut Self)) {
        let mut word = pascal_case(key);
        word.truncate(MAX_LENGTH);
        self.words.push(word);
        visit(self);
        self.words.pop();
    }

    /// The name of an object at this place, and whether it had to be shortened: to the first word
    /// and as many of the last as fit.
    pub(super) fn name(&self) -> (String, bool) {
        let length: usize = self.words.iter().map(String::len).sum();
        let Some((first, rest)) = self.words.split_first().filter(|_| length > MAX_LENGTH) else {
            return (format!("{}{}", self.prefix, self.words.concat()), false);
        };
        let mut length = first.len();
        let kept = rest
            .iter()
            .rev()
            .take_while(|word| {
                length += word.len();
                length <= MAX_LENGTH
            })
            .count()
            .max(1)
            .min(rest.len());
        let last = &rest[rest.len() - kept..];
        (format!("{}{first}{}", self.prefix, last.concat()), true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(schema: &str, keys: &[&str]) -> (String, bool) {
        let mut path = Path::of(schema);
        path.words.extend(keys.iter().map(|key| pascal_case(key)));
        path.name()
    }

    #[test]
    fn names_are_paths() {
        let name_of = |schema, keys: &[&str]| name(schema, keys).0;
        assert_eq!(name_of("io.x.v1.Foo", &["spec", "my-key"]), "io.x.v1.FooSpecMyKey");
        assert_eq!(name_of("helm/web#", &["controller"]), "helm/web#Controller");
        assert_eq!(name_of("helm/web#.definitions.foo-bar", &["a"]), "helm/web#FooBarA");
    }

    #[test]
    fn long_names_keep_both_ends() {
        let keys = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "c"];
        assert_eq!(
            name("io.x.v1.Foo", &keys),
            (format!("io.x.v1.Foo{}{}C", pascal_case(keys[0]), pascal_case(keys[1])), false)
        );
        let long = [keys[0], keys[1], "cccccccccccccccccccc", "d"];
        assert_eq!(
            name("io.x.v1.Foo", &long),
            (format!("io.x.v1.Foo{}CcccccccccccccccccccD", pascal_case(keys[1])), true)
        );
    }

    #[test]
    fn hostile_keys_make_short_names() {
        let mut path = Path::of("io.x.v1.Foo");
        path.within(&"x".repeat(100_000), |path| {
            path.within(&"y".repeat(100_000), |path| {
                assert!(path.name().0.len() < 200);
            });
        });
    }
}
