//! Answers that come late: the open spec is gone for a moment, another was asked for meanwhile.
//!
//! What the board orders is carried out in the order that a test says, as by threads that are slow.

use specboard::model::{BoardScope, Effect, Job, Message};
use specboard::update::update;

use crate::harness::{Board, Workspace};

const PLAN: &str = "- [x] 1. First\n- [ ] 2. Second\n- [ ] 3. Third\n";

/// A workspace of which the first spec is open, with the cursor on its second task.
fn board() -> (Workspace, Board) {
    let workspace = Workspace::new(&[
        ("a/tasks.md", PLAN),
        (
            "b/requirements.md",
            "### Requirement 1: B\n1. THE S SHALL b\n",
        ),
        (
            "b/tasks.md",
            "- [x] 1. Only _Requirements: 1.1_\n- [x] 2. More\n",
        ),
        ("c/tasks.md", "- [ ] 1. Last\n"),
    ]);
    let mut board = Board::start(&workspace, (100, 30));
    board.keys("tab g g enter 3 g g j l");
    assert_eq!(pane_state(&board), ("a".to_owned(), 2));
    (workspace, board)
}

/// Returns the open spec and the line of the cursor, from 1.
fn pane_state(board: &Board) -> (String, usize) {
    let name = board
        .model
        .shown_feature()
        .map(|feature| feature.name().to_owned());
    let line = board
        .model
        .pane_state()
        .map_or(0, |pane_state| pane_state.cursor.line + 1);
    (name.unwrap_or_default(), line)
}

/// Returns the figures of all specs.
fn figures(board: &Board) -> Vec<Option<(usize, usize)>> {
    let progress = board
        .model
        .specs
        .summaries()
        .iter()
        .map(|summary| summary.progress);
    progress
        .map(|progress| progress.map(|progress| (progress.done, progress.total)))
        .collect()
}

const FIGURES: [Option<(usize, usize)>; 3] = [Some((1, 3)), Some((2, 2)), Some((0, 1))];

/// Says that something changed, and has the list of specs read. Returns what is ordered after that.
fn relist(board: &mut Board) -> Vec<Effect> {
    let orders = update(&mut board.model, Message::Changed(Vec::new()));
    let is_list = |order: &Effect| matches!(order, Effect::Ask(_, Job::List));
    let (lists, mut held): (Vec<Effect>, Vec<Effect>) = orders.into_iter().partition(is_list);
    for list in lists {
        let roots = board.model.specs.workspace().roots.clone();
        for message in specboard::runtime::fulfil(&list, &roots) {
            held.extend(update(&mut board.model, message));
        }
    }
    held
}

fn remove(workspace: &Workspace) {
    std::fs::remove_dir_all(workspace.specs().join("a")).unwrap();
}

#[test]
fn a_spec_that_comes_back_before_its_neighbour_was_read_is_open_again() {
    for is_late_first in [true, false] {
        let (workspace, mut board) = board();
        remove(&workspace);
        let late = relist(&mut board);
        workspace.write("a/tasks.md", PLAN);
        let wanted = relist(&mut board);
        let (first, second) = if is_late_first {
            (late, wanted)
        } else {
            (wanted, late)
        };
        board.perform(first);
        board.perform(second);
        assert_eq!(pane_state(&board), ("a".to_owned(), 2), "{is_late_first}");
        assert_eq!(figures(&board), FIGURES, "{is_late_first}");
        assert_eq!(board.model.lost, None);
    }
}

#[test]
fn a_neighbour_that_was_open_meanwhile_keeps_its_documents_figures_and_cards() {
    let (workspace, mut board) = board();
    board.keys("b b");
    assert_eq!(board.model.board.cards.len(), 3);
    remove(&workspace);
    board.changed(&workspace, &[]);
    assert_eq!(
        (pane_state(&board).0.as_str(), board.model.board.cards.len()),
        ("b", 2)
    );
    workspace.write("a/tasks.md", PLAN);
    board.changed(&workspace, &[]);
    assert_eq!(pane_state(&board), ("a".to_owned(), 2));
    assert_eq!(figures(&board), FIGURES);
    assert_eq!(board.model.board.scope, Some(BoardScope::All));
    assert_eq!(board.model.board.cards.len(), 3);
    board.keys("q tab j enter 3");
    assert_eq!(pane_state(&board).0, "b");
    assert!(board.screen().contains("Only"), "{}", board.screen());
    assert!(
        board.keys("1").screen().contains("THE S SHALL b"),
        "{}",
        board.screen()
    );
}

#[test]
fn what_was_read_of_the_spec_before_does_not_take_the_place_of_the_next() {
    let (workspace, mut board) = board();
    workspace.write("a/tasks.md", PLAN.replace("[ ] 2", "[x] 2"));
    let path = workspace.specs().join("a/tasks.md");
    let late = update(&mut board.model, Message::Changed(vec![path]));
    board.keys("tab j enter");
    assert_eq!(pane_state(&board).0, "b");
    board.perform(late);
    assert_eq!(pane_state(&board).0, "b");
    assert!(board.screen().contains("Only"), "{}", board.screen());
}

#[test]
fn a_spec_that_changes_while_it_is_being_opened_is_shown_as_it_is() {
    let (workspace, mut board) = board();
    board.keys("tab");
    board.type_keys("j");
    let open = update(&mut board.model, Message::Rested);
    let messages: Vec<Message> = open
        .iter()
        .flat_map(|order| specboard::runtime::fulfil(order, &board.model.specs.workspace().roots))
        .collect();
    workspace.write("b/tasks.md", "- [ ] 1. Only\n");
    let path = workspace.specs().join("b/tasks.md");
    let again = update(&mut board.model, Message::Changed(vec![path]));
    messages.into_iter().for_each(|message| board.send(message));
    board.perform(again);
    assert_eq!(
        (pane_state(&board).0, figures(&board)[1]),
        ("b".to_owned(), Some((0, 1)))
    );
}

#[test]
fn going_back_before_the_next_spec_was_read_stays_at_the_first() {
    let (_workspace, mut board) = board();
    board.keys("tab");
    board.type_keys("j");
    let late = update(&mut board.model, Message::Rested);
    board.type_keys("k");
    let back = update(&mut board.model, Message::Rested);
    board.perform(back);
    board.perform(late);
    assert_eq!(pane_state(&board), ("a".to_owned(), 2));
}
