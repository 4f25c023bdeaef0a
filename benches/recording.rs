//! Cost of recording: step rate with and without a recorder, and bytes per atom and frame.
//!
//! `cargo bench --bench recording` runs liquid argon by the Lennard-Jones potential. Every step is recorded:
//! this is the highest cost that a recording can have.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::time::Instant;

use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::task::{DynamicsSettings, Thermostat};
use mlipview_core::sim::{Command, Engine, FrameSink};
use mlipview_recording::{Recorder, RecordingOptions, RecordingStatus};

/// Steps of one measurement.
const STEPS: u32 = 1500;

/// Pairs of measurements, with and without recorder.
const REPEATS: usize = 9;

/// Liquid argon of 1080 atoms.
fn argon() -> Structure {
    let liquid = library::find("argon-liquid").unwrap();
    liquid.structure().unwrap().repeat([5, 2, 1]).unwrap()
}

fn engine() -> Engine {
    let potential = Box::new(LennardJones::noble_gases());
    let mut engine = Engine::new(argon(), Some(potential), 0);
    let settings = DynamicsSettings {
        thermostat: Thermostat::Bussi,
        temperature: 90.0,
        timestep: 2.0,
        ..DynamicsSettings::default()
    };
    engine.apply(1, Command::Run(settings.task()));
    (0..200).for_each(|_| drop(engine.step()));
    engine
}

/// Steps per second.
fn rate(engine: &mut Engine, mut sink: Option<&mut Box<dyn FrameSink>>) -> f64 {
    let start = Instant::now();
    for _ in 0..STEPS {
        let frame = engine.step().unwrap();
        if let Some(sink) = &mut sink {
            sink.frame(&frame);
        }
    }
    f64::from(STEPS) / start.elapsed().as_secs_f64()
}

/// Steps per second with a recorder.
fn recorded_rate(engine: &mut Engine, options: RecordingOptions) -> (f64, RecordingStatus) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let (mut sink, handle) = Recorder::start(&path, options).unwrap();
    let rate = rate(engine, Some(&mut sink));
    (rate, handle.stop().unwrap())
}

fn main() {
    let base = RecordingOptions::default();
    let detailed = RecordingOptions {
        velocities: true,
        forces: true,
        ..base
    };
    let tenth = RecordingOptions { every: 10, ..base };
    let third = RecordingOptions {
        compression_level: 3,
        ..base
    };
    let cases = [
        ("positions", base),
        ("positions, zstd 3", third),
        ("positions, velocities, forces", detailed),
        ("positions of every 10th step", tenth),
    ];
    println!(
        "{:>30}{:>8}{:>14}{:>14}{:>8}{:>16}{:>10}",
        "recorded", "atoms", "steps/s", "recorded/s", "cost/%", "B/atom/frame", "left out"
    );
    for (name, options) in cases {
        let mut engine = engine();
        let atoms = engine.frame().positions.len();
        let (mut without, mut with) = (0f64, 0f64);
        let mut status = RecordingStatus::default();
        // The highest rate of each, alternately: other programs only slow down.
        for _ in 0..REPEATS {
            without = without.max(rate(&mut engine, None));
            let (rate, last) = recorded_rate(&mut engine, options);
            with = with.max(rate);
            status = last;
        }
        let bytes = status.bytes as f64 / (status.frames as f64 * atoms as f64);
        let cost = 100.0 * (1.0 - with / without);
        let left_out = status.left_out;
        println!(
            "{name:>30}{atoms:>8}{without:>14.0}{with:>14.0}{cost:>8.1}{bytes:>16.2}{left_out:>10}"
        );
    }
}
