//! Two changes of one text made one, and what they cannot agree on.
//!
//! ```text
//!  base ──► ours   ┐  line by line: unchanged, changed in some of its parts, gone, replaced
//!       └─► theirs ┘  between lines: what is new
//! ```
//!
//! - A line that only one side changed is that side's. Where both changed it, each of its parts is
//!   that of the side that changed it; which parts a line has, the caller says.
//! - What both did alike is done once.
//! - What both put in at one place is all kept, each in one piece; the one that sorts first by its
//!   bytes comes first, so that it does not matter whose is whose, and siblings with numbers come in
//!   the order of their numbers. Where one begins or ends with all of the other, it stands for both.
//! - How a line ends is one of its parts. Where one side changed it, lines that the other put in
//!   there end that way too. Whether there is a newline at all is never a reason for a conflict.
//!
//! It is a [`Conflict`] where both changed the same part of a line differently, where one changed
//! a line that the other took away, and where one put lines between lines that the other took away:
//! there they would hang on something else. With one line all those are in conflict that went with
//! it.
//!
//! Knows no Markdown.

use std::ops::Range;

use super::diff::{Alignment, lines};
use super::{BYTE_ORDER_MARK, Edit, Line, LineEnding, Span, Text};

/// Says where the content of a line falls into parts: offsets into it, in order. Lines with the same
/// number of parts are compared part by part.
pub type Parts = fn(&[u8]) -> Vec<usize>;

/// Says of every line that it is one part.
pub fn whole_lines(_: &[u8]) -> Vec<usize> {
    Vec::new()
}

/// Returns the edit of `base` that makes both changes: the one that leads to `ours`, and the one that
/// leads to `theirs`.
///
/// `merge(b, b, t)` leads to `t`, `merge(b, o, b)` and `merge(b, o, o)` to `o`, and the sides may be
/// exchanged.
///
/// # Errors
///
/// Where the two contradict each other, the places, and a way to choose.
pub fn merge(base: &Text, ours: &Text, theirs: &Text, parts: Parts) -> Result<Edit, Box<Conflict>> {
    if ours == theirs || theirs == base {
        return Ok(Edit::between(base, ours));
    }
    if ours == base {
        return Ok(Edit::between(base, theirs));
    }
    let conflict = Sides::new(base, ours, theirs, parts).conflict();
    if conflict.places.is_empty() {
        Ok(conflict.resolve(&[]))
    } else {
        Err(Box::new(conflict))
    }
}

/// Two changes of one text that contradict each other in some places, and agree in all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    base: Text,
    ours: Text,
    theirs: Text,
    byte_order_mark: bool,
    ending: LineEnding,
    chunks: Vec<Chunk>,
    places: Vec<Place>,
}

/// Where two changes contradict each other: whole lines of each of the three texts, none where
/// nothing stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What stood there before.
    pub base: Span,
    /// What stands there in our text.
    pub ours: Span,
    /// What stands there in theirs.
    pub theirs: Span,
}

/// What becomes of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// What we wrote; what they changed in other parts of the lines is kept.
    Ours,
    /// What they wrote; what we changed in other parts of the lines is kept.
    Theirs,
    /// Ours and then theirs.
    Both,
    /// These bytes, which are whole lines.
    Text(Vec<u8>),
}

/// Lines in which the sides agree, or do not.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Chunk {
    Agreed(Vec<SourceStr>),
    Open(Vec<SourceStr>, Vec<SourceStr>),
}

/// A line of what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SourceStr {
    content: Vec<u8>,
    ending: LineEnding,
}

/// How to name the sides where a conflict is written into the text, as git does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels<'a> {
    /// Our side.
    pub ours: &'a str,
    /// Their side.
    pub theirs: &'a str,
    /// How many characters a marker is long.
    pub size: usize,
}

impl Conflict {
    /// Returns the places, in order; there is at least one.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Returns the text before both changes.
    pub fn base(&self) -> &Text {
        &self.base
    }

    /// Returns the text with our change.
    pub fn ours(&self) -> &Text {
        &self.ours
    }

    /// Returns the text with theirs.
    pub fn theirs(&self) -> &Text {
        &self.theirs
    }

    /// Returns the edit of the base that makes both changes, with the places as they were resolved,
    /// in order. A place that nothing is said of keeps both.
    pub fn resolve(&self, resolutions: &[Resolution]) -> Edit {
        Edit::between(&self.base, &self.resolved(resolutions))
    }

    /// Returns the text that [`Conflict::resolve`] leads to.
    pub fn resolved(&self, resolutions: &[Resolution]) -> Text {
        let mut resolutions = resolutions.iter();
        let resolved = self.chunks.iter().flat_map(|chunk| match chunk {
            Chunk::Agreed(lines) => lines.clone(),
            Chunk::Open(ours, theirs) => match resolutions.next() {
                Some(Resolution::Ours) => ours.clone(),
                Some(Resolution::Theirs) => theirs.clone(),
                Some(Resolution::Text(bytes)) => all_pieces(&Text::new(bytes.clone())),
                Some(Resolution::Both) | None => ours.iter().chain(theirs).cloned().collect(),
            },
        });
        self.text(resolved.collect())
    }

    /// Returns the merged text with both sides of each place between markers, as git writes them.
    pub fn with_markers(&self, labels: Labels<'_>) -> Text {
        let marker = |sign: &str, label: &str| {
            let words = format!("{} {label}", sign.repeat(labels.size));
            SourceStr {
                content: words.trim_end().as_bytes().to_vec(),
                ending: self.ending,
            }
        };
        let mut lines = Vec::new();
        for chunk in &self.chunks {
            match chunk {
                Chunk::Agreed(agreed) => lines.extend(agreed.iter().cloned()),
                Chunk::Open(ours, theirs) => {
                    lines.push(marker("<", labels.ours));
                    lines.extend(ours.iter().cloned());
                    lines.push(marker("=", ""));
                    lines.extend(theirs.iter().cloned());
                    lines.push(marker(">", labels.theirs));
                }
            }
        }
        self.text(lines)
    }

    /// Joins lines. One without an ending gets one, if it is not the last.
    fn text(&self, mut lines: Vec<SourceStr>) -> Text {
        if let Some((_, others)) = lines.split_last_mut() {
            let open = others
                .iter_mut()
                .filter(|line| line.ending == LineEnding::None);
            open.for_each(|line| line.ending = self.ending);
        }
        let mut bytes = Vec::new();
        if self.byte_order_mark {
            bytes.extend_from_slice(BYTE_ORDER_MARK);
        }
        for line in &lines {
            bytes.extend_from_slice(&line.content);
            bytes.extend_from_slice(line.ending.as_bytes());
        }
        Text::new(bytes)
    }
}

/// One side of a merge.
struct Side<'a> {
    text: &'a Text,
    lines: &'a [Line],
    alignment: Alignment,
}

impl<'a> Side<'a> {
    fn new(base: &Text, text: &'a Text) -> Self {
        Self {
            text,
            lines: lines(text),
            alignment: Alignment::between(base, text),
        }
    }

    /// Returns the line that an earlier one became, if it became one.
    fn line(&self, index: usize) -> Option<&'a Line> {
        let image = &self.alignment.images[index];
        if image.len() != 1 {
            return None;
        }
        self.lines.get(image.start)
    }

    /// Returns how an earlier line ends; as it did, `before`, where it is gone.
    fn ending(&self, index: usize, before: LineEnding) -> LineEnding {
        self.line(index).map_or(before, |line| line.ending)
    }

    /// Returns whether a line is gone, or others stand in its place.
    fn is_gone(&self, index: usize) -> bool {
        self.line(index).is_none()
    }

    /// Returns whether a line still says what it said.
    fn keeps(&self, index: usize, content: &[u8]) -> bool {
        let line = self.line(index);
        line.is_some_and(|line| self.text.slice(line.content) == content)
    }

    /// Returns what an earlier line became.
    fn image(&self, index: usize) -> Vec<SourceStr> {
        pieces(self.text, self.alignment.images[index].clone())
    }

    /// Returns the new lines in front of an earlier one.
    fn inserted(&self, index: usize) -> Vec<SourceStr> {
        pieces(self.text, self.alignment.inserted(index))
    }

    /// Returns the earlier lines that are gone together with the one at `index`; it alone where it
    /// is not gone.
    fn run(&self, index: usize) -> Range<usize> {
        if !self.is_gone(index) {
            return index..index + 1;
        }
        let is_gone = |line: &usize| self.is_gone(*line);
        let above = (0..index).rev().take_while(is_gone).count();
        let below = (index..self.alignment.images.len())
            .take_while(is_gone)
            .count();
        index - above..index + below
    }

    /// Returns the span of what some earlier lines became.
    fn span(&self, range: &Range<usize>) -> Span {
        let images = self.alignment.images.get(range.clone()).unwrap_or_default();
        match (images.first(), images.last()) {
            (Some(first), Some(last)) => span(self.text, self.lines, first.start..last.end),
            _ => Span::default(),
        }
    }
}

/// Returns the span of some of the lines of a text.
fn span(text: &Text, lines: &[Line], range: Range<usize>) -> Span {
    let start = lines
        .get(range.start)
        .map_or(text.len(), |line| line.content.start);
    let last = lines.get(range).and_then(<[Line]>::last);
    Span::new(start, last.map_or(start, |line| line.whole.end))
}

fn all_pieces(text: &Text) -> Vec<SourceStr> {
    pieces(text, 0..lines(text).len())
}

fn pieces(text: &Text, range: Range<usize>) -> Vec<SourceStr> {
    let piece = |line: &Line| SourceStr {
        content: text.slice(line.content).to_vec(),
        ending: line.ending,
    };
    let lines = lines(text).get(range).unwrap_or_default();
    lines.iter().map(piece).collect()
}

/// A text and its two later forms.
struct Sides<'a> {
    base: &'a Text,
    lines: &'a [Line],
    ours: Side<'a>,
    theirs: Side<'a>,
    parts: Parts,
}

impl<'a> Sides<'a> {
    fn new(base: &'a Text, ours: &'a Text, theirs: &'a Text, parts: Parts) -> Self {
        Self {
            base,
            lines: lines(base),
            ours: Side::new(base, ours),
            theirs: Side::new(base, theirs),
            parts,
        }
    }

    /// Returns where the sides contradict each other. The text is taken as a row of places: in front
    /// of line `n` is place `2 n`, the line itself is place `2 n + 1`.
    fn open_places(&self) -> Vec<bool> {
        let count = self.lines.len();
        let mut is_open = vec![false; 2 * count + 1];
        let mut open = |lines: Range<usize>| is_open[2 * lines.start + 1..2 * lines.end].fill(true);
        for index in 0..count {
            for (one, other) in [(&self.ours, &self.theirs), (&self.theirs, &self.ours)] {
                if is_among_gone(one, other, index) {
                    open(other.run(index));
                }
            }
            if let Chunk::Open(..) = self.line(index) {
                open(self.ours.run(index));
                open(self.theirs.run(index));
            }
        }
        for index in 1..count {
            let is_between = is_open[2 * index - 1] && is_open[2 * index + 1];
            is_open[2 * index] |= is_between && self.between(index).is_empty();
        }
        is_open
    }

    /// Returns what becomes of one line of the base.
    fn line(&self, index: usize) -> Chunk {
        let base = &self.lines[index];
        let content = self.base.slice(base.content);
        let (our_ending, their_ending) = self.endings(index);
        let (ours, theirs) = self.contents(index, content);
        let is_same = our_ending == their_ending && says_same(&ours, &theirs);
        let ours = with_ending(ours, base.ending, our_ending);
        if is_same {
            return Chunk::Agreed(ours);
        }
        Chunk::Open(ours, with_ending(theirs, base.ending, their_ending))
    }

    /// Returns what one line of the base says: with our part where the sides contradict each other,
    /// and with theirs.
    fn contents(&self, index: usize, base: &[u8]) -> (Vec<SourceStr>, Vec<SourceStr>) {
        let (ours, theirs) = (self.ours.image(index), self.theirs.image(index));
        if self.ours.keeps(index, base) {
            return (theirs.clone(), theirs);
        }
        if self.theirs.keeps(index, base) || says_same(&ours, &theirs) {
            return (ours.clone(), ours);
        }
        let merged = self.by_parts(base, &ours, &theirs);
        merged.unwrap_or((ours, theirs))
    }

    /// Returns how one line of the base ends: as ours where the sides contradict each other, and as
    /// theirs.
    fn endings(&self, index: usize) -> (LineEnding, LineEnding) {
        let base = self.lines[index].ending;
        let (ours, theirs) = (
            self.ours.ending(index, base),
            self.theirs.ending(index, base),
        );
        match (ours, theirs) {
            _ if ours == base => (theirs, theirs),
            _ if theirs == base => (ours, ours),
            (LineEnding::None, other) | (other, LineEnding::None) => (other, other),
            both => both,
        }
    }

    /// Returns the new lines of one side in front of a line of the base. They end as the line above
    /// them does since the other side changed that.
    fn inserted(&self, one: &Side<'_>, other: &Side<'_>, index: usize) -> Vec<SourceStr> {
        let inserted = one.inserted(index);
        let above = index.saturating_sub(1);
        let Some(base) = self.lines.get(above).map(|line| line.ending) else {
            return inserted;
        };
        let ending = other.ending(above, base);
        let is_either = base == LineEnding::None || ending == LineEnding::None;
        if is_either || one.ending(above, base) != base {
            return inserted;
        }
        turned(inserted, base, ending)
    }

    /// Merges a line part by part: once with our part where the sides contradict each other, once
    /// with theirs. Returns nothing where it has not the same parts any more.
    fn by_parts(
        &self,
        base: &[u8],
        ours: &[SourceStr],
        theirs: &[SourceStr],
    ) -> Option<(Vec<SourceStr>, Vec<SourceStr>)> {
        let ([ours], [theirs]) = (ours, theirs) else {
            return None;
        };
        let base = cut(base, self.parts);
        let (our_parts, their_parts) = (
            cut(&ours.content, self.parts),
            cut(&theirs.content, self.parts),
        );
        if base.len() != our_parts.len() || base.len() != their_parts.len() {
            return None;
        }
        let (mut with_ours, mut with_theirs) = (Vec::new(), Vec::new());
        for ((base, ours), theirs) in base.iter().zip(our_parts).zip(their_parts) {
            with_ours.extend_from_slice(if ours == *base { theirs } else { ours });
            with_theirs.extend_from_slice(if theirs == *base { ours } else { theirs });
        }
        let of = |content, ending| vec![SourceStr { content, ending }];
        Some((of(with_ours, ours.ending), of(with_theirs, theirs.ending)))
    }

    /// Returns what comes in front of one line of the base.
    fn between(&self, index: usize) -> Vec<SourceStr> {
        joined(
            self.inserted(&self.ours, &self.theirs, index),
            self.inserted(&self.theirs, &self.ours, index),
        )
    }

    /// Returns what stands at one place of the row.
    fn chunk(&self, place: usize, is_open: bool) -> Chunk {
        let index = place / 2;
        match (place % 2, is_open) {
            (0, false) => Chunk::Agreed(self.between(index)),
            (0, true) => Chunk::Open(
                self.inserted(&self.ours, &self.theirs, index),
                self.inserted(&self.theirs, &self.ours, index),
            ),
            (_, false) => self.line(index),
            (_, true) => match self.line(index) {
                Chunk::Agreed(_) => Chunk::Open(self.ours.image(index), self.theirs.image(index)),
                open => open,
            },
        }
    }

    /// Puts everything together.
    fn conflict(&self) -> Conflict {
        let is_open = self.open_places();
        let mut chunks: Vec<Chunk> = Vec::new();
        for (place, is_open) in is_open.iter().enumerate() {
            append(&mut chunks, self.chunk(place, *is_open));
        }
        let runs = is_open.chunk_by(|one, other| one == other);
        let mut at = 0;
        let ranges = runs.map(|run| {
            at += run.len();
            (run[0], (at - run.len()) / 2..at / 2)
        });
        let places = ranges
            .filter(|(is_open, _)| *is_open)
            .map(|(_, lines)| Place {
                base: span(self.base, self.lines, lines.clone()),
                ours: self.ours.span(&lines),
                theirs: self.theirs.span(&lines),
            });
        Conflict {
            places: places.collect(),
            base: self.base.clone(),
            ours: self.ours.text.clone(),
            theirs: self.theirs.text.clone(),
            byte_order_mark: self.byte_order_mark(),
            ending: self.ending(),
            chunks,
        }
    }

    fn byte_order_mark(&self) -> bool {
        let [base, ours, theirs] =
            [self.base, self.ours.text, self.theirs.text].map(Text::has_byte_order_mark);
        if ours == base { theirs } else { ours }
    }

    /// Returns how a line ends that has no ending of its own.
    fn ending(&self) -> LineEnding {
        let has_ending = self
            .lines
            .iter()
            .any(|line| line.ending != LineEnding::None);
        let (ours, theirs) = (self.ours.text.main_ending(), self.theirs.text.main_ending());
        if has_ending {
            self.base.main_ending()
        } else {
            greater(ours, theirs)
        }
    }
}

/// Returns whether `one` put lines between two lines that `other` took away.
fn is_among_gone(one: &Side<'_>, other: &Side<'_>, index: usize) -> bool {
    let is_inside = index > 0 && other.is_gone(index - 1) && other.is_gone(index);
    is_inside && !one.alignment.inserted(index).is_empty()
}

/// Cuts a line into its parts.
fn cut(line: &[u8], parts: Parts) -> Vec<&[u8]> {
    let cuts = parts(line);
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([line.len()]);
    starts
        .zip(ends)
        .map(|(start, end)| line.get(start..end).unwrap_or_default())
        .collect()
}

/// Returns one of two endings, whichever is whose.
fn greater(one: LineEnding, other: LineEnding) -> LineEnding {
    if one.as_bytes() < other.as_bytes() {
        other
    } else {
        one
    }
}

/// Lets a line that is still one, or each of those that stand in its place, end as `to` says; it
/// ended as `from` says.
fn with_ending(mut lines: Vec<SourceStr>, from: LineEnding, to: LineEnding) -> Vec<SourceStr> {
    if let [line] = &mut lines[..] {
        line.ending = to;
    }
    turned(lines, from, to)
}

/// Lets lines that end as `from` says end as `to` says.
fn turned(mut lines: Vec<SourceStr>, from: LineEnding, to: LineEnding) -> Vec<SourceStr> {
    let ends_so = |line: &&mut SourceStr| line.ending == from;
    lines
        .iter_mut()
        .filter(ends_so)
        .for_each(|line| line.ending = to);
    lines
}

fn says_same(ours: &[SourceStr], theirs: &[SourceStr]) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.content == b.content)
}

/// Joins what both sides put in at one place.
fn joined(ours: Vec<SourceStr>, theirs: Vec<SourceStr>) -> Vec<SourceStr> {
    let (first, second) = if is_first(&ours, &theirs) {
        (ours, theirs)
    } else {
        (theirs, ours)
    };
    let (short, long) = if first.len() <= second.len() {
        (&first, &second)
    } else {
        (&second, &first)
    };
    let holds = says_same(short, &long[..short.len()])
        || says_same(short, &long[long.len() - short.len()..]);
    if holds {
        return long.clone();
    }
    first.into_iter().chain(second).collect()
}

/// Returns whether some lines sort before others.
fn is_first(ours: &[SourceStr], theirs: &[SourceStr]) -> bool {
    let bytes = |line: &SourceStr| (line.content.clone(), line.ending.as_bytes());
    ours.iter().map(bytes).le(theirs.iter().map(bytes))
}

/// Appends a chunk; lines of the same kind are one.
fn append(chunks: &mut Vec<Chunk>, chunk: Chunk) {
    match (chunks.last_mut(), chunk) {
        (Some(Chunk::Agreed(lines)), Chunk::Agreed(more)) => lines.extend(more),
        (Some(Chunk::Open(ours, theirs)), Chunk::Open(more_ours, more_theirs)) => {
            ours.extend(more_ours);
            theirs.extend(more_theirs);
        }
        (_, chunk) => chunks.push(chunk),
    }
}

#[cfg(test)]
mod tests;
