//! Jumps: from what the cursor is on to what it is about and to what refers to it, and back; the
//! outline of a document.

use super::{Command, Hint, Scope, always, filter, fold, links, no_hint, open_tasks};
use crate::model::{
    Choice, ChoiceFilter, Deadline, Destination, Effect, Focus, Jump, Mode, Model, OpenFile, Pane,
    Prompt, Subject, Surface, Target, one_line,
};
use crate::spec::tasks::Phase;
use crate::text::Span;

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "definition-open",
        keys: &["g d"],
        scope: Scope::Items,
        doc: "Go to the requirement (or term) behind this",
        needs: None,
        hint: no_hint,
        applies: on_item,
        run: go_to_definition,
    },
    Command {
        name: "references-open",
        keys: &["g r"],
        scope: Scope::Items,
        doc: "Go to what refers to this",
        needs: None,
        hint: no_hint,
        applies: on_item,
        run: go_to_referrer,
    },
    Command {
        name: "outline-open",
        keys: &["g o"],
        scope: Scope::Main,
        doc: "Outline of this document",
        needs: None,
        hint: outline_hint,
        applies: |model| model.surface().is_main() && model.open_file().is_some(),
        run: open_outline,
    },
    Command {
        name: "jump-back",
        keys: &["ctrl-o", "[ j"],
        scope: Scope::All,
        doc: "Back to where you jumped from",
        needs: Some("nowhere to go back to"),
        hint: |_| {
            Some(Hint {
                keys: "ctrl-o",
                word: "back",
                rank: 23,
            })
        },
        applies: |model| model.surface().is_main() && model.jumps.has_back(),
        run: go_back,
    },
    Command {
        name: "jump-forward",
        keys: &["] j"],
        scope: Scope::All,
        doc: "Forward again",
        needs: Some("nowhere to go forward to"),
        hint: no_hint,
        applies: |model| model.surface().is_main() && model.jumps.has_forward(),
        run: go_forward,
    },
    Command {
        name: "target-next",
        keys: &["j", "down", "ctrl-n"],
        scope: Scope::List,
        doc: "Next in the list",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "j k",
                word: "choose",
                rank: 10,
            })
        },
        applies: always,
        run: |model| choose(model, 1),
    },
    Command {
        name: "target-previous",
        keys: &["k", "up", "ctrl-p"],
        scope: Scope::List,
        doc: "Previous in the list",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, -1),
    },
    Command {
        name: "target-page-down",
        keys: &["ctrl-d", "pgdn"],
        scope: Scope::List,
        doc: "Half a list down",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, half_list(model)),
    },
    Command {
        name: "target-page-up",
        keys: &["ctrl-u", "pgup"],
        scope: Scope::List,
        doc: "Half a list up",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, -half_list(model)),
    },
    Command {
        name: "target-choose",
        keys: &["enter"],
        scope: Scope::List,
        doc: "Stay here",
        needs: None,
        hint: |model| {
            Some(Hint {
                keys: "enter",
                word: if links::are_listed(model) {
                    "open"
                } else {
                    "stay here"
                },
                rank: 11,
            })
        },
        applies: always,
        run: accept,
    },
    Command {
        name: "outline-next",
        keys: &["ctrl-n", "down"],
        scope: Scope::Outline,
        doc: "Next heading",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "ctrl-n ctrl-p",
                word: "choose",
                rank: 12,
            })
        },
        applies: always,
        run: |model| choose(model, 1),
    },
    Command {
        name: "outline-previous",
        keys: &["ctrl-p", "up"],
        scope: Scope::Outline,
        doc: "Previous heading",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, -1),
    },
    Command {
        name: "outline-page-down",
        keys: &["pgdn"],
        scope: Scope::Outline,
        doc: "Half a list down",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, half_list(model)),
    },
    Command {
        name: "outline-page-up",
        keys: &["pgup"],
        scope: Scope::Outline,
        doc: "Half a list up",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| choose(model, -half_list(model)),
    },
    Command {
        name: "outline-choose",
        keys: &["enter"],
        scope: Scope::Outline,
        doc: "Stay here",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "enter",
                word: "stay here",
                rank: 10,
            })
        },
        applies: always,
        run: accept,
    },
];

/// Returns whether the cursor is on something that others name.
pub(super) fn on_item(model: &Model) -> bool {
    model.surface().is_pane() && model.subject().is_some()
}

/// Goes to what the item is about; a task that names nothing shows its details in place.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(subject) = model.subject() else {
        return Vec::new();
    };
    let targets = match subject {
        Subject::Task(_) => abouts(model, subject),
        Subject::Group(_) | Subject::Criterion(_) | Subject::Term(_) => model.referrers(subject),
        Subject::Property(_) => model
            .definitions(subject)
            .into_iter()
            .chain(model.referrers(subject))
            .collect(),
    };
    if targets.is_empty() && matches!(subject, Subject::Task(_)) {
        return show_details(model);
    }
    let nothing = if matches!(subject, Subject::Property(_)) {
        "refers to nothing, and nothing refers to it"
    } else {
        "is not referred to anywhere"
    };
    jump(model, targets, nothing)
}

/// Shows or hides the details of a task that names no requirement; says so where it has none.
fn show_details(model: &mut Model) -> Vec<Effect> {
    let before = model.rows().len();
    let effects = fold::toggle_details(model);
    if model.rows().len() == before {
        model
            .notices
            .say("this task names no requirement and has no details");
    }
    effects
}

/// Returns whether the item under the cursor is about anything that can be gone to.
pub(super) fn is_about_something(model: &Model) -> bool {
    let subject = model.subject();
    subject.is_some_and(|subject| !abouts(model, subject).is_empty())
}

fn go_to_definition(model: &mut Model) -> Vec<Effect> {
    let Some(subject) = model.subject() else {
        return Vec::new();
    };
    let targets = match subject {
        // A row of the trace stands for its criterion.
        Subject::Criterion(_) if model.surface() == Surface::Trace => {
            model.target(subject).into_iter().collect()
        }
        _ => abouts(model, subject),
    };
    let nothing = match subject {
        Subject::Criterion(_) => "uses no glossary term",
        Subject::Task(item)
            if model
                .open_files
                .links
                .plan
                .references
                .get(item)
                .is_none_or(Vec::is_empty) =>
        {
            "refers to no requirement"
        }
        Subject::Task(_) | Subject::Property(_) => "refers to nothing that exists",
        Subject::Group(_) | Subject::Term(_) => {
            "is its own definition: g r goes to what refers to it"
        }
    };
    jump(model, targets, nothing)
}

/// Returns what an item is about; of a task that names all requirements at once, these too.
fn abouts(model: &Model, subject: Subject) -> Vec<Target> {
    let mut targets = model.definitions(subject);
    if let Subject::Task(item) = subject
        && model.open_files.links.names_all(item)
    {
        let groups = model.group_count();
        targets.extend((0..groups).filter_map(|group| model.target(Subject::Group(group))));
    }
    targets
}

fn go_to_referrer(model: &mut Model) -> Vec<Effect> {
    let Some(subject) = model.subject() else {
        return Vec::new();
    };
    let targets = model.referrers(subject);
    jump(model, targets, "is not referred to anywhere")
}

/// Goes to the first of some places, and lists them where there are several. Where there are none,
/// says `nothing` of the item.
fn jump(model: &mut Model, targets: Vec<Target>, nothing: &str) -> Vec<Effect> {
    if targets.is_empty() {
        let name = model
            .subject()
            .and_then(|subject| model.target(subject))
            .map(|target| name_of(&target))
            .unwrap_or_default();
        model.notices.say(format!("{name} {nothing}"));
        return Vec::new();
    }
    let title = model
        .subject()
        .and_then(|subject| model.target(subject))
        .map(|target| name_of(&target))
        .unwrap_or_default();
    show(model, title, targets, 0)
}

/// Names a place: by its number, else by its words.
fn name_of(target: &Target) -> String {
    if target.label.is_empty() {
        target.text.chars().take(NAME).collect()
    } else {
        target.label.clone()
    }
}

/// The most characters of a name.
const NAME: usize = 30;

/// Goes to one of some places, and lists them where there are several.
pub(super) fn show(
    model: &mut Model,
    title: String,
    targets: Vec<Target>,
    at: usize,
) -> Vec<Effect> {
    let (Some(origin), Some(target)) = (model.here(), targets.get(at).cloned()) else {
        return Vec::new();
    };
    let below = std::mem::take(&mut model.mode);
    if targets.len() > 1 {
        let pane_states = Pane::ALL
            .into_iter()
            .filter_map(|pane| Some((pane, model.pane_states.of(&origin.feature, pane)?.clone())))
            .collect();
        model.mode = Mode::Choose(Box::new(Choice {
            title,
            targets,
            at,
            origin,
            filter: None,
            below,
            pane_states,
        }));
    } else {
        model.jumps.leave(origin);
    }
    go_to(model, &target);
    vec![Effect::Wait(Deadline::Rest)]
}

/// Puts the cursor on a place.
pub(super) fn go_to(model: &mut Model, target: &Target) {
    // Links are followed once they are chosen.
    if target.link.is_some() {
        return;
    }
    let is_heading_here = target.subject.is_none() && target.pane == model.pane;
    if is_heading_here {
        reveal_line(model, target.line);
    } else if target.pane == Pane::Files {
        model.focus = Focus::Content;
        model.choose_pane(Pane::Files);
        reveal_beside(model, target.line);
    } else {
        reveal(model, target.pane, target.line);
    }
}

/// Puts the cursor on a line of a pane of the open feature. One that would stand in the lower half
/// of the pane comes to its upper third.
pub(crate) fn reveal(model: &mut Model, pane: Pane, line: usize) {
    model.focus = Focus::Content;
    model.choose_pane(pane);
    reveal_line(model, line);
}

/// Puts the cursor on a line of the document that the chosen pane shows.
pub(crate) fn reveal_line(model: &mut Model, line: usize) {
    uncover(model, line);
    let rows = model.rows();
    let height = model.layout().reach();
    let Some(pane_state) = model.pane_state_mut() else {
        return;
    };
    pane_state.part = 0;
    let Some(at) = rows
        .iter()
        .position(|row| row.is_place() && row.line == pane_state.cursor.line)
    else {
        return;
    };
    if !(pane_state.top..pane_state.top + height / 2 + 1).contains(&at) {
        pane_state.top = at.saturating_sub(height / 3);
    }
}

/// Opens the bug report beside the requirements among the other files, with the cursor on a line.
fn reveal_beside(model: &mut Model, line: usize) {
    let Some(path) = model.file_beside().map(|file| file.path.clone()) else {
        return;
    };
    model.pane_states.entry(&path, Pane::Files).go_to(line);
    model.show_file(path);
}

/// Lets everything through again where a filter of the chosen pane may hide the place of a jump.
fn lift_filter(model: &mut Model) {
    let Some(pane_state) = model.pane_state_mut() else {
        return;
    };
    if pane_state.narrowed.take().is_some() {
        filter::clear(model);
        model.notices.say("the filter is lifted: it hid this place");
    }
}

/// Puts the cursor on a line, and opens what hides it: tasks and headings above it that are folded,
/// and finished tasks that are hidden.
fn uncover(model: &mut Model, line: usize) {
    model.go_to_line(line);
    if is_shown(model, line) {
        return;
    }
    lift_filter(model);
    let above = |open_file: &OpenFile| {
        std::iter::successors(open_file.heading_above(line), |line| {
            open_file.heading_above(*line)
        })
        .collect()
    };
    let headings: Vec<usize> = model.open_file().map(above).unwrap_or_default();
    if let Some(pane_state) = model.pane_state_mut() {
        pane_state
            .folded
            .retain(|folded| !headings.contains(&folded.line));
    }
    let hides_finished = model
        .pane_state()
        .is_some_and(|pane_state| pane_state.hides_finished);
    if hides_finished && !is_shown(model, line) {
        if let Some(pane_state) = model.pane_state_mut() {
            pane_state.hides_finished = false;
        }
        model
            .notices
            .say("done tasks are shown again: . hides them");
    }
}

fn is_shown(model: &Model, line: usize) -> bool {
    model
        .rows()
        .iter()
        .any(|row| row.is_place() && row.line == line)
}

fn half_list(model: &Model) -> isize {
    let rows = model.layout().list.map_or(2, |list| list.height);
    isize::try_from(rows / 2).unwrap_or(1).max(1)
}

fn choose(model: &mut Model, by: isize) -> Vec<Effect> {
    let Mode::Choose(choice) = &mut model.mode else {
        return Vec::new();
    };
    let last = choice.targets.len().saturating_sub(1);
    choice.at = choice.at.saturating_add_signed(by).min(last);
    let Some(target) = choice.targets.get(choice.at).cloned() else {
        return Vec::new();
    };
    go_to(model, &target);
    vec![Effect::Wait(Deadline::Rest)]
}

/// Stays where the list has led to, and remembers where the jump began.
pub(crate) fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Choose(choice) = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    match choice
        .targets
        .into_iter()
        .nth(choice.at)
        .and_then(|target| target.link)
    {
        Some(link) => {
            model.mode = choice.below;
            links::follow(model, link)
        }
        None => {
            model.jumps.leave(choice.origin);
            Vec::new()
        }
    }
}

/// Leaves the list and goes back to where the jump began. Says whether there was one.
pub(crate) fn leave(model: &mut Model) -> bool {
    let mode = std::mem::take(&mut model.mode);
    let Mode::Choose(choice) = mode else {
        model.mode = mode;
        return false;
    };
    for (pane, pane_state) in choice.pane_states {
        *model.pane_states.entry(&choice.origin.feature, pane) = pane_state;
    }
    model.return_to(&choice.origin);
    model.mode = choice.below;
    true
}

fn go_back(model: &mut Model) -> Vec<Effect> {
    let here = model.here();
    let board_cursor = model.jumps.go_back(here);
    board_cursor.map_or_else(Vec::new, |board_cursor| return_to(model, &board_cursor))
}

fn go_forward(model: &mut Model) -> Vec<Effect> {
    let here = model.here();
    let board_cursor = model.jumps.go_forward(here);
    board_cursor.map_or_else(Vec::new, |board_cursor| return_to(model, &board_cursor))
}

/// Puts the cursor where it was, in whichever feature that is.
fn return_to(model: &mut Model, board_cursor: &Jump) -> Vec<Effect> {
    let Some(index) = model.specs.at(&board_cursor.feature) else {
        model.notices.say("the spec you came from is gone");
        return Vec::new();
    };
    model.focus = Focus::Content;
    model.return_to(board_cursor);
    let rest = Effect::Wait(Deadline::Rest);
    if model.open_files.feature.as_ref() == Some(&board_cursor.feature) {
        return vec![rest];
    }
    model.sidebar.cursor = board_cursor.feature.clone();
    vec![Effect::Forget(Deadline::Rest), model.ask_to_open(index)]
}

/// Goes to the place that the spec was opened for, now that it is open.
pub(crate) fn arrive(model: &mut Model) {
    let Some(arrival) = model.arrival.take() else {
        return;
    };
    if model.open_files.feature.as_ref() != Some(&arrival.feature) {
        return;
    }
    model.focus = Focus::Content;
    model.sidebar.toggled = false;
    match arrival.destination {
        Destination::Begun(way) => open_tasks::arrive_at_begun(model, way),
        Destination::Pane(pane) => model.choose_pane(pane),
        Destination::Line(pane, line) => reveal(model, pane, line),
        Destination::File(path, line) => {
            model.choose_pane(Pane::Files);
            model.pane_states.entry(&path, Pane::Files).go_to(line);
            model.show_file(path);
        }
    }
}

/// Returns the hint of a pane that is read: among tasks other keys are used more.
fn outline_hint(model: &Model) -> Option<Hint> {
    (!matches!(model.surface(), Surface::Tasks | Surface::Specs)).then_some(Hint {
        keys: "g o",
        word: "outline",
        rank: 30,
    })
}

/// Lists the headings of the document, with the one that the cursor stands below chosen.
fn open_outline(model: &mut Model) -> Vec<Effect> {
    let targets = outline(model);
    let Some(cursor) = model.pane_state().map(|pane_state| pane_state.cursor.line) else {
        return Vec::new();
    };
    let at = targets
        .iter()
        .rposition(|target| target.line <= cursor)
        .unwrap_or(0);
    if targets.is_empty() {
        model.notices.say("this document has no headings");
        return Vec::new();
    }
    let all = targets.clone();
    let effects = show(model, "outline".to_owned(), targets, at);
    if let Mode::Choose(choice) = &mut model.mode {
        let prompt = Prompt::default();
        choice.filter = Some(ChoiceFilter { prompt, all });
    }
    effects
}

/// Narrows the list that is open by what is typed now, and looks at the chosen place.
pub(crate) fn refine(model: &mut Model) -> Vec<Effect> {
    if let Mode::Choose(choice) = &mut model.mode {
        choice.refine();
    }
    choose(model, 0)
}

/// Returns the headings of the chosen pane, indented by their level.
fn outline(model: &Model) -> Vec<Target> {
    let Some(open_file) = model.open_file() else {
        return Vec::new();
    };
    let highest = open_file
        .headings()
        .map(|(_, level)| level)
        .min()
        .unwrap_or(1);
    let target = |line: usize, level: u8, text: String| Target {
        pane: model.pane,
        line,
        subject: None,
        state: None,
        label: String::new(),
        link: None,
        text: format!(
            "{}{text}",
            "  ".repeat(usize::from(level.saturating_sub(highest)))
        ),
    };
    if model.pane == Pane::Tasks && !open_file.is_source() {
        let phases = open_file
            .tasks
            .phases
            .iter()
            .filter(|phase| phase.items > 0 && open_file.lines.contains(&phase.line));
        let first = |phase: &Phase| {
            open_file
                .tasks
                .items
                .iter()
                .map(|item| item.line)
                .find(|line| *line > phase.line)
        };
        return phases
            .filter_map(|phase| Some(target(first(phase)?, phase.level, phase.title.clone())))
            .collect();
    }
    let words = |line: usize| {
        let content = open_file.text.lines()[line].content;
        one_line(&open_file.text, Span::new(content.start, content.end))
            .trim_start_matches('#')
            .trim()
            .to_owned()
    };
    open_file
        .headings()
        .map(|(line, level)| target(line, level, words(line)))
        .collect()
}
