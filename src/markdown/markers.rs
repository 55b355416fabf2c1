//! The table of states: which characters between the brackets mean each, how it is drawn, and what
//! it counts as.

use super::line::is_odd_blank;

/// What a state is worth to whoever sums tasks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing was done about it.
    Nothing,
    /// It was handed to somebody who has not begun.
    Waiting,
    /// It was begun.
    Begun,
    /// It is done.
    Whole,
}

/// How much a state asks for attention; each screen has its own colours for this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Like running text.
    Plain,
    /// What waits.
    Waiting,
    /// What goes on.
    Active,
    /// What is over.
    Finished,
    /// What is out of the ordinary.
    Odd,
}

/// When the kanban has a column for a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnShown {
    /// Always.
    Always,
    /// While a card stands in it.
    WithCards,
}

/// What is known of one state.
#[derive(Debug, PartialEq, Eq)]
pub struct Marker {
    /// The state.
    pub state: State,
    /// The characters between the brackets that mean it; the first is the one that is written.
    pub bytes: &'static [u8],
    /// How a command line calls the state.
    pub word: &'static str,
    /// How a person calls the state.
    pub name: &'static str,
    /// The title of its column in the kanban.
    pub title: &'static str,
    /// How it is drawn: one column wide, without an emoji form.
    pub glyph: &'static str,
    /// How it is drawn where only ASCII is safe.
    pub ascii: &'static str,
    /// How much it asks for attention.
    pub tone: Tone,
    /// When the kanban has a column for it.
    pub column: ColumnShown,
    /// What it counts as in a sum of tasks.
    pub weight: Weight,
    /// Whether a task that is left in it for long is stale, and is put back by the command for
    /// that.
    pub grows_stale: bool,
    /// Whether a task in it can be started.
    pub can_start: bool,
    /// Where its characters come from.
    pub doc: &'static str,
}

impl Marker {
    /// Returns the character that is written for the state; none for one that is never written.
    pub fn byte(&self) -> Option<u8> {
        self.bytes.first().copied()
    }
}

/// Makes [`State`], [`State::ALL`] and [`MARKERS`] of one row for each state.
macro_rules! states {
    ($($(#[doc = $doc:literal])+ $state:ident { $($fact:ident: $value:expr,)+ })+) => {
        /// The state of a task, as its marker says it, in the order of the kanban's columns.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize,
            serde::Deserialize,
        )]
        #[serde(rename_all = "lowercase")]
        pub enum State {
            $($(#[doc = $doc])+ $state,)+
        }

        impl State {
            /// All states, in their order.
            pub const ALL: [Self; [$(Self::$state),+].len()] = [$(Self::$state),+];
        }

        /// What is known of each state, in their order.
        pub const MARKERS: &[Marker] = &[
            $(Marker { state: State::$state, $($fact: $value,)+ },)+
        ];
    };
}

states! {
    /// Not started.
    Todo {
        bytes: b" ",
        word: "todo",
        name: "not started",
        title: "Not started",
        glyph: "○",
        ascii: "o",
        tone: Tone::Plain,
        column: ColumnShown::Always,
        weight: Weight::Nothing,
        grows_stale: false,
        can_start: true,
        doc: "GitHub's and Kiro's open box",
    }
    /// Waiting in the queue of an agent.
    Queued {
        bytes: b"~",
        word: "queued",
        name: "queued",
        title: "Queued",
        glyph: "»",
        ascii: "~",
        tone: Tone::Waiting,
        column: ColumnShown::WithCards,
        weight: Weight::Waiting,
        grows_stale: true,
        can_start: true,
        doc: "Kiro's \"Run all tasks\" writes it on what waits",
    }
    /// In progress.
    Doing {
        bytes: b"-",
        word: "doing",
        name: "in progress",
        title: "In progress",
        glyph: "◐",
        ascii: "-",
        tone: Tone::Active,
        column: ColumnShown::Always,
        weight: Weight::Begun,
        grows_stale: true,
        can_start: false,
        doc: "Kiro's task in progress",
    }
    /// Done.
    Done {
        bytes: b"xX",
        word: "done",
        name: "done",
        title: "Done",
        glyph: "✓",
        ascii: "x",
        tone: Tone::Finished,
        column: ColumnShown::Always,
        weight: Weight::Whole,
        grows_stale: false,
        can_start: false,
        doc: "GitHub's and Kiro's ticked box; GitHub's X is kept, and never written",
    }
    /// A marker that has no meaning here; it is kept and shown.
    Other {
        bytes: b"",
        word: "other",
        name: "other",
        title: "Other",
        glyph: "?",
        ascii: "?",
        tone: Tone::Odd,
        column: ColumnShown::WithCards,
        weight: Weight::Nothing,
        grows_stale: false,
        can_start: false,
        doc: "A marker without a meaning here; kept as it is",
    }
}

impl State {
    /// Returns what is known of the state.
    pub fn marker(self) -> &'static Marker {
        &MARKERS[self as usize]
    }

    /// Returns whether a task in this state was handed out or begun, and not ended.
    pub fn is_begun(self) -> bool {
        matches!(self.marker().weight, Weight::Waiting | Weight::Begun)
    }

    /// Returns whether something goes on with a task in this state: it is neither untouched nor
    /// done.
    pub fn is_at_work(self) -> bool {
        !matches!(self, Self::Todo | Self::Done)
    }
}

/// Returns the state that the bytes between the brackets mean. A blank that is no plain one, such
/// as a no-break space, is as good as a space.
pub fn state_of(marker: &[u8]) -> State {
    if is_odd_blank(marker) {
        return State::Todo;
    }
    let [byte] = marker else { return State::Other };
    MARKERS
        .iter()
        .find(|row| row.bytes.contains(byte))
        .map_or(State::Other, |row| row.state)
}

/// Returns what is known of `state`.
pub fn marker_for(state: State) -> &'static Marker {
    state.marker()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_is_found_by_its_bytes_and_by_its_state() {
        for (state, row) in State::ALL.into_iter().zip(MARKERS) {
            assert_eq!(state.marker(), row);
            for byte in row.bytes {
                assert_eq!(state_of(&[*byte]), state);
            }
        }
        assert_eq!(state_of("\u{a0}".as_bytes()), State::Todo);
        for marker in [&b"/"[..], b"", b"O", "✓".as_bytes()] {
            assert_eq!(state_of(marker), State::Other);
        }
    }

    #[test]
    fn states_have_distinct_words_and_characters() {
        for row in MARKERS {
            let is_twin = |other: &&Marker| {
                other.word == row.word || other.bytes.iter().any(|byte| row.bytes.contains(byte))
            };
            let twins = MARKERS.iter().filter(|other| other.state != row.state);
            assert_eq!(twins.filter(is_twin).count(), 0, "{:?}", row.state);
        }
    }
}
