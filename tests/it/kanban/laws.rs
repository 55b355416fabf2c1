//! What holds for any task list and any keys.

use super::desk::Desk;
use proptest::prelude::*;
use specboard::command::{commands, continuations, parse_keys};
use specboard::markdown::{MARKERS, State};
use specboard::model::{ColumnRow, Key, Mode, Origin, Settings, View, Write, rank};
use specboard::spec::change::{Change, Target, TaskKey};
use specboard::spec::structure::Operation;

const KEYS: &[&str] = &[
    "j", "k", "h", "l", "H", "L", "m", "enter", "esc", "space", "s", "u", "p", "q", "d", "ctrl-r",
    "b", "t", ".", "G", "g", "ctrl-d", "ctrl-u", "?", "]", "tab", "z",
];

/// Returns the states that keys set behind `s`, each with its key.
fn states_behind_s() -> Vec<(Key, State)> {
    let written = MARKERS.iter().filter(|row| row.byte().is_some());
    let key = |state: &str| {
        let name = format!("state-set-{state}");
        let command = commands().find(|command| command.name == name);
        let command = command.unwrap_or_else(|| panic!("there is no command {name}"));
        match parse_keys(command.keys[0])[..] {
            [first, second] if first.to_string() == "s" => second,
            _ => panic!("{name} is not behind s"),
        }
    };
    written.map(|row| (key(row.word), row.state)).collect()
}

/// What a key may order, worked out from what is on the screen before it.
#[derive(Debug)]
enum Allowed {
    Nothing,
    Mark(TaskKey, Vec<State>),
    Delete(TaskKey),
    Star(TaskKey),
    Step(Origin),
}

/// Returns whether a key counts as if no prefix waited: that one leads nowhere here, and the two go
/// together nowhere.
fn counts_alone(desk: &Desk, first: Key, key: Key) -> bool {
    let together = |keys: &&'static str| parse_keys(keys) == [first, key];
    continuations(&desk.model).is_empty()
        && !commands().any(|command| command.keys.iter().any(together))
}

fn allowed(desk: &Desk, pressed: Key) -> Allowed {
    let key = pressed.to_string();
    let Some((_, card)) = desk.board().card() else {
        return step(&key);
    };
    let mark = |states: &[State]| Allowed::Mark(card.key(), states.to_vec());
    match (&desk.model.mode, desk.model.view, key.as_str()) {
        (Mode::Move(carried), _, "enter") => {
            Allowed::Mark(carried.key.task.clone(), vec![carried.aim])
        }
        (Mode::Move(_), ..) => Allowed::Nothing,
        (Mode::Prefix { first, .. }, View::Board, _) if first.to_string() == "s" => {
            let states = states_behind_s();
            let found = states.iter().find(|(second, _)| *second == pressed);
            found.map_or(Allowed::Nothing, |(_, state)| mark(&[*state]))
        }
        (Mode::Prefix { first, .. }, View::Board, "d") if first.to_string() == "d" => {
            Allowed::Delete(card.key())
        }
        (Mode::Prefix { first, .. }, ..) if !counts_alone(desk, *first, pressed) => {
            Allowed::Nothing
        }
        (_, View::Board, "space") => mark(if card.state == State::Done {
            &[State::Todo]
        } else {
            &[State::Done]
        }),
        (_, View::Board, "*") => Allowed::Star(card.key()),
        (_, View::Board, "H") => mark(&beside(desk, card.state, |other| other < rank(card.state))),
        (_, View::Board, "L") => mark(&beside(desk, card.state, |other| other > rank(card.state))),
        (_, _, key) => step(key),
    }
}

fn step(key: &str) -> Allowed {
    match key {
        "u" => Allowed::Step(Origin::Undo),
        "ctrl-r" => Allowed::Step(Origin::Redo),
        _ => Allowed::Nothing,
    }
}

/// Returns the nearest of the columns on one side.
fn beside(desk: &Desk, state: State, is_there: impl Fn(usize) -> bool) -> Vec<State> {
    let columns = desk.model.columns();
    let states = columns
        .iter()
        .map(|column| column.state)
        .filter(|other| is_there(rank(*other)));
    states
        .min_by_key(|other| rank(*other).abs_diff(rank(state)))
        .into_iter()
        .collect()
}

fn is_allowed(write: &Write, allowed: &Allowed) -> bool {
    let [part] = &write.parts[..] else {
        return false;
    };
    match (allowed, &part.change) {
        (Allowed::Mark(key, states), Change::Marks(marks)) => {
            let [mark] = &marks[..] else { return false };
            let Target::State(state) = mark.to else {
                return false;
            };
            mark.task == *key
                && states.contains(&state)
                && state != State::Other
                && write.origin == Origin::User
        }
        (Allowed::Delete(key), Change::Tasks { operation, tasks }) => {
            *operation == Operation::Remove && tasks == std::slice::from_ref(key)
        }
        (Allowed::Star(key), Change::Stars { tasks, .. }) => tasks == std::slice::from_ref(key),
        (Allowed::Step(origin), _) => write.origin == *origin,
        _ => false,
    }
}

/// A task list with all markers, nesting, stars and repeated titles.
fn list() -> impl Strategy<Value = String> {
    let known = MARKERS.iter().flat_map(|row| row.bytes);
    let known = known.map(|byte| char::from(*byte).to_string());
    let markers: Vec<String> = known.chain(["/".to_owned(), String::new()]).collect();
    let marker = prop::sample::select(markers);
    let item = (
        0usize..3,
        marker,
        prop_oneof![Just(""), Just("*")],
        "[abc]{1,2}",
    )
        .prop_map(|(depth, marker, star, title)| {
            format!("{}- [{marker}]{star} {title}\n", "  ".repeat(depth))
        });
    let heading = Just("## Part\n".to_owned());
    prop::collection::vec(prop_oneof![9 => item, 1 => heading], 0..24)
        .prop_map(|lines| lines.concat())
}

fn key() -> impl Strategy<Value = Key> {
    let usual = KEYS.iter().map(|keys| parse_keys(keys)[0]);
    let states = states_behind_s().into_iter().map(|(key, _)| key);
    prop::sample::select(usual.chain(states).collect::<Vec<_>>())
}

fn size() -> impl Strategy<Value = (u16, u16)> {
    (20u16..=240, 5u16..40)
}

/// Returns whether the cursor stands on a card that is on the screen, or there is none to stand on.
fn is_settled(desk: &Desk) -> bool {
    let board_cursor = desk.board().cursor();
    let columns = desk.model.columns();
    let Some(column) = columns
        .iter()
        .find(|column| column.state == board_cursor.state && column.is_open())
    else {
        return board_cursor.cursor.is_none() && columns.iter().all(|column| !column.is_open());
    };
    let top = board_cursor.tops[rank(board_cursor.state)];
    let strips = specboard::model::strips(&columns, board_cursor.first, desk.model.size.0);
    let is_shown = strips
        .iter()
        .any(|strip| columns[strip.column].state == board_cursor.state);
    let rows = column.rows_on_screen(top, desk.model.layout().reach());
    is_shown && rows.contains(&ColumnRow::Card(board_cursor.index))
}

/// Returns a text with every marker and star taken out.
fn without_markers(source: &str) -> String {
    let line = |line: &str| match (line.find('['), line.find(']')) {
        (Some(open), Some(close)) => {
            format!("{}{}", &line[..=open], line[close..].replace('*', ""))
        }
        _ => line.to_owned(),
    };
    source.lines().map(line).collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 70, ..ProptestConfig::default() })]

    #[test]
    fn keys_order_what_they_mean_and_nothing_else(
        one in list(), other in list(), size in size(), keys in prop::collection::vec(key(), 1..40),
    ) {
        let mut desk = Desk::new(&[("one", &one), ("other", &other)], size);
        desk.press("b");
        let mut has_deleted = false;
        for key in keys {
            if desk.model.view == View::Main {
                desk.press("b");
            }
            if desk.model.view == View::Help && key.to_string() == "enter" {
                // Help runs the command under its cursor, whichever that is.
                continue;
            }
            let allowed = allowed(&desk, key);
            desk.effects.clear();
            desk.press_key(key);
            prop_assert!(desk.writes().iter().all(|write| is_allowed(write, &allowed)), "{key}: {allowed:?} {:?}", desk.writes());
            prop_assert!(desk.model.view != View::Board || is_settled(&desk), "{key}: {:?}", desk.board().cursor());
            let is_open = desk.model.view == View::Board || desk.model.behind.contains(&View::Board);
            prop_assert_eq!(desk.board().scope.is_some(), is_open, "{}", key);
            desk.screen();
            has_deleted |= matches!(allowed, Allowed::Delete(_));
        }
        if has_deleted {
            return Ok(());
        }
        prop_assert_eq!(without_markers(&desk.source("one")), without_markers(&one));
        prop_assert_eq!(without_markers(&desk.source("other")), without_markers(&other));
    }

    #[test]
    fn with_read_only_no_keys_order_anything(one in list(), keys in prop::collection::vec(key(), 1..40)) {
        let settings = Settings { read_only: true, ..Settings::default() };
        let mut desk = Desk::with(&[("one", &one)], (100, 24), settings);
        desk.press("b");
        keys.into_iter().for_each(|key| desk.press_key(key));
        prop_assert!(desk.writes().is_empty());
    }
}
