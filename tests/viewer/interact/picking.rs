//! Picking by rays, and selection by clicks and boxes.

use std::sync::LazyLock;

use bevy::input::ButtonState;
use bevy::prelude::*;
use glam::{DVec3, IVec3};
use mlipview_core::chem::bonds::{Bond, Limits};
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::script::BondOpacities;
use mlipview_viewer::Style;
use mlipview_viewer::interact::pick::Pickable;
use mlipview_viewer::scene::appearance::{Appearances, AtomAppearance};
use mlipview_viewer::scene::beam::Beam;
use mlipview_viewer::scene::bonds::Bonding;
use mlipview_viewer::scene::selection::{Hover, Target};

use super::{argon_viewer, still_viewer};
use crate::test_viewer::TestViewer;

const THIN: Beam = Beam {
    start: 0.0,
    growth: 0.0,
};

fn appearance(radius: f32) -> AtomAppearance {
    AtomAppearance {
        color: [0; 4],
        radius,
    }
}

/// A ray along −z through a position.
fn down_on(x: f32, y: f32) -> Ray3d {
    Ray3d::new(Vec3::new(x, y, 50.0), Dir3::NEG_Z)
}

static OPAQUE: LazyLock<BondOpacities> = LazyLock::new(BondOpacities::default);

fn pickable<'a>(
    positions: &'a [Vec3],
    appearances: &'a [AtomAppearance],
    bonds: &'a [Bond],
) -> Pickable<'a> {
    Pickable {
        positions,
        appearances,
        bonds,
        bond_opacities: &OPAQUE,
        shifts: &[],
        stick: 0.12,
        with_orders: true,
        cell: None,
        images: [1; 3],
    }
}

#[test]
fn the_front_one_of_overlapping_atoms_is_hit() {
    let positions = [Vec3::ZERO, Vec3::new(0.3, 0.0, 0.5)];
    let appearances = [appearance(0.5), appearance(0.5)];
    let pickable = pickable(&positions, &appearances, &[]);
    let met = |x| pickable.first(down_on(x, 0.0), THIN).map(|hit| hit.target);
    assert_eq!(met(0.3), Some(Target::Atom(1)));
    assert_eq!(met(-0.1), Some(Target::Atom(1)));
    // To the left of the front atom there is only the one behind.
    assert_eq!(met(-0.3), Some(Target::Atom(0)));
    assert_eq!(met(-0.6), None);
    let hit = pickable.first(down_on(0.3, 0.0), THIN).unwrap();
    assert!((hit.distance - 49.0).abs() < 1e-4);
}

#[test]
fn a_tiny_atom_is_hit_anywhere_inside_the_beam_and_none_behind_the_eye() {
    let positions = [Vec3::ZERO];
    let appearances = [appearance(0.0)];
    let pickable = pickable(&positions, &appearances, &[]);
    let beam = Beam {
        start: 0.0,
        growth: 0.01,
    };
    assert!(pickable.first(down_on(0.4, 0.0), beam).is_some());
    assert!(pickable.first(down_on(0.6, 0.0), beam).is_none());
    assert!(pickable.first(down_on(0.4, 0.0), THIN).is_none());
    let away = Ray3d::new(Vec3::new(0.0, 0.0, 50.0), Dir3::Z);
    assert!(pickable.first(away, beam).is_none());
}

#[test]
fn a_stick_is_its_bond_in_the_middle_and_its_atoms_at_the_ends() {
    let positions = [Vec3::ZERO, Vec3::new(1.6, 0.0, 0.0)];
    let appearances = [appearance(0.12), appearance(0.12)];
    let bonds = [Bond {
        atoms: [0, 1],
        shift: IVec3::ZERO,
        limits: Limits::between(Element::C, Element::C),
        strength: 1.0,
        order: None,
    }];
    let pickable = pickable(&positions, &appearances, &bonds);
    let met = |x, y| pickable.first(down_on(x, y), THIN).map(|hit| hit.target);
    assert_eq!(met(0.8, 0.1), Some(Target::Bond(0)));
    assert_eq!(met(0.3, 0.0), Some(Target::Atom(0)));
    assert_eq!(met(1.4, 0.0), Some(Target::Atom(1)));
    assert_eq!(met(0.8, 0.2), None);
}

#[test]
fn a_bond_is_hit_as_wide_as_its_sticks_are_drawn() {
    let positions = [Vec3::ZERO, Vec3::new(1.3, 0.0, 0.0)];
    let appearances = [appearance(0.12), appearance(0.12)];
    // Reach of the outermost stick from the axis, relative to the radius of a single stick: two lie
    // 0.92 off the axis with radius 0.425, the outer two of three 1.227 with 0.283.
    for (order, with_orders, reach) in [
        (BondOrder::Single, true, 1.0),
        (BondOrder::Double, true, 1.345),
        (BondOrder::Aromatic, true, 1.345),
        (BondOrder::Triple, true, 1.51),
        (BondOrder::Double, false, 1.0),
        (BondOrder::Triple, false, 1.0),
    ] {
        let bonds = [Bond {
            atoms: [0, 1],
            shift: IVec3::ZERO,
            limits: Limits::between(Element::C, Element::C),
            strength: 1.0,
            order: Some(order),
        }];
        let pickable = Pickable {
            with_orders,
            ..pickable(&positions, &appearances, &bonds)
        };
        for (share, is_met) in [(0.98, true), (1.02, false)] {
            let aside = share * reach * 0.12;
            let ray = pickable.first(down_on(0.65, aside), THIN);
            assert_eq!(ray.is_some(), is_met, "{order:?} {with_orders} at {share}");
            let hand = pickable.nearest(Vec3::new(0.65, aside, 0.0), 0.0);
            assert_eq!(hand.is_some(), is_met, "{order:?} {with_orders} at {share}");
        }
    }
}

#[test]
fn with_hidden_bond_orders_a_double_bond_is_picked_as_a_single_one() {
    let mut viewer = still_viewer(ethene());
    let bonded = |viewer: &TestViewer| viewer.get::<Bonding>().of(&viewer.frame()).is_some();
    viewer.wait_until("the bonds are known", bonded);
    let middle = (viewer.drawn(0) + viewer.drawn(1)) / 2.0;
    // Outside of a single stick of 0.12 Å, inside of two.
    let position = viewer.pixel(middle + Vec3::Y * 0.15);
    viewer.move_to(position);
    assert!(matches!(
        viewer.get::<Hover>().target,
        Some(Target::Bond(_))
    ));
    viewer.get_mut::<Style>().bond_orders = false;
    viewer.wait_until("it is met no more", |viewer| {
        viewer.get::<Hover>().target.is_none()
    });
    let position = viewer.pixel(middle + Vec3::Y * 0.1);
    viewer.move_to(position);
    assert!(matches!(
        viewer.get::<Hover>().target,
        Some(Target::Bond(_))
    ));
}

/// Ethene in the image plane, with its double bond of 1.339 Å along x.
fn ethene() -> Structure {
    let [carbon, far, aside] = [0.6695, 1.232, 0.929];
    let positions = [
        DVec3::new(-carbon, 0.0, 0.0),
        DVec3::new(carbon, 0.0, 0.0),
        DVec3::new(-far, aside, 0.0),
        DVec3::new(-far, -aside, 0.0),
        DVec3::new(far, aside, 0.0),
        DVec3::new(far, -aside, 0.0),
    ];
    let elements = [vec![Element::C; 2], vec![Element::H; 4]].concat();
    Structure::new(elements, positions.to_vec()).unwrap()
}

#[test]
fn a_bond_across_a_face_is_hit_at_both_ends_and_not_across_the_cell() {
    let cell = Cell::orthorhombic(DVec3::splat(10.0)).unwrap();
    let positions = [Vec3::new(0.5, 5.0, 5.0), Vec3::new(9.5, 5.0, 5.0)];
    let appearances = [appearance(0.05), appearance(0.05)];
    let bonds = [Bond {
        atoms: [0, 1],
        shift: IVec3::new(-1, 0, 0),
        limits: Limits::between(Element::C, Element::C),
        strength: 1.0,
        order: None,
    }];
    let pickable = Pickable {
        cell: Some(&cell),
        ..pickable(&positions, &appearances, &bonds)
    };
    let met = |x| pickable.first(down_on(x, 5.0), THIN).map(|hit| hit.target);
    assert_eq!(met(0.1), Some(Target::Bond(0)));
    assert_eq!(met(9.9), Some(Target::Bond(0)));
    assert_eq!(met(5.0), None);
}

#[test]
fn a_periodic_image_is_picked_as_its_atom() {
    let cell = Cell::orthorhombic(DVec3::splat(10.0)).unwrap();
    let positions = [Vec3::splat(5.0), Vec3::new(2.0, 2.0, 8.0)];
    let appearances = [appearance(0.5), appearance(0.5)];
    let pickable = Pickable {
        cell: Some(&cell),
        images: [3, 2, 1],
        ..pickable(&positions, &appearances, &[])
    };
    let hit = pickable.first(down_on(25.0, 15.0), THIN).unwrap();
    assert_eq!(hit.target, Target::Atom(0));
    assert_eq!(hit.image, Vec3::new(20.0, 10.0, 0.0));
    assert!(pickable.first(down_on(35.0, 15.0), THIN).is_none());
}

#[test]
fn the_hovered_atom_or_bond_is_known() {
    let mut viewer = argon_viewer();
    let position = viewer.pixel(viewer.drawn(1));
    viewer.move_to(position);
    assert_eq!(viewer.get::<Hover>().target, Some(Target::Atom(1)));
    // Atom 2 is straight behind atom 0.
    let position = viewer.pixel(viewer.drawn(0));
    viewer.move_to(position);
    assert_eq!(viewer.get::<Hover>().target, Some(Target::Atom(0)));
    viewer.move_to(Vec2::new(400.0, 50.0));
    assert_eq!(viewer.get::<Hover>().target, None);
}

#[test]
fn clicks_select_one_atom_and_with_shift_add_and_remove() {
    let mut viewer = argon_viewer();
    viewer.click(viewer.drawn(1));
    assert_eq!(viewer.selected(), [1]);
    viewer.click(viewer.drawn(0));
    assert_eq!(viewer.selected(), [0]);
    viewer.key(KeyCode::ShiftLeft, ButtonState::Pressed);
    viewer.click(viewer.drawn(3));
    viewer.click(viewer.drawn(1));
    assert_eq!(viewer.selected(), [0, 3, 1]);
    viewer.click(viewer.drawn(3));
    assert_eq!(viewer.selected(), [0, 1]);
    // With Shift, a click on the background changes nothing.
    viewer.click_pixel(Vec2::new(400.0, 50.0));
    assert_eq!(viewer.selected(), [0, 1]);
    viewer.key(KeyCode::ShiftLeft, ButtonState::Released);
    viewer.click_pixel(Vec2::new(400.0, 50.0));
    assert!(viewer.selected().is_empty());
}

#[test]
fn a_box_selects_exactly_the_atoms_inside() {
    let mut viewer = argon_viewer();
    let (one, other) = (viewer.pixel(viewer.drawn(0)), viewer.pixel(viewer.drawn(1)));
    let radius = viewer.get::<Appearances>().list()[0].radius;
    let aside = viewer.pixel(viewer.drawn(0) + Vec3::X * radius * 1.5).x - one.x;
    viewer.key(KeyCode::ShiftLeft, ButtonState::Pressed);
    viewer.move_to(Vec2::new(one.x - aside, one.y - 30.0));
    viewer.press();
    viewer.move_to(Vec2::new(other.x + aside, other.y + 30.0));
    viewer.release();
    let mut chosen = viewer.selected();
    chosen.sort_unstable();
    assert_eq!(chosen, [0, 1, 2]);
    // The camera has not rotated.
    assert_eq!(viewer.pixel(viewer.drawn(0)), one);
}

#[test]
fn atoms_and_bonds_that_are_not_drawn_are_not_picked() {
    let positions = [Vec3::ZERO, Vec3::new(1.2, 0.0, 0.0)];
    let bonds = [Bond {
        atoms: [0, 1],
        shift: IVec3::ZERO,
        limits: Limits::between(Element::C, Element::C),
        strength: 1.0,
        order: None,
    }];
    let drawn = [appearance(0.3), appearance(0.3)];
    let mut opacities = BondOpacities::default();
    let target = |appearances: &[AtomAppearance], bond_opacities: &BondOpacities, x: f32| {
        let pickable = Pickable {
            bond_opacities,
            ..pickable(&positions, appearances, &bonds)
        };
        pickable.first(down_on(x, 0.0), THIN).map(|hit| hit.target)
    };
    assert_eq!(target(&drawn, &opacities, 1.2), Some(Target::Atom(1)));
    assert_eq!(target(&drawn, &opacities, 0.6), Some(Target::Bond(0)));
    let hidden = [appearance(0.3), appearance(-1.0)];
    assert_eq!(target(&hidden, &opacities, 0.0), Some(Target::Atom(0)));
    assert_eq!(target(&hidden, &opacities, 0.6), Some(Target::Bond(0)));
    opacities.values = [0.0; 4];
    assert_eq!(target(&hidden, &opacities, 1.2), None);
    assert_eq!(target(&drawn, &opacities, 0.6), None);
}
