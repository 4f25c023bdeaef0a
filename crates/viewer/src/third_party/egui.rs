//! egui in the window (or an offscreen image) and on the tablet.

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

use crate::scene::camera::DesktopEye;

pub(crate) use bevy_egui::EguiPrimaryContextPass as Pass;
pub(crate) use bevy_egui::egui::*;

/// Schedule of the panels on the tablet.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TabletPass;

/// Surface that panels are drawn on.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PanelSurface {
    /// The window.
    #[default]
    Window,
    /// The tablet.
    Tablet,
}

/// Marks the camera that renders into the tablet's image.
#[derive(Component, Clone, Copy, Debug)]
pub(crate) struct TabletCamera;

type OfWindow = (With<PrimaryEguiContext>, Without<TabletCamera>);

/// Access to the egui context of the current surface.
#[derive(SystemParam)]
pub(crate) struct Contexts<'w, 's> {
    surface: Res<'w, PanelSurface>,
    window: Query<'w, 's, &'static mut EguiContext, OfWindow>,
    tablet: Query<'w, 's, &'static mut EguiContext, With<TabletCamera>>,
}

impl Contexts<'_, '_> {
    /// The context, if the surface exists.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub(crate) fn ctx_mut(&mut self) -> Result<&mut Context, QuerySingleError> {
        let context = match *self.surface {
            PanelSurface::Window => self.window.single_mut(),
            PanelSurface::Tablet => self.tablet.single_mut(),
        };
        context.map(|context| context.into_inner().get_mut())
    }

    /// The current surface.
    pub(crate) fn surface(&self) -> PanelSurface {
        *self.surface
    }
}

/// Input events for the tablet.
#[derive(SystemParam)]
pub(crate) struct TabletEvents<'w, 's> {
    tablets: Query<'w, 's, Entity, With<TabletCamera>>,
    events: MessageWriter<'w, EguiInputEvent>,
}

impl TabletEvents<'_, '_> {
    /// Sends an event to the tablet's panels, for the next frame.
    pub(crate) fn send(&mut self, event: Event) {
        if let Ok(context) = self.tablets.single() {
            self.events.write(EguiInputEvent { context, event });
        }
    }
}

pub(crate) fn plugin(app: &mut App) {
    app.add_plugins(EguiPlugin::default())
        .init_resource::<PanelSurface>();
    app.world_mut()
        .resource_mut::<EguiGlobalSettings>()
        .auto_create_primary_context = false;
    app.add_systems(PostStartup, attach).add_systems(
        PreUpdate,
        keep_tab_for_panels.after(EguiPreUpdateSet::ProcessInput),
    );
}

/// Draws panels over the window's camera only; headset eyes have none.
fn attach(eyes: Query<Entity, With<DesktopEye>>, mut commands: Commands) {
    if let Some(eye) = eyes.iter().next() {
        commands.entity(eye).insert(PrimaryEguiContext);
    }
}

/// A camera that renders panels into an image, with this number of pixels per point.
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
            // Before the eyes, which draw the image.
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

/// Tab hides the panels, so egui does not use it for focus unless a widget has the keyboard.
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
