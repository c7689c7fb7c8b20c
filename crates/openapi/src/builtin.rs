use crate::{Contents, Context, Resolution, Resolved, Resolving, Source, SourceError};

/// The schemas in the binary.
#[derive(Clone, Debug, Default)]
pub struct Builtin {
    /// The version that is asked for; none means the one that there is.
    pub version: Option<String>,
}

impl Source for Builtin {
    fn resolve(&self, _context: Context) -> Resolving {
        let resolved = self
            .resolution()
            .map(|resolution| Resolved { resolution, contents: Contents::Builtin });
        Box::pin(std::future::ready(resolved))
    }
}

impl Builtin {
    fn resolution(&self) -> Result<Resolution, SourceError> {
        if let Some(version) = self.version.as_deref().filter(|version| !is_served(version)) {
            return Err(SourceError::BuiltinVersion { asked: version.to_owned() });
        }
        let digest = husako_builtin::DIGEST
            .parse()
            .map_err(|_| SourceError::Internal("the built-in schemas have no digest".to_owned()))?;
        let reference = husako_builtin::KUBERNETES_VERSION.to_owned();
        Ok(Resolution { source: "builtin", reference, digest })
    }
}

fn is_served(version: &str) -> bool {
    version.strip_prefix('v').unwrap_or(version) == husako_builtin::KUBERNETES_VERSION
}
