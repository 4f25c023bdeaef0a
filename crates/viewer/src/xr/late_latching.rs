//! Late latching: updates the eye poses in the render world just before submission.

use bevy::prelude::*;
use bevy::render::view::ExtractedView;
use bevy::render::{Extract, ExtractSchedule, Render, RenderApp, RenderSystems};

use super::eye_view::EyeView;
use super::eyes::HeadsetEye;
use super::rig::Rig;
use super::tracking::Tracking;

/// Distance of the near plane, m.
const NEAR: f32 = 0.02;

/// The eye poses of the frame that is being rendered.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct LatePoses {
    /// Views of both eyes: first those that the main world used, later the newest of the runtime.
    pub views: Option<[EyeView; 2]>,
    rig: Rig,
}

/// Applies [`LatePoses`] to the cameras. Systems with newer poses run before it.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct LateLatchingSystems;

pub(super) fn plugin(app: &mut App) {
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render_app
        .init_resource::<LatePoses>()
        .configure_sets(
            Render,
            LateLatchingSystems
                .after(RenderSystems::ExtractCommands)
                .before(RenderSystems::CreateViews),
        )
        .add_systems(ExtractSchedule, extract_poses)
        .add_systems(Render, apply_poses.in_set(LateLatchingSystems));
}

fn extract_poses(
    tracking: Extract<Res<Tracking>>,
    rig: Extract<Res<Rig>>,
    mut poses: ResMut<LatePoses>,
) {
    *poses = LatePoses {
        views: tracking.views,
        rig: **rig,
    };
}

fn apply_poses(poses: Res<LatePoses>, mut eyes: Query<(&HeadsetEye, &mut ExtractedView)>) {
    let Some(views) = &poses.views else {
        return;
    };
    for (HeadsetEye(side), mut eye) in &mut eyes {
        let view = &views[side.index()];
        eye.world_from_view = GlobalTransform::from_isometry(poses.rig.pose_to_world(&view.pose));
        eye.clip_from_view = projection(view, NEAR * poses.rig.scale);
        eye.clip_from_world = None;
    }
}

/// Projection matrix of an eye: asymmetric, with reversed depth and an infinite far plane. Depth is 1
/// at the near plane (`near`, Å) and 0 at infinity.
pub fn projection(view: &EyeView, near: f32) -> Mat4 {
    let (width, height) = (view.right - view.left, view.up - view.down);
    Mat4::from_cols(
        Vec4::new(2.0 / width, 0.0, 0.0, 0.0),
        Vec4::new(0.0, 2.0 / height, 0.0, 0.0),
        Vec4::new(
            (view.right + view.left) / width,
            (view.up + view.down) / height,
            0.0,
            -1.0,
        ),
        Vec4::new(0.0, 0.0, near, 0.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASYMMETRIC: EyeView = EyeView {
        pose: crate::xr::pose::Pose {
            position: Vec3::ZERO,
            rotation: Quat::IDENTITY,
        },
        left: -1.3,
        right: 0.8,
        up: 0.9,
        down: -1.1,
    };

    #[test]
    fn the_edges_of_the_field_of_view_are_the_edges_of_the_image() {
        let projection = projection(&ASYMMETRIC, 0.4);
        for away in [1.0, 50.0] {
            let project = |x: f32, y: f32| projection.project_point3(away * Vec3::new(x, y, -1.0));
            let low = project(ASYMMETRIC.left, ASYMMETRIC.down);
            let high = project(ASYMMETRIC.right, ASYMMETRIC.up);
            assert!(low.xy().distance(Vec2::NEG_ONE) < 1e-5, "{low}");
            assert!(high.xy().distance(Vec2::ONE) < 1e-5, "{high}");
        }
    }

    #[test]
    fn depth_is_reversed_and_its_far_plane_infinite() {
        let projection = projection(&ASYMMETRIC, 0.4);
        let depth = |away: f32| {
            projection
                .project_point3(Vec3::new(0.1, 0.2, -1.0) * away)
                .z
        };
        assert!((depth(0.4) - 1.0).abs() < 1e-5);
        assert!(depth(1.0) > depth(2.0) && depth(2.0) > depth(1e4));
        assert!(depth(1e4) > 0.0);
    }

    #[test]
    fn a_symmetric_field_of_view_gives_the_ordinary_perspective() {
        let view = EyeView {
            left: -1.0,
            right: 1.0,
            up: 0.5,
            down: -0.5,
            ..ASYMMETRIC
        };
        let ordinary = Mat4::perspective_infinite_reverse_rh(2.0 * 0.5_f32.atan(), 2.0, 0.1);
        assert!(projection(&view, 0.1).abs_diff_eq(ordinary, 1e-5));
    }
}
