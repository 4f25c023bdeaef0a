//! The bevy app: with a window, or with a picture in memory instead of one.

use bevy::app::PluginGroupBuilder;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::window::{ExitCondition, PresentMode};
use bevy::winit::WinitPlugin;

use super::ViewerPlugin;
use crate::sim::SimHandle;

/// The app with a window of this title, and panels in it.
pub fn windowed(sim: SimHandle, title: &str) -> App {
    let window = Window {
        title: title.to_owned(),
        resolution: (1280u32, 800u32).into(),
        present_mode: PresentMode::AutoVsync,
        ..default()
    };
    let mut app = App::new();
    app.add_plugins(plugins().set(WindowPlugin {
        primary_window: Some(window),
        ..default()
    }));
    app.add_plugins((ViewerPlugin { sim }, super::panels::plugin));
    app
}

/// The app without a window and without panels, for a machine that may have no screen: see
/// [`Studio`](super::picture::Studio).
pub fn windowless(sim: SimHandle) -> App {
    let mut app = App::new();
    let plugins = plugins()
        .set(WindowPlugin {
            primary_window: None,
            exit_condition: ExitCondition::DontExit,
            ..default()
        })
        .disable::<WinitPlugin>()
        // Whoever draws a picture is told of failures; the terminal is not ours.
        .disable::<LogPlugin>();
    app.add_plugins(plugins);
    app.add_plugins(ViewerPlugin { sim });
    app
}

fn plugins() -> PluginGroupBuilder {
    DefaultPlugins
        .set(RenderPlugin {
            // A first picture that lacks half of what it shows is no picture.
            synchronous_pipeline_compilation: true,
            ..default()
        })
        .set(LogPlugin {
            filter: "warn,wgpu_hal=error,wgpu_core=error,winit=error,bevy_winit=error,\
                     bevy_render::renderer=error"
                .to_owned(),
            ..default()
        })
}
