//! The eye cameras: two cameras that exist while the headset has images to render to.

use bevy::camera::{ManualTextureViewHandle, RenderTarget};
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};

use super::adaptive_quality::AdaptiveQuality;
use super::blend_mode::BlendMode;
use super::hand_input::Side;
use super::output::HeadsetOutput;
use super::rig::Rig;
use super::text_plane::TextPlanePose;
use super::tracking::Tracking;
use crate::scene::impostor::{DisabledEffects, Eye, EyeBackground};
use crate::schedule::ViewerSystems;

/// Render targets of the left and the right eye: arbitrary handles, not used elsewhere.
pub const EYE_TARGETS: [ManualTextureViewHandle; 2] = [
    ManualTextureViewHandle(0x6865_6164),
    ManualTextureViewHandle(0x6865_6165),
];

/// The images of the headset. While this resource exists, texture views of [`EYE_TARGETS`] do, too.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct EyeTargets {
    /// Size of each image, pixels.
    pub size: UVec2,
    /// Whether this frame is rendered.
    pub visible: bool,
}

/// Marks the camera of an eye. Its pose and projection are set in the render world, see
/// [`late_latching`](super::late_latching).
#[derive(Component, ExtractComponent, Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadsetEye(pub Side);

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(ExtractComponentPlugin::<HeadsetEye>::default())
        .add_systems(Update, spawn_or_despawn.in_set(ViewerSystems::Place))
        .add_systems(Update, update_settings.in_set(ViewerSystems::Show));
}

fn spawn_or_despawn(
    targets: Option<Res<EyeTargets>>,
    mut eyes: Query<(Entity, &mut Camera), With<HeadsetEye>>,
    mut commands: Commands,
) {
    let Some(targets) = targets else {
        for (eye, _) in &eyes {
            commands.entity(eye).despawn();
        }
        return;
    };
    for (_, mut camera) in &mut eyes {
        if camera.is_active != targets.visible {
            camera.is_active = targets.visible;
        }
    }
    if eyes.is_empty() {
        for (side, target) in Side::BOTH.into_iter().zip(EYE_TARGETS) {
            commands.spawn((
                HeadsetEye(side),
                Eye::default(),
                Camera3d::default(),
                Camera {
                    is_active: targets.visible,
                    ..default()
                },
                RenderTarget::TextureView(target),
                Msaa::Off,
                Tonemapping::None,
                DebandDither::Disabled,
            ));
        }
    }
}

/// Sets background, resolution, effects and light direction of each eye.
fn update_settings(
    tracking: Res<Tracking>,
    output: Res<HeadsetOutput>,
    rig: Res<Rig>,
    quality: Res<AdaptiveQuality>,
    text_plane: Res<TextPlanePose>,
    mut eyes: Query<(&HeadsetEye, &mut Eye)>,
) {
    let background = match output.blend_mode {
        BlendMode::Opaque => {
            EyeBackground::Sky(Dir3::new(rig.rotation * Vec3::Y).unwrap_or(Dir3::Y))
        }
        BlendMode::Alpha | BlendMode::Additive | BlendMode::Passthrough => {
            EyeBackground::Transparent
        }
    };
    for (HeadsetEye(side), mut eye) in &mut eyes {
        let head_from_eye = tracking.head.zip(tracking.views).map(|(head, views)| {
            let view = views[side.index()].pose;
            (head.rotation.inverse() * view.rotation).normalize()
        });
        eye.set_if_neq(Eye {
            render_scale: Some(output.render_scale),
            background,
            head_from_eye: head_from_eye.unwrap_or(Quat::IDENTITY),
            disabled: DisabledEffects {
                ambient_occlusion: !quality.quality().ambient_occlusion,
                outlines: !quality.quality().outlines,
            },
            text_plane: text_plane.to_scene(&rig),
            ..Eye::default()
        });
    }
}
