//! Properties numbered anew, with the tasks that speak of them.

use std::collections::HashMap;

use super::sequence::in_order;
use super::{DocumentEdit, all_after, change};
use crate::spec::contents::Contents;
use crate::spec::references::FieldKind;
use crate::spec::source_str::readable;
use crate::spec::structure::Refused;
use crate::text::Span;

pub(super) fn renumber(contents: &Contents) -> Result<Vec<DocumentEdit>, Refused> {
    let (Some(designed), Some(design)) = (&contents.designed, contents.design()) else {
        return Ok(Vec::new());
    };
    let properties = &design.properties;
    let written = |span: Span| readable(designed.text.slice(span)).to_owned();
    let sequence: Vec<(String, Option<usize>)> = properties
        .iter()
        .map(|property| (written(property.written), None))
        .collect();
    let numbers = in_order(&sequence)?;
    let spans = properties.iter().map(|property| property.written);
    let mut replaced: Vec<(Span, String)> = spans.zip(numbers.iter().cloned()).collect();
    let old = sequence.into_iter().map(|(number, _)| number);
    let names: HashMap<String, String> = old.zip(numbers).collect();
    let is_single = contents
        .list
        .as_ref()
        .is_some_and(|list| list.file == designed.file);
    let mut changes = Vec::new();
    let labels = labels(contents, &names);
    if is_single {
        replaced.extend(labels);
    } else if let Some(list) = &contents.list {
        changes.extend(change(list, labels)?);
    }
    changes.extend(change(designed, replaced)?);
    let after = all_after(contents, &changes);
    let same = |index: usize| contents.links.testing(index) == after.links.testing(index);
    if (0..properties.len()).all(same) {
        return Ok(changes);
    }
    Err(Refused::new(
        "a task would refer to another property than before: number them by hand",
    ))
}

/// Finds the numbers in the labels of tasks that speak of a property: `**Property 2: …**`.
fn labels(contents: &Contents, names: &HashMap<String, String>) -> Vec<(Span, String)> {
    let Some(list) = &contents.list else {
        return Vec::new();
    };
    let fields = list.tasks.items.iter().flat_map(|item| &item.fields);
    let fields = fields.filter(|field| field.kind == FieldKind::Property);
    let named = |label: Span| {
        let words = readable(list.text.slice(label));
        let number = words.rsplit([' ', '\u{a0}', '#']).next()?;
        let end = label.start + words.len();
        Some((
            Span::new(end - number.len(), end),
            names.get(number)?.clone(),
        ))
    };
    fields.filter_map(|field| named(field.label)).collect()
}
