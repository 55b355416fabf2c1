//! The present time, on the scale of the times that files have.

use std::time::SystemTime;

/// Returns the seconds since 1970; 0 where the clock stands before that.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}
