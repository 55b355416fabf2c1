//! The shortest motion from one place on the screen to another.
//!
//! Knows no text: whether writing what lies between would be shorter is the diff's question. Lengths
//! are counted without writing, because many motions are weighed for each that is taken.

use super::sgr::push_number;

/// Where the terminal's cursor stands.
///
/// The column is unknown behind the last one, where terminals wait to wrap each in its own way, and
/// behind a grapheme on whose width they disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The row, from 0.
    pub(super) row: usize,
    /// The column, from 0, where it is known.
    pub(super) column: Option<usize>,
}

/// A motion, to be counted or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Motion {
    /// To a row and a column from anywhere.
    To(usize, usize),
    /// Across, then up or down. In this order, because a carriage return ends what a terminal may
    /// be waiting for behind its last column.
    Along(Across, Down),
}

/// A motion within a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Across {
    Stay,
    Column(usize),
    /// By a carriage return, then to the right.
    Margin(usize),
    Right(usize),
    Backspaces(usize),
    Left(usize),
}

/// A motion within a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Down {
    Stay,
    Row(usize),
    /// By line feeds: the rows below exist, and the terminal is in raw mode.
    Feeds(usize),
    By(usize),
    Up(usize),
}

impl Motion {
    /// Finds the shortest motion to a row and a column; where two are equally short, the one that
    /// depends less on where it starts.
    pub(super) fn shortest(from: Option<Place>, row: usize, column: usize) -> Self {
        let absolute = Self::To(row, column);
        let Some(from) = from else { return absolute };
        let relative = Self::Along(
            Across::shortest(from.column, column),
            Down::shortest(from.row, row),
        );
        if relative.len() < absolute.len() {
            relative
        } else {
            absolute
        }
    }

    /// Counts its bytes.
    pub(super) fn len(self) -> usize {
        match self {
            Self::To(row, column) => {
                3 + if row > 0 { digits(row + 1) } else { 0 }
                    + if column > 0 {
                        1 + digits(column + 1)
                    } else {
                        0
                    }
            }
            Self::Along(across, down) => across.len() + down.len(),
        }
    }

    /// Appends its bytes.
    pub(super) fn write(self, bytes: &mut Vec<u8>) {
        match self {
            Self::To(row, column) => {
                bytes.extend(b"\x1b[");
                if row > 0 {
                    push(bytes, row + 1);
                }
                if column > 0 {
                    bytes.push(b';');
                    push(bytes, column + 1);
                }
                bytes.push(b'H');
            }
            Self::Along(across, down) => {
                across.write(bytes);
                down.write(bytes);
            }
        }
    }
}

impl Across {
    fn shortest(from: Option<usize>, to: usize) -> Self {
        let near = match from {
            None => Self::Column(to),
            Some(from) if from == to => Self::Stay,
            Some(from) if from < to => Self::Right(to - from),
            Some(from) => [Self::Left(from - to), Self::Backspaces(from - to)]
                .into_iter()
                .min_by_key(|motion| motion.len())
                .unwrap_or(Self::Column(to)),
        };
        [Self::Column(to), Self::Margin(to), near]
            .into_iter()
            .min_by_key(|motion| motion.len())
            .unwrap_or(near)
    }

    fn len(self) -> usize {
        match self {
            Self::Stay => 0,
            Self::Column(to) => 3 + digits(to + 1),
            Self::Margin(0) => 1,
            Self::Margin(right) => 1 + counted_len(right),
            Self::Right(count) | Self::Left(count) => counted_len(count),
            Self::Backspaces(count) => count,
        }
    }

    fn write(self, bytes: &mut Vec<u8>) {
        match self {
            Self::Stay => {}
            Self::Column(to) => control(bytes, to + 1, b'G'),
            Self::Margin(right) => {
                bytes.push(b'\r');
                push_counted(bytes, right, b'C');
            }
            Self::Right(count) => push_counted(bytes, count, b'C'),
            Self::Left(count) => push_counted(bytes, count, b'D'),
            Self::Backspaces(count) => bytes.extend(std::iter::repeat_n(b'\x08', count)),
        }
    }
}

impl Down {
    fn shortest(from: usize, to: usize) -> Self {
        let distance = from.abs_diff(to);
        let near = if from > to {
            [Self::Up(distance); 2]
        } else {
            [Self::By(distance), Self::Feeds(distance)]
        };
        let motions = [Self::Row(to), near[0], near[1]];
        if distance == 0 {
            Self::Stay
        } else {
            motions
                .into_iter()
                .min_by_key(|motion| motion.len())
                .unwrap_or(Self::Row(to))
        }
    }

    fn len(self) -> usize {
        match self {
            Self::Stay => 0,
            Self::Row(to) => 3 + digits(to + 1),
            Self::Feeds(count) => count,
            Self::By(count) | Self::Up(count) => counted_len(count),
        }
    }

    fn write(self, bytes: &mut Vec<u8>) {
        match self {
            Self::Stay => {}
            Self::Row(to) => control(bytes, to + 1, b'd'),
            Self::Feeds(count) => bytes.extend(std::iter::repeat_n(b'\n', count)),
            Self::By(count) => push_counted(bytes, count, b'B'),
            Self::Up(count) => push_counted(bytes, count, b'A'),
        }
    }
}

/// Counts the bytes of a sequence that does something `count` times; 0 times takes none.
pub(super) fn counted_len(count: usize) -> usize {
    match count {
        0 => 0,
        1 => 3,
        _ => 3 + digits(count),
    }
}

/// Appends a sequence that does something `count` times.
pub(super) fn push_counted(bytes: &mut Vec<u8>, count: usize, end: u8) {
    match count {
        0 => {}
        1 => bytes.extend([b'\x1b', b'[', end]),
        _ => control(bytes, count, end),
    }
}

/// Appends `number` in decimal digits.
pub(super) fn push(bytes: &mut Vec<u8>, number: usize) {
    push_number(bytes, u16::try_from(number).unwrap_or(u16::MAX));
}

fn control(bytes: &mut Vec<u8>, number: usize, end: u8) {
    bytes.extend(b"\x1b[");
    push(bytes, number);
    bytes.push(end);
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_is_taken() {
        let column = |column| Some(column);
        for (from, to, expected) in [
            (None, (0, 0), "\x1b[H"),
            (None, (4, 0), "\x1b[5H"),
            (None, (0, 4), "\x1b[;5H"),
            (None, (11, 30), "\x1b[12;31H"),
            (Some((5, column(3))), (5, 3), ""),
            (Some((5, column(3))), (5, 4), "\x1b[C"),
            (Some((5, column(3))), (5, 2), "\x08"),
            (Some((5, column(30))), (5, 20), "\x1b[21G"),
            (Some((5, column(30))), (5, 25), "\x1b[5D"),
            (Some((5, column(30))), (5, 0), "\r"),
            (Some((5, column(12))), (6, 11), "\x08\n"),
            (Some((5, column(79))), (6, 2), "\x1b[3G\n"),
            (Some((5, None)), (6, 0), "\r\n"),
            (Some((5, None)), (5, 7), "\x1b[8G"),
            (Some((5, column(12))), (4, 12), "\x1b[A"),
            (Some((5, column(12))), (14, 12), "\x1b[9B"),
            (Some((5, column(12))), (30, 12), "\x1b[31d"),
            (Some((30, column(70))), (2, 71), "\x1b[3;72H"),
        ] {
            let motion =
                Motion::shortest(from.map(|(row, column)| Place { row, column }), to.0, to.1);
            let mut bytes = Vec::new();
            motion.write(&mut bytes);
            assert_eq!(
                (String::from_utf8(bytes).unwrap().as_str(), motion.len()),
                (expected, expected.len()),
                "{from:?} -> {to:?}"
            );
        }
    }
}
