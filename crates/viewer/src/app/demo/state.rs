//! State of the tour being played.

use std::collections::VecDeque;
use std::path::PathBuf;

use bevy::prelude::*;

use super::pointer::TourPointer;
use super::step::TourStep;

/// The tour being played.
#[derive(Resource, Default)]
pub struct Demo {
    pub(super) steps: VecDeque<TourStep>,
    /// Duration of the current step so far, s.
    pub(super) elapsed: f32,
    pub(super) pointer: TourPointer,
    pub(super) caption: Option<&'static str>,
    pub(super) pictures: Option<PathBuf>,
}

impl Demo {
    /// Starts a tour; with a folder for pictures the program quits after it.
    pub fn begin(&mut self, steps: Vec<TourStep>, pictures: Option<PathBuf>) {
        *self = Demo {
            steps: steps.into(),
            pictures,
            ..Demo::default()
        };
    }

    /// Whether a tour is being played.
    pub fn is_playing(&self) -> bool {
        !self.steps.is_empty()
    }

    /// Its current caption.
    pub fn caption(&self) -> Option<&'static str> {
        self.caption
    }

    /// Position of its pointer, logical pixels from the upper left, and whether it is pressed.
    pub fn pointer(&self) -> Option<(Vec2, bool)> {
        self.pointer.position()
    }
}
