//! The search: what is typed, the lines that hold it below the name of their spec, and what stands
//! around the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::finder::{draw_excerpt, draw_typed_line};
use super::line::{erase, put, put_end, row_of};
use super::theme::Role;
use crate::model::{FinderAreas, FoundIn, Mode, Search, SearchRow};
use crate::text::{Needle, clean, cut_end, cut_middle, pad, width};

/// The most columns for the place of a line.
const PLACE: usize = 22;
/// How many columns before the words are shown, where a line is longer than its row.
const BEFORE: usize = 24;

/// Draws the search over everything but the footer, if it is open.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Mode::Search(search) = &canvas.model.mode else {
        return;
    };
    let (columns, rows) = canvas.model.size;
    erase(buffer, Rect::new(0, 0, columns, rows.saturating_sub(1)));
    let areas = FinderAreas::of(canvas.model.size);
    let list = Rect {
        height: areas.list.height,
        ..areas.list
    };
    draw_typed_line(
        canvas,
        buffer,
        areas.prompt,
        &search.prompt,
        "search: ",
        &count(search),
    );
    draw_rows(canvas, buffer, list, search);
    if let Some(area) = areas.excerpt {
        let chosen = search.chosen();
        let title = chosen.map_or("", |line| search.found.specs[line.spec].0.as_str());
        draw_excerpt(canvas, buffer, area, &areas, title, search.excerpt.as_ref());
    }
}

/// Says how many lines were found, and in how many specs.
fn count(search: &Search) -> String {
    if search.found.needle.is_none() {
        return String::new();
    }
    let (lines, found) = (search.count(), &search.found);
    let word = if lines == 1 { "line" } else { "lines" };
    let specs = if found.searched == 1 { "spec" } else { "specs" };
    let shown = if lines > found.lines.len() {
        format!(", the first {} shown", found.lines.len())
    } else {
        String::new()
    };
    format!(
        "{lines} {word} in {} of {} {specs}{shown}",
        found.specs.len(),
        found.searched
    )
}

fn draw_rows(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, search: &Search) {
    let rows = search.rows();
    let shown = rows.iter().skip(search.top).take(usize::from(area.height));
    let lines = shown.clone().filter_map(|row| match row {
        SearchRow::Line(index) => Some(width(&place(&search.found.lines[*index]))),
        SearchRow::Spec(_) => None,
    });
    let field = lines.max().unwrap_or(0).min(PLACE);
    for (index, row) in shown.enumerate() {
        let Some(area) = row_of(area, index) else {
            break;
        };
        match *row {
            SearchRow::Spec(spec) => draw_spec(canvas, buffer, area, &search.found.specs[spec]),
            SearchRow::Line(line) => {
                if line == search.at {
                    put(buffer, area, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
                }
                let found = &search.found.lines[line];
                draw_line(
                    canvas,
                    buffer,
                    area,
                    found,
                    field,
                    search.found.needle.as_ref(),
                );
            }
        }
    }
    let words = match (&search.found.needle, rows.is_empty()) {
        (_, false) => return,
        _ if search.is_reading => "reading the specs",
        (None, true) => "type what to look for: every line of all specs is searched",
        (Some(_), true) => "no line has this",
    };
    put(buffer, area, 2, &[(words, Role::Dim)]);
}

/// Draws the name of a spec, and how many of its lines were found.
fn draw_spec(canvas: &Canvas<'_>, buffer: &mut Buffer, row: Rect, spec: &(String, usize)) {
    let (name, count) = (clean(&spec.0).into_owned(), spec.1.to_string());
    let room = usize::from(row.width).saturating_sub(count.len() + 5);
    let name = cut_middle(&name, room, canvas.glyphs.cut);
    let end = put(buffer, row, 2, &[(&name, Role::Strong)]);
    put_end(
        buffer,
        row,
        end + 2,
        &[(&count, Role::Dim), (" ", Role::Text)],
    );
}

/// Returns the file and the line of what was found, from 1.
fn place(found: &FoundIn) -> String {
    let name = found.path.file_name().unwrap_or_default().to_string_lossy();
    format!("{}:{}", clean(&name), found.line + 1)
}

/// Draws a line with the words lit; of one that is too long the part that holds them.
fn draw_line(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    row: Rect,
    found: &FoundIn,
    field: usize,
    needle: Option<&Needle>,
) {
    let place = place(found);
    let place = cut_middle(&place, field, canvas.glyphs.cut).into_owned();
    let at = put(buffer, row, 3, &[(&pad(&place, field), Role::Id)]) + 1;
    let room = usize::from(row.width).saturating_sub(at + 1);
    let text = clean(found.text.trim()).into_owned();
    let text = around(&text, room, needle, canvas.glyphs.cut);
    let shown = cut_end(&text, room, canvas.glyphs.cut);
    let mut pieces = Vec::new();
    let mut from = 0;
    for met in needle.into_iter().flat_map(|needle| needle.matches(&shown)) {
        pieces.push((&shown[from..met.start], Role::Text));
        pieces.push((&shown[met.clone()], Role::Mark));
        from = met.end;
    }
    pieces.push((&shown[from..], Role::Text));
    put(buffer, row, at, &pieces);
}

/// Returns the part of a text from a little before the words on, where these would be cut away.
fn around(text: &str, room: usize, needle: Option<&Needle>, mark: &str) -> String {
    let met = needle.and_then(|needle| needle.matches(text).next());
    let Some(met) = met.filter(|met| width(&text[..met.end]) > room) else {
        return text.to_owned();
    };
    let before = text[..met.start].char_indices().rev();
    let start = before
        .map(|(at, _)| at)
        .take_while(|at| width(&text[*at..met.start]) <= BEFORE.min(room / 3))
        .last();
    format!("{mark}{}", &text[start.unwrap_or(met.start)..])
}
