//! The modules of one entry, as the sandbox asks for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use husako_compile::{Import, ImportNames};
use husako_diagnostics::{SourceFrame, nearest};
use husako_runtime::{FactoryDescription, LoadError, ModuleLoader, ModuleSource};
use husako_schema::store::Store;

use super::data;
use super::imports::{Bounds, FileKind, ImportError, ImportErrorKind, SpecifierKind, TEXT};
use super::sources::{self, Sources};

/// Resolves and loads modules; shared by all entries of a run.
#[derive(Debug)]
pub(crate) struct Modules {
    pub(crate) bounds: Bounds,
    pub(crate) sources: Sources,
    pub(crate) store: Arc<Store>,
    /// What specifiers of files mean, by importer and specifier: entries share most of it.
    files: Mutex<HashMap<(String, String), String>>,
}

impl Modules {
    pub(crate) fn new(bounds: Bounds, store: Arc<Store>) -> Self {
        Self { bounds, sources: Sources::default(), store, files: Mutex::default() }
    }

    fn resolve_any(
        &self,
        importer: &str,
        specifier: &str,
        imports: &[&Import],
    ) -> Result<String, ImportErrorKind> {
        match SpecifierKind::of(specifier) {
            SpecifierKind::File => {
                let is_text = imports.iter().any(|import| import.is_text);
                if is_text && imports.iter().any(|import| !import.is_text) {
                    return Err(ImportErrorKind::TextAndValue);
                }
                self.resolve_file(importer, specifier, is_text)
            }
            SpecifierKind::Schema => self.resolve_schema(specifier, imports),
            SpecifierKind::NodeBuiltin => Err(ImportErrorKind::NodeBuiltin),
            SpecifierKind::Package => Err(ImportErrorKind::Package),
        }
    }

    fn resolve_file(
        &self,
        importer: &str,
        specifier: &str,
        is_text: bool,
    ) -> Result<String, ImportErrorKind> {
        let key = (importer.to_owned(), specifier.to_owned());
        let known = {
            let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.get(&key).cloned()
        };
        if let Some(id) = known {
            return Ok(id);
        }
        let id = self.bounds.resolve_file(importer, specifier, is_text)?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(key, id.clone());
        Ok(id)
    }

    /// The id of a module with just the exports that the importer uses: `k8s/apps/v1#Deployment`.
    fn resolve_schema(
        &self,
        specifier: &str,
        imports: &[&Import],
    ) -> Result<String, ImportErrorKind> {
        let Some(module) = self.store.module(specifier) else {
            let modules: Vec<&str> = self.store.modules().collect();
            let nearest = nearest(specifier, modules.iter().copied()).map(str::to_owned);
            return Err(ImportErrorKind::NoModule { nearest });
        };
        let mut names: Vec<&str> = Vec::new();
        if imports.is_empty() {
            // The specifier was computed: whatever is there may be meant.
            names.extend(module.factories());
        }
        for import in imports {
            match &import.names {
                ImportNames::Namespace => names.extend(module.factories()),
                ImportNames::Named(wanted) => {
                    for name in wanted {
                        if !module.factories().any(|known| known == name) {
                            let nearest = nearest(name, module.factories()).map(str::to_owned);
                            return Err(ImportErrorKind::NoExport { name: name.clone(), nearest });
                        }
                        names.push(name);
                    }
                }
            }
        }
        names.sort_unstable();
        names.dedup();
        Ok(format!("{}#{}", module.path(), names.join(",")))
    }
}

/// The modules as one entry sees them.
#[derive(Clone, Debug)]
pub(crate) struct EntryModules(pub(crate) Arc<Modules>);

impl ModuleLoader for EntryModules {
    fn resolve(&self, importer: &str, specifier: &str) -> Result<String, LoadError> {
        let module = self.0.sources.loaded(importer);
        let imports: Vec<&Import> = module
            .iter()
            .flat_map(|module| &module.compiled.imports)
            .filter(|import| import.specifier == specifier)
            .collect();
        self.0.resolve_any(importer, specifier, &imports).map_err(|kind| {
            let frame = imports.first().zip(module.as_ref()).map(|(import, module)| {
                sources::frame(importer, &module.text, import.position, import.length)
            });
            fail(importer, specifier, kind, frame)
        })
    }

    fn load(&self, id: &str) -> Result<ModuleSource, LoadError> {
        if let Some((module, names)) = id.split_once('#')
            && SpecifierKind::of(module) == SpecifierKind::Schema
        {
            let names = names.split(',').filter(|name| !name.is_empty()).map(str::to_owned);
            return Ok(ModuleSource::Factories {
                module: module.to_owned(),
                names: names.collect(),
            });
        }
        let path = sources::path_of(&self.0.bounds.root, id);
        if let Some(name) = id.strip_suffix(TEXT) {
            let path = sources::path_of(&self.0.bounds.root, name);
            return data::text(name, &path).map_err(LoadError::new);
        }
        match FileKind::of(&path) {
            FileKind::Json => data::json(id, &path).map_err(LoadError::new),
            FileKind::Yaml => data::yaml(id, &path).map_err(LoadError::new),
            FileKind::Module | FileKind::Other => {
                let module = self.0.sources.module(id, &path).map_err(LoadError::new)?;
                Ok(ModuleSource::JavaScript(module.compiled.code.clone()))
            }
        }
    }

    fn factory(&self, module: &str, name: &str) -> Option<FactoryDescription> {
        let factory = self.0.store.factory(module, name)?;
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Some(FactoryDescription {
            kind: factory.kind.map(|(api_version, kind)| (api_version.to_owned(), kind.to_owned())),
            properties: owned(factory.properties),
            spec: factory.spec_properties.map(owned),
            pod_spec: factory.pod_spec_path.map(owned),
        })
    }
}

fn fail(
    importer: &str,
    specifier: &str,
    kind: ImportErrorKind,
    frame: Option<SourceFrame>,
) -> LoadError {
    LoadError::new(ImportError {
        importer: importer.to_owned(),
        specifier: specifier.trim_end_matches(TEXT).to_owned(),
        kind,
        frame,
    })
}
