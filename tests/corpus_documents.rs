//! What the readers of documents find in real files: figures to be printed, and the least that must hold.

use std::path::{Path, PathBuf};

use specboard::markdown::Document;
use specboard::spec::Requirements;
use specboard::spec::ears::Pattern;
use specboard::text::Text;

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
            println!("== {} {}", path.display(), text.lines().len());
            for r in &found.requirements {
                println!(
                    "   R {} | {} | {:?} | {}",
                    r.id,
                    text.lossy(r.title),
                    r.story.map(|s| text.lossy(s).chars().take(30).collect::<String>()),
                    found.criteria.iter().filter(|c| c.requirement.map(|i| found.requirements[i].line) == Some(r.line)).count()
                );
            }
            for c in &found.criteria {
                println!(
                    "   C {} {} | {} | {}",
                    c.id,
                    c.line + 1,
                    c.ears(&text).pattern.name(),
                    text.lossy(c.text).chars().take(70).collect::<String>()
                );
            }
            for p in &found.problems {
                println!("   P {} {}", p.line + 1, p.message);
            }
        }
    }
    println!("{files_seen} files, {requirements} requirements, {criteria} criteria, {english} in English, {patterned} with a pattern");
    println!("{} files without any criterion:", none.len());
    none.iter().for_each(|path| println!("  {}", path.display()));
}
