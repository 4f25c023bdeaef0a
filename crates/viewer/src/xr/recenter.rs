//! Recentering: puts the molecule in front of the head on entering, on request and when it changes.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::headset::Headset;
use super::request::HeadsetRequest;
use super::rig::Rig;
use super::tracking::Tracking;
use crate::app::document::Document;
use crate::app::xr_status::Mode;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::style::Style;

/// Margin around atom centers at each side of the bounding box, Å.
const MARGIN: f32 = 1.5;

/// State of the headset and of the window that recentering depends on.
#[derive(SystemParam)]
pub(super) struct RecenterInput<'w> {
    tracking: Res<'w, Tracking>,
    headset: Res<'w, Headset>,
    mode: Res<'w, Mode>,
    scene: Res<'w, Scene>,
    style: Res<'w, Style>,
    orbit: Res<'w, Orbit>,
    document: Res<'w, Document>,
}

/// Whether recentering is due, and the state of the last frame that it is derived from.
#[derive(Default)]
pub(super) struct Pending {
    is_due: bool,
    was_running: bool,
    had_atoms: bool,
    name: String,
}

/// Recenters where there is a reason, as soon as the head is tracked.
pub(super) fn recenter(
    input: RecenterInput,
    mut requests: MessageReader<HeadsetRequest>,
    mut rig: ResMut<Rig>,
    mut pending: Local<Pending>,
) {
    let requested = requests
        .read()
        .any(|request| *request == HeadsetRequest::Recenter);
    let is_running = input.headset.is_running();
    let has_atoms = !input.scene.positions().is_empty();
    let is_other = has_atoms && (!pending.had_atoms || pending.name != input.document.name);
    let enters = is_running && !pending.was_running;
    pending.is_due |=
        enters || requested || input.tracking.recentered || is_other || input.mode.is_changed();
    (pending.was_running, pending.had_atoms) = (is_running, has_atoms);
    if pending.name != input.document.name {
        pending.name.clone_from(&input.document.name);
    }
    if !(is_running && pending.is_due && input.tracking.head.is_some()) {
        return;
    }
    pending.is_due = false;
    let (center, diagonal) = bounding_box(&input.scene.extent_points(&input.style));
    *rig = Rig::in_front_of(
        input.tracking.head.as_ref(),
        *input.mode,
        center,
        diagonal,
        input.orbit.rotation,
    );
}

/// Center and diagonal of the bounding box of points with [`MARGIN`], Å.
fn bounding_box(points: &[Vec3]) -> (Vec3, f32) {
    let finite = || points.iter().filter(|point| point.is_finite());
    let low = finite().fold(Vec3::INFINITY, |low, point| low.min(*point));
    let high = finite().fold(Vec3::NEG_INFINITY, |high, point| high.max(*point));
    if !(low.is_finite() && high.is_finite()) {
        return (Vec3::ZERO, 0.0);
    }
    let span = high - low + Vec3::splat(2.0 * MARGIN);
    ((low + high) / 2.0, span.length())
}
