//! The file that ours took the place of, watched for a second.
//!
//! A program that opened the file before the exchange writes into what it opened, wherever that is
//! now. Its text is an outside change: the file it wrote comes back to its place, and the caller
//! applies the intent again. Until then it waits beside, under a hidden name.

use super::snapshot::Snapshot;
use super::steps::{exchange, is_untouched, keep_text, remove, sync_folder};
use crate::store::read::Version;
use crate::store::state::State;
use crate::store::{Failure, version};
use crate::text::Text;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a late write is waited for.
const WATCH: Duration = Duration::from_secs(1);
/// How often to look at first, when a late write is likely, and until when.
const OFTEN: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(50));
/// How often to look later.
const SELDOM: Duration = Duration::from_millis(10);

/// A displaced file. Dropping it looks once more and then removes it.
#[derive(Debug)]
pub struct Displaced {
    path: PathBuf,
    real: PathBuf,
    /// Where the displaced file waits; nothing once it is settled.
    out: Option<PathBuf>,
    out_version: Version,
    /// Our own file, in its place, and what we wrote into it.
    ours: File,
    after: Text,
    state: State,
    since: Instant,
}

/// What became of a displaced file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Nobody wrote to it. It is removed.
    Quiet,
    /// Somebody wrote to it, so it is back in its place and our text is gone: apply the intent
    /// again.
    CameBack,
    /// Somebody wrote to it, and somebody else to its place. Its text is kept; the message says
    /// where.
    Kept(Failure),
}

impl Displaced {
    pub(super) fn new(
        snapshot: &Snapshot,
        ours: File,
        out: PathBuf,
        after: &Text,
        state: &State,
    ) -> Self {
        Self {
            path: snapshot.path.clone(),
            real: snapshot.real.clone(),
            out: Some(out),
            out_version: snapshot.version,
            ours,
            after: after.clone(),
            state: state.clone(),
            since: Instant::now(),
        }
    }

    /// Waits for late writes until a second after the exchange, and says what came of it.
    pub fn settle(mut self) -> Settled {
        while self.since.elapsed() < WATCH && !self.is_written() {
            let pause = if self.since.elapsed() < OFTEN.1 {
                OFTEN.0
            } else {
                SELDOM
            };
            std::thread::sleep(pause);
        }
        self.finish()
    }

    /// Returns whether somebody has written to the displaced file, without waiting.
    pub fn is_written(&self) -> bool {
        self.out.as_deref().is_some_and(|out| {
            version(out).is_ok_and(|version| !version.has_same_bytes(&self.out_version))
        })
    }

    fn finish(&mut self) -> Settled {
        let is_written = self.is_written();
        match self.out.take() {
            Some(out) if is_written => self.bring_back(&out),
            Some(out) => {
                remove(&out);
                Settled::Quiet
            }
            None => Settled::Quiet,
        }
    }

    /// Swaps the displaced file back, if ours still stands there as we made it.
    fn bring_back(&self, out: &Path) -> Settled {
        if !self.is_ours(&self.real) || exchange(out, &self.real).is_err() {
            return self.keep(out);
        }
        if self.is_ours(out) {
            remove(out);
            sync_folder(&self.real);
            return Settled::CameBack;
        }
        match exchange(out, &self.real) {
            Ok(()) => self.keep(out),
            Err(error) => Settled::Kept(Failure::writing(&self.path, &error.into())),
        }
    }

    /// Returns whether the file at `place` is the one we wrote, unchanged.
    fn is_ours(&self, place: &Path) -> bool {
        is_untouched(&self.ours, place, &self.after)
    }

    fn keep(&self, out: &Path) -> Settled {
        let kept = keep_text(&self.path, out, &self.state);
        Settled::Kept(match kept {
            Ok(kept) => Failure::new(
                &self.path,
                format!(
                    "was saved here while another program had it open; that program's text is kept in {}",
                    kept.display()
                ),
            ),
            Err(failure) => failure,
        })
    }
}

impl Drop for Displaced {
    fn drop(&mut self) {
        if let Settled::Kept(failure) = self.finish() {
            tracing::warn!(%failure, "a displaced file was written to");
        }
    }
}
