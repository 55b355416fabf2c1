//! The list of files beside the documents: name, size where there is room for it, and what is known
//! of each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Canvas;
use super::super::line::{put, row_of};
use super::super::theme::{Role, state_role};
use super::{draw_cursor, missing};
use crate::markdown::State;
use crate::model::{Row, RowKind, Width};
use crate::spec::Approval;
use crate::spec::files::{Fact, FileGroup, OtherFile};
use crate::store::DocumentKind;
use crate::text::{clean, cut_end, cut_middle, width};

/// Columns for a size.
const SIZE: usize = 8;
/// Columns between two fields.
const GAP: usize = 2;
/// Columns before a name, below the heading of its group.
const INDENT: usize = 2;
/// What stands before how far documents are.
const APPROVED: &str = "approved  ";
/// The narrowest that a name is cut to.
const SHORTEST_NAME: usize = 4;

/// Draws the rows that are on the screen, or says that there are none.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (Some(list), Some(pane_state)) = (
        canvas.model.file_list(),
        canvas.model.pane_state_of(canvas.pane),
    ) else {
        return;
    };
    if list.files.is_empty() {
        return missing::draw_words(
            canvas,
            buffer,
            &["This spec has no other files, and there are no steering documents.".to_owned()],
        );
    }
    let fields = Fields::of(canvas, &list.files);
    for (index, row) in canvas
        .model
        .rows_of(canvas.pane)
        .iter()
        .copied()
        .skip(pane_state.top)
        .enumerate()
    {
        let Some(area) = row_of(canvas.layout.body, index) else {
            break;
        };
        if pane_state.is_at(row) {
            draw_cursor(canvas, buffer, area);
        }
        if row.kind == RowKind::File && pane_state.unread.contains(&row.line) {
            put(buffer, area, 1, &[(canvas.glyphs.unread, Role::Mark)]);
        }
        draw_row(canvas, buffer, area, &fields, row, &list.files[row.line]);
    }
}

/// The columns at which the fields of a row begin.
struct Fields {
    name: usize,
    size: usize,
    facts: usize,
}

impl Fields {
    /// Returns the field of names as much room as the longest one needs, as far as there is room.
    fn of(canvas: &Canvas<'_>, files: &[OtherFile]) -> Self {
        let columns = usize::from(canvas.layout.body.width);
        let name = usize::from(canvas.layout.margin()) + INDENT;
        let longest = files
            .iter()
            .map(|file| width(&clean(&file.name)))
            .max()
            .unwrap_or(0);
        let size = name
            + longest
                .min((columns / 2).saturating_sub(name))
                .max(SHORTEST_NAME)
            + GAP;
        let facts = if canvas.layout.width >= Width::Normal {
            size + SIZE + GAP
        } else {
            size
        };
        Self { name, size, facts }
    }

    fn has_sizes(&self) -> bool {
        self.facts > self.size
    }
}

fn draw_row(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    fields: &Fields,
    row: Row,
    file: &OtherFile,
) {
    match row.kind {
        RowKind::Group => {
            put(
                buffer,
                area,
                usize::from(canvas.layout.margin()),
                &[(title(file.group), Role::Strong)],
            );
        }
        RowKind::File => draw_file(canvas, buffer, area, fields, file),
        RowKind::Rest(part) => draw_fact(canvas, buffer, area, fields, file.facts.get(part)),
        _ => {}
    }
}

fn title(group: FileGroup) -> &'static str {
    match group {
        FileGroup::Spec => "Files of this spec",
        FileGroup::Steering => "Steering",
    }
}

fn draw_file(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    fields: &Fields,
    file: &OtherFile,
) {
    let name = clean(&file.name);
    put(
        buffer,
        area,
        fields.name,
        &[(
            &cut_middle(&name, fields.size - GAP - fields.name, canvas.glyphs.cut),
            Role::Text,
        )],
    );
    if let Some(version) = file.version
        && fields.has_sizes()
    {
        put(
            buffer,
            area,
            fields.size,
            &[(&size(version.size()), Role::Dim)],
        );
    }
    draw_fact(canvas, buffer, area, fields, file.facts.first());
}

/// Returns a size in at most [`SIZE`] columns.
fn size(bytes: u64) -> String {
    let mut size = bytes;
    let mut tenths = 0;
    for unit in ["B", "KiB", "MiB", "GiB", "TiB"] {
        if size < 1024 {
            let small = if unit != "B" && size < 10 {
                format!(".{tenths}")
            } else {
                String::new()
            };
            return format!("{size}{small} {unit}");
        }
        tenths = size % 1024 * 10 / 1024;
        size /= 1024;
    }
    format!("{size} PiB")
}

fn draw_fact(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    fields: &Fields,
    fact: Option<&Fact>,
) {
    let room = usize::from(area.width).saturating_sub(fields.facts + 1);
    let mut say = |text: &str, role| {
        let cleaned = clean(text);
        let cut = cut_end(&cleaned, room, canvas.glyphs.cut);
        put(buffer, area, fields.facts, &[(&cut, role)]);
    };
    match fact {
        None => {}
        Some(Fact::Words(words)) => say(&words.join(canvas.glyphs.between), Role::Dim),
        Some(Fact::Failed(reason)) => say(reason, Role::Danger),
        Some(Fact::Approvals(approvals)) => {
            draw_approvals(canvas, buffer, area, fields.facts, approvals);
        }
    }
}

/// Draws how far documents are with the glyphs of tasks: written is in progress, approved is done.
/// Where there is no room for words, letters do.
fn draw_approvals(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    at: usize,
    approvals: &[(DocumentKind, Approval)],
) {
    let words = pieces(canvas, approvals, DocumentKind::word);
    let letters = pieces(canvas, approvals, letter);
    let wide: usize = words.iter().map(|(text, _)| width(text)).sum();
    if at + APPROVED.len() + wide < usize::from(area.width) {
        let at = put(buffer, area, at, &[(APPROVED, Role::Dim)]);
        put(buffer, area, at, &words);
    } else {
        put(buffer, area, at, &letters);
    }
}

fn pieces(
    canvas: &Canvas<'_>,
    approvals: &[(DocumentKind, Approval)],
    name: fn(DocumentKind) -> &'static str,
) -> Vec<(&'static str, Role)> {
    let piece = |(kind, approval): &(DocumentKind, Approval)| {
        let state = match approval {
            Approval { approved: true, .. } => State::Done,
            Approval {
                generated: true, ..
            } => State::Doing,
            _ => State::Todo,
        };
        [
            (canvas.glyphs.state(state), state_role(state)),
            (" ", Role::Text),
            (name(*kind), Role::Dim),
            ("  ", Role::Text),
        ]
    };
    approvals.iter().flat_map(piece).collect()
}

fn letter(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Requirements => "R",
        DocumentKind::Design => "D",
        DocumentKind::Tasks => "T",
        _ => kind.word(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, expected) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1536, "1.5 KiB"),
            (10 * 1024 - 1, "9.9 KiB"),
            (10 * 1024, "10 KiB"),
            (100 << 20, "100 MiB"),
            ((1 << 50) - 1, "1023 TiB"),
            (u64::MAX, "16383 PiB"),
        ] {
            assert_eq!(size(bytes), expected);
        }
    }
}
