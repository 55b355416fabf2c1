//! Keys on the kanban: the cursor, cards that go from column to column, undo, all features.

use super::desk::Desk;
use specboard::markdown::State;
use specboard::model::{Message, Mode, Pane, SavedSession, Settings, View};

const PLAN: &str = "# Plan\n- [-] 1. Lamps\n  - [x] 1.1 Order\n  - [ ] 1.2 Hang\n  - [ ]* 1.3 Polish\n- [ ] 2. Paint\n- [x] 3. Sweep\n";
const OTHER: &str = "- [ ] 1. Tide\n- [~] 2. Wind\n- [/] 3. Fog\n";

fn desk() -> Desk {
    Desk::new(&[("lights", PLAN), ("signals", OTHER)], (120, 36))
}

fn opened() -> Desk {
    let mut desk = desk();
    desk.press("b");
    desk
}

#[test]
fn the_columns_hold_the_cards_in_the_order_of_the_file() {
    let mut desk = opened();
    assert_eq!(desk.columns(), ["o 1.2 1.3 2", "- 1", "x 1.1 3"]);
    desk.press("t");
    assert_eq!(desk.columns(), ["o 2", "- 1", "x 3"]);
    desk.press("t b");
    assert_eq!(
        desk.columns(),
        ["o 1.2 1.3 2 1", "~ 2", "- 1", "x 1.1 3", "? 3"]
    );
}

#[test]
fn the_cursor_goes_between_cards_and_columns() {
    for (keys, expected) in [
        ("", "- 1"),
        ("h", "o 1.2"),
        ("h j", "o 1.3"),
        ("h j j j", "o 2"),
        ("h G", "o 2"),
        ("h G g g", "o 1.2"),
        ("h G k", "o 1.3"),
        ("h G l", "- 1"),
        ("h G l l", "x 1.1"),
        ("h j l", "- 1"),
        ("l j l", "x 3"),
        ("left down right right", "x 1.1"),
        ("h ctrl-d", "o 2"),
        ("l .", "- 1"),
        (". l", "- 1"),
        (". . l", "x 1.1"),
    ] {
        assert_eq!(opened().press(keys).cursor(), expected, "{keys}");
    }
}

#[test]
fn the_cursor_begins_at_the_task_it_was_on() {
    let mut desk = desk();
    assert_eq!(desk.press("G b").cursor(), "x 3");
    assert_eq!(desk.press("q").model.view, View::Main);
    assert!(desk.board().cards.is_empty());
}

#[test]
fn a_card_takes_its_marker_and_the_cursor_along() {
    for (keys, marked, cursor) in [
        ("h L", "- [-] 1.2", "- 1.2"),
        ("h L L", "- [x] 1.2", "x 1.2"),
        ("h L L L", "- [x] 1.2", "x 1.2"),
        ("h H", "- [ ] 1.2", "o 1.2"),
        ("h m l enter L", "- [x] 1.2", "x 1.2"),
        ("h m l l enter", "- [x] 1.2", "x 1.2"),
        ("h m l esc", "- [ ] 1.2", "o 1.2"),
        ("h m l h enter", "- [ ] 1.2", "o 1.2"),
        ("h L u", "- [ ] 1.2", "o 1.2"),
        ("h L u ctrl-r", "- [-] 1.2", "- 1.2"),
    ] {
        let mut desk = opened();
        let cursor_after = desk.press(keys).cursor();
        assert!(
            desk.source("lights").contains(marked),
            "{keys}: {}",
            desk.source("lights")
        );
        assert_eq!(cursor_after, cursor, "{keys}");
    }
}

#[test]
fn the_cursor_stays_in_the_column_of_a_card_that_is_marked() {
    for (keys, marked, cursor) in [
        ("h space", "- [x] 1.2", "o 1.3"),
        ("h s q", "- [~] 1.2", "o 1.3"),
        ("h s n", "- [ ] 1.2", "o 1.2"),
        ("h G space", "- [x] 2.", "o 1.3"),
        ("h space space space", "- [x] 2.", "- 1"),
        ("h space u", "- [ ] 1.2", "o 1.2"),
        ("h space j u", "- [ ] 1.2", "o 1.2"),
        ("h space u ctrl-r", "- [x] 1.2", "x 1.2"),
    ] {
        let mut desk = opened();
        let cursor_after = desk.press(keys).cursor();
        assert!(desk.source("lights").contains(marked), "{keys}");
        assert_eq!(cursor_after, cursor, "{keys}");
    }
}

#[test]
fn selected_cards_are_marked_by_one_write_and_taken_back_by_one_undo() {
    for (keys, column) in [
        ("h v j space", "x 1.1 1.2 1.3 3"),
        ("h j v k space", "x 1.1 1.2 1.3 3"),
        ("h v G space", "x 1.1 1.2 1.3 2 3"),
        ("h v j s d", "x 1.1 1.2 1.3 3"),
        ("h v j L L", "x 1.1 1.3 3"),
        ("h v j esc space", "x 1.1 1.3 3"),
        ("h v l j space", "x 1.1 1.2 1.3 3"),
    ] {
        let mut desk = opened();
        desk.press(keys);
        assert_eq!(
            desk.columns().last().map(String::as_str),
            Some(column),
            "{keys}"
        );
        assert_eq!(desk.model.mode, Mode::Normal, "{keys}");
        // Each write, however many cards it marked, is one step back.
        let writes = desk.writes().len();
        desk.press(&"u ".repeat(writes));
        assert_eq!(desk.source("lights"), PLAN, "{keys}: {writes} writes");
    }
}

#[test]
fn cards_of_several_specs_are_marked_by_one_write() {
    let mut desk = opened();
    desk.press("b h h h G v k k");
    assert_eq!(desk.model.count_selected_cards(), Some(3));
    desk.press("space");
    let parts: Vec<usize> = desk
        .writes()
        .iter()
        .map(|write| write.parts.len())
        .collect();
    assert_eq!(parts, [2]);
    assert!(desk.source("signals").contains("- [x] 1. Tide"));
    assert!(desk.source("lights").contains("- [x] 2. Paint"));
    desk.press("u");
    assert_eq!(
        (
            desk.source("lights").as_str(),
            desk.source("signals").as_str()
        ),
        (PLAN, OTHER)
    );
}

#[test]
fn a_parent_is_the_head_of_its_cards_in_the_same_column_and_no_card() {
    let source = "- [-] 1. Lamps\n  - [-] 1.1 Order\n  - [ ] 1.2 Hang\n- [-] 2. Paint\n";
    let mut desk = Desk::new(&[("lights", source)], (120, 36));
    desk.press("b");
    assert_eq!(desk.columns(), ["o 1.2", "- 1.1 2", "x"]);
    desk.press("L");
    assert_eq!(desk.columns(), ["o 1.2", "- 1 2", "x 1.1"]);
}

#[test]
fn a_card_is_edited_on_the_kanban() {
    let mut desk = opened();
    desk.press("h e end X ctrl-s");
    assert_eq!(desk.source("lights"), PLAN.replace("1.2 Hang", "1.2 HangX"));
    assert_eq!(
        (desk.model.view, desk.model.mode.clone()),
        (View::Board, Mode::Normal)
    );
    assert_eq!(desk.cursor(), "o 1.2");
    desk.press("u");
    assert_eq!(desk.source("lights"), PLAN);
    desk.press("e end X esc d");
    assert_eq!(
        (desk.source("lights").as_str(), desk.writes().len()),
        (PLAN, 2)
    );
}

#[test]
fn a_card_that_somebody_else_retitled_while_it_was_edited_is_in_dispute() {
    for (key, expected) in [("h", "1.2 HangX"), ("l", "1.2 Hook")] {
        let mut desk = opened();
        desk.press("h e end X");
        desk.change("lights", &PLAN.replace("1.2 Hang", "1.2 Hook"));
        desk.press("ctrl-s");
        assert!(matches!(desk.model.mode, Mode::Conflict(_)), "{key}");
        assert_eq!(desk.source("lights"), PLAN.replace("1.2 Hang", "1.2 Hook"));
        desk.press(key);
        assert_eq!(desk.source("lights"), PLAN.replace("1.2 Hang", expected));
        assert_eq!(
            (desk.model.view, desk.model.mode.clone()),
            (View::Board, Mode::Normal),
            "{key}"
        );
    }
}

#[test]
fn a_tick_from_outside_and_a_title_retyped_on_a_card_fit_together() {
    let mut desk = opened();
    desk.press("h e end X");
    let ticked = PLAN.replace("[ ] 1.2 Hang", "[x] 1.2 Hang");
    desk.change("lights", &ticked);
    desk.press("ctrl-s");
    assert_eq!(desk.source("lights"), ticked.replace("Hang", "HangX"));
}

#[test]
fn what_is_put_aside_on_a_card_is_taken_up_there() {
    let mut desk = opened();
    desk.press("h e end X esc k");
    assert_eq!(desk.source("lights"), PLAN);
    assert_eq!(desk.model.mode, Mode::Normal);
    desk.press("j e esc k e");
    let typed = |desk: &Desk| {
        desk.model
            .editor()
            .map(|editor| editor.buffer().lines()[0].clone())
    };
    assert_eq!(typed(&desk).as_deref(), Some("- [ ] 1.2 HangX"));
    desk.press("Y ctrl-s");
    assert_eq!(
        desk.source("lights"),
        PLAN.replace("1.2 Hang", "1.2 HangXY")
    );
}

#[test]
fn a_card_of_a_spec_that_is_not_open_is_edited_once_it_is_read() {
    let mut desk = opened();
    desk.press("b h h h G e");
    assert!(matches!(desk.model.mode, Mode::Edit(_)));
    desk.press("end X ctrl-s");
    assert_eq!(desk.source("signals"), OTHER.replace("Tide", "TideX"));
    assert_eq!(desk.source("lights"), PLAN);
}

#[test]
fn what_was_finished_since_the_last_visit_stands_on_top_of_done() {
    let first = "- [x] 1. Wet\n- [ ] 2. Damp\n- [ ] 3. Moist\n";
    let second = "- [x] 1. Dry\n- [-] 2. Arid\n";
    let visited = Desk::new(&[("a", first), ("b", second)], (120, 36));
    let visit = SavedSession::of(&visited.model);
    let (first, second) = (
        first.replace("[ ] 2", "[x] 2"),
        second.replace("[-]", "[x]"),
    );
    let mut desk = Desk::new(&[("a", &first), ("b", &second)], (120, 36));
    visit.restore(&mut desk.model);
    desk.press("b b .");
    let columns = desk.model.columns();
    let titles = columns[2].slots.iter().map(|slot| &*slot.card.title);
    assert_eq!(titles.collect::<Vec<_>>(), ["Damp", "Arid", "Wet", "Dry"]);
    // What is finished now belongs to them, and what is not read is remembered as it was.
    desk.press("h h h h space");
    let columns = desk.model.columns();
    let titles = columns[2].slots.iter().map(|slot| &*slot.card.title);
    assert_eq!(
        titles.take(3).collect::<Vec<_>>(),
        ["Damp", "Moist", "Arid"]
    );
}

#[test]
fn the_peek_at_a_card_is_shown_and_hidden() {
    for (size, rule, said) in [
        ((120, 36), 1, ""),
        ((50, 10), 0, "the peek needs a larger screen"),
    ] {
        let tasks = "- [ ] 1. Wet\n  - Pour it\n";
        let mut desk = Desk::new(&[("a", tasks)], size);
        desk.press("b").tell(Message::Rested);
        let rules = |desk: &Desk| desk.screen().matches("── 1 Wet").count();
        assert_eq!(rules(&desk), rule, "{size:?}");
        assert_eq!(rules(desk.press("p")), 0, "{size:?}");
        desk.press("p").tell(Message::Rested);
        assert_eq!(rules(&desk), rule, "{size:?}");
        assert!(desk.screen().contains(said), "{size:?} {}", desk.screen());
    }
}

#[test]
fn archived_specs_are_not_among_all() {
    let specs = [("archive/old", "- [ ] 1. Gone\n"), ("lights", PLAN)];
    let mut desk = Desk::new(&specs, (120, 36));
    desk.press("b");
    assert_eq!(desk.columns(), ["o 1", "-", "x"]);
    desk.press("b");
    assert_eq!(desk.columns(), ["o 1.2 1.3 2", "- 1", "x 1.1 3"]);
}

#[test]
fn a_carried_card_is_written_only_when_it_is_put_down() {
    let mut desk = opened();
    desk.press("m l");
    let Mode::Move(carried) = &desk.model.mode else {
        panic!("not carried")
    };
    assert_eq!(carried.aim, State::Done);
    assert_eq!(desk.columns(), ["o 1.2 1.3 2", "- 1", "x 1 1.1 3"]);
    desk.press("j x ? q b space L h");
    assert_eq!(desk.writes().len(), 0);
    assert_eq!(
        (&desk.model.view, desk.source("lights").as_str()),
        (&View::Board, PLAN)
    );
    desk.press("esc");
    assert_eq!((&desk.model.mode, desk.writes().len()), (&Mode::Normal, 0));
    desk.press("m h enter");
    assert_eq!(desk.source("lights"), PLAN.replace("[-] 1.", "[ ] 1."));
}

#[test]
fn a_parent_that_is_no_card_any_more_is_named() {
    let mut desk = opened();
    desk.press("L");
    assert_eq!(desk.columns(), ["o 1.2 1.3 2", "-", "x 1.1 3"]);
    let said = desk
        .model
        .notices
        .current
        .as_ref()
        .map(|notice| notice.text.clone())
        .unwrap_or_default();
    assert!(said.starts_with("1 is off the board"), "{said}");
}

#[test]
fn keys_for_the_place_in_the_file_said_that_a_card_is_not_a_task() {
    for keys in ["J", "K", ">", "<", "O"] {
        let mut desk = opened();
        desk.press(keys);
        let said = desk.model.notices.current.as_ref().unwrap();
        assert_eq!(said.text, "only in the Tasks view: enter goes there");
        assert!(desk.writes().is_empty());
        assert_eq!(desk.press("enter").model.view, View::Main);
    }
}

#[test]
fn keys_that_are_faster_than_the_disk_count_from_what_is_being_written() {
    let mut desk = opened();
    desk.holds_writes = true;
    desk.press("h L L");
    desk.write();
    assert!(desk.source("lights").contains("- [x] 1.2"));
}

#[test]
fn all_features_and_back_to_the_one_under_the_cursor() {
    let mut desk = opened();
    desk.press("b");
    assert_eq!(desk.cursor(), "- 1");
    desk.press("h h");
    assert_eq!(desk.cursor(), "o 1.2");
    desk.press("G L");
    assert_eq!(desk.cursor(), "~ 1");
    assert_eq!(desk.source("signals"), OTHER.replace("[ ] 1.", "[~] 1."));
    desk.press("b");
    assert_eq!(desk.columns(), ["o", "~ 1 2", "-", "x", "? 3"]);
    assert_eq!(
        (desk.cursor(), desk.board().cards.len()),
        ("~ 1".to_owned(), 1)
    );
    assert_eq!(desk.model.shown(), Some(1));
    desk.press("u");
    assert_eq!(desk.source("signals"), OTHER);
}

#[test]
fn a_marker_without_a_meaning_can_be_left_but_never_written() {
    let mut desk = Desk::new(&[("signals", OTHER)], (200, 36));
    desk.press("b l l l L");
    assert_eq!(
        (desk.cursor(), desk.source("signals").as_str()),
        ("? 3".to_owned(), OTHER)
    );
    assert_eq!(
        desk.press("m h h l l l").columns(),
        ["o 1", "~ 2", "-", "x", "? 3"]
    );
    assert_eq!(
        desk.press("h enter").source("signals"),
        OTHER.replace("[/]", "[x]")
    );
    assert_eq!(desk.press("u").source("signals"), OTHER);
}

#[test]
fn enter_goes_to_the_task_and_unfolds_it() {
    let mut desk = desk();
    desk.press("z m b h enter");
    assert_eq!(
        (desk.model.view, desk.model.pane),
        (View::Main, Pane::Tasks)
    );
    assert_eq!(
        desk.model
            .pane_state()
            .map(|pane_state| (pane_state.cursor.line, pane_state.folded.len())),
        Some((3, 0))
    );
    desk.press("b b h h G enter");
    assert_eq!((desk.model.view, desk.model.shown()), (View::Main, Some(1)));
    assert_eq!(
        desk.model
            .pane_state()
            .map(|pane_state| pane_state.cursor.line),
        Some(0)
    );
    assert!(desk.board().cards.is_empty());
}

#[test]
fn changes_from_outside_are_followed() {
    let mut desk = opened();
    desk.press("h j");
    desk.change(
        "lights",
        &format!("- [ ] 0. New\n{}", PLAN.replace("[ ]* 1.3", "[-]* 1.3")),
    );
    assert_eq!(
        (desk.cursor(), desk.columns()[0].as_str()),
        ("- 1.3".to_owned(), "o 0 1.2 2")
    );
    desk.change("lights", "- [ ] 0. New\n- [x] 9. Only\n");
    assert_eq!(desk.cursor(), "o 0");
    desk.press("b");
    desk.change("signals", "- [-] 5. Fresh\n");
    assert_eq!(desk.columns(), ["o 0", "- 5", "x 9"]);
    desk.press("q");
    desk.change("signals", "");
    assert!(desk.board().cards.is_empty());
}

#[test]
fn a_carried_card_that_vanishes_is_let_go() {
    let mut desk = opened();
    desk.press("m l");
    desk.change("lights", "- [x] 3. Sweep\n");
    assert_eq!(
        (&desk.model.mode, desk.cursor()),
        (&Mode::Normal, "x 3".to_owned())
    );
}

#[test]
fn a_carried_card_that_others_marked_is_not_moved_over_their_mark() {
    for keys in ["m l", "v j m l"] {
        let mut desk = opened();
        desk.press("h").press(keys);
        assert!(matches!(desk.model.mode, Mode::Move(_)));
        let theirs = PLAN.replace("[ ] 1.2 Hang", "[x] 1.2 Hang");
        desk.change("lights", &theirs);
        let said = desk.model.notices.current.as_ref().unwrap().text.clone();
        assert_eq!(said, "not moved: another program marked 1.2 done", "{keys}");
        desk.press("enter");
        assert_eq!(desk.source("lights"), theirs, "{keys}");
    }
}

#[test]
fn a_card_that_was_just_marked_here_can_be_carried() {
    let mut desk = opened();
    desk.press("h space m l enter");
    assert_ne!(desk.source("lights"), PLAN);
    assert_eq!(desk.model.mode, Mode::Normal);
}

#[test]
fn help_goes_back_to_the_kanban() {
    let mut desk = opened();
    assert!(matches!(desk.press("?").model.view, View::Help));
    assert_eq!(desk.press("q").model.view, View::Board);
    assert_eq!(desk.cursor(), "- 1");
}

#[test]
fn with_read_only_nothing_is_ordered() {
    let settings = Settings {
        read_only: true,
        ..Settings::default()
    };
    let mut desk = Desk::with(&[("lights", PLAN)], (120, 36), settings);
    desk.press("b h L H space s d m l enter u ctrl-r b L");
    assert_eq!(
        (desk.writes().len(), desk.source("lights").as_str()),
        (0, PLAN)
    );
}

#[test]
fn cards_are_starred_and_deleted_across_specs_as_one_change() {
    for (keys, lights, signals) in [
        ("h *", PLAN.replace("] 1.2", "]* 1.2"), OTHER.to_owned()),
        ("h j *", PLAN.replace("]* 1.3", "] 1.3"), OTHER.to_owned()),
        (
            "h d d",
            PLAN.replace("  - [ ] 1.2 Hang\n", ""),
            OTHER.to_owned(),
        ),
        (
            "h v j d d",
            PLAN.replace("  - [ ] 1.2 Hang\n  - [ ]* 1.3 Polish\n", ""),
            OTHER.to_owned(),
        ),
        (
            "b h h G v k *",
            PLAN.replace("] 2.", "]* 2."),
            OTHER.replace("[ ] 1.", "[ ]* 1."),
        ),
        (
            "b h h G v k d d",
            PLAN.replace("- [ ] 2. Paint\n", ""),
            OTHER.replace("- [ ] 1. Tide\n", ""),
        ),
        (
            "b h h G v k m l l enter",
            PLAN.replace("[ ] 2.", "[-] 2."),
            OTHER.replace("[ ] 1.", "[-] 1."),
        ),
        ("b h h G v k m l esc", PLAN.to_owned(), OTHER.to_owned()),
        (
            "t S d",
            PLAN.replace("[-]", "[x]")
                .replace("[ ] 1.2", "[x] 1.2")
                .replace("[ ]* 1.3", "[x]* 1.3"),
            OTHER.to_owned(),
        ),
    ] {
        let mut desk = opened();
        desk.press(keys);
        assert_eq!(desk.source("lights"), lights, "{keys}");
        assert_eq!(desk.source("signals"), signals, "{keys}");
        desk.press("u");
        assert_eq!(
            (desk.source("lights"), desk.source("signals")),
            (PLAN.to_owned(), OTHER.to_owned()),
            "{keys}"
        );
    }
}

#[test]
fn tasks_below_cards_were_marked_in_the_open_spec_alone() {
    let signals = "- [ ] 1. Tide\n  - [ ] 1.1 Gauge\n    - [ ] 1.1.1 Pole\n- [ ] 2. Fog\n";
    for (keys, lights, expected) in [
        // A card of the spec that is not open.
        (
            "b t h G k S d",
            PLAN.to_owned(),
            "- [x] 1. Tide\n  - [x] 1.1 Gauge\n    - [x] 1.1.1 Pole\n- [ ] 2. Fog\n",
        ),
        // From the open spec into the other one.
        (
            "b t h v G k S p",
            PLAN.replace("[ ] 2.", "[-] 2."),
            "- [-] 1. Tide\n  - [-] 1.1 Gauge\n    - [-] 1.1.1 Pole\n- [ ] 2. Fog\n",
        ),
    ] {
        let mut desk = Desk::new(&[("lights", PLAN), ("signals", signals)], (120, 36));
        desk.press("b").press(keys);
        assert_eq!(desk.source("lights"), lights, "{keys}");
        assert_eq!(desk.source("signals"), expected, "{keys}");
        desk.press("u");
        assert_eq!(desk.source("signals"), signals, "{keys}");
    }
}

#[test]
fn carried_cards_are_all_drawn_at_their_aim() {
    let mut desk = opened();
    desk.press("h v j m l");
    assert_eq!(desk.columns(), ["o 1.2 1.3 2", "- 1.2 1.3", "x 1.1 3"]);
    assert!(
        desk.screen().contains("MOVE 2 tasks to In progress"),
        "{}",
        desk.screen()
    );
    assert_eq!(desk.source("lights"), PLAN);
    assert_eq!(
        desk.press("enter").columns(),
        ["o 2", "- 1.2 1.3", "x 1.1 3"]
    );
}

#[test]
fn the_cursor_goes_on_to_the_next_card_after_a_deletion() {
    let mut desk = opened();
    assert_eq!(desk.press("h d d").cursor(), "o 1.3");
    assert_eq!(desk.press("G d d").cursor(), "o 1.3");
    assert_eq!(desk.press("d d").cursor(), "- 1");
}

/// Types the title of a new task and saves it.
fn write_new(desk: &mut Desk, title: &str) {
    desk.tell(Message::Pasted(title.to_owned()));
    desk.press("ctrl-s");
}

#[test]
fn a_new_card_has_the_state_of_its_column_and_the_place_that_is_chosen() {
    for (keys, lights, signals, cursor) in [
        (
            "o enter",
            PLAN.replace("- [ ] 2.", "- [-] 4. New\n- [ ] 2."),
            OTHER.to_owned(),
            "- 4",
        ),
        (
            "o j enter",
            PLAN.replace("- [-] 1.", "- [-] 4. New\n- [-] 1."),
            OTHER.to_owned(),
            "- 4",
        ),
        (
            "h o o",
            PLAN.replace("  - [ ]* 1.3", "  - [ ] 1.4 New\n  - [ ]* 1.3"),
            OTHER.to_owned(),
            "o 1.4",
        ),
        (
            "l l o j j enter",
            PLAN.replace("1.1 Order\n", "1.1 Order\n    - [x] 1.1.1 New\n"),
            OTHER.to_owned(),
            "x 1.1.1",
        ),
        (
            "o j j j enter",
            format!("{PLAN}- [-] 4. New\n"),
            OTHER.to_owned(),
            "- 4",
        ),
        (
            "b o j j j j enter",
            PLAN.to_owned(),
            format!("{OTHER}- [-] 4. New\n"),
            "- 4",
        ),
    ] {
        let mut desk = opened();
        desk.press(keys);
        write_new(&mut desk, "New");
        assert_eq!(desk.source("lights"), lights, "{keys}");
        assert_eq!(desk.source("signals"), signals, "{keys}");
        assert_eq!(desk.cursor(), cursor, "{keys}");
        desk.press("u");
        assert_eq!(desk.source("lights"), PLAN, "{keys}");
        assert_eq!(desk.source("signals"), OTHER, "{keys}");
    }
    let mut desk = opened();
    let screen = desk.press("b o").screen();
    let below: Vec<&str> = screen
        .lines()
        .skip_while(|line| !line.contains("new task"))
        .collect();
    assert_eq!(
        below.join("\n"),
        " ── new task, in progress\n▌  behind 1 (lights)\n   before 1 (lights)\n   as a sub-task of 1 (lights)\n   at the end of lights\n   at the end of signals\n NEW where?  enter here  j k choose  esc back"
    );
    assert_eq!(desk.press("esc").model.mode, Mode::Normal);
}
