//! What the bytes from a terminal mean: keys and pasted text, the mouse, the focus and the answer to
//! a question, however they are cut into pieces on their way.
//!
//! Knows no clock and no terminal. Understood are the sequences of xterm
//! (<https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>) and of the Linux console, and the
//! kitty keyboard protocol (<https://sw.kovidgoyal.net/kitty/keyboard-protocol/>).

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What came from a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// Something was done with the mouse.
    Mouse(Mouse),
    /// The terminal got the focus, or lost it.
    Focus(Focus),
    /// The colour of the terminal's background, as red, green and blue: it was asked for.
    Background([u8; 3]),
    /// Nothing will come any more: the terminal is gone.
    Gone,
}

/// Something that was done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub deed: MouseDeed,
    /// The column and the row of the cell, from 0.
    pub cell: (u16, u16),
}

/// What was done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseDeed {
    /// The first button went down.
    Pressed,
    /// The mouse went to another cell with the button down.
    Dragged,
    /// The button came up.
    Released,
    /// The wheel was turned towards the top.
    WheelUp,
    /// The wheel was turned towards the bottom.
    WheelDown,
}

/// Whether the terminal has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// It has it now.
    Gained,
    /// Another window has it now.
    Lost,
}

/// Makes bytes into events, and keeps what is not whole yet.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// The beginning of a sequence or of a character.
    held: Vec<u8>,
    /// What was pasted so far, while a paste goes on.
    pasted: Option<Pasted>,
    /// Whether an escape was given up waiting for just before.
    is_late: bool,
}

/// A paste that goes on.
#[derive(Debug)]
struct Pasted {
    bytes: Vec<u8>,
    /// How many of them are known not to begin the end.
    searched: usize,
}

const ESCAPE: u8 = 0x1b;

/// What stands before and behind pasted text.
const PASTE: [&[u8]; 2] = [b"\x1b[200~", b"\x1b[201~"];

/// A sequence that goes on for longer is none.
const LONGEST: usize = 64;

/// What stands at the beginning of some bytes.
enum Step {
    /// An event, or something without a meaning, of so many bytes.
    Taken(usize, Option<Event>),
    /// The beginning of a paste.
    Paste,
    /// Not enough to tell.
    More,
}

impl Decoder {
    /// Takes bytes as they were read, and gives what is whole.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let is_late = std::mem::take(&mut self.is_late);
        if self.holds_escape() && !belongs_to_escape(bytes) {
            // An escape that came alone is no alt.
            events.extend(self.give_up());
            self.is_late = false;
        } else if is_late && continues_late(bytes) {
            self.held.push(ESCAPE);
        }
        match &mut self.pasted {
            Some(pasted) => pasted.bytes.extend(bytes),
            None => self.held.extend(bytes),
        }
        while let Some(event) = self.next() {
            events.extend(event);
        }
        events
    }

    /// Whether there is nothing but an escape, which may be the key or the beginning of something.
    pub(super) fn holds_escape(&self) -> bool {
        self.held == [ESCAPE]
    }

    /// Takes an escape that nothing followed as the key.
    pub(super) fn give_up(&mut self) -> Option<Event> {
        self.held.clear();
        self.is_late = true;
        Some(Event::Key(KeyCode::Esc.into()))
    }

    /// Takes out the next thing, with or without a meaning; nothing where more is needed.
    fn next(&mut self) -> Option<Option<Event>> {
        if self.pasted.is_some() {
            return self.end_paste().map(Some);
        }
        match step(&self.held) {
            Step::More => None,
            Step::Taken(length, event) => {
                self.held.drain(..length);
                Some(event)
            }
            Step::Paste => {
                self.pasted = Some(Pasted {
                    bytes: self.held.split_off(PASTE[0].len()),
                    searched: 0,
                });
                self.held.clear();
                Some(None)
            }
        }
    }

    /// Takes out a paste that is whole. What follows it is held.
    fn end_paste(&mut self) -> Option<Event> {
        let Pasted { bytes, searched } = self.pasted.as_mut()?;
        let found = bytes[*searched..]
            .windows(PASTE[1].len())
            .position(|window| window == PASTE[1]);
        let Some(end) = found.map(|at| *searched + at) else {
            *searched = bytes.len().saturating_sub(PASTE[1].len() - 1);
            return None;
        };
        self.held = bytes.split_off(end + PASTE[1].len());
        bytes.truncate(end);
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.pasted = None;
        Some(Event::Paste(text))
    }
}

/// What the answer to the question for the background begins with, and its end in two forms.
const ANSWER: &[u8] = b"\x1b]11;";
const BELL: &[u8] = b"\x07";
const TERMINATOR: &[u8] = b"\x1b\\";

/// Returns whether bytes may go on a sequence that an escape begins.
fn belongs_to_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'[' | b'O', ..]) || bytes.starts_with(&ANSWER[1..])
}

/// Returns whether bytes go on the sequence of an escape that was given up: nobody types the rest
/// of one at once. A paste must never run as keys, and an arrow is better late than three letters.
fn continues_late(bytes: &[u8]) -> bool {
    if !belongs_to_escape(bytes) {
        return false;
    }
    let whole = [&[ESCAPE], bytes].concat();
    match step(&whole) {
        Step::Paste | Step::Taken(_, Some(_)) => true,
        Step::Taken(_, None) => false,
        Step::More => bytes.len() > 1 && PASTE[0].starts_with(&whole),
    }
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [ESCAPE] => Step::More,
        [ESCAPE, b'[', rest @ ..] => control_sequence(rest),
        [ESCAPE, b'O', rest @ ..] => rest
            .first()
            .map_or(Step::More, |last| key(3, single_shift(*last))),
        [ESCAPE, ESCAPE, ..] => key(1, Some(KeyCode::Esc.into())),
        [ESCAPE, b']', b'1', rest @ ..] if rest.len() < LONGEST => answer(bytes),
        [ESCAPE, rest @ ..] => with_alt(step(rest)),
        [byte, ..] => control(*byte).map_or_else(
            || character(bytes),
            |(code, modifiers)| key(1, Some(KeyEvent::new(code, modifiers))),
        ),
    }
}

/// Makes a step of a key.
fn key(length: usize, key: Option<KeyEvent>) -> Step {
    Step::Taken(length, key.map(Event::Key))
}

fn with_alt(step: Step) -> Step {
    match step {
        Step::Taken(length, Some(Event::Key(pressed))) => {
            let modifiers = pressed.modifiers | KeyModifiers::ALT;
            key(length + 1, Some(KeyEvent::new(pressed.code, modifiers)))
        }
        Step::Taken(length, other) => Step::Taken(length + 1, other),
        other => other,
    }
}

/// Reads the answer to the question for the background: a colour such as `rgb:1e1e/1e1e/2e2e`.
fn answer(bytes: &[u8]) -> Step {
    let end = |mark: &[u8]| {
        let at = bytes.windows(mark.len()).position(|window| window == mark);
        at.map(|at| (at, at + mark.len()))
    };
    let Some((end, length)) = end(BELL).or_else(|| end(TERMINATOR)) else {
        return Step::More;
    };
    let colour = bytes[..end].strip_prefix(ANSWER).and_then(read_colour);
    Step::Taken(length, colour.map(Event::Background))
}

/// Reads a colour as X11 writes it, with one to four digits for each part (`XParseColor`).
fn read_colour(written: &[u8]) -> Option<[u8; 3]> {
    let parts = std::str::from_utf8(written).ok()?.strip_prefix("rgb:")?;
    let mut parts = parts.split('/').map(|digits| {
        let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
        let part = u32::from_str_radix(digits, 16).ok()?;
        u8::try_from((part * 255).checked_div(most)?).ok()
    });
    let colour = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(colour)
}

/// Returns the key of a control character.
fn control(byte: u8) -> Option<(KeyCode, KeyModifiers)> {
    let ctrl = |byte: u8| (KeyCode::Char(byte.into()), KeyModifiers::CONTROL);
    Some(match byte {
        b'\r' | b'\n' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => ctrl(b' '),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        _ => return None,
    })
}

/// Reads a character; a byte that begins none is passed over.
fn character(bytes: &[u8]) -> Step {
    let length = match bytes[0] {
        0x00..0x80 => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Taken(1, None),
    };
    let there = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(there) {
        Ok(text) => key(length, text.chars().next().map(key_of_character)),
        Err(error) if error.error_len().is_none() && there.len() < length => Step::More,
        Err(_) => Step::Taken(1, None),
    }
}

fn key_of_character(character: char) -> KeyEvent {
    let modifiers = if character.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    KeyEvent::new(KeyCode::Char(character), modifiers)
}

/// Reads behind `ESC O`.
fn single_shift(last: u8) -> Option<KeyEvent> {
    match last {
        b'M' => Some(KeyCode::Enter.into()),
        _ => key_of_letter(last).map(KeyEvent::from),
    }
}

/// Returns the key of a sequence by its last letter.
fn key_of_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

/// Reads behind `ESC [`: parameters, then one byte that ends the sequence (ECMA-48, 5.4).
fn control_sequence(rest: &[u8]) -> Step {
    if let [b'[', last @ ..] = rest {
        // F1 to F5 of the Linux console.
        let code = |last: &u8| last.checked_sub(b'A').map(|by| KeyCode::F(by + 1));
        return last
            .first()
            .map_or(Step::More, |last| key(4, code(last).map(KeyEvent::from)));
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        return if rest.len() > LONGEST {
            Step::Taken(rest.len() + 2, None)
        } else {
            Step::More
        };
    };
    let (parameters, last) = (&rest[..end], rest[end]);
    if !(0x40..0x7f).contains(&last) {
        // Broken off by something else.
        return Step::Taken(end + 2, None);
    }
    if (parameters, last) == (b"200", b'~') {
        return Step::Paste;
    }
    let event = match (parameters, last) {
        ([], b'I') => Some(Event::Focus(Focus::Gained)),
        ([], b'O') => Some(Event::Focus(Focus::Lost)),
        ([b'<', rest @ ..], b'M' | b'm') => mouse(rest, last).map(Event::Mouse),
        _ => key_of_sequence(parameters, last).map(Event::Key),
    };
    Step::Taken(end + 3, event)
}

/// The bits of a mouse button that mean nothing here: shift, alt, ctrl.
const HELD: u32 = 4 | 8 | 16;

/// Reads what was done with the mouse (SGR, mode 1006): the button, the column and the row.
fn mouse(parameters: &[u8], last: u8) -> Option<Mouse> {
    let parameters = Parameters::of(parameters);
    let number = |group: usize| parameters.get(group, 0);
    let deed = match (number(0).unwrap_or(0) & !HELD, last) {
        (0, b'M') => MouseDeed::Pressed,
        (32, b'M') => MouseDeed::Dragged,
        (0, b'm') => MouseDeed::Released,
        (64, b'M') => MouseDeed::WheelUp,
        (65, b'M') => MouseDeed::WheelDown,
        _ => return None,
    };
    let cell = |group: usize| u16::try_from(number(group)? - 1).ok();
    Some(Mouse {
        deed,
        cell: (cell(1)?, cell(2)?),
    })
}

/// The numbers between `;`, each with those between `:`.
struct Parameters(Vec<Vec<u32>>);

impl Parameters {
    fn of(bytes: &[u8]) -> Self {
        let number = |digits: &[u8]| {
            std::str::from_utf8(digits)
                .ok()
                .and_then(|digits| digits.parse().ok())
                .unwrap_or(0)
        };
        let group = |group: &[u8]| group.split(|byte| *byte == b':').map(number).collect();
        Self(bytes.split(|byte| *byte == b';').map(group).collect())
    }

    /// Returns a number; nothing where it is missing or 0.
    fn get(&self, group: usize, index: usize) -> Option<u32> {
        let number = *self.0.get(group)?.get(index)?;
        (number != 0).then_some(number)
    }

    fn modifiers(&self) -> KeyModifiers {
        let bits = self.get(1, 0).unwrap_or(1) - 1;
        let held = [
            (1, KeyModifiers::SHIFT),
            (2, KeyModifiers::ALT),
            (4, KeyModifiers::CONTROL),
        ];
        held.into_iter()
            .filter(|(bit, _)| bits & bit != 0)
            .fold(KeyModifiers::NONE, |all, (_, modifier)| all | modifier)
    }

    fn is_release(&self) -> bool {
        self.get(1, 1) == Some(3)
    }
}

fn key_of_sequence(parameters: &[u8], last: u8) -> Option<KeyEvent> {
    let parameters = Parameters::of(parameters);
    if parameters.is_release() {
        return None;
    }
    let modifiers = parameters.modifiers();
    match last {
        b'u' => key_of_code(&parameters, 0, modifiers),
        b'~' if parameters.get(0, 0) == Some(27) => key_of_code(&parameters, 2, modifiers),
        b'~' => {
            let code = key_of_number(parameters.get(0, 0)?)?;
            Some(KeyEvent::new(code, modifiers))
        }
        // Where the cursor stands, which nobody asked for.
        b'R' => None,
        _ => Some(KeyEvent::new(key_of_letter(last)?, modifiers)),
    }
}

/// Returns the key of a sequence that ends with `~`.
fn key_of_number(number: u32) -> Option<KeyCode> {
    let function = |by: u32| u8::try_from(number - by).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(10),
        17..=21 => function(11),
        23..=24 => function(12),
        _ => None,
    }
}

/// The keys of a keypad from 57399 on, in the kitty keyboard protocol.
const KEYPAD: [KeyCode; 28] = [
    KeyCode::Char('0'),
    KeyCode::Char('1'),
    KeyCode::Char('2'),
    KeyCode::Char('3'),
    KeyCode::Char('4'),
    KeyCode::Char('5'),
    KeyCode::Char('6'),
    KeyCode::Char('7'),
    KeyCode::Char('8'),
    KeyCode::Char('9'),
    KeyCode::Char('.'),
    KeyCode::Char('/'),
    KeyCode::Char('*'),
    KeyCode::Char('-'),
    KeyCode::Char('+'),
    KeyCode::Enter,
    KeyCode::Char('='),
    KeyCode::Char(','),
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::Insert,
    KeyCode::Delete,
];

/// Returns the key whose code stands in a group of parameters: code, then what it is with shift,
/// then what the key at that place has on a keyboard of the standard layout.
fn key_of_code(parameters: &Parameters, group: usize, held: KeyModifiers) -> Option<KeyEvent> {
    let code = match parameters.get(group, 0)? {
        27 => KeyCode::Esc,
        13 => KeyCode::Enter,
        9 if held.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        127 => KeyCode::Backspace,
        keypad @ 57399..=57426 => KEYPAD[keypad as usize - 57399],
        // The other functional keys have places in a private use area.
        57344..=63743 => return None,
        code => KeyCode::Char(character_of(parameters, group, code, held)?),
    };
    Some(KeyEvent::new(code, held))
}

fn character_of(
    parameters: &Parameters,
    group: usize,
    code: u32,
    held: KeyModifiers,
) -> Option<char> {
    let typed = char::from_u32(code)?;
    if held.contains(KeyModifiers::CONTROL) {
        // What goes with ctrl is no text, so that the place of the key counts.
        if typed.is_ascii() {
            return Some(typed);
        }
        let at_place = parameters.get(group, 2).and_then(char::from_u32);
        return at_place.or(Some(typed));
    }
    if !held.contains(KeyModifiers::SHIFT) {
        return Some(typed);
    }
    let shifted = parameters.get(group, 1).and_then(char::from_u32);
    shifted.or_else(|| typed.to_uppercase().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What comes of pieces; `.` stands for a wait that ended without a byte.
    fn decoded(pieces: &[&[u8]]) -> String {
        let mut decoder = Decoder::default();
        let mut shown = Vec::new();
        for piece in pieces {
            let events = if *piece == b"." {
                let is_waiting = decoder.holds_escape();
                is_waiting
                    .then(|| decoder.give_up())
                    .flatten()
                    .into_iter()
                    .collect()
            } else {
                decoder.push(piece)
            };
            shown.extend(events.iter().map(show));
        }
        shown.join(" ")
    }

    fn show(event: &Event) -> String {
        match event {
            Event::Paste(text) => format!("paste({text})"),
            Event::Gone => "gone".to_owned(),
            Event::Mouse(Mouse { deed, cell }) => format!("{deed:?}{cell:?}").to_lowercase(),
            Event::Focus(focus) => format!("{focus:?}").to_lowercase(),
            Event::Background(colour) => format!("{colour:?}"),
            Event::Key(key) => {
                let mut name = format!("{:?}", key.code).to_lowercase();
                if let KeyCode::Char(character) = key.code {
                    name = character.to_string();
                }
                for (modifier, prefix) in [
                    (KeyModifiers::ALT, "alt-"),
                    (KeyModifiers::CONTROL, "ctrl-"),
                ] {
                    if key.modifiers.contains(modifier) {
                        name.insert_str(0, prefix);
                    }
                }
                name
            }
        }
    }

    #[test]
    fn bytes_become_keys() {
        for (bytes, expected) in [
            (&b"jG \r\n\t\x7f"[..], "j G   enter enter tab backspace"),
            (b"\x04\x00\x1a\x1f", "ctrl-d ctrl-  ctrl-z ctrl-7"),
            ("é中👍".as_bytes(), "é 中 👍"),
            (b"a\xff\xc0\xe4b", "a b"),
            (b"\x1b[A\x1bOB\x1b[1;5C\x1b[Z", "up down ctrl-right backtab"),
            (
                b"\x1b[H\x1b[4~\x1b[5~\x1b[6;3~\x1b[3~",
                "home end pageup alt-pagedown delete",
            ),
            (b"\x1bOP\x1b[15~\x1b[24~\x1b[[A", "f(1) f(5) f(12) f(1)"),
            (b"\x1bj\x1b\x1b[A", "alt-j esc up"),
            (
                b"\x1b[27u\x1b[100;5u\x1b[106:74;2u\x1b[9;2u",
                "esc ctrl-d J backtab",
            ),
            (b"\x1b[27;5;100~\x1b[57400u\x1b[57358u", "ctrl-d 1"),
            (b"\x1b[1089::99;5u\x1b[106;1:3u", "ctrl-c"),
            (b"\x1b[?1;2c\x1b[12;40Rq", "q"),
            (b"\x1b[Ij\x1b[O", "gained j lost"),
            (
                b"\x1b[<0;3;7M\x1b[<32;4;7M\x1b[<0;4;7mq",
                "pressed(2, 6) dragged(3, 6) released(3, 6) q",
            ),
            (
                b"\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<2;1;1M\x1b[<0;0;1Mq",
                "wheelup(0, 0) wheeldown(0, 0) q",
            ),
            (b"\x1b]11;rgb:1e1e/ffff/0000\x1b\\q", "[30, 255, 0] q"),
            (b"\x1b]11;rgb:1e/f/000\x07q", "[30, 255, 0] q"),
            (b"\x1b]11;#123456\x07\x1b]12;rgb:0/0/0\x07q", "q"),
            (b"\x1b]j", "alt-] j"),
            (b"\x1b[1;2\x07q\x1b[3\x1b[A", "ctrl-g q up"),
            (b"\x1b[200~rm\n\x1b[A\x1b[201~q", "paste(rm\n\x1b[A) q"),
        ] {
            assert_eq!(
                decoded(&[bytes]),
                expected,
                "{:?}",
                bytes.escape_ascii().to_string()
            );
        }
    }

    #[test]
    fn an_escape_waits_for_what_belongs_to_it() {
        for (pieces, expected) in [
            (&[&b"\x1b"[..], b"[A"][..], "up"),
            (&[b"\x1b", b"[", b"A"], "up"),
            (&[b"\x1b", b"OA"], "up"),
            (&[b"\x1b", b"]11;rgb:0/0/0\x07q"], "[0, 0, 0] q"),
            (
                &[b"\x1b]1", b"1;rgb:f/f/f\x1b", b"\\q"],
                "[255, 255, 255] q",
            ),
            (&[b"\x1b[", b".", b"A"], "up"),
            (&[b"\x1b", b".", b"j"], "esc j"),
            (&[b"\x1b", b"j"], "esc j"),
            (&[b"\x1b", b"\x1b", b"."], "esc esc"),
            (&[b"\x1b", b"[200~a", b"b\x1b[20", b"1~q"], "paste(ab) q"),
            // The rest came too late: the key was said, and the rest is still no text.
            (&[b"\x1b", b".", b"[A"], "esc up"),
            (&[b"\x1b", b".", b"[200~xq\x1b[201~"], "esc paste(xq)"),
            (
                &[b"\x1b", b".", b"[20", b"0~xq", b"\x1b", b"[201~"],
                "esc paste(xq)",
            ),
            (&[b"\x1b", b".", b"["], "esc ["),
            (&[b"\x1b", b".", b"[", b"A"], "esc [ A"),
            (&[b"\x1b", b".", b"j", b"[A"], "esc j [ A"),
        ] {
            assert_eq!(decoded(pieces), expected, "{pieces:?}");
        }
    }

    proptest! {
        #[test]
        fn a_cut_makes_no_difference(cuts in proptest::collection::vec(1_usize..9, 1..20)) {
            let bytes = "j\x1b[A中\x1b[200~a 中\x1b[B\x1b[201~\x1bOB\x1b[106:74;2uq".as_bytes();
            let mut pieces = Vec::new();
            let mut rest = bytes;
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, behind) = rest.split_at((*cut).min(rest.len()));
                pieces.push(piece);
                rest = behind;
            }
            prop_assert_eq!(decoded(&pieces), decoded(&[bytes]));
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut decoder = Decoder::default();
            let _ = decoder.push(&bytes);
            prop_assert!(decoder.pasted.is_some() || decoder.held.len() <= LONGEST + 3);
        }
    }
}
