//! What the readers of documents find in real files: figures to be printed, and the least that must hold.

use std::path::{Path, PathBuf};

use specboard::markdown::{BlockKind, Document};
use specboard::spec::Requirements;
use specboard::spec::ears::Pattern;
use specboard::spec::references::{FieldKind, Resolution, Resolver, find_fields, read_references};
use specboard::text::{Span, Text};

/// Gives the folder of real files, or says that it is missing.
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("SPECBOARD_CORPUS").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no corpus at {}", folder.display());
    None
}

/// Gives all files below `folder` with the given name in lower case, in order.
fn files(folder: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            match entry.file_type().unwrap() {
                kind if kind.is_dir() => open.push(path),
                kind if kind.is_file() && entry.file_name().to_string_lossy().to_lowercase() == name => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> (Text, Document) {
    let text = Text::new(std::fs::read(path).unwrap());
    let document = Document::parse(&text);
    (text, document)
}

/// Prints what was read, for comparing by eye.
fn print_requirements(path: &Path, text: &Text, found: &Requirements) {
    let short = |span: Span| text.lossy(span).chars().take(70).collect::<String>();
    println!("== {} {}", path.display(), text.lines().len());
    for (index, requirement) in found.requirements.iter().enumerate() {
        let story = requirement.story.map(short);
        println!("   R {} | {} | {story:?} | {}", requirement.id, short(requirement.title), found.criteria_of(index).count());
    }
    for criterion in &found.criteria {
        println!("   C {} {} | {} | {}", criterion.id, criterion.line + 1, criterion.ears(text).pattern.name(), short(criterion.text));
    }
    found.problems.iter().for_each(|problem| println!("   P {} {}", problem.line + 1, problem.message));
}

#[test]
fn requirements_have_criteria() {
    let Some(folder) = corpus() else { return };
    let dump = std::env::var("DUMP").ok();
    let (mut files_seen, mut requirements, mut criteria, mut english, mut patterned) = (0, 0, 0, 0, 0);
    let mut none = Vec::new();
    for path in files(&folder, "requirements.md") {
        let (text, document) = read(&path);
        let found = Requirements::parse(&text, &document);
        files_seen += 1;
        requirements += found.requirements.len();
        criteria += found.criteria.len();
        if found.criteria.is_empty() {
            none.push(path.clone());
        }
        for criterion in &found.criteria {
            let words = text.lossy(criterion.text);
            if words.is_ascii() {
                english += 1;
                patterned += usize::from(criterion.ears(&text).pattern != Pattern::None);
            }
        }
        if dump.as_ref().is_some_and(|part| path.to_string_lossy().contains(part.as_str())) {
            print_requirements(&path, &text, &found);
        }
    }
    println!("{files_seen} files, {requirements} requirements, {criteria} criteria, {english} in English, {patterned} with a pattern");
    println!("{} files without any criterion:", none.len());
    none.iter().for_each(|path| println!("  {}", path.display()));
}

/// Gives the ids of the requirements beside a document; none where there is neither requirements.md nor bugfix.md.
fn resolver_beside(path: &Path) -> Option<Resolver> {
    let requirements = files(path.parent().unwrap(), "requirements.md");
    let path = requirements.iter().find(|found| found.parent() == path.parent())?;
    let (text, document) = read(path);
    Some(Resolver::of_requirements(&text, &Requirements::parse(&text, &document)))
}

#[test]
fn references_resolve() {
    let Some(folder) = corpus() else { return };
    let (mut lines, mut found, mut all, mut prose, mut nothing) = (0, 0, 0, 0, 0);
    let mut dangling = Vec::new();
    for path in files(&folder, "tasks.md") {
        let Some(resolver) = resolver_beside(&path) else { continue };
        let (text, document) = read(&path);
        let code = |line| document.block_at(line).is_some_and(|block| document.blocks[block].kind == BlockKind::Code);
        for field in find_fields(&text, 0..text.lines().len()) {
            if !matches!(field.kind, FieldKind::Requirements | FieldKind::Validates) || code(field.line) {
                continue;
            }
            lines += 1;
            for reference in read_references(&text, field.body) {
                for resolution in resolver.resolve(&text, &reference) {
                    match resolution {
                        Resolution::Found(_) => found += 1,
                        Resolution::All(_) => all += 1,
                        Resolution::Prose => {
                            prose += 1;
                            if std::env::var("DUMP").is_ok() {
                                println!("PROSE {} {} {}", path.display(), field.line + 1, text.lossy(reference.span));
                            }
                        }
                        Resolution::Nothing => nothing += 1,
                        Resolution::Dangling(id) => dangling.push(format!("{}:{}: {id}", path.display(), field.line + 1)),
                    }
                }
            }
        }
    }
    let total = found + all + prose + nothing + dangling.len();
    let percent = |count: usize| 100.0 * count as f64 / total as f64;
    println!(
        "{lines} lines, {total} references: {:.2} % found, {:.2} % all, {:.2} % prose, {:.2} % none, {:.2} % dangling",
        percent(found),
        percent(all),
        percent(prose),
        percent(nothing),
        percent(dangling.len())
    );
    dangling.iter().for_each(|place| println!("DANGLING {place}"));
}
