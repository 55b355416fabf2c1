//! Signals as messages: a thread that sleeps until one arrives.
//!
//! Does not know what the board does about them. SIGTSTP is not among them: once it is caught, the
//! system no longer ignores it for a program that no shell could continue, and ctrl-z is a key in
//! raw mode anyway.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::{Handle, Signals as Arriving};

/// A signal that the board answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM: asked to end.
    Terminated,
    /// SIGHUP: the terminal is gone.
    HungUp,
    /// SIGINT: ctrl-c outside raw mode, which may have been meant for a program that the terminal
    /// was lent to.
    Interrupted,
    /// SIGCONT: goes on after a stop, whoever stopped it.
    Continued,
    /// SIGWINCH: the terminal has another size.
    Resized,
}

impl Signal {
    /// Returns the exit status that says the signal ended the program: 128 and its number, as
    /// shells have it.
    pub fn exit_status(self) -> Option<u8> {
        match self {
            Self::Terminated => Some(143),
            Self::HungUp => Some(129),
            Self::Interrupted => Some(130),
            Self::Continued | Self::Resized => None,
        }
    }

    fn of(number: i32) -> Option<Self> {
        match number {
            SIGTERM => Some(Self::Terminated),
            SIGHUP => Some(Self::HungUp),
            SIGINT => Some(Self::Interrupted),
            SIGCONT => Some(Self::Continued),
            SIGWINCH => Some(Self::Resized),
            _ => None,
        }
    }
}

/// The thread that waits for signals; it ends when this is dropped.
#[derive(Debug)]
pub struct Signals(Handle);

impl Signals {
    /// Sends `message` of each signal from now on into `sender`.
    ///
    /// # Errors
    ///
    /// Returns the system's error where a signal or the thread is refused.
    pub fn start<M: Send + 'static>(
        sender: Sender<M>,
        message: fn(Signal) -> M,
    ) -> io::Result<Self> {
        let mut arriving = Arriving::new([SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGWINCH])?;
        let handle = arriving.handle();
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                // An error means that nobody listens any more.
                let _ = arriving
                    .forever()
                    .filter_map(Signal::of)
                    .try_for_each(|signal| sender.send(message(signal)));
            })?;
        Ok(Self(handle))
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_signal_becomes_a_message_and_a_drop_ends_the_thread() {
        let (sender, receiver) = channel();
        let signals = Signals::start(sender, |signal| signal).unwrap();
        signal_hook::low_level::raise(SIGCONT).unwrap();
        assert_eq!(receiver.recv(), Ok(Signal::Continued));
        drop(signals);
        assert!(receiver.recv().is_err(), "the thread dropped its sender");
    }

    #[test]
    fn the_exit_status_names_the_signal() {
        for number in [SIGTERM, SIGHUP, SIGINT] {
            let status = Signal::of(number).and_then(Signal::exit_status);
            assert_eq!(status.map(i32::from), Some(128 + number));
        }
    }
}
