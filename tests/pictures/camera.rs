//! Automatic camera motion to added atoms.

use crate::test_renderer::{TestRenderer, is_red, plain, structure};

#[test]
fn atoms_added_out_of_view_are_framed() {
    let mut renderer = TestRenderer::new("added", structure(&[("C", [0.0; 3])]), plain());
    let far = [14.0, 0.0, 0.0];
    renderer.add(structure(&[("O", far)]));
    let drawing = renderer.draw();
    assert!(is_red(drawing.at(drawing.pixel(far))));
}
