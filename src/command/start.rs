//! The start screen: what can be done where there are no specs.

use super::{Command, Hint, Scope, always};
use crate::model::Effect;

/// The commands of this group.
pub(super) const COMMANDS: &[Command] = &[Command {
    name: "sample-open",
    keys: &["d"],
    scope: Scope::Start,
    doc: "Explore a copy of the bundled sample",
    needs: None,
    hint: |_| {
        Some(Hint {
            keys: "d",
            word: "sample",
            rank: 10,
        })
    },
    applies: always,
    run: |_| vec![Effect::OpenSample],
}];
