//! Three hundred specs with five thousand tasks: every file is read and parsed once for each of its
//! versions, and no more.
//!
//! The store counts readings of the whole process, so the test that counts runs in a process of its
//! own. `SPECBOARD_MANY=DIR cargo test --test it many_specs -- --ignored` writes the workspace to
//! DIR, to be measured.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use specboard::model::{Answer, Effect, Job, Message, Model, Settings, Summary};
use specboard::runtime::{Start, fulfil};
use specboard::spec::feature::Feature;
use specboard::spec::workspace::Workspace;
use specboard::store::{Folder, Root, find_roots, read::count};
use specboard::update::{settle, update};

/// Set in the process that counts.
const ALONE: &str = "SPECBOARD_ALONE";
const SPECS: usize = 300;
const TASKS: usize = 5000;

/// Writes the workspace below `dir`.
fn generate(dir: &Path) {
    for spec in 0..SPECS {
        let folder = dir.join(format!(
            ".kiro/specs/group-{:02}/feature-{spec:03}",
            spec / 25
        ));
        std::fs::create_dir_all(&folder).unwrap();
        let mut plan = format!("# Implementation Plan: Feature {spec}\n\n## Tasks\n\n");
        let first = spec * TASKS / SPECS;
        for task in first..(spec + 1) * TASKS / SPECS {
            let (number, marker) = (task - first + 1, ["x", " ", "-", "x"][task % 4]);
            plan.push_str(&format!("- [{marker}] {number}. Build part {number} of feature {spec}\n  - Write it with its tests\n  - _Requirements: {number}.1_\n"));
        }
        std::fs::write(folder.join("tasks.md"), plan).unwrap();
        std::fs::write(
            folder.join("requirements.md"),
            "# Requirements Document\n\n## Requirements\n",
        )
        .unwrap();
    }
}

/// Carries out effects, and what follows from them.
fn perform(model: &mut Model, effects: Vec<Effect>) {
    for effect in effects {
        let roots = model.specs.workspace().roots.clone();
        for message in fulfil(&effect, &roots) {
            let effects = update(model, message);
            perform(model, effects);
        }
    }
}

fn total(summaries: &[Summary]) -> (usize, usize) {
    let counted = summaries.iter().filter_map(|summary| summary.progress);
    counted.fold((0, 0), |(done, total), progress| {
        (done + progress.done, total + progress.total)
    })
}

#[test]
fn every_version_of_a_file_is_read_once() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "many_specs::alone_in_its_process", "--nocapture"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// No test of its own: the process that counts, when the test above starts it.
#[test]
fn alone_in_its_process() {
    if std::env::var_os(ALONE).is_some() {
        count_readings();
    }
}

/// Waits until the files that were written are so old that their times tell all later writes.
fn grow_old() {
    std::thread::sleep(Duration::from_millis(50));
}

fn count_readings() {
    let dir = tempfile::tempdir().unwrap();
    generate(dir.path());
    grow_old();
    let before = count();
    let roots = find_roots(dir.path(), &[]).unwrap();
    let mut model = Start {
        roots,
        ..Start::default()
    }
    .model((120, 36));
    settle(&mut model);
    assert_eq!(
        count() - before,
        1,
        "the first frame needs the tasks of one spec"
    );
    let list = model.ask(Job::List);
    perform(&mut model, vec![list]);
    assert_eq!(total(model.specs.summaries()), (TASKS / 2, TASKS));
    let open = 1;
    assert_eq!(
        count() - before,
        (SPECS + open) as u64,
        "each task file once, and the requirements of the open spec"
    );
    let list = model.ask(Job::List);
    perform(&mut model, vec![list]);
    assert_eq!(
        count() - before,
        (SPECS + open) as u64,
        "what did not change is not read again"
    );

    let other = model.specs.feature(7).folder.path.join("tasks.md");
    std::fs::write(&other, "- [x] 1. Rewritten\n").unwrap();
    grow_old();
    let effects = update(&mut model, Message::Changed(vec![other.clone()]));
    perform(&mut model, effects);
    assert_eq!(
        count() - before,
        (SPECS + open + 1) as u64,
        "only the file that changed is read"
    );
    let effects = update(&mut model, Message::Changed(vec![other]));
    perform(&mut model, effects);
    assert_eq!(
        count() - before,
        (SPECS + open + 1) as u64,
        "a second report of the same version reads nothing"
    );
}

/// So many specs that looking for each among all of them would not come to an end.
const THOUSANDS: usize = 60_000;

/// Makes a workspace of specs without documents, of which no folder is on disk.
fn thousands(specs: usize) -> Workspace {
    let feature = |index: usize| Feature {
        root: 0,
        folder: Folder {
            name: format!("spec-{index}"),
            path: PathBuf::from(format!("/shop/.kiro/specs/spec-{index}")),
            documents: Vec::new(),
            other_files: Vec::new(),
            archived: false,
            problems: Vec::new(),
        },
    };
    Workspace {
        roots: vec![Root {
            name: "shop".to_owned(),
            dir: PathBuf::from("/shop"),
            specs: PathBuf::from("/shop/.kiro/specs"),
        }],
        features: (0..specs).map(feature).collect(),
        problems: Vec::new(),
    }
}

#[test]
fn tens_of_thousands_of_specs_are_listed_and_counted() {
    let mut model = Model::new(thousands(THOUSANDS), Settings::default(), (120, 36));
    for specs in [THOUSANDS - 1, THOUSANDS] {
        let Effect::Ask(ticket, _) = model.ask(Job::List) else {
            panic!("a question is no effect");
        };
        let listed = Answer::Listed(Box::new(thousands(specs)));
        let effects = update(&mut model, Message::Answered(ticket, listed));
        let counts = effects.into_iter().filter_map(|effect| match effect {
            Effect::Ask(ticket, Job::Count(features)) => Some((ticket, features)),
            _ => None,
        });
        for (ticket, features) in counts {
            let counted = features.iter().map(|(feature, _)| {
                let summary = Summary::count(feature, None);
                (feature.folder.path.clone(), summary)
            });
            let answer = Answer::Counted(counted.collect());
            update(&mut model, Message::Answered(ticket, answer));
        }
        assert_eq!(model.specs.summaries().len(), specs);
        let open = model.wanted_feature().map(Path::to_path_buf);
        let uncounted = (0..specs).filter(|index| !model.specs.summary(*index).counted);
        assert!(uncounted.count() <= usize::from(open.is_some()));
    }
}

#[test]
#[ignore = "writes a workspace to be measured, where SPECBOARD_MANY says"]
fn write_the_workspace() {
    if let Some(dir) = std::env::var_os("SPECBOARD_MANY") {
        generate(Path::new(&dir));
    }
}
