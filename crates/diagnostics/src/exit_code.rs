/// What the process ends with. The numbers are a contract with scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ExitCode {
    /// All is well.
    Success = 0,
    /// Something unexpected, or a failed test.
    Unexpected = 1,
    /// Wrong arguments or configuration.
    Config = 2,
    /// An entry does not compile or type-check.
    Compile = 3,
    /// An entry failed while it ran.
    Runtime = 4,
    /// Types could not be generated.
    Generate = 5,
    /// Something could not be fetched, or the cache is unusable.
    Fetch = 6,
    /// The result breaks the contract, is invalid, or could not be emitted.
    Validation = 7,
    /// Interrupted by Ctrl-C (`SIGINT`).
    Interrupted = 130,
    /// Ended by `SIGTERM`.
    Terminated = 143,
}

impl ExitCode {
    /// The number of the exit status.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}
