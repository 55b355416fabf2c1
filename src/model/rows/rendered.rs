//! The rows of a document with criteria that is laid out: headings, stories, criteria, and what
//! stands between them.

use super::{Row, RowKind, open_places};
use crate::model::{PaneState, Rendered};
use crate::prose::layout::{Passage, PassageKind};

/// Returns the rows in a pane that is `height` rows high.
///
/// The cursor stands on the first row of what a reader stops at. What is higher than the pane has a
/// place on each of its rows, so that all of it can be read.
pub(super) fn rows(rendered: &Rendered, pane_state: &PaneState, height: usize) -> Vec<Row> {
    let mut list = List {
        pane_state,
        height,
        rows: Vec::new(),
        item: 0,
        folded: None,
    };
    rendered
        .passages()
        .for_each(|(passage, rows)| list.take(passage, rows));
    list.close();
    list.rows
}

/// The rows so far, where the last item among them begins, and the row and the level of the folded
/// heading that hides what comes.
struct List<'a> {
    pane_state: &'a PaneState,
    height: usize,
    rows: Vec<Row>,
    item: usize,
    folded: Option<(usize, u8)>,
}

impl List<'_> {
    fn take(&mut self, passage: &Passage, rows: usize) {
        if let PassageKind::Heading { level, .. } = passage.kind {
            self.folded.take_if(|(_, above)| level <= *above);
        }
        if let Some((row, _)) = self.folded {
            return self.hide(row, passage);
        }
        if passage.is_stop {
            self.close();
        }
        let line = passage.lines.start;
        if passage.is_apart && !self.rows.is_empty() && !self.goes_on_folded(line) {
            self.rows.push(Row {
                line,
                kind: RowKind::Gap,
            });
        }
        if passage.is_stop {
            self.item = self.rows.len();
        }
        match passage.kind {
            PassageKind::Heading { level, .. } => self.take_heading(line, level, rows),
            _ => self.rows.extend((0..rows).map(|part| Row {
                line,
                kind: first_or_rest(passage.is_stop, part),
            })),
        }
    }

    /// Returns whether a folded heading follows on another: together they are a list.
    fn goes_on_folded(&self, line: usize) -> bool {
        let is_folded = |line: usize| self.pane_state.folded.contains(&line);
        is_folded(line) && self.rows.last().is_some_and(|row| is_folded(row.line))
    }

    fn hide(&mut self, row: usize, passage: &Passage) {
        if let RowKind::Heading(hides) = &mut self.rows[row].kind {
            *hides += usize::from(passage.is_stop);
        }
    }

    /// Adds a heading. A folded one is one row.
    fn take_heading(&mut self, line: usize, level: u8, rows: usize) {
        let is_folded = self.pane_state.folded.contains(&line);
        self.folded = is_folded.then_some((self.rows.len(), level));
        self.rows.push(Row {
            line,
            kind: RowKind::Heading(0),
        });
        let rest = if is_folded { 1 } else { rows };
        self.rows.extend((1..rest).map(|part| Row {
            line,
            kind: RowKind::Rest(part),
        }));
    }

    /// Ends the last item: where it is too high to be seen at once, all its rows become places.
    fn close(&mut self) {
        let item = self.item.min(self.rows.len());
        open_places(&mut self.rows[item..], self.height);
        self.item = self.rows.len();
    }
}

fn first_or_rest(is_stop: bool, part: usize) -> RowKind {
    if is_stop && part == 0 {
        RowKind::Source(0)
    } else {
        RowKind::Rest(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rows::tests::drawn_rows;
    use crate::model::{Measure, OpenFile, Pane, Position};
    use crate::store::DocumentKind;

    /// Draws the rows of a document.
    fn drawn(source: &str, folded: &[usize], columns: usize, height: usize) -> String {
        let open_file = OpenFile::of_source(Pane::Requirements, DocumentKind::Requirements, source);
        let mut rendered = open_file.rendered.unwrap();
        rendered.measure(
            &open_file.text,
            &open_file.document,
            Measure {
                columns,
                margin: 3,
                references: 0,
                most: 100,
            },
        );
        let pane_state = PaneState {
            folded: folded.iter().copied().map(Position::at).collect(),
            ..PaneState::default()
        };
        drawn_rows(&rows(&rendered, &pane_state, height))
    }

    const SOURCE: &str = "# R\n\n## Requirements\n\n### Requirement 1: A\n\n**User Story:** As a x, I want y\n\n#### Acceptance Criteria\n\n\
                          1. WHEN a THE S SHALL b\n2. THE S SHALL c\n   - d\n\n### Requirement 2: B\n\n1. THE S SHALL e\n";

    #[test]
    fn headings_stories_and_criteria_are_places() {
        assert_eq!(
            drawn(SOURCE, &[], 60, 20),
            "h0+0 - h2+0 - h4+0 s6.0 - s10.0 s11.0 r12.0 - h14+0 s16.0"
        );
        assert_eq!(
            drawn(SOURCE, &[], 25, 20),
            "h0+0 - h2+0 - h4+0 s6.0 - s10.0 r10.1 s11.0 r12.0 - h14+0 s16.0"
        );
    }

    #[test]
    fn a_folded_heading_hides_what_is_below_it() {
        for (folded, expected) in [
            (&[4][..], "h0+0 - h2+0 - h4+3 - h14+0 s16.0"),
            (&[2], "h0+0 - h2+6"),
            (&[4, 14], "h0+0 - h2+0 - h4+3 h14+1"),
            (
                &[8],
                "h0+0 - h2+0 - h4+0 s6.0 - s10.0 s11.0 r12.0 - h14+0 s16.0",
            ),
        ] {
            assert_eq!(drawn(SOURCE, folded, 60, 20), expected, "{folded:?}");
        }
    }

    #[test]
    fn what_is_higher_than_the_pane_has_a_place_on_each_row() {
        let source =
            "### Requirement 1: A\n1. THE S SHALL one two three\n   - four\n2. THE S SHALL b\n";
        assert_eq!(
            drawn(source, &[], 22, 4),
            "h0+0 s1.0 r1.1 r1.2 r2.0 s3.0 r3.1"
        );
        assert_eq!(
            drawn(source, &[], 22, 3),
            "h0+0 s1.0 s1.1 s1.2 s2.0 s3.0 r3.1"
        );
    }
}
