//! How an answer looks: colour, glyphs, width. Decided once, from the options and the terminal.

use std::borrow::Cow;
use std::env::var;
use std::io::{IsTerminal, stdout};

use crate::markdown::{State, Tone};
use crate::prose::highlight::Role;
use crate::prose::line::CutMarks;
use crate::text::clean;
use crate::view::Glyphs;

/// How an answer looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether roles have colours.
    pub colour: bool,
    /// Whether glyphs are ASCII.
    pub ascii: bool,
    /// The columns of the terminal; none where the answer goes elsewhere.
    pub columns: Option<usize>,
}

impl Style {
    /// Returns the style that fits the process's standard output: plain where it is no terminal.
    pub fn of_process() -> Self {
        if !stdout().is_terminal() {
            return Self::default();
        }
        let columns =
            rustix::termios::tcgetwinsize(stdout()).map_or(80, |size| usize::from(size.ws_col));
        let is_set = |name: &str| var(name).is_ok_and(|value| !value.is_empty());
        let term = var("TERM").unwrap_or_default();
        Self {
            colour: !is_set("NO_COLOR") && term != "dumb",
            ascii: term == "linux" || !is_utf8_locale(),
            columns: Some(columns.max(20)),
        }
    }

    /// Returns the glyph of a state.
    pub(super) fn glyph(self, state: State) -> &'static str {
        let row = state.marker();
        if self.ascii { row.ascii } else { row.glyph }
    }

    /// Returns the sign for "none here".
    pub(super) fn none(self) -> &'static str {
        if self.ascii { "-" } else { "–" }
    }

    /// Returns the sign for a criterion that no task covers.
    pub(super) fn uncovered(self) -> &'static str {
        Glyphs::of(self.ascii).uncovered
    }

    /// Returns the arrow between two states.
    pub(super) fn arrow(self) -> &'static str {
        if self.ascii { "->" } else { "→" }
    }

    /// Returns the mark of what was cut.
    pub(super) fn cut(self) -> &'static str {
        if self.ascii { "~" } else { "…" }
    }

    /// Returns what stands at the edges of code and tables that are cut.
    pub(super) fn cut_marks(self) -> CutMarks {
        if self.ascii {
            CutMarks::ASCII
        } else {
            CutMarks::UNICODE
        }
    }

    /// Returns what stands for a part that is drawn otherwise than it is written.
    fn drawn(self, role: Role, part: &str) -> Cow<'_, str> {
        let glyph = match (role, self.ascii) {
            (Role::Bar, false) => "│",
            (Role::Bar, true) => "|",
            (Role::Rule, true) => return Cow::Owned("-".repeat(part.chars().count())),
            (Role::Arrow, true) => ">",
            (Role::Dash, true) => ".",
            _ => return Cow::Borrowed(part),
        };
        Cow::Borrowed(glyph)
    }

    /// Puts `part` at the end of `line`: cleaned, in the colour of its role.
    pub(super) fn paint(self, line: &mut String, role: Role, part: &str) {
        let part = &*self.drawn(role, part);
        let code = if self.colour { colour(role) } else { "" };
        if code.is_empty() || part.is_empty() {
            return line.push_str(&clean(part));
        }
        line.push_str(code);
        line.push_str(&clean(part));
        line.push_str("\x1b[0m");
    }
}

/// Returns the sequence that begins a role, nothing for the colour of running text. Only the
/// terminal's own colours are used, and no background.
fn colour(role: Role) -> &'static str {
    match role {
        Role::Plain | Role::Table | Role::Emphasis | Role::Arrow | Role::CodeText => "",
        Role::Heading | Role::Strong => "\x1b[1m",
        Role::Title | Role::TableHead => "\x1b[1;4m",
        Role::Subheading => "\x1b[3m",
        Role::Marker(state) => match state.marker().tone {
            Tone::Plain => "",
            Tone::Waiting => "\x1b[34m",
            Tone::Active => "\x1b[33m",
            Tone::Finished => "\x1b[32m",
            Tone::Odd => "\x1b[35m",
        },
        Role::Id | Role::Link | Role::CodeName => "\x1b[34m",
        Role::Keyword | Role::Code | Role::CodeKeyword => "\x1b[36m",
        Role::CodeLiteral | Role::Added => "\x1b[32m",
        Role::Removed => "\x1b[31m",
        Role::Quote
        | Role::Aside
        | Role::Markup
        | Role::Bar
        | Role::Rule
        | Role::Dash
        | Role::CodeComment => "\x1b[2m",
    }
}

/// Returns whether the locale is UTF-8, by the first of the three variables that is set.
///
/// Where none is set, as on many machines that are reached over SSH, the terminal at the other end
/// nearly always is.
fn is_utf8_locale() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| var(name).ok())
        .find(|value| !value.is_empty());
    let Some(locale) = locale.map(|locale| locale.to_ascii_lowercase()) else {
        return true;
    };
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_end_where_their_part_ends_and_text_is_cleaned() {
        for (colour, part, expected) in [
            (true, "a", "\x1b[1ma\x1b[0m"),
            (true, "", ""),
            (false, "a\x1b[31m", "a␛[31m"),
            (true, "\u{9b}2J", "\x1b[1m\u{fffd}2J\x1b[0m"),
        ] {
            let mut line = String::new();
            Style {
                colour,
                ..Style::default()
            }
            .paint(&mut line, Role::Heading, part);
            assert_eq!(line, expected);
        }
    }

    #[test]
    fn ascii_has_no_other_characters() {
        let style = Style {
            ascii: true,
            ..Style::default()
        };
        let states = State::ALL.map(|state| style.glyph(state));
        assert!(
            states
                .iter()
                .chain(&[style.none(), style.arrow(), style.cut()])
                .all(|glyph| glyph.is_ascii())
        );
    }
}
