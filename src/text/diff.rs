//! What differs between two texts: which line became which, and the edit that leads from one to the
//! other.
//!
//! Lines are compared without their endings, so that a file whose line ends were converted still
//! has its lines. Knows nothing of what a line means.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Edit, Line, LineEnding, Span, Splice, Text};

/// The most lines of a text that are compared one by one: comparing more would hold up a key.
pub(super) const MOST: usize = 20_000;
/// The most pairs of lines that are compared by how alike they are.
const MOST_PAIRS: usize = 60_000;
/// From which share of what two lines have in common they are the same line, in thousandths.
const ALIKE: u32 = 500;
/// The most bytes of a line that are compared word by word.
const LONGEST: usize = 4_000;

/// Which lines of a later text each line of an earlier one became.
///
/// Invariant: one range for each earlier line, in order and without overlap. A range of one line is
/// the line, kept or changed; an empty one says that it is gone, a longer one that others stand in
/// its place. Lines between two ranges are new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alignment {
    pub(super) images: Vec<Range<usize>>,
    /// How many lines the later text has.
    pub(super) after: usize,
}

/// Lines that stayed: the first before, the first after, how many.
type Run = (usize, usize, usize);

impl Alignment {
    /// Compares two texts.
    pub(super) fn between(before: &Text, after: &Text) -> Self {
        let (old, new) = (contents(before), contents(after));
        let found = if old.len().max(new.len()) > MOST {
            kept_ends(&old, &new)
        } else {
            kept_runs(&old, &new)
        };
        let mut runs = vec![(0, 0, 0)];
        runs.extend(found);
        runs.push((old.len(), new.len(), 0));
        for behind in 1..runs.len() {
            slide(&old, &new, &mut runs, behind);
        }
        runs.retain(|(old_at, _, count)| *count > 0 || *old_at == old.len());
        Self {
            images: images(&old, &new, &runs),
            after: new.len(),
        }
    }

    /// Returns the lines that are new in front of the earlier line `index`, or behind the last.
    pub(super) fn inserted(&self, index: usize) -> Range<usize> {
        let start = index
            .checked_sub(1)
            .map_or(0, |above| self.images[above].end);
        let end = self
            .images
            .get(index)
            .map_or(self.after, |image| image.start);
        start..end
    }
}

/// Returns the lines of a text. A byte order mark alone is no line.
pub(super) fn lines(text: &Text) -> &[Line] {
    match text.lines() {
        [only] if only.content.is_empty() && only.ending == LineEnding::None => &[],
        lines => lines,
    }
}

/// Returns what each line of a text says, without its end.
pub(super) fn contents(text: &Text) -> Vec<&[u8]> {
    let lines = lines(text).iter();
    lines.map(|line| text.slice(line.content)).collect()
}

fn kept_runs(old: &[&[u8]], new: &[&[u8]]) -> Vec<Run> {
    let equal = |op| match op {
        DiffOp::Equal {
            old_index,
            new_index,
            len,
        } => Some((old_index, new_index, len)),
        _ => None,
    };
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    ops.into_iter().filter_map(equal).collect()
}

/// Returns what two texts begin and end with alike.
fn kept_ends(old: &[&[u8]], new: &[&[u8]]) -> Vec<Run> {
    let (head, tail) = common_ends(old, new);
    let runs = [(0, 0, head), (old.len() - tail, new.len() - tail, tail)];
    runs.into_iter().filter(|(.., count)| *count > 0).collect()
}

/// Counts what two slices begin and end with alike, without overlap.
pub(super) fn common_ends<T: PartialEq>(old: &[T], new: &[T]) -> (usize, usize) {
    let count = |pairs: &mut dyn Iterator<Item = (&T, &T)>| {
        pairs.take_while(|(old, new)| old == new).count()
    };
    let head = count(&mut old.iter().zip(new));
    let tail = count(&mut old[head..].iter().rev().zip(new[head..].iter().rev()));
    (head, tail)
}

/// Moves lines that came, or went, in front of the run `behind`, to where a person would say that
/// they are: of the places that lead to the same text, the one at which they begin with the line
/// that is indented least. So a task goes with its own details, and not with those of the one above.
fn slide(old: &[&[u8]], new: &[&[u8]], runs: &mut [Run], behind: usize) {
    let (above, below) = (runs[behind - 1], runs[behind]);
    let gone = above.0 + above.2..below.0;
    let came = above.1 + above.2..below.1;
    let (lines, block) = match (gone.is_empty(), came.is_empty()) {
        (false, true) => (old, gone),
        (true, false) => (new, came),
        _ => return,
    };
    let is_up = |by: &usize| lines[block.start - by] == lines[block.end - by];
    let is_down = |by: &usize| lines[block.start + by - 1] == lines[block.end + by - 1];
    let up = (1..=above.2).take_while(is_up).count();
    let down = (1..=below.2).take_while(is_down).count();
    let place = (block.start - up..=block.start + down)
        .min_by_key(|start| (depth(lines[*start]), std::cmp::Reverse(*start)))
        .unwrap_or(block.start);
    let moved = place.cast_signed() - block.start.cast_signed();
    let shifted = |at: usize| at.saturating_add_signed(moved);
    runs[behind - 1].2 = shifted(above.2);
    runs[behind] = (
        shifted(below.0),
        shifted(below.1),
        below.2.saturating_add_signed(-moved),
    );
}

/// Returns how far a line is indented; blank lines begin nothing.
fn depth(line: &[u8]) -> usize {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    line.iter()
        .position(|byte| !is_blank(byte))
        .unwrap_or(usize::MAX)
}

/// Returns what became of each line: of those between the runs, the ones that are alike.
fn images(old: &[&[u8]], new: &[&[u8]], runs: &[Run]) -> Vec<Range<usize>> {
    let mut images = Vec::with_capacity(old.len());
    let mut next = 0;
    for (old_at, new_at, count) in runs {
        pair(
            &old[images.len()..*old_at],
            &new[next..*new_at],
            next,
            &mut images,
        );
        images.extend((0..*count).map(|index| new_at + index..new_at + index + 1));
        next = new_at + count;
    }
    images
}

/// Appends what became of lines of which none stayed as it was.
fn pair(old: &[&[u8]], new: &[&[u8]], offset: usize, images: &mut Vec<Range<usize>>) {
    let mut anchors = if old.len() == 1 && new.len() == 1 {
        vec![]
    } else {
        alike_pairs(old, new)
    };
    anchors.push((old.len(), new.len()));
    let (mut old_at, mut new_at) = (0, 0);
    for (old_end, new_end) in anchors {
        fill(old_end - old_at, offset + new_at..offset + new_end, images);
        if old_end < old.len() {
            images.push(offset + new_end..offset + new_end + 1);
        }
        (old_at, new_at) = (old_end + 1, new_end + 1);
    }
}

/// Appends what became of `count` lines that are like none of those in `range`: as many are one
/// each, else the first is all.
fn fill(count: usize, range: Range<usize>, images: &mut Vec<Range<usize>>) {
    if count == range.len() {
        images.extend(range.map(|line| line..line + 1));
    } else if count > 0 {
        images.push(range.clone());
        images.extend(std::iter::repeat_n(range.end..range.end, count - 1));
    }
}

/// Returns the pairs of lines that are alike, in order: those that have most in common together.
fn alike_pairs(old: &[&[u8]], new: &[&[u8]]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() || old.len() * new.len() > MOST_PAIRS {
        return Vec::new();
    }
    let (old, new) = (bigrams_of_all(old), bigrams_of_all(new));
    let width = new.len() + 1;
    let score = |row: usize, column: usize| likeness(&old[row], &new[column]);
    // The best sum from each pair on to the end.
    let mut best = vec![0u32; (old.len() + 1) * width];
    let mut scores = vec![0u32; old.len() * width];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            let here = row * width + column;
            scores[here] = score(row, column);
            let paired = if scores[here] >= ALIKE {
                scores[here] + best[here + width + 1]
            } else {
                0
            };
            best[here] = paired.max(best[here + width]).max(best[here + 1]);
        }
    }
    walk(&best, &scores, old.len(), new.len())
}

/// Follows the best sums from the start.
fn walk(best: &[u32], scores: &[u32], old: usize, new: usize) -> Vec<(usize, usize)> {
    let width = new + 1;
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < old && column < new {
        let here = row * width + column;
        let is_pair = scores[here] >= ALIKE && best[here] == scores[here] + best[here + width + 1];
        if is_pair {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if best[here] == best[here + width] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

fn bigrams_of_all(lines: &[&[u8]]) -> Vec<Vec<[u8; 2]>> {
    lines.iter().map(|line| bigrams(line)).collect()
}

/// Returns the pairs of bytes of a line that follow each other, sorted.
fn bigrams(line: &[u8]) -> Vec<[u8; 2]> {
    let line = &line[..line.len().min(LONGEST)];
    let mut found: Vec<[u8; 2]> = line.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    found.sort_unstable();
    found
}

/// Returns how much two lines have in common, in thousandths.
fn likeness(one: &[[u8; 2]], other: &[[u8; 2]]) -> u32 {
    let (mut left, mut right, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
        let order = a.cmp(b);
        common += usize::from(order.is_eq());
        left += usize::from(order.is_le());
        right += usize::from(order.is_ge());
    }
    let whole = (one.len() + other.len()).max(1);
    u32::try_from(2_000 * common / whole).unwrap_or(0)
}

impl Edit {
    /// Returns an edit that leads from one text to the other: `Edit::between(a, b).apply(a) == b`.
    ///
    /// It touches only what differs, by lines and then by words within a line that was changed.
    pub fn between(before: &Text, after: &Text) -> Self {
        if before == after {
            return Self::default();
        }
        let alignment = Alignment::between(before, after);
        let (old, new) = (lines(before), lines(after));
        let mut splices = Vec::new();
        let marks = [before, after].map(|text| if text.has_byte_order_mark() { 3 } else { 0 });
        let mark = Span::new(0, marks[1]);
        put(
            &mut splices,
            before,
            Span::new(0, marks[0]),
            after.slice(mark),
        );
        for (index, image) in alignment.images.iter().enumerate() {
            let line = &old[index];
            let start = Span::new(line.content.start, line.content.start);
            put(
                &mut splices,
                before,
                start,
                of_lines(after, alignment.inserted(index)),
            );
            if image.len() == 1 {
                put_line(&mut splices, before, line, after, &new[image.start]);
            } else {
                let whole = Span::new(line.content.start, line.whole.end);
                put(&mut splices, before, whole, of_lines(after, image.clone()));
            }
        }
        let end = Span::new(before.len(), before.len());
        put(
            &mut splices,
            before,
            end,
            of_lines(after, alignment.inserted(old.len())),
        );
        Self { splices }
    }
}

/// Returns the bytes of whole lines, without the byte order mark of the first.
pub(super) fn of_lines(text: &Text, range: Range<usize>) -> &[u8] {
    let lines = lines(text).get(range).unwrap_or_default();
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => text.slice(Span::new(first.content.start, last.whole.end)),
        _ => &[],
    }
}

/// Appends the splices within one line.
fn put_line(splices: &mut Vec<Splice>, before: &Text, line: &Line, after: &Text, now: &Line) {
    put_words(splices, before, line.content, after.slice(now.content));
    let ending = Span::new(line.content.end, line.whole.end);
    put(splices, before, ending, now.ending.as_bytes());
}

/// Appends a splice, if it changes anything. Lines that go after each other go at once.
fn put(splices: &mut Vec<Splice>, before: &Text, span: Span, insert: &[u8]) {
    if before.slice(span) == insert {
        return;
    }
    match splices.last_mut() {
        Some(last)
            if insert.is_empty() && last.insert.is_empty() && last.span.end == span.start =>
        {
            last.span.end = span.end;
        }
        _ => splices.push(Splice {
            span,
            insert: insert.to_vec(),
        }),
    }
}

/// Appends splices of the words that differ.
fn put_words(splices: &mut Vec<Splice>, before: &Text, span: Span, insert: &[u8]) {
    let old = before.slice(span);
    if old == insert {
        return;
    }
    if old.len().max(insert.len()) > LONGEST {
        return put(splices, before, span, insert);
    }
    let (old_words, new_words) = (words(old), words(insert));
    let places = |words: &[&[u8]], range: Range<usize>| {
        let start: usize = words[..range.start].iter().map(|word| word.len()).sum();
        start..start + words[range].iter().map(|word| word.len()).sum::<usize>()
    };
    for op in capture_diff_slices(Algorithm::Myers, &old_words, &new_words) {
        let from = places(&old_words, op.old_range());
        let to = places(&new_words, op.new_range());
        let from = Span::new(span.start + from.start, span.start + from.end);
        put(splices, before, from, &insert[to]);
    }
}

/// Cuts a line into words, and all else by characters; what is no UTF-8, by bytes.
fn words(line: &[u8]) -> Vec<&[u8]> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    let mut at = 0;
    for chunk in line.utf8_chunks() {
        for character in chunk.valid().chars() {
            let end = at + character.len_utf8();
            match words.last_mut() {
                Some(word) if is_open && character.is_alphanumeric() => word.end = end,
                _ => words.push(at..end),
            }
            is_open = character.is_alphanumeric();
            at = end;
        }
        words.extend(
            chunk
                .invalid()
                .iter()
                .enumerate()
                .map(|(by, _)| at + by..at + by + 1),
        );
        is_open &= chunk.invalid().is_empty();
        at += chunk.invalid().len();
    }
    words.into_iter().map(|word| &line[word]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Draws an edit as the lines of it: what goes and what comes, by its place.
    fn drawn(before: &str, after: &str) -> Vec<String> {
        let before = Text::new(before);
        let edit = Edit::between(&before, &Text::new(after));
        let splices = edit.splices().iter();
        let draw = |splice: &Splice| {
            let new = String::from_utf8_lossy(&splice.insert).into_owned();
            format!(
                "{}:{:?}>{new:?}",
                splice.span.start,
                before.lossy(splice.span)
            )
        };
        splices.map(draw).collect()
    }

    #[test]
    fn an_edit_touches_what_differs() {
        for (before, after, expected) in [
            ("a\n", "a\n", &[][..]),
            ("", "a\n", &[r#"0:"">"a\n""#]),
            ("- [ ] 1. a\n", "- [x] 1. a\n", &[r#"3:" ">"x""#]),
            ("- [] 1. a\n", "- [x] 1. a\n", &[r#"3:"">"x""#]),
            (
                "- [ ] one two\n",
                "- [x] one three\n",
                &[r#"3:" ">"x""#, r#"10:"two">"three""#],
            ),
            ("a\nb\nc\n", "a\nc\n", &[r#"2:"b\n">"""#]),
            ("a\nb", "a\nb\nc", &[r#"3:"">"\n""#, r#"3:"">"c""#]),
            (
                "a\r\nb\r\n",
                "a\nb\n",
                &[r#"1:"\r\n">"\n""#, r#"4:"\r\n">"\n""#],
            ),
            ("\u{feff}a\n", "a\n", &[r#"0:"\u{feff}">"""#]),
            ("héllo wörld\n", "héllo wérld\n", &[r#"7:"wörld">"wérld""#]),
            // New lines begin with the one that is indented least.
            (
                "- a\n  - r\n- b\n  - r\n",
                "- a\n  - r\n- n\n  - r\n- b\n  - r\n",
                &[r#"10:"">"- n\n  - r\n""#],
            ),
        ] {
            assert_eq!(drawn(before, after), expected, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn a_line_goes_with_the_one_that_it_is_most_like() {
        for (before, after, expected) in [
            (
                "- [ ] 1. one\n- [ ] 2. two\n",
                "- [x] 1. one\n- [ ] 3. new\n- [x] 2. two\n",
                &[(0, 1), (2, 3)][..],
            ),
            ("- [ ] 1. one\n", "- [ ] 1. other\n", &[(0, 1)]),
            (
                "- [ ] 1. one\n- [ ] 2. two\n",
                "- [x] 2. two\n",
                &[(0, 0), (0, 1)],
            ),
            ("alpha\n", "some words\nthat differ\n", &[(0, 2)]),
            (
                "x\nalpha\nbeta\ny\n",
                "x\nsome words\ny\n",
                &[(0, 1), (1, 2), (2, 2), (2, 3)],
            ),
        ] {
            let found = Alignment::between(&Text::new(before), &Text::new(after));
            let images: Vec<(usize, usize)> = found
                .images
                .iter()
                .map(|image| (image.start, image.end))
                .collect();
            assert_eq!(images, expected, "{before:?} to {after:?}");
        }
    }

    proptest! {
        #[test]
        fn the_edit_between_two_texts_leads_there(before in bytes(), after in bytes()) {
            let (before, after) = (Text::new(before), Text::new(after));
            let edit = Edit::between(&before, &after);
            prop_assert_eq!(&edit.apply(&before), &after);
            prop_assert_eq!(Edit::new(edit.splices().to_vec()), Ok(edit));
        }

        #[test]
        fn an_alignment_covers_every_line(before in bytes(), after in bytes()) {
            let (before, after) = (Text::new(before), Text::new(after));
            let found = Alignment::between(&before, &after);
            prop_assert_eq!(found.images.len(), lines(&before).len());
            let ends = found.images.iter().flat_map(|image| [image.start, image.end]);
            prop_assert!(ends.chain([lines(&after).len()]).is_sorted());
        }
    }

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let line = prop_oneof![
            4 => "(- \\[[ x]\\] )?[ab é]{0,6}(\n|\r\n)".prop_map(String::into_bytes),
            1 => proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), any::<u8>()], 0..5),
            1 => Just("\u{feff}".as_bytes().to_vec()),
        ];
        proptest::collection::vec(line, 0..14).prop_map(|lines| lines.concat())
    }
}
