//! The number at the start of a task: `1.`, `1.1`, `**Task 1.1**:`, `CK-0.1`, `T012:`, `7.4b`, with
//! the star that may stand at it.

use crate::text::Span;

/// What stands behind a checkbox: the number, if there is one, and the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// What stands before the number and belongs to the title: an emoji, `(P)`.
    pub(super) before: Option<Span>,
    /// The number as written, without a final dot or colon.
    pub(super) number: Option<Span>,
    /// What says that it is one.
    pub(super) sign: Sign,
    /// A star before the number (`\*6.1`) or behind it (`7.9*`).
    pub(super) star: Option<Span>,
    /// Whether bold text begins before the number and ends after it.
    pub(super) opens_bold: bool,
    /// What follows.
    pub(super) title: Span,
}

/// What says that a number is the number of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Its own form: a dot, a colon or a bracket behind it, a word before it, a star.
    Form,
    /// Nothing but its place, as in `1 Title` and `1.5 hours`: it is one where it counts on.
    Place,
}

/// Words that may stand before a number and are no part of it.
const WORDS: &[&str] = &[
    "Task",
    "task",
    "TASK",
    "Step",
    "任务",
    "任務",
    "タスク",
    "작업",
    "Tarea",
    "Tarefa",
    "Задача",
    "Завдання",
    "Aufgabe",
    "Tâche",
    "步骤",
    "步驟",
    "ステップ",
    "手順",
    "Schritt",
    "Paso",
    "Passo",
    "Étape",
    "Шаг",
];

/// What stands before a number that is an ordinal: `第3步`.
const ORDINALS: &[&str] = &["第", "제"];

/// What an ordinal counts.
const COUNTED: &[&str] = &[
    "步骤",
    "步驟",
    "步",
    "阶段",
    "階段",
    "段階",
    "ステップ",
    "章",
    "节",
    "節",
    "项",
    "項",
    "단계",
];

/// The most groups that a number has. Nobody writes more, and each costs every reader of numbers.
const MOST_GROUPS: usize = 12;

/// The mark of a task that may be done beside others, as cc-sdd writes it.
pub(super) const SIDE_BY_SIDE: &str = "(P)";

/// Splits what stands behind a checkbox into number and title.
pub(super) fn split(bytes: &[u8], span: Span) -> Head {
    numbered(bytes, span).unwrap_or(unnumbered(span))
}

/// Returns the head of a title without a number.
pub(super) fn unnumbered(title: Span) -> Head {
    Head {
        before: None,
        number: None,
        sign: Sign::Form,
        star: None,
        opens_bold: false,
        title,
    }
}

/// Returns a number with its full-width digits and dots as plain ones.
pub(super) fn plain(number: &str) -> String {
    let plain = |char: char| match char {
        '０'..='９' => char::from_u32(u32::from(char) - u32::from('０') + u32::from('0')),
        '．' => Some('.'),
        _ => None,
    };
    number
        .chars()
        .map(|char| plain(char).unwrap_or(char))
        .collect()
}

fn numbered(bytes: &[u8], span: Span) -> Option<Head> {
    let mut scan = Scan {
        bytes: &bytes[..span.end],
        at: span.start,
    };
    let before = scan.decoration();
    let leading = scan.star();
    let bold = scan.eat("**") || scan.eat("__");
    let before = before.or_else(|| scan.decoration());
    let in_code = scan.eat("`");
    let word = scan.word();
    let is_ordinal = !word && scan.eat_any(ORDINALS);
    if is_ordinal {
        scan.skip_blanks();
    }
    let start = scan.at;
    let shape = scan.number()?;
    let number = Span::new(start, scan.at);
    let has_unit = is_ordinal && scan.unit();
    // In code there is much else with numbers: only `T1.3` by itself is one.
    let is_alone = !in_code || shape.is_code && scan.eat("`");
    is_alone.then_some(())?;
    let star = leading.or_else(|| scan.star());
    let closed = scan.close(bold);
    let certain = word || has_unit || shape.is_certain || closed.by_mark;
    let is_clean = has_unit || closed.is_clean && !is_ordinal;
    (certain && is_clean).then_some(())?;
    let has_form = word || has_unit || closed.by_mark || shape.is_code || star.is_some();
    Some(Head {
        before,
        number: Some(number),
        sign: if has_form { Sign::Form } else { Sign::Place },
        star,
        opens_bold: bold && !closed.ends_bold,
        title: scan.rest(),
    })
}

/// What kind of number was read.
struct Shape {
    /// Whether it is a number by itself. A code such as `UTF-8` needs a colon behind it, or a word
    /// before it.
    is_certain: bool,
    /// Whether letters stand before its digits.
    is_code: bool,
}

/// What follows a number.
struct Closing {
    /// Whether a dot, a colon or the like follows.
    by_mark: bool,
    /// Whether the number ends there, and is not the start of a longer word.
    is_clean: bool,
    /// Whether bold text ends with the number.
    ends_bold: bool,
}

/// What parts a number from the words around it.
const BLANKS: &[&str] = &[" ", "\t", "\u{a0}", "\u{3000}"];

/// Returns whether a character is an emoji or another picture, or a part of one.
pub(super) fn is_emoji(character: char) -> bool {
    matches!(character, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{2139}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// A place within the line.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn left(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.left().starts_with(token.as_bytes());
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn eat_any(&mut self, tokens: &[&str]) -> bool {
        tokens.iter().any(|token| self.eat(token))
    }

    fn skip_blanks(&mut self) {
        while self.eat_any(BLANKS) {}
    }

    /// Takes emoji and the mark of a task that may be done beside others. Gives where they stand.
    fn decoration(&mut self) -> Option<Span> {
        let start = self.at;
        let mut end = start;
        while self.eat(SIDE_BY_SIDE) || self.emoji() {
            end = self.at;
            self.skip_blanks();
        }
        (end > start).then(|| Span::new(start, end))
    }

    /// Takes one character that is an emoji, or a part of one.
    fn emoji(&mut self) -> bool {
        let longest = &self.left()[..self.left().len().min(4)];
        let valid = longest
            .utf8_chunks()
            .next()
            .map_or("", |chunk| chunk.valid());
        let Some(char) = valid.chars().next().filter(|char| is_emoji(*char)) else {
            return false;
        };
        self.at += char.len_utf8();
        true
    }

    /// Takes what an ordinal counts, and the blanks before it.
    fn unit(&mut self) -> bool {
        let end = self.at;
        self.skip_blanks();
        let found = self.eat_any(COUNTED);
        self.at = if found { self.at } else { end };
        found
    }

    fn count(&self, is_wanted: impl Fn(u8) -> bool) -> usize {
        self.left()
            .iter()
            .take_while(|byte| is_wanted(**byte))
            .count()
    }

    /// Takes a star, with its backslash if it has one, that is not the first of two.
    fn star(&mut self) -> Option<Span> {
        let start = self.at;
        let length = match self.left() {
            [b'*', b'*', ..] => return None,
            [b'*', ..] => 1,
            [b'\\', b'*', ..] => 2,
            _ => return None,
        };
        self.at += length;
        Some(Span::new(start, start + length))
    }

    /// Takes a word such as `Task` and the blanks behind it.
    fn word(&mut self) -> bool {
        let start = self.at;
        if !WORDS.iter().any(|word| self.eat(word)) {
            return false;
        }
        self.skip_blanks();
        self.eat("#");
        let is_plain = self.left().first().is_some_and(u8::is_ascii_alphanumeric);
        if is_plain || self.wide_digit() > 0 {
            return true;
        }
        self.at = start;
        false
    }

    /// Measures a full-width digit.
    fn wide_digit(&self) -> usize {
        match self.left() {
            [0xef, 0xbc, 0x90..=0x99, ..] => 3,
            _ => 0,
        }
    }

    /// Takes digits in groups, with a prefix of capitals or without.
    fn number(&mut self) -> Option<Shape> {
        if self.wide_digit() > 0 {
            return self.wide_number();
        }
        let letters = self.count(|byte| byte.is_ascii_uppercase());
        if letters > 5 {
            return None;
        }
        self.at += letters;
        if letters > 0 {
            self.eat("-");
        }
        let digits = self.count(|byte| byte.is_ascii_digit());
        if digits == 0 || digits > 5 {
            return None;
        }
        let groups = self.groups(letters > 0)?;
        let spec_kit = letters == 1 && digits >= 3;
        Some(Shape {
            is_certain: letters == 0 || groups > 1 || spec_kit,
            is_code: letters > 0,
        })
    }

    /// Takes full-width digits in groups, with full-width dots or plain ones between them.
    fn wide_number(&mut self) -> Option<Shape> {
        for _ in 0..MOST_GROUPS {
            while self.wide_digit() > 0 {
                self.at += self.wide_digit();
            }
            let end = self.at;
            let goes_on = self.eat_any(&["．", "."]) && self.wide_digit() > 0;
            if !goes_on {
                self.at = end;
                return Some(Shape {
                    is_certain: true,
                    is_code: false,
                });
            }
        }
        None
    }

    /// Takes all groups of digits, and the range to a second number of the same form. Gives how
    /// many groups there were, if they are not too many.
    fn groups(&mut self, is_code: bool) -> Option<usize> {
        let start = self.at;
        for groups in 1..=MOST_GROUPS {
            self.at += self.count(|byte| byte.is_ascii_digit());
            self.suffix();
            let next = match self.left() {
                [b'.', digit, ..] if digit.is_ascii_digit() => 1,
                [b'-', digit, ..]
                    if digit.is_ascii_digit()
                        && (is_code || self.is_closed_range() || self.is_hyphenated(start)) =>
                {
                    1
                }
                [b'-', b'A'..=b'Z', digit, ..] if is_code && digit.is_ascii_digit() => 2,
                _ => return Some(groups),
            };
            self.at += next;
        }
        None
    }

    /// Returns whether a number such as `1-1` goes on here: short groups, and no dots among them.
    /// Dates and ranges of decimals are none.
    fn is_hyphenated(&self, start: usize) -> bool {
        let groups = self.bytes[start..self.at].split(|byte| *byte == b'-');
        let next = self.left()[1..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let is_short = |group: &[u8]| group.len() <= 3 && group.iter().all(u8::is_ascii_digit);
        next <= 3 && groups.clone().count() < 3 && groups.into_iter().all(is_short)
    }

    /// Returns whether `-9.` follows: a range of two plain numbers is a number only with its dot.
    fn is_closed_range(&self) -> bool {
        let digits = self
            .left()
            .iter()
            .skip(1)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        matches!(
            self.left().get(digits + 1..),
            Some([b'.', b' ' | b'\t', ..])
        )
    }

    /// Takes one small letter that ends a group, as in `7.4b` and `P1c.1`.
    fn suffix(&mut self) {
        let ends = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if matches!(self.left().first(), Some(b'a'..=b'j')) && ends(self.left().get(1)) {
            self.at += 1;
        }
    }

    /// Takes the dot, colon or parenthesis behind a number, and the end of bold text around it.
    fn close(&mut self, bold: bool) -> Closing {
        let before = bold && (self.eat("**") || self.eat("__"));
        let is_wide_group = self
            .left()
            .strip_prefix("．".as_bytes())
            .is_some_and(|after| after.first().is_some_and(u8::is_ascii_digit));
        let by_mark =
            !is_wide_group && self.eat_any(&[".", ":", "：", ")", "）", "、", "．", "。"]);
        let after = bold && !before && (self.eat("**") || self.eat("__"));
        let ends_bold = before || after;
        let is_parted = BLANKS
            .iter()
            .any(|blank| self.left().starts_with(blank.as_bytes()));
        let is_clean = by_mark || ends_bold || is_parted || self.left().is_empty();
        Closing {
            by_mark: by_mark || ends_bold,
            is_clean,
            ends_bold,
        }
    }

    /// Returns what is left, without blanks and without a dash that parts number and title.
    fn rest(&mut self) -> Span {
        self.skip_blanks();
        for dash in ["- ", "– ", "— ", ": "] {
            if self.eat(dash) {
                self.skip_blanks();
                break;
            }
        }
        Span::new(self.at, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a head as `number|star|title`.
    fn drawn(line: &str) -> String {
        let head = split(line.as_bytes(), Span::new(0, line.len()));
        let part = |span: Option<Span>| span.map_or("–", |span| &line[span.range()]);
        format!(
            "{}|{}|{}",
            part(head.number),
            part(head.star),
            part(Some(head.title))
        )
    }

    #[test]
    fn numbers_in_every_form() {
        for (line, expected) in [
            ("1. Set up", "1|–|Set up"),
            ("1.1 Create", "1.1|–|Create"),
            ("1.2.3 Deep", "1.2.3|–|Deep"),
            ("**1.1** Bold", "1.1|–|Bold"),
            ("**Task 1.1**: Bold", "1.1|–|Bold"),
            ("**1.1:** Bold", "1.1|–|Bold"),
            ("Task 1.1 Plain", "1.1|–|Plain"),
            ("Task 4: Plain", "4|–|Plain"),
            ("任务 3：标题", "3|–|标题"),
            ("1 Bare", "1|–|Bare"),
            ("CK-0.1 Code", "CK-0.1|–|Code"),
            ("P0-1 Code", "P0-1|–|Code"),
            ("T0.1.1: Code", "T0.1.1|–|Code"),
            ("T-012: Code", "T-012|–|Code"),
            ("T001 Spec kit", "T001|–|Spec kit"),
            ("P1c.1.5 Fix", "P1c.1.5|–|Fix"),
            ("T1.1.11-T1.1.20: Many", "T1.1.11-T1.1.20|–|Many"),
            ("1.2. Dot", "1.2|–|Dot"),
            ("1.2: Colon", "1.2|–|Colon"),
            ("7.4b Letter", "7.4b|–|Letter"),
            ("5a. Letter", "5a|–|Letter"),
            ("8-9. Range", "8-9|–|Range"),
            ("1.标题", "1|–|标题"),
            ("1) Parenthesis", "1|–|Parenthesis"),
            ("2.1 - Dash", "2.1|–|Dash"),
            ("\\*6.1 Star", "6.1|\\*|Star"),
            ("*6.1 Star", "6.1|*|Star"),
            ("7.9* (P) Star", "7.9|*|(P) Star"),
            ("12.", "12|–|"),
            ("1-1 Hyphen", "1-1|–|Hyphen"),
            ("1-1. Hyphen", "1-1|–|Hyphen"),
            ("2-10-3: Hyphens", "2-10-3|–|Hyphens"),
            ("第3步", "3|–|"),
            ("第3步：标题", "3|–|标题"),
            ("第 3 步 标题", "3|–|标题"),
            ("第3步标题", "3|–|标题"),
            ("**第2阶段** 标题", "2|–|标题"),
            ("步骤 3：标题", "3|–|标题"),
            ("ステップ２：題", "２|–|題"),
            ("제3단계: 제목", "3|–|제목"),
            ("４．题", "４|–|题"),
            ("４．１　题", "４．１|–|题"),
            ("4。题", "4|–|题"),
            ("4）题", "4|–|题"),
            ("(P) 4. Lint", "4|–|Lint"),
            ("✅ 4. x", "4|–|x"),
            ("⚠️ 🔴 **Task 4.1**: x", "4.1|–|x"),
            ("✅ 4.1 x", "4.1|–|x"),
            ("1.\u{a0}No-break", "1|–|No-break"),
            ("`T1.3` End", "T1.3|–|End"),
            ("**`T-3`**: End", "T-3|–|End"),
            ("`T1.3`: End", "T1.3|–|End"),
            ("`T1.3 End`", "–|–|`T1.3 End`"),
            ("`1.3` End", "–|–|`1.3` End"),
            ("`UTF-8` End", "–|–|`UTF-8` End"),
        ] {
            assert_eq!(drawn(line), expected, "{line:?}");
        }
    }

    #[test]
    fn a_number_says_by_its_form_that_it_is_one_or_by_its_place_alone() {
        for (line, expected) in [
            ("1. a", Sign::Form),
            ("1: a", Sign::Form),
            ("1) a", Sign::Form),
            ("**1** a", Sign::Form),
            ("Task 1 a", Sign::Form),
            ("第1步 a", Sign::Form),
            ("P0-1 a", Sign::Form),
            ("7.9* a", Sign::Form),
            ("1 a", Sign::Place),
            ("1.5 a", Sign::Place),
            ("1-1 a", Sign::Place),
            ("✅ 27 a", Sign::Place),
        ] {
            assert_eq!(
                split(line.as_bytes(), Span::new(0, line.len())).sign,
                expected,
                "{line:?}"
            );
        }
    }

    #[test]
    fn full_width_digits_are_plain_in_a_number() {
        for (number, expected) in [("４．１", "4.1"), ("２", "2"), ("CK-0.1", "CK-0.1")] {
            assert_eq!(plain(number), expected);
        }
    }

    #[test]
    fn words_that_only_look_like_numbers() {
        for line in [
            "Implement login",
            "**Bold title**",
            "*emphasis* first",
            "100% coverage",
            "3/4 done",
            "2024-01-15 meeting",
            "10MiB limit",
            "3.5mm jack",
            "1件の修正",
            "UTF-8 support",
            "AES-256-GCM implementation",
            "S3 bucket",
            "HTTP2 support",
            "18．1 a number in another script's dots",
            "L0 always-load",
            "Task list",
            "`1.1` code",
            "第一步",
            "第3方库集成",
            "1.1-1.5 range of decimals",
            "✅ done",
            "(P) parallel",
            "→ 3/4 done",
            "1.1.1.1.1.1.1.1.1.1.1.1.1 deep",
            "",
        ] {
            assert_eq!(drawn(line), format!("–|–|{line}"), "{line:?}");
        }
    }
}
