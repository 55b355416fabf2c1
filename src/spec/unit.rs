//! What is edited as one: the task, criterion, heading, paragraph, … that a line belongs to.
//!
//! Knows lines and names, not how they are edited. Every line of a document that is not blank
//! belongs to exactly one unit of each size.

use std::ops::Range;

use super::criteria_document::CriteriaDocument;
use super::tasks::{Task, Tasks};
use super::{Design, Term, outline};
use crate::markdown::{Block, BlockKind, Document};
use crate::text::{Span, Text, clean, cut_end};

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// A task or a checklist item, with its details.
    Task,
    /// An acceptance criterion, with its sub-criteria.
    Criterion,
    /// The user story of a requirement.
    Story,
    /// A term of the glossary.
    Term,
    /// A property with what it says and validates.
    Property,
    /// A heading.
    Heading,
    /// A list item without the items in it.
    ListItem,
    /// One row of a table.
    TableRow,
    /// A cell of a row, counted from 0.
    Cell(usize),
    /// A paragraph.
    Paragraph,
    /// Any other block: code, a quote, a comment, a rule.
    Block,
    /// A heading with all that stands below it.
    Section,
    /// All lines.
    Document,
}

/// Lines that are edited together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What they are.
    pub kind: UnitKind,
    /// The lines, without blank ones at the end.
    pub lines: Range<usize>,
    /// What a message calls them: "task 2.3", "criterion 1.4", "paragraph".
    pub name: String,
}

/// A document and what is known of its meaning.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The text.
    pub text: &'a Text,
    /// The text cut into blocks.
    pub document: &'a Document,
    /// Its items, where it has a task list.
    pub tasks: Option<&'a Tasks>,
    /// Its requirements or behaviors, where it has some.
    pub criteria: Option<&'a CriteriaDocument>,
    /// Its properties, where it is a design.
    pub design: Option<&'a Design>,
}

impl Unit {
    /// Makes the unit of a whole document.
    pub fn of_document(lines: Range<usize>) -> Self {
        Self {
            kind: UnitKind::Document,
            lines,
            name: "document".to_owned(),
        }
    }
}

/// The longest part of a title that stands in a name, in columns.
const NAME_COLUMNS: usize = 24;

impl Source<'_> {
    /// Returns the smallest unit that holds a line; none for a blank line outside all of them.
    pub fn unit_at(&self, line: usize) -> Option<Unit> {
        let meaning = [
            self.task_at(line),
            self.criterion_at(line),
            self.story_at(line),
            self.term_at(line),
            self.property_at(line),
        ];
        let smallest = meaning
            .into_iter()
            .flatten()
            .min_by_key(|unit| unit.lines.len());
        smallest.or_else(|| self.block_at(line))
    }

    /// Returns the section around a line: from its heading to the next of the same level or above.
    /// Before the first heading that is what stands above it.
    pub fn section_at(&self, line: usize) -> Unit {
        let all = 0..self.text.lines().len();
        let sections = outline(self.text, self.document, all.clone());
        let around = sections.iter().rfind(|section| section.line <= line);
        let first = sections.first().map_or(all.end, |section| section.line);
        let lines = around.map_or(0..first, |section| section.line..section.end_line);
        let name = around.map_or_else(String::new, |section| self.quoted(section.title));
        self.unit(UnitKind::Section, lines, format!("section {name}"))
    }

    /// Returns the words of a task's title, over all its lines, without number, star and blanks at the
    /// end. None where they cannot be told from the rest of the line.
    pub fn title_of(&self, task: &Task) -> Option<Span> {
        let line = self.text.lines().get(task.line)?.content;
        let behind = [Some(task.marker), task.star, task.number_span]
            .into_iter()
            .flatten();
        let from = behind
            .map(|span| span.end)
            .max()?
            .clamp(line.start, line.end);
        let first = task.title.split_whitespace().next()?;
        let rest = self.text.slice(Span::new(from, line.end));
        let at = rest
            .windows(first.len())
            .position(|found| found == first.as_bytes())?;
        let start = from + at;
        let whole = Span::new(start, (start + task.title.len()).min(line.end));
        if self.text.slice(whole) == task.title.as_bytes() {
            return Some(whole);
        }
        let last = self
            .text
            .lines()
            .get(task.title_end.checked_sub(1)?)?
            .content;
        let end = last.start + self.text.slice(last).trim_ascii_end().len();
        (start < end).then(|| Span::new(start, end))
    }

    /// Returns all lines as one unit.
    pub fn whole(&self) -> Unit {
        Unit::of_document(0..self.text.lines().len())
    }

    fn task_at(&self, line: usize) -> Option<Unit> {
        let tasks = self.tasks?;
        let task = &tasks.items[tasks.around_line(line)?];
        let lines = task.line..task.details.end.max(task.title_end);
        let title = || format!("\"{}\"", cut_end(&clean(&task.title), NAME_COLUMNS, "…"));
        let name = format!("task {}", task.number.clone().unwrap_or_else(title));
        lines
            .contains(&line)
            .then(|| self.unit(UnitKind::Task, lines, name))
    }

    fn criterion_at(&self, line: usize) -> Option<Unit> {
        let criteria = self.criteria?;
        let found = criteria.criterion(criteria.criterion_at(line)?)?;
        let name = format!("criterion {}", found.id);
        Some(self.unit(UnitKind::Criterion, found.line..found.end_line, name))
    }

    fn story_at(&self, line: usize) -> Option<Unit> {
        let criteria = self.criteria?;
        let group = criteria.group(criteria.group_before(line)?)?;
        let lines = self.lines_of(group.story?);
        if !lines.contains(&line) {
            return None;
        }
        let name = format!("story of requirement {}", group.id.unwrap_or_default());
        Some(self.unit(UnitKind::Story, lines, name))
    }

    fn term_at(&self, line: usize) -> Option<Unit> {
        let start = self.text.lines().get(line)?.whole.start;
        let mut terms = self.criteria?.terms().iter();
        let holds =
            |term: &&Term| term.line == line || term.line < line && term.definition.end > start;
        let term = terms.find(holds)?;
        let lines = term.line..self.lines_of(term.definition).end;
        let name = format!("term {}", self.quoted(term.term));
        Some(self.unit(UnitKind::Term, lines, name))
    }

    /// Returns the property whose first line this is; its paragraphs are units of their own.
    fn property_at(&self, line: usize) -> Option<Unit> {
        let mut properties = self.design?.properties.iter();
        let found = properties.find(|property| property.line == line)?;
        let name = format!("property {}", found.number);
        Some(self.unit(UnitKind::Property, found.line..found.end_line, name))
    }

    fn block_at(&self, line: usize) -> Option<Unit> {
        let block = self.document.blocks[self.document.block_at(line)?];
        let lines = block.first_line..block.end_line;
        let (kind, lines, name) = match block.kind {
            BlockKind::Blank => return None,
            BlockKind::Heading(_) => (UnitKind::Heading, lines, self.heading_name(block)),
            BlockKind::Item => (UnitKind::ListItem, lines, "list item".to_owned()),
            BlockKind::Table => (UnitKind::TableRow, line..line + 1, "table row".to_owned()),
            BlockKind::Paragraph => (UnitKind::Paragraph, lines, "paragraph".to_owned()),
            BlockKind::Plain => (UnitKind::Paragraph, lines, "line".to_owned()),
            other => (UnitKind::Block, lines, block_name(other).to_owned()),
        };
        Some(self.unit(kind, lines, name))
    }

    fn heading_name(&self, block: Block) -> String {
        let line = self.text.lines()[block.first_line].content;
        let title = crate::markdown::heading_text(self.text.bytes(), line);
        format!("heading {}", self.quoted(title))
    }

    fn quoted(&self, span: Span) -> String {
        let words = clean(self.text.lossy(span).trim()).into_owned();
        format!("\"{}\"", cut_end(&words, NAME_COLUMNS, "…"))
    }

    fn lines_of(&self, span: Span) -> Range<usize> {
        let last = span.end.saturating_sub(1).max(span.start);
        self.text.line_at(span.start)..self.text.line_at(last) + 1
    }

    /// Makes a unit of lines, without the blank ones at their end.
    fn unit(&self, kind: UnitKind, lines: Range<usize>, name: String) -> Unit {
        let all = self.text.lines();
        let is_filled = |line: &usize| {
            let content = all.get(*line).map(|line| self.text.slice(line.content));
            content.is_some_and(|content| !content.trim_ascii().is_empty())
        };
        let last = lines.clone().rev().find(is_filled);
        let end = last.map_or(lines.start + 1, |last| last + 1);
        let lines = lines.start..end.min(all.len());
        Unit { kind, lines, name }
    }
}

fn block_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Code => "code block",
        BlockKind::Quote => "quote",
        BlockKind::Comment => "comment",
        BlockKind::Html => "HTML block",
        BlockKind::Rule => "rule",
        BlockKind::FrontMatter => "front matter",
        _ => "block",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DocumentKind;

    /// Names the unit of each line, with its lines from 1; blank lines have none.
    fn units(kind: DocumentKind, source: &str) -> Vec<String> {
        let text = Text::new(source);
        let document = Document::parse(&text);
        let all = 0..text.lines().len();
        let tasks = Tasks::parse(&text, &document);
        let criteria = CriteriaDocument::read(kind, &text, &document, all.clone());
        let design = Design::parse(&text, &document);
        let has = |wanted| kind == wanted;
        let source = Source {
            text: &text,
            document: &document,
            tasks: has(DocumentKind::Tasks).then_some(&tasks),
            criteria: has(DocumentKind::Requirements).then_some(&criteria),
            design: has(DocumentKind::Design).then_some(&design),
        };
        let shown =
            |unit: Unit| format!("{} {}-{}", unit.name, unit.lines.start + 1, unit.lines.end);
        all.map(|line| source.unit_at(line).map_or(String::new(), shown))
            .collect()
    }

    #[test]
    fn every_line_knows_what_is_edited_with_it() {
        let tasks = "# Plan\n\n- [ ] 1. Parent\n  - detail\n\n  ```\n  code\n  ```\n  - [x] 1.1 Child\n    - _Requirements: 1.1_\n\n## Notes\ntext\nmore\n";
        assert_eq!(
            units(DocumentKind::Tasks, tasks),
            [
                "heading \"Plan\" 1-1",
                "",
                "task 1 3-8",
                "task 1 3-8",
                "task 1 3-8",
                "task 1 3-8",
                "task 1 3-8",
                "task 1 3-8",
                "task 1.1 9-10",
                "task 1.1 9-10",
                "",
                "heading \"Notes\" 12-12",
                "paragraph 13-14",
                "paragraph 13-14",
            ]
        );
        let requirements = "## Glossary\n- **Board**: what one sees\n\n### Requirement 1: Log in\n\n**User Story:** As a user,\nI want in\n\n#### Acceptance Criteria\n\n1. WHEN a,\n   THE x SHALL b\n2. THE x SHALL c\n";
        assert_eq!(
            units(DocumentKind::Requirements, requirements),
            [
                "heading \"Glossary\" 1-1",
                "term \"Board\" 2-2",
                "",
                "heading \"Requirement 1: Log in\" 4-4",
                "",
                "story of requirement 1 6-7",
                "story of requirement 1 6-7",
                "",
                "heading \"Acceptance Criteria\" 9-9",
                "",
                "criterion 1.1 11-12",
                "criterion 1.1 11-12",
                "criterion 1.2 13-13",
            ]
        );
        let design = "# D\n\n### Property 1: Round trip\n\nAny x.\n\n**Validates: Requirements 1.1**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n  - two\n";
        assert_eq!(
            units(DocumentKind::Design, design),
            [
                "heading \"D\" 1-1",
                "",
                "property 1 3-14",
                "",
                "paragraph 5-5",
                "",
                "paragraph 7-7",
                "",
                "table row 9-9",
                "table row 10-10",
                "table row 11-11",
                "",
                "list item 13-13",
                "list item 14-14",
            ]
        );
    }

    #[test]
    fn a_section_ends_before_the_next_heading_of_its_level() {
        let text = Text::new("intro\n\n# A\n## B\ntext\n\n## C\n# D\n");
        let document = Document::parse(&text);
        let source = Source {
            text: &text,
            document: &document,
            tasks: None,
            criteria: None,
            design: None,
        };
        for (line, expected) in [
            (0, 0..1),
            (2, 2..7),
            (3, 3..5),
            (4, 3..5),
            (6, 6..7),
            (7, 7..8),
        ] {
            assert_eq!(source.section_at(line).lines, expected, "{line}");
        }
        assert_eq!(source.whole().lines, 0..8);
    }
}
