//! Operations on items of real documents: what is beside them stays, and undo leads back.
//!
//! The choice is random, but the same on every run. The long form tries every file; the short one
//! some.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use crate::corpus::{corpus, files};
use crate::harness::Dice;
use specboard::spec::contents::Contents;
use specboard::spec::mend::{Left, Loss, mend};
use specboard::spec::parsed::Parsed;
use specboard::spec::references::Resolution;
use specboard::spec::renumber::{DocumentEdit, Numbered, renumber};
use specboard::spec::structure::{New, Operation, Sort, Where, item_at, prepare};
use specboard::spec::workspace::Workspace as SpecWorkspace;
use specboard::store::{DocumentKind, find_roots};
use specboard::text::{Hunk, Line, Text};

/// How many operations were done, and how many were refused for which reason.
#[derive(Default)]
struct Counts {
    done: usize,
    refused: HashMap<String, usize>,
}

const OPERATIONS: [Operation; 5] = [
    Operation::Remove,
    Operation::Down,
    Operation::Up,
    Operation::Indent,
    Operation::Outdent,
];

/// Returns the documents of all specs.
fn documents() -> Vec<(PathBuf, DocumentKind, Text)> {
    let read = |path: PathBuf| {
        let kind = path.file_name().and_then(DocumentKind::of)?;
        let text = Text::new(fs::read(&path).unwrap());
        Some((path, kind, text))
    };
    files(&corpus()).into_iter().filter_map(read).collect()
}

/// Returns the filled lines of a text but for some, in order, without the rules between items.
fn beside(text: &Text, lines: &Range<usize>) -> Vec<Vec<u8>> {
    let all = text.lines().iter().enumerate();
    let beside = all.filter(|(index, _)| !lines.contains(index));
    let content = |(_, line): (usize, &Line)| text.slice(line.content).to_vec();
    let contents = beside.map(content);
    contents
        .filter(|content| !matches!(content.trim_ascii(), b"" | b"---" | b"***"))
        .collect()
}

fn operate(
    kind: DocumentKind,
    text: &Text,
    line: usize,
    operation: Operation,
    counts: &mut Counts,
) {
    let outcome = match operation.apply(kind, text, &[line]) {
        Ok(outcome) => outcome,
        Err(refused) => {
            let reason = if refused.reason.starts_with('"') {
                "read otherwise".to_owned()
            } else {
                refused.reason
            };
            return *counts.refused.entry(reason).or_default() += 1;
        }
    };
    counts.done += 1;
    let after = outcome.edit.apply(text);
    assert!(outcome.edit.invert(text).apply(&after) == *text);
    let (_, lines) = item_at(kind, text, line).unwrap();
    let there = match outcome.lines[..] {
        [] => 0..0,
        [now] => item_at(kind, &after, now).unwrap().1,
        _ => panic!("one item became several"),
    };
    assert!(outcome.lines.is_empty() == (operation == Operation::Remove));
    assert!(there.is_empty() || there.len() == lines.len());
    assert!(beside(text, &lines) == beside(&after, &there));
    assert_eq!(
        is_open(text),
        is_open(&after) || after.is_empty() && is_open(text)
    );
}

fn is_open(text: &Text) -> bool {
    text.bytes()
        .last()
        .is_some_and(|last| !matches!(last, b'\n' | b'\r'))
}

/// Adds an item and takes it away again.
fn add(kind: DocumentKind, text: &Text, line: usize, to: Where, counts: &mut Counts) {
    let added = prepare(kind, text, None, Some(to), New::Words("A new thing"))
        .and_then(|prepared| Ok((prepared.checked_edit(kind, text)?, prepared)));
    let (edit, prepared) = match added {
        Ok(added) => added,
        Err(refused) => {
            let reason = if refused.reason.starts_with('"') {
                "new: read otherwise".to_owned()
            } else {
                refused.reason
            };
            return *counts.refused.entry(reason).or_default() += 1;
        }
    };
    let with = edit.apply(text);
    assert!(edit.invert(text).apply(&with) == *text);
    let count = prepared.above + prepared.lines.len() + prepared.below;
    assert!(beside(text, &(0..0)) == beside(&with, &(prepared.at..prepared.at + count)));
    // A paragraph at the end of a line that goes on is a part of that.
    if matches!(prepared.sort, Sort::Block | Sort::Item) {
        counts.done += 1;
        return;
    }
    let at = prepared.at + prepared.above + prepared.first;
    match Operation::Remove.apply(kind, &with, &[at]) {
        Ok(back) => {
            counts.done += 1;
            assert!(back.edit.apply(&with) == *text, "{to:?} {line}");
        }
        Err(refused) => {
            *counts
                .refused
                .entry(format!("back: {refused}"))
                .or_default() += 1;
        }
    }
}

fn try_files(step: usize, times: usize) {
    let mut dice = Dice(7);
    let mut counts = Counts::default();
    for (path, kind, text) in documents().into_iter().step_by(step) {
        let count = text.lines().len();
        for _ in 0..times {
            let line = dice.roll(count);
            let Ok((_, lines)) = item_at(kind, &text, line) else {
                continue;
            };
            let operation = OPERATIONS[dice.roll(OPERATIONS.len())];
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                operate(kind, &text, line, operation, &mut counts);
                let to = [Where::After, Where::Before, Where::Under][dice.roll(3)];
                add(kind, &text, line, to(line), &mut counts);
            }));
            assert!(
                result.is_ok(),
                "{}:{} {operation:?} {lines:?}",
                path.display(),
                line + 1
            );
        }
    }
    let mut reasons: Vec<_> = counts.refused.iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    println!("{} done; refused: {reasons:#?}", counts.done);
    let otherwise = |(reason, count): (&String, &usize)| {
        if reason.ends_with("otherwise") {
            *count
        } else {
            0
        }
    };
    let otherwise: usize = counts.refused.iter().map(otherwise).sum();
    assert!(
        otherwise * 50 < counts.done,
        "{otherwise} of {}",
        counts.done
    );
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn an_operation_on_any_item_changes_only_its_lines() {
    try_files(9, 2);
}

#[test]
#[ignore = "takes a while"]
fn operations_on_many_items_of_every_file_change_only_their_lines() {
    try_files(1, 12);
}

fn read(kind: DocumentKind, text: &Text) -> Parsed {
    let path = kind.file_name().into();
    let file = specboard::store::DocumentFile { kind, path };
    Parsed::of(file, text.clone(), None)
}

/// Returns the lines that joining the task on a line with the next one, or splitting the task around
/// it there, may change.
fn concerned(kind: DocumentKind, text: &Text, line: usize, operation: Operation) -> Range<usize> {
    if operation == Operation::Join {
        let (_, first) = item_at(kind, text, line).unwrap();
        let is_filled = |line: &usize| {
            !text
                .slice(text.lines()[*line].content)
                .trim_ascii()
                .is_empty()
        };
        let next = (first.end..text.lines().len()).find(is_filled).unwrap();
        return first.start..item_at(kind, text, next).unwrap().1.end;
    }
    let tasks = read(kind, text).tasks;
    let task = &tasks.items[tasks.around_line(line).unwrap()];
    item_at(kind, text, task.line).unwrap().1
}

/// Returns what lines say, without the blanks around it, but for blank lines, tasks, and `but`.
fn said(kind: DocumentKind, text: &Text, lines: Range<usize>, but: usize) -> Vec<Vec<u8>> {
    let tasks = read(kind, text).tasks;
    let kept = lines.filter(|line| *line != but && tasks.at_line(*line).is_none());
    let mut said: Vec<Vec<u8>> = kept
        .map(|line| text.slice(text.lines()[line].content).trim_ascii().to_vec())
        .filter(|said| !said.is_empty())
        .collect();
    said.sort();
    said
}

/// Checks that everything outside the lines concerned is the same, byte for byte, and that what stands
/// in them is still said.
fn check_joined(kind: DocumentKind, text: &Text, after: &Text, line: usize, operation: Operation) {
    let lines = concerned(kind, text, line, operation);
    let start = text.lines()[lines.start].whole.start;
    let end = text.lines()[lines.end - 1].whole.end;
    assert!(text.bytes()[..start] == after.bytes()[..start]);
    assert!(after.bytes().ends_with(&text.bytes()[end..]));
    let grown = after.lines().len() + lines.end - text.lines().len();
    let mut left = said(kind, after, lines.start..grown, usize::MAX);
    for words in said(kind, text, lines, line) {
        let at = left.iter().position(|one| *one == words);
        left.remove(at.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&words))));
    }
}

/// Joins the task on a line with the next one, or splits it there. Returns whether that was done.
fn join_or_split(kind: DocumentKind, text: &Text, line: usize, operation: Operation) -> bool {
    let count = |text: &Text| read(kind, text).tasks.items.len();
    let Ok(outcome) = operation.apply(kind, text, &[line]) else {
        return false;
    };
    let after = outcome.edit.apply(text);
    assert!(outcome.edit.invert(text).apply(&after) == *text);
    let expected = match operation {
        Operation::Join => count(text) - 1,
        _ => count(text) + 1,
    };
    assert_eq!(count(&after), expected);
    assert_eq!(is_open(text), is_open(&after));
    check_joined(kind, text, &after, line, operation);
    true
}

fn try_joins(step: usize) {
    let mut done = [0, 0];
    for (path, kind, text) in documents().into_iter().step_by(step) {
        for line in (0..text.lines().len()).step_by(3) {
            let (start, operation, at) = match item_at(kind, &text, line) {
                Ok((Sort::Task, lines)) => (lines.start, Operation::Join, 0),
                Ok((Sort::Item, lines)) => (lines.start, Operation::Split, 1),
                _ => continue,
            };
            if start != line {
                continue;
            }
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                join_or_split(kind, &text, line, operation)
            }));
            let place = format!("{}:{} {operation:?}", path.display(), line + 1);
            done[at] += usize::from(result.unwrap_or_else(|_| panic!("{place}")));
        }
    }
    println!("{} joined, {} split", done[0], done[1]);
    assert!(done.iter().all(|count| *count > 0), "{done:?}");
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn joining_and_splitting_keep_what_stands_beside() {
    try_joins(80);
}

#[test]
#[ignore = "takes a while"]
fn joining_and_splitting_in_every_file_keep_what_stands_beside() {
    try_joins(1);
}

/// Returns what documents say after edits.
fn edited(contents: &Contents, changes: &[DocumentEdit]) -> Contents {
    let after = |parsed: &Option<Parsed>| {
        let parsed = parsed.as_ref()?;
        let own = changes.iter().find(|change| change.file == parsed.file);
        let text = own.map_or(parsed.text.clone(), |own| own.edit.apply(&parsed.text));
        Some(Parsed::of(parsed.file.clone(), text, None))
    };
    Contents::of(
        after(&contents.list),
        after(&contents.criteria),
        after(&contents.designed),
    )
}

/// Deletes an item and mends what names it. Returns how much named it, and how much is left of that;
/// none where nothing was deleted.
fn delete_and_mend(contents: &Contents, parsed: &Parsed, line: usize) -> Option<[usize; 2]> {
    let (kind, base) = (parsed.file.kind, parsed.text.clone());
    let deleted = Operation::Remove.apply(kind, &base, &[line]).ok()?;
    let file = parsed.file.clone();
    let edit = deleted.edit;
    let without = edited(contents, &[DocumentEdit { file, base, edit }]);
    let left = Left::between(contents, &without, &deleted.renamed);
    let loss = Loss::between(contents, &without, &deleted.renamed);
    let mended = mend(&without, &loss);
    for DocumentEdit { file, base, edit } in &mended.edits {
        let after = edit.apply(base);
        assert!(edit.invert(base).apply(&after) == *base);
        // Only lines change that name what is gone.
        for hunk in Hunk::all(base, edit) {
            let lines = hunk.line..hunk.line + hunk.before.len();
            let mut named = left.iter().filter(|left| left.file == file.path);
            assert!(named.any(|left| lines.contains(&left.line)), "{lines:?}");
        }
    }
    let now = edited(&without, &mended.edits);
    let mut still = Left::between(contents, &now, &deleted.renamed);
    // A name that dangled all along stands in a line that says something else now.
    still.retain(|one| left.iter().any(|left| left.reference == one.reference));
    assert!(still.len() <= left.len());
    assert!(mended.edits.is_empty() || still.len() < left.len());
    Some([left.len(), still.len()])
}

fn try_mending(step: usize, times: usize) {
    let mut dice = Dice(11);
    let (mut deleted, mut named, mut unmended) = (0, 0, 0);
    for repository in crate::corpus::repositories() {
        let Ok(roots) = find_roots(&repository, &[]) else {
            continue;
        };
        let workspace = SpecWorkspace::scan(roots);
        for feature in workspace.features.iter().step_by(step) {
            let contents = Contents::read(feature, workspace.root_of(feature));
            let documents = [&contents.criteria, &contents.list];
            for parsed in documents.into_iter().flatten() {
                for _ in 0..times {
                    let line = dice.roll(parsed.text.lines().len());
                    let sort = item_at(parsed.file.kind, &parsed.text, line);
                    if !sort.is_ok_and(|(sort, _)| sort <= Sort::Requirement) {
                        continue;
                    }
                    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                        delete_and_mend(&contents, parsed, line)
                    }));
                    let place = || format!("{}:{}", parsed.file.path.display(), line + 1);
                    if let Some([left, still]) = result.unwrap_or_else(|_| panic!("{}", place())) {
                        deleted += 1;
                        named += left;
                        unmended += still;
                    }
                }
            }
        }
    }
    println!("{deleted} deleted, {named} names of them, {unmended} not mended");
    assert!(named > 0 && unmended * 4 < named);
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn mending_after_a_deletion_changes_only_lines_that_name_it() {
    try_mending(9, 2);
}

#[test]
#[ignore = "takes a while"]
fn mending_after_many_deletions_in_every_spec_changes_only_lines_that_name_them() {
    try_mending(1, 12);
}

/// Returns for each task the texts of the criteria that it names.
fn named_texts(contents: &Contents) -> Vec<Vec<String>> {
    let (Some(criteria), Some(list)) = (&contents.criteria, &contents.list) else {
        return Vec::new();
    };
    let Some(wanted) = contents.wanted() else {
        return Vec::new();
    };
    let all = wanted.criteria_document.criteria();
    let first = wanted.resolver.known().len() - all.len();
    let text = |known: usize| match known.checked_sub(first) {
        Some(criterion) => criteria.text.lossy(all[criterion].text).into_owned(),
        None => format!("whole {known}"),
    };
    let of_item = |item: usize| {
        let resolved = contents.links.plan.references[item].iter();
        let resolutions = resolved.flat_map(|resolved| &resolved.resolutions);
        let known = resolutions.flat_map(|resolution| match resolution {
            Resolution::Found(ids) | Resolution::All(ids) => ids.to_vec(),
            _ => Vec::new(),
        });
        let mut texts: Vec<String> = known.map(text).collect();
        texts.sort();
        texts
    };
    (0..list.tasks.items.len()).map(of_item).collect()
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn numbers_in_order_keep_what_each_task_names() {
    try_numbers(8);
}

#[test]
#[ignore = "takes a while"]
fn numbers_in_order_keep_what_each_task_of_every_spec_names() {
    try_numbers(1);
}

fn try_numbers(step: usize) {
    let (mut changed, mut in_order, mut refused) = (0, 0, HashMap::<String, usize>::new());
    for repository in crate::corpus::repositories() {
        let Ok(roots) = find_roots(&repository, &[]) else {
            continue;
        };
        let workspace = SpecWorkspace::scan(roots);
        for feature in workspace.features.iter().step_by(step) {
            let contents = Contents::read(feature, workspace.root_of(feature));
            for what in [
                Numbered::Tasks,
                Numbered::Requirements,
                Numbered::Criteria,
                Numbered::Properties,
            ] {
                let changes = match renumber(&contents, what) {
                    Ok(changes) => changes,
                    Err(reason) => {
                        let reason = reason
                            .reason
                            .replace(|char: char| char.is_ascii_digit(), "");
                        *refused.entry(format!("{what:?}: {reason}")).or_default() += 1;
                        continue;
                    }
                };
                if changes.is_empty() {
                    in_order += 1;
                    continue;
                }
                changed += 1;
                for DocumentEdit { base, edit, .. } in &changes {
                    let after = edit.apply(base);
                    assert!(edit.invert(base).apply(&after) == *base);
                    assert_eq!(after.lines().len(), base.lines().len());
                }
                let now = edited(&contents, &changes);
                assert!(
                    named_texts(&contents) == named_texts(&now),
                    "{} {what:?}",
                    feature.folder.path.display()
                );
                let again = renumber(&now, what).unwrap();
                assert!(
                    again.is_empty(),
                    "{} {what:?}",
                    feature.folder.path.display()
                );
            }
        }
    }
    let mut refused: Vec<_> = refused.into_iter().collect();
    refused.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    println!("{changed} changed, {in_order} in order, refused: {refused:#?}");
    let count: usize = refused.iter().map(|(_, count)| count).sum();
    assert!(changed > 0 && count * 4 < changed + in_order, "{count}");
}
