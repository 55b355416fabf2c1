//! Paragraphs whose lines are criteria, one or several lines each, though Markdown sees no list in
//! them.

use std::ops::Range;

use super::collect::{Collector, Form, Marked};
use super::continuation::Open;
use super::labels::{WrittenId, leading_label, written_id};
use crate::markdown::{Block, list_line};
use crate::spec::ears::Step;
use crate::spec::source_str::SourceStr;
use crate::text::Span;

impl<'a> Collector<'a> {
    /// Takes a paragraph whose lines begin with numbers, or behind a label with ids or numbers,
    /// though Markdown makes no list of them: `1a.` begins none, and only a list that begins with 1
    /// may follow a line without a blank one between them.
    pub(super) fn take_list_lines(&mut self, block: Block) -> bool {
        let second = block.first_line + 1;
        if self.is_lettered(block.first_line)
            && (second..block.end_line).any(|line| self.begins_with_number(line))
        {
            self.take_numbered_lines(block);
            return true;
        }
        if second >= block.end_line || !self.is_bare_label(block.first_line) {
            return false;
        }
        let numbered = self.begins_with_number(second);
        if !numbered
            && !written_id(self.line(second))
                .is_some_and(|written| self.is_id(&written) || is_several(&written))
        {
            return false;
        }
        self.take_paragraph(self.part(block, block.first_line..second));
        let rest = self.part(block, second..block.end_line);
        match numbered {
            true => self.take_numbered_lines(rest),
            false => self.take_paragraph(rest),
        }
        true
    }

    fn take_numbered_lines(&mut self, block: Block) {
        let mut start = block.first_line;
        for line in block.first_line + 1..=block.end_line {
            if line == block.end_line || self.begins_with_number(line) {
                self.take_item(self.part(block, start..line));
                start = line;
            }
        }
    }

    fn is_bare_label(&self, line: usize) -> bool {
        leading_label(self.line(line)).is_some_and(|(_, rest)| rest.is_empty())
    }

    fn begins_with_number(&self, line: usize) -> bool {
        let number = list_line(self.text.bytes(), self.text.lines()[line].content)
            .is_some_and(|line| line.bullet.len() > 1);
        number || self.is_lettered(line)
    }

    /// Returns the first line of an item, behind its own, that begins with a number and a letter.
    pub(super) fn next_lettered(&self, block: Block) -> Option<usize> {
        (block.first_line + 1..block.end_line).find(|line| self.is_lettered(*line))
    }

    /// Returns whether a line among criteria begins with a number, a letter and a dot: `1a. When`.
    fn is_lettered(&self, line: usize) -> bool {
        let content = self.text.slice(self.text.lines()[line].content);
        let digits = content
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let lettered = digits > 0 && content.get(digits).is_some_and(u8::is_ascii_lowercase);
        self.marked != Marked::No && lettered && content[digits + 1..].starts_with(b". ")
    }

    /// Returns a line without blanks at its ends.
    fn line(&self, index: usize) -> SourceStr<'a> {
        SourceStr::read(self.text, self.text.lines()[index].content).trim()
    }

    /// Returns some lines of a block as a block.
    pub(super) fn part(&self, block: Block, lines: Range<usize>) -> Block {
        let all = &self.text.lines()[lines.clone()];
        let span = all
            .first()
            .zip(all.last())
            .map_or(block.span, |(first, last)| {
                Span::new(first.whole.start, last.whole.end)
            });
        Block {
            span,
            first_line: lines.start,
            end_line: lines.end,
            ..block
        }
    }

    /// Takes a paragraph whose lines begin with ids; lines without one go on the line before.
    pub(super) fn take_identified_lines(&mut self, block: Block) -> bool {
        let listed = self.lists_ids(block);
        let mut any = false;
        for index in block.first_line..block.end_line {
            let piece = self.line(index);
            let part = self.part(block, index..index + 1);
            match written_id(piece)
                .filter(|written| self.is_id(written) || listed && is_several(written))
            {
                Some(written) => {
                    let ordered = is_lettered(&written);
                    let form = if ordered {
                        Form::Identified
                    } else {
                        Form::IdentifiedParagraph
                    };
                    self.add(form, Some(written.id.span()), written.rest.span(), part);
                    self.open = Some(Open {
                        ordered,
                        ..self.open_last(Step::read(written.rest.text))
                    });
                    any = true;
                }
                None if any => {
                    self.goes_on_steps(piece, 0);
                    self.extend(part);
                    self.open = self.open.map(|open| Open {
                        stem: piece.span().end,
                        ..open
                    });
                }
                None => return false,
            }
        }
        any
    }

    /// Returns whether a paragraph is a list of ids, one in each line: whether several lines begin
    /// with one, so that none is a number of the text.
    fn lists_ids(&self, block: Block) -> bool {
        let mut ids = (block.first_line..block.end_line)
            .map(|line| written_id(self.line(line)).is_some_and(|id| is_several(&id)));
        ids.next() == Some(true) && ids.any(|is_id| is_id)
    }
}

/// Returns whether an id is a number with a letter, as in `1a. text`.
pub(super) fn is_lettered(written: &WrittenId<'_>) -> bool {
    written.set_off
        && written.shape.numbers == 1
        && written
            .id
            .text
            .ends_with(|char: char| char.is_ascii_lowercase())
}

/// Returns whether an id has several numbers and is set off from the text.
fn is_several(written: &WrittenId<'_>) -> bool {
    written.shape.numbers > 1 && written.set_off
}
