//! A run as the client sees it, which continues after its relaxation has converged.

use std::sync::Arc;
use std::time::Duration;

use super::flow_control::FlowControl;
use crate::session::message::Start;
use mlipview_core::sim::frame::{Activity, Frame};
use mlipview_core::sim::{Command, Task};

/// A run as the client sees it.
#[derive(Clone, Debug)]
pub(super) struct ClientRun {
    task: Task,
    /// Frames that remain to be sent; `None` for a run until STOP.
    remaining: Option<u64>,
    stop_when_converged: bool,
    phase: RunPhase,
    /// Whether the convergence was reported.
    announced: bool,
    flow: FlowControl,
}

/// Phase of a run.
#[derive(Clone, Debug)]
enum RunPhase {
    /// The engine takes steps.
    Moving,
    /// The engine's relaxation has converged, and its frame is sent repeatedly. \[28\] The frame is absent
    /// at first if the start took no step, because the structure had converged before.
    Converged(Option<Arc<Frame>>),
    /// The converged structure was changed, so that the relaxation must be restarted.
    Changed,
}

/// The next action of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunAction {
    /// The engine takes a step, or shows its structure.
    Step,
    /// The engine's relaxation is restarted.
    Restart,
    /// The converged structure is sent again.
    Repeat,
}

impl ClientRun {
    /// A run that starts after the message of number `seq`.
    pub(super) fn new(task: Task, start: &Start, seq: u64) -> ClientRun {
        ClientRun {
            task,
            remaining: (start.steps > 0).then_some(start.steps),
            stop_when_converged: start.stop_when_converged,
            phase: RunPhase::Moving,
            announced: false,
            flow: FlowControl::after(seq),
        }
    }

    /// Continues the stream of the run that this one replaces.
    pub(super) fn replacing(mut self, previous: Option<&ClientRun>) -> ClientRun {
        if let Some(previous) = previous {
            self.flow = previous.flow.clone();
        }
        self
    }

    /// The engine's command for this run.
    pub(super) fn command(&self) -> Command {
        let task = self.task.clone();
        match self.remaining {
            None => Command::Run(task),
            Some(steps) => Command::Steps(task, steps),
        }
    }

    pub(super) fn next(&self) -> RunAction {
        match &self.phase {
            RunPhase::Moving | RunPhase::Converged(None) => RunAction::Step,
            RunPhase::Converged(Some(_)) => RunAction::Repeat,
            RunPhase::Changed => RunAction::Restart,
        }
    }

    /// Time of the next action, where `interval` is between two frames of a converged structure.
    pub(super) fn due(&self, interval: Duration) -> Duration {
        let due = self.flow.next_step();
        match self.next() {
            RunAction::Repeat => due.max(self.flow.last_frame() + interval),
            RunAction::Step | RunAction::Restart => due,
        }
    }

    pub(super) fn on_ack(&mut self, ack: u64, seq: u64, now: Duration) {
        self.flow.on_ack(ack, seq, now);
    }

    /// The frame of this run for a frame of the engine, if the client is to receive it: that of a step, or
    /// the first of a converged structure, but not those of edits and starts. \[25, 26\]
    pub(super) fn frame_to_send(
        &mut self,
        frame: &Arc<Frame>,
        last_step: u64,
    ) -> Option<Arc<Frame>> {
        match &mut self.phase {
            RunPhase::Converged(repeated) => {
                let frame = running(frame, &self.task);
                *repeated = Some(Arc::clone(&frame));
                Some(frame)
            }
            RunPhase::Moving | RunPhase::Changed => {
                (frame.step > last_step).then(|| running(frame, &self.task))
            }
        }
    }

    /// The engine was told to restart.
    pub(super) fn on_restart(&mut self) {
        self.phase = RunPhase::Moving;
    }

    /// The converged structure.
    pub(super) fn repeated(&self) -> Option<Arc<Frame>> {
        match &self.phase {
            RunPhase::Converged(frame) => frame.clone(),
            RunPhase::Moving | RunPhase::Changed => None,
        }
    }

    pub(super) fn on_frame_sent(&mut self, seq: u64, now: Duration) {
        self.flow.on_frame(seq, now);
        self.remaining = self.remaining.map(|frames| frames.saturating_sub(1));
    }

    /// The engine's relaxation has converged, with the frame of its last step if it took one.
    pub(super) fn on_converged(&mut self, last: Option<&Arc<Frame>>) {
        self.phase = RunPhase::Converged(last.map(|frame| running(frame, &self.task)));
    }

    /// The structure was changed.
    pub(super) fn on_change(&mut self) {
        if let RunPhase::Converged(_) = self.phase {
            self.phase = RunPhase::Changed;
            self.announced = false;
        }
    }

    /// Whether the convergence must be reported now: once, after the first frame.
    pub(super) fn announces_convergence(&mut self) -> bool {
        let due = !self.announced && self.next() == RunAction::Repeat;
        self.announced |= due;
        due
    }

    /// Whether the run ends at convergence.
    pub(super) fn stops_when_converged(&self) -> bool {
        self.stop_when_converged
    }

    /// Whether the run has converged and sent all its frames. (The engine itself counts its steps.)
    pub(super) fn is_complete(&self) -> bool {
        self.next() == RunAction::Repeat && self.remaining == Some(0)
    }
}

/// A frame with the activity of a run: the engine is idle after its last step.
fn running(frame: &Arc<Frame>, task: &Task) -> Arc<Frame> {
    match frame.activity {
        Activity::Idle => Arc::new(Frame {
            activity: Activity::Running(task.clone()),
            ..Frame::clone(frame)
        }),
        Activity::Running(_)
        | Activity::Packing(_)
        | Activity::Following(_)
        | Activity::Playback => Arc::clone(frame),
    }
}
