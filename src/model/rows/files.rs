//! The rows of the list of files: a heading for each group, a row for each file with the first
//! fact, a row below it for each further one.

use super::{Row, RowKind};
use crate::spec::files::OtherFile;

/// Returns the rows. The line of a row is the index of its file, its part the index of a fact.
pub(in crate::model) fn rows(files: &[OtherFile]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = None;
    for (line, file) in files.iter().enumerate() {
        if group.replace(file.group) != Some(file.group) {
            let gap = (!rows.is_empty()).then_some(RowKind::Gap);
            rows.extend(
                gap.into_iter()
                    .chain([RowKind::Group])
                    .map(|kind| Row { line, kind }),
            );
        }
        let facts = (1..file.facts.len()).map(RowKind::Rest);
        rows.extend(
            [RowKind::File]
                .into_iter()
                .chain(facts)
                .map(|kind| Row { line, kind }),
        );
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::files::{Fact, FileGroup};

    fn file(group: FileGroup, facts: usize) -> OtherFile {
        let fact = Fact::Words(vec!["fact".to_owned()]);
        OtherFile {
            group,
            path: "x".into(),
            name: "x".to_owned(),
            version: None,
            facts: vec![fact; facts],
        }
    }

    /// Draws rows as one word each: `g` a group, `f` a file, `r` a fact, with the line.
    fn drawn(files: &[OtherFile]) -> String {
        let draw = |row: &Row| match row.kind {
            RowKind::Gap => "-".to_owned(),
            RowKind::Group => format!("g{}", row.line),
            RowKind::File => format!("f{}", row.line),
            RowKind::Rest(part) => format!("r{}.{part}", row.line),
            _ => "?".to_owned(),
        };
        rows(files).iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_fact_stands_beside_its_file_and_others_below() {
        use FileGroup::{Spec, Steering};
        for (files, expected) in [
            (vec![], ""),
            (
                vec![file(Spec, 0), file(Spec, 3), file(Steering, 1)],
                "g0 f0 f1 r1.1 r1.2 - g2 f2",
            ),
            (vec![file(Steering, 1)], "g0 f0"),
        ] {
            assert_eq!(drawn(&files), expected);
        }
    }
}
