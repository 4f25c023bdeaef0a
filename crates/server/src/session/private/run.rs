//! A run as the client sees it: it goes on after its relaxation has converged.

use std::sync::Arc;
use std::time::Duration;

use super::flow::Flow;
use crate::session::message::Start;
use mlipview_core::sim::frame::{Activity, Frame};
use mlipview_core::sim::{Command, Task};

/// A run as the client sees it.
#[derive(Clone, Debug)]
pub(super) struct Run {
    task: Task,
    /// Frames that are still to be sent; `None`: until STOP.
    remaining: Option<u64>,
    stop_when_converged: bool,
    phase: Phase,
    /// Whether the client knows that the relaxation has converged.
    announced: bool,
    flow: Flow,
}

/// Where a run stands.
#[derive(Clone, Debug)]
enum Phase {
    /// The engine takes steps.
    Moving,
    /// The engine's relaxation has converged. The frame is sent again and again, \[28\] once it is there:
    /// a start on a converged structure takes no step.
    Converged(Option<Arc<Frame>>),
    /// It had converged, and has to be started again: something has changed.
    Changed,
}

/// What a run does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The engine takes a step, or shows what is there.
    Step,
    /// The engine's relaxation is started again.
    Restart,
    /// The converged structure is sent again.
    Repeat,
}

impl Run {
    /// A run that starts after the message of number `seq`.
    pub(super) fn new(task: Task, start: &Start, seq: u64) -> Run {
        Run {
            task,
            remaining: (start.steps > 0).then_some(start.steps),
            stop_when_converged: start.stop_when_converged,
            phase: Phase::Moving,
            announced: false,
            flow: Flow::after(seq),
        }
    }

    /// The same in place of a run whose stream goes on.
    pub(super) fn replacing(mut self, before: Option<&Run>) -> Run {
        if let Some(before) = before {
            self.flow = before.flow.clone();
        }
        self
    }

    /// The command that has the engine do it.
    pub(super) fn command(&self) -> Command {
        let task = self.task.clone();
        match self.remaining {
            None => Command::Run(task),
            Some(steps) => Command::Steps(task, steps),
        }
    }

    pub(super) fn next(&self) -> Next {
        match &self.phase {
            Phase::Moving | Phase::Converged(None) => Next::Step,
            Phase::Converged(Some(_)) => Next::Repeat,
            Phase::Changed => Next::Restart,
        }
    }

    /// When that is due, if a converged structure is sent once per interval.
    pub(super) fn due(&self, interval: Duration) -> Duration {
        let due = self.flow.next_step();
        match self.next() {
            Next::Repeat => due.max(self.flow.last_frame() + interval),
            Next::Step | Next::Restart => due,
        }
    }

    pub(super) fn on_ack(&mut self, ack: u64, seq: u64, now: Duration) {
        self.flow.on_ack(ack, seq, now);
    }

    /// The frame of the engine as one of this run, if it is to be sent: the frame of a step, or the first
    /// of a converged structure. Edits and starts make frames too, which are not. \[25, 26\]
    pub(super) fn frame_to_send(
        &mut self,
        frame: &Arc<Frame>,
        step_before: u64,
    ) -> Option<Arc<Frame>> {
        match &mut self.phase {
            Phase::Converged(repeated) => {
                let frame = running(frame, &self.task);
                *repeated = Some(Arc::clone(&frame));
                Some(frame)
            }
            Phase::Moving | Phase::Changed => {
                (frame.step > step_before).then(|| running(frame, &self.task))
            }
        }
    }

    /// The engine has been asked to start it again.
    pub(super) fn on_restart(&mut self) {
        self.phase = Phase::Moving;
    }

    /// The converged structure.
    pub(super) fn repeated(&self) -> Option<Arc<Frame>> {
        match &self.phase {
            Phase::Converged(frame) => frame.clone(),
            Phase::Moving | Phase::Changed => None,
        }
    }

    pub(super) fn on_frame_sent(&mut self, seq: u64, now: Duration) {
        self.flow.on_frame(seq, now);
        self.remaining = self.remaining.map(|frames| frames.saturating_sub(1));
    }

    /// The engine's relaxation has converged, with this frame of its last step if it took one.
    pub(super) fn on_converged(&mut self, last: Option<&Arc<Frame>>) {
        self.phase = Phase::Converged(last.map(|frame| running(frame, &self.task)));
    }

    /// Something has changed that the engine's run would have taken in.
    pub(super) fn on_change(&mut self) {
        if let Phase::Converged(_) = self.phase {
            self.phase = Phase::Changed;
            self.announced = false;
        }
    }

    /// Whether the client is to be told now that the relaxation has converged: once, after the first
    /// frame.
    pub(super) fn announces_convergence(&mut self) -> bool {
        let now = !self.announced && self.next() == Next::Repeat;
        self.announced |= now;
        now
    }

    /// Whether convergence ends it.
    pub(super) fn stops_when_converged(&self) -> bool {
        self.stop_when_converged
    }

    /// Whether it has converged and all frames that were asked for are sent. (While the engine takes
    /// steps, it counts them itself.)
    pub(super) fn is_complete(&self) -> bool {
        self.next() == Next::Repeat && self.remaining == Some(0)
    }
}

/// A frame as one of a run: with the last step of its run, the engine is idle already.
fn running(frame: &Arc<Frame>, task: &Task) -> Arc<Frame> {
    match frame.activity {
        Activity::Idle => Arc::new(Frame {
            activity: Activity::Running(task.clone()),
            ..Frame::clone(frame)
        }),
        Activity::Running(_) | Activity::Playback => Arc::clone(frame),
    }
}
