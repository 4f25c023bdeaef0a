//! Opacities of atoms: faded ones are between their color and the background; hidden ones are not drawn.

use bevy::math::Vec2;
use mlipview_viewer::scene::appearance::Opacities;

use crate::test_renderer::{TestRenderer, is_blue, is_red, plain, structure};

const PLACES: [[f64; 3]; 3] = [[-1.45, 0.0, 0.0], [0.0, 0.0, 0.0], [1.45, 0.0, 0.0]];

#[test]
fn an_atom_without_opacity_is_not_drawn_nor_are_its_bonds_and_a_faint_one_is_dim() {
    let atoms = structure(&[("O", PLACES[0]), ("O", PLACES[1]), ("N", PLACES[2])]);
    let mut renderer = TestRenderer::new("opacities", atoms, plain());
    let opaque = renderer.draw();
    let [first, second, third] = PLACES.map(|place| opaque.pixel(place));
    let bond = (first + second) / 2.0;
    assert!(is_red(opaque.at(first)) && is_red(opaque.at(second)) && is_blue(opaque.at(third)));
    assert!(!opaque.is_black(bond));

    let world = renderer.offscreen.app.world_mut();
    world.insert_resource(Opacities(vec![0.0, 1.0, 0.3]));
    let faded = renderer.draw();
    assert!(faded.is_black(first) && faded.is_black(bond));
    assert!(is_red(faded.at(second)));
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
    world.insert_resource(Opacities(vec![0.25, 1.0]));
    let faded = renderer.draw();
    let [red, _, blue, _] = faded.at(middle);
    assert!(red > 150 && blue > 40 && blue < red, "{red} {blue}");
    // A faded atom behind an opaque one is hidden by it.
    let world = renderer.offscreen.app.world_mut();
    world.insert_resource(Opacities(vec![1.0, 0.25]));
    let behind = renderer.draw();
    assert_eq!(behind.at(middle), opaque.at(middle));
}
