//! Tasks numbered anew, with waves and what comes first.

use std::collections::HashMap;

use super::sequence::in_order;
use super::{DocumentEdit, after, change, waves};
use crate::spec::contents::Contents;
use crate::spec::parsed::Parsed;
use crate::spec::references::{Field, FieldKind};
use crate::spec::source_str::readable;
use crate::spec::structure::Refused;
use crate::text::Span;

/// What each number was and is.
pub(in crate::spec) type Names = HashMap<String, String>;

pub(super) fn renumber(contents: &Contents) -> Result<Vec<DocumentEdit>, Refused> {
    let Some(list) = &contents.list else {
        return Ok(Vec::new());
    };
    let items = &list.tasks.items;
    let numbered: Vec<usize> = (0..items.len())
        .filter(|index| items[*index].number.is_some())
        .collect();
    let place = |index: usize| numbered.binary_search(&index).ok();
    let sequence: Vec<(String, Option<usize>)> = numbered
        .iter()
        .map(|index| {
            let item = &items[*index];
            (
                item.number.clone().unwrap_or_default(),
                item.parent.and_then(place),
            )
        })
        .collect();
    let numbers = in_order(&sequence)?;
    let mut replaced: Vec<(Span, String)> = Vec::new();
    for (index, number) in numbered.iter().zip(&numbers) {
        let item = &items[*index];
        let span = item.number_span.unwrap_or_default();
        if list.text.slice(span) != item.number.as_deref().unwrap_or_default().as_bytes() {
            return Err(Refused::new(
                "the numbers are in full-width digits: number them by hand",
            ));
        }
        replaced.push((span, number.clone()));
    }
    let old = sequence.into_iter().map(|(number, _)| number);
    let names: Names = old.zip(numbers).collect();
    replaced.extend(depends(list, &names));
    replaced.extend(waves::replaced(list, &names));
    let changes: Vec<DocumentEdit> = change(list, replaced)?.into_iter().collect();
    check(list, &after(list, &changes), &names)?;
    Ok(changes)
}

/// Finds the numbers in the labels that say what comes first.
fn depends(list: &Parsed, names: &Names) -> Vec<(Span, String)> {
    depends_fields(list)
        .flat_map(|field| ids_in(list, field.body, names))
        .collect()
}

/// Returns the labels that say which tasks come first.
pub(in crate::spec) fn depends_fields(list: &Parsed) -> impl Iterator<Item = &Field> {
    let own = list.tasks.items.iter().flat_map(|item| &item.fields);
    let phases = list.tasks.phases.iter().flat_map(|phase| &phase.depends);
    own.chain(phases)
        .filter(|field| field.kind == FieldKind::Depends)
}

/// Finds the numbers in a text that have another name now: words between blanks, commas and hyphens.
pub(in crate::spec) fn ids_in(list: &Parsed, body: Span, names: &Names) -> Vec<(Span, String)> {
    let words = readable(list.text.slice(body));
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
    let mut found = Vec::new();
    let mut at = 0;
    for word in words.split(|char| !is_part(char)) {
        let start = at;
        at += word.len()
            + words[at + word.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let whole = word.trim_end_matches(['.', '-']);
        if names.contains_key(whole) {
            found.push((start, whole));
        } else if let Some((from, to)) = whole.split_once('-') {
            found.push((start, from));
            found.push((start + from.len() + 1, to));
        }
    }
    let named = |(start, id): (usize, &str)| {
        let start = body.start + start;
        Some((Span::new(start, start + id.len()), names.get(id)?.clone()))
    };
    found.into_iter().filter_map(named).collect()
}

/// Refuses where a task, or what comes before one, is another than before.
fn check(before: &Parsed, after: &Parsed, names: &Names) -> Result<(), Refused> {
    let otherwise = || {
        Refused::new("with other numbers the tasks would be read differently: number them by hand")
    };
    let (old, new) = (&before.tasks.items, &after.tasks.items);
    let same = old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            let number = old
                .number
                .as_ref()
                .map(|number| names.get(number).unwrap_or(number));
            number == new.number.as_ref() && old.title == new.title && old.parent == new.parent
        });
    if !same {
        return Err(otherwise());
    }
    waves::check(before, after, names)?;
    let first = |parsed: &Parsed| crate::spec::schedule::Schedule::of(parsed.listed()).ready;
    if first(before) == first(after) {
        Ok(())
    } else {
        Err(otherwise())
    }
}
