//! Whatever is pressed: no panic, a screen at every step, and no write where only reading is
//! allowed.

use proptest::prelude::*;
use specboard::command::{commands, parse_keys};
use specboard::model::{Key, Message, Settings};

use super::board::{Board, OTHER, PLAN};

/// Something that can happen.
#[derive(Clone, Debug)]
enum Event {
    Key(Key),
    Paste(String),
    Resize(u16, u16),
    Wait,
    Rest,
    /// The disk answers.
    Write,
    Outside(usize),
}

/// Returns all keys that mean anything somewhere, and some that do not.
fn keys() -> Vec<Key> {
    let mut keys: Vec<Key> = commands()
        .flat_map(|command| command.keys)
        .flat_map(|keys| parse_keys(keys))
        .collect();
    keys.extend(parse_keys(
        "a 7 é delete backspace left right ctrl-w ctrl-k ctrl-u ctrl-x",
    ));
    keys
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        30 => prop::sample::select(keys()).prop_map(Event::Key),
        1 => ".{0,12}".prop_map(Event::Paste),
        1 => (0u16..160, 0u16..50).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        1 => Just(Event::Wait),
        1 => Just(Event::Rest),
        8 => Just(Event::Write),
        1 => (0usize..4).prop_map(Event::Outside),
    ]
}

fn happen(board: &mut Board, event: Event) {
    match event {
        Event::Key(key) => board.tell(Message::Pressed(key)),
        Event::Paste(text) => board.tell(Message::Pasted(text)),
        Event::Resize(columns, rows) => board.tell(Message::Resized(columns, rows)),
        Event::Wait => board.tell(Message::Waited),
        Event::Rest => board.tell(Message::Rested),
        Event::Write => board.write(),
        Event::Outside(which) => {
            let text = board.text();
            let texts = ["", OTHER, PLAN, "\u{feff}- [ ]* 1. a\r\n  - [/] 2 b\r\n"];
            if !text.is_empty() && text != texts[which] {
                board.change_outside(&text, texts[which]);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 90, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_key_ever_panics(events in prop::collection::vec(event(), 1..60)) {
        let mut board = Board::usual();
        for event in events {
            happen(&mut board, event);
            board.draw();
        }
        board.write();
        prop_assert!(board.model.writing.is_empty() && board.model.history.waiting.is_empty());
    }

    #[test]
    fn a_board_that_only_reads_never_orders_a_write(events in prop::collection::vec(event(), 1..80)) {
        let settings = Settings { read_only: true, ..Settings::default() };
        let mut board = Board::with(settings, (120, 36), &[("sign-in", PLAN), ("other", OTHER)]);
        for event in events {
            happen(&mut board, event);
        }
        prop_assert_eq!(board.writes(), 0);
    }

    /// Everything that was done is taken back by as many undos, to the byte.
    #[test]
    fn undo_goes_all_the_way_back(keys in prop::collection::vec(prop::sample::select(marks()), 1..40)) {
        let mut board = Board::usual();
        let before = board.disk.files.clone();
        for key in keys {
            board.tell(Message::Pressed(key));
        }
        board.write();
        board.press("esc esc");
        while !board.model.history.undo.is_empty() {
            board.press("u");
        }
        prop_assert!(board.disk.files == before);
    }
}

/// Returns the keys that mark and move.
fn marks() -> Vec<Key> {
    parse_keys("j k j k g g G space s S n q p d u ctrl-r * v esc ] [ t h l z m d r . J K")
}
