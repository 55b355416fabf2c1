//! Numbers in the order of their items, in the form that each has.

use std::collections::{HashMap, HashSet};

use crate::spec::structure::{Cut, Refused};

/// Gives numbers anew: each number with that of its parent, in order. Those that begin alike count
/// from the lowest of them.
///
/// # Errors
///
/// Where a number stands twice, or has letters behind.
pub(super) fn in_order(items: &[(String, Option<usize>)]) -> Result<Vec<String>, Refused> {
    let mut seen = HashSet::new();
    if let Some((twice, _)) = items.iter().find(|(number, _)| !seen.insert(number)) {
        return Err(Refused::new(format!(
            "the number {twice} appears twice: tell those apart first"
        )));
    }
    let cuts: Option<Vec<Cut<'_>>> = items
        .iter()
        .map(|(number, _)| Cut::of(number).filter(|cut| cut.tail.is_empty()))
        .collect();
    let cuts = cuts.ok_or_else(|| {
        Refused::new("some numbers have letters after them: number those by hand")
    })?;
    let mut next: HashMap<(Option<usize>, &str), u32> = HashMap::new();
    for (cut, (_, parent)) in cuts.iter().zip(items) {
        let value = cut.digits.parse().unwrap_or(0);
        let lowest = next.entry((*parent, cut.head)).or_insert(value);
        *lowest = value.min(*lowest);
    }
    let mut numbers: Vec<String> = Vec::with_capacity(items.len());
    for (cut, (_, parent)) in cuts.iter().zip(items) {
        let Some(value) = next.get_mut(&(*parent, cut.head)) else {
            continue;
        };
        let head = parent.and_then(|parent| {
            let rest = cut.head.strip_prefix(&items[parent].0[..])?;
            (rest == "." || rest == "-").then(|| format!("{}{rest}", numbers[parent]))
        });
        let head = head.unwrap_or_else(|| cut.head.to_owned());
        let is_padded = cut.digits.starts_with('0') && cut.digits.len() > 1;
        let width = if is_padded { cut.digits.len() } else { 0 };
        numbers.push(format!("{head}{value:0width$}"));
        *value = value.saturating_add(1);
    }
    let mut seen = HashSet::new();
    match numbers.iter().find(|number| !seen.insert(*number)) {
        None => Ok(numbers),
        Some(twice) => Err(Refused::new(format!(
            "two of them would be {twice}: number those by hand"
        ))),
    }
}
