//! Documents as a reader sees them: what stands out on a line, lines put together and wrapped, and
//! what is shown in which order.
//!
//! Knows neither colours nor panes. Everything drawn keeps the bytes that it was made from.

pub mod code;
pub mod diagram;
pub mod fence;
pub mod highlight;
pub mod layout;
pub mod line;
pub mod links;
pub mod reflow;
pub mod table;
