//! What the simulation is doing, in words, and how fast.

use std::collections::VecDeque;

use bevy::prelude::*;

use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::News;
use mlipview_core::sim::{Activity, Event, Frame, Task};

/// Over how long the rates are taken, seconds.
const WINDOW: f64 = 1.5;

/// How the last run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// Its criteria were met.
    Converged {
        /// After so many steps.
        steps: u64,
    },
    /// It was asked to, or had taken the steps asked for.
    Stopped {
        /// After so many steps.
        steps: u64,
    },
    /// It could not go on.
    Interrupted {
        /// Why, and what to do next.
        reason: String,
    },
}

/// What was seen of the simulation's progress.
#[derive(Resource, Default)]
pub struct Progress {
    /// How the last run ended; `None` before the first, and after an edit.
    pub ending: Option<Ending>,
    /// Why there are no forces, where the simulation has said so.
    pub unevaluated: Option<String>,
    /// Time (s) and steps at recent frames of the window.
    seen: VecDeque<(f64, u64)>,
}

impl Progress {
    /// Takes note of news.
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::Started { .. } => {
                self.ending = None;
                self.seen.clear();
            }
            Event::Edited { .. } => self.ending = None,
            Event::Converged { steps, .. } => {
                self.ending = Some(Ending::Converged { steps: *steps });
            }
            // Zero: there was no run to stop.
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

    /// Takes note of a rendered frame at a time, seconds.
    pub fn see(&mut self, now: f64, frame: &Frame) {
        if frame.evaluation.is_some() {
            self.unevaluated = None;
        }
        // Back in time, as when a remembered frame is gone on from: steps are counted anew.
        if self.seen.back().is_some_and(|(_, step)| *step > frame.step) {
            self.seen.clear();
        }
        self.seen.push_back((now, frame.step));
        while self.seen.len() > 2
            && self
                .seen
                .front()
                .is_some_and(|(then, _)| now - then > WINDOW)
        {
            self.seen.pop_front();
        }
    }

    /// Steps per second; `None` before two frames were seen.
    pub fn step_rate(&self) -> Option<f64> {
        let ((first, before), (last, after)) = (self.seen.front()?, self.seen.back()?);
        (last > first).then(|| (after - before) as f64 / (last - first))
    }

    /// Rendered frames per second; `None` before two were seen.
    pub fn frame_rate(&self) -> Option<f64> {
        let ((first, _), (last, _)) = (self.seen.front()?, self.seen.back()?);
        (last > first).then(|| (self.seen.len() - 1) as f64 / (last - first))
    }

    /// What the simulation is doing, as a sentence without a full stop.
    pub fn in_words(&self, frame: &Frame) -> String {
        match &frame.activity {
            Activity::Playback => format!("showing frame {}", frame.number),
            Activity::Running(task) => self.running(task, frame),
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
            return "no atoms: open a file, or take some from the library".to_owned();
        }
        match (&self.ending, &self.unevaluated) {
            (Some(Ending::Interrupted { reason }), _) => format!("stopped because {reason}"),
            (_, Some(reason)) => format!("no forces: {reason}"),
            (_, None) if frame.evaluation.is_none() => "no forces: choose a potential".to_owned(),
            (Some(Ending::Converged { steps }), _) => format!("converged after {steps} steps"),
            (Some(Ending::Stopped { steps }), _) => format!("stopped after {steps} steps"),
            (None, _) => "idle".to_owned(),
        }
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
    mut news: MessageReader<News>,
    scene: Res<Scene>,
    time: Res<Time<Real>>,
    mut progress: ResMut<Progress>,
) {
    for News(event) in news.read() {
        progress.hear(event);
    }
    progress.see(time.elapsed_secs_f64(), &scene.frame);
}
