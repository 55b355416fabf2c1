//! A change that is shown as a diff before it is written, and that only a yes writes.

use super::{FileChange, Layout, Mode, Model, OpenFile, OpenFiles, Pane, Write};
use crate::spec::change::Change;
use crate::spec::contents::Contents;
use crate::spec::mend::Loss;
use crate::spec::parsed::Parsed;
use crate::spec::renumber::Numbered;
use crate::text::{Hunk, Sign, Text};

/// A change that waits for a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it is for.
    pub purpose: Purpose,
    /// What a yes writes.
    pub write: Write,
    /// The diff, with what is to be known of it first.
    pub lines: Vec<ProposalLine>,
    /// The first line that is shown.
    pub top: usize,
}

/// What a proposal is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Numbers in order.
    Renumber(Numbered),
    /// Names of what is gone or has another name now, after something that was done.
    Mend {
        /// What was done, in words.
        done: String,
        /// What is gone, and what is called otherwise.
        loss: Loss,
        /// How many names are taken out.
        removed: usize,
        /// How many names follow what they name.
        renamed: usize,
    },
}

/// A line of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposalLine {
    /// Something to be known before it is written.
    Warning(String),
    /// The name of the file that the following lines are of.
    File(String),
    /// A line that goes or comes.
    Changed {
        /// The index of the line in the text before, from 0.
        line: usize,
        /// Whether it goes or comes.
        sign: Sign,
        /// What it says.
        text: String,
        /// What the other one says, where one line becomes another.
        other: Option<String>,
    },
}

impl Proposal {
    /// Makes the proposal of a write, with what is to be known before.
    pub fn of(purpose: Purpose, write: Write, warnings: Vec<String>) -> Self {
        let mut lines: Vec<ProposalLine> =
            warnings.into_iter().map(ProposalLine::Warning).collect();
        for part in &write.parts {
            let Change::Text { base, edit } = &part.change else {
                continue;
            };
            let name = part.file.path.file_name().unwrap_or_default();
            lines.push(ProposalLine::File(name.to_string_lossy().into_owned()));
            lines.extend(Hunk::all(base, edit).iter().flat_map(changed));
        }
        Self {
            purpose,
            write,
            lines,
            top: 0,
        }
    }

    /// Returns what a screen calls it: "renumber tasks: 12 places in 2 files".
    pub fn title(&self) -> String {
        match &self.purpose {
            Purpose::Renumber(what) => {
                let places = counted(self.places(), "place", "places");
                let files = counted(self.write.parts.len(), "file", "files");
                format!("renumber {}: {places} in {files}", what.words())
            }
            Purpose::Mend {
                done,
                removed,
                renamed,
                ..
            } => {
                let places = counted(removed + renamed, "place names", "places name");
                let what = match (removed, renamed) {
                    (_, 0) => "what is gone",
                    (0, _) => "it as before",
                    _ => "what is gone or called otherwise",
                };
                format!("{done}: {places} {what}")
            }
        }
    }

    /// Returns the name of the mode and what is asked.
    pub fn question(&self) -> (&'static str, &'static str) {
        match self.purpose {
            Purpose::Renumber(_) => ("RENUMBER", "write these numbers?"),
            Purpose::Mend { renamed: 0, .. } => ("MEND", "take out what names nothing now?"),
            Purpose::Mend { removed: 0, .. } => ("MEND", "let them follow?"),
            Purpose::Mend { .. } => ("MEND", "write this?"),
        }
    }

    /// Returns the texts that the change is of, each with its part.
    pub fn bases(&self) -> impl Iterator<Item = (&FileChange, &Text)> {
        self.write
            .parts
            .iter()
            .filter_map(|part| match &part.change {
                Change::Text { base, .. } => Some((part, base)),
                _ => None,
            })
    }

    /// Counts the places in the files that it changes.
    pub fn places(&self) -> usize {
        let places = self.write.parts.iter().map(|part| match &part.change {
            Change::Text { edit, .. } => edit.splices().len(),
            _ => 0,
        });
        places.sum()
    }

    /// Returns how many of its lines a screen shows: all but one row for its title.
    pub fn room(layout: &Layout) -> usize {
        usize::from(layout.page.height).saturating_sub(1).max(1)
    }

    /// Scrolls by so many lines, not beyond the ends.
    pub fn scroll(&mut self, by: isize, layout: &Layout) {
        let most = self.lines.len().saturating_sub(Self::room(layout));
        self.top = self.top.saturating_add_signed(by).min(most);
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

fn changed(hunk: &Hunk) -> Vec<ProposalLine> {
    let is_paired = hunk.before.len() == hunk.after.len();
    let (mut removed, mut added) = (0, 0);
    let line = |(sign, text): (Sign, &str)| {
        let (at, others) = match sign {
            Sign::Removed => (&mut removed, &hunk.after),
            Sign::Added => (&mut added, &hunk.before),
        };
        let index = *at;
        *at += 1;
        ProposalLine::Changed {
            line: hunk.line
                + if is_paired || sign == Sign::Removed {
                    index
                } else {
                    0
                },
            sign,
            text: text.to_owned(),
            other: if is_paired {
                others.get(index).cloned()
            } else {
                None
            },
        }
    };
    hunk.signed().into_iter().map(line).collect()
}

impl OpenFiles {
    /// Puts together what the open documents say.
    ///
    /// # Errors
    ///
    /// Why not: one of them cannot be read.
    pub fn contents(&self) -> Result<Contents, String> {
        for pane in Self::LINKED {
            if let Some(Err(failure)) = self.result(pane) {
                let name = failure.path.file_name().unwrap_or_default();
                return Err(format!("{} {}", name.to_string_lossy(), failure.message));
            }
        }
        let parsed = |pane: Pane| self.of(pane).map(read_again);
        Ok(Contents::of(
            parsed(Pane::Tasks),
            parsed(Pane::Requirements),
            parsed(Pane::Design),
        ))
    }
}

fn read_again(open_file: &OpenFile) -> Parsed {
    Parsed::of(open_file.file.clone(), open_file.text.clone(), None)
}

impl Model {
    /// Returns the change that is shown and waits for a yes.
    pub fn proposal(&self) -> Option<&Proposal> {
        match &self.mode {
            Mode::Proposal(proposal) => Some(proposal),
            _ => None,
        }
    }

    /// Returns what is numbered anew where the cursor is: what the shown document holds.
    pub fn numbered_here(&self) -> Option<Numbered> {
        (self.pane.row().numbered)(self.open_file()?.file.kind)
    }
}
