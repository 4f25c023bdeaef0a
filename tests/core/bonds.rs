//! Bond perception for known molecules and crystals.

use std::f64::consts::TAU;

use glam::{DVec3, IVec3};
use mlipview_core::chem::bonds::{Limits, RingBond};
use mlipview_core::chem::structure::{BondOrder, StatedBond};
use mlipview_core::chem::{Bonds, Cell, Element, Structure};

use super::neighbors::too_dense;

const SI: u8 = 14;

fn caffeine() -> Structure {
    let text = include_str!("../data/bonds/caffeine.xyz");
    let (elements, positions) = text
        .lines()
        .skip(2)
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let coordinate = |word: usize| words[word].parse::<f64>().unwrap();
            let position = DVec3::new(coordinate(1), coordinate(2), coordinate(3));
            (Element::from_symbol(words[0]).unwrap(), position)
        })
        .unzip();
    Structure::new(elements, positions).unwrap()
}

/// C–C 1.39 Å, C–H 1.09 Å.
fn benzene() -> Structure {
    let spoke = |index: usize, radius: f64| {
        let angle = TAU * index as f64 / 6.0;
        DVec3::new(radius * angle.cos(), radius * angle.sin(), 0.0)
    };
    let carbons = (0..6).map(|index| spoke(index, 1.39));
    let hydrogens = (0..6).map(|index| spoke(index, 1.39 + 1.09));
    let elements = [[Element::C; 6], [Element::H; 6]].concat();
    Structure::new(elements, carbons.chain(hydrogens).collect()).unwrap()
}

fn crystal(lattice: f64, atoms: &[(u8, [f64; 3])]) -> Structure {
    let cell = Cell::orthorhombic(DVec3::splat(lattice)).unwrap();
    let (elements, positions) = atoms
        .iter()
        .map(|&(number, position)| {
            let element = Element::from_number(number).unwrap();
            (element, cell.cartesian(DVec3::from_array(position)))
        })
        .unzip();
    Structure::new(elements, positions).unwrap().with_cell(cell)
}

fn diamond(number: u8, lattice: f64) -> Structure {
    let corners = [
        [0.0, 0.0, 0.0],
        [0.0, 0.5, 0.5],
        [0.5, 0.0, 0.5],
        [0.5, 0.5, 0.0],
    ];
    let atoms = corners
        .map(|corner| [corner, corner.map(|x| x + 0.25)])
        .concat();
    crystal(
        lattice,
        &atoms
            .iter()
            .map(|&position| (number, position))
            .collect::<Vec<_>>(),
    )
}

fn bonds_per_atom(bonds: &Bonds, atoms: usize) -> Vec<usize> {
    (0..atoms).map(|atom| bonds.of_atom(atom).count()).collect()
}

/// The first bond between atoms of these elements.
fn bond_between(structure: &Structure, bonds: &Bonds, elements: [Element; 2]) -> usize {
    bonds
        .list()
        .iter()
        .position(|bond| bond.atoms.map(|atom| structure.elements()[atom as usize]) == elements)
        .unwrap()
}

#[test]
fn caffeine_has_its_bonds_rings_and_rotatable_methyl_groups() {
    let caffeine = caffeine();
    let bonds = Bonds::of(&caffeine).unwrap();
    // C8H10N4O2 with two rings: as many bonds as atoms and one more.
    assert_eq!(bonds.list().len(), 25);
    for (atom, count) in bonds_per_atom(&bonds, 24).into_iter().enumerate() {
        let expected: &[usize] = match caffeine.elements()[atom].symbol() {
            "C" => &[3, 4],
            "N" => &[2, 3],
            _ => &[1],
        };
        assert!(expected.contains(&count), "atom {atom} has {count} bonds");
    }
    // The force field of the embedding leaves some C–H bonds at 1.15 Å.
    assert!(bonds.list().iter().all(|bond| bond.strength == 1.0));
    let mut sizes: Vec<usize> = bonds.rings(12).iter().map(Vec::len).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [5, 6]);
    // A five- and a six-membered ring share one bond.
    assert_eq!(
        bonds.ring_bonds().iter().filter(|&&closed| closed).count(),
        10
    );
    let methyl_turns = bonds
        .list()
        .iter()
        .enumerate()
        .filter(|(_, bond)| {
            bond.atoms
                .map(|atom| caffeine.elements()[atom as usize])
                .contains(&Element::N)
        })
        .filter_map(|(index, _)| bonds.sides(index).ok())
        .map(|sides| sides.map(|side| side.len()));
    for sizes in methyl_turns.clone() {
        assert_eq!(sizes.iter().min(), Some(&4));
    }
    assert_eq!(methyl_turns.count(), 3);
}

#[test]
fn benzene_is_one_ring_of_six_whose_bonds_cannot_rotate() {
    let benzene = benzene();
    let bonds = Bonds::of(&benzene).unwrap();
    assert_eq!(bonds.rings(8), [[0, 1, 2, 3, 4, 5]]);
    assert_eq!(bonds.rings(5), Vec::<Vec<usize>>::new());
    let ring_bond = bond_between(&benzene, &bonds, [Element::C, Element::C]);
    assert_eq!(bonds.sides(ring_bond), Err(RingBond(0, 1)));
    let spoke = bond_between(&benzene, &bonds, [Element::C, Element::H]);
    let [rest, hydrogen] = bonds.sides(spoke).unwrap();
    assert_eq!((rest.len(), hydrogen), (11, vec![6]));
}

#[test]
fn ring_bonds_are_those_without_two_sides() {
    for structure in [caffeine(), benzene(), diamond(6, 3.567)] {
        let bonds = Bonds::of(&structure).unwrap();
        for (index, closed) in bonds.ring_bonds().into_iter().enumerate() {
            assert_eq!(closed, bonds.sides(index).is_err());
        }
    }
}

#[test]
fn every_atom_of_diamond_and_silicon_has_four_bonds_and_sits_in_rings_of_six() {
    for (number, lattice) in [(6, 3.567), (SI, 5.431)] {
        let crystal = diamond(number, lattice);
        let bonds = Bonds::of(&crystal).unwrap();
        assert_eq!(bonds_per_atom(&bonds, 8), [4; 8]);
        assert_eq!(bonds.molecules().len(), 1);
        assert!(bonds.rings(8).iter().all(|ring| ring.len() == 6));
        assert!(bonds.ring_bonds().into_iter().all(|closed| closed));
    }
}

#[test]
fn the_single_atom_of_a_primitive_cell_is_bonded_to_its_images() {
    let half = 3.61 / 2.0;
    let vectors = [
        DVec3::new(0.0, half, half),
        DVec3::new(half, 0.0, half),
        DVec3::new(half, half, 0.0),
    ];
    let cell = Cell::new(vectors, [true; 3]).unwrap();
    let copper = Structure::new(vec![Element::CU], vec![DVec3::ZERO])
        .unwrap()
        .with_cell(cell);
    let bonds = Bonds::of(&copper).unwrap();
    assert_eq!(bonds.list().len(), 6);
    assert_eq!(bonds.of_atom(0).count(), 12);
    assert_eq!(bonds.sides(0), Err(RingBond(0, 0)));
}

#[test]
fn a_molecule_continues_across_the_faces_of_the_cell() {
    let cell = Cell::orthorhombic(DVec3::splat(10.0)).unwrap();
    let whole = caffeine();
    let mut wrapped = whole.clone().with_cell(cell.clone());
    for position in wrapped.positions_mut() {
        *position = cell.wrap(*position);
    }
    let (whole, wrapped) = (Bonds::of(&whole).unwrap(), Bonds::of(&wrapped).unwrap());
    assert!(wrapped.list().iter().any(|bond| bond.shift != IVec3::ZERO));
    assert_eq!(wrapped.molecules(), whole.molecules());
    assert_eq!(wrapped.rings(8), whole.rings(8));
    let atoms = |bonds: &Bonds| {
        bonds
            .list()
            .iter()
            .map(|bond| bond.atoms)
            .collect::<Vec<_>>()
    };
    assert_eq!(atoms(&wrapped), atoms(&whole));
}

#[test]
fn bonds_of_a_periodic_chain_are_ring_bonds_but_form_no_ring() {
    let cell = Cell::orthorhombic(DVec3::new(3.0, 20.0, 20.0)).unwrap();
    let chain = vec![DVec3::ZERO, DVec3::X * 1.5];
    let chain = Structure::new(vec![Element::C; 2], chain)
        .unwrap()
        .with_cell(cell);
    let bonds = Bonds::of(&chain).unwrap();
    assert_eq!(bonds.list().len(), 2);
    assert_eq!(bonds.sides(0), Err(RingBond(0, 1)));
    assert_eq!(bonds.ring_bonds(), [true, true]);
    assert!(bonds.rings(50).is_empty());
}

#[test]
fn hydrogen_bonds_of_water_are_not_bonds() {
    let water = [
        DVec3::ZERO,
        DVec3::new(0.96, 0.0, 0.0),
        DVec3::new(-0.24, 0.93, 0.0),
    ];
    let accepting = water.map(|position| position + DVec3::X * 2.75);
    let elements = [Element::O, Element::H, Element::H].repeat(2);
    let dimer = Structure::new(elements, [water, accepting].concat()).unwrap();
    let bonds = Bonds::of(&dimer).unwrap();
    assert_eq!(bonds.molecules(), [[0, 1, 2], [3, 4, 5]]);
    assert_eq!(bonds.molecule_of(4), [3, 4, 5]);
    assert_eq!(bonds.list().len(), 4);
}

#[test]
fn the_strength_of_a_stretched_bond_falls_continuously() {
    let limits = Limits::between(Element::C, Element::C);
    let mut before = 1.0;
    let mut bonds = Bonds::empty();
    for step in 0..=1000 {
        let distance = 1.4 + step as f64 * 1e-3;
        bonds
            .update(&[Element::C; 2], &[DVec3::ZERO, DVec3::X * distance], None)
            .unwrap();
        let now = bonds.list().first().map_or(0.0, |bond| bond.strength);
        assert_eq!(now, limits.strength(distance));
        // The steepest slope of a smoothstep over a width w is 1.5 / w; here w = 0.2 Å.
        assert!(
            (0.0..7.6e-3).contains(&(before - now)),
            "{before} to {now} at {distance} Å"
        );
        before = now;
    }
    assert_eq!(before, 0.0);
    assert!(bonds.list().is_empty());
}

#[test]
fn a_bond_too_weak_to_hold_separates_the_molecule() {
    let positions = [0.0, 1.5, 3.32].map(|x| DVec3::X * x);
    let bonds =
        Bonds::of(&Structure::new(vec![Element::C; 3], positions.to_vec()).unwrap()).unwrap();
    assert_eq!(bonds.list().len(), 2);
    assert!(bonds.list()[0].holds() && !bonds.list()[1].holds());
    assert_eq!(bonds.molecules(), [vec![0, 1], vec![2]]);
    assert_eq!(bonds.sides(1), Ok([vec![0, 1], vec![2]]));
    assert_eq!(bonds.ring_bonds(), [false, false]);
}

#[test]
fn bonds_have_the_orders_that_a_file_states() {
    let mut benzene = benzene();
    let aromatic = |index| StatedBond {
        atoms: [(index + 1) % 6, index],
        order: BondOrder::Aromatic,
    };
    benzene
        .set_stated_bonds((0..6).map(aromatic).collect())
        .unwrap();
    for bond in Bonds::of(&benzene).unwrap().list() {
        let expected = (bond.atoms[1] < 6).then_some(BondOrder::Aromatic);
        assert_eq!(bond.order, expected);
    }
}

#[test]
fn no_atoms_have_no_bonds() {
    let bonds = Bonds::of(&Structure::empty()).unwrap();
    assert!(
        bonds.list().is_empty() && bonds.molecules().is_empty() && bonds.ring_bonds().is_empty()
    );
    assert!(Bonds::empty().rings(6).is_empty());
}

#[test]
fn overlapping_atoms_have_no_bonds() {
    for structure in too_dense(Element::C) {
        let error = Bonds::of(&structure).unwrap_err();
        assert!(error.to_string().contains("overlap"), "{error}");
        let mut bonds = Bonds::empty();
        let near = [DVec3::ZERO, DVec3::X * 1.4];
        bonds.update(&[Element::C; 2], &near, None).unwrap();
        assert_eq!(bonds.list().len(), 1);
        let (elements, positions) = (structure.elements(), structure.positions());
        let cell = structure.cell.as_ref();
        bonds.update(elements, positions, cell).unwrap_err();
        assert!(bonds.list().is_empty());
        assert_eq!(bonds.of_atom(0).count(), 0);
    }
}
