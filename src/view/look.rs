//! Themes: which colour and which attributes each role has.
//!
//! A frame is drawn with a stand-in for each role, and the theme puts its colours in their place at
//! the end. Does not know how many colours a terminal has, only which palette is asked for.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::theme::{Role, role_of};

/// What a role looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// The colour; none for the terminal's own.
    pub colour: Option<Color>,
    /// What is done to the letters.
    pub modifier: Modifier,
}

/// The inks of all roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme([Ink; Role::ALL.len()]);

/// Which colours can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Sixteen, as the terminal's user has them.
    Sixteen,
    /// 256 or more, which are the same on every terminal.
    Many,
}

/// What the background of the terminal is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Nearer to black.
    Dark,
    /// Nearer to white.
    Light,
}

impl Background {
    /// Returns what a background of this red, green and blue is like.
    pub fn of([red, green, blue]: [u8; 3]) -> Self {
        // How bright it is seen: the weights of ITU-R BT.601.
        let bright = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
        if bright < 128_000 {
            Self::Dark
        } else {
            Self::Light
        }
    }
}

/// What each role is drawn with.
type Inks = &'static [(Role, Ink)];

/// A theme that can be chosen by its name.
pub struct BuiltIn {
    /// The name.
    pub name: &'static str,
    /// What it is like.
    pub doc: &'static str,
    inks: fn(Option<Background>, Palette) -> Inks,
}

/// All themes.
pub const THEMES: [BuiltIn; 6] = [
    BuiltIn {
        name: "auto",
        doc: "dark or light, by the terminal's background; terminal where that is not known",
        inks: |background, palette| match background {
            Some(Background::Dark) => dark(palette),
            Some(Background::Light) => light(palette),
            None => &[],
        },
    },
    BuiltIn {
        name: "terminal",
        doc: "the sixteen colours of the terminal's own palette",
        inks: |_, _| &[],
    },
    BuiltIn {
        name: "dark",
        doc: "for a dark background",
        inks: |_, palette| dark(palette),
    },
    BuiltIn {
        name: "light",
        doc: "for a light background",
        inks: |_, palette| light(palette),
    },
    BuiltIn {
        name: "high-contrast",
        doc: "few and strong colours, and none where the background is not known",
        inks: |background, _| match background {
            Some(Background::Dark) => STRONG_ON_DARK,
            Some(Background::Light) => STRONG_ON_LIGHT,
            None => MONO,
        },
    },
    BuiltIn {
        name: "mono",
        doc: "no colours, only bold, faint, underlined and reversed",
        inks: |_, _| MONO,
    },
];

/// A chosen theme, as far as the terminal does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    base: usize,
    own: Vec<(Role, Ink)>,
}

impl Look {
    /// Returns the theme of a name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        let base = THEMES.iter().position(|theme| theme.name == name)?;
        Some(Self {
            base,
            own: Vec::new(),
        })
    }

    /// Changes the ink of a role.
    pub fn set(&mut self, role: Role, ink: Ink) {
        self.own.push((role, ink));
    }

    /// Returns whether the background of the terminal matters.
    pub fn asks_for_background(&self) -> bool {
        let inks = |background| self.theme(Some(background), Palette::Many);
        inks(Background::Dark) != inks(Background::Light)
    }

    /// Returns the theme for a terminal.
    pub fn theme(&self, background: Option<Background>, palette: Palette) -> Theme {
        let mut theme = Theme::default();
        let base = (THEMES[self.base].inks)(background, palette);
        for (role, ink) in base.iter().chain(&self.own) {
            theme.0[*role as usize] = *ink;
        }
        theme
    }
}

impl Default for Theme {
    /// Returns the sixteen colours of the terminal's own palette.
    fn default() -> Self {
        Self(Role::ALL.map(usual))
    }
}

impl Theme {
    /// Returns the ink of a role.
    pub fn ink(&self, role: Role) -> Ink {
        self.0[role as usize]
    }

    /// Puts the inks into a frame, in place of what stands for the roles.
    pub fn paint(&self, buffer: &mut Buffer) {
        for cell in &mut buffer.content {
            if let Some(role) = role_of(cell.fg) {
                let ink = self.ink(role);
                cell.fg = ink.colour.unwrap_or(Color::Reset);
                cell.modifier.insert(ink.modifier);
            }
        }
    }
}

const fn plain(modifier: Modifier) -> Ink {
    Ink {
        colour: None,
        modifier,
    }
}

const fn colour(colour: Color) -> Ink {
    Ink {
        colour: Some(colour),
        modifier: Modifier::empty(),
    }
}

const fn bold(colour: Color) -> Ink {
    Ink {
        colour: Some(colour),
        modifier: Modifier::BOLD,
    }
}

const fn indexed(index: u8) -> Ink {
    colour(Color::Indexed(index))
}

/// Returns the ink of a role in colours that every palette of sixteen has.
fn usual(role: Role) -> Ink {
    match role {
        Role::Text => plain(Modifier::empty()),
        Role::Strong => plain(Modifier::BOLD),
        Role::Emphasis => plain(Modifier::ITALIC),
        Role::Title => plain(Modifier::BOLD.union(Modifier::UNDERLINED)),
        Role::Dim => plain(Modifier::DIM),
        Role::Done | Role::Literal | Role::Added => colour(Color::Green),
        Role::Doing => colour(Color::Yellow),
        Role::Other | Role::Mark => colour(Color::Magenta),
        Role::Danger | Role::Removed => colour(Color::Red),
        Role::Accent | Role::Keyword | Role::Code => colour(Color::Cyan),
        Role::Queued | Role::Id | Role::Link | Role::Name => colour(Color::Blue),
        Role::Caret | Role::Selection => plain(Modifier::REVERSED),
    }
}

fn dark(palette: Palette) -> Inks {
    match palette {
        Palette::Many => DARK,
        Palette::Sixteen => DARK_OF_SIXTEEN,
    }
}

fn light(palette: Palette) -> Inks {
    match palette {
        Palette::Many => LIGHT,
        Palette::Sixteen => LIGHT_OF_SIXTEEN,
    }
}

const DARK: Inks = &[
    (Role::Accent, indexed(80)),
    (Role::Dim, indexed(246)),
    (Role::Done, indexed(114)),
    (Role::Doing, indexed(221)),
    (Role::Queued, indexed(111)),
    (Role::Other, indexed(176)),
    (Role::Danger, indexed(210)),
    (Role::Mark, indexed(213)),
    (Role::Keyword, indexed(80)),
    (Role::Id, indexed(111)),
    (Role::Code, indexed(116)),
    (Role::Link, indexed(117)),
    (Role::Literal, indexed(150)),
    (Role::Name, indexed(147)),
    (Role::Added, indexed(114)),
    (Role::Removed, indexed(210)),
];

const LIGHT: Inks = &[
    (Role::Accent, indexed(24)),
    (Role::Dim, indexed(241)),
    (Role::Done, indexed(22)),
    (Role::Doing, indexed(94)),
    (Role::Queued, indexed(25)),
    (Role::Other, indexed(90)),
    (Role::Danger, indexed(124)),
    (Role::Mark, indexed(127)),
    (Role::Keyword, indexed(24)),
    (Role::Id, indexed(25)),
    (Role::Code, indexed(23)),
    (Role::Link, indexed(25)),
    (Role::Literal, indexed(58)),
    (Role::Name, indexed(54)),
    (Role::Added, indexed(22)),
    (Role::Removed, indexed(124)),
];

/// Of the sixteen, those that can be read on black as xterm shows them: blue, magenta and red cannot.
const DARK_OF_SIXTEEN: Inks = &[
    (Role::Queued, colour(Color::LightCyan)),
    (Role::Other, colour(Color::LightMagenta)),
    (Role::Danger, colour(Color::LightRed)),
    (Role::Mark, colour(Color::LightMagenta)),
    (Role::Id, colour(Color::LightCyan)),
    (Role::Link, colour(Color::LightCyan)),
    (Role::Name, colour(Color::LightCyan)),
    (Role::Removed, colour(Color::LightRed)),
];

/// Of the sixteen, those that can be read on white as xterm shows them: green, yellow and cyan
/// cannot.
const LIGHT_OF_SIXTEEN: Inks = &[
    (Role::Accent, bold(Color::Blue)),
    (Role::Done, plain(Modifier::empty())),
    (Role::Doing, bold(Color::Magenta)),
    (Role::Keyword, colour(Color::Blue)),
    (Role::Code, colour(Color::Blue)),
    (Role::Literal, colour(Color::Magenta)),
    (Role::Added, plain(Modifier::BOLD)),
];

const MONO: Inks = &[
    (Role::Accent, plain(Modifier::BOLD)),
    (Role::Done, plain(Modifier::empty())),
    (Role::Doing, plain(Modifier::BOLD)),
    (Role::Queued, plain(Modifier::empty())),
    (Role::Other, plain(Modifier::empty())),
    (Role::Danger, plain(Modifier::BOLD)),
    (Role::Mark, plain(Modifier::BOLD)),
    (Role::Keyword, plain(Modifier::BOLD)),
    (Role::Id, plain(Modifier::empty())),
    (Role::Code, plain(Modifier::empty())),
    (Role::Link, plain(Modifier::UNDERLINED)),
    (Role::Literal, plain(Modifier::empty())),
    (Role::Name, plain(Modifier::empty())),
    (Role::Added, plain(Modifier::BOLD)),
    (Role::Removed, plain(Modifier::DIM)),
];

const STRONG_ON_DARK: Inks = &[
    (Role::Accent, bold(Color::Indexed(51))),
    (Role::Dim, plain(Modifier::empty())),
    (Role::Done, colour(Color::Indexed(46))),
    (Role::Doing, bold(Color::Indexed(226))),
    (Role::Queued, colour(Color::Indexed(117))),
    (Role::Other, colour(Color::Indexed(219))),
    (Role::Danger, bold(Color::Indexed(217))),
    (Role::Mark, bold(Color::Indexed(219))),
    (Role::Keyword, bold(Color::Indexed(51))),
    (Role::Id, colour(Color::Indexed(117))),
    (Role::Code, colour(Color::Indexed(51))),
    (Role::Link, colour(Color::Indexed(117))),
    (Role::Literal, colour(Color::Indexed(120))),
    (Role::Name, colour(Color::Indexed(117))),
    (Role::Added, colour(Color::Indexed(46))),
    (Role::Removed, colour(Color::Indexed(217))),
];

const STRONG_ON_LIGHT: Inks = &[
    (Role::Accent, bold(Color::Indexed(18))),
    (Role::Dim, plain(Modifier::empty())),
    (Role::Done, colour(Color::Indexed(22))),
    (Role::Doing, bold(Color::Indexed(52))),
    (Role::Queued, colour(Color::Indexed(18))),
    (Role::Other, colour(Color::Indexed(53))),
    (Role::Danger, bold(Color::Indexed(88))),
    (Role::Mark, bold(Color::Indexed(53))),
    (Role::Keyword, bold(Color::Indexed(18))),
    (Role::Id, colour(Color::Indexed(18))),
    (Role::Code, colour(Color::Indexed(17))),
    (Role::Link, colour(Color::Indexed(18))),
    (Role::Literal, colour(Color::Indexed(22))),
    (Role::Name, colour(Color::Indexed(54))),
    (Role::Added, colour(Color::Indexed(22))),
    (Role::Removed, colour(Color::Indexed(88))),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The sixteen as xterm shows them.
    const XTERM: [(Color, [u8; 3]); 16] = [
        (Color::Black, [0, 0, 0]),
        (Color::Red, [205, 0, 0]),
        (Color::Green, [0, 205, 0]),
        (Color::Yellow, [205, 205, 0]),
        (Color::Blue, [0, 0, 238]),
        (Color::Magenta, [205, 0, 205]),
        (Color::Cyan, [0, 205, 205]),
        (Color::Gray, [229, 229, 229]),
        (Color::DarkGray, [127, 127, 127]),
        (Color::LightRed, [255, 0, 0]),
        (Color::LightGreen, [0, 255, 0]),
        (Color::LightYellow, [255, 255, 0]),
        (Color::LightBlue, [92, 92, 255]),
        (Color::LightMagenta, [255, 0, 255]),
        (Color::LightCyan, [0, 255, 255]),
        (Color::White, [255, 255, 255]),
    ];

    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

    fn rgb(colour: Color) -> [u8; 3] {
        match colour {
            Color::Indexed(index @ 232..) => [8 + 10 * (index - 232); 3],
            Color::Indexed(index @ 16..) => {
                let cube = usize::from(index - 16);
                [LEVELS[cube / 36], LEVELS[cube / 6 % 6], LEVELS[cube % 6]]
            }
            named => XTERM.iter().find(|(name, _)| *name == named).unwrap().1,
        }
    }

    /// The contrast of two colours by WCAG 2.1, from 1 to 21.
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let part = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        let bright = |[red, green, blue]: [u8; 3]| {
            0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
        };
        let (one, other) = (bright(one), bright(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    const GROUNDS: [(Background, [u8; 3]); 2] =
        [(Background::Dark, [0; 3]), (Background::Light, [255; 3])];

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
        assert!((contrast([119, 119, 119], [255; 3]) - 4.48).abs() < 0.01);
    }

    #[test]
    fn every_role_can_be_read_on_the_background_of_its_theme() {
        for (background, ground) in GROUNDS {
            let named = match background {
                Background::Dark => "dark",
                Background::Light => "light",
            };
            for (name, least) in [
                ("auto", 4.5),
                (named, 4.5),
                ("high-contrast", 7.0),
                ("mono", 7.0),
            ] {
                for palette in [Palette::Sixteen, Palette::Many] {
                    let theme = Look::named(name).unwrap().theme(Some(background), palette);
                    for role in Role::ALL {
                        let Some(colour) = theme.ink(role).colour else {
                            continue;
                        };
                        let found = contrast(rgb(colour), ground);
                        assert!(
                            found >= least,
                            "{name} {palette:?} {role:?} on {ground:?}: {found:.2}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn without_colours_no_theme_has_one() {
        let theme = Look::named("mono").unwrap().theme(None, Palette::Many);
        assert!(
            Role::ALL
                .iter()
                .all(|role| theme.ink(*role).colour.is_none())
        );
    }

    #[test]
    fn only_what_changes_with_the_background_asks_for_it() {
        for (name, expected) in [
            ("auto", true),
            ("terminal", false),
            ("dark", false),
            ("light", false),
            ("high-contrast", true),
            ("mono", false),
        ] {
            let look = Look::named(name).unwrap();
            assert_eq!(look.asks_for_background(), expected, "{name}");
        }
        assert_eq!(THEMES.len(), 6);
    }

    #[test]
    fn a_background_is_dark_or_light_by_how_it_is_seen() {
        for (colour, expected) in [
            ([0, 0, 0], Background::Dark),
            ([30, 30, 46], Background::Dark),
            ([0, 0, 255], Background::Dark),
            ([253, 246, 227], Background::Light),
            ([255, 255, 255], Background::Light),
        ] {
            assert_eq!(Background::of(colour), expected, "{colour:?}");
        }
    }
}
