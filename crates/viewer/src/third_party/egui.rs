//! egui on the eye at the desk, in a window or on a picture in memory; and on a tablet in the scene.

use bevy::app::{App, PostStartup, PreUpdate};
use bevy::asset::Handle;
use bevy::camera::{Camera, Camera3d, ClearColorConfig, ImageRenderTarget, RenderTarget};
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::ecs::prelude::{
    Bundle, Commands, Component, Entity, IntoScheduleConfigs, MessageWriter, Query, Res, Resource,
    With, Without,
};
use bevy::ecs::query::QuerySingleError;
use bevy::ecs::schedule::ScheduleLabel;
use bevy::ecs::system::SystemParam;
use bevy::image::Image;
use bevy::render::view::Msaa;
use bevy::utils::default;
use bevy_egui::{
    EguiContext, EguiGlobalSettings, EguiInput, EguiPlugin, EguiPreUpdateSet, EguiSchedule,
    PrimaryEguiContext, input::EguiInputEvent,
};

use crate::scene::camera::DeskEye;

pub(crate) use bevy_egui::EguiPrimaryContextPass as Pass;
pub(crate) use bevy_egui::egui::*;

/// When panels are drawn on the tablet.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TabletPass;

/// On what panels are being drawn.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Surface {
    /// In the window.
    #[default]
    Window,
    /// On the tablet.
    Tablet,
}

/// Marks what draws the tablet's picture.
#[derive(Component, Clone, Copy, Debug)]
pub(crate) struct TabletCamera;

type OfWindow = (With<PrimaryEguiContext>, Without<TabletCamera>);

/// egui's door to the systems that draw panels: to the surface on which they are being drawn.
#[derive(SystemParam)]
pub(crate) struct Contexts<'w, 's> {
    surface: Res<'w, Surface>,
    window: Query<'w, 's, &'static mut EguiContext, OfWindow>,
    tablet: Query<'w, 's, &'static mut EguiContext, With<TabletCamera>>,
}

impl Contexts<'_, '_> {
    /// The context, where there is such a surface.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub(crate) fn ctx_mut(&mut self) -> Result<&mut Context, QuerySingleError> {
        let context = match *self.surface {
            Surface::Window => self.window.single_mut(),
            Surface::Tablet => self.tablet.single_mut(),
        };
        context.map(|context| context.into_inner().get_mut())
    }

    /// On what panels are being drawn.
    pub(crate) fn surface(&self) -> Surface {
        *self.surface
    }
}

/// What a tablet did in a frame.
#[derive(SystemParam)]
pub(crate) struct TabletEvents<'w, 's> {
    tablets: Query<'w, 's, Entity, With<TabletCamera>>,
    events: MessageWriter<'w, EguiInputEvent>,
}

impl TabletEvents<'_, '_> {
    /// Tells the tablet's panels, with the next frame.
    pub(crate) fn tell(&mut self, event: Event) {
        if let Ok(context) = self.tablets.single() {
            self.events.write(EguiInputEvent { context, event });
        }
    }
}

pub(crate) fn plugin(app: &mut App) {
    app.add_plugins(EguiPlugin::default())
        .init_resource::<Surface>();
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

/// What draws panels on a picture, so many pixels for each point.
pub(crate) fn tablet_camera(picture: Handle<Image>, pixels: f32, fill: Color32) -> impl Bundle {
    let [red, green, blue, _] = fill.to_array();
    let target = ImageRenderTarget {
        handle: picture,
        scale_factor: pixels,
    };
    (
        TabletCamera,
        EguiSchedule::new(TabletPass),
        Camera3d::default(),
        Camera {
            // Before the eyes, which see it.
            order: -1,
            clear_color: ClearColorConfig::Custom(bevy::color::Color::srgb_u8(red, green, blue)),
            ..default()
        },
        RenderTarget::Image(target),
        Msaa::Off,
        Tonemapping::None,
        DebandDither::Disabled,
    )
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
