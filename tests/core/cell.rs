//! Properties of cells and supercells.

use glam::{DMat3, DVec3, IVec3};
use mlipview_core::chem::cell::CellError;
use mlipview_core::chem::neighbors::pairs;
use mlipview_core::chem::properties::{Column, Data};
use mlipview_core::chem::structure::{BondOrder, Label, StatedBond, StructureError};
use mlipview_core::chem::{Bonds, Cell, Element, Structure};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const PERIODICITIES: [[bool; 3]; 8] = {
    let mut all = [[false; 3]; 8];
    let mut index = 0;
    while index < 8 {
        all[index] = [index & 1 != 0, index & 2 != 0, index & 4 != 0];
        index += 1;
    }
    all
};

fn random_vector(rng: &mut impl Rng, half_width: f64) -> DVec3 {
    DVec3::from_array([0; 3].map(|_| rng.random_range(-half_width..half_width)))
}

/// Vectors of 3 to 8 Å, none nearly in the plane of the others, of either handedness.
fn compact_vectors(rng: &mut impl Rng) -> [DVec3; 3] {
    loop {
        let vectors = [0; 3].map(|_| random_vector(rng, 8.0));
        let matrix = DMat3::from_cols(vectors[0], vectors[1], vectors[2]);
        let lengths = vectors.map(DVec3::length);
        let filled = matrix.determinant().abs() / lengths.iter().product::<f64>();
        if filled > 0.4 && lengths.iter().all(|&length| length > 3.0) {
            return vectors;
        }
    }
}

fn random_cell(rng: &mut impl Rng) -> Cell {
    let periodic = [0; 3].map(|_| rng.random_bool(0.7));
    Cell::new(compact_vectors(rng), periodic).unwrap()
}

#[test]
fn the_minimum_image_is_the_shortest_of_all_however_skewed_the_cell() {
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    for periodic in PERIODICITIES {
        for _ in 0..12 {
            let compact = compact_vectors(&mut rng);
            // Adding multiples of repeating vectors to each other skews the cell and leaves the
            // lattice as it is: the images can be searched in the compact one.
            let mut skewed = compact;
            for _ in 0..4 {
                let (to, by) = (rng.random_range(0..3), rng.random_range(0..3));
                if to != by && periodic[to] && periodic[by] {
                    skewed[to] += f64::from(rng.random_range(-4..=4)) * skewed[by];
                }
            }
            let Ok(cell) = Cell::new(skewed, periodic) else {
                continue;
            };
            let lattice = Cell::new(compact, periodic).unwrap();
            let displacement = lattice.cartesian(random_vector(&mut rng, 1.5));
            let shortest = images(&lattice, 5)
                .map(|translation| (displacement + translation).length())
                .fold(f64::INFINITY, f64::min);
            let found = cell.minimum_image(displacement);
            assert!(
                (found.length() - shortest).abs() < 1e-8,
                "{cell:?} {displacement}"
            );
            let shift = cell.fractional(found - displacement);
            assert!(
                shift.abs_diff_eq(shift.round(), 1e-6),
                "not an image: {shift}"
            );
            for axis in 0..3 {
                assert!(
                    periodic[axis] || shift[axis].abs() < 1e-6,
                    "moved along {axis}"
                );
            }
        }
    }
}

/// The translations up to `max` cells along repeating axes.
fn images(cell: &Cell, max: i32) -> impl Iterator<Item = DVec3> + '_ {
    let [x, y, z] = cell.periodic().map(|repeats| {
        let max = if repeats { max } else { 0 };
        -max..=max
    });
    x.flat_map(move |x| {
        let z = z.clone();
        y.clone()
            .flat_map(move |y| z.clone().map(move |z| IVec3::new(x, y, z)))
    })
    .map(|shift| cell.translation(shift))
}

#[test]
fn a_cell_from_lengths_and_angles_has_them() {
    let mut rng = ChaCha8Rng::seed_from_u64(12);
    for _ in 0..100 {
        let cell = random_cell(&mut rng);
        let (lengths, angles) = (cell.lengths(), cell.angles());
        let again = Cell::from_lengths_and_angles(lengths, angles).unwrap();
        for axis in 0..3 {
            assert!((again.lengths()[axis] - lengths[axis]).abs() < 1e-10);
            assert!((again.angles()[axis] - angles[axis]).abs() < 1e-8);
        }
        assert!((again.volume() / cell.volume() - 1.0).abs() < 1e-10);
    }
    let cubic = Cell::from_lengths_and_angles([3.0; 3], [90.0; 3]).unwrap();
    assert_eq!(cubic, Cell::orthorhombic(DVec3::splat(3.0)).unwrap());
    assert_eq!(cubic.angles(), [90.0; 3]);
}

#[test]
fn impossible_lengths_and_angles_are_an_error() {
    let impossible = [
        ([3.0; 3], [60.0, 60.0, 150.0]),
        ([3.0; 3], [120.0; 3]),
        ([3.0; 3], [0.0, 90.0, 90.0]),
        ([3.0; 3], [90.0, 180.0, 90.0]),
        ([3.0; 3], [f64::NAN, 90.0, 90.0]),
        ([0.0, 3.0, 3.0], [90.0; 3]),
        ([-1.0, 3.0, 3.0], [90.0; 3]),
        ([f64::INFINITY, 3.0, 3.0], [90.0; 3]),
    ];
    for (lengths, angles) in impossible {
        assert!(
            Cell::from_lengths_and_angles(lengths, angles).is_err(),
            "{lengths:?} {angles:?}"
        );
    }
    let flat = [DVec3::X, DVec3::Y, DVec3::X + DVec3::Y];
    assert!(matches!(
        Cell::new(flat, [true; 3]),
        Err(CellError::Degenerate(_))
    ));
    let lost = [DVec3::X, DVec3::Y, DVec3::NAN];
    assert_eq!(Cell::new(lost, [true; 3]), Err(CellError::NotFinite));
}

#[test]
fn conversions_to_fractional_and_cartesian_coordinates_are_inverse() {
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    for _ in 0..100 {
        let cell = random_cell(&mut rng);
        let point = random_vector(&mut rng, 30.0);
        assert!(cell.cartesian(cell.fractional(point)).distance(point) < 1e-11);
        let [a, b, c] = cell.vectors();
        assert!(
            cell.cartesian(DVec3::new(1.0, -2.0, 0.5))
                .distance(a - 2.0 * b + 0.5 * c)
                < 1e-12
        );
    }
}

#[test]
fn wrapping_is_idempotent() {
    let mut rng = ChaCha8Rng::seed_from_u64(14);
    for _ in 0..200 {
        let cell = random_cell(&mut rng);
        let fractional = random_vector(&mut rng, 4.0);
        // Points on faces too, where rounding decides on which side they are.
        for fractional in [fractional, fractional.round(), fractional.round() - 1e-16] {
            let point = cell.cartesian(fractional);
            let home = cell.wrap(point);
            assert_eq!(cell.wrap(home), home, "{cell:?} {point}");
            let moved = cell.fractional(point - home);
            assert!(moved.abs_diff_eq(moved.round(), 1e-9));
            let position = cell.fractional(home);
            for axis in 0..3 {
                if cell.periodic()[axis] {
                    assert!((-2e-9..1.0).contains(&position[axis]), "{position}");
                } else {
                    assert!((position[axis] - fractional[axis]).abs() < 1e-12);
                }
            }
        }
    }
}

#[test]
fn a_point_on_a_face_stays_there_despite_rounding() {
    let cell = Cell::orthorhombic(DVec3::splat(5.0)).unwrap();
    assert_eq!(cell.wrap(DVec3::splat(-1e-17)), DVec3::splat(-1e-17));
    assert!(cell.wrap(DVec3::splat(5.0 - 1e-15)).length() < 1e-14);
}

#[test]
fn missing_vectors_are_completed_by_perpendicular_unit_vectors() {
    let slab = [DVec3::X * 4.0, DVec3::new(2.0, 3.0, 0.0), DVec3::ZERO];
    let slab = Cell::completed(slab, [true, true, false]).unwrap();
    assert_eq!(slab.vectors()[2], DVec3::Z);
    for axis in 0..3 {
        let mut wire = [DVec3::ZERO; 3];
        wire[axis] = DVec3::new(1.0, 2.0, 2.0);
        let mut periodic = [false; 3];
        periodic[axis] = true;
        let cell = Cell::completed(wire, periodic).unwrap();
        assert!((cell.volume() - 3.0).abs() < 1e-12);
        assert!(
            (cell.matrix().determinant() - 3.0).abs() < 1e-12,
            "left-handed"
        );
    }
    let nothing = Cell::completed([DVec3::ZERO; 3], [false; 3]).unwrap();
    assert!((nothing.volume() - 1.0).abs() < 1e-12);
    let zero_but_periodic = [DVec3::X, DVec3::Y, DVec3::ZERO];
    assert!(Cell::completed(zero_but_periodic, [true; 3]).is_err());
    let parallel = [DVec3::X, DVec3::X, DVec3::ZERO];
    assert!(Cell::completed(parallel, [true, true, false]).is_err());
}

#[test]
fn heights_are_the_volume_over_the_faces() {
    let cell = random_cell(&mut ChaCha8Rng::seed_from_u64(15));
    let [a, b, c] = cell.vectors();
    let faces = [b.cross(c), c.cross(a), a.cross(b)].map(DVec3::length);
    for (height, face) in cell.heights().into_iter().zip(faces) {
        assert!((height - cell.volume() / face).abs() < 1e-12);
    }
}

/// A methyl-like fragment whose bond crosses a face, with something of everything.
fn fragment() -> Structure {
    let cell = Cell::new(
        [
            DVec3::X * 4.0,
            DVec3::new(0.5, 5.0, 0.0),
            DVec3::new(0.0, 1.0, 6.0),
        ],
        [true, true, false],
    )
    .unwrap();
    let positions = vec![DVec3::new(3.8, 1.0, 1.0), DVec3::new(0.8, 1.0, 1.0)];
    let mut fragment = Structure::new(vec![Element::C, Element::H], positions)
        .unwrap()
        .with_cell(cell);
    let bond = StatedBond {
        atoms: [0, 1],
        order: BondOrder::Single,
    };
    fragment.set_stated_bonds(vec![bond]).unwrap();
    fragment.set_masses(Some(vec![13.0, 2.0])).unwrap();
    let label = |name: &str| Label {
        name: name.to_owned(),
        ..Label::default()
    };
    fragment
        .set_labels(Some(vec![label("CA"), label("HA")]))
        .unwrap();
    let column = Column::new(Data::Reals(vec![1.0, 2.0, 3.0, 4.0]), 2).unwrap();
    fragment.set_array("pairs", column).unwrap();
    fragment.fixed_mut()[1] = true;
    fragment.charge = -1;
    fragment.set_multiplicity(2).unwrap();
    fragment
}

#[test]
fn a_supercell_repeats_all_per_atom_data() {
    let one = fragment();
    let many = one.repeat([2, 3, 1]).unwrap();
    assert_eq!(many.len(), 12);
    let cell = one.cell.as_ref().unwrap();
    for copy in 0..6 {
        let translation = cell.translation(IVec3::new(copy / 3, copy % 3, 0));
        for atom in 0..2 {
            let index = 2 * copy as usize + atom;
            assert_eq!(many.elements()[index], one.elements()[atom]);
            assert_eq!(many.positions()[index], one.positions()[atom] + translation);
            assert_eq!(many.fixed()[index], one.fixed()[atom]);
            assert_eq!(many.mass(index), one.mass(atom));
            assert_eq!(many.labels().unwrap()[index], one.labels().unwrap()[atom]);
        }
    }
    let expected = [1.0, 2.0, 3.0, 4.0].repeat(6);
    assert_eq!(many.arrays()["pairs"].data(), &Data::Reals(expected));
    assert_eq!((many.charge, many.multiplicity()), (-6, 7));
    let repeated = many.cell.as_ref().unwrap();
    assert_eq!(repeated.periodic(), cell.periodic());
    assert!((repeated.volume() - 6.0 * cell.volume()).abs() < 1e-9);
}

#[test]
fn stated_bonds_of_a_supercell_connect_nearest_images() {
    for counts in [[1, 1, 1], [2, 1, 1], [3, 2, 2], [1, 4, 1]] {
        let many = fragment().repeat(counts).unwrap();
        let cell = many.cell.as_ref().unwrap();
        assert_eq!(many.stated_bonds().len(), many.len() / 2);
        for bond in many.stated_bonds() {
            let [one, other] = bond.atoms.map(|atom| many.positions()[atom]);
            assert!((cell.minimum_image(other - one).length() - 1.0).abs() < 1e-9);
        }
        let seen = Bonds::of(&many).unwrap();
        assert!(
            seen.list()
                .iter()
                .all(|bond| bond.order == Some(BondOrder::Single))
        );
        assert_eq!(seen.list().len(), many.len() / 2);
    }
}

#[test]
fn a_supercell_has_the_pairs_of_its_cell_times_the_number_of_copies() {
    let mut rng = ChaCha8Rng::seed_from_u64(16);
    let cell = Cell::new(compact_vectors(&mut rng), [true; 3]).unwrap();
    let positions = (0..4)
        .map(|_| cell.cartesian(random_vector(&mut rng, 1.0)))
        .collect();
    let one = Structure::new(vec![Element::AR; 4], positions)
        .unwrap()
        .with_cell(cell);
    let many = one.repeat([2, 1, 3]).unwrap();
    let count = |structure: &Structure| {
        pairs(structure.positions(), structure.cell.as_ref(), 6.5)
            .unwrap()
            .len()
    };
    assert!(count(&one) > 0);
    assert_eq!(count(&many), 6 * count(&one));
}

#[test]
fn impossible_supercells_are_an_error() {
    let free = Structure::new(vec![Element::H], vec![DVec3::ZERO]).unwrap();
    assert_eq!(free.repeat([2, 2, 2]), Err(StructureError::NoCell));
    assert!(fragment().repeat([0, 1, 1]).is_err());
    assert!(fragment().repeat([u32::MAX, 2, 2]).is_err());
    assert!(fragment().repeat([60_000, 60_000, 1]).is_err());
}
