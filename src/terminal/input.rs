//! Keys and pastes as they come: a thread that sleeps until the terminal has something, or is gone.
//!
//! Does not know what keys mean. Only this thread reads the terminal, and only it waits: an escape
//! waits here for what belongs to it, so that nothing else waits with it.

use std::io::{self, PipeReader, PipeWriter};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::decode::{Decoder, Event};

/// How long an escape waits: lines that cut sequences into packets take less, and nobody notices.
const ESCAPE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 50_000_000,
};

/// What comes from the terminal.
#[derive(Debug)]
pub struct Input<M> {
    sender: Sender<M>,
    message: fn(Vec<Event>) -> M,
    reading: Option<Reading>,
    /// What was begun and not ended before a pause.
    decoder: Decoder,
}

/// The thread that reads; it ends when its pipe is closed.
#[derive(Debug)]
struct Reading {
    stop: PipeWriter,
    thread: JoinHandle<Decoder>,
}

impl<M: Send + 'static> Input<M> {
    /// Starts to read the terminal on standard input, which must be in raw mode, and sends
    /// `message` of what comes into `sender`: what comes at once is one message, so that a burst of
    /// keys is drawn once. After [`Event::Gone`] nothing comes any more.
    ///
    /// # Errors
    ///
    /// Returns the system's error where the thread or its pipe is refused.
    pub fn start(sender: Sender<M>, message: fn(Vec<Event>) -> M) -> io::Result<Self> {
        let mut input = Self {
            sender,
            message,
            reading: None,
            decoder: Decoder::default(),
        };
        input.resume()?;
        Ok(input)
    }

    /// Leaves the terminal alone, so that another program can read it.
    pub fn pause(&mut self) {
        let Some(Reading { stop, thread }) = self.reading.take() else {
            return;
        };
        drop(stop);
        // A thread that panicked has nothing to hand over.
        self.decoder = thread.join().unwrap_or_default();
    }

    /// Reads the terminal again.
    ///
    /// # Errors
    ///
    /// As for [`Input::start`].
    pub fn resume(&mut self) -> io::Result<()> {
        let (stopped, stop) = io::pipe()?;
        let mut decoder = std::mem::take(&mut self.decoder);
        let (sender, message) = (self.sender.clone(), self.message);
        let thread = thread::Builder::new().name("input".into()).spawn(move || {
            read(&stopped, &mut decoder, |events| {
                if !events.is_empty() {
                    // Nobody listens any more once the loop has ended.
                    let _ = sender.send(message(events));
                }
            });
            decoder
        })?;
        self.reading = Some(Reading { stop, thread });
        Ok(())
    }
}

impl<M> Drop for Input<M> {
    fn drop(&mut self) {
        self.reading = None;
    }
}

/// What ended a wait.
enum Waited {
    Readable,
    TimedOut,
    Stopped,
    Gone,
}

/// Reads until it is stopped or the terminal is gone.
fn read(stopped: &PipeReader, decoder: &mut Decoder, tell: impl Fn(Vec<Event>)) {
    let mut bytes = [0; 4096];
    loop {
        match wait(stopped, decoder.holds_escape()) {
            Waited::Stopped => return,
            Waited::Gone => return tell(vec![Event::Gone]),
            Waited::TimedOut => tell(decoder.give_up().into_iter().collect()),
            Waited::Readable => match rustix::io::read(io::stdin(), &mut bytes) {
                Ok(0) => return tell(vec![Event::Gone]),
                Ok(count) => tell(decoder.push(&bytes[..count])),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => return tell(vec![Event::Gone]),
            },
        }
    }
}

/// Waits for the terminal, for a short while only where an escape waits.
fn wait(stopped: &PipeReader, has_escape: bool) -> Waited {
    let stdin = io::stdin();
    let mut waiting = [
        PollFd::new(&stdin, PollFlags::IN),
        PollFd::new(stopped, PollFlags::IN),
    ];
    let timeout = if has_escape { Some(&ESCAPE) } else { None };
    let ready = loop {
        match poll(&mut waiting, timeout) {
            Err(Errno::INTR) => {}
            ready => break ready,
        }
    };
    let (terminal, stop) = (waiting[0].revents(), waiting[1].revents());
    match ready {
        Err(_) => Waited::Gone,
        Ok(0) => Waited::TimedOut,
        Ok(_) if !stop.is_empty() => Waited::Stopped,
        Ok(_) if terminal.contains(PollFlags::IN) => Waited::Readable,
        Ok(_) => Waited::Gone,
    }
}
