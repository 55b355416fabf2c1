//! What may be begun now: what the tasks of a list say about each other, and what is wrong with it.
//!
//! Knows how a task names others. What follows from that is found in `ready`.

use super::aliases::INDEX;
use super::feature::Listed;
use super::id::read_id;
use super::piece::{Piece, readable};
use super::ready::{Cycle, Need, Part, Precedence, Step};
use super::references::{Field, FieldKind, Reference, ReferenceKind, read_references};
use super::tasks::{ItemKind, Task};
use super::waves::Waves;
use crate::markdown::Fault;
use crate::text::Text;

/// How many names a sentence holds.
const MOST_NAMES: usize = 8;

/// Which tasks of a list may be begun now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The graph of waves, where there is one that can be read.
    pub waves: Option<Waves>,
    /// For each item, whether it can be begun now. Items of checklists never can.
    pub ready: Vec<bool>,
    /// What is wrong with the waves and with what tasks depend on.
    pub faults: Vec<Fault>,
}

impl Schedule {
    /// Finds out which tasks of `list` may be begun now.
    pub fn of(list: Listed<'_>) -> Self {
        let (waves, fault) = match Waves::find(list.text, list.document) {
            Some(Ok(waves)) => (Some(waves), None),
            found => (None, found.and_then(Result::err)),
        };
        let items = &list.tasks.items;
        let tasks: Vec<usize> = (0..items.len())
            .filter(|index| items[*index].kind == ItemKind::Task)
            .collect();
        let steps: Vec<Step<'_>> = tasks.iter().map(|item| step(list, &tasks, *item)).collect();
        let precedence = Precedence::of(&steps, waves.as_ref());
        let mut ready = vec![false; items.len()];
        precedence
            .ready()
            .into_iter()
            .for_each(|step| ready[tasks[step]] = true);
        if waves.is_none() {
            list.tasks.hold_phases(list.text, &mut ready);
        }
        let unknown = waves.iter().flat_map(unknown_waves);
        let cycles = precedence.cycles();
        let cycles = cycles
            .iter()
            .map(|cycle| cycle_fault(list, &tasks, waves.as_ref(), cycle));
        let faults = fault.into_iter().chain(unknown).chain(cycles).collect();
        Self {
            waves,
            ready,
            faults,
        }
    }
}

/// Makes a step of an item. `tasks` are the items that are tasks, in order.
fn step<'a>(list: Listed<'a>, tasks: &[usize], item: usize) -> Step<'a> {
    let task = &list.tasks.items[item];
    let alone = task.counted || task.optional && !task.has_children;
    Step {
        number: task.number.as_deref(),
        state: task.state,
        part: if alone { Part::Leaf } else { Part::Parent },
        need: if task.optional {
            Need::Optional
        } else {
            Need::Required
        },
        parent: task
            .parent
            .and_then(|parent| tasks.binary_search(&parent).ok()),
        depends: depends(list, task),
    }
}

/// Returns the numbers of the tasks that a task says come first, ranges expanded by the order of
/// the list. None where it says nothing, or only words.
pub fn depends<'a>(list: Listed<'a>, task: &Task) -> Option<Vec<&'a str>> {
    let references = words_first(task).flat_map(|field| read_references(list.text, field.body));
    let named: Vec<Vec<&str>> = references
        .filter_map(|reference| numbers(list, reference))
        .collect();
    (!named.is_empty()).then(|| named.concat())
}

/// Returns the fields in which a task says what comes first.
fn words_first(task: &Task) -> impl Iterator<Item = &Field> {
    task.fields
        .iter()
        .filter(|field| field.kind == FieldKind::Depends)
}

fn numbers(list: Listed<'_>, reference: Reference) -> Option<Vec<&str>> {
    let written = |span| readable(list.text.slice(span));
    match reference.kind {
        ReferenceKind::Id(id) => Some(vec![written(id)]),
        ReferenceKind::Range { from, to } => Some(between(list, written(from), written(to))),
        ReferenceKind::Prose => number_behind_word(list.text, reference).map(|number| vec![number]),
        ReferenceKind::Nothing => Some(Vec::new()),
        ReferenceKind::InWords { from, to } => Some(between(list, written(from), written(to)))
            .filter(|named| named.iter().all(|number| is_task(list, number))),
        ReferenceKind::All
        | ReferenceKind::Criterion { .. }
        | ReferenceKind::Criteria { .. }
        | ReferenceKind::InRemark { .. } => None,
    }
}

/// Returns whether a task has this number.
fn is_task(list: Listed<'_>, number: &str) -> bool {
    list.tasks
        .items
        .iter()
        .any(|item| item.number.as_deref() == Some(number))
}

/// Returns the numbers of the tasks from one to another; both as written where one of them is
/// missing.
fn between<'a>(list: Listed<'a>, from: &'a str, to: &'a str) -> Vec<&'a str> {
    let numbers: Vec<&str> = list
        .tasks
        .items
        .iter()
        .filter_map(|item| item.number.as_deref())
        .collect();
    let place = |number| numbers.iter().position(|other| *other == number);
    match (place(from), place(to)) {
        (Some(first), Some(last)) if first <= last => numbers[first..=last].to_vec(),
        _ => vec![from, to],
    }
}

/// Reads the number in `Task 2.1 must be completed first`.
fn number_behind_word(text: &Text, reference: Reference) -> Option<&str> {
    let words = Piece::read(text, reference.span);
    let number = words.after(INDEX.task.word_length(words.text)?).trim();
    read_id(number.text).map(|shape| number.before(shape.length).text)
}

/// Says which waves name one that is not there.
fn unknown_waves(waves: &Waves) -> impl Iterator<Item = Fault> {
    waves.unknown().into_iter().map(|(wave, id)| {
        let name = waves.name(wave);
        let message = format!(
            "wave {name} depends on wave {id}, which is not there, and does not wait for it. Name a wave that is there, or take it out"
        );
        Fault { line: waves.line, message }
    })
}

/// Says which tasks and waves wait for each other, on the line where the first of the tasks says
/// so, or where the waves begin.
fn cycle_fault(list: Listed<'_>, tasks: &[usize], waves: Option<&Waves>, cycle: &Cycle) -> Fault {
    let addresses = list.tasks.addresses();
    let steps = listed(
        "task",
        cycle
            .steps
            .iter()
            .map(|step| addresses[tasks[*step]].clone())
            .collect(),
    );
    let names = listed(
        "wave",
        cycle
            .waves
            .iter()
            .map(|wave| waves.map(|waves| waves.name(*wave)).unwrap_or_default())
            .collect(),
    );
    let field = cycle
        .steps
        .first()
        .and_then(|step| words_first(&list.tasks.items[tasks[*step]]).next());
    let line = field
        .map(|field| field.line)
        .or(waves.map(|waves| waves.line))
        .unwrap_or_default();
    let message = match (&cycle.steps[..], &cycle.waves[..]) {
        ([_], []) => format!(
            "{steps} waits for itself and is never ready. Take that out of what it depends on"
        ),
        (_, []) => format!(
            "{steps} wait for each other and are never ready. Let one of them no longer depend on the others"
        ),
        ([], [_]) => format!(
            "{names} depends on itself, and its tasks are never ready. Take that out of the waves"
        ),
        ([], _) => format!(
            "{names} depend on each other, and their tasks are never ready. Let one of them no longer depend on the others"
        ),
        _ => format!(
            "{steps} and {names} wait for each other and are never ready. Change what the tasks depend on, or the waves"
        ),
    };
    Fault { line, message }
}

/// Returns one or more names as words of a sentence: `tasks 1, 2 and 3`.
fn listed(word: &str, mut names: Vec<String>) -> String {
    if let [name] = &names[..] {
        return format!("{word} {name}");
    }
    if names.len() > MOST_NAMES {
        let more = format!("{} more", names.len() - MOST_NAMES);
        names.truncate(MOST_NAMES);
        names.push(more);
    }
    let last = names.pop().unwrap_or_default();
    format!("{word}s {} and {last}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::spec::tasks::Tasks;

    /// Returns the schedule of a tasks.md.
    fn schedule(source: &str) -> Schedule {
        let text = Text::new(source);
        let document = Document::parse(&text);
        let tasks = Tasks::parse(&text, &document);
        Schedule::of(Listed {
            text: &text,
            document: &document,
            tasks: &tasks,
        })
    }

    #[test]
    fn what_is_ready_by_what_tasks_depend_on() {
        for (source, expected) in [
            ("- [ ] 1. a\n- [ ] 2. b\n", vec![true, false]),
            (
                "- [x] 1. a\n- [ ] 2. b\n  - _Depends: 1_\n- [ ] 3. c\n  - _Depends: 2_\n",
                vec![false, true, false],
            ),
            (
                "- [x] 1. a\n- [ ] 2. b\n- [ ] 3. c\n  - _Depends: 1-2_\n- [ ] 4. d\n  - **Dependencies:** Task 1\n",
                vec![false, true, false, true],
            ),
            (
                "- [x] 1. a\n- [ ] 2. b _Dependencies: Task 1 must be completed first_\n",
                vec![false, true],
            ),
            ("- [ ] 1. a\n  - [ ]* 1.1 b\n", vec![true, false]),
            (
                "- [ ] 1. a\n  - [ ] b\n- [ ] 2. c _Depends: 1_\n",
                vec![false, true, false],
            ),
            (
                "- [x] 1. a\n## Success Criteria\n- [ ] fast\n",
                vec![false, false],
            ),
            (
                "- [ ] 1. a\n- [ ] 2. b\n  - **Dependencies:** All previous tasks\n",
                vec![true, false],
            ),
        ] {
            assert_eq!(schedule(source).ready, expected, "{source:?}");
        }
    }

    #[test]
    fn nothing_comes_first_in_every_language() {
        for word in [
            "none", "None", "-", "—", "n/a", "N/A", "なし", "无", "無", "없음", "нет", "nenhum",
            "ninguno", "aucune", "keine",
        ] {
            for line in [
                format!("_Depends: {word}_"),
                format!("**Dependencies:** {word}"),
                format!("**依存**: {word}"),
            ] {
                let source = format!("- [ ] 1. a\n- [ ] 2. b\n  - {line}\n- [ ] 3. c\n");
                assert_eq!(schedule(&source).ready, [true, true, false], "{line}");
            }
        }
    }

    #[test]
    fn faults_say_where_who_and_what_to_do() {
        let graph = |waves: &str| {
            format!("- [ ] 1. a\n- [ ] 2. b\n\n```json\n{{\"waves\":{waves}}}\n```\n")
        };
        let chain: String = (1..=10)
            .map(|task| format!("- [ ] {task}. a _Depends: {}_\n", task % 10 + 1))
            .collect();
        for (source, expected) in [
            (
                "- [ ] 1. a _Depends: none_\n- [ ] 2. b _Depends: 1_\n".to_owned(),
                "",
            ),
            (
                "- [ ] 1. a\n- [ ] 2. b\n  - _Depends: 3_\n- [ ] 3. c\n  - _Depends: 2_\n"
                    .to_owned(),
                "3: tasks 2 and 3 wait for each other and are never ready. Let one of them no longer depend on the others",
            ),
            (
                "- [ ] 1. a _Depends: 1_\n".to_owned(),
                "1: task 1 waits for itself and is never ready. Take that out of what it depends on",
            ),
            (
                chain,
                "1: tasks 1, 2, 3, 4, 5, 6, 7, 8 and 2 more wait for each other and are never ready. Let one of them no longer depend on the others",
            ),
            (
                graph(r#"[{"id":"a","tasks":["1"],"dependsOn":["z"]}]"#),
                "4: wave a depends on wave z, which is not there, and does not wait for it. Name a wave that is there, or take it out",
            ),
            (
                graph(
                    r#"[{"id":"a","tasks":["1"],"dependsOn":["b"]},{"id":"b","tasks":["2"],"dependsOn":["a"]}]"#,
                ),
                "4: waves a and b depend on each other, and their tasks are never ready. Let one of them no longer depend on the others",
            ),
            (
                graph(r#"[{"id":0,"dependsOn":[0]}]"#),
                "4: wave 0 depends on itself, and its tasks are never ready. Take that out of the waves",
            ),
            (
                format!("- [ ] 3. c _Depends: 1_\n{}", graph(r#"[["3"],["1"]]"#)),
                "1: task 3 and wave 2 wait for each other and are never ready. Change what the tasks depend on, or the waves",
            ),
            (
                graph("3"),
                "4: the waves cannot be read: \"waves\" is no list. Mend the block, or take it out",
            ),
        ] {
            let found: Vec<String> = schedule(&source)
                .faults
                .iter()
                .map(|fault| format!("{}: {}", fault.line + 1, fault.message))
                .collect();
            assert_eq!(found.join("; "), expected, "{source:?}");
        }
    }
}
