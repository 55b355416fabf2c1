//! The Tasks pane: phases or waves, tasks by nesting, details that are open in place; references in
//! a column of their own.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{draw_no_match, put, row_of};
use super::super::references::references;
use super::super::theme::{Role, state_role};
use super::{Flagged, draw_cursor, flag, folded};
use crate::markdown::{State, Weight};
use crate::model::{
    Aside, AsideKind, FilterPlace, Group, OpenFile, Row, RowKind, Width, aside_words,
};
use crate::spec::stale::{age, grows_stale};
use crate::spec::tasks::Task;
use crate::text::{clean, cut_end, pad, row_start, width};

/// Columns for the mark of what is ready, with the blank behind it.
const MARK: usize = 2;
/// Columns for a number, with the blank behind it.
const NUMBER: usize = 6;

/// Draws the rows that are on the screen.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer, open_file: &OpenFile) {
    let model = canvas.model;
    let Some(pane_state) = model.pane_state_of(canvas.pane) else {
        return;
    };
    let selected = if canvas.pane == model.pane {
        model.selected().unwrap_or_default()
    } else {
        Vec::new()
    };
    let rows = model.rows_of(canvas.pane);
    if let Some(filter) = model.filters.of(FilterPlace::Tasks)
        && rows.is_empty()
        && pane_state.narrowed.is_some()
    {
        return draw_no_match(canvas, buffer, filter);
    }
    let flagged = Flagged::of(canvas);
    for (index, row) in rows.iter().copied().skip(pane_state.top).enumerate() {
        let Some(area) = row_of(canvas.layout.body, index) else {
            break;
        };
        if pane_state.is_at(row) {
            draw_cursor(canvas, buffer, area);
        } else if matches!(row.kind, RowKind::Task(index, _) if selected.contains(&index)) {
            put(buffer, area, 0, &[(canvas.glyphs.resting, Role::Accent)]);
        }
        let at = pane_state.top + index;
        if let Some(flag) = flag(canvas, open_file, &rows, at, &flagged) {
            put(buffer, area, 1, &[flag]);
        } else if matches!(row.kind, RowKind::Task(index, _) if !model.dangling_in(index).is_empty())
        {
            put(buffer, area, 1, &[(canvas.glyphs.found, Role::Danger)]);
        }
        draw_row(canvas, buffer, area, open_file, row);
    }
}

fn draw_row(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, open_file: &OpenFile, row: Row) {
    match row.kind {
        RowKind::Gap
        | RowKind::Heading(_)
        | RowKind::Source(_)
        | RowKind::Rest(_)
        | RowKind::Group
        | RowKind::File
        | RowKind::Title(..)
        | RowKind::Traced(..)
        | RowKind::Unfound
        | RowKind::Requirement(_) => {}
        RowKind::Phase(index, hides) => {
            let tasks = &open_file.tasks;
            let figures = Figures::of_phase(&tasks.items[tasks.below(index)]);
            draw_title(
                canvas,
                buffer,
                area,
                (&tasks.phases[index].title, hides),
                &figures,
            );
        }
        RowKind::FinishedPhases(count) => draw_finished_phases(canvas, buffer, area, count),
        RowKind::NotTasks => _ = put(buffer, area, 2, &[("Not tasks", Role::Dim)]),
        RowKind::Wave(index, hides) => {
            draw_wave(
                canvas,
                buffer,
                area,
                &open_file.grouping().groups[index],
                hides,
            );
        }
        RowKind::Task(index, hides) => {
            draw_task(
                canvas,
                buffer,
                area,
                &Line::of(canvas, open_file, index),
                hides,
            );
        }
        RowKind::Aside(index) => draw_aside(canvas, buffer, area, open_file, index),
        RowKind::AsideLine(_) => draw_aside_line(canvas, buffer, area, open_file, row.line),
        RowKind::Detail(index) => draw_detail(
            canvas,
            buffer,
            area,
            &Line::of(canvas, open_file, index),
            row.line,
        ),
    }
}

/// Draws the heading of a group: its figures where the references of tasks stand, or behind it
/// where those are not shown.
fn draw_wave(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, group: &Group, hides: usize) {
    let figures = Figures {
        done: group.done,
        total: group.total,
        ready: group.ready,
    };
    draw_title(canvas, buffer, area, (&group.title, hides), &figures);
}

/// How far the tasks are that stand below a heading.
struct Figures {
    done: usize,
    total: usize,
    ready: usize,
}

impl Figures {
    /// Counts the tasks of a phase as the progress of the whole list is counted.
    fn of_phase(items: &[Task]) -> Self {
        let counted = items.iter().filter(|item| item.counted);
        let is_done = |item: &&Task| item.state.marker().weight == Weight::Whole;
        Self {
            done: counted.clone().filter(is_done).count(),
            total: counted.count(),
            ready: 0,
        }
    }
}

/// Draws what is left of phases that are hidden because nothing in them is open.
fn draw_finished_phases(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, count: usize) {
    let words = if count == 1 {
        " section done"
    } else {
        " sections done"
    };
    let said = format!(" {count}{words}");
    let glyph = canvas.glyphs.state(State::Done);
    put(buffer, area, 3, &[(glyph, Role::Dim), (&said, Role::Dim)]);
}

/// Draws a heading and how many rows it hides, with the figures of what stands below it.
fn draw_title(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    (title, hides): (&str, usize),
    counts: &Figures,
) {
    let columns = usize::from(area.width);
    let references_at = references_at(canvas, area);
    let figures_role = if counts.done == counts.total {
        Role::Done
    } else {
        Role::Text
    };
    let figures = if counts.total == 0 {
        String::new()
    } else {
        format!("{}/{}", counts.done, counts.total)
    };
    let ready = if counts.ready > 0 {
        format!("  {} ready", counts.ready)
    } else {
        String::new()
    };
    let is_beside = references_at < columns;
    let folded = folded(canvas, hides);
    let beside = width(&figures) + width(&ready) + 3;
    let taken = width(&folded) + if is_beside { 1 } else { beside };
    let title = clean(title).into_owned();
    let title = cut_end(
        &title,
        references_at.saturating_sub(2 + taken).max(4),
        canvas.glyphs.cut,
    )
    .into_owned();
    let end = put(
        buffer,
        area,
        2,
        &[(&title, Role::Strong), (&folded, Role::Dim)],
    );
    let at = if is_beside { references_at } else { end + 2 };
    put(
        buffer,
        area,
        at,
        &[(&figures, figures_role), (&ready, Role::Accent)],
    );
}

/// A task on its row.
struct Line<'a> {
    open_file: &'a OpenFile,
    index: usize,
    task: &'a Task,
    /// The column of the glyph of its state.
    at: usize,
    /// Whether it is told apart as one that can be begun now.
    is_ready: bool,
    /// For how many days it is stale.
    stale: Option<i64>,
}

impl<'a> Line<'a> {
    fn of(canvas: &Canvas<'_>, open_file: &'a OpenFile, index: usize) -> Self {
        let task = &open_file.tasks.items[index];
        let is_by_waves = canvas
            .model
            .pane_state_of(canvas.pane)
            .is_some_and(|pane_state| open_file.is_by_waves(pane_state));
        let (depth, aside) = if is_by_waves {
            (open_file.grouping().depths[index], MARK)
        } else {
            (task.depth, 0)
        };
        let stale = if grows_stale(task) {
            canvas
                .model
                .shown()
                .and_then(|shown| canvas.model.stale_days(shown))
        } else {
            None
        };
        let at = usize::from(canvas.layout.margin()) + aside + 2 * depth.min(8);
        Self {
            open_file,
            index,
            task,
            at,
            is_ready: is_by_waves && open_file.grouping().ready[index],
            stale,
        }
    }

    /// Returns what stands at the end of the row: the age of stale work, then what the task names,
    /// as written; an id that does not exist has the mark of what was found behind it.
    fn draw_end(&self, canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, at: usize) {
        let age = self
            .stale
            .map(|days| format!("z {} ", age(days)))
            .unwrap_or_default();
        let room = (canvas.layout.references() - 1).saturating_sub(width(&age));
        let lost = canvas.model.dangling_in(self.index);
        let written = self.task.references(&self.open_file.text);
        let marked: Vec<String> = written
            .into_iter()
            .map(|id| {
                if lost.contains(&id) {
                    format!("{id}{}", canvas.glyphs.found)
                } else {
                    id
                }
            })
            .collect();
        let line = references(
            &foremost(marked, room, canvas.glyphs.found),
            room,
            canvas.glyphs.cut,
        );
        let role = |word: &str| {
            if word.trim_end().ends_with(canvas.glyphs.found) {
                Role::Danger
            } else {
                Role::Id
            }
        };
        let end = put(buffer, area, at, &[(&age, Role::Dim)]);
        let pieces: Vec<(&str, Role)> = line
            .split_inclusive(' ')
            .map(|word| (word, role(word)))
            .collect();
        put(buffer, area, end, &pieces);
    }
}

/// Puts what does not exist first where not all fits, for that must not be counted away.
fn foremost(mut marked: Vec<String>, room: usize, found: &str) -> Vec<String> {
    if width(&clean(&marked.join(" "))) > room {
        marked.sort_by_key(|id| !id.ends_with(found));
    }
    marked
}

/// Returns the column of references; the end of the row where there are none.
fn references_at(canvas: &Canvas<'_>, area: Rect) -> usize {
    usize::from(area.width).saturating_sub(canvas.layout.references())
}

fn draw_task(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, line: &Line<'_>, hides: usize) {
    let (task, references_at) = (line.task, references_at(canvas, area));
    if line.is_ready {
        put(
            buffer,
            area,
            usize::from(canvas.layout.margin()),
            &[(canvas.glyphs.ready, Role::Accent)],
        );
    }
    let at = put(
        buffer,
        area,
        line.at,
        &[
            (canvas.glyphs.state(task.state), state_role(task.state)),
            (" ", Role::Text),
        ],
    );
    let role = title_role(canvas, task);
    let at = put(buffer, area, at, &[(&number(canvas, task), role)]);
    let folded = folded(canvas, hides);
    let room = references_at.saturating_sub(at + 1 + width(&folded)).max(4);
    let title = clean(&title(line.open_file, task)).into_owned();
    put(
        buffer,
        area,
        at,
        &[
            (&cut_end(&title, room, canvas.glyphs.cut), role),
            (&folded, Role::Dim),
        ],
    );
    if references_at < usize::from(area.width) {
        line.draw_end(canvas, buffer, area, references_at);
    }
}

/// Returns the role of the words of a task: dim where a filter leaves it only for those below it.
fn title_role(canvas: &Canvas<'_>, task: &Task) -> Role {
    let pane_state = canvas.model.pane_state_of(canvas.pane);
    if pane_state.is_some_and(|pane_state| pane_state.is_around_matches(task.line)) {
        Role::Dim
    } else {
        Role::Text
    }
}

/// Returns the number with its star, in a field of fixed width; nothing for a task without number.
fn number(canvas: &Canvas<'_>, task: &Task) -> String {
    let star = if task.optional { "*" } else { "" };
    let Some(number) = &task.number else {
        return if task.optional {
            "* ".to_owned()
        } else {
            String::new()
        };
    };
    let field = if canvas.layout.width == Width::Tiny {
        0
    } else {
        NUMBER - 1
    };
    format!("{} ", pad(&format!("{number}{star}"), field))
}

/// Returns the title, with a marker that has no meaning here in front.
fn title<'a>(open_file: &OpenFile, task: &'a Task) -> Cow<'a, str> {
    let title = row_start(&task.title);
    if task.state == State::Other {
        return format!("[{}] {title}", open_file.text.lossy(task.marker)).into();
    }
    title.into()
}

/// Draws what belongs to no item: its box or nothing, its words, and how many lines it hides.
fn draw_aside(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    open_file: &OpenFile,
    index: usize,
) {
    let aside = &open_file.asides()[index];
    let hides = hidden_lines(canvas, open_file, aside);
    let lines = match (aside.kind, hides) {
        (_, 0) => String::new(),
        (AsideKind::Prose, _) => format!("{hides} lines"),
        (_, 1) => format!("  {}1 line", canvas.glyphs.closed),
        _ => format!("  {}{hides} lines", canvas.glyphs.closed),
    };
    let margin = usize::from(canvas.layout.margin());
    let mut at = if aside.is_heading() { 2 } else { margin };
    if let Some(state) = aside.state {
        at = put(
            buffer,
            area,
            at,
            &[(canvas.glyphs.state(state), Role::Dim), (" ", Role::Dim)],
        );
    }
    let named = aside.references(open_file);
    let end = references_at(canvas, area);
    let room = end.saturating_sub(at + 1 + width(&lines)).max(4);
    let is_folded_prose = aside.kind == AsideKind::Prose && hides > 0;
    let words = if is_folded_prose {
        ""
    } else {
        row_start(&aside.title)
    };
    let words = clean(words).into_owned();
    let words = cut_end(&words, room, canvas.glyphs.cut);
    put(
        buffer,
        area,
        at,
        &[(&words, Role::Dim), (&lines, Role::Dim)],
    );
    if end < usize::from(area.width) {
        let named = references(&named, canvas.layout.references() - 1, canvas.glyphs.cut);
        put(buffer, area, end, &[(&named, Role::Dim)]);
    }
}

/// Returns how many lines of what belongs to no item are not seen.
fn hidden_lines(canvas: &Canvas<'_>, open_file: &OpenFile, aside: &Aside) -> usize {
    let Some(pane_state) = canvas.model.pane_state_of(canvas.pane) else {
        return aside.hides(&aside.lines);
    };
    let lines = aside.lines_in(open_file, pane_state).unwrap_or_default();
    if pane_state.is_opened(aside.line) {
        return 0;
    }
    aside.hides(lines)
}

/// Draws a line of what belongs to no item and is opened.
fn draw_aside_line(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    open_file: &OpenFile,
    line: usize,
) {
    let (indent, words) = aside_words(open_file, line);
    let at = usize::from(canvas.layout.margin()) + 2 + indent.min(DEEPEST);
    let room = usize::from(area.width).saturating_sub(at + 1).max(4);
    let words = clean(row_start(&words)).into_owned();
    put(
        buffer,
        area,
        at,
        &[(&cut_end(&words, room, canvas.glyphs.cut), Role::Dim)],
    );
}

/// The furthest that a line of prose is drawn in, in columns.
const DEEPEST: usize = 16;

fn draw_detail(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    owner: &Line<'_>,
    line: usize,
) {
    let text = &owner.open_file.text;
    let text = text.lossy(text.lines()[line].content);
    let own = text.len() - text.trim_start().len();
    let inner = own.saturating_sub(owner.task.indent + 2);
    let at = owner.at + 2 + inner;
    let room = usize::from(area.width).saturating_sub(at + 1).max(4);
    let text = clean(row_start(text.trim())).into_owned();
    put(
        buffer,
        area,
        at,
        &[(&cut_end(&text, room, canvas.glyphs.cut), Role::Dim)],
    );
}
