//! References to requirements on one line: as many as fit, and how many more there are.

use std::borrow::Cow;

use crate::text::{clean, cut_end, width};

/// Returns as many references as fit, and how many more there are.
pub(super) fn references(references: &[String], columns: usize, cut: &str) -> String {
    first_of(references, references.len(), columns, cut)
}

/// Returns as many of `count` references as fit, and how many more there are. Only those are taken
/// from `references` that may be seen, for there can be thousands.
pub(crate) fn first_of<Reference: AsRef<str>>(
    references: impl IntoIterator<Item = Reference>,
    count: usize,
    columns: usize,
    cut: &str,
) -> String {
    let mut line = String::new();
    // The end and the columns of what is taken, reference by reference.
    let mut taken = Vec::new();
    let mut columns_taken = 0;
    for reference in references.into_iter().take(count) {
        if !taken.is_empty() {
            line.push(' ');
            columns_taken += 1;
        }
        line.push_str(reference.as_ref());
        columns_taken += width(&clean(reference.as_ref()));
        if columns_taken > columns {
            return shortened(&line, &taken, count, columns, cut);
        }
        taken.push((line.len(), columns_taken));
    }
    if taken.len() < count {
        return shortened(&line, &taken, count, columns, cut);
    }
    line
}

/// Returns as many references of those in `taken` as fit together with how many more there are;
/// where none does, the start of `line`.
fn shortened(
    line: &str,
    taken: &[(usize, usize)],
    count: usize,
    columns: usize,
    cut: &str,
) -> String {
    for (index, (end, columns_taken)) in taken.iter().enumerate().rev() {
        let more = format!(" +{}", count - index - 1);
        if columns_taken + more.len() <= columns {
            return format!("{}{more}", &line[..*end]);
        }
    }
    let start: Cow<'_, str> = clean(line);
    cut_end(&start, columns, cut).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_that_do_not_fit_are_counted() {
        let ids = |count: usize| {
            (1..=count)
                .map(|index| format!("1.{index}"))
                .collect::<Vec<_>>()
        };
        for (given, expected) in [
            (ids(2), "1.1 1.2"),
            (ids(4), "1.1 1.2 1.3 1.4"),
            (ids(9), "1.1 1.2 1.3 +6"),
            (vec!["a very long remark".to_owned()], "a very long rem…"),
        ] {
            assert_eq!(references(&given, 16, "…"), expected);
        }
    }

    #[test]
    fn of_thousands_of_references_only_those_that_may_be_seen_are_taken() {
        let mut asked = 0;
        let ids = (1..=10_000).map(|index| {
            asked += 1;
            format!("1.{index}")
        });
        assert_eq!(first_of(ids, 10_000, 16, "…"), "1.1 1.2 +9998");
        assert_eq!(asked, 5);
    }

    #[test]
    fn references_that_were_left_out_before_are_counted() {
        assert_eq!(first_of(["1", "2"], 4, 16, "…"), "1 2 +2");
        assert_eq!(first_of(["1", "2"], 4, 4, "…"), "1 +3");
    }
}
