//! Progress of a task list.

use serde::Serialize;

use super::stale::grows_stale;
use super::tasks::{ItemKind, Tasks};
use crate::markdown::{State, Weight};

/// How far a task list is.
///
/// `done` and `total` are over counted tasks: required, and without a required child. The other
/// figures are over all tasks; checklists count nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Counted tasks that are done.
    pub done: usize,
    /// Counted tasks.
    pub total: usize,
    /// Tasks in progress.
    pub doing: usize,
    /// Queued tasks.
    pub queued: usize,
    /// Tasks with a marker that has no meaning here.
    pub other: usize,
    /// Tasks that are stale once their file is.
    #[serde(skip)]
    pub growing_stale: usize,
    /// Optional tasks that are done.
    pub optional_done: usize,
    /// Optional tasks.
    pub optional_total: usize,
    /// Lines that look like tasks that are left, and are none. No figure counts them.
    #[serde(skip)]
    pub unread: usize,
}

impl Progress {
    /// Counts the tasks.
    pub fn of(tasks: &Tasks) -> Self {
        let mut progress = Self {
            unread: tasks.unread,
            ..Self::default()
        };
        for task in tasks
            .items
            .iter()
            .filter(|item| item.kind == ItemKind::Task && !item.template)
        {
            let mut done = 0;
            match task.state.marker().weight {
                Weight::Whole => done = 1,
                Weight::Begun => progress.doing += 1,
                Weight::Waiting => progress.queued += 1,
                Weight::Nothing => progress.other += usize::from(task.state != State::Todo),
            }
            progress.total += usize::from(task.counted);
            progress.done += usize::from(task.counted) * done;
            progress.optional_total += usize::from(task.optional);
            progress.optional_done += usize::from(task.optional) * done;
            progress.growing_stale += usize::from(grows_stale(task));
        }
        progress
    }

    /// Returns the state of a feature in a list: in progress only where a task is, and not because
    /// some are done. How far it is, its figures say.
    pub fn at_a_glance(&self) -> State {
        if self.doing > 0 {
            State::Doing
        } else if self.state() == State::Done {
            State::Done
        } else {
            State::Todo
        }
    }

    /// Returns the state of the whole: done when every counted task is, or every optional one where
    /// there are no others, and nothing else looks like a task that is left; in progress when
    /// anything was begun.
    pub fn state(&self) -> State {
        let (done, total) = if self.total > 0 {
            (self.done, self.total)
        } else {
            (self.optional_done, self.optional_total)
        };
        if total > 0 && done == total && self.unread == 0 {
            State::Done
        } else if self.done + self.doing + self.optional_done > 0 {
            State::Doing
        } else if self.queued > 0 {
            State::Queued
        } else {
            State::Todo
        }
    }
}

impl std::ops::AddAssign for Progress {
    fn add_assign(&mut self, other: Self) {
        self.done += other.done;
        self.total += other.total;
        self.doing += other.doing;
        self.queued += other.queued;
        self.other += other.other;
        self.growing_stale += other.growing_stale;
        self.optional_done += other.optional_done;
        self.optional_total += other.optional_total;
        self.unread += other.unread;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::text::Text;

    fn progress(source: &str) -> Progress {
        let text = Text::new(source);
        Progress::of(&Tasks::parse(&text, &Document::parse(&text)))
    }

    #[test]
    fn every_state_but_that_of_what_is_not_started_has_its_figure() {
        for state in State::ALL {
            let byte = state.marker().byte().unwrap_or(b'?');
            let found = progress(&format!("- [{}] 1. a\n", char::from(byte)));
            let counted = found.done + found.doing + found.queued + found.other;
            assert_eq!(counted, usize::from(state != State::Todo), "{state:?}");
        }
    }

    #[test]
    fn only_required_leaves_make_progress() {
        let found = progress(
            "- [-] 1. a\n  - [x] 1.1 b\n  - [ ]* 1.2 c\n- [~] 2. d\n- [x]* 3. e\n- [/] 4. f\n## Notes\n- [x] g\n",
        );
        let expected = Progress {
            done: 1,
            total: 3,
            doing: 1,
            queued: 1,
            other: 1,
            growing_stale: 2,
            optional_done: 1,
            optional_total: 2,
            unread: 0,
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn placeholders_of_a_template_count_nowhere() {
        let found = progress(
            "- [x] 1. a\n- [ ] 2. {{TITLE}}\n- [-]* 3. {{TITLE}}\n- [ ] 4. use `{{name}}`\n- [ ] 5. b\n  - [ ] 5.1 {{SUB}}\n",
        );
        let expected = Progress {
            done: 1,
            total: 3,
            ..Progress::default()
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_list_of_optional_tasks_only_is_done_with_its_last_one() {
        assert_eq!(progress("- [x]* 1. a\n- [x]* 2. b\n").state(), State::Done);
    }

    #[test]
    fn the_state_of_the_whole() {
        for (source, expected) in [
            ("", State::Todo),
            ("- [ ] 1. a\n", State::Todo),
            ("- [ ] 1. a\n- [x] 2. b\n", State::Doing),
            ("- [-] 1. a\n", State::Doing),
            ("- [~] 1. a\n", State::Queued),
            ("- [x] 1. a\n- [ ]* 2. b\n", State::Done),
            ("- [x]* 1. a\n- [ ]* 2. b\n", State::Doing),
            ("- [x] 1. a\n```\n- [ ] 2. b\n```\n", State::Doing),
            ("- [x] 1. a\n\n-[ ] 2. b\n", State::Doing),
            ("- [x] 1. a\n\n-[x] 2. b\n", State::Done),
            ("- [x] 1. a\n- [ ] {{NUMBER}}. {{TASK}}\n", State::Done),
        ] {
            assert_eq!(progress(source).state(), expected, "{source:?}");
        }
    }
}
