//! Energies, temperature, forces and pressure over a run, for curves and tables.

use std::sync::Arc;

use bevy::prelude::*;

use super::run::Kind;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::News;
use mlipview_core::chem::units;
use mlipview_core::sim::{Activity, Event, Frame};

/// How many samples are kept; when they are too many, every second one is left out, and from then on
/// every second frame.
pub const CAPACITY: usize = 4096;

/// What one frame says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The number of the frame.
    pub number: u64,
    /// Steps taken.
    pub step: u64,
    /// Simulated time, ps.
    pub time: f64,
    /// Potential energy, eV; NaN where there is none.
    pub potential: f64,
    /// Kinetic energy, eV.
    pub kinetic: f64,
    /// Temperature, K.
    pub temperature: f64,
    /// Greatest force on an atom, eV/Å; NaN where there is none.
    pub max_force: f64,
    /// Pressure, GPa; NaN where there is none.
    pub pressure: f64,
}

impl Sample {
    /// What a frame says.
    pub fn of(frame: &Frame) -> Sample {
        let evaluation = frame.evaluation.as_ref();
        let pressure = frame.pressure().unwrap_or(f64::NAN);
        Sample {
            number: frame.number,
            step: frame.step,
            time: frame.time * 1e-3,
            potential: evaluation.map_or(f64::NAN, |evaluation| evaluation.energy),
            kinetic: frame.kinetic_energy,
            temperature: frame.temperature,
            max_force: frame.max_force().unwrap_or(f64::NAN),
            pressure: pressure * units::EV_PER_ANGSTROM3_IN_GPA,
        }
    }

    /// Potential and kinetic energy together, eV.
    pub fn total(&self) -> f64 {
        self.potential + self.kinetic
    }
}

/// The samples of a run, and of those of its kind before it: at most [`CAPACITY`] of the frames that the window has
/// seen, evenly thinned, and the newest.
#[derive(Resource)]
pub struct History {
    kind: Kind,
    samples: Vec<Sample>,
    /// The newest, whether or not it is among the kept.
    newest: Option<Sample>,
    stride: u64,
    offered: u64,
    version: u64,
}

impl Default for History {
    fn default() -> History {
        History {
            kind: Kind::default(),
            samples: Vec::new(),
            newest: None,
            stride: 1,
            offered: 0,
            version: 0,
        }
    }
}

impl History {
    /// Begins anew, with a run of this kind.
    pub fn begin(&mut self, kind: Kind) {
        *self = History {
            kind,
            version: self.version + 1,
            ..History::default()
        };
    }

    /// What kind of run it is, and so whether time or steps pass.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Takes note of a frame. One from the past, gone on from, ends what was remembered after it.
    pub fn offer(&mut self, sample: Sample) {
        self.version += 1;
        if self.newest.is_some_and(|newest| newest.step > sample.step) {
            self.samples.retain(|kept| kept.step < sample.step);
        }
        if self.offered.is_multiple_of(self.stride) {
            if self.samples.len() == CAPACITY {
                let mut index = 0;
                self.samples.retain(|_| {
                    index += 1;
                    index % 2 == 1
                });
                self.stride *= 2;
            }
            if self.offered.is_multiple_of(self.stride) {
                self.samples.push(sample);
            }
        }
        self.offered += 1;
        self.newest = Some(sample);
    }

    /// The samples, oldest first; the last is of the newest frame.
    pub fn samples(&self) -> impl Iterator<Item = &Sample> {
        let last = self.samples.last().map(|sample| sample.number);
        let newest = self
            .newest
            .as_ref()
            .filter(|newest| Some(newest.number) != last);
        self.samples.iter().chain(newest)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.newest.is_none()
    }

    /// How many frames lie between two samples.
    pub fn stride(&self) -> u64 {
        self.stride
    }

    /// Rises whenever something changes.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// A table with a line for each sample: comma-separated values under headings with units. What
    /// is not known is left empty.
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

/// Frames of a run are taken note of, and the one in which it ended. A run of another kind begins
/// anew, and so do other atoms. Relaxations may be over before a frame of theirs is seen: what was
/// there before is their first sample.
fn follow(
    mut news: MessageReader<News>,
    scene: Res<Scene>,
    mut history: ResMut<History>,
    mut seen: Local<Option<Arc<Frame>>>,
) {
    let frame = &scene.frame;
    for News(event) in news.read() {
        if let Event::Started { task } = event {
            let kind = Kind::called(task);
            if kind != history.kind() {
                history.begin(kind);
            }
            let before = seen.as_ref().filter(|seen| seen.evaluation.is_some());
            if let (Kind::Relaxation, true, Some(before)) = (kind, history.is_empty(), before) {
                history.offer(Sample::of(before));
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
        Activity::Running(_) => history.offer(Sample::of(frame)),
        Activity::Idle if moved => history.offer(Sample::of(frame)),
        _ => {}
    }
}
