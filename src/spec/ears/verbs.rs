//! Responses that no word announces: Japanese and Korean put the verb last, and its plain form says
//! what the system does.
//!
//! Finds the end of such a response. Where an article or a condition shows that a sentence is meant
//! as EARS, its subject is the system.

use super::ClauseKind;
use super::keywords::{Hit, begins_clause};
use super::words::Side;

/// Particles behind the subject of a sentence.
const TOPICS: &[&str] = &["は", "은 ", "는 ", "이 ", "가 "];

/// The last letters of Korean predicates: 한다, 합니다, 함, 됨, 할 것.
const KOREAN_ENDS: &[char] = &['다', '함', '됨', '것'];

/// Returns the place of a response without a word for it, behind the condition that `hits` end
/// with.
///
/// The subject needs an article (`the システムは`), or a condition before it and a verb at the end of
/// the sentence.
pub(super) fn bare_response(text: &str, hits: &[Hit]) -> Option<Hit> {
    if !text.contains(is_verb_last) || hits.iter().any(|hit| hit.kind == ClauseKind::Shall) {
        return None;
    }
    let leading = article_from(text, 0).filter(|at| begins_with_system(text, *at, hits));
    let from = hits.last().map_or(0, |hit| hit.end);
    let article = leading.or_else(|| article_from(text, from));
    let start = article.or_else(|| behind_condition(text, hits.last()?))?;
    let topic = start + topic(&text[start..])?;
    let length = text[topic..]
        .find(['。', '\n'])
        .unwrap_or(text.len() - topic);
    let end = topic + text[topic..topic + length].trim_end().len();
    let said = article.is_some() || is_verb(without_remark(&text[..end]));
    said.then_some(Hit {
        kind: ClauseKind::Shall,
        start: end,
        end,
        side: Side::Behind,
    })
}

/// Returns whether the subject with the article at `article` stands before all conditions, which
/// are its own then.
fn begins_with_system(text: &str, article: usize, hits: &[Hit]) -> bool {
    let first = hits.first().map_or(text.len(), |hit| hit.start);
    article < first
        && topic(&text[article..first]).is_some()
        && hits.iter().all(|hit| hit.side == Side::Behind)
}

/// Returns where the article before a subject begins: behind a comma, else the last one.
pub(super) fn article_from(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let articles = || {
        rest.char_indices()
            .map(|(offset, _)| from + offset)
            .filter(|at| is_article(text, *at))
    };
    articles()
        .find(|at| begins_clause(text, *at))
        .or_else(|| articles().next_back())
}

/// Returns where the particle behind a subject stands.
pub(super) fn topic(head: &str) -> Option<usize> {
    TOPICS
        .iter()
        .filter_map(|particle| head.find(particle))
        .min()
}

/// Returns whether the text ends with a verb, as a Japanese or a Korean sentence does.
pub(super) fn is_verb(text: &str) -> bool {
    let plain = |char: char| "うくぐすつぬぶむる".contains(char) || KOREAN_ENDS.contains(&char);
    text.ends_with(plain)
        || ["ない", "ません", "こと"]
            .iter()
            .any(|end| text.ends_with(end))
}

/// Returns whether a sentence ends before `rest`; a remark in parentheses may still follow.
pub(super) fn ends_sentence(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '*', '\t', '\r']);
    rest.is_empty() || rest.starts_with(['。', '.', '\n', '（', '(', ':', '：'])
}

/// Returns whether the letter is of a script whose languages put the verb last.
fn is_verb_last(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_article(text: &str, at: usize) -> bool {
    let named = ["the ", "The ", "THE "]
        .iter()
        .any(|article| text[at..].starts_with(article));
    named && !text[..at].ends_with(char::is_alphanumeric)
}

/// Returns where a response may begin behind a condition: at once where that is closed, else behind
/// its comma.
fn behind_condition(text: &str, last: &Hit) -> Option<usize> {
    if last.kind == ClauseKind::Then || last.side == Side::Behind {
        return Some(last.end);
    }
    text[last.end..]
        .find([',', '，', '、'])
        .map(|comma| last.end + comma)
}

fn without_remark(text: &str) -> &str {
    let open = text.trim_end_matches(['*', ' ', '.']);
    let remark = if open.ends_with([')', '）']) {
        open.rfind(['(', '（'])
    } else {
        None
    };
    remark.map_or(open, |start| open[..start].trim_end())
}
