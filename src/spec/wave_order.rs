//! What comes before each wave: other waves, tasks, or the order in which they are written.
//!
//! Names in a graph may mean waves or tasks, and people write both. Which are meant is decided once
//! for the whole graph.

use std::collections::HashMap;

use super::cycles::cycles;
use super::waves::{After, Wave, Waves};

/// What comes before waves and tasks, as a graph says. Waves are by index, tasks as the steps of
/// the list are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WaveOrder {
    /// For each wave those right before it.
    pub(super) before: Vec<Vec<usize>>,
    /// For each wave the tasks that come before all of it.
    pub(super) tasks: Vec<Vec<usize>>,
    /// Tasks with those that come before them.
    pub(super) each: Vec<(usize, Vec<usize>)>,
    /// Waves with the names that they give and nothing has.
    pub(super) unknown: Vec<(usize, String)>,
}

/// What the names in a graph mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// All of them are waves.
    Waves,
    /// All of them are tasks.
    Tasks,
    /// Some are, and perhaps some are neither.
    Either,
}

/// What one name means.
enum Meant {
    Wave(usize),
    Task(usize),
    Nothing,
}

impl WaveOrder {
    /// Finds what comes before each of `waves`. `numbers` holds the tasks by their numbers.
    ///
    /// As soon as one wave says what comes before it, such names decide: a wave that gives none has
    /// none before it. Else, and where a wave gives only names of nothing, it is the one with the
    /// next lower number, or the one that is written before where an id is no number.
    pub(super) fn of(waves: &Waves, numbers: &HashMap<&str, usize>) -> Self {
        let reader = Reader::of(waves, numbers);
        if waves.waves.iter().all(|wave| wave.after.is_none()) {
            return Self {
                before: ordered_before(waves),
                tasks: vec![Vec::new(); waves.waves.len()],
                ..Self::default()
            };
        }
        let mut order = reader.read(reader.meaning());
        order.fall_back(waves);
        order
    }

    /// Puts waves that give only names of nothing behind the ones before them, unless that makes
    /// them wait for each other.
    fn fall_back(&mut self, waves: &Waves) {
        let useless =
            (0..waves.waves.len()).filter(|wave| self.says_nothing(*wave, &waves.waves[*wave]));
        let useless: Vec<usize> = useless.collect();
        if useless.is_empty() {
            return;
        }
        let mut with_order = self.before.clone();
        let ordered = ordered_before(waves);
        for wave in useless {
            with_order[wave].clone_from(&ordered[wave]);
        }
        if cycles(&with_order).len() <= cycles(&self.before).len() {
            self.before = with_order;
        }
    }

    /// Returns whether a wave gives names, and none of them is of a wave or a task; or only for
    /// some of its tasks.
    fn says_nothing(&self, index: usize, wave: &Wave) -> bool {
        let said = match &wave.after {
            None => return false,
            Some(After::All(names)) => names.is_empty(),
            Some(After::Each(each)) => wave
                .tasks
                .iter()
                .all(|task| each.iter().any(|(key, _)| same(key, task))),
        };
        !said && self.before[index].is_empty() && self.tasks[index].is_empty()
    }
}

/// Reads the names of a graph.
struct Reader<'a> {
    waves: &'a Waves,
    numbers: &'a HashMap<&'a str, usize>,
    /// Waves by their ids and names; of two with one id the first.
    ids: HashMap<String, usize>,
    /// The waves of tasks.
    homes: HashMap<&'a str, usize>,
}

impl<'a> Reader<'a> {
    fn of(waves: &'a Waves, numbers: &'a HashMap<&'a str, usize>) -> Self {
        let (mut ids, mut homes) = (HashMap::new(), HashMap::new());
        for (index, wave) in waves.waves.iter().enumerate() {
            for name in [&wave.id, &wave.title].into_iter().flatten() {
                ids.entry(plain(name)).or_insert(index);
            }
            for task in &wave.tasks {
                homes.entry(task.as_str()).or_insert(index);
            }
        }
        Self {
            waves,
            numbers,
            ids,
            homes,
        }
    }

    /// Decides what the names mean: waves, if they all are and none waits for itself by that; else
    /// tasks, under the same condition.
    fn meaning(&self) -> Meaning {
        [Meaning::Waves, Meaning::Tasks]
            .into_iter()
            .find(|meaning| self.is_sound(*meaning))
            .unwrap_or(Meaning::Either)
    }

    fn is_sound(&self, meaning: Meaning) -> bool {
        let order = self.read(meaning);
        if !order.unknown.is_empty() {
            return false;
        }
        let mut before = order.before;
        let homes: HashMap<usize, usize> = self
            .homes
            .iter()
            .filter_map(|(task, home)| Some((*self.numbers.get(task)?, *home)))
            .collect();
        for (wave, tasks) in order.tasks.iter().enumerate() {
            before[wave].extend(tasks.iter().filter_map(|task| homes.get(task)));
        }
        let waits_for_itself = |(wave, before): (usize, &Vec<usize>)| before.contains(&wave);
        cycles(&before).is_empty() && !before.iter().enumerate().any(waits_for_itself)
    }

    fn read(&self, meaning: Meaning) -> WaveOrder {
        let count = self.waves.waves.len();
        let mut order = WaveOrder {
            before: vec![Vec::new(); count],
            tasks: vec![Vec::new(); count],
            ..WaveOrder::default()
        };
        for (index, wave) in self.waves.waves.iter().enumerate() {
            match &wave.after {
                None => {}
                Some(After::All(names)) => self.read_names(&mut order, meaning, index, names),
                Some(After::Each(each)) => self.read_each(&mut order, index, each),
            }
        }
        order
    }

    fn read_names(&self, order: &mut WaveOrder, meaning: Meaning, wave: usize, names: &[String]) {
        for name in names {
            match self.meant(meaning, wave, name) {
                Meant::Wave(before) => order.before[wave].push(before),
                Meant::Task(task) => order.tasks[wave].push(task),
                Meant::Nothing => order.unknown.push((wave, name.clone())),
            }
        }
    }

    /// Reads what comes before each of some tasks: tasks, or all of a wave.
    fn read_each(&self, order: &mut WaveOrder, wave: usize, each: &[(String, Vec<String>)]) {
        for (task, names) in each {
            let mut before = Vec::new();
            for name in names {
                match self.task(name) {
                    Some(first) => before.push(first),
                    None => match self.ids.get(&plain(name)) {
                        Some(first) => before.extend(self.tasks_of(*first)),
                        None => order.unknown.push((wave, name.clone())),
                    },
                }
            }
            match self.task(task) {
                Some(task) => order.each.push((task, before)),
                None => order.unknown.push((wave, task.clone())),
            }
        }
    }

    fn tasks_of(&self, wave: usize) -> impl Iterator<Item = usize> {
        let tasks = self.waves.waves[wave].tasks.iter();
        tasks.filter_map(|task| self.task(task))
    }

    fn meant(&self, meaning: Meaning, own: usize, name: &str) -> Meant {
        let wave = self.ids.get(&plain(name)).copied();
        let task = self.task(name);
        match (meaning, wave, task) {
            (Meaning::Waves, Some(wave), _) => Meant::Wave(wave),
            (Meaning::Tasks, _, Some(task)) => Meant::Task(task),
            (Meaning::Either, Some(wave), _) if wave < own => Meant::Wave(wave),
            (Meaning::Either, _, Some(task)) => Meant::Task(task),
            (Meaning::Either, Some(wave), None) => Meant::Wave(wave),
            _ => Meant::Nothing,
        }
    }

    fn task(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let number = self.numbers.get(name);
        number.or_else(|| self.numbers.get(unworded(name))).copied()
    }
}

/// Returns whether two names are the same but for a word before the number.
fn same(name: &str, other: &str) -> bool {
    unworded(name.trim()) == unworded(other.trim())
}

/// Returns a name as it is compared: `Wave 1`, `wave-1` and `1` are the same.
fn plain(name: &str) -> String {
    unworded(name.trim()).to_lowercase()
}

/// Returns a number without a word for a wave or a task before it.
fn unworded(name: &str) -> &str {
    const WORDS: &[&str] = &["wave", "phase", "stage", "group", "task"];
    let is_word = |word: &&&str| {
        name.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let rest = WORDS.iter().find(is_word).map_or(name, |word| {
        name[word.len()..].trim_start_matches([' ', '-', '_', '#', ':'])
    });
    if rest.starts_with(|char: char| char.is_ascii_digit()) {
        rest
    } else {
        name
    }
}

/// Returns for each wave the one with the next lower number, or the one that is written before
/// where an id is no number.
fn ordered_before(waves: &Waves) -> Vec<Vec<usize>> {
    let number = |wave: &Wave| wave.id.as_ref()?.parse::<u64>().ok();
    let mut order: Vec<usize> = (0..waves.waves.len()).collect();
    if waves.waves.iter().all(|wave| number(wave).is_some()) {
        order.sort_by_key(|wave| number(&waves.waves[*wave]));
    }
    let mut before = vec![Vec::new(); waves.waves.len()];
    for pair in order.windows(2) {
        before[pair[1]].push(pair[0]);
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Document;
    use crate::text::Text;

    /// Draws what comes before each wave of a list of the tasks 1 to 5: waves by index, tasks with
    /// `t`, and what is unknown with `?`.
    fn drawn(json: &str) -> String {
        let text = Text::new(format!("```json\n{{\"waves\":{json}}}\n```\n"));
        let waves = Waves::find(&text, &Document::parse(&text))
            .unwrap()
            .unwrap();
        let names = ["1", "2", "3", "4", "5"];
        let numbers: HashMap<&str, usize> = names.into_iter().zip(1..).collect();
        let order = WaveOrder::of(&waves, &numbers);
        let of_wave = |wave: usize| {
            let waves = order.before[wave].iter().map(ToString::to_string);
            let tasks = order.tasks[wave].iter().map(|task| format!("t{task}"));
            format!("[{}]", waves.chain(tasks).collect::<Vec<_>>().join(" "))
        };
        let each = order
            .each
            .iter()
            .map(|(task, before)| format!("t{task}{before:?}"));
        let unknown = order
            .unknown
            .iter()
            .map(|(wave, name)| format!("{wave}?{name}"));
        let waves = (0..waves.waves.len()).map(of_wave);
        waves
            .chain(each)
            .chain(unknown)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn what_comes_before_a_wave() {
        for (json, expected) in [
            (r#"[["1"],["2"],["3"]]"#, "[] [0] [1]"),
            (r#"[{"id":2},{"id":0},{"id":1}]"#, "[2] [] [1]"),
            (r#"{"10":["3"],"2":["2"],"1":["1"]}"#, "[] [2] [0]"),
            (r#"[{"id":"b","dependsOn":["a"]},{"id":"a"}]"#, "[1] []"),
            (
                r#"[{"id":0},{"id":1,"dependsOn":[0]},{"id":2,"dependsOn":[]}]"#,
                "[] [0] []",
            ),
            (
                r#"[{"name":"Wave 1"},{"name":"Wave 2","dependsOn":["wave-1"]}]"#,
                "[] [0]",
            ),
            (
                r#"[{"id":1,"name":"Setup"},{"id":2,"dependsOn":["Setup"]}]"#,
                "[] [0]",
            ),
        ] {
            assert_eq!(drawn(json), expected, "{json}");
        }
    }

    #[test]
    fn names_of_tasks_mean_those_tasks() {
        for (json, expected) in [
            (
                r#"[{"wave":1,"tasks":["1","2"]},{"wave":2,"tasks":["3"],"dependsOn":["1","2"]}]"#,
                "[] [t1 t2]",
            ),
            (
                r#"[{"name":"A","tasks":["1"]},{"name":"B","tasks":["2"],"dependsOn":["1"]}]"#,
                "[] [t1]",
            ),
            (
                r#"[{"name":"A","tasks":["1"]},{"name":"B","tasks":["2"],"dependsOn":["Task 1"]}]"#,
                "[] [t1]",
            ),
            (
                r#"[{"wave":0,"tasks":["1","2"]},{"wave":1,"tasks":["3"],"dependsOn":{"3":["1","2"]}}]"#,
                "[] [] t3[1, 2]",
            ),
            (
                r#"[{"wave":0,"tasks":["1","2"]},{"wave":1,"tasks":["3","4"],"dependsOn":{"3":["1"]}}]"#,
                "[] [0] t3[1]",
            ),
            // Waves, where that makes sense.
            (
                r#"[{"wave":1,"tasks":["1","2"]},{"wave":2,"tasks":["3"],"dependsOn":["1"]}]"#,
                "[] [0]",
            ),
            // Both in one graph.
            (
                r#"[{"name":"A","tasks":["1"]},{"name":"B","tasks":["2"],"dependsOn":["A"]},{"name":"C","tasks":["3"],"dependsOn":["2"]}]"#,
                "[] [0] [t2]",
            ),
        ] {
            assert_eq!(drawn(json), expected, "{json}");
        }
    }

    #[test]
    fn where_nothing_useful_is_said_an_earlier_wave_comes_first() {
        for (json, expected) in [
            (
                r#"[{"id":"a"},{"id":"b","dependsOn":["z"]},{"id":"c","dependsOn":["a"]}]"#,
                "[] [0] [0] 1?z",
            ),
            (
                r#"[{"id":"b","dependsOn":["z","a"]},{"id":"a","dependsOn":"y"}]"#,
                "[1] [] 0?z 1?y",
            ),
            (r#"[{"id":0,"dependsOn":[0]}]"#, "[0]"),
        ] {
            assert_eq!(drawn(json), expected, "{json}");
        }
    }
}
