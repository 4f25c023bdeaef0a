//! Benchmark of a room of moving atoms with many clients.

use std::collections::HashMap;
use std::process::{Command as Process, Stdio};
use std::sync::{Arc, Mutex};

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Engine, SimHandle, Task, spawn};
use mlipview_core::waker::Waker;
use mlipview_server::session;
use mlipview_server::{Limits, Settings, start};

use super::wire::Format;
use super::{MEASURED, WARM_UP, clock, cpu_seconds, quantile};

/// Time per step, fs.
const TIMESTEP: f64 = 1.0;

/// Frames per second of the simulation.
const RATE: f64 = 30.0;

/// Atoms without interactions, so that only the server is measured.
struct IdealGas(Capabilities);

impl Potential for IdealGas {
    fn name(&self) -> &str {
        "ideal gas"
    }

    fn description(&self) -> &str {
        "Atoms without interactions."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.0
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        Ok(Evaluation {
            forces: vec![DVec3::ZERO; structure.len()],
            ..Evaluation::default()
        })
    }
}

fn gas(atoms: usize) -> SimHandle {
    let any = Capabilities {
        elements: None,
        charges: i32::MIN..=i32::MAX,
        spins: true,
        periodic: true,
        reactive: false,
    };
    let side = (atoms as f64).cbrt().ceil() as usize;
    let position = |atom: usize| {
        let [x, y, z] = [atom % side, atom / side % side, atom / side / side];
        DVec3::new(x as f64, y as f64, z as f64) * 3.8
    };
    let structure = Structure::new(vec![Element::AR; atoms], (0..atoms).map(position).collect());
    let sim = spawn(Engine::new(
        structure.unwrap(),
        Some(Box::new(IdealGas(any))),
        1,
    ))
    .unwrap();
    sim.send(Command::Thermalize(300.0)).unwrap();
    sim.send(Command::SpeedLimit(Some(RATE * TIMESTEP)))
        .unwrap();
    let free = Task::Dynamics(Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: TIMESTEP,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    });
    sim.send(Command::Run(free)).unwrap();
    sim
}

/// Measures one scene and returns a line of JSON.
pub(crate) fn measure(atoms: usize, count: usize, format: Format) -> String {
    let sim = gas(atoms);
    let published: Arc<Mutex<HashMap<u64, u64>>> = Arc::default();
    let (note, watched) = (Arc::clone(&published), sim.clone());
    let waker: Arc<Waker> = Arc::new(move || {
        note.lock().unwrap().insert(watched.frame().number, clock());
    });
    sim.on_frame(&waker);
    std::thread::sleep(WARM_UP);
    let (before, alone) = (cpu_seconds(), WARM_UP);
    std::thread::sleep(alone);
    let alone = (cpu_seconds() - before) / alone.as_secs_f64();
    let settings = Settings {
        listen: vec!["127.0.0.1:0".to_owned()],
        limits: Limits {
            connections: count + 8,
            session: session::Limits {
                max_rate: 60.0,
                messages_per_second: 1_000_000,
                ..session::Limits::default()
            },
            ..Limits::default()
        },
        ..Settings::default()
    };
    let server = start(&settings, sim.clone()).unwrap();
    let address = server.addresses()[0].to_string();
    let readers = Process::new(std::env::current_exe().unwrap())
        .args([
            "readers",
            &address,
            &count.to_string(),
            &i32::from(format).to_string(),
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(WARM_UP);
    let (before, first) = (cpu_seconds(), sim.frame().step);
    std::thread::sleep(MEASURED);
    let serving = (cpu_seconds() - before) / MEASURED.as_secs_f64();
    let steps = (sim.frame().step - first) as f64 / MEASURED.as_secs_f64();
    let output = readers.wait_with_output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    let published = published.lock().unwrap();
    let mut latencies = Vec::new();
    let mut bytes = 0_usize;
    let mut reading = 0.0;
    for line in output.lines() {
        match line.split_whitespace().collect::<Vec<&str>>()[..] {
            ["cpu_cores", share] => reading = share.parse().unwrap(),
            [number, time, length] => {
                let sent = published[&number.parse::<u64>().unwrap()];
                let time: u64 = time.parse().unwrap();
                latencies.push(time.saturating_sub(sent) as f64 * 1e-6);
                bytes += length.parse::<usize>().unwrap();
            }
            _ => panic!("{line}"),
        }
    }
    latencies.sort_by(f64::total_cmp);
    let frames = latencies.len() as f64;
    let seconds = MEASURED.as_secs_f64();
    serde_json::json!({
        "atoms": atoms,
        "readers": count,
        "format": format.as_str_name(),
        "frames_per_second_and_reader": rounded(frames / count as f64 / seconds),
        "simulation_steps_per_second": rounded(steps),
        "latency_ms_p50": rounded(quantile(&latencies, 0.5)),
        "latency_ms_p99": rounded(quantile(&latencies, 0.99)),
        "bytes_per_frame_and_atom": rounded(bytes as f64 / frames / atoms as f64),
        "megabytes_per_second": rounded(bytes as f64 / seconds / 1e6),
        "cpu_cores_simulation_alone": rounded(alone),
        "cpu_cores_with_server": rounded(serving),
        "cpu_cores_readers": rounded(reading),
        "memory_mb": rounded(memory_mb()),
    })
    .to_string()
}

pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Resident memory of this process, MB; Linux only, zero elsewhere.
fn memory_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1000.0
}
