//! The rows of a source: every line that no heading hides, as often as it is wrapped.

use super::{Row, RowKind, open_places};
use crate::markdown::{Block, BlockKind};
use crate::model::{OpenFile, PaneState};

/// Returns the rows of a source in a pane that is `height` rows high.
///
/// The cursor stands on headings, items, first lines of paragraphs, and each line of what is made
/// of lines. What is higher than the pane has a place on each of its rows, so that all of it can be
/// read.
pub(super) fn rows(open_file: &OpenFile, pane_state: &PaneState, height: usize) -> Vec<Row> {
    let mut list = List {
        open_file,
        pane_state,
        height,
        rows: Vec::with_capacity(open_file.lines.len()),
        folded: None,
    };
    let blocks = &open_file.document.blocks;
    let first = blocks.partition_point(|block| block.end_line <= open_file.lines.start);
    for block in blocks[first..]
        .iter()
        .take_while(|block| block.first_line < open_file.lines.end)
    {
        list.take(block);
    }
    list.rows
}

/// The rows so far, and the row and the level of the folded heading that hides what comes.
struct List<'a> {
    open_file: &'a OpenFile,
    pane_state: &'a PaneState,
    height: usize,
    rows: Vec<Row>,
    folded: Option<(usize, u8)>,
}

impl List<'_> {
    fn take(&mut self, block: &Block) {
        if let BlockKind::Heading(level) = block.kind {
            self.folded.take_if(|(_, above)| level <= *above);
        }
        if let Some((row, _)) = self.folded {
            return self.hide(row, block);
        }
        match block.kind {
            BlockKind::Heading(level) => self.take_heading(block, level),
            BlockKind::Blank => (block.first_line..block.end_line)
                .for_each(|line| self.push(line, |_| RowKind::Gap)),
            BlockKind::Rule => {
                (block.first_line..block.end_line).for_each(|line| self.push(line, RowKind::Rest));
            }
            kind if is_whole(kind) => self.take_whole(block),
            _ => (block.first_line..block.end_line).for_each(|line| self.take_line(line)),
        }
    }

    /// Adds to what a folded heading hides.
    fn hide(&mut self, row: usize, block: &Block) {
        let places = match block.kind {
            BlockKind::Blank | BlockKind::Rule => 0,
            kind if is_whole(kind) => 1,
            _ => block.end_line - block.first_line,
        };
        if let RowKind::Heading(hides) = &mut self.rows[row].kind {
            *hides += places;
        }
    }

    /// Adds a heading. A folded one is one row.
    fn take_heading(&mut self, block: &Block, level: u8) {
        let (line, row) = (block.first_line, self.rows.len());
        if self.pane_state.folded.contains(&line) {
            self.folded = Some((row, level));
            self.rows.push(Row {
                line,
                kind: RowKind::Heading(0),
            });
            return;
        }
        (line..block.end_line).for_each(|line| self.push(line, RowKind::Rest));
        self.rows[row].kind = RowKind::Heading(0);
    }

    /// Adds a block that is one place: on its first row, or on all where it is too high to be seen
    /// at once.
    fn take_whole(&mut self, block: &Block) {
        let row = self.rows.len();
        (block.first_line..block.end_line).for_each(|line| self.push(line, RowKind::Rest));
        open_places(&mut self.rows[row..], self.height);
    }

    fn take_line(&mut self, line: usize) {
        let row = self.rows.len();
        self.push(line, RowKind::Rest);
        open_places(&mut self.rows[row..], self.height);
    }

    fn push(&mut self, line: usize, kind: impl Fn(usize) -> RowKind) {
        let parts = 0..self.open_file.wrap_cache.rows(line).max(1);
        self.rows.extend(parts.map(|part| Row {
            line,
            kind: kind(part),
        }));
    }
}

/// Returns whether all lines of a block are one place.
fn is_whole(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Heading(_)
            | BlockKind::Paragraph
            | BlockKind::Item
            | BlockKind::Quote
            | BlockKind::Comment
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rows::tests::drawn_rows;
    use crate::model::{Pane, Position};
    use crate::store::DocumentKind;

    /// Draws the rows of a document.
    fn drawn(source: &str, folded: &[usize], columns: usize, height: usize) -> String {
        let mut open_file = OpenFile::of_source(Pane::Design, DocumentKind::Design, source);
        open_file.measure(columns);
        let pane_state = PaneState {
            folded: folded.iter().copied().map(Position::at).collect(),
            ..PaneState::default()
        };
        drawn_rows(&rows(&open_file, &pane_state, height))
    }

    #[test]
    fn the_cursor_stands_on_what_a_reader_names() {
        for (source, expected) in [
            ("# A\n\ntext\ngoes on\n", "h0+0 - s2.0 r3.0"),
            ("- a\n  b\n- c\n", "s0.0 r1.0 s2.0"),
            ("```\na\n\n```\n", "s0.0 s1.0 s2.0 s3.0"),
            ("| a |\n|---|\n| b |\n", "s0.0 s1.0 s2.0"),
            ("> a\n> b\n\n---\n", "s0.0 r1.0 - r3.0"),
            ("A\n===\n", "h0+0 r1.0"),
            ("one two three\n", "s0.0 r0.1"),
            ("| a long line of a table |\n|---|\n", "s0.0 s1.0"),
            ("", ""),
        ] {
            assert_eq!(drawn(source, &[], 10, 20), expected, "{source:?}");
        }
    }

    #[test]
    fn a_folded_heading_hides_what_is_below_it() {
        let source = "# A\n## B\ntext\n### C\n- a\n- b\n\n## D\ntext\n";
        for (folded, expected) in [
            (&[1][..], "h0+0 h1+4 h7+0 s8.0"),
            (&[0], "h0+7"),
            (&[3], "h0+0 h1+0 s2.0 h3+2 h7+0 s8.0"),
            (&[1, 3, 7], "h0+0 h1+4 h7+1"),
        ] {
            assert_eq!(drawn(source, folded, 40, 20), expected, "{folded:?}");
        }
    }

    #[test]
    fn what_is_higher_than_the_pane_has_a_place_on_each_row() {
        let source = "one two three four\nfive\n\n- a\n";
        assert_eq!(drawn(source, &[], 8, 4), "s0.0 r0.1 r0.2 r1.0 - s3.0");
        assert_eq!(drawn(source, &[], 8, 3), "s0.0 s0.1 s0.2 s1.0 - s3.0");
    }
}
