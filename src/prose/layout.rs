//! What a reader sees of a document, in order: headings, text, tables, code; where it has criteria,
//! those with their stories.
//!
//! Knows no screen. Left out are blank lines, of which at most one is left between two passages,
//! what only marks where code or a table begins and ends, and in requirements the labels that only
//! announce what follows.

use std::ops::Range;

use super::diagram::diagram;
use super::fence::{Fence, leading};
use super::line::SourceLine;
use super::reflow;
use crate::markdown::{Block, BlockKind, Document, heading_text, list_line};
use crate::spec::CriteriaDocument;
use crate::spec::requirements::{Criterion, only_announces};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text, clean, width};

/// Something that is shown as one: on one row, or on several where it is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// The lines of the source that it stands for.
    pub lines: Range<usize>,
    /// What is shown of them.
    pub span: Span,
    /// The checkbox of a criterion, with its brackets.
    pub checkbox: Option<Span>,
    /// What stands in the cells beside a criterion, of one in a table.
    pub beside: Vec<Span>,
    /// The criterion that it is or belongs to, as an index into [`CriteriaDocument::criteria`].
    pub criterion: Option<usize>,
    /// Whether a reader stops at it; else it goes on with what stands above.
    pub is_stop: bool,
    /// Whether an empty row parts it from what stands above.
    pub is_apart: bool,
    /// How many columns the longest id among its neighbours takes, of what belongs to a criterion.
    pub field: usize,
    /// How many blanks all further parts of the criterion begin with; of code elsewhere, those
    /// before its fence.
    pub indent: usize,
    /// What is shown in the place of lines that are put together otherwise than they are written;
    /// nothing of all others.
    pub made: Vec<SourceLine>,
}

/// What a passage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// A heading.
    Heading {
        /// Its level, from 1 to 6.
        level: u8,
        /// What it is the heading of, as an index into [`CriteriaDocument::groups`].
        group: Option<usize>,
    },
    /// The story of a requirement.
    Story,
    /// A criterion, with its id.
    Criterion(String),
    /// A paragraph or a list item, put together from its lines.
    Text(BlockKind),
    /// One line as it is written, of a block of this kind.
    Line(BlockKind),
    /// The language of the code that follows.
    Language,
    /// A line of the list that stands for a diagram.
    Diagram,
    /// A row of a table.
    TableRow {
        /// Whether it is the first, which names the columns.
        is_head: bool,
    },
}

/// Returns the passages of the given `lines`, with what they require where they do.
pub fn passages(
    text: &Text,
    document: &Document,
    lines: Range<usize>,
    criteria_document: Option<&CriteriaDocument>,
) -> Vec<Passage> {
    let criteria = criteria_document.map_or_else(Vec::new, CriteriaDocument::criteria);
    let groups = criteria_document.map_or_else(Vec::new, CriteriaDocument::groups);
    let is_heading = |line: usize| {
        document
            .block_at(line)
            .is_some_and(|block| matches!(document.blocks[block].kind, BlockKind::Heading(_)))
    };
    let mut starts: Vec<(usize, usize)> = criteria
        .iter()
        .enumerate()
        .map(|(index, found)| (found.line, index))
        .collect();
    starts.retain(|(line, _)| !is_heading(*line));
    starts.sort_unstable();
    starts.dedup_by_key(|(line, _)| *line);
    let stories = groups.iter().filter_map(|group| group.story).collect();
    let headings: Vec<usize> = groups.iter().map(|group| group.line).collect();
    let mut writer = Writer {
        text,
        document,
        criteria,
        starts,
        stories,
        headings,
        end: lines.end,
        is_blank: false,
        is_within: false,
        passages: Vec::new(),
    };
    writer.take(lines.start);
    set_fields(&mut writer.passages);
    writer.passages.shrink_to_fit();
    writer.passages
}

/// The passages so far.
struct Writer<'a> {
    text: &'a Text,
    document: &'a Document,
    criteria: Vec<&'a Criterion>,
    /// The lines of criteria with their indexes, in order of the lines.
    starts: Vec<(usize, usize)>,
    stories: Vec<Span>,
    /// The lines of the headings of groups.
    headings: Vec<usize>,
    /// Index of the line behind the last.
    end: usize,
    /// Whether there was a blank line since the last passage.
    is_blank: bool,
    /// Whether a requirement has begun.
    is_within: bool,
    passages: Vec<Passage>,
}

impl Writer<'_> {
    fn take(&mut self, start: usize) {
        let mut line = start;
        while line < self.end {
            let Some(block) = self
                .document
                .block_at(line)
                .map(|block| self.document.blocks[block])
            else {
                return;
            };
            let after = self.starts.partition_point(|(start, _)| *start <= line);
            let next = self
                .starts
                .get(after)
                .map_or(self.end, |(start, _)| (*start).min(self.end));
            let begun = after
                .checked_sub(1)
                .map(|index| self.starts[index])
                .filter(|(start, _)| *start == line);
            line = match begun {
                Some((_, criterion)) => self.take_criterion(criterion, block, next),
                None => self.take_block(block, line..block.end_line.min(next)),
            };
        }
    }

    /// Takes some lines of a block that are no criterion. Gives the line behind them.
    fn take_block(&mut self, block: Block, lines: Range<usize>) -> usize {
        match block.kind {
            BlockKind::Blank => self.is_blank = true,
            BlockKind::Heading(level) => self.take_heading(block, level),
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Code
                if self.story_in(block).is_some() =>
            {
                self.take_story(block);
            }
            BlockKind::Paragraph | BlockKind::Item => self.take_text(block, lines.clone()),
            BlockKind::Code => self.take_code(block, lines.clone()),
            BlockKind::Table if !self.has_criteria(block) => self.take_table(block, lines.clone()),
            BlockKind::FrontMatter => self.take_front_matter(lines.clone()),
            _ => self.take_lines(block.kind, lines.clone()),
        }
        lines.end
    }

    fn take_heading(&mut self, block: Block, level: u8) {
        let line = block.first_line;
        let span = heading_text(self.text.bytes(), self.text.lines()[line].content);
        // One that is underlined may have several lines.
        let last = self.text.lines()[block.end_line.saturating_sub(2).max(line)]
            .content
            .end;
        let span = Span::new(
            span.start,
            if block.end_line > line + 2 {
                last
            } else {
                span.end
            },
        );
        let group = self.headings.iter().position(|heading| *heading == line);
        self.is_within |= group.is_some();
        if group.is_none() && self.is_within && only_announces(SourceStr::read(self.text, span)) {
            return;
        }
        self.push(
            PassageKind::Heading { level, group },
            line..block.end_line,
            span,
        );
    }

    /// Finds the story that begins in a block.
    fn story_in(&self, block: Block) -> Option<Span> {
        self.stories
            .iter()
            .copied()
            .find(|story| block.span.range().contains(&story.start))
    }

    fn take_story(&mut self, block: Block) {
        let Some(story) = self.story_in(block) else {
            return;
        };
        let end = if block.kind == BlockKind::Code {
            // Further stories of the requirement may stand behind criteria.
            let last = self.text.lines()[block.end_line.saturating_sub(2)]
                .content
                .end;
            if story.end > block.span.end {
                last.max(story.start)
            } else {
                story.end
            }
        } else {
            block.span.end
        };
        self.push(
            PassageKind::Story,
            block.first_line..block.end_line,
            Span::new(story.start, end),
        );
    }

    fn take_text(&mut self, block: Block, lines: Range<usize>) {
        let span = self.span_of(&lines);
        if span.len() > reflow::LONGEST {
            return self.take_lines(block.kind, lines);
        }
        let is_label = self.is_within && only_announces(SourceStr::read(self.text, span).trim());
        if !is_label {
            self.push(PassageKind::Text(block.kind), lines, span);
        }
    }

    fn take_lines(&mut self, kind: BlockKind, lines: Range<usize>) {
        let is_one = matches!(kind, BlockKind::Quote | BlockKind::Comment);
        for line in lines.clone() {
            self.push(
                PassageKind::Line(kind),
                line..line + 1,
                self.text.lines()[line].content,
            );
            let is_first = line == lines.start;
            self.amend(|passage| {
                passage.is_stop = kind != BlockKind::Rule && (is_first || !is_one);
            });
        }
    }

    /// Takes lines of a code block: behind its language what stands between the fences.
    fn take_code(&mut self, block: Block, lines: Range<usize>) {
        let Some(fence) = Fence::of(self.text, block) else {
            return self.take_lines(BlockKind::Code, lines);
        };
        let own = fence.inside.clone();
        let inside = lines.start.max(own.start)..lines.end.min(own.end);
        if lines.start == block.first_line && self.take_diagram(&fence, inside.clone()) {
            return;
        }
        if lines.start == block.first_line && (!fence.info.is_empty() || inside.is_empty()) {
            let shown = if fence.info.is_empty() {
                self.text.lines()[block.first_line].content
            } else {
                fence.info
            };
            self.push(PassageKind::Language, lines.start..lines.start + 1, shown);
            self.amend(|passage| {
                (passage.is_stop, passage.indent) = (inside.is_empty(), fence.indent);
            });
        }
        for line in inside {
            let own = without_indent(self.text, self.text.lines()[line].content, fence.indent);
            self.push(PassageKind::Line(BlockKind::Code), line..line + 1, own);
            self.amend(|passage| passage.indent = fence.indent);
        }
    }

    /// Takes a diagram that stands behind an opening fence. Returns whether it is one that is shown
    /// as a list.
    fn take_diagram(&mut self, fence: &Fence, inside: Range<usize>) -> bool {
        if !fence.is_diagram(self.text) {
            return false;
        }
        let Some((kind, list)) = diagram(self.text, inside.clone()) else {
            return false;
        };
        let (info, first) = (fence.info, inside.start - 1);
        self.push(PassageKind::Diagram, first..first + 1, info);
        let head = SourceLine::asides(self.text, &[info, kind]);
        self.amend(|passage| (passage.is_stop, passage.made) = (false, vec![head]));
        // What one line of the source says on several stays together.
        for found in list.chunk_by(|above, below| above.line == below.line) {
            let line = found[0].line;
            let content = self.text.lines()[line].content;
            self.push(PassageKind::Diagram, line..line + 1, content);
            let made = found.iter().map(|line| line.shown.clone()).collect();
            self.amend(|passage| passage.made = made);
        }
        true
    }

    /// Takes rows of a table; the line below its head says nothing.
    fn take_table(&mut self, block: Block, lines: Range<usize>) {
        for line in lines.filter(|line| *line != block.first_line + 1) {
            let is_head = line == block.first_line;
            let content = self.text.lines()[line].content;
            self.push(PassageKind::TableRow { is_head }, line..line + 1, content);
        }
    }

    /// Returns whether criteria stand in the rows of a table.
    fn has_criteria(&self, block: Block) -> bool {
        let from = self
            .starts
            .partition_point(|(line, _)| *line < block.first_line);
        self.starts
            .get(from)
            .is_some_and(|(line, _)| *line < block.end_line)
    }

    /// Takes metadata without the lines around it.
    fn take_front_matter(&mut self, lines: Range<usize>) {
        let is_fence = |line: &usize| {
            let content = self.text.slice(self.text.lines()[*line].content);
            matches!(content.trim_ascii(), b"---" | b"...")
        };
        let inside: Vec<usize> = lines.filter(|line| !is_fence(line)).collect();
        for line in inside {
            self.take_lines(BlockKind::FrontMatter, line..line + 1);
        }
    }

    /// Takes a criterion with all that belongs to it. Gives the line behind it.
    fn take_criterion(&mut self, index: usize, block: Block, next: usize) -> usize {
        let criterion = self.criteria[index];
        let end = criterion
            .end_line
            .clamp(criterion.line + 1, next.max(criterion.line + 1));
        let first_end = block.end_line.min(end);
        let last = self.text.lines()[first_end - 1].content.end;
        let text_end = if block.kind == BlockKind::Table {
            criterion.text.end
        } else {
            last.max(criterion.text.start)
        };
        let id = criterion.id.clone();
        self.push(
            PassageKind::Criterion(id),
            criterion.line..first_end,
            Span::new(criterion.text.start, text_end),
        );
        let checkbox = self.checkbox_at(criterion.line);
        let beside = if block.kind == BlockKind::Table {
            self.cells_beside(criterion)
        } else {
            Vec::new()
        };
        self.amend(|passage| {
            (passage.criterion, passage.checkbox, passage.beside) = (Some(index), checkbox, beside);
        });
        let parts = self.passages.len();
        self.take_parts(index, first_end..end);
        let indents = self.passages[parts..]
            .iter()
            .map(|part| leading(self.text, part.span));
        let indent = indents.min().unwrap_or(0);
        self.passages[parts..]
            .iter_mut()
            .for_each(|part| part.indent = indent);
        end
    }

    /// Returns what a row of a table says behind a criterion, and between its id and itself.
    fn cells_beside(&self, criterion: &Criterion) -> Vec<Span> {
        let row = self.text.lines()[criterion.line].content;
        let start = criterion
            .written
            .map_or(row.start, |id| id.end)
            .min(criterion.text.start);
        let cells = [
            Span::new(criterion.text.end, row.end),
            Span::new(start, criterion.text.start),
        ];
        cells
            .into_iter()
            .map(|span| without_rules(self.text, span))
            .filter(|span| !span.is_empty())
            .collect()
    }

    fn checkbox_at(&self, line: usize) -> Option<Span> {
        let found = list_line(self.text.bytes(), self.text.lines()[line].content)?.checkbox?;
        Some(Span::new(
            found.marker.start - 1,
            found.star.map_or(found.marker.end + 1, |star| star.end),
        ))
    }

    /// Takes what belongs to a criterion behind its first block.
    fn take_parts(&mut self, index: usize, lines: Range<usize>) {
        let mut line = lines.start;
        while line < lines.end
            && let Some(block) = self.document.block_at(line)
        {
            let block = self.document.blocks[block];
            let own = line..block.end_line.min(lines.end);
            line = own.end;
            let before = self.passages.len();
            match block.kind {
                BlockKind::Blank => continue,
                BlockKind::Paragraph | BlockKind::Item => self.push(
                    PassageKind::Text(block.kind),
                    own.clone(),
                    self.span_of(&own),
                ),
                BlockKind::Code => self.take_code(block, own),
                kind => self.take_lines(kind, own),
            }
            for part in &mut self.passages[before..] {
                (part.criterion, part.is_stop, part.is_apart) = (Some(index), false, false);
            }
        }
    }

    fn span_of(&self, lines: &Range<usize>) -> Span {
        let all = self.text.lines();
        Span::new(
            all[lines.start].content.start,
            all[lines.end - 1].content.end,
        )
    }

    fn push(&mut self, kind: PassageKind, lines: Range<usize>, span: Span) {
        let is_apart = self.passages.last().is_some_and(|above| {
            let is_headed = matches!(above.kind, PassageKind::Heading { .. });
            let is_airy = is_headed && self.headings.is_empty() && self.is_blank;
            is_airy || are_apart(above, &kind, self.is_blank)
        });
        self.is_blank = false;
        self.passages.push(Passage {
            kind,
            lines,
            span,
            checkbox: None,
            beside: Vec::new(),
            criterion: None,
            is_stop: true,
            is_apart,
            field: 0,
            indent: 0,
            made: Vec::new(),
        });
    }

    fn amend(&mut self, change: impl FnOnce(&mut Passage)) {
        if let Some(last) = self.passages.last_mut() {
            change(last);
        }
    }
}

/// Returns whether an empty row parts a passage from the one above.
fn are_apart(above: &Passage, kind: &PassageKind, is_blank: bool) -> bool {
    let is_listed = |kind: &PassageKind| {
        matches!(
            kind,
            PassageKind::Criterion(_) | PassageKind::Text(BlockKind::Item)
        )
    };
    let above_is_listed = above.criterion.is_some() || is_listed(&above.kind);
    match (&above.kind, kind) {
        (_, PassageKind::Heading { .. }) => true,
        (PassageKind::Heading { .. }, _) => false,
        (PassageKind::Story, PassageKind::Story)
        | (PassageKind::Line(BlockKind::Table), PassageKind::Criterion(_)) => is_blank,
        (PassageKind::Story, _) => true,
        _ if above_is_listed && is_listed(kind) => false,
        _ => is_blank || above.criterion.is_some() || matches!(kind, PassageKind::Criterion(_)),
    }
}

/// Returns a line without blanks at its start, up to a number of them.
fn without_indent(text: &Text, line: Span, most: usize) -> Span {
    Span::new(line.start + leading(text, line).min(most), line.end)
}

/// Returns a part of a table's row without the rules around it, and without the marks that an id
/// before it leaves.
fn without_rules(text: &Text, span: Span) -> Span {
    let whole = SourceStr::read(text, span);
    let marked = whole.trim_start_of(&['*', '_', '`', ']', ' ']);
    let inside = if marked.text.starts_with('|') {
        marked
    } else {
        whole
    };
    inside.trim_of(&['|', ' ', '\t']).span()
}

/// Returns all that belongs to the criteria of a group the columns of the longest id among them.
fn set_fields(passages: &mut [Passage]) {
    let begins =
        |passage: &Passage| matches!(passage.kind, PassageKind::Heading { group: Some(_), .. });
    for group in passages.chunk_by_mut(|_, next| !begins(next)) {
        let ids = group.iter().filter_map(|passage| {
            if let PassageKind::Criterion(id) = &passage.kind {
                Some(width(&clean(id)))
            } else {
                None
            }
        });
        let field = ids.max().unwrap_or(0);
        group.iter_mut().for_each(|passage| passage.field = field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DocumentKind;

    /// Draws passages as one word each, with what is shown: `h` a heading, `g` one of a group, `s`
    /// a story, `c` a criterion, `t` text, `l` a line; behind a minus where an empty row stands
    /// before it, with a dot where it goes on with what is above.
    fn drawn(kind: DocumentKind, source: &str) -> Vec<String> {
        let text = Text::new(source);
        let document = Document::parse(&text);
        let all = 0..text.lines().len();
        let criteria_document = CriteriaDocument::read(kind, &text, &document, all.clone());
        let draw = |passage: &Passage| {
            let kind = match &passage.kind {
                PassageKind::Heading { group: None, .. } => "h".to_owned(),
                PassageKind::Heading {
                    group: Some(group), ..
                } => format!("g{group}"),
                PassageKind::Story => "s".to_owned(),
                PassageKind::Criterion(id) => format!("c{id}"),
                PassageKind::Text(_) => "t".to_owned(),
                PassageKind::Line(_) => "l".to_owned(),
                PassageKind::Language => "f".to_owned(),
                PassageKind::Diagram => "d".to_owned(),
                PassageKind::TableRow { is_head: true } => "th".to_owned(),
                PassageKind::TableRow { is_head: false } => "tr".to_owned(),
            };
            let apart = if passage.is_apart { "-" } else { "" };
            let goes_on = if passage.is_stop { "" } else { "." };
            format!(
                "{apart}{kind}{goes_on} {}",
                text.lossy(passage.span).trim_end().replace('\n', "/")
            )
        };
        passages(&text, &document, all, Some(&criteria_document))
            .iter()
            .map(draw)
            .collect()
    }

    #[test]
    fn requirements_with_everything_around_them() {
        let source = "# Requirements\n\n## Introduction\n\nOne\ntwo.\n\n\nThree.\n\n## Glossary\n\n- **A**: a\n\n- **B**: b\n\n---\n\n\
                      ### Requirement 1: Sign in\n\n**User Story:** As a user,\nI want x.\n\n#### Acceptance Criteria\n\n\
                      1. WHEN a THE S SHALL b\n\n2. THE S SHALL c:\n   - one\n   - two\n\n     ```\n     code\n     ```\n\nNotes.\n\n| a |\n|---|\n";
        assert_eq!(
            drawn(DocumentKind::Requirements, source),
            [
                "h Requirements",
                "-h Introduction",
                "t One/two.",
                "-t Three.",
                "-h Glossary",
                "t - **A**: a",
                "t - **B**: b",
                "-l. ---",
                "-g0 Requirement 1: Sign in",
                "s As a user,/I want x.",
                "-c1.1 WHEN a THE S SHALL b",
                "c1.2 THE S SHALL c:",
                "t.    - one",
                "t.    - two",
                "l. code",
                "-t Notes.",
                "-th | a |",
            ]
        );
    }

    #[test]
    fn other_dialects() {
        for (kind, source, expected) in [
            (
                DocumentKind::Requirements,
                "### 要件 1: 検索\n**ユーザーストーリー:** 開発者として\n\n**受け入れ条件**\n1. システムは検索する\n",
                &[
                    "g0 要件 1: 検索",
                    "s 開発者として",
                    "-c1.1 システムは検索する",
                ][..],
            ),
            (
                DocumentKind::Bugfix,
                "# Bug\n\n## Current Behavior\n\n1.1 WHEN a THEN b\n1.2 WHEN c THEN d\n\n## Expected Behavior\n\n2.1 WHEN a THEN e\n",
                &[
                    "h Bug",
                    "-g0 Current Behavior",
                    "c1.1 WHEN a THEN b",
                    "c1.2 WHEN c THEN d",
                    "-g1 Expected Behavior",
                    "c2.1 WHEN a THEN e",
                ],
            ),
            (
                DocumentKind::Requirements,
                "### Requirement 1: A\n\n| ID | Acceptance Criteria | Priority |\n|---|---|---|\n| 1.1 | WHEN a THE S SHALL b | High |\n",
                &[
                    "g0 Requirement 1: A",
                    "l | ID | Acceptance Criteria | Priority |",
                    "l |---|---|---|",
                    "c1.1 WHEN a THE S SHALL b",
                ],
            ),
            (
                DocumentKind::Requirements,
                "# Requirements\n\nNothing yet.\n",
                &["h Requirements", "-t Nothing yet."],
            ),
            (
                DocumentKind::Requirements,
                "Two\nlines\n=====\n\n### Requirement 1: A\n",
                &["h Two/lines", "-g0 Requirement 1: A"],
            ),
        ] {
            assert_eq!(drawn(kind, source), expected, "{source:?}");
        }
    }

    #[test]
    fn a_second_story_behind_criteria_does_not_take_them_into_the_first() {
        let source = "### Requirement 1: A\n\n```\nAs a x, I want y\n```\n\n- [ ] WHEN a THE S SHALL b\n\n```\nAs a z, I want w\n```\n\n- [ ] THE S SHALL c\n";
        let found = drawn(DocumentKind::Requirements, source).join("\n");
        for words in ["I want y", "SHALL b", "I want w", "SHALL c"] {
            assert_eq!(found.matches(words).count(), 1, "{words}\n{found}");
        }
        assert!(!found.contains("```"), "{found}");
    }

    #[test]
    fn no_line_with_words_is_lost() {
        let source = "# R\n> quoted\n> more\n\n### Requirement 1: A\n- **Story:** As a x, I want y\n- **Acceptance Criteria:**\n  - WHEN a THE S SHALL b\n\
                      - **Notes:** n\n\n<!-- c -->\n\n[a]: b\n";
        let found = drawn(DocumentKind::Requirements, source).join("\n");
        for word in [
            "quoted",
            "more",
            "I want y",
            "WHEN a THE S SHALL b",
            "Notes",
            "<!-- c -->",
            "[a]: b",
        ] {
            assert!(found.contains(word), "{word} is lost\n{found}");
        }
    }
}
