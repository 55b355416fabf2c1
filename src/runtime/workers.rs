//! The threads that read: one for what is on the screen, and a few for what is not, so that figures
//! of a thousand specs hold up no document. They sleep until they are asked.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::reader;
use crate::model::{Answer, Job, Message, Ticket};
use crate::store::Root;

/// How many threads read what is not on the screen.
const POOL: usize = 2;
/// How many features are counted before their figures are shown.
const BATCH: usize = 64;

/// The threads. They end, when they are done with what they have begun, once this is dropped.
#[derive(Debug)]
pub(super) struct Workers {
    screen: Arc<Queue>,
    rest: Arc<Queue>,
}

impl Workers {
    /// Starts the threads. What they read goes to `tell`.
    pub(super) fn start(
        roots: &[Root],
        tell: impl Fn(Message) + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let workers = Self {
            screen: Arc::default(),
            rest: Arc::default(),
        };
        spawn("reader", &workers.screen, roots, tell.clone())?;
        for _ in 0..POOL {
            spawn("pool", &workers.rest, roots, tell.clone())?;
        }
        Ok(workers)
    }

    /// Hands a job to the threads that it is for.
    pub(super) fn ask(&self, ticket: Ticket, job: Job) {
        let queue = if job.is_for_screen() {
            &self.screen
        } else {
            &self.rest
        };
        queue.push(ticket, job);
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.screen.close();
        self.rest.close();
    }
}

fn spawn(
    name: &str,
    queue: &Arc<Queue>,
    roots: &[Root],
    tell: impl Fn(Message) + Send + 'static,
) -> io::Result<()> {
    let (queue, roots) = (Arc::clone(queue), roots.to_vec());
    let work = move || {
        while let Some((ticket, job)) = queue.pop() {
            let answer = |answer: Answer| tell(Message::Answered(ticket, answer));
            reader::answer(&job, &roots, &answer);
        }
    };
    thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(())
}

/// Jobs that wait for a thread.
#[derive(Debug, Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    jobs: VecDeque<(Ticket, Job)>,
    is_closed: bool,
}

impl Queue {
    /// Adds a job, and takes out those that it replaces.
    fn push(&self, ticket: Ticket, job: Job) {
        let mut waiting = self.lock();
        waiting.jobs.retain(|(_, older)| !job.replaces(older));
        waiting
            .jobs
            .extend(in_batches(job).map(|job| (ticket, job)));
        self.changed.notify_all();
    }

    /// Waits for the next job; returns none once the queue is closed.
    fn pop(&self) -> Option<(Ticket, Job)> {
        let is_idle = |waiting: &mut Waiting| waiting.jobs.is_empty() && !waiting.is_closed;
        let mut waiting = self
            .changed
            .wait_while(self.lock(), is_idle)
            .unwrap_or_else(PoisonError::into_inner);
        if waiting.is_closed {
            return None;
        }
        waiting.jobs.pop_front()
    }

    fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Cuts a job for many features into several, so that the first figures are shown soon and no
/// thread has all the work.
fn in_batches(job: Job) -> impl Iterator<Item = Job> {
    let jobs: Vec<Job> = match job {
        Job::Count(features) => features
            .chunks(BATCH)
            .map(|batch| Job::Count(batch.to_vec()))
            .collect(),
        Job::LoadCards(features) => features
            .chunks(BATCH)
            .map(|batch| Job::LoadCards(batch.to_vec()))
            .collect(),
        Job::Measure(features) => features
            .chunks(BATCH)
            .map(|batch| Job::Measure(batch.to_vec()))
            .collect(),
        Job::ReadEntries(features) => features
            .chunks(BATCH)
            .map(|batch| Job::ReadEntries(batch.to_vec()))
            .collect(),
        other => vec![other],
    };
    jobs.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    fn ticket() -> Ticket {
        Ticket::default()
    }

    #[test]
    fn a_job_that_was_not_begun_is_replaced_by_a_newer_one_of_its_kind() {
        let queue = Queue::default();
        queue.push(ticket(), Job::ReadFile("a".into()));
        queue.push(ticket(), Job::List);
        queue.push(ticket(), Job::Count(vec![]));
        queue.push(ticket(), Job::ReadFile("b".into()));
        let jobs: Vec<Job> = queue.lock().jobs.drain(..).map(|(_, job)| job).collect();
        assert_eq!(jobs, [Job::List, Job::ReadFile("b".into())]);
    }

    #[test]
    fn the_threads_answer_and_end() {
        let (sender, messages) = channel();
        let tell = move |message| drop(sender.send(message));
        let workers = Workers::start(&[], tell).unwrap();
        workers.ask(ticket(), Job::List);
        let patience = Duration::from_secs(20);
        let answer = messages.recv_timeout(patience);
        assert!(matches!(
            answer,
            Ok(Message::Answered(_, Answer::Listed(_)))
        ));
        drop(workers);
        // The sender of the last thread goes with it.
        assert!(
            messages
                .recv_timeout(patience)
                .is_err_and(|error| { error == std::sync::mpsc::RecvTimeoutError::Disconnected })
        );
    }
}
