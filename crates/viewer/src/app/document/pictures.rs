//! Looking at what was opened, and taking pictures without panels.

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::{Document, save};
use crate::scene::camera;
use crate::scene::camera::{DeskEye, Orbit};
use crate::scene::displayed::Scene;
use crate::scene::initial_view;
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use mlipview_core::sim::inbox::Ticket;

/// Rendered frames between the moment when panels are gone and the moment when the picture is taken:
/// what is extracted in one frame is drawn in the next.
const FRAMES_WITHOUT_PANELS: u32 = 3;

/// Which frame is to be looked at whole once it is there.
#[derive(Resource, Default)]
pub(super) struct LookedAt(Option<Ticket>);

impl LookedAt {
    /// Looks at the first frame that knows of a command.
    pub(super) fn when(&mut self, ticket: Option<Ticket>) {
        self.0 = ticket.or(self.0);
    }
}

/// While it is drawn, panels are not.
#[derive(Resource, Default, Debug, PartialEq, Eq)]
pub struct Veil(pub bool);

/// A picture that was asked for.
#[derive(Resource, Default)]
pub struct Snapshot {
    path: Option<PathBuf>,
    veiled_for: u32,
}

impl Snapshot {
    /// Asks for a picture of the window, without panels.
    pub fn ask(&mut self, path: PathBuf) {
        self.path = Some(path);
        self.veiled_for = 0;
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<LookedAt>()
        .add_systems(Update, look.in_set(ViewerSystems::Place))
        .add_systems(Last, take_snapshot);
}

fn look(
    scene: Res<Scene>,
    style: Res<Style>,
    eyes: Query<&Camera, With<DeskEye>>,
    mut orbit: ResMut<Orbit>,
    mut looked_at: ResMut<LookedAt>,
) {
    let due = looked_at
        .0
        .is_some_and(|ticket| scene.frame.ticket >= ticket);
    let aspect = eyes.iter().find_map(camera::aspect);
    let (true, Some(aspect)) = (due, aspect) else {
        return;
    };
    orbit.rotation = initial_view::orientation(&scene.frame.identity);
    orbit.fit(&scene.outline(&style), aspect);
    looked_at.0 = None;
}

fn take_snapshot(mut snapshot: ResMut<Snapshot>, mut veil: ResMut<Veil>, mut commands: Commands) {
    veil.set_if_neq(Veil(snapshot.path.is_some()));
    if snapshot.path.is_none() {
        return;
    }
    snapshot.veiled_for += 1;
    if snapshot.veiled_for <= FRAMES_WITHOUT_PANELS {
        return;
    }
    let Some(path) = snapshot.path.take() else {
        return;
    };
    let write = move |captured: On<ScreenshotCaptured>, mut document: ResMut<Document>| {
        save::picture(&mut document.work, path.clone(), captured.image.clone());
    };
    commands.spawn(Screenshot::primary_window()).observe(write);
}
