//! Draws the controllers, tracked hands and their pointer rays.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::hand::{self, TrackedHand, TrackedHands};
use super::hand_input::HandSource;
use super::rig::Rig;
use super::tablet_touch::TabletTouches;
use crate::interact::aim::{Aim, Aims};
use crate::interact::gesture::Gestures;
use crate::scene::lines::Lines;
use crate::scene::tablet::Tablet;

/// Color of a hand at rest (sRGB).
const IDLE_COLOR: [u8; 3] = [205, 212, 224];
/// Color of a hand that presses or squeezes (sRGB).
const ACTIVE_COLOR: [u8; 3] = [255, 185, 60];
/// Length of the cone drawn for a controller, m.
const CONTROLLER_LENGTH: f32 = 0.09;
/// Radii of that cone at its tail and at its tip, m.
const CONTROLLER_RADII: [f32; 2] = [0.011, 0.003];
/// Half the width of the cross drawn for a tracked hand, m.
const CROSS_SIZE: f32 = 0.006;
/// Length of a ray that hits nothing, m.
const RAY_LENGTH: f32 = 0.6;
/// Radius of rays and of the cross, m.
const LINE_RADIUS: f32 = 0.0008;

/// State that the look of a hand depends on.
#[derive(SystemParam)]
pub(super) struct HandVisuals<'w> {
    hands: Res<'w, TrackedHands>,
    rig: Res<'w, Rig>,
    aims: Res<'w, Aims>,
    gestures: Res<'w, Gestures>,
    touches: Res<'w, TabletTouches>,
    tablet: Res<'w, Tablet>,
}

/// Draws both hands and their rays.
pub(super) fn draw(visuals: HandVisuals, mut lines: ResMut<Lines>) {
    let rig = &*visuals.rig;
    for (side, hand) in visuals.hands.iter() {
        let id = hand::id(side);
        let color = if hand.pressed || hand.squeezed {
            ACTIVE_COLOR
        } else {
            IDLE_COLOR
        };
        draw_hand(hand, rig, color, &mut lines);
        if let Some(touched) = visuals.touches.point_in_scene(side, &visuals.tablet) {
            let from = rig.to_world(hand.input.aim.position);
            lines.cone(from, touched, [LINE_RADIUS * rig.scale; 2], color);
        }
        let holds_atoms = visuals.gestures.holds_atoms(id);
        if let Some(aim) = visuals.aims.of(id).filter(|_| !holds_atoms) {
            draw_ray(aim, rig, color, &mut lines);
        }
    }
}

fn draw_hand(hand: &TrackedHand, rig: &Rig, color: [u8; 3], lines: &mut Lines) {
    let tip = hand.tip();
    match hand.input.source {
        HandSource::Controller => {
            let tail = tip - CONTROLLER_LENGTH * hand.input.aim.forward();
            let radii = CONTROLLER_RADII.map(|radius| radius * rig.scale);
            lines.cone(rig.to_world(tail), rig.to_world(tip), radii, color);
        }
        HandSource::HandTracking => {
            for axis in Vec3::AXES {
                let arm = hand.input.grip.rotation * axis * CROSS_SIZE;
                let ends = [tip - arm, tip + arm].map(|end| rig.to_world(end));
                lines.cone(ends[0], ends[1], [LINE_RADIUS * rig.scale; 2], color);
            }
        }
    }
}

/// Draws the ray up to what it hits; none to what the hand touches.
fn draw_ray(aim: &Aim, rig: &Rig, color: [u8; 3], lines: &mut Lines) {
    let distance = match aim.hit {
        Some(hit) if hit.distance == 0.0 => return,
        Some(hit) => hit.distance,
        None => RAY_LENGTH * rig.scale,
    };
    let radii = [LINE_RADIUS * rig.scale, 0.3 * LINE_RADIUS * rig.scale];
    lines.cone(aim.ray.origin, aim.ray.get_point(distance), radii, color);
}
