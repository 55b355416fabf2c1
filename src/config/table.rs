//! The table of settings: what each is called, what it can be, and what it does.
//!
//! The reader, the commented default and the README's table are made from it.

use super::{Config, GlyphSet};
use crate::model::{Alert, Scroll, SpecOrder};
use crate::view::Look;

/// A setting.
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// What it decides, as one sentence.
    pub doc: &'static str,
    /// What it is where nobody sets it, as it is written in TOML.
    pub default: &'static str,
    /// What it can be.
    pub kind: Kind,
    /// Who may set it.
    pub by: By,
}

/// What a setting can be, and what becomes of it.
pub enum Kind {
    /// One of some words.
    Word(&'static [Choice]),
    /// `true` or `false`; what becomes of it where it is true.
    Switch(fn(&mut Config)),
    /// The name of a theme.
    Theme(fn(&mut Config, Look)),
    /// A whole number from the first to the second.
    Number(i64, i64, fn(&mut Config, i64)),
}

/// One of the words that a setting can be.
pub struct Choice {
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Puts it into the configuration.
    pub apply: fn(&mut Config),
}

/// Who may set something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Only the user.
    User,
    /// The user, and a configuration that comes with a repository: it changes only how things look
    /// and in which order they stand.
    Repository,
}

/// All settings, in the order in which they are printed.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "theme",
        doc: "The colours.",
        default: "\"auto\"",
        kind: Kind::Theme(|config, look| config.look = look),
        by: By::Repository,
    },
    Setting {
        name: "glyphs",
        doc: "The characters that stand for states, rules and bars.",
        default: "\"auto\"",
        kind: Kind::Word(&[
            Choice {
                word: "auto",
                doc: "by the locale and the terminal",
                apply: |config| config.glyphs = None,
            },
            Choice {
                word: "unicode",
                doc: "always those such as ○ ◐ ✓",
                apply: |config| config.glyphs = Some(GlyphSet::Unicode),
            },
            Choice {
                word: "ascii",
                doc: "always ASCII, as with --ascii",
                apply: |config| config.glyphs = Some(GlyphSet::Ascii),
            },
        ]),
        by: By::Repository,
    },
    Setting {
        name: "scroll",
        doc: "How a list follows the cursor over its edge.",
        default: "\"line\"",
        kind: Kind::Word(&[
            Choice {
                word: "line",
                doc: "line by line",
                apply: |config| config.settings.scroll = Scroll::Line,
            },
            Choice {
                word: "half",
                doc: "by half a screen at once",
                apply: |config| config.settings.scroll = Scroll::Half,
            },
        ]),
        by: By::User,
    },
    Setting {
        name: "mouse",
        doc: "Whether a click moves the cursor, a second one opens, and a card can be dragged.",
        default: "false",
        kind: Kind::Switch(|config| config.mouse = true),
        by: By::User,
    },
    Setting {
        name: "panes",
        doc: "Whether Requirements, Design and Tasks stand side by side, until | is pressed.",
        default: "\"auto\"",
        kind: Kind::Word(&[
            Choice {
                word: "auto",
                doc: "from 160 columns on",
                apply: |config| config.settings.side_by_side = None,
            },
            Choice {
                word: "one",
                doc: "one pane on every screen",
                apply: |config| config.settings.side_by_side = Some(false),
            },
            Choice {
                word: "beside",
                doc: "wherever there is room for two",
                apply: |config| config.settings.side_by_side = Some(true),
            },
        ]),
        by: By::Repository,
    },
    Setting {
        name: "sidebar-order",
        doc: "The order of the list of specs, until t is pressed.",
        default: "\"auto\"",
        kind: Kind::Word(&[
            Choice {
                word: "auto",
                doc: "by name; open ones first below 100 columns",
                apply: |config| config.settings.order = None,
            },
            Choice {
                word: "name",
                doc: "by name, folder by folder",
                apply: |config| config.settings.order = Some(SpecOrder::Name),
            },
            Choice {
                word: "open",
                doc: "in progress, open, finished",
                apply: |config| config.settings.order = Some(SpecOrder::OpenFirst),
            },
            Choice {
                word: "change",
                doc: "the one changed last first",
                apply: |config| config.settings.order = Some(SpecOrder::Change),
            },
        ]),
        by: By::Repository,
    },
    Setting {
        name: "notice",
        doc: "How you are told of an agent's change or a finished task while the terminal has no focus.",
        default: "\"off\"",
        kind: Kind::Word(&[
            Choice {
                word: "off",
                doc: "not at all",
                apply: |config| config.settings.alert = Alert::Off,
            },
            Choice {
                word: "bell",
                doc: "by the bell, which tmux shows at the window",
                apply: |config| config.settings.alert = Alert::Bell,
            },
            Choice {
                word: "osc9",
                doc: "as iTerm2, WezTerm and ConEmu have it",
                apply: |config| config.settings.alert = Alert::Osc9,
            },
            Choice {
                word: "osc777",
                doc: "as rxvt, foot and Ghostty have it",
                apply: |config| config.settings.alert = Alert::Osc777,
            },
            Choice {
                word: "osc99",
                doc: "as kitty has it",
                apply: |config| config.settings.alert = Alert::Osc99,
            },
        ]),
        by: By::User,
    },
    Setting {
        name: "stale-days",
        doc: "After how many days without a change to its file begun work is stale.",
        default: "7",
        kind: Kind::Number(1, 3650, |config, days| {
            config.settings.stale_after_days = days;
        }),
        by: By::User,
    },
];
