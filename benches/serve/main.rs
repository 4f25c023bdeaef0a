//! What the network carries: spectators × atoms at 30 frames/s, and one private session, over
//! loopback.
//!
//! `cargo bench --bench serve` (`--no-default-features --features server` builds quickly). The readers
//! are a process of their own. Prints one line of JSON for each scene: frames per second that each
//! reader got, milliseconds from the publication of a frame to its arrival, bytes for each frame and
//! atom, processor time of the server's process and of the readers' per second, memory.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

mod private;
mod readers;
mod room;
mod wire;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The scenes: atoms, readers, and how numbers travel.
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

/// The time that all processes of this machine share, ns.
fn clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_nanos()).unwrap()
}

/// Processor time of this process so far, s; Linux only, zero elsewhere.
fn processor_seconds() -> f64 {
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

/// The value below which a share of the sorted values lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1) as f64;
    sorted
        .get((share * last).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

/// How long each scene is measured, behind as long to get going.
const MEASURED: Duration = Duration::from_secs(6);
const WARM_UP: Duration = Duration::from_secs(3);
