//! Benchmark of clients of a training: the trainer's rate with 200 clients, one of which never reads,
//! relative to its rate without.
//!
//! ```text
//! cargo bench --package mlipview-training --bench training_clients -- [PAIRS] [SECONDS]
//! ```
//!
//! A trainer learns copper and reports each step to a server. Windows without clients (A) and with them (B)
//! alternate, by default 8 pairs of 4 s. The clients are a process of low priority, since they would be on
//! other machines. Prints the median over the pairs of the rate of B relative to A, and its quartiles. Other
//! processes do not matter to the second number: the CPU time of the trainer per step in B relative to A.
//! It is of Linux only, as are the cores that trainer, server and clients use. The trainer leaves one core
//! free: where it uses all, its rate falls by the cores of the server.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

mod clients;
mod cpu_time;
#[path = "../../tests/training/structures.rs"]
#[allow(dead_code, reason = "tests need more of it")]
mod structures;

use std::thread::sleep;
use std::time::{Duration, Instant};

use mlipview_server::{Limits, Server, Settings, TrainingHandle, start_for_trainings};
use mlipview_telemetry::{Callbacks, LogLevel, LogMessage, Progress};
use mlipview_training::{Model, NetworkSizes, Trainer, TrainingSettings};

use clients::Clients;
use cpu_time::CpuTime;

/// Number of clients that read; one more does not.
const READERS: usize = 199;

/// Messages that fill the buffers of the client that does not read, and their size in bytes: together more
/// than the buffers of its socket on both sides.
const FILLING: (usize, usize) = (2000, 16_000);

/// Time before each measurement.
const WARM_UP: Duration = Duration::from_millis(500);

/// One window: its steps and CPU times.
struct Window {
    steps: u64,
    elapsed: Duration,
    /// CPU time, s.
    trainer: f64,
    server: f64,
    /// Longest call of a report, and all of them.
    longest_report: Duration,
    reports: Duration,
}

impl Window {
    /// Steps per second.
    fn rate(&self) -> f64 {
        self.steps as f64 / self.elapsed.as_secs_f64()
    }

    /// CPU time of the trainer per step, s.
    fn cost(&self) -> f64 {
        self.trainer / self.steps as f64
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| !it.starts_with("--"))
        .collect();
    if let [role, address] = arguments.as_slice()
        && role == clients::ROLE
    {
        return clients::run(address, READERS);
    }
    let argument = |at: usize, default: u64| -> u64 {
        arguments
            .get(at)
            .map_or(default, |text| text.parse().unwrap())
    };
    let (pairs, seconds) = (argument(0, 8), argument(1, 4));
    let duration = Duration::from_secs(seconds);

    let cores = std::thread::available_parallelism().unwrap().get();
    let pool = rayon::ThreadPoolBuilder::new().num_threads((cores - 1).max(1));
    pool.build_global().unwrap();
    let server = server();
    let training = server.open_training("copper", None).unwrap();
    let mut trainer = trainer();
    measure(&mut trainer, &training, WARM_UP);
    println!(
        "pair  A, 1/s  B, 1/s  rate B/A  CPU B/A  cores of trainer, server, clients  reports of B"
    );
    let mut ratios: Vec<[f64; 2]> = Vec::new();
    for pair in 1..=pairs {
        let without = measure(&mut trainer, &training, duration);
        let clients = Clients::start(&server, || fill(&training));
        measure(&mut trainer, &training, WARM_UP);
        let before = clients.cpu_seconds();
        let with = measure(&mut trainer, &training, duration);
        let cores = (clients.cpu_seconds() - before) / with.elapsed.as_secs_f64();
        clients.end();
        let ratio = [with.rate() / without.rate(), with.cost() / without.cost()];
        ratios.push(ratio);
        println!(
            "{pair:>4} {:>7.2} {:>7.2} {:>9.4} {:>8.4} {:>16.3} {:>7.3} {cores:>8.3}  {:.2} % of the time, at most {:.1?}",
            without.rate(),
            with.rate(),
            ratio[0],
            ratio[1],
            with.trainer / with.elapsed.as_secs_f64(),
            with.server / with.elapsed.as_secs_f64(),
            100.0 * with.reports.as_secs_f64() / with.elapsed.as_secs_f64(),
            with.longest_report
        );
        // The server notices that the clients have left.
        measure(&mut trainer, &training, WARM_UP);
    }
    for (name, index) in [("rate", 0), ("CPU time per step", 1)] {
        let mut sorted: Vec<f64> = ratios.iter().map(|ratio| ratio[index]).collect();
        sorted.sort_by(f64::total_cmp);
        let quantile = |share: f64| sorted[(share * (sorted.len() - 1) as f64).round() as usize];
        println!(
            "{name}, B/A: median {:.4}, quartiles {:.4} and {:.4}",
            quantile(0.5),
            quantile(0.25),
            quantile(0.75)
        );
    }
}

/// A server that neither closes the client that does not read, nor refuses one.
fn server() -> Server {
    start_for_trainings(&Settings {
        listen: vec!["127.0.0.1:0".to_owned()],
        limits: Limits {
            connections: 2 * READERS,
            write_timeout: Duration::from_secs(3600),
            ..Limits::default()
        },
        ..Settings::default()
    })
    .unwrap()
}

/// A trainer that does not end.
fn trainer() -> Trainer {
    let labels = structures::copper(24);
    let element = labels[0].structure.elements()[0];
    let model = Model::random(&[element], NetworkSizes::default(), 5).unwrap();
    let settings = TrainingSettings {
        epochs: 1 << 40,
        atoms_per_batch: 64,
        ..TrainingSettings::default()
    };
    let sets = structures::sets(&labels, 0.2);
    Trainer::new(model, sets, settings, structures::cpu())
}

/// Takes steps and reports each, for some time.
fn measure(trainer: &mut Trainer, training: &TrainingHandle, duration: Duration) -> Window {
    let (start, before) = (Instant::now(), CpuTime::now());
    let first = trainer.counters().steps;
    let (mut longest, mut reports) = (Duration::ZERO, Duration::ZERO);
    while start.elapsed() < duration {
        let report = trainer.step().unwrap();
        let called = Instant::now();
        training.on_update_train_progress(Progress {
            epoch: 0,
            epoch_step: report.step,
            global_step: report.step,
            max_step: trainer.steps_per_epoch(),
            max_epoch: 1,
            loss: Some(report.loss),
            learning_rate: Some(report.learning_rate),
        });
        let took = called.elapsed();
        longest = longest.max(took);
        reports += took;
    }
    let after = CpuTime::now();
    Window {
        steps: trainer.counters().steps - first,
        elapsed: start.elapsed(),
        trainer: after.others - before.others,
        server: after.server - before.server,
        longest_report: longest,
        reports,
    }
}

/// Fills the buffers of a client that does not read.
fn fill(training: &TrainingHandle) {
    let (count, bytes) = FILLING;
    for _ in 0..count {
        training.on_log(LogMessage {
            level: LogLevel::Info,
            message: "x".repeat(bytes),
            source: "bench".to_owned(),
        });
        sleep(Duration::from_micros(500));
    }
}
