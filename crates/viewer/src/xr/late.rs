//! Where the eyes are when a picture is seen, told as late as can be: in the render thread, before the
//! card gets its work.

use bevy::prelude::*;
use bevy::render::view::ExtractedView;
use bevy::render::{Extract, ExtractSchedule, Render, RenderApp, RenderSystems};

use super::eyes::HeadsetEye;
use super::rig::Rig;
use super::seen::{Seen, View};

/// Nothing is seen that is nearer to an eye, m.
const NEAREST: f32 = 0.02;

/// What the eyes see in the picture that is being drawn.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct Late {
    /// Both eyes; what the frame began with, until the runtime knows better.
    pub views: Option<[View; 2]>,
    rig: Rig,
}

/// When each eye gets its place in the world. Whoever knows better than the frame tells [`Late`] before.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct LateSystems;

pub(super) fn plugin(app: &mut App) {
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render_app
        .init_resource::<Late>()
        .configure_sets(
            Render,
            LateSystems
                .after(RenderSystems::ExtractCommands)
                .before(RenderSystems::CreateViews),
        )
        .add_systems(ExtractSchedule, extract)
        .add_systems(Render, look.in_set(LateSystems));
}

fn extract(seen: Extract<Res<Seen>>, rig: Extract<Res<Rig>>, mut late: ResMut<Late>) {
    *late = Late {
        views: seen.views,
        rig: **rig,
    };
}

fn look(late: Res<Late>, mut eyes: Query<(&HeadsetEye, &mut ExtractedView)>) {
    let Some(views) = &late.views else {
        return;
    };
    for (HeadsetEye(side), mut eye) in &mut eyes {
        let view = &views[side.index()];
        eye.world_from_view = GlobalTransform::from_isometry(late.rig.pose_to_world(&view.pose));
        eye.clip_from_view = projection(view, NEAREST * late.rig.scale);
        eye.clip_from_world = None;
    }
}

/// The projection of what an eye sees: without a far end, 1 at the near one (Å), 0 far away.
pub fn projection(view: &View, nearest: f32) -> Mat4 {
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
        Vec4::new(0.0, 0.0, nearest, 0.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKEW: View = View {
        pose: crate::xr::seen::Pose {
            place: Vec3::ZERO,
            turn: Quat::IDENTITY,
        },
        left: -1.3,
        right: 0.8,
        up: 0.9,
        down: -1.1,
    };

    #[test]
    fn the_edges_of_what_is_seen_are_the_edges_of_the_picture() {
        let projection = projection(&ASKEW, 0.4);
        for away in [1.0, 50.0] {
            let seen = |x: f32, y: f32| projection.project_point3(away * Vec3::new(x, y, -1.0));
            let low = seen(ASKEW.left, ASKEW.down);
            let high = seen(ASKEW.right, ASKEW.up);
            assert!(low.xy().distance(Vec2::NEG_ONE) < 1e-5, "{low}");
            assert!(high.xy().distance(Vec2::ONE) < 1e-5, "{high}");
        }
    }

    #[test]
    fn what_is_nearer_covers_what_is_farther() {
        let projection = projection(&ASKEW, 0.4);
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
    fn a_symmetric_view_is_that_of_an_ordinary_camera() {
        let view = View {
            left: -1.0,
            right: 1.0,
            up: 0.5,
            down: -0.5,
            ..ASKEW
        };
        let ordinary = Mat4::perspective_infinite_reverse_rh(2.0 * 0.5_f32.atan(), 2.0, 0.1);
        assert!(projection(&view, 0.1).abs_diff_eq(ordinary, 1e-5));
    }
}
