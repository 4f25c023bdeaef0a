//! Highlights of selected atoms, bands of fixed atoms, and force arrows.

use bevy::math::Vec2;
use mlipview_core::potential::LennardJones;
use mlipview_viewer::scene::selection::Selection;

use crate::test_renderer::{TestRenderer, is_amber, is_orange, plain, structure};

#[test]
fn only_selected_atoms_are_highlighted() {
    let positions = [[-2.0, 0.0, 0.0], [2.0, 0.0, 0.0]];
    let atoms = structure(&[("N", positions[0]), ("N", positions[1])]);
    let mut renderer = TestRenderer::new("selection", atoms, plain());
    assert_eq!(renderer.draw().share(is_amber), 0.0);
    renderer
        .offscreen
        .app
        .world_mut()
        .resource_mut::<Selection>()
        .set([1]);
    let drawing = renderer.draw();
    let outline_near = |position| {
        let (center, radius) = (
            drawing.pixel(position),
            drawing.pixels(position, 0.25 * 1.55),
        );
        (0..40).any(|step| {
            is_amber(drawing.at(center + Vec2::X * (radius * 0.8 + 0.25 * step as f32)))
        })
    };
    assert!(outline_near(positions[1]));
    assert!(!outline_near(positions[0]));
}

#[test]
fn force_arrows_point_where_the_forces_do() {
    // Closer than the minimum: pushed apart along x.
    let positions = [[-1.6, 0.0, 0.0], [1.6, 0.0, 0.0]];
    let atoms = structure(&[("Ar", positions[0]), ("Ar", positions[1])]);
    let potential = Box::new(LennardJones::noble_gases());
    let mut renderer = TestRenderer::with_potential("arrows", atoms, plain(), Some(potential));
    renderer.style(|style| {
        style.arrows.forces = true;
        style.arrows.force_scale = 20.0;
    });
    renderer.orbit(|orbit| orbit.distance = 25.0);
    let drawing = renderer.draw();
    let along = |x: f64| is_orange(drawing.at(drawing.pixel([x, 0.0, 0.0])));
    assert!(along(2.6) && along(-2.6), "outwards from each atom");
    assert!(!along(0.0), "nothing between");
    let above = |x: f64| is_orange(drawing.at(drawing.pixel([x, 0.8, 0.0])));
    assert!(!above(1.6) && !above(-1.6));
}

#[test]
fn fixed_atoms_have_dark_bands() {
    let mut atoms = structure(&[("Xe", [-3.0, 0.0, 0.0]), ("Xe", [3.0, 0.0, 0.0])]);
    atoms.fixed_mut()[0] = true;
    let mut renderer = TestRenderer::new("fixed", atoms, plain());
    renderer.style(|style| style.ball = 1.0);
    let drawing = renderer.draw();
    let brightness = |x: f64, y: f64| f32::from(drawing.at(drawing.pixel([x, y, 0.0]))[2]);
    // Neighboring pixels of a free atom are similar; bands make steps.
    let roughness = |center: f64| {
        let steps: Vec<f32> = (0..60)
            .map(|step| brightness(center, -1.2 + 0.04 * f64::from(step)))
            .collect();
        steps
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .fold(0.0, f32::max)
    };
    assert!(
        roughness(-3.0) > 3.0 * roughness(3.0),
        "{} {}",
        roughness(-3.0),
        roughness(3.0)
    );
}
