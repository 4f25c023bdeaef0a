//! Molecular dynamics of liquid argon at 90 K on a separate thread.

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Command, Engine, Event, spawn};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // 256 atoms on a face-centered cubic lattice at the density of the liquid, 1.37 g/cm³.
    let constant = 5.78;
    let corners = [
        DVec3::ZERO,
        DVec3::new(0.0, 0.5, 0.5),
        DVec3::new(0.5, 0.0, 0.5),
        DVec3::new(0.5, 0.5, 0.0),
    ];
    let mut positions = Vec::new();
    for (x, y, z) in (0..64).map(|i| (i / 16, i / 4 % 4, i % 4)) {
        let origin = DVec3::new(f64::from(x), f64::from(y), f64::from(z));
        positions.extend(corners.map(|corner| constant * (origin + corner)));
    }
    let cell = Cell::orthorhombic(DVec3::splat(4.0 * constant))?;
    let argon = Structure::new(vec![Element::AR; positions.len()], positions)?.with_cell(cell);

    let engine = Engine::new(argon, Some(Box::new(LennardJones::noble_gases())), 1);
    let simulation = spawn(engine)?;
    let events = simulation.events();
    let settings = DynamicsSettings {
        timestep: 5.0,
        temperature: 90.0,
        friction: 1.0,
        ..DynamicsSettings::default()
    };
    simulation.send(Command::Steps(settings.task(), 2000))?;

    // Any thread may read the newest frame at any time; unread frames are skipped.
    for event in events {
        println!("{event}");
        if matches!(event, Event::Stopped { .. } | Event::Interrupted { .. }) {
            break;
        }
    }
    let frame = simulation.frame();
    let energy = frame
        .evaluation
        .as_ref()
        .map_or(f64::NAN, |evaluation| evaluation.energy);
    println!(
        "after {:.1} ps: {:.1} K, {energy:.3} eV",
        frame.time * 1e-3,
        frame.temperature
    );
    Ok(())
}
