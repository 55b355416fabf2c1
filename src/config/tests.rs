//! What is read of configurations, and what is said of their mistakes.

use std::path::PathBuf;

use super::reader::Source;
use super::*;
use crate::command::named;
use crate::model::{Scroll, SpecOrder};
use crate::view::{Ink, Palette, Role};
use ratatui::style::{Color, Modifier};

fn user() -> Source {
    Source::of_user(PathBuf::from("/h/config.toml"))
}

fn read(text: &str) -> Config {
    let mut config = Config::default();
    config.take_text(&user(), text);
    config
}

fn mistakes(config: &Config) -> Vec<(usize, &str)> {
    let mistakes = config.mistakes.iter();
    mistakes
        .map(|mistake| (mistake.line.unwrap(), mistake.message.as_str()))
        .collect()
}

#[test]
fn every_default_is_what_is_used_without_it() {
    for setting in SETTINGS {
        let config = read(&format!("{} = {}", setting.name, setting.default));
        assert_eq!(mistakes(&config), [], "{}", setting.name);
        let usual = Config::default();
        assert_eq!(
            (config.settings, config.glyphs, config.look),
            (usual.settings, usual.glyphs, usual.look),
            "{}",
            setting.name
        );
    }
}

#[test]
fn the_commented_default_sets_nothing_and_says_all() {
    let text = commented_default();
    let config = read(&text);
    assert_eq!((mistakes(&config), config.set.len()), (vec![], 0));
    let uncommented: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(line) if line.split(' ').nth(1) == Some("=") => format!("{line}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let config = read(&uncommented);
    assert_eq!(mistakes(&config), []);
    assert_eq!(config.set.len(), SETTINGS.len());
    for command in crate::command::commands() {
        let keys: Vec<&str> = config.settings.keymap.keys(command.name, &[]).collect();
        assert_eq!(keys, command.keys, "{}", command.name);
    }
}

#[test]
fn settings_count() {
    let config = read(
        "glyphs = 'ascii'\nscroll = 'half'\npanes = 'one'\nstale-days = 3\nsidebar-order = 'change'\n[keys]\ntask-toggle = ['x', 'ctrl-x']\n",
    );
    assert_eq!(mistakes(&config), []);
    let settings = &config.settings;
    assert_eq!(config.glyphs, Some(GlyphSet::Ascii));
    assert_eq!(
        (
            settings.scroll,
            settings.side_by_side,
            settings.stale_after_days,
            settings.order
        ),
        (Scroll::Half, Some(false), 3, Some(SpecOrder::Change))
    );
    let command = named("task-toggle").unwrap();
    let keys: Vec<&str> = settings.keymap.keys(command.name, command.keys).collect();
    assert_eq!(keys, ["x", "ctrl-x"]);
}

#[test]
fn a_mistake_names_its_line_and_what_is_used_and_the_rest_counts() {
    for (line, expected) in [
        (
            "scroll = 'lines'",
            "scroll cannot be \"lines\", but \"line\" or \"half\": \"line\" is used",
        ),
        (
            "scroll = true",
            "scroll cannot be true, but \"line\" or \"half\": \"line\" is used",
        ),
        (
            "stale-days = 0",
            "stale-days cannot be 0, but a number from 1 to 3650: 7 is used",
        ),
        ("stale-days = [1]", "stale-days cannot be of the type array"),
        (
            "colours = 'many'",
            "colours is no setting, so it is not used: `specboard config` lists all",
        ),
        ("keys = 'x'", "keys is a table"),
        (
            "keys.task-tick = 'x'",
            "keys of task-tick: there is no such command",
        ),
        (
            "keys.task-toggle = 1",
            "keys of task-toggle: they are written as",
        ),
        (
            "keys.task-toggle = 'g'",
            "keys of task-toggle: `g` begins `g",
        ),
        (
            "theme = 'pink'",
            "theme cannot be \"pink\", but \"auto\" or",
        ),
        ("themes.dark.accent = 'red'", "the theme dark is built in"),
        (
            "themes.mine.accent = 'reddish'",
            "accent is no colour, so its usual one is used",
        ),
        ("themes.mine.accent = '#ff00f'", "accent is no colour"),
        ("themes.mine.text = 'red'", "text is no role"),
        (
            "themes.mine.from = 'pink'",
            "from is one of auto, terminal, dark",
        ),
        ("themes = 1", "themes are tables"),
        ("scroll = ", "so this line is not used"),
        ("= 'x'", "so this line is not used"),
    ] {
        let text = format!("# mine\n{line}\nglyphs = 'ascii'\n");
        let config = read(&text);
        let said = mistakes(&config);
        assert_eq!(said.len(), 1, "{line}: {said:?}");
        assert!(
            said[0].0 == 2 && said[0].1.contains(expected),
            "{line}: {said:?}"
        );
        assert_eq!(config.glyphs, Some(GlyphSet::Ascii), "{line}");
    }
}

#[test]
fn a_repository_sets_looks_and_order_and_nothing_else() {
    let text = "glyphs = 'ascii'\npanes = 'one'\nsidebar-order = 'open'\nscroll = 'half'\nstale-days = 1\n[keys]\napp-quit = 'x'\n";
    let mut config = Config::default();
    let source = Source::of_repository(PathBuf::from("/r/.kiro/specboard.toml"));
    config.take_text(&source, text);
    let lines: Vec<usize> = mistakes(&config).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [4, 5, 6]);
    assert!(config.settings.keymap.is_empty());
    assert_eq!(
        (config.settings.scroll, config.settings.stale_after_days),
        (Scroll::Line, 7)
    );
    assert_eq!(config.settings.order, Some(SpecOrder::OpenFirst));
    config.take_text(&user(), "sidebar-order = 'name'\npanes = 'two'");
    assert_eq!(config.settings.order, Some(SpecOrder::Name));
    let last = config.mistakes.last().unwrap().to_string();
    assert!(
        last.contains("config.toml:2: panes cannot be \"two\"")
            && last.ends_with("\"one\" is used"),
        "{last}"
    );
}

#[test]
fn a_theme_of_ones_own_is_a_built_in_one_with_other_colours() {
    let config = read(
        "theme = 'mine'\n[themes.mine]\nfrom = 'light'\naccent = 'bold #ffaf00'\ndim = 'faint'\ndone = '28'\ncaret = 'reversed light-blue'\n",
    );
    assert_eq!(mistakes(&config), []);
    let (own, light) = (&config.look, Look::named("light").unwrap());
    let (own, light) = (
        own.theme(None, Palette::Many),
        light.theme(None, Palette::Many),
    );
    let ink = |colour, modifier| Ink { colour, modifier };
    for (role, expected) in [
        (
            Role::Accent,
            ink(Some(Color::Rgb(255, 175, 0)), Modifier::BOLD),
        ),
        (Role::Dim, ink(None, Modifier::DIM)),
        (Role::Done, ink(Some(Color::Indexed(28)), Modifier::empty())),
        (Role::Caret, ink(Some(Color::LightBlue), Modifier::REVERSED)),
        (Role::Doing, light.ink(Role::Doing)),
    ] {
        assert_eq!(own.ink(role), expected, "{role:?}");
    }
}
