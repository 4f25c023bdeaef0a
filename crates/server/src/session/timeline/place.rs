//! Place of a recorded frame in the timeline: its position, its energy, and the state of the script there.

use std::sync::Arc;

use mlipview_core::script::ShownScript;
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::playback::PlaybackStatus;
use mlipview_core::sim::timeline::Timeline;

/// Place of a recorded frame in the timeline.
#[derive(Clone, Debug, Default)]
pub struct TimelinePlace {
    /// Position in the shown line; `None` on other lines.
    pub position: Option<u64>,
    /// Potential energy, eV, if it is known, also without forces.
    pub energy: Option<f64>,
    /// The state of the script; `None` without one.
    pub script: Option<Arc<ShownScript>>,
}

impl TimelinePlace {
    /// The place of a frame that is shown as the status says.
    pub fn of(timeline: &Timeline, status: &PlaybackStatus, frame: &Frame) -> TimelinePlace {
        let script = timeline.shown_script(status, &frame.positions);
        TimelinePlace {
            position: timeline.position(status.address),
            energy: timeline.energy(status.address),
            script: script.map(Arc::new),
        }
    }
}
