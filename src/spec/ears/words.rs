//! The keywords of each language: one table for each place in a sentence.
//!
//! Knows no sentences. The words of Given, When and Then are also those of the languages of
//! Gherkin, which people copy.

use std::sync::LazyLock;

use super::ClauseKind;
use crate::spec::source_str::{first_bytes, is_caseless, prefix_length};

/// On which side of its clause a keyword stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before it, as in English.
    Before,
    /// Behind it, as in Japanese.
    Behind,
}

/// One keyword of a language: the word, what it begins, and on which side of its clause it stands.
pub(super) type Keyword = (&'static str, ClauseKind, Side);

/// Words that begin a condition, by language. They count where a clause begins.
const CONDITIONS: &[Keyword] = &[
    // Chinese. What begins with 当 or 在 is a state where it ends with 期间, which the clause itself
    // says.
    ("当", ClauseKind::When, Side::Before),
    ("當", ClauseKind::When, Side::Before),
    ("每当", ClauseKind::When, Side::Before),
    ("一旦", ClauseKind::When, Side::Before),
    ("如果", ClauseKind::If, Side::Before),
    ("若", ClauseKind::If, Side::Before),
    ("假如", ClauseKind::If, Side::Before),
    ("假设", ClauseKind::Given, Side::Before),
    // Japanese.
    ("もし", ClauseKind::If, Side::Before),
    ("前提", ClauseKind::Given, Side::Before),
    // Korean.
    ("만약", ClauseKind::If, Side::Before),
    // Russian.
    ("когда", ClauseKind::When, Side::Before),
    ("при", ClauseKind::When, Side::Before),
    ("если", ClauseKind::If, Side::Before),
    ("пока", ClauseKind::While, Side::Before),
    ("где", ClauseKind::Where, Side::Before),
    ("дано", ClauseKind::Given, Side::Before),
    // German.
    ("wenn", ClauseKind::When, Side::Before),
    ("sobald", ClauseKind::When, Side::Before),
    ("falls", ClauseKind::If, Side::Before),
    ("während", ClauseKind::While, Side::Before),
    ("solange", ClauseKind::While, Side::Before),
    ("wo", ClauseKind::Where, Side::Before),
    ("angenommen", ClauseKind::Given, Side::Before),
    // Portuguese.
    ("quando", ClauseKind::When, Side::Before),
    ("se", ClauseKind::If, Side::Before),
    ("enquanto", ClauseKind::While, Side::Before),
    ("onde", ClauseKind::Where, Side::Before),
    ("dado", ClauseKind::Given, Side::Before),
    // Spanish.
    ("cuando", ClauseKind::When, Side::Before),
    ("si", ClauseKind::If, Side::Before),
    ("mientras", ClauseKind::While, Side::Before),
    ("donde", ClauseKind::Where, Side::Before),
    // French.
    ("quand", ClauseKind::When, Side::Before),
    ("lorsque", ClauseKind::When, Side::Before),
    ("lorsqu", ClauseKind::When, Side::Before),
    ("s", ClauseKind::If, Side::Before),
    ("tant que", ClauseKind::While, Side::Before),
    ("là où", ClauseKind::Where, Side::Before),
    ("où", ClauseKind::Where, Side::Before),
    ("étant donné", ClauseKind::Given, Side::Before),
];

/// Words that part condition and response, by language. They count where a clause begins.
const CONSEQUENCES: &[Keyword] = &[
    ("则", ClauseKind::Then, Side::Before),
    ("那么", ClauseKind::Then, Side::Before),
    ("那麼", ClauseKind::Then, Side::Before),
    ("ならば", ClauseKind::Then, Side::Before),
    ("그러면", ClauseKind::Then, Side::Before),
    ("то", ClauseKind::Then, Side::Before),
    ("тогда", ClauseKind::Then, Side::Before),
    ("dann", ClauseKind::Then, Side::Before),
    ("então", ClauseKind::Then, Side::Before),
    ("entonces", ClauseKind::Then, Side::Before),
    ("alors", ClauseKind::Then, Side::Before),
];

/// Ends of a condition, by language. They count before a comma.
const CONDITION_ENDS: &[Keyword] = &[
    // Chinese.
    ("期间", ClauseKind::While, Side::Behind),
    ("过程中", ClauseKind::While, Side::Behind),
    ("时", ClauseKind::When, Side::Behind),
    ("時", ClauseKind::When, Side::Behind),
    ("之后", ClauseKind::When, Side::Behind),
    ("后", ClauseKind::When, Side::Behind),
    // Japanese.
    ("場合", ClauseKind::If, Side::Behind),
    ("場合は", ClauseKind::If, Side::Behind),
    ("場合に", ClauseKind::If, Side::Behind),
    ("とき", ClauseKind::When, Side::Behind),
    ("ときに", ClauseKind::When, Side::Behind),
    ("時に", ClauseKind::When, Side::Behind),
    ("際", ClauseKind::When, Side::Behind),
    ("際に", ClauseKind::When, Side::Behind),
    ("際は", ClauseKind::When, Side::Behind),
    ("たら", ClauseKind::When, Side::Behind),
    ("すると", ClauseKind::When, Side::Behind),
    ("れると", ClauseKind::When, Side::Behind),
    ("後", ClauseKind::When, Side::Behind),
    ("る間", ClauseKind::While, Side::Behind),
    ("る間は", ClauseKind::While, Side::Behind),
    ("の間", ClauseKind::While, Side::Behind),
    ("の間は", ClauseKind::While, Side::Behind),
    ("限り", ClauseKind::While, Side::Behind),
    ("中は", ClauseKind::While, Side::Behind),
    // Korean.
    ("경우", ClauseKind::If, Side::Behind),
    ("경우에는", ClauseKind::If, Side::Behind),
    ("때", ClauseKind::When, Side::Behind),
    ("면", ClauseKind::When, Side::Behind),
    ("동안", ClauseKind::While, Side::Behind),
];

/// Words that say what must happen, by language. They count anywhere, as whole words where the
/// language has such.
const RESPONSES: &[Keyword] = &[
    // Chinese.
    ("不应当", ClauseKind::Shall, Side::Before),
    ("不应该", ClauseKind::Shall, Side::Before),
    ("不应", ClauseKind::Shall, Side::Before),
    ("应当", ClauseKind::Shall, Side::Before),
    ("应该", ClauseKind::Shall, Side::Before),
    ("应", ClauseKind::Shall, Side::Before),
    ("不應", ClauseKind::Shall, Side::Before),
    ("應當", ClauseKind::Shall, Side::Before),
    ("應該", ClauseKind::Shall, Side::Before),
    ("應", ClauseKind::Shall, Side::Before),
    ("必须", ClauseKind::Shall, Side::Before),
    ("必須", ClauseKind::Shall, Side::Before),
    ("不得", ClauseKind::Shall, Side::Before),
    // Japanese.
    ("なければならない", ClauseKind::Shall, Side::Behind),
    ("なければなりません", ClauseKind::Shall, Side::Behind),
    ("てはならない", ClauseKind::Shall, Side::Behind),
    ("ものとする", ClauseKind::Shall, Side::Behind),
    ("べきである", ClauseKind::Shall, Side::Behind),
    ("必要がある", ClauseKind::Shall, Side::Behind),
    ("こと", ClauseKind::Shall, Side::Behind),
    ("すること", ClauseKind::Shall, Side::Behind),
    ("されること", ClauseKind::Shall, Side::Behind),
    // Korean.
    ("야 합니다", ClauseKind::Shall, Side::Behind),
    ("야 한다", ClauseKind::Shall, Side::Behind),
    ("야 함", ClauseKind::Shall, Side::Behind),
    ("야 하며", ClauseKind::Shall, Side::Behind),
    ("야합니다", ClauseKind::Shall, Side::Behind),
    ("야한다", ClauseKind::Shall, Side::Behind),
    // Russian.
    ("не должна", ClauseKind::Shall, Side::Before),
    ("не должен", ClauseKind::Shall, Side::Before),
    ("не должно", ClauseKind::Shall, Side::Before),
    ("не должны", ClauseKind::Shall, Side::Before),
    ("должна", ClauseKind::Shall, Side::Before),
    ("должен", ClauseKind::Shall, Side::Before),
    ("должно", ClauseKind::Shall, Side::Before),
    ("должны", ClauseKind::Shall, Side::Before),
    // German.
    ("soll", ClauseKind::Shall, Side::Before),
    ("sollen", ClauseKind::Shall, Side::Before),
    ("muss", ClauseKind::Shall, Side::Before),
    ("müssen", ClauseKind::Shall, Side::Before),
    // Portuguese and Spanish.
    ("deve", ClauseKind::Shall, Side::Before),
    ("devem", ClauseKind::Shall, Side::Before),
    ("deverá", ClauseKind::Shall, Side::Before),
    ("deverão", ClauseKind::Shall, Side::Before),
    ("debe", ClauseKind::Shall, Side::Before),
    ("deben", ClauseKind::Shall, Side::Before),
    ("deberá", ClauseKind::Shall, Side::Before),
    ("deberán", ClauseKind::Shall, Side::Before),
    // French.
    ("doit", ClauseKind::Shall, Side::Before),
    ("doivent", ClauseKind::Shall, Side::Before),
];

/// Words that go on with the step before, mostly with what then happens: `And`, `But`. They count
/// at the start of a line.
const FURTHER: &[Keyword] = &[
    ("and", ClauseKind::Then, Side::Before),
    ("but", ClauseKind::Then, Side::Before),
    ("并且", ClauseKind::Then, Side::Before),
    ("而且", ClauseKind::Then, Side::Before),
    ("同时", ClauseKind::Then, Side::Before),
    ("但是", ClauseKind::Then, Side::Before),
    ("かつ", ClauseKind::Then, Side::Before),
    ("しかし", ClauseKind::Then, Side::Before),
    ("그리고", ClauseKind::Then, Side::Before),
    ("하지만", ClauseKind::Then, Side::Before),
    ("и", ClauseKind::Then, Side::Before),
    ("но", ClauseKind::Then, Side::Before),
    ("und", ClauseKind::Then, Side::Before),
    ("aber", ClauseKind::Then, Side::Before),
    ("e", ClauseKind::Then, Side::Before),
    ("mas", ClauseKind::Then, Side::Before),
    ("y", ClauseKind::Then, Side::Before),
    ("pero", ClauseKind::Then, Side::Before),
    ("et", ClauseKind::Then, Side::Before),
    ("mais", ClauseKind::Then, Side::Before),
];

/// A table of keywords, by the byte that a text begins with, in either case: most characters are
/// done with at once.
pub(super) struct Table {
    by_first: Vec<Vec<&'static Keyword>>,
}

/// The tables of all languages, each ready to be looked up.
pub(super) struct Tables {
    /// Words that begin a condition.
    pub(super) conditions: Table,
    /// Words that part condition and response.
    pub(super) consequences: Table,
    /// Words that say what must happen.
    pub(super) responses: Table,
    /// Ends of a condition.
    pub(super) condition_ends: Table,
    /// Words that go on with a step.
    pub(super) further: Table,
}

/// The tables, made at the first use.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    conditions: Table::new(CONDITIONS),
    consequences: Table::new(CONSEQUENCES),
    responses: Table::new(RESPONSES),
    condition_ends: Table::new(CONDITION_ENDS),
    further: Table::new(FURTHER),
});

impl Tables {
    /// Returns whether a keyword of a condition, a consequence or a response may begin `text`.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        [
            &self.conditions,
            &self.consequences,
            &self.responses,
            &self.condition_ends,
        ]
        .into_iter()
        .any(|table| table.may_begin(text))
    }
}

impl Table {
    fn new(words: &'static [Keyword]) -> Self {
        let mut by_first = vec![Vec::new(); 256];
        for keyword in words {
            first_bytes(keyword.0)
                .into_iter()
                .for_each(|byte| by_first[usize::from(byte)].push(keyword));
        }
        Self { by_first }
    }

    /// Returns whether the first byte of `text` is that of a keyword: most characters are done with
    /// at once.
    fn may_begin(&self, text: &str) -> bool {
        text.bytes()
            .next()
            .is_some_and(|byte| !self.by_first[usize::from(byte)].is_empty())
    }

    /// Finds the longest keyword at the start of `text`, with its length.
    pub(super) fn find(&self, text: &str) -> Option<(usize, ClauseKind, Side)> {
        let first = text.bytes().next()?;
        let matches = self.by_first[usize::from(first)]
            .iter()
            .filter_map(|(word, kind, side)| Some((whole_word(text, word)?, *kind, *side)));
        matches.max_by_key(|(length, ..)| *length)
    }
}

/// Measures `word` at the start of `text`, where it is not the beginning of a longer word.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let length = prefix_length(text, word)?;
    let wide = word.starts_with(is_caseless);
    (wide || !text[length..].starts_with(|char: char| char.is_alphanumeric())).then_some(length)
}
