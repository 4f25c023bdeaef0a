//! Touches: each is a pointer of its own, unless two of them move the camera.

use bevy::ecs::system::SystemParam;
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

use super::{Aim, Aims, CapturedInput, PointerInput};
use crate::interact::gesture::Gestures;
use crate::scene::camera::Orbit;
use mlipview_core::sim::constraint::Hand;

/// Hit tolerance, logical pixels.
const TOLERANCE: f32 = 14.0;
/// First hand number of touches; lower ones belong to the mouse and controllers.
const FIRST_HAND: u64 = 1 << 32;
/// Maximum number of touches.
const MAX_FINGERS: usize = 10;

/// Touch of the screen; positions in logical pixels.
#[derive(Clone, Copy, Debug)]
struct Finger {
    id: u64,
    position: Vec2,
    previous: Vec2,
    is_down: bool,
    /// Whether its pointer has been pressed for a frame: a tap may be shorter than one.
    was_seen: bool,
}

/// The touches on the screen.
#[derive(Resource, Debug, Default)]
pub struct Fingers {
    list: Vec<Finger>,
    /// Whether they move the camera: two or more, and none holds atoms.
    move_camera: bool,
}

/// Motion of two touches since the last frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinch {
    /// Their midpoint, logical pixels from the upper left.
    pub middle: Vec2,
    /// Motion of the midpoint, logical pixels.
    pub motion: Vec2,
    /// Factor by which their distance grew.
    pub spread: f32,
    /// Rotation, radians counterclockwise.
    pub twist: f32,
}

impl Pinch {
    /// Whether nothing moved.
    pub fn is_still(&self) -> bool {
        self.motion == Vec2::ZERO && self.spread == 1.0 && self.twist == 0.0
    }
}

impl Fingers {
    /// The hand of a touch, by its id.
    pub fn hand(id: u64) -> Hand {
        Hand(FIRST_HAND.wrapping_add(id))
    }

    /// The only touch and its motion, logical pixels; `None` for several.
    pub fn single(&self) -> Option<(Hand, Vec2)> {
        match &self.list[..] {
            [one] if !self.move_camera => {
                Some((Fingers::hand(one.id), one.position - one.previous))
            }
            _ => None,
        }
    }

    /// Motion of the first two touches, if they move the camera.
    pub fn pinch(&self) -> Option<Pinch> {
        let [one, other] = self.list.get(..2).filter(|_| self.move_camera)? else {
            return None;
        };
        let (now, before) = (other.position - one.position, other.previous - one.previous);
        let spread = now.length() / before.length();
        Some(Pinch {
            middle: (one.position + other.position) / 2.0,
            motion: (one.position - one.previous + other.position - other.previous) / 2.0,
            spread: if spread.is_finite() && spread > 0.0 {
                spread
            } else {
                1.0
            },
            // The y axis points down, which flips the sign of the angle.
            twist: -before.angle_to(now),
        })
    }

    fn on_touch(&mut self, touch: &TouchInput, captured: bool, holds_atoms: bool) {
        let known = self.list.iter().position(|finger| finger.id == touch.id);
        match (touch.phase, known) {
            (TouchPhase::Started, None) if !captured && self.list.len() < MAX_FINGERS => {
                self.move_camera |= !self.list.is_empty() && !holds_atoms;
                self.list.push(Finger {
                    id: touch.id,
                    position: touch.position,
                    previous: touch.position,
                    is_down: true,
                    was_seen: false,
                });
            }
            (TouchPhase::Moved, Some(index)) => self.list[index].position = touch.position,
            (TouchPhase::Ended, Some(index)) => {
                self.list[index].position = touch.position;
                self.list[index].is_down = false;
            }
            (TouchPhase::Canceled, Some(index)) => {
                self.list.remove(index);
            }
            _ => {}
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Fingers>()
        .add_systems(Update, aim.in_set(PointerInput));
}

/// Touch input of a frame.
#[derive(SystemParam)]
struct TouchParams<'w, 's> {
    touches: MessageReader<'w, 's, TouchInput>,
    windows: Query<'w, 's, &'static Window, With<PrimaryWindow>>,
    captured: Res<'w, CapturedInput>,
}

fn aim(
    mut input: TouchParams,
    gestures: Res<Gestures>,
    orbit: Res<Orbit>,
    mut fingers: ResMut<Fingers>,
    mut aims: ResMut<Aims>,
) {
    let Ok(window) = input.windows.single() else {
        return;
    };
    let fingers = &mut *fingers;
    for finger in &mut fingers.list {
        finger.previous = finger.position;
    }
    for touch in input.touches.read() {
        fingers.on_touch(touch, input.captured.pointer, gestures.hold_atoms());
    }
    for finger in &mut fingers.list {
        let view_ray = orbit.view_ray(finger.position, window.size());
        if let Some(view_ray) = view_ray.filter(|_| !fingers.move_camera) {
            aims.add(Aim {
                hand: Fingers::hand(finger.id),
                ray: view_ray.ray,
                beam: view_ray.beam(TOLERANCE),
                plane_normal: view_ray.plane_normal,
                hand_pose: None,
                pressed: finger.is_down || !finger.was_seen,
                extend: false,
                scroll: 0.0,
                screen: Some(finger.position),
                hit: None,
            });
        }
    }
    // A lifted touch is reported once as not pressed.
    fingers.list.retain_mut(|finger| {
        let stays = finger.is_down || !finger.was_seen;
        finger.was_seen = true;
        stays
    });
    if fingers.list.is_empty() {
        fingers.move_camera = false;
    }
}
