//! Requirements and criteria numbered anew, with every reference to them.

use super::sequence::in_order;
use super::{DocumentEdit, after, all_after, change};
use crate::spec::contents::Contents;
use crate::spec::id::{id_key, key_digits};
use crate::spec::parsed::Parsed;
use crate::spec::references::{Known, ReferenceKind, Resolution, Resolved};
use crate::spec::source_str::readable;
use crate::spec::structure::Refused;
use crate::spec::{CriteriaDocument, Criterion, Requirements};
use crate::text::{Span, Text};

pub(super) fn renumber(
    contents: &Contents,
    with_requirements: bool,
) -> Result<Vec<DocumentEdit>, Refused> {
    let Some(wanted) = contents.criteria.as_ref() else {
        return Ok(Vec::new());
    };
    let document = wanted
        .wanted
        .as_ref()
        .map(|wanted| &wanted.criteria_document);
    let Some(CriteriaDocument::Requirements(requirements)) = document else {
        return Err(Refused::new(
            "the sections of a bug report have fixed numbers",
        ));
    };
    let numbers = numbers(wanted, requirements, with_requirements)?;
    let own: Vec<DocumentEdit> = change(wanted, numbers.clone())?.into_iter().collect();
    let (old, new) = (known(wanted), after(wanted, &own));
    let new = known(&new).to_vec();
    if old.len() != new.len() {
        return Err(Refused::new(
            "with other numbers the requirements would be read differently",
        ));
    }
    let rename = Rename { old, new: &new };
    let changes = parts(contents, &rename, wanted, numbers)?;
    check(contents, &all_after(contents, &changes))?;
    Ok(changes)
}

/// Returns the changes of all documents, each file once.
fn parts(
    contents: &Contents,
    rename: &Rename<'_>,
    wanted: &Parsed,
    numbers: Vec<(Span, String)>,
) -> Result<Vec<DocumentEdit>, Refused> {
    let mut parts: Parts<'_> = vec![(wanted, numbers)];
    if let Some(list) = &contents.list {
        let named = contents.links.plan.references.iter().flatten();
        add(&mut parts, list, rename.all(&list.text, named)?);
    }
    if let Some(designed) = &contents.designed {
        let named = contents.links.validated.iter().flatten();
        add(&mut parts, designed, rename.all(&designed.text, named)?);
    }
    let changes = parts
        .into_iter()
        .map(|(parsed, spans)| change(parsed, spans));
    let changes: Result<Vec<Option<DocumentEdit>>, Refused> = changes.collect();
    Ok(changes?.into_iter().flatten().collect())
}

/// What is replaced in each document.
type Parts<'a> = Vec<(&'a Parsed, Vec<(Span, String)>)>;

fn add<'a>(parts: &mut Parts<'a>, parsed: &'a Parsed, spans: Vec<(Span, String)>) {
    match parts
        .iter_mut()
        .find(|(other, _)| other.file == parsed.file)
    {
        Some((_, all)) => all.extend(spans),
        None => parts.push((parsed, spans)),
    }
}

fn known(parsed: &Parsed) -> &[Known] {
    parsed
        .wanted
        .as_ref()
        .map_or(&[], |wanted| wanted.resolver.known())
}

/// Returns the written numbers of a document with what they become.
fn numbers(
    parsed: &Parsed,
    all: &Requirements,
    with_requirements: bool,
) -> Result<Vec<(Span, String)>, Refused> {
    let text = &parsed.text;
    let written: Vec<usize> = (0..all.requirements.len())
        .filter(|index| all.requirements[*index].written.is_some())
        .collect();
    let place = |index: usize| written.binary_search(&index).ok();
    let sequence: Vec<(String, Option<usize>)> = written
        .iter()
        .map(|index| {
            let found = &all.requirements[*index];
            (found.id.clone(), found.parent.and_then(place))
        })
        .collect();
    let ids: Vec<String> = if with_requirements {
        in_order(&sequence)?
    } else {
        sequence.iter().map(|(id, _)| id.clone()).collect()
    };
    let mut replaced = Vec::new();
    for (index, new) in written.iter().zip(&ids) {
        let found = &all.requirements[*index];
        let span = found.written.unwrap_or_default();
        replaced.push((span, translated_at(text, span, &found.id, new)?));
    }
    let id_of = |requirement: usize| {
        place(requirement).map_or_else(
            || all.requirements[requirement].id.clone(),
            |at| ids[at].clone(),
        )
    };
    for requirement in 0..all.requirements.len() {
        let criteria: Vec<&Criterion> = all.criteria_of(requirement).collect();
        let old = &all.requirements[requirement].id;
        replaced.extend(counted(text, &criteria, old, &id_of(requirement))?);
    }
    Ok(replaced)
}

/// Returns the written numbers of the criteria of one requirement with what they become.
fn counted(
    text: &Text,
    criteria: &[&Criterion],
    old: &str,
    new: &str,
) -> Result<Vec<(Span, String)>, Refused> {
    let spans: Vec<Span> = criteria.iter().filter_map(|found| found.written).collect();
    let written: Vec<&str> = spans
        .iter()
        .map(|span| readable(text.slice(*span)))
        .collect();
    let is_lazy = written.len() > 1 && written.iter().all(|number| *number == written[0]);
    if is_lazy || spans.len() != criteria.len() {
        return Ok(Vec::new());
    }
    let sequence: Vec<(String, Option<usize>)> = written
        .iter()
        .map(|number| ((*number).to_owned(), None))
        .collect();
    let numbers = in_order(&sequence)?;
    let whole = |number: String| {
        // A whole id begins with that of its requirement.
        match number
            .strip_prefix(old)
            .filter(|rest| rest.starts_with(['.', '-']))
        {
            Some(rest) => format!("{new}{rest}"),
            None => number,
        }
    };
    Ok(spans
        .into_iter()
        .zip(numbers.into_iter().map(whole))
        .collect())
}

/// Returns what is to be written for an id, in the form in which it is written at `span`.
fn translated_at(text: &Text, span: Span, old: &str, new: &str) -> Result<String, Refused> {
    translated(readable(text.slice(span)), old, new)
}

/// Returns what is to be written for an id, in the form in which the old one is written.
pub(in crate::spec) fn translated(written: &str, old: &str, new: &str) -> Result<String, Refused> {
    let (key, old_key) = (id_key(written), id_key(old));
    let digits = |id: &str| id.find(|char: char| char.is_ascii_digit()).unwrap_or(0);
    if key == old_key && written.len() == old.len() {
        return Ok(new.to_owned());
    }
    if key_digits(&key) == key_digits(&old_key) {
        let prefix = &written[..digits(written)];
        return Ok(format!("{prefix}{}", &new[digits(new)..]));
    }
    Err(Refused::new(format!(
        "\"{written}\" names {old} in a form that cannot be renumbered"
    )))
}

/// What each known id was and is.
struct Rename<'a> {
    old: &'a [Known],
    new: &'a [Known],
}

impl Rename<'_> {
    /// Returns the ids in references with what they become.
    fn all<'b>(
        &self,
        text: &Text,
        references: impl Iterator<Item = &'b Resolved>,
    ) -> Result<Vec<(Span, String)>, Refused> {
        let mut spans = Vec::new();
        for resolved in references {
            spans.extend(self.one(text, resolved)?);
        }
        Ok(spans)
    }

    fn one(&self, text: &Text, resolved: &Resolved) -> Result<Vec<(Span, String)>, Refused> {
        let named: Vec<usize> = resolved
            .resolutions
            .iter()
            .filter_map(|resolution| match resolution {
                Resolution::Found(ids) => Some(ids.to_vec()),
                _ => None,
            })
            .flatten()
            .collect();
        let (Some(first), Some(last)) = (named.first(), named.last()) else {
            return Ok(Vec::new());
        };
        let id = |span: Span, known: usize| {
            let (old, new) = (&self.old[known].id, &self.new[known].id);
            Ok((span, translated_at(text, span, old, new)?))
        };
        match resolved.reference.kind {
            ReferenceKind::Id(span) => Ok(vec![id(span, *first)?]),
            ReferenceKind::Range { from, to }
            | ReferenceKind::InWords { from, to }
            | ReferenceKind::InRemark { from, to } => Ok(vec![id(from, *first)?, id(to, *last)?]),
            ReferenceKind::Criterion {
                requirement,
                criterion,
            } => self.parted(text, (requirement, *first), &[(criterion, *first)]),
            ReferenceKind::Criteria {
                requirement,
                from,
                to,
            } => self.parted(text, (requirement, *first), &[(from, *first), (to, *last)]),
            ReferenceKind::All | ReferenceKind::Nothing | ReferenceKind::Prose => Ok(Vec::new()),
        }
    }

    /// Returns a requirement and the numbers of criteria that are written apart.
    fn parted(
        &self,
        text: &Text,
        (requirement, known): (Span, usize),
        criteria: &[(Span, usize)],
    ) -> Result<Vec<(Span, String)>, Refused> {
        let parent = self.old[known].parent;
        let parent =
            parent.ok_or_else(|| Refused::new("a criterion is named without its requirement"))?;
        let (old, new) = (&self.old[parent].id, &self.new[parent].id);
        let mut spans = vec![(requirement, translated_at(text, requirement, old, new)?)];
        for (span, known) in criteria {
            let new = &self.new[*known].id;
            let number = new.rsplit(['.', '-']).next().unwrap_or(new);
            spans.push((*span, number.to_owned()));
        }
        Ok(spans)
    }
}

/// Refuses where a task or a property names other criteria than before.
fn check(before: &Contents, after: &Contents) -> Result<(), Refused> {
    type Names = Vec<Vec<Vec<usize>>>;
    let named = |references: &[Vec<Resolved>]| -> Names {
        let found = |resolved: &Resolved| {
            let all = resolved
                .resolutions
                .iter()
                .flat_map(|resolution| match resolution {
                    Resolution::Found(ids) | Resolution::All(ids) => ids.to_vec(),
                    _ => Vec::new(),
                });
            let mut all: Vec<usize> = all.collect();
            all.sort_unstable();
            all
        };
        let item = |references: &Vec<Resolved>| references.iter().map(found).collect();
        references.iter().map(item).collect()
    };
    let both = |contents: &Contents| {
        let links = &contents.links;
        (named(&links.plan.references), named(&links.validated))
    };
    if both(before) == both(after) {
        return Ok(());
    }
    Err(Refused::new(
        "a reference would point to other criteria than before: a range out of order, or a dangling one. Fix it first",
    ))
}
