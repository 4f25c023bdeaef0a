//! Bond orders in molecules: number and width of sticks, dashes, and the option that hides orders.

use bevy::math::Quat;
use glam::{DQuat, DVec3};
use mlipview_core::chem::Structure;
use mlipview_core::chem::structure::BondOrder;
use mlipview_viewer::scene::bonds::relative_radius;

use super::{
    ASIDE, FREE, STICK, across, benzene, draw_around, ends, ethene, ethyne, segments, to_pixels,
};
use crate::test_renderer::{TestRenderer, plain, structure};

fn nitrogen() -> Structure {
    structure(&[("N", [-0.549, 0.0, 0.0]), ("N", [0.549, 0.0, 0.0])])
}

#[test]
fn a_double_bond_is_two_sticks_of_the_same_width() {
    let molecule = ethene();
    let bond = ends(&molecule);
    let mut renderer = TestRenderer::new("double", molecule, plain());
    let drawing = draw_around(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
    for share in [0.4, 0.5, 0.6] {
        let sticks = across(&drawing, bond, share, DVec3::Y);
        assert_eq!(sticks.len(), 2, "{sticks:?}");
        let expected = to_pixels(&drawing, 0.85 * STICK);
        assert!(
            sticks.iter().all(|width| (width - expected).abs() < 1.5),
            "{sticks:?}, expected {expected}"
        );
    }
    // Neither is dashed.
    for side in [-ASIDE, ASIDE] {
        let [from, to] = FREE.map(|share| bond[0].lerp(bond[1], share) + side * DVec3::Y);
        assert_eq!(segments(&drawing, from, to).len(), 1);
    }
}

#[test]
fn a_triple_bond_is_three_sticks_from_any_direction() {
    for (name, molecule) in [("ethyne", ethyne()), ("nitrogen", nitrogen())] {
        let bond = ends(&molecule);
        let mut renderer = TestRenderer::new(name, molecule, plain());
        for angle in [0.0, 0.5, 1.2] {
            // Rotation about the axis of the molecule.
            let drawing = draw_around(&mut renderer, DVec3::ZERO, Quat::from_rotation_x(angle));
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
        let mut renderer = TestRenderer::new("relative_radius", molecule, plain());
        let drawing = draw_around(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
        let reach = STICK * f64::from(relative_radius(Some(order)));
        let center = bond[0].lerp(bond[1], 0.5);
        let pixel = to_pixels(&drawing, 1.0).recip() as f64;
        for side in [aside, -aside] {
            let [inside, outside] = [reach - 1.5 * pixel, reach + 1.5 * pixel];
            let is_drawn =
                |reach: f64| !drawing.is_black(drawing.pixel((center + side * reach).to_array()));
            assert!(is_drawn(inside) && !is_drawn(outside), "{order:?}");
        }
    }
}

#[test]
fn an_aromatic_bond_is_continuous_outside_of_its_ring_and_dashed_inside() {
    let molecule = benzene();
    let ring = molecule.positions()[..6].to_vec();
    let mut renderer = TestRenderer::new("aromatic", molecule, plain());
    let drawing = draw_around(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
    for corner in 0..6 {
        let bond = [ring[corner], ring[(corner + 1) % 6]];
        let outward = bond[0].lerp(bond[1], 0.5).try_normalize().unwrap();
        let along = |side: f64| {
            let [from, to] = FREE.map(|share| bond[0].lerp(bond[1], share) + side * outward);
            segments(&drawing, from, to)
        };
        assert_eq!(along(ASIDE).len(), 1, "bond {corner}");
        // Seven dashes between the atoms, of which the balls cover four.
        let dashes = along(-ASIDE);
        assert_eq!(dashes.len(), 3, "bond {corner}: {dashes:?}");
        // Two sticks at a dash, only the outer one between dashes.
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
        let with_orders = draw_around(&mut renderer, DVec3::ZERO, Quat::IDENTITY);
        assert!(across(&with_orders, bond, 0.5, aside).len() > 1, "{name}");
        renderer.style(|style| style.bond_orders = false);
        let drawing = renderer.draw();
        let sticks = across(&drawing, bond, 0.5, aside);
        let expected = to_pixels(&drawing, 2.0 * STICK);
        assert_eq!(sticks.len(), 1, "{name}");
        assert!(
            (sticks[0] - expected).abs() < 1.5,
            "{name}: {sticks:?}, expected {expected}"
        );
        // It is not dashed.
        let [from, to] = FREE.map(|share| bond[0].lerp(bond[1], share));
        assert_eq!(segments(&drawing, from, to).len(), 1, "{name}");
    }
}
