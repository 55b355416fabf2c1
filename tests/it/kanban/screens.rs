//! The kanban on the screen, at the sizes that it must fit.

use super::desk::Desk;
use crate::footer::assert_screen;
use specboard::model::{Message, Settings};

const LIGHTS: &str = "# Implementation Plan

- [-] 1. Update the lamp driver of the outer pier

  - [x] 1.1 Read the brightness from the sensor bus
    - _Requirements: 1.1, 1.2, 1.3_
  - [x] 1.2 Replace the fixed timetable with dusk and dawn
    - _Requirements: 1.1, 1.2, 1.3_
  - [ ] 1.3 Write property test for lamp selection
    - **Validates: Requirements 1.1, 1.2, 1.3**

- [-] 2. Update the control room with a watch gate

  - [x] 2.1 Add the watch gate before any switch
    - _Requirements: 2.1, 2.2, 2.3, 2.4_
  - [ ] 2.2 Write property test for watch enforcement
    - **Validates: Requirements 2.1, 2.2, 2.3**

- [-] 3. Update the sidebar of the harbour map

  - [x] 3.1 Show lamps by pier
    - _Requirements: 3.1, 3.2, 3.3_
  - [ ]\\* 3.2 Write property test for lamp visibility
    - **Validates: Requirements 3.1, 3.2, 3.3**

- [x] 4. Checkpoint - Ensure all tests pass
";
const NOTICES: &str = "- [~] 1. Collect delays from all piers\n  - [x] 1.1 Poll the ferries\n    - _Requirements: 4.1_\n  - [ ] 1.2 Rank by weight\n- [/] 2. 船内放送 of the notices\n- [ ] Ask the harbour master\n";
const DONE: &str = "- [x] 1. Survey\n  - [x] 1.1 Measure depth at the far end of the pier\n    - _Requirements: 9.1_\n- [x]* 2. Report\n";

fn desk(size: (u16, u16)) -> Desk {
    Desk::new(
        &[
            ("pier-lights", LIGHTS),
            ("sailings/delay-notices", NOTICES),
            ("survey", DONE),
        ],
        size,
    )
}

#[test]
fn one_feature() {
    assert_screen!("one_120x36", desk((120, 36)).press("b").styled_screen());
    assert_screen!("one_80x24", desk((80, 24)).press("b l").styled_screen());
    assert_screen!("one_40x10", desk((40, 10)).press("b").styled_screen());
}

#[test]
fn a_card_in_the_hand() {
    assert_screen!(
        "move_120x36",
        desk((120, 36)).press("b j m l").styled_screen()
    );
    assert_screen!(
        "move_80x24",
        desk((80, 24)).press("b j m l").styled_screen()
    );
    assert_screen!(
        "move_40x10",
        desk((40, 10)).press("b j m l").styled_screen()
    );
}

#[test]
fn all_features() {
    assert_screen!("all_120x36", desk((120, 36)).press("b b").styled_screen());
    assert_screen!("all_200x24", desk((200, 24)).press("b b").screen());
    assert_screen!("all_80x24", desk((80, 24)).press("b b l").screen());
    assert_screen!("all_40x10", desk((40, 10)).press("b b").screen());
}

#[test]
fn parents_with_what_is_done_folded_in_ascii() {
    let settings = Settings {
        ascii: true,
        read_only: true,
        ..Settings::default()
    };
    let mut desk = Desk::with(&[("pier-lights", LIGHTS)], (120, 24), settings);
    assert_screen!("parents_120x24", desk.press("b t .").screen());
}

#[test]
fn the_peek_at_a_card() {
    let mut one = desk((120, 24));
    one.press("b h").tell(Message::Rested);
    assert_screen!("peek_120x24", one.styled_screen());
    let mut all = desk((80, 24));
    all.press("b b h").tell(Message::Rested);
    assert_screen!("peek_all_80x24", all.styled_screen());
}

#[test]
fn a_card_is_edited() {
    assert_screen!(
        "edit_120x24",
        desk((120, 24)).press("b h e end X").styled_screen()
    );
    assert_screen!(
        "edit_40x10",
        desk((40, 10)).press("b h e end X").styled_screen()
    );
}

#[test]
fn cards_are_selected() {
    let mut desk = desk((120, 24));
    desk.press("b b h h v j j");
    assert_screen!("select_120x24", desk.styled_screen());
}

#[test]
fn nothing_to_show() {
    assert_screen!(
        "empty_80x12",
        Desk::new(&[("new", "# Plan\n")], (80, 12))
            .press("b")
            .screen()
    );
}

/// Every size draws, and the columns stand where they are said to stand.
#[test]
fn every_width_draws_the_title_of_every_column_on_the_screen() {
    for columns in 20..=240 {
        let mut desk = desk((columns, 24));
        desk.press("b");
        let screen = desk.screen();
        let heads = screen.lines().nth(1).unwrap_or_default();
        let board_cursor = desk.board().cursor();
        let shown = specboard::model::strips(&desk.model.columns(), board_cursor.first, columns);
        for strip in &shown {
            let title = desk.model.columns()[strip.column].state.marker().title;
            let at = heads
                .chars()
                .skip(usize::from(strip.x) + 3)
                .collect::<String>();
            assert!(at.starts_with(title), "{columns}: {heads}");
        }
        let expected = match columns {
            0..48 => 1,
            48..108 => 2,
            _ => 3,
        };
        assert_eq!(shown.len(), expected, "{columns}");
    }
}
