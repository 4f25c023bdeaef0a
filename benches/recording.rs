//! Cost of recording: step rate with and without a recorder, and bytes per atom and frame.
//!
//! `cargo bench --package mlipview-recording --bench recording` runs liquid argon by the Lennard-Jones
//! potential. Every step is recorded: this is the highest cost that a recording can have. Short blocks of steps
//! with and without recording alternate, so that other programs slow both; the cost is the median over pairs of
//! blocks, with its 95 % interval. A recorded block ends when its frames are written. The time of the writer is
//! that of its own thread: the steps lose it only while the potential keeps all cores busy.

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
    Recorder, RecordingHandle, RecordingOptions, RecordingOutput, RecordingStatus, RecordingWriter,
};

/// Steps of a block.
const STEPS: u32 = 100;

/// Pairs of blocks, with and without recording.
const PAIRS: usize = 80;

/// Measurements of the writer alone.
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

/// Steps of a simulation, with and without recording.
struct Blocks {
    engine: Engine,
    sink: Box<dyn FrameSink>,
    handle: RecordingHandle,
    every: u64,
    recorded_steps: u64,
}

impl Blocks {
    /// Time of a block without recording, s.
    fn plain(&mut self) -> f64 {
        let start = Instant::now();
        for _ in 0..STEPS {
            self.engine.step().unwrap();
        }
        start.elapsed().as_secs_f64()
    }

    /// Time of a block with recording, until all its frames are written, s.
    fn recorded(&mut self) -> f64 {
        let start = Instant::now();
        for _ in 0..STEPS {
            let frame = self.engine.step().unwrap();
            self.sink.frame(&frame);
        }
        self.recorded_steps += u64::from(STEPS);
        let expected = self.recorded_steps / self.every;
        let is_written = |status: RecordingStatus| status.frames + status.left_out >= expected;
        while !is_written(self.handle.status()) {
            let ended = self.handle.has_ended();
            assert!(!ended, "the recording ended: {:?}", self.handle.status());
            std::thread::yield_now();
        }
        start.elapsed().as_secs_f64()
    }
}

/// Cost of recording in pairs of blocks.
struct Cost {
    /// Steps per second without recording: the median.
    rate: f64,
    /// Median, and both ends of its 95 % interval, %.
    percent: [f64; 3],
    status: RecordingStatus,
}

fn cost(options: RecordingOptions) -> Cost {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let (sink, handle) = Recorder::start(&path, options).unwrap();
    let mut blocks = Blocks {
        engine: engine(),
        sink,
        handle,
        every: options.every,
        recorded_steps: 0,
    };
    let pairs = (0..PAIRS).map(|pair| {
        // Either kind comes first equally often.
        if pair % 2 == 0 {
            let plain = blocks.plain();
            [plain, blocks.recorded()]
        } else {
            let recorded = blocks.recorded();
            [blocks.plain(), recorded]
        }
    });
    let pairs: Vec<[f64; 2]> = pairs.collect();
    let sorted = |value: fn(&[f64; 2]) -> f64| {
        let mut values: Vec<f64> = pairs.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let costs = sorted(|[plain, recorded]| 100.0 * (recorded / plain - 1.0));
    let middle = PAIRS / 2;
    // The interval of the median by order statistics: ranks n/2 ± 1.96 √n / 2.
    let around = (0.98 * (PAIRS as f64).sqrt()).ceil() as usize;
    Cost {
        rate: f64::from(STEPS) / sorted(|[plain, _]| *plain)[middle],
        percent: [middle, middle - around, middle + around].map(|rank| costs[rank]),
        status: blocks.handle.stop().unwrap(),
    }
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
        "{:>30}{:>8}{:>12}{:>8}{:>16}{:>12}{:>14}{:>10}",
        "recorded",
        "atoms",
        "steps/s",
        "cost/%",
        "interval",
        "writer/µs",
        "B/atom/frame",
        "left out"
    );
    for (name, options) in cases {
        let mut engine = engine();
        let atoms = engine.frame().positions.len();
        let Cost {
            rate,
            percent: [cost, low, high],
            status,
        } = cost(options);
        let bytes = status.bytes as f64 / (status.frames as f64 * atoms as f64);
        let left_out = status.left_out;
        let writer = writer_time(&mut engine, options);
        let interval = format!("{low:.1} to {high:.1}");
        println!(
            "{name:>30}{atoms:>8}{rate:>12.0}{cost:>8.1}{interval:>16}{writer:>12.1}{bytes:>14.2}{left_out:>10}"
        );
    }
}
