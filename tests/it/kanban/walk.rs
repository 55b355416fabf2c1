//! The kanban over real task lists, at all widths.

use std::path::Path;

use super::desk::Desk;
use crate::corpus::repositories;
use specboard::spec::workspace::Workspace;
use specboard::store::find_roots;

/// Reads the task lists of a repository by the names of their specs.
fn lists(folder: &Path) -> Vec<(String, String)> {
    let Ok(roots) = find_roots(folder, &[]) else {
        return Vec::new();
    };
    let workspace = Workspace::scan(roots);
    let read = |path: &Path| {
        std::fs::read(path)
            .ok()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let list = |feature: &specboard::spec::feature::Feature| {
        Some((feature.name().to_owned(), read(&feature.task_file()?.path)?))
    };
    workspace.features.iter().filter_map(list).collect()
}

#[test]
#[cfg_attr(
    not(corpus),
    ignore = "no corpus: SPECBOARD_CORPUS names one when the tests are built"
)]
fn real_task_lists_are_drawn_and_walked_at_every_width() {
    let mut width = 20;
    for folder in repositories() {
        let lists = lists(&folder);
        let features: Vec<(&str, &str)> = lists
            .iter()
            .map(|(name, source)| (name.as_str(), source.as_str()))
            .collect();
        if features.is_empty() {
            continue;
        }
        let mut desk = Desk::new(&features, (width, 24));
        for keys in [
            "b", "G", "l G", "b", "h h G", "ctrl-u", "t", ".", "m l", "esc", "b", "t . t", "q",
        ] {
            desk.press(keys).screen();
        }
        assert!(desk.writes().is_empty(), "{}", folder.display());
        width = if width >= 240 { 20 } else { width + 7 };
    }
}
