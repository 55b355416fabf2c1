//! The properties of a design: where each begins, what it states and what it validates.

use std::collections::HashSet;
use std::ops::Range;

use super::Property;
use crate::markdown::{Block, BlockKind, Document, list_line};
use crate::spec::aliases::INDEX;
use crate::spec::id::{id_key, read_id};
use crate::spec::outline::Section;
use crate::spec::references::{
    Field, Reference, bracketed_references, find_fields, line_references, read_references,
};
use crate::spec::source_str::SourceStr;
use crate::text::{Span, Text};

/// How the beginning of a property is set, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `### Property 1: Round trip`.
    Heading,
    /// `**Property 1: Round trip**`, a paragraph or an item.
    Bold,
    /// `Property 1: Round trip`, as the template for bug fixes has it.
    Plain,
}

/// A line that names a property.
#[derive(Clone, Copy)]
struct Start<'a> {
    form: Form,
    number: SourceStr<'a>,
    title: SourceStr<'a>,
    /// What stands behind a title in bold.
    behind: SourceStr<'a>,
    line: usize,
    end_line: usize,
}

/// Reads the properties in the given lines. A number that a heading has given to one is not given
/// again by a paragraph, which speaks of it then.
pub(super) fn properties(
    text: &Text,
    document: &Document,
    outline: &[Section],
    lines: &Range<usize>,
) -> Vec<Property> {
    let mut starts: Vec<Start> = outline
        .iter()
        .filter_map(|section| headed(text, section))
        .collect();
    let set = set_in_text(text, document, outline, lines);
    for form in [Form::Bold, Form::Plain] {
        let mut known: HashSet<String> = starts
            .iter()
            .map(|start| id_key(start.number.text))
            .collect();
        let alone = form == Form::Bold && starts.is_empty();
        let new = set.iter().filter(|start| start.form == form);
        let new = new.filter(|start| alone || is_new(start, &mut known));
        starts.extend(new);
    }
    starts.sort_by_key(|start| start.line);
    end_at_the_next(&mut starts);
    starts
        .iter()
        .map(|start| property(text, document, start))
        .collect()
}

/// Returns whether a property beside those of a surer form is one that they do not have. A bare
/// `P1` may then be a priority.
fn is_new(start: &Start<'_>, known: &mut HashSet<String>) -> bool {
    !start.number.text.starts_with('P') && known.insert(id_key(start.number.text))
}

fn end_at_the_next(starts: &mut [Start<'_>]) {
    for index in 1..starts.len() {
        let next = starts[index].line;
        if starts[index].form != Form::Heading {
            starts[index - 1].end_line = starts[index - 1].end_line.min(next);
        }
    }
}

fn headed<'a>(text: &'a Text, section: &Section) -> Option<Start<'a>> {
    let [number, title, behind] = property_title(SourceStr::read(text, section.title))?;
    Some(Start {
        form: Form::Heading,
        number,
        title,
        behind,
        line: section.line,
        end_line: section.end_line,
    })
}

/// Finds the properties that begin in paragraphs and items, each up to the next heading.
fn set_in_text<'a>(
    text: &'a Text,
    document: &Document,
    outline: &[Section],
    lines: &Range<usize>,
) -> Vec<Start<'a>> {
    let inside = document
        .blocks
        .iter()
        .filter(|block| lines.contains(&block.first_line));
    inside
        .filter_map(|block| {
            let start = set_in_block(text, outline, block)?;
            let next = outline.partition_point(|section| section.line <= block.first_line);
            let end_line = outline.get(next).map_or(lines.end, |section| section.line);
            Some(Start { end_line, ..start })
        })
        .collect()
}

/// Reads the first line of a block as the beginning of a property. An item without emphasis is one
/// only in a section for properties, for plans of tests list them as well.
fn set_in_block<'a>(text: &'a Text, outline: &[Section], block: &Block) -> Option<Start<'a>> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return None;
    }
    let content = text.lines()[block.first_line].content;
    let span = list_line(text.bytes(), content).map_or(content, |line| line.text);
    let piece = SourceStr::read(text, span).trim();
    let form = if piece.text.starts_with("**") || piece.text.starts_with("__") {
        Form::Bold
    } else {
        Form::Plain
    };
    let [number, title, behind] = property_title(piece)?;
    if form == Form::Plain
        && !(is_announced(piece, number)
            && (block.kind == BlockKind::Paragraph
                || is_among_properties(text, outline, block.first_line)))
    {
        return None;
    }
    Some(Start {
        form,
        number,
        title,
        behind,
        line: block.first_line,
        end_line: block.end_line,
    })
}

/// Returns whether a text begins with the word for a property, a number and a colon.
fn is_announced(piece: SourceStr<'_>, number: SourceStr<'_>) -> bool {
    let behind = piece.after(number.span().end.saturating_sub(piece.span().start));
    let begins = INDEX
        .property
        .word_length(piece.trim_start_of(&['*', '_']).text)
        .is_some();
    begins
        && behind
            .trim_start_of(&['*', '_', ' '])
            .text
            .starts_with([':', '：'])
}

/// Returns whether a line stands below a heading for properties.
fn is_among_properties(text: &Text, outline: &[Section], line: usize) -> bool {
    outline
        .iter()
        .filter(|section| (section.line..section.end_line).contains(&line))
        .any(|section| {
            INDEX
                .property
                .has_label(SourceStr::read(text, section.title).text)
        })
}

/// Measures the letters that stand for the word before a number: `CP1`, `CP-1`.
fn letters(text: &str) -> Option<usize> {
    const LETTERS: &str = "CP";
    let behind = text.strip_prefix(LETTERS)?;
    let number = behind.strip_prefix('-').unwrap_or(behind);
    number
        .starts_with(|first: char| first.is_ascii_digit())
        .then_some(LETTERS.len())
}

/// Reads the number of a property, its title, and what stands behind a title in bold:
/// `Property 1: Round trip`, `属性 1：往返`, `P1: Round trip`, `CP1: Round trip`, `**Property 1: A** for any x`.
fn property_title(title: SourceStr<'_>) -> Option<[SourceStr<'_>; 3]> {
    let start = title.map(|text| text.trim_start_matches(|char: char| !char.is_alphanumeric()));
    let word = INDEX.property.word_length(start.text);
    let word = word.or_else(|| letters(start.text));
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
    let [words, rest] = parted_at_bold(title, behind);
    parted.then(|| [number.before(shape.length), words, rest])
}

/// Parts what stands behind a number into the title and what is behind the mark that closes the
/// title, if one opened before the number.
fn parted_at_bold<'a>(whole: SourceStr<'a>, behind: SourceStr<'a>) -> [SourceStr<'a>; 2] {
    let signs: &[char] = &[':', '：', '.', ')', '*', ' ', '-', '–', '—'];
    let marks: &[char] = match whole.text.starts_with('_') {
        true => &['*', '_', ' '],
        false => &['*', ' '],
    };
    let trimmed = |piece: SourceStr<'a>| {
        piece
            .trim_start_of(signs)
            .map(|text| text.trim_end_matches(marks))
    };
    let closing = if whole.text.starts_with("**") {
        behind.text.find("**")
    } else {
        None
    };
    let nothing = behind.after(behind.text.len());
    let Some(closing) = closing else {
        return [trimmed(behind), nothing];
    };
    let (title, rest) = (
        trimmed(behind.before(closing)),
        trimmed(behind.after(closing)),
    );
    if title.is_empty() {
        [rest, nothing]
    } else {
        [title, rest]
    }
}

fn property(text: &Text, document: &Document, start: &Start) -> Property {
    let told = Told::of(text, document, start);
    Property {
        number: start.number.text.to_owned(),
        written: start.number.span(),
        title: told.title,
        statement: statement(text, document, start, &told.lines),
        line: start.line,
        end_line: start.end_line,
        validates: told.references,
    }
}

/// What the lines of a property name.
struct Told {
    /// The title without what it names in brackets at its end.
    title: Span,
    references: Vec<Reference>,
    /// The lines that say nothing else.
    lines: HashSet<usize>,
}

impl Told {
    fn of(text: &Text, document: &Document, start: &Start) -> Self {
        let mut told = Self {
            title: start.title.span(),
            references: Vec::new(),
            lines: HashSet::new(),
        };
        if let Some((title, references)) = bracketed_references(start.title) {
            (told.title, told.references) = (title.span(), references);
        }
        let fields = find_fields(text, start.line..start.end_line);
        for line in start.line..start.end_line {
            if !is_code(document, line) {
                told.take_line(text, line, start, &fields);
            }
        }
        told
    }

    /// Takes what one line names: its fields, else the references that it is.
    fn take_line(&mut self, text: &Text, line: usize, start: &Start, fields: &[Field]) {
        let first = fields.partition_point(|field| field.line < line);
        let count = fields[first..].partition_point(|field| field.line == line);
        let of_line = &fields[first..first + count];
        let naming: Vec<_> = of_line
            .iter()
            .filter(|field| field.kind.names_requirements())
            .flat_map(|field| read_references(text, field.body))
            .collect();
        if !naming.is_empty() || line > start.line && !of_line.is_empty() {
            self.lines.insert(line);
        }
        if naming.is_empty() && line > start.line {
            let Some(references) = line_references(text, line) else {
                return;
            };
            self.lines.insert(line);
            self.references.extend(references);
            return;
        }
        self.references.extend(naming);
    }
}

fn is_code(document: &Document, line: usize) -> bool {
    document
        .block_at(line)
        .is_some_and(|block| document.blocks[block].kind == BlockKind::Code)
}

/// Finds what a property states: what stands behind its title in bold, the further lines of its
/// first paragraph, or the first paragraph below that is none of the lines that name something.
fn statement(
    text: &Text,
    document: &Document,
    start: &Start,
    naming: &HashSet<usize>,
) -> Option<Span> {
    if !start.behind.is_empty() && !naming.contains(&start.line) {
        return Some(start.behind.span());
    }
    let first = document
        .blocks
        .partition_point(|block| block.end_line <= start.line);
    let below = document.blocks[first..]
        .iter()
        .take_while(|block| block.first_line < start.end_line);
    below
        .filter(|block| block.kind == BlockKind::Paragraph || block.first_line == start.line)
        .find_map(|block| lines_before_fields(text, block, start, naming))
}

/// Returns what a block says from the line behind the title on, up to the first line that names
/// something.
fn lines_before_fields(
    text: &Text,
    block: &Block,
    start: &Start,
    naming: &HashSet<usize>,
) -> Option<Span> {
    let first = block.first_line.max(start.line + 1);
    let end = (first..block.end_line)
        .find(|line| naming.contains(line))
        .unwrap_or(block.end_line);
    let lines = text.lines().get(first..end)?;
    let span = Span::new(lines.first()?.content.start, lines.last()?.content.end);
    let piece = SourceStr::read(text, span).trim();
    (!piece.is_empty()).then(|| piece.span())
}
