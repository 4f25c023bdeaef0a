//! Renderer of a movie: the frames of a plan, drawn without a window.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use bevy::app::App;
use bevy::math::{Quat, UVec2, Vec3};

use super::encode::{
    FrameRate, FrameSize, MovieError, MovieOptions, MoviePlan, MovieProgress, MovieWriter,
    downscale,
};
use crate::app::script::{PlayedScript, TimelineExtent};
use crate::app::session::{camera_pose, orbit_of};
use crate::scene::appearance::Opacities;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::labels::Labels;
use crate::scene::picture::{OffscreenRenderer, PictureError};
use crate::scene::style::Style;
use mlipview_core::chem::Structure;
use mlipview_core::sim::timeline::NoFrame;
use mlipview_core::sim::timeline::playback::interpolate;
use mlipview_core::sim::{Engine, Frame, FrameAddress, SimHandle, Timeline, spawn};

/// Maker of an app that draws a simulation without a window:
/// [`windowless`](crate::app::window::windowless).
pub type OffscreenApp = fn(SimHandle) -> App;

/// Contents of a movie, and how it is encoded.
#[derive(Clone, Debug)]
pub struct MovieRequest {
    /// The file; its extension is the format.
    pub path: PathBuf,
    /// Size of the frames, pixels.
    pub size: FrameSize,
    /// Frame rate.
    pub rate: FrameRate,
    /// The frames.
    pub plan: MoviePlan,
    /// Axis of the rotation in the coordinates of the structure; `None`: the vertical of the image.
    pub axis: Option<Vec3>,
    /// Options of the encoder.
    pub options: MovieOptions,
    /// Pixels that are averaged along each side of a pixel of the movie.
    pub supersampling: u32,
}

/// The scene of a movie.
#[derive(Clone, Debug)]
pub struct MovieScene {
    /// The recorded frames.
    pub timeline: Timeline,
    /// Drawing options.
    pub style: Style,
    /// The camera.
    pub view: View,
    /// The script.
    pub script: PlayedScript,
    /// Rate of playback without script, frames/s.
    pub rate: f64,
}

/// The camera of a movie.
#[derive(Clone, Copy, Debug)]
pub enum View {
    /// As in the window.
    Window(Orbit),
    /// All atoms of the first and last frame, seen from this side.
    Fit(Quat),
}

/// Why a movie cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A frame is missing or unreadable.
    #[error(transparent)]
    Frame(#[from] NoFrame),
    /// The scene cannot be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The movie cannot be written.
    #[error(transparent)]
    Movie(#[from] MovieError),
    /// The factor of supersampling is out of range.
    #[error("invalid supersampling {0}: expected 1 to 8")]
    Supersampling(u32),
    /// The offscreen scene cannot be started.
    #[error("cannot start the offscreen scene: {0}")]
    Start(std::io::Error),
}

/// Renders a movie; `progress` is called after each frame and may cancel it, which leaves no file behind.
/// Returns whether it is complete.
///
/// # Errors
/// If a frame cannot be read or drawn, or the file cannot be written.
#[expect(
    clippy::disallowed_methods,
    reason = "the time left is estimated from the elapsed time"
)]
pub fn render(
    request: &MovieRequest,
    scene: MovieScene,
    offscreen: OffscreenApp,
    mut progress: impl FnMut(&MovieProgress) -> ControlFlow<()>,
) -> Result<bool, RenderError> {
    let factor = request.supersampling;
    let large = FrameSize::new(
        request.size.width() * factor,
        request.size.height() * factor,
    );
    let large = large.map_err(|_| RenderError::Supersampling(factor))?;
    let mut writer =
        MovieWriter::create(&request.path, request.size, request.rate, &request.options)?;
    let mut studio = Studio::new(scene, request, large, offscreen)?;
    let mut state = MovieProgress::new(request.plan.count());
    let start = Instant::now();
    for planned in request.plan.frames() {
        let image = studio.draw(planned.position, planned.angle as f32)?;
        let small = downscale(&image, large, factor);
        writer.frame(&small.ok_or(RenderError::Supersampling(factor))?)?;
        state.count(start.elapsed());
        if progress(&state).is_break() {
            return Ok(false);
        }
    }
    writer.finish()?;
    Ok(true)
}

/// Numbers of drawn frames, and revisions of their structures, are above all of the simulation behind the
/// scene.
const FIRST_NUMBER: u64 = 1 << 32;

/// Updates of the offscreen app before the first frame is drawn.
const FIRST_UPDATES: usize = 3;

/// The offscreen scene.
struct Studio {
    renderer: OffscreenRenderer,
    timeline: Timeline,
    script: PlayedScript,
    extent: TimelineExtent,
    /// The camera before rotation.
    orbit: Orbit,
    axis: Vec3,
    /// Structure of the last frame, and its revision in this scene.
    structure: Option<(Arc<Structure>, u64)>,
    /// Number of the last drawn frame.
    number: u64,
}

impl Studio {
    fn new(
        scene: MovieScene,
        request: &MovieRequest,
        size: FrameSize,
        offscreen: OffscreenApp,
    ) -> Result<Studio, RenderError> {
        let MovieScene {
            timeline,
            style,
            view,
            script,
            rate,
        } = scene;
        let first = request.plan.frame(0).map_or(0.0, |frame| frame.position);
        let last = request.plan.frame(request.plan.count() - 1);
        let ends = [first, last.map_or(first, |frame| frame.position)];
        let ends = [frame_at(&timeline, ends[0])?, frame_at(&timeline, ends[1])?];
        let aspect = size.width() as f32 / size.height() as f32;
        let turns = request
            .plan
            .frames()
            .nth(1)
            .is_some_and(|frame| frame.angle != 0.0);
        let orbit = match view {
            View::Window(orbit) => Orbit {
                free_area: Orbit::default().free_area,
                ..orbit
            },
            View::Fit(rotation) => fitted(rotation, &ends, &style, aspect, turns),
        };
        let sim = spawn(Engine::new(ends[0].structure(), None, 0)).map_err(RenderError::Start)?;
        let mut app = offscreen(sim);
        app.insert_resource(style);
        let size = UVec2::new(size.width(), size.height());
        Ok(Studio {
            renderer: OffscreenRenderer::new(app, size),
            extent: TimelineExtent {
                frames: timeline.len(),
                rate,
            },
            timeline,
            script,
            axis: request.axis.unwrap_or(orbit.rotation * Vec3::Y),
            orbit,
            structure: None,
            number: FIRST_NUMBER,
        })
    }

    /// Draws the frame at a position of the timeline, rotated; returns its pixels, RGBA.
    fn draw(&mut self, position: f64, angle: f32) -> Result<Vec<u8>, RenderError> {
        let frame = frame_at(&self.timeline, position)?;
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
            ..Frame::clone(&frame)
        };
        // The first updates show the simulation's own frame and fit the camera to it, once.
        if self.number == FIRST_NUMBER + 1 {
            for _ in 0..FIRST_UPDATES {
                self.renderer.app.update();
            }
        }
        let script = (self.script).at(position, self.extent, &shown, &camera_pose(&self.orbit));
        let orbit = match script.camera {
            Some(pose) => orbit_of(&pose, &self.orbit),
            None => self.orbit,
        };
        // The camera moves around the scene, opposite to the rotation that is seen.
        let rotation = Quat::from_axis_angle(self.axis.normalize_or(Vec3::Y), -angle);
        let world = self.renderer.app.world_mut();
        *world.resource_mut::<Orbit>() = Orbit {
            rotation: rotation * orbit.rotation,
            ..orbit
        };
        world.resource_mut::<Labels>().0 = script.labels;
        world.resource_mut::<Opacities>().0 = script.opacities;
        world.resource_mut::<Scene>().show(Arc::new(shown));
        Ok(self.renderer.picture()?.data.unwrap_or_default())
    }
}

/// The frame at a position, interpolated between two if it is not whole.
fn frame_at(timeline: &Timeline, position: f64) -> Result<Arc<Frame>, NoFrame> {
    let at = |position: f64| {
        let absent = || NoFrame::Absent {
            address: FrameAddress::Memory(position as u64),
            len: timeline.len(),
        };
        timeline.frame(timeline.address(position as u64).ok_or_else(absent)?)
    };
    let whole = position.floor();
    if position == whole {
        return at(whole);
    }
    Ok(interpolate(
        &at(whole)?,
        &at(whole + 1.0)?,
        position - whole,
    ))
}

/// A camera that sees all atoms of some frames; if the scene turns, from every side.
fn fitted(rotation: Quat, frames: &[Arc<Frame>], style: &Style, aspect: f32, turns: bool) -> Orbit {
    let mut orbit = Orbit {
        rotation,
        ..Orbit::default()
    };
    let points = |frame: &Arc<Frame>| Scene::of(Arc::clone(frame)).extent_points(style);
    let mut points: Vec<Vec3> = frames.iter().flat_map(points).collect();
    if turns {
        let center = points.iter().sum::<Vec3>() / points.len().max(1) as f32;
        let radius = points.iter().map(|point| point.distance(center));
        let radius = radius.fold(0.0, f32::max);
        let axes = [Vec3::X, Vec3::Y, Vec3::Z];
        let corners = axes.into_iter().flat_map(|axis| [axis, -axis]);
        points = corners
            .map(|axis| center + radius * (rotation * axis))
            .collect();
    }
    orbit.fit(&points, aspect);
    orbit
}
