//! Cost of a rendered frame: 1 000 to 1 000 000 atoms, standing and moving, at 1280×720.
//!
//! `cargo bench --bench render [-- ATOMS…]` prints one line of JSON for each: milliseconds, medians.
//! `update` (the scene without rendering) and `upload` are CPU times of the program;
//! `frame` includes rendering, which dominates without a GPU.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench prints, stops at the first error, and reads the clock"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use bevy::math::UVec2;
use bevy::render::render_resource::PollType;
use bevy::render::renderer::{RenderAdapterInfo, RenderDevice};
use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::{Engine, Frame, spawn};
use mlipview_viewer::Scene;
use mlipview_viewer::app::frame_rate::FrameTimer;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use serde_json::json;

fn main() {
    let asked: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let counts = if asked.is_empty() {
        vec![1_000, 10_000, 100_000, 1_000_000]
    } else {
        asked
    };
    for atoms in counts {
        measure(atoms);
    }
}

fn measure(atoms: usize) {
    let began = Instant::now();
    let sim = spawn(Engine::new(liquid(atoms), None, 0)).unwrap();
    let first = sim.frame();
    let mut renderer = OffscreenRenderer::new(window::windowless(sim), UVec2::new(1280, 720));
    renderer.picture().unwrap();
    let start = began.elapsed();
    let adapter = renderer
        .app
        .world()
        .resource::<RenderAdapterInfo>()
        .name
        .clone();
    let standing = frames(&mut renderer, |_| None);
    let mut moved = Frame::clone(&first);
    let moving = frames(&mut renderer, |number| {
        for (index, position) in moved.positions.iter_mut().enumerate() {
            position.x += 1e-3 * ((index + number) as f64).sin();
        }
        moved.number += 1;
        Some(Arc::new(moved.clone()))
    });
    let line = json!({
        "atoms": atoms,
        "adapter": adapter,
        "first_picture_ms": milliseconds(start),
        "standing": standing,
        "moving": moving,
        "memory_mb": memory_mb(),
    });
    println!("{line}");
}

/// Medians over frames; each shows the frame that `next` returns.
fn frames(
    renderer: &mut OffscreenRenderer,
    mut next: impl FnMut(usize) -> Option<Arc<Frame>>,
) -> serde_json::Value {
    let (mut update, mut upload, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..12 {
        let frame = next(number);
        let began = Instant::now();
        if let Some(frame) = frame {
            renderer.app.world_mut().resource_mut::<Scene>().show(frame);
        }
        renderer.app.update();
        finish(renderer);
        whole.push(began.elapsed());
        upload.push(renderer.app.world().resource::<FrameTimer>().costs().upload);
    }
    // Without rendering, which would be measured too on a CPU.
    for number in 12..60 {
        let frame = next(number);
        let began = Instant::now();
        if let Some(frame) = frame {
            renderer.app.world_mut().resource_mut::<Scene>().show(frame);
        }
        renderer.app.main_mut().run_default_schedule();
        update.push(began.elapsed());
    }
    json!({
        "update_ms": median(update),
        "upload_ms": median(upload),
        "frame_ms": median(whole),
    })
}

/// Waits until the image is rendered.
fn finish(renderer: &OffscreenRenderer) {
    let device = renderer.app.world().resource::<RenderDevice>();
    device.poll(PollType::wait_indefinitely()).unwrap();
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    milliseconds(times[times.len() / 2])
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

/// Two kinds of atoms at the density of liquid argon, slightly disordered.
fn liquid(atoms: usize) -> Structure {
    let side = (atoms as f64).cbrt().ceil() as usize;
    let positions = (0..atoms).map(|index| {
        let position = [index % side, index / side % side, index / (side * side)];
        let shake = |seed: usize| 0.4 * ((index * 7919 + seed * 104_729) as f64).sin();
        DVec3::from_array(std::array::from_fn(|axis| {
            3.6 * position[axis] as f64 + shake(axis)
        }))
    });
    let kinds = ["Ar", "Kr"].map(|symbol| Element::from_symbol(symbol).unwrap());
    let elements = (0..atoms).map(|index| kinds[index % 2]).collect();
    Structure::new(elements, positions.collect()).unwrap()
}

/// Peak memory of the process, MB; `None` if unknown.
fn memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some((kilobytes / 1024.0).round())
}
