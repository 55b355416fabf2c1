//! The board without a terminal and without a disk: keys in, state, orders and screens out.

mod board;
mod edited_bytes;
mod editing;
mod helping;
mod marking;
mod prompting;
mod random;
mod selecting;
mod structuring;
mod undoing;
