//! Friction.

use glam::{Quat, Vec3};
use mlipview_bodies::Body;

use crate::fixtures::{DT, add, grounded, run, state, world_with};

/// Distance by which a cube has slid after 3 s down a slope that is tilted by an angle, rad.
fn slide(friction: f32, angle: f32) -> f32 {
    let tilt = Quat::from_rotation_y(angle);
    let mut world = world_with(|_| {});
    let slope = Body {
        orientation: tilt,
        ..Body::environment()
    };
    add(&mut world, "ground", slope);
    let start = tilt * Vec3::Z * 0.5;
    let body = Body {
        orientation: tilt,
        restitution: 0.0,
        friction,
        ..Body::at(start)
    };
    let cube = add(&mut world, "cube", body);
    run(&mut world, 3.0);
    state(&world, cube).position.distance(start)
}

#[test]
fn a_block_starts_to_slide_at_the_angle_of_friction() {
    for friction in [0.2_f32, 0.5, 0.8] {
        let angle = friction.atan();
        let below = slide(friction, 0.99 * angle);
        assert!(
            below < 0.02,
            "μ = {friction}: slides {below} m below the angle"
        );
        // s = g (sin α − μ cos α) t² / 2
        let above = 1.03 * angle;
        let expected = 0.5 * 9.81 * (above.sin() - friction * above.cos()) * 9.0;
        let measured = slide(friction, above);
        let error = (measured / expected - 1.0).abs();
        assert!(
            error < 0.05,
            "μ = {friction}: slides {measured} m, not {expected} m"
        );
    }
}

#[test]
fn friction_stops_a_block_after_its_distance() {
    let mut world = grounded();
    let body = Body {
        velocity: Vec3::X * 4.0,
        restitution: 0.0,
        friction: 0.4,
        ..Body::at(Vec3::Z * 0.5)
    };
    let cube = add(&mut world, "cube", body);
    world.step(DT).unwrap();
    world.step(DT).unwrap();
    let snapshot = world.snapshot();
    let pull: Vec3 = snapshot
        .friction
        .iter()
        .map(|friction| {
            if friction.body_b == cube {
                friction.impulse
            } else {
                -friction.impulse
            }
        })
        .sum();
    // It acts on the cube against its motion, with μ m g Δt.
    let expected = -0.4 * 10.0 * 9.81 * DT as f32;
    assert!(
        (pull.x / expected - 1.0).abs() < 0.05,
        "{pull}, not {expected}"
    );
    run(&mut world, 3.0);
    // v² / (2 μ g)
    let (measured, expected) = (state(&world, cube).position.x, 16.0 / (2.0 * 0.4 * 9.81));
    assert!(
        (measured / expected - 1.0).abs() < 0.02,
        "{measured}, not {expected}"
    );
}
