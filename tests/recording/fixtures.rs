//! Simulations to record, and files that tests write and read.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::task::{DynamicsSettings, Thermostat};
use mlipview_core::sim::timeline::FrameSource;
use mlipview_core::sim::{Command, Edit, Engine, Frame};
use mlipview_recording::{Recording, RecordingOptions, RecordingWriter};

/// Options of small chunks with velocities and forces.
pub(crate) fn detailed() -> RecordingOptions {
    RecordingOptions {
        velocities: true,
        forces: true,
        ..RecordingOptions::default()
    }
}

/// Argon atoms on a cubic lattice of `side`³ sites in a periodic cell.
pub(crate) fn argon(side: usize) -> Structure {
    const SPACING: f64 = 3.8;
    let sites = (0..side.pow(3)).map(|site| {
        let site = [site / side / side, site / side % side, site % side];
        SPACING * DVec3::from_array(site.map(|index| index as f64))
    });
    let positions: Vec<DVec3> = sites.collect();
    let lengths = DVec3::splat((SPACING * side as f64).max(9.0));
    let cell = Cell::orthorhombic(lengths).unwrap();
    let elements = vec![Element::AR; positions.len()];
    Structure::new(elements, positions).unwrap().with_cell(cell)
}

/// An engine that runs dynamics of argon.
pub(crate) fn running(side: usize) -> Engine {
    let potential = Box::new(LennardJones::noble_gases());
    let mut engine = Engine::new(argon(side), Some(potential), 11);
    let settings = DynamicsSettings {
        thermostat: Thermostat::Bussi,
        temperature: 90.0,
        timestep: 2.0,
        ..DynamicsSettings::default()
    };
    engine.apply(1, Command::Run(settings.task()));
    engine
}

/// Frames of dynamics of argon.
pub(crate) fn frames(side: usize, count: usize) -> Vec<Arc<Frame>> {
    let mut engine = running(side);
    let step = |_| engine.step().unwrap();
    (0..count).map(step).collect()
}

/// Frames of dynamics during which atoms are added and removed.
pub(crate) fn edited_frames() -> Vec<Arc<Frame>> {
    let mut engine = running(2).without_edit_relaxation();
    let mut frames: Vec<Arc<Frame>> = (0..5).map(|_| engine.step().unwrap()).collect();
    let position = vec![DVec3::new(1.9, 1.9, 1.9)];
    let neon = Structure::new(vec![Element::NE], position).unwrap();
    engine.apply(2, Command::Edit(Edit::Append(Box::new(neon))));
    frames.extend((0..5).map(|_| engine.step().unwrap()));
    engine.apply(3, Command::Edit(Edit::Remove(vec![0, 3])));
    frames.extend((0..5).map(|_| engine.step().unwrap()));
    frames
}

/// Wall-clock time of a frame by its index, 100 ms each: 10 frames per chunk.
pub(crate) fn time(index: usize) -> SystemTime {
    SystemTime::UNIX_EPOCH
        + Duration::from_secs(1_700_000_000)
        + index as u32 * Duration::from_millis(100)
}

/// Records frames, and finishes the file.
pub(crate) fn record(path: &Path, frames: &[Arc<Frame>], options: RecordingOptions) {
    let mut writer = RecordingWriter::create(path, options).unwrap();
    add(&mut writer, frames, 0);
    writer.finish().unwrap();
}

/// Adds frames, the first at a number of frame times.
pub(crate) fn add(writer: &mut RecordingWriter, frames: &[Arc<Frame>], first: usize) {
    for (index, frame) in frames.iter().enumerate() {
        assert!(writer.frame(frame, time(first + index)).unwrap());
    }
}

/// Opens a recording and waits until all frames have been found.
pub(crate) fn open(path: &Path) -> Recording {
    let recording = Recording::open(path).unwrap();
    while recording.searched() < 1.0 {
        std::thread::sleep(Duration::from_micros(100));
    }
    recording
}

/// Half a unit in the last place of an f32 of this size.
pub(crate) fn rounding(size: f64) -> f64 {
    size.abs() * 2f64.powi(-24)
}

/// Fails unless a replayed frame is the recorded one within the stated precision.
pub(crate) fn assert_same(replayed: &Frame, recorded: &Frame, options: RecordingOptions) {
    assert_eq!(replayed.step, recorded.step);
    assert_eq!(replayed.time, recorded.time);
    assert_eq!(replayed.revision, recorded.revision);
    assert_eq!(replayed.cell, recorded.cell);
    assert_eq!(replayed.kinetic_energy, recorded.kinetic_energy);
    assert_eq!(replayed.temperature, recorded.temperature);
    assert_eq!(replayed.potential, recorded.potential);
    assert_eq!(replayed.identity, recorded.identity);
    assert_eq!(replayed.positions.len(), recorded.positions.len());
    let low = recorded.positions.iter().copied().reduce(DVec3::min);
    let high = recorded.positions.iter().copied().reduce(DVec3::max);
    let extent = low.zip(high).map_or(DVec3::ZERO, |(low, high)| high - low);
    for (replayed, recorded) in replayed.positions.iter().zip(&recorded.positions) {
        for axis in 0..3 {
            // The second term is the rounding of f64.
            let bound = rounding(extent[axis] / 2.0) + 4.0 * f64::EPSILON * recorded[axis].abs();
            let error = (replayed[axis] - recorded[axis]).abs();
            assert!(error <= bound, "{error:e} Å, more than {bound:e} Å");
        }
    }
    if options.velocities {
        assert_rounded(&replayed.velocities, &recorded.velocities);
    } else {
        assert!(replayed.velocities.iter().all(|it| *it == DVec3::ZERO));
    }
    let (Some(replayed), Some(recorded)) = (&replayed.evaluation, &recorded.evaluation) else {
        assert!(replayed.evaluation.is_none());
        assert!(!options.forces || recorded.evaluation.is_none());
        return;
    };
    assert_eq!(replayed.energy, recorded.energy);
    assert_eq!(replayed.stress, recorded.stress);
    assert_rounded(&replayed.forces, &recorded.forces);
}

fn assert_rounded(replayed: &[DVec3], recorded: &[DVec3]) {
    assert_eq!(replayed.len(), recorded.len());
    for (replayed, recorded) in replayed.iter().zip(recorded) {
        for axis in 0..3 {
            let error = (replayed[axis] - recorded[axis]).abs();
            let smallest = f64::from(f32::from_bits(1));
            assert!(error <= rounding(recorded[axis]) + smallest);
        }
    }
}

/// Fails unless a recording begins with these frames; returns how many more it has.
pub(crate) fn assert_begins(
    recording: &Recording,
    frames: &[Arc<Frame>],
    options: RecordingOptions,
) -> u64 {
    for (index, frame) in frames.iter().enumerate() {
        let replayed = recording.read(index as u64).unwrap();
        assert_eq!(replayed.number, index as u64);
        assert_same(&replayed, frame, options);
        let energy = frame.evaluation.as_ref().map(|it| it.energy);
        assert_eq!(recording.energy(index as u64), energy);
    }
    recording.len() - frames.len() as u64
}
