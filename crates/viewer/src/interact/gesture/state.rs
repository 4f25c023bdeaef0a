//! State of gestures: what each hand does, and the messages of completed gestures.

use bevy::prelude::*;

use super::drag::Drag;
use crate::interact::aim::Aim;
use crate::scene::selection::Target;
use mlipview_core::sim::constraint::Hand;

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

/// Order of the systems in [`ViewerSystems::Steer`](crate::ViewerSystems::Steer).
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Steering {
    /// Pointers become gestures.
    Follow,
    /// Gestures and actions take effect; they consume the wheel notches that they use.
    Act,
    /// The camera uses the rest.
    Look,
}
