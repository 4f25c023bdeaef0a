//! The hands as they are seen: a small pointer each, and the ray to what it points at.

use bevy::prelude::*;

use super::hand;
use super::hand::{TrackedHand, TwoHands};
use super::rig::Rig;
use super::seen::HandKind;
use super::touches::Touches;
use crate::interact::aim::{Aim, Aims};
use crate::interact::gesture::Gestures;
use crate::scene::lines::Strokes;
use crate::scene::tablet::Tablet;

const PALE: [u8; 3] = [205, 212, 224];
const AMBER: [u8; 3] = [255, 185, 60];
/// Behind its tip a pointer is so long, m, and so thick there and at the tip.
const LENGTH: f32 = 0.09;
const RADII: [f32; 2] = [0.011, 0.003];
/// Half the size of a bare hand's mark, m.
const MARK: f32 = 0.006;
/// A ray that meets nothing is so long, m.
const RAY: f32 = 0.6;
/// Half the thickness of a ray, m.
const THIN: f32 = 0.0008;

/// Draws both hands and their rays.
pub(super) fn draw(
    hands: Res<TwoHands>,
    rig: Res<Rig>,
    aims: Res<Aims>,
    gestures: Res<Gestures>,
    touches: Res<Touches>,
    tablet: Res<Tablet>,
    mut strokes: ResMut<Strokes>,
) {
    for (side, tracked) in hands.list() {
        let name = hand::name(side);
        let holds = gestures.holds_atoms(name);
        let color = if tracked.pinches || tracked.squeezes {
            AMBER
        } else {
            PALE
        };
        draw_hand(tracked, &rig, color, &mut strokes);
        if let Some(touched) = touches.place(side, &tablet) {
            let from = rig.to_world(tracked.seen.aim.place);
            strokes.cone(from, touched, [THIN * rig.scale; 2], color);
        }
        if let Some(aim) = aims.of(name).filter(|_| !holds) {
            draw_ray(aim, &rig, color, &mut strokes);
        }
    }
}

fn draw_hand(hand: &TrackedHand, rig: &Rig, color: [u8; 3], strokes: &mut Strokes) {
    let tip = hand.tip();
    match hand.seen.kind {
        HandKind::Controller => {
            let tail = tip - LENGTH * hand.seen.aim.ahead();
            let radii = RADII.map(|radius| radius * rig.scale);
            strokes.cone(rig.to_world(tail), rig.to_world(tip), radii, color);
        }
        HandKind::Bare => {
            for axis in Vec3::AXES {
                let arm = hand.seen.grip.turn * axis * MARK;
                let ends = [tip - arm, tip + arm].map(|end| rig.to_world(end));
                strokes.cone(ends[0], ends[1], [THIN * rig.scale; 2], color);
            }
        }
    }
}

/// A ray to what it meets, which ends in a point; none to what is touched.
fn draw_ray(aim: &Aim, rig: &Rig, color: [u8; 3], strokes: &mut Strokes) {
    let distance = match aim.hit {
        Some(hit) if hit.distance == 0.0 => return,
        Some(hit) => hit.distance,
        None => RAY * rig.scale,
    };
    let radii = [THIN * rig.scale, 0.3 * THIN * rig.scale];
    strokes.cone(aim.ray.origin, aim.ray.get_point(distance), radii, color);
}
