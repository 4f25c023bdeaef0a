//! Controllers of the runtime move atoms of the simulation, and the world.

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::potential::lennard_jones::LennardJones;
use mlipview_core::sim::Engine;
use mlipview_viewer::Scene;
use mlipview_viewer::xr::{HandInput, Pose, Rig, Side, Tracking};

use crate::remote::{Hand, Remote};
use crate::wearer::{Wearer, structure};

pub(crate) const HEAD: Vec3 = Vec3::new(0.0, 1.6, 0.0);
pub(crate) const LEFT: Vec3 = Vec3::new(-0.3, 1.0, -0.2);
/// Frames until input of the remote driver arrives.
pub(crate) const LATENCY: usize = 10;

#[test]
#[ignore = "needs a headset: scripts/xr-runtime remote"]
fn remote_a_controller_moves_an_atom_and_leaves_it_where_it_is_released() {
    let (mut wearer, mut remote) = session();
    let before = atom(&mut wearer);
    let rig = *wearer.world().resource::<Rig>();
    // On the line from the head to the atom, 30 cm in front of it.
    let there = rig.to_room(before);
    let from = there + (HEAD - there).normalize_or_zero() * 0.3;
    let mut hand = pointing(&mut wearer, &mut remote, from, there);
    remote.set_poses(HEAD, [Hand::at(LEFT), hand]);
    wearer.frames(LATENCY);
    hand.trigger = 1.0;
    remote.set_poses(HEAD, [Hand::at(LEFT), hand]);
    wearer.frames(LATENCY);
    let held = atom(&mut wearer);
    assert!(
        held.distance(before) < 0.05,
        "it jumps to {held} at the grab"
    );
    let motion = Vec3::new(0.05, 0.1, -0.02);
    for _ in 0..10 {
        hand.grip.position += motion / 10.0;
        remote.set_poses(HEAD, [Hand::at(LEFT), hand]);
        wearer.frames(2);
    }
    wearer.frames(LATENCY);
    hand.trigger = 0.0;
    remote.set_poses(HEAD, [Hand::at(LEFT), hand]);
    wearer.frames(2 * LATENCY);
    let expected = before + rig.scale * (rig.rotation * motion);
    let after = atom(&mut wearer);
    eprintln!("from {before} to {after}, expected {expected}");
    assert!(after.distance(expected) < 0.1, "{after} is not {expected}");
    wearer.leave();
}

#[test]
#[ignore = "needs a headset: scripts/xr-runtime remote"]
fn remote_two_hands_that_move_apart_scale_the_world() {
    let (mut wearer, mut remote) = session();
    let before = *wearer.world().resource::<Rig>();
    let hands = |aside: f32, squeeze: f32| {
        [-aside, aside].map(|x| Hand {
            squeeze,
            ..Hand::at(Vec3::new(x, 1.0, -0.2))
        })
    };
    for squeeze in [0.0, 1.0] {
        remote.set_poses(HEAD, hands(0.15, squeeze));
        wearer.frames(LATENCY);
    }
    for step in 1..=10 {
        remote.set_poses(HEAD, hands(0.15 + 0.015 * step as f32, 1.0));
        wearer.frames(2);
    }
    wearer.frames(LATENCY);
    remote.set_poses(HEAD, hands(0.3, 0.0));
    wearer.frames(LATENCY);
    let after = *wearer.world().resource::<Rig>();
    let ratio = before.scale / after.scale;
    eprintln!("the world is {ratio} times as large");
    assert!((ratio - 2.0).abs() < 0.05, "{ratio}");
    // The midpoint of the hands stays.
    let middle = Vec3::new(0.0, 1.0, -0.2);
    let (was, is) = (before.to_world(middle), after.to_world(middle));
    assert!(was.distance(is) < 0.02 * before.scale, "{was} is not {is}");
    wearer.leave();
}

/// A running session with two argon atoms, and the driver that moves head and hands.
fn session() -> (Wearer, Remote) {
    let mut remote = Remote::connect();
    remote.set_poses(HEAD, [Hand::at(LEFT), Hand::at(LEFT.with_x(0.3))]);
    let pair = structure(&[("Ar", DVec3::ZERO), ("Ar", DVec3::X * 4.0)]);
    let potential = Box::new(LennardJones::noble_gases());
    let mut wearer = Wearer::of(Engine::new(pair, Some(potential), 0));
    wearer.enter();
    wearer.frames(2 * LATENCY);
    (wearer, remote)
}

/// Position of the right atom, Å.
fn atom(wearer: &mut Wearer) -> Vec3 {
    wearer.world().resource::<Scene>().frame.positions[1].as_vec3()
}

/// A right hand whose ray goes from one point to another (m). The ray of a controller is tilted against
/// its grip.
pub(crate) fn pointing(wearer: &mut Wearer, remote: &mut Remote, from: Vec3, to: Vec3) -> Hand {
    let straight = Hand::at(LEFT.with_x(0.3));
    remote.set_poses(HEAD, [Hand::at(LEFT), straight]);
    wearer.frames(LATENCY);
    let input: HandInput = *wearer
        .world()
        .resource::<Tracking>()
        .hand(Side::Right)
        .unwrap();
    let to_grip = input.grip.rotation.inverse();
    let ray = Pose {
        position: to_grip * (input.aim.position - input.grip.position),
        rotation: to_grip * input.aim.rotation,
    };
    let ray_rotation = Transform::IDENTITY.looking_to(to - from, Vec3::Y).rotation;
    let rotation = (ray_rotation * ray.rotation.inverse()).normalize();
    // The runtime may rotate the grip pose of the driver.
    let held = input.grip.rotation * straight.grip.rotation.inverse();
    Hand {
        grip: Pose {
            position: from - rotation * ray.position,
            rotation: (held.inverse() * rotation).normalize(),
        },
        ..straight
    }
}
