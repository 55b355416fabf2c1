//! The board without a terminal and without a disk: keys in, state, orders and screens out.

#![expect(
    clippy::unwrap_used,
    reason = "what a test relies on and is not there fails the test"
)]

#[expect(unreachable_pub, reason = "a test has no public interface")]
mod board;
mod helping;
mod marking;
mod prompting;
mod random;
mod selecting;
mod undoing;
