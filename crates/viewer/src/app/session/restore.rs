//! Restorer of an opened session: applied to the window.

use std::collections::HashMap;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::kept::KeptFields;
use super::{appearance, run_settings, view};
use crate::app::run::RunSettings;
use crate::app::script::EditedScript;
use crate::app::timeline::{PlaybackOptions, TimelineView};
use crate::scene::camera::Orbit;
use crate::scene::selection::Selection;
use crate::scene::style::Style;
use mlipview_core::script::Script;
use mlipview_core::session_file::{Repetition, Session};
use mlipview_core::sim::playback::Repeat;

/// Everything of the window that a session brings back.
#[derive(SystemParam)]
pub struct RestoreParams<'w> {
    style: ResMut<'w, Style>,
    run: ResMut<'w, RunSettings>,
    orbit: ResMut<'w, Orbit>,
    selection: ResMut<'w, Selection>,
    timeline: ResMut<'w, TimelineView>,
    script: ResMut<'w, EditedScript>,
    kept: ResMut<'w, KeptFields>,
}

impl RestoreParams<'_> {
    /// Forgets the script and the kept fields of the session before.
    pub fn forget(&mut self) {
        self.script.set(Script::default(), HashMap::new());
        *self.kept = KeptFields::default();
    }

    /// Applies a session, except its structure, potential and frames.
    pub fn apply(&mut self, session: &Session, ids: HashMap<String, u64>) {
        self.script.set(session.script.clone(), ids);
        *self.kept = KeptFields::of(session);
        *self.style = appearance::style(&session.appearance);
        *self.run = run_settings::settings(&session.run);
        if let Some(view) = &session.view {
            *self.orbit = view::orbit(view, &self.orbit);
        }
        self.selection.set(session.selection.iter().copied());
        let playback = &session.timeline.playback;
        self.timeline.options = PlaybackOptions {
            rate: playback.rate.abs(),
            range: None,
            repeat: match playback.repeat {
                Repetition::Once => Repeat::Once,
                Repetition::Loop => Repeat::Loop,
                Repetition::BackAndForth => Repeat::BackAndForth,
            },
            interpolate: playback.interpolate,
        };
    }
}
