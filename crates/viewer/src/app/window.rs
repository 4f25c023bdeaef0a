//! The bevy app: with a window, or with a picture in memory instead of one.

use bevy::app::PluginGroupBuilder;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::render::settings::{Backends, RenderCreation, WgpuSettings};
use bevy::window::{ExitCondition, PresentMode};
use bevy::winit::WinitPlugin;
use wgpu_types::DeviceType;

use super::document::Document;
use super::notices::{Notices, Severity};
pub use super::power_saving::Elsewhere;
use super::{panels, power_saving};
use crate::ViewerPlugin;
use crate::scene::displayed::Scene;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::sim::{Activity, SimHandle, Task};

/// What the program is called.
const NAME: &str = "mlipview";

/// The app with a window, and panels in it, drawn by what is given, otherwise by the graphics card that
/// suits a window best.
pub fn windowed(sim: SimHandle, drawn_by: Option<RenderCreation>) -> App {
    let window = Window {
        title: NAME.to_owned(),
        resolution: (1280u32, 800u32).into(),
        present_mode: PresentMode::AutoVsync,
        ..default()
    };
    let mut app = App::new();
    app.add_plugins(plugins(drawn_by).set(WindowPlugin {
        primary_window: Some(window),
        ..default()
    }));
    app.init_resource::<Elsewhere>()
        .add_plugins((ViewerPlugin { sim }, panels::plugin))
        .add_systems(Startup, (spare_the_processor, power_saving::hear_people))
        .add_systems(Update, entitle.in_set(ViewerSystems::Show))
        .add_systems(Last, power_saving::rest_or_not);
    app
}

/// The app without a window and without panels, for a machine that may have no screen: see
/// [`Studio`](crate::scene::picture::Studio).
pub fn windowless(sim: SimHandle) -> App {
    let mut app = App::new();
    let plugins = plugins(None)
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

/// Says what is open and what is done with it, for a list of windows.
fn entitle(document: Res<Document>, scene: Res<Scene>, mut windows: Query<&mut Window>) {
    let state = match &scene.frame.activity {
        Activity::Running(Task::Dynamics(_)) => " (dynamics)",
        Activity::Running(Task::Relaxation(_)) => " (relaxing)",
        _ => "",
    };
    let title = match document.name.as_str() {
        "" => NAME.to_owned(),
        name => format!("{name}{state} - {NAME}"),
    };
    for mut window in &mut windows {
        if window.title != title {
            window.title.clone_from(&title);
        }
    }
}

/// Without a graphics card the processor draws: it is spared the softest shadows.
fn spare_the_processor(
    adapter: Res<RenderAdapterInfo>,
    mut style: ResMut<Style>,
    mut notices: ResMut<Notices>,
) {
    if adapter.device_type != DeviceType::Cpu {
        return;
    }
    style.occlusion = 0.0;
    notices.say(
        Severity::Warning,
        format!(
            "No graphics card was found, so the processor draws ({}), slowly and without ambient \
             occlusion. A driver for the card makes it fast; in Look the shadows can be switched on.",
            adapter.name
        ),
    );
}

/// The drivers that a GPU is looked for with: Vulkan, Metal and DirectX 12, unless the environment
/// variable WGPU_BACKEND names others. Merely asking for OpenGL makes libraries print to the terminal
/// where there is no Wayland.
fn automatic() -> RenderCreation {
    RenderCreation::from(WgpuSettings {
        backends: Some(Backends::from_env().unwrap_or(Backends::PRIMARY)),
        ..default()
    })
}

fn plugins(drawn_by: Option<RenderCreation>) -> PluginGroupBuilder {
    DefaultPlugins
        .set(RenderPlugin {
            render_creation: drawn_by.unwrap_or_else(automatic),
            // A first picture that lacks half of what it shows is no picture.
            synchronous_pipeline_compilation: true,
            ..default()
        })
        .set(LogPlugin {
            // Libraries' warnings are not for the person at the terminal.
            filter: "error,rfd=off,mlipview=warn".to_owned(),
            ..default()
        })
}
