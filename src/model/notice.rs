//! Messages to the user: the one in the footer, and the last ones for looking up.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::text::{clean, wrap};

/// How long a message stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Until the next key.
    Word,
    /// Until esc.
    Error,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How long it stays.
    pub kind: Kind,
    /// A sentence, not yet cleaned for the terminal.
    pub text: String,
    /// When it was said, in seconds since 1970; 0 where that is not known.
    pub at: i64,
    /// The spec that was open then; empty where none was.
    pub spec: String,
}

/// A row of the list of messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow<'a> {
    /// The message.
    pub notice: &'a Notice,
    /// Whether the message begins here.
    pub begins: bool,
    /// The part of its text, cleaned.
    pub text: String,
}

/// All messages that are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// The one in the footer.
    pub current: Option<Notice>,
    /// The error that comes back to the footer when a word over it has passed.
    pub error: Option<Notice>,
    /// The last ones, the newest last.
    pub log: Vec<Notice>,
    /// The messages about files that hold until their cause has gone.
    pub problems: Vec<String>,
    /// Whether the key that is being taken has just taken a message out of the footer.
    pub has_passed: bool,
    /// The first row on the screen where they are listed.
    pub top: usize,
    /// What is said once only and was: what it is about, and the file or folder.
    pub said_once: HashSet<(&'static str, PathBuf)>,
    /// The present time, kept with what is said.
    pub now: i64,
    /// The open spec, kept with what is said.
    pub spec: String,
}

/// How many messages are kept.
const KEPT: usize = 100;

impl Notices {
    /// Says something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.add(Kind::Word, text.into());
    }

    /// Returns whether it is the first time that something is to be said of a file or folder.
    pub fn is_first_time(&mut self, about: &'static str, path: &Path) -> bool {
        self.said_once.insert((about, path.to_path_buf()))
    }

    /// Says what went wrong, until esc.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.add(Kind::Error, text.into());
    }

    /// Says what else went wrong, behind what is on the screen of what went wrong before.
    pub fn fail_too(&mut self, text: &str) {
        match &self.current {
            Some(before) if before.kind == Kind::Error && before.text.contains(text) => {}
            Some(before) if before.kind == Kind::Error => {
                let both = format!("{}; {text}", before.text);
                self.fail(both);
            }
            _ => self.fail(text),
        }
    }

    fn add(&mut self, kind: Kind, text: String) {
        let notice = self.notice(kind, text);
        self.keep(notice.clone());
        if kind == Kind::Error {
            self.error = Some(notice.clone());
        }
        self.current = Some(notice);
    }

    /// Keeps something among the last messages without showing it.
    pub fn note(&mut self, text: &str) {
        let notice = self.notice(Kind::Word, text.to_owned());
        self.keep(notice);
    }

    /// Keeps something that is wrong with a file among the last messages, until
    /// [`Notices::retract`] is told that it is not so any more.
    pub fn note_problem(&mut self, text: &str) {
        self.note(text);
        self.problems.push(text.to_owned());
    }

    /// Takes back what was said of a file and no longer holds.
    pub fn retract(&mut self, is_over: impl Fn(&str) -> bool) {
        let over: Vec<String> = self.problems.extract_if(.., |text| is_over(text)).collect();
        self.log.retain(|notice| !over.contains(&notice.text));
        let is_retracted = |notice: &Notice| {
            notice.kind == Kind::Word && over.iter().any(|text| notice.text.starts_with(text))
        };
        if self.current.as_ref().is_some_and(is_retracted) {
            self.current = self.error.clone();
        }
    }

    /// Shows something until the next key without keeping it.
    pub fn show(&mut self, text: impl Into<String>) {
        self.current = Some(self.notice(Kind::Word, text.into()));
    }

    /// Returns whether a message is among the last ones.
    pub fn holds(&self, text: &str) -> bool {
        self.log.iter().any(|notice| notice.text == text)
    }

    fn notice(&self, kind: Kind, text: String) -> Notice {
        Notice {
            kind,
            text,
            at: self.now,
            spec: self.spec.clone(),
        }
    }

    fn keep(&mut self, notice: Notice) {
        self.log.push(notice);
        let surplus = self.log.len().saturating_sub(KEPT);
        self.log.drain(..surplus);
    }

    /// Returns the messages as rows of at most `columns`, the newest first.
    pub fn rows(&self, columns: usize) -> Vec<NoticeRow<'_>> {
        let mut rows = Vec::new();
        for notice in self.log.iter().rev() {
            let text = clean(&notice.text);
            rows.extend(
                wrap(&text, columns)
                    .into_iter()
                    .enumerate()
                    .map(|(at, line)| NoticeRow {
                        notice,
                        begins: at == 0,
                        text: line.to_owned(),
                    }),
            );
        }
        rows
    }

    /// Takes a passing message out of the footer, as every key does.
    pub fn pass(&mut self) {
        self.has_passed = self.current.is_some() && self.current != self.error;
        self.current = self.error.clone();
    }

    /// Takes any message out of the footer. Says whether there was one.
    pub fn clear(&mut self) -> bool {
        self.error = None;
        self.current.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_goes_with_its_cause_and_is_said_again() {
        let mut notices = Notices::default();
        notices.say("a word");
        for text in ["a.md: gone", "b.md: gone"] {
            notices.note_problem(text);
        }
        notices.show("a.md: gone, and 1 more: g m");
        notices.retract(|text| text.starts_with("c.md"));
        assert!(notices.current.is_some() && notices.holds("a.md: gone"));
        notices.retract(|text| text.starts_with("a.md"));
        assert_eq!(notices.current, None);
        assert!(!notices.holds("a.md: gone") && notices.holds("b.md: gone"));
        notices.show("another word");
        notices.retract(|_| true);
        assert!(notices.current.is_some() && !notices.holds("b.md: gone"));
    }

    #[test]
    fn words_pass_and_errors_stay() {
        let mut notices = Notices::default();
        notices.say("a word");
        notices.pass();
        assert_eq!(notices.current, None);
        notices.fail("an error");
        notices.pass();
        notices.say("a word over it");
        assert_eq!(
            notices.current.as_ref().map(|notice| notice.kind),
            Some(Kind::Word)
        );
        notices.pass();
        assert_eq!(
            notices.current.as_ref().map(|notice| notice.kind),
            Some(Kind::Error)
        );
        assert!(notices.clear());
        notices.pass();
        assert_eq!(notices.current, None);
        assert_eq!(notices.log.len(), 3);
    }

    #[test]
    fn only_so_many_messages_are_kept_and_the_last_ones() {
        let mut notices = Notices::default();
        (0..KEPT + 5).for_each(|count| notices.say(format!("message {count}")));
        assert_eq!(notices.log.len(), KEPT);
        let last = notices.log.last().map(|kept| kept.text.clone());
        assert_eq!(last, Some(format!("message {}", KEPT + 4)));
    }
}
