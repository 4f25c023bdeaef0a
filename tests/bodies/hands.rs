//! Hands that pull bodies.

use glam::Vec3;
use mlipview_bodies::{Body, BodyError, BodyId};

use crate::fixtures::{add, grounded, run, state, world_with};

#[test]
fn a_held_body_follows_the_hand_and_falls_when_released() {
    let mut world = grounded();
    let cube = add(&mut world, "cube", Body::at(Vec3::Z * 0.5));
    world.grab(cube, Vec3::Z).unwrap();
    let target = Vec3::new(2.0, 1.0, 4.0);
    world.move_hand(target).unwrap();
    run(&mut world, 8.0);
    let now = state(&world, cube);
    // The hand holds the top, and the cube hangs from it.
    assert!(
        now.position.distance(target - Vec3::Z * 0.5) < 0.1,
        "{now:?}"
    );
    world.release();
    run(&mut world, 0.5);
    assert!(state(&world, cube).velocity.z < -4.0);
}

#[test]
fn the_force_of_a_hand_is_bounded() {
    let mut world = world_with(|settings| settings.gravity = Vec3::ZERO);
    let ball = add(&mut world, "sphere", Body::at(Vec3::ZERO));
    world.grab(ball, Vec3::ZERO).unwrap();
    world.move_hand(Vec3::X * 1e6).unwrap();
    run(&mut world, 0.16);
    let speed = state(&world, ball).velocity.length();
    assert!((speed / (200.0 * 0.16) - 1.0).abs() < 0.02, "{speed}");
}

#[test]
fn only_inertial_bodies_can_be_held() {
    let mut world = grounded();
    let ground = world.snapshot().states[0].id;
    assert_eq!(
        world.grab(ground, Vec3::ZERO),
        Err(BodyError::Unknown(ground.number()))
    );
    let missing = BodyId::from_number(99);
    assert_eq!(world.grab(missing, Vec3::ZERO), Err(BodyError::Unknown(99)));
    assert!(world.grab(missing, Vec3::NAN).is_err());
}
