//! Camera motion by mouse and touch.

use bevy::input::ButtonState;
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use mlipview_viewer::scene::camera::Orbit;

use super::{argon, argon_viewer};
use crate::test_viewer::TestViewer;

fn orbit(viewer: &TestViewer) -> Orbit {
    *viewer.get::<Orbit>()
}

#[test]
fn a_drag_on_the_background_rotates_about_the_target_and_moves_no_atom() {
    let mut viewer = argon_viewer();
    let before = orbit(&viewer);
    viewer.move_to(Vec2::new(400.0, 50.0));
    viewer.press();
    viewer.move_to(Vec2::new(410.0, 50.0));
    viewer.move_to(Vec2::new(460.0, 50.0));
    viewer.release();
    let after = orbit(&viewer);
    assert_eq!(
        (after.target, after.distance),
        (before.target, before.distance)
    );
    assert_ne!(after.rotation, before.rotation);
    // The front moves with the pointer, to the right.
    let in_front = before.target + Vec3::Z;
    let window = crate::test_viewer::WINDOW;
    let x = |orbit: Orbit| orbit.project(in_front, window).unwrap().x;
    assert!(x(after) > x(before) + 1.0);
    assert_eq!(viewer.frame().positions, argon().positions());
}

#[test]
fn a_click_on_the_background_rotates_nothing() {
    let mut viewer = argon_viewer();
    let before = orbit(&viewer);
    viewer.click_pixel(Vec2::new(400.0, 50.0));
    assert_eq!(orbit(&viewer), before);
}

#[test]
fn the_right_button_pans_by_as_much_as_the_mouse_goes() {
    let mut viewer = argon_viewer();
    let target = orbit(&viewer).target;
    let before = viewer.pixel(target);
    viewer.move_to(Vec2::new(400.0, 50.0));
    viewer.button(MouseButton::Right, ButtonState::Pressed);
    let by = Vec2::new(37.0, 21.0);
    viewer.move_to(Vec2::new(400.0, 50.0) + by);
    viewer.button(MouseButton::Right, ButtonState::Released);
    assert!((viewer.pixel(target) - before).distance(by) < 1e-2);
}

#[test]
fn the_wheel_zooms_towards_the_pointer() {
    for perspective in [true, false] {
        let mut viewer = argon_viewer();
        viewer.get_mut::<Orbit>().perspective = perspective;
        let point = orbit(&viewer).target + Vec3::new(3.0, -1.0, 0.0);
        let position = viewer.pixel(point);
        viewer.move_to(position);
        let before = orbit(&viewer).distance;
        viewer.scroll(3.0);
        assert!(orbit(&viewer).distance < 0.8 * before);
        assert!(viewer.pixel(point).distance(position) < 0.1);
    }
}

/// Points on a sphere with a radius of 8 Å.
fn ball() -> Vec<Vec3> {
    let around = (0..60).map(|index| {
        let (turn, height) = (2.4 * index as f32, (index as f32 - 29.5) / 30.0);
        let (sin, cos) = turn.sin_cos();
        let ring = (1.0 - height * height).sqrt();
        Vec3::new(1.0, 2.0, 3.0) + 8.0 * Vec3::new(ring * cos, height, ring * sin)
    });
    around.collect()
}

#[test]
fn fit_shows_everything_and_nearly_fills_the_free_area() {
    let window = Vec2::new(1200.0, 800.0);
    let free = Rect::new(0.3, 0.0, 1.0, 0.9);
    for perspective in [true, false] {
        let mut orbit = Orbit {
            rotation: Quat::from_euler(EulerRot::XYZ, 0.4, -0.9, 0.2),
            perspective,
            free_area: free,
            ..Orbit::default()
        };
        let points = ball();
        orbit.fit(&points, 1.5);
        let seen = points
            .iter()
            .map(|point| orbit.project(*point, window).unwrap() / window);
        let bounds = seen.fold(Rect::EMPTY, |bounds, share| bounds.union_point(share));
        assert_eq!(free.union(bounds), free, "{bounds:?}");
        assert!(bounds.height() > 0.6 * free.height(), "{bounds:?}");
    }
}

#[test]
fn the_scene_follows_the_free_area_reversibly() {
    let window = Vec2::new(1200.0, 800.0);
    let mut orbit = Orbit::default();
    orbit.fit(&ball(), 1.5);
    let before = orbit.distance;
    let less = Rect::new(0.3, 0.0, 1.0, 0.55);
    orbit.set_free_area(less, 1.5);
    for point in ball() {
        let share = orbit.project(point, window).unwrap() / window;
        assert!(less.contains(share), "{point} is seen at {share}");
    }
    orbit.set_free_area(Orbit::default().free_area, 1.5);
    assert!((orbit.distance - before).abs() < 1e-3);
}

#[test]
fn the_viewing_ray_of_a_pixel_passes_through_the_point_seen_there() {
    let mut orbit = Orbit {
        target: Vec3::new(1.0, 2.0, 3.0),
        rotation: Quat::from_euler(EulerRot::XYZ, 0.4, -0.9, 0.2),
        free_area: Rect::new(0.25, 0.0, 1.0, 0.9),
        ..default()
    };
    let window = Vec2::new(900.0, 500.0);
    for perspective in [true, false] {
        orbit.perspective = perspective;
        for point in [
            Vec3::ZERO,
            Vec3::new(3.0, 1.0, -2.0),
            Vec3::new(1.0, 5.0, 6.0),
        ] {
            let position = orbit.project(point, window).unwrap();
            let sight = orbit.view_ray(position, window).unwrap();
            let aside = (point - sight.ray.origin).cross(*sight.ray.direction);
            assert!(aside.length() < 1e-3, "{perspective}: {aside}");
        }
        // The target is centered in the area that panels leave free.
        let middle = orbit.project(orbit.target, window).unwrap() / window;
        assert!(middle.distance(orbit.free_area.center()) < 1e-4, "{middle}");
    }
}

#[test]
fn a_double_click_centers_the_atom() {
    let mut viewer = argon_viewer();
    let position = viewer.pixel(viewer.drawn(3));
    viewer.move_to(position);
    for _ in 0..2 {
        viewer.press();
        viewer.release();
    }
    assert_eq!(orbit(&viewer).target, viewer.drawn(3));
}

#[test]
fn two_slow_clicks_are_no_double_click() {
    let mut viewer = argon_viewer();
    let before = orbit(&viewer).target;
    viewer.click(viewer.drawn(3));
    viewer.click(viewer.drawn(3));
    assert_eq!(orbit(&viewer).target, before);
}

fn pinch(viewer: &mut TestViewer, from: [Vec2; 2], to: [Vec2; 2]) {
    viewer.touch(1, TouchPhase::Started, from[0]);
    viewer.app.update();
    viewer.touch(2, TouchPhase::Started, from[1]);
    viewer.app.update();
    viewer.touch(1, TouchPhase::Moved, to[0]);
    viewer.touch(2, TouchPhase::Moved, to[1]);
    viewer.app.update();
    viewer.touch(1, TouchPhase::Ended, to[0]);
    viewer.touch(2, TouchPhase::Ended, to[1]);
    viewer.app.update();
}

#[test]
fn two_fingers_pan_zoom_and_roll_and_what_is_under_them_follows() {
    let mut viewer = argon_viewer();
    let from = [Vec2::new(350.0, 80.0), Vec2::new(450.0, 80.0)];
    let to = [Vec2::new(380.0, 60.0), Vec2::new(540.0, 160.0)];
    let points = from.map(|position| {
        let orbit = orbit(&viewer);
        orbit
            .on_target_plane(
                &orbit
                    .view_ray(position, crate::test_viewer::WINDOW)
                    .unwrap(),
            )
            .unwrap()
    });
    pinch(&mut viewer, from, to);
    for (point, position) in points.into_iter().zip(to) {
        let now = viewer.pixel(point);
        assert!(now.distance(position) < 0.5, "{now} is not {position}");
    }
    assert!(viewer.selected().is_empty());
}

#[test]
fn one_finger_rotates_and_a_tap_selects() {
    let mut viewer = argon_viewer();
    let before = orbit(&viewer);
    let position = viewer.pixel(viewer.drawn(1));
    viewer.touch(4, TouchPhase::Started, position);
    viewer.touch(4, TouchPhase::Ended, position);
    viewer.app.update();
    viewer.app.update();
    assert_eq!(viewer.selected(), [1]);
    assert_eq!(orbit(&viewer), before);
    viewer.touch(5, TouchPhase::Started, Vec2::new(400.0, 40.0));
    viewer.app.update();
    viewer.touch(5, TouchPhase::Moved, Vec2::new(440.0, 40.0));
    viewer.app.update();
    viewer.touch(5, TouchPhase::Moved, Vec2::new(470.0, 40.0));
    viewer.app.update();
    assert_ne!(orbit(&viewer).rotation, before.rotation);
    assert_eq!(viewer.selected(), [1]);
}
