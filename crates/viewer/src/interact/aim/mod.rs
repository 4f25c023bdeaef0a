//! What points into the scene: a mouse, a finger, a controller. Gestures know nothing else of them.

mod mouse;
mod touch_screen;

use bevy::math::Isometry3d;
use bevy::prelude::*;

use crate::scene::beam::Beam;
use crate::scene::selection::Target;
use crate::schedule::ViewerSystems;
use mlipview_core::sim::constraint::Hand;

pub use mouse::{MOUSE, Pointer};
pub use touch_screen::{Fingers, Pinch};

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

/// A hand in the scene, which touches what is near and carries what it has taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Where the hand is, Å, and how it is turned.
    pub pose: Isometry3d,
    /// What is within this distance (Å) of the hand is met before anything along the ray.
    pub touch: f32,
}

/// Something that points, as it is in one rendered frame.
///
/// One that vanishes while it is pressed is withdrawn: what it was about ends without effect, and
/// what it held is let go.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// Whose it is.
    pub hand: Hand,
    /// Where it points: from the eye or the controller into the scene, Å.
    pub ray: Ray3d,
    /// How thick it is: what is thinner counts as hit anywhere inside.
    pub beam: Beam,
    /// What it drags moves in the plane that faces this way, unless a hand carries it.
    pub facing: Dir3,
    /// The hand in the scene, where it is one.
    pub reach: Option<Reach>,
    /// Whether it is pressed: a button, the screen, a trigger.
    pub pressed: bool,
    /// Whether it adds to what is chosen, and chooses by rectangles.
    pub extend: bool,
    /// How far its wheel or stick was turned since the last frame, notches away from the person.
    pub notches: f32,
    /// Where on the window it points, in logical pixels from the upper left; `None` away from it.
    pub screen: Option<Vec2>,
    /// What it points at.
    pub hit: Option<Hit>,
}

/// All that points in this rendered frame; whoever adds one does so in [`ViewerSystems::Point`],
/// within [`Pointing`].
#[derive(Resource, Debug, Default)]
pub struct Aims(Vec<Aim>);

impl Aims {
    /// More hands than this at once are not heard.
    pub const MOST: usize = 32;

    /// Each of them.
    pub fn list(&self) -> &[Aim] {
        &self.0
    }

    /// Each of them, to be changed.
    pub fn list_mut(&mut self) -> &mut [Aim] {
        &mut self.0
    }

    /// That of a hand.
    pub fn of(&self, hand: Hand) -> Option<&Aim> {
        self.0.iter().find(|aim| aim.hand == hand)
    }

    /// Adds one, unless [`Aims::MOST`] are there.
    pub fn add(&mut self, aim: Aim) {
        if self.0.len() < Aims::MOST {
            self.0.push(aim);
        }
    }
}

/// What panels have taken for themselves; written by them, respected by all that listens to the
/// mouse, to fingers and to keys.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocked {
    /// The pointer is over a panel: a press begins nothing in the scene.
    pub pointer: bool,
    /// Keys are being typed into a field: they are no shortcuts.
    pub keyboard: bool,
}

/// Where aims are made, inside [`ViewerSystems::Point`], before they meet atoms and bonds.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pointing;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Aims>()
        .init_resource::<Blocked>()
        .configure_sets(Update, Pointing.in_set(ViewerSystems::Point))
        .add_systems(Update, forget.in_set(ViewerSystems::Point).before(Pointing))
        .add_plugins((mouse::plugin, touch_screen::plugin));
}

fn forget(mut aims: ResMut<Aims>) {
    aims.0.clear();
}
