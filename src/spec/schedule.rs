//! What may be begun now: what the tasks of a list say about each other, and what is wrong with it.
//!
//! Knows how a task names others. What follows from that is found in `ready`.

use std::collections::HashSet;

use super::aliases::INDEX;
use super::feature::Listed;
use super::id::read_id;
use super::ready::{Cycle, First, Need, Pace, Part, Precedence, Step};
use super::references::{Field, FieldKind, Reference, ReferenceKind, read_references};
use super::source_str::{SourceStr, readable};
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
        let said = Dependencies::of(list);
        let steps: Vec<Step<'_>> = tasks
            .iter()
            .map(|item| step(&said, &tasks, *item))
            .collect();
        let precedence = Precedence::of(&steps, waves.as_ref());
        let mut ready = vec![false; items.len()];
        precedence
            .ready()
            .into_iter()
            .for_each(|step| ready[tasks[step]] = true);
        if waves.is_none() {
            list.tasks.hold_phases(list.text, &mut ready);
        }
        let unknown = waves
            .as_ref()
            .and_then(|waves| unknown_names(waves, precedence.unknown()));
        let cycles = precedence.cycles();
        let addresses = if cycles.is_empty() {
            Vec::new()
        } else {
            list.tasks.addresses()
        };
        let teller = Teller {
            list,
            tasks: &tasks,
            waves: waves.as_ref(),
            addresses: &addresses,
        };
        let cycles = cycles.iter().map(|cycle| teller.cycle_fault(cycle));
        let faults = fault.into_iter().chain(unknown).chain(cycles).collect();
        Self {
            waves,
            ready,
            faults,
        }
    }
}

/// Makes a step of an item. `tasks` are the items that are tasks, in order.
fn step<'a>(said: &Dependencies<'a>, tasks: &[usize], item: usize) -> Step<'a> {
    let task = &said.list.tasks.items[item];
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
        pace: if task.is_side_by_side() {
            Pace::SideBySide
        } else {
            Pace::InTurn
        },
        depends: said.named_by(task),
    }
}

/// What the tasks of a list say of those that come first.
#[derive(Debug)]
pub struct Dependencies<'a> {
    list: Listed<'a>,
    numbers: HashSet<&'a str>,
}

impl<'a> Dependencies<'a> {
    /// Makes ready to read what the tasks of a list say.
    pub fn of(list: Listed<'a>) -> Self {
        let items = list.tasks.items.iter();
        Self {
            list,
            numbers: items.filter_map(|item| item.number.as_deref()).collect(),
        }
    }

    /// Returns the tasks that a task says come first. None where it says nothing, or only words.
    pub fn named_by(&self, task: &Task) -> Option<Vec<First<'a>>> {
        let text = self.list.text;
        let named: Vec<Option<First<'a>>> = words_first(task)
            .flat_map(|field| read_references(text, field.body))
            .filter_map(|reference| self.firsts(reference))
            .collect();
        (!named.is_empty()).then(|| named.into_iter().flatten().collect())
    }

    /// Reads one reference. None where it is words; nothing inside where it says that nothing comes
    /// first.
    fn firsts(&self, reference: Reference) -> Option<Option<First<'a>>> {
        let text = self.list.text;
        let written = |span| readable(text.slice(span));
        match reference.kind {
            ReferenceKind::Id(id) => Some(Some(First::One(written(id)))),
            ReferenceKind::Range { from, to } => {
                Some(Some(First::From(written(from), written(to))))
            }
            ReferenceKind::Prose => {
                number_behind_word(text, reference).map(|number| Some(First::One(number)))
            }
            ReferenceKind::Nothing => Some(None),
            ReferenceKind::InWords { from, to } => {
                let (from, to) = (written(from), written(to));
                let are_tasks = [from, to]
                    .iter()
                    .all(|number| self.numbers.contains(number));
                are_tasks.then_some(Some(First::From(from, to)))
            }
            ReferenceKind::All
            | ReferenceKind::Criterion { .. }
            | ReferenceKind::Criteria { .. }
            | ReferenceKind::InRemark { .. } => None,
        }
    }
}

/// Returns the fields in which a task says what comes first.
fn words_first(task: &Task) -> impl Iterator<Item = &Field> {
    task.fields
        .iter()
        .filter(|field| field.kind == FieldKind::Depends)
}

/// Reads the number in `Task 2.1 must be completed first`.
fn number_behind_word(text: &Text, reference: Reference) -> Option<&str> {
    let words = SourceStr::read(text, reference.span);
    let number = words.after(INDEX.task.word_length(words.text)?).trim();
    read_id(number.text).map(|shape| number.before(shape.length).text)
}

/// Says once which waves name what is not there.
fn unknown_names(waves: &Waves, unknown: &[(usize, String)]) -> Option<Fault> {
    unknown.first()?;
    let mut speakers: Vec<usize> = unknown.iter().map(|(wave, _)| *wave).collect();
    speakers.dedup();
    let is_one = speakers.len() == 1;
    let (depend, wait) = if is_one {
        ("depends", "does not wait")
    } else {
        ("depend", "do not wait")
    };
    let speakers = listed_waves(speakers.iter().map(|wave| waves.name(*wave)).collect());
    let mut seen = HashSet::new();
    let names: Vec<String> = unknown
        .iter()
        .map(|(_, name)| name.clone())
        .filter(|name| seen.insert(name.clone()))
        .collect();
    let (are, them) = if names.len() == 1 {
        ("which is neither a wave nor a task", "it")
    } else {
        ("which are neither waves nor tasks", "them")
    };
    let message = format!(
        "{speakers} {depend} on {}, {are}, and {wait} for {them}. Name what is there, or take {them} out",
        joined(names)
    );
    Some(Fault {
        line: waves.line,
        message,
    })
}

/// Says what is wrong with tasks and waves by their names.
struct Teller<'a> {
    list: Listed<'a>,
    /// The items that are tasks.
    tasks: &'a [usize],
    waves: Option<&'a Waves>,
    addresses: &'a [String],
}

impl Teller<'_> {
    /// Says which tasks and waves wait for each other, on the line where the first of the tasks
    /// says so, or where the waves begin.
    fn cycle_fault(&self, cycle: &Cycle) -> Fault {
        let task = |step: &usize| self.addresses[self.tasks[*step]].clone();
        let wave = |wave: &usize| self.waves.map(|waves| waves.name(*wave));
        let steps = listed("task", few(&cycle.steps, task));
        let names = listed_waves(few(&cycle.waves, |index| wave(index).unwrap_or_default()));
        let items = &self.list.tasks.items;
        let first = cycle.steps.first().map(|step| &items[self.tasks[*step]]);
        let line = first
            .and_then(|task| words_first(task).next())
            .map(|field| field.line)
            .or(self.waves.map(|waves| waves.line))
            .unwrap_or_default();
        Fault {
            line,
            message: cycle_message(cycle, &steps, &names),
        }
    }
}

fn cycle_message(cycle: &Cycle, steps: &str, names: &str) -> String {
    match (&cycle.steps[..], &cycle.waves[..]) {
        ([_], []) => format!(
            "{steps} waits for itself and is never ready. Remove that from what it depends on"
        ),
        (_, []) => format!(
            "{steps} wait for each other and are never ready. Let one of them no longer depend on the others"
        ),
        ([], [_]) => format!(
            "{names} depends on itself, and its tasks are never ready. Remove that from the waves"
        ),
        ([], _) => format!(
            "{names} depend on each other, and their tasks are never ready. Let one of them no longer depend on the others"
        ),
        _ => format!(
            "{steps} and {names} wait for each other and are never ready. Change what the tasks depend on, or the waves"
        ),
    }
}

/// Returns names of some of `all`, and how many more there are.
fn few(all: &[usize], name: impl Fn(&usize) -> String) -> Vec<String> {
    let mut names: Vec<String> = all.iter().take(MOST_NAMES).map(name).collect();
    if all.len() > MOST_NAMES {
        names.push(format!("{} more", all.len() - MOST_NAMES));
    }
    names
}

/// Returns one or more names as words of a sentence: `tasks 1, 2 and 3`.
fn listed(word: &str, names: Vec<String>) -> String {
    let ending = if names.len() == 1 { "" } else { "s" };
    format!("{word}{ending} {}", joined(names))
}

/// Returns waves as words of a sentence: `waves 1 and 2`, but `Wave 1 and Wave 2` where they are
/// called so.
fn listed_waves(names: Vec<String>) -> String {
    let is_called_wave = |name: &String| {
        name.get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("wave"))
    };
    if names.iter().any(is_called_wave) {
        joined(names)
    } else {
        listed("wave", names)
    }
}

/// Joins names as words of a sentence: `1, 2 and 3`.
fn joined(mut names: Vec<String>) -> String {
    if names.len() > MOST_NAMES + 1 {
        let more = format!("{} more", names.len() - MOST_NAMES);
        names.truncate(MOST_NAMES);
        names.push(more);
    }
    let last = names.pop().unwrap_or_default();
    if names.is_empty() {
        last
    } else {
        format!("{} and {last}", names.join(", "))
    }
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
            (
                "- [ ] 1. a\n  - [ ] 1.1 (P) b\n  - [ ] 1.2 (P) c\n  - [ ] (P) 1.3 d\n  - [ ] 1.4 e\n",
                vec![false, true, true, true, false],
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
                "1: task 1 waits for itself and is never ready. Remove that from what it depends on",
            ),
            (
                chain,
                "1: tasks 1, 2, 3, 4, 5, 6, 7, 8 and 2 more wait for each other and are never ready. Let one of them no longer depend on the others",
            ),
            (
                graph(r#"[{"id":"a","tasks":["1"],"dependsOn":["z"]}]"#),
                "4: wave a depends on z, which is neither a wave nor a task, and does not wait for it. Name what is there, or take it out",
            ),
            (
                graph(
                    r#"[{"name":"Wave 1","tasks":["1"],"dependsOn":["y","z"]},{"name":"Wave 2","tasks":["2"],"dependsOn":["y","z"]}]"#,
                ),
                "4: Wave 1 and Wave 2 depend on y and z, which are neither waves nor tasks, and do not wait for them. Name what is there, or take them out",
            ),
            (
                graph(r#"[{"wave":1,"tasks":["1"]},{"wave":2,"tasks":["2"],"dependsOn":["1"]}]"#),
                "",
            ),
            (
                format!(
                    "- [ ] 3. c\n{}",
                    graph(
                        r#"[{"wave":1,"tasks":["1","2"]},{"wave":2,"tasks":["3"],"dependsOn":["1","2"]}]"#
                    )
                ),
                "",
            ),
            (
                graph(
                    r#"[{"id":"a","tasks":["1"],"dependsOn":["b"]},{"id":"b","tasks":["2"],"dependsOn":["a"]}]"#,
                ),
                "4: waves a and b depend on each other, and their tasks are never ready. Let one of them no longer depend on the others",
            ),
            (
                graph(r#"[{"id":0,"dependsOn":[0]}]"#),
                "4: wave 0 depends on itself, and its tasks are never ready. Remove that from the waves",
            ),
            (
                format!("- [ ] 3. c _Depends: 1_\n{}", graph(r#"[["3"],["1"]]"#)),
                "1: task 3 and wave 2 wait for each other and are never ready. Change what the tasks depend on, or the waves",
            ),
            (
                graph("3"),
                "4: the waves cannot be read: \"waves\" is not a list. Fix the block, or remove it",
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
