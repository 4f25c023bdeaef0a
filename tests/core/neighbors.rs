//! Neighbor lists against brute force over images.

use std::collections::BTreeSet;

use glam::{DMat3, DVec3, IVec3};
use mlipview_core::chem::neighbors::{Neighbor, NeighborList, pairs};
use mlipview_core::chem::{Cell, Element, Structure};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A pair as (i, j, shift).
type PairKey = (usize, usize, [i32; 3]);

/// The pairs of a list within `cutoff`; fails if a pair is listed twice.
fn listed(list: &NeighborList, positions: &[DVec3], cutoff: f64) -> BTreeSet<PairKey> {
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

/// All pairs, by testing all images in a block that contains every image within the cutoff.
fn brute_force(positions: &[DVec3], cell: Option<&Cell>, cutoff: f64) -> BTreeSet<PairKey> {
    let mut pairs = BTreeSet::new();
    let mut block = IVec3::ZERO;
    if let Some(cell) = cell {
        let spread = positions
            .iter()
            .flat_map(|one| positions.iter().map(|other| cell.fractional(*other - *one)))
            .fold(DVec3::ZERO, |max, difference| max.max(difference.abs()));
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

fn once(pairs: &BTreeSet<PairKey>) -> BTreeSet<PairKey> {
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
        assert!(list.update(&positions, Some(&cell)).unwrap());
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
        list.update(&positions, Some(&cell)).unwrap();
        assert_eq!(
            listed(&list, &positions, cutoff),
            once(&brute_force(&positions, Some(&cell), cutoff)),
        );
    }
}

#[test]
fn a_cutoff_many_times_the_cell_reaches_every_image() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let cell = Cell::new(
        [
            DVec3::X * 2.1,
            DVec3::new(0.9, 2.3, 0.0),
            DVec3::new(-0.7, 0.4, -2.0),
        ],
        [true; 3],
    )
    .unwrap();
    let positions = random_positions(&mut rng, &cell, 2);
    let mut list = NeighborList::full(9.0, 0.0);
    list.update(&positions, Some(&cell)).unwrap();
    let expected = brute_force(&positions, Some(&cell), 9.0);
    assert!(expected.len() > 1000);
    assert_eq!(listed(&list, &positions, 9.0), expected);
}

/// A liquid of `atoms` atoms spread over several cells, as after a long run.
fn liquid(rng: &mut impl Rng, atoms: usize) -> (Vec<DVec3>, Cell) {
    let length = (atoms as f64 / 0.05).cbrt();
    let shear = DVec3::new(0.3, 0.9, 0.1) * length;
    let cell = Cell::new(
        [DVec3::X * length, shear, DVec3::Z * length],
        [true, true, false],
    )
    .unwrap();
    (random_positions(rng, &cell, atoms), cell)
}

#[test]
fn a_large_list_equals_the_comparison_of_all_atoms_with_all() {
    let (positions, cell) = liquid(&mut ChaCha8Rng::seed_from_u64(4), 3000);
    let cutoff = 4.0;
    let mut expected = BTreeSet::new();
    for (i, one) in positions.iter().enumerate() {
        for (j, other) in positions.iter().enumerate() {
            // The cell is wider than two cutoffs: one image at most is near.
            let vector = cell.minimum_image(other - one);
            if i != j && vector.length() <= cutoff {
                let shift = cell.fractional(vector - (other - one)).round().as_ivec3();
                expected.insert((i, j, shift.to_array()));
            }
        }
    }
    let mut list = NeighborList::full(cutoff, 0.4);
    list.update(&positions, Some(&cell)).unwrap();
    assert_eq!(listed(&list, &positions, cutoff), expected);
    let mut list = NeighborList::half(cutoff, 0.4);
    list.update(&positions, Some(&cell)).unwrap();
    assert_eq!(listed(&list, &positions, cutoff), once(&expected));
}

#[test]
fn neighbors_are_sorted_and_the_same_for_any_number_of_threads() {
    let (positions, cell) = liquid(&mut ChaCha8Rng::seed_from_u64(5), 20_000);
    let with_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let mut list = NeighborList::full(5.0, 0.5);
        pool.install(|| list.update(&positions, Some(&cell)).unwrap());
        list
    };
    let (one, four) = (with_threads(1), with_threads(4));
    assert_eq!(one.shifts(), four.shifts());
    assert!(one.shifts().is_sorted_by_key(IVec3::to_array));
    for atom in 0..positions.len() {
        let neighbors: &[Neighbor] = one.neighbors(atom);
        assert!(neighbors.is_sorted());
        assert_eq!(neighbors, four.neighbors(atom));
    }
}

#[test]
fn the_list_is_rebuilt_only_when_it_could_miss_a_pair() {
    let mut rng = ChaCha8Rng::seed_from_u64(6);
    let (mut positions, cell) = liquid(&mut rng, 200);
    let (cutoff, skin) = (4.0, 1.0);
    let mut list = NeighborList::full(cutoff, skin);
    assert!(list.update(&positions, Some(&cell)).unwrap());
    assert!(!list.update(&positions, Some(&cell)).unwrap());
    for position in &mut positions {
        *position += 0.49 * skin * random_vector(&mut rng, 1.0).normalize_or_zero();
    }
    assert!(!list.update(&positions, Some(&cell)).unwrap());
    assert_eq!(
        listed(&list, &positions, cutoff),
        brute_force(&positions, Some(&cell), cutoff),
    );
    positions[7].y += skin;
    assert!(
        list.update(&positions, Some(&cell)).unwrap(),
        "an atom moved"
    );
    let stretched = cell
        .deformed(DMat3::from_diagonal(DVec3::splat(1.0001)))
        .unwrap();
    assert!(
        list.update(&positions, Some(&stretched)).unwrap(),
        "the cell changed"
    );
    positions.pop();
    assert!(
        list.update(&positions, Some(&stretched)).unwrap(),
        "an atom left"
    );
    assert!(list.update(&positions, None).unwrap(), "the cell went away");
    assert_eq!(
        listed(&list, &positions, cutoff),
        brute_force(&positions, None, cutoff)
    );
    assert!(list.update(&[], None).unwrap(), "all atoms left");
    assert!(list.is_empty());
}

#[test]
fn distant_atoms_do_not_change_the_pairs() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut positions: Vec<DVec3> = (0..50).map(|_| random_vector(&mut rng, 4.0)).collect();
    let near = pairs(&positions, None, 3.0).unwrap();
    for far in [1e6, -1e9, 1e200] {
        positions.push(DVec3::new(far, 1.0, far));
        assert_eq!(pairs(&positions, None, 3.0).unwrap(), near);
    }
}

#[test]
fn atoms_a_million_cells_outside_are_paired_across_the_cells() {
    let cell = Cell::orthorhombic(DVec3::new(5.0, 6.0, 7.0)).unwrap();
    let away = IVec3::new(1_000_000, -2_000_000, 3);
    let positions = [
        DVec3::new(0.5, 1.0, 1.0) + cell.translation(away),
        DVec3::new(4.5, 1.0, 1.0),
    ];
    let pairs = pairs(&positions, Some(&cell), 1.5).unwrap();
    let shifts: Vec<IVec3> = pairs.iter().map(|pair| pair.shift).collect();
    assert_eq!(shifts, [away - IVec3::X, IVec3::X - away]);
    assert!((pairs[0].vector + DVec3::X).length() < 1e-8);
}

#[test]
fn an_atom_at_a_non_finite_position_has_no_neighbors() {
    let cell = Cell::orthorhombic(DVec3::splat(4.0)).unwrap();
    for nowhere in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for cell in [None, Some(&cell)] {
            let lost = DVec3::new(0.0, nowhere, 0.0);
            let found = pairs(&[DVec3::ZERO, lost, DVec3::X], cell, 1.5).unwrap();
            let ends: Vec<(u32, u32)> = found.iter().map(|pair| (pair.i, pair.j)).collect();
            assert_eq!(ends, [(0, 2), (2, 0)]);
        }
    }
}

#[test]
fn pairs_are_sorted_and_come_with_their_exact_opposites() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    for _ in 0..30 {
        let cell = random_cell(&mut rng);
        let positions = random_positions(&mut rng, &cell, 8);
        let cutoff = rng.random_range(2.0..6.0);
        let pairs = pairs(&positions, Some(&cell), cutoff).unwrap();
        assert!(pairs.is_sorted_by_key(|pair| (pair.i, pair.j, pair.shift.to_array())));
        let found: BTreeSet<PairKey> = pairs
            .iter()
            .map(|pair| (pair.i as usize, pair.j as usize, pair.shift.to_array()))
            .collect();
        assert_eq!(found, brute_force(&positions, Some(&cell), cutoff));
        for pair in &pairs {
            let opposite = |other: &&mlipview_core::chem::Pair| {
                (other.i, other.j, other.shift) == (pair.j, pair.i, -pair.shift)
            };
            let other = pairs.iter().find(opposite).unwrap();
            assert_eq!(other.vector, -pair.vector);
        }
    }
}

#[test]
fn atoms_at_the_same_position_are_neighbors() {
    let found = pairs(&[DVec3::ONE, DVec3::ONE], None, 0.0).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].vector, DVec3::ZERO);
}

/// Structures with too many pairs for memory: a cell of 0.001 Å, and 100 000 coincident atoms.
pub(crate) fn too_dense(element: Element) -> [Structure; 2] {
    let one = Structure::new(vec![element], vec![DVec3::ZERO]).unwrap();
    let vectors = [DVec3::X * 1e-3, DVec3::Y * 1e-3, DVec3::Z * 1e-3];
    let coincident = Structure::new(vec![element; 100_000], vec![DVec3::ONE; 100_000]).unwrap();
    [
        one.with_cell(Some(Cell::new(vectors, [true; 3]).unwrap())),
        coincident,
    ]
}

#[test]
fn more_neighbors_than_fit_in_memory_are_an_error() {
    for structure in too_dense(Element::AR) {
        let (positions, cell) = (structure.positions(), structure.cell.as_ref());
        let mut list = NeighborList::full(6.0, 0.5);
        list.update(&[DVec3::ZERO, DVec3::X], None).unwrap();
        let error = list.update(positions, cell).unwrap_err();
        assert_eq!(error.atoms, structure.len());
        assert!(error.density > 0.4, "{error}");
        assert!(list.is_empty());
        assert!(pairs(positions, cell, 6.0).is_err());
        // The list can be used again with a valid structure.
        assert!(list.update(&[DVec3::ZERO, DVec3::X], None).unwrap());
        assert_eq!(list.neighbors(0).len(), 1);
    }
}

#[test]
fn the_smallest_cells_may_have_cutoffs_of_many_cell_lengths() {
    let diamond = [[0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0]];
    let cell = Cell::new(diamond.map(|v| DVec3::from(v) * 1.7835), [true; 3]).unwrap();
    let positions = [DVec3::ZERO, DVec3::splat(0.89175)];
    let found = pairs(&positions, Some(&cell), 40.0).unwrap().len() as f64;
    let expected = 4.0 / 3.0 * std::f64::consts::PI * 40.0_f64.powi(3) * 4.0 / cell.volume();
    assert!(
        (found / expected - 1.0).abs() < 1e-2,
        "{found} of {expected}"
    );
}

#[test]
fn the_maximum_number_of_pairs_is_exact_for_any_number_of_threads() {
    // 8192 coincident atoms have the maximum number of pairs that is always allowed; one more exceeds it.
    let positions = vec![DVec3::ZERO; 8192];
    let mut list = NeighborList::full(1.0, 0.0);
    list.update(&positions, None).unwrap();
    assert_eq!(list.neighbors(8191).len(), 8191);
    let positions = vec![DVec3::ZERO; 8193];
    assert!(list.update(&positions, None).is_err());
}
