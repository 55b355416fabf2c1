//! Words that are looked for in a text, as they are typed: with smart case, so that only a query
//! with a capital letter tells capitals from small letters.

use std::ops::Range;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    query: String,
    /// The characters to be met: in lower case where case is ignored.
    characters: Vec<char>,
    ignores_case: bool,
}

impl Needle {
    /// Makes the needle of a query; none for an empty one.
    pub fn of(query: &str) -> Option<Self> {
        let ignores_case = !query.chars().any(char::is_uppercase);
        let characters: Vec<char> = if ignores_case {
            query.chars().flat_map(char::to_lowercase).collect()
        } else {
            query.chars().collect()
        };
        let query = query.to_owned();
        (!characters.is_empty()).then_some(Self {
            query,
            characters,
            ignores_case,
        })
    }

    /// Returns the query as it was typed.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Returns the spans of bytes of `text` that are met, from left to right, none over another.
    pub fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.first_from(text, from)?;
            from = found.end;
            Some(found)
        })
    }

    /// Returns whether it stands anywhere in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.first_from(text, 0).is_some()
    }

    fn first_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let rest = text.get(from..)?;
        let start = |(at, _)| {
            let start = from + at;
            Some(start..start + self.length_at(&text[start..])?)
        };
        rest.char_indices().find_map(start)
    }

    /// Returns how many bytes are met at the start of `text`.
    fn length_at(&self, text: &str) -> Option<usize> {
        let mut wanted = self.characters.iter();
        let mut next = wanted.next();
        for (at, character) in text.char_indices() {
            if next.is_none() {
                return Some(at);
            }
            next = self.met(character, next, &mut wanted)?;
        }
        next.is_none().then_some(text.len())
    }

    /// Takes one character of the text. Returns what is wanted behind it; nothing where it is
    /// another one.
    fn met<'a>(
        &self,
        character: char,
        mut next: Option<&'a char>,
        wanted: &mut std::slice::Iter<'a, char>,
    ) -> Option<Option<&'a char>> {
        if !self.ignores_case {
            return (next == Some(&character)).then(|| wanted.next());
        }
        for lower in character.to_lowercase() {
            if next != Some(&lower) {
                return None;
            }
            next = wanted.next();
        }
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_letters_meet_all_and_capitals_only_themselves() {
        for (query, text, expected) in [
            ("log", "Log in, log out, LOGS", &["Log", "log", "LOG"][..]),
            ("Log", "Log in, log out, LOGS", &["Log"]),
            ("aa", "aaaaa", &["aa", "aa"]),
            ("日本", "日本語の日本", &["日本", "日本"]),
            ("привет", "Привет, ПРИВЕТ", &["Привет", "ПРИВЕТ"]),
            ("straße", "Straße", &["Straße"]),
            ("i̇", "İ", &["İ"]),
            ("x", "", &[]),
            ("long", "lon", &[]),
        ] {
            let needle = Needle::of(query).unwrap();
            let found: Vec<&str> = needle.matches(text).map(|span| &text[span]).collect();
            assert_eq!(found, expected, "{query} in {text}");
            assert_eq!(needle.is_in(text), !expected.is_empty());
        }
        assert_eq!(Needle::of(""), None);
    }

    proptest! {
        #[test]
        fn it_agrees_with_looking_everywhere(text in "[abAB日 ]{0,30}", query in "[abAB日 ]{1,3}") {
            let needle = Needle::of(&query).unwrap();
            let fold = |text: &str| match query.chars().any(char::is_uppercase) {
                true => text.to_owned(),
                false => text.to_lowercase(),
            };
            let count = fold(&text).matches(&query).count();
            prop_assert_eq!(needle.matches(&text).count(), count);
        }
    }
}
