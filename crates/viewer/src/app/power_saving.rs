//! Stops redrawing while nothing changes.

use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
use bevy::window::WindowEvent;
use bevy::winit::{EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};

use super::demo::Demo;
use super::document::{Document, HidePanels, PotentialChoice};
use super::notices::Notices;
use super::packing::Packing;
use super::people::People;
use crate::scene::displayed::Scene;
use crate::scene::style::Style;
use crate::simulation::Simulation;
use mlipview_core::sim::Activity;
use mlipview_core::waker::Waker;

/// Time for which every frame is drawn after the last activity, s: covers delayed effects such as
/// answers of the simulation.
const AWAKE_TIME: f32 = 1.0;
/// Interval between frames of an idle window.
const IDLE_INTERVAL: Duration = Duration::from_millis(200);

/// Keeps drawing every frame, for a headset that shows the scene too.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeepAwake(pub bool);

/// Waker for changes of the roster, kept alive with the window.
#[derive(Resource)]
pub(crate) struct PeopleWaker(#[expect(dead_code, reason = "it is kept, no more")] Arc<Waker>);

/// Redraws the window when people join, leave or move.
pub(crate) fn wake_on_people(
    simulation: Res<Simulation>,
    proxy: Res<EventLoopProxyWrapper>,
    mut commands: Commands,
) {
    let proxy = (**proxy).clone();
    let waker: Arc<Waker> = Arc::new(move || {
        // Sending fails only after the window is closed.
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    });
    simulation.roster().on_change(&waker);
    commands.insert_resource(PeopleWaker(waker));
}

/// Chooses between continuous and reactive updates after each frame.
pub(crate) fn choose_update_mode(
    activity: ActivityParams,
    mut events: MessageReader<WindowEvent>,
    time: Res<Time<Real>>,
    mut settings: ResMut<WinitSettings>,
    mut awake_until: Local<f32>,
    mut drawn: Local<u64>,
) {
    let now = time.elapsed_secs();
    let moved =
        std::mem::replace(&mut *drawn, activity.scene.version()) != activity.scene.version();
    if events.read().count() > 0 || moved || activity.any() {
        *awake_until = now + AWAKE_TIME;
    }
    let mode = if now < *awake_until {
        UpdateMode::Continuous
    } else {
        UpdateMode::reactive(IDLE_INTERVAL)
    };
    if settings.focused_mode != mode {
        settings.focused_mode = mode;
        settings.unfocused_mode = mode;
    }
}

/// Everything that may change by itself.
#[derive(bevy::ecs::system::SystemParam)]
pub(crate) struct ActivityParams<'w> {
    scene: Res<'w, Scene>,
    style: Res<'w, Style>,
    document: Res<'w, Document>,
    choice: Res<'w, PotentialChoice>,
    packing: Res<'w, Packing>,
    notices: Res<'w, Notices>,
    demo: Res<'w, Demo>,
    hide_panels: Res<'w, HidePanels>,
    people: Res<'w, People>,
    elsewhere: Res<'w, KeepAwake>,
}

impl ActivityParams<'_> {
    fn any(&self) -> bool {
        let activity = &self.scene.frame.activity;
        matches!(
            activity,
            Activity::Running(_) | Activity::Packing(_) | Activity::Following(_)
        ) || self.style.is_changed()
            || self.notices.on_screen().next().is_some()
            || self.document.jobs.is_busy()
            || self.choice.is_busy()
            || self.packing.is_busy()
            || self.demo.is_playing()
            || self.hide_panels.0
            || self.people.is_changed()
            || self.elsewhere.0
    }
}
