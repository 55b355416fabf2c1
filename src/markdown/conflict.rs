//! Merge conflicts: the lines that a version control system leaves in a file for its reader to
//! choose from.
//!
//! To Markdown such lines are quotes, underlined headings and words. Knows no blocks.

use std::ops::Range;

use super::Fault;
use crate::text::Text;

/// How many signs a line of a conflict begins with.
const SIGNS: usize = 7;

/// One conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its lines, from the one that opens it to the one that closes it.
    pub lines: Range<usize>,
    /// Those of them that only part what there is to choose from.
    pub(super) marks: Vec<usize>,
}

impl Conflict {
    /// Says what is to be done about it.
    pub fn fault(&self) -> Fault {
        Fault {
            line: self.lines.start,
            message: format!(
                "an unresolved merge conflict begins here, up to line {}. Keep what is right and remove its markers",
                self.lines.end
            ),
        }
    }
}

/// What a line of a conflict says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `<<<<<<< ours`
    Opens,
    /// `||||||| base`
    Base,
    /// `=======`
    Parts,
    /// `>>>>>>> theirs`
    Closes,
}

/// Finds the conflicts of a text: what opens one, parts it and closes it, in this order.
pub(super) fn find(text: &Text) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, Mark)> = Vec::new();
    for (line, place) in text.lines().iter().enumerate() {
        let Some(mark) = mark(text.slice(place.content)) else {
            continue;
        };
        let last = open.last().map(|(_, mark)| *mark);
        match (last, mark) {
            (_, Mark::Opens) => open = vec![(line, mark)],
            (Some(Mark::Opens), Mark::Base) => open.push((line, mark)),
            (Some(Mark::Opens | Mark::Base), Mark::Parts) => open.push((line, mark)),
            (Some(Mark::Parts), Mark::Closes) => {
                open.push((line, mark));
                let marks: Vec<usize> = open.drain(..).map(|(line, _)| line).collect();
                found.push(Conflict {
                    lines: marks[0]..line + 1,
                    marks,
                });
            }
            _ => {}
        }
    }
    found
}

/// Reads a line of a conflict: seven signs at its start, and then a blank or nothing.
fn mark(line: &[u8]) -> Option<Mark> {
    let mark = match line.first()? {
        b'<' => Mark::Opens,
        b'|' => Mark::Base,
        b'=' => Mark::Parts,
        b'>' => Mark::Closes,
        _ => return None,
    };
    let (signs, rest) = line.split_at_checked(SIGNS)?;
    let is_whole = signs.iter().all(|sign| *sign == line[0]) && matches!(rest, [] | [b' ', ..]);
    is_whole.then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_is_opened_parted_and_closed() {
        for (source, expected) in [
            (
                "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\nd\n",
                vec![(1..6, vec![1, 3, 5])],
            ),
            (
                "<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> main\r\n",
                vec![(0..5, vec![0, 2, 4])],
            ),
            (
                "<<<<<<< a\nb\n||||||| base\nc\n=======\nd\n>>>>>>> e\n",
                vec![(0..7, vec![0, 2, 4, 6])],
            ),
            (
                "<<<<<<<\n=======\n>>>>>>>\n<<<<<<< a\n=======\n>>>>>>> b\n",
                vec![(0..3, vec![0, 1, 2]), (3..6, vec![3, 4, 5])],
            ),
            (
                "<<<<<<< a\n<<<<<<< a\n=======\n>>>>>>> b\n",
                vec![(1..4, vec![1, 2, 3])],
            ),
            ("Title\n=======\n", vec![]),
            ("<<<<<<< a\n=======\n", vec![]),
            (">>>>>>> quote\n", vec![]),
            (" <<<<<<< a\n=======\n>>>>>>> b\n", vec![]),
            ("<<<<<<<< a\n=======\n>>>>>>> b\n", vec![]),
            ("<<<<<<< a\n=========\n>>>>>>> b\n", vec![]),
        ] {
            let found: Vec<_> = find(&Text::new(source))
                .into_iter()
                .map(|conflict| (conflict.lines, conflict.marks))
                .collect();
            assert_eq!(found, expected, "{source:?}");
        }
    }
}
