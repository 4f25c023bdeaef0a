//! The run whose curves are plotted.

use crate::app::curves::{PlottedQuantity, TimeAxis};
use crate::app::history::{History, Sample};
use crate::app::run::{RunKind, RunSettings, Thermostat};
use mlipview_core::sim::{Activity, Frame};

/// The displayed sample: of a past frame during playback, or the newest of the run.
pub(super) fn current(history: &History, frame: &Frame) -> Sample {
    let newest = history.samples().last();
    match (&frame.activity, newest) {
        (Activity::Playback, _) | (_, None) => Sample::of(frame),
        (_, Some(newest)) => *newest,
    }
}

/// The run whose curves are plotted.
pub(super) struct PlottedRun<'a> {
    pub(super) history: &'a History,
    pub(super) time_axis: TimeAxis,
    /// Potential energy at the start, eV.
    pub(super) start: f64,
    /// The displayed sample.
    pub(super) current: Sample,
    /// Temperature of the thermostat, K.
    pub(super) target: Option<f64>,
    /// Convergence threshold of a relaxation, eV/Å.
    pub(super) fmax: Option<f64>,
}

impl<'a> PlottedRun<'a> {
    pub(super) fn of(
        history: &'a History,
        current: Sample,
        settings: &RunSettings,
    ) -> PlottedRun<'a> {
        let kind = history.kind();
        let mut times = history.samples().map(|sample| sample.time);
        let first = times.next().unwrap_or(0.0);
        let duration = times.last().unwrap_or(first) - first;
        let energies = history.samples().map(|sample| sample.potential);
        let start = energies.into_iter().find(|energy| energy.is_finite());
        let heats = settings.thermostat != Thermostat::None;
        PlottedRun {
            history,
            time_axis: TimeAxis::of(kind, duration),
            start: start.unwrap_or(0.0),
            current,
            target: (kind == RunKind::Dynamics && heats).then_some(settings.temperature),
            fmax: (kind == RunKind::Relaxation).then_some(settings.fmax),
        }
    }

    /// Whether any value of a quantity is known.
    pub(super) fn has(&self, quantity: PlottedQuantity) -> bool {
        let curves = quantity.curves(self.history.kind());
        let mut samples = self.history.samples();
        let is_known = |sample: &Sample| {
            let mut curves = curves.iter();
            curves.any(|curve| curve.value(sample, self.start).is_finite())
        };
        samples.any(is_known)
    }

    /// The sample nearest to a position on the horizontal axis.
    pub(super) fn nearest(&self, position: f64) -> Option<&Sample> {
        let distance = |sample: &Sample| (self.time_axis.position(sample) - position).abs();
        let samples = self.history.samples();
        samples.min_by(|one, other| distance(one).total_cmp(&distance(other)))
    }

    /// Energy at the start and its change, as text.
    pub(super) fn energy(&self) -> String {
        let drop = self.start - self.current.potential;
        match self.history.kind() {
            RunKind::Relaxation if drop.is_finite() => format!(
                "{:.4} eV, {} {} the start",
                self.current.potential,
                energy(drop.abs()),
                if drop >= 0.0 { "below" } else { "above" }
            ),
            _ => format!("Start: {:.4} eV", self.start),
        }
    }
}

/// An energy with as many digits as needed.
fn energy(value: f64) -> String {
    if value.abs() < 0.1 {
        format!("{:.2} meV", value * 1e3)
    } else {
        format!("{value:.4} eV")
    }
}
