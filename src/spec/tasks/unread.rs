//! What looks like a task to its author and is none: boxes that are no checkboxes, and tasks inside
//! a code fence.

use std::ops::Range;

use crate::markdown::{Block, BlockKind, Document, Fault, State, list_line, state_of};
use crate::spec::source_str::readable;
use crate::text::Text;

/// Lines that look like tasks and are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unread {
    /// What to say of them.
    pub(super) faults: Vec<Fault>,
    /// How many of them may be work that is left.
    pub(super) open: usize,
}

/// How many lines a sentence names.
const MOST_LINES: usize = 8;

/// Signs that stand before a box in place of a bullet, beside those that Markdown knows.
const BULLETS: &[char] = &['-', '*', '+', '•', '·', '◦', '▪', '‣', '●', '○', '–', '—'];

/// Signs that are a box themselves.
const SIGNS: &[(char, State)] = &[
    ('☐', State::Todo),
    ('⬜', State::Todo),
    ('☑', State::Done),
    ('☒', State::Done),
    ('🗹', State::Done),
];

/// What opens and closes a box that is none.
const BOXES: &[(&str, &str)] = &[("\\[", "\\]"), ("[", "]"), ("［", "］"), ("(", ")")];

/// Signs behind a box that explain it: `[x] = done`.
const EXPLAINS: &[char] = &['=', ':', '：', '→', '|', ']', '(', '['];

impl Unread {
    /// Finds such lines among `lines`. `items` are the lines of the items, in order.
    pub(super) fn find(
        text: &Text,
        document: &Document,
        lines: Range<usize>,
        items: &[usize],
    ) -> Self {
        let mut unread = Self::default();
        let mut near = Vec::new();
        let blocks = document.blocks.iter();
        for block in blocks.filter(|block| lines.contains(&block.first_line)) {
            match block.kind {
                BlockKind::Code => unread.take_code(text, block),
                BlockKind::Item | BlockKind::Paragraph | BlockKind::Other => {
                    let inside = block.first_line..block.end_line;
                    let is_item = |line: &usize| items.binary_search(line).is_ok();
                    near.extend(
                        inside
                            .filter(|line| !is_item(line))
                            .filter_map(|line| Some((line, near_miss(line_of(text, line))?))),
                    );
                }
                _ => {}
            }
        }
        unread.take_near_misses(&near);
        unread
    }

    /// Takes the lines of a code block in a fence that look like tasks.
    fn take_code(&mut self, text: &Text, block: &Block) {
        let fence =
            line_of(text, block.first_line).trim_start_matches(|char: char| !is_fence(char));
        if !fence.starts_with("```") && !fence.starts_with("~~~") {
            return;
        }
        let looks_like_task = |line: &usize| {
            let content = text.lines()[*line].content;
            list_line(text.bytes(), content)
                .and_then(|line| line.checkbox)
                .is_some_and(|found| state_of(text.slice(found.marker)) != State::Other)
        };
        let count = (block.first_line + 1..block.end_line)
            .filter(looks_like_task)
            .count();
        if count == 0 {
            return;
        }
        let (lines, look, them, tasks) = if count == 1 {
            ("line", "looks like a task", "it", "the task")
        } else {
            ("lines", "look like tasks", "them", "the tasks")
        };
        self.open += count;
        self.faults.push(Fault {
            line: block.first_line,
            message: format!(
                "{count} {lines} inside the fence at line {} {look}; Kiro would run {them}. Close the fence before {tasks}, or take the boxes out",
                block.first_line + 1
            ),
        });
    }

    /// Says of all near misses of a file once that they are none.
    fn take_near_misses(&mut self, near: &[(usize, State)]) {
        let Some((first, _)) = near.first() else {
            return;
        };
        self.open += near
            .iter()
            .filter(|(_, state)| *state != State::Done)
            .count();
        let mut places: Vec<String> = near
            .iter()
            .take(MOST_LINES)
            .map(|(line, _)| (line + 1).to_string())
            .collect();
        if near.len() > MOST_LINES {
            places.push(format!("{} more", near.len() - MOST_LINES));
        }
        let last = places.pop().unwrap_or_default();
        let message = if places.is_empty() {
            format!(
                "line {last} looks like a checkbox but is not one, and is not counted. Write it as \"- [ ] \""
            )
        } else {
            format!(
                "lines {} and {last} look like checkboxes but are not, and are not counted. Write them as \"- [ ] \"",
                places.join(", ")
            )
        };
        self.faults.push(Fault {
            line: *first,
            message,
        });
    }
}

fn line_of(text: &Text, line: usize) -> &str {
    readable(text.slice(text.lines()[line].content))
}

fn is_fence(char: char) -> bool {
    matches!(char, '`' | '~')
}

/// Returns the state that a line seems to have, if it looks like a checkbox.
fn near_miss(line: &str) -> Option<State> {
    let line = line.trim();
    let inside = without_bullet(line);
    let boxed = inside.trim_start();
    if let Some((sign, state)) = SIGNS.iter().find(|(sign, _)| boxed.starts_with(*sign)) {
        return is_title(&boxed[sign.len_utf8()..]).then_some(*state);
    }
    let (open, close) = BOXES.iter().find(|(open, _)| boxed.starts_with(open))?;
    let (marker, behind) = boxed[open.len()..].split_once(close)?;
    let state = match marker.trim() {
        "" => State::Todo,
        marker => Some(state_of(marker.as_bytes())).filter(|state| *state != State::Other)?,
    };
    // Round brackets are common, and so are empty ones without a bullet.
    let is_round = *open == "(" && (inside == line || marker.is_empty() || state != State::Todo);
    let is_empty = marker.is_empty() && inside == line;
    let is_parted = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (is_parted && !is_round && !is_empty && is_title(behind)).then_some(state)
}

/// Returns a line without a bullet or a list number at its start.
fn without_bullet(line: &str) -> &str {
    let unnumbered = line.trim_start_matches(|char: char| char.is_ascii_digit());
    let rest = if unnumbered.len() == line.len() {
        line.strip_prefix(BULLETS)
    } else {
        unnumbered.strip_prefix(['.', ')'])
    };
    rest.unwrap_or(line)
}

/// Returns whether what stands behind a box is the title of something, and no explanation of the
/// box.
fn is_title(behind: &str) -> bool {
    let behind = behind.trim_start_matches(['\u{fe0f}', '\u{fe0e}']).trim();
    let is_dash = behind.starts_with(['-', '–', '—']);
    !behind.is_empty() && !is_dash && !behind.starts_with(EXPLAINS)
}

#[cfg(test)]
mod tests {
    use crate::spec::tasks::tests::parsed;

    /// Returns what is said of a source, and how many lines may be work that is left.
    fn said(source: &str) -> (Vec<String>, usize) {
        let (_, tasks) = parsed(source);
        let faults = tasks.faults.iter();
        let drawn = faults.map(|fault| format!("{}: {}", fault.line + 1, fault.message));
        (drawn.collect(), tasks.unread)
    }

    #[test]
    fn near_misses_are_told_once_with_their_lines() {
        for line in [
            "- [  ] 2. a",
            "- [ x ] 3. a",
            "- [x ] a",
            "-[ ] 4. a",
            "*[x] a",
            "- \\[ \\] 2. a",
            "• [ ] 2. a",
            "☐ 4. a",
            "- ☐ a",
            "☑\u{fe0f} a",
            "[ ] a",
            "[x] a",
            "1.[ ] a",
            "– [ ] a",
            "- ［ ］ a",
            "- ( ) a",
        ] {
            let (said, _) = said(&format!("- [x] 1. a\n\n{line}\n"));
            assert_eq!(
                said,
                [
                    "3: line 3 looks like a checkbox but is not one, and is not counted. Write it as \"- [ ] \""
                ],
                "{line:?}"
            );
        }
        let (several, open) = said("- [ x ] a\n\ntext\n\n-[ ] b\n\n☐ c\n");
        assert_eq!(
            several,
            [
                "1: lines 1, 5 and 7 look like checkboxes but are not, and are not counted. Write them as \"- [ ] \""
            ]
        );
        assert_eq!(open, 2, "what is ticked is not left");
    }

    #[test]
    fn links_words_and_legends_are_no_near_misses() {
        for line in [
            "- [x](https://a.b)",
            "[x]: https://a.b",
            "- [x][ref] a",
            "[x] = done",
            "☐ = open",
            "☐ — open",
            "- `[ ]` open",
            "- [WIP] a",
            "- []string",
            "[] a",
            "- (x) a",
            "f( ) a",
            "- [ ] a",
            "- text ☐ a",
            "| [ ] a |",
            "# [ ] a",
            "> [ ] a",
            "- [1] a",
            "- [P] a",
        ] {
            assert_eq!(said(&format!("text\n\n{line}\n")), (vec![], 0), "{line:?}");
        }
    }

    #[test]
    fn tasks_inside_a_fence_are_told() {
        let open = "- [x] 1. a\n\n```\ncode\n- [ ] 2. b\n- [x] 3. c\n```\n";
        let (faults, left) = said(open);
        assert_eq!(
            faults,
            [
                "3: 2 lines inside the fence at line 3 look like tasks; Kiro would run them. Close the fence before the tasks, or take the boxes out"
            ]
        );
        assert_eq!(left, 2);
        assert_eq!(said("```\ncode [ ] a\n- [WIP] b\n```\n"), (vec![], 0));
        assert_eq!(said("~~~md\n- [ ] a\n~~~\n").1, 1);
    }
}
