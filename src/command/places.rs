//! Which key stands at the place of a key that another keyboard layout has there, so that commands
//! work without switching the layout.
//!
//! Knows layouts by their characters only. For text that is typed nothing here counts.

use crate::model::{Key, KeyCode};

/// Characters of a layout, and what the standard layout has at their places. Where two layouts of a
/// script differ, the one that more people use counts.
const LAYOUTS: [(&str, &str); 12] = [
    // Russian, Ukrainian and Belarusian.
    (
        "йцукенгшщзхъфывапролджэячсмитьбюё",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    ),
    (
        "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ№",
        "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~#",
    ),
    ("іїєґўІЇЄҐЎ", "s]'\\oS}\"|O"),
    // What Serbian and Macedonian have besides.
    ("љњјџћђЉЊЈЏЋЂ", "qwjx;[QWJX:{"),
    // Greek, with the accents that need a key of their own.
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    ("άέήίόύώΆΈΉΊΌΎΏ", "aehioyvAEHIOYV"),
    // Hebrew; with shift it has the Latin letters.
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
    // Arabic and Persian.
    (
        "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ",
        "qwertyuiop[]asdfghjkl;'zxcvnm,./`",
    ),
    ("أإآـ؟؛پچگژکی", "HYNJ?P\\]'C;d"),
    ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
    ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
];

/// What an input method for Chinese, Japanese or Korean writes with these keys, besides the
/// full-width forms.
const INPUT_METHODS: (&str, &str) = ("\u{3000}、。「」・￥", " ,.[]/\\");

/// Returns the key that the standard layout has at the place of `key`; the key itself where no other
/// layout is known to have it.
pub fn at_its_place(key: Key) -> Key {
    let code = match key.code {
        KeyCode::Char(character) if !character.is_ascii() => {
            KeyCode::Char(standard(character).unwrap_or(character))
        }
        code => code,
    };
    Key { code, ..key }
}

fn standard(character: char) -> Option<char> {
    if let full @ '\u{ff01}'..='\u{ff5e}' = character {
        // The full-width forms stand in the order of ASCII.
        return char::from_u32(u32::from(full) - 0xff01 + u32::from('!'));
    }
    LAYOUTS
        .iter()
        .chain([&INPUT_METHODS])
        .find_map(|(there, here)| {
            let at = there.chars().position(|other| other == character)?;
            here.chars().nth(at)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_one_place() {
        let mut seen = std::collections::BTreeSet::new();
        for (there, here) in LAYOUTS.iter().chain([&INPUT_METHODS]) {
            assert_eq!(there.chars().count(), here.chars().count(), "{there}");
            assert!(here.is_ascii(), "{here}");
            for character in there.chars() {
                assert!(
                    !character.is_ascii() && seen.insert(character),
                    "{character}"
                );
            }
        }
    }

    #[test]
    fn keys_act_by_their_place() {
        for (typed, expected) in [
            ('о', 'j'),
            ('л', 'k'),
            ('П', 'G'),
            ('Ж', ':'),
            ('і', 's'),
            ('ξ', 'j'),
            ('Γ', 'G'),
            ('ח', 'j'),
            ('ת', ','),
            ('ت', 'j'),
            ('؟', '?'),
            ('ｊ', 'j'),
            ('？', '?'),
            ('\u{3000}', ' '),
            ('「', '['),
            ('۵', '5'),
            ('j', 'j'),
            ('é', 'é'),
            ('中', '中'),
        ] {
            let key = |character| Key {
                code: KeyCode::Char(character),
                ctrl: false,
            };
            assert_eq!(at_its_place(key(typed)), key(expected), "{typed}");
        }
    }
}
