//! The title of a simulation: the name of the document that was opened.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A title that any thread may read and change; empty at first.
#[derive(Debug)]
pub struct Title(Mutex<Arc<str>>);

impl Default for Title {
    fn default() -> Self {
        Title(Mutex::new("".into()))
    }
}

impl Title {
    /// The title.
    pub fn get(&self) -> Arc<str> {
        Arc::clone(&self.lock())
    }

    /// Replaces the title.
    pub fn set(&self, title: &str) {
        *self.lock() = title.into();
    }

    fn lock(&self) -> MutexGuard<'_, Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
