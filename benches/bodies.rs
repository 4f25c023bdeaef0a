//! Simulated time by wall time, for 1 000 bodies that fall on a heap, on one core.
//!
//! `cargo bench --package mlipview-bodies --bench bodies`; 60 steps of 1/60 s take less than a second if the
//! ratio is above 1.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

use std::time::Instant;

use glam::Vec3;
use mlipview_bodies::{Assets, Body, Units, World, WorldSettings, orientation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for names in [
        &["cube"][..],
        &["sphere"],
        &["cube", "sphere", "cylinder"],
        &["molecule:benzene"],
    ] {
        let (falling, heap, contacts) = ratios(names)?;
        println!(
            "{names:?}: {falling:.1} while falling, {heap:.1} as a heap with {contacts} contacts"
        );
    }
    Ok(())
}

/// Simulated by wall time in the first second, and after nine more; contacts at the end.
fn ratios(names: &[&str]) -> Result<(f64, f64, usize), Box<dyn std::error::Error>> {
    let assets = Assets::new(Units::Meters);
    let mut world = World::new(WorldSettings::default())?;
    world.add(&assets.find("ground")?, &Body::environment())?;
    for index in 0..1000 {
        let [x, y, z] = [index % 10, index / 10 % 10, index / 100].map(|index| 1.2 * index as f32);
        let asset = assets.find(names[index % names.len()])?;
        let body = Body {
            orientation: orientation([0.1 * x, 0.1 * y, 0.1 * z]),
            restitution: 0.3,
            ..Body::at(Vec3::new(x, y, z + 1.0))
        };
        world.add(&asset, &body)?;
    }
    let falling = ratio(&mut world)?;
    for _ in 0..480 {
        world.step(1.0 / 60.0)?;
    }
    let heap = ratio(&mut world)?;
    Ok((falling, heap, world.snapshot().contacts.len()))
}

/// Simulated by wall time of a second.
fn ratio(world: &mut World) -> Result<f64, Box<dyn std::error::Error>> {
    let start = Instant::now();
    for _ in 0..60 {
        world.step(1.0 / 60.0)?;
    }
    Ok(start.elapsed().as_secs_f64().recip())
}
