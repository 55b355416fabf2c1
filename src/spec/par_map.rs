//! Doing the same for many things on all cores, with the results in order.
//!
//! Knows nothing of what is done.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};

/// Returns `work(0)`, `work(1)`, … up to `count`, worked out side by side by as many threads as
/// there are cores.
///
/// A panic inside `work` goes on in the caller.
pub(crate) fn par_map<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = available_parallelism().map_or(1, NonZero::get).min(count);
    if threads < 2 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let mut results: Vec<Option<T>> = std::iter::repeat_with(|| None).take(count).collect();
    let mut put = |done: Vec<(usize, T)>| {
        done.into_iter()
            .for_each(|(index, result)| results[index] = Some(result));
    };
    scope(|scope| {
        let workers: Vec<_> = (1..threads)
            .map(|_| scope.spawn(|| work_through(&next, count, &work)))
            .collect();
        put(work_through(&next, count, &work));
        for worker in workers {
            put(worker
                .join()
                .unwrap_or_else(|payload| std::panic::resume_unwind(payload)));
        }
    });
    results.into_iter().flatten().collect()
}

/// Takes one index after the other until none is left.
fn work_through<T>(next: &AtomicUsize, count: usize, work: impl Fn(usize) -> T) -> Vec<(usize, T)> {
    let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < count);
    std::iter::from_fn(take)
        .map(|index| (index, work(index)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_stands_at_its_place() {
        for count in [0, 1, 2, 1000] {
            assert_eq!(
                par_map(count, |index| index * index),
                (0..count).map(|index| index * index).collect::<Vec<_>>()
            );
        }
    }
}
