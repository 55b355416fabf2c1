//! What a reader sees of real documents.

use std::collections::BTreeMap;

use specboard::markdown::{BlockKind, Document};
use specboard::prose::code::CodeBlocks;
use specboard::prose::line::SourceLine;
use specboard::text::{Text, clean};

use crate::corpus::{corpus, files};

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn code_in_its_colours_is_the_code() {
    let (mut lines, mut coloured) = (0, 0);
    let mut roles = BTreeMap::new();
    for path in files(&corpus()) {
        let text = Text::new(std::fs::read(&path).unwrap());
        let document = Document::parse(&text);
        let blocks = CodeBlocks::of(&text, &document);
        let code = document
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Code);
        for line in code.flat_map(|block| block.first_line + 1..block.end_line.saturating_sub(1)) {
            lines += 1;
            let span = text.lines()[line].content;
            let Some(found) = blocks.highlights(&text, line, span) else {
                continue;
            };
            coloured += 1;
            let bytes: Vec<u8> = found
                .iter()
                .flat_map(|part| text.slice(part.span))
                .copied()
                .collect();
            let place = format!("{}:{}", path.display(), line + 1);
            assert_eq!(bytes, text.slice(span), "{place}");
            let shown = SourceLine::with(&text, span, &found).plain();
            assert_eq!(shown, clean(&text.lossy(span)), "{place}");
            for part in found {
                *roles.entry(format!("{:?}", part.role)).or_insert(0) += part.span.len();
            }
        }
    }
    println!("{coloured} of {lines} lines of code are in colours; bytes: {roles:?}");
    assert!(coloured > 0);
}
