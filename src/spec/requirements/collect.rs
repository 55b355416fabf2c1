//! Gathering what may be a criterion: list items, paragraphs and table rows, each with what it is
//! and where it stands.
//!
//! Decides nothing about ids; `numbering.rs` chooses among the entries of a requirement and names
//! them.

use std::ops::Range;

use super::continuation::Open;
use super::groups::is_announcement;
use super::headings::{Plan, Zone, names_story, starts_story};
use super::labels::{Label, WrittenId, leading_label, written_id};
use super::lines::is_lettered;
use super::{Term, glossary, table};
use crate::markdown::{Block, BlockKind, Document, list_line};
use crate::spec::aliases::{Role, role_of};
use crate::spec::ears::{self, Pattern, Step};
use crate::spec::id::{id_key, key_digits};
use crate::spec::outline::{Section, blocks_of};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// What an entry looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A paragraph with a written id.
    IdentifiedParagraph,
    /// A list item or a table row with a written id.
    Identified,
    /// A paragraph in EARS.
    Ears,
    /// A list item.
    Item,
    /// A list item below a label that announces something else.
    AsideItem,
    /// A paragraph below a heading for criteria.
    Prose,
    /// A paragraph that is the first step of Given, When and Then, still without an outcome.
    Step,
}

/// What may be a criterion.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The requirement around it.
    pub(super) owner: Option<usize>,
    /// The section that it stands in, as an index into the outline.
    pub(super) section: Option<usize>,
    /// Whether it stands below a heading or a label for criteria.
    pub(super) marked: bool,
    /// What it looks like.
    pub(super) form: Form,
    /// The written number or id.
    pub(super) written: Option<Span>,
    /// What it says.
    pub(super) text: Span,
    /// Index of its first line.
    pub(super) line: usize,
    /// Index behind its last line.
    pub(super) end_line: usize,
}

/// Everything that was gathered.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) introduction: Option<Span>,
    pub(super) glossary: Vec<Term>,
    pub(super) entries: Vec<Entry>,
    /// For each requirement, its story.
    pub(super) stories: Vec<Option<Span>>,
}

/// Gathers what the sections hold.
pub(super) fn collect(
    text: &Text,
    document: &Document,
    sections: &[Section],
    plan: &Plan,
    lines: &Range<usize>,
) -> Found {
    let found = Found {
        stories: vec![None; plan.requirements.len()],
        ..Found::default()
    };
    let (marked, left) = (Marked::No, None);
    let mut collector = Collector {
        text,
        document,
        plan,
        found,
        owner: None,
        section: None,
        marked,
        left,
        aside: false,
        open: None,
    };
    for (index, section) in sections.iter().enumerate() {
        collector.take_section(section, index);
    }
    let first = sections.first().map_or(lines.end, |section| section.line);
    collector.take_rest(blocks_of(document, &(lines.start..first)), sections);
    collector.found
}

/// Gathers what some blocks hold that are known to be criteria, outside of any requirement.
pub(super) fn collect_blocks(text: &Text, document: &Document, blocks: Range<usize>) -> Vec<Entry> {
    let plan = Plan::default();
    let (found, marked, left) = (Found::default(), Marked::Heading, None);
    let mut collector = Collector {
        text,
        document,
        plan: &plan,
        found,
        owner: None,
        section: None,
        marked,
        left,
        aside: false,
        open: None,
    };
    collector.take_blocks(blocks);
    collector.found.entries
}

/// Why entries count as criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marked {
    No,
    /// A heading says so, for the whole section.
    Heading,
    /// A label says so; until when, depends on how far it is indented. The count is that of the
    /// entries before it, and none where further labels below it part the criteria into groups.
    Label {
        indent: Option<usize>,
        before: Option<usize>,
    },
}

/// Walks over the blocks of all sections.
pub(super) struct Collector<'a> {
    pub(super) text: &'a Text,
    document: &'a Document,
    plan: &'a Plan,
    pub(super) found: Found,
    owner: Option<usize>,
    section: Option<usize>,
    pub(super) marked: Marked,
    /// The mark that a label has ended which may turn out to be that of a group of criteria.
    pub(super) left: Option<Marked>,
    pub(super) aside: bool,
    pub(super) open: Option<Open>,
}

impl<'a> Collector<'a> {
    fn take_section(&mut self, section: &Section, index: usize) {
        let zone = self.plan.zones[index];
        self.section = Some(index);
        self.begin(
            self.plan.owners[index],
            if zone == Zone::Criteria {
                Marked::Heading
            } else {
                Marked::No
            },
        );
        match zone {
            Zone::Introduction => self.take_introduction(section.blocks.clone()),
            Zone::Glossary => glossary::read(
                self.text,
                self.document,
                section.blocks.clone(),
                &mut self.found.glossary,
            ),
            Zone::Criteria | Zone::Body | Zone::Loose => {
                if zone == Zone::Body && names_story(SourceStr::read(self.text, section.title).text)
                {
                    return self.take_story_section(section.blocks.clone());
                }
                self.take_blocks_below(section);
            }
            Zone::Elsewhere => self.take_behavior(section),
        }
    }

    /// Takes the criteria of a section that bug reports have, by their written ids: elsewhere it
    /// may hold anything.
    fn take_behavior(&mut self, section: &Section) {
        let role = role_of(SourceStr::read(self.text, section.title).text);
        if !matches!(role, Some(Role::Expected | Role::Unchanged)) {
            return;
        }
        let (first, text) = (self.found.entries.len(), self.text);
        self.take_blocks(section.blocks.clone());
        let behind = self.found.entries.split_off(first);
        let is_criterion = |entry: &Entry| {
            matches!(entry.form, Form::Identified | Form::IdentifiedParagraph)
                && is_ears(SourceStr::read(text, entry.text).text)
        };
        self.found
            .entries
            .extend(behind.into_iter().filter(is_criterion));
    }

    fn begin(&mut self, owner: Option<usize>, marked: Marked) {
        (self.owner, self.marked, self.left, self.aside, self.open) =
            (owner, marked, None, false, None);
    }

    fn take_introduction(&mut self, blocks: Range<usize>) {
        let filled: Vec<&Block> = self.document.blocks[blocks]
            .iter()
            .filter(|block| block.kind != BlockKind::Blank)
            .collect();
        if let (None, Some(first), Some(last)) =
            (self.found.introduction, filled.first(), filled.last())
        {
            self.found.introduction = Some(Span::new(first.span.start, last.span.end));
        }
    }

    fn take_story_section(&mut self, blocks: Range<usize>) {
        for block in self.document.blocks[blocks]
            .iter()
            .filter(|block| block.kind != BlockKind::Blank)
        {
            self.add_story(SourceStr::read(self.text, block.span).trim().span());
        }
    }

    /// Takes an introduction without a heading, and, where nothing has been found at all, criteria
    /// without one.
    fn take_rest(&mut self, preamble: Range<usize>, sections: &[Section]) {
        let title = sections
            .first()
            .filter(|section| section.level == 1)
            .map(|section| section.blocks.clone());
        if let Some(blocks) = title {
            self.take_introduction(blocks);
        }
        if !self.found.entries.is_empty() || self.plan.zones.contains(&Zone::Body) {
            return;
        }
        let elsewhere = sections
            .iter()
            .zip(&self.plan.zones)
            .filter(|(_, zone)| **zone == Zone::Elsewhere);
        self.section = None;
        for blocks in
            std::iter::once(preamble).chain(elsewhere.map(|(section, _)| section.blocks.clone()))
        {
            self.begin(None, Marked::No);
            self.take_blocks(blocks);
        }
        let text = self.text;
        self.found
            .entries
            .retain(|entry| is_ears(SourceStr::read(text, entry.text).text));
    }

    /// Takes the blocks of a section. A bold paragraph that begins it may have further lines.
    fn take_blocks_below(&mut self, section: &Section) {
        let mut blocks = section.blocks.clone();
        let first = self.document.blocks[blocks.clone()].first().copied();
        if let Some(block) = first.filter(|block| block.first_line == section.line) {
            blocks.start += 1;
            if block.end_line > block.first_line + 1 {
                self.take_paragraph(self.part(block, block.first_line + 1..block.end_line));
            }
        }
        self.take_blocks(blocks);
    }

    fn take_blocks(&mut self, blocks: Range<usize>) {
        for block in &self.document.blocks[blocks] {
            match block.kind {
                BlockKind::Item => self.take_item(*block),
                BlockKind::Paragraph | BlockKind::Other => self.take_paragraph(*block),
                BlockKind::Table => self.take_table(*block),
                BlockKind::Code => self.take_code(*block),
                BlockKind::Rule => self.open = None,
                BlockKind::Quote => self.take_inner(*block),
                _ => {}
            }
        }
    }

    pub(super) fn take_item(&mut self, block: Block) {
        if let Some(line) = self.next_lettered(block) {
            self.take_item(self.part(block, block.first_line..line));
            return self.take_paragraph(self.part(block, line..block.end_line));
        }
        let content = self.text.lines()[block.first_line].content;
        let Some(line) = list_line(self.text.bytes(), content) else {
            return self.take_paragraph(block);
        };
        let piece = SourceStr::read(
            self.text,
            Span::new(line.text.start, block.span.end.max(line.text.start)),
        )
        .trim();
        let ordered = line.bullet.len() > 1;
        let number = ordered.then(|| Span::new(line.bullet.start, line.bullet.end - 1));
        self.resume_at_item(piece, number);
        let written = written_id(piece).filter(|written| self.is_id(written));
        if self.open.is_some_and(|open| line.indent > open.indent)
            || written.is_none() && self.belongs_to_open(piece, line.indent, ordered)
        {
            return self.extend(block);
        }
        self.leave_label(line.indent);
        if self.take_label(piece, block, Some(line.indent)) {
            return;
        }
        let bullets = self.bullets_before(line.indent, ordered);
        let (form, text) = match written {
            Some(written) => (Form::Identified, written.rest),
            None if self.aside => (Form::AsideItem, piece),
            None => (Form::Item, piece),
        };
        self.add(
            form,
            written.map(|written| written.id.span()).or(number),
            text.span(),
            block,
        );
        self.open = Some(Open {
            indent: line.indent,
            ordered,
            bullets,
            ..self.open_last(Step::read(text.text))
        });
    }

    /// Takes back what the label of an item said, once an item stands beside or before it.
    fn leave_label(&mut self, indent: usize) {
        if let Marked::Label {
            indent: Some(label),
            ..
        } = self.marked
            && indent <= label
        {
            self.marked = Marked::No;
        }
    }

    /// Takes a text that is a label or a story; says whether it was one.
    fn take_label(&mut self, piece: SourceStr<'a>, block: Block, indent: Option<usize>) -> bool {
        match leading_label(piece) {
            Some((Label::Criteria, rest)) => self.take_criteria_label(rest, block, indent),
            Some((Label::Story, rest)) if self.marked == Marked::No => {
                self.add_story(if rest.is_empty() { piece } else { rest }.span());
            }
            Some((Label::Ears, rest)) => self.add(Form::Ears, None, rest.span(), block),
            Some((Label::Other, rest)) if indent.is_none() && !is_announcement(piece, rest) => {
                return self.take_other_label(piece, rest);
            }
            _ if self.marked == Marked::No && starts_story(piece.text) && !is_ears(piece.text) => {
                self.add_story(piece.span());
            }
            _ => return false,
        }
        true
    }

    fn take_criteria_label(&mut self, rest: SourceStr<'a>, block: Block, indent: Option<usize>) {
        (self.open, self.left, self.aside) = (None, None, false);
        if self.marked != Marked::Heading {
            self.marked = Marked::Label {
                indent,
                before: Some(self.found.entries.len()),
            };
        }
        if !rest.is_empty() {
            self.add(Form::Item, None, rest.span(), block);
        }
    }

    pub(super) fn take_paragraph(&mut self, block: Block) {
        let piece = SourceStr::read(self.text, block.span);
        let indent = piece.text.len() - piece.text.trim_start_matches(' ').len();
        if self.open.is_some_and(|open| {
            indent > open.indent && self.found.entries[open.index].form != Form::IdentifiedParagraph
        }) {
            return self.extend(block);
        }
        let piece = piece.trim();
        if self.goes_on_steps(piece, 0) {
            return self.extend(block);
        }
        if self.take_list_lines(block)
            || self.take_identified_lines(block)
            || self.take_step(piece, block)
            || self.take_label(piece, block, None)
        {
            return;
        }
        let in_ears = is_ears(piece.text);
        if in_ears {
            self.resume();
        }
        let marked = self.marked != Marked::No;
        match in_ears {
            true => self.add(Form::Ears, None, piece.span(), block),
            false if marked => self.add(Form::Prose, None, piece.span(), block),
            false => {}
        }
        self.open = None;
    }

    /// Takes a paragraph that is a first step without an outcome; the outcome may follow in a
    /// paragraph of its own.
    fn take_step(&mut self, piece: SourceStr<'a>, block: Block) -> bool {
        let step = Step::read(piece.text).filter(|step| matches!(step, Step::Given | Step::When));
        if step.is_none() || is_ears(piece.text) {
            return false;
        }
        self.add(
            if self.marked == Marked::No {
                Form::Step
            } else {
                Form::Prose
            },
            None,
            piece.span(),
            block,
        );
        self.open = Some(self.open_last(step));
        true
    }

    /// Returns whether what looks like an id is one here: set off from the text, or going on the
    /// requirement's own number.
    pub(super) fn is_id(&self, written: &WrittenId<'_>) -> bool {
        if written.worded {
            return true;
        }
        let several = written.shape.numbers > 1;
        let goes_on = match self.owner {
            Some(owner) => {
                let digits = id_key(written.id.text);
                let own = id_key(&self.plan.requirements[owner].id);
                key_digits(&digits)
                    .strip_prefix(key_digits(&own))
                    .is_some_and(|rest| rest.starts_with('.'))
            }
            None => true,
        };
        match written.shape.prefix {
            0 => {
                several && (goes_on || written.set_off)
                    || self.marked != Marked::No && is_lettered(written)
            }
            _ => written.set_off || several && goes_on || written.is_before_clause(),
        }
    }

    fn take_table(&mut self, block: Block) {
        let marked = self.marked != Marked::No;
        for row in table::rows(
            self.text,
            block,
            if marked {
                table::Need::Text
            } else {
                table::Need::Id
            },
        ) {
            let form = if row.id.is_some() {
                Form::Identified
            } else {
                Form::Item
            };
            let line = Block {
                first_line: row.line,
                end_line: row.line + 1,
                ..block
            };
            self.add(form, row.id, row.text, line);
        }
        self.open = None;
    }

    /// Takes a code block: a part of the open entry, or the story of a requirement that is set as
    /// code.
    fn take_code(&mut self, block: Block) {
        let piece = SourceStr::read(self.text, block.span);
        let inside = piece.map(|text| text.trim_matches(['`', '~', '\r', '\n', ' ']));
        match self.owner {
            Some(_) if self.open.is_none() && starts_story(inside.text) => {
                self.add_story(inside.span());
            }
            _ => self.take_inner(block),
        }
    }

    /// Takes a block that can only be a part of the open entry.
    fn take_inner(&mut self, block: Block) {
        let indented = self.text.slice(block.span).starts_with(b" ")
            || self.text.slice(block.span).starts_with(b"\t");
        if indented {
            self.extend(block);
        } else {
            self.open = None;
        }
    }

    pub(super) fn add(&mut self, form: Form, written: Option<Span>, text: Span, block: Block) {
        let marked = self.marked != Marked::No;
        self.found.entries.push(Entry {
            owner: self.owner,
            section: self.section,
            marked,
            form,
            written,
            text,
            line: block.first_line,
            end_line: block.end_line,
        });
    }

    /// Adds a part of the story; one that follows goes on with it.
    fn add_story(&mut self, span: Span) {
        let Some(owner) = self.owner else { return };
        let story = &mut self.found.stories[owner];
        *story = Some(story.map_or(span, |story| {
            Span::new(story.start.min(span.start), span.end.max(story.end))
        }));
    }
}

/// Returns whether the text has a pattern of EARS.
pub(super) fn is_ears(text: &str) -> bool {
    ears::parse(text).pattern != Pattern::None
}
