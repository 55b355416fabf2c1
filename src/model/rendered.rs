//! The laid-out form of a document: its passages, with the rows that each takes at one width.
//!
//! Measured once for a width, so that a key need not wrap a whole document. Knows no coverage and
//! no colours.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::wrap_cache::drawn_part;
use super::{Row, WrapCache};
use crate::markdown::{Block, BlockKind, Document};
use crate::prose::code::CodeBlocks;
use crate::prose::layout::{Passage, PassageKind, passages};
use crate::prose::line::{CutMarks, SourceLine, can_be_laid_out};
use crate::prose::reflow::{Flow, Labels, beginning};
use crate::prose::table::TableColumns;
use crate::spec::source_str::SourceStr;
use crate::spec::{CriteriaDocument, Criterion, ears};
use crate::text::{Span, Text, clean, width};

/// The columns of a pane, as far as they change what is wrapped where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// All columns of the pane.
    pub columns: usize,
    /// The column at which glyphs of states and text begin.
    pub margin: usize,
    /// The columns at the end for references; 0 where there are none.
    pub references: usize,
    /// The most columns of running text.
    pub most: usize,
}

/// The fewest columns that a number is given.
const NUMBER: usize = 4;
/// The fewest columns of text.
const FEWEST: usize = 8;
/// The columns of a line that is not wrapped.
const ENDLESS: usize = 1 << 20;
/// How many passages are kept once they were drawn: more than a screen holds.
const MOST_KEPT: usize = 128;
/// How many are kept however long they are.
const FEW_KEPT: usize = 8;
/// The bytes of passages from which on only a few are kept.
const MANY_BYTES: usize = 1 << 20;
/// The most columns of a line that stands for a break.
const RULE: usize = 99;
/// How much further in a line of a diagram goes on.
const DIAGRAM_HANG: usize = 4;
/// The most rows of a head that stands over the rest of its table.
const MOST_OVER: usize = 2;
/// How far code stands in from the text around it.
const CODE_INDENT: usize = 2;

impl Measure {
    /// Returns the column at which the id of a criterion begins.
    pub fn id_at(self) -> usize {
        self.margin + 2
    }

    /// Returns the columns for the ids of a passage and its neighbours: as many as the longest
    /// takes, unless they would crowd out the text.
    pub fn field(self, passage: &Passage) -> usize {
        let fewest = if self.margin < 3 { 0 } else { NUMBER };
        passage
            .field
            .max(fewest)
            .min((self.columns / 3).max(NUMBER))
    }

    /// Returns the column at which a passage's text begins.
    pub fn text_at(self, passage: &Passage) -> usize {
        if passage.criterion.is_none() {
            return self.margin + passage.indent.min(self.columns / 4);
        }
        let beside = self.id_at() + self.field(passage) + 1;
        beside.saturating_sub(passage.indent).max(self.margin)
    }

    /// Returns the columns that a passage's text has: up to the references beside requirements and
    /// criteria, elsewhere all.
    pub fn room(self, passage: &Passage) -> usize {
        let is_free = match passage.kind {
            PassageKind::Text(_)
            | PassageKind::Line(_)
            | PassageKind::Language
            | PassageKind::Diagram
            | PassageKind::TableRow { .. } => passage.criterion.is_none(),
            PassageKind::Heading { group, .. } => group.is_none(),
            PassageKind::Story | PassageKind::Criterion(_) => false,
        };
        let end = if is_free || self.references == 0 {
            1
        } else {
            self.references + 2
        };
        let columns = match passage.kind {
            PassageKind::Text(_) | PassageKind::Heading { .. } | PassageKind::Diagram => {
                self.columns.min(self.most)
            }
            _ => self.columns,
        };
        columns
            .saturating_sub(end + self.text_at(passage))
            .max(FEWEST)
    }
}

/// What becomes of code and tables that are wider than the room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// They are cut to what can be seen, and scrolled.
    #[default]
    Cut,
    /// They are wrapped too, where nobody can scroll.
    Wrap,
}

/// A document, laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    passages: Vec<Passage>,
    code: CodeBlocks,
    /// Whether it has criteria, so that what only announces them is left out.
    labels: Labels,
    overflow: Overflow,
    measure: Measure,
    /// The columns of its tables, each with the line of its head, in order.
    tables: Vec<(usize, TableColumns)>,
    wrap_cache: Vec<u32>,
    /// How far the lines that are cut can be scrolled to the left.
    furthest: usize,
    drawn: DrawnPassages,
}

impl Rendered {
    /// Lays out the given `lines` of a document, with what it requires. None where it is no
    /// Markdown, or nothing stands in it.
    pub fn of(
        text: &Text,
        document: &Document,
        lines: Range<usize>,
        criteria_document: Option<&CriteriaDocument>,
    ) -> Option<Self> {
        let is_plain = |block: &Block| matches!(block.kind, BlockKind::Plain | BlockKind::Blank);
        if document.blocks.iter().all(is_plain) {
            return None;
        }
        let passages = passages(text, document, lines, criteria_document);
        let requires = criteria_document
            .is_some_and(|found| !found.criteria().is_empty() || !found.groups().is_empty());
        (!passages.is_empty()).then(|| Self {
            passages,
            code: CodeBlocks::of(text, document),
            labels: if requires {
                Labels::LeftOut
            } else {
                Labels::Kept
            },
            overflow: Overflow::default(),
            measure: Measure::default(),
            tables: Vec::new(),
            wrap_cache: Vec::new(),
            furthest: 0,
            drawn: DrawnPassages::default(),
        })
    }

    /// Says what becomes of what is too wide, before anything is measured.
    pub fn with_overflow(mut self, overflow: Overflow) -> Self {
        self.overflow = overflow;
        self
    }

    /// Makes sure that the heights are those at a width.
    pub fn measure(&mut self, text: &Text, document: &Document, measure: Measure) {
        if self.measure == measure && !self.wrap_cache.is_empty() {
            return;
        }
        self.measure = measure;
        self.drawn = DrawnPassages::default();
        self.tables = self.fit_tables(text);
        let mut most = 0;
        let mut wrap_cache = Vec::with_capacity(self.passages.len());
        for passage in &self.passages {
            let (height, furthest) = self.height(text, document, passage);
            wrap_cache.push(u32::try_from(height.max(1)).unwrap_or(u32::MAX));
            most = most.max(furthest);
        }
        (self.wrap_cache, self.furthest) = (wrap_cache, most);
    }

    /// Fits the columns of all tables.
    fn fit_tables(&self, text: &Text) -> Vec<(usize, TableColumns)> {
        let is_row = |passage: &Passage| matches!(passage.kind, PassageKind::TableRow { .. });
        let is_head = |passage: &Passage| passage.kind == PassageKind::TableRow { is_head: true };
        let tables = self
            .passages
            .chunk_by(|above, below| is_row(above) && is_row(below) && !is_head(below));
        let tables = tables.filter(|rows| is_row(&rows[0]));
        tables
            .map(|rows| {
                let spans: Vec<Span> = rows.iter().map(|row| row.span).collect();
                let room = self.measure.room(&rows[0]);
                let columns = TableColumns::fit(text, &spans, room);
                let columns = match self.overflow {
                    Overflow::Cut => columns,
                    Overflow::Wrap => columns.squeezed(room),
                };
                (rows[0].lines.start, columns)
            })
            .collect()
    }

    /// Returns the columns of the table that a row stands in.
    fn table_of(&self, row: &Passage) -> Option<&TableColumns> {
        let behind = self
            .tables
            .partition_point(|(line, _)| *line <= row.lines.start);
        Some(&self.tables.get(behind.checked_sub(1)?)?.1)
    }

    /// Returns the head of the table that goes on at the row `top` of the screen, with the rows that
    /// it takes there while it stands over what is scrolled; none where it is scrolled to, or would
    /// hide more than table.
    pub fn head_over(&self, rows: &[Row], top: usize) -> Option<(&Passage, usize)> {
        let table = |row: &Row| {
            let passage = self.passage_at(row.line)?;
            let is_row = matches!(passage.kind, PassageKind::TableRow { .. });
            let behind = self.tables.partition_point(|(line, _)| *line <= row.line);
            is_row.then(|| behind.checked_sub(1))?
        };
        let index = table(rows.get(top)?)?;
        let head = self
            .passages
            .partition_point(|passage| passage.lines.start < self.tables[index].0);
        let (passage, height) = (&self.passages[head], *self.wrap_cache.get(head)? as usize);
        let is_head = passage.kind == PassageKind::TableRow { is_head: true };
        let is_above = rows[top].line > passage.lines.start;
        let goes_on = rows.get(top + height).and_then(table) == Some(index);
        (is_head && is_above && goes_on && height <= MOST_OVER).then_some((passage, height))
    }

    /// Returns the columns of a cell in the row of a table, counted from where its text begins.
    pub fn columns_of_cell(&self, row: &Passage, cell: usize) -> Option<Range<usize>> {
        Some(self.table_of(row)?.columns_of(cell))
    }

    /// Returns whether a row of a table is wider than its room, so that it is scrolled.
    pub fn is_wide(&self, row: &Passage) -> bool {
        let room = self.measure.room(row);
        self.table_of(row)
            .is_some_and(|columns| columns.width() > room)
    }

    /// Returns the rows of a passage, and how far it can be scrolled to the left.
    fn height(&self, text: &Text, document: &Document, passage: &Passage) -> (usize, usize) {
        let (measure, room) = (self.measure, self.measure.room(passage));
        match passage.kind {
            PassageKind::Line(BlockKind::Quote) if can_be_laid_out(passage.span) => {
                (quoted(text, passage, room).len(), 0)
            }
            PassageKind::Line(BlockKind::Rule) => (1, 0),
            PassageKind::Line(kind) => {
                let room = room.saturating_sub(indent_of(kind));
                let line = passage.lines.start;
                let wrap_cache = WrapCache::of(text, document, line..line + 1, room);
                (wrap_cache.rows(line), wrap_cache.furthest())
            }
            PassageKind::Language => (language(text, passage, room).len(), 0),
            PassageKind::Diagram => (diagram_lines(passage, room).len(), 0),
            PassageKind::TableRow { is_head } => self.table_of(passage).map_or((1, 0), |columns| {
                let lines = columns.lines(text, passage.span, is_head);
                (lines.len(), columns.width().saturating_sub(room))
            }),
            _ => {
                let own = self.flow(text, passage).height(text, kind(passage), room);
                (own + usize::from(has_own_row(measure, passage)), 0)
            }
        }
    }

    /// Returns what a passage says. Of a criterion in a table, also what stands in the cells beside
    /// it.
    fn flow(&self, text: &Text, passage: &Passage) -> Flow {
        let own = Flow::of(text, passage.span, self.labels);
        let own = match passage.checkbox {
            Some(checkbox) => own.behind(checkbox),
            None => own,
        };
        passage
            .beside
            .iter()
            .fold(own, |flow, span| flow.and(text, *span))
    }

    /// Returns the columns that it was measured for.
    pub fn measured(&self) -> Measure {
        self.measure
    }

    /// Returns what running text says on one line, without its markup; none of what is shown line
    /// by line.
    pub fn words(&self, text: &Text, passage: &Passage) -> Option<String> {
        if !flows(&passage.kind) {
            return None;
        }
        let flow = self.flow(text, passage);
        let lines = flow.lines(text, kind(passage), &[], ENDLESS);
        let lines: Vec<String> = lines.iter().map(SourceLine::plain).collect();
        Some(lines.join(" "))
    }

    /// Returns how far the lines that are cut can be scrolled to the left.
    pub fn furthest(&self) -> usize {
        self.furthest
    }

    /// Returns all passages, each with the rows that it takes.
    pub fn passages(&self) -> impl Iterator<Item = (&Passage, usize)> {
        let wrap_cache = self
            .wrap_cache
            .iter()
            .map(|rows| *rows as usize)
            .chain(std::iter::repeat(1));
        self.passages.iter().zip(wrap_cache)
    }

    /// Returns the passage that stands for a line: the last one that begins there or before.
    pub fn passage_at(&self, line: usize) -> Option<&Passage> {
        let behind = self
            .passages
            .partition_point(|passage| passage.lines.start <= line);
        self.passages.get(behind.checked_sub(1)?)
    }

    /// Returns the line at which a reader stops for a line.
    pub fn stop_at(&self, line: usize) -> Option<usize> {
        let behind = self
            .passages
            .partition_point(|passage| passage.lines.start <= line);
        self.passages[..behind]
            .iter()
            .rfind(|passage| passage.is_stop)
            .map(|passage| passage.lines.start)
    }

    /// Returns the line of the heading that a line stands below; for a heading, of the one that is
    /// a level above it.
    pub fn heading_above(&self, line: usize) -> Option<usize> {
        let headings = || {
            self.passages.iter().filter_map(|passage| {
                if let PassageKind::Heading { level, .. } = passage.kind {
                    Some((passage.lines.start, level))
                } else {
                    None
                }
            })
        };
        let level = headings()
            .find(|(heading, _)| *heading == line)
            .map_or(u8::MAX, |(_, level)| level);
        headings()
            .rfind(|(heading, above)| *heading < line && *above < level)
            .map(|(heading, _)| heading)
    }

    /// Returns the lines that are drawn for a passage. Those that are cut and not wrapped are shown
    /// from column `left` on, with `marks` where something is cut off. Those that were drawn last are
    /// kept, for most stand on the next frame too.
    pub fn drawn(
        &self,
        text: &Text,
        passage: &Passage,
        criteria: Option<&CriteriaDocument>,
        left: usize,
        marks: CutMarks,
    ) -> Arc<[SourceLine]> {
        self.drawn.get(passage, left, || {
            self.made(text, passage, criteria, left, marks)
        })
    }

    fn made(
        &self,
        text: &Text,
        passage: &Passage,
        criteria: Option<&CriteriaDocument>,
        left: usize,
        marks: CutMarks,
    ) -> Vec<SourceLine> {
        let room = self.measure.room(passage);
        match passage.kind {
            PassageKind::Line(BlockKind::Quote) if can_be_laid_out(passage.span) => {
                quoted(text, passage, room)
            }
            PassageKind::Line(BlockKind::Rule) => {
                vec![SourceLine::rule(passage.span, room.min(RULE))]
            }
            PassageKind::Line(kind) => {
                let found = self
                    .code
                    .highlights(text, passage.lines.start, passage.span);
                let line = match found {
                    Some(found) => (SourceLine::with(text, passage.span, &found), true),
                    None => drawn_part(text, passage.lines.start, passage.span, kind),
                };
                let line = (line.0, line.1 && self.overflow == Overflow::Cut);
                in_room(line, indent_of(kind), room, (left, marks.code))
            }
            PassageKind::Language => language(text, passage, room),
            PassageKind::Diagram => diagram_lines(passage, room),
            PassageKind::TableRow { is_head } => {
                let Some(columns) = self.table_of(passage) else {
                    return Vec::new();
                };
                let lines = columns.lines(text, passage.span, is_head).into_iter();
                if columns.width() <= room || self.overflow == Overflow::Wrap {
                    return lines.collect();
                }
                lines
                    .map(|line| line.window_between(left, room, marks.table))
                    .collect()
            }
            _ => self.flowing(text, passage, criteria, room),
        }
    }

    /// Returns the lines of running text.
    fn flowing(
        &self,
        text: &Text,
        passage: &Passage,
        criteria: Option<&CriteriaDocument>,
        room: usize,
    ) -> Vec<SourceLine> {
        let criterion = passage
            .criterion
            .and_then(|index| criteria?.criterion(index));
        let keywords = criterion.map_or_else(Vec::new, |found| keywords(text, found));
        let flow = self.flow(text, passage);
        let mut lines = flow.lines(text, kind(passage), &keywords, room);
        if has_own_row(self.measure, passage) {
            lines.insert(0, SourceLine::default());
        }
        lines
    }
}

/// Returns the lines that a line takes, which is cut to a window or wrapped, some columns in.
fn in_room(
    (line, is_cut): (SourceLine, bool),
    indent: usize,
    room: usize,
    (left, mark): (usize, &str),
) -> Vec<SourceLine> {
    let room = room.saturating_sub(indent);
    let lines = if is_cut {
        vec![line.window(left, room, mark)]
    } else {
        line.wrap(room)
    };
    lines
        .into_iter()
        .map(|line| line.indented(indent))
        .collect()
}

/// Returns a line of a quote.
fn quoted(text: &Text, passage: &Passage, room: usize) -> Vec<SourceLine> {
    SourceLine::laid_out(text, passage.span, BlockKind::Quote).wrap_quote(room)
}

/// Returns what is said of the code that follows.
fn language(text: &Text, passage: &Passage, room: usize) -> Vec<SourceLine> {
    SourceLine::aside(text, passage.span, CODE_INDENT).wrap(room)
}

/// Returns a line of the list that stands for a diagram.
fn diagram_lines(passage: &Passage, room: usize) -> Vec<SourceLine> {
    let room = room.saturating_sub(CODE_INDENT);
    let made = passage
        .made
        .iter()
        .map(|line| line.clone().hanging(DIAGRAM_HANG));
    let lines = made.flat_map(|line| line.wrap(room));
    lines.map(|line| line.indented(CODE_INDENT)).collect()
}

/// Returns how far the lines of a block stand in.
fn indent_of(kind: BlockKind) -> usize {
    if kind == BlockKind::Code {
        CODE_INDENT
    } else {
        0
    }
}

/// Which passage was drawn, and from which column on: its line, its bytes, the column.
type Drawn = (usize, Span, usize);

/// The lines of the passages that were drawn last, at one width.
#[derive(Clone, Debug, Default)]
struct DrawnPassages(RefCell<Kept>);

#[derive(Clone, Debug, Default)]
struct Kept {
    lines: HashMap<Drawn, Arc<[SourceLine]>>,
    /// How long the passages are together.
    bytes: usize,
}

/// They follow from the document, and tell no two of them apart.
impl PartialEq for DrawnPassages {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for DrawnPassages {}

impl DrawnPassages {
    /// Returns the kept lines of a passage, else those that `make` gives.
    fn get(
        &self,
        passage: &Passage,
        left: usize,
        make: impl FnOnce() -> Vec<SourceLine>,
    ) -> Arc<[SourceLine]> {
        let drawn = (passage.lines.start, passage.span, left);
        let mut kept = self.0.borrow_mut();
        if let Some(lines) = kept.lines.get(&drawn) {
            return Arc::clone(lines);
        }
        let lines: Arc<[SourceLine]> = make().into();
        let count = kept.lines.len();
        // No more than can be seen at once are of use.
        if count >= MOST_KEPT || count >= FEW_KEPT && kept.bytes > MANY_BYTES {
            *kept = Kept::default();
        }
        kept.bytes += passage.span.len();
        kept.lines.insert(drawn, Arc::clone(&lines));
        lines
    }
}

/// Returns whether an id is so long that its text begins on the row below.
fn has_own_row(measure: Measure, passage: &Passage) -> bool {
    let field = measure.field(passage);
    field < passage.field
        && matches!(&passage.kind, PassageKind::Criterion(id) if width(&clean(id)) > field)
}

/// Returns whether what is shown is running text, and not lines as they are written.
fn flows(kind: &PassageKind) -> bool {
    use PassageKind::{Criterion, Heading, Story, Text};
    matches!(kind, Heading { .. } | Story | Criterion(_) | Text(_))
}

/// Returns the block whose roles the words of a passage have.
fn kind(passage: &Passage) -> BlockKind {
    match passage.kind {
        PassageKind::Heading { level, .. } => BlockKind::Heading(level),
        PassageKind::Text(kind) | PassageKind::Line(kind) => kind,
        PassageKind::TableRow { .. } => BlockKind::Table,
        PassageKind::Language | PassageKind::Diagram => BlockKind::Code,
        PassageKind::Story | PassageKind::Criterion(_) => BlockKind::Item,
    }
}

/// Returns where the words of EARS stand in a criterion.
fn keywords(text: &Text, criterion: &Criterion) -> Vec<Span> {
    let start = criterion.text.start;
    let clauses = ears::parse(SourceStr::read(text, beginning(text, criterion.text)).text).clauses;
    let mut spans: Vec<Span> = clauses
        .iter()
        .map(|clause| Span::new(start + clause.keyword.start, start + clause.keyword.end))
        .collect();
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable_by_key(|span| span.start);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::highlight::Role;
    use crate::store::DocumentKind;

    fn rendered(source: &str, measure: Measure) -> (Text, Rendered, CriteriaDocument) {
        let text = Text::new(source);
        let document = Document::parse(&text);
        let all = 0..text.lines().len();
        let criteria_document =
            CriteriaDocument::read(DocumentKind::Requirements, &text, &document, all.clone());
        let mut rendered = Rendered::of(&text, &document, all, Some(&criteria_document)).unwrap();
        rendered.measure(&text, &document, measure);
        (text, rendered, criteria_document)
    }

    /// Draws each passage as the column of its text and its lines, parted by slashes.
    fn drawn(source: &str, measure: Measure) -> Vec<String> {
        let (text, rendered, criteria_document) = rendered(source, measure);
        let lines = |passage: &Passage| {
            rendered
                .drawn(&text, passage, Some(&criteria_document), 0, CutMarks::ASCII)
                .iter()
                .map(SourceLine::plain)
                .collect::<Vec<_>>()
        };
        rendered
            .passages()
            .map(|(passage, _)| {
                format!("{} {}", measure.text_at(passage), lines(passage).join("/"))
            })
            .collect()
    }

    #[test]
    fn each_arrow_of_one_line_of_a_diagram_is_drawn() {
        let source = "```mermaid\ngraph TD\na[One] --> b[Two] --> c[Three]\n```\n";
        let measure = Measure {
            columns: 40,
            margin: 3,
            references: 0,
            most: 100,
        };
        let drawn = drawn(source, measure).join("\n");
        for arrow in ["One → Two", "Two → Three"] {
            assert!(drawn.contains(arrow), "{arrow}\n{drawn}");
        }
    }

    #[test]
    fn what_was_drawn_last_is_kept_until_the_width_changes_and_never_without_end() {
        let criteria: String = (1..2 * MOST_KEPT)
            .map(|number| format!("{number}. THE S SHALL one two three\n"))
            .collect();
        let source = format!("### Requirement 1: A\n{criteria}");
        let wide = Measure {
            columns: 60,
            margin: 3,
            references: 0,
            most: 100,
        };
        let narrow = Measure {
            columns: 20,
            ..wide
        };
        let (text, mut rendered, criteria_document) = rendered(&source, wide);
        let document = Document::parse(&text);
        let drawn = |rendered: &Rendered, at: usize| {
            let passage = rendered.passages().nth(at).unwrap().0;
            rendered.drawn(&text, passage, Some(&criteria_document), 0, CutMarks::ASCII)
        };
        let first = drawn(&rendered, 3);
        assert!(Arc::ptr_eq(&first, &drawn(&rendered, 3)));
        rendered.measure(&text, &document, narrow);
        assert!(drawn(&rendered, 3).len() > first.len());
        for at in 0..2 * MOST_KEPT {
            drawn(&rendered, at);
            assert!(rendered.drawn.0.borrow().lines.len() <= MOST_KEPT);
        }
    }

    #[test]
    fn text_begins_behind_the_longest_id_and_ends_before_the_references() {
        let source = "### Requirement 1: A\n1. THE S SHALL one two\n   - three\n\n```\na long line of code here\n```\n";
        for (measure, expected) in [
            (
                Measure {
                    columns: 32,
                    margin: 3,
                    references: 0,
                    most: 100,
                },
                [
                    "3 Requirement 1: A",
                    "10 THE S SHALL one two",
                    "7    - three",
                    "3   a long line of code here",
                ],
            ),
            (
                Measure {
                    columns: 32,
                    margin: 3,
                    references: 8,
                    most: 100,
                },
                [
                    "3 Requirement 1: A",
                    "10 THE S SHALL/one two",
                    "7    - three",
                    "3   a long line of code here",
                ],
            ),
            (
                Measure {
                    columns: 22,
                    margin: 2,
                    references: 0,
                    most: 100,
                },
                [
                    "2 Requirement 1: A",
                    "8 THE S SHALL/one two",
                    "5    - three",
                    "2   a long line of c~",
                ],
            ),
        ] {
            assert_eq!(drawn(source, measure), expected, "{measure:?}");
        }
    }

    #[test]
    fn breaks_are_lines_and_wrapped_quotes_keep_their_sign() {
        let source = "---\nkey: value\n---\n> one two three four five\n> > six seven eight\n\n***\n\na <!-- b --> c\n";
        let measure = Measure {
            columns: 18,
            margin: 2,
            references: 0,
            most: 100,
        };
        assert_eq!(
            drawn(source, measure),
            [
                "2 key: value",
                "2 > one two three/> four five",
                "2 > > six seven/> > eight",
                "2 ───────────────",
                "2 a <!-- b --> c"
            ]
        );
        let (text, rendered, _) = rendered(source, measure);
        let roles = |at: usize| -> Vec<Role> {
            let passage = rendered.passages().nth(at).unwrap().0;
            let lines = rendered.drawn(&text, passage, None, 0, CutMarks::ASCII);
            let runs = lines.iter().flat_map(SourceLine::runs);
            runs.map(|run| run.role).collect()
        };
        assert_eq!(roles(0), [Role::Aside, Role::Plain]);
        assert_eq!(
            roles(1),
            [Role::Bar, Role::Quote, Role::Bar, Role::Plain, Role::Quote]
        );
        assert_eq!(roles(3), [Role::Rule]);
        assert_eq!(roles(4), [Role::Plain, Role::Aside, Role::Plain]);
    }

    #[test]
    fn what_cannot_be_scrolled_is_wrapped_and_nothing_is_cut() {
        let source = "- a\n\n  ```\n  one two three four five six\n  ```\n\n| a | b |\n|-|-|\n| abcdefghijklmnopq | rstuvwxyzrstuvwxyz |\n";
        let measure = Measure {
            columns: 20,
            margin: 0,
            references: 0,
            most: 20,
        };
        let text = Text::new(source);
        let document = Document::parse(&text);
        let rendered = Rendered::of(&text, &document, 0..text.lines().len(), None);
        let mut rendered = rendered.unwrap().with_overflow(Overflow::Wrap);
        rendered.measure(&text, &document, measure);
        let lines = |passage: &Passage| -> Vec<String> {
            let drawn = rendered.drawn(&text, passage, None, 0, CutMarks::ASCII);
            let at = rendered.measured().text_at(passage);
            let lines = drawn.iter().map(|line| line.clone().indented(at).plain());
            lines.map(|line| line.trim_end().to_owned()).collect()
        };
        let all: Vec<String> = rendered
            .passages()
            .flat_map(|(passage, _)| lines(passage))
            .collect();
        assert_eq!(
            all,
            [
                "- a",
                "    one two three",
                "    four five six",
                "a         b",
                "abcdefgh  rstuvwxyz",
                "ijklmnop  rstuvwxyz",
                "q"
            ]
        );
    }

    #[test]
    fn an_id_that_would_crowd_out_the_text_has_a_row_of_its_own() {
        let source = "### Requirement 1: A\n- **AC-LONGEST-NUMBER-1**: THE S SHALL a\n- **AC-2**: THE S SHALL b\n";
        let measure = Measure {
            columns: 30,
            margin: 3,
            references: 0,
            most: 100,
        };
        assert_eq!(
            drawn(source, measure),
            [
                "3 Requirement 1: A",
                "16 /THE S SHALL a",
                "16 THE S SHALL b"
            ]
        );
    }

    #[test]
    fn a_heading_that_is_left_out_is_above_nothing() {
        let source = "## Requirements\n### Requirement 1: A\n#### Acceptance Criteria\n1. THE S SHALL a\n## Notes\ntext\n";
        let (_, rendered, _) = rendered(source, Measure::default());
        let above: Vec<_> = (0..6).map(|line| rendered.heading_above(line)).collect();
        assert_eq!(above, [None, Some(0), Some(1), Some(1), None, Some(4)]);
        let stops: Vec<_> = (0..6).filter_map(|line| rendered.stop_at(line)).collect();
        assert_eq!(stops, [0, 1, 1, 3, 4, 5]);
    }
}
