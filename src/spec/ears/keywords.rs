//! The keywords of each language and where they stand in a text.
//!
//! Finds words; what they make together is the matter of `clauses.rs`.

use std::sync::LazyLock;

use super::ClauseKind;
use crate::spec::piece::{first_bytes, is_caseless, prefix_length};

/// A keyword found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// What it begins, or ends where it stands last.
    pub(super) kind: ClauseKind,
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset behind its last byte.
    pub(super) end: usize,
    /// On which side of its clause it stands.
    pub(super) side: Side,
}

/// On which side of its clause a keyword stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before it, as in English.
    Before,
    /// Behind it, as in Japanese.
    Behind,
}

/// Finds the English keywords, which files in every language use.
pub(super) fn english(text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut response = false;
    for (start, word) in words(text) {
        let Some((kind, length)) = english_keyword(text, start, word) else { continue };
        if !counts(text, start, word, kind, &hits, response) {
            continue;
        }
        response |= kind == ClauseKind::Shall;
        hits.push(Hit { kind, start, end: start + length, side: Side::Before });
    }
    hits
}

fn english_keyword(text: &str, start: usize, word: &str) -> Option<(ClauseKind, usize)> {
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    let kind = match word.len() {
        2 if is("if") => ClauseKind::If,
        3 if word == "FOR" => return for_all(text, start),
        4 if is("when") => ClauseKind::When,
        4 if is("then") => ClauseKind::Then,
        4 if word == "MUST" || word == "must" => ClauseKind::Shall,
        5 if is("shall") => return Some((ClauseKind::Shall, shall_length(&text[start..]))),
        5 if is("while") => ClauseKind::While,
        5 if is("where") => ClauseKind::Where,
        5 if is("given") => ClauseKind::Given,
        _ => return None,
    };
    Some((kind, word.len()))
}

fn for_all(text: &str, start: usize) -> Option<(ClauseKind, usize)> {
    let rest = &text[start + 3..];
    [" ALL", " EACH", " EVERY", " ANY"].iter().find(|word| rest.starts_with(*word)).map(|word| (ClauseKind::ForAll, 3 + word.len()))
}

/// Measures `SHALL` with the words that belong to it.
fn shall_length(text: &str) -> usize {
    let continued = ["shall continue to", "shall not", "shall never"];
    continued.iter().find_map(|words| prefix_length(text, words)).unwrap_or("shall".len())
}

/// Says whether the word counts as a keyword where it stands.
///
/// In upper case it always does. Otherwise it must begin a clause, and nothing but upper case begins one behind the response.
fn counts(text: &str, start: usize, word: &str, kind: ClauseKind, hits: &[Hit], response: bool) -> bool {
    let upper = word.bytes().all(|byte| byte.is_ascii_uppercase());
    let given = hits.first().is_some_and(|hit| hit.kind == ClauseKind::Given);
    let conditional = hits.iter().any(|hit| hit.kind != ClauseKind::Shall);
    match kind {
        ClauseKind::Given => hits.is_empty() && (upper || begins_clause(text, start)),
        ClauseKind::Shall => !word.eq_ignore_ascii_case("must") || conditional,
        ClauseKind::Then => conditional && (upper || given && is_capitalised(word) || !response && leads_on(text, start)),
        _ if upper => true,
        _ if response => false,
        _ if given && is_capitalised(word) => true,
        _ => begins_text(text, start) || begins_clause(text, start) && (is_capitalised(word) || kind != ClauseKind::Where),
    }
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_uppercase())
}

/// Says whether nothing but marks stands before `start`.
fn begins_text(text: &str, start: usize) -> bool {
    !text[..start].contains(char::is_alphanumeric)
}

/// Says whether a clause can begin at `start`: at the start of the text or of a line, behind a comma, a colon, a stop or a dash.
fn begins_clause(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '\t', '*', '_', '"', '“']);
    before.is_empty() || before.ends_with([',', ';', ':', '.', '—', '–', '\n', '，', '；', '：', '。', '、', '（', '('])
}

/// Says whether a lower-case `then` at `start` parts condition and response: behind a comma or before an article.
fn leads_on(text: &str, start: usize) -> bool {
    begins_clause(text, start) || prefix_length(&text[start..], "then the ").is_some()
}

/// Gives the words of letters outside code spans, each with its offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            match bytes[at] {
                b'`' => at = behind_code(bytes, at),
                byte if byte.is_ascii_alphanumeric() || byte == b'_' => {
                    let start = at;
                    at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
                    let word = text[start..at].trim_start_matches('_');
                    return Some((at - word.len(), word.trim_end_matches('_')));
                }
                _ => at += 1,
            }
        }
        None
    })
}

/// Gives the offset behind the code span that the backtick at `at` opens; behind the backtick if nothing closes it.
fn behind_code(bytes: &[u8], at: usize) -> usize {
    bytes[at + 1..].iter().position(|byte| *byte == b'`').map_or(at + 1, |found| at + found + 2)
}

/// One keyword of a language: the word, what it begins, and on which side of its clause it stands.
type Keyword = (&'static str, ClauseKind, Side);

/// Words that begin a condition, by language. They count where a clause begins.
const CONDITIONS: &[Keyword] = &[
    // Chinese. What begins with 当 or 在 is a state where it ends with 期间, which the clause itself says.
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
    ("間", ClauseKind::While, Side::Behind),
    ("間は", ClauseKind::While, Side::Behind),
    ("限り", ClauseKind::While, Side::Behind),
    ("中は", ClauseKind::While, Side::Behind),
    // Korean.
    ("경우", ClauseKind::If, Side::Behind),
    ("경우에는", ClauseKind::If, Side::Behind),
    ("때", ClauseKind::When, Side::Behind),
    ("면", ClauseKind::When, Side::Behind),
    ("동안", ClauseKind::While, Side::Behind),
];

/// Words that say what must happen, by language. They count anywhere, as whole words where the language has such.
const RESPONSES: &[Keyword] = &[
    // Chinese.
    ("应当", ClauseKind::Shall, Side::Before),
    ("应该", ClauseKind::Shall, Side::Before),
    ("应", ClauseKind::Shall, Side::Before),
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

/// A table of keywords, by the byte that a text begins with, in either case: most characters are done with at once.
struct Table {
    by_first: Vec<Vec<&'static Keyword>>,
}

static TABLES: LazyLock<[Table; 4]> = LazyLock::new(|| [CONDITIONS, CONSEQUENCES, RESPONSES, CONDITION_ENDS].map(Table::new));

impl Table {
    fn new(words: &'static [Keyword]) -> Self {
        let mut by_first = vec![Vec::new(); 256];
        for keyword in words {
            first_bytes(keyword.0).into_iter().for_each(|byte| by_first[usize::from(byte)].push(keyword));
        }
        Self { by_first }
    }

    /// Says whether the first byte of `text` is that of a keyword.
    fn may_begin(&self, text: &str) -> bool {
        text.bytes().next().is_some_and(|byte| !self.by_first[usize::from(byte)].is_empty())
    }

    /// Finds the longest keyword at the start of `text`, with its length.
    fn find(&self, text: &str) -> Option<(usize, ClauseKind, Side)> {
        let first = text.bytes().next()?;
        let matches =
            self.by_first[usize::from(first)].iter().filter_map(|(word, kind, side)| Some((whole_word(text, word)?, *kind, *side)));
        matches.max_by_key(|(length, ..)| *length)
    }
}

/// Words in which a Chinese 应 is no demand: response, application, and their like.
const NO_DEMANDS: &[&str] = &["响应", "对应", "适应", "相应", "反应", "效应", "供应", "应用", "应答", "应急", "響應", "對應", "應用"];

/// Measures a word at the start of `text` in which 应 is no demand. Each has it as its first or second letter.
fn no_demand(text: &str) -> Option<usize> {
    if text.starts_with(|char: char| char.is_ascii()) {
        return None;
    }
    text.chars().take(2).find(|char| matches!(char, '应' | '應'))?;
    NO_DEMANDS.iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}

/// Finds the keywords of the other languages.
pub(super) fn foreign(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let found = if char == '`' { None } else { foreign_at(text, at) };
        at = match found {
            _ if char == '`' => behind_code(text.as_bytes(), at),
            Some(hit) => {
                hits.push(hit);
                hit.end
            }
            None => at + skipped(&text[at..], char),
        };
    }
    hits
}

/// Measures what holds no further keyword: the rest of a word of letters, or one character.
fn skipped(rest: &str, char: char) -> usize {
    let in_word = |char: char| char.is_alphabetic() && !is_caseless(char);
    if !in_word(char) {
        return no_demand(rest).unwrap_or(char.len_utf8());
    }
    rest.find(|char| !in_word(char)).unwrap_or(rest.len())
}

fn foreign_at(text: &str, at: usize) -> Option<Hit> {
    let rest = &text[at..];
    if TABLES.iter().all(|table| !table.may_begin(rest)) || no_demand(rest).is_some() {
        return None;
    }
    let [conditions, consequences, responses, ends] = &*TABLES;
    let found = conditions.find(rest).or_else(|| consequences.find(rest)).filter(|_| begins_clause(text, at) || is_loud(rest));
    let end = || ends.find(rest).filter(|(length, ..)| ends_clause(&rest[*length..]));
    let found = found.or_else(|| responses.find(rest)).or_else(end);
    found.map(|(length, kind, side)| Hit { kind, start: at, end: at + length, side })
}

/// Says whether the text begins with a word of at least four letters in upper case, which is a keyword wherever it stands.
fn is_loud(text: &str) -> bool {
    text.chars().take(4).filter(|char| char.is_uppercase()).count() == 4
}

/// Measures `word` at the start of `text`, where it is not the beginning of a longer word.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let length = prefix_length(text, word)?;
    let wide = word.starts_with(is_caseless);
    (wide || !text[length..].starts_with(|char: char| char.is_alphanumeric())).then_some(length)
}

/// Says whether a clause ends before `rest`: there is a comma, or an English keyword follows.
fn ends_clause(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '*']);
    rest.starts_with([',', '，', '、']) || rest.starts_with("THE ") || rest.starts_with("THEN ")
}
