//! The table of markers: which character between the brackets means which state, and how it is
//! drawn.

/// The state of a task, as its marker says it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not started.
    Todo,
    /// Waiting in the queue of an agent.
    Queued,
    /// In progress.
    Doing,
    /// Done.
    Done,
    /// A marker that has no meaning here; it is kept and shown.
    Other,
}

/// One row of the table of markers.
#[derive(Debug, PartialEq, Eq)]
pub struct Marker {
    /// The byte between the brackets.
    pub byte: u8,
    /// What it means.
    pub state: State,
    /// How a command line calls the state.
    pub word: &'static str,
    /// How a person calls the state.
    pub name: &'static str,
    /// How it is drawn: one column wide, without an emoji form.
    pub glyph: &'static str,
    /// How it is drawn where only ASCII is safe.
    pub ascii: &'static str,
    /// Where the marker comes from.
    pub doc: &'static str,
}

/// All markers with a meaning. The first row of a state is the one that is written.
pub const MARKERS: &[Marker] = &[
    Marker {
        byte: b' ',
        state: State::Todo,
        word: "todo",
        name: "not started",
        glyph: "○",
        ascii: "o",
        doc: "GitHub's and Kiro's open box",
    },
    Marker {
        byte: b'~',
        state: State::Queued,
        word: "queued",
        name: "queued",
        glyph: "»",
        ascii: "~",
        doc: "Kiro's \"Run all tasks\" writes it on what waits",
    },
    Marker {
        byte: b'-',
        state: State::Doing,
        word: "doing",
        name: "in progress",
        glyph: "◐",
        ascii: "-",
        doc: "Kiro's task in progress",
    },
    Marker {
        byte: b'x',
        state: State::Done,
        word: "done",
        name: "done",
        glyph: "✓",
        ascii: "x",
        doc: "GitHub's and Kiro's ticked box",
    },
    Marker {
        byte: b'X',
        state: State::Done,
        word: "done",
        name: "done",
        glyph: "✓",
        ascii: "x",
        doc: "GitHub's other ticked box; kept, never written",
    },
];

/// How every other marker is drawn. Its byte stands for none.
pub const OTHER: &Marker = &Marker {
    byte: 0,
    state: State::Other,
    word: "other",
    name: "other",
    glyph: "?",
    ascii: "?",
    doc: "A marker without a meaning here; kept as it is",
};

/// Returns the state that the bytes between the brackets mean.
pub fn state_of(marker: &[u8]) -> State {
    let [byte] = marker else { return State::Other };
    MARKERS
        .iter()
        .find(|row| row.byte == *byte)
        .map_or(State::Other, |row| row.state)
}

/// Returns the row that is written for `state`; the row of other markers, which is never written,
/// for [`State::Other`].
pub fn marker_for(state: State) -> &'static Marker {
    MARKERS
        .iter()
        .find(|row| row.state == state)
        .unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_byte() {
        for row in MARKERS {
            assert_eq!(state_of(&[row.byte]), row.state);
        }
        for marker in [&b"/"[..], b"", b"O", "✓".as_bytes()] {
            assert_eq!(state_of(marker), State::Other);
        }
    }

    #[test]
    fn states_have_distinct_glyphs_of_one_column() {
        for state in [
            State::Todo,
            State::Queued,
            State::Doing,
            State::Done,
            State::Other,
        ] {
            let row = marker_for(state);
            assert_eq!(row.state, state);
            assert_eq!((crate::text::width(row.glyph), row.ascii.len()), (1, 1));
            let twins = MARKERS.iter().filter(|other| {
                other.state != state && (other.glyph == row.glyph || other.ascii == row.ascii)
            });
            assert_eq!(twins.count(), 0, "{state:?}");
        }
    }
}
