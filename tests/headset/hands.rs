//! What hands do, from the runtime's controllers to the atoms of the simulation.

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::potential::lennard_jones::LennardJones;
use mlipview_core::sim::Engine;
use mlipview_viewer::Scene;
use mlipview_viewer::xr::seen::{HandSeen, Pose, Side};
use mlipview_viewer::xr::{Rig, Seen};

use crate::remote::{Hand, Remote};
use crate::wearer::{Wearer, structure};

pub(crate) const HEAD: Vec3 = Vec3::new(0.0, 1.6, 0.0);
pub(crate) const LEFT: Vec3 = Vec3::new(-0.3, 1.0, -0.2);
/// Frames after which what the remote driver was told is seen.
pub(crate) const SEEN: usize = 10;

#[test]
#[ignore = "needs a headset: scripts/xr-runtime remote"]
fn remote_a_controller_takes_an_atom_along_and_leaves_it_where_it_lets_go() {
    let (mut wearer, mut remote) = worn();
    let before = atom(&mut wearer);
    let rig = *wearer.world().resource::<Rig>();
    // In the line from the head to the atom, 30 cm before it.
    let there = rig.to_room(before);
    let from = there + (HEAD - there).normalize_or_zero() * 0.3;
    let mut hand = pointing(&mut wearer, &mut remote, from, there);
    remote.put(HEAD, [Hand::at(LEFT), hand]);
    wearer.frames(SEEN);
    hand.trigger = 1.0;
    remote.put(HEAD, [Hand::at(LEFT), hand]);
    wearer.frames(SEEN);
    let held = atom(&mut wearer);
    assert!(
        held.distance(before) < 0.05,
        "it jumps to {held} at the grab"
    );
    let motion = Vec3::new(0.05, 0.1, -0.02);
    for _ in 0..10 {
        hand.grip.place += motion / 10.0;
        remote.put(HEAD, [Hand::at(LEFT), hand]);
        wearer.frames(2);
    }
    wearer.frames(SEEN);
    hand.trigger = 0.0;
    remote.put(HEAD, [Hand::at(LEFT), hand]);
    wearer.frames(2 * SEEN);
    let expected = before + rig.scale * (rig.turn * motion);
    let after = atom(&mut wearer);
    eprintln!("from {before} to {after}, expected {expected}");
    assert!(after.distance(expected) < 0.1, "{after} is not {expected}");
    wearer.leave();
}

#[test]
#[ignore = "needs a headset: scripts/xr-runtime remote"]
fn remote_two_hands_that_draw_apart_make_the_world_larger() {
    let (mut wearer, mut remote) = worn();
    let before = *wearer.world().resource::<Rig>();
    let hands = |aside: f32, squeeze: f32| {
        [-aside, aside].map(|x| Hand {
            squeeze,
            ..Hand::at(Vec3::new(x, 1.0, -0.2))
        })
    };
    for squeeze in [0.0, 1.0] {
        remote.put(HEAD, hands(0.15, squeeze));
        wearer.frames(SEEN);
    }
    for step in 1..=10 {
        remote.put(HEAD, hands(0.15 + 0.015 * step as f32, 1.0));
        wearer.frames(2);
    }
    wearer.frames(SEEN);
    remote.put(HEAD, hands(0.3, 0.0));
    wearer.frames(SEEN);
    let after = *wearer.world().resource::<Rig>();
    let ratio = before.scale / after.scale;
    eprintln!("the world is {ratio} times as large");
    assert!((ratio - 2.0).abs() < 0.05, "{ratio}");
    // What was between the hands still is.
    let middle = Vec3::new(0.0, 1.0, -0.2);
    let (was, is) = (before.to_world(middle), after.to_world(middle));
    assert!(was.distance(is) < 0.02 * before.scale, "{was} is not {is}");
    wearer.leave();
}

/// Somebody with a pair of argon atoms before them, and who moves them.
fn worn() -> (Wearer, Remote) {
    let mut remote = Remote::connect();
    remote.put(HEAD, [Hand::at(LEFT), Hand::at(LEFT.with_x(0.3))]);
    let pair = structure(&[("Ar", DVec3::ZERO), ("Ar", DVec3::X * 4.0)]);
    let potential = Box::new(LennardJones::noble_gases());
    let mut wearer = Wearer::of(Engine::new(pair, Some(potential), 0));
    wearer.enter();
    wearer.frames(2 * SEEN);
    (wearer, remote)
}

/// The atom on the right, Å.
fn atom(wearer: &mut Wearer) -> Vec3 {
    wearer.world().resource::<Scene>().frame.positions[1].as_vec3()
}

/// A right hand whose ray goes from here to there (m): controllers point otherwise than they are held.
pub(crate) fn pointing(wearer: &mut Wearer, remote: &mut Remote, from: Vec3, to: Vec3) -> Hand {
    let straight = Hand::at(LEFT.with_x(0.3));
    remote.put(HEAD, [Hand::at(LEFT), straight]);
    wearer.frames(SEEN);
    let seen: HandSeen = *wearer.world().resource::<Seen>().hand(Side::Right).unwrap();
    let unturn = seen.grip.turn.inverse();
    let ray = Pose {
        place: unturn * (seen.aim.place - seen.grip.place),
        turn: unturn * seen.aim.turn,
    };
    let wanted = Transform::IDENTITY.looking_to(to - from, Vec3::Y).rotation;
    let turn = (wanted * ray.turn.inverse()).normalize();
    // (The runtime may hold controllers otherwise than it is told.)
    let held = seen.grip.turn * straight.grip.turn.inverse();
    Hand {
        grip: Pose {
            place: from - turn * ray.place,
            turn: (held.inverse() * turn).normalize(),
        },
        ..straight
    }
}
