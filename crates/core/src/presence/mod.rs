//! The people around one simulation: names, roles, heads and hands.
//!
//! The window, the headset and the server share one [`Roster`] without knowing of each other: each adds
//! the people who connect through it, and reads all.

mod person;
mod roster;
mod title;

pub use person::{Hand, LOCAL, Person, PersonId, Pose, Presence, Role};
pub use roster::{MAX_NAME_BYTES, MAX_PEOPLE, Roster, RosterFull};
pub use title::Title;
