//! Worlds for tests.

use glam::Vec3;
use mlipview_bodies::{Assets, Body, BodyId, BodyState, Units, World, WorldSettings};

/// Timestep of most tests, s.
pub(crate) const DT: f64 = 0.016;

/// A world with other settings.
pub(crate) fn world_with(change: impl FnOnce(&mut WorldSettings)) -> World {
    let mut settings = WorldSettings::default();
    change(&mut settings);
    World::new(settings).unwrap()
}

/// A world without gravity.
pub(crate) fn weightless() -> World {
    world_with(|settings| settings.gravity = Vec3::ZERO)
}

/// A world with the ground at z = 0.
pub(crate) fn grounded() -> World {
    let mut world = world_with(|_| {});
    add(&mut world, "ground", Body::environment());
    world
}

pub(crate) fn add(world: &mut World, asset: &str, body: Body) -> BodyId {
    let asset = Assets::new(Units::Meters).find(asset).unwrap();
    world.add(&asset, &body).unwrap()
}

pub(crate) fn state(world: &World, body: BodyId) -> BodyState {
    world.state(body).unwrap()
}

/// Steps of [`DT`] until a time.
pub(crate) fn run(world: &mut World, seconds: f64) {
    for _ in 0..(seconds / DT).round() as u32 {
        world.step(DT).unwrap();
    }
}
