//! Who has come and who has gone, told to the person at the desk: in one sentence, however many.

use std::collections::BTreeMap;

use bevy::prelude::*;

use super::notices::{Notices, Severity, sentence};
use super::people;
use super::people::People;
use crate::schedule::ViewerSystems;
use mlipview_core::presence::{Person, PersonId, Role};

/// So long someone has to say who they are before they are spoken of, s.
const INTRODUCTION: f64 = 1.0;
/// Between two sentences there is at least so much time, s: as long as one can be read.
const PAUSE: f64 = 5.0;
/// So many are called by their names.
const NAMED: usize = 2;

/// Who has been spoken of. Those who come and go between two sentences are never mentioned.
#[derive(Default)]
struct Visits {
    known: BTreeMap<PersonId, String>,
    /// When the next sentence is due, and when the last was said, seconds since the program began.
    due: Option<f64>,
    said: Option<f64>,
}

impl Visits {
    /// Looks at who is here by now; returns what there is to say.
    fn look(&mut self, people: &[Person], now: f64) -> Vec<String> {
        let mut left = self.known.len();
        let mut has_new = false;
        for person in people {
            match self.known.get_mut(&person.id) {
                Some(name) => {
                    left -= 1;
                    name.clone_from(&person.name);
                }
                None => has_new = true,
            }
        }
        if !has_new && left == 0 {
            self.due = None;
            return Vec::new();
        }
        let pause = self.said.map_or(now, |said| said + PAUSE);
        let due = *self.due.get_or_insert(pause.max(now + INTRODUCTION));
        if now < due {
            return Vec::new();
        }
        (self.due, self.said) = (None, Some(now));
        let all = people.iter().map(|person| (person.id, person.name.clone()));
        let known = std::mem::replace(&mut self.known, all.collect());
        let gone = known.iter().filter(|(id, _)| !self.known.contains_key(id));
        let gone: Vec<&str> = gone.map(|(_, name)| name.as_str()).collect();
        let come = people
            .iter()
            .filter(|person| !known.contains_key(&person.id));
        let come: Vec<&Person> = come.collect();
        come_in_words(&come)
            .into_iter()
            .chain(gone_in_words(&gone))
            .collect()
    }
}

fn come_in_words(come: &[&Person]) -> Option<String> {
    let names: Vec<&str> = come.iter().map(|person| person.name.as_str()).collect();
    let watch = come.iter().all(|person| person.role == Role::Spectator);
    let what = match (come.len(), watch) {
        (0, _) => return None,
        (1, true) => "is watching",
        (1, false) => "is here, and may drive",
        (_, true) => "are watching",
        (_, false) => "are here",
    };
    Some(sentence(&format!("{} {what}.", listed(&names))))
}

fn gone_in_words(gone: &[&str]) -> Option<String> {
    let what = match gone.len() {
        0 => return None,
        1 => "has left",
        _ => "have left",
    };
    Some(sentence(&format!("{} {what}.", listed(gone))))
}

/// "Ada", "Ada and Bo", "Ada, Bo and 3 others".
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, other, third] => format!("{one}, {other} and {third}"),
        many => {
            let others = many.len() - NAMED;
            format!("{} and {others} others", many[..NAMED].join(", "))
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    let speak = speak.in_set(ViewerSystems::Receive).after(people::read);
    app.add_systems(Update, speak);
}

fn speak(
    people: Res<People>,
    time: Res<Time<Real>>,
    mut visits: Local<Visits>,
    mut notices: ResMut<Notices>,
) {
    for text in visits.look(people.list(), time.elapsed_secs_f64()) {
        notices.say(Severity::Info, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mlipview_core::presence::Roster;

    fn roster_of(names: &[&str]) -> Roster {
        let roster = Roster::default();
        for name in names {
            let id = roster.join(Role::Spectator, "").unwrap();
            roster.set_profile(id, Some(name), None);
        }
        roster
    }

    /// What is said from a time on, when it is looked at ten times a second for ten seconds.
    fn said(visits: &mut Visits, roster: &Roster, from: f64) -> Vec<String> {
        let times = (0..100).map(|tenth| from + 0.1 * f64::from(tenth));
        times
            .flat_map(|now| visits.look(&roster.people(), now))
            .collect()
    }

    #[test]
    fn one_who_comes_is_called_as_they_call_themselves_by_then() {
        let (mut visits, roster) = (Visits::default(), Roster::default());
        let id = roster.join(Role::Spectator, "").unwrap();
        assert!(visits.look(&roster.people(), 0.0).is_empty());
        roster.set_profile(id, Some("Ada"), None);
        assert_eq!(said(&mut visits, &roster, 0.1), ["Ada is watching."]);
        roster.set_profile(id, Some("Countess"), None);
        assert!(said(&mut visits, &roster, 20.0).is_empty());
        roster.leave(id);
        assert_eq!(said(&mut visits, &roster, 40.0), ["Countess has left."]);
    }

    #[test]
    fn many_are_told_of_in_one_sentence() {
        let mut visits = Visits::default();
        let crowd = roster_of(&["Ada", "Bo", "Cy", "Di", "Ed"]);
        let few = ["Ada, Bo and 3 others are watching."];
        assert_eq!(said(&mut visits, &crowd, 0.0), few);
        let three = roster_of(&["Ada", "Bo", "Cy"]);
        let mut visits = Visits::default();
        assert_eq!(
            said(&mut visits, &three, 0.0),
            ["Ada, Bo and Cy are watching."]
        );
    }

    #[test]
    fn a_thousand_who_come_and_go_at_once_are_not_worth_a_word() {
        let (mut visits, roster) = (Visits::default(), Roster::default());
        let mut words = Vec::new();
        for visitor in 0..1000 {
            let now = 0.05 * f64::from(visitor);
            let id = roster.join(Role::Driver, "").unwrap();
            words.extend(visits.look(&roster.people(), now));
            roster.leave(id);
            words.extend(visits.look(&roster.people(), now + 0.02));
        }
        // 50 seconds, and at most one sentence of each kind in five.
        assert!(words.len() <= 20, "{words:?}");
    }
}
