//! Subscriptions of one client.

use std::collections::BTreeSet;

use crate::event_kind::{EventKind, EventKinds, SYSTEM_INFO};
use crate::message::{MAX_NAMES, MessageError};

/// The names that a client has subscribed to, also unknown ones. \[5\]
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    names: BTreeSet<String>,
    kinds: EventKinds,
}

impl Subscriptions {
    /// Adds names.
    ///
    /// # Errors
    /// If there would be more than [`MAX_NAMES`]; then none is added.
    pub(crate) fn add(&mut self, events: &[String]) -> Result<(), MessageError> {
        let mut names = self.names.clone();
        names.extend(events.iter().cloned());
        if names.len() > MAX_NAMES {
            return Err(MessageError::Events);
        }
        self.names = names;
        self.kinds = kinds_of(self.names.iter());
        Ok(())
    }

    /// Removes names.
    pub(crate) fn remove(&mut self, events: &[String]) {
        for event in events {
            self.names.remove(event);
        }
        self.kinds = kinds_of(self.names.iter());
    }

    /// The types of the names.
    pub(crate) fn kinds(&self) -> EventKinds {
        self.kinds
    }

    /// All names, sorted.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }
}

/// The types of these names.
pub(crate) fn kinds_of<'a>(names: impl Iterator<Item = &'a String>) -> EventKinds {
    names.filter_map(|name| EventKind::of_name(name)).collect()
}

/// The names that are no type of message.
pub(crate) fn unknown(names: &[String]) -> Vec<&str> {
    let names = names.iter().map(String::as_str);
    let is_unknown = |name: &&str| EventKind::of_name(name).is_none() && *name != SYSTEM_INFO;
    names.filter(is_unknown).collect()
}
