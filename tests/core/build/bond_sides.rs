//! The movable side of a bond.

use mlipview_core::chem::Element;
use mlipview_core::chem::bonds::{RingBond, SideError};
use mlipview_core::chem::measure::dihedral;
use mlipview_core::sim::{Edit, State};

use super::bonds;
use crate::fixtures::built_in;

#[test]
fn the_smaller_side_moves_unless_an_atom_of_the_other_is_given() {
    let ethanol = built_in("ethanol");
    let bonds = bonds(&ethanol);
    let elements = ethanol.elements();
    let oxygen = elements
        .iter()
        .position(|&element| element == Element::O)
        .unwrap();
    let carbon = (0..ethanol.len())
        .find(|&atom| elements[atom] == Element::C && bonds.between(atom, oxygen).is_some())
        .unwrap();
    let bond = bonds.between(oxygen, carbon).unwrap();
    let small = bonds.moving_side(bond, None).unwrap();
    assert_eq!((small.axis, small.atoms.len()), ([carbon, oxygen], 2));
    let large = bonds.moving_side(bond, Some(carbon)).unwrap();
    assert_eq!((large.axis, large.atoms.len()), ([oxygen, carbon], 7));
    assert_eq!(bonds.moving_side(bond, Some(oxygen)), Ok(small));
}

#[test]
fn rotating_either_side_adds_the_angle_to_the_dihedrals_across_the_bond() {
    let peptide = built_in("alanine-dipeptide");
    let bonds = bonds(&peptide);
    let ends = |atom: usize, but: usize| {
        let ends = bonds.of_atom(atom).map(|bond| bonds.list()[bond].atoms);
        let mut ends = ends.map(|[one, other]| if one as usize == atom { other } else { one });
        ends.find(|&end| end as usize != but)
            .map(|end| end as usize)
    };
    let mut turned = 0;
    for bond in 0..bonds.list().len() {
        let [one, other] = bonds.list()[bond].atoms.map(|atom| atom as usize);
        let (Some(front), Some(back)) = (ends(one, other), ends(other, one)) else {
            continue;
        };
        let torsion = [front, one, other, back];
        for with in [one, other] {
            let side = bonds.moving_side(bond, Some(with)).unwrap();
            let mut state = State::unevaluated(peptide.clone(), 0);
            let edit = Edit::RotateAboutBond {
                bond: side.axis,
                side: side.atoms,
                angle: 0.3,
            };
            edit.apply(&mut state).unwrap();
            let measured = |positions| dihedral(positions, None, torsion).unwrap();
            let change = measured(state.structure.positions()) - measured(peptide.positions());
            let change = change.rem_euclid(std::f64::consts::TAU);
            assert!((change - 0.3).abs() < 1e-9, "bond {bond}: {change}");
            turned += 1;
        }
    }
    assert!(turned > 10);
}

#[test]
fn a_bond_without_a_movable_side_is_an_error() {
    let benzene = built_in("benzene");
    let bonds_of_benzene = bonds(&benzene);
    let ring = bonds_of_benzene.between(0, 1).unwrap();
    let error = bonds_of_benzene.moving_side(ring, None).unwrap_err();
    assert_eq!(error, SideError::Ring(RingBond(0, 1)));
    assert!(error.to_string().contains("part of a ring"), "{error}");
    let diamond = built_in("diamond");
    let error = bonds(&diamond).moving_side(0, None).unwrap_err();
    assert!(error.to_string().contains("periodic chain"), "{error}");
    let bond = bonds_of_benzene.list().len();
    assert_eq!(
        bonds_of_benzene.moving_side(bond, None),
        Err(SideError::NoSuchBond { bond, bonds: bond })
    );
    let dimer = built_in("water-dimer");
    let error = bonds(&dimer).moving_side(0, Some(5)).unwrap_err();
    assert_eq!(error, SideError::NotConnected(5));
}
