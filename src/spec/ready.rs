//! Which tasks are ready, and which wait for each other: by the waves, by what each task says
//! itself, and by the order of the list.
//!
//! Knows tasks only by number, state and parent, and no text.

use std::collections::HashMap;
use std::ops::Range;

use super::cycles::cycles;
use super::wave_order::WaveOrder;
use super::waves::Waves;
use crate::markdown::State;

/// A task, as far as the question counts whether it is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// Its number.
    pub number: Option<&'a str>,
    /// Its state.
    pub state: State,
    /// Whether it is done by itself or by its sub-tasks.
    pub part: Part,
    /// Whether it may be left out.
    pub need: Need,
    /// Index of the task above it, which stands before it.
    pub parent: Option<usize>,
    /// Whether it may be done beside its neighbours.
    pub pace: Pace,
    /// The tasks that come first, as it says itself: none of them where it says that nothing comes
    /// first. None where it says nothing.
    pub depends: Option<Vec<First<'a>>>,
}

/// Tasks that come first, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First<'a> {
    /// The one with this number.
    One(&'a str),
    /// All from one to another in the order of the list; only those two where one of them is
    /// missing.
    From(&'a str, &'a str),
}

/// When a task that says nothing of what comes first may be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// When it is its turn.
    InTurn,
    /// Together with its neighbours of the same pace.
    SideBySide,
}

/// Whether a task is done by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It has no sub-tasks.
    Leaf,
    /// It has sub-tasks.
    Parent,
}

/// Whether a task may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must be done.
    Required,
    /// It may be left out, and no wave waits for it.
    Optional,
}

/// Tasks and waves that wait for each other, so that none of them is ever ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Indexes of the tasks that say themselves what comes first.
    pub steps: Vec<usize>,
    /// Indexes of the waves.
    pub waves: Vec<usize>,
}

/// What comes before each task.
#[derive(Debug)]
pub struct Precedence<'a> {
    steps: &'a [Step<'a>],
    /// For each step, those that it names; None where it says nothing.
    named: Vec<Option<Vec<Range<usize>>>>,
    /// How many of the steps before each are not done, so that those that name them must wait.
    open: Vec<usize>,
    /// For each step, its wave.
    waves: Vec<Option<usize>>,
    /// What comes before each wave.
    order: WaveOrder,
}

impl<'a> Precedence<'a> {
    /// Finds out what comes before each of `steps`. A task that the waves leave out counts to the
    /// wave of its parent.
    pub fn of(steps: &'a [Step<'a>], waves: Option<&Waves>) -> Self {
        let numbers = Numbers::of(steps);
        let order = waves
            .map(|waves| WaveOrder::of(waves, &numbers.last))
            .unwrap_or_default();
        let waves = waves.map_or_else(|| vec![None; steps.len()], |waves| waves_of(steps, waves));
        Self {
            steps,
            named: named(steps, &numbers, &order),
            open: open_before(&done(steps)),
            waves,
            order,
        }
    }

    /// Returns each wave together with a name that it gives and nothing has.
    pub fn unknown(&self) -> &[(usize, String)] {
        &self.order.unknown
    }

    /// Returns the indexes of the steps that are ready: open leaves for which nothing else has to
    /// be done first.
    ///
    /// First come all required tasks of the waves before, and what the task names itself, or else
    /// what the nearest task above it names. Where neither waves nor the task say anything, the
    /// order does: of the tasks below one that names others, or of all, the first that waits for
    /// nothing is ready, an optional one only where no required one is; and those that may be done
    /// beside it.
    pub fn ready(&self) -> Vec<usize> {
        let late = self.late_waves();
        let free: Vec<usize> = (0..self.steps.len())
            .filter(|index| self.is_open(*index) && !self.waits(*index, &late))
            .collect();
        let mut is_turn = vec![false; self.steps.len()];
        for first in self.first_of_each(&free).into_values() {
            is_turn[first] = true;
        }
        self.let_neighbours_begin(&free, &mut is_turn);
        let is_ready = |index: &usize| {
            self.named[*index].is_some() || self.waves[*index].is_some() || is_turn[*index]
        };
        free.iter().copied().filter(is_ready).collect()
    }

    /// Lets begin what may be done beside what begins: of the neighbours behind it, or behind a
    /// task above it, the first free step of each, up to one that must wait for its turn.
    /// Neighbours have one parent, and numbers of one series.
    fn let_neighbours_begin(&self, free: &[usize], is_turn: &mut [bool]) {
        if self.steps.iter().all(|step| step.pace == Pace::InTurn) {
            return;
        }
        let mut first_below: Vec<Option<usize>> = vec![None; self.steps.len()];
        for index in free {
            first_below[*index] = Some(*index);
        }
        for index in (0..self.steps.len()).rev() {
            if let Some(parent) = self.steps[index].parent {
                let firsts = [first_below[index], first_below[parent]];
                first_below[parent] = firsts.into_iter().flatten().min();
            }
        }
        let mut goes_on: HashMap<(Option<usize>, Option<&str>), bool> = HashMap::new();
        for (index, step) in self.steps.iter().enumerate() {
            let begins = first_below[index].is_some_and(|first| is_turn[first]);
            let series = step.number.and_then(|number| number.rsplit_once('.'));
            let neighbours = (step.parent, series.map(|(series, _)| series));
            let run = goes_on.entry(neighbours).or_default();
            match (step.pace, first_below[index]) {
                (Pace::SideBySide, Some(first)) if *run => is_turn[first] = true,
                (Pace::SideBySide, _) => *run |= begins,
                (Pace::InTurn, _) => *run &= self.is_done(&(index..index + 1)),
            }
        }
    }

    /// Returns whether all of some steps are done.
    fn is_done(&self, steps: &Range<usize>) -> bool {
        self.open[steps.end] == self.open[steps.start]
    }

    /// Returns the cycles, done tasks included, for they are as wrong.
    pub fn cycles(&self) -> Vec<Cycle> {
        let says_nothing = self.order.before.is_empty() && self.named.iter().all(Option::is_none);
        if says_nothing {
            // The order of the list leads into no circle.
            return Vec::new();
        }
        cycles(&self.edges())
            .iter()
            .map(|group| self.cycle(group))
            .collect()
    }

    fn is_open(&self, index: usize) -> bool {
        let step = &self.steps[index];
        step.part == Part::Leaf && step.state.marker().can_start
    }

    fn waits(&self, index: usize, late: &[bool]) -> bool {
        let speaker = if self.named[index].is_some() {
            Some(index)
        } else {
            self.speaker_above(index)
        };
        let named = speaker.and_then(|speaker| self.named[speaker].as_ref());
        self.waves[index].is_some_and(|wave| late[wave])
            || named.is_some_and(|named| named.iter().any(|first| !self.is_done(first)))
    }

    /// Returns the nearest task above that says what comes first.
    fn speaker_above(&self, index: usize) -> Option<usize> {
        above(self.steps, index).find(|above| self.named[*above].is_some())
    }

    /// Returns the first of the free steps below each speaker, a required one before an optional
    /// one.
    fn first_of_each(&self, free: &[usize]) -> HashMap<Option<usize>, usize> {
        let mut first = HashMap::new();
        for need in [Need::Required, Need::Optional] {
            for index in free.iter().filter(|index| self.steps[**index].need == need) {
                first.entry(self.speaker_above(*index)).or_insert(*index);
            }
        }
        first
    }

    /// Says for each wave whether a required task of a wave before it, however far, is not done.
    fn late_waves(&self) -> Vec<bool> {
        let before = &self.order.before;
        let mut behind = vec![Vec::new(); before.len()];
        for (wave, before) in before.iter().enumerate() {
            before.iter().for_each(|before| behind[*before].push(wave));
        }
        let is_open = |task: &usize| !self.is_done(&(*task..*task + 1));
        let tasks = self.order.tasks.iter();
        let mut late: Vec<bool> = tasks.map(|tasks| tasks.iter().any(is_open)).collect();
        let mut open: Vec<usize> = (0..self.steps.len())
            .filter(|index| self.holds_up(*index))
            .filter_map(|index| self.waves[index])
            .collect();
        while let Some(wave) = open.pop() {
            let next = behind[wave]
                .iter()
                .filter(|next| !std::mem::replace(&mut late[**next], true));
            open.extend(next);
        }
        late
    }

    /// Returns whether a step holds up the waves behind its own: a required leaf that is not done,
    /// nor anything above it.
    fn holds_up(&self, index: usize) -> bool {
        let is_marked = |index: usize| self.steps[index].state == State::Done;
        self.is_required_leaf(index)
            && !is_marked(index)
            && !above(self.steps, index).any(is_marked)
    }

    fn is_required_leaf(&self, index: usize) -> bool {
        self.steps[index].part == Part::Leaf && self.steps[index].need == Need::Required
    }

    /// Returns for each node of the graph those that it waits for. A task or wave with index `i` is
    /// two nodes, its begin and behind that its end. Behind them all stands a tree over the ends of
    /// the tasks, so that a range of them costs few edges.
    fn edges(&self) -> Vec<Vec<usize>> {
        let mut edges = vec![Vec::new(); self.tree() + 2 * self.steps.len()];
        self.add_tree(&mut edges);
        for index in 0..self.steps.len() {
            self.add_step(&mut edges, index);
        }
        for (wave, before) in self.order.before.iter().enumerate() {
            let start = self.begin_of_wave(wave);
            edges[start].extend(before.iter().map(|before| end(self.begin_of_wave(*before))));
            edges[start].extend(self.order.tasks[wave].iter().map(|task| end(begin(*task))));
            edges[end(start)].push(start);
        }
        edges
    }

    /// Returns the first node behind those of tasks and waves.
    fn tree(&self) -> usize {
        2 * (self.steps.len() + self.order.before.len())
    }

    /// Adds the tree: node 1 is the root, node `i` has the children `2i` and `2i + 1`, and the last
    /// half are the ends of the tasks.
    fn add_tree(&self, edges: &mut [Vec<usize>]) {
        let (tree, count) = (self.tree(), self.steps.len());
        for node in 1..2 * count {
            edges[tree + node] = if node < count {
                vec![tree + 2 * node, tree + 2 * node + 1]
            } else {
                vec![end(begin(node - count))]
            };
        }
    }

    /// Returns the nodes that stand for the ends of a range of tasks.
    fn ends(&self, range: &Range<usize>) -> Vec<usize> {
        let (tree, count) = (self.tree(), self.steps.len());
        let (mut from, mut to) = (range.start + count, range.end + count);
        let mut nodes = Vec::new();
        while from < to {
            if from % 2 == 1 {
                nodes.push(tree + from);
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                nodes.push(tree + to);
            }
            (from, to) = (from / 2, to / 2);
        }
        nodes
    }

    fn add_step(&self, edges: &mut [Vec<usize>], index: usize) {
        let (step, start) = (&self.steps[index], begin(index));
        match &self.named[index] {
            Some(named) => edges[start].extend(named.iter().flat_map(|first| self.ends(first))),
            None => edges[start].extend(step.parent.map(begin)),
        }
        if let Some(parent) = step.parent
            && step.need == Need::Required
        {
            edges[end(begin(parent))].push(end(start));
        }
        if step.part == Part::Parent {
            return;
        }
        edges[end(start)].push(start);
        if let Some(wave) = self.waves[index].map(|wave| self.begin_of_wave(wave)) {
            edges[start].push(wave);
            edges[end(wave)].extend((step.need == Need::Required).then_some(end(start)));
        }
    }

    fn begin_of_wave(&self, wave: usize) -> usize {
        begin(self.steps.len() + wave)
    }

    fn cycle(&self, group: &[usize]) -> Cycle {
        let begun = group
            .iter()
            .filter(|node| **node < self.tree() && *node % 2 == 0)
            .map(|node| node / 2);
        let (steps, waves): (Vec<usize>, Vec<usize>) =
            begun.partition(|index| *index < self.steps.len());
        Cycle {
            steps: steps
                .into_iter()
                .filter(|step| self.named[*step].is_some())
                .collect(),
            waves: waves
                .into_iter()
                .map(|wave| wave - self.steps.len())
                .collect(),
        }
    }
}

fn begin(index: usize) -> usize {
    2 * index
}

fn end(begin: usize) -> usize {
    begin + 1
}

/// Returns the steps above one, the nearest first.
fn above<'a>(steps: &'a [Step<'_>], index: usize) -> impl Iterator<Item = usize> + 'a {
    std::iter::successors(steps[index].parent, |above| steps[*above].parent)
}

/// The steps by their numbers.
struct Numbers<'a> {
    /// Of two with one number the first.
    first: HashMap<&'a str, usize>,
    /// Of two with one number the last.
    last: HashMap<&'a str, usize>,
}

impl<'a> Numbers<'a> {
    fn of(steps: &[Step<'a>]) -> Self {
        let numbered = || {
            let steps = steps.iter().enumerate();
            steps.filter_map(|(index, step)| Some((step.number?, index)))
        };
        Self {
            first: numbered().collect::<Vec<_>>().into_iter().rev().collect(),
            last: numbered().collect(),
        }
    }

    /// Finds the steps that are named. Of two with one number the last counts, for a second phase
    /// restarts; what does not exist holds nothing up.
    fn find(&self, first: First<'_>) -> Vec<Range<usize>> {
        let one = |number: &str| self.last.get(number).map(|index| *index..index + 1);
        let (from, to) = match first {
            First::One(number) => return one(number).into_iter().collect(),
            First::From(from, to) => (from, to),
        };
        let ends = self.first.get(from).zip(self.first.get(to));
        match ends.filter(|(first, last)| first <= last) {
            Some((first, last)) => std::iter::once(*first..last + 1).collect(),
            None => [one(from), one(to)].into_iter().flatten().collect(),
        }
    }
}

/// Finds the steps that each step names, and those that the graph names for it.
fn named(
    steps: &[Step<'_>],
    numbers: &Numbers<'_>,
    order: &WaveOrder,
) -> Vec<Option<Vec<Range<usize>>>> {
    let known = |depends: &Vec<First<'_>>| {
        let found = depends.iter().flat_map(|first| numbers.find(*first));
        found.collect::<Vec<_>>()
    };
    let mut named: Vec<Option<Vec<Range<usize>>>> = steps
        .iter()
        .map(|step| step.depends.as_ref().map(known))
        .collect();
    for (step, before) in &order.each {
        let ranges = before.iter().map(|before| *before..before + 1);
        named[*step].get_or_insert_default().extend(ranges);
    }
    named
}

/// Counts for each place in a list how many before it are not done.
fn open_before(done: &[bool]) -> Vec<usize> {
    let mut open = vec![0];
    for is_done in done {
        open.push(open[open.len() - 1] + usize::from(!is_done));
    }
    open
}

/// Says for each step whether it is done: itself, or all its required leaves; of an optional one
/// all its leaves.
fn done(steps: &[Step<'_>]) -> Vec<bool> {
    let mut has_open = vec![false; steps.len()];
    for (index, step) in steps
        .iter()
        .enumerate()
        .filter(|(_, step)| step.part == Part::Leaf && step.state != State::Done)
    {
        let waiting = above(steps, index)
            .filter(|above| step.need == Need::Required || steps[*above].need == Need::Optional);
        waiting.for_each(|above| has_open[above] = true);
    }
    let is_done = |(step, has_open): (&Step<'_>, bool)| {
        step.state == State::Done || step.part == Part::Parent && !has_open
    };
    steps.iter().zip(has_open).map(is_done).collect()
}

/// Finds the wave of each step, or of the nearest step above that the graph names.
fn waves_of(steps: &[Step<'_>], waves: &Waves) -> Vec<Option<usize>> {
    let numbered = waves
        .waves
        .iter()
        .enumerate()
        .rev()
        .flat_map(|(index, wave)| wave.tasks.iter().map(move |task| (task.as_str(), index)));
    let by_number: HashMap<&str, usize> = numbered.collect();
    let mut found: Vec<Option<usize>> = Vec::with_capacity(steps.len());
    for step in steps {
        let own = step
            .number
            .and_then(|number| by_number.get(number).copied());
        found.push(own.or_else(|| found.get(step.parent?).copied().flatten()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::text::Text;

    fn waves(json: &str) -> Waves {
        let text = Text::new(format!("```json\n{{\"waves\":{json}}}\n```\n"));
        Waves::find(&text, &Document::parse(&text))
            .unwrap()
            .unwrap()
    }

    /// Makes steps of lines such as `x 1.1 1`: the marker, a star for an optional one, the number,
    /// and what it depends on, `none` for nothing.
    fn steps(source: &str) -> Vec<Step<'_>> {
        let numbers: Vec<&str> = source
            .lines()
            .filter_map(|line| line.split(' ').nth(1))
            .collect();
        let parent = |number: &str| {
            numbers.iter().position(|other| {
                number
                    .rsplit_once('.')
                    .is_some_and(|(above, _)| above == *other)
            })
        };
        source
            .lines()
            .map(|line| {
                let mut words = line.split(' ');
                let (marker, number) = (words.next().unwrap(), words.next().unwrap());
                let depends: Vec<&str> = words.collect();
                Step {
                    number: Some(number),
                    state: match &marker[..1] {
                        "x" => State::Done,
                        "-" => State::Doing,
                        "~" => State::Queued,
                        _ => State::Todo,
                    },
                    part: if numbers
                        .iter()
                        .any(|other| other.starts_with(&format!("{number}.")))
                    {
                        Part::Parent
                    } else {
                        Part::Leaf
                    },
                    need: if marker.ends_with('*') {
                        Need::Optional
                    } else {
                        Need::Required
                    },
                    parent: parent(number),
                    pace: if marker.contains('P') {
                        Pace::SideBySide
                    } else {
                        Pace::InTurn
                    },
                    depends: (!depends.is_empty()).then(|| {
                        let names = depends.into_iter().filter(|word| *word != "none");
                        let first = |name| match str::split_once(name, '-') {
                            Some((from, to)) => First::From(from, to),
                            None => First::One(name),
                        };
                        names.map(first).collect()
                    }),
                }
            })
            .collect()
    }

    /// Returns the numbers of the ready steps, and each cycle as its steps and waves.
    fn drawn(source: &str, json: &str) -> (String, String) {
        let steps = steps(source);
        let waves = (!json.is_empty()).then(|| waves(json));
        let precedence = Precedence::of(&steps, waves.as_ref());
        let numbers = |indexes: &[usize]| {
            indexes
                .iter()
                .map(|index| steps[*index].number.unwrap())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let cycle = |cycle: &Cycle| format!("{}{:?}", numbers(&cycle.steps), cycle.waves);
        (
            numbers(&precedence.ready()),
            precedence
                .cycles()
                .iter()
                .map(cycle)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    #[test]
    fn what_is_ready_by_order_and_by_what_tasks_name() {
        for (source, expected) in [
            ("x 1\no 2\no 3", "2"),
            ("- 1\no 2\no 3", "2"),
            ("x 1\no* 2\no 3", "3"),
            ("x 1\no* 2", "2"),
            ("o 1\no 1.1\no 1.2", "1.1"),
            ("x 1", ""),
            ("o 1\no 2 1\no 3 1\no 4 9", "1 4"),
            ("x 1\no 2 1\n~ 3 1", "2 3"),
            ("o 1\no 2 none\no 3 none\no 4", "1 2 3"),
            ("o 1 2\no 2\no 3", "2"),
            ("x 1\nx 1.1\no 2 1\no 2.1\no 2.2\no 3 2\no 3.1", "2.1"),
            ("o 1\no 1.1\nx 1.2\no 2 1", "1.1"),
            ("o 1\nx 1.1\nx 1.2\no 2 1", "2"),
            ("o 1 none\no 1.1\no 1.2\no 2 none\no 2.1\no 2.2", "1.1 2.1"),
            ("x 1\nx 2\no 3 1-2\no 4 1-3", "3"),
            ("x 1\nx 2\nx 3\no 4 1-3\no 5 9-8", "4 5"),
            ("oP 1\noP 2\no 3\noP 4", "1 2"),
            ("xP 1\noP 2\nx 3\noP 4\noP 5", "2 4 5"),
            ("-P 1\noP 2\noP 3", "2 3"),
            ("o 1\noP 2\noP 3", "1"),
            ("o 1\noP 1.1\noP 1.2\no 1.3\no 2\noP 2.1", "1.1 1.2"),
            (
                "oP 1\no 1.1\no 1.2\noP 2\noP 2.1\noP 2.2\no 3\no 3.1",
                "1.1 2.1 2.2",
            ),
            ("oP 1\noP* 2\noP 3", "1 2 3"),
            ("oP 1.1\noP 1.2\noP 2.1\noP 2.2", "1.1 1.2"),
        ] {
            assert_eq!(
                drawn(source, ""),
                (expected.to_owned(), String::new()),
                "{source:?}"
            );
        }
    }

    #[test]
    fn what_is_ready_by_waves() {
        let graph = r#"[{"id":0,"tasks":["1.1","1.2"]},{"id":1,"tasks":["2.1","9.9"]},{"id":2,"tasks":["3"]}]"#;
        let named = r#"[{"id":"a","tasks":["1.1"]},{"id":"b","tasks":["1.2"]},{"id":"c","tasks":["2.1"],"dependsOn":["a"]}]"#;
        let backwards = r#"[{"id":"c","tasks":["3"],"dependsOn":["b"]},{"id":"b","tasks":["2"],"dependsOn":["a"]},{"id":"a","tasks":["1"]}]"#;
        let empty = r#"[{"id":"c","tasks":["3"],"dependsOn":["b"]},{"id":"b","tasks":[],"dependsOn":["a"]},{"id":"a","tasks":["1"]}]"#;
        let unknown = r#"[{"id":"a","tasks":["1"],"dependsOn":["z"]},{"id":"b","tasks":["2"],"dependsOn":["a","z"]}]"#;
        let parents = r#"[["1"],["1.2","2"]]"#;
        let tasks =
            r#"[{"name":"A","tasks":["1","2"]},{"name":"B","tasks":["3"],"dependsOn":["1"]}]"#;
        let each = r#"[{"wave":0,"tasks":["1","2"]},{"wave":1,"tasks":["3","4"],"dependsOn":{"3":["1"],"4":["2"]}}]"#;
        let same =
            r#"[{"wave":1,"tasks":["1","2"]},{"wave":2,"tasks":["3"],"dependsOn":["1","2"]}]"#;
        for (source, json, expected) in [
            ("o 1.1\no 1.2\no 2.1\no 3", graph, "1.1 1.2"),
            ("x 1.1\no 1.2\no 2.1\no 3", graph, "1.2"),
            ("x 1.1\nx 1.2\no 2.1\no 3\no 3.1", graph, "2.1"),
            ("x 1.1\nx 1.2\nx 2.1\no 3\no 3.1\no 3.2", graph, "3.1 3.2"),
            ("x 1.1\no* 1.2\no 2.1\no 3", graph, "1.2 2.1"),
            ("x 1.1\nx 1.2\no 2.1 3\no 2.2\no 3 none", graph, "2.2"),
            ("x 1.1\n- 1.2\no 2.1", named, "2.1"),
            ("o 1\no 2\no 3", backwards, "1"),
            ("x 1\no 2\no 3", backwards, "2"),
            ("o 1\nx 2\no 3", backwards, "1"),
            ("x 1\nx 2\no 3", backwards, "3"),
            ("o 1\no 3", empty, "1"),
            ("o 1\no 2", unknown, "1"),
            ("o 1\no 1.1\no 1.2\no 2", parents, "1.1"),
            ("x 1\no 1.1\no 1.2\no 2", parents, "1.1 1.2 2"),
            ("o 1\no 2\no 3", tasks, "1 2"),
            ("x 1\no 2\no 3", tasks, "2 3"),
            ("o 1\nx 2\no 3\no 4", each, "1 4"),
            ("x 1\no 2\no 3\no 4", each, "2 3"),
            ("o 1\nx 2\no 3", same, "1"),
            ("x 1\nx 2\no 3", same, "3"),
        ] {
            assert_eq!(drawn(source, json).0, expected, "{source:?} {json}");
        }
    }

    #[test]
    fn cycles_hold_up_only_themselves_and_what_waits_for_them() {
        let waves = r#"[{"id":"a","tasks":["1"],"dependsOn":["b"]},{"id":"b","tasks":["2"],"dependsOn":["a"]},{"id":"c","tasks":["3"]}]"#;
        let itself = r#"[{"id":"a","tasks":["1"],"dependsOn":["a"]},{"id":"b","tasks":["2"]}]"#;
        for (source, json, ready, cycles) in [
            ("o 1 2\no 2 1\no 3\no 4 none\no 5 1", "", "3 4", "1 2[]"),
            ("o 1 1\no 2 none", "", "2", "1[]"),
            ("o 1 1-3\no 2\no 3\no 4 none", "", "2 4", "1[]"),
            ("o 1 2-3\no 2\no 3 1\no 4 none", "", "2 4", "1 3[]"),
            (
                "o 1 3\no 2 1\no 3 2\no 4 5\no 5 4\no 6",
                "",
                "6",
                "1 2 3[] 4 5[]",
            ),
            ("o 1\no 1.1 1\no 1.2", "", "1.2", "1.1[]"),
            ("o 1 2\no 1.1\no 2 1\no 2.1\no 3", "", "3", "1 2[]"),
            ("x 1 2\no 2 1", "", "2", "1 2[]"),
            ("o 1\no 2\no 3", waves, "3", "[0, 1]"),
            ("o 1\no 2", itself, "2", "[0]"),
            ("o 1 2\no 2", r#"[["1"],["2"]]"#, "", "1[1]"),
        ] {
            assert_eq!(
                drawn(source, json),
                (ready.to_owned(), cycles.to_owned()),
                "{source:?} {json}"
            );
        }
    }
}
