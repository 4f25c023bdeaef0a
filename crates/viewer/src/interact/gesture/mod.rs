//! Gestures: clicks, drags, box selection and camera motion, the same for every pointer.
//!
//! A pressed [`Aim`] is undecided: released in place it is a click; otherwise it drags the pressed
//! atom, spans a selection box, or moves the camera.

mod add_atom;
pub mod camera;
pub mod drag;
pub mod rotate_bond;
pub mod select;
mod tool;

use bevy::prelude::*;

use super::aim::{Aim, Aims};
use crate::scene::selection::Target;
use crate::schedule::ViewerSystems;
use drag::Drag;
use mlipview_core::sim::constraint::Hand;

pub use tool::{GripKind, Tool, ToolMode};

/// Maximum time between the clicks of a double click, s.
const DOUBLE_CLICK: f32 = 0.4;
/// Time after which a controller that stays closed around an atom grabs it, s.
const GRAB_DELAY: f32 = 0.2;

/// The gesture of one hand.
#[derive(Clone, Debug)]
pub(crate) enum Gesture {
    /// Pressed since a time (s since program start), not moved yet.
    Pressed(Aim, f32),
    /// Drags atoms.
    Drag(Drag),
    /// Spans a selection box from this corner, logical pixels.
    Box(Vec2),
    /// Moves the camera.
    Camera,
}

/// The gestures of all hands.
#[derive(Resource, Debug, Default)]
pub struct Gestures(pub(crate) Vec<(Hand, Gesture)>);

impl Gestures {
    /// Whether any hand drags atoms.
    pub fn hold_atoms(&self) -> bool {
        let mut gestures = self.0.iter();
        gestures.any(|(_, gesture)| matches!(gesture, Gesture::Drag(_)))
    }

    /// Whether this hand drags atoms.
    pub fn holds_atoms(&self, hand: Hand) -> bool {
        let mut gestures = self.0.iter();
        gestures.any(|(other, gesture)| *other == hand && matches!(gesture, Gesture::Drag(_)))
    }

    /// Whether this hand was pressed on the background and moves the camera.
    pub fn moves_camera(&self, hand: Hand) -> bool {
        let mut gestures = self.0.iter();
        gestures.any(|(other, gesture)| *other == hand && matches!(gesture, Gesture::Camera))
    }

    pub(crate) fn dragging(&mut self, hand: Hand) -> Option<&mut Drag> {
        self.0
            .iter_mut()
            .find_map(|(other, gesture)| match gesture {
                Gesture::Drag(drag) if *other == hand => Some(drag),
                _ => None,
            })
    }
}

/// A press that was released in place.
#[derive(Message, Clone, Copy, Debug)]
pub struct Clicked {
    /// The pointer when it was pressed.
    pub aim: Aim,
    /// Whether it is the second click of a double click.
    pub double: bool,
}

impl Clicked {
    /// The clicked atom or bond.
    pub fn target(&self) -> Option<Target> {
        Some(self.aim.hit?.target)
    }
}

/// A completed selection box.
#[derive(Message, Clone, Copy, Debug)]
pub struct BoxSelected {
    /// The box, logical pixels from the upper left.
    pub rectangle: Rect,
}

/// The selection box in progress, logical pixels from the upper left.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct SelectionBox(pub Option<Rect>);

/// The last click, for double clicks.
#[derive(Clone, Copy)]
struct LastClick {
    hand: Hand,
    target: Option<Target>,
    time: f32,
}

/// Order of the systems in [`ViewerSystems::Steer`].
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Steering {
    /// Pointers become gestures.
    Follow,
    /// Gestures and actions take effect; they consume the wheel notches that they use.
    Act,
    /// The camera uses the rest.
    Look,
}

pub(super) fn plugin(app: &mut App) {
    use Steering::{Act, Follow, Look};
    app.init_resource::<Gestures>()
        .init_resource::<SelectionBox>()
        .add_message::<Clicked>()
        .add_message::<BoxSelected>()
        .configure_sets(
            Update,
            (Follow, Act, Look).chain().in_set(ViewerSystems::Steer),
        )
        .add_systems(Update, recognize.in_set(Follow))
        .add_plugins((
            tool::plugin,
            select::plugin,
            drag::plugin,
            add_atom::plugin,
            rotate_bond::plugin,
            camera::plugin,
        ));
}

fn recognize(
    aims: Res<Aims>,
    time: Res<Time<Real>>,
    mut gestures: ResMut<Gestures>,
    mut selection_box: ResMut<SelectionBox>,
    mut clicks: MessageWriter<Clicked>,
    mut frames: MessageWriter<BoxSelected>,
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
                clicks.write(Clicked { aim: start, double });
            }
            Gesture::Box(from) => {
                if let Some(to) = aim.screen {
                    let rectangle = Rect::from_corners(from, to);
                    frames.write(BoxSelected { rectangle });
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
    let is_atom = |hit: super::aim::Hit| matches!(hit.target, Target::Atom(_));
    start.reach.is_some() && start.hit.is_some_and(is_atom)
}

/// Whether a pointer has left its own beam since the press.
fn has_moved(start: &Aim, now: &Aim) -> bool {
    // Compared at the depth of the hit, where the beam is known best.
    let distance = start.hit.map_or(10.0, |hit| hit.distance);
    let moved = now.ray.get_point(distance) - start.ray.get_point(distance);
    moved.length() > start.beam.radius(distance)
}
