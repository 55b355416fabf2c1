//! The open entry: which further lines belong to it.
//!
//! An entry is open for what is indented deeper, for steps of Given, When and Then, and for bullets
//! that are its details.

use super::collect::{Collector, Entry, Form, is_ears};
use crate::markdown::Block;
use crate::spec::ears::Step;
use crate::spec::source_str::SourceStr;
use crate::text::Span;

/// The entry that further lines may belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Its place among the entries.
    pub(super) index: usize,
    /// Where the text of the entry ended before bullets were added.
    pub(super) stem: usize,
    /// How far it is indented, in columns.
    pub(super) indent: usize,
    /// Whether it begins with a number.
    pub(super) ordered: bool,
    /// Whether that text is in EARS, once it has been asked.
    pub(super) in_ears: Option<bool>,
    /// What it began with, and went on with.
    pub(super) step: Option<Step>,
    /// What bullets on its level are.
    pub(super) bullets: Bullets,
}

/// What bullets among numbers on the same level are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bullets {
    /// Not yet seen: criteria, unless numbers go on behind them.
    Unknown,
    /// Parts of the number before.
    Parts,
    /// They stand behind the entry with this index, which is a number, and may turn out to be its
    /// parts.
    Behind(usize),
}

impl Open {
    fn new(index: usize, stem: usize, step: Option<Step>) -> Self {
        Self {
            index,
            stem,
            in_ears: None,
            indent: 0,
            ordered: false,
            step,
            bullets: Bullets::Unknown,
        }
    }
}

impl<'a> Collector<'a> {
    /// Returns whether an item without an id of its own is a part of the open entry on the same
    /// level: a further step, or a detail.
    pub(super) fn belongs_to_open(
        &mut self,
        piece: SourceStr<'a>,
        indent: usize,
        ordered: bool,
    ) -> bool {
        if self.goes_on_steps(piece, indent) {
            return true;
        }
        if ordered {
            return false;
        }
        let Some(open) = self.open else {
            return false;
        };
        let entry = &self.found.entries[open.index];
        let announced = SourceStr::read(self.text, Span::new(entry.text.start, open.stem))
            .text
            .ends_with([':', '：']);
        match entry.form {
            Form::IdentifiedParagraph => {
                announced || !is_ears(piece.text) || !self.is_open_in_ears()
            }
            _ => {
                open.ordered
                    && (announced || open.bullets == Bullets::Parts && !is_ears(piece.text))
            }
        }
    }

    /// Takes a step that goes on with the open entry, if that has no outcome yet or has got it in
    /// the same way.
    pub(super) fn goes_on_steps(&mut self, piece: SourceStr<'a>, indent: usize) -> bool {
        let Some(open) = self.open.filter(|open| open.indent == indent) else {
            return false;
        };
        let (Some(last), Some(step)) = (open.step, Step::read(piece.text)) else {
            return false;
        };
        if !step.goes_on(last) || last != Step::Then && self.is_open_in_ears() {
            return false;
        }
        let entry = &mut self.found.entries[open.index];
        if step == Step::Then && matches!(entry.form, Form::Step | Form::Prose) {
            entry.form = Form::Ears;
        }
        let step = if step == Step::Further { last } else { step };
        self.open = self.open.map(|open| Open {
            step: Some(step),
            ..open
        });
        true
    }

    /// Returns whether what the open entry said at first is in EARS. It is read once, however many
    /// lines follow.
    fn is_open_in_ears(&mut self) -> bool {
        let Some(open) = &mut self.open else {
            return false;
        };
        let text = Span::new(self.found.entries[open.index].text.start, open.stem);
        *open
            .in_ears
            .get_or_insert_with(|| is_ears(SourceStr::read(self.text, text).text))
    }

    /// Says what the bullets before a new item are, and makes them parts of their number where
    /// numbers go on behind them.
    pub(super) fn bullets_before(&mut self, indent: usize, ordered: bool) -> Bullets {
        let Some(open) = self.open.filter(|open| open.indent == indent) else {
            return Bullets::Unknown;
        };
        match open.bullets {
            Bullets::Unknown if open.ordered && !ordered => Bullets::Behind(open.index),
            Bullets::Behind(number) if ordered => self.fold(number),
            bullets => bullets,
        }
    }

    /// Makes the entries behind a number its parts, unless one of them is a criterion by its own
    /// form.
    fn fold(&mut self, number: usize) -> Bullets {
        let text = self.text;
        let entries = &mut self.found.entries;
        let own = |entry: &Entry| {
            entry.written.is_some() || is_ears(SourceStr::read(text, entry.text).text)
        };
        if entries[number + 1..].iter().any(own) {
            return Bullets::Unknown;
        }
        if let Some(last) = entries.last().copied() {
            (entries[number].text.end, entries[number].end_line) = (last.text.end, last.end_line);
        }
        entries.truncate(number + 1);
        Bullets::Parts
    }

    /// Makes a block a part of the open entry.
    pub(super) fn extend(&mut self, block: Block) {
        let Some(open) = self.open else { return };
        let end = SourceStr::read(self.text, block.span).trim().span().end;
        let entry = &mut self.found.entries[open.index];
        entry.text.end = end.max(entry.text.end);
        entry.end_line = block.end_line;
    }

    /// Opens the last entry, which begins with `step`, for further lines.
    pub(super) fn open_last(&self, step: Option<Step>) -> Open {
        let index = self.found.entries.len().saturating_sub(1);
        Open::new(
            index,
            self.found.entries.last().map_or(0, |entry| entry.text.end),
            step,
        )
    }
}
