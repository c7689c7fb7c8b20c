use std::time::Duration;

/// What an entry may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time from the start of [`Runtime::execute`](crate::Runtime::execute) to its end.
    pub deadline: Duration,
    /// The bytes of the JavaScript heap, and also of what is taken out of it.
    pub heap: usize,
    /// The bytes of the thread's stack that JavaScript may use. The thread must have about 1 MiB
    /// more than that: the host's own frames and what it does while modules load come on top.
    pub stack: usize,
}

impl Default for Limits {
    /// 30 seconds, 256 MiB of heap, and 1 MiB of stack, which fits the 2 MiB threads of tokio.
    fn default() -> Self {
        Self { deadline: Duration::from_secs(30), heap: 256 << 20, stack: 1 << 20 }
    }
}
