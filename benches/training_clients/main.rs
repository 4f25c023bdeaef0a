//! Benchmark of clients of a training: the trainer's rate while its reports go to 200 clients, one of which
//! never reads, relative to its rate while it reports to nobody.
//!
//! ```text
//! cargo bench --package mlipview-training --bench training_clients -- [BLOCKS]
//! ```
//!
//! A trainer learns copper. The clients are connected and subscribed to all events throughout; they are a
//! process of low priority, since they would be on other machines. Windows without reports (A) and with them
//! (B) alternate as ABBA, by default 4 blocks of 20 pairs of 1 s, since the speed of a core drifts by some percent. Prints
//! the rate of B relative to A with its standard error, the same of the trainer's CPU time per step, and the
//! cores that trainer, server and clients use (Linux only). The trainer leaves one core free: where it uses
//! all, its rate falls by the cores of the server.

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

/// Time before each block of measurements.
const WARM_UP: Duration = Duration::from_millis(500);

/// Length of a window, and pairs of windows of a block: shorter than the time after which the server closes a
/// client that answers no ping.
const WINDOW: Duration = Duration::from_secs(1);
const PAIRS: usize = 20;

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
    let blocks: u32 = arguments.first().map_or(4, |text| text.parse().unwrap());

    let cores = std::thread::available_parallelism().unwrap().get();
    let pool = rayon::ThreadPoolBuilder::new().num_threads((cores - 1).max(1));
    pool.build_global().unwrap();
    let server = server();
    let training = server.open_training("copper", None).unwrap();
    let mut trainer = trainer();
    let mut windows = [Vec::new(), Vec::new()];
    let mut client_seconds = 0.0;
    for _ in 0..blocks {
        let clients = Clients::start(&server, || fill(&training));
        measure(&mut trainer, &training, WARM_UP);
        let before = clients.cpu_seconds();
        for pair in 0..PAIRS {
            let order = if pair % 2 == 0 { [0, 1] } else { [1, 0] };
            for reports in order {
                let callbacks: &dyn Callbacks = if reports == 1 { &training } else { &() };
                windows[reports].push(measure(&mut trainer, callbacks, WINDOW));
            }
        }
        client_seconds += clients.cpu_seconds() - before;
        clients.end();
    }
    let measured = windows
        .iter()
        .flatten()
        .map(|window| window.elapsed.as_secs_f64());
    let client_cores = client_seconds / measured.sum::<f64>();
    print(&windows, client_cores);
}

/// Prints the comparison of the windows without and with reports.
fn print([without, with]: &[Vec<Window>; 2], client_cores: f64) {
    let of_all = |of: fn(&Window) -> f64| with.iter().map(of).sum::<f64>();
    let elapsed = of_all(|window| window.elapsed.as_secs_f64());
    println!(
        "{:.2} steps/s with reports; {:.3} cores of the trainer, {:.3} of the server, {client_cores:.3} of \
         {READERS} clients",
        of_all(|window| window.steps as f64) / elapsed,
        of_all(|window| window.trainer) / elapsed,
        of_all(|window| window.server) / elapsed,
    );
    let longest = with.iter().map(|window| window.longest_report).max();
    println!(
        "reports: {:.3} % of the trainer's time, at most {:.1?} each",
        100.0 * of_all(|window| window.reports.as_secs_f64()) / elapsed,
        longest.unwrap_or_default()
    );
    for (name, of) in [
        ("rate", Window::rate as fn(&Window) -> f64),
        ("CPU time per step", Window::cost),
    ] {
        let pairs = with.iter().zip(without);
        let ratios: Vec<f64> = pairs
            .map(|(with, without)| of(with) / of(without))
            .collect();
        let count = ratios.len() as f64;
        let mean = ratios.iter().sum::<f64>() / count;
        let squares = ratios.iter().map(|ratio| (ratio - mean).powi(2));
        let error = (squares.sum::<f64>() / (count - 1.0).max(1.0) / count).sqrt();
        println!("{name}, with relative to without: {mean:.4} ± {error:.4}");
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
fn measure(trainer: &mut Trainer, callbacks: &dyn Callbacks, duration: Duration) -> Window {
    let (start, before) = (Instant::now(), CpuTime::now());
    let first = trainer.counters().steps;
    let (mut longest, mut reports) = (Duration::ZERO, Duration::ZERO);
    while start.elapsed() < duration {
        let report = trainer.step().unwrap();
        let called = Instant::now();
        callbacks.on_update_train_progress(Progress {
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
