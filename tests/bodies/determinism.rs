//! Determinism: the same calls give the same numbers.

use glam::Vec3;
use mlipview_bodies::{Body, Snapshot, orientation};

use crate::fixtures::{DT, add, run, state, world_with};

/// Snapshots of a pile, with a body that is added while it falls.
fn pile(seed: Option<u64>) -> Vec<Snapshot> {
    let mut world = world_with(|settings| settings.seed = seed);
    add(&mut world, "ground", Body::environment());
    for (index, asset) in ["cube", "sphere", "cylinder", "molecule:benzene"]
        .iter()
        .cycle()
        .take(24)
        .enumerate()
    {
        let index = index as f32;
        let body = Body {
            orientation: orientation([0.1 * index, 0.2, 0.3]),
            ..Body::at(Vec3::new((index % 3.0) * 0.4, 0.0, 1.0 + 1.1 * index))
        };
        add(&mut world, asset, body);
    }
    let mut snapshots = Vec::new();
    for step in 0..250 {
        if step == 100 {
            add(&mut world, "large_cube", Body::at(Vec3::Z * 30.0));
        }
        world.step(DT).unwrap();
        snapshots.push(world.snapshot());
    }
    snapshots
}

#[test]
fn the_same_world_gives_the_same_numbers() {
    let first = pile(Some(7));
    assert_eq!(first, pile(Some(7)));
    assert!(first.iter().any(|snapshot| snapshot.contacts.len() > 4));
    assert_ne!(first.last(), pile(Some(8)).last());
}

#[test]
fn a_seed_breaks_an_unstable_balance() {
    let tower = |seed| {
        let mut world = world_with(|settings| settings.seed = seed);
        add(&mut world, "ground", Body::environment());
        add(&mut world, "sphere", Body::at(Vec3::Z * 0.5));
        let top = add(&mut world, "sphere", Body::at(Vec3::Z * 1.5));
        run(&mut world, 8.0);
        state(&world, top).position.z
    };
    assert!(tower(None) > 1.4);
    assert!(tower(Some(1)) < 1.0);
}
