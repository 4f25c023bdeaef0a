//! Eyes besides the window's: wide field of view, other backgrounds, reduced render scale.

use std::f32::consts::FRAC_PI_2;

use bevy::math::{Dir3, Quat, Vec2, Vec3};
use bevy::prelude::{PerspectiveProjection, Projection, With};
use mlipview_viewer::Style;
use mlipview_viewer::scene::camera::{DesktopEye, Orbit};
use mlipview_viewer::scene::impostor::{Eye, EyeBackground};
use mlipview_viewer::scene::style::Background;

use crate::test_renderer::{Drawing, SIZE, TestRenderer, plain, structure};

/// Changes the window's eye.
fn with_eye(renderer: &mut TestRenderer, change: impl FnOnce(&mut Eye, &mut Projection)) {
    // The first image fits the view.
    renderer.offscreen.picture().unwrap();
    let world = renderer.offscreen.app.world_mut();
    let mut eyes = world.query_filtered::<(&mut Eye, &mut Projection), With<DesktopEye>>();
    let (mut eye, mut projection) = eyes.single_mut(world).unwrap();
    change(&mut eye, &mut projection);
}

fn wide(projection: &mut Projection) {
    *projection = Projection::Perspective(PerspectiveProjection {
        fov: 1.75,
        ..PerspectiveProjection::default()
    });
}

/// Linear brightness of a pixel.
fn light(drawing: &Drawing, pixel: Vec2) -> f32 {
    let [red, green, blue, _] = drawing.at(pixel).map(|value| f32::from(value) / 255.0);
    [red, green, blue].map(|value| value.powf(2.2)).iter().sum()
}

#[test]
fn surfaces_far_from_the_axis_are_lit_by_their_normals() {
    let atom = [0.0; 3];
    let mut renderer = TestRenderer::new("far aside", structure(&[("He", atom)]), plain());
    renderer.orbit(|orbit| {
        *orbit = Orbit {
            target: Vec3::new(-6.0, 0.0, 0.0),
            rotation: Quat::IDENTITY,
            distance: 6.0,
            ..*orbit
        };
    });
    // A changed orbit resets the projection: widened once more.
    with_eye(&mut renderer, |_, projection| wide(projection));
    let drawing = renderer.draw();

    // The atom is 45° to the right of the eye. Its rim nearer to the axis faces left and away from
    // the image plane; the light comes from the front.
    let center = drawing.pixel(atom);
    let left = drawing.extent(center, Vec2::NEG_X);
    assert!(left > 8.0, "{left} pixels are too few to look at");
    let rim = light(&drawing, center + Vec2::NEG_X * (left - 2.0));
    let middle = light(&drawing, center);
    assert!(rim < 0.7 * middle, "rim {rim}, middle {middle}");
    assert!(rim > 0.2 * middle, "rim {rim}, middle {middle}");
}

#[test]
fn the_background_is_transparent_for_see_through_displays() {
    let style = Style {
        background: Background::White,
        ..plain()
    };
    let mut renderer = TestRenderer::new("nothing behind", structure(&[("O", [0.0; 3])]), style);
    with_eye(&mut renderer, |eye, _| {
        eye.background = EyeBackground::Transparent;
    });
    let drawing = renderer.draw();
    assert_eq!(drawing.at(Vec2::ONE), [0; 4]);
    assert_eq!(drawing.at(drawing.pixel([0.0; 3]))[3], 255);
    // Premultiplied alpha: no bright edges.
    let bleeds = |[red, green, blue, opacity]: [u8; 4]| {
        let brightest = (f32::from(red.max(green).max(blue)) / 255.0).powf(2.2);
        brightest > f32::from(opacity) / 255.0 + 0.02
    };
    assert_eq!(drawing.share(bleeds), 0.0);
}

#[test]
fn the_sky_is_lighter_above_for_any_rotation_of_the_eye() {
    let style = Style {
        background: Background::Slate,
        ..plain()
    };
    let mut renderer = TestRenderer::new("space", structure(&[("H", [0.0; 3])]), style);
    renderer.orbit(|orbit| orbit.roll(FRAC_PI_2));
    with_eye(&mut renderer, |eye, projection| {
        eye.background = EyeBackground::Sky(Dir3::Y);
        wide(projection);
    });
    let drawing = renderer.draw();
    let (width, height) = (SIZE.x as f32, SIZE.y as f32);
    let up = drawing.pixel([0.0, 2.0, 0.0]) - drawing.pixel([0.0; 3]);
    assert!(up.x.abs() > 10.0 * up.y.abs(), "{up}");
    let at = |x: f32, y: f32| light(&drawing, Vec2::new(x * (width - 1.0), y * (height - 1.0)));
    let (above, below) = match up.x > 0.0 {
        true => (at(1.0, 0.5), at(0.0, 0.5)),
        false => (at(0.0, 0.5), at(1.0, 0.5)),
    };
    assert!(above > 1.5 * below, "above {above}, below {below}");
    let (one, other) = (at(0.5, 0.0), at(0.5, 1.0));
    assert!((one / other - 1.0).abs() < 0.1, "{one} and {other}");
}

#[test]
fn a_reduced_render_scale_keeps_all_positions() {
    let atoms = structure(&[("O", [-1.0, 0.0, 0.0]), ("N", [1.0, 0.5, 0.0])]);
    let mut renderer = TestRenderer::new("less sharp", atoms, plain());
    let sharp = renderer.draw();
    with_eye(&mut renderer, |eye, _| {
        eye.render_scale = Some(0.6);
    });
    let blurred = renderer.draw();
    for position in [[-1.0, 0.0, 0.0], [1.0, 0.5, 0.0]] {
        let pixel = sharp.pixel(position);
        for direction in [Vec2::X, Vec2::NEG_X, Vec2::Y, Vec2::NEG_Y] {
            let (one, other) = (
                sharp.extent(pixel, direction),
                blurred.extent(pixel, direction),
            );
            assert!((one - other).abs() < 3.0, "{one} and {other} pixels");
        }
    }
    let covered = |drawing: &Drawing| drawing.share(|[r, g, b, _]| r.max(g).max(b) > 60);
    let ratio = covered(&blurred) / covered(&sharp);
    assert!((ratio - 1.0).abs() < 0.05, "{ratio}");
}
