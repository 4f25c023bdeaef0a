//! Labels over the scene: callouts at their points, texts at their places of the image.

use bevy::math::{Vec2, Vec3};
use mlipview_viewer::scene::labels::{Label, LabelPlace, Labels};

use crate::test_renderer::{Drawing, SIZE, TestRenderer, plain, structure};

const RED: [f32; 4] = [1.0, 0.0, 0.0, 1.0];
const WHITE: [f32; 4] = [1.0; 4];

fn label(text: &str, place: LabelPlace) -> Label {
    Label {
        text: text.to_owned(),
        place,
        color: WHITE,
        background: RED,
    }
}

fn show(renderer: &mut TestRenderer, labels: Vec<Label>) {
    renderer
        .offscreen
        .app
        .world_mut()
        .insert_resource(Labels(labels));
}

fn is_red([red, green, blue, _]: [u8; 4]) -> bool {
    red > 200 && green < 60 && blue < 60
}

fn is_letter([red, green, blue, _]: [u8; 4]) -> bool {
    red > 200 && green > 150 && blue > 150
}

/// Leftmost, topmost, rightmost and bottommost pixel of a color.
fn bounds(drawing: &Drawing, is_of: impl Fn([u8; 4]) -> bool) -> Option<[f32; 4]> {
    let mut found: Option<[f32; 4]> = None;
    for y in 0..SIZE.y {
        for x in 0..SIZE.x {
            let pixel = Vec2::new(x as f32, y as f32);
            if is_of(drawing.at(pixel)) {
                let [left, top, right, bottom] =
                    found.unwrap_or([pixel.x, pixel.y, pixel.x, pixel.y]);
                found = Some([
                    left.min(pixel.x),
                    top.min(pixel.y),
                    right.max(pixel.x),
                    bottom.max(pixel.y),
                ]);
            }
        }
    }
    found
}

#[test]
fn a_callout_is_a_panel_with_letters_around_its_point_and_goes_with_it() {
    let atoms = structure(&[("N", [0.0, 0.0, 0.0]), ("N", [6.0, 3.0, 0.0])]);
    let mut renderer = TestRenderer::new("callout", atoms, plain());
    renderer.orbit(|_| {});
    let point = [4.5, 1.5, 0.0];
    let place = LabelPlace::Scene(Vec3::from_array(point.map(|it| it as f32)), 0.6);
    show(&mut renderer, vec![label("leaving\ngroup", place)]);
    let drawing = renderer.draw();
    let [left, top, right, bottom] = bounds(&drawing, is_red).unwrap();
    let middle = Vec2::new((left + right) / 2.0, (top + bottom) / 2.0);
    assert!(middle.distance(drawing.pixel(point)) < 1.5, "{middle}");
    // Two lines of letters of 0.6 Å, and a margin.
    let height = drawing.pixels(point, 1.0) * 0.6 * 2.8;
    assert!(
        ((bottom - top) / height - 1.0).abs() < 0.25,
        "{top} {bottom} {height}"
    );
    let letters = bounds(&drawing, is_letter).unwrap();
    assert!(
        letters[0] > left + 2.0 && letters[2] < right - 2.0,
        "{letters:?}"
    );
    assert!(letters[1] > top && letters[3] < bottom, "{letters:?}");
    show(&mut renderer, Vec::new());
    assert_eq!(renderer.draw().share(is_red), 0.0);
}

#[test]
fn a_text_is_at_its_place_and_later_labels_cover_earlier_ones() {
    let mut renderer = TestRenderer::new("text", structure(&[("He", [0.0; 3])]), plain());
    let place = LabelPlace::Window(Vec2::new(0.5, 0.85), 0.1);
    let cover = Label {
        background: [0.0, 0.0, 1.0, 1.0],
        ..label("caption", place)
    };
    show(&mut renderer, vec![label("caption", place)]);
    let drawing = renderer.draw();
    let [left, top, right, bottom] = bounds(&drawing, is_red).unwrap();
    let middle = Vec2::new((left + right) / 2.0, (top + bottom) / 2.0) / SIZE.as_vec2();
    assert!(middle.distance(Vec2::new(0.5, 0.85)) < 0.006, "{middle}");
    assert!(drawing.share(is_letter) > 0.005);
    show(&mut renderer, vec![label("caption", place), cover]);
    assert!(renderer.draw().share(is_red) < 0.001);
}

#[test]
fn a_label_of_half_opacity_shows_half_of_the_scene_behind_it() {
    let mut renderer = TestRenderer::new("half_label", structure(&[("He", [0.0; 3])]), plain());
    let place = LabelPlace::Window(Vec2::splat(0.5), 0.1);
    let half = Label {
        color: [0.0; 4],
        background: [1.0, 0.0, 0.0, 0.5],
        ..label("xxxxxxxxxxxxxxx", place)
    };
    show(&mut renderer, vec![half]);
    let drawing = renderer.draw();
    let before_black = drawing.at(Vec2::new(SIZE.x as f32 / 2.0 - 100.0, SIZE.y as f32 / 2.0));
    // Half of linear red is 188 in sRGB.
    assert!(before_black[0].abs_diff(188) < 3, "{before_black:?}");
    let before_atom = drawing.at(SIZE.as_vec2() / 2.0);
    assert!(
        before_atom[1] > 60,
        "the atom shows through: {before_atom:?}"
    );
}
