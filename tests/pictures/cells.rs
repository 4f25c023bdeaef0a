//! Cells: edges, bonds across faces, periodic images.

use glam::DVec3;
use mlipview_core::chem::{Cell, Structure};
use mlipview_viewer::Style;

use crate::test_renderer::{TestRenderer, plain, structure};

/// Two carbon atoms bonded across the faces of a cell of 6 Å.
const LEFT: [f64; 3] = [0.5, 3.0, 3.0];
const RIGHT: [f64; 3] = [5.1, 3.0, 3.0];

fn through_the_face() -> Structure {
    let cell = Cell::orthorhombic(DVec3::splat(6.0)).unwrap();
    structure(&[("C", LEFT), ("C", RIGHT)]).with_cell(cell)
}

/// Bonds as single sticks, so that the axis of a double bond is drawn.
fn single_sticks() -> Style {
    Style {
        bond_orders: false,
        ..plain()
    }
}

#[test]
fn a_bond_across_a_face_is_drawn_as_two_halves() {
    let mut renderer = TestRenderer::new("through-a-face", through_the_face(), single_sticks());
    let drawing = renderer.draw();
    let seen = |x: f64| !drawing.is_black(drawing.pixel([x, 3.0, 3.0]));
    // 1.4 Å long, half of it on either side; nothing between the atoms.
    assert!(seen(-0.1) && seen(5.7), "the halves");
    assert!(!seen(-0.4) && !seen(6.0), "no more than the halves");
    assert!(!seen(2.8), "nothing inside");
}

#[test]
fn images_repeat_the_cell_and_join_the_bonds() {
    let mut renderer = TestRenderer::new("images", through_the_face(), single_sticks());
    renderer.style(|style| style.images = [2, 1, 1]);
    let drawing = renderer.draw();
    for [x, y, z] in [LEFT, RIGHT] {
        assert!(
            !drawing.is_black(drawing.pixel([x + 6.0, y, z])),
            "the image"
        );
    }
    assert!(
        !drawing.is_black(drawing.pixel([5.8, 3.0, 3.0])),
        "the bond between images"
    );
    renderer.orbit(|orbit| orbit.distance *= 2.0);
    renderer.style(|style| style.images = [1, 2, 1]);
    let drawing = renderer.draw();
    assert!(!drawing.is_black(drawing.pixel([LEFT[0], LEFT[1] + 6.0, LEFT[2]])));
    assert!(drawing.is_black(drawing.pixel([LEFT[0] + 6.0, LEFT[1], LEFT[2]])));
}

#[test]
fn cell_edges_are_drawn_and_can_be_hidden() {
    let mut renderer = TestRenderer::new("cell", through_the_face(), plain());
    let edge = [3.0, 0.0, 6.0];
    renderer.orbit(|orbit| orbit.distance *= 1.6);
    assert!(renderer.draw().is_black(renderer.draw().pixel(edge)));
    renderer.style(|style| style.cell_box = true);
    let drawing = renderer.draw();
    let around = [-1.0, 0.0, 1.0].map(|dy| drawing.pixel(edge) + glam::Vec2::new(0.0, dy));
    assert!(around.iter().any(|pixel| !drawing.is_black(*pixel)));
}

#[test]
fn atoms_are_wrapped_into_the_cell_on_request() {
    let cell = Cell::orthorhombic(DVec3::splat(6.0)).unwrap();
    let outside = [7.5, 3.0, 3.0];
    let atoms = structure(&[("O", outside), ("C", [1.0, 1.0, 3.0])]).with_cell(cell);
    let mut renderer = TestRenderer::new("wrapped", atoms, plain());
    assert!(!renderer.draw().is_black(renderer.draw().pixel(outside)));
    renderer.style(|style| style.wrap = true);
    let drawing = renderer.draw();
    assert!(drawing.is_black(drawing.pixel(outside)));
    assert!(!drawing.is_black(drawing.pixel([1.5, 3.0, 3.0])));
}
