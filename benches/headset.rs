//! Frame times in a headset: 1 000 to 100 000 atoms in a running simulation, in front of the head and
//! around it, with the number of dropped frames.
//!
//! ```sh
//! cargo bench --workspace --bench headset --config 'target."cfg(unix)".runner=["scripts/xr-runtime","null"]' \
//!     [-- [--seconds S] [--standing] ATOMS…]
//! ```
//!
//! prints one line of JSON per case; times are medians in milliseconds. `cpu_ms` is CPU time on both
//! threads, of which `update_ms` and `upload_ms` belong to the main thread; `gpu_ms` is GPU time. Without
//! a GPU, a CPU renders, which dominates: `low_resolution` therefore repeats the case with few rendered
//! pixels. `render_scale` is that of the adaptive quality at the end.
//! With a real headset, leave out the runner.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints and stops at the first error"
)]

use std::time::Duration;

use bevy::math::{Quat, UVec2, Vec3};
use bevy::prelude::{App, IntoScheduleConfigs, Real, ResMut, Resource, Time, Update};
use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::lennard_jones::LennardJones;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Engine, Task, spawn};
use mlipview_viewer::app::frame_rate::FrameTimer;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use mlipview_viewer::xr::{
    self, Headset, HeadsetDisplay, HeadsetOutput, HeadsetRequest, Mode, Rig, Tracking,
};
use mlipview_viewer::{Scene, ViewerSystems};
use serde_json::json;

/// Warm-up before each measurement, s.
const WARM_UP: f64 = 5.0;
/// Diagonal of the box with the head inside, m.
const INSIDE_DIAGONAL: f32 = 4.0;
/// Render scale with negligible cost of drawing.
const LOW_RESOLUTION: f32 = 0.03;

fn main() {
    let mut words = std::env::args().skip(1);
    let (mut seconds, mut is_standing, mut counts) = (10.0, false, Vec::new());
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seconds" => seconds = words.next().unwrap().parse().unwrap(),
            "--standing" => is_standing = true,
            word => counts.extend(word.parse::<usize>()),
        }
    }
    if counts.is_empty() {
        counts = vec![1_000, 10_000, 100_000];
    }
    for atoms in counts {
        for low_resolution in [false, true] {
            let mut wearer = wearer(atoms, is_standing, low_resolution);
            for inside in [false, true] {
                let measured = measure(&mut wearer, inside, seconds);
                let case =
                    json!({ "atoms": atoms, "low_resolution": low_resolution, "inside": inside });
                println!("{case} {measured}");
            }
        }
    }
}

/// A wearer in front of a liquid with running dynamics.
fn wearer(atoms: usize, is_standing: bool, low_resolution: bool) -> OffscreenRenderer {
    let potential = Box::new(LennardJones::noble_gases());
    let sim = spawn(Engine::new(liquid(atoms), Some(potential), 0)).unwrap();
    let dynamics = Task::Dynamics(Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 5.0,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    });
    if !is_standing {
        sim.send(Command::Run(dynamics)).unwrap();
    }
    let mut app = window::windowless(sim);
    app.add_plugins((xr::plugin, xr::third_party::plugin));
    if low_resolution {
        let lower = |mut output: ResMut<HeadsetOutput>| output.render_scale = LOW_RESOLUTION;
        let between = lower
            .after(ViewerSystems::Steer)
            .before(ViewerSystems::Show);
        app.add_systems(Update, between);
    }
    let mut renderer = OffscreenRenderer::new(app, UVec2::new(64, 48));
    renderer.picture().unwrap();
    let app = &mut renderer.app;
    app.world_mut()
        .write_message(HeadsetRequest::Enter(Mode::Virtual));
    app.update();
    while !get::<Headset>(app).is_running() {
        if let Headset::Off { error } = get::<Headset>(app) {
            panic!("{error:?} (needs a runtime, see the top of benches/headset.rs)");
        }
        app.update();
    }
    renderer
}

fn get<T: Resource>(app: &App) -> &T {
    app.world().resource::<T>()
}

fn now(app: &App) -> f64 {
    get::<Time<Real>>(app).elapsed_secs_f64()
}

fn measure(wearer: &mut OffscreenRenderer, inside: bool, seconds: f64) -> serde_json::Value {
    let app = &mut wearer.app;
    if inside {
        surround(app);
    }
    let begin = now(app);
    while now(app) < begin + WARM_UP {
        app.update();
    }
    let (mut cpu_times, mut gpu_times) = (Vec::new(), Vec::new());
    let (mut update, mut upload) = (Vec::new(), Vec::new());
    let (begin, dropped_frames, steps) = (
        now(app),
        get::<HeadsetDisplay>(app).dropped_frames,
        step(app),
    );
    while now(app) < begin + seconds {
        app.update();
        let times = get::<HeadsetDisplay>(app).times;
        cpu_times.push(times.cpu);
        gpu_times.extend(times.gpu);
        let times = get::<FrameTimer>(app).costs();
        update.push(times.update.as_secs_f32());
        upload.push(times.upload.as_secs_f32());
    }
    let passed = now(app) - begin;
    let frames = cpu_times.len();
    let display = get::<HeadsetDisplay>(app);
    json!({
        "cpu_ms": median(&mut cpu_times),
        "cpu_p99_ms": quantile(&mut cpu_times, 0.99),
        "update_ms": median(&mut update),
        "upload_ms": median(&mut upload),
        "gpu_ms": median(&mut gpu_times),
        "period_ms": milliseconds(display.period),
        "frames_per_s": (frames as f64 / passed).round(),
        "dropped_frames": display.dropped_frames - dropped_frames,
        "of": frames as u64 + display.dropped_frames - dropped_frames,
        "render_scale": (f64::from(get::<HeadsetOutput>(app).render_scale) * 100.0).round() / 100.0,
        "simulation_steps_per_s": ((step(app) - steps) as f64 / passed).round(),
    })
}

/// Puts the head into the center of the liquid, scaled to the size of a room.
fn surround(app: &mut App) {
    let positions = get::<Scene>(app).positions();
    let low = positions.iter().copied().fold(Vec3::INFINITY, Vec3::min);
    let high = positions
        .iter()
        .copied()
        .fold(Vec3::NEG_INFINITY, Vec3::max);
    let head = get::<Tracking>(app).head.unwrap_or_default().position;
    let scale = low.distance(high) / INSIDE_DIAGONAL;
    app.insert_resource(Rig {
        position: (low + high) / 2.0 - scale * head,
        rotation: Quat::IDENTITY,
        scale,
    });
}

fn step(app: &App) -> u64 {
    get::<Scene>(app).frame.number
}

fn median(times: &mut [f32]) -> Option<f64> {
    quantile(times, 0.5)
}

/// Quantile of times, ms.
fn quantile(times: &mut [f32], share: f64) -> Option<f64> {
    times.sort_by(f32::total_cmp);
    let index = (times.len() as f64 * share) as usize;
    times.get(index).copied().map(milliseconds)
}

fn milliseconds(seconds: f32) -> f64 {
    let time = Duration::from_secs_f32(seconds.max(0.0));
    (time.as_secs_f64() * 1e5).round() / 1e2
}

/// Argon at the density of the liquid, slightly disordered.
fn liquid(atoms: usize) -> Structure {
    let side = (atoms as f64).cbrt().ceil() as usize;
    let positions = (0..atoms).map(|index| {
        let position = [index % side, index / side % side, index / (side * side)];
        let shake = |seed: usize| 0.1 * ((index * 7919 + seed * 104_729) as f64).sin();
        DVec3::from_array(std::array::from_fn(|axis| {
            3.8 * position[axis] as f64 + shake(axis)
        }))
    });
    let argon = Element::from_symbol("Ar").unwrap();
    Structure::new(vec![argon; atoms], positions.collect()).unwrap()
}
