//! What a new line begins with: the indent and bullet of the lines around it.
//!
//! Knows Markdown's list lines and nothing of their meaning.

/// What stands before the words of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Prefix<'a> {
    /// The blanks.
    indent: &'a str,
    /// The bullet or number with the blanks behind it; empty where the line is no list item.
    bullet: &'a str,
    /// Whether a checkbox follows.
    is_task: bool,
    /// How many bytes of the line all of it takes, with the checkbox.
    length: usize,
}

/// What a line begins with that follows the first line of a task, where it has no details.
const DETAIL: &str = "- ";

/// Returns what the line begins with that `enter` makes behind `line`, whose text before the caret is
/// `before`; `below` is the line that follows. None where the line holds nothing but its bullet: the
/// list ends there.
pub(super) fn continuation(line: &str, before: &str, below: Option<&str>) -> Option<String> {
    let prefix = prefix_of(line);
    if !prefix.bullet.is_empty() && line.len() == prefix.length && before.len() == line.len() {
        return None;
    }
    if before.len() < prefix.length {
        return Some(String::new());
    }
    if !prefix.is_task {
        return Some(format!("{}{}", prefix.indent, next_bullet(prefix.bullet)));
    }
    let deeper = below
        .map(prefix_of)
        .filter(|below| is_detail(below, &prefix));
    let detail = deeper.map(|below| format!("{}{}", below.indent, next_bullet(below.bullet)));
    let plain = format!(
        "{}{:wide$}{DETAIL}",
        prefix.indent,
        "",
        wide = prefix.bullet.len()
    );
    Some(detail.unwrap_or(plain))
}

fn is_detail(below: &Prefix<'_>, above: &Prefix<'_>) -> bool {
    below.indent.len() > above.indent.len() && !below.bullet.is_empty() && !below.is_task
}

fn prefix_of(line: &str) -> Prefix<'_> {
    let words = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - words.len()];
    let bullet = &words[..bullet_length(words)];
    let rest = &words[bullet.len()..];
    let box_length = if bullet.is_empty() {
        0
    } else {
        box_length(rest)
    };
    Prefix {
        indent,
        bullet,
        is_task: box_length > 0,
        length: indent.len() + bullet.len() + box_length,
    }
}

/// Counts the bytes of a bullet or number and the blanks behind it.
fn bullet_length(words: &str) -> usize {
    let digits = words.len()
        - words
            .trim_start_matches(|found: char| found.is_ascii_digit())
            .len();
    let mark = match words.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if digits > 0 => digits + 1,
        _ => return 0,
    };
    let rest = &words[mark..];
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    if blanks == 0 { 0 } else { mark + blanks }
}

fn box_length(rest: &str) -> usize {
    let mut found = rest.chars();
    let is_box = found.next() == Some('[') && found.next().is_some() && found.next() == Some(']');
    if is_box {
        rest.len() - found.as_str().len()
    } else {
        0
    }
}

/// Returns a bullet as the next item has it: a number counts on.
fn next_bullet(bullet: &str) -> String {
    let digits = bullet.len()
        - bullet
            .trim_start_matches(|found: char| found.is_ascii_digit())
            .len();
    match bullet[..digits].parse::<u32>() {
        Ok(number) => format!("{}{}", number.saturating_add(1), &bullet[digits..]),
        Err(_) => bullet.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_line_begins_as_the_lines_around_it_do() {
        for (line, below, expected) in [
            ("- one|", None, Some("- ")),
            ("  * one|", None, Some("  * ")),
            ("9. one|", None, Some("10. ")),
            ("2) one|", None, Some("3) ")),
            ("text|", None, Some("")),
            ("    deep|", None, Some("    ")),
            ("- |", None, None),
            ("|- one", None, Some("")),
            ("- [ ] 1. Task|", None, Some("  - ")),
            ("- [ ] 1. Task|", Some("    * detail"), Some("    * ")),
            ("- [ ] 1. Task|", Some("  - [ ] 1.1 Child"), Some("  - ")),
            ("-no list|", None, Some("")),
            ("\t- tab|", None, Some("\t- ")),
            ("1.no list|", None, Some("")),
        ] {
            let (before, after) = line.split_once('|').unwrap();
            let found = continuation(&format!("{before}{after}"), before, below);
            assert_eq!(found.as_deref(), expected, "{line:?}");
        }
    }
}
