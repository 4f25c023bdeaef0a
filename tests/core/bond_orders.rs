//! Bond orders perceived from valences and lengths.
//!
//! The molecules of `tests/data/bonds/orders.json` are made from SMILES strings by RDKit (2026.09.1: ETKDGv3,
//! MMFF94, `scripts/compare_bond_orders.py`), whose bond orders are the reference; RDKit's aromaticity
//! model decides which bonds are aromatic.

use glam::DVec3;
use mlipview_core::chem::structure::{BondOrder, StatedBond};
use mlipview_core::chem::{Bonds, Element, Structure};

#[derive(Debug)]
struct Case {
    smiles: String,
    structure: Structure,
    /// By bond: the atoms, and 1, 2, 3 or 1.5 for aromatic.
    bonds: Vec<([u32; 2], f64)>,
}

fn cases() -> Vec<Case> {
    let text = include_str!("../data/bonds/orders.json");
    let all: serde_json::Value = serde_json::from_str(text).unwrap();
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    let all = all.as_array().unwrap().iter();
    all.map(|case| {
        let symbols = case["elements"].as_array().unwrap().iter();
        let elements =
            symbols.map(|symbol| Element::from_symbol(symbol.as_str().unwrap()).unwrap());
        let places = case["positions"].as_array().unwrap().iter();
        let positions =
            places.map(|position| DVec3::from_array([0, 1, 2].map(|axis| number(&position[axis]))));
        let bonds = case["bonds"].as_array().unwrap().iter();
        let bonds = bonds.map(|bond| {
            (
                [0, 1].map(|end| number(&bond[end]) as u32),
                number(&bond[2]),
            )
        });
        Case {
            smiles: case["smiles"].as_str().unwrap().to_owned(),
            structure: Structure::new(elements.collect(), positions.collect()).unwrap(),
            bonds: bonds.collect(),
        }
    })
    .collect()
}

fn perceived(structure: &Structure) -> Bonds {
    let mut bonds = Bonds::of(structure).unwrap();
    let cell = structure.cell.as_ref();
    bonds.perceive_orders(structure.elements(), structure.positions(), cell);
    bonds
}

fn number(order: Option<BondOrder>) -> f64 {
    match order {
        Some(BondOrder::Single) => 1.0,
        Some(BondOrder::Double) => 2.0,
        Some(BondOrder::Triple) => 3.0,
        Some(BondOrder::Aromatic) => 1.5,
        other => panic!("{other:?}"),
    }
}

/// The elements and order of each bond, sorted: symmetric ends may be exchanged.
fn described(structure: &Structure, bonds: impl Iterator<Item = ([u32; 2], f64)>) -> Vec<String> {
    let mut described: Vec<String> = bonds
        .map(|(atoms, order)| {
            let mut ends = atoms.map(|atom| structure.elements()[atom as usize].symbol());
            ends.sort_unstable();
            format!("{}{order}", ends.concat())
        })
        .collect();
    described.sort_unstable();
    described
}

#[test]
fn molecules_have_the_orders_of_their_smiles() {
    let cases = cases();
    assert!(cases.len() >= 40);
    for case in cases {
        let bonds = perceived(&case.structure);
        let ours = bonds
            .list()
            .iter()
            .map(|bond| (bond.atoms, number(bond.order)));
        assert_eq!(
            described(&case.structure, ours),
            described(&case.structure, case.bonds.iter().copied()),
            "{}",
            case.smiles
        );
    }
}

#[test]
fn orders_do_not_change_while_the_same_bonds_hold() {
    let ethene = cases()
        .into_iter()
        .find(|case| case.smiles == "C=C")
        .unwrap();
    let mut structure = ethene.structure;
    let mut bonds = perceived(&structure);
    assert_eq!(number(bonds.list()[0].order), 2.0);
    // As long as a single bond.
    structure.positions_mut()[0] += DVec3::splat(0.12);
    let (elements, positions) = (structure.elements(), structure.positions());
    bonds.update(elements, positions, None).unwrap();
    bonds.perceive_orders(elements, positions, None);
    assert_eq!(number(bonds.list()[0].order), 2.0);
}

#[test]
fn stated_orders_take_precedence() {
    let mut ethene = cases()
        .into_iter()
        .find(|case| case.smiles == "C=C")
        .unwrap()
        .structure;
    let stated = |order| StatedBond {
        atoms: [0, 1],
        order,
    };
    ethene
        .set_stated_bonds(vec![stated(BondOrder::Single)])
        .unwrap();
    assert_eq!(perceived(&ethene).list()[0].order, Some(BondOrder::Single));
    // A bond with an unspecified order leaves the order to perception.
    ethene
        .set_stated_bonds(vec![stated(BondOrder::Unspecified)])
        .unwrap();
    assert_eq!(perceived(&ethene).list()[0].order, Some(BondOrder::Double));
}

#[test]
fn bonds_of_metals_have_no_order() {
    for key in ["ferrocene", "mof-5", "copper", "salt", "rutile"] {
        let entries = mlipview_core::chem::library::entries();
        let entry = entries.iter().find(|entry| entry.key == key).unwrap();
        let structure = entry.structure().unwrap();
        for bond in perceived(&structure).list() {
            let metal = bond
                .atoms
                .iter()
                .any(|&atom| structure.elements()[atom as usize].is_metal());
            assert_eq!(bond.order.is_none(), metal, "{key}: {bond:?}");
        }
    }
}

#[test]
fn the_rings_of_ferrocene_benzene_and_naphthalene_are_aromatic() {
    for (key, aromatic) in [("ferrocene", 10), ("benzene", 6), ("naphthalene", 11)] {
        let entries = mlipview_core::chem::library::entries();
        let entry = entries.iter().find(|entry| entry.key == key).unwrap();
        let bonds = perceived(&entry.structure().unwrap());
        let found = bonds.list().iter();
        let found = found.filter(|bond| bond.order == Some(BondOrder::Aromatic));
        assert_eq!(found.count(), aromatic, "{key}");
    }
}
