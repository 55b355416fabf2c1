//! The row of each surface.

use super::behaviour::Behaviour;
use super::{board, content, pages, specs, trace};
use crate::model::{Model, Surface};

/// Returns what a surface does.
pub(super) fn behaviour(surface: Surface) -> &'static Behaviour {
    match surface {
        Surface::Specs => &specs::BEHAVIOUR,
        Surface::Requirements => &content::REQUIREMENTS,
        Surface::Design => &content::DESIGN,
        Surface::Tasks => &content::TASKS,
        Surface::Trace => &trace::BEHAVIOUR,
        Surface::FileList => &content::FILE_LIST,
        Surface::File => &content::FILE,
        Surface::Board => &board::BEHAVIOUR,
        Surface::Help => &pages::HELP,
        Surface::Messages => &pages::MESSAGES,
        Surface::Start => &pages::START,
    }
}

/// Returns what the surface that takes the keys does.
pub(super) fn current(model: &Model) -> &'static Behaviour {
    behaviour(model.surface())
}
