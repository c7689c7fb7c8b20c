//! Concurrent tasks that belong to an operation.
//!
//! When [`join_all`] returns, none of its tasks is alive, however it returns. Results keep the
//! order in which the tasks were given, whatever the order in which they finished. The first
//! failure cancels the siblings, which are drained to their end.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How a task failed.
#[derive(Debug)]
pub(crate) enum Failure<E> {
    /// By its own error.
    Error(E),
    /// By a panic, with its message.
    Panic(String),
}

/// The failures of a set of tasks, first one first.
#[derive(Debug)]
pub(crate) struct Failures<E> {
    /// When the first one happened, comparable between sets that share a [`Clock`].
    pub(crate) first: u64,
    /// Name and failure of each task that failed, in the order in which they did.
    pub(crate) failures: Vec<(String, Failure<E>)>,
}

/// Orders the failures of several sets that run at the same time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<AtomicU64>);

impl Clock {
    fn tick(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// Runs the named tasks concurrently, at most `limit` at a time.
///
/// `is_cancelled` tells errors that only say that the task was cancelled: such a one never counts
/// as the failure that caused the cancellation.
pub(crate) async fn join_all<T, E, F>(
    tasks: Vec<(String, F)>,
    limit: usize,
    cancel: &CancellationToken,
    clock: &Clock,
    is_cancelled: fn(&E) -> bool,
) -> Result<IndexMap<String, T>, Failures<E>>
where
    T: Send + 'static,
    E: Send + 'static,
    F: Future<Output = Result<T, E>> + Send + 'static,
{
    let semaphore = Arc::new(Semaphore::new(limit.max(1)));
    let mut names: Vec<String> = Vec::with_capacity(tasks.len());
    let mut set = JoinSet::new();
    let mut index_of = std::collections::HashMap::new();
    for (index, (name, task)) in tasks.into_iter().enumerate() {
        names.push(name);
        let semaphore = Arc::clone(&semaphore);
        let handle = set.spawn(async move {
            // The semaphore is never closed.
            let _permit = semaphore.acquire_owned().await.ok();
            task.await
        });
        index_of.insert(handle.id(), index);
    }
    let mut results: Vec<Option<T>> = names.iter().map(|_| None).collect();
    let mut failures: Vec<(u64, String, Failure<E>)> = Vec::new();
    let mut cancellations: Vec<(u64, String, Failure<E>)> = Vec::new();
    while let Some(joined) = set.join_next_with_id().await {
        let (id, failure) = match joined {
            Ok((id, Ok(result))) => {
                results[index_of[&id]] = Some(result);
                continue;
            }
            Ok((id, Err(error))) => (id, Failure::Error(error)),
            Err(error) => (error.id(), Failure::Panic(panic_message(error))),
        };
        cancel.cancel();
        let failed = (clock.tick(), names[index_of[&id]].clone(), failure);
        match &failed.2 {
            Failure::Error(error) if is_cancelled(error) => cancellations.push(failed),
            _ => failures.push(failed),
        }
    }
    if failures.is_empty() {
        failures = cancellations;
    }
    if let Some((first, ..)) = failures.first() {
        let first = *first;
        let failures = failures.into_iter().map(|(_, name, failure)| (name, failure)).collect();
        return Err(Failures { first, failures });
    }
    Ok(names.into_iter().zip(results).filter_map(|(name, result)| Some((name, result?))).collect())
}

/// What a panicked task said.
pub(crate) fn panic_message(error: tokio::task::JoinError) -> String {
    match error.try_into_panic() {
        Ok(payload) => payload
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panicked".to_owned()),
        Err(_) => "was aborted".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio_util::sync::CancellationToken;

    use super::{Clock, Failure, join_all};

    #[derive(Debug, PartialEq)]
    enum TestError {
        Cancelled,
        Broken(u64),
    }

    fn cancelled(error: &TestError) -> bool {
        *error == TestError::Cancelled
    }

    #[tokio::test(start_paused = true)]
    async fn results_keep_the_order_of_the_tasks() {
        let tasks = (0..10u64)
            .map(|index| {
                (format!("t{index}"), async move {
                    tokio::time::sleep(Duration::from_millis(100 - index * 10)).await;
                    Ok::<_, TestError>(index)
                })
            })
            .collect();
        let token = CancellationToken::new();
        let results = join_all(tasks, 8, &token, &Clock::default(), cancelled).await.unwrap();
        assert_eq!(results.values().copied().collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
        assert!(!token.is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_error_cancels_and_drains() {
        let finished = Arc::new(AtomicUsize::new(0));
        let token = CancellationToken::new();
        let tasks = (0..6u64)
            .map(|index| {
                let (finished, token) = (Arc::clone(&finished), token.clone());
                (format!("t{index}"), async move {
                    let result = tokio::select! {
                        () = token.cancelled() => Err(TestError::Cancelled),
                        () = tokio::time::sleep(Duration::from_millis(100 - index * 10)) => {
                            Err::<(), _>(TestError::Broken(index))
                        }
                    };
                    // Clean-up after cancellation is awaited.
                    tokio::time::sleep(Duration::from_millis(500)).await;
                    finished.fetch_add(1, Ordering::SeqCst);
                    result
                })
            })
            .collect();
        let failures = join_all(tasks, 8, &token, &Clock::default(), cancelled).await.unwrap_err();
        assert_eq!(finished.load(Ordering::SeqCst), 6);
        assert!(matches!(
            failures.failures.first(),
            Some((name, Failure::Error(TestError::Broken(5)))) if name == "t5"
        ));
    }

    #[tokio::test]
    async fn a_panic_names_its_task() {
        let tasks = vec![("boom".to_owned(), async { panic!("oh no") as Result<(), TestError> })];
        let token = CancellationToken::new();
        let failures = join_all(tasks, 1, &token, &Clock::default(), cancelled).await.unwrap_err();
        assert!(matches!(
            &failures.failures[0],
            (name, Failure::Panic(message)) if name == "boom" && message == "oh no"
        ));
    }
}
