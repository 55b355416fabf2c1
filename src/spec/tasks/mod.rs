//! The items of a tasks.md, or of the Tasks section of a spec.md: tasks and checklists with their
//! hierarchy.
//!
//! The definitions of item, task, checklist, parent, optional and counted are those of the
//! project's description of the format; a reader finds each in the file named for it.

mod asides;
mod checklist;
mod counting;
mod groups;
mod hierarchy;
mod inherit;
mod number;
mod parts;
mod phases;
mod title;
mod unread;

pub use parts::line_parts;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::references::{
    Field, FieldKind, begins_with_field, find_fields, heading_fields, listed_field, read_references,
};
use crate::markdown::{
    Block, BlockKind, Checkbox, Document, Fault, State, heading_text, list_line, state_of,
};
use crate::text::{Span, Text};

/// Whether an item is work to do or a box in a list of criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// Work to do.
    Task,
    /// An unnumbered item below a heading such as *Success Criteria*.
    Checklist,
}

/// One checkbox item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Task or checklist.
    pub kind: ItemKind,
    /// Index of its line, from 0.
    pub line: usize,
    /// Index behind the last line of its title, which may go on in further lines.
    pub title_end: usize,
    /// The lines of its details, up to the next item or heading, without blank lines at the end.
    pub details: Range<usize>,
    /// How far its bullet is indented, in columns.
    pub indent: usize,
    /// The bytes between the brackets: none or one character.
    pub marker: Span,
    /// What the marker means.
    pub state: State,
    /// The number as written, without a final dot or colon: `2.1`, `CK-0.1`, `7.4b`. Full-width
    /// digits are plain ones here.
    pub number: Option<String>,
    /// The title as one line, without the number and without what was read as a reference.
    pub title: String,
    /// The task's own star, in whichever of its four spellings.
    pub star: Option<Span>,
    /// Where a star goes in or comes out, and in which spelling the number has it.
    pub number_span: Option<Span>,
    /// Whether it has a star or an optional ancestor.
    pub optional: bool,
    /// Whether its title still holds a placeholder of a template, `{{…}}`: nobody does that.
    pub template: bool,
    /// Whether it counts for progress: required, no template, and without a required child.
    pub counted: bool,
    /// Index of the parent in [`Tasks::items`].
    pub parent: Option<usize>,
    /// How many ancestors it has.
    pub depth: usize,
    /// Whether any task has it as parent.
    pub has_children: bool,
    /// The last task that has it as parent, as an index.
    pub last_child: Option<usize>,
    /// The last task below it, at any depth, or itself, as an index.
    pub last_below: usize,
    /// Labelled details such as `_Requirements: 1.1_`, in order; then the references of the phases
    /// around it, the nearest first.
    pub fields: Vec<Field>,
}

impl Task {
    /// Returns the references to requirements, as written, each once.
    pub fn references(&self, text: &Text) -> Vec<String> {
        let named = self
            .fields
            .iter()
            .filter(|field| field.kind.names_requirements());
        let mut seen = HashSet::new();
        named
            .flat_map(|field| read_references(text, field.body))
            .map(|reference| reference.written(text).into_owned())
            .filter(|written| seen.insert(written.clone()))
            .collect()
    }

    /// Returns whether it may be done beside its neighbours, as cc-sdd's `(P)` says.
    pub fn is_side_by_side(&self) -> bool {
        self.title.starts_with(number::SIDE_BY_SIDE)
    }
}

/// A heading of a task list: a phase, where tasks stand below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Index of its line, from 0.
    pub line: usize,
    /// Level from 1 to 6.
    pub level: u8,
    /// Its text.
    pub title: String,
    /// How many items stand directly below it, before the next heading.
    pub items: usize,
    /// References to requirements that belong to no item, as people write them below a heading that
    /// is a task to them. They hold for all items of the phase; below the title of the document
    /// only for those before the next heading.
    pub references: Vec<Field>,
    /// The number of a heading that is a task to its author: `T-001`, `2`.
    pub number: Option<String>,
    /// The labels that say which tasks come before those of the phase: `**Depends:** T-001`.
    pub depends: Vec<Field>,
    /// What the heading itself names: `## Task 1: Login (Requirement 1)`. It holds for those items
    /// of the phase that name nothing themselves.
    pub heading: Vec<Field>,
}

/// All items of a document, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tasks {
    /// Tasks and checklist items.
    pub items: Vec<Task>,
    /// All headings.
    pub phases: Vec<Phase>,
    /// The lines of merge conflicts, in which nothing is changed.
    pub conflicts: Vec<Range<usize>>,
    /// What looks like a task and is none.
    pub faults: Vec<Fault>,
    /// How many lines look like tasks that are left, and are none. While there are some, nobody can
    /// say that all is done.
    pub unread: usize,
}

impl Tasks {
    /// Reads all items of `document`, which was cut from `text`.
    pub fn parse(text: &Text, document: &Document) -> Self {
        Self::parse_lines(text, document, 0..text.lines().len())
    }

    /// Reads the items within `lines` of `document`.
    pub fn parse_lines(text: &Text, document: &Document, lines: Range<usize>) -> Self {
        let mut reader = Reader {
            text,
            checklist: checklist::Scope::default(),
            tasks: Self::default(),
            label: None,
            bare: Vec::new(),
            asides: Vec::new(),
        };
        for block in document
            .blocks
            .iter()
            .filter(|block| lines.contains(&block.first_line))
        {
            reader.take(block);
        }
        let mut tasks = reader.tasks;
        for item in &mut tasks.items {
            close_details(text, item);
        }
        counting::settle(&mut tasks.items, &tasks.phases, reader.bare);
        hierarchy::connect(&mut tasks.items);
        asides::give(&mut tasks.items, reader.asides);
        groups::part(text, &mut tasks.items, &tasks.phases);
        inherit::hand_down(&mut tasks);
        let boxes: Vec<usize> = tasks.items.iter().map(|item| item.line).collect();
        let unread = unread::Unread::find(text, document, lines, &boxes);
        (tasks.faults, tasks.unread) = (unread.faults, unread.open);
        // There are many items, with few fields each.
        tasks.items.shrink_to_fit();
        let fields = tasks.items.iter_mut().map(|item| &mut item.fields);
        fields.for_each(Vec::shrink_to_fit);
        let conflicts = document.conflicts.iter();
        tasks.conflicts = conflicts.map(|conflict| conflict.lines.clone()).collect();
        tasks
    }

    /// Returns for each item how a command line names it alone: by its number, by its line where it
    /// has none, and by both where another has the number too.
    pub fn addresses(&self) -> Vec<String> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for number in self.items.iter().filter_map(|item| item.number.as_deref()) {
            *counts.entry(number).or_default() += 1;
        }
        let address = |item: &Task| match item.number.as_deref() {
            Some(number) if counts[number] == 1 => number.to_owned(),
            number => format!("{}:{}", number.unwrap_or_default(), item.line + 1),
        };
        self.items.iter().map(address).collect()
    }

    /// Returns the lines of the merge conflict around the line with index `line`.
    pub fn conflict_at(&self, line: usize) -> Option<&Range<usize>> {
        self.conflicts
            .iter()
            .find(|conflict| conflict.contains(&line))
    }

    /// Finds the item on the line with index `line`.
    pub fn at_line(&self, line: usize) -> Option<usize> {
        self.items
            .binary_search_by_key(&line, |item| item.line)
            .ok()
    }

    /// Finds the item to which the line with index `line` belongs: with its title or its details.
    pub fn around_line(&self, line: usize) -> Option<usize> {
        let at = self
            .items
            .partition_point(|item| item.line <= line)
            .checked_sub(1)?;
        let item = &self.items[at];
        (line < item.details.end.max(item.title_end)).then_some(at)
    }

    /// Returns the indices of the tasks that have `parent` as their parent.
    pub fn children(&self, parent: usize) -> impl Iterator<Item = usize> + '_ {
        let last = self.items[parent].last_child.unwrap_or(parent);
        (parent + 1..last + 1).filter(move |index| self.items[*index].parent == Some(parent))
    }

    /// Returns the indices of a task and of everything below it.
    pub fn subtree(&self, root: usize) -> Vec<usize> {
        let all = root..self.items[root].last_below + 1;
        let mut inside = vec![false; all.len()];
        for index in all.clone() {
            // A parent stands before its children.
            let parent = self.items[index].parent;
            let above = parent.and_then(|parent| parent.checked_sub(root));
            inside[index - root] = index == root || above.is_some_and(|above| inside[above]);
        }
        all.filter(|index| inside[index - root]).collect()
    }

    /// Returns whether a task is not done though all its required children are, and there is one.
    pub fn can_be_closed(&self, parent: usize) -> bool {
        let mut required = self
            .children(parent)
            .map(|child| &self.items[child])
            .filter(|child| !child.optional && !child.template)
            .peekable();
        let any = required.peek().is_some();
        any && self.items[parent].state != State::Done
            && required.all(|child| child.state == State::Done)
    }

    /// Returns the tasks above a task, the nearest first.
    pub fn above(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.items[index].parent, |above| self.items[*above].parent)
    }
}

/// What is known while the blocks go by.
struct Reader<'a> {
    text: &'a Text,
    checklist: checklist::Scope,
    tasks: Tasks,
    /// A label of references with nothing behind it: a list may follow.
    label: Option<Field>,
    /// The items whose numbers only their place tells from words.
    bare: Vec<counting::Bare>,
    /// Fields that stand exactly as far in as the item before them.
    asides: Vec<asides::Aside>,
}

impl Reader<'_> {
    fn take(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading(level) => self.take_heading(block, level),
            BlockKind::Item => self.take_item(block),
            _ => {}
        }
        if self.is_task(block) {
            return;
        }
        let fields = self.fields(block);
        if self.extend_details(block) && !self.is_outside(block) {
            self.give_to_item(block, fields);
        } else if let Some(phase) = self.tasks.phases.last_mut() {
            phase.references.extend(
                fields
                    .iter()
                    .filter(|field| field.kind.names_requirements()),
            );
            phase.depends.extend(
                fields
                    .iter()
                    .filter(|field| field.kind == FieldKind::Depends),
            );
        }
    }

    /// Gives fields of details to the last item, or lays them aside where they may be its parent's.
    fn give_to_item(&mut self, block: &Block, fields: Vec<Field>) {
        let Some(item) = self.tasks.items.len().checked_sub(1) else {
            return;
        };
        let last = &mut self.tasks.items[item];
        let content = self.text.lines()[block.first_line].content;
        let indent = match block.kind {
            BlockKind::Item => list_line(self.text.bytes(), content).map(|line| line.indent),
            BlockKind::Paragraph => Some(
                self.text
                    .slice(content)
                    .iter()
                    .take_while(|byte| **byte == b' ')
                    .count(),
            ),
            _ => None,
        };
        if last.indent > 0 && indent == Some(last.indent) && !fields.is_empty() {
            self.asides.push(asides::Aside { item, fields });
        } else {
            last.fields.extend(fields);
        }
    }

    fn is_task(&self, block: &Block) -> bool {
        self.tasks
            .items
            .last()
            .is_some_and(|item| item.line == block.first_line)
    }

    /// Returns whether a block is a bullet that stands further out than every item since the last
    /// heading: then it is about what the heading says.
    fn is_outside(&self, block: &Block) -> bool {
        let Some(phase) = self
            .tasks
            .phases
            .last()
            .filter(|phase| phase.items > 0 && block.kind == BlockKind::Item)
        else {
            return false;
        };
        let line = list_line(
            self.text.bytes(),
            self.text.lines()[block.first_line].content,
        );
        line.is_some_and(|line| {
            self.tasks
                .items
                .iter()
                .rev()
                .take(phase.items)
                .all(|item| item.indent > line.indent)
        })
    }

    /// Finds the fields of a block of text; nothing in code, comments and tables. Behind a label of
    /// references that stands alone, each item that begins with one is such a field too.
    fn fields(&mut self, block: &Block) -> Vec<Field> {
        let lines = block.first_line..block.end_line;
        let found = match block.kind {
            BlockKind::Blank => return Vec::new(),
            BlockKind::Item
            | BlockKind::Paragraph
            | BlockKind::Other
            | BlockKind::Quote
            | BlockKind::Html => find_fields(self.text, lines),
            _ => Vec::new(),
        };
        let label = if found.is_empty() && block.kind == BlockKind::Item {
            self.label
        } else {
            None
        };
        if let Some(field) =
            label.and_then(|label| listed_field(self.text, block.first_line, label))
        {
            return vec![field];
        }
        self.label = found
            .last()
            .copied()
            .filter(|field| field.kind.names_requirements() && field.body.is_empty());
        found
    }

    fn take_heading(&mut self, block: &Block, level: u8) {
        let first = self.text.lines()[block.first_line].content;
        let span = heading_text(self.text.bytes(), first);
        let (title, heading) = (
            self.text.lossy(span).into_owned(),
            heading_fields(self.text, span, block.first_line),
        );
        self.checklist.enter(level, &title);
        let number = number::split(self.text.bytes(), span)
            .number
            .map(|number| self.text.lossy(number).into_owned());
        let (references, depends) = (Vec::new(), Vec::new());
        self.tasks.phases.push(Phase {
            line: block.first_line,
            level,
            title,
            items: 0,
            references,
            number,
            depends,
            heading,
        });
    }

    fn take_item(&mut self, block: &Block) {
        let first = self.text.lines()[block.first_line].content;
        let Some(found) = list_line(self.text.bytes(), first) else {
            return;
        };
        let Some(checkbox) = found.checkbox else {
            return;
        };
        let head = number::split(self.text.bytes(), found.text);
        if self.is_word_in_brackets(&checkbox, &head) {
            return;
        }
        self.label = None;
        if let Some(phase) = self.tasks.phases.last_mut() {
            phase.items += 1;
        }
        let task = self.task(block, found.indent, &checkbox, &head);
        if head.sign == number::Sign::Place {
            let plain = number::unnumbered(found.text);
            self.bare.push(counting::Bare {
                item: self.tasks.items.len(),
                kind: self.kind(&plain),
                title: self.task(block, found.indent, &checkbox, &plain).title,
            });
        }
        self.tasks.items.push(task);
    }

    /// Returns whether a letter or a digit in brackets before a text without a number is no marker,
    /// but a part of the text: `- [P] can run in parallel`, `- [1] a footnote`.
    fn is_word_in_brackets(&self, checkbox: &Checkbox, head: &number::Head) -> bool {
        let marker = self.text.slice(checkbox.marker);
        let is_letter = self
            .text
            .lossy(checkbox.marker)
            .chars()
            .all(|char| char.is_numeric() || char.is_lowercase() || char.is_uppercase());
        let is_unnumbered = head.number.is_none() || head.sign == number::Sign::Place;
        is_unnumbered && !marker.is_empty() && is_letter && state_of(marker) == State::Other
    }

    fn kind(&self, head: &number::Head) -> ItemKind {
        if head.number.is_none() && self.checklist.is_inside() {
            ItemKind::Checklist
        } else {
            ItemKind::Task
        }
    }

    /// Makes a task of an item with the given checkbox and head.
    fn task(&self, block: &Block, indent: usize, checkbox: &Checkbox, head: &number::Head) -> Task {
        let (text, line) = (self.text, block.first_line);
        let title_end = title_end(text, block);
        let rest = line + 1..title_end;
        let mut fields = find_fields(text, line..block.end_line);
        let bracketed = title::bracketed(text, head, line, rest.clone());
        let cut = bracketed.and_then(|(_, cut)| cut);
        let title = title::title(text, head, rest, &fields, cut);
        fields.extend(bracketed.map(|(field, _)| field));
        let number = head.number.map(|span| text.lossy(span));
        Task {
            kind: self.kind(head),
            line,
            title_end,
            details: title_end..block.end_line,
            indent,
            marker: checkbox.marker,
            state: state_of(text.slice(checkbox.marker)),
            number: number.map(|number| number::plain(&number)),
            template: is_template(&title),
            title,
            star: checkbox.star.or(head.star),
            number_span: head.number,
            optional: false,
            counted: false,
            parent: None,
            depth: 0,
            has_children: false,
            last_child: None,
            last_below: 0,
            fields,
        }
    }

    /// Lets the details of the last item go on over a block that belongs to it; says whether it
    /// does.
    fn extend_details(&mut self, block: &Block) -> bool {
        let Some(item) = self.tasks.items.last_mut() else {
            return false;
        };
        let follows = item.details.end == block.first_line;
        let indented = self.text.slice(block.span).starts_with(b" ")
            || self.text.slice(block.span).starts_with(b"\t");
        let belongs = match block.kind {
            BlockKind::Item | BlockKind::Blank => true,
            BlockKind::Heading(_) | BlockKind::FrontMatter => false,
            BlockKind::Rule => indented,
            _ => indented || !self.text.lines()[block.first_line - 1].content.is_empty(),
        };
        if follows && belongs {
            item.details.end = block.end_line;
        }
        follows && belongs
    }
}

/// Returns the index behind the last line of an item's title: it goes on until a line begins with a
/// field.
fn title_end(text: &Text, block: &Block) -> usize {
    let rest = block.first_line + 1..block.end_line;
    rest.clone()
        .find(|line| begins_with_field(text, *line))
        .unwrap_or(rest.end)
}

/// Returns whether a title holds a placeholder of a template, outside of code.
fn is_template(title: &str) -> bool {
    let mut words = title.split('`').step_by(2);
    words.any(|words| {
        let inside = words.split_once("{{").map(|(_, inside)| inside);
        inside.is_some_and(|inside| inside.contains("}}"))
    })
}

/// Takes blank lines off the end of the details.
fn close_details(text: &Text, item: &mut Task) {
    while !item.details.is_empty()
        && text
            .slice(text.lines()[item.details.end - 1].content)
            .trim_ascii()
            .is_empty()
    {
        item.details.end -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn parsed(source: &str) -> (Text, Tasks) {
        let text = Text::new(source);
        let tasks = Tasks::parse(&text, &Document::parse(&text));
        (text, tasks)
    }

    /// Draws each item as `state number* title <parent`, checklists with `c`, counted ones with
    /// `#`.
    fn drawn(source: &str) -> Vec<String> {
        let (text, tasks) = parsed(source);
        let draw = |task: &Task| {
            let parent = task
                .parent
                .map(|parent| format!(" <{}", tasks.items[parent].line + 1))
                .unwrap_or_default();
            let (number, star) = (
                task.number.as_deref().unwrap_or("–"),
                if task.optional { "*" } else { "" },
            );
            let kind = if task.kind == ItemKind::Checklist {
                "c "
            } else {
                ""
            };
            let counted = if task.counted { "#" } else { "" };
            format!(
                "{kind}[{}] {number}{star} {}{parent}{counted}",
                text.lossy(task.marker),
                task.title
            )
        };
        tasks.items.iter().map(draw).collect()
    }

    #[test]
    fn the_plan_of_the_format_description() {
        let source = "# Implementation Plan: X\n\n## Tasks\n\n- [ ] 1. Set up\n  - [x] 1.1 Layout\n    - detail\n    - _Requirements: 1.1, 1.2_\n  - [ ]* 1.2 Property test\n    - **Validates: Requirements 2.1, 2.2**\n- [-] 2. Parser\n- [~] 3. Checkpoint\n";
        let expected = [
            "[ ] 1 Set up",
            "[x] 1.1 Layout <5#",
            "[ ] 1.2* Property test <5",
            "[-] 2 Parser#",
            "[~] 3 Checkpoint#",
        ];
        assert_eq!(drawn(source), expected);
        let (text, tasks) = parsed(source);
        assert_eq!(tasks.items[1].references(&text), ["1.1", "1.2"]);
        assert_eq!(tasks.items[1].details, 6..8);
    }

    #[test]
    fn items_are_found_only_where_they_are_meant() {
        for (source, expected) in [
            ("```\n- [ ] no\n```\n- [ ] yes\n", vec!["[ ] – yes#"]),
            (
                "| - [ ] no |\n|---|\n\n> - [ ] no\n\n### - [x] 1. no\n",
                vec![],
            ),
            ("<!--\n- [ ] no\n-->\n- [X] yes\n", vec!["[X] – yes#"]),
            (
                "- [/] a\n- [] b\n- [O] 3. c\n",
                vec!["[/] – a#", "[] – b#", "[O] 3 c#"],
            ),
            ("1. [ ] a\n2. [x] b\n", vec!["[ ] – a#", "[x] – b#"]),
            (
                "- [P] can run in parallel\n- [1] a footnote\n- [S] text\n- [O] 4 files\n- [v] a\n- [x] b\n- [完] c\n- [!] d\n",
                vec!["[x] – b#", "[完] – c#", "[!] – d#"],
            ),
            (
                "- [ ]2. Colour\n- [-]3. Print\n- [ ]\u{a0}4. a\n-\u{a0}[x] 5. b\n\n-\u{3000}[ ] 6. c\n",
                vec![
                    "[ ] 2 Colour#",
                    "[-] 3 Print#",
                    "[ ] 4 a#",
                    "[x] 5 b#",
                    "[ ] 6 c#",
                ],
            ),
            (
                "- [ ] 1-1 a\n- [ ] 第2步 b\n- [ ] ４．c\n- [ ] (P) 5. Lint\n- [ ] ✅ 6. d\n- [ ] **✅ 7.** e\n",
                vec![
                    "[ ] 1-1 a#",
                    "[ ] 2 b#",
                    "[ ] 4 c#",
                    "[ ] 5 (P) Lint#",
                    "[ ] 6 ✅ d#",
                    "[ ] 7 ✅ e#",
                ],
            ),
            (
                "\u{feff}- [ ] 1. a\r\n- [x] 2. b",
                vec!["[ ] 1 a#", "[x] 2 b#"],
            ),
        ] {
            assert_eq!(drawn(source), expected, "{source:?}");
        }
    }

    #[test]
    fn checklists_are_unnumbered_items_below_certain_headings() {
        let source = "# Plan\n- [ ] 1. a\n## ✅ 3. Success Criteria:\n- [ ] fast\n- [ ] 2. still a task\n### Quality\n- [ ] good\n## Phase 2\n- [ ] b\n## 验收标准\n- [x] c\n";
        let expected = [
            "[ ] 1 a#",
            "c [ ] – fast",
            "[ ] 2 still a task#",
            "c [ ] – good",
            "[ ] – b#",
            "c [x] – c",
        ];
        assert_eq!(drawn(source), expected);
    }

    #[test]
    fn marks_of_a_merge_conflict_are_no_part_of_a_title() {
        let (text, tasks) = parsed(
            "- [ ] 1. a\n<<<<<<< HEAD\n- [x] 2. b\n=======\n- [-] 2. b\n  goes on\n>>>>>>> main\n- [ ] 3. c\n  <<<<<<< no mark\n",
        );
        let titles: Vec<&str> = tasks.items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["a", "b", "b goes on", "c <<<<<<< no mark"]);
        assert!(tasks.phases.is_empty(), "a mark underlines no heading");
        let inside = tasks
            .items
            .iter()
            .map(|item| tasks.conflict_at(item.line).is_some());
        assert_eq!(inside.collect::<Vec<_>>(), [false, true, true, false]);
        let faults = Document::parse(&text).faults;
        let told: Vec<(usize, &str)> = faults
            .iter()
            .map(|fault| (fault.line, fault.message.as_str()))
            .collect();
        assert_eq!(
            told,
            [(
                1,
                "an unresolved merge conflict begins here, up to line 7. Keep what is right and remove its markers"
            )]
        );
    }

    #[test]
    fn a_conflict_in_a_code_block_counts_where_it_breaks_the_code() {
        for (language, count) in [("", 0), ("text", 0), ("diff", 0), ("json", 1), ("rust", 1)] {
            let text = Text::new(format!(
                "```{language}\n<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n```\n"
            ));
            assert_eq!(
                Document::parse(&text).conflicts.len(),
                count,
                "{language:?}"
            );
        }
    }

    #[test]
    fn a_detail_behind_a_tab_was_read_as_a_part_of_the_title() {
        for (source, title, details) in [
            ("- [ ] 1. a\n\t- d\n", "a", 1..2),
            ("- [ ] 1. a\r\n\t* d\r\n", "a", 1..2),
            ("- [ ] 1. a\n\t-\td\n\t1. e\n", "a", 1..3),
            ("- [ ] 1. a\n  goes on\n\t- d\n", "a goes on", 2..3),
            ("-\t[ ] 1. a\n\t- d\n", "a", 1..2),
            ("\u{feff}- [ ] 1. a\n\t- d\n", "a", 1..2),
            // More than three columns behind where a list could begin: no list, as with blanks.
            ("- [ ] 1. a\n\t\t- d\n", "a - d", 2..2),
            ("- [ ] 1. a\n        - d\n", "a - d", 2..2),
        ] {
            let (_, tasks) = parsed(source);
            let task = &tasks.items[0];
            assert_eq!(
                (&*task.title, &task.details),
                (title, &details),
                "{source:?}"
            );
        }
    }

    #[test]
    fn a_title_may_go_on_in_the_next_line() {
        let source = "- [ ] 1. A title that\n  goes on\n  _Requirements: 1.1_\n- [ ] **Task 1.1**: Bold\n- [ ] **1.2 All bold**\n";
        assert_eq!(
            drawn(source),
            [
                "[ ] 1 A title that goes on",
                "[ ] 1.1 Bold <1#",
                "[ ] 1.2 All bold <1#"
            ]
        );
        let (text, tasks) = parsed(source);
        assert_eq!(tasks.items[0].references(&text), ["1.1"]);
    }

    #[test]
    fn fields_in_code_and_comments_are_no_fields() {
        let (text, tasks) = parsed(
            "- [ ] 1. a _Requirements: 1.1_\n  ```\n  _Requirements: 2.1_\n  ```\n  <!-- _Requirements: 3.1_ -->\n\n  - **Validates: Requirements 4.1-4.3, All**\n",
        );
        assert_eq!(tasks.items[0].references(&text), ["1.1", "4.1-4.3", "All"]);
    }

    #[test]
    fn a_list_behind_a_label_alone_is_references() {
        let source = "- [ ] 1. a\n  - **Requirements:**\n    - FR-1.1: Login\n    - FR-1.2\n\n    - Python 3\n  - 9.9 is no reference\n- [ ] 2. b\n  - _Requirements:_\n- [ ] 1.1 c\n";
        let (text, tasks) = parsed(source);
        let found: Vec<_> = tasks
            .items
            .iter()
            .map(|item| item.references(&text).join(" "))
            .collect();
        assert_eq!(found, ["FR-1.1 FR-1.2", "", ""]);
    }

    #[test]
    fn an_address_names_one_item_alone() {
        let (_, tasks) = parsed("- [ ] 1. a\n- [ ] 2. b\n- [ ] c\n\n# Phase 2\n- [ ] 1. d\n");
        assert_eq!(tasks.addresses(), ["1:1", "2", ":3", "1:6"]);
    }

    #[test]
    fn details_end_where_the_next_thing_begins() {
        for (source, expected) in [
            (
                "- [ ] 1. a\n- plain detail at the same column\n- [ ] 2. b\n",
                1..2,
            ),
            (
                "- [ ] 1. a\n\n  - detail\n\n    more\n\n\n- [ ] 2. b\n",
                1..5,
            ),
            ("- [ ] 1. a\n  ```\n  code\n  ```\n\n## Notes\n- x\n", 1..4),
            ("- [ ] 1. a\n  - b\n\n---\n\n- c\n", 1..2),
            ("- [ ] 1. a\n\nText of its own.\n", 1..1),
        ] {
            assert_eq!(parsed(source).1.items[0].details, expected, "{source:?}");
        }
    }

    #[test]
    fn what_is_above_and_below_follows_the_parents() {
        let (_, tasks) = parsed(
            "- [ ] 1. a\n  - [x] 1.1 b\n    - [x] 1.1.1 c\n- [ ] 2. d\n  - [ ]* 2.1 e\n  - [x] 2.2 f\n- [ ] 1.2 g\n",
        );
        let subtrees: Vec<Vec<usize>> = (0..tasks.items.len())
            .map(|index| tasks.subtree(index))
            .collect();
        assert_eq!(
            subtrees,
            [
                vec![0, 1, 2, 6],
                vec![1, 2],
                vec![2],
                vec![3, 4, 5],
                vec![4],
                vec![5],
                vec![6]
            ]
        );
        assert_eq!(tasks.above(2).collect::<Vec<_>>(), [1, 0]);
        let closable: Vec<usize> = (0..tasks.items.len())
            .filter(|index| tasks.can_be_closed(*index))
            .collect();
        assert_eq!(
            closable,
            [3],
            "1 has an open child, 1.1 is done, 2 has only an optional one open"
        );
    }
}
