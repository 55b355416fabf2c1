//! SGR: the colours and attributes of what is written, and the shortest way from some to others.
//!
//! Knows no positions and no text. Blinking, hidden text and coloured underlines are not painted:
//! no role asks for them.

use ratatui::style::{Color, Modifier};

use super::colour::palette_index;

/// The attributes that are painted.
pub(super) const PAINTED: Modifier = Modifier::BOLD
    .union(Modifier::DIM)
    .union(Modifier::ITALIC)
    .union(Modifier::UNDERLINED)
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// The attributes that show on a blank.
pub(super) const SEEN_ON_BLANK: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// Bold and dim: one code (22) ends both.
const WEIGHT: Modifier = Modifier::BOLD.union(Modifier::DIM);

const ON: [(Modifier, u16); 6] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];

const OFF: [(Modifier, u16); 5] = [
    (WEIGHT, 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::REVERSED, 27),
    (Modifier::CROSSED_OUT, 29),
];

/// Colours and attributes of what is written next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sgr {
    foreground: Color,
    background: Color,
    attributes: Modifier,
}

impl Sgr {
    /// The state of a terminal that was told nothing.
    pub(super) const PLAIN: Self = Self::new(Color::Reset, Color::Reset, Modifier::empty());

    /// Returns the state of two colours and some of the attributes that are painted.
    pub(super) const fn new(foreground: Color, background: Color, attributes: Modifier) -> Self {
        Self {
            foreground,
            background,
            attributes,
        }
    }

    /// Returns whether a blank written with these attributes looks like one written with `other`.
    pub(super) fn blanks_like(self, other: Self) -> bool {
        self.background == other.background
            && !(self.attributes | other.attributes).intersects(SEEN_ON_BLANK)
    }

    /// Returns the attributes nearest to these whose blanks look like those of `other`, which shows
    /// no attribute on a blank.
    pub(super) fn for_blanks_of(self, other: Self) -> Self {
        Self {
            background: other.background,
            attributes: self.attributes - SEEN_ON_BLANK,
            ..self
        }
    }

    /// Returns the shortest bytes that turn these attributes into `to`; none where they are equal.
    ///
    /// An empty parameter stands for 0 (ECMA-48, 5.4.2), so `ESC [ ; 3 6 m` resets and colours.
    pub(super) fn change(self, to: Self) -> Vec<u8> {
        if self == to {
            return Vec::new();
        }
        let step = self.parameters(to);
        let mut fresh = vec![0];
        fresh.extend(Self::PLAIN.parameters(to));
        let (step, fresh) = (sequence(&step), sequence(&fresh));
        if fresh.len() < step.len() {
            fresh
        } else {
            step
        }
    }

    fn parameters(self, to: Self) -> Vec<u16> {
        let gone = self.attributes - to.attributes;
        let mut kept = self.attributes & to.attributes;
        if gone.intersects(WEIGHT) {
            kept -= WEIGHT;
        }
        let mut parameters: Vec<u16> = OFF
            .iter()
            .filter(|(attribute, _)| gone.intersects(*attribute))
            .map(|(_, code)| *code)
            .collect();
        parameters.extend(
            ON.iter()
                .filter(|(attribute, _)| (to.attributes - kept).contains(*attribute))
                .map(|(_, code)| *code),
        );
        if self.foreground != to.foreground {
            parameters.extend(colour_parameters(30, to.foreground));
        }
        if self.background != to.background {
            parameters.extend(colour_parameters(40, to.background));
        }
        parameters
    }
}

fn colour_parameters(base: u16, colour: Color) -> Vec<u16> {
    match colour {
        Color::Reset => vec![base + 9],
        Color::Indexed(index) => vec![base + 8, 5, u16::from(index)],
        Color::Rgb(red, green, blue) => vec![
            base + 8,
            2,
            u16::from(red),
            u16::from(green),
            u16::from(blue),
        ],
        named => match palette_index(named) {
            Some(index @ 0..8) => vec![base + index],
            Some(bright) => vec![base + 60 - 8 + bright],
            None => vec![base + 9],
        },
    }
}

/// Writes a sequence that sets colours and attributes; a first parameter of 0 is left empty.
fn sequence(parameters: &[u16]) -> Vec<u8> {
    let mut bytes = b"\x1b[".to_vec();
    for (index, parameter) in parameters.iter().enumerate() {
        if index > 0 {
            bytes.push(b';');
        }
        if index > 0 || *parameter > 0 {
            push_number(&mut bytes, *parameter);
        }
    }
    bytes.push(b'm');
    bytes
}

/// Appends `number` in decimal digits.
pub(super) fn push_number(bytes: &mut Vec<u8>, number: u16) {
    if number >= 10 {
        push_number(bytes, number / 10);
    }
    bytes.extend(u8::try_from(number % 10).map(|digit| b'0' + digit));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sgr(foreground: Color, attributes: Modifier) -> Sgr {
        Sgr::new(foreground, Color::Reset, attributes)
    }

    #[test]
    fn the_shortest_change_is_taken() {
        let plain = Sgr::PLAIN;
        let cyan = sgr(Color::Cyan, Modifier::empty());
        let bold_cyan = sgr(Color::Cyan, Modifier::BOLD);
        let bold_dim = sgr(Color::Reset, WEIGHT);
        for (from, to, expected) in [
            (plain, plain, ""),
            (plain, cyan, "\x1b[36m"),
            (cyan, plain, "\x1b[m"),
            (cyan, bold_cyan, "\x1b[1m"),
            (bold_cyan, cyan, "\x1b[22m"),
            (bold_cyan, plain, "\x1b[m"),
            (bold_cyan, sgr(Color::Red, Modifier::empty()), "\x1b[;31m"),
            (bold_dim, sgr(Color::Reset, Modifier::DIM), "\x1b[;2m"),
            (
                sgr(Color::Indexed(200), WEIGHT),
                sgr(Color::Indexed(200), Modifier::DIM),
                "\x1b[22;2m",
            ),
            (plain, sgr(Color::LightBlue, Modifier::empty()), "\x1b[94m"),
            (
                plain,
                sgr(Color::Indexed(99), Modifier::CROSSED_OUT),
                "\x1b[9;38;5;99m",
            ),
            (
                plain,
                sgr(Color::Rgb(1, 20, 255), Modifier::empty()),
                "\x1b[38;2;1;20;255m",
            ),
            (
                plain,
                Sgr {
                    background: Color::White,
                    ..plain
                },
                "\x1b[107m",
            ),
            (
                Sgr {
                    background: Color::White,
                    ..bold_cyan
                },
                bold_cyan,
                "\x1b[49m",
            ),
        ] {
            assert_eq!(
                String::from_utf8(from.change(to)).unwrap(),
                expected,
                "{from:?} -> {to:?}"
            );
        }
    }

    /// What a terminal would write with after `bytes`.
    fn obey(mut sgr: Sgr, bytes: &[u8]) -> Sgr {
        let Some(text) = bytes
            .strip_prefix(b"\x1b[")
            .and_then(|rest| rest.strip_suffix(b"m"))
        else {
            return sgr;
        };
        let text = String::from_utf8(text.to_vec()).unwrap();
        let mut parameters = text.split(';').map(|part| part.parse::<u16>().unwrap_or(0));
        while let Some(parameter) = parameters.next() {
            match parameter {
                0 => sgr = Sgr::PLAIN,
                1..=9 => {
                    sgr.attributes |= ON.iter().find(|(_, code)| *code == parameter).unwrap().0;
                }
                22..=29 => {
                    sgr.attributes -= OFF.iter().find(|(_, code)| *code == parameter).unwrap().0;
                }
                30..=39 | 90..=97 => {
                    sgr.foreground = obey_colour(parameter % 60, 30, &mut parameters);
                }
                _ => {
                    sgr.background = obey_colour(
                        if parameter >= 100 {
                            parameter - 60
                        } else {
                            parameter
                        },
                        40,
                        &mut parameters,
                    );
                }
            }
            if (90..=107).contains(&parameter) {
                let colour = if parameter < 98 {
                    &mut sgr.foreground
                } else {
                    &mut sgr.background
                };
                *colour = super::super::ColourDepth::True
                    .reduce(Color::Indexed(u8::try_from(parameter % 10).unwrap() + 8));
            }
        }
        sgr
    }

    fn obey_colour(parameter: u16, base: u16, parameters: &mut impl Iterator<Item = u16>) -> Color {
        let mut channel = || u8::try_from(parameters.next().unwrap()).unwrap();
        match parameter - base {
            8 => match channel() {
                5 => Color::Indexed(channel()),
                _ => Color::Rgb(channel(), channel(), channel()),
            },
            9 => Color::Reset,
            index => {
                super::super::ColourDepth::True.reduce(Color::Indexed(u8::try_from(index).unwrap()))
            }
        }
    }

    fn any_colour() -> impl Strategy<Value = Color> {
        prop_oneof![
            Just(Color::Reset),
            any::<u8>()
                .prop_map(|index| super::super::ColourDepth::True.reduce(Color::Indexed(index))),
            any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Color::Rgb(red, green, blue)),
        ]
    }

    fn any_pen() -> impl Strategy<Value = Sgr> {
        (any_colour(), any_colour(), any::<u16>()).prop_map(|(foreground, background, bits)| Sgr {
            foreground,
            background,
            attributes: Modifier::from_bits_truncate(bits) & PAINTED,
        })
    }

    proptest! {
        #[test]
        fn a_change_leads_to_the_other_pen(from in any_pen(), to in any_pen()) {
            prop_assert_eq!(obey(from, &from.change(to)), to);
        }
    }
}
