//! The last line: the mode, a message or the hints that apply now, `? help`, and the place of the
//! cursor.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::Canvas;
use super::line::{erase, put, row_of};
use super::theme::Role;
use crate::command::{FooterHint, Place, hints, hints_in_place, key_of, matching, offered};
use crate::model::{
    BoardScope, Carried, FilterPrompt, Find, Kind, Mode, Notice, Prompt, Question, Surface, View,
    Width, filter_completions,
};
use crate::store::LeftDraft;
use crate::text::{clean, cut_end, cut_middle, width, wrap};

/// The word for the help behind its key.
const HELP: &str = " help";
/// Columns for the place at the end.
const PLACE: usize = 20;
/// The longest that the name of a carried card gets.
const LONGEST_NAME: usize = 16;
/// The longest that the name of what is edited gets.
const LONGEST_UNIT: usize = 30;
/// Columns for the word for the help with the blanks around it.
const HELP_FIELD: usize = 9;
/// The least that the name of what is edited is cut to.
const SHORTEST_UNIT: usize = 8;
/// Columns for the hints behind a line that is being typed.
const PROMPT_HINTS: usize = 36;

/// Draws the line.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let area = canvas.layout.footer;
    match &canvas.model.mode {
        Mode::Prompt(prompt) => {
            let all = offered().count();
            let fitting = matching(canvas.model, prompt.text()).len();
            return draw_prompt(canvas, buffer, prompt, ":", &format!("{fitting} of {all}"));
        }
        Mode::Find(find) => {
            return draw_prompt(canvas, buffer, &find.prompt, "/", &hits_in_all(canvas));
        }
        Mode::Filter(typed) => {
            let count = let_through(canvas, typed);
            return draw_prompt(canvas, buffer, &typed.prompt, "filter ", &count);
        }
        _ => {}
    }
    let place = if canvas.layout.width >= Width::Normal {
        place(canvas)
    } else {
        String::new()
    };
    match canvas.model.mode {
        // Only the keys of the question count, and all of them are to be seen.
        Mode::Conflict(_) | Mode::Place(_) | Mode::Proposal(_) | Mode::Question(_) => {
            return draw_left(canvas, buffer, area);
        }
        Mode::Edit(_) | Mode::Move(_) | Mode::Finder(_) | Mode::Search(_) => {
            return draw_beside_place(canvas, buffer, &place);
        }
        _ => {}
    }
    let help_at = help_at(canvas);
    let room = Rect {
        width: u16::try_from(help_at.saturating_sub(1)).unwrap_or(area.width),
        ..area
    };
    draw_left(canvas, buffer, room);
    put(
        buffer,
        area,
        help_at,
        &[
            (&help_key(canvas), Role::Accent),
            (help_word(canvas), Role::Dim),
        ],
    );
    draw_place(canvas, buffer, &place, columns_before_place(canvas));
}

/// Draws the line of a mode that has its own keys; in an open editor `?` is text as any other letter.
fn draw_beside_place(canvas: &Canvas<'_>, buffer: &mut Buffer, place: &str) {
    let area = canvas.layout.footer;
    let columns = usize::from(area.width);
    let place_at = if place.is_empty() {
        columns
    } else {
        columns.saturating_sub(PLACE)
    };
    let room = Rect {
        width: u16::try_from(place_at.saturating_sub(1)).unwrap_or(area.width),
        ..area
    };
    draw_left(canvas, buffer, room);
    draw_place(canvas, buffer, place, place_at);
}

fn draw_place(canvas: &Canvas<'_>, buffer: &mut Buffer, place: &str, at: usize) {
    let cleaned = clean(place);
    let words = cut_end(&cleaned, PLACE, canvas.glyphs.cut);
    put(buffer, canvas.layout.footer, at, &[(&words, Role::Text)]);
}

/// Says which hit of how many the cursor is on.
fn hits_in_all(canvas: &Canvas<'_>) -> String {
    let place = canvas.model.find.as_ref().map(Find::place);
    place.map_or_else(String::new, |place| {
        place.unwrap_or_else(|| "not found".to_owned())
    })
}

/// Says how many things the filter that is typed lets through, or which word of it says nothing
/// here.
fn let_through(canvas: &Canvas<'_>, typed: &FilterPrompt) -> String {
    let filter = canvas.model.filter();
    if let Some(word) = filter.and_then(|filter| filter.unknown_in(typed.place)) {
        return format!("no {word}: of {}", typed.place.things());
    }
    match canvas.model.filtered() {
        Some((shown, all)) if filter.is_some() => format!("{shown} of {all}"),
        _ => String::new(),
    }
}

/// Returns what the last word of a typed filter may go on to be, where it is begun.
fn completions(canvas: &Canvas<'_>) -> String {
    let Mode::Filter(typed) = &canvas.model.mode else {
        return String::new();
    };
    let text = typed.stem.as_deref().unwrap_or(typed.prompt.text());
    let found = filter_completions(text, typed.place);
    // A value that is whole needs no other.
    if found.iter().any(|word| text.ends_with(word.as_str())) {
        return String::new();
    }
    found.join(" ")
}

/// Returns the key that shows the keys.
fn help_key(canvas: &Canvas<'_>) -> String {
    key_of(canvas.model, "help-open")
}

/// Returns what `?` leads to: from the help screen to the keys of all places, and back.
fn help_word(canvas: &Canvas<'_>) -> &'static str {
    let model = canvas.model;
    match (model.surface(), model.help.all) {
        (Surface::Help, false) => " all",
        (Surface::Help, true) => " here",
        _ => HELP,
    }
}

/// Draws the line that is being typed behind its sign, its keys behind it, and a count at the end.
fn draw_prompt(canvas: &Canvas<'_>, buffer: &mut Buffer, prompt: &Prompt, sign: &str, count: &str) {
    let area = canvas.layout.footer;
    let columns = usize::from(area.width);
    let count_at = if canvas.layout.width >= Width::Narrow {
        columns.saturating_sub(PLACE)
    } else {
        columns
    };
    let hints_at = if canvas.layout.width >= Width::Normal {
        count_at.saturating_sub(PROMPT_HINTS)
    } else {
        count_at
    };
    draw_typed(
        canvas,
        buffer,
        Rect {
            width: u16::try_from(hints_at.saturating_sub(1)).unwrap_or(area.width),
            ..area
        },
        prompt,
        sign,
    );
    let completions = completions(canvas);
    if hints_at < count_at && !completions.is_empty() {
        let room = count_at - hints_at - 1;
        let words = cut_end(&completions, room, canvas.glyphs.cut).into_owned();
        put(buffer, area, hints_at, &[(&words, Role::Dim)]);
    } else if hints_at < count_at {
        draw_hints(canvas, buffer, area, hints_at);
    }
    put(buffer, area, count_at, &[(count, Role::Dim)]);
}

/// Draws the text and its caret. What does not fit goes out at the front, so that the caret is
/// always seen.
pub(super) fn draw_typed(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    prompt: &Prompt,
    sign: &str,
) {
    let (before, after) = prompt.halves();
    let (before, after) = (clean(before), clean(after));
    let before = last_columns(&before, usize::from(area.width).saturating_sub(4));
    let under = after.graphemes(true).next().unwrap_or(" ");
    let rest = after.get(under.len()..).unwrap_or_default();
    let rest = cut_end(
        rest,
        usize::from(area.width).saturating_sub(3 + width(before)),
        canvas.glyphs.cut,
    );
    put(
        buffer,
        area,
        1,
        &[
            (sign, Role::Accent),
            (before, Role::Text),
            (under, Role::Caret),
            (&rest, Role::Text),
        ],
    );
}

/// Returns the longest end of `text` that fits into `columns`.
fn last_columns(text: &str, columns: usize) -> &str {
    let starts = text.grapheme_indices(true).map(|(at, _)| at);
    starts
        .map(|at| &text[at..])
        .find(|end| width(end) <= columns)
        .unwrap_or_default()
}

/// Draws the mode, and the message, the waiting prefix or the hints.
fn draw_left(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) {
    let model = canvas.model;
    let at = draw_mode(canvas, buffer, area);
    let notice = model.notices.current.as_ref();
    if let Some(notice) = notice.filter(|notice| !gives_way(canvas, notice)) {
        return draw_notice(canvas, buffer, area, at, notice);
    }
    if let Some(unknown) = unknown_words(canvas) {
        return draw_message(canvas, buffer, area, at, &unknown, Role::Danger);
    }
    if let Mode::Prefix {
        first, shown: true, ..
    } = &model.mode
    {
        put(buffer, area, at, &[(&first.to_string(), Role::Accent)]);
        return;
    }
    if let Mode::Move(carried) = &model.mode {
        return draw_move(canvas, buffer, area, carried);
    }
    draw_hints(canvas, buffer, area, at);
}

/// Returns whether a message leaves the line to the keys that count: an error stays until it is
/// dismissed, and may not hide the answers of a question for that long.
fn gives_way(canvas: &Canvas<'_>, notice: &Notice) -> bool {
    let is_lasting = notice.kind == Kind::Error;
    match canvas.model.mode {
        Mode::Place(_) | Mode::Proposal(_) => is_lasting,
        _ => stands_above(canvas, notice),
    }
}

/// Returns whether a message stands above the line: where that holds the answers of a question, and
/// else where the line is too short for it, or in an editor where it lasts, and the peek has room.
fn stands_above(canvas: &Canvas<'_>, notice: &Notice) -> bool {
    // Over a pane the rows of the peek are free for it; over a card the editor is there.
    let has_room = canvas.model.view == View::Main && canvas.layout.peek.is_some();
    let is_longer_than = |room: usize| width(&clean(&notice.text)) > room;
    let columns = usize::from(canvas.layout.footer.width);
    match &canvas.model.mode {
        Mode::Question(_) | Mode::Conflict(_) => true,
        Mode::Edit(editor) => {
            let place = if canvas.layout.width >= Width::Normal {
                PLACE
            } else {
                0
            };
            let name = width(&clean(&editor.unit.name)).min(LONGEST_UNIT);
            let taken = " EDIT ".len() + name + 3 + 1 + place;
            let is_too_long = is_longer_than(columns.saturating_sub(taken));
            has_room && (notice.kind == Kind::Error || is_too_long)
        }
        Mode::Normal if canvas.model.filter().is_none() => {
            has_room && is_longer_than(help_at(canvas).saturating_sub(2))
        }
        Mode::Select { .. } => {
            has_room && is_longer_than(help_at(canvas).saturating_sub(2 + SELECTED))
        }
        _ => false,
    }
}

/// The columns of what says how many tasks are selected.
const SELECTED: usize = 16;

/// Returns the column in which the key of the help stands.
fn help_at(canvas: &Canvas<'_>) -> usize {
    let key = width(&help_key(canvas));
    if canvas.layout.width >= Width::Normal {
        columns_before_place(canvas).saturating_sub(key + HELP_FIELD)
    } else {
        usize::from(canvas.layout.footer.width).saturating_sub(key + HELP.len() + 1)
    }
}

/// Returns the column in which the place of the cursor stands.
fn columns_before_place(canvas: &Canvas<'_>) -> usize {
    usize::from(canvas.layout.footer.width).saturating_sub(PLACE)
}

/// The most rows of a message above the line.
const ABOVE: usize = 3;

/// Draws a message above the line, whole where that can be.
pub(super) fn draw_above(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    let (footer, notice) = (canvas.layout.footer, &canvas.model.notices.current);
    let Some(notice) = notice
        .as_ref()
        .filter(|notice| stands_above(canvas, notice))
    else {
        return;
    };
    let columns = usize::from(footer.width).saturating_sub(2).max(1);
    let text = clean(&notice.text).into_owned();
    let lines: Vec<&str> = wrap(&text, columns).into_iter().take(ABOVE).collect();
    let height = u16::try_from(lines.len()).unwrap_or(1).min(footer.y);
    let area = Rect {
        y: footer.y - height,
        height,
        ..footer
    };
    erase(buffer, area);
    for (index, line) in lines.into_iter().enumerate() {
        if let Some(row) = row_of(area, index) {
            put(buffer, row, 1, &[(line, role_of(notice))]);
        }
    }
}

fn role_of(notice: &Notice) -> Role {
    if notice.kind == Kind::Error {
        Role::Danger
    } else {
        Role::Text
    }
}

fn draw_notice(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, at: usize, notice: &Notice) {
    let text = clean(&notice.text).into_owned();
    draw_message(canvas, buffer, area, at, &text, role_of(notice));
}

/// Says which ids in the line that is being typed name nothing.
fn unknown_words(canvas: &Canvas<'_>) -> Option<String> {
    let unknown = canvas.model.unknown_ids();
    let (last, others) = unknown.split_last()?;
    let ids = match others {
        [] => last.clone(),
        _ => format!("{} and {last}", others.join(", ")),
    };
    let verb = if others.is_empty() { "names" } else { "name" };
    Some(clean(&format!("{ids} {verb} no requirement")).into_owned())
}

/// Draws a message. One that does not fit says where it can be read whole.
fn draw_message(
    canvas: &Canvas<'_>,
    buffer: &mut Buffer,
    area: Rect,
    at: usize,
    text: &str,
    role: Role,
) {
    let room = usize::from(area.width).saturating_sub(at);
    // Where text is typed the keys for it would be typed too.
    let is_typing = matches!(canvas.model.mode, Mode::Edit(_));
    let all = key_of(canvas.model, "messages-open");
    if width(text) <= room || room < width(&all) * 3 || is_typing {
        put(
            buffer,
            area,
            at,
            &[(&cut_end(text, room, canvas.glyphs.cut), role)],
        );
        return;
    }
    let cut = cut_end(text, room - width(&all) - 1, canvas.glyphs.cut);
    put(
        buffer,
        area,
        at,
        &[(&cut, role), (" ", Role::Text), (&all, Role::Accent)],
    );
}

/// Says which card is in the hand, where it would go, and the keys that count.
fn draw_move(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, carried: &Carried) {
    let task = &carried.key.task;
    let several = format!("{} tasks", carried.count());
    let name = match carried.count() {
        0 | 1 => task.number.as_ref().or(task.title.as_ref()),
        _ => Some(&several),
    };
    let name = name.map_or("", String::as_str);
    let title = carried.aim.marker().title;
    let others = "MOVE  to ".len() + width(title);
    let room = room_for_name(canvas, area, others).min(LONGEST_NAME);
    let name = cut_end(&clean(name), room, canvas.glyphs.cut).into_owned();
    let words = format!(" {name} to {title}");
    let pieces = [("MOVE", Role::Strong), (&words, Role::Text)];
    let at = put(buffer, area, 1, &pieces) + 3;
    draw_hints(canvas, buffer, area, at);
}

/// Draws the name of a mode that changes what keys mean. Gives the column behind it.
fn draw_mode(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) -> usize {
    if let Mode::Conflict(dispute) = &canvas.model.mode {
        return draw_editing(canvas, buffer, area, dispute.name());
    }
    if let Mode::Place(_) = &canvas.model.mode {
        let pieces = [("NEW", Role::Strong), (" where?", Role::Text)];
        return put(buffer, area, 1, &pieces) + 2;
    }
    if let Mode::Proposal(proposal) = &canvas.model.mode {
        let (mode, question) = proposal.question();
        let pieces = [
            (mode, Role::Strong),
            (" ", Role::Text),
            (question, Role::Text),
        ];
        return put(buffer, area, 1, &pieces) + 2;
    }
    if let Mode::Question(question) = &canvas.model.mode
        && let Question::TakeDraft { draft, .. } = question.as_ref()
    {
        return draw_draft(canvas, buffer, area, draft);
    }
    if let Some(editor) = canvas.model.editor() {
        return draw_editing(canvas, buffer, area, &editor.unit.name);
    }
    let tasks = canvas.model.selected().map(|selected| selected.len());
    if canvas.model.mode == Mode::Normal && canvas.model.filter().is_some() {
        return draw_filter(canvas, buffer, area);
    }
    let Some(selected) = tasks.or_else(|| canvas.model.count_selected_cards()) else {
        return 1;
    };
    let count = match selected {
        1 => " 1 task".to_owned(),
        count => format!(" {count} tasks"),
    };
    put(
        buffer,
        area,
        1,
        &[("SELECT", Role::Strong), (&count, Role::Text)],
    ) + 3
}

/// Says what is filtered, and how much it lets through.
fn draw_filter(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect) -> usize {
    let text = canvas.model.filter().map_or("", |filter| filter.text());
    let text = cut_end(&clean(text), LONGEST_UNIT, canvas.glyphs.cut).into_owned();
    let (shown, all) = canvas.model.filtered().unwrap_or_default();
    let pieces = [
        ("FILTER ", Role::Strong),
        (&text, Role::Text),
        (&format!("  {shown} of {all}"), Role::Dim),
    ];
    put(buffer, area, 1, &pieces) + 3
}

/// Says which draft an earlier board left behind.
fn draw_draft(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, draft: &LeftDraft) -> usize {
    let age = age_words(canvas.model.now - draft.typed.at);
    let others = width(&age) + "DRAFT ≠ of , typed :".chars().count();
    let room = room_for_name(canvas, area, others);
    let name = cut_end(&clean(&draft.typed.name), room, canvas.glyphs.cut).into_owned();
    let words = format!(" of {name}, typed {age}:");
    let flag = if canvas.model.is_disputed(draft) {
        format!(" {}", canvas.glyphs.conflict)
    } else {
        String::new()
    };
    let pieces = [
        ("DRAFT", Role::Strong),
        (&flag[..], Role::Danger),
        (&words, Role::Text),
    ];
    put(buffer, area, 1, &pieces) + 3
}

/// Returns how long ago something was, in words.
pub(super) fn age_words(seconds: i64) -> String {
    match seconds {
        ..60 => "just now".to_owned(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}

/// Returns the columns that a name gets beside `others` columns of words and the hints that must be
/// seen: all answers of a question; of an editor the first, and how it is left.
fn room_for_name(canvas: &Canvas<'_>, area: Rect, others: usize) -> usize {
    let hints = hints(canvas.model);
    let is_asked = matches!(
        canvas.model.mode,
        Mode::Question(_) | Mode::Conflict(_) | Mode::Move(_)
    );
    let needed = hints.iter().enumerate();
    let needed = needed.filter(|(index, hint)| is_asked || *index == 0 || hint.leaves);
    let needed: usize = needed.map(|(_, hint)| hint_columns(hint)).sum();
    usize::from(area.width)
        .saturating_sub(others + needed + 2)
        .clamp(SHORTEST_UNIT, LONGEST_UNIT)
}

/// Names what is being edited, or asks what becomes of it.
fn draw_editing(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, name: &str) -> usize {
    let others = match &canvas.model.mode {
        Mode::Question(_) => "EDIT  is not saved:".len(),
        _ => "CONFLICT ".len(),
    };
    let room = room_for_name(canvas, area, others);
    let name = cut_end(&clean(name), room, canvas.glyphs.cut).into_owned();
    let (mode, words) = match &canvas.model.mode {
        Mode::Question(_) => ("EDIT", format!(" {name} is not saved:")),
        Mode::Conflict(_) => ("CONFLICT", format!(" {name}")),
        _ => ("EDIT", format!(" {name}")),
    };
    put(
        buffer,
        area,
        1,
        &[(mode, Role::Strong), (&words, Role::Text)],
    ) + 3
}

fn draw_hints(canvas: &Canvas<'_>, buffer: &mut Buffer, area: Rect, from: usize) {
    let most = match canvas.layout.width {
        Width::Tiny => 2,
        Width::Narrow => 4,
        Width::Normal => 5,
        _ => 8,
    };
    let leaves = |place: &Place| place.hint.as_ref().is_some_and(|hint| hint.leaves);
    let (leaving, others): (Vec<_>, Vec<_>) =
        hints_in_place(canvas.model).into_iter().partition(leaves);
    // How a mode is left is always seen.
    let kept: usize = leaving.iter().map(|place| place.columns + 2).sum();
    // The last one needs no blanks behind it.
    let columns = usize::from(area.width) + 2;
    let room = columns.saturating_sub(kept);
    let (mut at, mut left) = (from, most - leaving.len().min(most));
    for place in others {
        // A short one further on may still fit.
        if left > 0 && at + place.columns + 2 <= room {
            at = put_hint(buffer, area, at, &place);
            left -= 1;
        }
    }
    for place in leaving {
        if at + place.columns + 2 <= columns {
            at = put_hint(buffer, area, at, &place);
        }
    }
}

/// Returns the columns of a hint, with the blanks behind it.
fn hint_columns(hint: &FooterHint) -> usize {
    width(&hint.keys) + 1 + width(hint.word) + 2
}

/// Draws the hint of a place. Gives the column behind it and its blanks.
fn put_hint(buffer: &mut Buffer, area: Rect, at: usize, place: &Place) -> usize {
    if let Some(FooterHint { keys, word, .. }) = &place.hint {
        let pieces = [
            (&keys[..], Role::Accent),
            (" ", Role::Text),
            (word, Role::Dim),
        ];
        put(buffer, area, at, &pieces);
    }
    at + place.columns + 2
}

/// Returns the file and the line of the cursor.
fn place(canvas: &Canvas<'_>) -> String {
    let model = canvas.model;
    if matches!(model.mode, Mode::Finder(_) | Mode::Search(_)) {
        return model
            .finder_place()
            .map_or_else(String::new, |(path, line)| place_in(canvas, &path, line));
    }
    match model.surface() {
        Surface::Board => {
            let Some((cards, card)) = model.board.card() else {
                return String::new();
            };
            // Among the cards of all specs the file has the same name in each.
            let name = match model.board.scope {
                Some(BoardScope::All) => cards.feature.file_name().unwrap_or_default(),
                _ => cards.file.path.file_name().unwrap_or_default(),
            };
            let line = format!(":{}", card.line + 1);
            let name = clean(&name.to_string_lossy()).into_owned();
            let room = PLACE.saturating_sub(line.len());
            format!("{}{line}", cut_middle(&name, room, canvas.glyphs.cut))
        }
        Surface::Overview => {
            let path = &model.overview.list.cursor;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            cut_middle(&clean(&name), PLACE, canvas.glyphs.cut).into_owned()
        }
        Surface::Diagram => model.diagram.as_ref().map_or_else(String::new, |diagram| {
            let open_file = model.open_files.of(diagram.pane);
            let path = open_file.map(|open_file| open_file.file.path.as_path());
            path.map_or_else(String::new, |path| {
                place_in(canvas, path, diagram.position.line)
            })
        }),
        surface if surface.is_pane() => {
            let Some((path, line)) = model.place_in_document() else {
                return String::new();
            };
            place_in(canvas, &path, line)
        }
        _ => String::new(),
    }
}

/// Returns the name of a file and a line of it, from 0.
fn place_in(canvas: &Canvas<'_>, path: &Path, line: usize) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let line = format!(":{}", line + 1);
    let room = PLACE.saturating_sub(line.len());
    format!(
        "{}{line}",
        cut_middle(&clean(&name), room, canvas.glyphs.cut)
    )
}
