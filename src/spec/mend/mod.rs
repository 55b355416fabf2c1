//! What an operation on items leaves dangling, and the edit that mends it: names of what is gone are
//! taken out, names of what is called otherwise now follow it.
//!
//! Only what is sure is mended. What comes out is read again before it counts: each task and each
//! property names the same criteria as before, without those that are gone.

mod left;
mod lists;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::contents::Contents;
use super::id::{id_key, key_digits};
use super::parsed::Parsed;
use super::references::{
    Field, FieldKind, Known, ReferenceKind, Resolution, Resolved, find_fields,
};
use super::renumber::{
    DocumentEdit, Names, all_after, depends_fields, ids_in, named_in_waves, translated,
};
use super::source_str::readable;
use crate::text::{Edit, Span, Splice, Text};
pub use left::{Left, Namer};
use lists::{Part, without, without_elements};

/// What is gone, and what is called otherwise now: each old name with the new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    criteria: Vec<(String, Option<String>)>,
    tasks: Vec<(String, Option<String>)>,
}

/// What can be mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// The documents that change.
    pub edits: Vec<DocumentEdit>,
    /// How many names are taken out.
    pub removed: usize,
    /// How many names follow what they name.
    pub renamed: usize,
}

impl Loss {
    /// Finds out what is gone between two readings of a feature, given the tasks that are said to
    /// have another number.
    pub fn between(before: &Contents, after: &Contents, renamed: &[(String, String)]) -> Self {
        Self {
            criteria: lost_criteria(before, after),
            tasks: lost_tasks(before, after, renamed),
        }
    }

    /// Returns whether nothing is gone.
    pub fn is_empty(&self) -> bool {
        self.criteria.is_empty() && self.tasks.is_empty()
    }

    /// Returns the criteria that have another name now: the names before and now.
    pub fn called(&self) -> Vec<(String, String)> {
        let called = |(old, now): &(String, Option<String>)| Some((old.clone(), now.clone()?));
        self.criteria.iter().filter_map(called).collect()
    }

    /// Returns what is lost by this and then by `later`.
    #[must_use]
    pub fn then(self, later: &Self) -> Self {
        Self {
            criteria: followed(self.criteria, &later.criteria),
            tasks: followed(self.tasks, &later.tasks),
        }
    }

    /// Finds what became of the criterion or requirement that is written so. One that names nothing
    /// any more is found by its digits too; another one may have the digits that it has.
    fn of_id(&self, written: &str, is_dangling: bool) -> Option<&(String, Option<String>)> {
        let key = id_key(written);
        let by_digits =
            |(old, _): &&(String, Option<String>)| key_digits(&id_key(old)) == key_digits(&key);
        match self.criteria.iter().find(|(old, _)| id_key(old) == key) {
            None if is_dangling => self.criteria.iter().find(by_digits),
            exact => exact,
        }
    }
}

/// Returns what became of names first, and then of those that they got.
fn followed(
    mut first: Vec<(String, Option<String>)>,
    later: &[(String, Option<String>)],
) -> Vec<(String, Option<String>)> {
    for (_, now) in &mut first {
        let again = later.iter().find(|(old, _)| Some(old) == now.as_ref());
        if let Some((_, again)) = again {
            now.clone_from(again);
        }
    }
    let is_new = |(old, _): &&(String, Option<String>)| !first.iter().any(|(one, _)| one == old);
    let new: Vec<_> = later.iter().filter(is_new).cloned().collect();
    first.extend(new);
    first
}

/// Returns the ids that are gone or name something else now. Criteria are the same by what they say.
fn lost_criteria(before: &Contents, after: &Contents) -> Vec<(String, Option<String>)> {
    let (old, new) = (said(before), said(after));
    let ids_now: HashSet<&String> = known(after).iter().map(|known| &known.id).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    old.iter()
        .chain(&new)
        .for_each(|(_, text)| *counts.entry(text).or_default() += 1);
    let places: HashMap<&str, &String> = new.iter().map(|(id, text)| (&text[..], id)).collect();
    let mut lost: Vec<(String, Option<String>)> = Vec::new();
    let mut taken = HashSet::new();
    for (id, text) in &old {
        let is_alone = counts.get(&text[..]) == Some(&2);
        if let Some(now) = places.get(&text[..]).filter(|now| is_alone && **now != id) {
            lost.push((id.clone(), Some((*now).clone())));
            taken.insert((*now).clone());
        }
    }
    let texts_now: HashSet<&str> = new.iter().map(|(_, text)| &text[..]).collect();
    let texts: HashMap<&String, &String> = old.iter().map(|(id, text)| (id, text)).collect();
    for known in known(before) {
        let is_moved = lost
            .iter()
            .any(|(old, now)| *old == known.id && now.is_some());
        let text = texts.get(&known.id);
        let is_elsewhere = text.is_some_and(|text| texts_now.contains(&text[..]));
        let is_gone = !ids_now.contains(&known.id) || taken.contains(&known.id) && !is_elsewhere;
        if is_gone && !is_moved {
            lost.push((known.id.clone(), None));
        }
    }
    lost
}

/// Returns the criteria with what they say.
fn said(contents: &Contents) -> Vec<(String, String)> {
    let (Some(criteria), Some(wanted)) = (&contents.criteria, contents.wanted()) else {
        return Vec::new();
    };
    let all = wanted.criteria_document.criteria();
    let known = wanted.resolver.known();
    let ids = known.iter().skip(known.len().saturating_sub(all.len()));
    let text = |span: Span| criteria.text.lossy(span).into_owned();
    ids.zip(all)
        .map(|(known, criterion)| (known.id.clone(), text(criterion.text)))
        .collect()
}

fn known(contents: &Contents) -> &[Known] {
    let wanted = contents.wanted();
    wanted.map_or(&[], |wanted| wanted.resolver.known())
}

fn lost_tasks(
    before: &Contents,
    after: &Contents,
    renamed: &[(String, String)],
) -> Vec<(String, Option<String>)> {
    let numbers = |contents: &Contents| -> Vec<String> {
        let items = contents.list.iter().flat_map(|list| &list.tasks.items);
        items.filter_map(|item| item.number.clone()).collect()
    };
    let now: HashSet<String> = numbers(after).into_iter().collect();
    let mut seen = HashSet::new();
    let gone = numbers(before)
        .into_iter()
        .filter(|number| !now.contains(number) && seen.insert(number.clone()));
    let called = |old: &String| {
        let found = renamed.iter().rev().find(|(was, _)| was == old);
        found
            .map(|(_, new)| new.clone())
            .filter(|new| now.contains(new))
    };
    gone.map(|number| {
        let new = called(&number);
        (number, new)
    })
    .collect()
}

/// Finds the edit that mends what names something that is lost.
pub fn mend(contents: &Contents, loss: &Loss) -> Mended {
    let mut mending = Mending::new(known(contents), loss);
    if let Some(list) = &contents.list {
        let items = list.tasks.items.iter();
        for (item, references) in items.zip(&contents.links.plan.references) {
            mending.take(list, &item.fields, references);
        }
        mending.take_tasks(list);
        mending.close(list);
    }
    if let (Some(designed), Some(design)) = (&contents.designed, contents.design()) {
        let properties = design.properties.iter();
        for (property, references) in properties.zip(&contents.links.validated) {
            let fields = find_fields(&designed.text, property.line..property.end_line);
            mending.take(designed, &fields, references);
        }
        mending.close(designed);
    }
    let after = all_after(contents, &mending.mended.edits);
    if named(&after) == mending.expected {
        mending.mended
    } else {
        Mended::default()
    }
}

/// What is mended so far, and what each item and each property must name afterwards.
struct Mending<'a> {
    known: &'a [Known],
    loss: &'a Loss,
    /// The splices of the document that is being mended.
    splices: Vec<Splice>,
    mended: Mended,
    expected: Vec<Vec<usize>>,
}

impl<'a> Mending<'a> {
    fn new(known: &'a [Known], loss: &'a Loss) -> Self {
        Self {
            known,
            loss,
            splices: Vec::new(),
            mended: Mended::default(),
            expected: Vec::new(),
        }
    }

    /// Mends the references of one item or property.
    fn take(&mut self, parsed: &Parsed, fields: &[Field], references: &[Resolved]) {
        let mut expected = Vec::new();
        let mut gone: Vec<(Field, Vec<&Resolved>)> = Vec::new();
        for resolved in references {
            let body = body_around(fields, resolved.reference.span);
            let outcome = outcome(&parsed.text, self.loss, self.known, resolved);
            match (outcome, body) {
                (Some(Outcome::Gone), Some(body)) => {
                    match gone.iter_mut().find(|(field, _)| *field == body) {
                        Some((_, all)) => all.push(resolved),
                        None => gone.push((body, vec![resolved])),
                    }
                }
                (Some(Outcome::Named(replaced, ids)), Some(_)) => {
                    self.replace(replaced);
                    expected.extend(ids);
                }
                _ => expected.extend(found(resolved)),
            }
        }
        for (field, all) in gone {
            if !self.cut(parsed, &field, &all) {
                expected.extend(all.into_iter().flat_map(found));
            }
        }
        expected.sort_unstable();
        expected.dedup();
        self.expected.push(expected);
    }

    /// Takes references out of a field. Returns whether that can be done.
    fn cut(&mut self, parsed: &Parsed, field: &Field, gone: &[&Resolved]) -> bool {
        let part = |resolved: &&Resolved| Part {
            span: resolved.reference.span,
            id: resolved
                .reference
                .ids()
                .next()
                .map_or(resolved.reference.span.start, |id| id.start),
        };
        let parts: Vec<Part> = gone.iter().map(part).collect();
        let Some(splices) = without(&parsed.text, field, &parts) else {
            return false;
        };
        // A field of a heading is that of each task below it.
        if splices.iter().all(|splice| self.splices.contains(splice)) {
            return true;
        }
        self.mended.removed += parts.len();
        self.splices.extend(splices);
        true
    }

    fn replace(&mut self, replaced: Vec<(Span, String)>) {
        for (span, insert) in replaced {
            let insert = insert.into_bytes();
            let splice = Splice { span, insert };
            if !self.splices.contains(&splice) {
                self.mended.renamed += 1;
                self.splices.push(splice);
            }
        }
    }

    /// Mends what names tasks: what they say of those that come first, and the waves.
    fn take_tasks(&mut self, list: &Parsed) {
        let name =
            |(old, new): &(String, Option<String>)| (old.clone(), new.clone().unwrap_or_default());
        let names: Names = self.loss.tasks.iter().map(name).collect();
        if names.is_empty() {
            return;
        }
        for field in depends_fields(list) {
            let (gone, renamed): (Vec<_>, Vec<_>) = ids_in(list, field.body, &names)
                .into_iter()
                .partition(|(_, new)| new.is_empty());
            self.replace(renamed);
            let part = |(span, _): &(Span, String)| Part {
                span: *span,
                id: span.start,
            };
            let parts: Vec<Part> = gone.iter().map(part).collect();
            let splices = without(&list.text, field, &parts);
            if let Some(splices) = splices.filter(|_| !parts.is_empty()) {
                self.mended.removed += parts.len();
                self.splices.extend(splices);
            }
        }
        self.take_waves(list, &names);
    }

    fn take_waves(&mut self, list: &Parsed, names: &Names) {
        let Some((code, places)) = named_in_waves(list, names) else {
            return;
        };
        let (gone, renamed): (Vec<_>, Vec<_>) =
            places.into_iter().partition(|(_, new)| new.is_empty());
        self.replace(renamed);
        let gone: Vec<Span> = gone.into_iter().map(|(span, _)| span).collect();
        self.mended.removed += gone.len();
        self.splices
            .extend(without_elements(&list.text, code, &gone));
    }

    /// Makes the edit of a document out of what is to be replaced there.
    fn close(&mut self, parsed: &Parsed) {
        let splices = std::mem::take(&mut self.splices);
        let Ok(edit) = Edit::new(splices) else {
            return;
        };
        let edits = &mut self.mended.edits;
        match edits.iter_mut().find(|other| other.file == parsed.file) {
            _ if edit.is_empty() => {}
            // One file is both: the places are apart.
            Some(other) => {
                if let Ok(both) = other.edit.union(&edit) {
                    other.edit = both;
                }
            }
            None => edits.push(DocumentEdit {
                file: parsed.file.clone(),
                base: parsed.text.clone(),
                edit,
            }),
        }
    }
}

/// What becomes of a reference.
enum Outcome {
    /// It names only what is gone.
    Gone,
    /// It is written otherwise, and names these then.
    Named(Vec<(Span, String)>, Vec<usize>),
}

/// Decides on a reference. None where it stays as it is.
fn outcome(text: &Text, loss: &Loss, known: &[Known], resolved: &Resolved) -> Option<Outcome> {
    let written = |span: Span| readable(text.slice(span));
    let is_dangling = matches!(resolved.resolutions[..], [Resolution::Dangling(_)]);
    match resolved.reference.kind {
        ReferenceKind::Id(span) => match loss.of_id(written(span), is_dangling)? {
            (_, None) => Some(Outcome::Gone),
            (old, Some(new)) => {
                let id = same_form(written(span), old, new)?;
                let at = known.iter().position(|known| known.id == *new)?;
                Some(Outcome::Named(vec![(span, id)], vec![at]))
            }
        },
        ReferenceKind::Range { from, to } => shrunk(text, loss, known, (from, to), resolved),
        _ => None,
    }
}

/// Shrinks a range of which one end is gone to what is left of it.
fn shrunk(
    text: &Text,
    loss: &Loss,
    known: &[Known],
    (from, to): (Span, Span),
    resolved: &Resolved,
) -> Option<Outcome> {
    let written = |span: Span| readable(text.slice(span));
    let dangles = |id: &str| {
        let mut all = resolved.resolutions.iter();
        all.any(|one| matches!(one, Resolution::Dangling(other) if other == id))
    };
    let gone = [from, to].map(|end| loss.of_id(written(end), dangles(written(end))));
    if gone.iter().flatten().any(|(_, now)| now.is_some()) {
        return None;
    }
    let left = found(resolved);
    let whole = Span::new(from.start, to.end);
    let ends = match (gone, left.first(), left.last()) {
        ([Some(_), Some(_)], None, _) => return Some(Outcome::Gone),
        ([Some((old, _)), None], Some(first), Some(last)) => {
            [(if first == last { whole } else { from }, from, old, *first)]
        }
        ([None, Some((old, _))], Some(first), Some(last)) => {
            [(if first == last { whole } else { to }, to, old, *last)]
        }
        _ => return None,
    };
    let replaced = ends
        .map(|(span, form, old, id)| Some((span, same_form(written(form), old, &known[id].id)?)));
    let replaced: Option<Vec<(Span, String)>> = replaced.into_iter().collect();
    Some(Outcome::Named(replaced?, left))
}

/// Returns an id in the form in which another one is written.
fn same_form(written: &str, old: &str, new: &str) -> Option<String> {
    translated(written, old, new).ok()
}

/// Returns the field whose body a reference stands in.
fn body_around(fields: &[Field], span: Span) -> Option<Field> {
    let is_around = |field: &&Field| {
        field.kind != FieldKind::Heading
            && field.body.start <= span.start
            && span.end <= field.body.end
    };
    fields.iter().find(is_around).copied()
}

/// Returns what a reference names.
fn found(resolved: &Resolved) -> Vec<usize> {
    let ids = resolved.resolutions.iter().filter_map(|one| match one {
        Resolution::Found(ids) | Resolution::All(ids) => Some(ids.to_vec()),
        _ => None,
    });
    ids.flatten().collect()
}

/// Returns what each item and each property names, in order.
fn named(contents: &Contents) -> Vec<Vec<usize>> {
    let items = contents
        .list
        .iter()
        .flat_map(|_| &contents.links.plan.references);
    let properties = contents
        .designed
        .iter()
        .flat_map(|_| &contents.links.validated);
    let names = |references: &Vec<Resolved>| {
        let mut all: Vec<usize> = references.iter().flat_map(found).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    items.chain(properties).map(names).collect()
}
