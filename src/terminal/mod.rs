//! The terminal: taking and giving it back, painting it, keys and signals.
//!
//! The session is a guard: while it lives, the terminal is in raw mode and on its alternate screen;
//! whatever ends it, a panic and a closed terminal too, the terminal is as before. Knows no model
//! and no messages: what wakes the loop is given by the caller. Nothing here waits
//! for an answer that may not come.

mod alert;
mod cell;
mod clipboard;
mod colour;
mod decode;
mod diff;
mod encoder;
mod grid;
mod input;
mod motion;
mod paint;
mod scroll;
mod sgr;
mod signals;
mod width;

pub use alert::{FOCUS, alert};
pub use clipboard::copy;
pub use colour::ColourDepth;
pub use decode::{Event, Focus, Mouse, MouseDeed};
pub use input::Input;
pub use paint::Painter;
pub use signals::{Signal, Signals};

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use color_eyre::eyre::{Result, WrapErr, ensure};
use ratatui::layout::Size;
use rustix::io::Errno;
use rustix::process::Signal as Stop;
use rustix::termios::{OptionalActions, Termios};

/// Alternate screen; cursor hidden; pasted text in brackets; no wrapping at the right margin, so
/// that a grapheme that a terminal draws wider than expected cannot spill into the next row. Where
/// the kitty keyboard protocol is spoken, escape is told from what begins with it, and keys with
/// ctrl say their place on the keyboard (flags 1 and 4).
const ENTER: &[u8] = b"\x1b[?1049h\x1b[=5u\x1b[?25l\x1b[?2004h\x1b[?7l";

/// Clicks, the wheel, and where the mouse goes with a button down, told without a limit of columns.
pub const MOUSE: &[u8] = b"\x1b[?1002h\x1b[?1006h";

/// All of that undone, the attributes and the scroll region too: a frame may have been cut off.
/// What a terminal without an alternate screen shows is cleared.
const LEAVE: &[u8] = b"\x1b[=0u\x1b[?1002l\x1b[?1006l\x1b[?1004l\x1b[m\x1b[r\x1b[H\x1b[J\x1b[?7h\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// The session that holds the terminal, for the panic hook, which can be given nothing.
static HELD: Mutex<Option<Held>> = Mutex::new(None);

/// What is needed to give the terminal back.
struct Held {
    modes: Termios,
    thread: ThreadId,
    /// What is asked of the terminal besides.
    wishes: Vec<u8>,
}

/// The terminal while the board has it.
///
/// There is one at a time, and the modes that it gives back are always those it found at the start.
/// It ends with [`Session::leave`] or when it is dropped.
#[derive(Debug)]
pub struct Session(());

impl Session {
    /// Takes the terminal: raw mode, alternate screen, hidden cursor, bracketed paste, and what
    /// `wishes` ask of it besides, such as [`MOUSE`].
    ///
    /// # Errors
    ///
    /// Says which of standard input and output is no terminal, that the terminal cannot draw, and
    /// what it refused.
    pub fn enter(wishes: &[u8]) -> Result<Self> {
        ensure!(
            std::env::var_os("TERM").is_none_or(|name| name != "dumb"),
            "this terminal cannot draw (TERM=dumb): use the commands instead, such as `specboard list`, `specboard tasks` and `specboard show`; `specboard --help` names them all"
        );
        ensure!(
            io::stdin().is_terminal(),
            "standard input is not a terminal: start the board from a terminal, without `<` or a pipe"
        );
        ensure!(
            io::stdout().is_terminal(),
            "standard output is not a terminal: start the board without `>` or a pipe"
        );
        let mut held = held();
        ensure!(held.is_none(), "the terminal is already taken");
        let modes = rustix::termios::tcgetattr(io::stdin())
            .wrap_err("cannot read the modes of the terminal")?;
        *held = Some(take(modes, wishes).wrap_err("cannot take over the terminal")?);
        Ok(Self(()))
    }

    /// Returns the terminal back as it was.
    ///
    /// # Errors
    ///
    /// Returns what the terminal refused; that it is gone (EIO after a hang-up) is no error.
    pub fn leave(self) -> io::Result<()> {
        give_back()
    }

    /// Returns the terminal back for as long as `work` takes, such as the user's editor.
    ///
    /// Keys must be left to it before ([`Input::pause`]), and everything painted anew behind it
    /// ([`Painter::repaint`]).
    ///
    /// # Errors
    ///
    /// Returns what the terminal refused.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        let before = held()
            .as_ref()
            .map(|held| (held.modes.clone(), held.wishes.clone()));
        give_back()?;
        let outcome = work();
        *held() = before
            .map(|(modes, wishes)| take(modes, &wishes))
            .transpose()?;
        Ok(outcome)
    }

    /// Stops the program and its whole process group, as ctrl-z does, and returns when it is
    /// continued.
    ///
    /// What [`Session::lend`] asks for before and behind holds here too. It must be called on the
    /// main thread: only that one is sure not to run on before the stop. Where nobody could
    /// continue the program (it was not started by a shell) the system ignores the stop.
    ///
    /// # Errors
    ///
    /// Returns what the terminal or the system refused.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.lend(|| rustix::process::kill_current_process_group(Stop::TSTP))??;
        Ok(())
    }

    /// Takes the terminal again after someone else stopped and continued the program
    /// ([`Signal::Continued`]).
    ///
    /// Everything must be painted anew.
    ///
    /// # Errors
    ///
    /// Returns what the terminal refused.
    pub fn rejoin(&mut self) -> io::Result<()> {
        let held = held();
        held.as_ref()
            .map_or(Ok(()), |held| hold(&held.modes, &held.wishes))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The terminal may be gone, and there is nobody left to tell.
        let _ = give_back();
    }
}

/// Returns the terminal back before a panic is reported, so that the report can be read; then goes
/// on with the hook before.
///
/// To be called once, after color-eyre's own hook is installed. A panic on another thread than the
/// session's does not end the board: it goes to the log, not to the screen.
pub fn restore_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let holder = held().as_ref().map(|held| held.thread);
        if holder.is_some_and(|holder| holder != thread::current().id()) {
            return tracing::error!("a worker panicked: {panic}");
        }
        let _ = give_back();
        report(panic);
    }));
}

/// Asks the terminal for the colour of its background (OSC 11). One that knows answers with
/// [`Event::Background`]; nobody waits for it. The console of Linux, which is black, is not asked.
///
/// # Errors
///
/// Returns what the terminal refused.
pub fn ask_background() -> io::Result<()> {
    if std::env::var_os("TERM").is_some_and(|name| name == "linux") {
        return Ok(());
    }
    unless_gone(Output.write_all(b"\x1b]11;?\x1b\\"))
}

/// Returns columns and rows of the terminal on standard output.
///
/// # Errors
///
/// Returns the system's error where standard output is no terminal.
pub fn size() -> io::Result<Size> {
    let size = rustix::termios::tcgetwinsize(io::stdout())?;
    Ok(Size {
        width: size.ws_col,
        height: size.ws_row,
    })
}

/// Writes to standard output without a buffer, so that a frame stays one write.
#[derive(Clone, Copy, Debug, Default)]
pub struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(io::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn held() -> MutexGuard<'static, Option<Held>> {
    // What is inside is whole after a panic too: it is only ever replaced.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take(modes: Termios, wishes: &[u8]) -> io::Result<Held> {
    hold(&modes, wishes)?;
    Ok(Held {
        wishes: wishes.to_vec(),
        modes,
        thread: thread::current().id(),
    })
}

fn hold(modes: &Termios, wishes: &[u8]) -> io::Result<()> {
    let mut raw = modes.clone();
    raw.make_raw();
    rustix::termios::tcsetattr(io::stdin(), OptionalActions::Now, &raw)?;
    Output.write_all(&[ENTER, wishes].concat())
}

/// Returns the terminal back; nothing where nobody holds it.
fn give_back() -> io::Result<()> {
    let Some(held) = held().take() else {
        return Ok(());
    };
    // Both are tried, whatever becomes of the first.
    let screen = Output.write_all(LEAVE);
    let modes = rustix::termios::tcsetattr(io::stdin(), OptionalActions::Now, &held.modes)
        .map_err(io::Error::from);
    unless_gone(screen.and(modes))
}

/// Returns the outcome of a write to the terminal; that it is gone (EIO after a hang-up) is no error:
/// whoever reads from it tells.
pub fn unless_gone(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => Ok(()),
        _ => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_is_left() {
        let mut terminal = vt100::Parser::default();
        terminal.process(b"$ specboard\r\n");
        let before = terminal.screen().clone();
        terminal.process(&[ENTER, MOUSE].concat());
        let screen = terminal.screen();
        assert!(screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste());
        terminal.process(b"\x1b[3;9r\x1b[31mcut off");
        terminal.process(LEAVE);
        assert_eq!(
            terminal.screen().state_formatted(),
            before.state_formatted()
        );
        assert_eq!(terminal.screen().contents(), "$ specboard");
    }

    #[test]
    fn every_mode_entered_is_named_again_in_leaving() {
        let entered = [ENTER, MOUSE, FOCUS].concat();
        let (entered, left) = (
            String::from_utf8_lossy(&entered),
            String::from_utf8_lossy(LEAVE),
        );
        for mode in entered.split("\x1b[").skip(1) {
            let (number, end) = mode.split_at(mode.len() - 1);
            let undone = match end {
                "h" => format!("\x1b[{number}l"),
                "l" => format!("\x1b[{number}h"),
                _ => format!("\x1b[=0{end}"),
            };
            assert!(left.contains(&undone), "{mode}");
        }
    }

    #[test]
    fn only_a_terminal_that_is_gone_is_no_error() {
        for (error, expected) in [
            (Errno::IO, true),
            (Errno::BADF, false),
            (Errno::AGAIN, false),
        ] {
            assert_eq!(unless_gone(Err(error.into())).is_ok(), expected, "{error}");
        }
    }
}
