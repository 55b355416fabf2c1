//! When work that was begun counts as stale: the file with its tasks was not written for long.
//!
//! Knows no clock: whoever asks says what time it is.

use super::tasks::{ItemKind, Task};
use crate::store::Version;

/// After how many days without a write to its file begun work is stale, where nothing else is said. A week: what rests over a
/// weekend or a few days of leave is not forgotten yet.
pub const STALE_AFTER_DAYS: i64 = 7;

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// Returns for how many whole days a file was not written, where that is long enough, by `after`
/// days, for begun work in it to be stale. `now` is in seconds since 1970.
pub fn stale_days(version: &Version, now: i64, after: i64) -> Option<i64> {
    let days = (now - version.modified().0) / SECONDS_OF_A_DAY;
    (days >= after).then_some(days)
}

/// Returns whether a task is stale in a file that is.
pub fn grows_stale(task: &Task) -> bool {
    task.kind == ItemKind::Task && task.state.marker().grows_stale
}

/// Words an age.
pub fn age(days: i64) -> String {
    format!("{days} d")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::version;

    #[test]
    fn a_file_is_stale_from_the_seventh_day_on() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let version = version(file.path()).unwrap();
        let written = version.modified().0;
        for (days, expected) in [
            (-3, None),
            (0, None),
            (6, None),
            (7, Some(7)),
            (400, Some(400)),
        ] {
            assert_eq!(
                stale_days(
                    &version,
                    written + days * SECONDS_OF_A_DAY,
                    STALE_AFTER_DAYS
                ),
                expected,
                "{days}"
            );
        }
        assert_eq!(
            stale_days(&version, written + 7 * SECONDS_OF_A_DAY - 1, 7),
            None
        );
        assert_eq!(
            stale_days(&version, written + 2 * SECONDS_OF_A_DAY, 2),
            Some(2)
        );
    }
}
