//! Camera of a newly opened document, and pictures without panels.

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::{Document, save};
use crate::scene::camera;
use crate::scene::camera::{DesktopEye, Orbit};
use crate::scene::displayed::Scene;
use crate::scene::initial_view;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::sim::inbox::Ticket;

/// Rendered frames between hiding the panels and the screenshot: what is extracted in one frame is
/// drawn in the next.
const FRAMES_WITHOUT_PANELS: u32 = 3;

/// The command whose first frame is to be framed by the camera.
#[derive(Resource, Default)]
pub(super) struct PendingView(Option<Ticket>);

impl PendingView {
    /// Frames the scene once a frame includes this command.
    pub(super) fn set(&mut self, ticket: Option<Ticket>) {
        self.0 = ticket.or(self.0);
    }
}

/// Hides all panels while true.
#[derive(Resource, Default, Debug, PartialEq, Eq)]
pub struct HidePanels(pub bool);

/// A requested picture.
#[derive(Resource, Default)]
pub struct Snapshot {
    path: Option<PathBuf>,
    frames_without_panels: u32,
}

impl Snapshot {
    /// Requests a picture of the window without panels.
    pub fn request(&mut self, path: PathBuf) {
        self.path = Some(path);
        self.frames_without_panels = 0;
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PendingView>()
        .add_systems(Update, apply_pending_view.in_set(ViewerSystems::Place))
        .add_systems(Last, take_snapshot);
}

fn apply_pending_view(
    scene: Res<Scene>,
    style: Res<Style>,
    eyes: Query<&Camera, With<DesktopEye>>,
    mut orbit: ResMut<Orbit>,
    mut pending_view: ResMut<PendingView>,
) {
    let due = pending_view
        .0
        .is_some_and(|ticket| scene.frame.ticket >= ticket);
    let aspect = eyes.iter().find_map(camera::aspect);
    let (true, Some(aspect)) = (due, aspect) else {
        return;
    };
    orbit.rotation = initial_view::orientation(&scene.frame.identity);
    orbit.fit(&scene.extent_points(&style), aspect);
    pending_view.0 = None;
}

fn take_snapshot(
    mut snapshot: ResMut<Snapshot>,
    mut hide_panels: ResMut<HidePanels>,
    mut commands: Commands,
) {
    hide_panels.set_if_neq(HidePanels(snapshot.path.is_some()));
    if snapshot.path.is_none() {
        return;
    }
    snapshot.frames_without_panels += 1;
    if snapshot.frames_without_panels <= FRAMES_WITHOUT_PANELS {
        return;
    }
    let Some(path) = snapshot.path.take() else {
        return;
    };
    let write = move |captured: On<ScreenshotCaptured>, mut document: ResMut<Document>| {
        save::picture(&mut document.jobs, path.clone(), captured.image.clone());
    };
    commands.spawn(Screenshot::primary_window()).observe(write);
}
