//! What stands above the footer while keys are awaited: the second keys of a prefix, the
//! completions of a command.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Canvas;
use super::conflict::changed_part;
use super::line::{erase, put, put_end, row_of};
use super::theme::Role;
use crate::command::{Command, applies_here, chosen, continuations, matching, prefix_word, remark};
use crate::model::{Key, Mode, NewCard, Prompt, Proposal, ProposalLine, Question, Width};
use crate::text::{Sign, clean, cut_end, pad, width};

/// The most lines of a draft that are shown.
const MOST_LINES: usize = 12;
/// The most rows of completions.
const CHOICES: usize = 8;
/// Columns for the name of a command.
const NAME: usize = 24;
/// Columns for its keys.
const KEYS: usize = 16;

/// Draws what the mode asks for.
pub(super) fn draw(canvas: &Canvas<'_>, buffer: &mut Buffer) {
    match &canvas.model.mode {
        Mode::Prefix {
            shown: true, first, ..
        } => draw_prefix(canvas, buffer, *first),
        Mode::Prompt(prompt) => draw_choices(canvas, buffer, prompt),
        Mode::Proposal(proposal) => draw_proposal(canvas, buffer, proposal),
        Mode::Place(new) => draw_places(canvas, buffer, new),
        Mode::Question(question) => draw_question(canvas, buffer, question),
        _ => {}
    }
}

/// Shows the text of a draft that is offered, if it was asked for.
fn draw_question(canvas: &Canvas<'_>, buffer: &mut Buffer, question: &Question) {
    let Question::TakeDraft {
        draft,
        is_shown: true,
    } = question
    else {
        return;
    };
    let lines = &draft.typed.lines;
    let above = canvas.layout.page;
    let most = usize::from(above.height).saturating_sub(1).min(MOST_LINES);
    let area = open(buffer, above, lines.len().min(most) + 1);
    let path = draft.typed.file();
    let rule = canvas.glyphs.line.repeat(2);
    let title = format!(" {} ", path.to_string_lossy());
    let pieces = [(&rule[..], Role::Dim), (&title, Role::Strong)];
    let end = put(buffer, area, 1, &pieces);
    if canvas.model.is_disputed(draft) {
        let words = format!("{} the file changed there", canvas.glyphs.conflict);
        put_end(buffer, area, end, &[(&words, Role::Danger)]);
    }
    for (index, line) in lines.iter().enumerate() {
        if let Some(row) = row_of(area, index + 1) {
            put(buffer, row, 3, &[(line, Role::Text)]);
        }
    }
}

/// Lists where a new card can go.
fn draw_places(canvas: &Canvas<'_>, buffer: &mut Buffer, new: &NewCard) {
    let room = usize::from(canvas.layout.page.height)
        .saturating_sub(1)
        .clamp(1, CHOICES);
    let first = (new.chosen + 1).saturating_sub(room);
    let shown = new.places.len().min(room);
    let area = open(buffer, canvas.layout.page, shown + 1);
    let title = format!(" new task, {} ", new.state.marker().title.to_lowercase());
    let pieces = [(canvas.glyphs.line, Role::Dim), (&title[..], Role::Strong)];
    put(buffer, area, 1, &pieces);
    for (index, place) in new.places.iter().enumerate().skip(first).take(shown) {
        let Some(row) = row_of(area, index - first + 1) else {
            break;
        };
        if index == new.chosen {
            put(buffer, row, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
        }
        let columns = usize::from(row.width).saturating_sub(4);
        let words = clean(&place.words).into_owned();
        let words = cut_end(&words, columns, canvas.glyphs.cut).into_owned();
        put(buffer, row, 3, &[(&words, Role::Text)]);
    }
}

/// Shows a change as a diff: the files, and in each the lines that go and come.
fn draw_proposal(canvas: &Canvas<'_>, buffer: &mut Buffer, proposal: &Proposal) {
    let room = Proposal::room(&canvas.layout);
    let shown = proposal.lines.len().min(room);
    let area = open(buffer, canvas.layout.page, shown + 1);
    let title = format!(" {} ", proposal.title());
    let end = put(
        buffer,
        area,
        1,
        &[(canvas.glyphs.line, Role::Dim), (&title, Role::Strong)],
    );
    if proposal.lines.len() > room {
        let place = format!(
            "{}{}{} of {} ",
            proposal.top + 1,
            canvas.glyphs.range,
            proposal.top + shown,
            proposal.lines.len()
        );
        put_end(buffer, area, end + 1, &[(&place, Role::Dim)]);
    }
    let lines = proposal.lines.iter().skip(proposal.top);
    for (index, line) in lines.take(shown).enumerate() {
        if let Some(row) = row_of(area, index + 1) {
            draw_proposed(canvas, buffer, row, line);
        }
    }
}

/// Draws a line of a change. What differs from the line that it became has the colour of its sign.
fn draw_proposed(canvas: &Canvas<'_>, buffer: &mut Buffer, row: Rect, line: &ProposalLine) {
    let columns = usize::from(row.width);
    let (line, sign, text, other) = match line {
        ProposalLine::Warning(words) => {
            put(buffer, row, 3, &[(words, Role::Danger)]);
            return;
        }
        ProposalLine::File(name) => {
            put(buffer, row, 3, &[(name, Role::Strong)]);
            return;
        }
        ProposalLine::Changed {
            line,
            sign,
            text,
            other,
        } => (line, *sign, text, other),
    };
    let role = match sign {
        Sign::Removed => Role::Removed,
        Sign::Added => Role::Added,
    };
    let number = format!("{:>6} ", line + 1);
    let cleaned = clean(text);
    let cut = cut_end(
        &cleaned,
        columns.saturating_sub(number.len() + 3),
        canvas.glyphs.cut,
    );
    let part = match other {
        Some(other) => changed_part(&clean(other), &cleaned),
        None => 0..cleaned.len(),
    };
    let whole = cut.len().min(cleaned.len());
    let floor = |at: usize| {
        let mut before = (0..=at.min(whole)).rev();
        before.find(|at| cut.is_char_boundary(*at)).unwrap_or(0)
    };
    let [from, to] = [part.start, part.end].map(floor);
    let pieces = [
        (&number[..], Role::Dim),
        (sign.symbol(), role),
        (" ", Role::Text),
        (&cut[..from], Role::Text),
        (&cut[from..to], role),
        (&cut[to..], Role::Text),
    ];
    put(buffer, row, 0, &pieces);
}

/// Returns the area of the last `rows` rows above the footer, blanked out.
fn open(buffer: &mut Buffer, above: Rect, rows: usize) -> Rect {
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(above.height);
    let area = Rect {
        y: above.bottom() - height,
        height,
        ..above
    };
    erase(buffer, area);
    area
}

/// Draws the second keys in columns that are as wide as the widest entry; in narrower ones where
/// not all of them would be on the screen.
fn draw_prefix(canvas: &Canvas<'_>, buffer: &mut Buffer, first: Key) {
    let entries = continuations(canvas.model);
    let above = if canvas.model.surface().is_main() {
        canvas.layout.body
    } else {
        canvas.layout.page
    };
    let keys = entries.iter().map(|(key, _)| width(key)).max().unwrap_or(1);
    let docs = entries.iter().map(|(_, command)| width(command.doc)).max();
    let (across, wide) = columns(above, entries.len(), 2 + keys + 2 + docs.unwrap_or(0) + 2);
    let down = entries.len().div_ceil(across).max(1);
    let area = open(buffer, above, down + 1);
    if let Some(rule) = row_of(area, 0) {
        let word = (prefix_word(first), Role::Strong);
        let pieces = [(canvas.glyphs.line, Role::Dim), (" ", Role::Text), word];
        put(buffer, rule, 1, &pieces);
    }
    for (index, (key, command)) in entries.iter().enumerate() {
        let Some(row) = row_of(area, 1 + index % down) else {
            continue;
        };
        let room = wide.saturating_sub(2 + keys + 2);
        let doc = cut_end(command.doc, room, canvas.glyphs.cut);
        let key = (&*pad(key, keys), Role::Accent);
        let pieces = [key, ("  ", Role::Text), (&*doc, Role::Text)];
        put(buffer, row, 2 + index / down * wide, &pieces);
    }
}

/// Returns how many columns so many entries stand in, the widest of which is `wide`, and how wide
/// each is.
fn columns(above: Rect, entries: usize, wide: usize) -> (usize, usize) {
    let room = usize::from(above.width);
    let rows = usize::from(above.height).saturating_sub(1).max(1);
    let across = (room / wide).clamp(1, entries.max(1));
    let needed = entries.div_ceil(rows);
    if across > 1 && across >= needed {
        (across, wide)
    } else {
        let across = across.max(needed);
        (across, room.saturating_sub(2) / across)
    }
}

/// Draws the completions, the best nearest to the line below.
fn draw_choices(canvas: &Canvas<'_>, buffer: &mut Buffer, prompt: &Prompt) {
    let choices = matching(canvas.model, prompt.text());
    let at = prompt.chosen.unwrap_or(0);
    let first = at.saturating_sub(CHOICES - 1);
    let shown = choices.len().min(CHOICES);
    let screen = Rect {
        height: canvas.layout.footer.y,
        y: 0,
        ..canvas.layout.footer
    };
    let remark = remark(canvas.model, prompt);
    let area = open(buffer, screen, shown + usize::from(remark.is_some()));
    if let Some(words) = remark {
        put(buffer, area, 2, &[(words, Role::Dim)]);
    }
    let chosen = chosen(canvas.model, prompt).map(|command| command.name);
    for (index, command) in choices.iter().skip(first).take(shown).enumerate() {
        let Some(row) = usize::from(area.height)
            .checked_sub(index + 1)
            .and_then(|row| row_of(area, row))
        else {
            break;
        };
        if chosen == Some(command.name) {
            put(buffer, row, 0, &[(canvas.glyphs.cursor, Role::Accent)]);
        }
        draw_choice(canvas, buffer, row, command);
    }
}

/// Draws a completion; one that cannot be run here is dim.
fn draw_choice(canvas: &Canvas<'_>, buffer: &mut Buffer, row: Rect, command: &Command) {
    let role = if applies_here(canvas.model, command) {
        Role::Text
    } else {
        Role::Dim
    };
    let field = if canvas.layout.width == Width::Tiny {
        0
    } else {
        KEYS
    };
    let keys = if field == 0 {
        String::new()
    } else {
        command.keys_in(canvas.model).collect::<Vec<_>>().join("  ")
    };
    let at = put(
        buffer,
        row,
        2,
        &[
            (&pad(command.name, NAME), role),
            ("  ", Role::Text),
            (&pad(&keys, field), Role::Accent),
        ],
    ) + 1;
    let doc = cut_end(
        command.doc,
        usize::from(row.width).saturating_sub(at + 1),
        canvas.glyphs.cut,
    );
    put(buffer, row, at, &[(&doc, role)]);
}
