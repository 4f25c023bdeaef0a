//! What a stereo picture costs: 1 000 to 100 000 atoms that a simulation moves, before the head and
//! around it, and how many pictures are missed.
//!
//! ```sh
//! cargo bench --workspace --bench headset --config 'target."cfg(unix)".runner=["scripts/xr-runtime","null"]' \
//!     [-- [--seconds S] [--standing] ATOMS…]
//! ```
//!
//! prints one line of JSON for each case: milliseconds, medians. `app_ms` is the program's own time on
//! the threads that make a picture, of which `update_ms` and `upload_ms` are the main one's; `card_ms` is
//! the graphics card's. Without a card the processor draws, which is most of it: `nearly_blind` is
//! therefore the same with few drawn pixels, which leaves the card only what a whole picture costs at
//! the least. `sharpness` is what the missed pictures have left of it at the end.
//! With a headset of your own, leave the runner away.

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
use mlipview_viewer::app::frame_rate::Pace;
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::Studio;
use mlipview_viewer::xr;
use mlipview_viewer::xr::{Ask, Headset, Mode, Rig, Seen, Wishes};
use mlipview_viewer::{Scene, ViewerSystems};
use serde_json::json;

/// How long the pace has to settle, s.
const SETTLE: f64 = 5.0;
/// With the head inside the box is so long from corner to corner, m.
const ROOM: f32 = 4.0;
/// Drawn pixels for each of the headset's, along each axis, where drawing is to cost nothing.
const BLIND: f32 = 0.03;

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
        for nearly_blind in [false, true] {
            let mut wearer = wearer(atoms, is_standing, nearly_blind);
            for inside in [false, true] {
                let measured = measure(&mut wearer, inside, seconds);
                let case =
                    json!({ "atoms": atoms, "nearly_blind": nearly_blind, "inside": inside });
                println!("{case} {measured}");
            }
        }
    }
}

/// Somebody with a headset before a liquid that moves.
fn wearer(atoms: usize, is_standing: bool, nearly_blind: bool) -> Studio {
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
    if nearly_blind {
        let blind = |mut wishes: ResMut<Wishes>| wishes.sharpness = BLIND;
        let between = blind
            .after(ViewerSystems::Steer)
            .before(ViewerSystems::Show);
        app.add_systems(Update, between);
    }
    let mut studio = Studio::new(app, UVec2::new(64, 48));
    studio.picture().unwrap();
    let app = &mut studio.app;
    app.world_mut().write_message(Ask::Enter(Mode::Virtual));
    app.update();
    while !get::<Headset>(app).is_present() {
        if let Headset::Away { why } = get::<Headset>(app) {
            panic!("{why:?} (beside a runtime: see the head of benches/headset.rs)");
        }
        app.update();
    }
    studio
}

fn get<T: Resource>(app: &App) -> &T {
    app.world().resource::<T>()
}

fn now(app: &App) -> f64 {
    get::<Time<Real>>(app).elapsed_secs_f64()
}

fn measure(wearer: &mut Studio, inside: bool, seconds: f64) -> serde_json::Value {
    let app = &mut wearer.app;
    if inside {
        surround(app);
    }
    let begin = now(app);
    while now(app) < begin + SETTLE {
        app.update();
    }
    let (mut app_times, mut card_times) = (Vec::new(), Vec::new());
    let (mut update, mut upload) = (Vec::new(), Vec::new());
    let (begin, missed, steps) = (now(app), get::<Seen>(app).missed, step(app));
    while now(app) < begin + seconds {
        app.update();
        let costs = get::<Seen>(app).costs;
        app_times.push(costs.app);
        card_times.extend(costs.card);
        let costs = get::<Pace>(app).costs();
        update.push(costs.update.as_secs_f32());
        upload.push(costs.upload.as_secs_f32());
    }
    let passed = now(app) - begin;
    let pictures = app_times.len();
    let seen = get::<Seen>(app);
    json!({
        "app_ms": median(&mut app_times),
        "app_p99_ms": share(&mut app_times, 0.99),
        "update_ms": median(&mut update),
        "upload_ms": median(&mut upload),
        "card_ms": median(&mut card_times),
        "period_ms": milliseconds(seen.period),
        "pictures_per_s": (pictures as f64 / passed).round(),
        "missed": seen.missed - missed,
        "of": pictures as u64 + seen.missed - missed,
        "sharpness": (f64::from(get::<Wishes>(app).sharpness) * 100.0).round() / 100.0,
        "simulation_steps_per_s": ((step(app) - steps) as f64 / passed).round(),
    })
}

/// Puts the head into the middle of the liquid, as large as a room.
fn surround(app: &mut App) {
    let places = get::<Scene>(app).positions();
    let low = places.iter().copied().fold(Vec3::INFINITY, Vec3::min);
    let high = places.iter().copied().fold(Vec3::NEG_INFINITY, Vec3::max);
    let head = get::<Seen>(app).head.unwrap_or_default().place;
    let scale = low.distance(high) / ROOM;
    app.insert_resource(Rig {
        place: (low + high) / 2.0 - scale * head,
        turn: Quat::IDENTITY,
        scale,
    });
}

fn step(app: &App) -> u64 {
    get::<Scene>(app).frame.number
}

fn median(times: &mut [f32]) -> Option<f64> {
    share(times, 0.5)
}

/// So many of the times are shorter.
fn share(times: &mut [f32], share: f64) -> Option<f64> {
    times.sort_by(f32::total_cmp);
    let index = (times.len() as f64 * share) as usize;
    times.get(index).copied().map(milliseconds)
}

fn milliseconds(seconds: f32) -> f64 {
    let time = Duration::from_secs_f32(seconds.max(0.0));
    (time.as_secs_f64() * 1e5).round() / 1e2
}

/// Argon at the density of its liquid, a little out of order.
fn liquid(atoms: usize) -> Structure {
    let side = (atoms as f64).cbrt().ceil() as usize;
    let places = (0..atoms).map(|index| {
        let place = [index % side, index / side % side, index / (side * side)];
        let shake = |seed: usize| 0.1 * ((index * 7919 + seed * 104_729) as f64).sin();
        DVec3::from_array(std::array::from_fn(|axis| {
            3.8 * place[axis] as f64 + shake(axis)
        }))
    });
    let argon = Element::from_symbol("Ar").unwrap();
    Structure::new(vec![argon; atoms], places.collect()).unwrap()
}
