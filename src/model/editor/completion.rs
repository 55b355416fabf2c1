//! The ids that fit what is being typed behind `_Requirements:` and the like.

use super::super::{Mode, Model, Pane, Subject};
use super::Caret;
use crate::spec::references::{Resolution, Resolved, Resolver, find_fields};
use crate::text::Text;

/// Ids that may stand where the caret is, each with what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// Where what is typed of an id begins.
    pub from: Caret,
    /// The ids that fit, in the order of the document, each with its words.
    pub ids: Vec<(String, String)>,
    /// Which one is chosen.
    pub chosen: usize,
}

impl Model {
    /// Returns the ids that fit what is being typed; none where no reference is.
    pub fn completions(&self) -> Option<Completions> {
        let Mode::Edit(editor) = &self.mode else {
            return None;
        };
        let before = editor.buffer().halves().0;
        let typed = &before[reference_from(before)?..];
        let ids: Vec<_> = self
            .known_ids()
            .into_iter()
            .filter(|(id, _)| id.starts_with(typed) && id != typed)
            .collect();
        let caret = editor.buffer().caret();
        let from = Caret::new(caret.row, caret.byte - typed.len());
        let chosen = editor.choice.min(ids.len().saturating_sub(1));
        (!ids.is_empty()).then_some(Completions { from, ids, chosen })
    }

    /// Returns the ids in the line of the caret that name no requirement and no criterion, as they
    /// are written. One that is still being typed may become one that does.
    pub fn unknown_ids(&self) -> Vec<String> {
        let (Mode::Edit(editor), Some(resolver)) = (&self.mode, self.resolver()) else {
            return Vec::new();
        };
        let (caret, line) = (editor.buffer().caret(), editor.buffer().line());
        let text = closed(line);
        let fields = find_fields(&text, 0..1).into_iter();
        let fields = fields.filter(|field| field.kind.names_requirements());
        let resolved = fields.flat_map(|field| resolver.resolve_body(&text, field.body));
        let is_typed = |resolved: &Resolved| resolved.reference.span.end == caret.byte;
        let mut unknown = Vec::new();
        for resolved in resolved {
            let may_become = |id: &String| is_typed(&resolved) && self.begins_id(id);
            let ids = resolved.resolutions.iter().filter_map(|one| match one {
                Resolution::Dangling(id) => Some(id),
                _ => None,
            });
            unknown.extend(ids.filter(|id| !may_become(id)).cloned());
        }
        unknown
    }

    /// Returns whether an id begins with what is written.
    fn begins_id(&self, written: &str) -> bool {
        let known = self.resolver().map(Resolver::known).unwrap_or_default();
        known.iter().any(|known| known.id.starts_with(written))
    }

    fn resolver(&self) -> Option<&Resolver> {
        let wanted = self.open_files.of(Pane::Requirements)?.wanted.as_ref()?;
        (!wanted.resolver.known().is_empty()).then_some(&wanted.resolver)
    }

    /// Returns the ids of requirements and criteria with their words, in order.
    fn known_ids(&self) -> Vec<(String, String)> {
        let groups = (0..self.group_count()).map(Subject::Group);
        let criteria = (0..self.criterion_count()).map(Subject::Criterion);
        let targets = groups
            .chain(criteria)
            .filter_map(|subject| self.target(subject));
        let mut targets: Vec<_> = targets.collect();
        targets.sort_by_key(|target| (target.pane, target.line));
        targets.retain(|target| !target.label.is_empty());
        targets
            .into_iter()
            .map(|target| (target.label, target.text))
            .collect()
    }
}

/// Returns a line as a text, with a field that is still open closed at its end.
fn closed(line: &str) -> Text {
    let text = Text::new(line);
    if !find_fields(&text, 0..1).is_empty() {
        return text;
    }
    let mark = if line.contains("**") { "**" } else { "_" };
    Text::new(format!("{line}{mark}"))
}

/// Returns where the id begins that is being typed at the end of `before`; none where what is typed
/// is no list of references.
fn reference_from(before: &str) -> Option<usize> {
    // The mark behind the caret closes a field that is still open.
    let line = Text::new(format!("{before}x_"));
    let mut fields = find_fields(&line, 0..1).into_iter();
    let field = fields.find(|field| field.kind.names_requirements())?;
    if before.len() >= field.body.end {
        return None;
    }
    let body = before.get(field.body.start..)?;
    let start = body.rfind([',', ' ', '，', '、', ';']).map_or(0, |at| {
        at + body[at..].chars().next().map_or(1, char::len_utf8)
    });
    Some(field.body.start + start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_completed_only_behind_a_label_of_references() {
        for (before, expected) in [
            ("- _Requirements: 5.5, 6.", Some("6.")),
            ("- _Requirements: ", Some("")),
            ("- _需求：1.", Some("1.")),
            ("**Validates: Requirements 1.1, 2", Some("2")),
            ("- text 6.", None),
            ("- _Files: 6.", None),
        ] {
            let found = reference_from(before).map(|from| &before[from..]);
            assert_eq!(found, expected, "{before}");
        }
    }
}
