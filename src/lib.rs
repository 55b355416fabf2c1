//! specboard: a full-screen terminal board over the specs in `.kiro/specs/<feature>/`.
//!
//! # The way of the data
//!
//! ```text
//!            ┌────────────────────────── watch ──────────────────────────┐
//! disk ─► store ─► text ─► markdown ─► spec ─► prose ─► model ─► view ─► frame ─► terminal
//!   ▲              bytes   blocks      typed   lines    state    cells            bytes
//!   │                                                     ▲
//!   └──────── write ◄── effect ◄── update ◄── command ◄───┴── key
//!                                (an edit = byte splices)
//! ```
//!
//! One way round. The command line ([`cli`]) enters at [`spec`] and leaves by the same write.
//!
//! # What holds everywhere
//!
//! - The bytes are the truth: a [`text::Text`] is the bytes it was made from, an [`text::Edit`] is
//!   splices of it, nothing is re-encoded.
//! - Parsing never fails. Every byte of a text belongs to exactly one block of its
//!   [`markdown::Document`].
//! - Writes are intents ([`spec::change::Change`]), applied to whatever text is the fresh one; see
//!   [`store::write()`].
//! - [`update::update`] does no I/O and draws nothing; [`view::view`] writes no state; the layout
//!   is a pure function of the model that both use.
//! - Reading and writing happen on threads of their own; the loop blocks until something happens.
//! - Text from files goes through [`text::clean`] before a terminal sees it.
//!
//! # The modules, in layer order
//!
//! A module uses only what stands above it.
//!
//! | module | what it is | its tables |
//! |---|---|---|
//! | [`text`] | exact bytes, lines, spans, edits, columns | |
//! | [`store`] | the only door to the file system: find, read, write, watch, remember | |
//! | [`markdown`] | the lossless document, list lines, checkboxes | states: [`markdown::MARKERS`] |
//! | [`spec`] | what the documents mean: criteria, tasks, references, their links and trace, waves, progress, features, workspace, changes | names in each language, EARS keywords |
//! | [`prose`] | documents as a reader sees them: what stands out on a line, reflow and wrapping, layout | |
//! | [`model`] | everything known between two messages: places, subjects of cursors, jumps, rows of panes; messages and effects | panes |
//! | [`command`] | what a key can do | all commands, surfaces, modes |
//! | [`update`] | routes messages | |
//! | [`view`] | from the model to cells | glyphs, roles, panes |
//! | [`config`] | what the user's configuration says, and its mistakes | settings |
//! | [`terminal`] | taking and giving back the terminal, painting, keys, signals | |
//! | [`demo`] | the bundled sample | |
//! | [`runtime`] | the loop, and the threads that read and write | |
//! | [`cli`] | arguments and sub-commands | sub-commands |
//!
//! Each dependency has one door: pulldown-cmark in [`markdown`], notify in [`store`], `std::fs` in
//! [`store`], toml in [`config`],
//! crossterm's names of keys in [`terminal`] and the notation of keys.
//!
//! # The screen
//!
//! ```text
//! view/title     RpiDNS                                         5 specs · 141/144 · 1 in progress
//! view/sidebar   Specs        by name │ user-authentication   1 Requirements [3 Tasks] 30/31 ■■■■·   view/head
//!                 ✓ custom-period 5/5 │   ✓ 1     Set up database schema              ▸4
//!                ▏◐ user-auth…  30/31 │▌    ○ 2.6*  Write property tests                 1.1 1.2      view/panes
//!                                     │ ── 2.6* Property 1: Login redirects                          view/peek
//!                                     │  ✓ 1.1  WHEN a user navigates to the admin …  2.6* 6.3        view/choice, view/popup
//! view/footer    space done  s state  u undo                           ? help    tasks.md:215
//! ```
//!
//! # Where to add
//!
//! - A command: a row and a function in one file of `command/`.
//! - A state: a row in `markdown/markers.rs`; a test names the commands that mark it.
//! - A pane: its row, and the surface that it is, in `model/surface.rs`; what it does with keys and
//!   the command that shows it in `command/surface.rs`; how it is drawn in `view/panes/`. What is
//!   left out does not compile, or a test names it.
//! - A mode that shields keys: a variant of [`model::Mode`], a row in `command/modes.rs`, and its
//!   commands under a scope of their own.
//! - A setting: a row in `config/table.rs`; the commented default and the README follow.
//! - A sub-command: one file in `cli/` and one row in `cli/arguments.rs`.
//! - A fact in a JSON answer: a field of the answer's struct in its file of `cli/`, and the example
//!   in `docs/command-line.md`.
//! - A label of references: a word in `spec/aliases/table.rs`.
//!
//! `docs/CONTRIBUTING.md` shows each by a diff.

pub mod cli;
pub mod command;
pub mod config;
pub mod demo;
pub mod markdown;
pub mod model;
pub mod prose;
pub mod runtime;
pub mod spec;
pub mod store;
pub mod terminal;
pub mod text;
pub mod update;
pub mod view;
