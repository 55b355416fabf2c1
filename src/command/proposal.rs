//! Changes that are shown as a diff before they are written: numbers in order, and what mends the
//! names of things that are gone.

use super::undo::{ahead, order};
use super::{Command, Hint, Scope, always, no_hint};
use crate::model::{
    Effect, FileChange, Mode, Model, Origin, Proposal, Purpose, Surface, View, Write,
};
use crate::spec::change::Change;
use crate::spec::mend::{Loss, Mended, mend};
use crate::spec::renumber::{DocumentEdit, HISTORY, is_numbered, renumber};

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "numbers-rewrite",
        keys: &["#"],
        scope: Scope::Main,
        doc: "Renumber, shown as a diff first",
        needs: Some("numbers are put in order in Requirements, Design and Tasks"),
        hint: no_hint,
        applies: |model| {
            let is_pane = matches!(
                model.surface(),
                Surface::Requirements | Surface::Design | Surface::Tasks
            );
            is_pane && model.open_file().is_some()
        },
        run: show_numbers,
    },
    Command {
        name: "proposal-write",
        keys: &["y"],
        scope: Scope::Proposal,
        doc: "Write what is shown",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "y",
                word: "write",
                rank: 10,
            })
        },
        applies: always,
        run: write,
    },
    Command {
        name: "proposal-leave",
        keys: &["n", "esc", "ctrl-c"],
        scope: Scope::Proposal,
        doc: "Leave everything as it is",
        needs: None,
        hint: |_| {
            Some(Hint {
                keys: "n",
                word: "leave",
                rank: 11,
            })
        },
        applies: always,
        run: leave,
    },
    Command {
        name: "proposal-down",
        keys: &["j", "down"],
        scope: Scope::Proposal,
        doc: "Scroll down in what is shown",
        needs: None,
        hint: |model| {
            let proposal = model.proposal()?;
            let is_longer = proposal.lines.len() > Proposal::room(&model.layout());
            is_longer.then_some(Hint {
                keys: "j k",
                word: "scroll",
                rank: 20,
            })
        },
        applies: always,
        run: |model| scroll(model, 1),
    },
    Command {
        name: "proposal-up",
        keys: &["k", "up"],
        scope: Scope::Proposal,
        doc: "Scroll up in what is shown",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| scroll(model, -1),
    },
    Command {
        name: "proposal-page-down",
        keys: &["ctrl-d", "pgdn"],
        scope: Scope::Proposal,
        doc: "Half a page down in what is shown",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| scroll(model, half_page(model)),
    },
    Command {
        name: "proposal-page-up",
        keys: &["ctrl-u", "pgup"],
        scope: Scope::Proposal,
        doc: "Half a page up in what is shown",
        needs: None,
        hint: no_hint,
        applies: always,
        run: |model| scroll(model, -half_page(model)),
    },
];

fn half_page(model: &Model) -> isize {
    let half = Proposal::room(&model.layout()) / 2;
    isize::try_from(half).unwrap_or(isize::MAX).max(1)
}

fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    let layout = model.layout();
    if let Mode::Proposal(proposal) = &mut model.mode {
        proposal.scroll(by, &layout);
    }
    Vec::new()
}

/// Shows what numbers in order would change.
fn show_numbers(model: &mut Model) -> Vec<Effect> {
    if model.settings.read_only {
        let words = "nothing is written: the board is read-only (--read-only)";
        model.notices.fail(words);
        return Vec::new();
    }
    if !ahead(model).is_empty() {
        let words = "the last change is still being written: try again in a moment";
        model.notices.say(words);
        return Vec::new();
    }
    match numbers(model) {
        Ok(proposal) => model.mode = Mode::Proposal(Box::new(proposal)),
        Err(words) => model.notices.say(words),
    }
    Vec::new()
}

/// Makes the proposal of numbers in order.
///
/// # Errors
///
/// Why there is nothing to be proposed.
fn numbers(model: &Model) -> Result<Proposal, String> {
    let refused = |reason: &str| format!("nothing was renumbered: {reason}");
    let what = model
        .numbered_here()
        .ok_or_else(|| refused("the sections of a bug report have fixed numbers"))?;
    let contents = model
        .open_files
        .contents()
        .map_err(|words| refused(&words))?;
    let changes = renumber(&contents, what).map_err(|reason| refused(&reason.reason))?;
    if changes.is_empty() {
        return Err(match is_numbered(&contents, what) {
            Some(true) => format!("the numbers of {} are in order", what.words()),
            Some(false) => what.unnumbered(),
            None => "nothing is numbered here yet".to_owned(),
        });
    }
    let warnings = warnings(model, &changes);
    let write = Write {
        parts: parts(model, &changes),
        origin: Origin::User,
        name: Some(format!("renumbered {}", what.words())),
    };
    Ok(Proposal::of(Purpose::Renumber(what), write, warnings))
}

fn parts(model: &Model, changes: &[DocumentEdit]) -> Vec<FileChange> {
    let Some(feature) = &model.open_files.feature else {
        return Vec::new();
    };
    let part = |change: &DocumentEdit| FileChange {
        feature: feature.clone(),
        file: change.file.clone(),
        change: Change::Text {
            base: change.base.clone(),
            edit: change.edit.clone(),
        },
    };
    changes.iter().map(part).collect()
}

fn warnings(model: &Model, changes: &[DocumentEdit]) -> Vec<String> {
    let feature = model.shown_feature();
    let orphans = feature.is_some_and(|feature| DocumentEdit::orphan_history(changes, feature));
    let words = format!("{HISTORY}: Kiro will not find the history of tasks that change number");
    if orphans { vec![words] } else { Vec::new() }
}

/// Writes what is shown. Where a file was written by somebody else since it was shown, what it comes
/// to now is shown first.
fn write(model: &mut Model) -> Vec<Effect> {
    let Mode::Proposal(proposal) = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    if is_outdated(model, &proposal) {
        let again = match proposal.purpose {
            Purpose::Renumber(_) => numbers(model),
            Purpose::Mend { done, loss, .. } => {
                mending(model, done, loss).ok_or_else(|| "nothing is left to be mended".to_owned())
            }
        };
        match again {
            Ok(proposal) => {
                model.mode = Mode::Proposal(Box::new(proposal));
                model
                    .notices
                    .say("the files changed meanwhile: this is what would be written now");
            }
            Err(words) => model.notices.say(words),
        }
        return Vec::new();
    }
    order(model, proposal.write)
}

/// Shows what mends the names of things that an operation took away or gave another name; added to
/// what is shown for the operation before, where that still waits. Returns whether there is such.
pub(crate) fn propose_mending(model: &mut Model, done: &str, loss: Loss) -> bool {
    if loss.is_empty() {
        return false;
    }
    let (done, loss) = match &model.mode {
        Mode::Normal | Mode::Select { .. } => (done.to_owned(), loss),
        Mode::Proposal(proposal) => match &proposal.purpose {
            Purpose::Mend {
                done: first,
                loss: lost,
                ..
            } => (format!("{first}, {done}"), lost.clone().then(&loss)),
            Purpose::Renumber(_) => return false,
        },
        _ => return false,
    };
    let Some(proposal) = mending(model, done, loss) else {
        return false;
    };
    model.mode = Mode::Proposal(Box::new(proposal));
    true
}

/// Makes the proposal of what mends. None where nothing can be mended.
fn mending(model: &Model, done: String, loss: Loss) -> Option<Proposal> {
    let contents = model.open_files.contents().ok()?;
    let Mended {
        edits,
        removed,
        renamed,
    } = mend(&contents, &loss);
    if edits.is_empty() {
        return None;
    }
    let word = if removed + renamed == 1 {
        "name"
    } else {
        "names"
    };
    let write = Write {
        parts: parts(model, &edits),
        origin: Origin::User,
        name: Some(format!("mended {} {word}", removed + renamed)),
    };
    let purpose = Purpose::Mend {
        done,
        loss,
        removed,
        renamed,
    };
    Some(Proposal::of(purpose, write, Vec::new()))
}

/// Returns the words that offer to put the numbers of the shown document in order; none where they
/// are, or cannot be put.
pub(crate) fn offer_numbers(model: &Model) -> &'static str {
    if model.view != View::Main || numbers(model).is_err() {
        return "";
    }
    "; numbers are out of order: # renumbers"
}

/// Returns whether a text on the screen is another one than the change was made on.
fn is_outdated(model: &Model, proposal: &Proposal) -> bool {
    let is_other = |(part, base): (&FileChange, &crate::text::Text)| {
        let shown = model.open_files.by_pane.iter();
        let shown = shown.filter_map(|(_, open_file)| open_file.as_ref().ok());
        shown
            .filter(|open_file| open_file.file == part.file)
            .any(|open_file| open_file.text != *base)
    };
    proposal.bases().any(is_other)
}

fn leave(model: &mut Model) -> Vec<Effect> {
    let Mode::Proposal(proposal) = std::mem::take(&mut model.mode) else {
        return Vec::new();
    };
    if let Purpose::Mend { .. } = proposal.purpose {
        let words = format!("the names stay as they are{}", offer_numbers(model));
        model.notices.say(words);
    }
    Vec::new()
}
