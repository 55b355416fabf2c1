//! Drives the command line as a library: words in; answer, messages and exit status out.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use specboard::cli::{Output, Style, run};

/// What one run of the program gave.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    status: u8,
    answer: String,
    messages: String,
}

/// Runs the program with words that have no blanks inside, in the folder `here`.
fn ran(here: &Path, words: &str) -> Ran {
    looking(here, words, Style::default())
}

fn looking(here: &Path, words: &str, style: Style) -> Ran {
    let words = format!("specboard {words}");
    ran_words(
        here,
        words.split_whitespace().map(OsString::from).collect(),
        style,
    )
}

fn ran_words(here: &Path, words: Vec<OsString>, style: Style) -> Ran {
    let (mut answer, mut messages) = (Vec::new(), Vec::new());
    let status = run(
        words,
        here.to_path_buf(),
        &mut Output::new(&mut answer, &mut messages, style),
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran {
        status: status.code(),
        answer: text(answer),
        messages: text(messages),
    }
}

fn json(here: &Path, words: &str) -> Value {
    let ran = ran(here, words);
    assert_eq!(ran.status, 0, "{words}: {}", ran.messages);
    serde_json::from_str(&ran.answer).unwrap()
}

/// Returns whether an answer says what is expected. It may say more: fields may be added, and which
/// there are is tested against the contract.
fn says(answer: &Value, expected: &Value) -> bool {
    match (answer, expected) {
        (Value::Object(answer), Value::Object(expected)) => expected
            .iter()
            .all(|(key, value)| answer.get(key).is_some_and(|own| says(own, value))),
        (Value::Array(answer), Value::Array(expected)) => {
            answer.len() == expected.len()
                && answer
                    .iter()
                    .zip(expected)
                    .all(|(own, value)| says(own, value))
        }
        _ => answer == expected,
    }
}

#[track_caller]
fn assert_says(answer: &Value, expected: &Value) {
    assert!(says(answer, expected), "{answer:#}\nis not\n{expected:#}");
}

/// Returns a copy of the workspace `tests/shop` that a test may change.
fn shop() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shop"),
        folder.path(),
    );
    let path = folder.path().to_path_buf();
    (folder, path)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, target) = (
            entry.as_ref().unwrap().path(),
            to.join(entry.unwrap().file_name()),
        );
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::write(target, fs::read(path).unwrap()).unwrap();
        }
    }
}

fn put(root: &Path, name: &str, bytes: &[u8]) {
    let path = root.join(".kiro/specs").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

const LIST: &str = "\
\u{20}✓ archive/old-cart         0/0   1/1 optional   archived
 – banner                   –
 ◐ checkout                 1/4   0/1 optional   1 in progress   1 queued   1 other
 ◐ identity/user-auth       1/3   1 other
 ✓ identity/user-profile    2/2
 ◐ wishlist                 1/2
6 specs, 5 of 11 required tasks done
";

#[test]
fn list_shows_every_feature_with_its_progress() {
    let (_folder, shop) = shop();
    assert_eq!(
        ran(&shop, "list"),
        Ran {
            status: 0,
            answer: LIST.to_owned(),
            messages: String::new()
        }
    );
    let ascii = ran(&shop, "list --ascii").answer;
    assert!(
        ascii.is_ascii() && ascii.contains(" x identity/user-profile    2/2\n"),
        "{ascii}"
    );
}

#[test]
fn an_empty_folder_is_listed_and_counts_as_no_spec() {
    let (_folder, shop) = shop();
    fs::create_dir(shop.join(".kiro/specs/new")).unwrap();
    let answer = ran(&shop, "list").answer;
    assert!(
        answer.contains("\n – new                      –     empty\n"),
        "{answer}"
    );
    assert!(
        answer.ends_with("\n6 specs, 5 of 11 required tasks done; 1 empty\n"),
        "{answer}"
    );
    let listed = json(&shop, "list --json");
    let features = listed["features"].as_array().unwrap();
    let new = features.iter().find(|row| row["name"] == "new").unwrap();
    assert_eq!((features.len(), &new["documents"]), (7, &json!([])));
    let shown = ran(&shop, "show new");
    assert_eq!(
        (shown.status, &shown.messages[..]),
        (2, "error: new is empty: there is nothing to show\n")
    );
}

#[test]
fn list_says_how_old_stale_work_is() {
    let (_folder, shop) = shop();
    for (days, expected) in [
        (
            6,
            " ◐ checkout                 1/4   0/1 optional   1 in progress   1 queued   1 other",
        ),
        (
            9,
            " ◐ checkout                 1/4   0/1 optional   1 in progress, 9 d   1 queued, 9 d   1 other",
        ),
    ] {
        let tasks = fs::File::options()
            .write(true)
            .open(shop.join(".kiro/specs/checkout/tasks.md"))
            .unwrap();
        tasks
            .set_modified(SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60 + 60))
            .unwrap();
        assert_eq!(ran(&shop, "list").answer.lines().nth(2), Some(expected));
    }
}

#[test]
fn list_cuts_names_in_the_middle_where_the_terminal_is_narrow() {
    let (_folder, shop) = shop();
    put(&shop, "長い長い長い長い長い名前/tasks.md", b"- [ ] a\n");
    let narrow = Style {
        columns: Some(36),
        ..Style::default()
    };
    let lines = looking(&shop, "list", narrow).answer;
    let found: Vec<&str> = lines.lines().filter(|line| line.contains('…')).collect();
    assert_eq!(
        found,
        [
            " ✓ archi…d-cart    0/0   1/1 optional   archived",
            " ◐ ident…r-auth    1/3   1 other",
            " ✓ ident…rofile    2/2",
            " ○ 長い…い名前     0/1"
        ]
    );
}

#[test]
fn list_says_in_json_what_the_contract_promises() {
    let (_folder, shop) = shop();
    let list = json(&shop, "list --json");
    assert_says(&list, &json!({"roots": ["."], "problems": []}));
    assert_says(
        &list["features"][2],
        &json!({"name": "checkout", "path": ".kiro/specs/checkout", "root": ".", "kind": "feature",
            "documents": ["requirements.md", "tasks.md"], "other_files": ["notes.txt"],
            "archived": false,
            "progress": {"done": 1, "total": 4, "doing": 1, "queued": 1, "other": 1,
                "optional_done": 0, "optional_total": 1},
            "problems": [], "phase": null, "approvals": null}),
    );
    let kinds: Vec<&str> = list["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| feature["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "feature", "bugfix", "feature", "feature", "feature", "single"
        ]
    );
    assert_eq!(list["features"][4]["documents"], json!(["TASKS.md"]));
}

#[test]
fn list_says_of_waves_and_circles_what_trace_and_tasks_say() {
    for (tasks, expected) in [
        (
            "- [ ] 1. a\n\n```json\n{\"waves\":[{\"id\":0,\n```\n",
            "the waves cannot be read",
        ),
        (
            "- [ ] 1. a\n  - _Depends: 2_\n- [ ] 2. b\n  - _Depends: 1_\n",
            "wait for each other",
        ),
        ("- [ ] 1. a\n- [ ] 2. b\n  - _Depends: 1_\n", ""),
    ] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a/tasks.md", tasks.as_bytes());
        let said = ran(folder.path(), "list").messages;
        assert_eq!(
            [&said; 2],
            ["trace", "tasks a"]
                .map(|words| ran(folder.path(), words).messages)
                .each_ref(),
            "{tasks:?}"
        );
        let list = json(folder.path(), "list --json");
        let listed = list["features"][0]["problems"].as_array().unwrap();
        assert_eq!(listed.len(), said.lines().count(), "{list}");
        assert!(
            listed
                .iter()
                .all(|problem| said.contains(problem["message"].as_str().unwrap())),
            "{list}"
        );
        assert!(
            said.contains(expected) && said.is_empty() == expected.is_empty(),
            "{said:?}"
        );
    }
}

#[test]
fn list_says_in_json_what_tools_wrote_beside_the_documents() {
    let (_folder, shop) = shop();
    put(&shop, "checkout/.config.kiro", br#"{"specType":"bugfix"}"#);
    put(&shop, "checkout/spec.json", br#"{"phase":"design","approvals":{"requirements":{"generated":true,"approved":true},"more":1}}"#);
    let checkout = &json(&shop, "list --json")["features"][2];
    assert_eq!(
        (&checkout["kind"], &checkout["phase"]),
        (&json!("bugfix"), &json!("design"))
    );
    assert_eq!(
        checkout["approvals"],
        json!({"requirements": {"generated": true, "approved": true}, "design": null, "tasks": null})
    );
}

#[test]
fn several_roots_have_a_heading_each() {
    let (_folder, shop) = shop();
    put(&shop.join("stand"), "cart/tasks.md", b"- [x] 1. a\n");
    let both = ran(&shop, "list --root . --root stand");
    assert!(
        both.answer.starts_with(".\n ✓ archive/old-cart")
            && both.answer.contains("\nstand\n ✓ cart "),
        "{}",
        both.answer
    );
    assert_eq!(
        json(&shop, "list --json --root . --root stand")["features"][6]["root"],
        "stand"
    );
    assert_eq!(
        ran(&shop, "tasks stand:cart --root . --root stand").answer,
        "stand:cart  .kiro/specs/cart/tasks.md\n   1  ✓ 1     a\n"
    );
}

const TASKS: &str = "\
checkout  .kiro/specs/checkout/tasks.md
   3  ✓ 1     Set up
   4    ✓ 1.1   Cart total
   6    ○ 1.2*  Write property test for totals
   7  ◐ 2     Pay
   8    ○ 2.1   Card form
   9    ? 2.2   [/] Receipt
  10  » 3     Checkpoint
  14  [ ] Paying takes three steps
";

#[test]
fn tasks_shows_every_item_at_its_depth() {
    let (_folder, shop) = shop();
    for (words, expected) in [
        ("tasks checkout", TASKS),
        (
            "tasks check --state doing --state queued",
            "checkout  .kiro/specs/checkout/tasks.md\n   7  ◐ 2     Pay\n  10  » 3     Checkpoint\n",
        ),
        (
            "tasks user-auth --state todo",
            "identity/user-auth  .kiro/specs/identity/user-auth/tasks.md\n   1  ○ Login endpoint\n",
        ),
        (
            "tasks wishlist",
            "wishlist  .kiro/specs/wishlist/spec.md\n   7  ○ Store hearts\n   8  ✓ Draw hearts\n",
        ),
    ] {
        assert_eq!(
            ran(&shop, words),
            Ran {
                status: 0,
                answer: expected.to_owned(),
                messages: String::new()
            },
            "{words}"
        );
    }
    let none = ran(&shop, "tasks banner");
    assert_eq!(
        (none.status, none.answer.as_str(), none.messages.as_str()),
        (0, "", "banner: there is no such task\n")
    );
}

#[test]
fn tasks_says_in_json_what_the_contract_promises() {
    let (_folder, shop) = shop();
    let checkout = &json(&shop, "tasks checkout --json")["features"][0];
    assert_says(checkout, &json!({"name": "checkout", "root": "."}));
    assert_says(
        &checkout["tasks"][1],
        &json!({"number": "1.1", "title": "Cart total", "state": "done", "marker": "x",
            "optional": false, "kind": "task", "counted": true, "parent": "1", "parent_line": 3,
            "depth": 1, "references": ["1.1", "1.2"], "file": ".kiro/specs/checkout/tasks.md",
            "line": 4, "ready": false}),
    );
    let tasks = &json(&shop, "tasks user-auth --json")["features"][0]["tasks"];
    assert_eq!(
        (&tasks[2]["state"], &tasks[2]["marker"], &tasks[2]["number"]),
        (&json!("other"), &json!(""), &Value::Null)
    );
}

#[test]
fn tasks_gives_references_as_resolved_and_says_what_is_ready() {
    let (_folder, shop) = shop();
    put(&shop, "cart/requirements.md", REQUIREMENTS);
    put(&shop, "cart/tasks.md", CART_TASKS);
    let tasks = &json(&shop, "tasks cart --json")["features"][0]["tasks"];
    let column = |field: &str| {
        tasks
            .as_array()
            .unwrap()
            .iter()
            .map(|task| task[field].clone())
            .collect::<Vec<_>>()
    };
    let references = [
        json!(["1.1", "1.2"]),
        json!(["1", "2"]),
        json!(["1.3", "Speed"]),
        json!([]),
        json!(["1.1"]),
    ];
    assert_eq!(column("references"), references);
    assert_eq!(
        column("ready"),
        [
            json!(false),
            json!(true),
            json!(false),
            json!(false),
            json!(false)
        ]
    );
}

const REQUIREMENTS: &[u8] = b"# Requirements Document\n\n## Requirements\n\n### Requirement 1: Fill\n\n#### Acceptance Criteria\n\n\
    1. WHEN a thing is added, THE Cart SHALL count it\n2. THE Cart SHALL be empty at first,\n   always\n\n\
    ### Requirement 2: Empty\n\n#### Acceptance Criteria\n\n1. Quick enough\n";
const CART_TASKS: &[u8] =
    b"- [x] 1. Fill\n  - _Requirements: 1.1-1.2_\n- [ ] 2. Check\n  - _Requirements: All_\n- [ ] 3. Tune\n  - _Requirements: 1.3, Speed_\n\
    - [ ] Tidy up\n  - _Requirements: N/A_\n\n## Success Criteria\n\n- [ ] Good _Requirements: 1.1_\n";

const TRACE: &str = "\
cart  3/3 criteria covered, 1 by All only
  ◐ 1.1  event-driven  1 2       P 1  WHEN a thing is added, THE Cart SHALL count it
  ◐ 1.2  ubiquitous    1 2            THE Cart SHALL be empty at first, always
  ○ 2.1  none          2 by All       Quick enough
  Dangling: task 3 names 1.3: Requirement 1 ends at 1.2  .kiro/specs/cart/tasks.md:6
  Dangling: property 1 names 4.1: the requirements end at 2  .kiro/specs/cart/design.md:2
  Not an id: task 3 says \"Speed\"  .kiro/specs/cart/tasks.md:6
";

/// Returns the workspace with a feature, a bugfix and a single file that can be traced.
fn traced_shop() -> (tempfile::TempDir, PathBuf) {
    let (folder, shop) = shop();
    put(&shop, "cart/requirements.md", REQUIREMENTS);
    put(&shop, "cart/tasks.md", CART_TASKS);
    put(
        &shop,
        "cart/design.md",
        b"### Property 1: Count\n**Validates: Requirements 1.1, 4.1**\n",
    );
    let bugfix = "# Bugfix Requirements Document\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a card is refused THEN the shop says nothing\n\n\
                  ### Expected Behavior (Correct)\n\n2.1 WHEN a card is refused THEN the shop SHALL say why\n";
    put(&shop, "refused/bugfix.md", bugfix.as_bytes());
    put(
        &shop,
        "refused/tasks.md",
        b"- [ ] 1. Say why\n  - _Requirements: 2.1_\n- [ ] 2. Checkpoint\n",
    );
    (folder, shop)
}

#[test]
fn trace_shows_every_criterion_and_the_gaps() {
    let (_folder, shop) = traced_shop();
    let refused = "\
refused  1/1 criteria covered
    1.1  event-driven  –  WHEN a card is refused THEN the shop says nothing
  ○ 2.1  event-driven  1  WHEN a card is refused THEN the shop SHALL say why
  No reference in task: 2
";
    let wishlist = "\
wishlist  0/1 criteria covered
  ✗ 1  event-driven  –  WHEN a heart is pressed, THE Shop SHALL remember it
  No task for: 1
  No reference in task: :7 :8
";
    for (words, expected) in [
        ("trace cart", TRACE),
        ("trace refused", refused),
        ("trace wishlist", wishlist),
        ("trace banner", "banner  no criteria\n"),
    ] {
        assert_eq!(
            ran(&shop, words),
            Ran {
                status: 0,
                answer: expected.to_owned(),
                messages: String::new()
            },
            "{words}"
        );
    }
    let all = ran(&shop, "trace").answer;
    assert!(
        all.starts_with(TRACE)
            && all.ends_with(
                "\n4 specs, 4 of 6 criteria covered, 1 by All only; 4 dangling, 1 not an id\n"
            ),
        "{all}"
    );
    let narrow = looking(
        &shop,
        "trace cart --ascii",
        Style {
            columns: Some(50),
            ..Style::default()
        },
    )
    .answer;
    assert!(
        narrow.is_ascii()
            && narrow.contains("  - 1.1  event-driven  1 2       P 1  WHEN a thin~\n"),
        "{narrow}"
    );
}

#[test]
fn trace_says_in_json_what_the_contract_promises() {
    let (_folder, shop) = traced_shop();
    let cart = &json(&shop, "trace cart --json")["features"][0];
    let tasks = ".kiro/specs/cart/tasks.md";
    assert_says(
        cart,
        &json!({"name": "cart", "root": ".",
            "dangling": [
                {"from": "3", "reference": "1.3", "file": tasks, "line": 6, "kind": "task",
                    "reason": "Requirement 1 ends at 1.2"},
                {"from": "1", "reference": "4.1", "file": ".kiro/specs/cart/design.md", "line": 2,
                    "kind": "property", "reason": "the requirements end at 2"}],
            "prose": [
                {"from": "3", "reference": "Speed", "file": tasks, "line": 6, "kind": "task"}],
            "unreferenced_tasks": [], "coverage": {"covered": 3, "total": 3}}),
    );
    assert_says(
        &cart["criteria"][0],
        &json!({"id": "1.1", "text": "WHEN a thing is added, THE Cart SHALL count it",
            "pattern": "event-driven", "tasks": ["1", "2"], "properties": ["1"],
            "file": ".kiro/specs/cart/requirements.md", "line": 9, "by_all_only": false}),
    );
    for (name, ids, unreferenced) in [
        ("refused", json!(["1.1", "2.1"]), json!(["2"])),
        ("wishlist", json!(["1"]), json!([":7", ":8"])),
    ] {
        let feature = &json(&shop, &format!("trace {name} --json"))["features"][0];
        let found: Vec<&Value> = feature["criteria"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["id"])
            .collect();
        assert_eq!(
            (json!(found), &feature["unreferenced_tasks"]),
            (ids, &unreferenced),
            "{name}"
        );
    }
}

#[test]
fn trace_says_that_a_requirement_without_criteria_is_covered_or_a_gap() {
    let (_folder, shop) = shop();
    put(
        &shop,
        "cart/requirements.md",
        b"### Requirement 1: Speed\n\nIt is fast.\n\n### Requirement 2: Count\n\n1. THE Cart SHALL count\n\n### Requirement 3: Look\n",
    );
    put(
        &shop,
        "cart/tasks.md",
        b"- [x] 1. a\n  - _Requirements: 1, 2.1_\n",
    );
    let expected = "\
cart  2/3 criteria covered
  ✓ 1    none        1  Speed
  ✓ 2.1  ubiquitous  1  THE Cart SHALL count
  ✗ 3    none        –  Look
  No task for: 3
";
    assert_eq!(ran(&shop, "trace cart").answer, expected);
    let cart = &json(&shop, "trace cart --json")["features"][0];
    assert_eq!(cart["coverage"], json!({"covered": 2, "total": 3}));
    assert_says(
        &cart["criteria"][2],
        &json!({"id": "3", "kind": "requirement", "text": "Look", "pattern": "none", "tasks": [],
            "line": 9}),
    );
    assert_eq!(cart["criteria"][1].get("kind"), None);
}

#[test]
fn nothing_dangles_where_the_criteria_cannot_be_read() {
    let (_folder, shop) = traced_shop();
    let path = shop.join(".kiro/specs/cart/requirements.md");
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    let ran = ran(&shop, "trace cart --json");
    let answer: Value = serde_json::from_str(&ran.answer).unwrap();
    assert_eq!(
        (
            &answer["features"][0]["dangling"],
            &answer["features"][0]["prose"]
        ),
        (&json!([]), &json!([]))
    );
    assert!(
        ran.messages
            .contains("requirements.md: is not read: it has 100 MiB"),
        "{}",
        ran.messages
    );
    fs::remove_file(&path).unwrap();
    let without = self::ran(&shop, "trace cart").answer;
    let words = "  Not an id: task 3 says \"Speed\"  .kiro/specs/cart/tasks.md:6\n";
    assert_eq!(
        without,
        format!(
            "cart  no criteria\n  Dangling: all 4 references, as there are no criteria\n{words}"
        )
    );
}

#[test]
fn mark_changes_one_byte_and_says_what_it_was_and_is() {
    let (_folder, shop) = shop();
    let (file, auth) = (
        ".kiro/specs/checkout/tasks.md",
        ".kiro/specs/identity/user-auth/tasks.md",
    );
    for (words, path, from, to, answer) in [
        (
            "mark checkout 2.1 done",
            file,
            "[ ] 2.1",
            "[x] 2.1",
            format!("2.1 Card form: not started → done  {file}:8\n"),
        ),
        (
            "mark checkout 2.1 :8 2.1:8 done",
            file,
            "",
            "",
            format!("2.1 Card form: done already  {file}:8\n"),
        ),
        (
            "mark checkout 2.2 doing",
            file,
            "[/] 2.2",
            "[-] 2.2",
            format!("2.2 Receipt: [/] → in progress  {file}:9\n"),
        ),
        (
            "mark checkout :14 done",
            file,
            "[ ] Paying",
            "[x] Paying",
            format!("Paying takes three steps: not started → done  {file}:14\n"),
        ),
        (
            "mark user-auth :3 done",
            auth,
            "[] Session",
            "[x] Session",
            format!("Session store: [] → done  {auth}:3\n"),
        ),
        (
            "mark checkout 3 1.1 todo",
            file,
            "[x] 1.1",
            "[ ] 1.1",
            format!(
                "1.1 Cart total: done → not started  {file}:4\n3 Checkpoint: queued → not started  {file}:10\n"
            ),
        ),
    ] {
        let before = fs::read_to_string(shop.join(path)).unwrap();
        assert_eq!(
            ran(&shop, words),
            Ran {
                status: 0,
                answer,
                messages: String::new()
            },
            "{words}"
        );
        let after = fs::read_to_string(shop.join(path)).unwrap();
        assert_eq!(
            after,
            before.replace(from, to).replace(
                "[~] 3",
                if words.contains("mark checkout 3") {
                    "[ ] 3"
                } else {
                    "[~] 3"
                }
            ),
            "{words}"
        );
    }
}

#[test]
fn mark_says_in_json_what_the_contract_promises() {
    let (_folder, shop) = shop();
    let answer = json(&shop, "mark checkout 2.1 1.1 done --json");
    let file = ".kiro/specs/checkout/tasks.md";
    let change = |line: usize, number: &str, from: &str| {
        json!({"root": ".", "file": file, "line": line, "number": number, "from": from,
            "to": "done"})
    };
    let changes = [change(4, "1.1", "done"), change(8, "2.1", "todo")];
    assert_says(&answer, &json!({ "changes": changes }));
}

#[test]
fn mark_refuses_what_is_unknown_or_ambiguous_and_then_changes_nothing() {
    let (_folder, shop) = shop();
    for (words, status, message) in [
        (
            "mark checkout 2.1 9.9 done",
            2,
            "error: there is no task 9.9 in .kiro/specs/checkout/tasks.md. There are:\n  1:3  Set up\n",
        ),
        (
            "mark checkout 2.1:9 done",
            2,
            "error: there is no task 2.1:9 in .kiro/specs/checkout/tasks.md. There are:\n  2.1:8  Card form\n  2.2:9  Receipt\n",
        ),
        ("mark checkout :5 done", 2, "error: there is no task :5 in"),
        (
            "mark user-profile 1 todo",
            2,
            "error: task 1 could be any of these in .kiro/specs/identity/user-profile/TASKS.md; add the line:\n  1:1  Page\n  1:2  Page again\n",
        ),
        (
            "mark identity 1 done",
            2,
            "error: identity could be any of these specs:\n  identity/user-auth\n  identity/user-profile\n",
        ),
        (
            "mark nothing 1 done",
            2,
            "error: there is no spec nothing. There are:\n  archive/old-cart\n",
        ),
        (
            "mark banner 1 done",
            2,
            "error: banner has no tasks to mark\n",
        ),
        ("mark checkout 2.1 other", 2, "error: invalid value 'other'"),
        ("mark checkout done", 2, "error: "),
        ("mark checkout : done", 2, "error: invalid value ':'"),
        ("mark checkout :0 done", 2, "error: invalid value ':0'"),
        (
            "mark checkout 2.1 done --read-only",
            1,
            "error: nothing was marked: --read-only forbids writing\n",
        ),
    ] {
        let ran = ran(&shop, words);
        assert!(
            ran.status == status && ran.answer.is_empty() && ran.messages.starts_with(message),
            "{words}: {ran:?}"
        );
    }
    assert_eq!(ran(&shop, "list").answer, LIST);
}

#[test]
fn mark_says_no_to_a_file_that_does_not_come_to_rest() {
    let (_folder, shop) = shop();
    let path = shop.join(".kiro/specs/checkout/tasks.md");
    let text = fs::read(&path).unwrap();
    let is_over = AtomicBool::new(false);
    let rewrite = || {
        while !is_over.load(Ordering::Relaxed) {
            fs::write(&path, &text).unwrap();
        }
    };
    let ran = std::thread::scope(|scope| {
        let _writers = [scope.spawn(rewrite), scope.spawn(rewrite)];
        let ran = ran(&shop, "mark checkout 2.1 done");
        is_over.store(true, Ordering::Relaxed);
        ran
    });
    assert!(
        ran.status == 1 && ran.answer.is_empty() && ran.messages.starts_with("error: "),
        "{ran:?}"
    );
    assert_eq!(fs::read(&path).unwrap(), text);
}

#[test]
fn mark_says_what_it_cannot_write() {
    let (_folder, shop) = shop();
    let path = shop.join(".kiro/specs/checkout/tasks.md");
    fs::set_permissions(&path, PermissionsExt::from_mode(0o400)).unwrap();
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        println!("skipped: this user may write everything");
        return;
    }
    let ran = ran(&shop, "mark checkout 2.1 done");
    assert!(
        ran.status == 3 && ran.messages.contains("chmod +w"),
        "{ran:?}"
    );
}

#[test]
fn show_gives_a_document_laid_out_or_its_bytes() {
    let (_folder, shop) = shop();
    let source = fs::read_to_string(shop.join(".kiro/specs/checkout/tasks.md")).unwrap();
    let rendered = source
        .replace("# ", "")
        .replace('#', "")
        .replace("_Requirements: 1.1, 1.2_", "Requirements: 1.1, 1.2");
    for (words, expected) in [
        ("show checkout", rendered.as_str()),
        ("show checkout tasks", &rendered),
        ("show checkout --raw", &source),
        ("show checkout notes.txt", "Ask the bank first.\n"),
        ("show banner", "Bugfix Requirements Document\n"),
        ("show banner design", "Design\n\nOverview\n"),
        (
            "show user-auth --raw",
            "- [ ] Login endpoint\r\n- [x] Logout endpoint\r\n- [] Session store\r\n",
        ),
        (
            "show user-auth",
            "- [ ] Login endpoint\n- [x] Logout endpoint\n- [] Session store\n",
        ),
        (
            "show checkout requirements --width 26",
            "Requirements Document\n\n✗ 1 WHEN a card is\n    refused, THE Shop\n    SHALL say why\n",
        ),
        (
            "show checkout requirements --color always",
            "\x1b[1;4mRequirements Document\x1b[0m\n\n\x1b[31m✗\x1b[0m \x1b[34m1\x1b[0m \x1b[36mWHEN\x1b[0m a card is refused, \x1b[36mTHE\x1b[0m Shop \x1b[36mSHALL\x1b[0m say why\n",
        ),
    ] {
        assert_eq!(
            ran(&shop, words),
            Ran {
                status: 0,
                answer: expected.to_owned(),
                messages: String::new()
            },
            "{words}"
        );
    }
    let answer = json(&shop, "show wishlist tasks --json");
    assert_eq!(
        (&answer["file"], &answer["text"]),
        (
            &json!(".kiro/specs/wishlist/spec.md"),
            &json!("## Tasks\n- [ ] Store hearts\n- [x] Draw hearts\n")
        )
    );
    assert_eq!(
        json(&shop, "show wishlist spec --json")["text"]
            .as_str()
            .map(str::len),
        Some(133)
    );
    assert!(
        ran(&shop, "show wishlist design")
            .messages
            .starts_with("error: wishlist has no design. There are:\n  spec.md\n")
    );
}

#[test]
fn show_has_ids_states_and_tasks_beside_criteria() {
    let folder = tempfile::tempdir().unwrap();
    let requirements = "# R\n\n### Requirement 1: Pay\n\n#### Acceptance Criteria\n\n1. WHEN a card is refused, THE Shop SHALL say why it was refused\n2. THE Shop SHALL ask\n3. THE Shop SHALL wait\n";
    let tasks = "- [x] 1. a\n  - _Requirements: 1.1_\n- [-] 2. b\n  - _Requirements: 1.1_\n- [x]* 3. c\n  - _Requirements: 1.2_\n";
    put(folder.path(), "a/requirements.md", requirements.as_bytes());
    put(folder.path(), "a/tasks.md", tasks.as_bytes());
    for (words, expected) in [
        (
            "show a requirements --width 70",
            "R\n\nRequirement 1: Pay                                    ◐ 1/3\n◐ 1.1 WHEN a card is refused, THE Shop SHALL say why  1 2\n      it was refused\n✓ 1.2 THE Shop SHALL ask                              3*\n✗ 1.3 THE Shop SHALL wait\n",
        ),
        (
            "show a requirements --width 30",
            "R\n\nRequirement 1: Pay\n◐ 1.1 WHEN a card is refused,\n      THE Shop SHALL say why\n      it was refused\n✓ 1.2 THE Shop SHALL ask\n✗ 1.3 THE Shop SHALL wait\n",
        ),
    ] {
        assert_eq!(ran(folder.path(), words).answer, expected, "{words}");
    }
    // In a pipe nothing is wrapped; what is coloured ends with its line, for a pager.
    let painted = ran(folder.path(), "show a requirements --color always").answer;
    let is_whole = |line: &str| line.matches("\x1b[0m").count() * 2 == line.matches('\x1b').count();
    assert!(painted.lines().all(is_whole), "{painted}");
    assert_eq!(painted.lines().count(), 6, "{painted}");
}

#[test]
fn show_never_leaves_the_folder_of_the_feature() {
    let (_folder, shop) = shop();
    fs::write(shop.join(".kiro/secret.md"), "secret").unwrap();
    for document in [
        "../../secret.md",
        "../banner/design.md",
        "/etc/passwd",
        "design",
        "nothing.md",
        "",
    ] {
        let words = ["specboard", "show", "checkout", document]
            .map(OsString::from)
            .to_vec();
        let ran = ran_words(&shop, words, Style::default());
        assert!(
            ran.status == 2
                && ran.answer.is_empty()
                && ran.messages.contains("There are:\n  requirements.md\n"),
            "{document}: {ran:?}"
        );
    }
}

/// Makes a workspace in which everything that can be wrong with a file is.
fn hostile() -> (tempfile::TempDir, PathBuf) {
    let (folder, shop) = shop();
    put(&shop, "fence/tasks.md", b"- [ ] 1. a\n```\nopen\n");
    put(
        &shop,
        "bytes/tasks.md",
        b"- [ ] 1. a\n- [ ] 2. b\xff\x1b[31m\n",
    );
    put(
        &shop,
        "escape\x1b[2J\u{9b}31m\nname/tasks.md",
        b"- [ ] 1. a\x1b]0;title\x07\n",
    );
    put(&shop, "folder/tasks.md/inside.txt", b"");
    put(&shop, "loop/tasks.md", b"");
    symlink("..", shop.join(".kiro/specs/loop/again")).unwrap();
    put(&shop, "huge/design.md", b"");
    fs::File::options()
        .write(true)
        .open(shop.join(".kiro/specs/huge/design.md"))
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    put(&shop, "pipe/design.md", b"");
    rustix::fs::mkfifoat(
        rustix::fs::CWD,
        shop.join(".kiro/specs/pipe/tasks.md"),
        rustix::fs::Mode::RWXU,
    )
    .unwrap();
    let odd = shop
        .join(".kiro/specs")
        .join(OsString::from_vec(b"odd\xff".to_vec()));
    fs::create_dir_all(&odd).unwrap();
    fs::write(odd.join("tasks.md"), "- [x] 1. a\n").unwrap();
    (folder, shop)
}

#[test]
fn what_is_broken_is_named_and_hides_nothing() {
    let (_folder, shop) = hostile();
    let ran = ran(&shop, "list");
    assert_eq!(ran.status, 0);
    for message in [
        ".kiro/specs/fence/tasks.md:2: the code fence that opens here is never closed\n",
        ".kiro/specs/bytes/tasks.md:2: is not valid UTF-8 on this line; shown with replacement characters, kept as it is\n",
        ".kiro/specs/folder/tasks.md: cannot be read: it is a folder, not a file.",
        ".kiro/specs/huge/design.md: is not read: it has 100 MiB, more than the limit of 16 MiB.",
        ".kiro/specs/pipe/tasks.md: cannot be read: it is a pipe, not a file.",
        ".kiro/specs/odd\u{fffd}: its name is not UTF-8;",
        ".kiro/specs/loop/again: is not followed",
    ] {
        assert!(
            ran.messages.contains(message),
            "{message}\n{}",
            ran.messages
        );
    }
    for line in [
        " ◐ checkout ",
        " ○ bytes ",
        " ! folder ",
        " ! pipe ",
        " ✓ odd\u{fffd} ",
        " ○ escape␛[2J\u{fffd}31m␊name ",
    ] {
        assert!(ran.answer.contains(line), "{line}\n{}", ran.answer);
    }
    assert!(
        ran.answer
            .ends_with("14 specs, 6 of 16 required tasks done; 3 not read\n"),
        "{}",
        ran.answer
    );
}

#[test]
fn nothing_that_a_terminal_obeys_is_ever_written() {
    let (_folder, shop) = hostile();
    let evil = "specboard mark escape\x1b[2J 1 done";
    let words = |words: &str| words.split(' ').map(OsString::from).collect::<Vec<_>>();
    for words in [
        "list",
        "list --json",
        "tasks",
        "tasks --json",
        "trace",
        "trace --json",
        "show bytes",
        "show bytes --json",
        "tasks nothing",
        "mark escape 9 done",
        "mark escape 1 done",
        "mark escape 1 doing --json",
    ]
    .map(|line| words(&format!("specboard {line}")))
    .into_iter()
    .chain([
        words(evil),
        words("specboard \x1b[2J"),
        words("specboard mark a 1 \x1b[2J"),
        words("specboard list --root \x1b[2J"),
    ]) {
        let ran = ran_words(&shop, words.clone(), Style::default());
        let text = format!("{}{}", ran.answer, ran.messages);
        assert!(
            !text.is_empty()
                && !text
                    .chars()
                    .any(|character| character.is_control() && character != '\n'),
            "{words:?}: {text:?}"
        );
    }
}

#[test]
fn the_exit_status_tells_what_happened() {
    let (_folder, shop) = shop();
    let empty = tempfile::tempdir().unwrap();
    let states = specboard::markdown::State::ALL.map(|state| state.marker().word);
    let states = format!("possible values: {}", states.join(", "));
    for (here, words, status, message) in [
        (shop.as_path(), "list", 0, ""),
        (&shop, "--version", 0, ""),
        (&shop, "--help", 0, ""),
        (&shop, "mark --help", 0, ""),
        (&shop, "lits", 2, "no command of that name"),
        (&shop, "--nothing", 2, "--nothing"),
        (&shop, "tasks --state often", 2, &states),
        (&shop, "list --demo --root .", 2, "cannot be used with"),
        (&shop, "show checkout --width 3", 2, "--width"),
        (
            &shop,
            "list --root nowhere",
            3,
            "nowhere is not a folder that can be opened",
        ),
        (empty.path(), "list", 3, "there is no .kiro folder in"),
        (
            &shop,
            "list --log no/such/folder.log",
            3,
            "cannot be written",
        ),
    ] {
        let ran = ran(here, words);
        assert_eq!(
            (ran.status, ran.answer.is_empty()),
            (status, status != 0),
            "{words}: {ran:?}"
        );
        assert!(ran.messages.contains(message), "{words}: {ran:?}");
    }
}

#[test]
fn a_spec_without_documents_is_not_called_done_or_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join(".kiro/specs/x");
    fs::create_dir_all(&spec).unwrap();
    let says = |words: &str| ran(folder.path(), words).messages;
    assert!(says("next x").contains("there are no tasks yet"));
    assert!(says("renumber x").contains("nothing is numbered yet"));
    put(folder.path(), "y/tasks.md", b"- [ ] One\n- [ ] Two\n");
    assert!(says("renumber y").contains("have no numbers here, so there is nothing to renumber"));
    fs::write(spec.join("tasks.md"), "- [x] 1. One\n").unwrap();
    assert!(says("next x").contains("everything is done"));
    assert!(says("renumber x").contains("all numbers are in order"));
}

#[test]
fn a_place_without_specs_says_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join(".kiro/specs")).unwrap();
    let ran = ran(folder.path(), "list");
    assert_eq!(
        (ran.status, ran.answer.as_str()),
        (0, "0 specs, 0 of 0 required tasks done\n")
    );
    assert!(
        ran.messages
            .contains("Start with a folder: .kiro/specs/NAME"),
        "{}",
        ran.messages
    );
}

#[test]
fn the_demo_is_a_copy_that_is_named_and_kept() {
    let empty = tempfile::tempdir().unwrap();
    let ran = ran(empty.path(), "--demo list");
    let folder = PathBuf::from(ran.messages.trim_end().rsplit(' ').next().unwrap());
    assert_eq!(ran.status, 0);
    assert!(
        folder.join(".kiro/specs").is_dir() && ran.answer.contains(" specs, "),
        "{ran:?}"
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_log_is_written_where_it_is_asked_for_and_goes_on_at_its_end() {
    let (_folder, shop) = shop();
    fs::write(shop.join("board.log"), "an earlier run\n").unwrap();
    assert_eq!(ran(&shop, "list --log board.log").status, 0);
    let log = fs::read_to_string(shop.join("board.log")).unwrap();
    assert!(
        log.starts_with("an earlier run\n") && log.contains("scanned"),
        "{log}"
    );
}

#[test]
fn a_spec_that_is_named_twice_is_listed_once() {
    let (_folder, shop) = shop();
    for command in ["tasks", "trace"] {
        let answer = json(&shop, &format!("{command} checkout checkout --json"));
        assert_eq!(answer["features"].as_array().unwrap().len(), 1, "{command}");
    }
}

/// A stream that takes nothing.
struct Closed(ErrorKind);

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let (_folder, shop) = shop();
    for (kind, words, status, message) in [
        (ErrorKind::BrokenPipe, "list", 0, ""),
        (ErrorKind::BrokenPipe, "list --json", 0, ""),
        (ErrorKind::BrokenPipe, "--help", 0, ""),
        (
            ErrorKind::StorageFull,
            "list",
            3,
            "error: the answer cannot be written: no storage space\n",
        ),
    ] {
        let (mut answer, mut messages) = (Closed(kind), Vec::new());
        let words = format!("specboard {words}");
        let words: Vec<OsString> = words.split(' ').map(OsString::from).collect();
        let ended = run(
            words,
            shop.clone(),
            &mut Output::new(&mut answer, &mut messages, Style::default()),
        );
        assert_eq!(
            (ended.code(), String::from_utf8(messages).unwrap().as_str()),
            (status, message)
        );
    }
}

#[test]
fn search_finds_the_lines_that_hold_the_words() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "a/tasks.md",
        b"# Plan\r\n\r\n- [ ] 1. Log in\r\n",
    );
    put(folder.path(), "a/notes.md", "日本 log\n".as_bytes());
    put(folder.path(), "a/picture.png", b"\x89PNG\0log");
    put(folder.path(), "b/design.md", b"A LOG\x1b[31m\n");
    let found = json(folder.path(), "search log --json");
    let hit = |spec: &str, file: &str, line: usize, column: usize, text: &str| {
        json!({"spec": spec, "root": ".", "file": format!(".kiro/specs/{file}"), "line": line,
            "column": column, "text": text})
    };
    let expected = json!({"hits": [
        hit("a", "a/tasks.md", 3, 10, "- [ ] 1. Log in"),
        hit("a", "a/notes.md", 1, 4, "日本 log"),
        hit("b", "b/design.md", 1, 3, "A LOG\u{1b}[31m"),
    ]});
    assert_says(&found, &expected);
    let ran = ran(folder.path(), "search Log b a");
    assert_eq!(ran.answer, ".kiro/specs/a/tasks.md:3: - [ ] 1. Log in\n");
    let none = self::ran(folder.path(), "search nowhere");
    assert_eq!((none.status, none.answer.as_str()), (1, ""));
    assert_eq!(self::ran(folder.path(), "search log nobody").status, 2);
}

#[test]
fn text_that_begins_with_a_hyphen_is_text() {
    let dir = tempfile::tempdir().unwrap();
    for (words, expected) in [
        (&["search", "- [ ]"][..], "- [ ] 1. One\n  - a detail\n"),
        (
            &["search", "--json", "- [ ]"],
            "- [ ] 1. One\n  - a detail\n",
        ),
        (
            &["edit", "x", "1", "--title", "-rf"],
            "- [ ] 1. -rf\n  - a detail\n",
        ),
        (
            &["edit", "x", "1", "--text", "- [x] 1. Done"],
            "- [x] 1. Done\n",
        ),
        (
            &["edit", "x", "1", "--if", "One", "--title", "--all"],
            "- [ ] 1. --all\n  - a detail\n",
        ),
    ] {
        put(dir.path(), "x/tasks.md", b"- [ ] 1. One\n  - a detail\n");
        let typed = ["specboard"]
            .iter()
            .chain(words)
            .map(OsString::from)
            .collect();
        let ran = ran_words(dir.path(), typed, Style::default());
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.messages);
        let after = fs::read_to_string(dir.path().join(".kiro/specs/x/tasks.md")).unwrap();
        assert_eq!(after, expected, "{words:?}");
    }
}

#[test]
fn next_says_what_can_be_begun_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let list = b"- [x] 1. One\n- [-] 2. Two\n  - [x] 2.1 Done\n  - [ ] 2.2 Open\n- [ ] 3. Three\n";
    put(folder.path(), "a/tasks.md", list);
    put(folder.path(), "b/tasks.md", b"- [x] 1. All\n");
    let depends =
        b"- [x] 1. One\n- [ ] 2. Two\n  - _Depends: 1_\n- [ ] 3. Three\n  - _Depends: 2_\n";
    put(folder.path(), "c/tasks.md", depends);
    let found = json(folder.path(), "next --json");
    let told = found["tasks"].as_array().unwrap().iter();
    let told: Vec<String> = told
        .map(|task| format!("{} {} {}", task["spec"], task["number"], task["why"]).replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "a 2.2 next in what is in progress",
            "c 2 what it depends on is done"
        ]
    );
    let ready = json(folder.path(), "tasks --ready --json");
    let numbers = |at: usize| {
        let tasks = ready["features"][at]["tasks"].as_array().unwrap().iter();
        tasks
            .map(|task| task["number"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (numbers(0), numbers(2)),
        (vec!["2.2".to_owned()], vec!["2".to_owned()])
    );
    assert_eq!(self::ran(folder.path(), "next b").answer, "");
}

#[test]
fn items_are_added_moved_and_removed_by_name() {
    let (_folder, root) = shop();
    let path = root.join(".kiro/specs/checkout/tasks.md");
    let source = "# Plan\r\n\r\n- [ ] 1. Fill\r\n  - [ ] 1.1 Count\r\n- [x] 2. Tune";
    fs::write(&path, source).unwrap();
    let run = |words: &str| {
        let words = words.split(' ').map(|word| word.replace('_', " "));
        ran_words(
            &root,
            std::iter::once("specboard".into())
                .chain(words.map(OsString::from))
                .collect(),
            Style::default(),
        )
    };
    let file = || fs::read_to_string(&path).unwrap();
    for (words, status, expected) in [
        (
            "add task checkout A_b --under task:1 --json",
            0,
            "# Plan\r\n\r\n- [ ] 1. Fill\r\n  - [ ] 1.1 Count\r\n  - [ ] 1.2 A b\r\n- [x] 2. Tune",
        ),
        ("remove checkout task:1.2", 0, source),
        (
            "add task checkout A_b",
            0,
            "# Plan\r\n\r\n- [ ] 1. Fill\r\n  - [ ] 1.1 Count\r\n- [x] 2. Tune\r\n- [ ] 3. A b",
        ),
        ("remove checkout task:3 --if Other", 1, ""),
        ("remove checkout task:3 --if -_[_]_3._A_b", 0, source),
        ("remove checkout task:9", 2, source),
        ("move checkout task:2 --before task:1 --dry-run", 0, source),
        (
            "move checkout task:2 --before task:1",
            0,
            "# Plan\r\n\r\n- [x] 2. Tune\r\n- [ ] 1. Fill\r\n  - [ ] 1.1 Count",
        ),
        (
            "move checkout task:1.1 --under task:2",
            0,
            "# Plan\r\n\r\n- [x] 2. Tune\r\n  - [ ] 2.1 Count\r\n- [ ] 1. Fill",
        ),
        ("move checkout task:1", 2, ""),
        ("remove checkout task:1 --read-only", 1, ""),
    ] {
        let ran = run(words);
        assert_eq!(ran.status, status, "{words}: {}", ran.messages);
        if !expected.is_empty() {
            assert_eq!(file(), expected, "{words}");
        }
    }
    let answer = json(&root, "add task checkout New --after task:2 --json");
    let change = &answer["changes"][0];
    assert_eq!(
        (&change["line"], &change["before"]),
        (&json!(5), &json!(""))
    );
    assert_eq!(change["after"], json!("- [ ] 3. New"));
}

#[test]
fn beside_an_item_a_number_means_one_of_its_kind() {
    let dir = tempfile::tempdir().unwrap();
    let tasks = "- [ ] 1. One\n  - [ ] 1.1 Two\n- [ ] 2. Three\n";
    let wanted = "# R\n\n### Requirement 1: A\n\n1. THE S SHALL a\n2. THE S SHALL b\n";
    let read =
        |name: &str| fs::read_to_string(dir.path().join(".kiro/specs/x").join(name)).unwrap();
    for (words, name, expected) in [
        (
            ["add", "task", "x", "New", "--under", "1"],
            "tasks.md",
            "- [ ] 1. One\n  - [ ] 1.1 Two\n  - [ ] 1.2 New\n- [ ] 2. Three\n",
        ),
        (
            ["add", "criterion", "x", "THE S SHALL c", "--before", "1.1"],
            "requirements.md",
            "# R\n\n### Requirement 1: A\n\n3. THE S SHALL c\n1. THE S SHALL a\n2. THE S SHALL b\n",
        ),
        (
            ["move", "x", "task:2", "--before", "1", "--json"],
            "tasks.md",
            "- [ ] 2. Three\n- [ ] 1. One\n  - [ ] 1.1 Two\n",
        ),
        (
            ["move", "x", "req:1.1", "--after", "1.2", "--json"],
            "requirements.md",
            "# R\n\n### Requirement 1: A\n\n2. THE S SHALL b\n1. THE S SHALL a\n",
        ),
    ] {
        put(dir.path(), "x/tasks.md", tasks.as_bytes());
        put(dir.path(), "x/requirements.md", wanted.as_bytes());
        let typed = ["specboard"].iter().chain(&words).map(OsString::from);
        let ran = ran_words(dir.path(), typed.collect(), Style::default());
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.messages);
        assert_eq!(read(name), expected, "{words:?}");
    }
}

#[test]
fn a_command_says_what_it_leaves_dangling() {
    let wanted = "# R\n\n### Requirement 1: A\n\n1. THE S SHALL a\n2. THE S SHALL b\n\n### Requirement 2: B\n";
    let tasks = "- [ ] 1. One\n  - _Requirements: 1.2, 9.9_\n- [ ] Two\n  - _Depends: 1_\n";
    let design = "# D\n\n### Property 1: P\n\n**Validates: Requirements 1.1-1.2**\n";
    for (words, said, dangling) in [
        (
            &["remove", "x", "req:1.2"][..],
            ".kiro/specs/x/tasks.md:2: task 1 names 1.2, which is gone\n\
             .kiro/specs/x/design.md:5: property 1 names 1.2, which is gone\n\
             change these names with specboard edit; then specboard renumber x puts numbers in \
             order where some are missing\n",
            json!([
                ["1", "task", "1.2", null, 2],
                ["1", "property", "1.2", null, 5]
            ]),
        ),
        (
            &["remove", "x", "task:1", "--dry-run"],
            ".kiro/specs/x/tasks.md:2: task :1 names 1, which is gone\n\
             change this name with specboard edit; then specboard renumber x puts numbers in \
             order where some are missing\n",
            json!([[":1", "task", "1", null, 2]]),
        ),
        (
            &["move", "x", "req:1.1", "--under", "2"],
            "1.1 is now 2.1\n\
             .kiro/specs/x/design.md:5: property 1 names 1.1, which is 2.1 now\n\
             change this name with specboard edit; then specboard renumber x puts numbers in \
             order where some are missing\n",
            json!([["1", "property", "1.1", "2.1", 5]]),
        ),
        (&["remove", "x", "P1"], "", json!([])),
    ] {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "x/tasks.md", tasks.as_bytes());
        put(dir.path(), "x/requirements.md", wanted.as_bytes());
        put(dir.path(), "x/design.md", design.as_bytes());
        let typed = ["specboard"].iter().chain(words).chain(&["--json"]);
        let typed = typed.map(OsString::from).collect();
        let ran = ran_words(dir.path(), typed, Style::default());
        assert_eq!((ran.status, &ran.messages[..]), (0, said), "{words:?}");
        let answer: serde_json::Value = serde_json::from_str(&ran.answer).unwrap();
        let rows = answer["dangling"].as_array().unwrap().iter();
        let row = |row: &serde_json::Value| {
            json!([
                row["from"],
                row["kind"],
                row["reference"],
                row["now"],
                row["line"]
            ])
        };
        assert_eq!(
            json!(rows.map(row).collect::<Vec<_>>()),
            dangling,
            "{words:?}"
        );
    }
}

#[test]
fn an_edit_after_which_an_item_is_none_is_refused() {
    let tasks = "- [ ] 1. One\n  - [ ] 1.1 Two\n  - [ ] 1.2 Three\n";
    let wanted = "# R\n\n### Requirement 1: A\n\n1. THE S SHALL a\n2. THE S SHALL b\n";
    for (words, status, said) in [
        (
            ["req:1.2", "--text", "THE S SHALL c"],
            1,
            "nothing was edited: it would not be read as a criterion any more: begin with \"2. \", \
             as it stands in the file",
        ),
        (
            ["task:1", "--text", "Just words"],
            1,
            "nothing was edited: it would not be read as a task any more: begin with \"- [ ] 1. \", \
             as it stands in the file",
        ),
        (
            ["task:1.1", "--text", "- [ ] 1.1 Two\n\n```"],
            1,
            "would be read as something else there",
        ),
        (
            ["req:1", "--text", "Requirement 1: B"],
            1,
            "begin with \"### Requirement 1: \"",
        ),
        (
            ["task:1", "--title", "a\tb"],
            2,
            "a title cannot hold a tab: put blanks in its place",
        ),
        (
            ["task:1", "--title", "a\u{1b}[31mb"],
            2,
            "the text holds the control character U+001B, which no document should: take it out",
        ),
        (
            ["task:1", "--text", "- [ ] 1. a\u{7}"],
            2,
            "the control character U+0007",
        ),
        (
            ["task:1", "--title", "a\nb"],
            2,
            "a title is one line: use --text for more",
        ),
        (["task:1.1", "--text", "- [x] 1.1 Two\r\n  - more"], 0, ""),
        (["req:1.2", "--text", "2. THE S SHALL c"], 0, ""),
    ] {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "x/tasks.md", tasks.as_bytes());
        put(dir.path(), "x/requirements.md", wanted.as_bytes());
        let typed = ["specboard", "edit", "x"].iter().chain(&words);
        let typed = typed.map(OsString::from).collect();
        let ran = ran_words(dir.path(), typed, Style::default());
        assert_eq!(ran.status, status, "{words:?}: {}", ran.messages);
        assert!(ran.messages.contains(said), "{words:?}: {}", ran.messages);
        let folder = dir.path().join(".kiro/specs/x");
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let is_same = read("tasks.md") == tasks && read("requirements.md") == wanted;
        assert_eq!(is_same, status != 0, "{words:?}");
    }
}

#[test]
fn an_empty_text_edits_nothing_and_deletes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let source = "- [ ] 1. One\n  - a detail\n- [ ] 2. Two\n";
    put(dir.path(), "x/tasks.md", source.as_bytes());
    for words in [
        ["edit", "", "1", "--title", "a"],
        ["edit", "x", "", "--title", "a"],
    ] {
        let words = std::iter::once(&"specboard").chain(&words);
        let ran = ran_words(
            dir.path(),
            words.map(OsString::from).collect(),
            Style::default(),
        );
        assert_eq!(ran.status, 2, "{}", ran.messages);
        assert!(
            ran.messages.contains("an empty word names no"),
            "{}",
            ran.messages
        );
    }
    for typed in [["--text", ""], ["--text", "  "], ["--title", ""]] {
        let words = ["specboard", "edit", "x", "1"].iter().chain(&typed);
        let ran = ran_words(
            dir.path(),
            words.map(OsString::from).collect(),
            Style::default(),
        );
        assert_eq!(ran.status, 2, "{typed:?}");
        let after = fs::read_to_string(dir.path().join(".kiro/specs/x/tasks.md")).unwrap();
        assert_eq!(after, source, "{typed:?}");
    }
}

#[test]
fn renumber_says_what_would_change_and_refuses_beside_what_it_cannot_read() {
    let dir = tempfile::tempdir().unwrap();
    let tasks = "- [ ] 1. One\n- [ ] 4. Two\n  - _Requirements: 2.1_\n";
    let wanted = "### Requirement 2: A\n\n#### Acceptance Criteria\n\n1. THE S SHALL a\n";
    put(dir.path(), "x/tasks.md", tasks.as_bytes());
    put(dir.path(), "x/requirements.md", wanted.as_bytes());
    let read = |name: &str| fs::read_to_string(dir.path().join(".kiro/specs/x").join(name));
    let dry = ran(dir.path(), "renumber x --dry-run");
    assert_eq!(dry.status, 0, "{}", dry.messages);
    assert_eq!(
        dry.answer,
        ".kiro/specs/x/tasks.md:2\n- - [ ] 4. Two\n+ - [ ] 2. Two\n"
    );
    assert_eq!(read("tasks.md").unwrap(), tasks);
    // One that is too large cannot be read, whoever runs this.
    let large = dir.path().join(".kiro/specs/x/requirements.md");
    let file = fs::File::options().write(true).open(&large).unwrap();
    file.set_len(17 << 20).unwrap();
    let refused = ran(dir.path(), "renumber x");
    assert_eq!(
        (refused.status, &refused.messages[..]),
        (
            3,
            "error: nothing was renumbered: requirements.md cannot be read, and names in it would be left behind\n"
        )
    );
    assert_eq!(read("tasks.md").unwrap(), tasks);
    fs::remove_file(large).unwrap();
    assert_eq!(ran(dir.path(), "renumber x").status, 0);
    assert!(read("tasks.md").unwrap().contains("- [ ] 2. Two\n"));
}
