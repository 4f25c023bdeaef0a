//! The roster: everyone who is connected to one simulation.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::person::{Person, PersonId, Presence, Role};
use crate::waker::{Waker, Wakers};

/// Maximum number of people in a roster.
pub const MAX_PEOPLE: usize = 10_000;

/// Maximum length of a name, bytes; longer ones are cut at a character.
pub const MAX_NAME_BYTES: usize = 64;

/// The roster has [`MAX_PEOPLE`] people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("room is full ({MAX_PEOPLE} people)")]
pub struct RosterFull;

/// The people connected to one simulation.
///
/// ```
/// use mlipview_core::presence::{Role, Roster};
///
/// let roster = Roster::default();
/// let ada = roster.join(Role::Driver, "192.0.2.1")?;
/// roster.set_profile(ada, Some("Ada"), None);
/// assert_eq!(roster.people()[0].name, "Ada");
/// # Ok::<(), mlipview_core::presence::RosterFull>(())
/// ```
#[derive(Default)]
pub struct Roster {
    inner: Mutex<Inner>,
    wakers: Wakers,
}

/// The people, the last identity that was given, and the number of changes so far.
#[derive(Default)]
struct Inner {
    people: BTreeMap<PersonId, Person>,
    last: u64,
    revision: u64,
}

impl Roster {
    /// Adds a person; `origin` is their network address.
    ///
    /// # Errors
    /// [`RosterFull`] at [`MAX_PEOPLE`].
    pub fn join(&self, role: Role, origin: &str) -> Result<PersonId, RosterFull> {
        let mut inner = self.lock();
        if inner.people.len() >= MAX_PEOPLE {
            return Err(RosterFull);
        }
        inner.last += 1;
        let id = PersonId(inner.last);
        let person = Person {
            id,
            name: format!("guest {}", inner.last),
            color: distinct_color(inner.last),
            role,
            presence: Presence::default(),
            origin: origin.to_owned(),
            rate: 0.0,
            latency_ms: None,
            dismissed: false,
        };
        inner.people.insert(id, person);
        self.changed(inner);
        Ok(id)
    }

    /// Removes a person.
    pub fn leave(&self, id: PersonId) {
        let mut inner = self.lock();
        if inner.people.remove(&id).is_some() {
            self.changed(inner);
        }
    }

    /// Changes the name and the color (sRGB) of a person; `None` keeps the present one.
    pub fn set_profile(&self, id: PersonId, name: Option<&str>, color: Option<[u8; 3]>) {
        self.update(id, |person| {
            if let Some(name) = name.map(sanitized).filter(|name| !name.is_empty()) {
                person.name = name;
            }
            person.color = color.unwrap_or(person.color);
        });
    }

    /// Moves the head and hands of a person.
    pub fn set_presence(&self, id: PersonId, presence: Presence) {
        self.update(id, |person| person.presence = presence);
    }

    /// Changes a role; returns whether the person is connected.
    pub fn set_role(&self, id: PersonId, role: Role) -> bool {
        self.update(id, |person| person.role = role)
    }

    /// Requests that a person's connection is closed; returns whether they are connected.
    pub fn dismiss(&self, id: PersonId) -> bool {
        self.update(id, |person| person.dismissed = true)
    }

    /// Records frames sent per second and latency, ms. These change all the time, so they neither raise
    /// the revision nor wake anyone.
    pub fn set_statistics(&self, id: PersonId, rate: f64, latency_ms: Option<f64>) {
        if let Some(person) = self.lock().people.get_mut(&id) {
            person.rate = rate;
            person.latency_ms = latency_ms;
        }
    }

    /// One person, if connected.
    pub fn person(&self, id: PersonId) -> Option<Person> {
        self.lock().people.get(&id).cloned()
    }

    /// All people, in the order in which they joined.
    pub fn people(&self) -> Vec<Person> {
        self.lock().people.values().cloned().collect()
    }

    /// Number of people.
    pub fn len(&self) -> usize {
        self.lock().people.len()
    }

    /// Whether nobody is connected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rises whenever a person joins, leaves, moves or changes.
    pub fn revision(&self) -> u64 {
        self.lock().revision
    }

    /// Registers a waker that is called whenever the revision rises.
    pub fn on_change(&self, waker: &Arc<Waker>) {
        self.wakers.register(waker);
    }

    fn update(&self, id: PersonId, change: impl FnOnce(&mut Person)) -> bool {
        let mut inner = self.lock();
        let Some(person) = inner.people.get_mut(&id) else {
            return false;
        };
        let before = person.clone();
        change(person);
        if *person != before {
            self.changed(inner);
        }
        true
    }

    /// Counts a change, then unlocks before waking, because wakers read the roster.
    fn changed(&self, mut inner: MutexGuard<'_, Inner>) {
        inner.revision += 1;
        drop(inner);
        self.wakers.wake();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name without control characters, so that it cannot break a line or hide text behind it.
fn sanitized(name: &str) -> String {
    let mut sanitized = String::new();
    let characters = name
        .trim()
        .chars()
        .filter(|character| !character.is_control());
    for character in characters {
        if sanitized.len() + character.len_utf8() > MAX_NAME_BYTES {
            break;
        }
        sanitized.push(character);
    }
    sanitized
}

/// Colors far from each other in sequence: hues a golden angle (137.5°) apart, sRGB.
fn distinct_color(number: u64) -> [u8; 3] {
    // The remainder is below 360 and exact in f64.
    let hue = (number % 360) as f64 * 137.507_764 % 360.0;
    let channel = |offset: f64| {
        let distance = ((hue + offset) % 360.0 - 180.0).abs() / 60.0 - 1.0;
        // From 90 to 230: visible on dark and on bright backgrounds.
        (90.0 + 140.0 * distance.clamp(0.0, 1.0)) as u8
    };
    [channel(0.0), channel(240.0), channel(120.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_join_get_roles_and_leave() {
        let roster = Roster::default();
        let one = roster.join(Role::Spectator, "here").unwrap();
        let other = roster.join(Role::Spectator, "there").unwrap();
        assert_ne!(one, other);
        assert!(roster.set_role(one, Role::Driver));
        assert_eq!(roster.person(one).unwrap().role, Role::Driver);
        roster.leave(one);
        assert!(!roster.set_role(one, Role::Owner));
        assert_eq!(roster.people().len(), 1);
        let third = roster.join(Role::Spectator, "again").unwrap();
        assert_ne!(third, one, "an id is never reused");
    }

    #[test]
    fn only_visible_changes_wake() {
        use std::sync::atomic::{AtomicU32, Ordering};
        let roster = Roster::default();
        let calls = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&calls);
        let waker: Arc<Waker> = Arc::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
        roster.on_change(&waker);
        let someone = roster.join(Role::Spectator, "").unwrap();
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        roster.set_statistics(someone, 30.0, Some(1.0));
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        roster.set_profile(someone, Some("Ada"), None);
        roster.set_profile(someone, Some("Ada"), None);
        assert_eq!(calls.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_name_is_cut_at_a_character_and_has_no_line_breaks() {
        let roster = Roster::default();
        let someone = roster.join(Role::Spectator, "").unwrap();
        roster.set_profile(someone, Some(&"\n Åse\u{7}".repeat(40)), None);
        let name = roster.person(someone).unwrap().name;
        assert!(name.len() <= MAX_NAME_BYTES && name.starts_with("Åse"));
        assert!(!name.chars().any(char::is_control));
    }
}
