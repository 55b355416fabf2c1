//! Filters: words and facts that narrow what a view shows, such as `state:doing -optional:yes login`.
//!
//! What can be asked of a thing stands in the table [`FACTS`]; how a thing answers, in [`Facts`].
//! Knows neither keys nor how anything is drawn.

mod cards;
mod specs;
mod tasks;

pub use tasks::Narrowed;
pub(super) use tasks::files_of;

use std::collections::HashMap;

use super::{FindOrigin, Model, Prompt, Surface};
use crate::markdown::{MARKERS, State};
use crate::text::Needle;

/// A view that can be filtered. Each has a filter of its own, for all specs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilterPlace {
    /// The list of tasks.
    Tasks,
    /// The kanban.
    Board,
    /// The list of specs and the overview.
    Specs,
}

impl FilterPlace {
    /// Returns what is filtered there, in words.
    pub fn things(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Board => "cards",
            Self::Specs => "specs",
        }
    }
}

/// What a thing answers to a filter. Without an answer it has not what is asked for.
pub trait Facts {
    /// Returns whether words stand in it.
    fn has(&self, words: &Needle) -> bool;
    /// Returns its state.
    fn state(&self) -> Option<State>;
    /// Returns whether it is optional.
    fn is_optional(&self) -> Option<bool>;
    /// Returns whether it names a requirement or a criterion, or one below or around that.
    fn names(&self, id: &str) -> bool;
    /// Returns the name of its spec.
    fn spec(&self) -> &str;
    /// Returns whether it was begun and rests.
    fn is_stale(&self) -> Option<bool>;
    /// Returns whether others changed it and it was not looked at since.
    fn is_unread(&self) -> Option<bool>;
    /// Returns whether all of its criteria have a task; none where that is not known.
    fn is_covered(&self) -> Option<bool>;
    /// Returns whether it speaks of a file with this in its path.
    fn speaks_of(&self, file: &str) -> bool;
}

/// What can be asked of a thing.
#[derive(Debug)]
pub struct Fact {
    /// The word before the colon.
    pub word: &'static str,
    /// All values, of which the beginning is enough; none where it is any text.
    pub values: &'static [&'static str],
    /// Where there are things that know it.
    pub places: &'static [FilterPlace],
    /// Whether a thing has a value, or the beginning of one.
    holds: fn(&dyn Facts, &str) -> bool,
}

const YES_NO: &[&str] = &["yes", "no"];
const ALL: &[FilterPlace] = &[FilterPlace::Tasks, FilterPlace::Board, FilterPlace::Specs];
const TASKS: &[FilterPlace] = &[FilterPlace::Tasks, FilterPlace::Board];

/// The words for the states, as the command line has them.
const STATES: [&str; MARKERS.len()] = {
    let mut words = [""; MARKERS.len()];
    let mut at = 0;
    while at < MARKERS.len() {
        words[at] = MARKERS[at].word;
        at += 1;
    }
    words
};

/// All that can be asked.
pub const FACTS: &[Fact] = &[
    Fact {
        word: "state",
        values: &STATES,
        places: ALL,
        holds: |thing, value| {
            let state = thing.state().map(|state| state.marker().word);
            state.is_some_and(|state| state.starts_with(value))
        },
    },
    Fact {
        word: "optional",
        values: YES_NO,
        places: TASKS,
        holds: |thing, value| is(thing.is_optional(), value),
    },
    Fact {
        word: "req",
        values: &[],
        places: TASKS,
        holds: |thing, value| thing.names(value),
    },
    Fact {
        word: "spec",
        values: &[],
        places: &[FilterPlace::Board, FilterPlace::Specs],
        holds: |thing, value| thing.spec().to_lowercase().contains(value),
    },
    Fact {
        word: "stale",
        values: YES_NO,
        places: ALL,
        holds: |thing, value| is(thing.is_stale(), value),
    },
    Fact {
        word: "unread",
        values: YES_NO,
        places: ALL,
        holds: |thing, value| is(thing.is_unread(), value),
    },
    Fact {
        word: "covered",
        values: YES_NO,
        places: &[FilterPlace::Specs],
        holds: |thing, value| is(thing.is_covered(), value),
    },
    Fact {
        word: "file",
        values: &[],
        places: TASKS,
        holds: |thing, value| thing.speaks_of(value),
    },
];

/// Returns whether an answer is the one that a value is the beginning of.
fn is(answer: Option<bool>, value: &str) -> bool {
    let word = answer.map(|answer| if answer { "yes" } else { "no" });
    word.is_some_and(|word| word.starts_with(value))
}

/// One condition.
#[derive(Clone, Debug)]
struct Term {
    is_not: bool,
    asks: Asks,
}

#[derive(Clone, Debug)]
enum Asks {
    Word(Needle),
    /// A fact, and its value in small letters.
    Fact(&'static Fact, String),
}

/// A filter, as it was typed: what it lets through meets all of its conditions.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    text: String,
    terms: Vec<Term>,
}

/// What was typed tells all.
impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Filter {}

impl Filter {
    /// Reads a filter; none where nothing is asked, as before the value of a fact is typed.
    pub fn of(text: &str) -> Option<Self> {
        let terms: Vec<Term> = text.split_whitespace().filter_map(term).collect();
        let text = text.trim().to_owned();
        (!terms.is_empty()).then_some(Self { text, terms })
    }

    /// Returns what was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether it lets a thing through.
    pub fn lets(&self, thing: &dyn Facts) -> bool {
        self.terms.iter().all(|term| {
            let holds = match &term.asks {
                Asks::Word(words) => thing.has(words),
                Asks::Fact(fact, value) => (fact.holds)(thing, value),
            };
            holds != term.is_not
        })
    }

    /// Returns whether it asks for a fact, by its word.
    pub fn asks_for(&self, word: &str) -> bool {
        let is_it = |asks: &Asks| matches!(asks, Asks::Fact(fact, _) if fact.word == word);
        self.terms.iter().any(|term| is_it(&term.asks))
    }

    /// Returns the first word of it that says nothing of what stands in a view.
    pub fn unknown_in(&self, place: FilterPlace) -> Option<&'static str> {
        let mut facts = self.terms.iter().filter_map(|term| match &term.asks {
            Asks::Fact(fact, _) => Some(*fact),
            Asks::Word(_) => None,
        });
        let unknown = facts.find(|fact| !fact.places.contains(&place));
        unknown.map(|fact| fact.word)
    }
}

fn term(typed: &str) -> Option<Term> {
    let (is_not, typed) = match typed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, typed),
    };
    let fact = typed.split_once(':').and_then(|(word, value)| {
        let fact = FACTS.iter().find(|fact| fact.word == word)?;
        Some((fact, value.to_lowercase()))
    });
    let asks = match fact {
        Some((_, value)) if value.is_empty() => return None,
        Some((fact, value)) => Asks::Fact(fact, value),
        None => Asks::Word(Needle::of(typed)?),
    };
    Some(Term { is_not, asks })
}

/// Returns what the last word of a typed filter may go on to be: the words of the facts that a view
/// knows, or the values of one.
pub fn completions(typed: &str, place: FilterPlace) -> Vec<String> {
    let last = typed.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = last.strip_prefix('-').unwrap_or(last);
    let facts = FACTS.iter().filter(|fact| fact.places.contains(&place));
    match word.split_once(':') {
        Some((word, value)) => facts
            .filter(|fact| fact.word == word)
            .flat_map(|fact| fact.values)
            .filter(|of| of.starts_with(value))
            .map(|value| format!("{word}:{value}"))
            .collect(),
        None => facts
            .filter(|fact| fact.word.starts_with(word))
            .map(|fact| format!("{}:", fact.word))
            .collect(),
    }
}

/// Returns whether a reference, as written, names what is wanted: that id, the requirement around
/// it or one below it, a range that it is in, or all.
fn names(written: &str, wanted: &str) -> bool {
    let (written, wanted) = (written.to_lowercase(), wanted.to_lowercase());
    let is_around = |outer: &str, inner: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    written == "all"
        || is_around(&written, &wanted)
        || is_around(&wanted, &written)
        || is_in_range(&written, &wanted)
}

/// Returns whether an id is one of a range such as `1.2-1.5`, in small letters.
fn is_in_range(range: &str, wanted: &str) -> bool {
    let within = || {
        let (from, to) = range.split_once(['-', '–'])?;
        let (from, to) = (numbered(from.trim())?, numbered(to.trim())?);
        let (series, number) = numbered(wanted)?;
        let is_of_series = from.0 == series && (to.0 == series || to.0.is_empty());
        Some(is_of_series && (from.1..=to.1).contains(&number))
    };
    within().unwrap_or(false)
}

/// Parts an id into what stands before its last number, and that.
fn numbered(id: &str) -> Option<(&str, u32)> {
    let digits = id.len()
        - id.trim_end_matches(|letter: char| letter.is_ascii_digit())
            .len();
    let (series, number) = id.split_at(id.len() - digits);
    Some((series, number.parse().ok()?))
}

/// Returns the words of a text that look like the path of a file: with a slash in them, or with an
/// ending behind a dot.
fn files_in(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_alphanumeric() || "/._-+@~".contains(letter);
    let words = text.split(move |letter| !is_part(letter));
    let words = words.map(|word| word.trim_matches(|letter| ".-".contains(letter)));
    words.filter(|word| {
        let (name, ending) = word.rsplit_once('.').unwrap_or_default();
        let is_ending = ending.starts_with(|letter: char| letter.is_ascii_alphabetic());
        // Shorter ones are short forms: e.g., i.e.
        word.contains('/') || (is_ending && name.len() > 1)
    })
}

/// A line on which a filter is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterPrompt {
    /// The line.
    pub prompt: Prompt,
    /// What is filtered.
    pub place: FilterPlace,
    /// The filter that comes back when the line is left.
    pub before: Option<Filter>,
    /// What was on the screen before.
    pub origin: FindOrigin,
    /// What was typed before it was completed; none since something was typed.
    pub stem: Option<String>,
}

/// The filters of all views, for as long as the board is open.
#[derive(Clone, Debug, Default)]
pub struct Filters(HashMap<FilterPlace, Filter>);

impl Filters {
    /// Returns the filter of a view.
    pub fn of(&self, place: FilterPlace) -> Option<&Filter> {
        self.0.get(&place)
    }

    /// Puts a filter in the place of the one of a view.
    pub fn set(&mut self, place: FilterPlace, filter: Option<Filter>) {
        match filter {
            Some(filter) => _ = self.0.insert(place, filter),
            None => _ = self.0.remove(&place),
        }
    }
}

impl Model {
    /// Returns which filter is that of what takes the keys; none where nothing can be filtered.
    pub fn filter_place(&self) -> Option<FilterPlace> {
        match self.surface() {
            // Of its source nothing can be left out.
            Surface::Tasks if self.pane_state()?.shows_source => None,
            Surface::Tasks => Some(FilterPlace::Tasks),
            Surface::Board => Some(FilterPlace::Board),
            Surface::Specs | Surface::Overview => Some(FilterPlace::Specs),
            _ => None,
        }
    }

    /// Returns the filter of what takes the keys.
    pub fn filter(&self) -> Option<&Filter> {
        self.filters.of(self.filter_place()?)
    }

    /// Returns how many things the filter of what takes the keys lets through, and of how many.
    pub fn filtered(&self) -> Option<(usize, usize)> {
        match self.filter_place()? {
            FilterPlace::Tasks => {
                let narrowed = self.pane_state()?.narrowed.as_ref()?;
                let items = &self.open_file()?.tasks.items;
                Some((narrowed.matches.len(), items.len()))
            }
            FilterPlace::Board => Some(self.filtered_cards()),
            FilterPlace::Specs => Some(self.filtered_specs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing;

    impl Facts for Thing {
        fn has(&self, words: &Needle) -> bool {
            words.is_in("2.1 Login endpoint")
        }
        fn state(&self) -> Option<State> {
            Some(State::Doing)
        }
        fn is_optional(&self) -> Option<bool> {
            Some(false)
        }
        fn names(&self, id: &str) -> bool {
            names("1.2-1.4", id)
        }
        fn spec(&self) -> &'static str {
            "identity/User-Auth"
        }
        fn is_stale(&self) -> Option<bool> {
            None
        }
        fn is_unread(&self) -> Option<bool> {
            Some(true)
        }
        fn is_covered(&self) -> Option<bool> {
            Some(false)
        }
        fn speaks_of(&self, file: &str) -> bool {
            files_in("Write `src/login.ts`, e.g. with tests").any(|path| path.contains(file))
        }
    }

    #[test]
    fn a_filter_lets_through_what_meets_all_of_it() {
        for (text, expected) in [
            ("login", true),
            ("Login", true),
            ("LOGIN", false),
            ("-login", false),
            ("login endpoint", true),
            ("login -endpoint", false),
            ("state:doing", true),
            ("state:do", true),
            ("state:done", false),
            ("-state:done", true),
            ("state:doing optional:no", true),
            ("optional:yes", false),
            ("-optional:y", true),
            ("req:1.3", true),
            ("req:1.5", false),
            ("spec:auth", true),
            ("spec:Auth", true),
            ("stale:yes", false),
            ("stale:no", false),
            ("-stale:yes", true),
            ("unread:yes", true),
            ("covered:no", true),
            ("file:login.ts", true),
            ("file:src/", true),
            ("file:e.g", false),
            ("nothing:here", false),
        ] {
            let filter = Filter::of(text).unwrap();
            assert_eq!(filter.lets(&Thing), expected, "{text}");
        }
    }

    #[test]
    fn what_asks_nothing_is_no_filter() {
        for text in ["", "  ", "-", "state:", "-state: req:"] {
            assert_eq!(Filter::of(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_id_is_named_by_itself_its_requirement_a_range_and_all() {
        for (written, wanted, expected) in [
            ("1.2", "1.2", true),
            ("1", "1.2", true),
            ("1.2", "1", true),
            ("1.2", "1.20", false),
            ("11", "1", false),
            ("1.2-1.4", "1.3", true),
            ("1.2-4", "1.3", true),
            ("1.2-1.4", "2.3", false),
            ("FR-1", "fr-1", true),
            ("FR-1", "fr-2", false),
            ("All", "7.1", true),
        ] {
            assert_eq!(names(written, wanted), expected, "{written} {wanted}");
        }
    }

    #[test]
    fn words_and_values_are_completed() {
        for (typed, expected) in [
            ("st", "state: stale:"),
            ("login -opt", "optional:"),
            ("state:do", "state:doing state:done"),
            ("req:1", ""),
            ("spec", ""),
            ("xyz", ""),
        ] {
            let found = completions(typed, FilterPlace::Tasks).join(" ");
            assert_eq!(found, expected, "{typed}");
        }
    }
}
