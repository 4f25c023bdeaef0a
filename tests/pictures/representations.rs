//! Representations: positions, sizes, colors and occlusion of balls, spheres, sticks and lines.

use bevy::math::Vec2;
use mlipview_core::chem::Element;
use mlipview_viewer::Style;
use mlipview_viewer::scene::style::{Background, Representation};

use crate::test_renderer::{TestRenderer, is_blue, is_red, is_white, plain, structure};

const OXYGEN: [f64; 3] = [0.0, 0.0, 0.0];
const HYDROGENS: [[f64; 3]; 2] = [[0.76, 0.59, 0.0], [-0.76, 0.59, 0.0]];

fn water() -> mlipview_core::chem::Structure {
    structure(&[("O", OXYGEN), ("H", HYDROGENS[0]), ("H", HYDROGENS[1])])
}

fn radius(symbol: &str) -> f32 {
    Element::from_symbol(symbol).unwrap().van_der_waals_radius() as f32
}

#[test]
fn balls_are_where_the_atoms_are_with_their_size_and_color() {
    let mut renderer = TestRenderer::new("ball-and-stick", water(), plain());
    let drawing = renderer.draw();
    let oxygen = drawing.pixel(OXYGEN);
    assert!(is_red(drawing.at(oxygen)), "{:?}", drawing.at(oxygen));
    for hydrogen in HYDROGENS {
        assert!(is_white(drawing.at(drawing.pixel(hydrogen))));
    }
    let expected = drawing.pixels(OXYGEN, 0.25 * radius("O"));
    let found = drawing.extent(oxygen, Vec2::Y);
    assert!(
        (found - expected).abs() < 2.0,
        "radius {found}, expected {expected} pixels"
    );
    // Nothing just outside of the silhouette.
    assert!(drawing.is_black(oxygen + Vec2::Y * (expected + 3.0)));
}

#[test]
fn a_bond_runs_from_atom_to_atom_and_has_the_color_of_each() {
    let mut renderer = TestRenderer::new("bond", water(), plain());
    let drawing = renderer.draw();
    for [x, y, _] in HYDROGENS {
        let on_bond = |share: f64| drawing.at(drawing.pixel([x * share, y * share, 0.0]));
        assert!(is_red(on_bond(0.44)), "{:?}", on_bond(0.44));
        assert!(is_white(on_bond(0.56)), "{:?}", on_bond(0.56));
    }
}

#[test]
fn space_filling_atoms_have_their_van_der_waals_radius() {
    let style = Style {
        representation: Representation::SpaceFilling,
        ..plain()
    };
    let mut renderer = TestRenderer::new("space-filling", structure(&[("O", OXYGEN)]), style);
    for perspective in [true, false] {
        renderer.orbit(|orbit| {
            orbit.perspective = perspective;
            orbit.distance = 12.0;
        });
        let drawing = renderer.draw();
        let center = drawing.pixel(OXYGEN);
        // In perspective the silhouette is the cone of tangent rays: r / sqrt(1 − (r/d)²).
        let ratio = if perspective { radius("O") / 12.0 } else { 0.0 };
        let expected = drawing.pixels(OXYGEN, radius("O")) / (1.0 - ratio * ratio).sqrt();
        for direction in [Vec2::X, -Vec2::X, Vec2::Y, -Vec2::Y] {
            let found = drawing.extent(center, direction);
            assert!(
                (found - expected).abs() < 1.6,
                "{found}, expected {expected} ({perspective})"
            );
        }
    }
}

#[test]
fn licorice_and_lines_have_no_balls() {
    let mut renderer = TestRenderer::new("licorice", water(), plain());
    let balls = renderer.draw().share(|[red, ..]| red > 12);
    renderer.style(|style| style.representation = Representation::Licorice);
    let drawing = renderer.draw();
    let licorice = drawing.share(|[red, ..]| red > 12);
    assert!(is_red(drawing.at(drawing.pixel(OXYGEN))));
    renderer.style(|style| style.representation = Representation::Lines);
    let drawing = renderer.draw();
    let lines = drawing.share(|[red, ..]| red > 12);
    let [x, y, _] = HYDROGENS[0];
    assert!(!drawing.is_black(drawing.pixel([x * 0.7, y * 0.7, 0.0])));
    assert!(
        lines > 0.0 && lines < licorice / 2.0 && licorice < balls / 1.2,
        "{lines} {licorice} {balls}"
    );
}

#[test]
fn nearer_surfaces_hide_those_behind() {
    let near = [0.0, 0.0, 3.0];
    let far = [0.0, 0.0, -3.0];
    for (name, perspective) in [("depth", true), ("depth-flat", false)] {
        for (front, back) in [("O", "N"), ("N", "O")] {
            let atoms = structure(&[(back, far), (front, near), ("H", [4.0, 0.0, 0.0])]);
            let mut renderer = TestRenderer::new(name, atoms, plain());
            renderer.orbit(|orbit| {
                orbit.perspective = perspective;
                orbit.target = glam::Vec3::ZERO;
            });
            let drawing = renderer.draw();
            let seen = drawing.at(drawing.pixel(near));
            assert_eq!(
                (is_red(seen), is_blue(seen)),
                (front == "O", front == "N"),
                "{seen:?}"
            );
        }
    }
}

#[test]
fn a_breaking_bond_is_dashed_and_a_broken_one_is_not_drawn() {
    let pair = |distance: f64| structure(&[("C", [0.0, 0.0, 0.0]), ("C", [distance, 0.0, 0.0])]);
    let drawn = |distance: f64| {
        let mut renderer = TestRenderer::new("dashes", pair(distance), plain());
        let drawing = renderer.draw();
        let steps = (0..200).map(|step| 0.3 + 0.4 * f64::from(step) / 200.0);
        let seen =
            steps.filter(|share| !drawing.is_black(drawing.pixel([share * distance, 0.0, 0.0])));
        seen.count() as f32 / 200.0
    };
    let [whole, half, gone] = [1.5, 1.78, 2.2].map(drawn);
    assert_eq!(whole, 1.0);
    assert!(half > 0.15 && half < 0.9, "{half}");
    assert_eq!(gone, 0.0);
}

#[test]
fn the_background_of_a_transparent_picture_has_no_opacity() {
    let style = Style {
        background: Background::Clear,
        ..plain()
    };
    let mut renderer = TestRenderer::new("transparent", water(), style);
    let drawing = renderer.draw();
    assert_eq!(drawing.at(Vec2::new(3.0, 3.0))[3], 0);
    let [red, _, _, opacity] = drawing.at(drawing.pixel(OXYGEN));
    assert_eq!(opacity, 255);
    assert!(red > 90);
}

#[test]
fn anti_aliasing_shows_the_same_scene() {
    let mut renderer = TestRenderer::new("supersampled", water(), plain());
    let before = renderer.draw();
    renderer.style(|style| style.supersampling = true);
    let after = renderer.draw();
    for position in [OXYGEN, HYDROGENS[0], HYDROGENS[1]] {
        let (one, other) = (
            before.at(before.pixel(position)),
            after.at(after.pixel(position)),
        );
        assert!(
            (0..3).all(|channel| one[channel].abs_diff(other[channel]) < 12),
            "{one:?} {other:?}"
        );
    }
    let (one, other) = (
        before.share(|[red, ..]| red > 12),
        after.share(|[red, ..]| red > 12),
    );
    assert!((one - other).abs() < 0.1 * one, "{one} {other}");
}

#[test]
fn ambient_occlusion_has_no_grain() {
    let atoms = structure(&[("C", [-0.8, 0.0, 0.0]), ("C", [0.8, 0.0, 0.5])]);
    let style = Style {
        ambient_occlusion: 1.0,
        representation: Representation::SpaceFilling,
        ..plain()
    };
    let mut renderer = TestRenderer::new("occlusion", atoms, style);
    let image = renderer.draw();
    let middle = image.pixel([-0.8, 0.0, 0.0]);
    let at = |x: i32, y: i32| f32::from(image.at(middle + Vec2::new(x as f32, y as f32))[0]);
    // A smooth surface has second differences of about one unit, from rounding.
    let grain: Vec<f32> = (-15..15)
        .flat_map(|x| (0..30).map(move |y| (x, y)))
        .map(|(x, y)| (at(x - 1, y) - 2.0 * at(x, y) + at(x + 1, y)).abs())
        .collect();
    let mean = grain.iter().sum::<f32>() / grain.len() as f32;
    assert!(mean < 1.5, "{mean}");
}
