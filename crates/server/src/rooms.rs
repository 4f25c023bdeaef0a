//! The rooms there are.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::room::Room;
use mlipview_core::chem::excerpt;

/// The room that is always there.
pub(super) const MAIN: &str = "main";

/// The longest name of a room, letters.
const LONGEST_NAME: usize = 32;

/// The rooms, `main` first.
pub(super) struct Rooms {
    rooms: Mutex<Vec<Arc<Room>>>,
    names: watch::Sender<Vec<String>>,
    most: usize,
}

/// Why a room is not made or ended.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoRoom {
    #[error(
        "REFUSED: {0:?} is no name for a room: take 1 to {LONGEST_NAME} of a to z, 0 to 9 and -"
    )]
    Name(String),
    #[error("REFUSED: there is a room {0:?} already")]
    Taken(String),
    #[error("LIMIT: there are {0} rooms at most; close one first")]
    Full(usize),
    #[error("REFUSED: there is no room {0:?}")]
    Unknown(String),
    #[error("REFUSED: the room \"main\" is always there")]
    Main,
}

impl Rooms {
    pub(super) fn new(most: usize) -> Rooms {
        Rooms {
            rooms: Mutex::default(),
            names: watch::Sender::default(),
            most,
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<Arc<Room>> {
        self.lock().iter().find(|room| room.name() == name).cloned()
    }

    pub(super) fn all(&self) -> Vec<Arc<Room>> {
        self.lock().clone()
    }

    /// The names of all rooms, now and whenever they change.
    pub(super) fn names(&self) -> watch::Receiver<Vec<String>> {
        self.names.subscribe()
    }

    /// Whether a room of this name can be made.
    pub(super) fn check(&self, name: &str) -> Result<(), NoRoom> {
        self.check_among(&self.lock(), name)
    }

    fn check_among(&self, rooms: &[Arc<Room>], name: &str) -> Result<(), NoRoom> {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(letter) {
            Err(NoRoom::Name(excerpt(name).into_owned()))
        } else if rooms.iter().any(|room| room.name() == name) {
            Err(NoRoom::Taken(name.to_owned()))
        } else if rooms.len() >= self.most.max(1) {
            Err(NoRoom::Full(self.most.max(1)))
        } else {
            Ok(())
        }
    }

    /// Adds a room.
    pub(super) fn add(&self, room: Arc<Room>) -> Result<(), NoRoom> {
        let mut rooms = self.lock();
        self.check_among(&rooms, room.name())?;
        rooms.push(room);
        self.tell(&rooms);
        Ok(())
    }

    /// Ends a room: whoever is in it is told, and its simulation stops.
    pub(super) fn close(&self, name: &str) -> Result<(), NoRoom> {
        if name == MAIN {
            return Err(NoRoom::Main);
        }
        let mut rooms = self.lock();
        let found = rooms.iter().position(|room| room.name() == name);
        let index = found.ok_or_else(|| NoRoom::Unknown(excerpt(name).into_owned()))?;
        rooms.remove(index).close();
        self.tell(&rooms);
        Ok(())
    }

    fn tell(&self, rooms: &[Arc<Room>]) {
        let names = rooms.iter().map(|room| room.name().to_owned()).collect();
        self.names.send_replace(names);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Room>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
