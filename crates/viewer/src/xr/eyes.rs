//! The eyes of a headset: two cameras, for as long as there are screens before them.

use bevy::camera::{ManualTextureViewHandle, RenderTarget};
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};

use super::budget::Budget;
use super::rig::Rig;
use super::seen::{Blend, Seen, Side};
use super::wishes::Wishes;
use crate::scene::impostor::{Eye, Spared, Surroundings};
use crate::schedule::ViewerSystems;

/// What the left and the right eye's picture is drawn on: any two numbers that nobody else has.
pub const TARGETS: [ManualTextureViewHandle; 2] = [
    ManualTextureViewHandle(0x6865_6164),
    ManualTextureViewHandle(0x6865_6165),
];

/// The screens of a headset. While this is there, [`TARGETS`] are, too.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screens {
    /// The size of each, pixels.
    pub size: UVec2,
    /// Whether this frame is shown on them.
    pub are_lit: bool,
}

/// Marks an eye of the headset; where it is and what it sees is told late (see [`late`](super::late)).
#[derive(Component, ExtractComponent, Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadsetEye(pub Side);

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(ExtractComponentPlugin::<HeadsetEye>::default())
        .add_systems(Update, open_and_close.in_set(ViewerSystems::Place))
        .add_systems(Update, adapt.in_set(ViewerSystems::Show));
}

fn open_and_close(
    screens: Option<Res<Screens>>,
    mut eyes: Query<(Entity, &mut Camera), With<HeadsetEye>>,
    mut commands: Commands,
) {
    let Some(screens) = screens else {
        for (eye, _) in &eyes {
            commands.entity(eye).despawn();
        }
        return;
    };
    for (_, mut camera) in &mut eyes {
        if camera.is_active != screens.are_lit {
            camera.is_active = screens.are_lit;
        }
    }
    if eyes.is_empty() {
        for (side, target) in Side::BOTH.into_iter().zip(TARGETS) {
            commands.spawn((
                HeadsetEye(side),
                Eye::default(),
                Camera3d::default(),
                Camera {
                    is_active: screens.are_lit,
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

/// Each eye draws what is wished for: the space around or the room behind everything, as sharply as
/// there is time for, in the light of the head.
fn adapt(
    seen: Res<Seen>,
    wishes: Res<Wishes>,
    rig: Res<Rig>,
    budget: Res<Budget>,
    mut eyes: Query<(&HeadsetEye, &mut Eye)>,
) {
    let surroundings = match wishes.blend {
        Blend::Opaque => Surroundings::Space(Dir3::new(rig.turn * Vec3::Y).unwrap_or(Dir3::Y)),
        Blend::Alpha | Blend::Additive | Blend::Passthrough => Surroundings::Nothing,
    };
    for (HeadsetEye(side), mut eye) in &mut eyes {
        let turned = seen.head.zip(seen.views).map(|(head, views)| {
            let view = views[side.index()].pose;
            (head.turn.inverse() * view.turn).normalize()
        });
        eye.set_if_neq(Eye {
            sharpness: Some(wishes.sharpness),
            surroundings,
            head_from_eye: turned.unwrap_or(Quat::IDENTITY),
            spared: Spared {
                occlusion: !budget.detail().occlusion,
                contours: !budget.detail().contours,
            },
        });
    }
}
