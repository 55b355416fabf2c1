//! The thread that writes. It sleeps until it is asked; after a file was replaced it looks for a
//! second whether somebody still writes to the old one.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::model::{Done, Message, Outcome, Unwritten, Write};
use crate::spec::change::{Planned, Refusal};
use crate::store::{Displaced, Settled, WriteError, write};
use crate::text::{Edit, Text};

/// How often a displaced file is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// For how long.
const WATCHED: Duration = Duration::from_secs(1);

/// A replaced file that is still watched, and the write that replaced it.
struct Watched {
    write: Write,
    displaced: Displaced,
    until: Instant,
}

/// Starts the thread. How each write went goes to `tell`. The thread ends when the sender is
/// dropped, and is to be waited for: it finishes what it has begun, and takes away what it has put
/// beside the files.
pub(super) fn start(
    tell: impl Fn(Message) + Send + 'static,
) -> io::Result<(Sender<Write>, JoinHandle<()>)> {
    let (sender, orders) = channel();
    let thread = thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || serve(&orders, &tell))?;
    Ok((sender, thread))
}

fn serve(orders: &Receiver<Write>, tell: &dyn Fn(Message)) {
    let mut watched: Option<Watched> = None;
    loop {
        let order = match &watched {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => orders.recv_timeout(LOOK),
        };
        match order {
            Ok(write) => {
                // Dropping a displaced file looks at it once more.
                drop(watched.take());
                watched = carry_out(write, tell);
            }
            Err(RecvTimeoutError::Timeout) => {
                watched = watched.and_then(|watched| look(watched, tell));
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Looks at a displaced file. When somebody wrote to it, their text is back in its place, and the
/// change is applied to that.
fn look(watched: Watched, tell: &dyn Fn(Message)) -> Option<Watched> {
    if !watched.displaced.is_written() && Instant::now() < watched.until {
        return Some(watched);
    }
    match watched.displaced.settle() {
        Settled::Quiet => None,
        Settled::CameBack => carry_out(watched.write, tell),
        Settled::Kept(failure) => {
            tell(Message::Written(Box::new(Outcome {
                write: watched.write,
                result: Err(Unwritten::Failed(failure.to_string())),
            })));
            None
        }
    }
}

/// Carries out a write and tells how it went.
fn carry_out(order: Write, tell: &dyn Fn(Message)) -> Option<Watched> {
    let (outcome, displaced) = answer(&order);
    tell(Message::Written(Box::new(outcome)));
    displaced.map(|displaced| Watched {
        write: order,
        displaced,
        until: Instant::now() + WATCHED,
    })
}

/// Writes what one order asks for. A file that was replaced is given back, to be watched for a
/// while.
pub(super) fn answer(order: &Write) -> (Outcome, Option<Displaced>) {
    let mut planned: Option<Planned> = None;
    let decide = |text: &Text| -> Result<Edit, Refusal> {
        let plan = order.change.plan(order.file.kind, text)?;
        let edit = plan.edit.clone();
        planned = Some(plan);
        Ok(edit)
    };
    let (result, displaced) = match (write(&order.file.path, decide), planned) {
        (Ok(written), Some(plan)) => (
            Ok(done(&written.before, written.after, plan)),
            written.displaced,
        ),
        (Ok(_), None) => (
            Err(Unwritten::Failed("nothing was decided".to_owned())),
            None,
        ),
        (Err(WriteError::Refused(Refusal::Conflict(conflict))), _) => {
            (Err(Unwritten::Conflict(conflict)), None)
        }
        (Err(WriteError::Refused(reason)), _) => {
            (Err(Unwritten::Refused(reason.to_string())), None)
        }
        (Err(error), _) => (Err(Unwritten::Failed(error.to_string())), None),
    };
    (
        Outcome {
            write: order.clone(),
            result,
        },
        displaced,
    )
}

/// Returns what a write did: the lines that it changed are those at which its inverse would splice.
fn done(before: &Text, after: Text, plan: Planned) -> Done {
    let inverse = plan.edit.invert(before);
    let lines = inverse
        .splices()
        .iter()
        .map(|splice| after.line_at(splice.span.start))
        .collect();
    Done {
        after,
        lines,
        marked: plan.marked,
        inverse: plan.inverse,
    }
}
