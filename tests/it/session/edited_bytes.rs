//! What an edit in place leaves as it was: the bytes before and after, for each way in which files
//! are written, and for random items of real ones.

use std::path::Path;

use specboard::model::{Editor, OpenFile, Pane};
use specboard::spec::unit::{Unit, UnitKind};
use specboard::store::{DocumentFile, DocumentKind};
use specboard::text::{LineEnding, Text};

use crate::corpus::{corpus, files};
use crate::stress::Random;

fn pane_of(path: &Path) -> Pane {
    path.file_name().map_or(Pane::Files, Pane::of_file_name)
}

fn open(path: &Path, text: &Text) -> OpenFile {
    let kind = path.file_name().and_then(DocumentKind::of);
    let kind = kind.unwrap_or(DocumentKind::Other);
    let file = DocumentFile {
        kind,
        path: path.to_path_buf(),
    };
    OpenFile::of(pane_of(path), file, text.clone(), None)
}

fn unit_at(open_file: &OpenFile, line: usize) -> Option<Unit> {
    open_file
        .source(pane_of(&open_file.file.path))
        .unit_at(line)
}

/// Opens the editor over the item on a line, lets its lines be typed anew, and returns the text that
/// is written then.
fn edited(open_file: &OpenFile, unit: Unit, typed: Vec<String>) -> Text {
    let text = &open_file.text;
    let mut editor = Editor::open("spec".into(), open_file.file.clone(), text, unit);
    editor
        .buffer_mut()
        .reset(typed, specboard::model::Caret::default());
    let edit = editor.edit();
    let after = edit.apply(text);
    assert_eq!(
        edit.invert(text).apply(&after),
        *text,
        "undo gives the first bytes"
    );
    after
}

fn shown(open_file: &OpenFile, unit: &Unit) -> Vec<String> {
    let file = open_file.file.clone();
    let editor = Editor::open("spec".into(), file, &open_file.text, unit.clone());
    editor.buffer().lines().to_vec()
}

#[test]
fn an_edit_changes_only_its_words_however_the_file_is_written() {
    // In each item `old` is typed over; where `new` has a second line, that is a new one.
    let table: &[(&str, &str, &str, &str, &str)] = &[
        (
            "CRLF",
            "tasks.md",
            "- [ ] 1. old\r\n- [ ] 2. b\r\n",
            "new\n  - d",
            "- [ ] 1. new\r\n  - d\r\n- [ ] 2. b\r\n",
        ),
        (
            "byte order mark",
            "tasks.md",
            "\u{feff}- [ ] 1. old\n",
            "new",
            "\u{feff}- [ ] 1. new\n",
        ),
        (
            "mixed ends",
            "tasks.md",
            "# T\r\n- [ ] 1. old\n- [ ] 2. b\r\n",
            "new\n  - d",
            "# T\r\n- [ ] 1. new\n  - d\n- [ ] 2. b\r\n",
        ),
        (
            "no final newline",
            "tasks.md",
            "- [ ] 1. a\n- [ ] 2. old",
            "new\n  - d",
            "- [ ] 1. a\n- [ ] 2. new\n  - d",
        ),
        (
            "tabs",
            "tasks.md",
            "- [ ] 1. a\n\t- [ ] 1.1 old\n\t\t- d\t\n",
            "new\n\t- e",
            "- [ ] 1. a\n\t- [ ] 1.1 new\n\t\t- e\n\t\t- d\t\n",
        ),
        (
            "trailing blanks and a hard break",
            "tasks.md",
            "- [ ] 1. old  \n  more  \n",
            "new",
            "- [ ] 1. new  \n  more  \n",
        ),
        (
            "CJK",
            "tasks.md",
            "- [ ] 1. 用户 old 한글\n",
            "登录",
            "- [ ] 1. 用户 登录 한글\n",
        ),
        (
            "emoji with joiners",
            "tasks.md",
            "- [ ] 1. 👨\u{200d}👩\u{200d}👧 old ✔\u{fe0f}\n",
            "new",
            "- [ ] 1. 👨\u{200d}👩\u{200d}👧 new ✔\u{fe0f}\n",
        ),
        (
            "details and a fence",
            "tasks.md",
            "- [ ] 1. old\n  - a\n    - b\n    ```sh\n    - [ ] no task\n    ```\n- [ ] 2. c\n",
            "new",
            "- [ ] 1. new\n  - a\n    - b\n    ```sh\n    - [ ] no task\n    ```\n- [ ] 2. c\n",
        ),
        (
            "a criterion over three lines",
            "requirements.md",
            "### Requirement 1\n\n#### Acceptance Criteria\n\n1. WHEN a\n   THEN the old\n   SHALL b\n2. c\n",
            "new",
            "### Requirement 1\n\n#### Acceptance Criteria\n\n1. WHEN a\n   THEN the new\n   SHALL b\n2. c\n",
        ),
        (
            "a table row",
            "design.md",
            "# D\n\n| a | b |\n|---|---|\n| old  |  c |\n| d | e |\n",
            "new",
            "# D\n\n| a | b |\n|---|---|\n| new  |  c |\n| d | e |\n",
        ),
        (
            "a quote",
            "design.md",
            "# D\n\n> old\n> more\n\nend\n",
            "new",
            "# D\n\n> new\n> more\n\nend\n",
        ),
        (
            "an HTML comment",
            "design.md",
            "# D\n\n<!-- old\n  more -->\n\nend\n",
            "new",
            "# D\n\n<!-- new\n  more -->\n\nend\n",
        ),
        (
            "a comment inside a task",
            "tasks.md",
            "- [ ] 1. a <!-- old -->\n  <!-- b -->\n",
            "new",
            "- [ ] 1. a <!-- new -->\n  <!-- b -->\n",
        ),
    ];
    for (name, file, source, new, expected) in table {
        let text = Text::new(*source);
        let open_file = open(Path::new(file), &text);
        let at = source.find("old").unwrap();
        let unit = unit_at(&open_file, text.line_at(at)).unwrap();
        let typed = shown(&open_file, &unit).join("\n").replace("old", new);
        let typed = typed.split('\n').map(str::to_owned).collect();
        let after = edited(&open_file, unit, typed);
        assert_eq!(String::from_utf8_lossy(after.bytes()), *expected, "{name}");
    }
}

#[test]
fn bytes_that_are_no_text_survive_an_edit_of_their_item() {
    let text = Text::new(b"- [ ] 1. old \xff end\n  - \xfe\n".to_vec());
    let open_file = open(Path::new("tasks.md"), &text);
    let unit = unit_at(&open_file, 0).unwrap();
    let typed = shown(&open_file, &unit)
        .into_iter()
        .map(|line| line.replace("old", "new"));
    let after = edited(&open_file, unit, typed.collect());
    assert_eq!(after.bytes(), b"- [ ] 1. new \xff end\n  - \xfe\n");
}

/// Returns a line of random words.
fn words(random: &mut Random) -> String {
    let words = [
        "tests",
        "登录",
        "retry",
        "a_b",
        "for",
        "the",
        "cache",
        "👨\u{200d}👩\u{200d}👧",
        "é",
    ];
    let count = 1 + random.below(6);
    let word = |_| words[usize::try_from(random.below(words.len() as u64)).unwrap()];
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// Types an item anew: the first line keeps what stands before its words, others are changed, gone,
/// or new.
fn retype(shown: &[String], head: usize, random: &mut Random) -> Vec<String> {
    let first = shown.first().map_or("", String::as_str);
    let mut typed = vec![format!("{}{}", &first[..head], words(random))];
    for line in shown.iter().skip(1) {
        match random.below(5) {
            0 => {}
            1 => typed.push(format!("  - {}", words(random))),
            2 => typed.extend([line.clone(), format!("  - {}", words(random))]),
            _ => typed.push(line.clone()),
        }
    }
    typed
}

/// Checks an edit of the item on one line. Returns what is wrong with it.
fn check(open_file: &OpenFile, unit: &Unit, random: &mut Random) -> Result<(), String> {
    let text = &open_file.text;
    let shown = shown(open_file, unit);
    let task = open_file.tasks.at_line(unit.lines.start);
    let task = task.filter(|_| unit.kind == UnitKind::Task);
    let task = task.map(|index| &open_file.tasks.items[index]);
    let line = text.lines()[unit.lines.start];
    let indent = line.content.len() - shown[0].len().min(line.content.len());
    let number = task.and_then(|task| task.number_span);
    // The words of a numbered task begin behind its number and the dot there.
    let head = number.map_or(0, |number| number.end - line.content.start - indent);
    let head = if number.is_some() && shown[0][head..].starts_with(". ") {
        head + 2
    } else {
        0
    };
    let typed = retype(&shown, head, random);
    let after = edited(open_file, unit.clone(), typed.clone());
    let place = |text: &Text, line: usize| {
        text.lines()
            .get(line)
            .map_or(text.len(), |line| line.whole.start)
    };
    let (before_len, end) = (place(text, unit.lines.start), place(text, unit.lines.end));
    let behind = text.len() - end;
    let is_last = unit.lines.end == text.lines().len();
    let same_before = after.bytes()[..before_len] == text.bytes()[..before_len];
    let same_behind = after.bytes().ends_with(&text.bytes()[end..]);
    if !same_before || !same_behind {
        return Err("a byte outside the item is another".to_owned());
    }
    let count = typed.len();
    let lines =
        &after.lines()[unit.lines.start..(unit.lines.start + count).min(after.lines().len())];
    let endings: Vec<LineEnding> = text.lines().iter().map(|line| line.ending).collect();
    let is_uniform = endings
        .iter()
        .all(|ending| *ending == endings[0] || *ending == LineEnding::None);
    let is_right = |ending: LineEnding| ending == endings[0] || ending == LineEnding::None;
    if is_uniform
        && endings[0] != LineEnding::None
        && !lines.iter().all(|line| is_right(line.ending))
    {
        return Err("a new line ends as none of the file".to_owned());
    }
    let open_ends = lines
        .iter()
        .filter(|line| line.ending == LineEnding::None)
        .count();
    if open_ends > usize::from(is_last) || after.len() < before_len + behind {
        return Err("a line has no end".to_owned());
    }
    let reopened = open(&open_file.file.path, &after);
    let again = Unit {
        lines: unit.lines.start..unit.lines.start + lines.len(),
        ..unit.clone()
    };
    let read: Vec<String> = self::shown(&reopened, &again);
    let squeezed = |lines: &[String]| {
        lines
            .iter()
            .map(|line| line.trim().to_owned())
            .collect::<Vec<_>>()
    };
    if squeezed(&read) != squeezed(&typed) {
        return Err(format!(
            "what is read is not what was typed: {read:?} {typed:?}"
        ));
    }
    if head > 0 {
        let found = reopened.tasks.at_line(unit.lines.start);
        let title = found.map(|index| reopened.tasks.items[index].title.clone());
        let wanted = typed[0][head..].to_owned();
        if title.as_ref() != Some(&wanted) {
            return Err(format!("the task is {title:?}, typed was {wanted:?}"));
        }
    }
    Ok(())
}

fn edit_randomly(path: &Path, times: usize, random: &mut Random) -> Vec<String> {
    let text = Text::new(std::fs::read(path).unwrap());
    if text.lines().is_empty() {
        return Vec::new();
    }
    let open_file = open(path, &text);
    let mut wrong = Vec::new();
    for _ in 0..times {
        let count = open_file.text.lines().len() as u64;
        let line = usize::try_from(random.below(count)).unwrap();
        let Some(unit) = unit_at(&open_file, line) else {
            continue;
        };
        if let Err(words) = check(&open_file, &unit, random) {
            wrong.push(format!(
                "{}:{} {:?}: {words}",
                path.display(),
                line + 1,
                unit
            ));
        }
    }
    wrong
}

/// How many items of every second file are edited.
const TIMES: usize = 3;

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn random_items_of_real_files_are_edited_and_nothing_else() {
    let mut random = Random(0x0005_eed0_f0ed);
    let is_document =
        |path: &&std::path::PathBuf| path.file_name().and_then(DocumentKind::of).is_some();
    let paths = files(&corpus());
    let wrong: Vec<String> = paths
        .iter()
        .filter(is_document)
        .step_by(2)
        .flat_map(|path| edit_randomly(path, TIMES, &mut random))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} edits went wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(10)].join("\n")
    );
}
