//! Control messages: the form of scripts in sessions of the browser original (`timeline.controlMessages`).
//!
//! The format is described in *json_library.md* of the original, github.com/misko/mlipview. Our camera and
//! text become actions `mlipview.camera` and `mlipview.text`, which the original ignores.

mod read;
mod read_action;
mod read_opacity;
mod read_transition;
mod write;

use crate::json::JsonError;

pub(crate) use read::frame_reference;
pub use read::read;
pub use write::write;
pub(crate) use write::write_reference;

/// Opacity from which the original draws atoms and bonds opaque.
const OPAQUE: f64 = 0.99;

/// Rate that the original takes for one that is not positive, frames/s.
const DEFAULT_RATE: f64 = 20.0;

/// Milliseconds per second.
const MILLISECONDS: f64 = 1000.0;

/// Actions that only mlipview has, and the field with their values.
const CAMERA: [&str; 2] = ["mlipview.camera", "camera"];
const TEXT: [&str; 2] = ["mlipview.text", "text"];

/// Notes of a reader, at most 50.
pub(crate) struct Notes {
    pub(crate) list: Vec<String>,
}

impl Notes {
    /// Maximum number of notes.
    const MAX: usize = 50;

    pub(crate) fn new() -> Notes {
        Notes { list: Vec::new() }
    }

    /// Adds a note, unless there are many.
    pub(crate) fn add(&mut self, note: String) {
        if self.list.len() < Notes::MAX {
            self.list.push(note);
        }
    }
}

/// Result of reading a part.
type Read<T> = Result<T, JsonError>;
