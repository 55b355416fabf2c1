//! What the board shows first, without a path and without an earlier visit.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use specboard::markdown::State;
use specboard::model::{Branch, Focus, Job, Model, SpecOrder};
use specboard::runtime::Start;
use specboard::store::find_roots;
use specboard::text::{clean, width};
use specboard::update::settle;

use crate::corpus::{files, repositories};
use crate::harness::{Board, Workspace};

/// Starts a board as after a clone: nothing was visited before.
pub(crate) fn start(folder: &Path, size: (u16, u16)) -> Board {
    let roots = find_roots(folder, &[folder.to_path_buf()]).unwrap();
    let mut model = Start {
        roots,
        ..Start::default()
    }
    .model(size);
    settle(&mut model);
    Board::of(model)
}

/// Sets the time of a file to so many minutes before now.
fn set_age(path: &Path, minutes: u64) {
    let file = std::fs::File::options().write(true).open(path).unwrap();
    let time = SystemTime::now() - Duration::from_secs(minutes * 60);
    file.set_modified(time).unwrap();
}

/// Returns the row on the screen that has the cursor, as far as it is told by its glyph.
fn cursor_row(board: &Board) -> String {
    let screen = board.screen();
    let row = screen.lines().find(|line| line.contains('▌'));
    let row = row.unwrap_or_default();
    row[row.find('▌').unwrap_or(0)..].to_owned()
}

#[test]
fn a_task_in_progress_comes_first_then_what_was_changed_last_then_the_list() {
    let done = "- [x] 1. a\n";
    let open = "- [x] 1. a\n- [ ] 2. open\n";
    let begun = "- [x] 1. a\n- [ ] 2. b\n- [-] 3. begun\n";
    // Each spec with its tasks and the minutes since it was written.
    for (specs, expected) in [
        (
            &[("a", open, 0), ("b", begun, 9), ("c", begun, 0)][..],
            "▌  ◐ 3     begun",
        ),
        (
            &[("a", done, 0), ("b", open, 9), ("c", open, 5)],
            "▌  ○ 2     open",
        ),
        (&[("a", done, 0), ("b", open, 0), ("c", open, 0)], "▌ ○ b"),
        (&[("a", done, 0), ("b", done, 0)], "▌ ✓ a"),
        (&[("archive/a", begun, 0), ("b", done, 0)], "▌ ✓ b"),
        (&[("a", open, 0)], "▌  ○ 2     open"),
    ] {
        let workspace = Workspace::new(&[]);
        for (name, text, minutes) in specs {
            workspace.write(&format!("{name}/tasks.md"), text);
            set_age(&workspace.specs().join(name).join("tasks.md"), *minutes);
        }
        let board = start(&workspace.dir(), (120, 30));
        let row = cursor_row(&board);
        assert!(row.starts_with(expected), "{row}\n{}", board.screen());
        assert!(
            !board.screen().contains("not read yet"),
            "{}",
            board.screen()
        );
    }
}

#[test]
fn the_spec_changed_last_is_the_one_with_open_tasks() {
    let workspace = Workspace::new(&[
        ("a/tasks.md", "- [ ] 1. a\n"),
        ("b/tasks.md", "- [ ] 1. b\n"),
        ("c/tasks.md", "- [x] 1. c\n"),
    ]);
    for (name, minutes) in [("a", 9), ("b", 4), ("c", 0)] {
        set_age(&workspace.specs().join(name).join("tasks.md"), minutes);
    }
    let board = start(&workspace.dir(), (120, 30));
    assert_eq!(board.model.shown_feature().unwrap().name(), "b");
}

/// Makes a workspace whose task lists are more than is read before the first frame, the last of them
/// with these items; each is a minute older than the one before.
fn many(last: &str) -> Workspace {
    let workspace = Workspace::new(&[]);
    let long = format!("- [ ] 1. open\n\n{}", "words ".repeat(10_000));
    for spec in 0..9 {
        let name = format!("{spec}/tasks.md");
        workspace.write(&name, if spec == 8 { last } else { &long });
        set_age(&workspace.specs().join(&name), spec);
    }
    workspace
}

#[test]
fn where_there_are_many_lists_the_first_frame_waits_for_a_part_and_the_choice_for_all() {
    let begun = many("- [ ] 1. a\n- [-] 2. begun\n");
    let open = many("- [ ] 1. open\n");
    set_age(&open.specs().join("8/tasks.md"), 0);
    set_age(&open.specs().join("0/tasks.md"), 1);
    for (workspace, key, focus, shown, expected) in [
        (&begun, "", Focus::Content, "8", "▌  ◐ 2     begun"),
        (&begun, "j", Focus::Sidebar, "0", "▌ ○ 1"),
        (&open, "", Focus::Content, "8", "▌  ○ 1     open"),
    ] {
        let mut board = start(&workspace.dir(), (120, 30));
        let uncounted = board.model.specs.summaries().last().unwrap();
        assert_eq!(uncounted.progress, None, "the first frame read all lists");
        assert_eq!(board.model.focus, Focus::Sidebar);
        assert!(
            board.screen().contains("○ 1     open"),
            "{}",
            board.screen()
        );
        board.type_keys(key);
        counted(&mut board);
        let row = cursor_row(&board);
        assert!(row.starts_with(expected), "{row}\n{}", board.screen());
        assert_eq!(board.model.focus, focus);
        assert_eq!(board.model.shown_feature().unwrap().name(), shown);
    }
}

/// Copies the specs of a repository into a folder of its own, with equal times.
fn copied(repository: &Path) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let name = repository.file_name().unwrap();
    let root = dir.path().join(name);
    let now = SystemTime::now();
    for file in files(repository) {
        let target = root.join(file.strip_prefix(repository).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, &target).unwrap();
        let file = std::fs::File::options().write(true).open(&target).unwrap();
        file.set_modified(now).unwrap();
    }
    (dir, root)
}

/// Counts the tasks of all specs.
fn counted(board: &mut Board) {
    let list = board.model.ask(Job::List);
    board.perform(vec![list]);
}

/// Returns whether some spec that is not archived has tasks in progress, and whether one has open
/// ones.
fn waits(model: &Model) -> (bool, bool) {
    let specs = model.specs.entries();
    let progress: Vec<_> = specs
        .filter(|spec| !spec.feature.folder.archived)
        .filter_map(|spec| spec.summary.progress)
        .collect();
    let is_open = progress
        .iter()
        .any(|progress| progress.state() != State::Done);
    (progress.iter().any(|progress| progress.doing > 0), is_open)
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn the_first_screen_of_every_repository_shows_what_waits() {
    let mut shown = [0; 3];
    for repository in repositories() {
        let (_dir, root) = copied(&repository);
        if find_roots(&root, std::slice::from_ref(&root)).is_err() {
            continue;
        }
        for size in [(80, 24), (120, 36)] {
            let mut board = start(&root, size);
            counted(&mut board);
            let row = cursor_row(&board);
            let in_list = board.model.focus == Focus::Sidebar;
            let screen = board.screen();
            let (is_begun, is_open) = waits(&board.model);
            let kind = match (is_begun, is_open) {
                (true, _) => {
                    assert!(
                        row.contains('◐') && !in_list,
                        "{root:?} {size:?}:\n{screen}"
                    );
                    0
                }
                (false, true) => {
                    assert!(
                        row.contains(['○', '»', '?']),
                        "{root:?} {size:?}:\n{screen}"
                    );
                    1
                }
                (false, false) => {
                    let is_one = board.model.specs.features().len() == 1;
                    assert!(in_list || is_one, "{root:?} {size:?}:\n{screen}");
                    2
                }
            };
            shown[kind] += 1;
        }
    }
    println!("in progress, open, list: {shown:?}");
    assert!(shown.iter().sum::<usize>() >= 40, "{shown:?}");
}

/// Returns how many names of the list are cut on a screen of this size, and how many there are.
fn cut_names(root: &Path, size: (u16, u16)) -> (usize, usize) {
    let mut board = start(root, size);
    counted(&mut board);
    board.model.sidebar.order = Some(SpecOrder::Name);
    settle(&mut board.model);
    let columns = usize::from(board.model.layout().sidebar.unwrap().width);
    let rows = board.model.sidebar_rows();
    let features = rows
        .iter()
        .filter(|row| matches!(row.branch, Branch::Feature(_)));
    let cut = features.clone().filter(|row| row.columns() > columns);
    assert!(rows.iter().all(|row| width(&clean(&row.name)) > 0));
    (cut.count(), features.count())
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn few_names_are_cut_in_the_lists_of_the_largest_repositories() {
    let mut shares: Vec<(usize, usize)> = repositories()
        .iter()
        .filter(|root| find_roots(root, std::slice::from_ref(*root)).is_ok())
        .map(|root| cut_names(root, (120, 36)))
        .collect();
    shares.sort_by_key(|(_, all)| std::cmp::Reverse(*all));
    println!("cut and all: {:?}", &shares[..3]);
    for (cut, all) in &shares[..3] {
        assert!(cut * 100 <= all * 15, "{cut} of {all} names are cut");
    }
}
