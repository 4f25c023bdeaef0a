//! Cost of recording: step rate with and without a recorder, and bytes per atom and frame.
//!
//! `cargo bench --bench recording` runs liquid argon by the Lennard-Jones potential. Every step is recorded:
//! this is the highest cost that a recording can have. The time of the writer is that of its own thread: the
//! steps lose it only while the potential keeps all cores busy.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::io::{self, Write};
use std::path::Path;
use std::time::{Instant, SystemTime};

use mlipview_core::chem::{Structure, library};
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::task::{DynamicsSettings, Thermostat};
use mlipview_core::sim::{Command, Engine, FrameSink};
use mlipview_recording::{
    Recorder, RecordingOptions, RecordingOutput, RecordingStatus, RecordingWriter,
};

/// Steps of one measurement.
const STEPS: u32 = 1000;

/// Pairs of measurements, with and without recorder.
const REPEATS: usize = 5;

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

/// Output that keeps nothing.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl RecordingOutput for Nowhere {
    fn truncate(&mut self, _length: u64) -> io::Result<()> {
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Time of the writer per frame given to it, µs: the minimum of several.
fn writer_time(engine: &mut Engine, options: RecordingOptions) -> f64 {
    const FRAMES: usize = 400;
    let frames: Vec<_> = (0..FRAMES).map(|_| engine.step().unwrap()).collect();
    let times = (0..REPEATS).map(|_| {
        let output = Box::new(Nowhere);
        let mut writer = RecordingWriter::start(output, Path::new("nowhere"), options).unwrap();
        let start = Instant::now();
        for frame in &frames {
            writer.frame(frame, SystemTime::now()).unwrap();
        }
        writer.finish().unwrap();
        start.elapsed().as_secs_f64() * 1e6 / FRAMES as f64
    });
    times.fold(f64::INFINITY, f64::min)
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
        "{:>30}{:>8}{:>12}{:>12}{:>8}{:>12}{:>14}{:>10}",
        "recorded",
        "atoms",
        "steps/s",
        "recorded/s",
        "cost/%",
        "writer/µs",
        "B/atom/frame",
        "left out"
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
        let writer = writer_time(&mut engine, options);
        println!(
            "{name:>30}{atoms:>8}{without:>12.0}{with:>12.0}{cost:>8.1}{writer:>12.1}{bytes:>14.2}{left_out:>10}"
        );
    }
}
