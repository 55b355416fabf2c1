//! In which colours the board is drawn: the chosen theme, for the terminal that it is on.

use std::io;

use crate::terminal::{self, ColourDepth};
use crate::view::{Background, Look, Palette, Theme};

/// The colours of one terminal.
#[derive(Debug)]
pub(super) struct Colours {
    look: Look,
    depth: ColourDepth,
    theme: Theme,
}

impl Colours {
    /// Makes those of the terminal that the environment tells of; of its background nothing is known
    /// yet.
    pub(super) fn new(look: Look) -> Self {
        Self::of(look, depth(|name| std::env::var(name).unwrap_or_default()))
    }

    fn of(look: Look, depth: ColourDepth) -> Self {
        let theme = look.theme(None, palette(depth));
        Self { look, depth, theme }
    }

    /// Returns how many colours may be sent.
    pub(super) fn depth(&self) -> ColourDepth {
        self.depth
    }

    /// Returns the theme.
    pub(super) fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Asks the terminal for its background, where that matters. Nobody waits for the answer.
    pub(super) fn ask(&self) -> io::Result<()> {
        if self.depth == ColourDepth::None || !self.look.asks_for_background() {
            return Ok(());
        }
        terminal::ask_background()
    }

    /// Takes the background that the terminal told.
    pub(super) fn take_background(&mut self, colour: [u8; 3]) {
        let background = Some(Background::of(colour));
        self.theme = self.look.theme(background, palette(self.depth));
    }
}

fn palette(depth: ColourDepth) -> Palette {
    match depth {
        ColourDepth::None | ColourDepth::Sixteen => Palette::Sixteen,
        ColourDepth::Indexed | ColourDepth::True => Palette::Many,
    }
}

/// Returns how many colours may be sent: none where the user asked for none, all where `COLORTERM`
/// says so, else by the name of the terminal.
fn depth(variable: impl Fn(&str) -> String) -> ColourDepth {
    let (colours, name) = (variable("COLORTERM"), variable("TERM"));
    if !variable("NO_COLOR").is_empty() {
        ColourDepth::None
    } else if colours == "truecolor" || colours == "24bit" || name.ends_with("-direct") {
        ColourDepth::True
    } else if name.contains("256color") {
        ColourDepth::Indexed
    } else {
        ColourDepth::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Role;

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        for (variables, expected) in [
            (&[("TERM", "xterm")][..], ColourDepth::Sixteen),
            (&[("TERM", "screen-256color")], ColourDepth::Indexed),
            (
                &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
                ColourDepth::True,
            ),
            (
                &[("TERM", "xterm"), ("COLORTERM", "24bit")],
                ColourDepth::True,
            ),
            (
                &[("COLORTERM", "truecolor"), ("NO_COLOR", "1")],
                ColourDepth::None,
            ),
        ] {
            let variable = |name: &str| {
                let found = variables.iter().find(|(other, _)| *other == name);
                found.map_or_else(String::new, |(_, value)| (*value).to_owned())
            };
            assert_eq!(depth(variable), expected, "{variables:?}");
        }
    }

    #[test]
    fn the_background_that_is_told_chooses_the_theme() {
        let mut colours = Colours::of(Look::default(), ColourDepth::Indexed);
        assert_eq!(colours.theme(), &Theme::default());
        for (background, name) in [([255; 3], "light"), ([0; 3], "dark")] {
            colours.take_background(background);
            let expected = Look::named(name).unwrap().theme(None, Palette::Many);
            assert_eq!(colours.theme(), &expected);
            assert_ne!(
                colours.theme().ink(Role::Done),
                Theme::default().ink(Role::Done)
            );
        }
    }
}
