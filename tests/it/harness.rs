//! A board without a terminal: a workspace in a temporary folder, keys as text, the screen as text,
//! and the bytes on disk.
//!
//! Effects are carried out at once and on this thread, with the same code that the board's threads
//! run.

use std::path::PathBuf;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use specboard::command::parse_keys;
use specboard::model::{
    Answer, Deadline, Effect, Focus, Job, Message, Model, OpenFiles, Settings, View,
};
use specboard::runtime::{Start, fulfil};
use specboard::spec::feature::Feature;
use specboard::store::{Root, find_roots, version};
use specboard::text::width;
use specboard::update::{settle, update};
use specboard::view::view;
use tempfile::TempDir;

/// A source of numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Returns a number below `sides`; 0 where there are none.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// Makes the message that the documents of a feature were read, as if the board had just asked for
/// them.
pub(crate) fn opened(model: &mut Model, open_files: OpenFiles) -> Message {
    let feature = open_files.feature.as_deref().unwrap();
    let index = model.specs.at(feature).unwrap();
    let Effect::Ask(ticket, _) = model.ask_to_open(index) else {
        panic!("opening asks for nothing");
    };
    Message::Answered(ticket, Answer::Opened(Box::new(open_files)))
}

/// Draws, and looks at what must hold on every screen: nothing hangs over the edge, and where a pane
/// has the focus, its cursor can be seen.
pub(crate) fn check_screen(model: &Model, place: &str) {
    let (columns, rows) = model.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| view(model, frame.buffer_mut()))
        .unwrap();
    let buffer = terminal.backend().buffer();
    for y in 0..rows {
        let last = buffer[(columns - 1, y)].symbol();
        assert!(width(last) <= 1, "{place}: {last:?} hangs over the edge");
    }
    let layout = model.layout();
    let is_covered = layout.is_too_small || layout.sidebar.is_some() && layout.body.x == 0;
    if model.view != View::Main || model.focus != Focus::Content || is_covered {
        return;
    }
    let body = layout.body;
    let has_places = model.rows().iter().any(|row| row.is_place());
    let cursors = (body.top()..body.bottom())
        .filter(|y| buffer[(body.x, *y)].symbol() == "▌")
        .count();
    assert_eq!(cursors, usize::from(has_places), "{place}: cursors");
}

/// Draws the screen of a model.
pub(crate) fn drawn(model: &Model) -> Buffer {
    let (columns, rows) = model.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| view(model, frame.buffer_mut()))
        .unwrap();
    terminal.backend().buffer().clone()
}

/// A workspace in a folder of its own.
pub(crate) struct Workspace {
    dir: TempDir,
    name: &'static str,
}

impl Workspace {
    /// Makes a workspace with files by their paths below `.kiro/specs`.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        Self::named("shop", files)
    }

    /// Makes a workspace with a name, which stands in the title of the screen.
    pub(crate) fn named(name: &'static str, files: &[(&str, &str)]) -> Self {
        let workspace = Self {
            dir: TempDir::with_prefix("board-").unwrap(),
            name,
        };
        std::fs::create_dir_all(workspace.specs()).unwrap();
        files
            .iter()
            .for_each(|(path, text)| workspace.write(path, text));
        workspace
    }

    /// Returns the folder that holds `.kiro`.
    pub(crate) fn dir(&self) -> PathBuf {
        self.dir.path().join(self.name)
    }

    /// Returns the folder of the specs.
    pub(crate) fn specs(&self) -> PathBuf {
        self.dir().join(".kiro/specs")
    }

    /// Writes a file below `.kiro/specs`.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.specs().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Reads a file below `.kiro/specs`.
    pub(crate) fn read(&self, path: &str) -> String {
        String::from_utf8_lossy(&std::fs::read(self.specs().join(path)).unwrap()).into_owned()
    }
}

/// Returns the folder of the spec that was written to last, which a board without a visit behind it
/// is to show: none where there is no spec.
fn written_last(roots: &[Root]) -> Vec<PathBuf> {
    let scanned = specboard::spec::workspace::Workspace::scan(roots.to_vec()).in_natural_order();
    let written = |feature: &Feature| {
        let versions = feature.documents().map(|file| version(&file.path));
        versions.flatten().map(|version| version.modified()).max()
    };
    let features = scanned.features.iter().enumerate();
    features
        .max_by_key(|(index, feature)| (written(feature), usize::MAX - index))
        .map(|(_, feature)| feature.folder.path.clone())
        .into_iter()
        .collect()
}

/// A board over a workspace.
pub(crate) struct Board {
    pub(crate) model: Model,
    waiting: Vec<Deadline>,
    /// What the user was told while the terminal had no focus.
    pub(crate) alerts: Vec<String>,
}

impl Board {
    /// Starts a board of the given size on the tasks of the spec that was written to last.
    pub(crate) fn start(workspace: &Workspace, size: (u16, u16)) -> Self {
        Self::start_with(workspace, size, Settings::default())
    }

    /// Starts a board with settings.
    pub(crate) fn start_with(workspace: &Workspace, size: (u16, u16), settings: Settings) -> Self {
        let roots = find_roots(&workspace.dir(), &[]).unwrap();
        let mut model = Start {
            paths: written_last(&roots),
            roots,
            settings,
            ..Start::default()
        }
        .model(size);
        settle(&mut model);
        let mut board = Self::of(model);
        let list = board.model.ask(Job::List);
        board.perform(vec![list]);
        board
    }

    /// Makes a board of a model.
    pub(crate) fn of(model: Model) -> Self {
        Self {
            model,
            waiting: Vec::new(),
            alerts: Vec::new(),
        }
    }

    /// Types keys in the notation of the table of commands, with blanks between, and lets the board
    /// rest.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        self.type_keys(keys);
        for deadline in std::mem::take(&mut self.waiting) {
            self.send(if deadline == Deadline::Rest {
                Message::Rested
            } else {
                Message::Waited
            });
        }
        self
    }

    /// Opens a spec from the list by its name, with the focus in its pane.
    pub(crate) fn open(&mut self, workspace: &Workspace, name: &str) -> &mut Self {
        self.model.focus = Focus::Sidebar;
        self.model.sidebar.cursor = workspace.specs().join(name);
        self.keys("enter")
    }

    /// Types keys without a rest behind them.
    pub(crate) fn type_keys(&mut self, keys: &str) -> &mut Self {
        parse_keys(keys)
            .into_iter()
            .for_each(|key| self.send(Message::Pressed(key)));
        self
    }

    /// Says that files below `.kiro/specs` changed.
    pub(crate) fn changed(&mut self, workspace: &Workspace, paths: &[&str]) -> &mut Self {
        let paths = paths
            .iter()
            .map(|path| workspace.specs().join(path))
            .collect();
        self.send(Message::Changed(paths));
        self
    }

    /// Sends a message and carries out what follows from it.
    pub(crate) fn send(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    /// Carries out orders, and what follows from them.
    pub(crate) fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Wait(deadline) => self.waiting.push(deadline),
                Effect::Forget(deadline) => self.waiting.retain(|waiting| *waiting != deadline),
                Effect::Alert(words) => self.alerts.push(words),
                Effect::Redraw | Effect::Suspend | Effect::Copy(_) => {}
                effect => {
                    let roots = self.model.specs.workspace().roots.clone();
                    fulfil(&effect, &roots)
                        .into_iter()
                        .for_each(|message| self.send(message));
                }
            }
        }
    }

    /// Draws the screen.
    pub(crate) fn buffer(&self) -> Buffer {
        drawn(&self.model)
    }

    /// Returns the screen as text, without trailing blanks.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let area = buffer.area;
        let row = |y: u16| {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..area.width {
                let symbol = buffer[(x, y)].symbol();
                if skip == 0 {
                    line.push_str(symbol);
                    skip = specboard::text::width(symbol).saturating_sub(1);
                } else {
                    skip -= 1;
                }
            }
            line.trim_end().to_owned()
        };
        (0..area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// Returns the screen with the runs of each line that have a style, below the text.
    pub(crate) fn styled(&self) -> String {
        let buffer = self.buffer();
        let area = buffer.area;
        let mut runs = Vec::new();
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let style = buffer[(x, y)].style();
                let start = x;
                while x < area.width && buffer[(x, y)].style() == style {
                    x += 1;
                }
                let modifiers = style.add_modifier;
                let colour = style
                    .fg
                    .filter(|colour| *colour != ratatui::style::Color::Reset);
                if colour.is_some() || !modifiers.is_empty() {
                    let text: String = (start..x).map(|x| buffer[(x, y)].symbol()).collect();
                    let colour = colour
                        .map(|colour| format!("{colour:?} "))
                        .unwrap_or_default();
                    let modifiers = if modifiers.is_empty() {
                        String::new()
                    } else {
                        format!("{modifiers:?} ")
                    };
                    runs.push(format!(
                        "{y:>2}:{start:<3} {colour}{modifiers}{:?}",
                        text.trim_end()
                    ));
                }
            }
        }
        format!("{}\n---\n{}", self.screen(), runs.join("\n"))
    }
}
