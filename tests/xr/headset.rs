//! Someone with a headset that is not there.

use bevy::prelude::*;
use mlipview_core::chem::Structure;
use mlipview_viewer::xr;
use mlipview_viewer::xr::seen::{Blend, HandSeen, Pose, Seen, Side};
use mlipview_viewer::xr::{Headset, Rig};

use crate::desk::Desk;

/// Where the head is at first, m.
pub(crate) const EYES: Vec3 = Vec3::new(0.0, 1.6, 0.0);

pub(crate) struct Visitor {
    pub(crate) desk: Desk,
}

impl Visitor {
    /// Someone who has put on a headset before a structure that no force moves.
    pub(crate) fn at(structure: Structure) -> Visitor {
        Visitor::furnished("lj:sigma=0.1,epsilon=1e-12", structure, |_| {})
    }

    /// Someone before a structure with the potential that is asked for, and more in the app.
    pub(crate) fn furnished(
        request: &str,
        structure: Structure,
        furnish: impl FnOnce(&mut App),
    ) -> Visitor {
        let request: mlipview_core::potential::Request = request.parse().unwrap();
        let catalog = mlipview_core::potential::Catalog::built_in();
        let chosen = catalog.provide(&request, &structure).unwrap();
        let desk = Desk::furnished(structure, Some(chosen.potential), |app| {
            app.insert_resource(mlipview_viewer::app::document::Choice::of(request));
            app.add_plugins(xr::plugin);
            furnish(app);
        });
        let mut visitor = Visitor { desk };
        visitor.put_on();
        visitor
    }

    /// A session that has the focus, and a head that looks ahead.
    pub(crate) fn put_on(&mut self) {
        *self.desk.get_mut::<Headset>() = Headset::Present { focused: true };
        let mut seen = self.desk.get_mut::<Seen>();
        seen.blends = vec![Blend::Opaque];
        seen.period = 1.0 / 90.0;
        seen.head = Some(Pose {
            place: EYES,
            turn: Quat::IDENTITY,
        });
        self.desk.app.update();
        self.desk.app.update();
    }

    /// What one hand does from now on; `None`: it is not seen.
    pub(crate) fn hand(&mut self, side: Side, hand: Option<HandSeen>) {
        self.desk.get_mut::<Seen>().hands[side.index()] = hand;
        self.desk.app.update();
    }

    pub(crate) fn rig(&self) -> Rig {
        *self.desk.get::<Rig>()
    }

    /// Where an atom is drawn in the room, m.
    pub(crate) fn atom(&self, atom: usize) -> Vec3 {
        self.rig().to_room(self.desk.drawn(atom))
    }
}

/// An open hand at a place of the room (m), turned so.
pub(crate) fn open(place: Vec3, turn: Quat) -> HandSeen {
    let pose = Pose { place, turn };
    HandSeen {
        aim: pose,
        grip: pose,
        ..HandSeen::default()
    }
}

/// The same hand with its trigger pressed.
pub(crate) fn pinching(hand: HandSeen) -> HandSeen {
    HandSeen {
        trigger: 1.0,
        ..hand
    }
}

/// The same hand, squeezing.
pub(crate) fn squeezing(hand: HandSeen) -> HandSeen {
    HandSeen {
        squeeze: 1.0,
        ..hand
    }
}

/// A hand at a place that points to another, m.
pub(crate) fn pointing(place: Vec3, to: Vec3) -> HandSeen {
    let turn = Transform::IDENTITY.looking_to(to - place, Vec3::Y).rotation;
    open(place, turn)
}
