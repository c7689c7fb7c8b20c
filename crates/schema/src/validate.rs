//! Documents against the schema of their kind, as an API server would judge them.
//!
//! A server checks built-in kinds by decoding them into Go types, and custom kinds by their
//! structural schema, and the two differ: what `null` is, which fields may be left out, whether a
//! number has a width, whether lists may repeat their keys. Each type of the store says by which
//! rules it goes.
//!
//! Nothing that a server accepts is refused. Where it is not known what a server says, the value
//! passes. Rules of `x-kubernetes-validations`, and what a server knows beyond the schema, are not
//! checked.
//!
//! A walk that finds nothing allocates nothing for built-in kinds; paths and messages are made for
//! violations only.

use std::borrow::Cow;

use husako_value::Value;

use crate::store::{KindEntry, Store};

mod checker;
mod composition;
mod defaults;
mod embedded;
mod formats;
mod identity;
mod list;
mod object;
mod path;
mod scalar;
#[cfg(test)]
mod tests;
mod violation;

pub use path::{Path, Segment};
pub use violation::{Rule, Violation};

use checker::Checker;
use path::At;

/// The most violations of one document that are listed.
pub const MAX_VIOLATIONS: usize = 100;

/// Checks documents against the schemas of a store.
///
/// It costs nothing to make: what is worth keeping is kept in the store.
#[derive(Clone, Copy, Debug)]
pub struct Validator<'a> {
    store: &'a Store,
    numbers: Numbers,
}

/// In which form the numbers of documents reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    /// YAML, where `3.0` is an integer.
    Yaml,
    /// JSON, where it is none to a Go type.
    Json,
}

impl<'a> Validator<'a> {
    /// A validator of documents that are sent as YAML.
    #[must_use]
    pub const fn new(store: &'a Store) -> Self {
        Self { store, numbers: Numbers::Yaml }
    }

    /// The same for documents that are sent as JSON: integers of built-in kinds must not be
    /// written as `3.0`.
    #[must_use]
    pub const fn for_json(self) -> Self {
        Self { numbers: Numbers::Json, ..self }
    }

    /// What is wrong with a document, in its order; nothing where all is well. The items of a
    /// `v1` `List` are checked each by its kind.
    ///
    /// After [`MAX_VIOLATIONS`], one of the rule [`Rule::More`] says how many more there are. A
    /// kind that the store does not have is the only violation of its document, of the rule
    /// [`Rule::UnknownKind`].
    #[must_use]
    pub fn validate(&self, document: &Value) -> Vec<Violation> {
        let mut checker = Checker::new(self.store, self.numbers);
        self.document(&mut checker, document, &At::DOCUMENT);
        checker.finish()
    }

    fn document(&self, checker: &mut Checker<'a>, document: &Value, at: &At<'_>) {
        let Some(kind) = checker.identify(document, at) else { return };
        match kind {
            identity::Found::Kind(kind) => self.of_kind(checker, kind, document, at),
            identity::Found::List(items) => {
                let at = &at.key("items");
                for (index, item) in items.iter().enumerate() {
                    self.document(checker, item, &at.item(index));
                }
            }
        }
    }

    fn of_kind(&self, checker: &mut Checker<'a>, kind: KindEntry<'a>, value: &Value, at: &At<'_>) {
        let value = if kind.custom {
            defaults::completed(self.store, kind.type_id, value)
                .map_or(Cow::Borrowed(value), Cow::Owned)
        } else {
            Cow::Borrowed(value)
        };
        checker.check_type(kind.type_id, &value, at);
    }
}
