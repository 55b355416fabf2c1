//! Labels below a label for criteria: do they part the criteria into groups, or begin something
//! else?
//!
//! A label directly below the one for criteria parts them, and then so do those behind it. Any
//! other ends them, until what follows shows that it does not: an item that counts on, or one in
//! EARS.

use super::collect::{Collector, Marked, is_ears};
use crate::spec::aliases::{Role, role_of};
use crate::spec::source_str::SourceStr;
use crate::text::Span;

impl<'a> Collector<'a> {
    /// Takes a paragraph that labels something else: what follows is no criterion, unless it only
    /// parts criteria into groups.
    pub(super) fn take_other_label(&mut self, label: SourceStr<'a>, rest: SourceStr<'a>) -> bool {
        let may_part = rest.is_empty() && role_of(label.text) != Some(Role::Aside);
        let entries = self.found.entries.len();
        match self.marked {
            Marked::Heading => return false,
            Marked::Label { before: None, .. } if may_part => return false,
            Marked::Label { before, indent } if before == Some(entries) => {
                let before = if may_part { None } else { before };
                self.marked = Marked::Label { indent, before };
                return false;
            }
            Marked::Label { .. } => (self.left, self.marked) = (Some(self.marked), Marked::No),
            Marked::No => {}
        }
        if !may_part {
            self.left = None;
        }
        self.open = None;
        self.aside = true;
        rest.is_empty() || !is_ears(rest.text)
    }

    /// Lets the first item behind a label go on with the criteria before that, if it counts on or
    /// is in EARS.
    pub(super) fn resume_at_item(&mut self, piece: SourceStr<'a>, number: Option<Span>) {
        if self.left.is_some() && (self.counts_on(number) || is_ears(piece.text)) {
            self.resume();
        }
        self.left = None;
    }

    /// Goes on with the criteria that a label has ended, if one has.
    pub(super) fn resume(&mut self) {
        if let Some(left) = self.left.take() {
            (self.marked, self.aside) = (left, false);
        }
    }

    /// Returns whether the number of an item is the next one behind that of the last entry.
    fn counts_on(&self, number: Option<Span>) -> bool {
        let value = |span: Span| SourceStr::read(self.text, span).text.parse::<u64>().ok();
        let last = self
            .found
            .entries
            .last()
            .and_then(|entry| value(entry.written?));
        last.is_some_and(|last| number.and_then(value) == last.checked_add(1))
    }
}

/// Returns whether a text that a colon ends is a criterion which announces what it demands:
/// `The system SHALL provide:`.
pub(super) fn is_announcement(piece: SourceStr<'_>, rest: SourceStr<'_>) -> bool {
    rest.is_empty() && is_ears(piece.text)
}
