//! Who else is here: the people of the simulation's roster, as the window saw them last.

use bevy::prelude::*;

use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::presence::{Person, PersonId};
use mlipview_core::sim::constraint::Hand;

/// How old the figures of how people are served may be, s. All else is never older than a frame.
const STALE: f64 = 0.25;

/// Who wears this desk's own headset: on the list of others, not on ours.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own(pub Option<PersonId>);

/// The people who came by the network.
#[derive(Resource, Default)]
pub struct People {
    list: Vec<Person>,
    /// The roster's when it was read.
    revision: u64,
    /// When it was read, seconds since the program began.
    read: f64,
}

impl People {
    /// All of them, in the order of their coming.
    pub fn list(&self) -> &[Person] {
        &self.list
    }

    /// The color of the person whose hand it is; `None` for hands at this desk, and for those of
    /// people who are gone.
    pub fn color_of(&self, hand: Hand) -> Option<[u8; 3]> {
        let (id, _) = PersonId::of_hand(hand);
        let place = self.list.binary_search_by_key(&id, |person| person.id);
        place.ok().map(|place| self.list[place].color)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<People>()
        .init_resource::<Own>()
        .add_systems(Update, read.in_set(ViewerSystems::Receive))
        .add_systems(Update, carry_out.in_set(ViewerSystems::Steer));
}

/// Reads the roster when it has changed, and else now and then for the figures.
pub(crate) fn read(
    simulation: Res<Simulation>,
    time: Res<Time<Real>>,
    own: Res<Own>,
    mut people: ResMut<People>,
) {
    let (roster, now) = (simulation.roster(), time.elapsed_secs_f64());
    // Before the list: what changes in between is read again.
    let revision = roster.revision();
    let has_changed = revision != people.revision;
    if !has_changed && now - people.read < STALE {
        return;
    }
    *people.bypass_change_detection() = People {
        list: others(roster.people(), *own),
        revision,
        read: now,
    };
    if has_changed {
        people.set_changed();
    }
}

fn others(mut people: Vec<Person>, own: Own) -> Vec<Person> {
    people.retain(|person| Some(person.id) != own.0);
    people
}

fn carry_out(
    mut actions: MessageReader<Action>,
    simulation: Res<Simulation>,
    mut notices: ResMut<Notices>,
) {
    let roster = simulation.roster();
    for action in actions.read() {
        let is_here = match *action {
            Action::Admit(id, role) => roster.set_role(id, role),
            Action::Dismiss(id) => roster.dismiss(id),
            _ => continue,
        };
        if !is_here {
            notices.say(Severity::Info, "Nothing was done: they have just left.");
        }
    }
}
