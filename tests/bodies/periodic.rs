//! Periodic cells: contacts through faces.

use glam::{Quat, Vec3};
use mlipview_bodies::{Body, BodyError, BodyState, World, orientation};

use crate::fixtures::{DT, add, run, state, world_with};

const CELL: Vec3 = Vec3::new(6.0, 7.0, 8.0);

fn periodic() -> World {
    world_with(|settings| {
        settings.gravity = Vec3::ZERO;
        settings.cell = Some(CELL);
    })
}

fn moving(position: Vec3, velocity: Vec3) -> Body {
    Body {
        velocity,
        restitution: 1.0,
        friction: 0.0,
        ..Body::at(position)
    }
}

#[test]
fn bodies_at_opposite_faces_collide_as_in_the_middle() {
    // The same collision, at each face, edge and corner.
    let collide = |shift: Vec3| {
        let mut world = periodic();
        let turned = |body: Body, angle: f32| Body {
            orientation: orientation([angle, 0.4, 0.2]),
            ..body
        };
        let center = 0.5 * CELL + shift;
        let left = turned(moving(center - Vec3::X, Vec3::X * 2.0), 0.3);
        let right = turned(moving(center + Vec3::new(1.0, 0.3, 0.2), Vec3::ZERO), 0.9);
        let bodies = [
            add(&mut world, "cube", left),
            add(&mut world, "cylinder", right),
        ];
        run(&mut world, 1.0);
        bodies.map(|body| state(&world, body))
    };
    let expected = collide(Vec3::ZERO);
    assert!(expected[1].velocity.x > 0.5);
    for shift in [
        Vec3::X * 3.0,
        Vec3::Y * 3.5,
        Vec3::new(3.0, 3.5, 4.0),
        Vec3::new(-3.1, 0.0, 4.2),
    ] {
        let found = collide(shift);
        for (found, expected) in found.iter().zip(&expected) {
            assert!(
                found.velocity.abs_diff_eq(expected.velocity, 0.02),
                "{shift}: {found:?}, not {expected:?}"
            );
            let spin = found.angular_velocity;
            assert!(
                spin.abs_diff_eq(expected.angular_velocity, 0.05),
                "{shift}: {found:?}, not {expected:?}"
            );
            let offset = found.position - expected.position - shift;
            let offset = offset - CELL * (offset / CELL).round();
            assert!(offset.length() < 0.02, "{shift}: {offset}");
        }
    }
}

#[test]
fn a_gas_in_a_cell_keeps_momentum_and_energy() {
    let mut world = periodic();
    let mut bodies = Vec::new();
    for index in 0..27 {
        let at = Vec3::new(
            (index % 3) as f32,
            (index / 3 % 3) as f32,
            (index / 9) as f32,
        );
        let velocity = Quat::from_rotation_z(index as f32) * Vec3::new(2.0, 0.0, 1.0 - at.z);
        bodies.push(add(&mut world, "sphere", moving(2.0 * at + 0.3, velocity)));
    }
    let sums = |world: &World| {
        let states: Vec<BodyState> = bodies.iter().map(|body| state(world, *body)).collect();
        let momentum: Vec3 = states.iter().map(|state| state.velocity).sum();
        (
            momentum,
            states
                .iter()
                .map(|state| state.velocity.length_squared())
                .sum::<f32>(),
        )
    };
    let (momentum, energy) = sums(&world);
    let mut contacts = 0;
    for _ in 0..600 {
        world.step(DT).unwrap();
        let snapshot = world.snapshot();
        contacts += snapshot.contacts.len();
        for state in &snapshot.states {
            let (at, zero) = (state.position, Vec3::ZERO);
            assert!(
                at.cmpge(zero).all() && at.cmplt(CELL).all(),
                "{at} is outside"
            );
        }
    }
    assert!(contacts > 50, "{contacts}");
    let (now, kinetic) = sums(&world);
    assert!(now.abs_diff_eq(momentum, 0.05), "{now}, not {momentum}");
    assert!(
        (kinetic / energy - 1.0).abs() < 0.05,
        "{kinetic}, not {energy}"
    );
}

#[test]
fn a_body_collides_with_the_environment_through_a_face() {
    let mut world = periodic();
    let wall = Body {
        position: Vec3::new(0.2, 3.0, 3.0),
        ..Body::environment()
    };
    add(&mut world, "cube", wall);
    let ball = add(
        &mut world,
        "sphere",
        moving(Vec3::new(3.0, 3.0, 3.0), Vec3::X * 3.0),
    );
    run(&mut world, 1.2);
    assert!(
        state(&world, ball)
            .velocity
            .abs_diff_eq(Vec3::NEG_X * 3.0, 0.02)
    );
}

#[test]
fn a_body_must_fit_in_the_cell() {
    let mut world = world_with(|settings| settings.cell = Some(Vec3::new(9.0, 1.5, 9.0)));
    add(&mut world, "sphere", Body::at(Vec3::ZERO));
    let assets = mlipview_bodies::Assets::new(mlipview_bodies::Units::Meters);
    let large = assets.find("large_cube").unwrap();
    let refused = world.add(&large, &Body::at(Vec3::ZERO));
    assert!(matches!(refused, Err(BodyError::LargerThanCell { .. })));
}

#[test]
fn a_hand_pulls_along_the_shortest_way() {
    let mut world = periodic();
    let ball = add(&mut world, "sphere", Body::at(Vec3::new(5.5, 1.0, 1.0)));
    world.grab(ball, Vec3::new(5.5, 1.0, 1.0)).unwrap();
    world.move_hand(Vec3::new(0.5, 1.0, 1.0)).unwrap();
    world.step(DT).unwrap();
    assert!(state(&world, ball).velocity.x > 0.0);
    run(&mut world, 2.0);
    assert!((state(&world, ball).position.x - 0.5).abs() < 0.01);
}
