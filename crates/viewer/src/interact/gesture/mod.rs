//! What hands do over time: a click, a drag, a rectangle. Whoever points, it is the same.
//!
//! An [`Aim`] that is pressed has not decided yet; it is a click if it is let go in place, and else
//! drags the atom it was pressed on, spans a rectangle, or leaves the scene to the camera.

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

pub use tool::{GripKind, Purpose, Tool};

/// Two clicks within this time on the same thing are one double click, s.
const DOUBLE_CLICK: f32 = 0.4;
/// A hand in the scene that stays closed around an atom for so long has it, s.
const TAKE: f32 = 0.2;

/// What one hand is doing.
#[derive(Clone, Debug)]
pub(crate) enum Gesture {
    /// Pressed at a time (s since the program began), and not moved yet.
    Pressed(Aim, f32),
    /// Has atoms.
    Drag(Drag),
    /// Spans a rectangle from here, logical pixels.
    Frame(Vec2),
    /// Is the camera's.
    Look,
}

/// What hands are doing.
#[derive(Resource, Debug, Default)]
pub struct Gestures(pub(crate) Vec<(Hand, Gesture)>);

impl Gestures {
    /// Whether a hand has atoms.
    pub fn hold_atoms(&self) -> bool {
        let mut gestures = self.0.iter();
        gestures.any(|(_, gesture)| matches!(gesture, Gesture::Drag(_)))
    }

    /// Whether this hand has atoms.
    pub fn holds_atoms(&self, hand: Hand) -> bool {
        let mut gestures = self.0.iter();
        gestures.any(|(other, gesture)| *other == hand && matches!(gesture, Gesture::Drag(_)))
    }

    /// Whether a hand was pressed on nothing, so that its motion is the camera's.
    pub fn looks(&self, hand: Hand) -> bool {
        let mut gestures = self.0.iter();
        gestures.any(|(other, gesture)| *other == hand && matches!(gesture, Gesture::Look))
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

/// A press that was let go in place.
#[derive(Message, Clone, Copy, Debug)]
pub struct Clicked {
    /// As it was when it was pressed.
    pub aim: Aim,
    /// Whether it is the second on the same thing in a short time.
    pub double: bool,
}

impl Clicked {
    /// What was clicked.
    pub fn target(&self) -> Option<Target> {
        Some(self.aim.hit?.target)
    }
}

/// A rectangle that was spanned, logical pixels from the upper left.
#[derive(Message, Clone, Copy, Debug)]
pub struct Framed {
    /// The rectangle.
    pub rectangle: Rect,
}

/// The rectangle that is being spanned, for whoever draws it; logical pixels from the upper left.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct SelectionBox(pub Option<Rect>);

/// The last click of all, to know the second from the first.
#[derive(Clone, Copy)]
struct LastClick {
    hand: Hand,
    target: Option<Target>,
    time: f32,
}

/// The order of what happens in [`ViewerSystems::Steer`].
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Steering {
    /// Aims over time become gestures.
    Follow,
    /// Gestures do what they are for; who uses the notches of a wheel takes them.
    Act,
    /// The camera has the rest.
    Look,
}

pub(super) fn plugin(app: &mut App) {
    use Steering::{Act, Follow, Look};
    app.init_resource::<Gestures>()
        .init_resource::<SelectionBox>()
        .add_message::<Clicked>()
        .add_message::<Framed>()
        .configure_sets(
            Update,
            (Follow, Act, Look).chain().in_set(ViewerSystems::Steer),
        )
        .add_systems(Update, follow.in_set(Follow))
        .add_plugins((
            tool::plugin,
            select::plugin,
            drag::plugin,
            add_atom::plugin,
            rotate_bond::plugin,
            camera::plugin,
        ));
}

fn follow(
    aims: Res<Aims>,
    time: Res<Time<Real>>,
    mut gestures: ResMut<Gestures>,
    mut spanned: ResMut<SelectionBox>,
    mut clicks: MessageWriter<Clicked>,
    mut frames: MessageWriter<Framed>,
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
                && (has_moved(start, aim) || (is_taken(start) && now - *since > TAKE))
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
                // A third click is a first one again.
                *last = (!double).then_some(click);
                clicks.write(Clicked { aim: start, double });
            }
            Gesture::Frame(from) => {
                if let Some(to) = aim.screen {
                    let rectangle = Rect::from_corners(from, to);
                    frames.write(Framed { rectangle });
                }
            }
            Gesture::Drag(_) | Gesture::Look => {}
        }
    }
    let rectangle = gestures.0.iter().find_map(|(hand, gesture)| match gesture {
        Gesture::Frame(from) => Some(Rect::from_corners(*from, aims.of(*hand)?.screen?)),
        _ => None,
    });
    if spanned.0 != rectangle {
        spanned.0 = rectangle;
    }
}

/// What a press that moves is about.
fn begin(start: &Aim) -> Gesture {
    match (start.hit.map(|hit| (hit, hit.target)), start.screen) {
        (Some((hit, Target::Atom(atom))), _) => Gesture::Drag(Drag::new(start, atom, hit)),
        (None, Some(from)) if start.extend => Gesture::Frame(from),
        _ => Gesture::Look,
    }
}

/// Whether a hand in the scene was closed around an atom.
fn is_taken(start: &Aim) -> bool {
    let is_atom = |hit: super::aim::Hit| matches!(hit.target, Target::Atom(_));
    start.reach.is_some() && start.hit.is_some_and(is_atom)
}

/// Whether an aim has left its own beam since it was pressed.
fn has_moved(start: &Aim, now: &Aim) -> bool {
    // Beams from one eye part alike at any distance; one at the depth of what was hit is seen best.
    let distance = start.hit.map_or(10.0, |hit| hit.distance);
    let moved = now.ray.get_point(distance) - start.ray.get_point(distance);
    moved.length() > start.beam.radius(distance)
}
