//! Freeing large values off the critical path.

/// Moves a value to a blocking thread to be freed there.
///
/// Freeing the map of all specs takes milliseconds that nobody needs to wait for. The task is the
/// only one that may outlive its operation: it does nothing but free memory, and the process may
/// end without it.
pub(crate) fn drop_in_background<T: Send + 'static>(value: T) {
    drop(tokio::task::spawn_blocking(move || drop(value)));
}
