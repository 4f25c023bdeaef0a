//! Collisions and their restitution.

use glam::Vec3;
use mlipview_bodies::Body;

use crate::fixtures::{add, grounded, state, weightless};

/// Height of the first bounce of a sphere, above where it touches the ground, by its drop height.
fn bounce(restitution: f32, drop: f32, dt: f64) -> f32 {
    let mut world = grounded();
    let body = Body {
        restitution,
        ..Body::at(Vec3::Z * (drop + 0.5))
    };
    let ball = add(&mut world, "sphere", body);
    let (mut has_bounced, mut apex) = (false, 0.0_f32);
    for _ in 0..(4.0 / dt) as u32 {
        world.step(dt).unwrap();
        let now = state(&world, ball);
        if has_bounced && now.velocity.z < 0.0 {
            break;
        }
        has_bounced |= now.velocity.z > 0.0;
        if has_bounced {
            // The highest point lies between two steps.
            let rise = now.velocity.z * now.velocity.z / (2.0 * 9.81);
            apex = apex.max(now.position.z - 0.5 + rise);
        }
    }
    apex / drop
}

#[test]
fn a_sphere_bounces_to_the_square_of_its_restitution() {
    for drop in [0.5, 1.0, 2.0, 5.0] {
        for restitution in [0.3, 0.5, 0.8, 0.95] {
            let expected = restitution * restitution;
            let measured = bounce(restitution, drop, 0.016);
            let error = (measured / expected - 1.0).abs();
            assert!(
                error < 0.02,
                "e = {restitution}, h = {drop}: {measured}, not {expected}"
            );
        }
    }
}

#[test]
fn the_height_of_a_bounce_does_not_depend_on_the_timestep() {
    let expected = bounce(0.8, 1.0, 0.005);
    for dt in [0.01, 0.016, 0.033] {
        let measured = bounce(0.8, 1.0, dt);
        assert!(
            (measured / expected - 1.0).abs() < 0.02,
            "{dt} s: {measured}, not {expected}"
        );
    }
}

#[test]
fn a_body_without_restitution_does_not_bounce() {
    assert!(bounce(0.0, 1.0, 0.016) < 1e-3);
}

#[test]
fn two_equal_spheres_exchange_their_velocities() {
    let mut world = weightless();
    let ball = |x: f32, speed: f32| Body {
        velocity: Vec3::X * speed,
        restitution: 1.0,
        friction: 0.0,
        ..Body::at(Vec3::X * x)
    };
    let left = add(&mut world, "sphere", ball(0.0, 3.0));
    let right = add(&mut world, "sphere", ball(2.0, 0.0));
    let mut impulse = 0.0;
    for _ in 0..60 {
        world.step(0.016).unwrap();
        impulse += world
            .snapshot()
            .contacts
            .iter()
            .map(|contact| contact.impulse)
            .sum::<f32>();
    }
    assert!(state(&world, left).velocity.abs_diff_eq(Vec3::ZERO, 0.01));
    assert!(
        state(&world, right)
            .velocity
            .abs_diff_eq(Vec3::X * 3.0, 0.01)
    );
    // The impulse of the collision, 10 kg · 3 m/s, is in the contacts of its step.
    assert!((impulse - 30.0).abs() < 0.3, "{impulse}");
}

#[test]
fn a_contact_at_rest_carries_the_weight() {
    let mut world = grounded();
    let cube = add(&mut world, "cube", Body::at(Vec3::Z * 0.5));
    for _ in 0..120 {
        world.step(0.016).unwrap();
    }
    let snapshot = world.snapshot();
    let impulse: f32 = snapshot
        .contacts
        .iter()
        .map(|contact| contact.impulse)
        .sum();
    let weight = 10.0 * 9.81 * 0.016;
    assert!(
        (impulse / weight - 1.0).abs() < 0.02,
        "{impulse}, not {weight}"
    );
    for contact in &snapshot.contacts {
        assert!(
            contact.point.z.abs() < 0.02 && contact.depth.abs() < 0.02,
            "{contact:?}"
        );
        let toward_b = if contact.body_b == cube { 1.0 } else { -1.0 };
        assert!((contact.normal.z - toward_b).abs() < 1e-3, "{contact:?}");
    }
    let solver = snapshot.solver.unwrap();
    assert!(
        solver.iterations > 0 && solver.residual < 0.01,
        "{solver:?}"
    );
}

#[test]
fn fast_bodies_do_not_pass_through_the_ground() {
    let mut world = grounded();
    let body = Body {
        velocity: Vec3::NEG_Z * 300.0,
        restitution: 0.0,
        ..Body::at(Vec3::Z * 20.0)
    };
    let cube = add(&mut world, "cube", body);
    for _ in 0..100 {
        world.step(0.033).unwrap();
    }
    let height = state(&world, cube).position.z;
    assert!((0.4..1.0).contains(&height), "{height}");
}
