//! Walks through the panes of real specs: every place, at many widths, and what must hold on every
//! screen.

use crate::corpus::repositories;
use crate::harness::{check_screen, opened};

use specboard::command::parse_keys;
use specboard::model::{Focus, Message, Model, PaneState};
use specboard::runtime::{Start, fulfil, read_all};
use specboard::store::{Root, find_roots};
use specboard::update::update;

/// The widths at which the corpus is walked.
const WIDTHS: [u16; 11] = [20, 33, 40, 50, 60, 80, 100, 120, 160, 200, 240];

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn some_panes_of_real_specs_at_some_widths() {
    walk_corpus(401, 4);
}

#[test]
#[ignore = "takes minutes"]
fn every_pane_of_every_real_spec_at_every_width() {
    walk_corpus(1, 1);
}

/// Walks through every `specs`th spec of the corpus, at every `widths`th width.
fn walk_corpus(specs: usize, widths: usize) {
    let folders = repositories();
    let mut seen = 0;
    for roots in folders
        .iter()
        .filter_map(|folder| find_roots(folder, std::slice::from_ref(folder)).ok())
    {
        let count = start_at(&roots).specs.len();
        for index in (0..count).filter(|index| (seen + index) % specs == 0) {
            walk_spec(&roots, index, widths);
        }
        seen += count;
    }
    assert!(seen > 0, "the corpus holds no spec");
}

fn start_at(roots: &[Root]) -> Model {
    Start {
        roots: roots.to_vec(),
        ..Start::default()
    }
    .model((80, 24))
}

/// Walks through the panes of one spec.
fn walk_spec(roots: &[Root], index: usize, widths: usize) {
    let mut model = start_at(roots);
    let feature = model.specs.feature(index).clone();
    let read = opened(&mut model, read_all(&feature));
    update(&mut model, read);
    for key in ["1", "2", "3", "4"] {
        press(&mut model, key);
        for (step, columns) in WIDTHS
            .into_iter()
            .enumerate()
            .filter(|(step, _)| step % widths == 0)
        {
            let rows = if step % 2 == 0 { 24 } else { 10 };
            update(&mut model, Message::Resized(columns, rows));
            walk_pane(
                &mut model,
                &format!("{} {key} {columns}x{rows}", feature.folder.path.display()),
            );
        }
    }
    walk_files(&mut model, roots, widths);
}

/// Walks through the list of files, and through each of them that is open in its place.
fn walk_files(model: &mut Model, roots: &[Root], widths: usize) {
    press_and_read(model, "5", roots);
    let files = model.file_list().map_or(0, |list| list.files.len());
    for (step, columns) in WIDTHS
        .into_iter()
        .enumerate()
        .filter(|(step, _)| step % widths == 0)
    {
        update(
            model,
            Message::Resized(columns, if step % 2 == 0 { 24 } else { 10 }),
        );
        walk_pane(
            model,
            &format!("{:?} files at {columns}", model.open_files.feature),
        );
        for index in (step % 3..files).step_by(1 + files / 3) {
            press_and_read(model, &format!("g g {} enter", "j ".repeat(index)), roots);
            assert!(model.shown_file().is_some());
            walk_pane(model, &format!("{:?} at {columns}", model.files.open));
            press_and_read(model, "q", roots);
        }
    }
}

/// Presses keys, and reads what is ordered for the Files pane.
fn press_and_read(model: &mut Model, keys: &str, roots: &[Root]) {
    for key in parse_keys(keys) {
        let orders = update(model, Message::Pressed(key));
        let messages = orders.iter().flat_map(|order| fulfil(order, roots));
        messages.for_each(|message| drop(update(model, message)));
    }
}

/// Moves the cursor over all places of a small document, and in steps over those of a large one.
fn walk_pane(model: &mut Model, place: &str) {
    press(model, "g g");
    let pane_states = model.rows().iter().filter(|row| row.is_place()).count();
    for step in 0..pane_states {
        if pane_states < 60 || step % (pane_states / 12) == 0 {
            check_screen(model, place);
        }
        press(model, "j");
    }
    let last = model.pane_state().map(PaneState::key);
    for keys in [
        "G", "ctrl-u", "z l", "z z", "] ]", "[ [", "h", "h", "z m", "ctrl-d", "l", "z r", "z h",
        "t", "] o", "[ o", "z d", "h", "z r", "j", "ctrl-d", "t", ".", "g g", ".",
    ] {
        press(model, keys);
        // From a task at the top, h leads to the list.
        model.focus = Focus::Content;
        check_screen(model, place);
        if keys == "G" {
            assert_eq!(
                model.pane_state().map(PaneState::key),
                last,
                "{place}: j leads not to the end"
            );
        }
    }
}

fn press(model: &mut Model, keys: &str) {
    for key in parse_keys(keys) {
        update(model, Message::Pressed(key));
    }
}
