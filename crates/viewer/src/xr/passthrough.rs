//! Passthrough: shows or hides the real room, by the blend mode of the headset.

use bevy::prelude::*;

use super::blend_mode::{BlendMode, choose};
use super::display::HeadsetDisplay;
use super::headset::Headset;
use super::output::HeadsetOutput;
use crate::app::notices::{Notices, Severity};
use crate::app::xr_status::Mode;

/// Selects the blend mode; without one for AR, warns once and switches to VR.
pub(super) fn select(
    display: Res<HeadsetDisplay>,
    headset: Res<Headset>,
    mut mode: ResMut<Mode>,
    mut output: ResMut<HeadsetOutput>,
    mut notices: ResMut<Notices>,
) {
    if !headset.is_running() || display.blend_modes.is_empty() {
        return;
    }
    let blend_mode = choose(*mode, &display.blend_modes).unwrap_or_else(|error| {
        notices.post(Severity::Warning, error.to_string());
        *mode = Mode::Virtual;
        BlendMode::Opaque
    });
    if output.blend_mode != blend_mode {
        output.blend_mode = blend_mode;
    }
}
