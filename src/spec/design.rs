//! A design document: its outline, its properties with what they validate, and where its figures
//! are.
//!
//! Knows no requirements: what a property validates are references still to be resolved.

use std::ops::Range;

use super::aliases::INDEX;
use super::id::read_id;
use super::outline::{Section, outline};
use super::piece::Piece;
use super::references::{Field, FieldKind, Reference, find_fields, read_references};
use crate::markdown::{Block, BlockKind, Document, list_line};
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
            let language = language(Piece::read(text, first).trim());
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
fn language(first: Piece<'_>) -> Piece<'_> {
    let info = first.map(|line| line.trim_start_matches(['`', '~']));
    if info == first {
        return first.before(0);
    }
    info.trim()
        .map(|info| info.split([' ', ',', '{']).next().unwrap_or_default())
}

/// A heading, a bold paragraph or a bold item that names a property.
struct Start {
    number: Span,
    title: Span,
    line: usize,
    end_line: usize,
}

/// Reads the properties: headings, and, where there are no such headings, bold paragraphs and
/// items.
fn properties(
    text: &Text,
    document: &Document,
    outline: &[Section],
    lines: &Range<usize>,
) -> Vec<Property> {
    let headed: Vec<Start> = outline
        .iter()
        .filter_map(|section| {
            let (number, title) = property_title(Piece::read(text, section.title))?;
            Some(Start {
                number: number.span(),
                title: title.span(),
                line: section.line,
                end_line: section.end_line,
            })
        })
        .collect();
    let starts = if headed.is_empty() {
        bold_properties(text, document, outline, lines)
    } else {
        headed
    };
    starts
        .iter()
        .map(|start| property(text, document, start))
        .collect()
}

/// Reads the number and the title of a property: `Property 1: Round trip`, `属性 1：往返`,
/// `P1: Round trip`.
fn property_title(title: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let start = title.map(|text| text.trim_start_matches(|char: char| !char.is_alphanumeric()));
    let word = INDEX.property.word_length(start.text);
    let number = match word {
        Some(length) => start
            .after(length)
            .trim_start_of(&[' ', '#', '\u{a0}', '-']),
        None => Some(start).filter(|start| {
            start.text.starts_with('P')
                && start.text[1..].starts_with(|char: char| char.is_ascii_digit())
        })?,
    };
    let shape = read_id(number.text)?;
    let behind = number.after(shape.length);
    let parted = word.is_some()
        || behind.text.starts_with([':', '：', '.'])
        || behind.text.starts_with(" -")
        || behind.text.starts_with(" —");
    let words = behind
        .trim_start_of(&[':', '：', '.', ')', '*', ' ', '-', '–', '—'])
        .map(|text| text.trim_end_matches(['*', ' ']));
    parted.then(|| (number.before(shape.length), words))
}

/// Finds properties that are set in bold, each up to the next or to the next heading.
fn bold_properties(
    text: &Text,
    document: &Document,
    outline: &[Section],
    lines: &Range<usize>,
) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    for block in document
        .blocks
        .iter()
        .filter(|block| lines.contains(&block.first_line))
    {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        let content = text.lines()[block.first_line].content;
        let span = list_line(text.bytes(), content).map_or(content, |line| line.text);
        let piece = Piece::read(text, span).trim();
        if !piece.text.starts_with("**") {
            continue;
        }
        let Some((number, title)) = property_title(piece) else {
            continue;
        };
        if let Some(last) = starts.last_mut() {
            last.end_line = last.end_line.min(block.first_line);
        }
        let heading = outline
            .iter()
            .map(|section| section.line)
            .find(|line| *line > block.first_line);
        let end_line = heading.unwrap_or(lines.end);
        starts.push(Start {
            number: number.span(),
            title: title.span(),
            line: block.first_line,
            end_line,
        });
    }
    starts
}

fn property(text: &Text, document: &Document, start: &Start) -> Property {
    let in_code = |line| {
        document
            .block_at(line)
            .is_some_and(|block| document.blocks[block].kind == BlockKind::Code)
    };
    let fields: Vec<Field> = find_fields(text, start.line..start.end_line)
        .into_iter()
        .filter(|field| !in_code(field.line))
        .collect();
    let validates = fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Validates | FieldKind::Requirements));
    Property {
        number: text.lossy(start.number).into_owned(),
        written: start.number,
        title: start.title,
        statement: statement(text, document, start, &fields),
        line: start.line,
        end_line: start.end_line,
        validates: validates
            .flat_map(|field| read_references(text, field.body))
            .collect(),
    }
}

/// Finds the first paragraph below the heading of a property that is no field.
fn statement(text: &Text, document: &Document, start: &Start, fields: &[Field]) -> Option<Span> {
    let first = document
        .blocks
        .partition_point(|block| block.first_line <= start.line);
    let below = document.blocks[first..]
        .iter()
        .take_while(|block| block.first_line < start.end_line);
    let is_field = |block: &&Block| fields.iter().any(|field| field.line == block.first_line);
    let block = below
        .filter(|block| block.kind == BlockKind::Paragraph)
        .find(|block| !is_field(block))?;
    Some(Piece::read(text, block.span).trim().span())
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
                "### Property-Based Tests\n### Property Reflection\n### Phase 1: A\n",
                vec![],
            ),
        ] {
            assert_eq!(drawn(source), expected, "{source:?}");
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
