//! The list of rooms.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::room::Room;
use mlipview_core::chem::excerpt;

/// Name of the first room, which cannot be closed.
pub(super) const MAIN: &str = "main";

/// Maximum length of a name, bytes.
const MAX_NAME: usize = 32;

/// The rooms, `main` first.
pub(super) struct Rooms {
    rooms: Mutex<Vec<Arc<Room>>>,
    names: watch::Sender<Vec<String>>,
    max_rooms: usize,
}

/// A room that cannot be created or closed.
#[derive(Debug, thiserror::Error)]
pub(super) enum RoomError {
    #[error(
        "REFUSED: invalid room name {0:?}: expected 1 to {MAX_NAME} characters of a to z, 0 to 9 and -"
    )]
    Name(String),
    #[error("REFUSED: the room {0:?} exists already; choose another name")]
    Taken(String),
    #[error("LIMIT: {0} rooms at most; close one first")]
    Full(usize),
    #[error("REFUSED: there is no room {0:?}; the welcome lists all rooms")]
    Unknown(String),
    #[error("REFUSED: the room \"main\" cannot be closed")]
    Main,
    #[error("REFUSED: the room's thread cannot be started ({0})")]
    Thread(std::io::Error),
    #[error("REFUSED: creating the room has failed inside the server")]
    Panic,
}

impl Rooms {
    pub(super) fn new(max_rooms: usize) -> Rooms {
        Rooms {
            rooms: Mutex::default(),
            names: watch::Sender::default(),
            max_rooms: max_rooms.max(1),
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<Arc<Room>> {
        self.lock().iter().find(|room| room.name() == name).cloned()
    }

    pub(super) fn all(&self) -> Vec<Arc<Room>> {
        self.lock().clone()
    }

    /// Subscription to the names of all rooms.
    pub(super) fn names(&self) -> watch::Receiver<Vec<String>> {
        self.names.subscribe()
    }

    /// Checks that a room of this name can be added.
    pub(super) fn check(&self, name: &str) -> Result<(), RoomError> {
        self.check_among(&self.lock(), name)
    }

    fn check_among(&self, rooms: &[Arc<Room>], name: &str) -> Result<(), RoomError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > MAX_NAME || !name.bytes().all(allowed) {
            Err(RoomError::Name(excerpt(name).into_owned()))
        } else if rooms.iter().any(|room| room.name() == name) {
            Err(RoomError::Taken(name.to_owned()))
        } else if rooms.len() >= self.max_rooms {
            Err(RoomError::Full(self.max_rooms))
        } else {
            Ok(())
        }
    }

    /// Adds a room.
    pub(super) fn add(&self, room: Arc<Room>) -> Result<(), RoomError> {
        let mut rooms = self.lock();
        self.check_among(&rooms, room.name())?;
        rooms.push(room);
        self.publish_names(&rooms);
        Ok(())
    }

    /// Closes a room: its connections end and its simulation stops.
    pub(super) fn close(&self, name: &str) -> Result<(), RoomError> {
        if name == MAIN {
            return Err(RoomError::Main);
        }
        let mut rooms = self.lock();
        let found = rooms.iter().position(|room| room.name() == name);
        let index = found.ok_or_else(|| RoomError::Unknown(excerpt(name).into_owned()))?;
        rooms.remove(index).close();
        self.publish_names(&rooms);
        Ok(())
    }

    fn publish_names(&self, rooms: &[Arc<Room>]) {
        let names = rooms.iter().map(|room| room.name().to_owned()).collect();
        self.names.send_replace(names);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Room>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
