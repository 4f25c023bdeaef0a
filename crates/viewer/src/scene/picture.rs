//! Pictures of the scene: drawn in memory, written to files.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bevy::app::PluginsState;
use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::render_resource::{TextureFormat, TextureUsages};
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::tasks::tick_global_task_pools_on_main_thread;

use super::bonds::Bonding;
use super::camera::DeskEye;
use super::displayed::Scene;
use super::impostor::Readiness;
use super::style::Style;

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
    /// The graphics driver takes no shaders of ours.
    #[error("the graphics driver refused what draws atoms: {0}")]
    Driver(String),
    /// Nothing was drawn.
    #[error("no picture was drawn: is there a graphics driver? (on Debian: mesa-vulkan-drivers)")]
    Nothing,
}

/// What a picture in memory is drawn on.
#[derive(Resource)]
struct Canvas(Handle<Image>);

/// An app without a window, and the picture that its eye draws.
pub struct Studio {
    /// The app; everything in it may be changed between pictures.
    pub app: App,
    canvas: Handle<Image>,
}

/// Frames after which a picture that is still not whole never will be.
const PATIENCE: usize = 10_000;
/// Frames from the moment when everything is there to the moment when it is on the picture: the
/// scene goes to the graphics card one frame after it changed.
const DELAY: usize = 3;

impl Studio {
    /// Lets an app without a window ([`windowless`](crate::app::window::windowless)) draw on a picture of
    /// this size, pixels.
    pub fn new(mut app: App, size: UVec2) -> Studio {
        let format = TextureFormat::Rgba8UnormSrgb;
        let mut image = Image::new_target_texture(size.x, size.y, format, None);
        image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
        let canvas = app.world_mut().resource_mut::<Assets<Image>>().add(image);
        app.insert_resource(Canvas(canvas.clone()))
            .add_systems(PostStartup, look_at_canvas);
        while app.plugins_state() == PluginsState::Adding {
            tick_global_task_pools_on_main_thread();
        }
        app.finish();
        app.cleanup();
        Studio { app, canvas }
    }

    /// The picture of the scene as it is now, with its bonds.
    ///
    /// # Errors
    /// If there is no graphics driver that could draw it.
    pub fn picture(&mut self) -> Result<Image, PictureError> {
        let mut whole = 0;
        for _ in 0..PATIENCE {
            self.app.update();
            let readiness = self.app.world().resource::<Readiness>();
            if let Some(reason) = readiness.failure() {
                return Err(PictureError::Driver(reason));
            }
            whole = if self.is_whole() { whole + 1 } else { 0 };
            if whole == DELAY {
                return self.capture();
            }
        }
        Err(PictureError::Nothing)
    }

    /// Whether the pipelines and the bonds of the shown frame are there.
    fn is_whole(&self) -> bool {
        let world = self.app.world();
        let scene = world.resource::<Scene>();
        let with_orders = world.resource::<Style>().bond_orders;
        let bonding = world.resource::<Bonding>().of(&scene.frame);
        let bonds = bonding.is_some_and(|perceived| perceived.with_orders == with_orders);
        bonds && world.resource::<Readiness>().is_ready()
    }

    fn capture(&mut self) -> Result<Image, PictureError> {
        let captured: Arc<Mutex<Option<Image>>> = Arc::default();
        let found = Arc::clone(&captured);
        let keep = move |event: On<ScreenshotCaptured>| {
            *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(event.image.clone());
        };
        let screenshot = Screenshot::image(self.canvas.clone());
        self.app.world_mut().spawn(screenshot).observe(keep);
        for _ in 0..PATIENCE {
            self.app.update();
            let image = captured
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            if let Some(image) = image {
                return Ok(image);
            }
        }
        Err(PictureError::Nothing)
    }
}

fn look_at_canvas(canvas: Res<Canvas>, eyes: Query<Entity, With<DeskEye>>, mut commands: Commands) {
    for eye in &eyes {
        let target = RenderTarget::Image(canvas.0.clone().into());
        commands.entity(eye).insert(target);
    }
}

/// Writes a picture to a file, PNG.
///
/// # Errors
/// If it cannot be written.
pub fn write(image: &Image, path: &Path) -> Result<(), PictureError> {
    let failed = |reason: String| PictureError::Write {
        path: path.to_owned(),
        reason,
    };
    let picture = image.clone().try_into_dynamic();
    let picture = picture.map_err(|error| failed(error.to_string()))?;
    picture
        .save(path)
        .map_err(|error| failed(error.to_string()))
}
