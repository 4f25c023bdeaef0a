//! Whether the scene is also shown in a headset: said by whoever has the door to one, shown by the
//! panels. Who wants to change it writes [`Action::Immerse`].

use bevy::prelude::*;

use super::ViewerSystems;
use super::action::Action;
use super::notices::{Notices, Severity};

/// What is seen around the molecule in a headset.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Nothing of the room.
    #[default]
    Virtual,
    /// The room in which the person is.
    Augmented,
}

impl Mode {
    /// Both.
    pub const ALL: [Mode; 2] = [Mode::Virtual, Mode::Augmented];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Virtual => "VR",
            Mode::Augmented => "AR",
        }
    }

    /// What it means.
    pub fn about(self) -> &'static str {
        match self {
            Mode::Virtual => "In a headset, with nothing around the molecule (F8)",
            Mode::Augmented => "In a headset, in the room where you are (F9)",
        }
    }
}

/// Whether the scene is also shown in a headset.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Immersion {
    /// It cannot be: nobody here has a door to headsets.
    #[default]
    Impossible,
    /// It is not.
    Desk,
    /// It is about to be, or about to end.
    OnTheWay,
    /// It is.
    Inside(Mode),
}

impl Immersion {
    /// What is seen around the molecule, in a headset that is there.
    pub fn mode(self) -> Option<Mode> {
        match self {
            Immersion::Inside(mode) => Some(mode),
            _ => None,
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Immersion>()
        .add_systems(Update, refuse.in_set(ViewerSystems::Steer));
}

/// Keys ask for it even where nobody hears them.
fn refuse(
    mut actions: MessageReader<Action>,
    immersion: Res<Immersion>,
    mut notices: ResMut<Notices>,
) {
    let asks = |action: &Action| matches!(action, Action::Immerse(_));
    if actions.read().any(asks) && *immersion == Immersion::Impossible {
        notices.say(
            Severity::Info,
            "This program was built without its part for headsets: build it with the feature xr.",
        );
    }
}
