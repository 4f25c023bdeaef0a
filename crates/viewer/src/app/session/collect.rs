//! Collector of everything that a session file keeps.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::frames::SavedFrames;
use super::kept::KeptFields;
use super::{appearance, run_settings, view};
use crate::app::run::RunSettings;
use crate::app::timeline::PlaybackOptions;
use crate::scene::camera::Orbit;
use crate::scene::style::Style;
use mlipview_core::potential::Request;
use mlipview_core::script::Script;
use mlipview_core::session_file::{
    Playback, Repetition, Session, SessionError, StructureRecord, TimelineRecord, write,
};
use mlipview_core::sim::playback::Repeat;
use mlipview_core::sim::{Activity, Frame};

/// The state of the window that a session file keeps.
pub struct SessionContents {
    /// Title of the document.
    pub title: String,
    /// The newest frame of the simulation.
    pub live: Arc<Frame>,
    /// The requested potential.
    pub potential: Request,
    /// Run settings.
    pub run: RunSettings,
    /// The camera.
    pub orbit: Orbit,
    /// Drawing options.
    pub style: Style,
    /// Selected atoms.
    pub selection: Vec<usize>,
    /// How frames are played.
    pub playback: PlaybackOptions,
    /// Position of the shown frame in the timeline, during playback.
    pub shown: Option<u64>,
    /// The recorded frames.
    pub frames: SavedFrames,
    /// Ids of frames, with their positions in the timeline.
    pub names: HashMap<String, u64>,
    /// The timeline script.
    pub script: Script,
    /// Fields that the window has no editor for.
    pub kept: KeptFields,
}

impl SessionContents {
    /// The saved session, as a notice names it.
    pub fn in_words(&self) -> String {
        self.frames.in_words()
    }

    /// The text of a session file at a path.
    ///
    /// # Errors
    /// If a value cannot be in a session, such as a position that is not finite.
    pub fn text(&self, path: &Path) -> Result<String, SessionError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let is_running = matches!(self.live.activity, Activity::Running(_));
        let moves = !self
            .live
            .velocities
            .iter()
            .all(|it| *it == glam::DVec3::ZERO);
        let velocities = moves.then_some(&self.live.velocities[..]);
        write(&Session {
            title: self.title.clone(),
            program: concat!("mlipview ", env!("CARGO_PKG_VERSION")).to_owned(),
            structure: StructureRecord::new(&self.live.structure(), velocities),
            potential: Some(self.potential.clone()),
            run: run_settings::record(&self.run, is_running),
            view: Some(view::record(&self.orbit)),
            appearance: appearance::record(&self.style),
            selection: self.selection.clone(),
            timeline: TimelineRecord {
                playback: playback(&self.playback),
                shown: self.shown.map(|shown| self.frames.thinning.position(shown)),
                contents: self.frames.contents(folder, &self.live, &self.names),
            },
            script: self.frames.thinning.script(&self.script),
            notes: self.kept.notes.clone(),
            selection_sets: self.kept.selection_sets.clone(),
            measurements: self.kept.measurements.clone(),
            ..Session::default()
        })
    }
}

fn playback(options: &PlaybackOptions) -> Playback {
    Playback {
        rate: options.rate,
        repeat: match options.repeat {
            Repeat::Once => Repetition::Once,
            Repeat::Loop => Repetition::Loop,
            Repeat::BackAndForth => Repetition::BackAndForth,
        },
        interpolate: options.interpolate,
        ..Playback::default()
    }
}
