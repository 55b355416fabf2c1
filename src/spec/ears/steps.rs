//! How a line begins that is one step of Given, When and Then, of which people write each into a
//! line of its own.

use super::ClauseKind;
use super::words::TABLES;
use crate::spec::source_str::is_caseless;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The context.
    Given,
    /// An event or another condition.
    When,
    /// The outcome.
    Then,
    /// More of the step before: `And`, `But`.
    Further,
}

impl Step {
    /// Reads the keyword at the start of a line, behind marks of emphasis. It has a capital letter,
    /// where its script has such.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let start = line.trim_start_matches(['*', '_', ' ']);
        if !start.starts_with(|char: char| char.is_uppercase() || is_caseless(char)) {
            return None;
        }
        let word = start
            .split(|char: char| !char.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        english(word).or_else(|| foreign(start))
    }

    /// Returns whether a line with this step goes on with a scenario whose last step is `last`.
    pub(crate) fn goes_on(self, last: Self) -> bool {
        match self {
            Self::Given => false,
            Self::When => last == Self::Given,
            Self::Then => last != Self::Then,
            Self::Further => true,
        }
    }
}

fn english(word: &str) -> Option<Step> {
    let steps = [
        ("given", Step::Given),
        ("when", Step::When),
        ("if", Step::When),
        ("while", Step::When),
        ("then", Step::Then),
        ("and", Step::Further),
        ("but", Step::Further),
    ];
    steps
        .iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
        .map(|(_, step)| *step)
}

fn foreign(start: &str) -> Option<Step> {
    let tables = &*TABLES;
    let further = || tables.further.find(start).map(|_| Step::Further);
    let condition = tables.conditions.find(start).map(|(_, kind, _)| {
        if kind == ClauseKind::Given {
            Step::Given
        } else {
            Step::When
        }
    });
    condition
        .or_else(|| tables.consequences.find(start).map(|_| Step::Then))
        .or_else(further)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_each_language() {
        for (line, expected) in [
            ("Given a", Some(Step::Given)),
            ("**GIVEN** a", Some(Step::Given)),
            ("**When:** b", Some(Step::When)),
            ("THEN c", Some(Step::Then)),
            ("And d", Some(Step::Further)),
            ("given a", None),
            ("e", None),
            ("Whenever a", None),
            ("Android logs in", None),
            ("假设 a", Some(Step::Given)),
            ("当 b", Some(Step::When)),
            ("那么 c", Some(Step::Then)),
            ("并且 d", Some(Step::Further)),
            ("前提 a", Some(Step::Given)),
            ("もし b", Some(Step::When)),
            ("ならば c", Some(Step::Then)),
            ("만약 b", Some(Step::When)),
            ("그러면 c", Some(Step::Then)),
            ("Дано а", Some(Step::Given)),
            ("Когда б", Some(Step::When)),
            ("Тогда в", Some(Step::Then)),
            ("И г", Some(Step::Further)),
            ("Dado a", Some(Step::Given)),
            ("Então c", Some(Step::Then)),
            ("Entonces c", Some(Step::Then)),
            ("Étant donné a", Some(Step::Given)),
            ("Alors c", Some(Step::Then)),
            ("Angenommen a", Some(Step::Given)),
            ("Dann c", Some(Step::Then)),
            ("", None),
        ] {
            assert_eq!(Step::read(line), expected, "{line:?}");
        }
    }
}
