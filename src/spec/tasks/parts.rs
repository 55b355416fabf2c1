//! The parts of a line that two sides may change at the same time: of a task, of a row of a table.

use super::number;
use crate::markdown::{list_line, row_rules};
use crate::text::Span;

/// Cuts the content of a line with a checkbox into its parts, for [`crate::text::merge`]: what stands
/// before the marker, the marker, the bracket, the star behind it, blanks, the star before the
/// number, the number, the star behind that, and the title. What a line does not have is empty. A row
/// of a table that begins with a rule is cut into its cells. Any other line is one part.
pub fn line_parts(content: &[u8]) -> Vec<usize> {
    let line = list_line(content, Span::new(0, content.len()));
    let Some((line, checkbox)) = line.and_then(|line| Some((line, line.checkbox?))) else {
        return cells(content);
    };
    let (marker, start) = (checkbox.marker, line.text.start);
    let bracket = marker.end + 1;
    let star = checkbox.star.map_or(bracket, |star| star.end);
    let head = number::split(content, line.text);
    let number = head.number.map_or(start, |number| number.end);
    let (before, behind) = match head.star {
        Some(star) if star.end <= number => (star.end, number),
        Some(star) => (start, star.end),
        None => (start, number),
    };
    vec![
        marker.start,
        marker.end,
        bracket,
        star,
        start,
        before,
        number,
        behind,
    ]
}

/// Cuts a row of a table at its rules.
fn cells(content: &[u8]) -> Vec<usize> {
    if content.trim_ascii_start().starts_with(b"|") {
        row_rules(content)
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Text, merge};

    /// Draws a line with its parts parted.
    fn drawn(line: &str) -> String {
        let mut drawn = line.to_owned();
        line_parts(line.as_bytes())
            .into_iter()
            .rev()
            .for_each(|cut| drawn.insert(cut, '|'));
        drawn
    }

    #[test]
    fn the_parts_of_a_line() {
        for (line, expected) in [
            ("- [ ] 1. a b", "- [| |]|| ||1||. a b"),
            ("  - [x]* 1.1 a", "  - [|x|]|*| ||1.1|| a"),
            ("- [ ]\\* a", "- [| |]|\\*| ||||a"),
            ("- [ ] \\*1.1 a", "- [| |]|| |\\*|1.1|| a"),
            ("- [] 1.1* a", "- [||]|| ||1.1|*| a"),
            ("- [ ] **Task 2**: a", "- [| |]|| ||**Task 2||**: a"),
            ("- [ ]", "- [| |]||||||"),
            ("- a", "- a"),
            ("words", "words"),
            ("| a | b \\| c |", "|| a || b \\| c ||"),
            ("a | b", "a | b"),
        ] {
            assert_eq!(drawn(line), expected);
        }
    }

    #[test]
    fn what_two_sides_do_to_one_task_goes_together() {
        let base = "- [ ] 1.1 Old title\n";
        for (ours, theirs, expected) in [
            (
                "- [x] 1.1 Old title\n",
                "- [ ] 1.1 New\n",
                "- [x] 1.1 New\n",
            ),
            (
                "- [ ]* 1.1 Old title\n",
                "- [ ] 1.1 New\n",
                "- [ ]* 1.1 New\n",
            ),
            (
                "- [ ] 1.1* Old title\n",
                "- [x] 1.1 New\n",
                "- [x] 1.1* New\n",
            ),
            (
                "- [x] 1.1 Old title\n",
                "- [ ] \\*1.1 Old title\n",
                "- [x] \\*1.1 Old title\n",
            ),
            (
                "- [ ] 1.2 Old title\n",
                "- [-] 1.1 New\n",
                "- [-] 1.2 New\n",
            ),
            (
                "  - [ ] 1.1 Old title\n",
                "- [-] 1.1 New\n",
                "  - [-] 1.1 New\n",
            ),
            ("- [ ] 1.1 Old title\n", "- [] 1.1 Old\n", "- [] 1.1 Old\n"),
        ] {
            let [base, ours, theirs] = [base, ours, theirs].map(Text::new);
            let merged = |one, other| merge(&base, one, other, line_parts).unwrap().apply(&base);
            assert_eq!(merged(&ours, &theirs), Text::new(expected));
            assert_eq!(merged(&theirs, &ours), Text::new(expected));
        }
        let [base, ours, theirs] = ["| a | b |\n", "| a2 | b |\n", "| a | b2 |\n"].map(Text::new);
        let both = merge(&base, &ours, &theirs, line_parts).unwrap();
        assert_eq!(both.apply(&base), Text::new("| a2 | b2 |\n"));
    }

    #[test]
    fn one_part_that_both_sides_change_is_a_conflict() {
        let base = "- [ ] 1.1 Old title\n";
        let [base, ours, theirs] = [base, "- [ ] 1.1 New\n", "- [x] 1.1 Other\n"].map(Text::new);
        assert!(merge(&base, &ours, &theirs, line_parts).is_err());
    }
}
