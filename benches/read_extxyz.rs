//! Reading of extended XYZ, as ratios within one run.
//!
//! `cargo bench --bench read_extxyz` reads 100 MB of generated frames (species, positions, forces, as ASE
//! writes them) and prints MB/s on one core and on all, compared with a scan for line ends and, if
//! `python3` has ASE, with ASE's reader. `PYTHON` selects another interpreter. Except on all cores, times
//! are CPU times on Linux, so that other processes do not count.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and fails on errors"
)]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

use mlipview_core::chem::format::xyz::XyzFrames;
use mlipview_core::chem::format::{Configuration, FrameSelection, read};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const BYTES: usize = 100_000_000;
const ATOMS: usize = 1000;
const ROUNDS: usize = 5;

/// Number of frames for ASE, which is slow.
const FRAMES_FOR_ASE: usize = 40;

fn main() {
    let file = trajectory(BYTES);
    let one_core = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let [mut one, mut all, mut last, mut scan] = [f64::INFINITY; 4];
    for _ in 0..ROUNDS {
        one = one.min(one_core.install(|| seconds(|| stream(&file))));
        let start = Instant::now();
        std::hint::black_box(stream(&file));
        all = all.min(start.elapsed().as_secs_f64());
        last = last.min(seconds(|| {
            read(&file, "a.xyz", FrameSelection::LAST).unwrap().len()
        }));
        scan = scan.min(seconds(|| memchr::memchr_iter(b'\n', &file).count()));
    }
    let rate = |seconds: f64| file.len() as f64 / 1e6 / seconds;
    let cores = rayon::current_num_threads();
    println!(
        "{} MB, frames of {ATOMS} atoms with forces",
        file.len() / 1_000_000
    );
    println!("one core       {:7.0} MB/s", rate(one));
    println!(
        "{cores} cores        {:7.0} MB/s, {:.2} times one",
        rate(all),
        one / all
    );
    println!("only the last  {:7.0} MB/s", rate(last));
    println!(
        "line ends only {:7.0} MB/s, {:.1} times reading on one core",
        rate(scan),
        one / scan
    );
    match ase_rate(&file) {
        Some(ase) => println!(
            "ASE            {ase:7.1} MB/s: one core of ours is {:.0} times that",
            rate(one) / ase
        ),
        None => println!("ASE            not found: set PYTHON to an interpreter that has it"),
    }
    let frame = read(&file, "a.xyz", FrameSelection::LAST)
        .unwrap()
        .remove(0);
    println!(
        "memory of a frame: {} bytes an atom",
        bytes_per_atom(&frame)
    );
}

fn stream(file: &[u8]) -> usize {
    let frames = XyzFrames::open(|| Ok(file), FrameSelection::ALL).unwrap();
    frames.map(|frame| frame.unwrap().structure.len()).sum()
}

/// CPU time of one thread, s.
fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let (start, before) = (Instant::now(), cpu_seconds());
    std::hint::black_box(work());
    match (before, cpu_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    }
}

/// CPU time of all threads of this process, s, from Linux's scheduler.
fn cpu_seconds() -> Option<f64> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = tasks.map(|task| {
        let schedule = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        schedule.split_whitespace().next()?.parse::<f64>().ok()
    });
    Some(nanoseconds.sum::<Option<f64>>()? * 1e-9)
}

/// Rows in the layout of ASE: a symbol, then numbers of 16 characters with 8 decimals.
fn trajectory(bytes: usize) -> Vec<u8> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut file = String::with_capacity(bytes + 200_000);
    while file.len() < bytes {
        let energy: f64 = random.random_range(-1e4..0.0);
        let _ = write!(
            file,
            "{ATOMS}\nLattice=\"24.0 0.0 0.0 0.0 24.0 0.0 0.0 0.0 24.0\" \
             Properties=species:S:1:pos:R:3:forces:R:3 energy={energy} pbc=\"T T T\"\n"
        );
        for _ in 0..ATOMS {
            let symbol = ["Cu", "O ", "H ", "C "][random.random_range(0..4)];
            file.push_str(symbol);
            for range in [0.0..24.0, -3.0..3.0] {
                for _ in 0..3 {
                    let _ = write!(file, " {:16.8}", random.random_range(range.clone()));
                }
            }
            file.push('\n');
        }
    }
    file.into_bytes()
}

/// MB/s of ASE on the first frames.
fn ase_rate(file: &[u8]) -> Option<f64> {
    const SCRIPT: &str = "import sys, time, ase.io
start = time.process_time()
frames = ase.io.read(sys.argv[1], ':', format='extxyz')
print(time.process_time() - start)";
    let lines = FRAMES_FOR_ASE * (ATOMS + 2);
    let end = memchr::memchr_iter(b'\n', file).nth(lines - 1)? + 1;
    let path = std::env::temp_dir().join(format!("read_extxyz_{}.xyz", std::process::id()));
    std::fs::write(&path, &file[..end]).ok()?;
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python)
        .args(["-c", SCRIPT])
        .arg(&path)
        .output();
    let _ = std::fs::remove_file(&path);
    let seconds: f64 = String::from_utf8(output.ok()?.stdout)
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(end as f64 / 1e6 / seconds)
}

/// Memory per atom of a frame, bytes.
fn bytes_per_atom(frame: &Configuration) -> usize {
    let structure = &frame.structure;
    let per_vector = size_of::<glam::DVec3>();
    size_of_val(structure.elements()) / structure.len()
        + size_of_val(structure.fixed()) / structure.len()
        + per_vector * (1 + usize::from(frame.forces.is_some()))
}
