//! A stack that is large enough.

use std::io;
use std::panic::resume_unwind;
use std::thread::{Builder, scope};

use crate::nesting::MAX_BRACKETS;

/// The most stack that one level takes in any pass, with a margin of half: measured, a bracket
/// takes 1.8 KiB, a dotted namespace 0.9 KiB, anything else up to 0.6 KiB. Without optimisation it
/// is several times as much. `tests/depth.rs` overflows when this is too little.
const BYTES_PER_LEVEL: usize = if cfg!(debug_assertions) { 8 * KIB } else { 3 * KIB / 2 };
/// What compiling takes when nothing nests.
const BASE: usize = 128 * KIB;
/// What callers are expected to have left; threads have 2 MiB, and the engine uses some of it.
const AT_HAND: usize = 512 * KIB;
/// Address space is not memory: pages count once they are touched.
const MOST: usize = 1024 * MIB;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// How many levels are possible at all; for what nests by brackets, [`MAX_BRACKETS`] is less.
pub(crate) const MAX_LEVELS: usize = (MOST - BASE) / BYTES_PER_LEVEL;
const _: () = assert!(MAX_BRACKETS < MAX_LEVELS);

/// Runs `work`, which nests not deeper than `levels`, on this thread if its stack suffices, else on
/// one of its own.
pub(crate) fn with_levels<T: Send>(
    levels: usize,
    work: impl FnOnce() -> T + Send,
) -> io::Result<T> {
    let size = BASE + levels.min(MAX_LEVELS) * BYTES_PER_LEVEL;
    if size <= AT_HAND {
        return Ok(work());
    }
    scope(|scope| {
        let thread = Builder::new()
            .name("husako-compile".to_owned())
            .stack_size(size)
            .spawn_scoped(scope, work)?;
        Ok(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
