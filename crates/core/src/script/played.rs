//! Played script: a script with the ids of the frames of its timeline, evaluated at a frame.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use glam::DVec3;

use super::label::labels;
use super::{Action, BondOpacities, CameraBlend, FrameNames, Label, ResolvedScript, Script};

/// Frames of a timeline, to resolve the ends of ranges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelineExtent {
    /// Number of frames.
    pub frames: u64,
    /// Rate of playback without script, frames/s.
    pub rate: f64,
}

/// A script with the ids of the frames of its timeline.
///
/// ```
/// use mlipview_core::script::{Action, Message, PlayedScript, ScreenText, Script, TimelineExtent};
///
/// let message = Message {
///     actions: vec![Action::Text(ScreenText::caption("Now it leaves"))],
///     ..Message::new("departure")
/// };
/// let script = PlayedScript::of(Script { messages: vec![message] });
/// let extent = TimelineExtent { frames: 10, rate: 20.0 };
/// let shown = script.at(3.0, extent, &[]).unwrap_or_default();
/// assert_eq!(shown.labels[0].text, "Now it leaves");
/// ```
#[derive(Debug, Default)]
pub struct PlayedScript {
    script: Script,
    ids: HashMap<String, u64>,
    /// The script for the last extent.
    resolved: Mutex<Option<(TimelineExtent, Arc<ResolvedScript>)>>,
}

/// State of a script at a frame: labels, opacities, camera and speed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShownScript {
    /// Rate of playback, frames/s; `None` for that without script.
    pub rate: Option<f64>,
    /// The camera; `None` if it is free.
    pub camera: Option<CameraBlend>,
    /// Callouts and texts, in the order in which they are drawn; at most [`MAX_LABELS`](super::MAX_LABELS).
    pub labels: Vec<Label>,
    /// Opacity of each atom, 0 to 1; empty if nothing fades.
    pub opacities: Vec<f64>,
    /// Opacities of bonds.
    pub bonds: BondOpacities,
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
    /// A script; `ids` are the names of frames with their positions.
    pub fn new(script: Script, ids: HashMap<String, u64>) -> PlayedScript {
        PlayedScript {
            script,
            ids,
            resolved: Mutex::default(),
        }
    }

    /// A script of frames without names.
    pub fn of(script: Script) -> PlayedScript {
        PlayedScript::new(script, HashMap::new())
    }

    /// The script.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// Ids of frames, with their positions in the timeline.
    pub fn names(&self) -> &HashMap<String, u64> {
        &self.ids
    }

    /// Another script for the same frames.
    pub fn with_script(&self, script: Script) -> PlayedScript {
        PlayedScript::new(script, self.ids.clone())
    }

    /// First and last frame of each message, `[messages]`; `None` for those that no frame shows.
    pub fn ranges(&self, extent: TimelineExtent) -> Vec<Option<[u64; 2]>> {
        self.resolve(extent).ranges().to_vec()
    }

    /// Whether a message sets the speed of playback.
    pub fn sets_speed(&self) -> bool {
        let actions = self.script.messages.iter().flat_map(|it| &it.actions);
        actions
            .into_iter()
            .any(|action| matches!(action, Action::Speed(_)))
    }

    /// Rate of playback at a position, frames/s.
    pub fn rate(&self, position: f64, extent: TimelineExtent) -> f64 {
        if self.script.is_empty() {
            return extent.rate;
        }
        let rate = self.resolve(extent).at(position).rate;
        rate.unwrap_or(extent.rate)
    }

    /// The state at a position of the timeline, for these positions of the atoms (Å); `None` without a
    /// script.
    pub fn at(
        &self,
        position: f64,
        extent: TimelineExtent,
        positions: &[DVec3],
    ) -> Option<ShownScript> {
        if self.script.is_empty() {
            return None;
        }
        let resolved = self.resolve(extent);
        let state = resolved.at(position);
        let count = positions.len();
        let opacities = state.opacity.map(|blend| blend.atoms(count));
        let bonds = state.opacity.map(|blend| blend.bonds(count));
        Some(ShownScript {
            rate: state.rate,
            camera: state.camera,
            labels: labels(&state, positions),
            opacities: opacities.unwrap_or_default(),
            bonds: bonds.unwrap_or_default(),
        })
    }

    fn resolve(&self, extent: TimelineExtent) -> Arc<ResolvedScript> {
        let mut resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, script)) = resolved.as_ref()
            && *known == extent
        {
            return Arc::clone(script);
        }
        let names = Names {
            ids: &self.ids,
            count: extent.frames,
        };
        let script = Arc::new(self.script.resolve(&names, extent.rate));
        *resolved = Some((extent, Arc::clone(&script)));
        script
    }
}
