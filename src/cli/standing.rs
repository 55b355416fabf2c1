//! What stands beside the criteria of a document that is shown: their ids, how far they are, and the
//! tasks behind them.

use std::path::Path;

use super::style::Style;
use crate::markdown::State;
use crate::model::{CriterionCoverage, GroupCoverage, Measure};
use crate::prose::highlight::Role;
use crate::prose::layout::{Passage, PassageKind};
use crate::spec::feature::Feature;
use crate::spec::tasks::Task;
use crate::spec::{Contents, CriteriaDocument};
use crate::store::Root;
use crate::text::{Text, clean, width};
use crate::view::references::first_of;

/// What is known of the criteria of a document.
pub(super) struct Standing {
    contents: Contents,
}

impl Standing {
    /// Reads what stands behind the criteria of the document at `path`, which says `text`. None
    /// where it is not the one with the criteria of the feature.
    pub(super) fn of(feature: &Feature, root: &Root, path: &Path, text: &Text) -> Option<Self> {
        let file = feature.criteria_file()?;
        if file.path != path {
            return None;
        }
        let contents = Contents::read_tasks(feature, root);
        let criteria = contents.criteria.as_ref();
        let is_same = criteria.is_some_and(|criteria| criteria.text == *text);
        is_same.then_some(Self { contents })
    }

    /// Returns the criteria.
    pub(super) fn criteria_document(&self) -> Option<&CriteriaDocument> {
        Some(&self.contents.wanted()?.criteria_document)
    }

    fn tasks(&self) -> &[Task] {
        let list = self.contents.list.as_ref();
        list.map_or(&[], |list| &list.tasks.items)
    }

    /// Returns what stands before the first line of a passage, painted, in as many columns as it is
    /// indented by.
    pub(super) fn before(
        &self,
        passage: &Passage,
        measure: Measure,
        style: Style,
    ) -> Option<String> {
        let PassageKind::Criterion(id) = &passage.kind else {
            return None;
        };
        let mut painted = String::new();
        let coverage = self.coverage(passage);
        let state = coverage.map(|coverage| glyph(coverage.state, style));
        let (glyph, role) = state.unwrap_or((" ", Role::Plain));
        style.paint(&mut painted, role, glyph);
        painted.push(' ');
        style.paint(&mut painted, Role::Id, id);
        let used = 2 + width(&clean(id));
        let blanks = measure.text_at(passage).saturating_sub(used);
        painted.push_str(&" ".repeat(blanks));
        Some(painted)
    }

    /// Returns what stands at the end of the first line of a passage, painted.
    pub(super) fn behind(&self, passage: &Passage, columns: usize, style: Style) -> Option<String> {
        let mut painted = String::new();
        if let PassageKind::Heading {
            group: Some(group), ..
        } = passage.kind
        {
            let together = self.group(group)?;
            let (glyph, role) = glyph(together.state, style);
            style.paint(&mut painted, role, glyph);
            painted.push_str(&format!(" {}/{}", together.firm, together.total));
            return Some(painted);
        }
        let coverage = self.coverage(passage)?;
        let names = self.contents.links.behind(passage.criterion?);
        let names = names.map(|item| name_of(&self.tasks()[item]));
        let words = first_of(names, coverage.tasks, columns, style.cut());
        style.paint(&mut painted, Role::Id, &words);
        Some(painted).filter(|painted| !painted.is_empty())
    }

    fn coverage(&self, passage: &Passage) -> Option<CriterionCoverage> {
        let is_first = matches!(passage.kind, PassageKind::Criterion(_));
        if !is_first || self.tasks().is_empty() {
            return None;
        }
        CriterionCoverage::of(&self.contents.links, passage.criterion?)
    }

    fn group(&self, group: usize) -> Option<GroupCoverage> {
        if self.tasks().is_empty() {
            return None;
        }
        GroupCoverage::of(&self.contents.links, group)
    }
}

fn glyph(state: Option<State>, style: Style) -> (&'static str, Role) {
    state.map_or((style.uncovered(), Role::Removed), |state| {
        (style.glyph(state), Role::Marker(state))
    })
}

/// Returns the number of a task with its star, or its line.
fn name_of(task: &Task) -> String {
    let star = if task.optional { "*" } else { "" };
    let number = task.number.as_ref();
    number.map_or_else(
        || format!(":{}", task.line + 1),
        |number| format!("{number}{star}"),
    )
}
