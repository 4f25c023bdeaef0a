//! A window in which nothing happens draws nothing: batteries and fans are grateful.

use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
use bevy::window::WindowEvent;
use bevy::winit::{EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};

use super::demo::Demo;
use super::document::{Choice, Document, Veil};
use super::notices::Notices;
use super::people::People;
use crate::scene::displayed::Scene;
use crate::scene::style::Style;
use crate::simulation::Simulation;
use mlipview_core::sim::Activity;
use mlipview_core::waker::Waker;

/// For how long after the last sign of life every frame is drawn, s: what is slow to follow (an
/// answer of the simulation, a panel that opens) is there by then.
const AWAKE: f32 = 1.0;
/// How often a resting window looks around, without being asked.
const LOOK_AROUND: Duration = Duration::from_millis(200);

/// Whether the scene is looked at elsewhere, too, by someone who needs every frame.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere(pub bool);

/// Rung when someone comes, goes or moves; kept for as long as there is a window.
#[derive(Resource)]
pub(crate) struct PeopleBell(#[expect(dead_code, reason = "it is kept, no more")] Arc<Waker>);

/// Wakes the window when someone comes, goes or moves.
pub(crate) fn hear_people(
    simulation: Res<Simulation>,
    proxy: Res<EventLoopProxyWrapper>,
    mut commands: Commands,
) {
    let proxy = (**proxy).clone();
    let bell: Arc<Waker> = Arc::new(move || {
        // A window that is closed cannot be woken, and need not be.
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    });
    simulation.roster().on_change(&bell);
    commands.insert_resource(PeopleBell(bell));
}

/// Decides after each frame whether the next one follows at once, or when something happens.
pub(crate) fn rest_or_not(
    signs: Signs,
    mut events: MessageReader<WindowEvent>,
    time: Res<Time<Real>>,
    mut settings: ResMut<WinitSettings>,
    mut awake_until: Local<f32>,
    mut drawn: Local<u64>,
) {
    let now = time.elapsed_secs();
    let moved = std::mem::replace(&mut *drawn, signs.scene.version()) != signs.scene.version();
    if events.read().count() > 0 || moved || signs.of_life() {
        *awake_until = now + AWAKE;
    }
    let mode = if now < *awake_until {
        UpdateMode::Continuous
    } else {
        UpdateMode::reactive(LOOK_AROUND)
    };
    if settings.focused_mode != mode {
        settings.focused_mode = mode;
        settings.unfocused_mode = mode;
    }
}

/// All that moves by itself.
#[derive(bevy::ecs::system::SystemParam)]
pub(crate) struct Signs<'w> {
    scene: Res<'w, Scene>,
    style: Res<'w, Style>,
    document: Res<'w, Document>,
    choice: Res<'w, Choice>,
    notices: Res<'w, Notices>,
    demo: Res<'w, Demo>,
    veil: Res<'w, Veil>,
    people: Res<'w, People>,
    elsewhere: Res<'w, Elsewhere>,
}

impl Signs<'_> {
    fn of_life(&self) -> bool {
        matches!(self.scene.frame.activity, Activity::Running(_))
            || self.style.is_changed()
            || self.notices.on_screen().next().is_some()
            || self.document.work.is_busy()
            || self.choice.is_busy()
            || self.demo.plays()
            || self.veil.0
            || self.people.is_changed()
            || self.elsewhere.0
    }
}
