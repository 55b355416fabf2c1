//! What is printed from the table of settings: the commented default, and the README's table.

use super::table::{By, Choice, Kind, SETTINGS, Setting};
use super::{Config, themes};
use crate::command::commands;
use crate::text::{pad, width, wrap};
use crate::view::THEMES;

/// What the table of keys begins with.
const KEYS: &str = "\
# Keys: one as \"x\" or \"ctrl-x\", two as \"g x\", several as [\"x\", \"g x\"], none as []. A key that another
# command has is taken from it. Only your own configuration may set these.
[keys]
";

/// Returns the configuration as it is where nobody sets anything: every line is a comment, to be
/// uncommented and changed.
pub fn commented_default() -> String {
    let mut text = String::new();
    for setting in SETTINGS {
        describe(&mut text, setting);
    }
    text.push_str(KEYS);
    for command in commands().filter(|command| !command.doc.is_empty()) {
        let keys: Vec<String> = command.keys.iter().map(|keys| quoted(keys)).collect();
        let keys = match &keys[..] {
            [key] => key.clone(),
            keys => format!("[{}]", keys.join(", ")),
        };
        let binding = format!("# {} = {keys}", command.name);
        text.push_str(&format!("{}  # {}\n", pad(&binding, 44), command.doc));
    }
    text.push_str(&own_theme());
    text
}

/// Shows how a theme is defined: as it stands, one without a difference.
fn own_theme() -> String {
    let roles = themes::roles().join(", ");
    let lines = wrap(&roles, 96)
        .into_iter()
        .map(|line| format!("#   {line}\n"));
    format!(
        "\n# A theme of your own: one that is built in, with other colours for some roles. A colour is \"#rrggbb\",\n\
         # \"0\" to \"255\" or a name such as \"light-blue\"; bold, faint, italic, underlined and reversed go before it.\n\
         # The roles are\n{}[themes.mine]\n# from = \"dark\"\n# accent = \"bold #ffaf00\"\n",
        lines.collect::<String>()
    )
}

fn quoted(keys: &str) -> String {
    format!("{keys:?}")
}

fn describe(text: &mut String, setting: &Setting) {
    let also = match setting.by {
        By::Repository => " A repository may set it too.",
        By::User => "",
    };
    text.push_str(&format!("# {}{also}\n", setting.doc));
    let words: Vec<(&str, &str)> = match &setting.kind {
        Kind::Word(choices) => choices
            .iter()
            .map(|Choice { word, doc, .. }| (*word, *doc))
            .collect(),
        Kind::Theme(_) => THEMES.iter().map(|theme| (theme.name, theme.doc)).collect(),
        Kind::Number(..) | Kind::Switch(_) => Vec::new(),
    };
    let field = words.iter().map(|(word, _)| width(word)).max().unwrap_or(0) + 2;
    let line = |(word, doc): &(&str, &str)| format!("#   {}  {doc}\n", pad(&quoted(word), field));
    text.extend(words.iter().map(line));
    if words.is_empty() {
        text.push_str(&format!("#   {}\n", setting.kind.words(&Config::default())));
    }
    text.push_str(&format!("# {} = {}\n\n", setting.name, setting.default));
}

/// Returns the settings as a table in Markdown, for the README.
pub fn settings_table() -> String {
    let mut table = String::from(
        "| setting | values | default | what it decides | set by |\n|---|---|---|---|---|\n",
    );
    for setting in SETTINGS {
        let by = match setting.by {
            By::User => "you",
            By::Repository => "you, a repository",
        };
        let values = setting.kind.words(&Config::default()).replace(" or ", ", ");
        table.push_str(&format!(
            "| `{}` | {values} | {} | {} | {by} |\n",
            setting.name,
            setting.default,
            setting.doc.replace('|', "\\|")
        ));
    }
    table
}
