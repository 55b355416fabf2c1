//! The kanban over real task lists, at all widths.

use std::path::{Path, PathBuf};

use super::desk::Desk;
use crate::corpus::repositories;
use specboard::markdown::State;
use specboard::model::{Column, ColumnRow, Message, Strip, rank, strips};
use specboard::spec::workspace::Workspace;
use specboard::store::find_roots;

/// Reads the task lists of a repository by the names of their specs.
fn lists(folder: &Path) -> Vec<(String, String)> {
    let Ok(roots) = find_roots(folder, &[]) else {
        return Vec::new();
    };
    let workspace = Workspace::scan(roots);
    let read = |path: &Path| {
        std::fs::read(path)
            .ok()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let list = |feature: &specboard::spec::feature::Feature| {
        Some((feature.name().to_owned(), read(&feature.task_file()?.path)?))
    };
    workspace.features.iter().filter_map(list).collect()
}

/// Returns the folders of the repositories with task lists, and these.
fn repositories_with_lists() -> impl Iterator<Item = (PathBuf, Vec<(String, String)>)> {
    let with_lists = repositories().into_iter().map(|folder| {
        let lists = lists(&folder);
        (folder, lists)
    });
    with_lists.filter(|(_, lists)| !lists.is_empty())
}

fn borrowed(lists: &[(String, String)]) -> Vec<(&str, &str)> {
    let lists = lists.iter();
    lists
        .map(|(name, source)| (name.as_str(), source.as_str()))
        .collect()
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn real_task_lists_are_drawn_and_walked_at_every_width() {
    let mut width = 20;
    for (folder, lists) in repositories_with_lists() {
        let features = borrowed(&lists);
        let mut desk = Desk::new(&features, (width, 24));
        for keys in [
            "b", "G", "l G", "b", "h h G", "ctrl-u", "t", ".", "m l", "esc", "b", "t . t", "q",
        ] {
            desk.press(keys).screen();
        }
        assert!(desk.writes().is_empty(), "{}", folder.display());
        width = if width >= 240 { 20 } else { width + 7 };
    }
}

/// Counts the cells of the kanban that are blank or finished cards while open cards are off the
/// screen: blank rows in a column with such cards, columns that are empty, and all of what is done.
/// The end of a line behind a short title and the rows below a short column with open cards are no
/// room for the cards of another column.
fn wasted_cells(desk: &Desk) -> usize {
    let (columns, buffer) = (desk.model.columns(), desk.buffer());
    let cursor = desk.board().cursor();
    let height = desk.model.layout().reach();
    let strips = strips(&columns, cursor.first, desk.model.size.0);
    let hidden = |column: &Column<'_>| {
        let is_shown = strips
            .iter()
            .any(|strip| columns[strip.column].state == column.state);
        let rows = column.rows_on_screen(cursor.tops[rank(column.state)], height);
        let cards = rows
            .iter()
            .filter(|row| matches!(row, ColumnRow::Card(_)))
            .count();
        let is_open = column.state != State::Done && !column.is_folded;
        let shown = if is_shown { cards } else { 0 };
        if is_open {
            column.slots.len() - shown
        } else {
            0
        }
    };
    if columns.iter().map(&hidden).sum::<usize>() == 0 {
        return 0;
    }
    let wasted = |strip: &Strip| {
        let column = &columns[strip.column];
        let cells = usize::from(strip.width);
        let is_blank = |y: usize| {
            let y = u16::try_from(y).unwrap();
            (strip.x..strip.x + strip.width - 1).all(|x| buffer[(x, y)].symbol() == " ")
        };
        let blank = (2..2 + height).filter(|y| is_blank(*y)).count();
        match column {
            column if column.is_folded || column.slots.is_empty() => {
                let title = column.state.marker().title.len() + 6;
                cells.saturating_sub(title) * height
            }
            column if column.state == State::Done => cells * height,
            column if hidden(column) > 0 => cells * blank,
            _ => 0,
        }
    };
    strips.iter().map(wasted).sum()
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn no_cell_is_blank_or_finished_while_open_cards_are_off_the_screen() {
    let mut with_done = 0;
    for (folder, lists) in repositories_with_lists() {
        let features = borrowed(&lists);
        for size in [(120, 36), (80, 24)] {
            let mut desk = Desk::new(&features, size);
            desk.press("b b").tell(Message::Rested);
            assert_eq!(
                wasted_cells(&desk),
                0,
                "{}\n{}",
                folder.display(),
                desk.screen()
            );
            let columns = desk.model.columns();
            let open = columns.iter().filter(|column| column.is_open()).count();
            let first = desk.board().cursor().first;
            let shown = strips(&columns, first, size.0);
            let is_open = |strip: &&Strip| columns[strip.column].is_open();
            assert_eq!(
                shown.iter().filter(is_open).count(),
                open,
                "{}",
                folder.display()
            );
            with_done += wasted_cells(desk.press("."));
        }
    }
    assert!(
        with_done > 0,
        "what is done is seen by the measure once it is unfolded"
    );
}
