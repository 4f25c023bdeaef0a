//! One conversation with a client, without the wire.
//!
//! What a client may say and hear is in [`message`]; [`wire`] turns it into bytes and back, and no type
//! of the wire leaves that file. Two state machines hold the conversation: a [`PrivateSession`] has a
//! simulation of its own and shows every step of it, a [`GuestSession`] is a window on one that others
//! see too. Both do no I/O and read no clock: `now` is the time since some beginning, and whoever
//! drives them carries out what they [ask](Ask) and sends what they [say](Outgoing).
//!
//! The numbers in brackets, as in \[30\], are those of the statements of the session protocol.

mod conversation;
mod density;
mod draft;
pub mod encodings;
mod guest;
pub mod message;
mod parameters;
mod private;
mod refusal;
pub mod wire;

pub use conversation::{Limits, Link, UNACKNOWLEDGED};
pub use encodings::Encodings;
pub use guest::{GuestSession, Invitation, Wish};
pub use message::{Closing, Outgoing, People, SeenBonds, ServerMessage};
pub use private::{Ask, PrivateSession};
pub use refusal::Violation;
