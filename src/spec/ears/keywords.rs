//! Finding the keywords of each language in a text.
//!
//! The words are those of `words.rs`; what they make together is the matter of `clauses.rs`.

use super::ClauseKind;
use super::names::{is_enclosed, is_name};
use super::verbs::{ends_sentence, is_verb};
use super::words::{Side, TABLES, Tables};
use crate::spec::source_str::{is_caseless, prefix_length};

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

/// Finds the English keywords, which files in every language use.
pub(super) fn english(text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut response = false;
    for (start, word) in words(text) {
        let Some((kind, length)) = english_keyword(text, start, word) else {
            continue;
        };
        if !counts(text, start, word, kind, &hits, response)
            || is_precondition(kind) && is_name(text, start, start + length)
        {
            continue;
        }
        response |= kind == ClauseKind::Shall;
        hits.push(Hit {
            kind,
            start,
            end: start + length,
            side: Side::Before,
        });
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

/// Returns whether a keyword of this kind begins a condition other than the context of the other
/// style.
pub(super) fn is_precondition(kind: ClauseKind) -> bool {
    matches!(
        kind,
        ClauseKind::While | ClauseKind::When | ClauseKind::Where | ClauseKind::If
    )
}

fn for_all(text: &str, start: usize) -> Option<(ClauseKind, usize)> {
    let rest = &text[start + 3..];
    [" ALL", " EACH", " EVERY", " ANY"]
        .iter()
        .find(|word| rest.starts_with(*word))
        .map(|word| (ClauseKind::ForAll, 3 + word.len()))
}

/// Measures `SHALL` with the words that belong to it.
fn shall_length(text: &str) -> usize {
    let continued = ["shall continue to", "shall not", "shall never"];
    continued
        .iter()
        .find_map(|words| prefix_length(text, words))
        .unwrap_or("shall".len())
}

/// Returns whether the word counts as a keyword where it stands.
///
/// In upper case it always does. Otherwise it must begin a clause, and nothing but upper case
/// begins one behind the response.
fn counts(
    text: &str,
    start: usize,
    word: &str,
    kind: ClauseKind,
    hits: &[Hit],
    response: bool,
) -> bool {
    let upper = word.bytes().all(|byte| byte.is_ascii_uppercase());
    let given = hits
        .first()
        .is_some_and(|hit| hit.kind == ClauseKind::Given);
    let conditional = hits.iter().any(|hit| hit.kind != ClauseKind::Shall);
    match kind {
        ClauseKind::Given => hits.is_empty() && (upper || begins_clause(text, start)),
        ClauseKind::Shall => !word.eq_ignore_ascii_case("must") || conditional,
        ClauseKind::Then => {
            conditional
                && (upper || given && is_capitalised(word) || !response && leads_on(text, start))
        }
        _ if upper => true,
        _ if response => false,
        _ if given && is_capitalised(word) => true,
        _ => {
            begins_text(text, start)
                || begins_clause(text, start) && (is_capitalised(word) || kind != ClauseKind::Where)
        }
    }
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_uppercase())
}

/// Returns whether nothing but marks stands before `start`.
pub(super) fn begins_text(text: &str, start: usize) -> bool {
    !text[..start].contains(char::is_alphanumeric)
}

/// Returns whether a clause can begin at `start`: at the start of the text, of a line or of a list
/// item, behind a comma, a colon, a stop or a dash.
pub(super) fn begins_clause(text: &str, start: usize) -> bool {
    let marked = text[..start].trim_end_matches([' ', '\t', '*', '_', '"', '“']);
    let bullet = marked
        .strip_suffix('-')
        .map(|line| line.trim_end_matches([' ', '\t']));
    let before = bullet.filter(|line| line.ends_with('\n')).unwrap_or(marked);
    before.is_empty()
        || before.ends_with([
            ',', ';', ':', '.', '—', '–', '\n', '，', '；', '：', '。', '、', '（', '(',
        ])
}

/// Returns whether a lower-case `then` at `start` parts condition and response: behind a comma or
/// before an article.
fn leads_on(text: &str, start: usize) -> bool {
    begins_clause(text, start) || prefix_length(&text[start..], "then the ").is_some()
}

/// Returns the words of letters outside code spans, each with its offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            match bytes[at] {
                b'`' => at = behind_code(bytes, at),
                byte if byte.is_ascii_alphanumeric() || byte == b'_' => {
                    let start = at;
                    at += bytes[at..]
                        .iter()
                        .take_while(|byte| {
                            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
                        })
                        .count();
                    let word = text[start..at].trim_start_matches('_');
                    return Some((at - word.len(), word.trim_end_matches('_')));
                }
                _ => at += 1,
            }
        }
        None
    })
}

/// Returns the offset behind the code span that the backtick at `at` opens; behind the backtick if
/// nothing closes it.
fn behind_code(bytes: &[u8], at: usize) -> usize {
    bytes[at + 1..]
        .iter()
        .position(|byte| *byte == b'`')
        .map_or(at + 1, |found| at + found + 2)
}

/// Words in which a Chinese 应 is no demand: response, application, and their like.
const NO_DEMANDS: &[&str] = &[
    "响应", "对应", "适应", "相应", "反应", "效应", "供应", "应用", "应答", "应急", "響應", "對應",
    "應用",
];

/// Measures a word at the start of `text` in which 应 is no demand. Each has it as its first or
/// second letter.
fn no_demand(text: &str) -> Option<usize> {
    if text.starts_with(|char: char| char.is_ascii()) {
        return None;
    }
    text.chars()
        .take(2)
        .find(|char| matches!(char, '应' | '應'))?;
    NO_DEMANDS
        .iter()
        .find(|word| text.starts_with(**word))
        .map(|word| word.len())
}

/// Finds the conditions of other languages in a sentence whose demand is the English one at
/// `demand`.
pub(super) fn foreign_conditions(text: &str, demand: Hit) -> Vec<Hit> {
    let start = text.trim_start_matches(['*', ' ']);
    let is_foreign = |char: char| !char.is_ascii() && char.is_alphabetic();
    if !text.contains(is_foreign) && TABLES.conditions.find(start).is_none() {
        return Vec::new();
    }
    let spelled = |hit: &Hit| {
        !text.as_bytes()[hit.start].is_ascii() || is_latin_condition(text, *hit, demand)
    };
    foreign(text)
        .into_iter()
        .filter(|hit| {
            is_precondition(hit.kind) && spelled(hit) && !is_enclosed(text, hit.start, hit.end)
        })
        .collect()
}

/// Returns whether a word that English has too begins a condition: it stands before a comma and the
/// demand, and is no abbreviation such as `SI`.
fn is_latin_condition(text: &str, hit: Hit, demand: Hit) -> bool {
    let behind = text.get(hit.end..demand.start).unwrap_or_default();
    let word = &text[hit.start..hit.end];
    let is_abbreviated = word.len() == 2 && !word.ends_with(|char: char| char.is_ascii_lowercase());
    let elided = word.len() > 1 || behind.starts_with(['\'', '’']);
    behind.contains(',') && elided && !is_abbreviated
}

/// Finds the keywords of the other languages.
pub(super) fn foreign(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let found = if char == '`' {
            None
        } else {
            foreign_at(text, at)
        };
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
    if !TABLES.may_begin(rest) || no_demand(rest).is_some() {
        return None;
    }
    let Tables {
        conditions,
        consequences,
        responses,
        condition_ends,
        ..
    } = &*TABLES;
    let condition = || {
        if begins_with_any(rest, NO_CONDITIONS) {
            None
        } else {
            conditions.find(rest)
        }
    };
    let found = if begins_clause(text, at) || is_loud(rest) {
        condition().or_else(|| consequences.find(rest))
    } else {
        None
    };
    let end = || {
        condition_ends
            .find(rest)
            .filter(|(length, ..)| ends_clause(&rest[*length..]) && !is_word_end(&text[..at], rest))
    };
    let demand = || {
        responses
            .find(rest)
            .filter(|(length, ..)| is_demand(text, at, at + length))
    };
    let found = found.or_else(demand).or_else(end);
    found.map(|(length, kind, side)| Hit {
        kind,
        start: at,
        end: at + length,
        side,
    })
}

/// Returns whether the words from `start` to `end` demand something: a Japanese こと does behind a
/// verb at the end of a sentence only, and a Chinese word does not that Japanese has for something
/// else.
fn is_demand(text: &str, start: usize, end: usize) -> bool {
    if matches!(&text[start..end], "必須" | "不得") {
        return !text.contains(is_kana);
    }
    let Some(verb) = text[start..end].strip_suffix("こと") else {
        return true;
    };
    ends_sentence(&text[end..]) && is_verb(&text[..start + verb.len()])
}

/// Returns whether the text begins with a word of at least four letters in upper case, which is a
/// keyword wherever it stands.
fn is_loud(text: &str) -> bool {
    text.chars()
        .take(4)
        .filter(|char| char.is_uppercase())
        .count()
        == 4
}

fn is_kana(char: char) -> bool {
    matches!(char, '\u{3041}'..='\u{30ff}')
}

/// Words that begin like a condition and are none: the current, the same day, some, young.
const NO_CONDITIONS: &[&str] = &[
    "当前", "当天", "当日", "当地", "当事", "当时", "当该", "当該", "当社", "當前", "當天", "若干",
    "若い", "若手",
];

/// Letters behind which what else ends a condition only ends a word: 日時, 最后, 画面 in Korean.
const WORD_ENDS: &[(&[char], &[char])] = &[
    (
        &['時', '时'],
        &[
            '日', '同', '随', '常', '即', '臨', '当', '实', '實', '临', '小', '定', '及', '暂',
            '耗', '计',
        ],
    ),
    (&['后', '後'], &['最', '今', '背', '前', '先']),
    (&['際'], &['国', '國', '実']),
    (&['면'], &['화', '측', '표', '전']),
];

/// Returns whether what stands at the start of `rest` is the end of a word that is no condition:
/// 日時, 最后.
fn is_word_end(before: &str, rest: &str) -> bool {
    WORD_ENDS
        .iter()
        .any(|(ends, letters)| rest.starts_with(*ends) && before.ends_with(*letters))
}

fn begins_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Returns whether a clause ends before `rest`: there is a comma, or English goes on behind a
/// blank, with a keyword or the name of the system.
fn ends_clause(rest: &str) -> bool {
    let open = rest.trim_start_matches([' ', '*']);
    open.starts_with([',', '，', '、'])
        || open.starts_with("THE ")
        || open.starts_with("THEN ")
        || names_system(rest)
}

/// Returns whether behind a blank the name of a system stands, one word of letters before its
/// demand: ` gate SHALL`, ` SHALL`.
fn names_system(rest: &str) -> bool {
    let Some(open) = rest.strip_prefix(' ') else {
        return false;
    };
    let name = open.len()
        - open
            .trim_start_matches(|char: char| {
                char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '`' | '*')
            })
            .len();
    open.starts_with("SHALL") || name > 0 && open[name..].trim_start().starts_with("SHALL")
}
