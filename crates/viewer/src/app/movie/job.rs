//! The movie that the window renders beside itself: started, shown with its time left, canceled.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::encode::{
    FrameRate, FrameRateError, FrameSize, MovieOptions, MoviePlan, MovieProgress, PlanError,
    PlanOptions, SizeError, Subject,
};
use super::offscreen_scene::OffscreenApp;
use super::render::{MovieRequest, MovieScene, RenderError, View, render, scripted};
use crate::app::document::DocumentRequest;
use crate::app::notices::{Notices, Severity};
use crate::app::render_thread::{Cancellation, RenderThread};
use crate::app::timeline::TimelineView;
use crate::scene::camera::{DesktopEye, Orbit, aspect};
use crate::scene::style::Style;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;

/// Options of the movies that the window saves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovieSettings {
    /// Width and height, pixels.
    pub size: [u32; 2],
    /// Frame rate, frames/s.
    pub rate: f64,
    /// Rotation over the whole movie, degrees.
    pub turn: f64,
    /// Whether the background is transparent.
    pub transparent: bool,
    /// Anti-aliasing: rendered pixels along each side of a pixel, 1 to 8.
    pub samples: u32,
}

impl Default for MovieSettings {
    fn default() -> MovieSettings {
        MovieSettings {
            size: [1280, 720],
            rate: 30.0,
            turn: 0.0,
            transparent: false,
            samples: 2,
        }
    }
}

/// Why a movie cannot be started.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("this window has no offscreen renderer")]
    NoRenderer,
    #[error("cannot start its thread: {0}")]
    Thread(std::io::Error),
    #[error(transparent)]
    Rate(#[from] FrameRateError),
    #[error(transparent)]
    Size(#[from] SizeError),
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// The movie that is being rendered, if there is one, and the options of the next.
#[derive(Resource, Default)]
pub struct MovieJob {
    /// Options of the next movie.
    pub settings: MovieSettings,
    /// Maker of the app that draws movies; without one there are none.
    offscreen: Option<OffscreenApp>,
    running: Option<Running>,
}

/// A movie on its thread.
struct Running {
    path: PathBuf,
    progress: Arc<Mutex<MovieProgress>>,
    thread: RenderThread<Result<bool, RenderError>>,
}

impl MovieJob {
    /// Movies drawn by an offscreen app.
    pub fn drawn_by(offscreen: OffscreenApp) -> MovieJob {
        MovieJob {
            offscreen: Some(offscreen),
            ..MovieJob::default()
        }
    }

    /// Progress with the time left, as text.
    pub fn in_words(&self) -> Option<String> {
        let running = self.running.as_ref()?;
        let progress = running
            .progress
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Some(format!("movie: {}", progress.in_words()))
    }

    /// Cancels the movie, which leaves no file behind.
    fn cancel(&self) {
        if let Some(running) = &self.running {
            running.thread.cancel();
        }
    }

    fn start(&mut self, request: MovieRequest, scene: MovieScene) -> Result<(), StartError> {
        let offscreen = self.offscreen.ok_or(StartError::NoRenderer)?;
        let progress = Arc::new(Mutex::new(MovieProgress::new(request.plan.count())));
        let path = request.path.clone();
        let shared = Arc::clone(&progress);
        let work = move |canceled: &Cancellation| {
            let report = |state: &MovieProgress| {
                *shared.lock().unwrap_or_else(PoisonError::into_inner) = *state;
                if canceled.is_requested() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            };
            render(&request, scene, offscreen, report)
        };
        let thread = RenderThread::start("movie", work).map_err(StartError::Thread)?;
        self.running = Some(Running {
            path,
            progress,
            thread,
        });
        Ok(())
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<MovieJob>()
        .add_systems(Update, start.in_set(ViewerSystems::Steer))
        .add_systems(Last, watch);
}

/// Scene of the window.
#[derive(SystemParam)]
struct ShownParams<'w, 's> {
    simulation: Res<'w, Simulation>,
    timeline: Res<'w, TimelineView>,
    style: Res<'w, Style>,
    orbit: Res<'w, Orbit>,
    eyes: Query<'w, 's, &'static Camera, With<DesktopEye>>,
}

impl ShownParams<'_, '_> {
    /// The scene as the window shows it; without a window, for frames of this aspect ratio.
    fn scene(&self, aspect_of_frames: f32) -> MovieScene {
        let window = self.eyes.iter().find_map(aspect);
        MovieScene {
            timeline: self.simulation.timeline().clone(),
            style: self.style.clone(),
            view: View::Window(*self.orbit, window.unwrap_or(aspect_of_frames)),
            rate: self.timeline.options.rate,
        }
    }

    /// The movie of the timeline, or of its range, at the speed of its playback.
    fn movie_request(
        &self,
        path: PathBuf,
        settings: MovieSettings,
    ) -> Result<MovieRequest, StartError> {
        let view = &self.timeline;
        let range = view
            .options
            .range
            .and_then(|[first, last]| Some([view.position(first)?, view.position(last)?]));
        let last = view.len().saturating_sub(1);
        let rate = FrameRate::new(settings.rate)?;
        let plan = MoviePlan::new(&PlanOptions {
            subject: Subject::Recording {
                range: range.unwrap_or([0, last]),
                every: 1,
                rate: Some(view.options.rate),
                interpolates: view.options.interpolate,
            },
            rate,
            turn: settings.turn,
        })?;
        let timeline = self.simulation.timeline();
        let [width, height] = settings.size;
        Ok(MovieRequest {
            path,
            size: FrameSize::new(width, height)?,
            rate,
            plan: scripted(plan, rate, timeline, view.options.rate)?,
            axis: None,
            options: MovieOptions {
                transparent: settings.transparent,
                ..MovieOptions::default()
            },
            samples: settings.samples,
        })
    }
}

/// Starts the movie of a request: the timeline, or its range, as the window shows it.
fn start(
    mut requests: MessageReader<DocumentRequest>,
    mut job: ResMut<MovieJob>,
    mut notices: ResMut<Notices>,
    shown: ShownParams,
) {
    for request in requests.read() {
        let DocumentRequest::SaveMovie(path) = request else {
            continue;
        };
        if job.running.is_some() {
            let text = "A movie is being rendered: wait for it, or cancel it first.";
            notices.post(Severity::Warning, text.to_owned());
            continue;
        }
        let plan = shown.movie_request(path.clone(), job.settings);
        let started = plan.and_then(|request| {
            let scene = shown.scene(request.aspect());
            job.start(request, scene)
        });
        if let Err(error) = started {
            notices.post(Severity::Error, format!("No movie: {error}."));
        }
    }
}

/// Reports the end of the movie, and cancels it when all jobs are canceled or the program ends.
fn watch(
    mut requests: MessageReader<DocumentRequest>,
    mut exits: MessageReader<AppExit>,
    mut job: ResMut<MovieJob>,
    mut notices: ResMut<Notices>,
) {
    let is_canceled = requests
        .read()
        .any(|request| *request == DocumentRequest::Cancel);
    if is_canceled || exits.read().count() > 0 {
        job.cancel();
    }
    let Some(running) = &job.running else { return };
    let Some(result) = running.thread.poll() else {
        return;
    };
    let (severity, text) = match result {
        Ok(Ok(true)) => {
            let path = running.path.display();
            (Severity::Info, format!("Saved the movie as {path}."))
        }
        Ok(Ok(false)) => (
            Severity::Info,
            "The movie was canceled; no file was written.".to_owned(),
        ),
        Ok(Err(error)) => (Severity::Error, format!("No movie: {error}.")),
        Err(ended) => (Severity::Error, format!("No movie: {ended}.")),
    };
    job.running = None;
    notices.post(severity, text);
}
