//! The kanban: opening it, its cursor, carrying cards.

use super::behaviour::{Action, Behaviour, Motion, word};
use super::intent::{expected_state, mark_all, part, write_parts};
use super::{Command, Hint, Scope, always, no_hint, off_pages};
use crate::markdown::State;
use crate::model::{
    Arrangement, BoardCursor, BoardScope, CardKey, Cards, Carried, Column, Deadline, Effect, Focus,
    Job, Mode, Model, Pane, Selection, Slot, Surface, View, Width, neighbour, rank,
};
use crate::spec::change::{Change, TaskKey};
use crate::spec::feature::Feature;
use crate::spec::structure::Operation;
use crate::store::Version;

/// Returns the hint of both keys that move a card.
#[expect(clippy::unnecessary_wraps, reason = "the type of the table's column")]
fn carry(model: &Model) -> Option<Hint> {
    Some(Hint {
        keys: "H L",
        word: if is_narrow(model) {
            "move"
        } else {
            "move card"
        },
        rank: 12,
    })
}

fn is_narrow(model: &Model) -> bool {
    model.layout().width < Width::Wide
}

/// Returns where the board stands among the hints: on a narrow screen among the first, as it is
/// found nowhere else.
fn rank_of_board(model: &Model) -> u8 {
    match model.surface() {
        Surface::Board if is_narrow(model) => 13,
        Surface::Tasks if is_narrow(model) => 17,
        _ => 35,
    }
}

/// The command that opens the kanban.
pub(super) const OPEN: &[Command] = &[Command {
    name: "board-open",
    keys: &["b"],
    scope: Scope::All,
    doc: "The board; again: all specs",
    needs: None,
    hint: |model| {
        let word = match &model.board.scope {
            _ if model.surface() != Surface::Board => "board",
            Some(BoardScope::All) => "one spec",
            _ if is_narrow(model) => "all",
            _ => "all specs",
        };
        off_pages(
            model,
            Hint {
                keys: "b",
                word,
                rank: rank_of_board(model),
            },
        )
    },
    applies: |model| model.board.scope.is_some() || model.shown().is_some(),
    run: open,
}];

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "card-grab",
        keys: &["m"],
        scope: Scope::Board,
        doc: "Pick up the card; enter puts it down",
        needs: None,
        hint: no_hint,
        applies: can_carry,
        run: grab,
    },
    Command {
        name: "card-left",
        keys: &["H"],
        scope: Scope::Board,
        doc: "Move the card one column left",
        needs: None,
        hint: carry,
        applies: can_carry,
        run: |model| shift(model, -1),
    },
    Command {
        name: "card-right",
        keys: &["L"],
        scope: Scope::Board,
        doc: "Move the card one column right",
        needs: None,
        hint: carry,
        applies: can_carry,
        run: |model| shift(model, 1),
    },
];

/// What counts while a card is in the hand.
pub(super) const IN_HAND: &[Command] = &[
    Command {
        name: "aim-left",
        keys: &["h", "left", "H"],
        scope: Scope::Move,
        doc: "Take the card one column left",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "h l",
                word: "column",
                rank: 10,
            })
        },
        applies: always,
        run: |model| aim(model, -1),
    },
    Command {
        name: "aim-right",
        keys: &["l", "right", "L"],
        scope: Scope::Move,
        doc: "Take the card one column right",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| aim(model, 1),
    },
    Command {
        name: "card-put",
        keys: &["enter"],
        scope: Scope::Move,
        doc: "Put the card into the column",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "put",
                rank: 11,
            })
        },
        applies: always,
        run: put_down,
    },
];

/// What the kanban does.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    scopes: &[Scope::Board, Scope::Tasks, Scope::Items],
    step: move_by,
    page: move_by,
    rows: |model| model.layout().reach(),
    across: Some(Motion {
        applies: always,
        // Moving the cursor between columns is what everybody tries first.
        hint: |_| None,
        run: move_aside,
    }),
    open: Some(Action {
        applies: on_card,
        hint: |_| word("open", 20),
        run: open_task,
    }),
    turn: Some(Action {
        applies: always,
        hint: |model| match model.board.arrangement {
            Arrangement::Leaves => word("parents", 70),
            Arrangement::Parents => word("leaves", 70),
        },
        run: turn,
    }),
    hide_finished: Some(Action {
        applies: always,
        hint: |model| {
            if model.board.folds(State::Done) {
                word("show done", 60)
            } else {
                word("hide done", 60)
            }
        },
        run: |model| {
            model.board.toggle_done();
            Vec::new()
        },
    }),
    folding: None,
    heading: None,
    sideways: None,
    anchor: None,
    close: Action {
        applies: always,
        hint: |_| word("back", 90),
        run: |model| {
            close(model);
            Vec::new()
        },
    },
    escape: |model| model.notices.say("q goes back"),
    no_item: "the cursor is not on a task",
};

/// Returns whether the cursor is on a card.
fn on_card(model: &Model) -> bool {
    model.surface() == Surface::Board && model.board.card().is_some()
}

fn can_carry(model: &Model) -> bool {
    on_card(model) && !model.settings.read_only
}

/// Opens the kanban of the chosen feature; in it, goes on to all features and back to the one of
/// the card under the cursor.
fn open(model: &mut Model) -> Vec<Effect> {
    model.show_view(View::Board);
    match model.board.scope {
        Some(BoardScope::One(_)) => widen(model),
        Some(BoardScope::All) => narrow(model),
        None => open_one(model),
    }
}

/// Goes back to the kanban from the task of one of its cards.
pub(super) fn reopen(model: &mut Model, scope: &BoardScope) -> Vec<Effect> {
    model.show_view(View::Board);
    let effects = open_one(model);
    if *scope == BoardScope::All {
        effects.into_iter().chain(widen(model)).collect()
    } else {
        effects
    }
}

fn open_one(model: &mut Model) -> Vec<Effect> {
    model.board.behind = None;
    let Some(path) = model.open_files.feature.clone() else {
        return Vec::new();
    };
    model.board.show(BoardScope::One(path.clone()));
    let task = model.open_files.of(Pane::Tasks).map(|open_file| {
        let line = model
            .pane_states
            .of(&path, Pane::Tasks)
            .map(|pane_state| pane_state.cursor.line);
        line.and_then(|line| open_file.tasks.at_line(line))
            .map(|index| TaskKey::of(&open_file.tasks.items[index]))
    });
    deal_open(model);
    if let Some(task) = task.flatten() {
        put_cursor(
            model,
            CardKey {
                feature: path,
                task,
            },
        );
    }
    Vec::new()
}

/// Makes the cards of the open feature, where they are to be shown, from its open file, so that no
/// file is read twice.
pub(crate) fn deal_open(model: &mut Model) {
    let feature = model.open_files.feature.clone();
    let Some(feature) = feature.filter(|feature| model.board.shows(feature)) else {
        return;
    };
    match model.open_files.of(Pane::Tasks) {
        Some(open_file) => model.board.load(Cards::of(
            feature,
            open_file.file.clone(),
            &open_file.text,
            &open_file.tasks,
        )),
        None => {
            model.board.cards.remove(&feature);
        }
    }
}

fn widen(model: &mut Model) -> Vec<Effect> {
    let cursor = model.board.cursor().cursor;
    model.board.show(BoardScope::All);
    deal_open(model);
    if let Some(key) = cursor {
        put_cursor(model, key);
    }
    let shown = model.shown();
    let others = model
        .specs
        .workspace()
        .features
        .iter()
        .enumerate()
        .filter(|(index, feature)| Some(*index) != shown && !feature.folder.archived);
    let others: Vec<(Feature, Vec<Version>)> = others
        .map(|(_, feature)| (feature.clone(), Vec::new()))
        .collect();
    if others.is_empty() {
        Vec::new()
    } else {
        vec![model.ask(Job::LoadCards(others))]
    }
}

fn narrow(model: &mut Model) -> Vec<Effect> {
    let Some(key) = model.board.cursor().cursor else {
        model.board.close();
        return open_one(model);
    };
    model.board.show(BoardScope::One(key.feature.clone()));
    let path = key.feature.clone();
    put_cursor(model, key);
    choose(model, &path)
}

/// Makes a feature the chosen one, and orders its documents where they are not open.
pub(super) fn choose(model: &mut Model, path: &std::path::Path) -> Vec<Effect> {
    model.sidebar.cursor = path.to_path_buf();
    let Some(index) = model
        .specs
        .at(path)
        .filter(|index| model.shown() != Some(*index))
    else {
        return Vec::new();
    };
    vec![Effect::Forget(Deadline::Rest), model.ask_to_open(index)]
}

pub(crate) fn put_cursor(model: &mut Model, key: CardKey) {
    let board_cursor = BoardCursor {
        cursor: Some(key),
        ..model.board.cursor()
    };
    model.board.left_behind = None;
    model.board.set_cursor(board_cursor);
}

/// Closes the kanban: back to the main view.
fn close(model: &mut Model) {
    model.board.close();
    model.show_view(View::Main);
}

/// Shows other tasks as cards.
fn turn(model: &mut Model) -> Vec<Effect> {
    model.board.arrangement = match model.board.arrangement {
        Arrangement::Leaves => Arrangement::Parents,
        Arrangement::Parents => Arrangement::Leaves,
    };
    Vec::new()
}

/// Moves the cursor within its column.
fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    let board_cursor = model.board.cursor();
    let columns = model.columns();
    let key = columns
        .iter()
        .find(|column| column.state == board_cursor.state)
        .and_then(|column| {
            let to = board_cursor
                .index
                .saturating_add_signed(by)
                .min(column.slots.len().saturating_sub(1));
            column.slots.get(to).map(CardKey::of)
        });
    key.into_iter().for_each(|key| put_cursor(model, key));
    Vec::new()
}

/// Moves the cursor to the next column with cards, to the one at the same height.
fn move_aside(model: &mut Model, step: isize) -> Vec<Effect> {
    if matches!(model.mode.base(), Mode::SelectCards(_)) {
        model
            .notices
            .say("a selection stays in its column: esc leaves it");
        return Vec::new();
    }
    let board_cursor = model.board.cursor();
    let columns = model.columns();
    let is_behind = |column: &&Column<'_>| {
        column.is_open() && (rank(column.state) > rank(board_cursor.state)) == (step > 0)
    };
    let mut others = columns
        .iter()
        .filter(|column| column.state != board_cursor.state)
        .filter(is_behind);
    let to = if step > 0 {
        others.next()
    } else {
        others.next_back()
    };
    let key = to.map(|column| CardKey::of(&column.slots[beside(&columns, &board_cursor, column)]));
    key.into_iter().for_each(|key| put_cursor(model, key));
    Vec::new()
}

/// Finds the card of another column at the height of the cursor.
fn beside(columns: &[Column<'_>], board_cursor: &BoardCursor, other: &Column<'_>) -> usize {
    let own = columns
        .iter()
        .find(|column| column.state == board_cursor.state);
    let row = own.map_or(0, |own| {
        Column::rows_of(&own.rows(), board_cursor.index).end - 1
    });
    let height = row.saturating_sub(board_cursor.tops[rank(board_cursor.state)]);
    let rows = other.rows();
    let row = (board_cursor.tops[rank(other.state)] + height).min(rows.len().saturating_sub(1));
    rows.get(row).map_or(0, |row| row.slot())
}

/// Goes to the task of the card in its pane, and unfolds what hides it there.
fn open_task(model: &mut Model) -> Vec<Effect> {
    let Some((cards, card)) = model.board.card() else {
        return Vec::new();
    };
    let (feature, line, above) = (cards.feature.clone(), card.line, card.above.clone());
    model.board.behind = model.board.scope.clone();
    let pane_state = model.pane_states.entry(&feature, Pane::Tasks);
    pane_state.go_to(line);
    pane_state
        .folded
        .retain(|folded| !above.contains(&folded.line));
    if let Some(tasks) = pane_state.tasks_mut() {
        tasks.folded_groups.clear();
    }
    model.choose_pane(Pane::Tasks);
    model.focus = Focus::Content;
    model.sidebar.toggled = false;
    let effects = choose(model, &feature);
    if effects.is_empty() {
        close(model);
    } else {
        model.board.leaving_for = Some(feature);
    }
    effects
}

/// Puts the cursor onto the next card of its column, before the chosen ones leave it for the column
/// of a state.
pub(super) fn step_past(model: &mut Model, chosen: &[Selection], state: State) {
    let board_cursor = model.board.cursor();
    let stays = model.view != View::Board || model.settings.read_only;
    if !stays && board_cursor.state != state {
        step_off(model, chosen);
    }
}

/// Puts the cursor onto the next card of its column, before the chosen ones leave it.
fn step_off(model: &mut Model, chosen: &[Selection]) {
    let board_cursor = model.board.cursor();
    let columns = model.columns();
    let Some(column) = columns
        .iter()
        .find(|column| column.state == board_cursor.state)
    else {
        return;
    };
    let leaves = |slot: &&Slot<'_>| {
        let of_spec = chosen.iter().filter(|of| of.feature == slot.cards.feature);
        of_spec
            .flat_map(|of| &of.tasks)
            .any(|task| task.key == slot.card.key())
    };
    let at = board_cursor.index.min(column.slots.len());
    let next = column.slots[at..].iter().find(|slot| !leaves(slot));
    let before = column.slots[..at].iter().rfind(|slot| !leaves(slot));
    let key = next.or(before).map(CardKey::of);
    match key {
        Some(key) => put_cursor(model, key),
        None => model.board.left_behind = board_cursor.cursor,
    }
}

/// Writes the state of the next column.
fn shift(model: &mut Model, step: isize) -> Vec<Effect> {
    let chosen = model.selections();
    let Some(first) = chosen.first() else {
        return Vec::new();
    };
    let state = expected_state(model, &first.file, &first.tasks[0]);
    match neighbour(&model.columns(), state, step) {
        Some(state) => mark_all(model, &chosen, state),
        None => {
            let end = if step < 0 { "first" } else { "last" };
            model.notices.say(format!("already in the {end} column"));
            Vec::new()
        }
    }
}

fn grab(model: &mut Model) -> Vec<Effect> {
    let Some((cards, card)) = model.board.card() else {
        return Vec::new();
    };
    let key = CardKey {
        feature: cards.feature.clone(),
        task: card.key(),
    };
    let aim = card.state;
    let mut chosen = model.selections();
    for of in &mut chosen {
        for task in &mut of.tasks {
            task.state = expected_state(model, &of.file, task);
        }
    }
    model.mode = Mode::Move(Box::new(Carried { key, chosen, aim }));
    Vec::new()
}

/// Carries the card under the cursor to the column of a state, as the keys do.
pub(super) fn carry_to(model: &mut Model, state: State) -> Vec<Effect> {
    let is_there = model
        .board
        .card()
        .is_none_or(|(_, card)| card.state == state);
    if is_there || state.marker().byte().is_none() {
        return Vec::new();
    }
    let effects =
        super::named("card-grab").map_or_else(Vec::new, |grab| super::run_or_say(model, grab));
    let Mode::Move(carried) = &mut model.mode else {
        return effects;
    };
    carried.aim = state;
    put_down(model)
}

/// Puts the cards down in the column that they were carried to. Nothing is written before.
fn put_down(model: &mut Model) -> Vec<Effect> {
    let Mode::Move(carried) = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    let is_there = |of: &Selection| {
        let mut tasks = of.tasks.iter();
        tasks.all(|task| expected_state(model, &of.file, task) == carried.aim)
    };
    if carried.chosen.iter().all(is_there) {
        return Vec::new();
    }
    mark_all(model, &carried.chosen, carried.aim)
}

/// Takes the tasks of cards away, with everything that belongs to them.
pub(super) fn delete(model: &mut Model) -> Vec<Effect> {
    let chosen = model.selections();
    let tasks = || chosen.iter().flat_map(|of| &of.tasks);
    let name = match tasks().count() {
        0 => return Vec::new(),
        1 => tasks()
            .map(|task| format!("deleted task {}", task.key))
            .collect(),
        count => format!("deleted {count} tasks"),
    };
    let delete = |of: &Selection| {
        let tasks = of.tasks.iter().map(|task| task.key.clone()).collect();
        let operation = Operation::Remove;
        part(of, Change::Tasks { operation, tasks })
    };
    let parts = chosen.iter().map(delete).collect();
    step_off(model, &chosen);
    write_parts(model, parts, Some(name))
}

/// Chooses the next column as the aim. Where other markers stand is one only for a card that was
/// taken from there.
fn aim(model: &mut Model, step: isize) -> Vec<Effect> {
    let Mode::Move(carried) = &model.mode else {
        return Vec::new();
    };
    let own = model.board.card().map(|(_, card)| card.state);
    let back = own.filter(|own| *own == State::Other && step > 0 && carried.aim != State::Other);
    let aim = neighbour(&model.columns(), carried.aim, step).or(back);
    if let (Some(aim), Mode::Move(carried)) = (aim, &mut model.mode) {
        carried.aim = aim;
    }
    Vec::new()
}
