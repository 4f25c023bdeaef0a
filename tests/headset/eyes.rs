//! The images of both eyes: positions and parallax of an atom.

use std::path::Path;

use bevy::image::Image;
use bevy::prelude::*;
use mlipview_core::sim::Engine;
use mlipview_viewer::scene::picture;
use mlipview_viewer::xr::{EyeView, Rig};

use crate::wearer::{Wearer, structure};

/// Position of the atom, Å.
const ATOM: Vec3 = Vec3::new(1.5, -0.7, 0.4);

#[test]
#[ignore = "needs a headset: scripts/xr-runtime null"]
fn each_eye_shows_an_atom_at_its_projected_position() {
    let mut wearer = Wearer::of(Engine::new(structure(&[("Cu", ATOM.as_dvec3())]), None, 0));
    wearer.enter();
    wearer.frames(5);
    for away in [0.4, 1.0] {
        // Small, and a little beside the center.
        let head = wearer.head();
        let there = head.position + head.rotation * Vec3::new(0.1, 0.05, -away);
        let scale = 30.0;
        let rig = Rig {
            position: ATOM - scale * there,
            rotation: Quat::IDENTITY,
            scale,
        };
        let (pictures, views) = wearer.render(rig);
        let mut found = [Vec2::ZERO; 2];
        for eye in [0, 1] {
            save_picture(&pictures[eye], &format!("atom-{away}-{eye}"));
            let size = pictures[eye].size().as_vec2();
            let expected = on_picture(&views[eye], rig.to_room(ATOM), size);
            found[eye] = centroid_of_copper(&pictures[eye]);
            let off = found[eye].distance(expected);
            eprintln!(
                "{away} m, eye {eye}: at {}, expected {expected}",
                found[eye]
            );
            assert!(
                off < 1.5,
                "{away} m, eye {eye}: {} is not {expected}",
                found[eye]
            );
        }
        // Nearer objects have a larger parallax.
        let width = pictures[0].size().x as f32;
        let span = views[0].right - views[0].left;
        let apart = views[0].pose.position.distance(views[1].pose.position);
        let parallax = (found[0].x - found[1].x) / width * span;
        let lean = (views[0].left + views[0].right - views[1].left - views[1].right) / 2.0;
        assert!(
            (parallax + lean - apart / away).abs() < 0.02,
            "{parallax} + {lean} is not {apart} / {away}"
        );
    }
    wearer.leave();
}

/// Projection of a point in the room (m) onto the image of an eye, pixels from the upper left.
fn on_picture(view: &EyeView, position: Vec3, size: Vec2) -> Vec2 {
    let point = view.pose.rotation.inverse() * (position - view.pose.position);
    let slope = point.truncate() / -point.z;
    let across = (slope.x - view.left) / (view.right - view.left);
    let along = (view.up - slope.y) / (view.up - view.down);
    Vec2::new(across, along) * size
}

/// Centroid of the copper-colored pixels.
fn centroid_of_copper(picture: &Image) -> Vec2 {
    let (mut sum, mut copper) = (Vec2::ZERO, 0.0);
    for y in 0..picture.height() {
        for x in 0..picture.width() {
            let color = picture.get_color_at(x, y).unwrap().to_linear();
            // Hands are gray.
            if color.red > 0.02 && color.red > 2.0 * color.blue {
                sum += Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                copper += 1.0;
            }
        }
    }
    assert!(copper > 20.0, "an atom is seen on {copper} pixels");
    sum / copper
}

/// Saves an image in the folder `MLIPVIEW_PICTURES`, if set.
fn save_picture(image: &Image, name: &str) {
    if let Ok(folder) = std::env::var("MLIPVIEW_PICTURES") {
        picture::write(image, &Path::new(&folder).join(format!("{name}.png"))).unwrap();
    }
}
