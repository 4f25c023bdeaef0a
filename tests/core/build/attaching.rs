//! Attaching an atom to another.

use mlipview_core::chem::Element;
use mlipview_core::chem::build::attach;
use mlipview_core::chem::measure::angle;

use super::{atoms, bonds, distance};
use crate::fixtures::built_in;

#[test]
fn an_atom_is_attached_where_the_valence_leaves_room() {
    let methyl = atoms(
        &["C", "H", "H", "H"],
        &[
            [0.0; 3],
            [1.028, 0.0, 0.363],
            [-0.514, 0.890, 0.363],
            [-0.514, -0.890, 0.363],
        ],
    );
    let added = attach(&methyl, &bonds(&methyl), 0, Element::CL).unwrap();
    assert_eq!((added.element, added.exceeds_valence), (Element::CL, false));
    let mut whole = methyl.clone();
    whole.append(&added.structure().unwrap());
    assert!((distance(&whole, 0, 4) - 1.78).abs() < 0.01);
    for hydrogen in 1..4 {
        let angle = angle(whole.positions(), None, [hydrogen, 0, 4]).unwrap();
        assert!((angle.to_degrees() - 109.5).abs() < 1.0);
    }
    assert_eq!(bonds(&whole).molecules().len(), 1);
}

#[test]
fn attached_carbons_form_a_chain_with_tetrahedral_angles() {
    let mut chain = atoms(&["C"], &[[0.0; 3]]);
    for last in 0..4 {
        let added = attach(&chain, &bonds(&chain), last, Element::C).unwrap();
        assert!(!added.exceeds_valence);
        chain.append(&added.structure().unwrap());
    }
    for first in 0..3 {
        let bend = angle(chain.positions(), None, [first, first + 1, first + 2]);
        assert!((bend.unwrap().to_degrees() - 109.47).abs() < 0.1);
    }
    let missing = mlipview_core::chem::build::missing_hydrogen_counts(&chain, &bonds(&chain));
    assert_eq!(missing, [3, 2, 2, 2, 3]);
}

#[test]
fn an_exceeded_valence_is_reported() {
    let methane = built_in("methane");
    let added = attach(&methane, &bonds(&methane), 0, Element::H).unwrap();
    assert!(added.exceeds_valence);
    let nearest = methane.positions()[1..]
        .iter()
        .map(|position| position.distance(added.position))
        .fold(f64::INFINITY, f64::min);
    // In the middle of a face of the tetrahedron, 70.5° from three hydrogens.
    assert!(nearest > 1.15, "{nearest}");
}

#[test]
fn atoms_are_attached_to_a_metal_surface_on_its_free_side() {
    let surface = built_in("copper-surface");
    let top = (0..surface.len())
        .filter(|&atom| surface.elements()[atom] == Element::CU)
        .max_by(|&one, &other| {
            let positions = surface.positions();
            positions[one].z.total_cmp(&positions[other].z)
        })
        .unwrap();
    let added = attach(&surface, &bonds(&surface), top, Element::O).unwrap();
    assert!(!added.exceeds_valence);
    let mut whole = surface.clone();
    whole.append(&added.structure().unwrap());
    let near = (0..surface.len())
        .filter(|&atom| distance(&whole, atom, surface.len()) < 1.7)
        .count();
    assert_eq!(near, 0);
}
