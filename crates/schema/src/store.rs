//! The compact schema file that rendering reads.
//!
//! One file holds all that is known of kinds, modules and types. [`write()`] makes its bytes, the
//! same for the same model; [`Store::open`] verifies them and decodes nothing: look-ups are binary
//! searches in sorted tables, and a type is decoded when it is first asked for and kept.
//! Descriptions are left out.
//!
//! A file that was truncated or damaged, or that another version of the program wrote, is told
//! from a good one by [`StoreError`]; whoever has the sources writes it anew.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::compiled::{Type, TypeId};
use crate::{GroupVersionKind, Scope};

mod error;
mod factory;
mod module;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use error::{StoreError, WriteError};
pub use factory::Factory;
pub use module::ModuleView;
pub use write::write;

use table::{Table, number_at, text_at};

/// The version of the format. It changes with the layout below and with every change of a type in
/// `compiled`, because the blobs do not describe themselves.
const VERSION: u32 = 1;

/// What a store begins with.
const MAGIC: [u8; 8] = *b"husakoS\n";

/// Where the checksum of all that follows it stands: after magic and version.
const CHECKSUM_AT: usize = 12;

/// Where the offsets of the tables stand: types, kinds, modules.
const TABLES_AT: usize = CHECKSUM_AT + 8;

/// A schema file in memory. Threads share it, and what one has decoded the others have.
#[derive(Debug)]
pub struct Store {
    bytes: Vec<u8>,
    /// Names of schemas and where the blobs of their types are.
    types: Table,
    /// [`kind_key`]s and where the blobs of their [`KindRecord`]s are.
    kinds: Table,
    /// Import paths and where the modules are.
    modules: Table,
    /// The types that were asked for, by their numbers.
    decoded: Box<[OnceLock<Option<Box<Type>>>]>,
}

/// What the store knows of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindEntry<'a> {
    /// The name of its schema.
    pub schema: &'a str,
    /// Whether its objects live in a namespace, where that is known.
    pub scope: Option<Scope>,
    /// Whether it comes from a custom resource definition.
    pub custom: bool,
    /// Why the version is deprecated, where it is; may be empty.
    pub deprecated: Option<&'a str>,
    pub(crate) type_id: TypeId,
}

#[derive(Serialize, Deserialize)]
struct KindRecord<'a> {
    type_id: TypeId,
    scope: Option<Scope>,
    custom: bool,
    deprecated: Option<&'a str>,
}

impl Store {
    /// The store in `bytes`.
    ///
    /// # Errors
    /// What is no store, of another version, or damaged.
    pub fn open(bytes: Vec<u8>) -> Result<Self, StoreError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(StoreError::NotAStore);
        }
        let found = number_at(&bytes, MAGIC.len()).ok_or(StoreError::Corrupt)?;
        if found != VERSION {
            return Err(StoreError::Version { found, supported: VERSION });
        }
        let checksum = bytes.get(CHECKSUM_AT..TABLES_AT).ok_or(StoreError::Corrupt)?;
        if *checksum != xxh3_64(&bytes[TABLES_AT..]).to_le_bytes() {
            return Err(StoreError::Corrupt);
        }
        let table = |index: usize| {
            let at = number_at(&bytes, TABLES_AT + 4 * index)?;
            Table::at(&bytes, usize::try_from(at).ok()?)
        };
        let (Some(types), Some(kinds), Some(modules)) = (table(0), table(1), table(2)) else {
            return Err(StoreError::Corrupt);
        };
        let decoded = std::iter::repeat_with(OnceLock::new).take(types.len()).collect();
        Ok(Self { bytes, types, kinds, modules, decoded })
    }

    /// What is known of a kind.
    #[must_use]
    pub fn kind(&self, kind: &GroupVersionKind) -> Option<KindEntry<'_>> {
        self.kind_at(&kind_key(&kind.group, &kind.version, &kind.kind))
    }

    /// All kinds, sorted by group, version and name.
    #[must_use]
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = GroupVersionKind> {
        self.kinds.iter(&self.bytes).map(|(key, _)| split_kind_key(key))
    }

    /// The module that an import path names, under its full path or its short one.
    #[must_use]
    pub fn module(&self, path: &str) -> Option<ModuleView<'_>> {
        ModuleView::at(self, self.modules.get(&self.bytes, path)?)
    }

    /// The full import paths of all modules, sorted.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.iter(&self.bytes).filter_map(|(path, at)| {
            let module = ModuleView::at(self, at)?;
            (module.path() == path).then_some(path)
        })
    }

    /// What makes the objects of an export, or nothing where the export is a type alone.
    #[must_use]
    pub fn factory(&self, module: &str, export: &str) -> Option<Factory<'_>> {
        self.module(module)?.factory(export)
    }

    pub(crate) fn kind_at(&self, key: &str) -> Option<KindEntry<'_>> {
        let at = self.kinds.get(&self.bytes, key)?;
        let record: KindRecord<'_> = postcard::from_bytes(self.blob(at)?).ok()?;
        Some(KindEntry {
            schema: self.type_name(record.type_id)?,
            scope: record.scope,
            custom: record.custom,
            deprecated: record.deprecated,
            type_id: record.type_id,
        })
    }

    /// The number of the schema called `name`.
    pub(crate) fn type_id(&self, name: &str) -> Option<TypeId> {
        self.types.position(&self.bytes, name)
    }

    pub(crate) fn type_name(&self, id: TypeId) -> Option<&str> {
        Some(self.types.entry(&self.bytes, id)?.0)
    }

    /// The type of a number, decoded once. Nothing where it cannot be, which after the checksum
    /// only a mistake in this program could cause.
    pub(crate) fn get(&self, id: TypeId) -> Option<&Type> {
        let slot = self.decoded.get(usize::try_from(id).ok()?)?;
        let decode = || {
            let (_, at) = self.types.entry(&self.bytes, id)?;
            postcard::from_bytes(self.blob(at)?).ok().map(Box::new)
        };
        slot.get_or_init(decode).as_deref()
    }

    fn blob(&self, at: u32) -> Option<&[u8]> {
        let at = usize::try_from(at).ok()?;
        let length = usize::try_from(number_at(&self.bytes, at)?).ok()?;
        self.bytes.get(at + 4..)?.get(..length)
    }

    fn text(&self, at: u32) -> Option<&str> {
        text_at(&self.bytes, usize::try_from(at).ok()?)
    }
}

/// What a kind is found by: `apps/v1/Deployment`, `/v1/Pod`.
pub(crate) fn kind_key(group: &str, version: &str, kind: &str) -> String {
    [group, version, kind].join("/")
}

pub(crate) fn split_kind_key(key: &str) -> GroupVersionKind {
    let mut parts = key.splitn(3, '/');
    let mut next = || parts.next().unwrap_or_default();
    GroupVersionKind::new(next(), next(), next())
}
