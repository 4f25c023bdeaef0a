//! The bevy app, with a window or offscreen.

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
use super::movie::MovieJob;
use super::notices::{Notices, Severity};
use super::picture::PictureJob;
pub use super::power_saving::KeepAwake;
use super::unsaved::Quit;
use super::{panels, power_saving};
use crate::ViewerPlugin;
use crate::scene::displayed::Scene;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::sim::{Activity, SimHandle, Task};

/// Program name.
const NAME: &str = "mlipview";

/// The app with a window and panels, on the given renderer or otherwise on the default GPU.
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
        // Closing asks about unsaved changes first.
        close_when_requested: false,
        ..default()
    }));
    app.init_resource::<KeepAwake>()
        .insert_resource(MovieJob::drawn_by(windowless_with_text))
        .insert_resource(PictureJob::drawn_by(windowless_with_text))
        .insert_resource(Quit::with_question())
        .add_plugins((ViewerPlugin { sim }, panels::plugin))
        .add_systems(
            Startup,
            (disable_slow_effects_on_cpu, power_saving::wake_on_people),
        )
        .add_systems(Update, update_title.in_set(ViewerSystems::Show))
        .add_systems(Last, power_saving::choose_update_mode);
    app
}

/// The app without window and panels, for machines without a display; see
/// [`OffscreenRenderer`](crate::scene::picture::OffscreenRenderer).
pub fn windowless(sim: SimHandle) -> App {
    let mut app = App::new();
    let plugins = plugins(None)
        .set(WindowPlugin {
            primary_window: None,
            exit_condition: ExitCondition::DontExit,
            ..default()
        })
        .disable::<WinitPlugin>()
        // The caller receives errors; nothing is printed.
        .disable::<LogPlugin>();
    app.add_plugins(plugins);
    app.add_plugins(ViewerPlugin { sim });
    app
}

/// The app without window and panels, with the text over the scene: labels, measurements, color bars.
pub fn windowless_with_text(sim: SimHandle) -> App {
    let mut app = windowless(sim);
    app.add_plugins(panels::text_plugin);
    app
}

/// Shows the document and the activity in the window title.
fn update_title(document: Res<Document>, scene: Res<Scene>, mut windows: Query<&mut Window>) {
    let state = match &scene.frame.activity {
        Activity::Running(Task::Dynamics(_)) => " (dynamics)",
        Activity::Running(Task::Relaxation(_)) => " (relaxing)",
        Activity::Packing(_) => " (packing)",
        Activity::Following(_) => " (attached)",
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

/// On a CPU renderer, disables ambient occlusion.
fn disable_slow_effects_on_cpu(
    adapter: Res<RenderAdapterInfo>,
    mut style: ResMut<Style>,
    mut notices: ResMut<Notices>,
) {
    if adapter.device_type != DeviceType::Cpu {
        return;
    }
    style.ambient_occlusion = 0.0;
    notices.post(
        Severity::Warning,
        format!(
            "No GPU was found: rendering on the CPU ({}) is slow, and ambient occlusion is off. \
             Install a graphics driver; the section View switches the effect on.",
            adapter.name
        ),
    );
}

/// Backends that are tried: Vulkan, Metal and DirectX 12, unless `WGPU_BACKEND` is set. Probing
/// OpenGL prints to the terminal where there is no Wayland.
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
            // Otherwise the first images would be incomplete.
            synchronous_pipeline_compilation: true,
            ..default()
        })
        .set(LogPlugin {
            // Hides warnings of libraries.
            filter: "error,rfd=off,mlipview=warn".to_owned(),
            ..default()
        })
}
