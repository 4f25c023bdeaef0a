//! Benchmark of the server over loopback: clients of a room at 30 frames/s, and one private session.
//!
//! `cargo bench --bench serve` (`--no-default-features --features server` builds quickly). The clients
//! are a separate process. Prints one line of JSON for each scene: frames per second and client, latency
//! from the publication of a frame to its arrival (ms), bytes per frame and atom, CPU cores used by the
//! server and by the clients, memory.

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first error")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod private;
mod readers;
mod room;
mod wire;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The scenes: number of atoms, number of clients, number format.
const SCENES: [(usize, usize, wire::Format); 8] = [
    (105_000, 1, wire::Format::Fixed16),
    (105_000, 2, wire::Format::Fixed16),
    (105_000, 4, wire::Format::Fixed16),
    (105_000, 8, wire::Format::Fixed16),
    (105_000, 8, wire::Format::Float),
    (10_000, 64, wire::Format::Fixed16),
    (1_000, 100, wire::Format::Fixed16),
    (1_000, 500, wire::Format::Fixed16),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "readers") {
        return readers::run(&arguments[at + 1..]);
    }
    let private_alone = arguments.iter().any(|argument| argument == "private");
    for (atoms, count, format) in SCENES.into_iter().filter(|_| !private_alone) {
        println!("{}", room::measure(atoms, count, format));
    }
    for line in private::measure() {
        println!("{line}");
    }
}

/// Wall-clock time, which the processes share, ns.
fn clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_nanos()).unwrap()
}

/// CPU time of this process, s; Linux only, zero elsewhere.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    let ticks = |index: usize| {
        fields
            .get(index)
            .and_then(|field| field.parse::<f64>().ok())
    };
    // User and system time, in hundredths of a second.
    (ticks(11).unwrap_or(0.0) + ticks(12).unwrap_or(0.0)) / 100.0
}

/// Quantile of sorted values.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1) as f64;
    sorted
        .get((share * last).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Duration of each measurement.
const MEASURED: Duration = Duration::from_secs(6);

/// Time before each measurement.
const WARM_UP: Duration = Duration::from_secs(3);
