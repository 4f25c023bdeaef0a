//! Sticks of double, triple and aromatic bonds: how many, how wide, and which of them are dashed.

use std::f64::consts::FRAC_PI_3;

use bevy::math::Quat;
use glam::{DQuat, DVec3};
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::chem::{Cell, Structure};
use mlipview_viewer::scene::bonds::breadth;

use crate::test_renderer::{Drawing, TestRenderer, plain, structure};

/// Radius of single sticks in the default style, Å.
const STICK: f64 = 0.12;
/// How far the two sticks of a double bond are from its axis, Å: 0.92 of that radius.
const ASIDE: f64 = 0.92 * STICK;
/// The part of a bond between its balls, as shares of its length.
const FREE: [f64; 2] = [0.32, 0.68];

/// Ethene: C=C along x, all in the plane of the picture.
fn ethene() -> Structure {
    structure(&[
        ("C", [-0.6695, 0.0, 0.0]),
        ("C", [0.6695, 0.0, 0.0]),
        ("H", [-1.232, 0.929, 0.0]),
        ("H", [-1.232, -0.929, 0.0]),
        ("H", [1.232, 0.929, 0.0]),
        ("H", [1.232, -0.929, 0.0]),
    ])
}

/// Ethyne, along x.
fn ethyne() -> Structure {
    structure(&[
        ("C", [-0.6015, 0.0, 0.0]),
        ("C", [0.6015, 0.0, 0.0]),
        ("H", [-1.6645, 0.0, 0.0]),
        ("H", [1.6645, 0.0, 0.0]),
    ])
}

fn nitrogen() -> Structure {
    structure(&[("N", [-0.549, 0.0, 0.0]), ("N", [0.549, 0.0, 0.0])])
}

/// Benzene in the plane of the picture: the carbon atoms in order, then their hydrogen atoms.
fn benzene() -> Structure {
    let ring = |symbol, radius: f64| {
        (0..6).map(move |corner| {
            let angle = f64::from(corner) * FRAC_PI_3;
            (symbol, [radius * angle.cos(), radius * angle.sin(), 0.0])
        })
    };
    let atoms: Vec<_> = ring("C", 1.397).chain(ring("H", 2.481)).collect();
    structure(&atoms)
}

/// A picture from the front, without perspective, of so many Å around a place.
fn seen(renderer: &mut TestRenderer, center: DVec3, rotation: Quat) -> Drawing {
    renderer.orbit(|orbit| {
        orbit.target = center.as_vec3();
        orbit.rotation = rotation;
        orbit.perspective = false;
        orbit.distance = 7.0;
    });
    renderer.draw()
}

/// How long the stretches are where something is drawn between two places, pixels.
fn stretches(drawing: &Drawing, from: DVec3, to: DVec3) -> Vec<f32> {
    const STEP: f32 = 0.25;
    let [start, end] = [from, to].map(|position| drawing.pixel(position.to_array()));
    let steps = (start.distance(end) / STEP) as usize;
    let mut stretches = vec![0.0];
    for step in 0..=steps {
        let drawn = !drawing.is_black(start.lerp(end, step as f32 / steps as f32));
        match stretches.last_mut() {
            Some(length) if drawn => *length += STEP,
            Some(length) if *length > 0.0 => stretches.push(0.0),
            _ => {}
        }
    }
    stretches.retain(|length| *length > 0.0);
    stretches
}

/// The stretches drawn on a line across a bond, at a share of its length, in a direction.
fn across(drawing: &Drawing, [one, other]: [DVec3; 2], share: f64, aside: DVec3) -> Vec<f32> {
    let center = one.lerp(other, share);
    stretches(drawing, center - 0.3 * aside, center + 0.3 * aside)
}

/// The first two atoms.
fn ends(structure: &Structure) -> [DVec3; 2] {
    [structure.positions()[0], structure.positions()[1]]
}

/// The width in pixels of so many Å.
fn wide(drawing: &Drawing, length: f64) -> f32 {
    drawing.pixels([0.0; 3], length as f32)
}

#[test]
fn a_double_bond_is_two_sticks_of_the_same_width() {
    let molecule = ethene();
    let bond = ends(&molecule);
    let mut renderer = TestRenderer::new("double", molecule, plain());
    let drawing = seen(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
    for share in [0.4, 0.5, 0.6] {
        let sticks = across(&drawing, bond, share, DVec3::Y);
        assert_eq!(sticks.len(), 2, "{sticks:?}");
        let expected = wide(&drawing, 0.85 * STICK);
        assert!(
            sticks.iter().all(|width| (width - expected).abs() < 1.5),
            "{sticks:?}, expected {expected}"
        );
    }
    // Both are unbroken.
    for side in [-ASIDE, ASIDE] {
        let [from, to] = FREE.map(|share| bond[0].lerp(bond[1], share) + side * DVec3::Y);
        assert_eq!(stretches(&drawing, from, to).len(), 1);
    }
}

#[test]
fn a_triple_bond_is_three_sticks_from_any_direction() {
    for (name, molecule) in [("ethyne", ethyne()), ("nitrogen", nitrogen())] {
        let bond = ends(&molecule);
        let mut renderer = TestRenderer::new(name, molecule, plain());
        for angle in [0.0, 0.5, 1.2] {
            // About the axis of the molecule.
            let drawing = seen(&mut renderer, DVec3::ZERO, Quat::from_rotation_x(angle));
            let up = DQuat::from_rotation_x(f64::from(angle)) * DVec3::Y;
            let sticks = across(&drawing, bond, 0.5, up);
            assert_eq!(sticks.len(), 3, "{name} at {angle}: {sticks:?}");
        }
    }
}

#[test]
fn bonds_are_drawn_as_wide_as_they_are_picked() {
    for (molecule, order) in [
        (ethene(), BondOrder::Double),
        (ethyne(), BondOrder::Triple),
        (benzene(), BondOrder::Aromatic),
    ] {
        let bond = ends(&molecule);
        let aside = (bond[1] - bond[0]).cross(DVec3::Z).try_normalize().unwrap();
        let mut renderer = TestRenderer::new("breadth", molecule, plain());
        let drawing = seen(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
        let reach = STICK * f64::from(breadth(Some(order)));
        let center = bond[0].lerp(bond[1], 0.5);
        let pixel = wide(&drawing, 1.0).recip() as f64;
        for side in [aside, -aside] {
            let [inside, outside] = [reach - 1.5 * pixel, reach + 1.5 * pixel];
            let is_drawn =
                |reach: f64| !drawing.is_black(drawing.pixel((center + side * reach).to_array()));
            assert!(is_drawn(inside) && !is_drawn(outside), "{order:?}");
        }
    }
}

#[test]
fn an_aromatic_bond_is_whole_outside_of_its_ring_and_dashed_inside() {
    let molecule = benzene();
    let ring = molecule.positions()[..6].to_vec();
    let mut renderer = TestRenderer::new("aromatic", molecule, plain());
    let drawing = seen(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
    for corner in 0..6 {
        let bond = [ring[corner], ring[(corner + 1) % 6]];
        let outward = bond[0].lerp(bond[1], 0.5).try_normalize().unwrap();
        let along = |side: f64| {
            let [from, to] = FREE.map(|share| bond[0].lerp(bond[1], share) + side * outward);
            stretches(&drawing, from, to)
        };
        assert_eq!(along(ASIDE).len(), 1, "bond {corner}");
        // Seven dashes between the atoms, of which the balls leave three.
        let dashes = along(-ASIDE);
        assert_eq!(dashes.len(), 3, "bond {corner}: {dashes:?}");
        // In the middle of a dash there are two sticks, between two only the outer one.
        assert_eq!(across(&drawing, bond, 0.5, outward).len(), 2);
        assert_eq!(across(&drawing, bond, 3.0 / 7.0, outward).len(), 1);
    }
}

#[test]
fn hidden_bond_orders_draw_every_bond_as_a_single_one() {
    for (name, molecule) in [
        ("double-hidden", ethene()),
        ("triple-hidden", ethyne()),
        ("aromatic-hidden", benzene()),
    ] {
        let bond = ends(&molecule);
        let aside = (bond[1] - bond[0]).cross(DVec3::Z).try_normalize().unwrap();
        let mut renderer = TestRenderer::new(name, molecule, plain());
        let shown = seen(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
        assert!(across(&shown, bond, 0.5, aside).len() > 1, "{name}");
        renderer.style(|style| style.bond_orders = false);
        let drawing = renderer.draw();
        let sticks = across(&drawing, bond, 0.5, aside);
        let expected = wide(&drawing, 2.0 * STICK);
        assert_eq!(sticks.len(), 1, "{name}");
        assert!(
            (sticks[0] - expected).abs() < 1.5,
            "{name}: {sticks:?}, expected {expected}"
        );
        // It is unbroken.
        let [from, to] = FREE.map(|share| bond[0].lerp(bond[1], share));
        assert_eq!(stretches(&drawing, from, to).len(), 1, "{name}");
    }
}

/// A structure of which the atoms on the right are one cell vector to the left, and that vector: the
/// bonds between right and left go through a face. The vector is askew to the plane of the molecule.
fn through_a_face(molecule: &Structure) -> (Structure, DVec3) {
    let vector = DVec3::new(8.0, 0.0, 5.0);
    let vectors = [vector, DVec3::Y * 9.0, DVec3::Z * 12.0];
    let positions = molecule.positions().iter();
    let positions = positions.map(|position| {
        *position
            - if position.x > 0.0 {
                vector
            } else {
                DVec3::ZERO
            }
    });
    let elements = molecule.elements().to_vec();
    let mut crossing = Structure::new(elements, positions.collect()).unwrap();
    crossing.cell = Some(Cell::new(vectors, [true; 3]).unwrap());
    (crossing, vector)
}

#[test]
fn both_halves_of_a_double_bond_through_a_face_lie_in_the_plane_of_the_molecule() {
    let (molecule, vector) = through_a_face(&ethene());
    let bond = ends(&ethene());
    let mut renderer = TestRenderer::new("double-through-a-face", molecule, plain());
    for (away, share) in [(DVec3::ZERO, 0.4), (-vector, 0.6)] {
        let bond = bond.map(|position| position + away);
        let drawing = seen(&mut renderer, bond[0].lerp(bond[1], 0.5), Quat::IDENTITY);
        let sticks = across(&drawing, bond, share, DVec3::Y);
        assert_eq!(sticks.len(), 2, "{away}: {sticks:?}");
        // The other half is at the other atom.
        assert!(across(&drawing, bond, 1.0 - share, DVec3::Y).is_empty());
    }
}

#[test]
fn both_halves_of_an_aromatic_bond_through_a_face_are_dashed_inside_the_ring() {
    let whole = benzene();
    let (molecule, vector) = through_a_face(&whole);
    let mut renderer = TestRenderer::new("aromatic-through-a-face", molecule, plain());
    // Two bonds are between the right and the left.
    for bond in [[1, 2], [5, 4]] {
        let bond = bond.map(|atom: usize| whole.positions()[atom]);
        let outward = bond[0].lerp(bond[1], 0.5).try_normalize().unwrap();
        for (away, [from, to]) in [(-vector, [0.32, 0.48]), (DVec3::ZERO, [0.52, 0.68])] {
            let bond = bond.map(|position| position + away);
            let drawing = seen(&mut renderer, bond[0].lerp(bond[1], 0.5), Quat::IDENTITY);
            let along = |side: f64| {
                let [from, to] = [from, to].map(|share| bond[0].lerp(bond[1], share));
                stretches(&drawing, from + side * outward, to + side * outward)
            };
            assert_eq!(along(ASIDE).len(), 1, "{away}");
            assert_eq!(along(-ASIDE).len(), 2, "{away}");
        }
    }
}
