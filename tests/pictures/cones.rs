//! Cones and cylinders: hands, arrows and bonds.

use bevy::math::{Quat, Vec2, Vec3};
use bevy::prelude::{IntoScheduleConfigs, ResMut, Update};
use mlipview_viewer::ViewerSystems;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::lines::Lines;

use crate::test_renderer::{TestRenderer, plain, structure};

#[test]
fn a_thick_cylinder_is_complete_from_any_direction() {
    for degrees in [0.0_f32, 8.0, 15.0, 22.0, 30.0, 45.0, 70.0, 90.0] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        // The atom is inside.
        let atom = structure(&[("He", [0.0; 3])]);
        let mut renderer = TestRenderer::new("cylinder", atom, plain());
        renderer.orbit(|orbit| {
            *orbit = Orbit {
                rotation: Quat::IDENTITY,
                distance: 20.0,
                ..*orbit
            };
        });
        let cylinder = move |mut lines: ResMut<Lines>| {
            let half = 0.6 * Vec3::new(sin, 0.0, cos);
            lines.cone(-half, half, [1.0; 2], [200, 200, 200]);
        };
        let drawn = cylinder.in_set(ViewerSystems::Place);
        renderer.offscreen.app.add_systems(Update, drawn);
        let drawing = renderer.draw();
        let (middle, unit) = (drawing.pixel([0.0; 3]), drawing.pixels([0.0; 3], 1.0));
        let expected = [(Vec2::X, 0.6 * sin + cos), (Vec2::Y, 1.0)];
        for (direction, length) in expected {
            for direction in [direction, -direction] {
                let seen = drawing.extent(middle, direction) / unit;
                assert!(
                    (seen - length).abs() < 0.1,
                    "from {degrees}°: {seen} Å along {direction} instead of {length} Å"
                );
            }
        }
    }
}
