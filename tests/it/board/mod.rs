//! The board: whole screens without a terminal, the real program in one, and workspaces in which
//! everything is wrong.

mod afternoon;
mod bare;
mod copying;
mod deleted;
mod diagram;
mod drafts;
mod files;
mod filters;
mod finder;
mod finding;
mod first;
mod followed;
mod heads;
mod hostile;
mod late;
mod links;
mod made;
mod neighbours;
mod numbers;
mod overview;
mod panes;
mod positions;
mod random;
mod reading;
mod requirements;
mod review;
mod screens;
mod searching;
mod sent;
pub(crate) mod session;
mod specs;
mod tables;
mod trace;
mod walk;
mod waves;
