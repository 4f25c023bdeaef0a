//! People connected by the network, as last read from the simulation's roster.

use bevy::prelude::*;

use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::presence::{Person, PersonId};
use mlipview_core::sim::constraint::Hand;

/// Maximum age of connection statistics, s; all else is current.
const MAX_STATISTICS_AGE: f64 = 0.25;

/// The person in the roster who wears this computer's headset; not listed here.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnHeadset(pub Option<PersonId>);

/// The connected people.
#[derive(Resource, Default)]
pub struct People {
    list: Vec<Person>,
    /// Revision of the roster when it was read.
    revision: u64,
    /// When it was read, seconds since program start.
    read: f64,
}

impl People {
    /// All people, in the order of joining.
    pub fn list(&self) -> &[Person] {
        &self.list
    }

    /// Color of the person whose hand it is; `None` for hands of this window and of people who have
    /// left.
    pub fn color_of(&self, hand: Hand) -> Option<[u8; 3]> {
        let (id, _) = PersonId::of_hand(hand);
        let index = self.list.binary_search_by_key(&id, |person| person.id);
        index.ok().map(|index| self.list[index].color)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<People>()
        .init_resource::<OwnHeadset>()
        .add_systems(Update, read.in_set(ViewerSystems::Receive))
        .add_systems(Update, carry_out.in_set(ViewerSystems::Steer));
}

/// Reads the roster when it has changed, and regularly for the statistics.
pub(crate) fn read(
    simulation: Res<Simulation>,
    time: Res<Time<Real>>,
    own: Res<OwnHeadset>,
    mut people: ResMut<People>,
) {
    let (roster, now) = (simulation.roster(), time.elapsed_secs_f64());
    // Read before the list: a change in between is seen the next time.
    let revision = roster.revision();
    let has_changed = revision != people.revision;
    if !has_changed && now - people.read < MAX_STATISTICS_AGE {
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

fn others(mut people: Vec<Person>, own: OwnHeadset) -> Vec<Person> {
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
            notices.post(Severity::Info, "Command rejected: the person has left.");
        }
    }
}
