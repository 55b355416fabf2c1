//! The number at the start of a task: `1.`, `1.1`, `**Task 1.1**:`, `CK-0.1`, `T012:`, `7.4b`, with
//! the star that may stand at it.

use crate::text::Span;

/// What stands behind a checkbox: the number, if there is one, and the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The number as written, without a final dot or colon.
    pub(super) number: Option<Span>,
    /// A star before the number (`\*6.1`) or behind it (`7.9*`).
    pub(super) star: Option<Span>,
    /// Whether bold text begins before the number and ends after it.
    pub(super) opens_bold: bool,
    /// What follows.
    pub(super) title: Span,
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
    "Aufgabe",
];

/// Splits what stands behind a checkbox into number and title.
pub(super) fn split(bytes: &[u8], span: Span) -> Head {
    numbered(bytes, span).unwrap_or(Head {
        number: None,
        star: None,
        opens_bold: false,
        title: span,
    })
}

fn numbered(bytes: &[u8], span: Span) -> Option<Head> {
    let mut scan = Scan {
        bytes: &bytes[..span.end],
        at: span.start,
    };
    let leading = scan.star();
    let bold = scan.eat("**") || scan.eat("__");
    let word = scan.word();
    let start = scan.at;
    let shape = scan.number()?;
    let number = Span::new(start, scan.at);
    let star = leading.or_else(|| scan.star());
    let closed = scan.close(bold);
    let certain = word || shape.is_certain || closed.by_mark;
    (certain && closed.is_clean).then_some(())?;
    Some(Head {
        number: Some(number),
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

    fn skip_blanks(&mut self) {
        self.at += self
            .left()
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
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
        if self.left().first().is_some_and(u8::is_ascii_alphanumeric) {
            return true;
        }
        self.at = start;
        false
    }

    /// Takes digits in groups, with a prefix of capitals or without.
    fn number(&mut self) -> Option<Shape> {
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
        let groups = self.groups(letters > 0);
        let spec_kit = letters == 1 && digits >= 3;
        Some(Shape {
            is_certain: letters == 0 || groups > 1 || spec_kit,
        })
    }

    /// Takes all groups of digits, and the range to a second number of the same form. Gives how
    /// many groups there were.
    fn groups(&mut self, is_code: bool) -> usize {
        let mut groups = 0;
        loop {
            self.at += self.count(|byte| byte.is_ascii_digit());
            self.suffix();
            groups += 1;
            let next = match self.left() {
                [b'.', digit, ..] if digit.is_ascii_digit() => 1,
                [b'-', digit, ..]
                    if digit.is_ascii_digit() && (is_code || self.is_closed_range()) =>
                {
                    1
                }
                [b'-', b'A'..=b'Z', digit, ..] if is_code && digit.is_ascii_digit() => 2,
                _ => return groups,
            };
            self.at += next;
        }
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
        let by_mark = !is_wide_group
            && [".", ":", "：", ")", "、", "．"]
                .iter()
                .any(|mark| self.eat(mark));
        let after = bold && !before && (self.eat("**") || self.eat("__"));
        let ends_bold = before || after;
        let is_clean =
            by_mark || ends_bold || matches!(self.left().first(), None | Some(b' ' | b'\t'));
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
        ] {
            assert_eq!(drawn(line), expected, "{line:?}");
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
            "",
        ] {
            assert_eq!(drawn(line), format!("–|–|{line}"), "{line:?}");
        }
    }
}
