//! Random Markdown, laid out at several widths: nothing is wider than asked, nothing is lost, and
//! every row knows its line.

use proptest::prelude::*;
use specboard::markdown::Document;
use specboard::model::{Measure, Overflow, Rendered};
use specboard::prose::line::CutMarks;
use specboard::text::{Span, Text, width};

/// Pieces of documents, with `@` where a word stands.
const PIECES: &[&str] = &[
    "# @ @\n",
    "@ **@** _@_ `@` ~~@~~\n",
    "@ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @ @\n",
    "- @\n  - @ @\n- [ ] @\n- [x]* @\n",
    "1. @\n\n   ```ts\n   @ = \"@\"\n   ```\n",
    "> @ @ @ @ @ @ @ @ @ @ @\n> > @\n",
    "| @ | @ |\n|---|---|\n| @ | @ @ @ @ @ @ @ @ @ `@` |\n| **@** |\n",
    "```\n@\n\t@\n```\n",
    "```python\n\"\"\"@\n",
    "```\n",
    "---\n",
    "***\n",
    "<!-- @ -->\n",
    "[@](a.md) ![@](b.png) <https://@.org>\n",
    "[^1]: @ @\n",
    "```mermaid\ngraph TD\nA[@] -->|@| B[\"@\"]\nsubgraph @\nB --> C{@} --> D[@] --> E[@]\nend\n```\n",
    "```mermaid\nsequenceDiagram\nA->>B: @ @\nNote over A: @\n```\n",
    "<div>\n@\n</div>\n",
    "    @ @\n",
    "@ @\n===\n",
    "日本語@の文章です、@。@ テスト\n",
    "* @\\\n@  \n@\n",
    "@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n",
    "#[[file:@.ts]] &amp; @\n",
    "*@ `@ [@ <@ | @ _@\n",
    "\u{1b}[31m@\u{7f}\u{200b}@👩‍👩‍👧\n",
    "\n",
];

/// Returns a document of some pieces, each word another one, and how many words there are.
fn document(pieces: &[usize]) -> (String, usize) {
    let (mut source, mut words) = (String::new(), 0);
    for letter in pieces.iter().flat_map(|piece| PIECES[*piece].chars()) {
        if letter == '@' {
            source.push_str(&word(words));
            words += 1;
        } else {
            source.push(letter);
        }
    }
    (source, words)
}

/// Returns a word that stands in no other.
fn word(index: usize) -> String {
    format!("w{index}q")
}

/// Lays a text out at a width, and returns what is drawn without blanks.
fn drawn(text: &Text, document: &Document, columns: usize, overflow: Overflow) -> Option<String> {
    let lines = 0..text.lines().len();
    let mut rendered = Rendered::of(text, document, lines, None)?.with_overflow(overflow);
    let measure = Measure {
        columns,
        margin: 2,
        references: 0,
        most: 100,
    };
    rendered.measure(text, document, measure);
    let mut shown = String::new();
    let mut line = 0;
    for (passage, rows) in rendered.passages() {
        assert!(
            passage.lines.start >= line && !passage.lines.is_empty(),
            "{passage:?}"
        );
        line = passage.lines.start;
        assert_eq!(
            rendered.passage_at(line).map(|found| found.lines.start),
            Some(line)
        );
        let found = rendered.drawn(text, passage, None, 0, CutMarks::ASCII);
        assert!(
            overflow == Overflow::Wrap || found.len().max(1) == rows,
            "{passage:?}"
        );
        let bytes = text.lines()[line].whole.start..text.lines()[passage.lines.end - 1].whole.end;
        for row in found.iter() {
            let wide = rendered.measured().text_at(passage) + width(&row.plain());
            assert!(
                wide < columns,
                "{wide} of {columns}: {passage:?} {}",
                row.plain()
            );
            // A group of a diagram names what stands inside of it.
            let is_free = |span: Span| span.is_empty() || !passage.made.is_empty();
            let is_own = |span: Span| bytes.start <= span.start && span.end <= bytes.end;
            let strange = row
                .runs()
                .iter()
                .find(|run| !is_free(run.span) && !is_own(run.span));
            assert!(strange.is_none(), "{strange:?} {passage:?}");
            shown.extend(row.plain().split_whitespace());
        }
    }
    Some(shown)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn random_documents_fit_and_lose_nothing(pieces in prop::collection::vec(0..PIECES.len(), 1..12)) {
        let (source, words) = document(&pieces);
        let text = Text::new(source.as_str());
        let parsed = Document::parse(&text);
        for columns in [20, 40, 58, 86, 120, 200] {
            drawn(&text, &parsed, columns, Overflow::Cut);
            let Some(shown) = drawn(&text, &parsed, columns, Overflow::Wrap) else {
                prop_assert_eq!(words, 0);
                continue;
            };
            // A word that is wrapped in a cell stands on two rows, beside other words.
            let is_lost = |index: &usize| columns >= 58 && !shown.contains(&word(*index));
            prop_assert_eq!((0..words).find(is_lost), None, "at {} of\n{}\n{}", columns, source, shown);
        }
    }
}
