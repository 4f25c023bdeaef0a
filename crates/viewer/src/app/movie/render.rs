//! Renderer of a movie: the frames of a plan, drawn without a window.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use bevy::math::{Quat, UVec2, Vec3};

use super::encode::{
    FrameRate, FrameSize, MovieError, MovieOptions, MoviePlan, MovieProgress, MovieWriter,
    PlanError,
};
use super::offscreen_scene::{OffscreenApp, OffscreenError, OffscreenScene};
use crate::app::script::labels_of;
use crate::app::session::{camera_pose, orbit_of};
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::image_options::ImageOptions;
use crate::scene::labels::Labels;
use crate::scene::opacities::Opacities;
use crate::scene::style::Style;
use mlipview_core::sim::timeline::NoFrame;
use mlipview_core::sim::timeline::playback::interpolate;
use mlipview_core::sim::{Frame, FrameAddress, Timeline};

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
    /// Anti-aliasing: rendered pixels along each side of a pixel, 1 to 8.
    pub samples: u32,
}

impl MovieRequest {
    /// Aspect ratio (width / height).
    pub fn aspect(&self) -> f32 {
        self.size.width() as f32 / self.size.height() as f32
    }
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
    /// Rate of playback without script, frames/s.
    pub rate: f64,
}

/// The camera of a movie.
#[derive(Clone, Copy, Debug)]
pub enum View {
    /// As in a window of this aspect ratio (width / height).
    Window(Orbit, f32),
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
    Scene(#[from] OffscreenError),
    /// The movie cannot be written.
    #[error(transparent)]
    Movie(#[from] MovieError),
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
    let mut writer =
        MovieWriter::create(&request.path, request.size, request.rate, &request.options)?;
    let mut studio = Studio::new(scene, request, offscreen)?;
    let mut state = MovieProgress::new(request.plan.count());
    let start = Instant::now();
    for planned in request.plan.frames() {
        writer.frame(&studio.draw(planned.position, planned.angle as f32)?)?;
        state.count(start.elapsed());
        if progress(&state).is_break() {
            return Ok(false);
        }
    }
    writer.finish()?;
    Ok(true)
}

/// The plan at the speed of the timeline's script; `rate` is that of playback without it, frames/s.
///
/// # Errors
/// If there are too many frames.
pub fn scripted(
    plan: MoviePlan,
    movie: FrameRate,
    timeline: &Timeline,
    rate: f64,
) -> Result<MoviePlan, PlanError> {
    let (script, extent) = (timeline.script(), timeline.extent(rate));
    if !script.sets_speed() {
        return Ok(plan);
    }
    plan.with_speed(movie, |position| script.rate(position, extent))
}

/// The scene of a movie, with its camera.
struct Studio {
    scene: OffscreenScene,
    timeline: Timeline,
    /// Rate of playback without script, frames/s.
    rate: f64,
    /// The camera before rotation.
    orbit: Orbit,
    axis: Vec3,
}

impl Studio {
    fn new(
        scene: MovieScene,
        request: &MovieRequest,
        offscreen: OffscreenApp,
    ) -> Result<Studio, RenderError> {
        let MovieScene {
            timeline,
            style,
            view,
            rate,
        } = scene;
        let style = if request.options.transparent {
            style.on_transparent()
        } else {
            style
        };
        let first = request.plan.frame(0).map_or(0.0, |frame| frame.position);
        let last = request.plan.frame(request.plan.count() - 1);
        let ends = [first, last.map_or(first, |frame| frame.position)];
        let ends = [frame_at(&timeline, ends[0])?, frame_at(&timeline, ends[1])?];
        let size = UVec2::new(request.size.width(), request.size.height());
        let aspect = request.aspect();
        let turns = request
            .plan
            .frames()
            .nth(1)
            .is_some_and(|frame| frame.angle != 0.0);
        let orbit = match view {
            View::Window(orbit, window) => orbit.for_image(window, aspect),
            View::Fit(rotation) => fitted(rotation, &ends, &style, aspect, turns),
        };
        let options = ImageOptions {
            samples: Some(request.samples),
            ..ImageOptions::of_size(size)
        };
        Ok(Studio {
            scene: OffscreenScene::new(&ends[0], style, options, offscreen)?,
            timeline,
            rate,
            axis: request.axis.unwrap_or(orbit.rotation * Vec3::Y),
            orbit,
        })
    }

    /// Draws the frame at a position of the timeline, rotated; returns its pixels, RGBA.
    fn draw(&mut self, position: f64, angle: f32) -> Result<Vec<u8>, RenderError> {
        let frame = frame_at(&self.timeline, position)?;
        let extent = self.timeline.extent(self.rate);
        let script = self.timeline.script();
        let script = script
            .at(position, extent, &frame.positions)
            .unwrap_or_default();
        let orbit = match script.camera {
            Some(camera) => orbit_of(&camera.pose(&camera_pose(&self.orbit)), &self.orbit),
            None => self.orbit,
        };
        // The camera moves around the scene, opposite to the rotation that is seen.
        let rotation = Quat::from_axis_angle(self.axis.normalize_or(Vec3::Y), -angle);
        let orbit = Orbit {
            rotation: rotation * orbit.rotation,
            ..orbit
        };
        let world = self.scene.app().world_mut();
        *world.resource_mut::<Opacities>() = Opacities::of(&script);
        world.resource_mut::<Labels>().0 = labels_of(script.labels);
        Ok(self.scene.draw(&frame, orbit)?)
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
