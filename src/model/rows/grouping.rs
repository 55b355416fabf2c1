//! Which tasks of a list may be done together: by the graph that the file holds, else by what tasks
//! say comes first, else by their order.
//!
//! Knows no folds and no screen. A task without sub-tasks stands in exactly one group; one with
//! sub-tasks only where the graph names it or somebody is at work on it, because its sub-tasks
//! stand for it.

use std::collections::HashMap;

use super::needs;
use crate::markdown::State;
use crate::model::Position;
use crate::spec::feature::Listed;
use crate::spec::schedule::Schedule;
use crate::spec::tasks::{ItemKind, Tasks};
use crate::spec::waves::Waves;

/// The groups of a task list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    /// The groups, in the order in which they are done. None is empty.
    pub groups: Vec<Group>,
    /// What the groups were made from.
    pub basis: Basis,
    /// For each item, whether it can be begun now.
    pub ready: Vec<bool>,
    /// For each item, its group; none for one that is not shown by groups.
    pub group_of: Vec<Option<usize>>,
    /// For each item, how many of the tasks above it stand in its group.
    pub depths: Vec<usize>,
}

/// What groups were made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The graph of waves in the file.
    Graph,
    /// What tasks say comes first.
    Needs,
    /// The order of the list: the file says nothing else.
    #[default]
    Order,
}

/// What tells a group from others, also after the file has changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupKey {
    /// The name that the file gives it.
    Named(String),
    /// Its first task: a number says only where the group stands among others.
    First(Position),
}

impl GroupKey {
    /// Returns the key with its position, if it has one, as `visit` leaves it.
    pub(in crate::model) fn visited(self, visit: &mut dyn FnMut(&mut Position)) -> Self {
        match self {
            Self::First(mut position) => {
                visit(&mut position);
                Self::First(position)
            }
            named @ Self::Named(_) => named,
        }
    }
}

/// Tasks that may be done together, or one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What tells it from others.
    pub key: GroupKey,
    /// What it is called.
    pub title: String,
    /// Its items, in the order of the file.
    pub items: Vec<usize>,
    /// How many of its tasks are done; counted as the progress of the whole list is, and all of
    /// them where none counts there.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// How many can be begun now.
    pub ready: usize,
}

impl Grouping {
    /// Groups the tasks of a list.
    pub fn of(list: Listed<'_>) -> Self {
        let (
            tasks,
            Schedule {
                waves: graph,
                ready,
                ..
            },
        ) = (list.tasks, Schedule::of(list));
        let (basis, stages) = match &graph {
            Some(graph) => (Basis::Graph, named_stages(tasks, graph)),
            None => needed_stages(list),
        };
        let stages = with_parents(tasks, stages);
        let mut grouping = Self {
            basis,
            ready,
            ..Self::default()
        };
        match &graph {
            Some(graph) => grouping.add_named(tasks, &stages, graph),
            None => grouping.add_stages(tasks, &stages),
        }
        grouping.finish(tasks);
        grouping
    }

    /// Returns the items that are shown, in the order in which they are.
    pub fn order(&self) -> impl Iterator<Item = usize> {
        self.groups
            .iter()
            .flat_map(|group| group.items.iter().copied())
    }

    /// Returns the nearest task above an item that stands in the same group.
    pub fn parent(&self, tasks: &Tasks, item: usize) -> Option<usize> {
        tasks
            .above(item)
            .find(|above| self.group_of[*above] == self.group_of[item])
    }

    /// Adds the waves of a graph, and at the end what it leaves out.
    fn add_named(&mut self, tasks: &Tasks, stages: &[Stage], graph: &Waves) {
        let mut by_stage = by_stage(stages);
        for (index, wave) in graph.waves.iter().enumerate() {
            let count = self.groups.len();
            let items = by_stage.get_mut(index).map(std::mem::take);
            self.add(tasks, name_of(graph, index), items.unwrap_or_default());
            let name = wave.id.clone().filter(|id| !is_number(id));
            if let (Some(name), Some(group)) = (name, self.groups.get_mut(count)) {
                group.key = GroupKey::Named(name);
            }
        }
        let unnamed = (0..stages.len()).filter(|item| stages[*item] == Stage::Unnamed);
        self.add(tasks, "In no wave".to_owned(), unnamed.collect());
    }

    /// Adds stages by their number; those that follow each other with one required task each as one
    /// group.
    fn add_stages(&mut self, tasks: &Tasks, stages: &[Stage]) {
        let by_stage = by_stage(stages);
        let is_required = |item: &&usize| !tasks.items[**item].optional;
        let required: Vec<usize> = by_stage
            .iter()
            .map(|items| items.iter().filter(is_required).count())
            .collect();
        let mut first = 0;
        while first < required.len() {
            let alone = required[first..]
                .iter()
                .take_while(|count| **count <= 1)
                .count();
            let end = first + alone.max(1);
            let title = match (first, end) {
                (0, end) if end == required.len() && alone > 1 => "One after the other".to_owned(),
                _ if alone > 1 => format!("Waves {} to {end}, one after the other", first + 1),
                _ => format!("Wave {end}"),
            };
            let mut items = by_stage[first..end].concat();
            items.sort_unstable();
            self.add(tasks, title, items);
            first = end;
        }
    }

    /// Adds a group of items, which are in order; none where there are none.
    fn add(&mut self, tasks: &Tasks, title: String, items: Vec<usize>) {
        if items.is_empty() {
            return;
        }
        let counts = items.iter().any(|item| tasks.items[*item].counted);
        let counted = || {
            items
                .iter()
                .map(|item| &tasks.items[*item])
                .filter(|item| item.counted || !counts)
        };
        let done = counted().filter(|item| item.state == State::Done).count();
        let (total, ready) = (
            counted().count(),
            items.iter().filter(|item| self.ready[**item]).count(),
        );
        let first = Position::at(tasks.items[items[0]].line);
        self.groups.push(Group {
            key: GroupKey::First(first),
            title,
            done,
            total,
            ready,
            items,
        });
    }

    fn finish(&mut self, tasks: &Tasks) {
        self.group_of = vec![None; tasks.items.len()];
        for (index, group) in self.groups.iter().enumerate() {
            group
                .items
                .iter()
                .for_each(|item| self.group_of[*item] = Some(index));
        }
        self.depths = vec![0; tasks.items.len()];
        for item in 0..tasks.items.len() {
            // A parent stands before its children.
            self.depths[item] = self
                .parent(tasks, item)
                .map_or(0, |parent| self.depths[parent] + 1);
        }
    }
}

/// When an item can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is not shown by groups.
    Hidden,
    /// Nothing says when.
    Unnamed,
    /// In the stage with this number.
    At(usize),
}

impl Stage {
    fn number(self) -> Option<usize> {
        if let Self::At(stage) = self {
            Some(stage)
        } else {
            None
        }
    }
}

/// Returns the items of each stage, in order.
fn by_stage(stages: &[Stage]) -> Vec<Vec<usize>> {
    let last = stages.iter().filter_map(|stage| stage.number()).max();
    let mut by_stage = vec![Vec::new(); last.map_or(0, |last| last + 1)];
    for (item, stage) in stages.iter().enumerate() {
        if let Some(stage) = stage.number() {
            by_stage[stage].push(item);
        }
    }
    by_stage
}

/// Says what a wave is called: a number or a bare name by the word, a longer name as it is.
fn name_of(graph: &Waves, index: usize) -> String {
    let (wave, name) = (&graph.waves[index], graph.name(index));
    match (&wave.id, &wave.title) {
        (None, None) => format!("Wave {}", index + 1),
        (Some(id), None) if is_number(id) => format!("Wave {id}"),
        (Some(id), Some(_))
            if is_number(id) && !name.starts_with(|char: char| char.is_alphabetic()) =>
        {
            format!("Wave {name}")
        }
        _ => name,
    }
}

fn is_number(id: &str) -> bool {
    id.chars().all(|character| character.is_ascii_digit())
}

/// Returns whether an item is work that is done by itself.
pub(super) fn is_leaf(tasks: &Tasks, item: usize) -> bool {
    let task = &tasks.items[item];
    task.kind == ItemKind::Task && (task.counted || !task.has_children)
}

/// Returns the stages that a graph names. A task that it leaves out counts to the wave of the task
/// above it.
fn named_stages(tasks: &Tasks, graph: &Waves) -> Vec<Stage> {
    let mut waves: HashMap<&str, usize> = HashMap::new();
    for (index, wave) in graph.waves.iter().enumerate() {
        for number in &wave.tasks {
            waves.entry(number).or_insert(index);
        }
    }
    let mut stages: Vec<Stage> = Vec::with_capacity(tasks.items.len());
    for (index, item) in tasks.items.iter().enumerate() {
        let named = item
            .number
            .as_deref()
            .and_then(|number| wave_around(&waves, number));
        let above = item.parent.and_then(|parent| stages[parent].number());
        stages.push(match named.or(above) {
            _ if item.kind != ItemKind::Task => Stage::Hidden,
            Some(wave) => Stage::At(wave),
            None if is_leaf(tasks, index) => Stage::Unnamed,
            None => Stage::Hidden,
        });
    }
    stages
}

/// Returns the wave of a number, or of the nearest one above it that the graph names.
fn wave_around(waves: &HashMap<&str, usize>, number: &str) -> Option<usize> {
    let above = std::iter::successors(Some(number), |number| Some(number.rsplit_once('.')?.0));
    above
        .into_iter()
        .find_map(|number| waves.get(number).copied())
}

/// Returns the stages that follow from what tasks say comes first.
fn needed_stages(list: Listed<'_>) -> (Basis, Vec<Stage>) {
    let (basis, stages) = needs::stages(list);
    let stage = |stage: Option<usize>| stage.map_or(Stage::Hidden, Stage::At);
    (basis, stages.into_iter().map(stage).collect())
}

/// Shows the tasks with sub-tasks that somebody is at work on with the first of those.
fn with_parents(tasks: &Tasks, mut stages: Vec<Stage>) -> Vec<Stage> {
    // The first stage of what is at or below each task, which is known before the one above it is
    // looked at.
    let mut firsts: Vec<Option<usize>> = stages.iter().map(|stage| stage.number()).collect();
    for (index, item) in tasks.items.iter().enumerate().rev() {
        let is_hidden_work = stages[index] == Stage::Hidden
            && item.kind == ItemKind::Task
            && item.state.is_at_work();
        if is_hidden_work {
            stages[index] = firsts[index].map_or(Stage::Unnamed, Stage::At);
        }
        if let (Some(parent), Some(first)) = (item.parent, firsts[index]) {
            firsts[parent] = Some(firsts[parent].map_or(first, |other| other.min(first)));
        }
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::markdown::MARKERS;
    use crate::text::Text;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    /// Draws each group as its title, figures and items: ready ones with an arrow, by their depth.
    fn drawn(source: &str) -> Vec<String> {
        let text = Text::new(source);
        let document = Document::parse(&text);
        let tasks = Tasks::parse(&text, &document);
        let grouping = Grouping::of(Listed {
            text: &text,
            document: &document,
            tasks: &tasks,
        });
        let item = |item: &usize| {
            let ready = if grouping.ready[*item] { ">" } else { "" };
            let task = &tasks.items[*item];
            format!(
                "{}{ready}{}",
                ".".repeat(grouping.depths[*item]),
                task.number.as_deref().unwrap_or(&task.title)
            )
        };
        let group = |group: &Group| {
            let items: Vec<String> = group.items.iter().map(item).collect();
            format!(
                "{} {}/{}: {}",
                group.title,
                group.done,
                group.total,
                items.join(" ")
            )
        };
        grouping.groups.iter().map(group).collect()
    }

    const LIST: &str = "- [ ] 1. a\n  - [x] 1.1 b\n  - [ ] 1.2 c\n- [ ] 2. d\n  - [ ] 2.1 e\n  - [ ]* 2.2 f\n- [ ] 3. g\n- [ ] h\n";

    #[test]
    fn a_graph_names_the_groups() {
        for (graph, expected) in [
            (
                r#"[{"id":0,"tasks":["1.1","1.2"]},{"id":1,"tasks":["2.1"]}]"#,
                &[
                    "Wave 0 1/2: 1.1 >1.2",
                    "Wave 1 0/1: 2.1",
                    "In no wave 0/2: 2.2 3 h",
                ][..],
            ),
            (
                r#"[["1","3"],["2"]]"#,
                &[
                    "Wave 1 1/3: 1 .1.1 .>1.2 >3",
                    "Wave 2 0/1: 2 .2.1 .2.2",
                    "In no wave 0/1: h",
                ],
            ),
            (
                r#"[{"name":"Ground work","tasks":["1"]},{"id":7,"tasks":["9"]}]"#,
                &[
                    "Ground work 1/2: 1 .1.1 .>1.2",
                    "In no wave 0/3: 2.1 2.2 3 h",
                ],
            ),
            (
                r#"[["2.2"],["1.1","2.1"],["1.2"]]"#,
                &[
                    "Wave 1 0/1: >2.2",
                    "Wave 2 1/2: 1.1 >2.1",
                    "Wave 3 0/1: 1.2",
                    "In no wave 0/2: 3 h",
                ],
            ),
        ] {
            let source = format!("{LIST}\n```json\n{{\"waves\":{graph}}}\n```\n");
            assert_eq!(drawn(&source), expected, "{graph}");
        }
    }

    #[test]
    fn without_a_graph_tasks_say_what_comes_first() {
        let needs = |source: &str| -> String {
            let list: Vec<String> = source
                .split(", ")
                .map(|line| {
                    line.replace(" < ", "\n  - _Depends: ")
                        + if line.contains('<') { "_" } else { "" }
                })
                .collect();
            list.iter().map(|line| format!("- {line}\n")).collect()
        };
        for (source, expected) in [
            ("[ ] 1. a, [ ] 2. b", &["One after the other 0/2: >1 2"][..]),
            ("[ ] 1. a", &["Wave 1 0/1: >1"]),
            (
                "[ ] 1. a, [ ]* 2. b, [ ] 3. c",
                &["One after the other 0/2: >1 2 3"],
            ),
            (
                "[x] 1. a, [ ] 2. b < 1, [ ] 3. c < 1",
                &["Wave 1 1/1: 1", "Wave 2 0/2: >2 >3"],
            ),
            (
                "[ ] 1. a, [ ] 2. b < 1, [ ] 3. c < 2, [ ] 4. d < 2",
                &[
                    "Waves 1 to 2, one after the other 0/2: >1 2",
                    "Wave 3 0/2: 3 4",
                ],
            ),
            ("[ ] 1. a < 9, [ ] 2. b < 9", &["Wave 1 0/2: >1 >2"]),
            (
                "[ ] 1. a < 2, [ ] 2. b < 3, [ ] 3. c < 9, [ ] 4. d < 9",
                &[
                    "Wave 1 0/2: >3 >4",
                    "Waves 2 to 3, one after the other 0/2: 1 2",
                ],
            ),
            ("", &[]),
        ] {
            assert_eq!(drawn(&needs(source)), expected, "{source}");
        }
    }

    #[test]
    fn needs_in_a_circle_come_to_an_end() {
        let source = "- [ ] 1. a\n  - _Depends: 2_\n- [ ] 2. b\n  - _Depends: 1_\n- [ ] 3. c\n  - _Depends: 9_\n";
        let items: usize = drawn(source)
            .iter()
            .map(|group| group.split(": ").nth(1).unwrap().split(' ').count())
            .sum();
        assert_eq!(items, 3);
    }

    /// Makes a list of a level, a marker, a star and a need for each task, with a graph over the
    /// tasks that `named` says.
    fn list(tasks: &[(usize, usize, bool, Option<usize>)], named: &[usize]) -> String {
        let line = |(index, (level, marker, star, need)): (
            usize,
            &(usize, usize, bool, Option<usize>),
        )| {
            let indent = "  ".repeat(*level);
            let need = need
                .map(|need| format!("{indent}  - _Depends: {need}_\n"))
                .unwrap_or_default();
            let star = if *star { "*" } else { "" };
            format!(
                "{indent}- [{}]{star} {index}. task\n{need}",
                char::from(MARKERS[*marker].byte().unwrap_or(b'/'))
            )
        };
        let waves: Vec<String> = named
            .iter()
            .map(|number| format!("[\"{number}\"]"))
            .collect();
        let graph = if named.is_empty() {
            String::new()
        } else {
            format!("\n```json\n{{\"waves\":[{}]}}\n```\n", waves.join(","))
        };
        tasks.iter().enumerate().map(line).collect::<String>() + &graph
    }

    proptest! {
        #[test]
        fn every_task_without_sub_tasks_stands_in_one_group(
            tasks in vec((0..3usize, 0..MARKERS.len(), any::<bool>(), option::of(0..30usize)), 0..24),
            named in vec(0..30usize, 0..8),
        ) {
            let text = Text::new(list(&tasks, &named));
            let document = Document::parse(&text);
            let tasks = Tasks::parse(&text, &document);
            let grouping = Grouping::of(Listed { text: &text, document: &document, tasks: &tasks });
            let mut shown: Vec<usize> = grouping.order().collect();
            shown.sort_unstable();
            prop_assert!(shown.windows(2).all(|pair| pair[0] < pair[1]), "twice: {shown:?}");
            for item in 0..tasks.items.len() {
                let is_shown = shown.binary_search(&item).is_ok();
                prop_assert_eq!(grouping.group_of[item].is_some(), is_shown);
                prop_assert!(is_shown || !is_leaf(&tasks, item) && !tasks.items[item].state.is_at_work(), "{item} is not shown");
            }
            let total: usize = grouping.groups.iter().flat_map(|group| &group.items).filter(|item| tasks.items[**item].counted).count();
            prop_assert_eq!(total, tasks.items.iter().filter(|item| item.counted).count());
        }
    }

    #[test]
    fn a_parent_that_is_worked_on_stands_with_its_first_sub_task() {
        let source = "- [-] 1. a\n  - [x] 1.1 b\n  - [ ] 1.2 c\n    - _Depends: 1.1_\n  - [ ] 1.3 d\n    - _Depends: 1.1_\n";
        assert_eq!(
            drawn(source),
            ["Wave 1 1/1: 1 .1.1", "Wave 2 0/2: >1.2 >1.3"]
        );
    }
}
