//! Pictures of the scene, written to files.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::render_resource::{TextureFormat, TextureUsages};
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::bonds::Bonding;
use super::impostor::{Eye, Readiness};
use super::scene::Scene;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// What was drawn cannot become a file.
    #[error("the picture cannot be written to {path}: {reason}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The app ended before there was a picture.
    #[error("no picture was drawn: is there a graphics driver? (on Debian: mesa-vulkan-drivers)")]
    Nothing,
}

/// Where a picture in memory is drawn.
#[derive(Resource)]
struct Canvas(Handle<Image>);

/// Draws on a picture in memory instead of a window.
pub fn draw_in_memory(app: &mut App, size: UVec2) {
    let mut image = Image::new_target_texture(size.x, size.y, TextureFormat::Rgba8UnormSrgb, None);
    image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
    let handle = app.world_mut().resource_mut::<Assets<Image>>().add(image);
    app.insert_resource(Canvas(handle))
        .add_systems(PostStartup, aim_at_canvas);
}

fn aim_at_canvas(canvas: Res<Canvas>, eyes: Query<Entity, With<Eye>>, mut commands: Commands) {
    for eye in &eyes {
        commands
            .entity(eye)
            .insert(RenderTarget::Image(canvas.0.clone().into()));
    }
}

/// Runs an app that draws in memory until its scene is whole, and writes that to a PNG file.
///
/// # Errors
/// If nothing can be drawn or written.
pub fn take(mut app: App, size: UVec2, path: &Path) -> Result<(), PictureError> {
    draw_in_memory(&mut app, size);
    let outcome = Outcome::default();
    app.insert_resource(Taking {
        outcome: outcome.clone(),
        path: path.to_owned(),
        whole: 0,
    });
    app.add_systems(Last, take_when_whole);
    app.run();
    let taken = outcome
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    taken.unwrap_or(Err(PictureError::Nothing))
}

/// What became of a picture: the app is gone when it is asked.
type Outcome = Arc<Mutex<Option<Result<(), PictureError>>>>;

#[derive(Resource)]
struct Taking {
    outcome: Outcome,
    path: PathBuf,
    /// For how many frames everything has been there.
    whole: u32,
}

fn take_when_whole(
    scene: Res<Scene>,
    bonding: Res<Bonding>,
    readiness: Res<Readiness>,
    canvas: Res<Canvas>,
    mut taking: ResMut<Taking>,
    mut commands: Commands,
) {
    if readiness.is_ready() && bonding.of(&scene.frame).is_some() {
        taking.whole += 1;
    }
    // The scene goes to the graphics card one frame after it is there.
    if taking.whole != 3 {
        return;
    }
    taking.whole += 1;
    commands.spawn(Screenshot::image(canvas.0.clone())).observe(
        |captured: On<ScreenshotCaptured>,
         taking: Res<Taking>,
         mut exit: MessageWriter<AppExit>| {
            let written = write(&captured.image, &taking.path);
            *taking
                .outcome
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(written);
            exit.write(AppExit::Success);
        },
    );
}

/// Writes what was drawn as PNG.
///
/// # Errors
/// If it cannot be written.
pub fn write(image: &Image, path: &Path) -> Result<(), PictureError> {
    let failed = |reason: String| PictureError::Write {
        path: path.to_owned(),
        reason,
    };
    let picture = image
        .clone()
        .try_into_dynamic()
        .map_err(|error| failed(error.to_string()))?;
    picture
        .save(path)
        .map_err(|error| failed(error.to_string()))
}
