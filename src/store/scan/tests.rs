//! Trees of files in, lists of specs out.

use super::*;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;

/// A root with these entries below `.kiro/specs`: `name -> target` makes a link, `name/` a folder,
/// `name|` a pipe, else an empty file.
fn tree(entries: &[&str]) -> (tempfile::TempDir, Root) {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().canonicalize().unwrap();
    let specs = dir.join(".kiro/specs");
    std::fs::create_dir_all(&specs).unwrap();
    for entry in entries {
        make(&specs, entry);
    }
    (
        folder,
        Root {
            name: ".".into(),
            dir,
            specs,
        },
    )
}

fn make(specs: &Path, entry: &str) {
    let (name, target) = entry
        .split_once(" -> ")
        .map_or((entry, None), |(name, target)| (name, Some(target)));
    let path = specs.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    match (target, name.strip_suffix('|')) {
        (Some(target), _) => symlink(target, path).unwrap(),
        (None, Some(pipe)) => assert!(
            std::process::Command::new("mkfifo")
                .arg(specs.join(pipe))
                .status()
                .unwrap()
                .success()
        ),
        (None, None) if name.ends_with('/') => std::fs::create_dir_all(path).unwrap(),
        (None, None) => std::fs::write(path, "").unwrap(),
    }
}

/// One line for each spec: name, documents, `+` other files, `(archived)`; then the problems.
fn shown(root: &Root) -> Vec<String> {
    let scan = scan(root);
    let below = |path: &Path, folder: &Path| {
        path.strip_prefix(folder)
            .unwrap()
            .to_string_lossy()
            .into_owned()
    };
    let mut lines: Vec<String> = scan
        .folders
        .iter()
        .map(|folder| {
            let documents: Vec<_> = folder
                .documents
                .iter()
                .map(|document| below(&document.path, &folder.path))
                .collect();
            let others: Vec<_> = folder
                .other_files
                .iter()
                .map(|path| format!(" + {}", below(path, &folder.path)))
                .collect();
            let archived = if folder.archived { " (archived)" } else { "" };
            format!(
                "{}: {}{}{archived}",
                folder.name,
                documents.join(" "),
                others.concat()
            )
        })
        .collect();
    let problems = scan
        .folders
        .iter()
        .flat_map(|folder| &folder.problems)
        .chain(&scan.problems);
    lines.extend(problems.map(|problem| format!("! {problem}")));
    lines
}

#[test]
fn specs_are_folders_with_a_document() {
    for (entries, expected) in [
        (&[][..], &[][..]),
        (&["group/README.md"], &[]),
        (
            &[
                "b/tasks.md",
                "a/requirements.md",
                "a/design.md",
                "a/notes.md",
            ],
            &["a: requirements.md design.md + notes.md", "b: tasks.md"],
        ),
        (&["a/TASKS.md", "a/Bugfix.MD"], &["a: Bugfix.MD TASKS.md"]),
        (
            &["g/h/a/spec.md", "g/b/tasks.md", "g/notes.md"],
            &["g/b: tasks.md", "g/h/a: spec.md"],
        ),
        (
            &["a/tasks.md", "a/b/tasks.md"],
            &["a: tasks.md", "a/b: tasks.md"],
        ),
        (
            &["tasks.md", "notes.md", "a/tasks.md", "g/notes.md"],
            &[".: tasks.md + notes.md", "a: tasks.md"],
        ),
        (
            &[
                "a b & c/tasks.md",
                "要件/tasks.md",
                ".x/tasks.md",
                "_y/tasks.md",
            ],
            &[
                ".x: tasks.md",
                "_y: tasks.md",
                "a b & c: tasks.md",
                "要件: tasks.md",
            ],
        ),
        (
            &["a-b/tasks.md", "a/x/tasks.md"],
            &["a-b: tasks.md", "a/x: tasks.md"],
        ),
        (
            &["a/tasks.md", ".git/x/tasks.md", "a/.git"],
            &["a: tasks.md"],
        ),
    ] {
        let (_folder, root) = tree(entries);
        assert_eq!(shown(&root), expected, "{entries:?}");
    }
}

#[test]
fn sub_folders_without_documents_belong_to_the_spec_above() {
    let (_folder, root) = tree(&[
        "a/tasks.md",
        "a/.config.kiro",
        "a/notes/deep/x.png",
        "a/node_modules/y.js",
        "a/target/z",
        "a/inner/tasks.md",
        "a/inner/log.txt",
        "a/.specboard-abc.tmp",
        "target/tasks.md",
    ]);
    assert_eq!(
        shown(&root),
        [
            "a: tasks.md + .config.kiro + notes/deep/x.png",
            "a/inner: tasks.md + log.txt",
            "target: tasks.md"
        ]
    );
}

#[test]
fn archive_folders_mark_what_is_in_them() {
    for archive in [
        "archive",
        "archived",
        "_archive",
        ".archive",
        "COMPLETED",
        "done",
        "Done",
        "x/archive",
    ] {
        let (_folder, root) = tree(&[&format!("{archive}/a/b/tasks.md"), "zz-archive/tasks.md"]);
        assert_eq!(
            shown(&root),
            [
                format!("{archive}/a/b: tasks.md (archived)"),
                "zz-archive: tasks.md".into()
            ]
        );
    }
}

#[test]
fn links_are_followed_once_and_never_in_a_loop() {
    for (entries, expected) in [
        (&["a/tasks.md", "z -> a"][..], &["a: tasks.md"][..]),
        (&["b/tasks.md", "a -> b", "c -> b"], &["b: tasks.md"]),
        (&["a/tasks.md", "a/self -> ."], &["a: tasks.md"]),
        (
            &["a/tasks.md", "a/b/up -> ../.."],
            &[
                "a: tasks.md",
                "! .kiro/specs/a/b/up: is not followed: this link leads back to a folder above it",
            ],
        ),
        (
            &[
                "l -> ../../shared",
                "../../shared/x/tasks.md",
                "../../shared/back -> ../.kiro/specs/l",
            ],
            &["l/x: tasks.md"],
        ),
        (
            &[
                "m -> ../../shared",
                "l -> ../../shared/x",
                "../../shared/x/tasks.md",
            ],
            &["l: tasks.md"],
        ),
        (
            &["a/tasks.md -> ../../elsewhere.md", "../elsewhere.md"],
            &["a: tasks.md"],
        ),
    ] {
        let (_folder, root) = tree(entries);
        assert_eq!(shown(&root), expected, "{entries:?}");
    }
}

#[test]
fn what_cannot_be_used_is_named_with_its_reason_and_hides_nothing() {
    let (_folder, root) = tree(&[
        "a/tasks.md|",
        "b/design.md/x.md",
        "c/tasks.md -> gone.md",
        "d/tasks.md",
        "e -> e",
        "f/tasks.md -> ../d",
    ]);
    let odd = OsString::from_vec(b"odd\xff".to_vec());
    std::fs::create_dir(root.specs.join(&odd)).unwrap();
    std::fs::write(root.specs.join(&odd).join("tasks.md"), "").unwrap();
    let expected = [
        "a: ",
        "b:  + design.md/x.md",
        "c: ",
        "d: tasks.md",
        "f: ",
        "odd\u{fffd}: tasks.md",
        "! .kiro/specs/a/tasks.md: cannot be read: it is a pipe, not a file. Move it away or rename it",
        "! .kiro/specs/b/design.md: cannot be read: it is a folder, not a file. Move it away or rename it",
        "! .kiro/specs/c/tasks.md: cannot be read: no such file or directory (os error 2). It is gone, or it is a link that leads nowhere",
        "! .kiro/specs/f/tasks.md: cannot be read: it is a folder, not a file. Move it away or rename it",
        "! .kiro/specs/odd\u{fffd}: its name is not UTF-8; � stands for the odd bytes. Rename it",
        "! .kiro/specs/e: cannot be read: too many levels of symbolic links (os error 40). It is a link that leads back to itself: remove it",
    ];
    assert_eq!(shown(&root), expected);
}

#[test]
fn of_two_spellings_the_usual_one_wins() {
    let (_folder, root) = tree(&["a/TASKS.md", "a/tasks.md", "b/Design.md", "b/DESIGN.md"]);
    let expected = [
        "a: tasks.md + TASKS.md",
        "b: DESIGN.md + Design.md",
        "! .kiro/specs/a/TASKS.md: is not used: tasks.md is there too. Rename one of them",
        "! .kiro/specs/b/Design.md: is not used: DESIGN.md is there too. Rename one of them",
    ];
    assert_eq!(shown(&root), expected);
}

#[test]
fn an_unreadable_folder_hides_no_other() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, root) = tree(&["a/tasks.md", "b/tasks.md"]);
    let closed = root.specs.join("a");
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o000)).unwrap();
    if rustix::process::geteuid().is_root() {
        println!("skipped: root may list everything");
        return;
    }
    let lines = shown(&root);
    assert_eq!(lines[0], "b: tasks.md");
    assert!(lines[1].starts_with("! .kiro/specs/a: cannot be read: permission denied"));
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o700)).unwrap();
}

#[test]
fn an_empty_folder_was_no_place_for_a_first_document() {
    for (entries, expected) in [
        (&["x/"][..], &["x: "][..]),
        (&["g/x/", "g/b/tasks.md"], &["g/b: tasks.md", "g/x: "]),
        (&["x/.DS_Store"], &["x: "]),
        // What holds something, lies in a spec, or is for something else.
        (&["g/.gitkeep", "h/i/notes.md"], &[]),
        (&["a/tasks.md", "a/notes/"], &["a: tasks.md"]),
        (
            &["archive/", "Done/x/", ".x/", "target/", "node_modules/"],
            &[],
        ),
    ] {
        let (_folder, root) = tree(entries);
        assert_eq!(shown(&root), expected, "{entries:?}");
    }
}

#[test]
fn a_root_without_specs_is_empty() {
    let root = Root {
        name: ".".into(),
        dir: "/nowhere".into(),
        specs: "/nowhere/.kiro/specs".into(),
    };
    assert_eq!(scan(&root), Scan::default());
}
