//! A wearer of a made-up headset: sets tracking data and reads what the scene shows.

use bevy::prelude::*;
use mlipview_core::chem::Structure;
use mlipview_viewer::xr::{self, Headset, Rig};
use mlipview_viewer::xr::{BlendMode, HandInput, HeadsetDisplay, Pose, Side, Tracking};

use crate::test_viewer::TestViewer;

/// Initial position of the head, m.
pub(crate) const EYES: Vec3 = Vec3::new(0.0, 1.6, 0.0);

pub(crate) struct Wearer {
    pub(crate) viewer: TestViewer,
}

impl Wearer {
    /// A wearer in front of a structure that no force moves.
    pub(crate) fn at(structure: Structure) -> Wearer {
        Wearer::with_plugins("lj:sigma=0.1,epsilon=1e-12", structure, |_| {})
    }

    /// A wearer in front of a structure with a potential, and with more plugins in the app.
    pub(crate) fn with_plugins(
        request: &str,
        structure: Structure,
        add_plugins: impl FnOnce(&mut App),
    ) -> Wearer {
        let request: mlipview_core::potential::Request = request.parse().unwrap();
        let catalog = mlipview_core::potential::Catalog::built_in();
        let chosen = catalog.provide(&request, &structure).unwrap();
        let viewer = TestViewer::with_plugins(structure, Some(chosen.potential), |app| {
            app.insert_resource(mlipview_viewer::app::document::PotentialChoice::of(request));
            app.add_plugins(xr::plugin);
            add_plugins(app);
        });
        let mut wearer = Wearer { viewer };
        wearer.put_on();
        wearer
    }

    /// Starts a session with input focus and a head that looks along −z.
    pub(crate) fn put_on(&mut self) {
        *self.viewer.get_mut::<Headset>() = Headset::Running { focused: true };
        let mut display = self.viewer.get_mut::<HeadsetDisplay>();
        display.blend_modes = vec![BlendMode::Opaque];
        display.period = 1.0 / 90.0;
        self.viewer.get_mut::<Tracking>().head = Some(Pose {
            position: EYES,
            rotation: Quat::IDENTITY,
        });
        self.viewer.app.update();
        self.viewer.app.update();
    }

    /// Sets the input of a hand (`None`: not tracked), and updates the app once.
    pub(crate) fn hand(&mut self, side: Side, hand: Option<HandInput>) {
        self.viewer.get_mut::<Tracking>().hands[side.index()] = hand;
        self.viewer.app.update();
    }

    pub(crate) fn rig(&self) -> Rig {
        *self.viewer.get::<Rig>()
    }

    /// Drawn position of an atom in the room, m.
    pub(crate) fn atom(&self, atom: usize) -> Vec3 {
        self.rig().to_room(self.viewer.drawn(atom))
    }
}

/// An open hand at a position of the room, m.
pub(crate) fn open(position: Vec3, rotation: Quat) -> HandInput {
    let pose = Pose { position, rotation };
    HandInput {
        aim: pose,
        grip: pose,
        ..HandInput::default()
    }
}

/// The same hand with its trigger pressed.
pub(crate) fn pinching(hand: HandInput) -> HandInput {
    HandInput {
        trigger: 1.0,
        ..hand
    }
}

/// The same hand with its grip squeezed.
pub(crate) fn squeezing(hand: HandInput) -> HandInput {
    HandInput {
        squeeze: 1.0,
        ..hand
    }
}

/// A hand at a position whose ray goes through another, m.
pub(crate) fn pointing(position: Vec3, to: Vec3) -> HandInput {
    let rotation = Transform::IDENTITY
        .looking_to(to - position, Vec3::Y)
        .rotation;
    open(position, rotation)
}
