//! What the user chose at the start: on the command line and in the configuration.
//!
//! Does not know where that is written, nor how it is read.

use std::collections::BTreeMap;

use super::SpecOrder;
use crate::spec::stale::STALE_AFTER_DAYS;

/// What the user chose at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether every write is refused.
    pub read_only: bool,
    /// Whether only ASCII is drawn.
    pub ascii: bool,
    /// How lists follow a cursor that leaves the screen.
    pub scroll: Scroll,
    /// Whether panes stand side by side; none where it is left to the size of the screen.
    pub side_by_side: Option<bool>,
    /// After how many days begun work is stale.
    pub stale_after_days: i64,
    /// The order of the list of specs; none where it is left to the size of the screen.
    pub order: Option<SpecOrder>,
    /// How the user is told of something while the terminal has no focus.
    pub alert: Alert,
    /// The keys that differ from those of the table of commands.
    pub keymap: Keymap,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            read_only: false,
            ascii: false,
            scroll: Scroll::default(),
            side_by_side: None,
            stale_after_days: STALE_AFTER_DAYS,
            order: None,
            alert: Alert::default(),
            keymap: Keymap::default(),
        }
    }
}

/// How lists follow a cursor that leaves the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scroll {
    /// Line by line.
    #[default]
    Line,
    /// By half a screen.
    Half,
}

/// How the user is told of something while the terminal has no focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alert {
    /// Not at all.
    #[default]
    Off,
    /// By the bell.
    Bell,
    /// By OSC 9, as iTerm2 has it.
    Osc9,
    /// By OSC 777, as rxvt has it.
    Osc777,
    /// By OSC 99, as kitty has it.
    Osc99,
}

/// The keys of commands, where they are not those of the table of commands.
///
/// Keys are in the notation of that table: one key or two, as in `g g`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    changed: BTreeMap<&'static str, Vec<String>>,
}

impl Keymap {
    /// Gives a command other keys; none at all where the list is empty.
    pub fn set(&mut self, command: &'static str, keys: Vec<String>) {
        self.changed.insert(command, keys);
    }

    /// Returns whether all commands have the keys of the table.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }

    /// Returns the keys of a command: its own where it has other ones, else the `usual`.
    pub fn keys<'a>(
        &'a self,
        command: &str,
        usual: &'static [&'static str],
    ) -> impl Iterator<Item = &'a str> {
        let own = self.changed.get(command);
        let usual: &'a [&'a str] = if own.is_some() { &[] } else { usual };
        let own = own.map_or(&[][..], Vec::as_slice).iter();
        usual.iter().copied().chain(own.map(String::as_str))
    }
}
