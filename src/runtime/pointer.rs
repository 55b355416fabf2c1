//! What the buttons of the mouse mean together: a click, or something that was dragged.

use crate::model::Pointed;
use crate::terminal::{Mouse, MouseDeed};

/// The mouse between two events.
#[derive(Debug, Default)]
pub(super) struct Pointer {
    /// The cell in which the button went down.
    pressed: Option<(u16, u16)>,
}

impl Pointer {
    /// Takes an event. A click counts when the button comes up: what was dragged was not clicked.
    pub(super) fn take(&mut self, mouse: Mouse) -> Option<Pointed> {
        match mouse.deed {
            MouseDeed::Pressed => {
                self.pressed = Some(mouse.cell);
                None
            }
            MouseDeed::Dragged => None,
            MouseDeed::Released => {
                let (from, to) = (self.pressed.take()?, mouse.cell);
                Some(if from == to {
                    Pointed::Clicked(to)
                } else {
                    Pointed::Carried { from, to }
                })
            }
            MouseDeed::WheelUp => Some(Pointed::Turned(-1)),
            MouseDeed::WheelDown => Some(Pointed::Turned(1)),
        }
    }
}
