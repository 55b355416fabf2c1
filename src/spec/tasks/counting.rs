//! Numbers that only their place tells from words: `1 Title`, but `6 test methods removed`; `1.5
//! Title`, but `1.5 hours of work`. Which of them count on in their list?

use std::collections::{HashMap, HashSet};

use super::{ItemKind, Phase, Task};

/// What an item is without its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bare {
    /// Index of the item.
    pub(super) item: usize,
    /// Task or checklist.
    pub(super) kind: ItemKind,
    /// The title with what stands in the place of a number.
    pub(super) title: String,
}

/// What decimals measure: behind one of these they are numbers only where they count on exactly.
const UNITS: &[&str] = &[
    "hour",
    "hours",
    "hrs",
    "days",
    "weeks",
    "months",
    "years",
    "minutes",
    "mins",
    "seconds",
    "secs",
    "ms",
    "million",
    "billion",
    "thousand",
    "percent",
    "times",
    "mb",
    "gb",
    "kb",
    "tb",
    "mib",
    "gib",
    "kib",
    "px",
    "小时",
    "小時",
    "天",
    "周",
    "个月",
    "年",
    "分钟",
    "分鐘",
    "秒",
    "万",
    "亿",
    "倍",
    "時間",
    "日",
    "週間",
    "分",
    "시간",
    "일",
    "часа",
    "часов",
    "дня",
    "дней",
    "минут",
    "horas",
    "días",
    "dias",
    "minutos",
    "heures",
    "jours",
    "stunden",
    "tage",
    "minuten",
];

/// How far a bare number may be from the one before it, where the next one counts on.
const FARTHEST: u64 = 3;

/// Takes back the numbers of those of `bare` that count nothing on.
pub(super) fn settle(items: &mut [Task], phases: &[Phase], bare: Vec<Bare>) {
    if bare.is_empty() {
        return;
    }
    let mut counted = Counted::of(items);
    let mut bare = bare.into_iter().peekable();
    for index in 0..items.len() {
        let own = bare.next_if(|bare| bare.item == index);
        let Some(number) = items[index].number.as_deref().and_then(Number::of) else {
            continue;
        };
        if own.is_none() || counted.goes_on(items, phases, index, number) {
            counted.last.insert(number.series.to_owned(), number.value);
        } else if let Some(own) = own {
            let item = &mut items[index];
            (item.number, item.number_span) = (None, None);
            (item.kind, item.title) = (own.kind, own.title);
        }
    }
}

/// A number parted into its last group and what stands before it.
#[derive(Clone, Copy)]
struct Number<'a> {
    /// What stands before the last group, with its dot or hyphen; nothing for `3`.
    series: &'a str,
    /// The last group.
    value: u64,
}

impl<'a> Number<'a> {
    fn of(number: &'a str) -> Option<Self> {
        let plain = number.trim_end_matches(|char: char| char.is_ascii_lowercase());
        let start = plain.rfind(|char: char| !char.is_ascii_digit());
        let start = start.map_or(0, |before| before + 1);
        Some(Self {
            series: &number[..start],
            value: plain[start..].parse().ok()?,
        })
    }

    /// Returns the number above this one, where there is one: `1` for `1.2`.
    fn above(self) -> Option<&'a str> {
        let above = self.series.trim_end_matches(['.', '-']);
        (!above.is_empty()).then_some(above)
    }
}

/// What is known of all numbers of a list.
struct Counted {
    /// The last number of each series so far.
    last: HashMap<String, u64>,
    /// How many numbers there are of each series.
    sizes: HashMap<String, usize>,
    /// All numbers, bare ones too.
    all: HashSet<String>,
    /// For each item, the next one that is as far in, has a number, and none further out stands
    /// between them.
    next: Vec<Option<usize>>,
}

impl Counted {
    fn of(items: &[Task]) -> Self {
        let numbers = || items.iter().filter_map(|item| item.number.as_deref());
        let mut sizes: HashMap<String, usize> = HashMap::new();
        for number in numbers().filter_map(Number::of) {
            *sizes.entry(number.series.to_owned()).or_default() += 1;
        }
        Self {
            last: HashMap::new(),
            sizes,
            all: numbers().map(str::to_owned).collect(),
            next: next_in_list(items),
        }
    }

    /// Returns whether the bare number of an item counts on.
    fn goes_on(&self, items: &[Task], phases: &[Phase], index: usize, number: Number<'_>) -> bool {
        let last = self.last.get(number.series).copied();
        if last.is_some_and(|last| last + 1 == number.value) {
            return true;
        }
        match number.above() {
            None => {
                is_of_heading(phases, items[index].line, number)
                    || self.begins_list(items, index, number, last)
            }
            Some(above) if is_measure(&items[index].title) => {
                number.value == 1
                    && (self.all.contains(above) || self.follows(items, index, number, 1))
            }
            Some(above) => {
                number.series.ends_with('.')
                    || number.value <= 1
                    || self.sizes[number.series] > 1
                    || self.all.contains(above)
                    || is_in_heading(phases, items[index].line, above)
            }
        }
    }

    /// Returns whether a bare number of one group begins a list, or goes on behind a gap: the next
    /// ones must count on.
    fn begins_list(
        &self,
        items: &[Task],
        index: usize,
        number: Number<'_>,
        last: Option<u64>,
    ) -> bool {
        let has_inner = self.sizes.contains_key(&format!("{}.", number.value))
            || self.sizes.contains_key(&format!("{}-", number.value));
        let is_near =
            last.is_some_and(|last| last <= number.value && number.value <= last + FARTHEST);
        let further = if number.value <= 1 || is_near { 1 } else { 2 };
        has_inner || self.follows(items, index, number, further)
    }

    /// Returns whether the next `count` items of the list have the next numbers.
    fn follows(&self, items: &[Task], index: usize, number: Number<'_>, count: u64) -> bool {
        let mut at = index;
        (1..=count).all(|further| {
            let Some(next) = self.next[at] else {
                return false;
            };
            at = next;
            let found = items[next].number.as_deref().and_then(Number::of);
            found.is_some_and(|found| {
                found.series == number.series && found.value == number.value + further
            })
        })
    }
}

/// Finds for each item the next one with a number in its list.
fn next_in_list(items: &[Task]) -> Vec<Option<usize>> {
    let mut next = vec![None; items.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        while open
            .last()
            .is_some_and(|last| items[*last].indent > item.indent)
        {
            open.pop();
        }
        if item.number.is_none() {
            continue;
        }
        if let Some(before) = open.pop_if(|last| items[*last].indent == item.indent) {
            next[before] = Some(index);
        }
        open.push(index);
    }
    next
}

/// Returns whether a title begins with what decimals measure.
fn is_measure(title: &str) -> bool {
    let word = title
        .split(|char: char| !char.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let is_unit = |word: &str| UNITS.contains(&word);
    is_unit(&word)
        || word
            .split_once(['的', 'の'])
            .is_some_and(|(unit, _)| is_unit(unit))
}

/// Returns whether the heading above a line is that of the task with this number: `## Task 6`.
fn is_of_heading(phases: &[Phase], line: usize, number: Number<'_>) -> bool {
    let at = phases.partition_point(|phase| phase.line < line);
    let heading = phases[..at]
        .last()
        .and_then(|phase| phase.number.as_deref());
    heading
        .and_then(Number::of)
        .is_some_and(|heading| heading.series.is_empty() && heading.value == number.value)
}

/// Returns whether the heading above a line holds the number `above`: `## Phase 2` that of `2.3`.
fn is_in_heading(phases: &[Phase], line: usize, above: &str) -> bool {
    let at = phases.partition_point(|phase| phase.line < line);
    phases[..at].last().is_some_and(|phase| {
        let mut numbers = phase
            .title
            .split(|char: char| !char.is_ascii_digit() && !matches!(char, '.' | '-'));
        numbers.any(|number| number.trim_end_matches(['.', '-']) == above)
    })
}

#[cfg(test)]
mod tests {
    use crate::spec::tasks::tests::parsed;

    /// Returns each item as `number|title`.
    fn drawn(source: &str) -> String {
        let (_, tasks) = parsed(source);
        let items = tasks.items.iter();
        let drawn: Vec<String> = items
            .map(|item| format!("{}|{}", item.number.as_deref().unwrap_or("–"), item.title))
            .collect();
        drawn.join(" ")
    }

    #[test]
    fn a_bare_number_is_one_where_it_counts_on() {
        for (source, expected) in [
            ("- [ ] 27 个文件已分类\n", "–|27 个文件已分类"),
            (
                "- [x] 6 test methods removed\n- [x] a\n",
                "–|6 test methods removed –|a",
            ),
            ("- [ ] 1.5 hours of work\n", "–|1.5 hours of work"),
            ("- [ ] 1 a\n- [ ] 2 b\n- [ ] 3 c\n", "1|a 2|b 3|c"),
            (
                "- [ ] 1. a\n- [ ] 2 b\n- [ ] 27 files\n",
                "1|a 2|b –|27 files",
            ),
            (
                "- [ ] 1 a\n  - [ ] 1.1 b\n  - [ ] 1.2 c\n- [ ] 3 d\n- [ ] 4 e\n",
                "1|a 1.1|b 1.2|c 3|d 4|e",
            ),
            (
                "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.4 c\n",
                "1|a 1.1|b 1.4|c",
            ),
            (
                "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.5 hours of work\n",
                "1|a 1.1|b –|1.5 hours of work",
            ),
            (
                "- [ ] 1. a\n  - [ ] 1.1 b\n  - [ ] 1.2 hours of work\n",
                "1|a 1.1|b 1.2|hours of work",
            ),
            ("## 任务 6：检查\n\n- [x] 6 运行测试\n", "6|运行测试"),
            ("## Phase 2\n- [ ] 2.3 a\n", "2.3|a"),
            ("- [ ] 5.2 a\n- [ ] b\n", "5.2|a –|b"),
            ("- [ ] 5 a\n- [ ] 6 b\n- [ ] 7 c\n", "5|a 6|b 7|c"),
            ("- [ ] 5 files\n- [ ] 6 tests\n", "–|5 files –|6 tests"),
            ("- [ ] 1-1 a\n- [ ] 1-2 b\n", "1-1|a 1-2|b"),
            ("- [ ] 3-5 days of work\n", "–|3-5 days of work"),
            ("- [ ] a\n- [ ] 1 b\n- [ ] c\n", "–|a –|1 b –|c"),
        ] {
            assert_eq!(drawn(source), expected, "{source:?}");
        }
    }
}
