//! References to requirements on one line: as many as fit, and how many more there are.

use crate::text::{clean, cut_end, width};

/// Returns as many references as fit, and how many more there are.
pub(super) fn references(references: &[String], columns: usize, cut: &str) -> String {
    let all = references.join(" ");
    if width(&clean(&all)) <= columns {
        return all;
    }
    for shown in (1..references.len()).rev() {
        let line = format!(
            "{} +{}",
            references[..shown].join(" "),
            references.len() - shown
        );
        if width(&clean(&line)) <= columns {
            return line;
        }
    }
    cut_end(&clean(&all), columns, cut).into_owned()
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
}
