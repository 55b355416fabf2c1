//! What the readers of documents find in real files: figures to be printed, and the least that must
//! hold.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::corpus::{corpus, find_corpus};
use crate::harness::Dice;

use specboard::markdown::{BlockKind, Document, InlineKind, inlines};
use specboard::model::{Measure, OpenFile, Overflow, Pane, PaneState, Rendered, RowKind, rows};
use specboard::prose::diagram::diagram;
use specboard::prose::line::CutMarks;
use specboard::spec::ears::Pattern;
use specboard::spec::feature::Listed;
use specboard::spec::parsed::Parsed;
use specboard::spec::references::{Resolution, Resolver, find_fields, read_references};
use specboard::spec::tasks::Tasks;
use specboard::spec::workspace::Workspace;
use specboard::spec::{Bugfix, Config, Contents, Design, Links, Requirements, SpecJson, Waves};
use specboard::store::{DocumentFile, DocumentKind, find_roots};
use specboard::text::{Line, Span, Text, clean, width};

/// Returns all files below `folder` with one of the given names in lower case, in order.
fn files(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(kind) if kind.is_file() && names.contains(&name.as_str()) => {
                    found.push(entry.path());
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_default()
}

fn read(path: &Path) -> (Text, Document) {
    let text = Text::new(bytes(path));
    let document = Document::parse(&text);
    (text, document)
}

/// Returns whether what was read should be printed whole, for comparing by eye: `SPECBOARD_PRINT`
/// is a part of the path.
fn is_wanted(path: &Path) -> bool {
    std::env::var("SPECBOARD_PRINT").is_ok_and(|part| path.to_string_lossy().contains(&part))
}

fn print_requirements(path: &Path, text: &Text, found: &Requirements) {
    let short = |span: Span| text.lossy(span).chars().take(70).collect::<String>();
    println!("== {} {}", path.display(), text.lines().len());
    for (index, requirement) in found.requirements.iter().enumerate() {
        let story = requirement.story.map(short);
        println!(
            "   R {} | {} | {story:?} | {}",
            requirement.id,
            short(requirement.title),
            found.criteria_of(index).count()
        );
    }
    for criterion in &found.criteria {
        println!(
            "   C {} {} | {} | {}",
            criterion.id,
            criterion.line + 1,
            criterion.ears(text).pattern.name(),
            short(criterion.text)
        );
    }
    found
        .problems
        .iter()
        .for_each(|problem| println!("   P {} {}", problem.line + 1, problem.message));
}

/// Returns whether nothing in the file calls itself a criterion.
fn has_nothing(text: &Text) -> bool {
    let all = String::from_utf8_lossy(text.bytes());
    ![
        " SHALL ",
        "Acceptance Criteria",
        "验收标准",
        "受け入れ基準",
        "승인 기준",
    ]
    .iter()
    .any(|word| all.contains(word))
}

/// Says why a file has no criterion.
fn reason(text: &Text) -> &'static str {
    if text.is_empty() {
        "it is empty"
    } else {
        "it is free text: no SHALL, and no heading or label calls anything a criterion"
    }
}

/// How many criteria there are, and how many of them have a pattern.
#[derive(Default)]
struct Patterned {
    all: usize,
    with: usize,
}

impl Patterned {
    fn take(&mut self, pattern: Pattern) {
        self.all += 1;
        self.with += usize::from(pattern != Pattern::None);
    }

    fn percent(&self) -> f64 {
        100.0 * self.with as f64 / self.all as f64
    }
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn requirements_have_criteria() {
    let folder = corpus();
    let (mut requirements, mut criteria) = (0, 0);
    let (mut called, mut listed) = (Patterned::default(), Patterned::default());
    let paths = files(&folder, &["requirements.md"]);
    for path in &paths {
        let (text, document) = read(path);
        let found = Requirements::parse(&text, &document);
        requirements += found.requirements.len();
        criteria += found.criteria.len();
        if found.criteria.is_empty() {
            println!("no criterion: {}: {}", path.display(), reason(&text));
            assert!(
                has_nothing(&text),
                "{} has criteria that were not found",
                path.display()
            );
        }
        for criterion in found
            .criteria
            .iter()
            .filter(|criterion| text.slice(criterion.text).is_ascii())
        {
            let counts = if criterion.called {
                &mut called
            } else {
                &mut listed
            };
            counts.take(criterion.ears(&text).pattern);
        }
        if is_wanted(path) {
            print_requirements(path, &text, &found);
        }
    }
    println!(
        "{} files, {requirements} requirements, {criteria} criteria",
        paths.len()
    );
    println!(
        "English, called criteria: {} of {} have a pattern, {:.1} %",
        called.with,
        called.all,
        called.percent()
    );
    println!(
        "English, listed by a requirement without a word: {} of {}, {:.1} %",
        listed.with,
        listed.all,
        listed.percent()
    );
    // Lists without a heading or a label are wishes more often than EARS. They have ids that tasks
    // name, and no pattern, which is right.
    assert!(called.percent() >= 91.0 && called.all > 8 * listed.all);
}

/// Returns the ids that the tasks in the same folder may name.
fn resolver_beside(path: &Path) -> Option<Resolver> {
    let beside = std::fs::read_dir(path.parent()?)
        .ok()?
        .flatten()
        .map(|entry| entry.path());
    let named = |path: &PathBuf, name: &str| {
        path.file_name()
            .is_some_and(|found| found.to_string_lossy().to_lowercase() == name)
    };
    let paths: Vec<PathBuf> = beside.collect();
    if let Some(path) = paths.iter().find(|path| named(path, "requirements.md")) {
        let (text, document) = read(path);
        return Some(Resolver::of_requirements(
            &text,
            &Requirements::parse(&text, &document),
        ));
    }
    let (text, document) = read(paths.iter().find(|path| named(path, "bugfix.md"))?);
    Some(Bugfix::parse(&text, &document).resolver())
}

/// How many references came to what.
#[derive(Default)]
struct Counts {
    found: usize,
    all: usize,
    prose: usize,
    nothing: usize,
    dangling: usize,
}

impl Counts {
    fn take(&mut self, place: &str, resolution: &Resolution) {
        match resolution {
            Resolution::Found(_) => self.found += 1,
            Resolution::All(_) => self.all += 1,
            Resolution::Prose => self.prose += 1,
            Resolution::Nothing => self.nothing += 1,
            // Nothing is linked here, so none is looked for.
            Resolution::Property(id) | Resolution::Dangling(id) => {
                self.dangling += 1;
                println!("dangling: {place}: {id}");
            }
        }
    }
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn references_resolve() {
    let folder = corpus();
    let mut counts = Counts::default();
    let mut lines = 0;
    for path in files(&folder, &["tasks.md"]) {
        let Some(resolver) = resolver_beside(&path) else {
            continue;
        };
        let (text, document) = read(&path);
        let in_code = |line| {
            document
                .block_at(line)
                .is_some_and(|block| document.blocks[block].kind == BlockKind::Code)
        };
        for field in find_fields(&text, 0..text.lines().len()) {
            if !field.kind.names_requirements() || in_code(field.line) {
                continue;
            }
            lines += 1;
            let place = format!("{}:{}", path.display(), field.line + 1);
            for reference in read_references(&text, field.body) {
                resolver
                    .resolve(&text, &reference)
                    .iter()
                    .for_each(|resolution| counts.take(&place, resolution));
            }
        }
    }
    let Counts {
        found,
        all,
        prose,
        nothing,
        dangling,
    } = counts;
    let total = found + all + prose + nothing + dangling;
    let percent = |count: usize| 100.0 * count as f64 / total as f64;
    println!("{lines} lines with {total} references");
    println!(
        "{:.2} % found, {:.2} % all, {:.2} % prose",
        percent(found),
        percent(all),
        percent(prose)
    );
    println!(
        "{:.2} % nothing, {:.2} % dangling",
        percent(nothing),
        percent(dangling)
    );
    assert!((found + all) * 1000 >= total * 975);
    assert!(dangling * 1000 <= total * 7);
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn properties_and_waves_are_found() {
    let folder = corpus();
    let (mut properties, mut validated, mut headings, mut figures) = (0, 0, 0, 0);
    for path in files(&folder, &["design.md"]) {
        let (text, document) = read(&path);
        let design = Design::parse(&text, &document);
        headings += design.outline.len();
        figures += design.figures.len();
        properties += design.properties.len();
        validated += design
            .properties
            .iter()
            .filter(|property| !property.validates.is_empty())
            .count();
    }
    println!(
        "{headings} headings, {figures} figures, {properties} properties, {validated} with what they validate"
    );
    let graphs: Vec<bool> = files(&folder, &["tasks.md"])
        .iter()
        .filter_map(|path| {
            let (text, document) = read(path);
            Waves::find(&text, &document).map(|waves| {
                waves.is_ok_and(|waves| waves.waves.iter().all(|wave| !wave.tasks.is_empty()))
            })
        })
        .collect();
    println!("{} graphs of waves", graphs.len());
    assert!(properties > 0 && validated * 10 >= properties * 9);
    assert!(graphs.iter().all(|whole| *whole));
}

/// Reads a text as every sort of document, one after the other, and as all of them together.
fn read_as_everything(text: &Text) {
    let document = Document::parse(text);
    Waves::find(text, &document);
    Config::parse(text.bytes());
    SpecJson::parse(text.bytes());
    let parsed = |kind: DocumentKind| {
        let file = DocumentFile {
            kind,
            path: kind.file_name().into(),
        };
        Parsed::of(file, text.clone(), None)
    };
    for kind in [
        DocumentKind::Requirements,
        DocumentKind::Bugfix,
        DocumentKind::Spec,
    ] {
        let wanted = parsed(kind).wanted.unwrap();
        wanted
            .criteria_document
            .criteria()
            .iter()
            .for_each(|criterion| drop(criterion.ears(text)));
        let design = parsed(DocumentKind::Design).design.unwrap();
        let tasks = Tasks::parse(text, &document);
        for field in tasks.items.iter().flat_map(|task| &task.fields) {
            wanted.resolver.resolve_body(text, field.body);
        }
        let list = Listed {
            text,
            document: &document,
            tasks: &tasks,
        };
        Links::of(Some(list), Some(&wanted), Some((text, &design)));
    }
}

/// Returns the files to be damaged: those of the corpus, or of the bundled sample where there is
/// none.
fn contents() -> Vec<Vec<u8>> {
    let sample = || Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let names = [
        "requirements.md",
        "bugfix.md",
        "design.md",
        "tasks.md",
        "spec.md",
        ".config.kiro",
        "spec.json",
    ];
    files(&find_corpus().unwrap_or_else(sample), &names)
        .iter()
        .map(|path| bytes(path))
        .collect()
}

/// Reads pieces of files with some bytes changed, chosen by a fixed sequence.
fn read_damaged(count: usize) {
    let contents = contents();
    let mut dice = Dice(1);
    let mut next = |below: usize| dice.roll(below);
    for _ in 0..count {
        let whole = &contents[next(contents.len())];
        let start = next(whole.len());
        let mut bytes = whole[start..(start + next(6_000)).min(whole.len())].to_vec();
        for _ in 0..next(8) {
            let (at, byte) = (next(bytes.len()), next(256));
            if let Some(place) = bytes.get_mut(at) {
                *place = byte as u8;
            }
        }
        read_as_everything(&Text::new(bytes));
    }
    println!("{count} damaged variants of {} files", contents.len());
}

#[test]
fn damaged_files_are_read() {
    read_damaged(400);
}

#[test]
#[ignore = "takes minutes: cargo test --release --test it corpus_documents -- --ignored"]
fn a_hundred_thousand_damaged_files_are_read() {
    read_damaged(100_000);
}

/// Returns the letters and digits of a text.
fn letters(text: &str) -> String {
    clean(text)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// Returns the letters of all that a laid-out document shows; none for one that is shown as its
/// source.
fn laid_out(open_file: &mut OpenFile) -> Option<String> {
    let rendered = open_file.rendered.as_mut()?;
    rendered.measure(
        &open_file.text,
        &open_file.document,
        Measure {
            columns: 1 << 20,
            margin: 3,
            references: 0,
            most: 1 << 20,
        },
    );
    let wanted = open_file.wanted.as_ref();
    let criteria = wanted.map(|wanted| &wanted.criteria_document);
    let drawn = |passage| rendered.drawn(&open_file.text, passage, criteria, 0, CutMarks::UNICODE);
    let said = |passage| -> String {
        let lines = drawn(passage);
        lines.iter().map(|line| letters(&line.plain())).collect()
    };
    Some(
        rendered
            .passages()
            .map(|(passage, _)| said(passage))
            .collect(),
    )
}

/// Reads all documents that are laid out as the board does.
fn open_files(folder: &Path) -> impl Iterator<Item = (PathBuf, OpenFile)> {
    let shown = |path: &Path| match path.file_name().and_then(|name| name.to_str()) {
        Some("bugfix.md") => (Pane::Requirements, DocumentKind::Bugfix),
        Some("design.md") => (Pane::Design, DocumentKind::Design),
        _ => (Pane::Requirements, DocumentKind::Requirements),
    };
    let read = move |path: &PathBuf| {
        let text = specboard::store::read(path).ok()?.0;
        let (pane, kind) = shown(path);
        let file = DocumentFile {
            kind,
            path: path.clone(),
        };
        Some(OpenFile::of(pane, file, text, None))
    };
    files(folder, &["requirements.md", "bugfix.md", "design.md"])
        .into_iter()
        .filter_map(move |path| read(&path).map(|open_file| (path, open_file)))
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn each_row_of_some_laid_out_documents_has_its_line_and_fits() {
    check_rows(11);
}

#[test]
#[ignore = "takes minutes"]
fn each_row_of_any_laid_out_document_has_its_line_and_fits() {
    check_rows(1);
}

fn check_rows(step: usize) {
    let folder = corpus();
    for (path, mut open_file) in open_files(&folder).step_by(step) {
        words_at_each_width(&path, &open_file);
        let Some(rendered) = &mut open_file.rendered else {
            continue;
        };
        let wanted = open_file.wanted.as_ref();
        let criteria = wanted.map(|wanted| &wanted.criteria_document);
        for (columns, margin, references) in [
            (20, 2, 0),
            (40, 2, 0),
            (58, 3, 0),
            (86, 3, 13),
            (120, 3, 17),
            (200, 3, 17),
        ] {
            let measure = Measure {
                columns,
                margin,
                references,
                most: 100,
            };
            rendered.measure(&open_file.text, &open_file.document, measure);
            for (passage, rows) in rendered.passages() {
                let drawn =
                    rendered.drawn(&open_file.text, passage, criteria, 0, CutMarks::UNICODE);
                let place = format!(
                    "{}:{} at {columns}",
                    path.display(),
                    passage.lines.start + 1
                );
                assert_eq!(drawn.len().max(1), rows, "{place}");
                let line = passage.lines.start;
                let there = rendered.passage_at(line).map(|found| found.lines.start);
                assert_eq!(there, Some(line), "{place}");
                let text = &open_file.text;
                let last = passage.lines.end - 1;
                let bytes = text.lines()[line].whole.start..text.lines()[last].whole.end;
                // A group of a diagram names what stands inside of it, and a criterion may be told
                // by the line above it.
                let is_free = !passage.made.is_empty() || passage.criterion.is_some();
                let is_free = |span: Span| is_free || span.is_empty();
                let is_own = |span: Span| bytes.start <= span.start && span.end <= bytes.end;
                let mut runs = drawn.iter().flat_map(|line| line.runs());
                let strange = runs.find(|run| !is_free(run.span) && !is_own(run.span));
                assert!(strange.is_none(), "{place}: {strange:?}");
                let widest = drawn
                    .iter()
                    .map(|line| width(&line.plain()))
                    .max()
                    .unwrap_or(0);
                assert!(
                    measure.text_at(passage) + widest < columns,
                    "{place}: {widest}"
                );
            }
        }
    }
}

/// Looks whether what is laid out at each width says all that it says where there is no end to a
/// line: the same letters in each passage, for words in cells stand beside each other.
fn words_at_each_width(path: &Path, open_file: &OpenFile) {
    let wanted = open_file.wanted.as_ref();
    let criteria = wanted.map(|wanted| &wanted.criteria_document);
    let (text, document) = (&open_file.text, &open_file.document);
    let said = |columns: usize| -> Vec<(usize, Vec<char>)> {
        let Some(rendered) = Rendered::of(text, document, open_file.lines.clone(), criteria) else {
            return Vec::new();
        };
        let mut rendered = rendered.with_overflow(Overflow::Wrap);
        let measure = Measure {
            columns,
            margin: 2,
            references: 0,
            most: columns,
        };
        rendered.measure(text, document, measure);
        let letters_of = |passage| {
            let lines = rendered.drawn(text, passage, criteria, 0, CutMarks::UNICODE);
            let all: String = lines.iter().map(|line| letters(&line.plain())).collect();
            let mut all: Vec<char> = all.chars().collect();
            all.sort_unstable();
            all
        };
        let passages = rendered.passages();
        passages
            .map(|(passage, _)| (passage.lines.start, letters_of(passage)))
            .collect()
    };
    let all = said(1 << 20);
    for columns in [20, 40, 58, 86, 120, 200] {
        for (narrow, wide) in said(columns).iter().zip(&all) {
            let place = format!("{}:{}", path.display(), wide.0 + 1);
            assert_eq!(narrow, wide, "{place} at {columns}");
        }
    }
}

/// Every reference of the real specs that names nothing, with what the program says of it.
#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn what_dangles_has_its_reason() {
    let (mut named, mut dangling) = (0, 0);
    for folder in std::fs::read_dir(corpus()).unwrap().flatten() {
        let Ok(roots) = find_roots(&folder.path(), &[]) else {
            continue;
        };
        let workspace = Workspace::scan(roots);
        for feature in &workspace.features {
            let contents = Contents::read(feature, workspace.root_of(feature));
            let Some(wanted) = contents.wanted() else {
                continue;
            };
            if contents.links.trace.criteria.is_empty() {
                continue;
            }
            let references = contents.links.plan.references.iter();
            named += references.map(Vec::len).sum::<usize>();
            for found in &contents.links.trace.dangling {
                dangling += 1;
                let reason = wanted.resolver.why_missing(&found.id);
                let place = workspace.root_of(feature).relative(&feature.folder.path);
                let root = folder.file_name();
                println!("{} {place}: {}: {reason}", root.to_string_lossy(), found.id);
                assert!(!reason.is_empty());
            }
        }
    }
    println!("{dangling} of {named} references dangle");
    assert!(dangling * 200 < named);
}

/// Every line of a task list that is not blank belongs to a row of its pane: to an item with its
/// details, to a phase, or to what is neither and is opened in its place.
#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn nothing_in_a_task_list_is_out_of_reach() {
    let (mut lists, mut asides) = (0, 0);
    for path in files(&corpus(), &["tasks.md"]) {
        let Ok((text, _)) = specboard::store::read(&path) else {
            continue;
        };
        let kind = DocumentKind::Tasks;
        let file = DocumentFile { kind, path };
        let open_file = OpenFile::of(Pane::Tasks, file, text, None);
        if open_file.is_source() {
            continue;
        }
        lists += 1;
        asides += open_file.asides().len();
        let (text, tasks) = (&open_file.text, &open_file.tasks);
        let mut seen = vec![false; text.lines().len()];
        for row in rows(&open_file, &PaneState::of(Pane::Tasks), 30).iter() {
            match row.kind {
                RowKind::Task(index, _) => {
                    let item = &tasks.items[index];
                    seen[item.line..item.details.end.max(item.title_end)].fill(true);
                }
                RowKind::Aside(index) => {
                    let lines = &open_file.asides()[index].lines;
                    lines.iter().for_each(|line| seen[*line] = true);
                    seen[row.line] = true;
                }
                _ => seen[row.line] = true,
            }
        }
        // Headings above everything with nothing below them name the list, as the pane does.
        let first = seen.iter().position(|seen| *seen).unwrap_or(0);
        let names = tasks.phases.iter().filter(|phase| phase.line < first);
        names.for_each(|phase| seen[phase.line] = true);
        let is_blank = |line: usize| {
            text.slice(text.lines()[line].content)
                .trim_ascii()
                .is_empty()
        };
        let unseen = (0..seen.len()).find(|line| !seen[*line] && !is_blank(*line));
        assert_eq!(unseen, None, "{}", open_file.file.path.display());
    }
    println!("{lists} task lists, {asides} rows beside their items and phases");
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn nothing_of_some_laid_out_documents_is_left_out() {
    look_for_what_is_left_out(4);
}

#[test]
#[ignore = "takes half a minute"]
fn nothing_of_any_laid_out_document_is_left_out() {
    look_for_what_is_left_out(1);
}

/// Returns the lines of the diagrams that are shown as lists.
fn diagrams(text: &Text) -> Vec<Range<usize>> {
    let lines = || text.lines().iter().enumerate();
    let is = |line: &Line, sign: &str| text.lossy(line.content).trim() == sign;
    let starts = lines().filter(|(_, line)| is(line, "```mermaid"));
    let ranges = starts.filter_map(|(start, _)| {
        let end = lines().skip(start + 1).find(|(_, line)| is(line, "```"))?.0;
        Some(start + 1..end)
    });
    ranges
        .filter(|lines| diagram(text, lines.clone()).is_some())
        .collect()
}

/// Returns the words that a line of a diagram says to its reader: those in brackets, quotes and
/// bars, and those of a message.
fn said(line: &str) -> Vec<String> {
    let mut said = Vec::new();
    for (opens, closes) in [('[', ']'), ('"', '"'), ('|', '|')] {
        let inside = line.split_once(opens).map_or("", |(_, rest)| rest);
        said.push(inside.split_once(closes).map_or("", |(inside, _)| inside));
    }
    if line.contains(">>") {
        said.push(line.split_once(':').map_or("", |(_, message)| message));
    }
    let words = said.iter().flat_map(|said| {
        let without_breaks = said
            .replace("<br/>", " ")
            .replace("<br>", " ")
            .replace("\\n", " ");
        let words = without_breaks.split_whitespace().map(letters);
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    });
    words.collect()
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn each_diagram_is_listed_with_all_its_labels() {
    let folder = corpus();
    let (mut listed, mut as_written, mut missing) = (0, 0, Vec::new());
    let (mut times, mut fitting) = (Vec::new(), [(86, 0), (58, 0)]);
    for path in files(&folder, &["design.md"]) {
        let Ok((text, _)) = specboard::store::read(&path) else {
            continue;
        };
        let fences = text
            .lines()
            .iter()
            .filter(|line| text.lossy(line.content).trim() == "```mermaid");
        let own = diagrams(&text);
        listed += own.len();
        as_written += fences.count() - own.len();
        for lines in own {
            let start = Instant::now();
            let (_, list) = diagram(&text, lines.clone()).unwrap_or_default();
            times.push(start.elapsed());
            for (room, whole) in &mut fitting {
                let rows = list
                    .iter()
                    .flat_map(|line| line.shown.wrap(*room))
                    .collect::<Vec<_>>();
                assert!(
                    rows.iter().all(|row| width(&row.plain()) <= *room),
                    "{}",
                    path.display()
                );
                *whole += usize::from(rows.len() == list.len());
            }
            let shown: String = list
                .iter()
                .map(|line| letters(&line.shown.plain()))
                .collect();
            for line in lines {
                let source = text.lossy(text.lines()[line].content);
                if source.contains("style ") || source.contains("classDef") {
                    continue;
                }
                let lost = said(&source).into_iter().find(|word| !shown.contains(word));
                missing.extend(lost.map(|word| format!("{}:{}: {word}", path.display(), line + 1)));
            }
        }
    }
    times.sort_unstable();
    let at = |percent: usize| {
        times
            .get(times.len() * percent / 100)
            .copied()
            .unwrap_or_default()
    };
    println!("{listed} diagrams as lists, {as_written} as they are written");
    println!(
        "p50 {:?}, p99 {:?}; without a wrapped line, by columns: {fitting:?}",
        at(50),
        at(99)
    );
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Returns what a line says without its markup.
fn words(text: &Text, line: Span) -> String {
    let parts = inlines(text, &[line]).parts;
    let says = parts.iter().filter(|part| part.kind != InlineKind::Mark);
    says.map(|part| text.lossy(part.span)).collect()
}

/// Returns what a line says: in a code block all of it.
fn said_on(open_file: &OpenFile, index: usize) -> String {
    let (text, document) = (&open_file.text, &open_file.document);
    let line = text.lines()[index].content;
    let block = document.block_at(index).map(|at| document.blocks[at].kind);
    if block == Some(BlockKind::Code) {
        return text.lossy(line).into_owned();
    }
    words(text, line)
}

/// Looks in every `step`th document for lines that its laid-out form does not show.
fn look_for_what_is_left_out(step: usize) {
    let folder = corpus();
    let (mut lines, mut missing) = (0, Vec::new());
    for (path, mut open_file) in open_files(&folder).step_by(step) {
        let Some(drawn) = laid_out(&mut open_file) else {
            continue;
        };
        let listed = diagrams(&open_file.text);
        for (index, _) in open_file.text.lines().iter().enumerate() {
            if listed.iter().any(|lines| lines.contains(&index)) {
                continue;
            }
            let source = letters(&said_on(&open_file, index));
            // What stands before it is a label or an id.
            let label = source
                .char_indices()
                .find(|(at, _)| drawn.contains(&source[*at..]))
                .map_or(source.as_str(), |(at, _)| &source[..at]);
            if label.chars().count() > 25 {
                missing.push(format!("{}:{}: {label}", path.display(), index + 1));
            }
            lines += 1;
        }
    }
    println!(
        "{lines} lines, {} of them with more than a label left out",
        missing.len()
    );
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
