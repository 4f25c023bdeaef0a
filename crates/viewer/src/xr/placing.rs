//! When the molecule is put before the head: at the beginning, when asked, and when it is another.

use bevy::prelude::*;

use super::headset::{Ask, Headset, Mode};
use super::rig::Rig;
use super::seen::Seen;
use crate::app::document::Document;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::style::Style;

/// Room for the atoms at the corners of the box around their middles, Å on either side.
const MARGIN: f32 = 1.5;

/// What is shown, and how at the desk.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Shown<'w> {
    scene: Res<'w, Scene>,
    style: Res<'w, Style>,
    orbit: Res<'w, Orbit>,
    document: Res<'w, Document>,
}

/// Whether the molecule is still to be put before the head, and what it was there for last.
#[derive(Default)]
pub(super) struct Due {
    is_due: bool,
    was_present: bool,
    had_atoms: bool,
    name: String,
}

/// Puts the molecule before the head where there is a reason, as soon as the head is seen.
pub(super) fn place(
    seen: Res<Seen>,
    headset: Res<Headset>,
    mode: Res<Mode>,
    shown: Shown,
    mut asks: MessageReader<Ask>,
    mut rig: ResMut<Rig>,
    mut due: Local<Due>,
) {
    let asked = asks.read().any(|ask| *ask == Ask::Recentre);
    let is_present = headset.is_present();
    let has_atoms = !shown.scene.positions().is_empty();
    let is_another = has_atoms && (!due.had_atoms || due.name != shown.document.name);
    let comes = is_present && !due.was_present;
    due.is_due |= comes || asked || seen.recentred || is_another || mode.is_changed();
    (due.was_present, due.had_atoms) = (is_present, has_atoms);
    if due.name != shown.document.name {
        due.name.clone_from(&shown.document.name);
    }
    if !(is_present && due.is_due && seen.head.is_some()) {
        return;
    }
    due.is_due = false;
    let (middle, diagonal) = around(&shown.scene.outline(&shown.style));
    *rig = Rig::before(
        seen.head.as_ref(),
        *mode,
        middle,
        diagonal,
        shown.orbit.rotation,
    );
}

/// The middle and the diagonal of a box around points and what is drawn at them, Å.
fn around(points: &[Vec3]) -> (Vec3, f32) {
    let finite = || points.iter().filter(|point| point.is_finite());
    let low = finite().fold(Vec3::INFINITY, |low, point| low.min(*point));
    let high = finite().fold(Vec3::NEG_INFINITY, |high, point| high.max(*point));
    if !(low.is_finite() && high.is_finite()) {
        return (Vec3::ZERO, 0.0);
    }
    let span = high - low + Vec3::splat(2.0 * MARGIN);
    ((low + high) / 2.0, span.length())
}
