//! How long the finder takes for a key: everything with a name of 300 specs, narrowed by what is
//! typed so far. The goal is 20 ms.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use specboard::model::{EntryKind, EntryPlace, Finder, FinderEntry, Pane, Prompt};

const SPECS: usize = 300;
/// Names in each spec: tasks, criteria, headings.
const NAMES: usize = 70;
const ROUNDS: usize = 15;

fn main() {
    let entries: Vec<FinderEntry> = (0..SPECS).flat_map(names).collect();
    println!("{} names in {SPECS} specs", entries.len());
    for typed in ["s", "session", "auth sess", "verify token 42", "zebra"] {
        let mut finder = Finder::new(Prompt::default(), entries.clone(), Vec::new());
        finder.prompt.set(typed);
        let time = fastest(|| finder.refine());
        println!("{typed:?}: {time:?}, {} met", finder.matched());
    }
}

/// Makes the entries of one spec.
fn names(spec: usize) -> Vec<FinderEntry> {
    let folder: Arc<Path> = Path::new(&format!("specs/{spec}")).into();
    let name = format!("user-authentication-{spec}");
    let entry = |at: usize| {
        let kind = if at.is_multiple_of(2) {
            EntryKind::Task
        } else {
            EntryKind::Criterion
        };
        let words = format!(
            "WHEN a session of kind {at} has been inactive for 24 hours, THE System SHALL verify \
             its token and ask the user to log in again"
        );
        let place = EntryPlace::Line(Arc::clone(&folder), Pane::Tasks, at);
        FinderEntry::new(
            kind,
            place,
            &format!("{}.{}", at / 5, at % 5),
            &words,
            &name,
        )
    };
    (0..NAMES).map(entry).collect()
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..ROUNDS).map(timed).min().unwrap_or_default()
}
