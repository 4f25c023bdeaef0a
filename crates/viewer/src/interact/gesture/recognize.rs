//! Recognition of gestures from pressed pointers.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::drag::Drag;
use super::state::{BoxSelected, Clicked, Gesture, Gestures, SelectionBox};
use crate::interact::aim::{Aim, Aims, Hit};
use crate::scene::selection::Target;
use mlipview_core::sim::constraint::Hand;

/// Maximum time between the clicks of a double click, s.
const DOUBLE_CLICK: f32 = 0.4;

/// Time after which a controller that stays closed around an atom grabs it, s.
const GRAB_DELAY: f32 = 0.2;

/// The last click, for double clicks.
#[derive(Clone, Copy)]
pub(super) struct LastClick {
    hand: Hand,
    target: Option<Target>,
    time: f32,
}

/// Messages of completed gestures.
#[derive(SystemParam)]
pub(super) struct CompletedGestures<'w> {
    clicks: MessageWriter<'w, Clicked>,
    boxes: MessageWriter<'w, BoxSelected>,
}

pub(super) fn recognize(
    aims: Res<Aims>,
    time: Res<Time<Real>>,
    mut gestures: ResMut<Gestures>,
    mut selection_box: ResMut<SelectionBox>,
    mut completed: CompletedGestures,
    mut last: Local<Option<LastClick>>,
) {
    let now = time.elapsed_secs();
    gestures.0.retain(|(hand, _)| aims.of(*hand).is_some());
    for aim in aims.list() {
        let current = gestures.0.iter().position(|(hand, _)| *hand == aim.hand);
        let Some(index) = current else {
            if aim.pressed {
                gestures.0.push((aim.hand, Gesture::Pressed(*aim, now)));
            }
            continue;
        };
        if aim.pressed {
            let gesture = &mut gestures.0[index].1;
            if let Gesture::Pressed(start, since) = gesture
                && (has_moved(start, aim) || (is_grabbed(start) && now - *since > GRAB_DELAY))
            {
                *gesture = begin(start);
            }
            continue;
        }
        match gestures.0.remove(index).1 {
            Gesture::Pressed(start, _) => {
                let click = LastClick {
                    hand: aim.hand,
                    target: start.hit.map(|hit| hit.target),
                    time: now,
                };
                let double = last.take().is_some_and(|last| {
                    (last.hand, last.target) == (click.hand, click.target)
                        && click.time - last.time < DOUBLE_CLICK
                });
                // A third click starts anew.
                *last = (!double).then_some(click);
                completed.clicks.write(Clicked { aim: start, double });
            }
            Gesture::Box(from) => {
                if let Some(to) = aim.screen {
                    let rectangle = Rect::from_corners(from, to);
                    completed.boxes.write(BoxSelected { rectangle });
                }
            }
            Gesture::Drag(_) | Gesture::Camera => {}
        }
    }
    let rectangle = gestures.0.iter().find_map(|(hand, gesture)| match gesture {
        Gesture::Box(from) => Some(Rect::from_corners(*from, aims.of(*hand)?.screen?)),
        _ => None,
    });
    if selection_box.0 != rectangle {
        selection_box.0 = rectangle;
    }
}

/// The gesture of a press that moves.
fn begin(start: &Aim) -> Gesture {
    match (start.hit.map(|hit| (hit, hit.target)), start.screen) {
        (Some((hit, Target::Atom(atom))), _) => Gesture::Drag(Drag::new(start, atom, hit)),
        (None, Some(from)) if start.extend => Gesture::Box(from),
        _ => Gesture::Camera,
    }
}

/// Whether a controller closed around an atom.
fn is_grabbed(start: &Aim) -> bool {
    let is_atom = |hit: Hit| matches!(hit.target, Target::Atom(_));
    start.hand_pose.is_some() && start.hit.is_some_and(is_atom)
}

/// Whether a pointer has left its own beam since the press.
fn has_moved(start: &Aim, now: &Aim) -> bool {
    // Compared at the depth of the hit, where the beam is known best.
    let distance = start.hit.map_or(10.0, |hit| hit.distance);
    let moved = now.ray.get_point(distance) - start.ray.get_point(distance);
    moved.length() > start.beam.radius(distance)
}
