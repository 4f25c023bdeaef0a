//! Activity and speed of the simulation, as text.

use std::collections::VecDeque;

use bevy::prelude::*;

use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::SimulationEvent;
use mlipview_core::packing::PackingState;
use mlipview_core::sim::{Activity, Event, Frame, Task};

/// Averaging time of the rates, s.
const WINDOW: f64 = 1.5;

/// How the last run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// Converged.
    Converged {
        /// Number of steps.
        steps: u64,
    },
    /// Stopped by request, or after the requested number of steps.
    Stopped {
        /// Number of steps.
        steps: u64,
    },
    /// Could not continue.
    Interrupted {
        /// Why, and what to do next.
        reason: String,
    },
}

/// Observed progress of the simulation.
#[derive(Resource, Default)]
pub struct Progress {
    /// How the last run ended; `None` before the first, and after an edit.
    pub ending: Option<Ending>,
    /// Why there are no forces, if the simulation has reported it.
    pub unevaluated: Option<String>,
    /// Time (s) and step of recent rendered frames.
    recent_frames: VecDeque<(f64, u64)>,
}

impl Progress {
    /// Updates from an event.
    pub fn on_event(&mut self, event: &Event) {
        match event {
            Event::Started { .. } => {
                self.ending = None;
                self.recent_frames.clear();
            }
            Event::Edited { .. } => self.ending = None,
            Event::Converged { steps, .. } => {
                self.ending = Some(Ending::Converged { steps: *steps });
            }
            // Zero steps: there was no run to stop.
            Event::Stopped { steps } if *steps > 0 => {
                self.ending = Some(Ending::Stopped { steps: *steps });
            }
            Event::Interrupted { reason } => {
                let reason = reason.clone();
                self.ending = Some(Ending::Interrupted { reason });
            }
            Event::Unevaluated { reason } => self.unevaluated = Some(reason.clone()),
            Event::PotentialChanged { .. } => self.unevaluated = None,
            _ => {}
        }
    }

    /// Updates from a rendered frame; time in seconds.
    pub fn on_frame(&mut self, now: f64, frame: &Frame) {
        if frame.evaluation.is_some() {
            self.unevaluated = None;
        }
        // An earlier frame is continued from: the rate starts anew.
        if self
            .recent_frames
            .back()
            .is_some_and(|(_, step)| *step > frame.step)
        {
            self.recent_frames.clear();
        }
        self.recent_frames.push_back((now, frame.step));
        while self.recent_frames.len() > 2
            && self
                .recent_frames
                .front()
                .is_some_and(|(then, _)| now - then > WINDOW)
        {
            self.recent_frames.pop_front();
        }
    }

    /// Steps per second; `None` before two frames.
    pub fn step_rate(&self) -> Option<f64> {
        let ((first, before), (last, after)) =
            (self.recent_frames.front()?, self.recent_frames.back()?);
        (last > first).then(|| (after - before) as f64 / (last - first))
    }

    /// Rendered frames per second; `None` before two frames.
    pub fn frame_rate(&self) -> Option<f64> {
        let ((first, _), (last, _)) = (self.recent_frames.front()?, self.recent_frames.back()?);
        (last > first).then(|| (self.recent_frames.len() - 1) as f64 / (last - first))
    }

    /// Describes the activity, without a full stop.
    pub fn in_words(&self, frame: &Frame) -> String {
        match &frame.activity {
            Activity::Playback => playback(frame).to_owned(),
            Activity::Running(task) => self.running(task, frame),
            Activity::Packing(state) => packing(state),
            Activity::Following(status) => status.sentence.to_string(),
            Activity::Idle => self.idle(frame),
        }
    }

    fn running(&self, task: &Task, frame: &Frame) -> String {
        let rate = match self.step_rate() {
            Some(rate) if rate >= 10.0 => format!("{rate:.0} steps/s"),
            Some(rate) => format!("{rate:.1} steps/s"),
            None => "starting".to_owned(),
        };
        match (task, frame.max_force()) {
            (Task::Dynamics(_), _) => format!("running dynamics: {rate}"),
            (Task::Relaxation(_), Some(force)) => {
                format!("relaxing: {rate}, max force {force:.3} eV/Å")
            }
            (Task::Relaxation(_), None) => format!("relaxing: {rate}"),
        }
    }

    fn idle(&self, frame: &Frame) -> String {
        if frame.positions.is_empty() {
            return "no atoms: open a file or a built-in structure".to_owned();
        }
        match (&self.ending, &self.unevaluated) {
            (Some(Ending::Interrupted { reason }), _) => format!("stopped because {reason}"),
            (_, Some(reason)) => format!("no forces: {reason}"),
            (_, None) if frame.evaluation.is_none() => "no forces: select a potential".to_owned(),
            (Some(Ending::Converged { steps }), _) => format!("converged after {steps} steps"),
            (Some(Ending::Stopped { steps }), _) => format!("stopped after {steps} steps"),
            (None, _) => "idle".to_owned(),
        }
    }
}

/// Progress of a packing, with the steps that are left.
pub(super) fn packing(state: &PackingState) -> String {
    let overlaps = state.overlaps + state.outside;
    let left = match state.steps_left {
        Some(steps) => format!("about {steps} steps left"),
        None => "reach in and stir".to_owned(),
    };
    match overlaps {
        0 => "packed: let go to continue".to_owned(),
        _ => format!(
            "packing: {:.0} %, {overlaps} overlaps, {left}",
            100.0 * state.part
        ),
    }
}

fn playback(frame: &Frame) -> &'static str {
    match frame.playback.and_then(|playback| playback.play) {
        Some(play) if play.rate < 0.0 => "playing backward; the simulation waits",
        Some(_) => "playing; the simulation waits",
        None => "showing a recorded frame; the simulation waits",
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Progress>().add_systems(
        Update,
        follow
            .in_set(ViewerSystems::Receive)
            .after(crate::scene::displayed::receive),
    );
}

fn follow(
    mut events: MessageReader<SimulationEvent>,
    scene: Res<Scene>,
    time: Res<Time<Real>>,
    mut progress: ResMut<Progress>,
) {
    for SimulationEvent(event) in events.read() {
        progress.on_event(event);
    }
    progress.on_frame(time.elapsed_secs_f64(), &scene.frame);
}
