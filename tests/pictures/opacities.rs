//! Opacities of atoms and bonds: what is behind faded ones shines through; hidden ones are not drawn.

use bevy::math::Vec2;
use mlipview_core::script::BondOpacities;
use mlipview_viewer::scene::opacities::Opacities;

use crate::test_renderer::{TestRenderer, is_blue, is_red, plain, structure};

const PLACES: [[f64; 3]; 3] = [[-1.45, 0.0, 0.0], [0.0, 0.0, 0.0], [1.45, 0.0, 0.0]];

/// Opacities of atoms, and those of bonds of the first atom and of the others.
fn opacities(atoms: &[f32], [first, others]: [f64; 2]) -> Opacities {
    let mut bonds = BondOpacities {
        values: [others, first, 1.0, 1.0],
        ..BondOpacities::default()
    };
    bonds.bonds.insert([0, 1], 1);
    Opacities {
        atoms: atoms.to_vec(),
        bonds,
    }
}

fn sum(pixel: [u8; 4]) -> f32 {
    pixel[..3].iter().map(|part| f32::from(*part)).sum()
}

#[test]
fn atoms_and_bonds_without_opacity_are_not_drawn_and_faint_ones_are_dim() {
    let atoms = structure(&[("O", PLACES[0]), ("O", PLACES[1]), ("N", PLACES[2])]);
    let mut renderer = TestRenderer::new("opacities", atoms, plain());
    let opaque = renderer.draw();
    let [first, second, third] = PLACES.map(|place| opaque.pixel(place));
    let bond = (first + second) / 2.0;
    assert!(is_red(opaque.at(first)) && is_red(opaque.at(second)) && is_blue(opaque.at(third)));
    assert!(!opaque.is_black(bond));

    let world = renderer.offscreen.app.world_mut();
    world.insert_resource(opacities(&[0.0, 1.0, 0.3], [0.0, 0.3]));
    let faded = renderer.draw();
    assert!(faded.is_black(first) && faded.is_black(bond));
    assert!(is_red(faded.at(second)));
    let other_bond = (second + third) / 2.0;
    let [before, after] = [&opaque, &faded].map(|it| sum(it.at(other_bond)));
    let share = after / before;
    assert!((0.1..0.75).contains(&share), "{share}");
    let blue = |pixel: Vec2| f32::from(faded.at(pixel)[2]);
    let share = blue(third) / f32::from(opaque.at(third)[2]);
    assert!((0.1..0.75).contains(&share), "{share}");

    let world = renderer.offscreen.app.world_mut();
    world.insert_resource(Opacities::default());
    let again = renderer.draw();
    assert!(is_red(again.at(first)) && !again.is_black(bond));
}

#[test]
fn an_opaque_atom_behind_a_faded_one_shines_through_it() {
    let atoms = structure(&[("N", [0.0, 0.0, 3.0]), ("O", [0.0; 3])]);
    let mut renderer = TestRenderer::new("shining_through", atoms, plain());
    let opaque = renderer.draw();
    let middle = opaque.pixel([0.0; 3]);
    assert!(is_blue(opaque.at(middle)), "the nitrogen is in front");
    let world = renderer.offscreen.app.world_mut();
    world.insert_resource(opacities(&[0.25, 1.0], [1.0; 2]));
    let faded = renderer.draw();
    let [red, _, blue, _] = faded.at(middle);
    assert!(red > 150 && blue > 40 && blue < red, "{red} {blue}");
    // A faded atom behind an opaque one is hidden by it.
    let world = renderer.offscreen.app.world_mut();
    world.insert_resource(opacities(&[1.0, 0.25], [1.0; 2]));
    let behind = renderer.draw();
    assert_eq!(behind.at(middle), opaque.at(middle));
}
