//! Bodies without contacts: fall and rotation.

use glam::{Mat3, Quat, Vec3};
use mlipview_bodies::{Body, orientation};

use crate::fixtures::{DT, add, run, state, weightless, world_with};

#[test]
fn a_body_falls_by_half_g_t_squared() {
    let mut world = world_with(|_| {});
    let start = Body {
        velocity: Vec3::new(1.0, -2.0, 3.0),
        ..Body::at(Vec3::new(4.0, 5.0, 6.0))
    };
    let ball = add(&mut world, "sphere", start.clone());
    run(&mut world, 1.6);
    let now = state(&world, ball);
    let expected = start.position + start.velocity * 1.6 - Vec3::Z * 0.5 * 9.81 * 2.56;
    assert!(
        now.position.abs_diff_eq(expected, 0.02),
        "{} {expected}",
        now.position
    );
    assert!((now.velocity.z - (3.0 - 9.81 * 1.6)).abs() < 1e-3);
}

/// Momentum and energy of a free body of mass 2 with an inertia tensor in its own axes.
fn momentum_and_energy(
    inertia: Mat3,
    rotation: Quat,
    velocity: Vec3,
    angular: Vec3,
) -> (Vec3, f32) {
    let axes = Mat3::from_quat(rotation);
    let momentum = axes * inertia * axes.transpose() * angular;
    (
        momentum,
        0.5 * momentum.dot(angular) + velocity.length_squared(),
    )
}

#[test]
fn a_free_rotor_keeps_momentum_and_energy() {
    let mut world = weightless();
    let body = Body {
        mass: 2.0,
        velocity: Vec3::new(0.5, -1.0, 0.25),
        // Next to an unstable axis.
        angular_velocity: Vec3::new(2.0, 5.0, 1.0),
        orientation: orientation([0.3, -0.2, 1.0]),
        ..Body::at(Vec3::ZERO)
    };
    let cylinder = add(&mut world, "cylinder", body);
    // m (3 r² + h²) / 12, and m r² / 2 about the axis.
    let inertia = Mat3::from_diagonal(2.0 * Vec3::new(1.75 / 12.0, 1.75 / 12.0, 0.125));
    let of = |world: &mlipview_bodies::World| {
        let now = state(world, cylinder);
        momentum_and_energy(inertia, now.orientation, now.velocity, now.angular_velocity)
    };
    let (momentum, energy) = of(&world);
    for _ in 0..1000 {
        world.step(DT).unwrap();
        let (now, kinetic) = of(&world);
        assert!(
            now.distance(momentum) < 0.02 * momentum.length(),
            "{now}, not {momentum}"
        );
        assert!(
            (kinetic / energy - 1.0).abs() < 0.01,
            "{kinetic}, not {energy}"
        );
    }
    let velocity = state(&world, cylinder).velocity;
    assert!(
        velocity.abs_diff_eq(Vec3::new(0.5, -1.0, 0.25), 1e-4),
        "{velocity}"
    );
}

#[test]
fn the_environment_does_not_move() {
    let mut world = world_with(|_| {});
    let body = Body {
        velocity: Vec3::X,
        ..Body::environment()
    };
    let cube = add(&mut world, "cube", body);
    let ball = add(&mut world, "sphere", Body::at(Vec3::Z * 2.0));
    run(&mut world, 1.0);
    let now = state(&world, cube);
    assert_eq!(
        (now.position, now.velocity, now.angular_velocity),
        (Vec3::ZERO, Vec3::ZERO, Vec3::ZERO)
    );
    assert!(state(&world, ball).position.z > 0.9);
}
