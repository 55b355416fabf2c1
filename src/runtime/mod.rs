//! The loop: wait for a message, update, carry out effects, draw when nothing more is waiting.
//!
//! It blocks until a key, a signal or a change comes; there are no ticks. Reading and writing
//! happen on threads of their own, and what they find comes back as messages.

mod colours;
mod deadlines;
mod drafts;
mod first;
mod memory;
mod outside;
mod pointer;
mod reader;
mod start;
mod workers;
mod writer;

pub use reader::{read_all, read_documents};
pub use start::Start;
use writer::Writer;
pub use writer::{Decide, Disk, carry_out_on, write_now};

use color_eyre::eyre::{Result, WrapErr, eyre};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use crate::command::from_event;
use crate::demo;
use crate::model::{Alert, Deadline, Effect, Job, Jobs, Message, Model, SavedSession, Signal};
use crate::store::state::unpack_anew;
use crate::store::{Change, Failure, Root, Watcher, find_roots, now};
use crate::terminal::{self, Event, Focus, Input, Output, Painter, Session, Signals};
use crate::update::{settle, update};
use crate::view::view_in;
use colours::Colours;
use deadlines::Deadlines;
use drafts::Keeper;
use memory::Memory;
use pointer::Pointer;
use workers::Workers;

/// What wakes the loop.
enum Wake {
    /// Something came from the terminal, all of it at once.
    Terminal(Vec<Event>),
    /// A signal came.
    Signal(terminal::Signal),
    /// Something happened.
    Message(Message),
}

/// Runs the board until it ends. Gives the exit status.
///
/// # Errors
///
/// Says what the terminal refused; without a terminal nothing is started, and where there is no
/// workspace, that is what is said.
pub fn run(start: Start) -> Result<u8> {
    terminal::restore_on_panic();
    let session = Session::enter(&wishes(&start)).map_err(|error| {
        start
            .missing
            .as_ref()
            .map_or(error, |missing| eyre!("{missing}"))
    })?;
    let size = terminal::size().unwrap_or(Size {
        width: 80,
        height: 24,
    });
    let memory = Memory::of(&start.roots);
    let look = start.look.clone();
    let mut model = start.model_after(
        memory.as_ref().and_then(Memory::recall),
        (size.width, size.height),
    );
    settle(&mut model);
    let colours = Colours::new(look);
    let painter = Painter::new(Output, size, colours.depth());
    let mut board = Board::new(model, session, painter, colours)?;
    board.memory = memory;
    board.draw()?;
    board.begin()?;
    let status = board.run();
    board.end();
    status
}

/// Returns what is asked of the terminal besides a screen: the mouse and the focus, where they count.
fn wishes(start: &Start) -> Vec<u8> {
    let mouse = if start.mouse { terminal::MOUSE } else { &[] };
    let focus = match start.settings.alert {
        Alert::Off => &[],
        _ => terminal::FOCUS,
    };
    [mouse, focus].concat()
}

/// Carries out an order to read or write on this thread, and gives the messages that come of it.
///
/// For whoever drives the board without a loop, such as a test; the loop leaves this to its
/// threads.
pub fn fulfil(order: &Effect, roots: &[Root]) -> Vec<Message> {
    let messages = RefCell::new(Vec::new());
    let tell = |message| messages.borrow_mut().push(message);
    match order {
        Effect::Ask(ticket, job) => {
            reader::answer(job, roots, &|answer| {
                tell(Message::Answered(*ticket, answer));
            });
        }
        Effect::Write(write) => tell(Message::Written(Box::new(writer::answer(write, &()).0))),
        _ => {}
    }
    messages.into_inner()
}

/// The model with everything around it.
struct Board {
    model: Model,
    session: Session,
    painter: Painter<Output>,
    /// What is done with the mouse.
    pointer: Pointer,
    /// In which colours it is drawn.
    colours: Colours,
    /// The frame that is drawn; kept so that its memory is.
    frame: Buffer,
    sender: Sender<Wake>,
    receiver: Receiver<Wake>,
    deadlines: Deadlines,
    workers: Workers,
    writer: Writer,
    input: Option<Input<Wake>>,
    /// Held so that they go on; they end when they are dropped.
    signals: Option<Signals>,
    watcher: Option<Watcher>,
    /// Where this visit is remembered.
    memory: Option<Memory>,
    /// What keeps the texts that are being typed.
    keeper: Keeper,
}

impl Board {
    fn new(
        model: Model,
        session: Session,
        painter: Painter<Output>,
        colours: Colours,
    ) -> Result<Self> {
        let (sender, receiver) = channel();
        let workers = Workers::start(&model.specs.workspace().roots, tell(&sender))
            .wrap_err("cannot start the threads that read")?;
        let writer =
            Writer::start(tell(&sender)).wrap_err("cannot start the thread that writes")?;
        let signals = Some(
            Signals::start(sender.clone(), Wake::Signal).wrap_err("cannot listen to signals")?,
        );
        Ok(Self {
            model,
            session,
            painter,
            pointer: Pointer::default(),
            colours,
            frame: Buffer::default(),
            sender,
            receiver,
            deadlines: Deadlines::default(),
            workers,
            writer,
            input: None,
            signals,
            watcher: None,
            memory: None,
            keeper: Keeper::of_user(),
        })
    }

    /// Starts what the first frame does not need: keys, watching, and reading the rest.
    fn begin(&mut self) -> Result<()> {
        let input = Input::start(self.sender.clone(), Wake::Terminal);
        self.input = Some(input.wrap_err("cannot listen to the terminal")?);
        self.colours
            .ask()
            .wrap_err("cannot write to the terminal")?;
        self.take_size()?;
        if self.model.missing.is_none() {
            self.update(Message::DraftsFound(self.keeper.left()))?;
            self.watch()
        } else {
            Ok(())
        }
    }

    /// Watches the folders of the roots, and lists them once more.
    fn watch(&mut self) -> Result<()> {
        let sender = self.sender.clone();
        let report = move |change: Change| {
            // Where folders changed or reports were lost, the paths are not all.
            let paths = if change.rescan {
                Vec::new()
            } else {
                change.paths
            };
            let _ = sender.send(Wake::Message(Message::Changed(paths)));
        };
        let folders: Vec<PathBuf> = self
            .model
            .specs
            .workspace()
            .roots
            .iter()
            .flat_map(|root| [root.specs.clone(), root.steering()])
            .collect();
        match Watcher::start(&folders, report) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(failure) => self
                .model
                .notices
                .fail(format!("changes on disk will not be noticed: {failure}")),
        }
        // What changed since the names were read, and before the watch began, is found by listing
        // again.
        let list = self.model.ask(Job::List);
        self.perform(list)
    }

    fn run(&mut self) -> Result<u8> {
        loop {
            let wake = self.wait();
            self.take(wake)?;
            while let Ok(wake) = self.receiver.try_recv() {
                self.take(wake)?;
            }
            if let Some(status) = self.model.quit {
                return Ok(status);
            }
            self.draw()?;
        }
    }

    /// Waits for what comes next. A deadline is waited for only when one is pending.
    fn wait(&mut self) -> Wake {
        let ended = Wake::Message(Message::Signalled(Signal::End(0)));
        let Some((deadline, left)) = self.deadlines.next() else {
            return self.receiver.recv().unwrap_or(ended);
        };
        match self.receiver.recv_timeout(left) {
            Ok(wake) => wake,
            Err(RecvTimeoutError::Timeout) => {
                self.deadlines.forget(deadline);
                Wake::Message(passed(deadline))
            }
            Err(RecvTimeoutError::Disconnected) => ended,
        }
    }

    fn take(&mut self, wake: Wake) -> Result<()> {
        match wake {
            Wake::Message(message) => self.update(message),
            Wake::Signal(terminal::Signal::Resized) => self.take_size(),
            Wake::Signal(signal) => self.update(Message::Signalled(of_signal(signal))),
            Wake::Terminal(events) => events
                .into_iter()
                .try_for_each(|event| self.take_event(event)),
        }
    }

    /// Takes what came from the terminal. One that is gone ends the board as a hang-up does.
    fn take_event(&mut self, event: Event) -> Result<()> {
        let message = match event {
            Event::Key(key) => from_event(&key).map(Message::Pressed),
            Event::Paste(text) => Some(Message::Pasted(text)),
            Event::Background(colour) => {
                self.colours.take_background(colour);
                None
            }
            Event::Mouse(mouse) => self.pointer.take(mouse).map(Message::Pointed),
            Event::Focus(Focus::Gained) => Some(Message::Returned),
            Event::Focus(Focus::Lost) => Some(Message::Left),
            Event::Gone => terminal::Signal::HungUp
                .exit_status()
                .map(|status| Message::Signalled(Signal::End(status))),
        };
        message.map_or(Ok(()), |message| self.update(message))
    }

    fn update(&mut self, message: Message) -> Result<()> {
        self.model.now = now();
        tracing::debug!(?message, "update");
        let effects = update(&mut self.model, message);
        effects
            .into_iter()
            .try_for_each(|effect| self.perform(effect))
    }

    fn perform(&mut self, effect: Effect) -> Result<()> {
        match effect {
            Effect::Wait(deadline) => self.deadlines.start(deadline),
            Effect::Forget(deadline) => self.deadlines.forget(deadline),
            Effect::KeepDraft(draft) => self.keep_draft(&draft),
            Effect::LeaveDraft(ticket) => self.keeper.leave(ticket),
            Effect::TakeDraft(id, ticket) => self.keeper.take_up(&id, ticket),
            Effect::RemoveDraft(id) => self.keeper.drop_left(&id),
            Effect::EditOutside(path, line) => self.edit_outside(path, line)?,
            Effect::DropDraft(ticket) => self.keeper.remove(ticket),
            Effect::Redraw => self.redraw(),
            Effect::Suspend => self.suspend()?,
            Effect::Copy(text) => terminal::copy(&text).wrap_err("cannot write to the terminal")?,
            Effect::Alert(words) => terminal::alert(self.model.settings.alert, &words)
                .wrap_err("cannot write to the terminal")?,
            Effect::OpenSample => self.open_sample()?,
            Effect::Write(write) => self.writer.order(*write),
            Effect::GiveUpWrite => self.writer.give_up(),
            Effect::Ask(ticket, job) => self.workers.ask(ticket, job),
        }
        Ok(())
    }

    /// Keeps a draft. Where that cannot be done its user must know.
    fn keep_draft(&mut self, draft: &crate::model::Draft) {
        if let Err(failure) = self.keeper.keep(draft) {
            self.model.notices.fail_too(&format!(
                "your typing is not being kept as a draft: {failure}"
            ));
        }
    }

    fn redraw(&mut self) {
        // The modes of the terminal may be another program's, after a stop.
        let _ = self.session.rejoin();
        self.painter.repaint();
    }

    /// Returns the terminal back, stops, and takes it again.
    fn suspend(&mut self) -> Result<()> {
        if let Some(input) = &mut self.input {
            input.pause();
        }
        self.session.suspend().wrap_err("cannot suspend")?;
        if let Some(input) = &mut self.input {
            input.resume().wrap_err("cannot listen to the terminal")?;
        }
        self.painter.repaint();
        self.take_size()
    }

    /// Gives the terminal to the user's editor, and takes it again.
    fn edit_outside(&mut self, path: PathBuf, line: usize) -> Result<()> {
        let editor = outside::editor();
        if let Some(input) = &mut self.input {
            input.pause();
        }
        let ended = self.session.lend(|| outside::run(&editor, &path, line));
        if let Some(input) = &mut self.input {
            input.resume().wrap_err("cannot listen to the terminal")?;
        }
        self.painter.repaint();
        self.take_size()?;
        let ended = ended.wrap_err("cannot take the terminal back")?;
        self.say_ended(&editor.join(" "), ended);
        self.update(Message::Changed(vec![path]))
    }

    /// Says what went wrong with an editor, if something did.
    fn say_ended(&mut self, editor: &str, ended: std::io::Result<std::process::ExitStatus>) {
        let notices = &mut self.model.notices;
        match ended {
            Ok(status) if status.success() => {}
            Ok(status) => notices.fail(format!("{editor} ended with {status}")),
            Err(error) => notices.fail(format!(
                "cannot start {editor}: {error}. Set VISUAL or EDITOR to an installed editor"
            )),
        }
    }

    /// Takes over the size of the terminal where it is another one than is known: nobody listened
    /// when it changed.
    ///
    /// That is so during a stop, and between the first frame and the first look at the keys.
    fn take_size(&mut self) -> Result<()> {
        let known = self.model.size;
        match terminal::size() {
            Ok(size) if (size.width, size.height) != known => {
                self.painter.resize(size);
                self.update(Message::Resized(size.width, size.height))
            }
            _ => Ok(()),
        }
    }

    /// Unpacks the bundled sample, and begins anew with it.
    fn open_sample(&mut self) -> Result<()> {
        let (folder, roots) = match open_sample() {
            Ok(unpacked) => unpacked,
            Err(reason) => {
                self.model
                    .notices
                    .fail(format!("the sample cannot be unpacked: {reason}"));
                return Ok(());
            }
        };
        self.workers = Workers::start(&roots, tell(&self.sender))
            .wrap_err("cannot start the threads that read")?;
        let jobs = Jobs::after(&self.model.jobs);
        self.model = Start {
            roots,
            settings: self.model.settings.clone(),
            ..Start::default()
        }
        .model(self.model.size);
        self.model.jobs = jobs;
        settle(&mut self.model);
        self.model.notices.say(format!(
            "this copy is yours and is kept: {}",
            folder.display()
        ));
        self.watch()
    }

    fn draw(&mut self) -> Result<()> {
        let is_polling = self
            .watcher
            .as_ref()
            .is_some_and(|watcher| watcher.mode() == crate::store::Mode::Polling);
        self.model.is_polling = is_polling;
        self.model.now = now();
        let (columns, rows) = self.model.size;
        self.frame.resize(Rect::new(0, 0, columns, rows));
        self.frame.reset();
        view_in(&self.model, self.colours.theme(), &mut self.frame);
        terminal::unless_gone(self.painter.show(&self.frame)).wrap_err("cannot draw")
    }

    /// Returns everything back in order: keys first, so that none is read after the terminal is the
    /// shell's again.
    fn end(mut self) {
        if let Some(input) = &mut self.input {
            input.pause();
        }
        self.watcher = None;
        self.signals = None;
        // A terminal that is gone needs nothing back.
        let _ = self.session.leave();
        self.writer.finish();
        if let Some(memory) = &self.memory {
            self.model.leave_documents();
            memory.keep(&SavedSession::of(&self.model));
        }
    }
}

/// Returns what sends messages to the loop from another thread.
fn tell(sender: &Sender<Wake>) -> impl Fn(Message) + Clone + Send + 'static {
    let sender = sender.clone();
    // Nobody listens any more once the loop has ended.
    move |message| {
        let _ = sender.send(Wake::Message(message));
    }
}

/// Unpacks the bundled sample into a new folder that only its user can enter, and returns that.
///
/// # Errors
///
/// Returns why a file could not be written.
pub fn unpack_sample() -> Result<PathBuf, Failure> {
    unpack_anew(demo::FILES, "specboard-demo-", demo::NAME)
}

/// Unpacks the bundled sample. Returns its folder and its root.
fn open_sample() -> Result<(PathBuf, Vec<Root>), String> {
    let folder = unpack_sample().map_err(|failure| failure.to_string())?;
    let roots = find_roots(&folder, &[]).map_err(|missing| missing.to_string())?;
    Ok((folder, roots))
}

fn passed(deadline: Deadline) -> Message {
    match deadline {
        Deadline::Rest => Message::Rested,
        Deadline::Prefix => Message::Waited,
        Deadline::Draft => Message::Paused,
    }
}

fn of_signal(signal: terminal::Signal) -> Signal {
    signal.exit_status().map_or(Signal::Continue, Signal::End)
}
