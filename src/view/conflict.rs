//! A conflict: what stood there before, what was typed and what stands on disk, side by side, or
//! below each other where the screen is narrow.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::line::{erase, put, put_end, row_of};
use super::theme::Role;
use crate::model::{Dispute, Fate, Mode, Sides, Width};
use crate::text::{clean, wrap_ranges};

/// Draws the conflict that is being decided over everything but the footer.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let Mode::Conflict(dispute) = &canvas.model.mode else {
        return;
    };
    let (columns, rows) = canvas.model.size;
    let area = Rect::new(0, 0, columns, rows.saturating_sub(1));
    erase(buffer, area);
    draw_head(buffer, area, dispute);
    let Some(sides) = dispute.sides() else {
        return;
    };
    let below = draw_before(buffer, area, &sides);
    let rest = Rect {
        y: area.y + below,
        height: area.height.saturating_sub(below),
        ..area
    };
    let shown = if canvas.layout.width >= Width::Wide {
        draw_beside(canvas, buffer, rest, (&sides, &heads(dispute)))
    } else {
        draw_below(buffer, rest, (&sides, &heads(dispute)))
    };
    draw_keys(buffer, rest, shown + 1, dispute);
}

/// Says where the conflict is, and that nothing is written yet.
fn draw_head(buffer: &mut Buffer, area: Rect, dispute: &Dispute) {
    let place = place_words(dispute);
    let pieces = [
        ("CONFLICT", Role::Danger),
        ("  ", Role::Text),
        (place.as_str(), Role::Strong),
    ];
    let end = put(buffer, area, 1, &pieces);
    let line = row_of(area, 0).unwrap_or(area);
    put_end(
        buffer,
        line,
        end + 2,
        &[("nothing is written yet ", Role::Dim)],
    );
    let (at, all) = dispute.progress();
    let others = match dispute.merged_lines() {
        0 => String::new(),
        1 => " · 1 other change on disk was merged".to_owned(),
        count => format!(" · {count} other changes on disk were merged"),
    };
    let word = if all == 1 { "place" } else { "places" };
    if let Some(row) = row_of(area, 1) {
        let words = format!("{} of {all} {word}{others}", at + 1);
        let end = put(buffer, row, 1, &[(&words, Role::Text)]);
        let words = fate_words(dispute);
        put(buffer, row, end, &[(&words, Role::Danger)]);
    }
}

/// Returns the heads of both sides, behind their keys: what was typed, or what a step brings back,
/// and what stands on disk.
fn heads(dispute: &Dispute) -> [String; 2] {
    let Some(count) = dispute.lost_lines() else {
        return ["  yours".to_owned(), "  on disk".to_owned()];
    };
    let word = if count == 1 { "line" } else { "lines" };
    [
        format!("  yours: the whole document, {count} {word}, with this edit"),
        "  on disk: the document stays away, your edit is dropped".to_owned(),
    ]
}

/// Says what became on disk of what is in dispute, and where yours would stand.
fn fate_words(dispute: &Dispute) -> String {
    if dispute.lost_lines().is_some() {
        return " · deleted on disk, or emptied; h writes the whole document again".to_owned();
    }
    match dispute.fate() {
        None => String::new(),
        Some(Fate::Gone) => {
            " · deleted on disk; h puts it back after the item before it".to_owned()
        }
        Some(Fate::Moved(line)) => {
            format!(
                " · moved to line {} on disk; h puts yours where it was",
                line + 1
            )
        }
    }
}

/// Returns the spec and the file, as text that may be drawn.
fn place_words(dispute: &Dispute) -> String {
    let Some((feature, file)) = dispute.place() else {
        return String::new();
    };
    let name = file.path.file_name().unwrap_or_default();
    let feature = feature.file_name().unwrap_or_default();
    let place = format!("{}/{}", feature.to_string_lossy(), name.to_string_lossy());
    clean(&place).into_owned()
}

/// Draws what stood there before. Returns the rows that are taken, with a blank one behind.
fn draw_before(buffer: &mut Buffer, area: Rect, sides: &Sides) -> u16 {
    let from = 3;
    let head = format!("before, line {}", sides.line + 1);
    let most = usize::from(area.height / 3).max(1);
    let shown = draw_lines(
        buffer,
        area,
        (from, most),
        &[(&head, Role::Dim)],
        &sides.before,
        &sides.before,
    );
    u16::try_from(from + shown + 1).unwrap_or(area.height)
}

/// Draws both sides beside each other. Returns the rows that are taken.
fn draw_beside(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    (sides, heads): (&Sides, &[String; 2]),
) -> usize {
    let half = area.width / 2;
    let left = Rect {
        width: half,
        ..area
    };
    let right = Rect {
        x: area.x + half,
        width: area.width - half,
        ..area
    };
    let inner = Rect {
        x: right.x + 1,
        width: right.width.saturating_sub(1),
        ..right
    };
    let rows = (0, usize::from(area.height));
    let ours = draw_side(buffer, left, rows, ("h", &heads[0], &sides.ours), sides);
    let theirs = draw_side(buffer, inner, rows, ("l", &heads[1], &sides.theirs), sides);
    for index in 0..ours.max(theirs) {
        if let Some(row) = row_of(right, index) {
            put(buffer, row, 0, &[(canvas.glyphs.rule, Role::Dim)]);
        }
    }
    ours.max(theirs)
}

/// Draws both sides below each other. Returns the rows that are taken.
fn draw_below(buffer: &mut Buffer, area: Rect, (sides, heads): (&Sides, &[String; 2])) -> usize {
    let half = usize::from(area.height) / 2;
    let shown = draw_side(
        buffer,
        area,
        (0, half),
        ("h", &heads[0], &sides.ours),
        sides,
    );
    let from = shown + 1;
    let rows = (from, usize::from(area.height).saturating_sub(from));
    from + draw_side(buffer, area, rows, ("l", &heads[1], &sides.theirs), sides)
}

/// Draws one side, with the words that it changed standing out.
fn draw_side(
    buffer: &mut Buffer,
    area: Rect,
    rows: (usize, usize),
    (key, head, lines): (&str, &str, &[String]),
    sides: &Sides,
) -> usize {
    let head = [(key, Role::Accent), (head, Role::Strong)];
    draw_lines(buffer, area, rows, &head, lines, &sides.before)
}

/// Names the keys of what is no side, where there is room below the sides.
fn draw_keys(buffer: &mut Buffer, area: Rect, at: usize, dispute: &Dispute) {
    let pieces = [
        ("+", Role::Accent),
        ("  both, yours first   ", Role::Text),
        ("e", Role::Accent),
        ("  edit both   ", Role::Text),
        ("esc", Role::Accent),
        ("  decide later", Role::Text),
    ];
    let of_lost = [pieces[2], ("  edit the whole document   ", Role::Text)];
    let of_lost = [&of_lost, &pieces[4..]].concat();
    let pieces = match dispute.lost_lines() {
        Some(_) => &of_lost[..],
        None => &pieces,
    };
    if let Some(row) = row_of(area, at) {
        put(buffer, row, 1, pieces);
    }
}

/// Returns the part of a line that differs from the line before: what stands between what both begin
/// with and what both end with.
pub(super) fn changed_part(before: &str, line: &str) -> Range<usize> {
    let pairs = before.chars().zip(line.chars());
    let same = pairs.take_while(|(one, other)| one == other);
    let start: usize = same.map(|(char, _)| char.len_utf8()).sum();
    let (before, rest) = (&before[start..], &line[start..]);
    let pairs = before.chars().rev().zip(rest.chars().rev());
    let same = pairs.take_while(|(one, other)| one == other);
    let end: usize = same.map(|(char, _)| char.len_utf8()).sum();
    start..line.len() - end
}

/// Cuts a part of a line into what is as before, what changed, and what is as before again.
fn pieces_of<'a>(
    line: &'a str,
    part: Range<usize>,
    changed: &Range<usize>,
    role: Role,
) -> [(&'a str, Role); 3] {
    let from = changed.start.clamp(part.start, part.end);
    let to = changed.end.clamp(from, part.end);
    [
        (&line[part.start..from], role),
        (&line[from..to], Role::Strong),
        (&line[to..part.end], role),
    ]
}

/// Draws a head and wrapped lines below it, on at most `most` rows from the row `from` on. Returns
/// how many rows were drawn.
fn draw_lines(
    buffer: &mut Buffer,
    area: Rect,
    (from, most): (usize, usize),
    head: &[(&str, Role)],
    lines: &[String],
    before: &[String],
) -> usize {
    let columns = usize::from(area.width).saturating_sub(4).max(8);
    let nothing = ["(nothing)".to_owned()];
    let (lines, role) = if lines.is_empty() {
        (&nothing[..], Role::Dim)
    } else {
        (lines, Role::Text)
    };
    if let Some(row) = row_of(area, from) {
        put(buffer, row, 1, head);
    }
    let mut count = 1;
    for (index, line) in lines.iter().enumerate() {
        let cleaned = clean(line).into_owned();
        let other = before.get(index).map(|line| clean(line));
        let changed = other.map_or(0..0, |other| changed_part(&other, &cleaned));
        for part in wrap_ranges(&cleaned, columns) {
            let Some(row) = row_of(area, from + count) else {
                return count;
            };
            if count >= most {
                return count;
            }
            let left = lines.len() - index;
            if count + 1 == most && left > 1 {
                let words = format!("… {left} more lines");
                put(buffer, row, 3, &[(&words, Role::Dim)]);
                return most;
            }
            put(buffer, row, 3, &pieces_of(&cleaned, part, &changed, role));
            count += 1;
        }
    }
    count
}
