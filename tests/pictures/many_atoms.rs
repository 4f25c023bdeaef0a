//! Many atoms, drawn as discs and points where spheres would be too small.

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};

use crate::test_renderer::{TestRenderer, is_red, plain};

/// A block of oxygen atoms, 3 Å apart.
fn block(side: usize) -> Structure {
    let oxygen = Element::from_symbol("O").unwrap();
    let positions = (0..side.pow(3)).map(|index| {
        let position = [index % side, index / side % side, index / (side * side)];
        DVec3::from_array(position.map(|step| 3.0 * step as f64))
    });
    Structure::new(vec![oxygen; side.pow(3)], positions.collect()).unwrap()
}

#[test]
fn ten_thousand_atoms_are_all_drawn() {
    let side = 22;
    let mut renderer = TestRenderer::new("ten-thousand", block(side), plain());
    renderer.style(|style| style.ball = 0.6);
    let drawing = renderer.draw();
    let last = 3.0 * (side - 1) as f64;
    for corner in [
        [0.0, 0.0, last],
        [last, 0.0, last],
        [0.0, last, last],
        [last, last, last],
    ] {
        assert!(is_red(drawing.at(drawing.pixel(corner))), "{corner:?}");
    }
    // The front face alone covers this much of the image.
    assert!(drawing.share(is_red) > 0.15, "{}", drawing.share(is_red));
}

#[test]
fn atoms_smaller_than_a_pixel_are_drawn() {
    let side = 22;
    let mut renderer = TestRenderer::new("points", block(side), plain());
    let center = 1.5 * (side - 1) as f64;
    for distance in [2_000.0, 8_000.0] {
        renderer.orbit(|orbit| orbit.distance = distance);
        let drawing = renderer.draw();
        let middle = drawing.pixel([center, center, center]);
        assert!(
            is_red(drawing.at(middle)),
            "{:?} at {distance} Å",
            drawing.at(middle)
        );
        assert!(drawing.share(is_red) < 0.2);
    }
}
