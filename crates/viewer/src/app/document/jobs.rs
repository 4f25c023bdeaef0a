//! Background jobs of the document: opening and saving, with progress.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bevy::tasks::{AsyncComputeTaskPool, IoTaskPool, Task, futures_lite::future};

use super::opened::Opened;
use mlipview_core::script::Script;
use mlipview_core::sim::Frame;

/// Maximum number of simultaneous jobs; further ones fail.
const MAX_JOBS: usize = 8;

/// Jobs shorter than this are not reported, s.
const MIN_REPORTED_TIME: f64 = 0.4;

/// Outcome of a job.
pub enum Outcome {
    /// A structure to be shown.
    Opened(Box<Opened>),
    /// A file was written.
    Saved {
        /// The file.
        path: PathBuf,
        /// Its contents.
        what: String,
        /// Parts of the document in the file; `None` for a table or a picture.
        contents: Option<WrittenContents>,
    },
    /// Nothing was changed, for this reason.
    Failed(String),
}

/// Parts of the document in a file.
pub struct WrittenContents {
    /// The frame of the simulation whose atoms are in it.
    pub(super) frame: Arc<Frame>,
    /// The script, if it is in it.
    pub(super) script: Option<Script>,
}

/// Progress and cancellation of a job, shared with its task.
#[derive(Clone, Default)]
pub(super) struct JobProgress {
    done: Arc<AtomicUsize>,
    canceled: Arc<AtomicBool>,
}

impl JobProgress {
    /// Counts a completed part; returns whether to continue.
    pub(super) fn step(&self) -> bool {
        self.done.fetch_add(1, Ordering::Relaxed);
        !self.canceled.load(Ordering::Relaxed)
    }
}

/// Running background job.
struct Job {
    label: String,
    /// Name of its parts, if they are counted.
    parts: Option<&'static str>,
    progress: JobProgress,
    task: Task<Outcome>,
    /// Whether it opens something; a new one replaces it.
    opens: bool,
    /// Start, seconds since program start.
    since: f64,
}

/// Running jobs.
#[derive(Default)]
pub struct Jobs {
    jobs: Vec<Job>,
    /// Why jobs did not start.
    rejected: Vec<String>,
    /// Seconds since program start.
    now: f64,
}

impl Jobs {
    /// Whether any job is running.
    pub fn is_busy(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Jobs that take longer than a moment, as text: "opening water.xyz, 120 frames so far, 3 s".
    pub fn in_words(&self) -> impl Iterator<Item = String> {
        let lasting = |job: &&Job| self.now - job.since > MIN_REPORTED_TIME;
        self.jobs.iter().filter(lasting).map(|job| {
            let done = job.progress.done.load(Ordering::Relaxed);
            let parts = match job.parts {
                Some(parts) if done > 1 => format!(", {done} {parts} so far"),
                _ => String::new(),
            };
            format!("{}{parts}{}", job.label, elapsed(self.now - job.since))
        })
    }

    /// Cancels all jobs; files being written keep their old contents.
    pub fn cancel(&mut self) {
        for job in self.jobs.drain(..) {
            job.progress.canceled.store(true, Ordering::Relaxed);
        }
    }

    /// Starts to open something; cancels what was being opened.
    pub(super) fn open(
        &mut self,
        label: String,
        job: impl FnOnce(&JobProgress) -> Outcome + Send + 'static,
    ) {
        for job in self.jobs.extract_if(.., |job| job.opens) {
            job.progress.canceled.store(true, Ordering::Relaxed);
        }
        let progress = JobProgress::default();
        let shared = progress.clone();
        let task = AsyncComputeTaskPool::get().spawn(async move { job(&shared) });
        self.add(Job {
            label,
            parts: Some("frames"),
            progress,
            task,
            opens: true,
            since: self.now,
        });
    }

    /// Starts to write a file.
    pub(super) fn write(&mut self, label: String, job: impl FnOnce() -> Outcome + Send + 'static) {
        let task = IoTaskPool::get().spawn(async move { job() });
        self.add(Job {
            label,
            parts: None,
            progress: JobProgress::default(),
            task,
            opens: false,
            since: self.now,
        });
    }

    fn add(&mut self, job: Job) {
        if self.jobs.len() < MAX_JOBS {
            self.jobs.push(job);
        } else {
            let reason = format!(
                "{} was not started: {MAX_JOBS} jobs are running; try again later",
                job.label
            );
            self.rejected.push(reason);
        }
    }

    /// Takes the outcomes since the last call; the time is in seconds since program start.
    pub(super) fn ended(&mut self, now: f64) -> Vec<Outcome> {
        self.now = now;
        let rejected = self.rejected.drain(..);
        let mut ended: Vec<Outcome> = rejected.map(Outcome::Failed).collect();
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

/// Elapsed time as text, if it is long enough.
fn elapsed(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 1.0 => String::new(),
        seconds if seconds < 100.0 => format!(", {seconds:.0} s"),
        seconds => format!(", {:.0} min", seconds / 60.0),
    }
}

/// The result of a task, if it has ended.
pub fn poll<T>(task: &mut Task<T>) -> Option<T> {
    future::block_on(future::poll_once(task))
}
