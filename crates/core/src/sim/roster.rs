//! Who is here: the people around one simulation, beside its hub.
//!
//! The window, the headset and the network see the same people here without knowing of each other:
//! each adds those who come through its own door, and reads all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use glam::{DQuat, DVec3};

use super::constraint::Hand;
use super::hub::Bell;

/// Who is at the simulation's own desk.
pub const HERE: PersonId = PersonId(0);

/// The most people at one simulation; [`Roster::join`] refuses more.
pub const MOST_PEOPLE: usize = 10_000;

/// The longest name, bytes; longer ones are cut at a letter.
pub const LONGEST_NAME: usize = 64;

/// Marks the hands of people who came by the network; those at the desk have small numbers.
const FROM_AFAR: u64 = 1 << 63;

/// Names a person, for as long as they are here; never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u64);

impl PersonId {
    /// A hand of this person, numbered by them.
    pub fn hand(self, number: u32) -> Hand {
        Hand(FROM_AFAR | self.0 << 32 | u64::from(number))
    }

    /// Whose hand it is, and its number with them.
    pub fn of_hand(hand: Hand) -> (PersonId, u32) {
        // The lower half is the number: it is meant to be cut out.
        let number = (hand.0 & 0xffff_ffff) as u32;
        if hand.0 & FROM_AFAR == 0 {
            (HERE, number)
        } else {
            (PersonId((hand.0 & !FROM_AFAR) >> 32), number)
        }
    }
}

/// What someone may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Watches.
    #[default]
    Spectator,
    /// Also drags, edits, starts and stops.
    Driver,
    /// Also admits and removes people, and makes rooms.
    Owner,
}

impl Role {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Spectator => "spectator",
            Role::Driver => "driver",
            Role::Owner => "owner",
        }
    }
}

/// Where a head, a camera or a hand is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Å.
    pub position: DVec3,
    /// From its own axes to the scene's; a head looks along its −z.
    pub orientation: DQuat,
}

/// Where someone's head and hands are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presence {
    /// The head, or the camera.
    pub head: Option<Pose>,
    /// At most two.
    pub hands: Vec<Pose>,
}

/// Someone who came by the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// As they call themselves.
    pub name: String,
    /// Their color, sRGB.
    pub color: [u8; 3],
    /// What they may do.
    pub role: Role,
    /// Where they are.
    pub presence: Presence,
    /// From where they came, for those who may remove them: an address.
    pub origin: String,
    /// Frames that they get, per second.
    pub rate: f64,
    /// From sending a frame to hearing that it arrived, ms; `None` before the first.
    pub latency_ms: Option<f64>,
    /// Whether they have been asked to leave.
    pub dismissed: bool,
}

/// There are [`MOST_PEOPLE`] here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{MOST_PEOPLE} people are here, which is as many as there may be")]
pub struct Crowded;

/// The people around one simulation.
#[derive(Default)]
pub struct Roster {
    inner: Mutex<Inner>,
    bells: Mutex<Vec<Weak<Bell>>>,
}

#[derive(Default)]
struct Inner {
    people: BTreeMap<PersonId, Person>,
    last: u64,
    revision: u64,
}

impl Roster {
    /// Adds someone and says who they are from now on.
    ///
    /// # Errors
    /// [`Crowded`] at the bound.
    pub fn join(&self, role: Role, origin: &str) -> Result<PersonId, Crowded> {
        let mut inner = self.lock();
        if inner.people.len() >= MOST_PEOPLE {
            return Err(Crowded);
        }
        inner.last += 1;
        let id = PersonId(inner.last);
        let person = Person {
            id,
            name: format!("guest {}", inner.last),
            color: color_of(inner.last),
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

    /// Takes someone off the list.
    pub fn leave(&self, id: PersonId) {
        let mut inner = self.lock();
        if inner.people.remove(&id).is_some() {
            self.changed(inner);
        }
    }

    /// Changes what someone says of themselves; `None` keeps what is.
    pub fn introduce(&self, id: PersonId, name: Option<&str>, color: Option<[u8; 3]>) {
        self.update(id, |person| {
            if let Some(name) = name.map(legible).filter(|name| !name.is_empty()) {
                person.name = name;
            }
            person.color = color.unwrap_or(person.color);
        });
    }

    /// Moves someone's head and hands.
    pub fn place(&self, id: PersonId, presence: Presence) {
        self.update(id, |person| person.presence = presence);
    }

    /// Gives someone a role; says whether they are here.
    pub fn admit(&self, id: PersonId, role: Role) -> bool {
        self.update(id, |person| person.role = role)
    }

    /// Asks someone to leave; their door closes behind them. Says whether they are here.
    pub fn dismiss(&self, id: PersonId) -> bool {
        self.update(id, |person| person.dismissed = true)
    }

    /// Notes how well someone is served. Nobody is told: it changes all the time.
    pub fn measure(&self, id: PersonId, rate: f64, latency_ms: Option<f64>) {
        if let Some(person) = self.lock().people.get_mut(&id) {
            person.rate = rate;
            person.latency_ms = latency_ms;
        }
    }

    /// Someone who is here.
    pub fn person(&self, id: PersonId) -> Option<Person> {
        self.lock().people.get(&id).cloned()
    }

    /// All who are here, in the order of their coming.
    pub fn people(&self) -> Vec<Person> {
        self.lock().people.values().cloned().collect()
    }

    /// How many are here.
    pub fn len(&self) -> usize {
        self.lock().people.len()
    }

    /// Whether nobody is here.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rises whenever someone comes, goes, moves or becomes another.
    pub fn revision(&self) -> u64 {
        self.lock().revision
    }

    /// Has a bell rung whenever the revision rises, for as long as the caller keeps it.
    pub fn on_change(&self, bell: &Arc<Bell>) {
        lock(&self.bells).push(Arc::downgrade(bell));
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

    /// Counts a change and rings; never while the list is locked, for a bell may look at it.
    fn changed(&self, mut inner: MutexGuard<'_, Inner>) {
        inner.revision += 1;
        drop(inner);
        lock(&self.bells).retain(|bell| bell.upgrade().map(|ring| ring()).is_some());
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A name that cannot break a line or hide what is behind it.
fn legible(name: &str) -> String {
    let mut legible = String::new();
    let letters = name.trim().chars().filter(|letter| !letter.is_control());
    for letter in letters {
        if legible.len() + letter.len_utf8() > LONGEST_NAME {
            break;
        }
        legible.push(letter);
    }
    legible
}

/// Colors that are far from each other, one after the other: hues a golden angle apart.
fn color_of(number: u64) -> [u8; 3] {
    // The remainder is below 360 and exact.
    let hue = (number % 360) as f64 * 137.507_764 % 360.0;
    let channel = |offset: f64| {
        let distance = ((hue + offset) % 360.0 - 180.0).abs() / 60.0 - 1.0;
        // From 90 to 230: bright enough on dark, dark enough on bright.
        (90.0 + 140.0 * distance.clamp(0.0, 1.0)) as u8
    };
    [channel(0.0), channel(240.0), channel(120.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_come_are_admitted_and_go() {
        let roster = Roster::default();
        let one = roster.join(Role::Spectator, "here").unwrap();
        let other = roster.join(Role::Spectator, "there").unwrap();
        assert_ne!(one, other);
        assert!(roster.admit(one, Role::Driver));
        assert_eq!(roster.person(one).unwrap().role, Role::Driver);
        roster.leave(one);
        assert!(!roster.admit(one, Role::Owner));
        assert_eq!(roster.people().len(), 1);
        let third = roster.join(Role::Spectator, "again").unwrap();
        assert_ne!(third, one, "an id is never given twice");
    }

    #[test]
    fn only_what_others_can_see_rings() {
        use std::sync::atomic::{AtomicU32, Ordering};
        let roster = Roster::default();
        let rung = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&rung);
        let bell: Arc<Bell> = Arc::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
        roster.on_change(&bell);
        let someone = roster.join(Role::Spectator, "").unwrap();
        assert_eq!(rung.load(Ordering::Relaxed), 1);
        roster.measure(someone, 30.0, Some(1.0));
        assert_eq!(rung.load(Ordering::Relaxed), 1);
        roster.introduce(someone, Some("Ada"), None);
        roster.introduce(someone, Some("Ada"), None);
        assert_eq!(rung.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_name_is_cut_at_a_letter_and_has_no_line_breaks() {
        let roster = Roster::default();
        let someone = roster.join(Role::Spectator, "").unwrap();
        roster.introduce(someone, Some(&"\n Åse\u{7}".repeat(40)), None);
        let name = roster.person(someone).unwrap().name;
        assert!(name.len() <= LONGEST_NAME && name.starts_with("Åse"));
        assert!(!name.chars().any(char::is_control));
    }

    #[test]
    fn a_hand_knows_whose_it_is() {
        let hand = PersonId(7).hand(3);
        assert_eq!(PersonId::of_hand(hand), (PersonId(7), 3));
        assert_eq!(PersonId::of_hand(Hand(1)), (HERE, 1));
    }
}
