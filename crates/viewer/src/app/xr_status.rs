//! State of the headset, set by `xr` and shown by the panels. [`Action::ToggleHeadset`] changes it.

use bevy::prelude::*;

pub use super::headset_mode::Mode;
use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::schedule::ViewerSystems;

/// Whether the scene is shown in a headset.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum XrStatus {
    /// Built without headset support.
    #[default]
    Unavailable,
    /// Not in a headset.
    Inactive,
    /// Entering or leaving.
    Changing,
    /// In a headset.
    Active(Mode),
}

impl XrStatus {
    /// The mode of an active headset.
    pub fn mode(self) -> Option<Mode> {
        match self {
            XrStatus::Active(mode) => Some(mode),
            _ => None,
        }
    }
}

/// Frame times of the headset, averaged over half a second.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct FrameBudget {
    /// Time from one frame to the next, s; 0 while unknown.
    pub period: f32,
    /// CPU time of a frame, s.
    pub cpu: f32,
    /// GPU time of a frame, s; `None` if not measured.
    pub gpu: Option<f32>,
    /// Dropped frames since the headset was put on.
    pub dropped: u64,
    /// Rendered pixels per recommended pixel, along each axis; reduced when frames are late.
    pub render_scale: f32,
}

impl FrameBudget {
    /// CPU and GPU time out of the frame time, as text.
    pub fn in_words(&self) -> String {
        let milliseconds = |seconds: f32| format!("{:.1}", 1e3 * seconds);
        let gpu = self
            .gpu
            .map_or_else(String::new, |gpu| format!(", GPU {} ms", milliseconds(gpu)));
        let scale = match self.render_scale {
            scale if scale < 1.0 => format!("; render scale {:.0} %", 100.0 * scale),
            _ => String::new(),
        };
        format!(
            "CPU {} ms{gpu} of {} ms; {} dropped frames{scale}",
            milliseconds(self.cpu),
            milliseconds(self.period),
            self.dropped
        )
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<XrStatus>()
        .init_resource::<FrameBudget>()
        .add_systems(Update, refuse.in_set(ViewerSystems::Steer));
}

/// Reports builds without headset support.
fn refuse(
    mut actions: MessageReader<Action>,
    xr_status: Res<XrStatus>,
    mut notices: ResMut<Notices>,
) {
    let asks = |action: &Action| matches!(action, Action::ToggleHeadset(_));
    if actions.read().any(asks) && *xr_status == XrStatus::Unavailable {
        notices.post(
            Severity::Info,
            "This program was built without headset support: build it with the feature xr.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_budget_reports_times_dropped_frames_and_render_scale() {
        let mut budget = FrameBudget {
            period: 1.0 / 90.0,
            cpu: 0.0031,
            gpu: Some(0.006_04),
            dropped: 2,
            render_scale: 1.0,
        };
        assert_eq!(
            budget.in_words(),
            "CPU 3.1 ms, GPU 6.0 ms of 11.1 ms; 2 dropped frames"
        );
        budget.gpu = None;
        budget.render_scale = 0.85;
        assert_eq!(
            budget.in_words(),
            "CPU 3.1 ms of 11.1 ms; 2 dropped frames; render scale 85 %"
        );
    }
}
