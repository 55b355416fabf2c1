//! The `specboard` program.
fn main() {}
