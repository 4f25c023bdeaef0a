//! What is done beside the window's thread, and how far it is.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bevy::tasks::{AsyncComputeTaskPool, IoTaskPool, Task, futures_lite::future};

use super::open::Opened;

/// How many things may be under way; one more, and the request is answered by a failure.
const MOST: usize = 8;

/// What ends within this time, seconds, is not worth a word.
const MOMENT: f64 = 0.4;

/// What became of it.
pub enum Outcome {
    /// A structure is there to be shown.
    Opened(Box<Opened>),
    /// A file was written.
    Saved {
        /// The file.
        path: PathBuf,
        /// What is in it.
        what: &'static str,
        /// Whether that is the structure.
        is_structure: bool,
    },
    /// Nothing was changed, for this reason.
    Failed(String),
}

/// What one job says of itself while it lasts.
#[derive(Clone, Default)]
pub(super) struct Progress {
    done: Arc<AtomicUsize>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Takes note that one more part is done; whether the job is still wanted.
    pub(super) fn step(&self) -> bool {
        self.done.fetch_add(1, Ordering::Relaxed);
        !self.cancelled.load(Ordering::Relaxed)
    }
}

struct Job {
    label: String,
    /// What its parts are called, where they are counted.
    parts: Option<&'static str>,
    progress: Progress,
    task: Task<Outcome>,
    /// Whether it is to open something; a new one takes its place.
    opens: bool,
    /// When it began, seconds since the program did.
    since: f64,
}

/// The jobs under way.
#[derive(Default)]
pub struct Work {
    jobs: Vec<Job>,
    /// Why others did not begin.
    refused: Vec<String>,
    /// Seconds since the program began.
    now: f64,
}

impl Work {
    /// Whether anything is under way.
    pub fn is_busy(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// What takes longer than a moment, in words: "opening water.xyz, 120 frames so far, 3 s".
    pub fn in_words(&self) -> impl Iterator<Item = String> {
        let lasting = |job: &&Job| self.now - job.since > MOMENT;
        self.jobs.iter().filter(lasting).map(|job| {
            let done = job.progress.done.load(Ordering::Relaxed);
            let parts = match job.parts {
                Some(parts) if done > 1 => format!(", {done} {parts} so far"),
                _ => String::new(),
            };
            format!("{}{parts}{}", job.label, elapsed(self.now - job.since))
        })
    }

    /// Gives up all that is under way. Files that were being written are left as they were.
    pub fn cancel(&mut self) {
        for job in self.jobs.drain(..) {
            job.progress.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Begins to open something; what was being opened is given up.
    pub(super) fn open(
        &mut self,
        label: String,
        job: impl FnOnce(&Progress) -> Outcome + Send + 'static,
    ) {
        for job in self.jobs.extract_if(.., |job| job.opens) {
            job.progress.cancelled.store(true, Ordering::Relaxed);
        }
        let progress = Progress::default();
        let theirs = progress.clone();
        let task = AsyncComputeTaskPool::get().spawn(async move { job(&theirs) });
        self.add(Job {
            label,
            parts: Some("frames"),
            progress,
            task,
            opens: true,
            since: self.now,
        });
    }

    /// Begins to write something.
    pub(super) fn write(&mut self, label: String, job: impl FnOnce() -> Outcome + Send + 'static) {
        let task = IoTaskPool::get().spawn(async move { job() });
        self.add(Job {
            label,
            parts: None,
            progress: Progress::default(),
            task,
            opens: false,
            since: self.now,
        });
    }

    fn add(&mut self, job: Job) {
        if self.jobs.len() < MOST {
            self.jobs.push(job);
        } else {
            let reason = format!(
                "{} must wait: {MOST} things are under way; try again",
                job.label
            );
            self.refused.push(reason);
        }
    }

    /// What has ended since this was asked last; the time is in seconds since the program began.
    pub(super) fn ended(&mut self, now: f64) -> Vec<Outcome> {
        self.now = now;
        let refused = self.refused.drain(..);
        let mut ended: Vec<Outcome> = refused.map(Outcome::Failed).collect();
        self.jobs.retain_mut(|job| match poll(&mut job.task) {
            Some(outcome) => {
                ended.push(outcome);
                false
            }
            None => true,
        });
        ended
    }
}

/// For how long something has lasted, once that is worth saying.
fn elapsed(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 1.0 => String::new(),
        seconds if seconds < 100.0 => format!(", {seconds:.0} s"),
        seconds => format!(", {:.0} min", seconds / 60.0),
    }
}

/// What a task has come to, if it is done.
pub(super) fn poll<T>(task: &mut Task<T>) -> Option<T> {
    future::block_on(future::poll_once(task))
}
