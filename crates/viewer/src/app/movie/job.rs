//! The movie that the window renders beside itself: started, shown with its time left, canceled.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;
use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::encode::{
    FrameRate, FrameRateError, FrameSize, MovieOptions, MoviePlan, MovieProgress, PlanError,
    PlanOptions, SizeError, Subject,
};
use super::render::{MovieRequest, MovieScene, OffscreenApp, RenderError, View, render};
use crate::app::document::DocumentRequest;
use crate::app::notices::{Notices, Severity};
use crate::app::timeline::TimelineView;
use crate::scene::camera::Orbit;
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
}

impl Default for MovieSettings {
    fn default() -> MovieSettings {
        MovieSettings {
            size: [1280, 720],
            rate: 30.0,
            turn: 0.0,
            transparent: false,
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
    canceled: Arc<AtomicBool>,
    done: Receiver<Result<bool, RenderError>>,
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
            running.canceled.store(true, Ordering::Relaxed);
        }
    }

    fn start(&mut self, request: MovieRequest, scene: MovieScene) -> Result<(), StartError> {
        let offscreen = self.offscreen.ok_or(StartError::NoRenderer)?;
        let progress = Arc::new(Mutex::new(MovieProgress::new(request.plan.count())));
        let canceled = Arc::new(AtomicBool::new(false));
        let (sender, done) = bounded(1);
        let running = Running {
            path: request.path.clone(),
            progress: Arc::clone(&progress),
            canceled: Arc::clone(&canceled),
            done,
        };
        let work = move || {
            let report = |state: &MovieProgress| {
                *progress.lock().unwrap_or_else(PoisonError::into_inner) = *state;
                if canceled.load(Ordering::Relaxed) {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            };
            // Nobody waits for it after the window is closed.
            let _ = sender.send(render(&request, scene, offscreen, report));
        };
        let thread = std::thread::Builder::new().name("movie".to_owned());
        thread.spawn(work).map_err(StartError::Thread)?;
        self.running = Some(running);
        Ok(())
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<MovieJob>()
        .add_systems(Update, start.in_set(ViewerSystems::Steer))
        .add_systems(Last, watch);
}

/// Starts the movie of a request: the timeline, or its range, as the window shows it.
fn start(
    mut requests: MessageReader<DocumentRequest>,
    mut job: ResMut<MovieJob>,
    mut notices: ResMut<Notices>,
    view: Res<TimelineView>,
    simulation: Res<Simulation>,
    style: Res<Style>,
    orbit: Res<Orbit>,
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
        let settings = job.settings;
        let scene = MovieScene {
            timeline: simulation.timeline().clone(),
            style: style.clone(),
            view: View::Window(*orbit),
        };
        let started = movie_request(path.clone(), settings, &view)
            .and_then(|request| job.start(request, scene));
        if let Err(error) = started {
            notices.post(Severity::Error, format!("No movie: {error}."));
        }
    }
}

fn movie_request(
    path: PathBuf,
    settings: MovieSettings,
    view: &TimelineView,
) -> Result<MovieRequest, StartError> {
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
    });
    let [width, height] = settings.size;
    Ok(MovieRequest {
        path,
        size: FrameSize::new(width, height)?,
        rate,
        plan: plan?,
        axis: None,
        options: MovieOptions {
            transparent: settings.transparent,
            ..MovieOptions::default()
        },
        supersampling: 1,
    })
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
    let (severity, text) = match running.done.try_recv() {
        Err(TryRecvError::Empty) => return,
        Ok(Ok(true)) => {
            let path = running.path.display();
            (Severity::Info, format!("Saved the movie as {path}."))
        }
        Ok(Ok(false)) => (
            Severity::Info,
            "The movie was canceled; no file was written.".to_owned(),
        ),
        Ok(Err(error)) => (Severity::Error, format!("No movie: {error}.")),
        Err(TryRecvError::Disconnected) => {
            let text = "No movie: its thread ended; the log of the terminal has the reason.";
            (Severity::Error, text.to_owned())
        }
    };
    job.running = None;
    notices.post(severity, text);
}
