//! Messages to the user: the one in the footer, and the last ones for looking up.

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
}

/// All messages that are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// The one in the footer.
    pub current: Option<Notice>,
    /// The last ones, the newest last.
    pub log: Vec<Notice>,
}

/// How many messages are kept.
const KEPT: usize = 100;

impl Notices {
    /// Says something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.add(Kind::Word, text.into());
    }

    /// Says what went wrong, until esc.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.add(Kind::Error, text.into());
    }

    fn add(&mut self, kind: Kind, text: String) {
        let notice = Notice { kind, text };
        self.log.push(notice.clone());
        let surplus = self.log.len().saturating_sub(KEPT);
        self.log.drain(..surplus);
        self.current = Some(notice);
    }

    /// Takes a passing message out of the footer, as every key does.
    pub fn pass(&mut self) {
        self.current.take_if(|notice| notice.kind == Kind::Word);
    }

    /// Takes any message out of the footer. Says whether there was one.
    pub fn clear(&mut self) -> bool {
        self.current.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_pass_and_errors_stay() {
        let mut notices = Notices::default();
        notices.say("a word");
        notices.pass();
        assert_eq!(notices.current, None);
        notices.fail("an error");
        notices.pass();
        assert!(notices.current.is_some());
        assert!(notices.clear());
        assert_eq!(notices.log.len(), 2);
    }
}
