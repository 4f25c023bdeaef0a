//! The teacher on a thread of its own, which answers one question at a time.

use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use mlipview_core::chem::Structure;
use mlipview_core::potential::{Evaluation, Potential, PotentialError};

/// An answer of the teacher, and the time that it took.
pub(super) struct Answer {
    pub(super) result: Result<Evaluation, PotentialError>,
    pub(super) time: Duration,
}

/// A teacher. One question waits for its answer at a time.
pub(super) struct Teacher {
    name: String,
    questions: SyncSender<Structure>,
    answers: Receiver<Answer>,
    is_busy: bool,
}

impl Teacher {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system has no more threads.
    pub(super) fn start(potential: Box<dyn Potential>) -> std::io::Result<Teacher> {
        let name = potential.name().to_owned();
        let (questions, received) = sync_channel(1);
        let (sender, answers) = sync_channel(1);
        let thread = thread::Builder::new().name("teacher".to_owned());
        thread.spawn(move || answer(potential, &received, &sender))?;
        Ok(Teacher {
            name,
            questions,
            answers,
            is_busy: false,
        })
    }

    /// Name of the potential.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether a question waits for its answer.
    pub(super) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Asks without waiting; not while it is busy.
    pub(super) fn ask(&mut self, structure: Structure) {
        // A thread that has ended is found by the next look at the answers.
        let _ = self.questions.try_send(structure);
        self.is_busy = true;
    }

    /// The answer to the last question, if it is there.
    pub(super) fn poll(&mut self) -> Option<Answer> {
        match self.answers.try_recv() {
            Ok(answer) => {
                self.is_busy = false;
                Some(answer)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.is_busy = false;
                Some(self.ended())
            }
        }
    }

    /// Waits for the answer to the last question.
    pub(super) fn wait(&mut self) -> Answer {
        self.is_busy = false;
        self.answers.recv().unwrap_or_else(|_| self.ended())
    }

    /// The answer of a teacher whose thread has ended.
    fn ended(&self) -> Answer {
        Answer {
            result: Err(PotentialError::Failed {
                potential: self.name.clone(),
                reason: "its thread has ended; select the potential again".to_owned(),
            }),
            time: Duration::ZERO,
        }
    }
}

/// Answers questions until the teacher is dropped.
fn answer(
    mut potential: Box<dyn Potential>,
    questions: &Receiver<Structure>,
    answers: &SyncSender<Answer>,
) {
    while let Ok(structure) = questions.recv() {
        let start = now();
        let result = potential.evaluate(&structure);
        let time = start.elapsed();
        if answers.send(Answer { result, time }).is_err() {
            return;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time of evaluations is shown to users"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}
