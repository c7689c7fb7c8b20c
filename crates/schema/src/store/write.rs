use std::collections::BTreeMap;

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::module::FACTORY;
use super::{CHECKSUM_AT, KindRecord, MAGIC, TABLES_AT, VERSION, WriteError, kind_key};
use crate::compiled::{TypeId, types_of};
use crate::{GroupVersionKind, Layout, SchemaModel};

/// The bytes of the store of a model: the same for the same model.
///
/// # Errors
/// Schemas that have no form in bytes, or too many for the format.
pub fn write(model: &SchemaModel, layout: &Layout) -> Result<Vec<u8>, WriteError> {
    let types = types_of(model, layout);
    let id_of = |name: &str| -> Option<TypeId> {
        types.binary_search_by_key(&name, |(name, _)| name).ok()?.try_into().ok()
    };
    let mut writer = Writer { bytes: vec![0; TABLES_AT + 3 * 4] };
    let mut entries = Vec::with_capacity(types.len());
    for (name, content) in &types {
        entries.push((*name, writer.blob(name, content)?));
    }
    let types = writer.table(&entries)?;
    let kinds = writer.kinds(model, &id_of)?;
    let modules = writer.modules(layout, &id_of)?;
    writer.finish([types, kinds, modules])
}

struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn kinds(
        &mut self,
        model: &SchemaModel,
        id_of: &impl Fn(&str) -> Option<TypeId>,
    ) -> Result<u32, WriteError> {
        let key_of = |kind: &GroupVersionKind| kind_key(&kind.group, &kind.version, &kind.kind);
        let mut records = BTreeMap::new();
        for (kind, schema) in &model.aliases {
            let Some(type_id) = id_of(schema) else { continue };
            let record = KindRecord { type_id, scope: None, custom: false, deprecated: None };
            records.insert(key_of(kind), record);
        }
        for (kind, known) in &model.kinds {
            let Some(type_id) = id_of(&known.schema) else { continue };
            let record = KindRecord {
                type_id,
                scope: known.scope,
                custom: known.custom,
                deprecated: known.deprecated.as_deref(),
            };
            records.insert(key_of(kind), record);
        }
        let mut entries = Vec::with_capacity(records.len());
        for (key, record) in &records {
            entries.push((&**key, self.blob(key, record)?));
        }
        self.table(&entries)
    }

    fn modules(
        &mut self,
        layout: &Layout,
        id_of: &impl Fn(&str) -> Option<TypeId>,
    ) -> Result<u32, WriteError> {
        let mut entries = BTreeMap::new();
        for (path, module) in &layout.modules {
            let mut exports: Vec<(&str, u32)> = module
                .exports
                .iter()
                .filter_map(|(name, schema)| {
                    let mark = if layout.has_factory(schema) { FACTORY } else { 0 };
                    Some((&**name, id_of(schema)? | mark))
                })
                .collect();
            exports.sort_unstable();
            entries.insert(&**path, self.module(path, &exports)?);
        }
        for (alias, path) in &layout.aliases {
            if let Some(at) = entries.get(&**path).copied() {
                entries.entry(&**alias).or_insert(at);
            }
        }
        self.table(&entries.into_iter().collect::<Vec<_>>())
    }

    fn here(&self) -> Result<u32, WriteError> {
        offset(self.bytes.len())
    }

    fn number(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) -> Result<u32, WriteError> {
        let at = self.here()?;
        self.number(offset(text.len())?);
        self.bytes.extend_from_slice(text.as_bytes());
        Ok(at)
    }

    /// A length and the encoding of `content`, which belongs to `schema`.
    fn blob(&mut self, schema: &str, content: &impl Serialize) -> Result<u32, WriteError> {
        let at = self.here()?;
        let encoded = postcard::to_allocvec(content)
            .map_err(|source| WriteError::Encode { schema: schema.to_owned(), source })?;
        self.number(offset(encoded.len())?);
        self.bytes.extend_from_slice(&encoded);
        Ok(at)
    }

    /// A table of sorted entries, after its keys.
    fn table(&mut self, entries: &[(&str, u32)]) -> Result<u32, WriteError> {
        let entries = self.keys(entries)?;
        let at = self.here()?;
        self.entries(&entries)?;
        Ok(at)
    }

    /// The path of a module and the table of its exports, after their texts.
    fn module(&mut self, path: &str, exports: &[(&str, u32)]) -> Result<u32, WriteError> {
        let path = self.text(path)?;
        let exports = self.keys(exports)?;
        let at = self.here()?;
        self.number(path);
        self.entries(&exports)?;
        Ok(at)
    }

    fn keys(&mut self, entries: &[(&str, u32)]) -> Result<Vec<(u32, u32)>, WriteError> {
        entries.iter().map(|(key, value)| Ok((self.text(key)?, *value))).collect()
    }

    fn entries(&mut self, entries: &[(u32, u32)]) -> Result<(), WriteError> {
        self.number(offset(entries.len())?);
        for (key, value) in entries {
            self.number(*key);
            self.number(*value);
        }
        Ok(())
    }

    fn finish(mut self, tables: [u32; 3]) -> Result<Vec<u8>, WriteError> {
        // The last offset that was given out may be good while the end is not.
        self.here()?;
        self.bytes[..MAGIC.len()].copy_from_slice(&MAGIC);
        self.bytes[MAGIC.len()..CHECKSUM_AT].copy_from_slice(&VERSION.to_le_bytes());
        for (index, table) in tables.into_iter().enumerate() {
            let at = TABLES_AT + 4 * index;
            self.bytes[at..at + 4].copy_from_slice(&table.to_le_bytes());
        }
        let checksum = xxh3_64(&self.bytes[TABLES_AT..]);
        self.bytes[CHECKSUM_AT..TABLES_AT].copy_from_slice(&checksum.to_le_bytes());
        Ok(self.bytes)
    }
}

fn offset(length: usize) -> Result<u32, WriteError> {
    u32::try_from(length).map_err(|_| WriteError::TooLarge)
}
