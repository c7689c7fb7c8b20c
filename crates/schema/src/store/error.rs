use husako_diagnostics::{Diagnostic, ExitCode, Hint};

/// Why a file is no usable store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It is something else.
    #[error("not a schema store")]
    NotAStore,
    /// An older or newer version of the program wrote it.
    #[error("schema store of format {found}, expected {supported}")]
    Version {
        /// The format that it is of.
        found: u32,
        /// The format that this program reads.
        supported: u32,
    },
    /// It is cut off or damaged.
    #[error("damaged schema store")]
    Corrupt,
}

impl Diagnostic for StoreError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Generate
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new("run `husako generate` to write it anew")]
    }
}

/// Why a model cannot be stored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A schema has no form in bytes.
    #[error("failed to store the schema `{schema}`")]
    Encode {
        /// The name of the schema, or the kind.
        schema: String,
        /// What is wrong with it.
        #[source]
        source: postcard::Error,
    },
    /// The offsets of the format reach 4 GiB.
    #[error("the schemas take more than 4 GiB")]
    TooLarge,
}

impl Diagnostic for WriteError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Generate
    }
}
