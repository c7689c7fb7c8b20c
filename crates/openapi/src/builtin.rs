use husako_source::{Context, Resolution, Resolving, SourceError};

use crate::{Contents, Resolved, Source};

/// The schemas in the binary.
#[derive(Clone, Debug, Default)]
pub struct Builtin {
    /// The version that is asked for; none means the one that there is.
    pub version: Option<String>,
}

impl Source for Builtin {
    fn resolve(&self, _context: Context) -> Resolving<Resolved> {
        let resolved = self
            .resolution()
            .map(|resolution| Resolved { resolution, contents: Contents::Builtin });
        Box::pin(std::future::ready(resolved))
    }
}

impl Builtin {
    fn resolution(&self) -> Result<Resolution, SourceError> {
        let available = husako_builtin::KUBERNETES_VERSION;
        if let Some(asked) = &self.version
            && asked.strip_prefix('v').unwrap_or(asked) != available
        {
            return Err(SourceError::BuiltinVersion { asked: asked.clone(), available });
        }
        let digest = husako_builtin::DIGEST
            .parse()
            .map_err(|_| SourceError::Internal("the built-in schemas have no digest".to_owned()))?;
        Ok(Resolution { source: "builtin", reference: available.to_owned(), digest })
    }
}
