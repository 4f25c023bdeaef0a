//! Samples of a run for plots and tables: energies, temperature, forces, pressure.

use std::sync::Arc;

use bevy::prelude::*;

use super::run::RunKind;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::SimulationEvent;
use mlipview_core::chem::units;
use mlipview_core::sim::{Activity, Event, Frame};

/// Maximum number of samples; when full, every second one is dropped and the stride doubles.
pub const CAPACITY: usize = 4096;

/// Sample of one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Number of the frame.
    pub number: u64,
    /// Steps taken.
    pub step: u64,
    /// Simulated time, ps.
    pub time: f64,
    /// Potential energy, eV; NaN if unknown.
    pub potential: f64,
    /// Kinetic energy, eV.
    pub kinetic: f64,
    /// Temperature, K.
    pub temperature: f64,
    /// Maximum force on an atom, eV/Å; NaN if unknown.
    pub max_force: f64,
    /// Pressure, GPa; NaN if unknown.
    pub pressure: f64,
}

impl Sample {
    /// The sample of a frame.
    pub fn of(frame: &Frame) -> Sample {
        let pressure = frame.pressure().unwrap_or(f64::NAN);
        Sample {
            number: frame.number,
            step: frame.step,
            time: frame.time * 1e-3,
            potential: frame.potential_energy().unwrap_or(f64::NAN),
            kinetic: frame.known_kinetic_energy().unwrap_or(f64::NAN),
            temperature: frame.known_temperature().unwrap_or(f64::NAN),
            max_force: frame.max_force().unwrap_or(f64::NAN),
            pressure: pressure * units::EV_PER_ANGSTROM3_IN_GPA,
        }
    }

    /// Total energy, eV.
    pub fn total(&self) -> f64 {
        self.potential + self.kinetic
    }
}

/// Samples of consecutive runs of one kind: at most [`CAPACITY`], evenly spaced, and the newest.
#[derive(Resource)]
pub struct History {
    kind: RunKind,
    samples: Vec<Sample>,
    /// The newest sample, kept or not.
    newest: Option<Sample>,
    stride: u64,
    pushed: u64,
    version: u64,
}

impl Default for History {
    fn default() -> History {
        History {
            kind: RunKind::default(),
            samples: Vec::new(),
            newest: None,
            stride: 1,
            pushed: 0,
            version: 0,
        }
    }
}

impl History {
    /// Clears it for a run of this kind.
    pub fn begin(&mut self, kind: RunKind) {
        *self = History {
            kind,
            version: self.version + 1,
            ..History::default()
        };
    }

    /// Kind of the run.
    pub fn kind(&self) -> RunKind {
        self.kind
    }

    /// Adds a sample. If it continues from an earlier frame, later samples are removed.
    pub fn push(&mut self, sample: Sample) {
        self.version += 1;
        if self.newest.is_some_and(|newest| newest.step > sample.step) {
            self.samples.retain(|kept| kept.step < sample.step);
        }
        if self.pushed.is_multiple_of(self.stride) {
            if self.samples.len() == CAPACITY {
                let mut index = 0;
                self.samples.retain(|_| {
                    index += 1;
                    index % 2 == 1
                });
                self.stride *= 2;
            }
            if self.pushed.is_multiple_of(self.stride) {
                self.samples.push(sample);
            }
        }
        self.pushed += 1;
        self.newest = Some(sample);
    }

    /// Samples, oldest first, up to the newest frame.
    pub fn samples(&self) -> impl Iterator<Item = &Sample> {
        let last = self.samples.last().map(|sample| sample.number);
        let newest = self
            .newest
            .as_ref()
            .filter(|newest| Some(newest.number) != last);
        self.samples.iter().chain(newest)
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.newest.is_none()
    }

    /// Number of frames between two samples.
    pub fn stride(&self) -> u64 {
        self.stride
    }

    /// Increases with every change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Comma-separated values with a header that has units; unknown values are empty.
    pub fn table(&self) -> String {
        let mut table = String::from(
            "frame,step,time/ps,potential/eV,kinetic/eV,total/eV,temperature/K,max_force/(eV/Å),\
             pressure/GPa\n",
        );
        for sample in self.samples() {
            let numbers = [
                sample.time,
                sample.potential,
                sample.kinetic,
                sample.total(),
                sample.temperature,
                sample.max_force,
                sample.pressure,
            ];
            table.push_str(&format!("{},{}", sample.number, sample.step));
            for number in numbers {
                table.push(',');
                if number.is_finite() {
                    table.push_str(&number.to_string());
                }
            }
            table.push('\n');
        }
        table
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<History>().add_systems(
        Update,
        follow
            .in_set(ViewerSystems::Receive)
            .after(crate::scene::displayed::receive),
    );
}

/// Samples the frames of a run and its last one. Clears the history for another kind of run or
/// other atoms. A short relaxation may end before any of its frames is seen, so the state before it
/// is the first sample.
fn follow(
    mut events: MessageReader<SimulationEvent>,
    scene: Res<Scene>,
    mut history: ResMut<History>,
    mut seen: Local<Option<Arc<Frame>>>,
) {
    let frame = &scene.frame;
    for SimulationEvent(event) in events.read() {
        if let Event::Started { task } = event {
            let kind = RunKind::from_name(task);
            if kind != history.kind() {
                history.begin(kind);
            }
            let before = seen.as_ref().filter(|seen| seen.evaluation.is_some());
            if let (RunKind::Relaxation, true, Some(before)) = (kind, history.is_empty(), before) {
                history.push(Sample::of(before));
            }
        }
    }
    if seen
        .as_ref()
        .is_some_and(|seen| seen.number == frame.number)
    {
        return;
    }
    let others = |seen: &Arc<Frame>| {
        !Arc::ptr_eq(&seen.identity, &frame.identity)
            && seen.identity.elements() != frame.identity.elements()
    };
    if seen.as_ref().is_some_and(others) {
        let kind = history.kind();
        history.begin(kind);
    }
    *seen = Some(Arc::clone(frame));
    let moved = history
        .newest
        .is_some_and(|newest| newest.step != frame.step);
    match frame.activity {
        Activity::Running(_) => history.push(Sample::of(frame)),
        Activity::Idle | Activity::Following(_) if moved => history.push(Sample::of(frame)),
        _ => {}
    }
}
