//! egui on the eye at the desk: in a window, or on a picture in memory.

use bevy::app::{App, PostStartup, PreUpdate};
use bevy::ecs::prelude::{Commands, Entity, IntoScheduleConfigs, Query, With};
use bevy_egui::{
    EguiContexts, EguiGlobalSettings, EguiInput, EguiPlugin, EguiPreUpdateSet, PrimaryEguiContext,
};

use crate::viewer::camera::DeskEye;

pub(crate) use bevy_egui::EguiPrimaryContextPass as Pass;
pub(crate) use bevy_egui::egui::*;

/// egui's door to the systems that draw panels.
pub(crate) type Contexts<'w, 's> = EguiContexts<'w, 's>;

pub(in crate::viewer) fn plugin(app: &mut App) {
    app.add_plugins(EguiPlugin::default());
    app.world_mut()
        .resource_mut::<EguiGlobalSettings>()
        .auto_create_primary_context = false;
    app.add_systems(PostStartup, attach).add_systems(
        PreUpdate,
        keep_tab_for_panels.after(EguiPreUpdateSet::ProcessInput),
    );
}

/// Panels are drawn over what the eye at the desk sees; the eyes of a headset have none.
fn attach(eyes: Query<Entity, With<DeskEye>>, mut commands: Commands) {
    if let Some(eye) = eyes.iter().next() {
        commands.entity(eye).insert(PrimaryEguiContext);
    }
}

/// The key that hides the panels would also walk through their buttons; it does so only once
/// something has the keyboard.
fn keep_tab_for_panels(mut contexts: Contexts, mut inputs: Query<&mut EguiInput>) {
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    if context.egui_wants_keyboard_input() {
        return;
    }
    let is_tab = |event: &Event| matches!(event, Event::Key { key: Key::Tab, .. });
    for mut input in &mut inputs {
        input.events.retain(|event| !is_tab(event));
    }
}
