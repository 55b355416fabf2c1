//! Keeping what is being typed: one draft on disk for each edit, held for as long as the board runs.

use std::collections::HashMap;

use crate::model::Draft;
use crate::store::state::State;
use crate::store::{Drafts, Failure, KeptDraft, LeftDraft};
use crate::text::Text;

/// What keeps drafts. Without a folder for the user's state nothing can be kept.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    drafts: Option<Drafts>,
    kept: HashMap<u64, (KeptDraft, Text)>,
}

impl Keeper {
    /// Makes the keeper of the user's own drafts.
    pub(super) fn of_user() -> Self {
        Self {
            drafts: State::of_user().ok().map(|state| Drafts::of(&state)),
            kept: HashMap::new(),
        }
    }

    /// Keeps what stands now. The text below is written once, and again only when it is another.
    pub(super) fn keep(&mut self, draft: &Draft) -> Result<(), Failure> {
        let Some(drafts) = &self.drafts else {
            return Ok(());
        };
        if let Some((kept, base)) = self.kept.get_mut(&draft.ticket) {
            if *base == draft.base {
                return kept.keep(&draft.typed);
            }
            base.clone_from(&draft.base);
            return kept.rebase(&draft.base, &draft.typed);
        }
        let kept = drafts.begin(&draft.base)?;
        kept.keep(&draft.typed)?;
        self.kept.insert(draft.ticket, (kept, draft.base.clone()));
        Ok(())
    }

    /// Returns what earlier boards left behind.
    pub(super) fn left(&self) -> Vec<LeftDraft> {
        self.drafts.as_ref().map_or_else(Vec::new, Drafts::left)
    }

    /// Takes over a draft that was left behind.
    pub(super) fn take_up(&mut self, id: &str, ticket: u64) {
        let kept = self.drafts.as_ref().and_then(|drafts| drafts.take_up(id));
        if let Some(kept) = kept {
            self.kept.insert(ticket, (kept, Text::default()));
        }
    }

    /// Removes a draft that was left behind. One that cannot be removed is offered once more.
    pub(super) fn drop_left(&self, id: &str) {
        if let Some(drafts) = &self.drafts {
            let _ = drafts.drop_left(id);
        }
    }

    /// Leaves a draft on disk for whoever asks next.
    pub(super) fn leave(&mut self, ticket: u64) {
        self.kept.remove(&ticket);
    }

    /// Removes a draft. One that cannot be removed is offered once more, which loses nothing.
    pub(super) fn remove(&mut self, ticket: u64) {
        if let Some((kept, _)) = self.kept.remove(&ticket) {
            let _ = kept.remove();
        }
    }
}
