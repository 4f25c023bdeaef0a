//! A person at a simulation: identity, role, head and hands.

use glam::{DQuat, DVec3};

/// The person at the simulation's own window.
pub const LOCAL: PersonId = PersonId(0);

/// Set in the hands of people who are connected through the network.
const REMOTE: u64 = 1 << 63;

/// Identifies a hand: the mouse, a controller, a finger on a browser's screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hand(pub u64);

/// Identifies a person for as long as they are connected; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u64);

impl PersonId {
    /// A hand of a remote person, by the number that they give it.
    pub fn hand(self, number: u32) -> Hand {
        Hand(REMOTE | self.0 << 32 | u64::from(number))
    }

    /// The owner of a hand, and the number that they give it.
    pub fn of_hand(hand: Hand) -> (PersonId, u32) {
        // The lower 32 bits are the number.
        let number = (hand.0 & 0xffff_ffff) as u32;
        if hand.0 & REMOTE == 0 {
            (LOCAL, number)
        } else {
            (PersonId((hand.0 & !REMOTE) >> 32), number)
        }
    }
}

/// Permissions of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Watches.
    #[default]
    Spectator,
    /// Also drags, edits, starts and stops.
    Driver,
    /// Also changes roles, removes people, and creates rooms.
    Owner,
}

impl Role {
    /// Its name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Role::Spectator => "spectator",
            Role::Driver => "driver",
            Role::Owner => "owner",
        }
    }
}

/// Position and orientation of a head, a camera or a hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Position, Å.
    pub position: DVec3,
    /// Rotation from its own axes to those of the scene; a head looks along its −z.
    pub orientation: DQuat,
}

/// Head and hands of a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presence {
    /// The head, or the camera.
    pub head: Option<Pose>,
    /// At most two hands.
    pub hands: Vec<Pose>,
}

/// A person who is connected through the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their identity.
    pub id: PersonId,
    /// The name that they chose.
    pub name: String,
    /// Their color, sRGB.
    pub color: [u8; 3],
    /// Permissions.
    pub role: Role,
    /// Their head and hands.
    pub presence: Presence,
    /// Their network address, for those who may remove them.
    pub origin: String,
    /// Rate of the frames sent to them, 1/s.
    pub rate: f64,
    /// Time from sending a frame to its acknowledgement, ms; `None` before the first.
    pub latency_ms: Option<f64>,
    /// Whether their connection is to be closed.
    pub dismissed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_has_one_owner() {
        let hand = PersonId(7).hand(3);
        assert_eq!(PersonId::of_hand(hand), (PersonId(7), 3));
        assert_eq!(PersonId::of_hand(Hand(1)), (LOCAL, 1));
    }
}
