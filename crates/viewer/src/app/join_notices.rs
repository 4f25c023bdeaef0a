//! Notices about people who join and leave, a single sentence for many.

use std::collections::BTreeMap;

use bevy::prelude::*;

use super::notices::{Notices, Severity, sentence};
use super::people;
use super::people::People;
use crate::schedule::ViewerSystems;
use mlipview_core::presence::{Person, PersonId, Role};

/// Time for people to set their name before they are announced, s.
const NAME_DELAY: f64 = 1.0;
/// Minimum time between announcements, s.
const INTERVAL: f64 = 5.0;
/// Maximum number of names in a sentence.
const MAX_NAMES: usize = 2;

/// Announced people; who joins and leaves between two announcements is never mentioned.
#[derive(Default)]
struct JoinNotices {
    known: BTreeMap<PersonId, String>,
    /// Time of the next and of the last announcement, seconds since program start.
    due: Option<f64>,
    posted: Option<f64>,
}

impl JoinNotices {
    /// Compares with the people connected now; returns announcements.
    fn update(&mut self, people: &[Person], now: f64) -> Vec<String> {
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
        let pause = self.posted.map_or(now, |posted| posted + INTERVAL);
        let due = *self.due.get_or_insert(pause.max(now + NAME_DELAY));
        if now < due {
            return Vec::new();
        }
        (self.due, self.posted) = (None, Some(now));
        let all = people.iter().map(|person| (person.id, person.name.clone()));
        let known = std::mem::replace(&mut self.known, all.collect());
        let left = known.iter().filter(|(id, _)| !self.known.contains_key(id));
        let left: Vec<&str> = left.map(|(_, name)| name.as_str()).collect();
        let joined = people
            .iter()
            .filter(|person| !known.contains_key(&person.id));
        let joined: Vec<&Person> = joined.collect();
        joined_text(&joined)
            .into_iter()
            .chain(left_text(&left))
            .collect()
    }
}

fn joined_text(joined: &[&Person]) -> Option<String> {
    let names: Vec<&str> = joined.iter().map(|person| person.name.as_str()).collect();
    let watch = joined.iter().all(|person| person.role == Role::Spectator);
    let what = match (joined.len(), watch) {
        (0, _) => return None,
        (1, true) => "is watching",
        (1, false) => "has joined, and may drive",
        (_, true) => "are watching",
        (_, false) => "have joined",
    };
    Some(sentence(&format!("{} {what}.", listed(&names))))
}

fn left_text(left: &[&str]) -> Option<String> {
    let what = match left.len() {
        0 => return None,
        1 => "has left",
        _ => "have left",
    };
    Some(sentence(&format!("{} {what}.", listed(left))))
}

/// "Ada", "Ada and Bo", "Ada, Bo and 3 others".
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, other, third] => format!("{one}, {other} and {third}"),
        many => {
            let others = many.len() - MAX_NAMES;
            format!("{} and {others} others", many[..MAX_NAMES].join(", "))
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    let post = post.in_set(ViewerSystems::Receive).after(people::read);
    app.add_systems(Update, post);
}

fn post(
    people: Res<People>,
    time: Res<Time<Real>>,
    mut join_notices: Local<JoinNotices>,
    mut notices: ResMut<Notices>,
) {
    for text in join_notices.update(people.list(), time.elapsed_secs_f64()) {
        notices.post(Severity::Info, text);
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

    /// Announcements when polled ten times a second for ten seconds.
    fn posted(join_notices: &mut JoinNotices, roster: &Roster, from: f64) -> Vec<String> {
        let times = (0..100).map(|tenth| from + 0.1 * f64::from(tenth));
        times
            .flat_map(|now| join_notices.update(&roster.people(), now))
            .collect()
    }

    #[test]
    fn a_person_is_announced_by_the_name_that_was_set_meanwhile() {
        let (mut join_notices, roster) = (JoinNotices::default(), Roster::default());
        let id = roster.join(Role::Spectator, "").unwrap();
        assert!(join_notices.update(&roster.people(), 0.0).is_empty());
        roster.set_profile(id, Some("Ada"), None);
        assert_eq!(
            posted(&mut join_notices, &roster, 0.1),
            ["Ada is watching."]
        );
        roster.set_profile(id, Some("Countess"), None);
        assert!(posted(&mut join_notices, &roster, 20.0).is_empty());
        roster.leave(id);
        assert_eq!(
            posted(&mut join_notices, &roster, 40.0),
            ["Countess has left."]
        );
    }

    #[test]
    fn many_people_are_announced_in_one_sentence() {
        let mut join_notices = JoinNotices::default();
        let crowd = roster_of(&["Ada", "Bo", "Cy", "Di", "Ed"]);
        let few = ["Ada, Bo and 3 others are watching."];
        assert_eq!(posted(&mut join_notices, &crowd, 0.0), few);
        let three = roster_of(&["Ada", "Bo", "Cy"]);
        let mut join_notices = JoinNotices::default();
        assert_eq!(
            posted(&mut join_notices, &three, 0.0),
            ["Ada, Bo and Cy are watching."]
        );
    }

    #[test]
    fn people_who_join_and_leave_at_once_are_rarely_announced() {
        let (mut join_notices, roster) = (JoinNotices::default(), Roster::default());
        let mut sentences = Vec::new();
        for visitor in 0..1000 {
            let now = 0.05 * f64::from(visitor);
            let id = roster.join(Role::Driver, "").unwrap();
            sentences.extend(join_notices.update(&roster.people(), now));
            roster.leave(id);
            sentences.extend(join_notices.update(&roster.people(), now + 0.02));
        }
        // 50 s, with at most one sentence of each kind in 5 s.
        assert!(sentences.len() <= 20, "{sentences:?}");
    }
}
