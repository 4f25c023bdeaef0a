//! Neighbor lists against brute force over images.

use std::collections::BTreeSet;

use glam::{DMat3, DVec3, IVec3};
use mlipview::chem::Cell;
use mlipview::chem::neighbors::NeighborList;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A pair as (i, j, shift).
type Found = (usize, usize, [i32; 3]);

/// What the list holds within `cutoff`; fails if it lists a pair twice.
fn listed(list: &NeighborList, positions: &[DVec3], cutoff: f64) -> BTreeSet<Found> {
    let mut pairs = BTreeSet::new();
    for atom in 0..positions.len() {
        for neighbor in list.neighbors(atom) {
            let other = neighbor.atom as usize;
            let translation = list.translations()[neighbor.image as usize];
            let vector = positions[other] - positions[atom] + translation;
            if vector.length() <= cutoff {
                let shift = list.shifts()[neighbor.image as usize].to_array();
                assert!(pairs.insert((atom, other, shift)), "listed twice");
            }
        }
    }
    pairs
}

/// Every pair, by trying every image in a block that is surely large enough.
fn brute_force(positions: &[DVec3], cell: Option<&Cell>, cutoff: f64) -> BTreeSet<Found> {
    let mut pairs = BTreeSet::new();
    let mut block = IVec3::ZERO;
    if let Some(cell) = cell {
        let spread = positions
            .iter()
            .flat_map(|one| positions.iter().map(|other| cell.fractional(*other - *one)))
            .fold(DVec3::ZERO, |most, difference| most.max(difference.abs()));
        for axis in 0..3 {
            if cell.periodic()[axis] {
                block[axis] = (spread[axis] + cutoff / cell.heights()[axis]).ceil() as i32 + 1;
            }
        }
    }
    for x in -block.x..=block.x {
        for y in -block.y..=block.y {
            for z in -block.z..=block.z {
                let shift = IVec3::new(x, y, z);
                let translation = cell.map_or(DVec3::ZERO, |cell| cell.translation(shift));
                for (i, one) in positions.iter().enumerate() {
                    for (j, other) in positions.iter().enumerate() {
                        let vector = other - one + translation;
                        if (i != j || shift != IVec3::ZERO) && vector.length() <= cutoff {
                            pairs.insert((i, j, shift.to_array()));
                        }
                    }
                }
            }
        }
    }
    pairs
}

fn once(pairs: &BTreeSet<Found>) -> BTreeSet<Found> {
    pairs
        .iter()
        .copied()
        .filter(|&(i, j, shift)| (i, [0; 3]) < (j, shift))
        .collect()
}

/// A cell of any shape and handedness with lengths between 2 and 12 Å.
fn random_cell(rng: &mut impl Rng) -> Cell {
    loop {
        let vectors = [0; 3].map(|_| random_vector(rng, 1.0) * rng.random_range(2.0..12.0));
        let periodic = [0; 3].map(|_| rng.random_bool(0.7));
        if let Ok(cell) = Cell::new(vectors, periodic)
            && DMat3::determinant(&cell.matrix()).abs() > 15.0
        {
            return cell;
        }
    }
}

fn random_vector(rng: &mut impl Rng, half_width: f64) -> DVec3 {
    DVec3::from_array([0; 3].map(|_| rng.random_range(-half_width..half_width)))
}

fn random_positions(rng: &mut impl Rng, cell: &Cell, atoms: usize) -> Vec<DVec3> {
    (0..atoms)
        .map(|_| cell.cartesian(random_vector(rng, 1.5)))
        .collect()
}

#[test]
fn a_full_list_equals_brute_force_over_images_in_any_cell() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..150 {
        let cell = random_cell(&mut rng);
        let atoms = rng.random_range(1..12);
        let positions = random_positions(&mut rng, &cell, atoms);
        let cutoff = rng.random_range(1.0..7.0);
        let mut list = NeighborList::full(cutoff, rng.random_range(0.0..1.0));
        assert!(list.update(&positions, Some(&cell)));
        assert_eq!(
            listed(&list, &positions, cutoff),
            brute_force(&positions, Some(&cell), cutoff),
            "{cell:?} {positions:?} {cutoff}"
        );
    }
}

#[test]
fn a_half_list_holds_each_pair_once() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    for _ in 0..60 {
        let cell = random_cell(&mut rng);
        let positions = random_positions(&mut rng, &cell, 6);
        let cutoff = rng.random_range(1.0..7.0);
        let mut list = NeighborList::half(cutoff, 0.3);
        list.update(&positions, Some(&cell));
        assert_eq!(
            listed(&list, &positions, cutoff),
            once(&brute_force(&positions, Some(&cell), cutoff)),
        );
    }
}
