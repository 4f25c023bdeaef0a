//! Time and memory of UMA: energy, forces and stress on this machine.
//!
//! `uma_vs_fairchem.py` runs it beside fairchem. Alone, with a model (`uma_random_checkpoint.py`
//! makes one of full size):
//!
//! ```text
//! cargo bench --bench uma --features cuda -- --model PATH --structure benches/structures/si64.xyz \
//!     --task omat [--threads N] [--repetitions R] [--device cpu|cuda:0|wgpu] [--double]
//! cargo bench --bench uma --features cuda -- --model PATH --device cuda:0 --sizes
//! ```
//!
//! The first prints one JSON object; the second, steps per second of water with 24 to 8 000 atoms,
//! the sizes of published figures for GPUs.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads the clock and prints, and has no one to hand an error to"
)]

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use glam::{DQuat, DVec3};
use mlipview_core::chem::neighbors::pairs;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::files;
use mlipview_core::potential::{Evaluation, Potential};
use mlipview_uma::checkpoint::Checkpoint;
use mlipview_uma::{Device, Precision, Uma, UmaOptions};
use serde_json::{Value, json};

const ATOMS: [usize; 4] = [24, 150, 1_000, 8_000];
const WARMUP: usize = 2;

fn main() {
    let given = arguments();
    let Some(model) = given.get("model") else {
        println!(
            "No --model: nothing to measure. `python benches/uma_random_checkpoint.py` makes one."
        );
        return;
    };
    if let Some(threads) = given.get("threads") {
        let threads = threads.parse().unwrap();
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .unwrap();
    }
    let options = UmaOptions {
        task: given
            .get("task")
            .cloned()
            .unwrap_or_else(|| "omol".to_owned()),
        device: given
            .get("device")
            .map_or(Device::Cpu, |device| device.parse().unwrap()),
        precision: if given.contains_key("double") {
            Precision::Double
        } else {
            Precision::Single
        },
    };
    if given.contains_key("sizes") {
        compare_sizes(Path::new(model), &options);
    } else {
        println!("{}", measure(Path::new(model), &options, &given));
    }
}

/// `--name value` and `--name`.
fn arguments() -> HashMap<String, String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut given = HashMap::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(name) = word.strip_prefix("--") {
            let value = words.get(at + 1).filter(|next| !next.starts_with("--"));
            given.insert(name.to_owned(), value.cloned().unwrap_or_default());
        }
    }
    given
}

fn measure(model: &Path, options: &UmaOptions, given: &HashMap<String, String>) -> Value {
    let path = &given["structure"];
    let structure = files::read(path).unwrap().remove(0).structure;
    let repetitions = given
        .get("repetitions")
        .map_or(10, |count| count.parse().unwrap());
    let start = Instant::now();
    let checkpoint = Arc::new(Checkpoint::open(model).unwrap());
    let mut uma = Uma::new(checkpoint, options).unwrap();
    let load = milliseconds(start);
    let start = Instant::now();
    uma.evaluate(&structure).unwrap();
    let first = milliseconds(start);
    let start = Instant::now();
    let mut found = uma.evaluate(&structure).unwrap();
    let second = milliseconds(start);
    let before = resident("VmRSS");
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    for repetition in 0..WARMUP + repetitions {
        let (start, spent) = (Instant::now(), cpu_time());
        found = uma.evaluate(&structure).unwrap();
        if repetition >= WARMUP {
            wall.push(milliseconds(start));
            cpu.push(cpu_time() - spent);
        }
    }
    let edges = pairs(structure.positions(), structure.cell.as_ref(), 6.0)
        .unwrap()
        .len();
    let mut report = json!({
        "case": Path::new(path).file_stem().unwrap().to_str().unwrap(),
        "atoms": structure.len(),
        "edges": edges,
        "wall_ms": wall,
        "cpu_ms": cpu,
        "load_ms": load,
        "merge_ms": (first - second).max(0.0),
        "rss_before_mib": before,
        "rss_peak_mib": resident("VmHWM"),
    });
    add_results(&mut report, &found);
    report
}

fn add_results(report: &mut Value, found: &Evaluation) {
    let forces: Vec<[f64; 3]> = found.forces.iter().map(|force| force.to_array()).collect();
    report["energy_eV"] = json!(found.energy);
    report["forces_eV_A"] = json!(forces);
    if let Some(stress) = found.stress {
        report["stress_eV_A3"] = json!(stress.to_cols_array_2d());
    }
}

fn compare_sizes(model: &Path, options: &UmaOptions) {
    let checkpoint = Arc::new(Checkpoint::open(model).unwrap());
    println!("| atoms | edges | steps/s | ms |\n|---|---|---|---|");
    for atoms in ATOMS {
        let mut uma = Uma::new(Arc::clone(&checkpoint), options).unwrap();
        let water = water(atoms / 3);
        for _ in 0..WARMUP {
            uma.evaluate(&water).unwrap();
        }
        let (start, mut steps) = (Instant::now(), 0);
        while steps < 3 || milliseconds(start) < 3_000.0 {
            uma.evaluate(&water).unwrap();
            steps += 1;
        }
        let step = milliseconds(start) / f64::from(steps);
        let edges = pairs(water.positions(), water.cell.as_ref(), 6.0)
            .unwrap()
            .len();
        println!(
            "| {} | {edges} | {:.1} | {step:.1} |",
            water.len(),
            1e3 / step
        );
    }
}

/// Water of density 1 g/cm³ on a lattice, each molecule in another orientation.
fn water(molecules: usize) -> Structure {
    const VOLUME: f64 = 29.9;
    let side = (1..).find(|side: &usize| side.pow(3) >= molecules).unwrap();
    let spacing = VOLUME.cbrt();
    let (mut elements, mut positions) = (Vec::new(), Vec::new());
    for molecule in 0..molecules {
        let [x, y, z] = [
            molecule % side,
            molecule / side % side,
            molecule / side / side,
        ];
        let center = spacing * DVec3::new(x as f64, y as f64, z as f64);
        let rotation =
            DQuat::from_rotation_y(molecule as f64) * DQuat::from_rotation_x(2.0 * molecule as f64);
        for (element, position) in [
            (Element::O, DVec3::new(0.0, 0.0, 0.119)),
            (Element::H, DVec3::new(0.0, 0.763, -0.477)),
            (Element::H, DVec3::new(0.0, -0.763, -0.477)),
        ] {
            elements.push(element);
            positions.push(center + rotation * position);
        }
    }
    let cell = Cell::orthorhombic(DVec3::splat(side as f64 * spacing)).unwrap();
    Structure::new(elements, positions).unwrap().with_cell(cell)
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

/// CPU time of all threads, ms (Linux; 0 elsewhere).
fn cpu_time() -> f64 {
    let threads = fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let spent = |thread: fs::DirEntry| -> Option<f64> {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    threads.filter_map(spent).sum::<f64>() / 1e6
}

/// A memory size of /proc/self/status by name, MiB.
fn resident(name: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let words = line.and_then(|line| line.split_whitespace().nth(1));
    words
        .and_then(|word| word.parse::<f64>().ok())
        .unwrap_or(f64::NAN)
        / 1024.0
}
