//! How many colours the terminal gets, and the nearest of them for a colour that it does not have.
//!
//! Knows no roles and no settings: which depth applies is the caller's decision.

use ratatui::style::Color;

/// How many colours may be sent to the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourDepth {
    /// None at all (`NO_COLOR`, see <https://no-color.org>); attributes such as bold stay.
    None,
    /// The sixteen that the user's palette names.
    #[default]
    Sixteen,
    /// The 256 of the indexed palette.
    Indexed,
    /// Any red, green and blue.
    True,
}

const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// The sixteen as xterm shows them, which most palettes resemble.
const SHOWN: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// The levels of each channel in the 6x6x6 cube that starts at index 16.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl ColourDepth {
    /// Returns the colour to send in place of `colour`; the sixteen always under their names, so
    /// that equal colours compare equal.
    pub(super) fn reduce(self, colour: Color) -> Color {
        match (self, colour) {
            (Self::None, _) => Color::Reset,
            (_, Color::Indexed(index @ 0..16)) => NAMED[usize::from(index)],
            (Self::Sixteen, Color::Indexed(index)) => nearest_named(indexed(index)),
            (Self::Sixteen, Color::Rgb(red, green, blue)) => nearest_named([red, green, blue]),
            (Self::Indexed, Color::Rgb(red, green, blue)) => nearest_indexed([red, green, blue]),
            _ => colour,
        }
    }
}

/// Returns the place of one of the sixteen in the palette.
pub(super) fn palette_index(colour: Color) -> Option<u16> {
    NAMED
        .iter()
        .zip(0..)
        .find(|(named, _)| **named == colour)
        .map(|(_, index)| index)
}

fn indexed(index: u8) -> [u8; 3] {
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let cube = usize::from(index.saturating_sub(16));
    [LEVELS[cube / 36], LEVELS[cube / 6 % 6], LEVELS[cube % 6]]
}

fn nearest_named(wanted: [u8; 3]) -> Color {
    NAMED
        .into_iter()
        .zip(SHOWN)
        .min_by_key(|(_, shown)| distance(*shown, wanted))
        .map_or(Color::Reset, |(named, _)| named)
}

fn nearest_indexed(wanted: [u8; 3]) -> Color {
    Color::Indexed(
        (16..=u8::MAX)
            .min_by_key(|index| distance(indexed(*index), wanted))
            .unwrap_or(u8::MAX),
    )
}

fn distance(left: [u8; 3], right: [u8; 3]) -> u32 {
    left.into_iter()
        .zip(right)
        .map(|(left, right)| u32::from(left.abs_diff(right)).pow(2))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_depth_sends_only_what_it_has() {
        for (depth, colour, expected) in [
            (ColourDepth::None, Color::Red, Color::Reset),
            (ColourDepth::None, Color::Rgb(1, 2, 3), Color::Reset),
            (ColourDepth::Sixteen, Color::Red, Color::Red),
            (ColourDepth::Sixteen, Color::Reset, Color::Reset),
            (ColourDepth::Sixteen, Color::Indexed(6), Color::Cyan),
            (ColourDepth::Sixteen, Color::Indexed(196), Color::LightRed),
            (ColourDepth::Sixteen, Color::Indexed(244), Color::DarkGray),
            (
                ColourDepth::Sixteen,
                Color::Rgb(250, 250, 250),
                Color::White,
            ),
            (ColourDepth::Indexed, Color::Indexed(15), Color::White),
            (ColourDepth::Indexed, Color::Indexed(99), Color::Indexed(99)),
            (
                ColourDepth::Indexed,
                Color::Rgb(95, 135, 175),
                Color::Indexed(67),
            ),
            (
                ColourDepth::Indexed,
                Color::Rgb(9, 9, 9),
                Color::Indexed(232),
            ),
            (ColourDepth::True, Color::Rgb(1, 2, 3), Color::Rgb(1, 2, 3)),
        ] {
            assert_eq!(depth.reduce(colour), expected, "{depth:?} {colour:?}");
        }
    }
}
