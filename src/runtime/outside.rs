//! The user's own editor: which program it is, and how it is told the line.
//!
//! The names of programs and their ways to name a line are those of their manuals.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// How a program takes a line.
enum LineForm {
    /// `+12 FILE`
    Plus,
    /// `FILE:12`
    Colon,
    /// `--goto FILE:12`, and told to wait until the file is closed.
    Goto,
    /// `--line 12 FILE`
    Option,
}

/// Programs that take a line, by the name of their file.
const FORMS: &[(&[&str], LineForm)] = &[
    (
        &[
            "vi",
            "vim",
            "nvim",
            "view",
            "gvim",
            "nano",
            "pico",
            "emacs",
            "emacsclient",
            "micro",
            "kak",
            "joe",
            "jed",
            "mg",
            "ne",
            "ed",
            "less",
        ],
        LineForm::Plus,
    ),
    (&["hx", "helix", "subl", "zed", "zeditor"], LineForm::Colon),
    (
        &[
            "code",
            "codium",
            "code-insiders",
            "cursor",
            "windsurf",
            "kiro",
        ],
        LineForm::Goto,
    ),
    (
        &["kate", "kwrite", "idea", "pycharm", "webstorm", "rustrover"],
        LineForm::Option,
    ),
];

/// Returns the user's editor: what `$VISUAL` says, else `$EDITOR`, else `vi`; the program and its
/// own arguments.
pub(super) fn editor() -> Vec<String> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    let mut words = named
        .map(|value| split_words(&value))
        .filter(|words| !words.is_empty());
    words.next().unwrap_or_else(|| vec!["vi".to_owned()])
}

/// Runs an editor at a line (from 0) of a file, and waits for it.
pub(super) fn run(editor: &[String], file: &Path, line: usize) -> std::io::Result<ExitStatus> {
    let (program, own) = editor.split_first().ok_or(std::io::ErrorKind::NotFound)?;
    Command::new(program)
        .args(own)
        .args(place(program, own, file, line))
        .status()
}

/// Returns the arguments that name a place.
fn place(program: &str, own: &[String], file: &Path, line: usize) -> Vec<OsString> {
    let name = Path::new(program)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let form = FORMS
        .iter()
        .find(|(names, _)| names.contains(&name.as_ref()));
    let line = line + 1;
    let with_line = || {
        let mut place = file.as_os_str().to_os_string();
        place.push(format!(":{line}"));
        place
    };
    match form.map(|(_, form)| form) {
        Some(LineForm::Plus) => vec![format!("+{line}").into(), file.into()],
        Some(LineForm::Colon) => vec![with_line()],
        Some(LineForm::Goto) => {
            let waits = own.iter().any(|word| word == "--wait" || word == "-w");
            let wait = (!waits).then(|| OsString::from("--wait"));
            wait.into_iter()
                .chain(["--goto".into(), with_line()])
                .collect()
        }
        Some(LineForm::Option) => vec!["--line".into(), line.to_string().into(), file.into()],
        None => vec![file.into()],
    }
}

/// Splits a command into words as a shell does, as far as quotes and backslashes go.
fn split_words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None::<char>);
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, blank) if blank.is_whitespace() => words.extend(word.take()),
            (None | Some('"'), '\\') => {
                let next = characters.next().unwrap_or('\\');
                word.get_or_insert_default().push(next);
            }
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        for (editor, expected) in [
            ("vi", "+12 /x/tasks.md"),
            ("/usr/bin/nvim -R", "+12 /x/tasks.md"),
            ("emacsclient -t", "+12 /x/tasks.md"),
            ("hx", "/x/tasks.md:12"),
            ("code", "--wait --goto /x/tasks.md:12"),
            ("code --wait", "--goto /x/tasks.md:12"),
            ("kate", "--line 12 /x/tasks.md"),
            ("my-editor", "/x/tasks.md"),
        ] {
            let words = split_words(editor);
            let place = place(&words[0], &words[1..], Path::new("/x/tasks.md"), 11);
            let shown: Vec<_> = place.iter().map(|word| word.to_string_lossy()).collect();
            assert_eq!(shown.join(" "), expected, "{editor}");
        }
    }

    #[test]
    fn commands_are_split_as_a_shell_splits_them() {
        for (command, expected) in [
            ("", vec![]),
            ("  vi ", vec!["vi"]),
            ("'my editor' -x", vec!["my editor", "-x"]),
            (r#"a\ b "c \" d" ''"#, vec!["a b", "c \" d", ""]),
            (r"'a\b'", vec![r"a\b"]),
        ] {
            assert_eq!(split_words(command), expected, "{command}");
        }
    }
}
