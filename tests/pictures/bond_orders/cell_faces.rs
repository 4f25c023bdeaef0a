//! Double and aromatic bonds across a face of the cell.

use bevy::math::Quat;
use glam::DVec3;
use mlipview_core::chem::{Cell, Structure};

use super::{ASIDE, across, benzene, draw_around, ends, ethene, segments};
use crate::test_renderer::{TestRenderer, plain};

/// A molecule with its right half shifted by a cell vector, so that bonds cross a face, and that vector, which is
/// not in the plane of the molecule.
fn across_a_face(molecule: &Structure) -> (Structure, DVec3) {
    let vector = DVec3::new(8.0, 0.0, 5.0);
    let vectors = [vector, DVec3::Y * 9.0, DVec3::Z * 12.0];
    let positions = molecule.positions().iter();
    let positions = positions.map(|position| match position.x > 0.0 {
        true => *position - vector,
        false => *position,
    });
    let elements = molecule.elements().to_vec();
    let mut shifted = Structure::new(elements, positions.collect()).unwrap();
    shifted.cell = Some(Cell::new(vectors, [true; 3]).unwrap());
    (shifted, vector)
}

#[test]
fn both_halves_of_a_double_bond_through_a_face_lie_in_the_plane_of_the_molecule() {
    let (molecule, vector) = across_a_face(&ethene());
    let bond = ends(&ethene());
    let mut renderer = TestRenderer::new("double-through-a-face", molecule, plain());
    for (offset, share) in [(DVec3::ZERO, 0.4), (-vector, 0.6)] {
        let bond = bond.map(|position| position + offset);
        let drawing = draw_around(&mut renderer, bond[0].lerp(bond[1], 0.5), Quat::IDENTITY);
        let sticks = across(&drawing, bond, share, DVec3::Y);
        assert_eq!(sticks.len(), 2, "{offset}: {sticks:?}");
        // The other half is drawn at the other atom.
        assert!(across(&drawing, bond, 1.0 - share, DVec3::Y).is_empty());
    }
}

#[test]
fn both_halves_of_an_aromatic_bond_through_a_face_are_dashed_inside_the_ring() {
    let benzene_molecule = benzene();
    let (molecule, vector) = across_a_face(&benzene_molecule);
    let mut renderer = TestRenderer::new("aromatic-through-a-face", molecule, plain());
    // Two bonds connect the halves.
    for bond in [[1, 2], [5, 4]] {
        let bond = bond.map(|atom: usize| benzene_molecule.positions()[atom]);
        let outward = bond[0].lerp(bond[1], 0.5).try_normalize().unwrap();
        for (offset, [from, to]) in [(-vector, [0.32, 0.48]), (DVec3::ZERO, [0.52, 0.68])] {
            let bond = bond.map(|position| position + offset);
            let drawing = draw_around(&mut renderer, bond[0].lerp(bond[1], 0.5), Quat::IDENTITY);
            let along = |side: f64| {
                let [from, to] = [from, to].map(|share| bond[0].lerp(bond[1], share));
                segments(&drawing, from + side * outward, to + side * outward)
            };
            assert_eq!(along(ASIDE).len(), 1, "{offset}");
            assert_eq!(along(-ASIDE).len(), 2, "{offset}");
        }
    }
}
