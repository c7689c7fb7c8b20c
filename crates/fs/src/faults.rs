//! Named points at which tests stop the process, and operations that they let fail as some file
//! systems do.

use std::cell::RefCell;
use std::{env, fs, io, thread, time::Duration};

/// The point at which to stop for ever.
pub(crate) const PAUSE_AT: &str = "HUSAKO_FS_TEST_PAUSE_AT";
/// The file to make when stopped there.
pub(crate) const PAUSE_MARK: &str = "HUSAKO_FS_TEST_PAUSE_MARK";
/// The operations to refuse, separated by commas.
pub(crate) const REFUSE: &str = "HUSAKO_FS_TEST_REFUSE";

thread_local! {
    static INJECTED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn at(point: &str) {
    if env::var(PAUSE_AT).is_ok_and(|wanted| wanted == point) {
        if let Ok(mark) = env::var(PAUSE_MARK) {
            drop(fs::File::create(mark));
        }
        loop {
            thread::sleep(Duration::from_secs(1));
        }
    }
}

pub(crate) fn refuse(operation: &str) -> Option<io::Error> {
    let injected = INJECTED.with_borrow(|all| all.contains(&operation))
        || env::var(REFUSE).is_ok_and(|all| all.split(',').any(|one| one == operation));
    injected.then(|| match operation {
        "exchange" => io::ErrorKind::InvalidInput.into(),
        "rename away" => io::ErrorKind::CrossesDevices.into(),
        _ => io::ErrorKind::Unsupported.into(),
    })
}

/// Refuses the operation in this thread until the guard is dropped.
pub(crate) fn inject(operation: &'static str) -> Injected {
    INJECTED.with_borrow_mut(|all| all.push(operation));
    Injected
}

pub(crate) struct Injected;

impl Drop for Injected {
    fn drop(&mut self) {
        INJECTED.with_borrow_mut(Vec::pop);
    }
}
