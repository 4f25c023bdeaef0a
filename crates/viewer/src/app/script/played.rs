//! The script of the open session, and its state at a position of the timeline.

use std::collections::HashMap;

use bevy::prelude::*;

use super::edit::{ScriptEdit, ScriptEditError};
use super::labels::labels;
use crate::scene::labels::Label;
use mlipview_core::script::{
    CameraPose, FrameNames, OpacityBlend, ResolvedScript, Script, ScriptState,
};
use mlipview_core::sim::Frame;

/// The script of the open session.
#[derive(Resource, Clone, Debug, Default)]
pub struct PlayedScript {
    script: Script,
    ids: HashMap<String, u64>,
    /// The script for the present number of frames and rate.
    resolved: Option<(u64, f64, ResolvedScript)>,
    /// Scripts before the last edits, for undo.
    before: Vec<Script>,
    /// The message of the last edit, if the next edit of it is the same step of undo.
    continued: Option<usize>,
}

/// Maximum number of steps that can be undone; older ones are forgotten.
const MAX_UNDO: usize = 100;

/// The state of a script at a position: labels, opacities, camera and speed.
#[derive(Clone, Debug, Default)]
pub struct ShownScript {
    /// Rate of playback, frames/s; `None` for that without script.
    pub rate: Option<f64>,
    /// Pose of the camera; `None` if it is free.
    pub camera: Option<CameraPose>,
    /// Callouts and texts, in the order in which they are drawn.
    pub labels: Vec<Label>,
    /// Opacity of each atom, 0 to 1; empty if nothing fades.
    pub opacities: Vec<f32>,
}

/// Frames of a timeline, to resolve the ends of ranges.
#[derive(Clone, Copy, Debug)]
pub struct TimelineExtent {
    /// Number of frames.
    pub frames: u64,
    /// Rate of playback without script, frames/s.
    pub rate: f64,
}

/// Frames by their ids in a session.
struct Names<'a> {
    ids: &'a HashMap<String, u64>,
    count: u64,
}

impl FrameNames for Names<'_> {
    fn count(&self) -> u64 {
        self.count
    }

    fn index_of(&self, id: &str) -> Option<u64> {
        self.ids.get(id).copied()
    }
}

impl PlayedScript {
    /// The script.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// Replaces the script; `ids` are the names of frames with their positions.
    pub fn set(&mut self, script: Script, ids: HashMap<String, u64>) {
        *self = PlayedScript {
            script,
            ids,
            ..PlayedScript::default()
        };
    }

    /// Edits the script of a structure with this number of atoms. Edits of one message after another are
    /// one step of undo.
    ///
    /// # Errors
    /// If the edit is not possible; the script stays as it was.
    pub fn edit(&mut self, edit: &ScriptEdit, atoms: usize) -> Result<(), ScriptEditError> {
        let edited = edit.apply(&self.script, atoms)?;
        let before = std::mem::replace(&mut self.script, edited);
        if self.continued.is_none() || self.continued != edit.continues() {
            if self.before.len() == MAX_UNDO {
                self.before.remove(0);
            }
            self.before.push(before);
        }
        self.continued = edit.continues();
        self.resolved = None;
        Ok(())
    }

    /// Takes back the last step of editing, if there is one.
    pub fn undo(&mut self) {
        if let Some(before) = self.before.pop() {
            self.script = before;
            self.continued = None;
            self.resolved = None;
        }
    }

    /// Whether there is a step of editing to take back.
    pub fn has_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// First and last frame of each message, `[messages]`; `None` for those that no frame shows.
    pub fn ranges(&mut self, extent: TimelineExtent) -> Vec<Option<[u64; 2]>> {
        let resolved = self.resolve(extent);
        resolved.map_or_else(Vec::new, |resolved| resolved.ranges().to_vec())
    }

    /// Evaluates the script at a position of a timeline, where this frame is; `free` is the pose at which
    /// the user left the camera.
    pub fn at(
        &mut self,
        position: f64,
        extent: TimelineExtent,
        frame: &Frame,
        free: &CameraPose,
    ) -> ShownScript {
        let resolved = self.resolve(extent);
        let state = resolved.map_or_else(ScriptState::default, |it| it.at(position));
        let opacity = |blend: OpacityBlend<'_>| {
            let opacities = blend.atoms(frame.positions.len()).into_iter();
            opacities.map(|opacity| opacity as f32).collect()
        };
        ShownScript {
            rate: state.rate,
            camera: state.camera.map(|camera| camera.pose(free)),
            labels: labels(&state, &frame.positions),
            opacities: state.opacity.map_or_else(Vec::new, opacity),
        }
    }

    fn resolve(&mut self, extent: TimelineExtent) -> Option<&ResolvedScript> {
        let TimelineExtent { frames, rate } = extent;
        let is_current = |known: &(u64, f64, ResolvedScript)| (known.0, known.1) == (frames, rate);
        if !self.resolved.as_ref().is_some_and(is_current) {
            let names = Names {
                ids: &self.ids,
                count: frames,
            };
            self.resolved = Some((frames, rate, self.script.resolve(&names, rate)));
        }
        self.resolved.as_ref().map(|(_, _, resolved)| resolved)
    }
}
