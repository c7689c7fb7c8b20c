use super::table::{Table, number_at};
use super::{Factory, Store};
use crate::compiled::TypeId;

/// Marks the number of a type that has a factory.
pub(super) const FACTORY: u32 = 1 << 31;

/// One module of a store: its path, and a table of its exports.
#[derive(Clone, Copy, Debug)]
pub struct ModuleView<'a> {
    store: &'a Store,
    path: &'a str,
    /// Names and numbers of types, some marked by [`FACTORY`].
    exports: Table,
}

impl<'a> ModuleView<'a> {
    /// The module that the store has at `at`.
    pub(super) fn at(store: &'a Store, at: u32) -> Option<Self> {
        let at = usize::try_from(at).ok()?;
        let path = store.text(number_at(&store.bytes, at)?)?;
        Some(Self { store, path, exports: Table::at(&store.bytes, at + 4)? })
    }

    /// Its full import path.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The names of its exports, types included, sorted.
    #[must_use]
    pub fn exports(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        self.exports.iter(&self.store.bytes).map(|(name, _)| name)
    }

    /// The names of its exports that exist at run time, sorted.
    pub fn factories(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.exports
            .iter(&self.store.bytes)
            .filter(|(_, id)| id & FACTORY != 0)
            .map(|(name, _)| name)
    }

    /// The name of the schema that is exported as `name`.
    #[must_use]
    pub fn export(&self, name: &str) -> Option<&'a str> {
        let id = self.exports.get(&self.store.bytes, name)?;
        self.store.type_name(id & !FACTORY)
    }

    /// What makes the objects that are exported as `name`, or nothing where that is a type alone.
    #[must_use]
    pub fn factory(&self, name: &str) -> Option<Factory<'a>> {
        let id: TypeId = self.exports.get(&self.store.bytes, name)?;
        (id & FACTORY != 0).then(|| Factory::of(self.store, id & !FACTORY))?
    }
}
