//! The documents of the chosen feature, one open file for each pane.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::{
    Aside, Columns, Grouping, KeptRows, Pane, PaneState, Rendered, TraceCache, Turn, WrapCache,
    asides,
};
use crate::markdown::{BlockKind, Conflict, Document};
use crate::spec::feature::Listed;
use crate::spec::parsed::Parsed;
use crate::spec::tasks::Tasks;
use crate::spec::{Beside, Design, Links, Wanted};
use crate::store::{DocumentFile, Failure, Version};
use crate::text::Text;

/// One document as a pane shows it, from one version of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    /// The file.
    pub file: DocumentFile,
    /// The text.
    pub text: Text,
    /// The version of the file; none where the text is what the board itself just wrote.
    pub version: Option<Version>,
    /// The text cut into blocks.
    pub document: Arc<Document>,
    /// The lines that the pane shows.
    pub lines: Range<usize>,
    /// The items of a Tasks pane; none in others.
    pub tasks: Arc<Tasks>,
    /// What is wanted, of a Requirements pane.
    pub wanted: Option<Arc<Wanted>>,
    /// What is designed, of a Design pane.
    pub design: Option<Arc<Design>>,
    /// The laid-out form; none of items, and of what is no Markdown.
    pub rendered: Option<Rendered>,
    /// How many rows the lines take, where they are shown as source.
    pub wrap_cache: WrapCache,
    /// The rows that were asked for last.
    pub(super) rows: KeptRows,
    /// What belongs to no item, once somebody asked for it.
    asides: OnceCell<Vec<Aside>>,
    /// The tasks by waves, once somebody asked for them.
    grouping: OnceCell<Grouping>,
    /// The tasks as columns of the trace, once somebody asked for them.
    columns: OnceCell<Columns>,
}

/// What a pane shows of its document.
#[derive(Clone, Copy, Debug)]
pub enum Form<'a> {
    /// The items of a task list.
    Items,
    /// A document, laid out.
    Rendered(&'a Rendered),
    /// The lines of the source.
    Source,
}

impl OpenFile {
    /// Makes the open file of a text that was read from `file`.
    pub fn of(pane: Pane, file: DocumentFile, text: Text, version: Option<Version>) -> Self {
        Self::show(pane, Parsed::of(file, text, version))
    }

    /// Makes the open file of what a pane shows of a document.
    pub fn show(pane: Pane, parsed: Parsed) -> Self {
        let lines = shown_lines(pane, &parsed);
        let (mut wanted, mut design, mut tasks) = (None, None, Arc::default());
        match pane {
            Pane::Requirements => wanted = parsed.wanted,
            Pane::Design => design = parsed.design,
            Pane::Tasks => tasks = parsed.tasks,
            _ => {}
        }
        let rendered = if !tasks.items.is_empty() {
            None
        } else {
            let required = wanted.as_ref().map(|wanted| &wanted.criteria_document);
            Rendered::of(&parsed.text, &parsed.document, lines.clone(), required)
        };
        Self {
            file: parsed.file,
            text: parsed.text,
            version: parsed.version,
            document: parsed.document,
            lines,
            tasks,
            wanted,
            design,
            rendered,
            wrap_cache: WrapCache::default(),
            rows: KeptRows::default(),
            asides: OnceCell::new(),
            grouping: OnceCell::new(),
            columns: OnceCell::new(),
        }
    }

    /// Returns the items with what they were read from.
    pub fn listed(&self) -> Listed<'_> {
        Listed {
            text: &self.text,
            document: &self.document,
            tasks: &self.tasks,
        }
    }

    /// Returns whether the pane shows lines of source: every pane without items.
    pub fn is_source(&self) -> bool {
        self.tasks.items.is_empty()
    }

    /// Returns whether the tasks are shown by waves.
    pub fn is_by_waves(&self, pane_state: &PaneState) -> bool {
        pane_state.turn() == Turn::Waves && !self.is_source()
    }

    /// Returns the first line of the table that a line stands in.
    pub fn table_head(&self, line: usize) -> Option<usize> {
        let block = self.document.blocks[self.document.block_at(line)?];
        (block.kind == BlockKind::Table).then_some(block.first_line)
    }

    /// Returns what belongs to no item. It is found once for each text, and only where it is asked
    /// for.
    pub fn asides(&self) -> &[Aside] {
        self.asides.get_or_init(|| asides(self))
    }

    /// Returns the tasks by waves. They are grouped once for each text, and only where they are
    /// asked for.
    pub fn grouping(&self) -> &Grouping {
        self.grouping.get_or_init(|| Grouping::of(self.listed()))
    }

    /// Returns the tasks as columns of the trace. They are found once for each text, and only where
    /// they are asked for.
    pub fn columns(&self) -> &Columns {
        self.columns.get_or_init(|| Columns::of(&self.tasks))
    }

    /// Returns the form in which a reader at `place` sees it.
    pub fn form(&self, pane_state: &PaneState) -> Form<'_> {
        match &self.rendered {
            Some(rendered) if !pane_state.shows_source => Form::Rendered(rendered),
            _ if self.is_source() => Form::Source,
            _ => Form::Items,
        }
    }

    /// Returns how far the lines that are cut can be scrolled to the left.
    pub fn furthest(&self, pane_state: &PaneState) -> usize {
        if let Form::Rendered(rendered) = self.form(pane_state) {
            rendered.furthest()
        } else {
            self.wrap_cache.furthest()
        }
    }

    /// Says which merge conflicts stand in it.
    pub fn conflicts(&self) -> Vec<String> {
        let name = self.file.path.file_name().unwrap_or_default();
        let told = self.document.conflicts.iter().map(Conflict::fault);
        told.map(|fault| {
            format!(
                "{}:{}: {}",
                name.to_string_lossy(),
                fault.line + 1,
                fault.message
            )
        })
        .collect()
    }

    /// Returns whether there is nothing to be shown.
    pub fn is_blank(&self) -> bool {
        self.document
            .blocks
            .iter()
            .all(|block| block.kind == BlockKind::Blank)
    }

    /// Makes sure that the heights of the lines are those at a width in columns.
    pub fn measure(&mut self, columns: usize) {
        if self.is_source() && !self.wrap_cache.fit(columns) {
            self.wrap_cache =
                WrapCache::of(&self.text, &self.document, self.lines.clone(), columns);
        }
    }

    /// Returns the headings that the pane shows: line and level.
    pub fn headings(&self) -> impl DoubleEndedIterator<Item = (usize, u8)> {
        let blocks = self
            .document
            .blocks
            .iter()
            .filter(|block| self.lines.contains(&block.first_line));
        blocks.filter_map(|block| {
            if let BlockKind::Heading(level) = block.kind {
                Some((block.first_line, level))
            } else {
                None
            }
        })
    }

    /// Returns the line of the heading that a line stands below; for a heading, of the one that is
    /// a level above it.
    pub fn heading_above(&self, line: usize) -> Option<usize> {
        let level = self
            .headings()
            .find(|(heading, _)| *heading == line)
            .map_or(u8::MAX, |(_, level)| level);
        self.headings()
            .rfind(|(heading, above)| *heading < line && *above < level)
            .map(|(heading, _)| heading)
    }
}

/// Returns the lines that a pane shows: all, in a single-file spec its own section where there is
/// one.
fn shown_lines(pane: Pane, parsed: &Parsed) -> Range<usize> {
    let all = 0..parsed.text.lines().len();
    let own = pane
        .row()
        .section
        .and_then(|section| section(parsed.sections().cloned()?));
    own.unwrap_or(all)
}

impl OpenFile {
    /// Returns the lines of the items that hold one of `lines`: tasks with their details, headings
    /// and list items with what follows them. In a list of tasks, what is no task is one, too.
    pub fn items_at(&self, lines: &[usize]) -> BTreeSet<usize> {
        lines
            .iter()
            .filter(|line| self.lines.contains(line))
            .filter_map(|line| self.aside_with(*line).or_else(|| self.item_at(*line)))
            .collect()
    }

    /// Returns the line of what holds a line of a list of tasks and is no task.
    fn aside_with(&self, line: usize) -> Option<usize> {
        if self.is_source() {
            return None;
        }
        let asides = self.asides();
        let above = asides.partition_point(|aside| aside.line <= line);
        let aside = &asides[above.checked_sub(1)?];
        let holds = aside.line == line || aside.lines.binary_search(&line).is_ok();
        holds.then_some(aside.line)
    }

    /// Returns the lines of the tasks or headings above the item on `line`, the nearest first.
    pub fn ancestors(&self, line: usize) -> Vec<usize> {
        if self.is_source() {
            return std::iter::successors(self.heading_above(line), |heading| {
                self.heading_above(*heading)
            })
            .collect();
        }
        let items = &self.tasks.items;
        let parent = |index: &usize| items[*index].parent;
        let first = self.tasks.at_line(line).as_ref().and_then(parent);
        std::iter::successors(first, parent)
            .map(|index| items[index].line)
            .collect()
    }

    fn item_at(&self, line: usize) -> Option<usize> {
        if let Some(rendered) = &self.rendered {
            return rendered.stop_at(line);
        }
        if self.tasks.items.is_empty() {
            let block = self.document.blocks[self.document.block_at(line)?];
            return (!matches!(block.kind, BlockKind::Blank | BlockKind::Rule))
                .then_some(block.first_line);
        }
        self.tasks
            .around_line(line)
            .map(|index| self.tasks.items[index].line)
    }
}

/// The open files of one feature. A pane without a file has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenFiles {
    /// The folder of the feature; none before the first is chosen.
    pub feature: Option<PathBuf>,
    /// The open files by pane, or why one could not be read.
    pub by_pane: Vec<(Pane, Result<OpenFile, Failure>)>,
    /// What was read of a bug report beside requirements.
    pub beside: Option<Arc<Beside>>,
    /// How the open files hang together, since [`OpenFiles::link`].
    pub links: Links,
    /// What the trace needs of them, since then.
    pub trace_cache: TraceCache,
}

impl OpenFiles {
    /// The panes whose files [`OpenFiles::link`] links.
    pub const LINKED: [Pane; 3] = [Pane::Requirements, Pane::Design, Pane::Tasks];

    /// Finds out how the open files hang together.
    pub fn link(&mut self) {
        self.join();
        let design = self
            .of(Pane::Design)
            .and_then(|open_file| Some((&open_file.text, open_file.design.as_deref()?)));
        let wanted = self
            .of(Pane::Requirements)
            .and_then(|open_file| open_file.wanted.as_deref());
        self.links = Links::of(self.of(Pane::Tasks).map(OpenFile::listed), wanted, design);
        self.trace_cache = TraceCache::default();
    }

    /// Puts what is wanted beside the requirements behind them.
    fn join(&mut self) {
        let beside = self.beside.clone();
        let Some(open_file) = self.of_mut(Pane::Requirements) else {
            return;
        };
        let Some(wanted) = &open_file.wanted else {
            return;
        };
        if wanted.beside == beside {
            return;
        }
        let joined = match beside {
            Some(beside) => wanted.joined(&open_file.text, &beside),
            None => Wanted::of(&open_file.text, wanted.criteria_document.clone()),
        };
        open_file.wanted = Some(Arc::new(joined));
    }

    /// Returns the open file of a pane, if it could be read.
    pub fn of(&self, pane: Pane) -> Option<&OpenFile> {
        self.result(pane)?.as_ref().ok()
    }

    /// Returns what was read of a file, in whichever pane that is shown.
    pub fn of_file(&self, file: &DocumentFile) -> Option<&OpenFile> {
        let mut read = self
            .by_pane
            .iter()
            .filter_map(|(_, read)| read.as_ref().ok());
        read.find(|open_file| open_file.file == *file)
    }

    /// Returns the open file of a pane, to be measured.
    pub fn of_mut(&mut self, pane: Pane) -> Option<&mut OpenFile> {
        self.by_pane
            .iter_mut()
            .find(|(of, _)| *of == pane)?
            .1
            .as_mut()
            .ok()
    }

    /// Returns the open file of a pane, or why it could not be read.
    pub fn result(&self, pane: Pane) -> Option<&Result<OpenFile, Failure>> {
        self.by_pane
            .iter()
            .find(|(of, _)| *of == pane)
            .map(|(_, open_file)| open_file)
    }
}

#[cfg(test)]
impl OpenFile {
    /// Shows a text in a pane as the document of a kind.
    pub(crate) fn of_source(pane: Pane, kind: crate::store::DocumentKind, source: &str) -> Self {
        Self::show(pane, Parsed::of_source(kind, source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DocumentKind;

    const SPEC: &str = "# X\n\n## Requirements\n### R1\ntext\n\n## Tasks\n- [ ] task\n";

    #[test]
    fn a_single_file_is_shown_by_its_sections() {
        for (pane, kind, source, expected) in [
            (Pane::Requirements, DocumentKind::Spec, SPEC, (true, 2..6)),
            (Pane::Design, DocumentKind::Spec, SPEC, (true, 0..8)),
            (Pane::Tasks, DocumentKind::Spec, SPEC, (false, 6..8)),
            (Pane::Tasks, DocumentKind::Spec, "# X\ntext\n", (true, 0..2)),
            (
                Pane::Requirements,
                DocumentKind::Requirements,
                SPEC,
                (true, 0..8),
            ),
            (Pane::Tasks, DocumentKind::Tasks, "text\n", (true, 0..1)),
        ] {
            let open_file = OpenFile::of_source(pane, kind, source);
            assert_eq!(
                (open_file.is_source(), open_file.lines),
                expected,
                "{pane:?} {kind:?}"
            );
        }
    }

    #[test]
    fn a_line_knows_the_heading_above_it() {
        let open_file = OpenFile::of_source(
            Pane::Design,
            DocumentKind::Design,
            "text\n# A\n## B\ntext\n## C\n# D\n",
        );
        let above: Vec<_> = (0..6).map(|line| open_file.heading_above(line)).collect();
        assert_eq!(above, [None, None, Some(1), Some(2), Some(1), None]);
    }
}
