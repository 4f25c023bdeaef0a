//! Thread of a run: steps the world, and makes a frame whenever one is due.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use tokio::sync::OwnedSemaphorePermit;

use super::control::{Control, Next};
use super::error::LiveError;
use super::frame_text::frame_text;
use super::message;
use super::outbox::{Outbox, Outgoing};
use super::pace::Pace;
use super::request::{Command, Start};
use super::session::LiveWorld;
use crate::state::AppState;
use mlipview_bodies::BodyId;

/// A run and its ways to the connection.
pub(super) struct Run {
    pub(super) world: Box<LiveWorld>,
    pub(super) start: Start,
    pub(super) control: Arc<Control>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) state: Arc<AppState>,
    /// Held until the thread ends.
    pub(super) _permit: Arc<OwnedSemaphorePermit>,
}

/// Whether a run goes on.
enum Flow {
    Continue,
    Stop,
}

impl Run {
    /// Starts the thread. It ends with the run, at once when its connection asks for it.
    ///
    /// # Errors
    /// If the system has no more threads.
    pub(super) fn spawn(self) -> Result<(), LiveError> {
        let thread = thread::Builder::new().name("live".to_owned());
        let spawned = thread.spawn(move || {
            let outbox = Arc::clone(&self.outbox);
            let run = AssertUnwindSafe(|| self.run());
            if catch_unwind(run).is_err() {
                outbox.fail(LiveError::Failed);
            }
        });
        spawned.map(drop).map_err(|error| {
            tracing::error!("cannot start the thread of a run: {error}");
            LiveError::Thread
        })
    }

    fn run(mut self) {
        let outbox = Arc::clone(&self.outbox);
        let begin = self.state.clock.now();
        match self.frames() {
            Ok(frames) => {
                let elapsed = self.state.clock.now().saturating_sub(begin);
                let complete = message::complete(frames, elapsed.as_secs_f64());
                outbox.push(Outgoing::Complete(complete));
            }
            Err(error) => outbox.fail(error),
        }
    }

    /// Makes all frames; returns their number.
    fn frames(&mut self) -> Result<u64, LiveError> {
        let clock = self.state.clock;
        let mut pace = Pace::new(clock.now(), self.start.timestep());
        let frames = self.start.frames();
        for frame in 0..frames {
            if frame > 0 {
                let goes_on = || !self.control.stops();
                let world = &mut self.world.world;
                if !world.step_while(self.start.timestep(), &goes_on)? {
                    return Ok(frame);
                }
            }
            let time = frame as f64 * self.start.timestep_ms / 1000.0;
            let text = frame_text(frame, time, &self.world.world.snapshot());
            if let Flow::Stop = self.wait(&pace, frame) {
                return Ok(frame);
            }
            pace.on_frame(frame, clock.now());
            let skipped = self.outbox.push_frame(text)?;
            self.state.metrics.count_live_frames(1, skipped);
        }
        Ok(frames)
    }

    /// Executes commands until a frame is due.
    fn wait(&mut self, pace: &Pace, frame: u64) -> Flow {
        let clock = self.state.clock;
        loop {
            let time = pace.due(frame).saturating_sub(clock.now());
            match self.control.wait(time) {
                Next::Command(command) => self.execute(command),
                Next::Stop => return Flow::Stop,
                Next::Due => return Flow::Continue,
            }
        }
    }

    /// Executes a command; one that fails is answered with an error, and the run goes on. [20]
    fn execute(&mut self, command: Command) {
        let world = &mut self.world;
        let done = match command {
            Command::Grab { body_id, point } => {
                // Larger numbers are no identifiers either.
                let body = BodyId::from_number(u32::try_from(body_id).unwrap_or(u32::MAX));
                world
                    .world
                    .grab(body, point)
                    .map_err(|error| error.to_string())
            }
            Command::Move(to) => world.world.move_hand(to).map_err(|error| error.to_string()),
            Command::Release => {
                world.world.release();
                Ok(())
            }
            Command::Spawn(objects) => world
                .spawn(objects)
                .map(|metadata| self.outbox.push(Outgoing::Message(metadata)))
                .map_err(|error| error.to_string()),
        };
        if let Err(error) = done {
            let message = message::error(&error);
            self.outbox.push(Outgoing::Message(message));
        }
    }
}
