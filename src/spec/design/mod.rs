//! A design document: its outline, its properties with what they validate, and where its figures
//! are.
//!
//! Knows no requirements: what a property validates are references still to be resolved.

mod properties;

use std::ops::Range;

use properties::properties;

use super::outline::{Section, outline};
use super::references::Reference;
use super::source_str::SourceStr;
use crate::markdown::{Block, BlockKind, Document};
use crate::text::{Span, Text};

/// What a design document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    /// Its sections.
    pub outline: Vec<Section>,
    /// Its properties, in order.
    pub properties: Vec<Property>,
    /// Its diagrams, tables and code, in order.
    pub figures: Vec<Figure>,
}

/// Something that must hold for every input: `### Property 1: Round trip`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The number, as written.
    pub number: String,
    /// Where the number is written.
    pub written: Span,
    /// The words behind the number; may be empty.
    pub title: Span,
    /// What must hold: the first paragraph below that is no field.
    pub statement: Option<Span>,
    /// Index of its first line, from 0.
    pub line: usize,
    /// Index behind its last line.
    pub end_line: usize,
    /// The requirements that it validates.
    pub validates: Vec<Reference>,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// Code that draws: Mermaid and its like.
    Diagram,
    /// A table.
    Table,
    /// Other code.
    Code,
}

/// A diagram, a table or code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub kind: FigureKind,
    /// The name of the language behind the fence; empty where there is none.
    pub language: Span,
    /// Index of its first line, from 0.
    pub line: usize,
    /// Index behind its last line.
    pub end_line: usize,
}

/// Languages of code that draws.
const DIAGRAMS: &[&str] = &["mermaid", "plantuml", "puml", "dot", "graphviz", "d2"];

impl Design {
    /// Reads the whole of `text`.
    pub fn parse(text: &Text, document: &Document) -> Self {
        Self::parse_lines(text, document, 0..text.lines().len())
    }

    /// Reads some lines of `text`, such as the design section of a single-file spec.
    pub fn parse_lines(text: &Text, document: &Document, lines: Range<usize>) -> Self {
        let outline = outline(text, document, lines.clone());
        let properties = properties(text, document, &outline, &lines);
        let inside = |block: &&Block| lines.contains(&block.first_line);
        let figures = document
            .blocks
            .iter()
            .filter(inside)
            .filter_map(|block| figure(text, *block))
            .collect();
        Self {
            outline,
            properties,
            figures,
        }
    }
}

fn figure(text: &Text, block: Block) -> Option<Figure> {
    let first = text.lines()[block.first_line].content;
    let (kind, language) = match block.kind {
        BlockKind::Table => (FigureKind::Table, Span::new(first.start, first.start)),
        BlockKind::Code => {
            let language = language(SourceStr::read(text, first).trim());
            let draws = DIAGRAMS
                .iter()
                .any(|name| language.text.eq_ignore_ascii_case(name));
            (
                if draws {
                    FigureKind::Diagram
                } else {
                    FigureKind::Code
                },
                language.span(),
            )
        }
        _ => return None,
    };
    Some(Figure {
        kind,
        language,
        line: block.first_line,
        end_line: block.end_line,
    })
}

/// Returns the name of the language behind a fence; nothing where the line is no fence.
fn language(first: SourceStr<'_>) -> SourceStr<'_> {
    let info = first.map(|line| line.trim_start_matches(['`', '~']));
    if info == first {
        return first.before(0);
    }
    info.trim()
        .map(|info| info.split([' ', ',', '{']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(source: &str) -> Vec<String> {
        let text = Text::new(source);
        let design = Design::parse(&text, &Document::parse(&text));
        let draw = |property: &Property| {
            let validates: Vec<_> = property
                .validates
                .iter()
                .map(|reference| text.lossy(reference.span).into_owned())
                .collect();
            format!(
                "{} {} [{}]",
                property.number,
                text.lossy(property.title),
                validates.join("|")
            )
        };
        design.properties.iter().map(draw).collect()
    }

    /// An opening fence with a language inside an open one begins a new one, for what is behind a
    /// fence that nobody closed is not code.
    #[test]
    fn properties_behind_a_fence_that_is_badly_closed_are_found() {
        let below = "### Property 1: A\n\nx\n\n**Validates: Requirements 1.1**\n\n### Property 2: B\n\n**Validates: 1.2**\n";
        for fences in [
            "```mermaid\ngraph TD\nA --> B\n```typescript\nconst a = 1;\n```\n",
            "```mermaid\ngraph TD\n\n```rust\nfn a() {}\n```\n\nwords\n\n```json\n{}\n```\n",
        ] {
            let text = Text::new(format!("# D\n\n{fences}\n{below}"));
            let design = Design::parse(&text, &Document::parse(&text));
            let numbers = design.properties.iter().map(|one| one.number.as_str());
            assert_eq!(numbers.collect::<Vec<_>>(), ["1", "2"], "{fences}");
            let validated = design.properties.iter().map(|one| one.validates.len());
            assert_eq!(validated.collect::<Vec<_>>(), [1, 1], "{fences}");
        }
    }

    #[test]
    fn properties_in_every_form() {
        for (source, expected) in [
            (
                "### Property 1: Round trip\n\n*For any* x, y.\n\n**Validates: Requirements 1.2, 1.3**\n",
                vec!["1 Round trip [Requirements 1.2|1.3]"],
            ),
            (
                "### Property 1\n**Validates: Requirements 1.2**\n\n### Property 2: B\n",
                vec!["1  [Requirements 1.2]", "2 B []"],
            ),
            (
                "#### Property 1.2 - A\n- **Validates:** 1.2\n",
                vec!["1.2 A [1.2]"],
            ),
            (
                "### 属性 1：往返\n**验证：需求 1.2**\n",
                vec!["1 往返 [需求 1.2]"],
            ),
            (
                "### プロパティ 1: 往復\n**検証: 要件 1.2**\n",
                vec!["1 往復 [要件 1.2]"],
            ),
            ("### 속성 1: 왕복\n", vec!["1 왕복 []"]),
            ("### Свойство 1: Обмен\n", vec!["1 Обмен []"]),
            ("### Propriedade 1: Ida\n", vec!["1 Ida []"]),
            ("### Propiedad 1: Ida\n", vec!["1 Ida []"]),
            ("### P1: Round trip\n", vec!["P1 Round trip []"]),
            (
                "## Properties\n\n**Property 1: A**\n\n**Validates: 1.2**\n\n**Property 2: B**\n",
                vec!["1 A [1.2]", "2 B []"],
            ),
            (
                "- **Property 1: A**\n  **Validates: 1.2**\n",
                vec!["1 A [1.2]"],
            ),
            (
                "Property 1: Bug Condition - Works\n\n_For any_ input a, it SHALL work.\n\n**Validates: Requirements 2.1**\n\n\
                 Property 2: Preservation - Stays\n\n**Validates: Requirements 3.1, 3.2**\n",
                vec![
                    "1 Bug Condition - Works [Requirements 2.1]",
                    "2 Preservation - Stays [Requirements 3.1|3.2]",
                ],
            ),
            (
                "_Property 1: A_\n\n属性 2：乙\n\nプロパティ 3: 丙\n\n속성 4: 정\n\nСвойство 5: Д\n\nPropiedad 6: E\n",
                vec![
                    "1 A []", "2 乙 []", "3 丙 []", "4 정 []", "5 Д []", "6 E []",
                ],
            ),
            (
                "### Property 1: A\n### Property 2: B\n## Tests\n\nProperty 1: with Hypothesis\n\n- Property 3: none\n\n**Property 2: B** by hand\n",
                vec!["1 A []", "2 B []"],
            ),
            (
                "## Correctness Properties\n\n- Property 1: A\n  - Validates: 1.1\n- Property 2: B\n",
                vec!["1 A [1.1]", "2 B []"],
            ),
            (
                "The rule of Property 1: it holds.\n\nProperty 1 holds for all x.\n",
                vec![],
            ),
            (
                "### Property-Based Tests\n### Property Reflection\n### Phase 1: A\n",
                vec![],
            ),
        ] {
            assert_eq!(drawn(source), expected, "{source:?}");
        }
    }

    #[test]
    fn what_a_property_validates_in_other_words() {
        for (source, expected) in [
            ("### Property 1: T (Req 1, AC 1)\n", "1 T [Req 1, AC 1]"),
            (
                "### Property 1: T (Requirements 1.1, 1.2)\n",
                "1 T [Requirements 1.1|1.2]",
            ),
            ("### Property 1: T (Validates: Req 1.1)\n", "1 T [Req 1.1]"),
            ("### Property 1: T [1.1, 1.2]\n", "1 T [1.1|1.2]"),
            ("### 属性 1：往返（需求 1.2）\n", "1 往返 [需求 1.2]"),
            ("### Property 1: T (3 times)\n", "1 T (3 times) []"),
            ("### Property 1: T (S3)\n", "1 T (S3) []"),
            (
                "### Property 1: T (requirement 1 is done)\n",
                "1 T (requirement 1 is done) []",
            ),
            ("### Property 1: T\n- **Criteria:** 1.1\n", "1 T [1.1]"),
            (
                "### Property 1: T\n**Acceptance Criteria**: 1.1, 1.2\n",
                "1 T [1.1|1.2]",
            ),
            ("### Property 1: T\n- **Criteria:** 3 tries\n", "1 T []"),
            ("### Property 1: T\n- **受け入れ基準:** 1.1\n", "1 T [1.1]"),
            (
                "### Property 1: T\n\nDerived from: Requirements 1 (AC 1)\n",
                "1 T [Requirements 1 (AC 1]",
            ),
            (
                "### Property 1: T\n**Derived from:** Requirement 2\n",
                "1 T [Requirement 2]",
            ),
            (
                "### Property 1: T\n*Requirements 1.1, 1.2.*\n",
                "1 T [Requirements 1.1|1.2]",
            ),
            (
                "### Property 1: T\n(Requirements 1.1 and 1.2)\n",
                "1 T [Requirements 1.1|1.2]",
            ),
            (
                "### Property 1: T\n**Validates Requirements 1.1**\n",
                "1 T [1.1]",
            ),
            ("### Property 1: T\n→ 验证需求 1.1\n", "1 T [1.1]"),
            ("### Property 1: T\nRequirement 1.1 says so.\n", "1 T []"),
            ("### Property 1: T\nValidates that 1.1 holds.\n", "1 T []"),
        ] {
            assert_eq!(drawn(source), [expected], "{source:?}");
        }
    }

    #[test]
    fn what_a_property_states_is_its_first_paragraph_that_is_no_field() {
        for (source, expected) in [
            (
                "### Property 1: A\n\n*For any* x,\ny holds.\n\n**Validates: 1.2**\n",
                Some("*For any* x,\ny holds."),
            ),
            (
                "### Property 1: A\n**Validates: 1.2**\n\nText.\n",
                Some("Text."),
            ),
            ("### Property 1: A\n- item\n## Next\ntext\n", None),
            (
                "### Property 1: A\n*Requirements 1.1*\n\nText.\n",
                Some("Text."),
            ),
            (
                "Property 1: A\nFor any x.\n**Validates: 1.2**\n",
                Some("For any x."),
            ),
            (
                "**Property 1: A** For any x.\n\nText.\n",
                Some("For any x."),
            ),
            (
                "- **Property 1: A**\n  For any x.\n  **Validates: 1.2**\n",
                Some("For any x."),
            ),
        ] {
            let text = Text::new(source);
            let design = Design::parse(&text, &Document::parse(&text));
            let stated = design.properties[0]
                .statement
                .map(|span| text.lossy(span).into_owned());
            assert_eq!(stated.as_deref(), expected, "{source:?}");
        }
    }

    #[test]
    fn figures() {
        let text = Text::new(
            "```mermaid\ngraph TD\n```\n\n| a |\n|---|\n\n~~~ts {1}\nx\n~~~\n\n    indented\n",
        );
        let design = Design::parse(&text, &Document::parse(&text));
        let drawn: Vec<_> = design
            .figures
            .iter()
            .map(|figure| {
                (
                    figure.kind,
                    text.lossy(figure.language).into_owned(),
                    figure.line,
                )
            })
            .collect();
        let expected = [
            (FigureKind::Diagram, "mermaid", 0),
            (FigureKind::Table, "", 4),
            (FigureKind::Code, "ts", 7),
            (FigureKind::Code, "", 11),
        ];
        assert_eq!(
            drawn,
            expected.map(|(kind, language, line)| (kind, language.to_owned(), line))
        );
    }
}
