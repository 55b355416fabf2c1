//! Keys, pastes and new sizes, as they come: a message wakes the loop, which then takes them out.
//!
//! Does not know what keys mean. crossterm's stream reads and parses them; its wake-up is the
//! message. The terminal is never read or polled beside it: that would block on half a sequence,
//! and beside them all messages.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, EventStream, KeyEventKind};
use futures_core::Stream;

/// How often and how long a pause looks whether the reading thread has let go of the terminal. It
/// does so at once, unless the machine is stuck.
const LOOKS: u32 = 1000;
const LOOK: Duration = Duration::from_millis(1);

/// What comes from the terminal.
#[derive(Debug)]
pub struct Input<M> {
    stream: Option<EventStream>,
    /// Held once more by the reading thread while it waits for the terminal.
    bell: Arc<Bell<M>>,
}

/// Wakes the loop by a message.
#[derive(Debug)]
struct Bell<M> {
    sender: Sender<M>,
    wake: fn() -> M,
}

impl<M: Send + 'static> Input<M> {
    /// Starts to read the terminal, which must be there and in raw mode: without a terminal
    /// crossterm panics.
    ///
    /// `wake` is sent into `sender` when something has come, and once at the start. At each,
    /// [`Input::take`] is to be called until it gives nothing: only then the next wake-up is armed.
    pub fn start(sender: Sender<M>, wake: fn() -> M) -> Self {
        let mut input = Self {
            stream: None,
            bell: Arc::new(Bell { sender, wake }),
        };
        input.resume();
        input
    }

    /// Takes out what came next, if anything did; of a key only the press.
    ///
    /// # Errors
    ///
    /// Returns the system's error where the terminal cannot be read any more. There will be no
    /// further wake-up.
    pub fn take(&mut self) -> io::Result<Option<Event>> {
        let Some(stream) = &mut self.stream else {
            return Ok(None);
        };
        let waker = Waker::from(Arc::clone(&self.bell));
        let mut context = Context::from_waker(&waker);
        loop {
            match Pin::new(&mut *stream).poll_next(&mut context) {
                Poll::Ready(Some(Ok(Event::Key(key)))) if key.kind != KeyEventKind::Press => {}
                Poll::Ready(Some(event)) => return event.map(Some),
                Poll::Ready(None) | Poll::Pending => return Ok(None),
            }
        }
    }

    /// Leaves the terminal alone, so that another program can read it; what came before and was not
    /// taken out stays for later.
    pub fn pause(&mut self) {
        if self.stream.take().is_none() {
            return;
        }
        // The thread was told by the drop. As long as it holds the bell it may still read, and a
        // second one beside it would too.
        for _ in 0..LOOKS {
            if Arc::strong_count(&self.bell) == 1 {
                return;
            }
            thread::sleep(LOOK);
        }
    }

    /// Reads the terminal again.
    pub fn resume(&mut self) {
        self.stream = Some(EventStream::new());
        self.bell.ring();
    }
}

impl<M> Bell<M> {
    fn ring(&self) {
        // Nobody listens any more once the loop has ended.
        let _ = self.sender.send((self.wake)());
    }
}

impl<M: Send + 'static> Wake for Bell<M> {
    fn wake(self: Arc<Self>) {
        self.ring();
    }
}
