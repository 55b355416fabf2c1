//! Cutting a criterion into clauses, and the pattern that they make.

use super::keywords::{Hit, english, foreign, foreign_conditions};
use super::verbs::{article_from, bare_response, topic};
use super::words::Side;
use super::{Clause, ClauseKind, Ears, Pattern};
use crate::spec::source_str::prefix_length;
use crate::text::Span;

/// Cuts the text of a criterion into clauses.
///
/// Keywords in code do not count; but where one backtick too many hides the whole sentence, none of
/// them does.
pub fn parse(text: &str) -> Ears {
    let found = parse_words(text);
    let is_torn = found.pattern == Pattern::None && text.matches('`').count() % 2 == 1;
    if is_torn {
        parse_words(&text.replace('`', " "))
    } else {
        found
    }
}

fn parse_words(text: &str) -> Ears {
    let mut hits = english(text);
    if !hits.iter().any(|hit| hit.kind == ClauseKind::Shall) {
        hits = together(hits, foreign(text));
        hits.extend(bare_response(text, &hits));
    } else if !hits.iter().any(|hit| is_condition(hit.kind)) {
        hits = with_conditions(text, hits);
    }
    if !has_response(&hits) {
        return Ears::default();
    }
    let clauses = clauses(text, &hits);
    match pattern(&clauses) {
        Pattern::None => Ears::default(),
        pattern => Ears { pattern, clauses },
    }
}

/// Puts keywords of two languages in the order of the text. Where the first has a condition, the
/// second adds only what must happen.
fn together(mut hits: Vec<Hit>, others: Vec<Hit>) -> Vec<Hit> {
    let conditional = hits.iter().any(|hit| is_condition(hit.kind));
    let behind = hits.last().map_or(0, |hit| hit.end);
    hits.extend(
        others
            .into_iter()
            .filter(|hit| !conditional || hit.kind == ClauseKind::Shall && hit.start >= behind),
    );
    hits.sort_by_key(|hit| hit.start);
    hits
}

/// Adds to an English demand the conditions that stand in another language, and the `THEN` between.
fn with_conditions(text: &str, mut hits: Vec<Hit>) -> Vec<Hit> {
    let Some(demand) = hits
        .iter()
        .copied()
        .find(|hit| hit.kind == ClauseKind::Shall)
    else {
        return hits;
    };
    let conditions = foreign_conditions(text, demand);
    let behind = conditions
        .iter()
        .map(|hit| hit.end)
        .filter(|end| *end <= demand.start)
        .max();
    let then = behind.and_then(|from| Some(from + text[from..demand.start].rfind("THEN ")?));
    hits.extend(then.map(|start| Hit {
        kind: ClauseKind::Then,
        start,
        end: start + "THEN".len(),
        side: Side::Before,
    }));
    hits.extend(conditions);
    hits.sort_by_key(|hit| hit.start);
    hits
}

fn has_response(hits: &[Hit]) -> bool {
    hits.iter()
        .any(|hit| matches!(hit.kind, ClauseKind::Shall | ClauseKind::Then))
}

fn is_condition(kind: ClauseKind) -> bool {
    matches!(
        kind,
        ClauseKind::Given
            | ClauseKind::While
            | ClauseKind::When
            | ClauseKind::Where
            | ClauseKind::If
    )
}

/// Returns the pattern that clauses with a response make.
fn pattern(clauses: &[Clause]) -> Pattern {
    let has = |kind| clauses.iter().any(|clause| clause.kind == kind);
    let conditions = [
        (ClauseKind::While, Pattern::StateDriven),
        (ClauseKind::When, Pattern::EventDriven),
        (ClauseKind::Where, Pattern::OptionalFeature),
        (ClauseKind::If, Pattern::UnwantedBehaviour),
    ];
    let mut found = conditions
        .iter()
        .filter(|(kind, _)| has(*kind))
        .map(|(_, pattern)| *pattern);
    if has(ClauseKind::Given) {
        return if has(ClauseKind::When) || has(ClauseKind::Then) {
            Pattern::GivenWhenThen
        } else {
            Pattern::None
        };
    }
    match (found.next(), found.next()) {
        (None, _) if has(ClauseKind::Shall) => Pattern::Ubiquitous,
        (None, _) => Pattern::None,
        (Some(only), None) => only,
        (Some(_), Some(_)) => Pattern::Complex,
    }
}

/// Walks over the keywords and closes a clause at each.
struct Cutter<'a> {
    text: &'a str,
    clauses: Vec<Clause>,
    /// The keyword whose clause is still open.
    open: Option<Hit>,
    /// Where the open clause, or the text that no keyword has claimed, begins.
    from: usize,
}

fn clauses(text: &str, hits: &[Hit]) -> Vec<Clause> {
    let mut cutter = Cutter {
        text,
        clauses: Vec::with_capacity(hits.len() + 1),
        open: None,
        from: 0,
    };
    for hit in hits {
        cutter.take(*hit);
    }
    cutter.close(text.len());
    cutter.clauses
}

impl Cutter<'_> {
    fn take(&mut self, hit: Hit) {
        let responds = self.open.is_some_and(|open| open.kind == ClauseKind::Shall);
        match (hit.kind, hit.side) {
            (ClauseKind::Shall, _) if responds => {}
            (ClauseKind::Shall, Side::Before) => self.take_response(hit),
            (ClauseKind::Shall, Side::Behind) => self.take_late_response(hit),
            (_, Side::Before) => self.begin(hit),
            (_, Side::Behind) => self.take_late_condition(hit),
        }
    }

    fn begin(&mut self, hit: Hit) {
        self.close(hit.start);
        self.open = Some(hit);
        self.from = hit.end;
    }

    /// Ends the open clause at `end`.
    fn close(&mut self, end: usize) {
        if let Some(open) = self.open.take() {
            self.push(open.kind, Span::new(open.start, open.end), self.from, end);
        }
        self.from = end;
    }

    fn push(&mut self, kind: ClauseKind, keyword: Span, from: usize, to: usize) {
        let text = trimmed(self.text, from, to.max(from));
        self.clauses.push(Clause {
            kind,
            keyword,
            text,
        });
    }

    /// Parts what stands before the demand into the open condition and the system.
    fn take_response(&mut self, hit: Hit) {
        let head = &self.text[self.from..hit.start];
        let system = self.from + system_start(head, self.open.map(|open| open.kind));
        self.close(system);
        self.push_system(system, hit.start);
        self.begin(hit);
    }

    fn push_system(&mut self, from: usize, to: usize) {
        let name = trimmed(self.text, from, to);
        if name.is_empty() {
            return;
        }
        let article =
            prefix_length(&self.text[name.range()], "the ").map_or(0, |length| length - 1);
        self.push(
            ClauseKind::System,
            Span::new(name.start, name.start + article),
            name.start + article,
            name.end,
        );
    }

    /// Takes a demand that stands behind what it demands: system, response, keyword.
    fn take_late_response(&mut self, hit: Hit) {
        let head = &self.text[..hit.start];
        let article = article_from(head, self.from);
        let comma = || {
            head[self.from..]
                .find([',', '，', '、'])
                .map(|comma| self.from + comma)
        };
        match self.open {
            Some(open) if is_condition(open.kind) => {
                self.close(article.or_else(comma).unwrap_or(self.from));
            }
            _ => {
                self.close(self.from);
                self.from = article.unwrap_or(self.from);
            }
        }
        let system = self.from + topic(&head[self.from..]).unwrap_or(0);
        self.push_system(self.from, system);
        self.push(
            ClauseKind::Shall,
            Span::new(hit.start, hit.end),
            system,
            hit.start,
        );
        self.from = hit.end;
    }

    /// Takes a system that an article names before a condition: `The システムは、失敗した場合、…`.
    fn take_leading_system(&mut self, end: usize) {
        let head = &self.text[..end];
        if let Some(article) = article_from(head, self.from)
            && let Some(topic) = topic(&head[article..])
        {
            self.push_system(article, article + topic);
            let particle = head[article + topic..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
            self.from = article + topic + particle;
        }
    }

    /// Takes the end of a condition. One that a word has opened already only becomes a state where
    /// the end says so.
    fn take_late_condition(&mut self, hit: Hit) {
        match self.open {
            Some(open) if is_condition(open.kind) => {
                let kind = if hit.kind == ClauseKind::While {
                    ClauseKind::While
                } else {
                    open.kind
                };
                self.open = Some(Hit { kind, ..open });
                self.close(hit.start);
            }
            Some(open) if open.kind == ClauseKind::Shall => self.take_condition_inside(hit),
            Some(_) => return,
            None => {
                self.take_leading_system(hit.start);
                self.push(
                    hit.kind,
                    Span::new(hit.start, hit.end),
                    self.from,
                    hit.start,
                );
            }
        }
        self.from = hit.end;
    }

    /// Takes the end of a condition behind the demand: before the response, or behind a comma after
    /// it.
    fn take_condition_inside(&mut self, hit: Hit) {
        let head = &self.text[self.from..hit.start];
        let comma = head.rfind([',', '，', '、', '。']).map_or(0, |at| {
            at + head[at..].chars().next().map_or(1, char::len_utf8)
        });
        let from = self.from + comma;
        if comma > 0 {
            self.close(from);
        }
        self.push(hit.kind, Span::new(hit.start, hit.end), from, hit.start);
    }
}

/// Returns where in `head`, which a demand follows, the name of the system begins.
fn system_start(head: &str, open: Option<ClauseKind>) -> usize {
    let comma = head
        .rfind([',', '，', '、'])
        .map(|found| found + head[found..].chars().next().map_or(1, char::len_utf8));
    let article = head.rfind(" THE ").map(|found| found + 1);
    match (comma.max(article), open) {
        (Some(start), Some(_)) => start,
        (_, None | Some(ClauseKind::Then)) => 0,
        (None, Some(_)) => head.rfind(" the ").map_or(head.len(), |found| found + 1),
    }
}

/// Returns the span without blanks, marks of emphasis, commas and connecting words at its ends.
fn trimmed(text: &str, from: usize, to: usize) -> Span {
    let marks = |char: char| char.is_whitespace() || matches!(char, '*' | ',' | '，' | '、' | ';');
    let inside = &text[from..to];
    let start = from + (inside.len() - inside.trim_start_matches(marks).len());
    let mut end = from + inside.trim_end_matches(marks).len();
    if let Some(open) = text.get(start..end)
        && let Some(shorter) = [" AND", " OR", " and"]
            .iter()
            .find_map(|word| open.strip_suffix(word))
    {
        end = start + shorter.trim_end_matches(marks).len();
    }
    Span::new(start.min(end.max(from)), end.max(from))
}
