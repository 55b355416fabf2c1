//! The scanner: a line of code by the table of its language.

use std::ops::Range;

use super::{Delimiter, Language, Opening, Reach, State};
use crate::prose::highlight::Role;

/// A line, and how far it has been read.
pub(super) struct Scanner<'a> {
    language: &'static Language,
    line: &'a [u8],
    state: State,
    at: usize,
    /// Up to where there are highlights.
    taken: usize,
    /// What was found.
    pub(super) found: Vec<(Range<usize>, Role)>,
    /// The state of the next line, where text begins that ends with a line of its own.
    until: Option<State>,
}

/// The most letters before a quote that say what kind of string begins.
const MOST_LETTERS: usize = 2;
/// The longest keyword, in bytes.
const LONGEST_WORD: usize = 24;

impl<'a> Scanner<'a> {
    pub(super) fn new(language: &'static Language, line: &'a [u8], state: State) -> Self {
        Self {
            language,
            line,
            state,
            at: 0,
            taken: 0,
            found: Vec::new(),
            until: None,
        }
    }

    /// Reads the line. Returns the state at its end.
    pub(super) fn run(&mut self) -> State {
        match self.state {
            State::Within { delimiter, depth } => self.go_on(delimiter, depth),
            State::Until(hash) => return self.take_text(hash),
            State::Code => self.take_opening(),
            State::Tag => {}
        }
        while self.at < self.line.len() {
            self.step();
        }
        self.take_plain(self.line.len());
        self.until.unwrap_or(self.state)
    }

    fn rest(&self) -> &'a [u8] {
        &self.line[self.at..]
    }

    fn before(&self) -> Option<u8> {
        self.line.get(self.at.checked_sub(1)?).copied()
    }

    /// Takes what has been read as plain code, up to an offset.
    fn take_plain(&mut self, end: usize) {
        if self.taken < end {
            self.found.push((self.taken..end, Role::CodeText));
        }
        self.taken = end;
    }

    /// Takes the bytes from where it stands up to `end`.
    fn take(&mut self, end: usize, role: Role) {
        self.take_plain(self.at);
        let end = end.min(self.line.len());
        if self.at < end {
            self.found.push((self.at..end, role));
        }
        (self.at, self.taken) = (end, end);
    }

    fn step(&mut self) {
        if let Some((index, delimiter)) = self.delimiter() {
            return self.take_delimited(index, delimiter);
        }
        let byte = self.line[self.at];
        if self.language.has_tags && self.state == State::Code {
            self.take_tag();
        } else if self.state == State::Tag && byte == b'>' {
            self.state = State::Code;
            self.at += 1;
        } else if byte.is_ascii_digit() {
            self.take_number();
        } else if self.is_in_word(byte) {
            self.take_word();
        } else if self.language.sigils.contains(&byte) {
            self.take_sigil();
        } else {
            self.look_for_heredoc();
            self.at += 1;
        }
    }

    fn is_in_word(&self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric()
            || byte == b'_'
            || !byte.is_ascii()
            || self.language.in_words.contains(&byte)
    }

    /// Measures the word at an offset.
    fn word_at(&self, at: usize) -> usize {
        let is_inside = |byte: &&u8| self.is_in_word(**byte);
        self.line[at..].iter().take_while(is_inside).count()
    }

    /// Finds the comment or string that begins here.
    fn delimiter(&self) -> Option<(u8, &'static Delimiter)> {
        let begins = |delimiter: &&Delimiter| {
            self.rest().starts_with(delimiter.open.as_bytes()) && self.may_begin(delimiter)
        };
        let index = self
            .language
            .delimiters
            .iter()
            .position(|one| begins(&one))?;
        let delimiter = &self.language.delimiters[index];
        Some((u8::try_from(index).ok()?, delimiter))
    }

    fn may_begin(&self, delimiter: &Delimiter) -> bool {
        let is_comment = delimiter.role == Role::CodeComment;
        // Tags have strings, the text between them has none.
        if self.language.has_tags && is_comment == (self.state == State::Tag) {
            return false;
        }
        match delimiter.open.as_bytes()[0] {
            b'#' if is_comment => self
                .before()
                .is_none_or(|byte| byte.is_ascii_whitespace() || b";(,".contains(&byte)),
            b'\'' | b'"' | b'`' => self.is_behind_prefix(),
            _ => true,
        }
    }

    /// Returns whether a quote may stand here: behind a word it is an apostrophe, unless the word
    /// says what kind of string begins.
    fn is_behind_prefix(&self) -> bool {
        let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let before = self.line[..self.at].iter().rev().take_while(is_word);
        let most = before.clone().take(MOST_LETTERS + 1).count();
        let is_prefix = |byte: &u8| self.language.prefixes.contains(byte);
        most <= MOST_LETTERS && before.take(MOST_LETTERS).all(is_prefix)
    }

    /// Takes a comment or a string.
    fn take_delimited(&mut self, index: u8, delimiter: &'static Delimiter) {
        let inside = self.at + delimiter.open.len();
        match delimiter.reach {
            Reach::Character => {
                let end = character_end(self.line, inside, delimiter);
                self.take_if_closed(end, delimiter);
            }
            Reach::Line if delimiter.close.is_empty() => {
                self.take(self.line.len(), delimiter.role);
            }
            Reach::Line => {
                let (end, depth) = close(self.line, inside, delimiter, 1);
                self.take_if_closed((depth == 0).then_some(end), delimiter);
            }
            Reach::Lines | Reach::Nested => self.take_lines(index, inside, 1),
        }
    }

    /// Takes a string that has an end, else only what would begin it.
    fn take_if_closed(&mut self, end: Option<usize>, delimiter: &Delimiter) {
        match end {
            Some(end) => self.take_value(end, delimiter.role),
            None => self.at += delimiter.open.len(),
        }
    }

    /// Takes a string; it may be a key.
    fn take_value(&mut self, end: usize, role: Role) {
        let key = self.key_role(end);
        let is_key = role == Role::CodeLiteral && key == Some(Role::CodeName);
        self.take(end, if is_key { Role::CodeName } else { role });
    }

    /// Goes on with what the line above has begun.
    fn go_on(&mut self, index: u8, depth: u8) {
        self.take_lines(index, 0, depth);
    }

    /// Takes what may reach over lines, whose inside begins at an offset.
    fn take_lines(&mut self, index: u8, inside: usize, depth: u8) {
        let Some(delimiter) = self.language.delimiters.get(usize::from(index)) else {
            return;
        };
        let (end, depth) = close(self.line, inside, delimiter, depth);
        self.take_value(end, delimiter.role);
        self.state = if depth > 0 {
            State::Within {
                delimiter: index,
                depth,
            }
        } else if self.language.has_tags && delimiter.role == Role::CodeLiteral {
            State::Tag
        } else {
            State::Code
        };
    }

    /// Takes a line of a text that ends with a line of its own.
    fn take_text(&mut self, hash: u32) -> State {
        if hash_of(self.line.trim_ascii()) == hash {
            self.take(self.line.len(), Role::CodeKeyword);
            return State::Code;
        }
        self.take(self.line.len(), Role::CodeLiteral);
        State::Until(hash)
    }

    /// Finds where text begins that ends with a line of its own: `<<EOF`, `<<-'EOF'`.
    fn look_for_heredoc(&mut self) {
        let Some(sign) = self.language.heredoc else {
            return;
        };
        let Some(rest) = self.rest().strip_prefix(sign.as_bytes()) else {
            return;
        };
        let rest = rest
            .strip_prefix(b"-")
            .or(rest.strip_prefix(b"~"))
            .unwrap_or(rest);
        let rest = match rest.first() {
            Some(b'\'' | b'"') => &rest[1..],
            _ => rest,
        };
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let name = &rest[..rest.iter().take_while(is_name).count()];
        if name.first().is_some_and(u8::is_ascii_alphabetic) {
            self.until = Some(State::Until(hash_of(name)));
        }
    }

    /// Takes a number with its unit.
    fn take_number(&mut self) {
        let is_inside = |(index, byte): (usize, u8)| {
            let digit = self.rest().get(index + 1).is_some_and(u8::is_ascii_digit);
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'%') || byte == b'.' && digit
        };
        let length = self.rest().iter().copied().enumerate();
        let length = length.take_while(|found| is_inside(*found)).count();
        self.take(self.at + length, Role::CodeLiteral);
    }

    fn take_word(&mut self) {
        let end = self.at + self.word_at(self.at);
        let word = &self.line[self.at..end];
        let key = self.key_role(end);
        let role = if self.state == State::Tag || key == Some(Role::CodeName) {
            Role::CodeName
        } else if self.before() == Some(b'.') {
            Role::CodeText
        } else {
            self.role_of(word)
        };
        match role {
            Role::CodeText => self.at = end,
            Role::CodeKeyword if key.is_some() && word != b"default" => self.at = end,
            role => self.take(end, role),
        }
    }

    /// Returns the role of what ends at an offset, if that is a key.
    fn key_role(&self, end: usize) -> Option<Role> {
        let (sign, role) = self.language.key_sign?;
        let behind = self.line[end.min(self.line.len())..].trim_ascii_start();
        let behind = behind.strip_prefix(b"?").unwrap_or(behind);
        let is_key = behind.first() == Some(&sign) && behind.get(1) != Some(&sign);
        is_key.then_some(role)
    }

    fn role_of(&self, word: &[u8]) -> Role {
        let has_capital = word[0].is_ascii_uppercase() && word.iter().any(u8::is_ascii_lowercase);
        let mut folded = [0; LONGEST_WORD];
        let word = match folded.get_mut(..word.len()) {
            Some(folded) if self.language.is_any_case => {
                folded.copy_from_slice(word);
                folded.make_ascii_lowercase();
                folded
            }
            _ => word,
        };
        let is_one_of = |words: &[&str]| {
            words
                .binary_search_by(|one| one.as_bytes().cmp(word))
                .is_ok()
        };
        if is_one_of(self.language.keywords) {
            Role::CodeKeyword
        } else if is_one_of(self.language.constants) {
            Role::CodeLiteral
        } else if is_one_of(self.language.types) || self.language.has_capital_types && has_capital {
            Role::CodeName
        } else {
            Role::CodeText
        }
    }

    /// Takes a sign with the word behind it, in braces or not: `$HOME`, `${HOME}`, `@Override`.
    fn take_sigil(&mut self) {
        let is_braced = self.line.get(self.at + 1) == Some(&b'{');
        let start = self.at + 1 + usize::from(is_braced);
        let end = start + self.line.get(start..).map_or(0, |_| self.word_at(start));
        let is_word = end > start && !self.before().is_some_and(|byte| self.is_in_word(byte));
        let closes = !is_braced || self.line.get(end) == Some(&b'}');
        if is_word && closes {
            self.take(end + usize::from(is_braced), Role::CodeName);
        } else {
            self.at += 1;
        }
    }

    /// Takes the name of a tag that begins here, else one byte.
    fn take_tag(&mut self) {
        let rest = self.rest();
        let signs = 1 + usize::from(matches!(rest.get(1), Some(b'/' | b'!' | b'?')));
        let is_tag = rest[0] == b'<' && rest.get(signs).is_some_and(u8::is_ascii_alphabetic);
        self.at += if is_tag { signs } else { 1 };
        if is_tag {
            let end = self.at + self.word_at(self.at);
            self.take(end, Role::CodeKeyword);
            self.state = State::Tag;
        }
    }

    /// Takes what only the first words of a line can be.
    fn take_opening(&mut self) {
        let indent = self.line.len() - self.line.trim_ascii_start().len();
        match self.language.opening {
            Opening::Any => {}
            Opening::Key => self.take_key(indent),
            Opening::Section => self.take_section(indent),
            Opening::Directive => self.take_directive(indent),
            Opening::Heading => self.take_heading(),
            Opening::Change => self.take(self.line.len(), change(self.line)),
        }
    }

    fn take_section(&mut self, indent: usize) {
        let is_section = self.line.get(indent) == Some(&b'[');
        if is_section && let Some(end) = self.line.iter().rposition(|byte| *byte == b']') {
            self.take(end + 1, Role::CodeName);
        }
    }

    fn take_directive(&mut self, indent: usize) {
        if self.line.get(indent) == Some(&b'#') {
            self.at = indent;
            self.take(indent + 1 + self.word_at(indent + 1), Role::CodeKeyword);
        }
    }

    fn take_heading(&mut self) {
        match self.line.first() {
            Some(b'#') => self.take(self.line.len(), Role::Strong),
            Some(b'>') => self.take(self.line.len(), Role::CodeComment),
            _ => {}
        }
    }

    /// Takes a key, which ends before a colon with a blank or nothing behind it.
    fn take_key(&mut self, indent: usize) {
        let mut start = indent;
        while self.line[start..].starts_with(b"- ") {
            start += 2;
        }
        let colon = self.line[start..].iter().position(|byte| *byte == b':');
        let Some(colon) = colon.map(|colon| start + colon) else {
            return;
        };
        let is_end = self
            .line
            .get(colon + 1)
            .is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'=');
        let is_plain = |byte: &u8| !b"#'\"{[&*|>".contains(byte);
        if is_end && self.line[start..colon].iter().all(is_plain) {
            self.at = start;
            self.take(colon, Role::CodeName);
        }
    }
}

/// Returns the role of a line that says what changed.
fn change(line: &[u8]) -> Role {
    let begins = |sign: &[u8]| line.starts_with(sign);
    if begins(b"+++") || begins(b"---") {
        Role::Strong
    } else if begins(b"@@") {
        Role::CodeKeyword
    } else if begins(b"+") {
        Role::Added
    } else if begins(b"-") {
        Role::Removed
    } else if begins(b"diff ") || begins(b"index ") {
        Role::CodeComment
    } else {
        Role::CodeText
    }
}

/// Returns where one character ends that stands between quotes; none where there is no such.
fn character_end(line: &[u8], inside: usize, delimiter: &Delimiter) -> Option<usize> {
    let rest = line.get(inside..)?;
    let length = if delimiter.escape.is_some() && rest.first() == delimiter.escape.as_ref() {
        2 + rest.get(2..)?.iter().position(|byte| *byte == b'\'')?
    } else {
        let is_tail = |byte: &&u8| **byte & 0xc0 == 0x80;
        1 + rest.get(1..)?.iter().take_while(is_tail).count()
    };
    let is_closed = rest.get(length..)?.starts_with(delimiter.close.as_bytes());
    is_closed.then_some(inside + length + delimiter.close.len())
}

/// Returns where a comment or string ends whose inside begins at an offset, and how many of its
/// kind are still open there: with any open, it is the end of the line.
fn close(line: &[u8], inside: usize, delimiter: &Delimiter, depth: u8) -> (usize, u8) {
    let (open, shut) = (delimiter.open.as_bytes(), delimiter.close.as_bytes());
    let (mut at, mut depth) = (inside, depth);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if delimiter.escape == Some(rest[0]) {
            at += 2;
        } else if rest.starts_with(shut) {
            (at, depth) = (at + shut.len(), depth - 1);
            if depth == 0 {
                return (at, 0);
            }
        } else if delimiter.reach == Reach::Nested && rest.starts_with(open) {
            (at, depth) = (at + open.len(), depth.saturating_add(1));
        } else {
            at += 1;
        }
    }
    (line.len(), depth)
}

/// Hashes a line that ends a text (FNV-1a).
fn hash_of(line: &[u8]) -> u32 {
    line.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
