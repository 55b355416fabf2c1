//! The rows of the list of files: a heading for each group, a row for each file, and rows below it for what it tells.

use super::{Row, RowKind};
use crate::spec::files::OtherFile;

/// Gives the rows; the first `beside` facts of a file stand on its own row. The line of a row is the index of its file.
pub(in crate::model) fn rows(files: &[OtherFile], beside: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = None;
    for (line, file) in files.iter().enumerate() {
        if group.replace(file.group) != Some(file.group) {
            let gap = (!rows.is_empty()).then_some(RowKind::Gap);
            rows.extend(gap.into_iter().chain([RowKind::Group]).map(|kind| Row { line, kind }));
        }
        let facts = (beside..file.facts.len()).map(|fact| RowKind::Rest(fact + 1));
        rows.extend([RowKind::File].into_iter().chain(facts).map(|kind| Row { line, kind }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::files::{Fact, FileGroup};

    fn file(group: FileGroup, facts: usize) -> OtherFile {
        let fact = Fact::Words(vec!["fact".to_owned()]);
        OtherFile { group, path: "x".into(), name: "x".to_owned(), version: None, facts: vec![fact; facts] }
    }

    /// Draws rows as one word each: `g` a group, `f` a file, `r` a fact, with the line.
    fn drawn(files: &[OtherFile], beside: usize) -> String {
        let draw = |row: &Row| match row.kind {
            RowKind::Gap => "-".to_owned(),
            RowKind::Group => format!("g{}", row.line),
            RowKind::File => format!("f{}", row.line),
            RowKind::Rest(part) => format!("r{}.{part}", row.line),
            _ => "?".to_owned(),
        };
        rows(files, beside).iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn facts_stand_beside_their_file_or_below_it() {
        use FileGroup::{Spec, Steering};
        for (files, beside, expected) in [
            (vec![], 1, ""),
            (vec![file(Spec, 0), file(Spec, 2), file(Steering, 1)], 1, "g0 f0 f1 r1.2 - g2 f2"),
            (vec![file(Spec, 0), file(Spec, 2), file(Steering, 1)], 0, "g0 f0 f1 r1.1 r1.2 - g2 f2 r2.1"),
            (vec![file(Steering, 1)], 1, "g0 f0"),
        ] {
            assert_eq!(drawn(&files, beside), expected);
        }
    }
}
