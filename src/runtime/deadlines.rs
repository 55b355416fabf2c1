//! The one-shot deadlines that keys start.

use std::time::{Duration, Instant};

use crate::model::Deadline;

/// The deadlines that are pending.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    pending: Vec<(Deadline, Instant)>,
}

impl Deadlines {
    /// Starts a deadline, or starts it again.
    pub(super) fn start(&mut self, deadline: Deadline) {
        self.forget(deadline);
        self.pending
            .push((deadline, Instant::now() + length(deadline)));
    }

    /// Forgets a deadline.
    pub(super) fn forget(&mut self, deadline: Deadline) {
        self.pending.retain(|(pending, _)| *pending != deadline);
    }

    /// Returns the deadline that passes next, and how long that is from now.
    pub(super) fn next(&self) -> Option<(Deadline, Duration)> {
        let (deadline, at) = self.pending.iter().min_by_key(|(_, at)| *at)?;
        Some((*deadline, at.saturating_duration_since(Instant::now())))
    }
}

/// Returns how long a deadline is.
fn length(deadline: Deadline) -> Duration {
    match deadline {
        Deadline::Rest => Duration::from_millis(100),
        Deadline::Prefix => Duration::from_millis(400),
        Deadline::Draft => Duration::from_secs(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_deadline_is_next_and_each_is_there_once() {
        let mut deadlines = Deadlines::default();
        assert_eq!(deadlines.next(), None);
        deadlines.start(Deadline::Prefix);
        deadlines.start(Deadline::Rest);
        deadlines.start(Deadline::Rest);
        assert_eq!(
            deadlines.next().map(|(deadline, _)| deadline),
            Some(Deadline::Rest)
        );
        deadlines.forget(Deadline::Rest);
        assert_eq!(
            deadlines.next().map(|(deadline, _)| deadline),
            Some(Deadline::Prefix)
        );
    }
}
