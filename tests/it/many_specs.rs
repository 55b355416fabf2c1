//! Three hundred specs with five thousand tasks: every file is read and parsed once for each of its
//! versions, and no more.
//!
//! The store counts readings of the whole process, so the test that counts runs in a process of its
//! own. `SPECBOARD_MANY=DIR cargo test --test it many_specs -- --ignored` writes the workspace to
//! DIR, to be measured.

use std::path::Path;
use std::process::Command;

use specboard::model::{Effect, Job, Message, Model, Summary};
use specboard::runtime::{Start, fulfil};
use specboard::store::{find_roots, read::count};
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
        let roots = model.workspace.roots.clone();
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

fn count_readings() {
    let dir = tempfile::tempdir().unwrap();
    generate(dir.path());
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
    assert_eq!(total(&model.summaries), (TASKS / 2, TASKS));
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

    let other = model.workspace.features[7].folder.path.join("tasks.md");
    std::fs::write(&other, "- [x] 1. Rewritten\n").unwrap();
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

#[test]
#[ignore = "writes a workspace to be measured, where SPECBOARD_MANY says"]
fn write_the_workspace() {
    if let Some(dir) = std::env::var_os("SPECBOARD_MANY") {
        generate(Path::new(&dir));
    }
}
