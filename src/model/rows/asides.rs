//! What stands in a task list and is no item: headings that are no phases, lines that name a group
//! of tasks, rows of tables, and the prose between them, folded to one row.
//!
//! Knows lines and items, not what is folded. Together with the items and the phases that are shown,
//! an aside holds every line of the list that is not blank.

use std::collections::HashSet;

use super::{Basis, List, Row, RowKind, shown_phases};
use crate::markdown::{Block, BlockKind, State, list_line, state_of};
use crate::model::{OpenFile, PaneState};
use crate::prose::table::cells;
use crate::spec::references::read_references;
use crate::spec::tasks::Phase;
use crate::spec::waves::Waves;
use crate::text::Span;

/// What an aside is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideKind {
    /// A heading, by its index among those of the list.
    Heading(usize),
    /// A line that names the tasks below it, or a row of a table with a task in it.
    Line,
    /// Prose, code and all else.
    Prose,
}

/// Lines that belong to no item, on one row until they are opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// What it is.
    pub kind: AsideKind,
    /// Index of its line, from 0.
    pub line: usize,
    /// Its words on one row, without its box. Of prose, those of its first line.
    pub title: String,
    /// What its box says, where it has one.
    pub state: Option<State>,
    /// The lines that it is opened to, none of them blank.
    pub lines: Vec<usize>,
    /// The item that follows, as an index.
    before: usize,
    /// The first line of the graph of waves, where that is the last thing in it.
    graph: Option<usize>,
    /// Whether prose behind it belongs to it.
    takes_prose: bool,
}

impl Aside {
    /// Returns how many lines are not seen where it is not opened to `lines`.
    pub fn hides(&self, lines: &[usize]) -> usize {
        match self.kind {
            // One line is shown as it is.
            AsideKind::Prose if lines.is_empty() => 0,
            AsideKind::Prose => lines.len() + 1,
            _ => lines.len(),
        }
    }

    /// Returns the lines that it is opened to in a pane. The graph that makes the waves is not among
    /// them where those are shown; none where there is nothing else.
    pub fn lines_in(&self, open_file: &OpenFile, pane_state: &PaneState) -> Option<&[usize]> {
        if open_file.is_by_waves(pane_state) && open_file.grouping().basis == Basis::Graph {
            return self.lines_beside_graph();
        }
        Some(&self.lines)
    }

    fn lines_beside_graph(&self) -> Option<&[usize]> {
        let Some(graph) = self.graph else {
            return Some(&self.lines);
        };
        let beside = &self.lines[..self.lines.partition_point(|line| *line < graph)];
        let is_only_graph = self.line >= graph || self.is_heading() && beside.is_empty();
        (!is_only_graph).then_some(beside)
    }

    /// Returns whether it is left out where what is finished is hidden: it says nothing of what is
    /// open.
    pub(super) fn is_finished(&self) -> bool {
        self.state.is_none_or(|state| state == State::Done)
    }

    /// Returns whether it is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, AsideKind::Heading(_))
    }

    /// Returns what a heading names: in its own words and right below it, each once and as written.
    pub fn references(&self, open_file: &OpenFile) -> Vec<String> {
        let AsideKind::Heading(phase) = self.kind else {
            return Vec::new();
        };
        let phase = &open_file.tasks.phases[phase];
        let text = &open_file.text;
        let fields = phase.references.iter().chain(&phase.heading);
        let named = fields.flat_map(|field| read_references(text, field.body));
        let mut written: Vec<String> = Vec::new();
        for reference in named {
            let id = reference.written(text).into_owned();
            if !written.contains(&id) {
                written.push(id);
            }
        }
        written
    }
}

/// Returns the asides of a list, in its order.
pub fn asides(open_file: &OpenFile) -> Vec<Aside> {
    let tasks = &open_file.tasks;
    let phases = shown_phases(open_file).into_iter();
    let graph = Waves::block(&open_file.text, &open_file.document);
    let mut finder = Finder {
        open_file,
        graph: graph.map(|block| block.first_line),
        phases: phases.map(|phase| tasks.phases[phase].line).collect(),
        found: Vec::new(),
        item: 0,
        is_apart: true,
        is_above_all: true,
    };
    let blocks = open_file.document.blocks.iter();
    for block in blocks.filter(|block| open_file.lines.contains(&block.first_line)) {
        finder.take(block);
    }
    finder.without_names_of_the_list()
}

/// The asides so far.
struct Finder<'a> {
    open_file: &'a OpenFile,
    /// The first line of the graph of waves.
    graph: Option<usize>,
    /// The lines of the phases that are shown.
    phases: HashSet<usize>,
    found: Vec<Aside>,
    /// The item that follows.
    item: usize,
    /// Whether something that is no aside stands between the last one and here.
    is_apart: bool,
    /// Whether everything so far stands above the first item and the first phase.
    is_above_all: bool,
}

impl Finder<'_> {
    fn take(&mut self, block: &Block) {
        let items = &self.open_file.tasks.items;
        while let Some(item) = items
            .get(self.item)
            .filter(|item| item.line <= block.first_line)
        {
            self.item += 1;
            if block.first_line < item.details.end.max(item.title_end) {
                break;
            }
        }
        let own = self.item.checked_sub(1).map(|own| &items[own]);
        let is_own = own.is_some_and(|own| block.first_line < own.details.end.max(own.title_end));
        if is_own || self.phases.contains(&block.first_line) {
            (self.is_apart, self.is_above_all) = (true, false);
            return;
        }
        match block.kind {
            BlockKind::Blank => {}
            BlockKind::Heading(_) => self.take_heading(block),
            BlockKind::Table => {
                (block.first_line..block.end_line).for_each(|line| self.take_cells(line));
            }
            BlockKind::Item if self.names_a_group(block) => {
                let content = self.open_file.text.lines()[block.first_line].content;
                let title = self.open_file.text.lossy(content).trim().to_owned();
                self.add(AsideKind::Line, block.first_line, (None, title), true);
                self.take_prose(block.first_line + 1..block.end_line);
            }
            _ => self.take_prose(block.first_line..block.end_line),
        }
        if self.graph == Some(block.first_line)
            && let Some(last) = self.found.last_mut()
        {
            (last.graph, self.is_apart) = (self.graph, true);
        }
    }

    /// Returns what was found without headings above everything that have nothing below them: they
    /// name the list itself, as its pane does.
    fn without_names_of_the_list(mut self) -> Vec<Aside> {
        let phases = &self.open_file.tasks.phases;
        let is_heading = |line: &usize| {
            phases
                .binary_search_by_key(line, |phase| phase.line)
                .is_ok()
        };
        let first = self.phases.iter().min().copied().unwrap_or(usize::MAX);
        let is_name = |aside: &Aside| {
            let AsideKind::Heading(phase) = aside.kind else {
                return false;
            };
            let is_above_all = aside.before == 0 && aside.line < first;
            let is_task = aside.state.is_some() || is_numbered(&phases[phase], &aside.title);
            is_above_all && !is_task && aside.lines.iter().all(is_heading)
        };
        self.found.retain(|aside| !is_name(aside));
        self.found
    }

    fn add(
        &mut self,
        kind: AsideKind,
        line: usize,
        (state, title): (Option<State>, String),
        takes_prose: bool,
    ) {
        self.is_apart = false;
        self.found.push(Aside {
            kind,
            line,
            title,
            state,
            lines: Vec::new(),
            before: self.item,
            graph: None,
            takes_prose,
        });
    }

    /// Takes a heading. What stands above everything is one aside, named by its first heading; what
    /// is a task to its author stands for itself.
    fn take_heading(&mut self, block: &Block) {
        let phases = &self.open_file.tasks.phases;
        let at = phases.partition_point(|phase| phase.line < block.first_line);
        let Some(phase) = phases
            .get(at)
            .filter(|phase| phase.line == block.first_line)
        else {
            return self.take_prose(block.first_line..block.end_line);
        };
        let (state, title) = boxed(&phase.title);
        let is_task = state.is_some() || is_numbered(phase, &title);
        if self.is_above_all && !is_task && !self.found.is_empty() {
            return self.take_prose(block.first_line..block.end_line);
        }
        self.add(
            AsideKind::Heading(at),
            block.first_line,
            (state, title),
            true,
        );
        self.take_prose(block.first_line + 1..block.end_line);
    }

    /// Takes a row of a table: by itself where there is a box or a number in it.
    fn take_cells(&mut self, line: usize) {
        let text = &self.open_file.text;
        let cells = cells(text, text.lines()[line].content).into_iter();
        let cells: Vec<String> = cells.map(|cell| text.lossy(cell).into_owned()).collect();
        let state = cells.iter().find_map(|cell| boxed(cell).0);
        let is_numbered = cells.first().is_some_and(|cell| begins_with_digit(cell));
        if state.is_none() && !is_numbered {
            return self.take_prose(line..line + 1);
        }
        let words: Vec<String> = cells.iter().map(|cell| boxed(cell).1).collect();
        let words = words.iter().filter(|cell| !cell.is_empty());
        let title = words.map(String::as_str).collect::<Vec<_>>().join("  ");
        self.add(AsideKind::Line, line, (state, title), false);
    }

    /// Takes lines into the aside before them, else as one of their own.
    fn take_prose(&mut self, lines: std::ops::Range<usize>) {
        let text = &self.open_file.text;
        let is_filled = |line: &usize| {
            !text
                .slice(text.lines()[*line].content)
                .trim_ascii()
                .is_empty()
        };
        let filled: Vec<usize> = lines.filter(is_filled).collect();
        if let Some(last) = self.found.last_mut()
            && last.takes_prose
            && !self.is_apart
        {
            last.lines.extend(filled);
            return;
        }
        let Some((first, rest)) = filled.split_first() else {
            return;
        };
        let title = text.lossy(text.lines()[*first].content).trim().to_owned();
        self.add(AsideKind::Prose, *first, (None, title), true);
        if let Some(last) = self.found.last_mut() {
            last.lines.extend(rest);
        }
    }

    /// Returns whether a list line without a box has a number, and the next item stands below it.
    fn names_a_group(&self, block: &Block) -> bool {
        let text = &self.open_file.text;
        let Some(line) = list_line(text.bytes(), text.lines()[block.first_line].content) else {
            return false;
        };
        let next = self.open_file.tasks.items.get(self.item);
        let is_above = next.is_some_and(|next| next.indent > line.indent);
        let is_ordered = text
            .slice(line.bullet)
            .first()
            .is_some_and(u8::is_ascii_digit);
        is_above && is_ordered && line.checkbox.is_none()
    }
}

/// Returns whether a heading is a task to its author.
fn is_numbered(phase: &Phase, title: &str) -> bool {
    phase.number.is_some() || begins_with_digit(title)
}

/// Returns whether words begin with a number, under whatever emphasis.
fn begins_with_digit(words: &str) -> bool {
    let plain = words.trim_start_matches(['*', '_', '`', ' ']);
    plain.starts_with(|first: char| first.is_ascii_digit())
}

/// Cuts the box from the start of words: `[x] 1. Set up`.
fn boxed(words: &str) -> (Option<State>, String) {
    const SIGNS: &[(&str, State)] = &[
        ("☐", State::Todo),
        ("⬜", State::Todo),
        ("☑", State::Done),
        ("✅", State::Done),
    ];
    let words = words.trim();
    let plain = words.trim_start_matches(['-', '*', '`', ' ']);
    for (sign, state) in SIGNS {
        if let Some(rest) = plain.strip_prefix(sign) {
            return (Some(*state), rest.trim().to_owned());
        }
    }
    let inside = || {
        let (marker, rest) = plain.strip_prefix('[')?.split_once(']')?;
        let is_box = marker.chars().count() == 1 && !rest.starts_with(['(', '[', ':']);
        let state = state_of(marker.as_bytes());
        (is_box && state != State::Other)
            .then(|| (Some(state), rest.trim_matches(['`', ' ']).to_owned()))
    };
    inside().unwrap_or_else(|| (None, words.to_owned()))
}

impl List<'_> {
    /// Adds the row of an aside, and its lines where it is open. A heading ends a phase of its
    /// level, or of one below. Gives the row of the phase that is folded behind it.
    pub(super) fn take_aside(&mut self, index: usize, folded: Option<usize>) -> Option<usize> {
        let open_file = self.open_file;
        let aside = &open_file.asides()[index];
        let level = match aside.kind {
            AsideKind::Heading(phase) => open_file.tasks.phases[phase].level,
            _ => u8::MAX,
        };
        let folded = folded.filter(|row| self.phase_level(*row) < level);
        if folded.is_some() || self.hides_aside(aside) {
            return folded;
        }
        if matches!(aside.kind, AsideKind::Heading(_)) && !self.rows.is_empty() {
            self.rows.push(Row {
                line: aside.line,
                kind: RowKind::Gap,
            });
        }
        self.rows
            .extend(aside_rows(open_file, self.pane_state, index));
        folded
    }

    /// Returns whether an aside is not seen: it says nothing of what is open, or stands among tasks
    /// that are folded.
    fn hides_aside(&self, aside: &Aside) -> bool {
        if self.pane_state.hides_finished && aside.is_finished() {
            return true;
        }
        let Some(parent) = self
            .open_file
            .tasks
            .items
            .get(aside.before)
            .and_then(|next| next.parent)
        else {
            return false;
        };
        self.hidden[parent] || self.is_folded(parent)
    }
}

/// Returns the row of an aside, and its lines where it is open.
pub(super) fn aside_rows(open_file: &OpenFile, pane_state: &PaneState, index: usize) -> Vec<Row> {
    let aside = &open_file.asides()[index];
    let Some(lines) = aside.lines_in(open_file, pane_state) else {
        return Vec::new();
    };
    let mut rows = vec![Row {
        line: aside.line,
        kind: RowKind::Aside(index),
    }];
    if pane_state.is_opened(aside.line) {
        let kind = RowKind::AsideLine(index);
        rows.extend(lines.iter().map(|line| Row { line: *line, kind }));
    }
    rows
}

/// Returns the words of a line of an aside, and how far in they stand, in columns.
pub fn aside_words(open_file: &OpenFile, line: usize) -> (usize, String) {
    let text = &open_file.text;
    let content: Span = text.lines()[line].content;
    let words = text.lossy(content);
    let indent = words.len() - words.trim_start().len();
    (indent, words.trim().to_owned())
}
