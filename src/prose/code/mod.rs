//! Code in its colours: what is a keyword, a literal, a name or a comment on a line, by language.
//!
//! One scanner for all languages, which are rows of a table. It reads a line at a time and carries
//! over to the next only whether it is inside of a comment or a string. What it cannot tell is
//! plain: it is right in what people write in documents, and never an error.

mod blocks;
mod languages;
mod scanner;
#[cfg(test)]
mod tests;

pub use blocks::CodeBlocks;

use super::highlight::{Highlight, Role};
use crate::text::Span;

/// A language, as far as its colours go.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// What it is called behind a fence, in lower case; its short names too.
    names: &'static [&'static str],
    /// Its keywords, in order.
    keywords: &'static [&'static str],
    /// Words that stand for a value, in order.
    constants: &'static [&'static str],
    /// Its own types, in order.
    types: &'static [&'static str],
    /// Comments and strings. Of two that begin alike the longer comes first.
    delimiters: &'static [Delimiter],
    /// What the first words of a line may be.
    opening: Opening,
    /// What follows on a key, wherever it stands, and the role of the key: a name, or plain, where
    /// only its keywords must be told from keys.
    key_sign: Option<(u8, Role)>,
    /// What belongs to a word besides letters, digits and `_`.
    in_words: &'static [u8],
    /// What makes a name of the word behind it.
    sigils: &'static [u8],
    /// Letters that may stand right before a quote.
    prefixes: &'static [u8],
    /// What begins text that ends with a line of its own.
    heredoc: Option<&'static str>,
    /// Whether keywords are written in upper or lower case.
    is_any_case: bool,
    /// Whether a word with a capital is a type.
    has_capital_types: bool,
    /// Whether it is text with tags.
    has_tags: bool,
}

/// What the first words of a line may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// Nothing of their own.
    Any,
    /// A key and a colon, also behind dashes.
    Key,
    /// A section in brackets.
    Section,
    /// A directive, which begins with `#`.
    Directive,
    /// A heading or a quote of Markdown.
    Heading,
    /// What tells whether the line was added or removed.
    Change,
}

/// Where a comment or a string begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Delimiter {
    open: &'static str,
    /// What ends it; the end of the line, where it is empty.
    close: &'static str,
    /// What takes the meaning from the byte behind it.
    escape: Option<u8>,
    reach: Reach,
    role: Role,
}

/// How far a comment or a string reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// One character, or one escape.
    Character,
    /// No further than its line; without an end there it is none.
    Line,
    /// Over lines.
    Lines,
    /// Over lines, and others of its kind may stand inside.
    Nested,
}

/// Where a line ends: what the scanner must know on the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// In code.
    #[default]
    Code,
    /// Inside of a tag.
    Tag,
    /// Inside of a comment or a string.
    Within {
        /// Which of the language's delimiters.
        delimiter: u8,
        /// How many of them are open.
        depth: u8,
    },
    /// In text that ends with a line of its own, by a hash of that line.
    Until(u32),
}

impl Language {
    /// Finds the language by what stands behind a fence: `ts`, `rust,ignore`, `{.python}`,
    /// `go title="main.go"`.
    pub fn named(info: &str) -> Option<&'static Self> {
        let is_name = |byte: &char| byte.is_ascii_alphanumeric() || "+#-_".contains(*byte);
        let name: String = info
            .trim_start_matches(['{', '.', ' '])
            .chars()
            .take_while(is_name)
            .collect();
        let name = name.to_ascii_lowercase();
        languages::ALL
            .iter()
            .copied()
            .find(|language| language.names.contains(&name.as_str()))
    }

    /// Finds what stands out on a line, which has the bytes `line` and begins at the offset `at`.
    /// Returns the state at its end.
    ///
    /// The highlights are added to `found`: in order, the line without gap or overlap, none empty.
    pub fn scan(
        &'static self,
        line: &[u8],
        at: usize,
        state: State,
        found: &mut Vec<Highlight>,
    ) -> State {
        let mut scanner = scanner::Scanner::new(self, line, state);
        let end = scanner.run();
        let placed = |(range, role): (std::ops::Range<usize>, Role)| Highlight {
            span: Span::new(at + range.start, at + range.end),
            role,
        };
        found.extend(scanner.found.into_iter().map(placed));
        end
    }
}
