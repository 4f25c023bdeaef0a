//! Pointers of a rendered frame, and the input captured by panels.

use bevy::math::Isometry3d;
use bevy::prelude::*;

use crate::scene::beam::Beam;
use crate::scene::selection::Target;
use mlipview_core::sim::constraint::Hand;

/// The atom or bond that a pointer hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The atom or bond.
    pub target: Target,
    /// The atoms at the ends of the bond, which identify it after bonds have changed; for an atom, that
    /// atom twice.
    pub ends: [usize; 2],
    /// Distance along the ray, Å.
    pub distance: f32,
    /// Offset of the periodic image that was hit, Å.
    pub image: Vec3,
}

/// Pose of a tracked hand, which touches nearby atoms and carries held ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandPose {
    /// Pose of the hand, Å.
    pub pose: Isometry3d,
    /// Objects within this distance (Å) are hit before anything along the ray.
    pub touch_distance: f32,
}

/// State of a pointer in one rendered frame.
///
/// If a pressed pointer disappears, its gesture ends without effect and its atoms are released.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// The hand it belongs to.
    pub hand: Hand,
    /// From the eye or the controller into the scene, Å.
    pub ray: Ray3d,
    /// Tolerance: thinner objects are hit anywhere inside the beam.
    pub beam: Beam,
    /// Normal of the plane in which atoms are dragged, unless a hand carries them.
    pub plane_normal: Dir3,
    /// Pose of the hand, for controllers and hand tracking.
    pub hand_pose: Option<HandPose>,
    /// Whether a button, the touch or the trigger is down.
    pub pressed: bool,
    /// Whether clicks extend the selection, and drags select by a box.
    pub extend: bool,
    /// Scroll of the wheel or thumbstick since the last frame, notches away from the person.
    pub scroll: f32,
    /// Position in the window, logical pixels from the upper left; `None` outside of it.
    pub screen: Option<Vec2>,
    /// The hit atom or bond.
    pub hit: Option<Hit>,
}

/// All pointers of this rendered frame; added in [`PointerInput`], inside [`ViewerSystems::Point`](crate::ViewerSystems::Point).
#[derive(Resource, Debug, Default)]
pub struct Aims(Vec<Aim>);

impl Aims {
    /// Maximum number of simultaneous pointers.
    pub const MAX: usize = 32;

    /// All pointers.
    pub fn list(&self) -> &[Aim] {
        &self.0
    }

    /// All pointers, mutable.
    pub fn list_mut(&mut self) -> &mut [Aim] {
        &mut self.0
    }

    /// The pointer of a hand.
    pub fn of(&self, hand: Hand) -> Option<&Aim> {
        self.0.iter().find(|aim| aim.hand == hand)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a pointer, unless there are [`Aims::MAX`] already.
    pub fn add(&mut self, aim: Aim) {
        if self.0.len() < Aims::MAX {
            self.0.push(aim);
        }
    }
}

/// Input captured by panels; ignored by the scene.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CapturedInput {
    /// The pointer is over a panel: a press does not reach the scene.
    pub pointer: bool,
    /// A text field has the keyboard: keys are not shortcuts.
    pub keyboard: bool,
}

/// Systems that add pointers, before the hit test.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct PointerInput;
