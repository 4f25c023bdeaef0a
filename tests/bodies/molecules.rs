//! Molecules as rigid bodies.

use glam::Vec3;
use mlipview_bodies::{Assets, Body, Units, World, WorldSettings};

use crate::fixtures::{add, grounded, run, state};

#[test]
fn a_molecule_falls_and_rests_on_its_atoms() {
    let mut world = grounded();
    let body = Body {
        restitution: 0.0,
        ..Body::at(Vec3::Z * 2.0)
    };
    let water = add(&mut world, "molecule:water", body);
    run(&mut world, 4.0);
    let now = state(&world, water);
    // 1 Å is 0.1 m: the radius of oxygen is 0.152 m.
    assert!((0.1..0.2).contains(&now.position.z), "{}", now.position);
    assert!(now.velocity.z.abs() < 0.1, "{}", now.velocity);
}

#[test]
fn in_angstroms_a_molecule_has_its_own_size_and_no_weight() {
    let assets = Assets::new(Units::Angstroms);
    let benzene = assets.find("molecule:benzene").unwrap();
    assert!((benzene.atomic_mass().unwrap() - 78.11).abs() < 0.1);
    let mesh = benzene.mesh();
    let largest = mesh
        .positions
        .iter()
        .fold(0.0_f32, |largest, x| largest.max(x.abs()));
    // The hydrogen atoms are 2.5 Å from the center, with a radius of 1.1 to 1.2 Å.
    assert!((3.3..4.0).contains(&largest), "{largest}");
    let settings = WorldSettings {
        gravity: Units::Angstroms.gravity(),
        ..WorldSettings::default()
    };
    let mut world = World::new(settings).unwrap();
    let body = Body {
        mass: 78.11,
        ..Body::at(Vec3::ZERO)
    };
    let molecule = world.add(&benzene, &body).unwrap();
    run(&mut world, 1.0);
    assert_eq!(state(&world, molecule).position, Vec3::ZERO);
}

#[test]
fn two_molecules_collide_and_keep_their_momentum() {
    let mut world = World::new(WorldSettings {
        gravity: Vec3::ZERO,
        ..WorldSettings::default()
    })
    .unwrap();
    let body = |x: f32, y: f32, speed: f32| Body {
        velocity: Vec3::X * speed,
        ..Body::at(Vec3::new(x, y, 0.0))
    };
    let left = add(&mut world, "molecule:caffeine", body(0.0, 0.0, 2.0));
    let right = add(&mut world, "molecule:benzene", body(2.0, 0.1, 0.0));
    run(&mut world, 2.0);
    let [left, right] = [left, right].map(|body| state(&world, body));
    let sum = left.velocity + right.velocity;
    assert!(right.velocity.x > 0.5, "{}", right.velocity);
    assert!(sum.abs_diff_eq(Vec3::X * 2.0, 0.02), "{sum}");
    assert!(left.angular_velocity.length() + right.angular_velocity.length() > 0.1);
}
