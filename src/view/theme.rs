//! The look: glyphs, and the roles that colours belong to. No role sets a background, so that every
//! terminal's own colours fit.

use ratatui::style::{Color, Style};

use crate::markdown::{State, Tone};
use crate::prose::line::CutMarks;

/// What a piece of text is, as far as its colour goes. Running text has the terminal's own
/// foreground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// Cursor, title of the focused pane, keys.
    Accent,
    /// Headings, titles, folders.
    Strong,
    /// Emphasized words, and the headings of the lowest levels.
    Emphasis,
    /// Titles of parts of a document, and what names the columns of a table.
    Title,
    /// Footer words, ages, second lines.
    Dim,
    /// What is done.
    Done,
    /// What is in progress.
    Doing,
    /// What is queued.
    Queued,
    /// What has another marker.
    Other,
    /// Errors and conflicts.
    Danger,
    /// Unread, and what was found.
    Mark,
    /// The words of EARS.
    Keyword,
    /// Numbers in references.
    Id,
    /// Code.
    Code,
    /// Links.
    Link,
    /// Strings, numbers and other values in code.
    Literal,
    /// Types, keys and tags in code.
    Name,
    /// Lines that were added.
    Added,
    /// Lines that were removed.
    Removed,
    /// The place where text is typed.
    Caret,
    /// The number of the chosen column.
    Selection,
}

impl Role {
    /// All roles, in the order of their numbers.
    pub const ALL: [Self; 22] = [
        Self::Text,
        Self::Accent,
        Self::Strong,
        Self::Emphasis,
        Self::Title,
        Self::Dim,
        Self::Done,
        Self::Doing,
        Self::Queued,
        Self::Other,
        Self::Danger,
        Self::Mark,
        Self::Keyword,
        Self::Id,
        Self::Code,
        Self::Link,
        Self::Literal,
        Self::Name,
        Self::Added,
        Self::Removed,
        Self::Caret,
        Self::Selection,
    ];

    /// Returns the word for it in a configuration.
    pub fn word(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// Where the stand-ins for roles begin among the indexed colours: nothing else is drawn with these.
const FIRST_STAND_IN: u8 = 100;

/// Returns the style that stands for a role while a frame is drawn: the theme puts its own in its
/// place.
pub(super) fn style(role: Role) -> Style {
    match role {
        Role::Text => Style::new(),
        role => Style::new().fg(Color::Indexed(FIRST_STAND_IN + role as u8)),
    }
}

/// Returns the role that a colour stands for.
pub(super) fn role_of(colour: Color) -> Option<Role> {
    let Color::Indexed(index) = colour else {
        return None;
    };
    let number = index.checked_sub(FIRST_STAND_IN)?;
    Role::ALL.get(usize::from(number)).copied()
}

/// Returns the role of a state's glyph.
pub(super) fn state_role(state: State) -> Role {
    match state.marker().tone {
        Tone::Plain => Role::Text,
        Tone::Waiting => Role::Queued,
        Tone::Active => Role::Doing,
        Tone::Finished => Role::Done,
        Tone::Odd => Role::Other,
    }
}

/// The glyphs of one set: all one column wide, none with an emoji form.
#[derive(Debug)]
pub struct Glyphs {
    /// The cursor of the focused part.
    pub cursor: &'static str,
    /// The cursor of a part without focus.
    pub resting: &'static str,
    /// Changed from outside and not seen yet.
    pub unread: &'static str,
    /// Changed by both sides, and not decided yet.
    pub conflict: &'static str,
    /// What was found to be wrong: a dangling reference, a criterion that nothing covers.
    pub found: &'static str,
    /// Linked with the cursor of another pane.
    pub linked: &'static str,
    /// A task that can be begun now.
    pub ready: &'static str,
    /// Covered by nothing.
    pub uncovered: &'static str,
    /// What stands between a row and a column.
    pub times: &'static str,
    /// A closed folder, or a folded task with what it hides.
    pub closed: &'static str,
    /// An open folder.
    pub open: &'static str,
    /// A full cell of a bar.
    pub full: &'static str,
    /// An empty cell of a bar.
    pub empty: &'static str,
    /// What stands for something that was cut.
    pub cut: &'static str,
    /// The rule between two parts.
    pub rule: &'static str,
    /// What leads from one to another in a diagram.
    pub arrow: &'static str,
    /// What stands before an arrow that is dashed.
    pub dash: &'static str,
    /// The line above a peek or a pop-up.
    pub line: &'static str,
    /// No figure.
    pub none: &'static str,
    /// What stands between the first and the last of a range.
    pub range: &'static str,
    /// What stands between figures and words, with its blanks.
    pub between: &'static str,
    is_ascii: bool,
}

const UNICODE: Glyphs = Glyphs {
    cursor: "▌",
    resting: "▏",
    unread: "•",
    conflict: "≠",
    found: "!",
    linked: "›",
    ready: "→",
    uncovered: "✗",
    times: "×",
    closed: "▸",
    open: "▾",
    full: "■",
    empty: "·",
    cut: "…",
    rule: "│",
    arrow: "→",
    dash: "┄",
    line: "──",
    none: "–",
    range: "–",
    between: " · ",
    is_ascii: false,
};

const ASCII: Glyphs = Glyphs {
    cursor: ">",
    resting: ":",
    unread: "+",
    conflict: "#",
    found: "!",
    linked: "=",
    ready: "r",
    uncovered: "0",
    times: "x",
    closed: ">",
    open: "v",
    full: "#",
    empty: ".",
    cut: "~",
    rule: "|",
    arrow: ">",
    dash: ".",
    line: "--",
    none: "-",
    range: "-",
    between: " | ",
    is_ascii: true,
};

impl Glyphs {
    /// Returns the set for a terminal.
    pub fn of(ascii: bool) -> &'static Self {
        if ascii { &ASCII } else { &UNICODE }
    }

    /// Returns what stands at the edges of code and tables that are cut.
    pub fn cut_marks(&self) -> CutMarks {
        if self.is_ascii {
            CutMarks::ASCII
        } else {
            CutMarks::UNICODE
        }
    }

    /// Returns the glyph of a state.
    pub fn state(&self, state: State) -> &'static str {
        let row = state.marker();
        if self.is_ascii { row.ascii } else { row.glyph }
    }

    /// Draws a line across some columns.
    pub fn line_of(&self, columns: usize) -> String {
        let cells = self.line.chars().take(1).cycle();
        cells.take(columns).collect()
    }

    /// Draws a bar of five cells. It is full only when all is done, and empty only when nothing is.
    pub fn bar(&self, done: usize, total: usize) -> String {
        let cells = match (done, total) {
            (0, _) | (_, 0) => 0,
            (done, total) if done == total => 5,
            (done, total) => (done * 5 / total).clamp(1, 4),
        };
        format!(
            "{}{}",
            self.full.repeat(cells),
            self.empty.repeat(5 - cells)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{clean, width};

    #[test]
    fn every_glyph_is_one_column_wide_and_survives_cleaning() {
        for glyphs in [&UNICODE, &ASCII] {
            let all = [
                glyphs.cursor,
                glyphs.resting,
                glyphs.unread,
                glyphs.conflict,
                glyphs.found,
                glyphs.linked,
                glyphs.ready,
                glyphs.uncovered,
                glyphs.times,
                glyphs.closed,
                glyphs.open,
                glyphs.full,
                glyphs.empty,
                glyphs.cut,
                glyphs.rule,
                glyphs.arrow,
                glyphs.dash,
                glyphs.none,
            ];
            for glyph in all {
                assert_eq!((width(glyph), clean(glyph).as_ref()), (1, glyph));
            }
            assert!(!glyphs.is_ascii || all.iter().all(|glyph| glyph.is_ascii()));
        }
    }

    #[test]
    fn no_state_is_drawn_like_another_or_like_what_stands_beside_it() {
        for glyphs in [&UNICODE, &ASCII] {
            let own: Vec<&str> = State::ALL.map(|state| glyphs.state(state)).into();
            let beside = [
                glyphs.cursor,
                glyphs.resting,
                glyphs.unread,
                glyphs.conflict,
                glyphs.found,
                glyphs.linked,
                glyphs.ready,
                glyphs.uncovered,
                glyphs.closed,
                glyphs.open,
                glyphs.rule,
                glyphs.arrow,
                glyphs.dash,
            ];
            for (state, glyph) in State::ALL.into_iter().zip(&own) {
                assert_eq!((width(glyph), clean(glyph).as_ref()), (1, *glyph));
                assert!(!glyphs.is_ascii || glyph.is_ascii(), "{state:?}: {glyph}");
                let twins = own.iter().chain(&beside).filter(|other| *other == glyph);
                assert_eq!(
                    twins.count(),
                    1,
                    "{state:?} has the glyph {glyph} of another"
                );
            }
        }
    }

    #[test]
    fn a_bar_is_full_only_when_all_is_done() {
        for (done, total, expected) in [
            (0, 0, "....."),
            (0, 9, "....."),
            (1, 100, "#...."),
            (99, 100, "####."),
            (5, 5, "#####"),
            (3, 5, "###.."),
        ] {
            assert_eq!(ASCII.bar(done, total), expected, "{done}/{total}");
        }
    }

    #[test]
    fn every_role_has_its_number_and_stands_for_itself() {
        for (number, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, number);
            assert_eq!(style(role).bg, None);
            if role != Role::Text {
                assert_eq!(style(role).fg.and_then(role_of), Some(role));
            }
        }
        assert_eq!(role_of(Color::Red), None);
    }
}
