//! Offscreen images of the scene, and writing them to PNG files.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bevy::app::PluginsState;
use bevy::camera::{ImageRenderTarget, RenderTarget};
use bevy::prelude::*;
use bevy::render::render_resource::{TextureFormat, TextureUsages};
use bevy::render::renderer::RenderDevice;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::tasks::tick_global_task_pools_on_main_thread;

use super::bonds::Bonding;
use super::camera::DesktopEye;
use super::displayed::Scene;
use super::image_options::{ImageOptions, ImageOptionsError};
use super::impostor::{Eye, Readiness};
use super::style::Style;

/// Why an image could not be drawn or written.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The image cannot be written to a file.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        reason: String,
    },
    /// The graphics driver rejects the shaders.
    #[error("the graphics driver rejects the shaders: {0}")]
    Driver(String),
    /// The image is too large.
    #[error(transparent)]
    Options(#[from] ImageOptionsError),
    /// Nothing was drawn.
    #[error("no image was rendered: is there a graphics driver? (on Debian: mesa-vulkan-drivers)")]
    Nothing,
}

/// Render target, and its options.
#[derive(Resource)]
struct TargetImage(ImageRenderTarget, ImageOptions);

/// An app without a window, which renders into an image.
pub struct OffscreenRenderer {
    /// The app; its world may be changed between images.
    pub app: App,
    target: ImageRenderTarget,
}

/// Frames after which an image that is not complete is given up.
const MAX_FRAMES: usize = 10_000;
/// Frames between complete data and a complete image: data is uploaded one frame after it changed.
const DELAY: usize = 3;

impl OffscreenRenderer {
    /// Renders a windowless app ([`windowless`](crate::app::window::windowless)) into an image of
    /// this size, pixels.
    pub fn new(app: App, size: UVec2) -> OffscreenRenderer {
        OffscreenRenderer::into_image(finished(app), ImageOptions::of_size(size))
    }

    /// Renders a windowless app into an image with these options.
    ///
    /// # Errors
    /// If the options are out of range, or there is no GPU.
    pub fn with_options(
        app: App,
        options: ImageOptions,
    ) -> Result<OffscreenRenderer, PictureError> {
        let app = finished(app);
        let device = app.world().get_resource::<RenderDevice>();
        options.check(&device.ok_or(PictureError::Nothing)?.limits())?;
        Ok(OffscreenRenderer::into_image(app, options))
    }

    fn into_image(mut app: App, options: ImageOptions) -> OffscreenRenderer {
        let (size, format) = (options.size, TextureFormat::Rgba8UnormSrgb);
        let mut image = Image::new_target_texture(size.x, size.y, format, None);
        image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
        let image = app.world_mut().resource_mut::<Assets<Image>>().add(image);
        let target = ImageRenderTarget {
            handle: image,
            scale_factor: options.scale,
        };
        app.insert_resource(TargetImage(target.clone(), options));
        OffscreenRenderer { app, target }
    }

    /// Renders the scene as it is now, with its bonds.
    ///
    /// # Errors
    /// If no graphics driver can draw it.
    pub fn picture(&mut self) -> Result<Image, PictureError> {
        let mut complete = 0;
        for _ in 0..MAX_FRAMES {
            self.app.update();
            let readiness = self.app.world().resource::<Readiness>();
            if let Some(reason) = readiness.failure() {
                return Err(PictureError::Driver(reason));
            }
            complete = if self.is_complete() { complete + 1 } else { 0 };
            if complete == DELAY {
                return self.capture();
            }
        }
        Err(PictureError::Nothing)
    }

    /// Whether the pipelines and the bonds of the displayed frame are ready.
    fn is_complete(&self) -> bool {
        let world = self.app.world();
        let scene = world.resource::<Scene>();
        let with_orders = world.resource::<Style>().bond_orders;
        let bonding = world.resource::<Bonding>().of(&scene.frame);
        let bonds = bonding.is_some_and(|perceived| {
            perceived.with_orders == with_orders && perceived.frame == scene.frame.number
        });
        bonds && world.resource::<Readiness>().is_ready()
    }

    fn capture(&mut self) -> Result<Image, PictureError> {
        let captured: Arc<Mutex<Option<Image>>> = Arc::default();
        let found = Arc::clone(&captured);
        let keep = move |event: On<ScreenshotCaptured>| {
            *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(event.image.clone());
        };
        let screenshot = Screenshot(RenderTarget::Image(self.target.clone()));
        self.app.world_mut().spawn(screenshot).observe(keep);
        for _ in 0..MAX_FRAMES {
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

/// The app with all plugins ready, before its first update.
fn finished(mut app: App) -> App {
    app.add_systems(PostStartup, render_to_image);
    while app.plugins_state() == PluginsState::Adding {
        tick_global_task_pools_on_main_thread();
    }
    app.finish();
    app.cleanup();
    app
}

fn render_to_image(
    image: Res<TargetImage>,
    mut eyes: Query<(Entity, &mut Eye), With<DesktopEye>>,
    mut commands: Commands,
) {
    let TargetImage(target, options) = &*image;
    for (entity, mut eye) in &mut eyes {
        eye.render_scale = options.samples.map(|samples| samples as f32);
        eye.line_scale = Some(options.scale);
        let target = RenderTarget::Image(target.clone());
        commands.entity(entity).insert(target);
    }
}

/// Writes an image as PNG.
///
/// # Errors
/// If the file cannot be written.
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
