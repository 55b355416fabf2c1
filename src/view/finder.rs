//! The finder: what is typed, the matches with what they are and where they are from, and what stands
//! around the chosen one.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::Canvas;
use super::footer::draw_typed;
use super::line::{erase, put, put_end, row_of};
use super::theme::{Role, state_role};
use crate::model::{EntryKind, Excerpt, Finder, FinderAreas, FinderEntry, Mode, Prompt};
use crate::text::{clean, cut_end, cut_middle, pad, width, wrap};

/// The most columns for numbers.
const LABEL: usize = 8;
/// The most columns for the names of specs.
const FROM: usize = 24;

/// Draws the finder over everything but the footer, if it is open.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Mode::Finder(finder) = &canvas.model.mode else {
        return;
    };
    let (columns, rows) = canvas.model.size;
    erase(buffer, Rect::new(0, 0, columns, rows.saturating_sub(1)));
    let areas = FinderAreas::of(canvas.model.size);
    draw_prompt(canvas, buffer, areas.prompt, finder);
    draw_list(canvas, buffer, areas.list, finder);
    draw_legend(buffer, areas.legend, finder);
    if let Some(area) = areas.excerpt {
        let title = finder.chosen().map_or("", |entry| match entry.from() {
            "" => entry.words(),
            from => from,
        });
        draw_excerpt(canvas, buffer, area, &areas, title, finder.excerpt.as_ref());
    }
}

/// Draws what is typed, and how many entries it meets.
fn draw_prompt(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, finder: &Finder) {
    let mut count = format!("{} of {}", finder.matched(), finder.count());
    if finder.missing > 0 {
        count.push_str(", still reading");
    }
    draw_typed_line(canvas, buffer, area, &finder.prompt, "> ", &count);
}

/// Draws a line that is typed behind its sign, with a count at the end.
pub(super) fn draw_typed_line(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    prompt: &Prompt,
    sign: &str,
    count: &str,
) {
    let room = usize::from(area.width).saturating_sub(width(count) + 3);
    let typed = Rect {
        width: u16::try_from(room).unwrap_or(area.width),
        ..area
    };
    draw_typed(canvas, buffer, typed, prompt, sign);
    put_end(buffer, area, room, &[(count, Role::Dim), (" ", Role::Text)]);
}

fn draw_list(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, finder: &Finder) {
    let rows = usize::from(area.height);
    let shown: Vec<&FinderEntry> = finder.found().skip(finder.top).take(rows).collect();
    let widest = |of: fn(&FinderEntry) -> &str, most: usize| {
        let widths = shown.iter().map(|entry| width(&clean(of(entry))));
        widths.max().unwrap_or(0).min(most)
    };
    let columns = Columns {
        label: widest(FinderEntry::label, LABEL),
        from: widest(FinderEntry::from, FROM).min(usize::from(area.width) / 3),
    };
    for (index, entry) in shown.into_iter().enumerate() {
        let Some(row) = row_of(area, index) else {
            break;
        };
        if finder.top + index == finder.at {
            put(buffer, row, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
        }
        draw_entry(canvas, buffer, row, finder, entry, &columns);
    }
    if finder.matched() == 0 {
        let words = if finder.missing > 0 {
            "reading the specs"
        } else {
            "nothing has this in its name"
        };
        put(buffer, area, 2, &[(words, Role::Dim)]);
    }
}

/// The widths of the columns of the list.
struct Columns {
    label: usize,
    from: usize,
}

/// Draws an entry: its letter, its state, its number, its words, and the spec that it is from.
fn draw_entry(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    row: Rect,
    finder: &Finder,
    entry: &FinderEntry,
    columns: &Columns,
) {
    let (letter, _) = entry.kind.words();
    put(buffer, row, 2, &[(letter, Role::Dim)]);
    if let Some(state) = entry.state {
        let glyph = canvas.glyphs.state(state);
        put(buffer, row, 4, &[(glyph, state_role(state))]);
    }
    let met = finder.met(entry);
    let is_met = |index: usize| met.binary_search(&index).is_ok();
    let end = usize::from(row.width).saturating_sub(columns.from + 2);
    let label = pieces(entry.label(), Role::Id, 0, &is_met);
    put_pieces(buffer, row, 6, 6 + columns.label, &label);
    let at = if columns.label > 0 {
        6 + columns.label + 1
    } else {
        6
    };
    let before = entry.label().graphemes(true).count() + 1;
    let mut words = pieces(entry.words(), Role::Text, before, &is_met);
    cut_pieces(&mut words, end.saturating_sub(at + 1), canvas.glyphs.cut);
    put_pieces(buffer, row, at, end.saturating_sub(1), &words);
    let from = clean(entry.from()).into_owned();
    let from = cut_middle(&from, columns.from, canvas.glyphs.cut).into_owned();
    put(buffer, row, end, &[(&pad(&from, columns.from), Role::Dim)]);
}

/// A grapheme and how it is drawn.
type Piece<'a> = (Cow<'a, str>, Role);

/// Cuts text into pieces, of which those that are met are lit.
fn pieces<'a>(
    text: &'a str,
    role: Role,
    before: usize,
    is_met: &impl Fn(usize) -> bool,
) -> Vec<Piece<'a>> {
    let graphemes = text.graphemes(true).enumerate();
    graphemes
        .map(|(index, grapheme)| {
            let role = if is_met(before + index) {
                Role::Mark
            } else {
                role
            };
            (clean(grapheme), role)
        })
        .collect()
}

/// Cuts the end of pieces that need more than some columns, and says so with a mark.
fn cut_pieces<'a>(pieces: &mut Vec<Piece<'a>>, columns: usize, mark: &'a str) {
    let mut used = 0;
    let mut fitting = 0;
    for (text, _) in pieces.iter() {
        used += width(text);
        if used > columns {
            pieces.truncate(fitting);
            pieces.push((mark.into(), Role::Text));
            return;
        }
        fitting += usize::from(used < columns);
    }
}

/// Draws pieces from a column up to another one.
fn put_pieces(buffer: &mut Buffer, row: Rect, from: usize, to: usize, pieces: &[Piece<'_>]) {
    let area = Rect {
        width: u16::try_from(to).unwrap_or(row.width).min(row.width),
        ..row
    };
    let pieces: Vec<(&str, Role)> = pieces.iter().map(|(text, role)| (&**text, *role)).collect();
    put(buffer, area, from, &pieces);
}

/// Says what the letters mean, with the one that is narrowed to in brackets.
fn draw_legend(buffer: &mut Buffer, area: Rect, finder: &Finder) {
    let mut at = 1;
    for kind in EntryKind::ALL {
        let (letter, word) = kind.words();
        let is_chosen = finder.kind == Some(kind);
        let (open, close) = if is_chosen { ("[", "]") } else { ("", " ") };
        let role = if is_chosen { Role::Strong } else { Role::Dim };
        let columns = open.len() + letter.len() + 1 + word.len() + close.len();
        if at + columns > usize::from(area.width) {
            break;
        }
        let pieces = [
            (open, Role::Strong),
            (letter, Role::Accent),
            (" ", Role::Text),
            (word, role),
            (close, Role::Strong),
        ];
        at = put(buffer, area, at, &pieces) + 1;
    }
}

/// Draws what stands around the chosen entry, behind a rule or below a line.
pub(super) fn draw_excerpt(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    areas: &FinderAreas,
    title: &str,
    excerpt: Option<&Excerpt>,
) {
    let is_beside = area.y == areas.list.y;
    if is_beside {
        for row in 0..usize::from(area.height) {
            let rule = Rect {
                x: area.x - 1,
                width: 1,
                ..area
            };
            let rule = row_of(rule, row).unwrap_or(rule);
            put(buffer, rule, 0, &[(canvas.glyphs.rule, Role::Dim)]);
        }
    }
    let head = row_of(area, 0).unwrap_or(area);
    let at = if is_beside {
        1
    } else {
        put(buffer, head, 1, &[(canvas.glyphs.line, Role::Dim)]) + 1
    };
    let room = usize::from(head.width).saturating_sub(at + 2);
    let title = clean(title).into_owned();
    let title = cut_end(&title, room, canvas.glyphs.cut);
    put(buffer, head, at, &[(&title, Role::Strong)]);
    let Some((path, line)) = canvas.model.finder_place() else {
        return;
    };
    if let Some(excerpt) = excerpt.filter(|excerpt| excerpt.is_of(&path, line)) {
        draw_lines(canvas, buffer, area, excerpt);
    }
}

/// Draws the lines of the excerpt, wrapped, with the cursor at the line of the entry.
fn draw_lines(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, excerpt: &Excerpt) {
    let line = excerpt.line;
    let mut y = 1;
    // Where there are few rows the place itself is to be seen.
    let skipped = (line - excerpt.first.min(line)).saturating_sub(usize::from(area.height) / 2);
    for (index, text) in excerpt.lines.iter().enumerate().skip(skipped) {
        let columns = usize::from(area.width).saturating_sub(3).max(1);
        let role = if text.starts_with('#') {
            Role::Strong
        } else {
            Role::Text
        };
        for (part, row_text) in wrap(text, columns).into_iter().enumerate() {
            let Some(row) = row_of(area, y) else {
                return;
            };
            if part == 0 && excerpt.first + index == line {
                put(buffer, row, 0, &[(canvas.glyphs.resting, Role::Accent)]);
            }
            put(buffer, row, 2, &[(row_text, role)]);
            y += 1;
        }
    }
}
