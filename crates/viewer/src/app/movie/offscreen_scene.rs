//! The scene of a movie or picture, drawn offscreen one frame at a time.

use std::sync::Arc;

use bevy::app::App;

use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::image_options::ImageOptions;
use crate::scene::picture::{OffscreenRenderer, PictureError};
use crate::scene::style::Style;
use mlipview_core::chem::Structure;
use mlipview_core::sim::{Engine, Frame, SimHandle, spawn};

/// Maker of an app that draws a simulation without a window:
/// [`windowless_with_text`](crate::app::window::windowless_with_text).
pub type OffscreenApp = fn(SimHandle) -> App;

/// Why the offscreen scene cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum OffscreenError {
    /// The image cannot be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The simulation behind the scene cannot be started.
    #[error("cannot start the offscreen scene: {0}")]
    Start(std::io::Error),
}

/// Numbers of drawn frames, and revisions of their structures, are above all of the simulation behind the
/// scene.
const FIRST_NUMBER: u64 = 1 << 32;

/// Updates of the offscreen app before the first frame is drawn.
const FIRST_UPDATES: usize = 3;

/// The offscreen scene.
pub(crate) struct OffscreenScene {
    renderer: OffscreenRenderer,
    /// Structure of the last frame, and its revision in this scene.
    structure: Option<(Arc<Structure>, u64)>,
    /// Number of the last drawn frame.
    number: u64,
}

impl OffscreenScene {
    /// A scene that starts with a frame.
    ///
    /// # Errors
    /// If the simulation behind it cannot be started, or the image is too large.
    pub(crate) fn new(
        first: &Frame,
        style: Style,
        options: ImageOptions,
        offscreen: OffscreenApp,
    ) -> Result<OffscreenScene, OffscreenError> {
        let sim = spawn(Engine::new(first.structure(), None, 0)).map_err(OffscreenError::Start)?;
        let mut app = offscreen(sim);
        app.insert_resource(style);
        let mut renderer = OffscreenRenderer::with_options(app, options)?;
        // The first updates show the simulation's own frame and fit the camera to it, once.
        for _ in 0..FIRST_UPDATES {
            renderer.app.update();
        }
        Ok(OffscreenScene {
            renderer,
            structure: None,
            number: FIRST_NUMBER,
        })
    }

    /// The app, whose world may be changed between frames.
    pub(crate) fn app(&mut self) -> &mut App {
        &mut self.renderer.app
    }

    /// Draws a frame as a camera sees it; returns its pixels, RGBA.
    ///
    /// # Errors
    /// If no graphics driver can draw it.
    pub(crate) fn draw(
        &mut self,
        frame: &Arc<Frame>,
        orbit: Orbit,
    ) -> Result<Vec<u8>, OffscreenError> {
        let revision = match &self.structure {
            Some((structure, revision)) if Arc::ptr_eq(structure, &frame.identity) => *revision,
            last => last
                .as_ref()
                .map_or(FIRST_NUMBER, |(_, revision)| revision + 1),
        };
        self.structure = Some((Arc::clone(&frame.identity), revision));
        self.number += 1;
        let shown = Frame {
            number: self.number,
            revision,
            ..Frame::clone(frame)
        };
        let world = self.renderer.app.world_mut();
        *world.resource_mut::<Orbit>() = orbit;
        world.resource_mut::<Scene>().show(Arc::new(shown));
        Ok(self.renderer.picture()?.data.unwrap_or_default())
    }
}
