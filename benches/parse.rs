//! How fast documents are read for what they say, beside the Markdown parser alone on the same
//! texts: the ratio is what counts, for machines differ.
//!
//! Reads the corpus beside the repository or where `SPECBOARD_CORPUS` says; without one the bundled
//! sample, several times.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use specboard::markdown::Document;
use specboard::model::{Measure, Rendered};
use specboard::prose::line::CutMarks;
use specboard::spec::feature::task_lines;
use specboard::spec::tasks::Tasks;
use specboard::spec::{Bugfix, Design, Requirements};
use specboard::store::DocumentKind;
use specboard::text::Text;

/// How often everything is read; the fastest time counts.
const ROUNDS: usize = 15;

/// How many passages a page has.
const PAGE: usize = 40;

/// How many copies of the bundled sample make a text of some size.
const COPIES: usize = 40;

fn main() {
    lay_out_largest();
    let files = documents();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{} documents, {bytes} bytes", files.len());
    let texts: Vec<(DocumentKind, Text)> = files
        .iter()
        .map(|(kind, bytes)| (*kind, Text::new(bytes.clone())))
        .collect();
    let markdown = fastest(|| files.iter().map(|(_, bytes)| events(bytes)).sum());
    for (name, time) in [
        (
            "blocks",
            fastest(|| {
                texts
                    .iter()
                    .map(|(_, text)| Document::parse(text).blocks.len())
                    .sum()
            }),
        ),
        (
            "all, from bytes to meaning",
            fastest(|| files.iter().map(|(kind, bytes)| whole(*kind, bytes)).sum()),
        ),
    ] {
        println!(
            "{name}: {time:?}, {:.2} of the speed of the Markdown parser ({markdown:?})",
            markdown.as_secs_f64() / time.as_secs_f64()
        );
    }
}

/// Says how long the largest document takes until it is laid out, and what of it a page costs.
fn lay_out_largest() {
    let Some((_, bytes)) = documents().into_iter().max_by_key(|(_, bytes)| bytes.len()) else {
        return;
    };
    let text = Text::new(bytes);
    let document = Document::parse(&text);
    let lines = 0..text.lines().len();
    let measure = Measure {
        columns: 86,
        margin: 3,
        references: 0,
        most: 100,
    };
    let lay_out = || {
        let mut rendered = Rendered::of(&text, &document, lines.clone(), None)?;
        rendered.measure(&text, &document, measure);
        Some(rendered)
    };
    let page = |rendered: &Rendered| {
        let passages = rendered
            .passages()
            .skip(rendered.passages().count() / 2)
            .take(PAGE);
        let drawn = passages.map(|(passage, _)| {
            rendered
                .drawn(&text, passage, None, 0, CutMarks::ASCII)
                .len()
        });
        drawn.sum::<usize>()
    };
    let whole = fastest(|| lay_out().map_or(0, |rendered| rendered.passages().count()));
    let Some(rendered) = lay_out() else {
        return;
    };
    let first = fastest(|| page(&rendered.clone()));
    let again = fastest(|| page(&rendered));
    println!(
        "largest document, {} bytes, {} passages: laid out in {whole:?}; a page {first:?}, again {again:?}",
        text.len(),
        rendered.passages().count()
    );
}

fn fastest(mut work: impl FnMut() -> usize) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        assert!(work() > 0, "nothing was read");
        start.elapsed()
    };
    (0..ROUNDS).map(timed).min().unwrap_or_default()
}

/// Counts the events of the Markdown parser, with offsets, as the blocks are made of them.
fn events(bytes: &[u8]) -> usize {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    Parser::new_ext(&String::from_utf8_lossy(bytes), options)
        .into_offset_iter()
        .count()
}

/// Reads a document from its bytes to what it says, and counts the parts.
fn whole(kind: DocumentKind, bytes: &[u8]) -> usize {
    let text = Text::new(bytes);
    let document = Document::parse(&text);
    match kind {
        DocumentKind::Tasks => {
            Tasks::parse_lines(&text, &document, task_lines(kind, &text, &document))
                .items
                .len()
        }
        DocumentKind::Design => Design::parse(&text, &document).outline.len(),
        DocumentKind::Bugfix => Bugfix::parse(&text, &document).criteria().count(),
        DocumentKind::Requirements | DocumentKind::Spec | DocumentKind::Other => {
            Requirements::parse(&text, &document).criteria.len()
        }
    }
}

fn documents() -> Vec<(DocumentKind, Vec<u8>)> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = std::env::var_os("SPECBOARD_CORPUS")
        .map_or_else(|| project.join("../shared/corpus"), PathBuf::from);
    if corpus.is_dir() {
        return below(&corpus);
    }
    println!(
        "there is no corpus at {}: the bundled sample instead",
        corpus.display()
    );
    let sample = below(&project.join("assets/demo"));
    (0..COPIES).flat_map(|_| sample.clone()).collect()
}

/// Returns all documents below a folder.
fn below(folder: &Path) -> Vec<(DocumentKind, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(below(&path));
        } else if let Some(kind) = DocumentKind::of(&entry.file_name()) {
            found.push((kind, std::fs::read(&path).unwrap_or_default()));
        }
    }
    found
}
